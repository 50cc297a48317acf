//! Closing many at once: what is found, each with its own facts, stopped in between.

use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::time::{DAY, HOUR, SECOND};

use crate::support::{House, Person, text};

/// So many conversations of Vendas that wait for an agent.
fn lively(house: &House, many: usize) -> Vec<ConversationId> {
    (0..many)
        .map(|number| {
            house.clock.advance(SECOND);
            house.writes(house.contact(&format!("Cliente {number}")), "Oi").conversation
        })
        .collect()
}

fn start(house: &House, sofia: &Person, days: &str) -> String {
    let department = house.sales.to_string();
    let fields = [
        ("department", department.as_str()),
        ("state", "waiting_agent"),
        ("days", days),
        ("disposition", "2"),
        ("farewell", "Tchau, {cliente}! Protocolo {protocolo}."),
        ("asks_rating", "1"),
        ("body", "sem retorno"),
    ];
    let started = sofia.post("/bulk-closings", &fields);
    assert_eq!(started.status, 303, "{}", text(&started));
    started.header("location").expect("an address").to_owned()
}

fn closed(house: &House, ids: &[ConversationId]) -> usize {
    let state = |id| house.app.read(|conn| conversations::sql::find(conn, id)).expect("it").state;
    ids.iter().filter(|id| state(**id) == State::Closed).count()
}

#[test]
fn stale_ones_are_closed_in_batches_each_with_its_own_facts() {
    let house = House::new();
    let sofia = house.sofia();
    let ids = lively(&house, 60);
    let hasty = house.contact("Apressada");
    house.writes(hasty, "Oi");
    house.clock.advance(8 * DAY);
    let fresh = lively(&house, 2);
    // One of the old has had a message meanwhile: its place in the queue is old, but it is not stale.
    let busy = house.writes(hasty, "E aí?").conversation;
    let preview = format!("/bulk-closings/new?department={}&state=waiting_agent&days=7", house.sales);
    let page = text(&sofia.get(&preview));
    assert!(
        page.contains("60 conversas serão finalizadas") && page.contains("Cliente 0") && !page.contains("Apressada"),
        "{page}"
    );
    let address = start(&house, &sofia, "7");
    assert!(text(&sofia.get(&address)).contains("0 de 60 finalizadas"));
    balcao::timers::run_jobs(&house.app).expect("the first batch");
    assert_eq!(closed(&house, &ids), 25);
    let status = text(&sofia.fetch(&address));
    assert!(status.contains("25 de 60 finalizadas") && status.contains("Em andamento"), "{status}");
    for _ in 0..5 {
        house.passes(SECOND);
    }
    assert_eq!((closed(&house, &ids), closed(&house, &fresh), closed(&house, &[busy])), (60, 0, 0));
    assert!(text(&sofia.fetch(&address)).contains("Concluído"));
    let facts: (i64, i64, i64) = house
        .app
        .read(|conn| {
            Ok(conn.query_row(
                "SELECT (SELECT count(*) FROM closing WHERE path = 'Entrega › Atraso' AND body = 'sem retorno' AND held = 0),
                        (SELECT count(*) FROM message WHERE author = 'agent' AND body LIKE 'Tchau, Cliente %! Protocolo 2%.'),
                        (SELECT count(*) FROM message WHERE author = 'system' AND body LIKE 'closed %')",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?)
        })
        .expect("facts");
    assert_eq!(facts, (60, 60, 60));
    assert!(text(&sofia.get(&preview)).contains("60 de 60 finalizadas"), "kept in the list of earlier ones");
}

#[test]
fn it_can_be_stopped_and_goes_no_further() {
    let house = House::new();
    let sofia = house.sofia();
    let ids = lively(&house, 30);
    house.clock.advance(HOUR);
    let address = start(&house, &sofia, "0");
    balcao::timers::run_jobs(&house.app).expect("the first batch");
    assert_eq!(sofia.post(&format!("{address}/stopping"), &[]).status, 303);
    for _ in 0..3 {
        house.passes(SECOND);
    }
    assert_eq!(closed(&house, &ids), 25);
    assert!(text(&sofia.get(&address)).contains("Parado"));
    assert_eq!(sofia.post(&format!("{address}/stopping"), &[]).status, 409);
}

#[test]
fn wrong_filters_and_other_departments_are_refused() {
    let house = House::new();
    let sofia = house.sofia();
    lively(&house, 1);
    assert_eq!(
        sofia.get(&format!("/bulk-closings/new?department={}&state=waiting_agent&days=7", house.support)).status,
        404
    );
    assert_eq!(sofia.get(&format!("/bulk-closings/new?department={}&state=closed&days=7", house.sales)).status, 422);
    let department = house.sales.to_string();
    let fields = [("department", department.as_str()), ("state", "waiting_agent"), ("days", "0")];
    let refused = sofia.post("/bulk-closings", &[&fields[..], &[("farewell", "Tchau {nada}")]].concat());
    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("Escolha uma tabulação") && text(&refused).contains("Tchau {nada}"));
    assert_eq!(house.ana().get("/bulk-closings/new").status, 403);
}
