//! The contact's template: fields that a company adds, checked, kept field by field, changed with a trace.

use balcao::contacts::ContactId;
use balcao::contacts::custom_fields::sql_values;
use balcao::desk::conversations::ConversationId;
use balcao::platform::web::http::Response;

use crate::support::{House, Person, text};

/// A house with Maria's and João's conversations in Vendas, and the fields CPF (unique), Plano (Ouro, Prata), Nascimento.
fn prepared() -> (House, ConversationId, ConversationId) {
    let house = House::new();
    let adm = house.adm();
    for fields in [
        vec![("name", "CPF"), ("kind", "cpf"), ("unique", "1"), ("required", "1")],
        vec![("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata"), ("group", "Contrato")],
        vec![("name", "Nascimento"), ("kind", "date")],
    ] {
        assert_eq!(adm.post("/settings/custom-fields", &fields).status, 303);
    }
    let maria = house.writes(house.contact("Maria"), "oi").conversation;
    let joao = house.writes(house.contact("João"), "oi").conversation;
    (house, maria, joao)
}

fn write(person: &Person, id: ConversationId, fields: &[(&str, &str)]) -> Response {
    person.send(&format!("/conversations/{id}/contact"), fields)
}

fn value(house: &House, contact: i64, field: i64) -> String {
    let found = house.app.read(|conn| {
        let fields = balcao::contacts::custom_fields::sql::all(conn)?;
        sql_values::filled(conn, ContactId(contact), fields)
    });
    found.expect("the record").into_iter().find(|one| one.field.id.0 == field).map_or(String::new(), |one| one.value)
}

#[test]
fn a_field_is_checked_stored_in_one_spelling_and_leaves_a_trace() {
    let (house, maria, _) = prepared();
    let ana = house.ana();
    let page = text(&ana.get(&format!("/conversations/{maria}")));
    assert!(
        page.contains("Falta preencher: CPF") && page.contains("Contrato") && page.contains("Nascimento"),
        "{page}"
    );
    let wrong = write(&ana, maria, &[("f1", "529.982.247-26"), ("only", "1")]);
    assert_eq!(wrong.status, 422);
    assert!(
        text(&wrong).contains("não confere") && text(&wrong).contains("value=\"529.982.247-26\""),
        "{}",
        text(&wrong)
    );
    let stored = write(&ana, maria, &[("f1", "52998224725"), ("only", "1")]);
    assert_eq!(stored.status, 200);
    assert!(text(&stored).contains("value=\"529.982.247-25\"") && !text(&stored).contains("Falta preencher"));
    assert_eq!(value(&house, 1, 1), "52998224725");
    for typed in ["529.982.247-25", "52998224725"] {
        let found = text(&ana.get(&format!("/palette?q={typed}")));
        assert!(found.contains("Maria"), "found by the document: {found}");
    }
    // Other fields were not sent, and stay as they are.
    assert!(text(&stored).contains("value=\"Maria\""));
    assert_eq!(write(&ana, maria, &[("f2", "ouro"), ("f3", "29/02/2024"), ("only", "1")]).status, 200);
    assert_eq!((value(&house, 1, 2).as_str(), value(&house, 1, 3).as_str()), ("Ouro", "2024-02-29"));
    assert_eq!(write(&ana, maria, &[("f3", ""), ("name", "Maria Souza"), ("only", "1")]).status, 200);
    let empty = write(&ana, maria, &[("f1", ""), ("only", "1")]);
    assert!(empty.status == 422 && text(&empty).contains("Preencha este campo"), "a required field is not emptied");
    let history = text(&ana.fetch(&format!("/conversations/{maria}/contact/history")));
    for line in [
        "Ana mudou CPF: “” → “529.982.247-25”",
        "Ana mudou Plano: “” → “Ouro”",
        "Ana mudou Nascimento: “29/02/2024” → “”",
        "Ana mudou Nome: “Maria” → “Maria Souza”",
    ] {
        assert!(history.contains(line), "{line} in {history}");
    }
}

#[test]
fn what_must_not_repeat_is_refused_and_cannot_be_asked_for_where_it_repeats() {
    let (house, maria, joao) = prepared();
    let (ana, adm) = (house.ana(), house.adm());
    assert_eq!(write(&ana, maria, &[("f1", "529.982.247-25")]).status, 303);
    let twice = write(&ana, joao, &[("f1", "52998224725")]);
    assert!(twice.status == 422 && text(&twice).contains("outro cliente"), "{}", text(&twice));
    for id in [maria, joao] {
        assert_eq!(write(&ana, id, &[("f2", "Prata")]).status, 303);
    }
    let fields = [("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata"), ("unique", "1")];
    let refused = adm.post("/settings/custom-fields/2", &fields);
    assert!(refused.status == 422 && text(&refused).contains("mesmo valor"));
}

#[test]
fn another_type_takes_along_what_fits_and_shows_what_does_not() {
    let (house, maria, joao) = prepared();
    let (ana, adm) = (house.ana(), house.adm());
    adm.post("/settings/custom-fields", &[("name", "Código"), ("kind", "text")]);
    for (id, code) in [(maria, "1.234,50"), (joao, "A-17")] {
        assert_eq!(write(&ana, id, &[("f4", code)]).status, 303);
    }
    let number = [("name", "Código"), ("kind", "number")];
    let shown = adm.post("/settings/custom-fields/4", &number);
    let page = text(&shown);
    assert_eq!(shown.status, 422);
    assert!(page.contains("1 valores cabem") && page.contains("João: A-17"), "{page}");
    assert_eq!(
        (value(&house, 1, 4).as_str(), value(&house, 2, 4).as_str()),
        ("1.234,50", "A-17"),
        "nothing happened yet"
    );
    let both = [("name", "Código"), ("kind", "number"), ("drop", "1")];
    assert_eq!(adm.post("/settings/custom-fields/4", &both).status, 303);
    assert_eq!((value(&house, 1, 4).as_str(), value(&house, 2, 4).as_str()), ("1234.5", ""));
    let history = text(&ana.fetch(&format!("/conversations/{joao}/contact/history")));
    assert!(history.contains("Adm mudou Código: “A-17” → “”"), "{history}");
}

#[test]
fn a_field_of_another_department_is_neither_seen_nor_written() {
    let (house, maria, _) = prepared();
    let (ana, adm, lia) = (house.ana(), house.adm(), house.lia());
    let fields = [("name", "Sigilo"), ("kind", "text"), ("departments", "2")];
    assert_eq!(adm.post("/settings/custom-fields", &fields).status, 303);
    assert_eq!(lia.post("/settings/custom-fields", &[("name", "Meu"), ("kind", "text")]).status, 422);
    assert_eq!(
        lia.post("/settings/custom-fields", &[("name", "Meu"), ("kind", "text"), ("departments", "1")]).status,
        303
    );
    assert_eq!(lia.get("/settings/custom-fields/4").status, 403);
    let page = text(&ana.get(&format!("/conversations/{maria}")));
    assert!(!page.contains("Sigilo") && page.contains("Meu"));
    assert_eq!(write(&ana, maria, &[("f4", "x")]).status, 303);
    assert_eq!(value(&house, 1, 4), "", "what is not seen is not written");
}

#[test]
fn an_archived_field_keeps_what_it_held() {
    let (house, maria, _) = prepared();
    let (ana, adm) = (house.ana(), house.adm());
    write(&ana, maria, &[("f2", "Ouro")]);
    assert_eq!(adm.post("/settings/custom-fields/2/archiving", &[]).status, 303);
    assert!(!text(&ana.get(&format!("/conversations/{maria}"))).contains("Plano"));
    assert!(text(&adm.get("/settings/custom-fields")).contains("Trazer de volta Plano"));
    assert_eq!(adm.post("/settings/custom-fields/2/restoring", &[]).status, 303);
    assert_eq!(adm.post("/settings/custom-fields/2/position", &[("way", "up")]).status, 303);
    let page = text(&ana.get(&format!("/conversations/{maria}")));
    assert!(page.find("Plano") < page.find("CPF") && page.contains("selected>Ouro"), "{page}");
    assert_eq!(
        adm.post("/settings/custom-fields", &[("name", "plano"), ("kind", "text")]).status,
        422,
        "the name is taken"
    );
}

#[test]
fn a_form_stores_what_was_changed_in_it_and_tells_where_somebody_was_faster() {
    let (house, id, _) = prepared();
    let (ana, sofia) = (house.ana(), house.sofia());
    assert_eq!(write(&ana, id, &[("name", "Maria"), ("phone", "11 98765-4321")]).status, 303);
    // Both have the record open; Sofia changes the number.
    assert_eq!(write(&sofia, id, &[("phone", "11 91234-5678"), ("was-phone", "(11) 98765-4321")]).status, 303);
    let whole = [
        ("name", "Maria Souza"),
        ("was-name", "Maria"),
        ("phone", "(11) 98765-4321"),
        ("was-phone", "(11) 98765-4321"),
        ("email", ""),
        ("was-email", ""),
    ];
    assert_eq!(write(&ana, id, &whole).status, 303);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(
        page.contains("Maria Souza") && page.contains("(11) 91234-5678"),
        "what Ana did not touch stays Sofia's: {page}"
    );
    let late = [("phone", "11 3456-7890"), ("was-phone", "(11) 98765-4321"), ("only", "1")];
    let refused = write(&ana, id, &late);
    let page = text(&refused);
    assert_eq!(refused.status, 422);
    assert!(page.contains("mudou este campo enquanto") && page.contains("11 3456-7890"), "{page}");
    assert!(page.contains("name=\"was-phone\" value=\"(11) 91234-5678\""), "saved once more it stands: {page}");
    let same = [("phone", "11 91234 5678"), ("was-phone", "(11) 98765-4321"), ("only", "1")];
    assert_eq!(write(&ana, id, &same).status, 200, "both mean the same");
    let knowing = [("phone", "11 3456-7890"), ("was-phone", "(11) 91234-5678"), ("only", "1")];
    assert_eq!(write(&ana, id, &knowing).status, 200);
    let history = text(&ana.get(&format!("/conversations/{id}/contact/history")));
    assert!(!history.contains("“(11) 91234-5678” → “(11) 98765-4321”"), "{history}");
}

#[test]
fn lines_of_a_text_survive_the_form_and_the_history_shows_what_was_written() {
    let (house, id, _) = prepared();
    let adm = house.adm();
    assert_eq!(adm.post("/settings/custom-fields", &[("name", "Obs"), ("kind", "text")]).status, 303);
    let field = house.app.read(|conn| {
        Ok(conn.query_row("SELECT id FROM custom_field WHERE name = 'Obs'", [], |row| row.get::<_, i64>(0))?)
    });
    let key = format!("f{}", field.expect("a field"));
    let ana = house.ana();
    assert_eq!(write(&ana, id, &[(&key, "um\ndois")]).status, 303);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("um\ndois</textarea>"), "{page}");
    // As browsers send it back.
    let same =
        [(key.as_str(), "um\r\ndois"), (&format!("was-{key}"), "um\r\ndois"), ("name", "Outra"), ("was-name", "Maria")];
    assert_eq!(write(&ana, id, &same).status, 303);
    let number: i64 = key[1..].parse().expect("an id");
    assert_eq!(value(&house, 1, number), "um\ndois");
    let other = [("name", "Obs"), ("kind", "yes_no"), ("drop_unfit", "1")];
    adm.post(&format!("/settings/custom-fields/{number}"), &other);
    let history = text(&ana.get(&format!("/conversations/{id}/contact/history")));
    assert!(history.contains("um\ndois"), "what was written stands as it was: {history}");
}
