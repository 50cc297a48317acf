//! Closing: held for ten seconds, undone, told, rated.

use balcao::desk::closings::HELD;
use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::time::SECOND;
use rusqlite::types::Value;

use crate::support::{House, Person, text};

const CLOSED: &[(&str, &str)] = &[("disposition", "2"), ("farewell", "Até logo!"), ("asks_rating", "1")];

fn held_by_ana(house: &House) -> (Person, ConversationId) {
    let (ana, id) = (house.ana(), house.writes(house.contact("Maria"), "Meu pedido não chegou").conversation);
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    house.clock.advance(SECOND);
    ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Vou ver")]);
    (ana, id)
}

/// A whole row, to compare it with later.
fn row(house: &House, sql: &'static str, id: ConversationId) -> Vec<Vec<Value>> {
    house
        .app
        .read(move |conn| {
            let mut statement = conn.prepare(sql)?;
            let width = statement.column_count();
            let rows = statement.query_map([id], |row| (0..width).map(|column| row.get(column)).collect())?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .expect("rows")
}

const CONVERSATION: &str = "SELECT * FROM conversation WHERE id = ?";
const MESSAGES: &str = "SELECT * FROM message WHERE conversation_id = ? ORDER BY id";
const COUNTS: &str = "SELECT * FROM queue_count WHERE ? > 0 AND total > 0 ORDER BY 1, 2, 3";

fn bodies(house: &House, id: ConversationId) -> String {
    format!("{:?}", row(house, MESSAGES, id))
}

#[test]
fn undone_within_ten_seconds_everything_is_as_it_was_and_nothing_was_sent() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let before: Vec<_> = [CONVERSATION, MESSAGES, COUNTS].map(|sql| row(&house, sql, id)).to_vec();
    house.clock.advance(SECOND);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), CLOSED).status, 303);
    assert!(text(&ana.get(&format!("/conversations/{id}"))).contains("Desfazer"));
    assert!(!text(&house.sofia().get(&format!("/conversations/{id}"))).contains("Desfazer"), "not hers");
    assert_eq!(house.sofia().post(&format!("/conversations/{id}/closing/undoing"), &[]).status, 403);
    house.passes(HELD - 1);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing/undoing"), &[]).status, 303);
    let after: Vec<_> = [CONVERSATION, MESSAGES, COUNTS].map(|sql| row(&house, sql, id)).to_vec();
    assert_eq!(before, after);
    assert!(row(&house, "SELECT * FROM closing WHERE conversation_id = ?", id).is_empty());
    house.passes(60 * SECOND);
    assert!(!bodies(&house, id).contains("Até logo"));
    // It can be closed again, and the second time it stands.
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), CLOSED).status, 303);
    house.passes(HELD);
    assert_eq!(bodies(&house, id).matches("Até logo").count(), 1);
    let late = ana.post(&format!("/conversations/{id}/closing/undoing"), &[]);
    assert_eq!(late.status, 409);
    assert!(text(&late).contains("não dá para desfazer"));
}

#[test]
fn who_writes_while_the_closing_is_held_reopens_it_and_gets_no_farewell() {
    let house = House::new();
    let maria = house.contact("Maria");
    let id = house.writes(maria, "Oi").conversation;
    let ana = house.ana();
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), CLOSED).status, 303);
    house.passes(5 * SECOND);
    assert_eq!(house.writes(maria, "Espera, tem mais uma coisa").conversation, id);
    house.passes(60 * SECOND);
    let conversation = house.app.read(|conn| conversations::sql::find(conn, id)).expect("it");
    assert_eq!((conversation.state, conversation.assignee), (State::WaitingAgent, Some(ana.id)));
    assert!(!bodies(&house, id).contains("Até logo") && !bodies(&house, id).contains("reopened"));
    assert_eq!(ana.post(&format!("/conversations/{id}/closing/undoing"), &[]).status, 409);
}

#[test]
fn the_farewell_is_the_department_s_with_its_variables_and_stops_at_an_open_one() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let flow = [
        ("assignment", "manual"),
        ("cap", "5"),
        ("transfer_limit", "10"),
        ("farewell", "Tchau, {cliente}! Protocolo {protocolo}, {atendente}."),
        ("asks_rating", "1"),
    ];
    assert_eq!(house.adm().post(&format!("/settings/departments/{}/flow", house.sales), &flow).status, 303);
    let form = text(&ana.fetch(&format!("/conversations/{id}/closing/new")));
    assert!(form.contains("Tchau, Maria! Protocolo 20261123000001, Ana."), "{form}");
    assert!(form.contains("name=\"asks_rating\" value=\"1\" checked"), "{form}");
    let stopped = ana.post(
        &format!("/conversations/{id}/closing"),
        &[("disposition", "2"), ("farewell", "Até {quando}, <b>Maria</b>")],
    );
    assert_eq!(stopped.status, 422);
    let page = text(&stopped);
    assert!(
        page.contains("Complete o que está entre chaves") && page.contains("Até {quando}, &lt;b&gt;Maria"),
        "{page}"
    );
}

#[test]
fn a_restart_in_between_tells_the_contact_once() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    ana.post(&format!("/conversations/{id}/closing"), CLOSED);
    // The job is a row: whoever runs it after a restart does so in one transaction with its end.
    house.clock.advance(HELD);
    for _ in 0..3 {
        balcao::timers::run_jobs(&house.app).expect("the jobs");
    }
    assert_eq!(bodies(&house, id).matches("Até logo").count(), 1);
    assert_eq!(bodies(&house, id).matches("closed Entrega").count(), 1);
}

#[test]
fn a_department_has_its_own_time_to_reopen_and_its_own_goal() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let flow = |goal: &str, window: &str| {
        let fields = [
            ("assignment", "manual"),
            ("cap", "5"),
            ("transfer_limit", "10"),
            ("handling_goal", goal),
            ("reopen_window", window),
        ];
        house.adm().post(&format!("/settings/departments/{}/flow", house.sales), &fields).status
    };
    assert_eq!((flow("x", ""), flow("", "-1"), flow("800", "")), (422, 422, 422));
    assert_eq!(flow("4", "2"), 303);
    house.passes(3 * balcao::platform::time::HOUR);
    let head = text(&ana.fetch(&format!("/conversations/{id}/head")));
    assert!(head.contains("3 h desde a abertura, meta 4 h") && head.contains("data-heat=\"amber\""), "{head}");
    ana.post(&format!("/conversations/{id}/closing"), CLOSED);
    house.passes(HELD);
    let identity = house.app.read(|conn| balcao::desk::conversations::sql::find(conn, id)).expect("it").identity;
    house.passes(2 * balcao::platform::time::HOUR);
    let later = house.writes(identity, "chegou quebrado").conversation;
    assert_ne!(later, id, "past the department's two hours, though within the channel's day");
    assert_eq!(flow("", ""), 303);
    ana.post(&format!("/conversations/{later}/assignment"), &[]);
    ana.post(&format!("/conversations/{later}/closing"), CLOSED);
    house.passes(HELD + 3 * balcao::platform::time::HOUR);
    assert_eq!(house.writes(identity, "e agora?").conversation, later);
}
