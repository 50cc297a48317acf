//! Records of one person made one: seen before, exact when undone, never by itself.

use balcao::contacts::{self, ContactId, IdentityId};
use balcao::demo::Dice;
use balcao::desk::contact_merges;
use balcao::desk::conversations::{self, ConversationId};
use balcao::platform::time::DAY;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::support::{House, Person, text};

/// A house whose template has a CPF (unique), a text and a choice.
fn prepared() -> House {
    let house = House::new();
    let adm = house.adm();
    for fields in [
        vec![("name", "CPF"), ("kind", "cpf"), ("unique", "1")],
        vec![("name", "Cidade"), ("kind", "text")],
        vec![("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata")],
    ] {
        assert_eq!(adm.post("/settings/custom-fields", &fields).status, 303);
    }
    house
}

/// Everything that a union may touch, but the clock of the last change.
fn rows(house: &House) -> Vec<Vec<Vec<Value>>> {
    let conn = Connection::open(house.app.file()).expect("the file");
    let all = |sql: &str| {
        let mut statement = conn.prepare(sql).expect("sql");
        let columns = statement.column_count();
        let read =
            |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>();
        statement.query_map([], read).expect("rows").collect::<Result<Vec<_>, _>>().expect("values")
    };
    vec![
        all("SELECT id, name, phone, email FROM contact ORDER BY id"),
        all("SELECT contact_id, field_id, value FROM contact_value ORDER BY 1, 2"),
        all("SELECT id, contact_id, channel_id, value FROM identity ORDER BY id"),
        all("SELECT id, contact_id, identity_id, state, assignee_id FROM conversation ORDER BY id"),
        all("SELECT contact_id, label_id, agent_id, at FROM contact_labelling ORDER BY 1, 2"),
        // What tells of unions stays; a ticket about several conversations leads to any of them.
        all("SELECT contact_id, kind, at, item_id, IIF(kind LIKE 'ticket%', 0, conversation_id) FROM timeline_entry
             WHERE kind NOT IN ('union', 'parted') ORDER BY 1, 2, 3, 4"),
    ]
}

/// The indexes hold what the records hold, and nothing else.
fn assert_indexed(house: &House) {
    let conn = Connection::open(house.app.file()).expect("the file");
    for index in ["contact_search", "contact_words"] {
        let sql = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        conn.execute(&sql, []).unwrap_or_else(|error| panic!("{index}: {error}"));
    }
}

fn contact_of(house: &House, id: ConversationId) -> ContactId {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("a conversation").contact
}

/// A contact with a conversation that Ana holds.
fn known(house: &House, ana: &Person, name: &str) -> (IdentityId, ConversationId) {
    let identity = house.contact(name);
    let id = house.writes(identity, "oi").conversation;
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    (identity, id)
}

fn undo(person: &Person, page: &str) -> u16 {
    let id = page.split("/contact-merges/").nth(1).and_then(|rest| rest.split('/').next()).expect("a way back");
    person.post(&format!("/contact-merges/{id}/undoing"), &[]).status
}

#[test]
fn another_number_of_a_customer_comes_to_the_known_record_and_goes_back_exactly() {
    let house = prepared();
    let ana = house.ana();
    let (_, old) = known(&house, &ana, "Maria Souza");
    let (identity, new) = known(&house, &ana, "maria");
    let write = |id, fields: &[(&str, &str)]| ana.post(&format!("/conversations/{id}/contact"), fields).status;
    assert_eq!(write(old, &[("f1", "529.982.247-25"), ("f2", "Santos"), ("phone", "11 98765-4321")]), 303);
    assert_eq!(write(new, &[("f2", "Campinas"), ("f3", "Ouro"), ("email", "maria@x.example")]), 303);
    let before = rows(&house);
    let search = text(&ana.fetch(&format!("/conversations/{new}/contact-merge/new?q=52998224725")));
    assert!(search.contains("Maria Souza"), "found by her document: {search}");
    let kept = contact_of(&house, old).to_string();
    let preview = text(&ana.fetch(&format!("/conversations/{new}/contact-merge/new?contact={kept}")));
    assert!(
        preview.contains("keep-f2") && !preview.contains("keep-f3") && preview.contains("529.982.247-25"),
        "{preview}"
    );
    let fields = [("contact", kept.as_str()), ("keep-f2", "other"), ("keep-name", "kept")];
    assert_eq!(ana.post(&format!("/conversations/{new}/contact-merge"), &fields).status, 303);
    assert_eq!(contact_of(&house, new), contact_of(&house, old));
    let page = text(&ana.get(&format!("/conversations/{new}")));
    for held in ["Maria Souza", "529.982.247-25", "Campinas", "maria@x.example", "Desfazer união com maria"] {
        assert!(page.contains(held), "{held} in {page}");
    }
    assert!(
        !text(&ana.get("/palette?q=maria%40x.example")).contains("Sem nome"),
        "the record that went is found no more"
    );
    // What the contact writes there now is the one record's; on the way back it goes along.
    let again = house.writes(identity, "outra coisa").conversation;
    assert_eq!(again, new);
    assert_eq!(undo(&ana, &page), 303);
    assert_eq!(rows(&house), before);
    let second = ana.post("/contact-merges/1/undoing", &[]);
    assert_eq!(second.status, 409);
}

#[test]
fn any_two_records_return_to_exactly_what_they_were() {
    for seed in 0..12 {
        let mut dice = Dice::new(seed);
        let house = prepared();
        let sofia = house.sofia();
        let mut ids = Vec::new();
        for name in ["Ana Lima", "", "Zé", "Maria"] {
            let identity = house.contact(name);
            let id = house.writes(identity, "oi").conversation;
            // Some have a second conversation, some are closed, some have another channel.
            if dice.below(2) == 0 {
                sofia.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]);
                house.passes(2 * DAY);
                house.writes(identity, "de novo");
            }
            if dice.below(2) == 0 {
                let contact = contact_of(&house, id);
                let (channel, now) = (house.channel.id, house.clock.now());
                let more = format!("extra:{seed}:{name}");
                house
                    .app
                    .change(move |conn| contacts::sql::add_identity(conn, contact, channel, &more, false, now))
                    .expect("an identity");
            }
            let mut fields: Vec<(&str, &str)> = Vec::new();
            for (field, values) in [
                ("f2", ["", "Santos", "São Paulo", "Rio"]),
                ("f3", ["", "Ouro", "Prata", ""]),
                ("email", ["", "a@x.example", "b@x.example", ""]),
                ("phone", ["", "11 98765-4321", "(21) 3456-7890", ""]),
            ] {
                fields.push((field, values[dice.below(4)]));
            }
            let stored = sofia.post(&format!("/conversations/{id}/contact"), &fields);
            assert_eq!(stored.status, 303, "{}", text(&stored));
            for label in ["VIP", "Atacado", "Frio"] {
                if dice.below(2) == 0 {
                    assert_eq!(sofia.post(&format!("/conversations/{id}/labels"), &[("add", label)]).status, 303);
                    house.clock.advance(1);
                }
            }
            let note = [("kind", "note"), ("body", "uma nota")];
            assert_eq!(sofia.post(&format!("/conversations/{id}/messages"), &note).status, 303);
            ids.push(id);
        }
        // One ticket is about conversations of two people.
        let first = ids[0].to_string();
        let ticket = [("title", "Conferir"), ("to", "1"), ("conversation", first.as_str())];
        assert_eq!(sofia.post("/tickets", &ticket).status, 303);
        let number =
            house.app.read(|conn| conversations::sql::find(conn, ids[1])).expect("a conversation").number.to_string();
        assert_eq!(sofia.post("/tickets/1/links", &[("number", number.as_str())]).status, 303);
        let before = rows(&house);
        let (a, b) = (dice.below(4), 1 + dice.below(3));
        let (from, to) = (ids[a], contact_of(&house, ids[(a + b) % 4]).to_string());
        let mut fields = vec![("contact", to.as_str())];
        for field in ["keep-name", "keep-phone", "keep-email", "keep-f2", "keep-f3"] {
            fields.push((field, *dice.pick(&["kept", "other"])));
        }
        fields.push(("scope", *dice.pick(&["all", "identity"])));
        let united = sofia.post(&format!("/conversations/{from}/contact-merge"), &fields);
        assert_eq!(united.status, 303, "seed {seed}: {}", text(&united));
        assert_ne!(rows(&house), before);
        assert_indexed(&house);
        house.clock.advance(1);
        assert_eq!(sofia.post("/contact-merges/1/undoing", &[]).status, 303, "seed {seed}");
        assert_eq!(rows(&house), before, "seed {seed}");
        assert_indexed(&house);
    }
}

#[test]
fn what_a_field_of_another_type_held_is_read_anew_when_a_union_is_undone() {
    let house = prepared();
    let (ana, adm) = (house.ana(), house.adm());
    let (_, first) = known(&house, &ana, "Maria Souza");
    let (_, second) = known(&house, &ana, "Maria de outro celular");
    for (id, city) in [(first, "sim"), (second, "talvez")] {
        assert_eq!(ana.post(&format!("/conversations/{id}/contact"), &[("f2", city)]).status, 303);
    }
    let kept = contact_of(&house, first).to_string();
    assert_eq!(ana.post(&format!("/conversations/{second}/contact-merge"), &[("contact", &kept)]).status, 303);
    let kind = [("name", "Cidade"), ("kind", "yes_no"), ("drop_unfit", "1")];
    assert!(adm.post("/settings/custom-fields/2", &kind).status < 400);
    assert_eq!(undo(&ana, &text(&ana.get(&format!("/conversations/{first}")))), 303);
    let values = rows(&house)[1].clone();
    assert!(values.iter().any(|row| row[2] == Value::Text("yes".into())), "{values:?}");
    assert!(!values.iter().any(|row| row[2] == Value::Text("talvez".into())), "{values:?}");
    let history = text(&ana.get(&format!("/conversations/{second}/contact/history")));
    assert!(history.contains("talvez"), "{history}");
}

#[test]
fn unions_are_undone_from_the_newest_and_for_thirty_days() {
    let house = prepared();
    let sofia = house.sofia();
    let of = |name: &str| house.writes(house.contact(name), "oi").conversation;
    let (a, b, c) = (of("Ana Lima"), of("Bia Reis"), of("Caio Paz"));
    let unite = |from: ConversationId, to: ConversationId| {
        let to = contact_of(&house, to).to_string();
        sofia.post(&format!("/conversations/{from}/contact-merge"), &[("contact", &to)])
    };
    assert_eq!(unite(b, a).status, 303);
    assert_eq!(unite(c, a).status, 303);
    let older = sofia.post("/contact-merges/1/undoing", &[]);
    assert!(older.status == 409 && text(&older).contains("Desfaça primeiro a mais nova"));
    let same = unite(c, a);
    assert!(same.status == 409 && text(&same).contains("mesma ficha"));
    assert_eq!(sofia.post("/contact-merges/2/undoing", &[]).status, 303);
    // The second's record went, and is nobody to go to.
    let gone = sofia.post(&format!("/conversations/{c}/contact-merge"), &[("contact", "2")]);
    assert!(gone.status == 409 && text(&gone).contains("já foi unida"), "{}", text(&gone));
    house.clock.advance(30 * DAY + 1);
    let late = house.person("Sofia").post("/contact-merges/1/undoing", &[]);
    assert!(late.status == 409 || late.status == 401, "{}", late.status);
}

#[test]
fn probable_ones_are_suggested_with_the_sign_and_never_united_by_themselves() {
    let house = prepared();
    let ana = house.ana();
    let (_, first) = known(&house, &ana, "Maria Souza");
    let (_, second) = known(&house, &ana, "Maria Souza Lima");
    let (_, third) = known(&house, &ana, "Outra");
    // One typed with the ninth digit, one without.
    ana.post(&format!("/conversations/{first}/contact"), &[("phone", "11 8765-4321")]);
    ana.post(&format!("/conversations/{third}/contact"), &[("phone", "(11) 98765-4321")]);
    let shown = text(&ana.fetch(&format!("/conversations/{first}/contact-merge/new")));
    assert!(shown.contains("mesmo telefone") && shown.contains("nome parecido"), "{shown}");
    assert_ne!(contact_of(&house, first), contact_of(&house, third));
    assert_ne!(contact_of(&house, first), contact_of(&house, second));
    let beto = house.beto();
    assert_eq!(beto.fetch(&format!("/conversations/{first}/contact-merge/new")).status, 404);
}

#[test]
fn labels_go_along_and_what_was_done_to_them_since_stays() {
    let house = prepared();
    let sofia = house.sofia();
    let of = |name: &str| house.writes(house.contact(name), "oi").conversation;
    let (kept, other) = (of("Ana Lima"), of("Bia Reis"));
    let label = |id: ConversationId, field: &str, value: &str| {
        assert_eq!(sofia.post(&format!("/conversations/{id}/labels"), &[(field, value)]).status, 303);
    };
    label(kept, "add", "VIP");
    label(other, "add", "VIP");
    label(other, "add", "Atacado");
    label(other, "add", "Frio");
    let preview = text(&sofia.fetch(&format!("/conversations/{other}/contact-merge/new?contact=1")));
    assert!(preview.contains("Etiquetas") && preview.contains("Frio"), "{preview}");
    let united = sofia.post(&format!("/conversations/{other}/contact-merge"), &[("contact", "1")]);
    assert_eq!(united.status, 303);
    let carried = |contact: i64| {
        house
            .app
            .read(|conn| balcao::contacts::contact_labels::sql::of(conn, ContactId(contact)))
            .expect("labels")
            .into_iter()
            .map(|label| label.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(carried(1), ["Atacado", "Frio", "VIP"]);
    assert_eq!(carried(2), [""; 0]);
    assert!(text(&sofia.get("/contacts?q=atac")).contains("/contacts/1\""), "found by the label that came");
    label(kept, "remove", "1");
    label(kept, "add", "Novo");
    assert_eq!(sofia.post("/contact-merges/1/undoing", &[]).status, 303);
    assert_eq!(carried(1), ["Novo"], "taken off and put on since");
    assert_eq!(carried(2), ["Atacado", "Frio", "VIP"]);
}

#[test]
fn two_records_are_united_from_the_person_s_page_by_those_who_keep_it() {
    let house = prepared();
    let (lia, sofia, adm) = (house.lia(), house.sofia(), house.adm());
    for name in ["Maria de Souza Lima", "Maria Sousa Lima", "Mario Lopes"] {
        house.contact(name);
    }
    assert_eq!(lia.post("/contacts/2", &[("name", "Maria Sousa Lima"), ("f2", "Santos")]).status, 303);
    let page = text(&lia.get("/contacts/1"));
    assert!(
        page.contains("/contacts/1/contact-merge/new\"") && page.contains("/contacts/1/contact-merge/new?contact=2\""),
        "{page}"
    );
    let search = text(&lia.get("/contacts/1/contact-merge/new"));
    assert!(search.contains("Maria Sousa Lima") && search.contains("nome parecido"), "{search}");
    assert!(!search.contains("Mario Lopes"), "{search}");
    let found = text(&lia.fetch("/contacts/1/contact-merge/new?q=lopes"));
    assert!(found.contains("/contacts/1/contact-merge/new?contact=3"), "{found}");
    let preview = text(&lia.get("/contacts/1/contact-merge/new?contact=2"));
    assert!(preview.contains("keep-name") && preview.contains("/contacts/2/contact-merge/new?contact=1"), "{preview}");
    // A senior without a conversation of hers may not, nor on what is gone.
    assert!(!text(&sofia.get("/contacts/1")).contains("/contacts/1/contact-merge/new"));
    assert_eq!(sofia.post("/contacts/1/contact-merge", &[("contact", "2")]).status, 403);
    let before = rows(&house);
    let united = lia.post("/contacts/1/contact-merge", &[("contact", "2"), ("keep-name", "other")]);
    assert_eq!(united.header("location"), Some("/contacts/2"), "{}", text(&united));
    assert_eq!(lia.get("/contacts/1").header("location"), Some("/contacts/2"));
    assert_eq!(lia.post("/contacts/1/contact-merge", &[("contact", "3")]).status, 409);
    assert_eq!(lia.post("/contacts/2/contact-merge", &[("contact", "2")]).status, 409);
    let page = text(&adm.get("/contacts/2"));
    assert!(
        page.contains("Maria de Souza Lima") && page.contains("Santos") && page.contains("Desfazer união"),
        "{page}"
    );
    assert_eq!(sofia.post("/contact-merges/1/undoing", &[("from", "contact")]).status, 404);
    let undone = lia.post("/contact-merges/1/undoing", &[("from", "contact")]);
    assert_eq!(undone.header("location"), Some("/contacts/2"), "{}", text(&undone));
    assert_eq!(rows(&house), before);
    // With a conversation that she may answer a senior may.
    let identity = house.contact("Bia Reis");
    house.writes(identity, "oi");
    assert_eq!(sofia.get("/contacts/4/contact-merge/new").status, 200);
    house.clock.advance(31 * DAY);
    assert!(!text(&house.person("Lia").get("/contacts/2")).contains("Desfazer união"));
}

#[test]
fn the_demo_shows_a_union_that_can_be_undone_and_somebody_to_be_recognised() {
    let house = House::new();
    let folder = tempfile::tempdir().expect("a folder");
    let app = balcao::app::App::open(folder.path(), house.clock.clone()).expect("an application");
    let now = app.clock.now();
    app.change(move |conn| balcao::demo::sql::fill(conn, "none", now)).expect("the demo");
    let (union, probable) = app
        .read(|conn| {
            let kept = balcao::platform::db::one(conn, "SELECT kept_id FROM contact_merge", [], |row| row.get(0))?;
            let union = contact_merges::sql::latest(conn, kept, now.plus(-contact_merges::UNDOABLE))?;
            Ok((union, contact_merges::sql::probable(conn, ContactId(1))?))
        })
        .expect("the records");
    let union = union.expect("a union that can be undone");
    assert!(union.moved.other_before.contains_key("name") && !union.moved.conversations.is_empty());
    assert!(probable.iter().any(|(_, sign)| *sign == contact_merges::Sign::Phone), "{probable:?}");
    app.stop();
}
