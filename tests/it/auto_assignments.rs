//! Automatic assignment: by turns, under the cap, the oldest first.

use balcao::desk::conversations::{self, ConversationId};
use balcao::platform::time::SECOND;
use balcao::team::agents::AgentId;

use crate::support::{House, Person, text};

/// Vendas hands out by itself, at most so many to each person.
fn automatic(house: &House, adm: &Person, cap: &str) {
    adm.post("/presence", &[("presence", "away")]);
    let saved = adm.post(
        &format!("/settings/departments/{}/flow", house.sales),
        &[("assignment", "automatic"), ("cap", cap), ("transfer_limit", "10")],
    );
    assert_eq!(saved.status, 303, "{}", text(&saved));
}

fn holder(house: &House, id: ConversationId) -> Option<AgentId> {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("the conversation").assignee
}

fn opens(house: &House, name: &str) -> ConversationId {
    house.clock.advance(SECOND);
    house.writes(house.contact(name), "Oi").conversation
}

#[test]
fn conversations_go_round_among_those_online_up_to_the_cap() {
    let house = House::new();
    let adm = house.adm();
    automatic(&house, &adm, "2");
    let (ana, sofia) = (house.ana(), house.sofia());
    let ids: Vec<ConversationId> = (0..5).map(|n| opens(&house, &format!("Cliente {n}"))).collect();
    let holders: Vec<Option<AgentId>> = ids.iter().map(|id| holder(&house, *id)).collect();
    assert_eq!(holders, [Some(ana.id), Some(sofia.id), Some(ana.id), Some(sofia.id), None]);
    assert!(text(&ana.get("/notifications")).contains("Uma conversa é sua agora"));
    assert!(text(&ana.get(&format!("/conversations/{}", ids[0]))).contains("Distribuída para Ana"));
    // What nobody has room for is not seen by agents: it is handed out, not taken.
    assert_eq!(ana.get(&format!("/conversations/{}", ids[4])).status, 404);
    assert!(!text(&ana.get(&format!("/conversations?scope={}", house.sales))).contains("Cliente 4"));
    assert!(text(&sofia.get(&format!("/conversations?scope={}", house.sales))).contains("Cliente 4"));
    // Another room: a higher cap.
    automatic(&house, &adm, "3");
    assert_eq!(holder(&house, ids[4]), Some(ana.id));
}

#[test]
fn who_comes_online_gets_what_has_waited_longest() {
    let house = House::new();
    automatic(&house, &house.adm(), "1");
    let first = opens(&house, "Primeira");
    let second = opens(&house, "Segunda");
    assert_eq!((holder(&house, first), holder(&house, second)), (None, None));
    let ana = house.ana();
    assert_eq!((holder(&house, first), holder(&house, second)), (Some(ana.id), None));
    // She closes it and has room again.
    assert_eq!(ana.post(&format!("/conversations/{first}/closing"), &[("disposition", "2")]).status, 303);
    house.passes(11 * SECOND);
    assert_eq!(holder(&house, second), Some(ana.id));
}

#[test]
fn the_minute_tick_hands_out_what_came_about_on_another_way() {
    let house = House::new();
    let ana: Person = house.ana();
    let id = opens(&house, "Maria");
    assert_eq!(holder(&house, id), None, "manual");
    let sales = house.sales;
    house
        .app
        .change(move |conn| {
            let flow = balcao::team::departments::sql_flow::find(conn, sales)?;
            let flow = balcao::team::departments::flow::Flow {
                assignment: balcao::team::departments::AssignmentMode::Automatic,
                ..flow
            };
            balcao::team::departments::sql_flow::save(conn, sales, &flow)
        })
        .expect("saved");
    balcao::timers::run_calendar(&house.app).expect("the first slots");
    house.clock.advance(61 * SECOND);
    balcao::timers::run_calendar(&house.app).expect("the calendar");
    assert_eq!(holder(&house, id), Some(ana.id));
}

#[test]
fn wrong_rules_are_shown_again() {
    let house = House::new();
    let address = format!("/settings/departments/{}/flow", house.sales);
    let refused = house.adm().post(&address, &[("cap", "0"), ("transfer_limit", "x"), ("farewell", "Tchau {nada}")]);
    assert_eq!(refused.status, 422);
    let page = text(&refused);
    assert!(
        page.contains("de 1 a 1000") && page.contains("Escreva minutos") && page.contains("variável que não existe")
    );
    assert!(page.contains("Tchau {nada}"));
}

#[test]
fn many_at_once_go_to_one_person_each_and_nobody_gets_more_than_the_cap() {
    let house = House::new();
    automatic(&house, &house.adm(), "3");
    let people = [house.ana(), house.sofia()];
    let threads: Vec<_> = (0..12)
        .map(|number| {
            let identity = house.contact(&format!("Cliente {number}"));
            let (app, channel, now) = (house.app.clone(), house.channel.clone(), house.clock.now());
            std::thread::spawn(move || {
                app.change(move |conn| {
                    let zone = balcao::platform::time::Zone::named_or_utc(balcao::platform::time::DEFAULT_ZONE);
                    balcao::channels::acts::receive(conn, &channel, identity, "Oi", None, &zone, now)
                })
                .expect("stored")
                .conversation
            })
        })
        .collect();
    let ids: Vec<ConversationId> = threads.into_iter().map(|thread| thread.join().expect("a thread")).collect();
    let held = |who| ids.iter().filter(|id| holder(&house, **id) == who).count();
    assert_eq!([held(Some(people[0].id)), held(Some(people[1].id)), held(None)], [3, 3, 6]);
}
