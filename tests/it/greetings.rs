//! How a department receives: welcome or closing time, the place in the queue, and contacts who fall silent.

use balcao::administration::setup;
use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::text::Language;
use balcao::platform::time::{HOUR, MINUTE};
use rusqlite::Connection;

use crate::support::{House, text};

/// Open on weekdays from 8 to 18; START is a Monday at noon.
fn prepared() -> House {
    let house = House::new();
    house.app.change(|conn| setup::acts::system_dispositions(conn, Language::Portuguese)).expect("dispositions");
    let mut fields = vec![
        ("welcome", "{saudacao}, {primeiro_nome}! Seu protocolo é {protocolo}."),
        ("closed", "Estamos fechados e voltamos {abertura}."),
        ("waiting", "Você é o número {posicao} da fila."),
        ("waiting_minutes", "5"),
        ("idle_warning", "Ainda está por aí, {primeiro_nome}?"),
        ("idle_warning_minutes", "30"),
        ("idle_close_minutes", "60"),
    ];
    fields.extend(["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| (day, "08:00-18:00")));
    let saved = house.adm().post(&format!("/settings/departments/{}/greeting", house.sales), &fields);
    assert_eq!(saved.status, 303, "{}", text(&saved));
    house
}

fn bot(house: &House, id: ConversationId) -> Vec<String> {
    let conn = Connection::open(house.app.file()).expect("the file");
    let mut rows = conn
        .prepare("SELECT body FROM message WHERE conversation_id = ? AND author = 'bot' ORDER BY id")
        .expect("a query");
    rows.query_map([id], |row| row.get(0)).and_then(Iterator::collect).expect("rows")
}

fn state(house: &House, id: ConversationId) -> State {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("a conversation").state
}

/// Minutes pass, and the clock does what is due in each of them.
fn pass(house: &House, minutes: i64) {
    for _ in 0..minutes {
        house.clock.advance(MINUTE);
        balcao::timers::run_calendar(&house.app).expect("the calendar");
        balcao::timers::run_jobs(&house.app).expect("jobs");
    }
}

#[test]
fn a_contact_is_welcomed_and_told_the_place_in_the_queue_once() {
    let house = prepared();
    house.writes(house.contact("João"), "oi");
    pass(&house, 1);
    let maria = house.contact("Maria Souza");
    let id = house.writes(maria, "oi").conversation;
    house.writes(maria, "olá?");
    let said = bot(&house, id);
    assert!(said.len() == 1 && said[0].starts_with("Boa tarde, Maria! Seu protocolo é 2026"), "{said:?}");
    assert_eq!(state(&house, id), State::WaitingAgent, "the bot's words move nothing");
    pass(&house, 12);
    assert_eq!(bot(&house, id)[1..], ["Você é o número 2 da fila."]);
}

#[test]
fn who_was_answered_hears_nothing_of_the_queue() {
    let house = prepared();
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    let sofia = house.sofia();
    sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Olá!")]);
    pass(&house, 10);
    assert_eq!(bot(&house, id).len(), 1);
}

#[test]
fn outside_the_hours_and_on_holidays_the_contact_hears_when_the_desk_opens() {
    let house = prepared();
    let adm = house.adm();
    assert_eq!(adm.post("/settings/holidays", &[("day", "2026-11-24"), ("name", "Aniversário")]).status, 303);
    house.clock.advance(7 * HOUR);
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    assert_eq!(bot(&house, id), ["Estamos fechados e voltamos 25/11/2026 08:00."]);
    pass(&house, 10);
    assert_eq!(bot(&house, id).len(), 1, "nobody is told a place in a queue that is closed");
}

#[test]
fn a_silent_contact_is_asked_and_then_the_conversation_closes_by_itself() {
    let house = prepared();
    let (maria, rita) = (house.contact("Maria"), house.contact("Rita"));
    let sofia = house.sofia();
    let ids = [maria, rita].map(|one| house.writes(one, "oi").conversation);
    balcao::timers::run_calendar(&house.app).expect("the first look");
    for id in ids {
        sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Qual é o pedido?")]);
    }
    pass(&house, 32);
    assert_eq!(
        ids.map(|id| bot(&house, id).last().cloned()),
        ["Maria", "Rita"].map(|name| Some(format!("Ainda está por aí, {name}?")))
    );
    house.writes(rita, "estou!");
    pass(&house, 32);
    assert_eq!(ids.map(|id| state(&house, id)), [State::Closed, State::WaitingAgent]);
    assert_eq!(bot(&house, ids[0]).len(), 2, "asked once");
    let page = text(&sofia.get(&format!("/conversations/{}", ids[0])));
    assert!(page.contains("inatividade"), "{page}");
}

#[test]
fn the_time_to_close_runs_from_the_question_and_a_new_word_begins_it_anew() {
    let house = prepared();
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    balcao::timers::run_calendar(&house.app).expect("the first look");
    let sofia = house.sofia();
    let say = |body: &str| {
        let fields = [("kind", "chat"), ("body", body)];
        assert!(sofia.post(&format!("/conversations/{id}/messages"), &fields).status < 400);
    };
    say("Qual é o pedido?");
    // The program was away for a day: the contact is asked, and not closed in the same breath.
    house.clock.advance(24 * HOUR);
    pass(&house, 2);
    assert_eq!((state(&house, id), bot(&house, id).len()), (State::WaitingContact, 2));
    pass(&house, 20);
    say("Achei o pedido, só um momento.");
    pass(&house, 20);
    assert_eq!(state(&house, id), State::WaitingContact, "the agent wrote again");
    pass(&house, 12);
    assert_eq!(bot(&house, id).len(), 3, "asked once more");
    pass(&house, 32);
    assert_eq!(state(&house, id), State::Closed);
}

#[test]
fn nonsense_is_refused_by_its_field_and_national_holidays_come_at_once() {
    let house = prepared();
    let adm = house.adm();
    let address = format!("/settings/departments/{}/greeting", house.sales);
    let bad = [
        ("monday", "8 às 18"),
        ("welcome", "{prazo}"),
        ("waiting_minutes", "0"),
        ("idle_warning_minutes", "60"),
        ("idle_close_minutes", "30"),
    ];
    let refused = text(&adm.post(&address, &bad));
    for wrong in ["monday-wrong", "welcome-wrong", "idle_close_minutes-wrong"] {
        assert!(refused.contains(wrong), "{wrong}: {refused}");
    }
    assert!(refused.contains("8 às 18"));
    assert_eq!(adm.post("/settings/holidays", &[("day", "amanhã"), ("name", "")]).status, 422);
    assert_eq!(adm.post("/settings/holidays/national", &[("year", "2027")]).status, 303);
    let page = text(&adm.get("/settings/holidays"));
    assert!(page.contains("Sexta-feira Santa") && page.contains("26/03/2027"), "{page}");
    assert_eq!(adm.post("/settings/holidays/removal", &[("day", "20270326")]).status, 303);
    assert!(!text(&adm.get("/settings/holidays")).contains("26/03/2027"));
}
