//! Occurrences: recorded inside an open conversation, corrected by another row, never seen by the contact.

use balcao::desk::conversations::ConversationId;
use balcao::platform::web::http::Response;
use rusqlite::Connection;

use crate::support::{House, Person, text};

/// The house's catalogue also serves occurrences: Entrega › Atraso is 2.
fn prepared() -> (House, ConversationId) {
    let house = House::new();
    let sales = house.sales.to_string();
    let fields =
        [("name", "Entrega"), ("uses", "conversation"), ("uses", "occurrence"), ("departments", sales.as_str())];
    assert_eq!(house.lia().post("/settings/dispositions/1", &fields).status, 303);
    let maria = house.contact("Maria");
    let id = house.writes(maria, "cadê meu pedido?").conversation;
    (house, id)
}

fn record(person: &Person, id: ConversationId, fields: &[(&str, &str)]) -> Response {
    person.post(&format!("/conversations/{id}/occurrence"), fields)
}

#[test]
fn an_occurrence_is_a_line_in_the_conversation_and_leaves_its_state_alone() {
    let (house, id) = prepared();
    let ana = house.ana();
    let fields = [("disposition", "2"), ("body", "Transportadora <b>atrasou</b>"), ("happened_at", "2026-11-23T09:30")];
    assert_eq!(record(&ana, id, &fields).status, 303);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("Entrega › Atraso") && page.contains("&lt;b&gt;atrasou"), "{page}");
    assert!(page.contains("data-state=\"waiting_agent\""));
}

#[test]
fn a_fault_is_named_and_what_was_typed_stays() {
    let (house, id) = prepared();
    let ana = house.ana();
    let late = record(&ana, id, &[("disposition", "2"), ("body", "guardado"), ("happened_at", "2027-01-01T10:00")]);
    assert_eq!(late.status, 422);
    assert!(text(&late).contains("no futuro") && text(&late).contains("guardado"));
    let bare = record(&ana, id, &[("body", "guardado")]);
    assert!(bare.status == 422 && text(&bare).contains("Escolha uma tabulação"));
    assert_eq!(record(&ana, id, &[("disposition", "999"), ("body", "x")]).status, 422);
}

#[test]
fn a_correction_stands_beside_what_it_corrects_and_there_is_only_one() {
    let (house, id) = prepared();
    let (ana, sofia) = (house.ana(), house.sofia());
    record(&ana, id, &[("disposition", "2"), ("body", "errado")]);
    let form = text(&sofia.fetch(&format!("/conversations/{id}/occurrence/new?corrects=1")));
    assert!(form.contains("errado") && form.contains("value=\"2026-11-23T12:00\""), "{form}");
    let correct = |person: &Person| record(person, id, &[("disposition", "2"), ("body", "certo"), ("corrects", "1")]);
    assert_eq!(correct(&sofia).status, 303);
    assert_eq!(correct(&ana).status, 409);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("errado") && page.contains("certo") && page.contains("data-corrected"), "{page}");
    let other = house.writes(house.contact("João"), "oi").conversation;
    let elsewhere = record(&ana, other, &[("disposition", "2"), ("body", "x"), ("corrects", "2")]);
    assert_eq!(elsewhere.status, 404, "an occurrence of another conversation");
    let conn = Connection::open(house.app.file()).expect("the file");
    let kept: Vec<String> = conn
        .prepare("SELECT body FROM occurrence ORDER BY id")
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .expect("rows");
    assert_eq!(kept, ["errado", "certo"]);
}

#[test]
fn a_closed_conversation_takes_none() {
    let (house, id) = prepared();
    house.sofia().post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]);
    assert_eq!(record(&house.sofia(), id, &[("disposition", "2"), ("body", "tarde")]).status, 409);
}
