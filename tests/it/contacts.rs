//! The register of contacts: pages, search, files, the rights of a person.

use balcao::platform::web::http::{Answer, Response};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{House, text};

fn file(response: &Response) -> Vec<u8> {
    let Answer::File(path) = &response.answer else { panic!("no file: {} {}", response.status, text(response)) };
    std::fs::read(path).expect("the file")
}

/// Maria with a CPF, a conversation with a note, an answer and a file.
fn prepared() -> House {
    let house = House::new();
    assert_eq!(house.adm().post("/settings/custom-fields", &[("name", "CPF"), ("kind", "cpf")]).status, 303);
    let id = house.writes(house.contact("Maria Souza"), "meu cartão é 4111").conversation;
    let ana = house.ana();
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    ana.post(&format!("/conversations/{id}/contact"), &[("f1", "529.982.247-25"), ("email", "maria@x.example")]);
    ana.post(&format!("/conversations/{id}/messages"), &[("kind", "note"), ("body", "SEGREDO da equipe")]);
    ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Vou verificar.")]);
    house
}

#[test]
fn the_register_pages_without_loss_and_is_searched_by_whatever_is_known() {
    let house = prepared();
    for number in 0..120 {
        house.contact(&format!("Pessoa {number}"));
    }
    let sofia = house.sofia();
    let mut seen = 0;
    let mut address = "/contacts".to_owned();
    loop {
        let page = text(&sofia.get(&address));
        seen += page.matches("<td><a href=\"/contacts/").count();
        let Some(next) = page.split("?before=").nth(1).and_then(|rest| rest.split('"').next()) else { break };
        address = format!("/contacts?before={next}");
    }
    assert_eq!(seen, 121);
    for query in ["souza+maria", "52998224725", "maria%40x.example"] {
        let page = text(&sofia.get(&format!("/contacts?q={query}")));
        assert!(page.contains("Maria Souza") && !page.contains("Pessoa"), "{query}: {page}");
    }
    assert!(text(&sofia.get("/contacts?q=ninguem")).contains("Ninguém com “ninguem”"));
    assert_eq!(house.ana().get("/contacts").status, 403);
    let columns = [("column", "phone"), ("column", "email"), ("column", "since"), ("column", "f1")];
    assert_eq!(house.lia().post("/contacts/columns", &columns).status, 303);
    let csv = String::from_utf8(file(&house.lia().get("/contacts/csv"))).expect("text");
    assert_eq!(csv.lines().count(), 122);
    assert!(csv.contains("529.982.247-25") && csv.starts_with("\u{feff}Nome;Telefone;E-mail;Desde;CPF"), "{csv}");
    assert!(file(&house.lia().get("/contacts/xlsx")).starts_with(b"PK"));
}

#[test]
fn a_person_s_page_is_edited_by_leads_with_the_same_rules() {
    let house = prepared();
    let (lia, sofia) = (house.lia(), house.sofia());
    let page = text(&sofia.get("/contacts/1"));
    assert!(!page.contains("id=\"contact-data\"") && page.contains("<dt>CPF</dt>"), "to be read: {page}");
    let changes = text(&sofia.get("/contacts/1/changes"));
    assert!(changes.contains("Ana mudou CPF: “” → “529.982.247-25”"), "{changes}");
    assert!(page.contains("529.982.247-25") && page.contains("20261123000001") && !page.contains("SEGREDO"), "{page}");
    let refused = lia.post("/contacts/1", &[("name", "Maria"), ("f1", "123")]);
    assert!(
        refused.status == 422 && text(&refused).contains("não confere") && text(&refused).contains("value=\"123\"")
    );
    assert_eq!(lia.post("/contacts/1", &[("name", "Maria Lima")]).status, 303);
    assert!(text(&sofia.get("/contacts/1")).contains("Maria Lima"));
    assert_eq!(sofia.post("/contacts/1", &[("name", "x")]).status, 403);
}

#[test]
fn what_was_said_is_handed_over_without_notes() {
    let house = prepared();
    let lia = house.lia();
    let history = text(&lia.get("/contacts/1/history"));
    assert!(history.contains("Histórico de Maria Souza com Loja Exemplo"), "{history}");
    for said in ["20261123000001", "meu cartão é 4111", "Vou verificar."] {
        assert!(history.contains(said), "{said} in {history}");
    }
    let data = text(&lia.get("/contacts/1/data"));
    let json: Value = serde_json::from_str(&data).expect("json");
    assert_eq!(
        (&json["fields"]["CPF"], &json["email"]),
        (&Value::from("52998224725"), &Value::from("maria@x.example"))
    );
    assert!(json["conversations"][0]["messages"].as_array().is_some_and(|list| list.len() >= 3));
    for secret in ["SEGREDO", "note"] {
        assert!(!history.contains(secret) && !data.contains(secret), "{secret}");
    }
}

#[test]
fn a_lead_hands_over_what_her_departments_said_and_an_administrator_all_of_it() {
    let house = prepared();
    assert_eq!(
        house
            .adm()
            .post(
                "/settings/custom-fields",
                &[("name", "Processo"), ("kind", "text"), ("departments", &house.support.to_string())],
            )
            .status,
        303
    );
    let support = house.support;
    let moved = house.app.change(move |conn| {
        conn.execute("UPDATE conversation SET department_id = ?", [support])?;
        conn.execute("INSERT INTO contact_value VALUES (1, 2, 'de outro setor')", [])?;
        Ok(conn.execute(
            "INSERT INTO contact_change (contact_id, agent_id, field, was, becomes, at) VALUES (1, 1, 'f2', '', 'de outro setor', 1)",
            [],
        )?)
    });
    moved.expect("a move");
    let lia = house.lia();
    for file in ["history", "data"] {
        let hers = text(&lia.get(&format!("/contacts/1/{file}")));
        assert!(!hers.contains("meu cartão é 4111") && !hers.contains("de outro setor"), "{hers}");
        let all = text(&house.adm().get(&format!("/contacts/1/{file}")));
        assert!(all.contains("meu cartão é 4111"), "{all}");
        assert_eq!(all.matches("de outro setor").count(), if file == "data" { 2 } else { 0 }, "{all}");
    }
    assert!(text(&lia.get("/contacts/1/history")).contains("Há mais 1 conversas"));
}

#[test]
fn who_is_anonymised_is_found_by_nothing_and_what_they_wrote_goes_where_asked() {
    let house = prepared();
    let adm = house.adm();
    let wrong = adm.post("/contacts/1/anonymising", &[("confirm", "maria")]);
    assert!(wrong.status == 422 && text(&wrong).contains("O nome não confere"));
    assert_eq!(adm.post("/contacts/1/anonymising", &[("confirm", "Maria Souza"), ("words", "1")]).status, 303);
    house.passes(1);
    let page = text(&adm.get("/contacts/1"));
    assert!(page.contains("Anônimo 1") && page.contains("20261123000001"), "the case stays: {page}");
    let conn = Connection::open(house.app.file()).expect("the file");
    for secret in ["Maria", "52998224725", "maria@x.example", "4111"] {
        for (table, column) in [
            ("contact", "name || phone || email"),
            ("contact_value", "value"),
            ("contact_change", "was || becomes"),
            ("identity", "value"),
            ("message", "body"),
            ("conversation", "last_line"),
        ] {
            let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            let found: i64 = conn.query_row(&sql, [], |row| row.get(0)).expect("a count");
            assert_eq!(found, 0, "{secret} in {table}");
        }
        assert!(!text(&adm.get(&format!("/search?q={}", secret.replace('@', "%40")))).contains("<mark>"), "{secret}");
    }
    let thread = text(&adm.get("/conversations/1"));
    assert!(thread.contains("[apagado a pedido do titular]") && thread.contains("Vou verificar."), "{thread}");
    // Who writes again is somebody new.
    let known = format!("test:Maria Souza:{}", 1);
    let lookup = "SELECT count(*) FROM identity WHERE value = ?";
    let left: i64 = conn.query_row(lookup, [&known], |row| row.get(0)).expect("a count");
    assert_eq!(left, 0, "what the channel knew them by leads nowhere");
    assert!(text(&adm.get("/settings/audit")).contains("anonimizou um cliente"));
}

#[test]
fn labels_are_written_on_one_or_on_many_and_the_register_is_narrowed_to_them() {
    let house = prepared();
    house.contact("João");
    let (ana, lia, adm) = (house.ana(), house.lia(), house.adm());
    assert_eq!(ana.post("/conversations/1/labels", &[("add", "  VIP <b> ")]).status, 303);
    assert_eq!(ana.post("/conversations/1/labels", &[("add", "vip <B>")]).status, 303, "the same, in other letters");
    let pane = text(&ana.get("/conversations/1"));
    assert_eq!(pane.matches("VIP &lt;b&gt;<button").count(), 1, "{pane}");
    assert_eq!(ana.post("/conversations/1/labels", &[("add", " ")]).status, 409);
    let both = [("contact", "1"), ("contact", "2"), ("label", "atacado"), ("way", "add")];
    let done = lia.post("/contacts/labels", &both);
    let filtered = done.header("location").expect("the filtered list").to_owned();
    let page = text(&lia.get(&filtered));
    assert!(page.contains("Maria Souza") && page.contains("João"), "{page}");
    assert_eq!(lia.post("/contacts/labels", &[("contact", "2"), ("label", "Atacado"), ("way", "remove")]).status, 303);
    let page = text(&lia.get(&filtered));
    assert!(page.contains("Maria Souza") && !page.contains("João"), "{page}");
    assert_eq!(lia.post("/contacts/labels", &[("label", "x")]).status, 409, "nobody is ticked");
    assert_eq!(ana.post("/conversations/1/labels", &[("remove", "1")]).status, 303);
    assert!(!text(&ana.get("/conversations/1")).contains("VIP &lt;b&gt;<button"));
    assert_eq!(adm.post("/contacts/1/anonymising", &[("confirm", "Maria Souza")]).status, 303);
    assert!(!text(&lia.get(&filtered)).contains("/contacts/1\""), "forgotten with its labels");
}

#[test]
fn a_search_finds_whom_the_asker_sees_behind_others_and_nobody_by_a_hidden_field() {
    let house = House::new();
    let adm = house.adm();
    let support = house.support.to_string();
    let hidden = [("name", "CPF"), ("kind", "cpf"), ("departments", support.as_str())];
    assert_eq!(adm.post("/settings/custom-fields", &hidden).status, 303);
    let own = house.writes(house.contact("Maria Souza"), "oi").conversation;
    house.ana().post(&format!("/conversations/{own}/assignment"), &[]);
    for number in 0..30 {
        house.writes(house.contact(&format!("Maria {number}")), "oi");
    }
    let department = house.support;
    let moved = house.app.change(move |conn| {
        conn.execute("INSERT INTO contact_value VALUES (1, 1, '52998224725')", [])?;
        Ok(conn.execute("UPDATE conversation SET department_id = ? WHERE id > 1", [department])?)
    });
    moved.expect("conversations of Suporte");
    let found = text(&house.ana().get("/search?q=maria"));
    assert!(found.contains("Maria Souza") && !found.contains("Maria 7"), "{found}");
    assert!(!text(&house.sofia().get("/contacts?q=529.982.247-25")).contains("Maria Souza"));
    assert!(text(&adm.get("/contacts?q=529.982.247-25")).contains("Maria Souza"));
}
