//! Pauses: the bot keeps the contact informed, the clock warns the agent, and everything happens once.

use balcao::administration::setup;
use balcao::app::App;
use balcao::contacts::IdentityId;
use balcao::desk::conversations;
use balcao::desk::conversations::ConversationId;
use balcao::desk::conversations::State;
use balcao::platform::text::Language;
use balcao::platform::time::MINUTE;
use rusqlite::Connection;

use crate::support::{House, Person, text};

/// The seeded reasons: 1 checks internally (15 min, reminded every 10), 2 waits for the carrier, 3 is a break that the
/// contact's word ends.
fn prepared() -> (House, Person, IdentityId, ConversationId) {
    let house = House::new();
    house.app.change(|conn| setup::acts::pause_reasons(conn, Language::Portuguese)).expect("reasons");
    let maria = house.contact("Maria Souza");
    let id = house.writes(maria, "cadê meu pedido?").conversation;
    let ana = house.ana();
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    (house, ana, maria, id)
}

fn pause(person: &Person, id: ConversationId, reason: &str, quick: &str) -> u16 {
    let fields = [("reason", reason), ("quick", quick), ("message", "{primeiro_nome}, volto até {retorno}.")];
    person.post(&format!("/conversations/{id}/pause"), &fields).status
}

fn state(house: &House, id: ConversationId) -> State {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("a conversation").state
}

/// What the bot has said, in order.
fn bot(house: &House, id: ConversationId) -> Vec<String> {
    let conn = Connection::open(house.app.file()).expect("the file");
    let sql = "SELECT body FROM message WHERE conversation_id = ? AND author = 'bot' ORDER BY id";
    let mut rows = conn.prepare(sql).expect("a query");
    rows.query_map([id], |row| row.get(0)).and_then(Iterator::collect).expect("rows")
}

fn notices(house: &House, person: &Person) -> i64 {
    let conn = Connection::open(house.app.file()).expect("the file");
    let sql = "SELECT count(*) FROM notification WHERE kind = 'pause_due' AND agent_id = ?";
    conn.query_row(sql, [person.id], |row| row.get(0)).expect("a number")
}

/// Minutes pass, and the clock does what is due in each of them.
fn pass(house: &House, minutes: i64) {
    for _ in 0..minutes {
        house.clock.advance(MINUTE);
        balcao::timers::run_jobs(&house.app).expect("jobs");
    }
}

#[test]
fn the_contact_is_told_reminded_and_told_no_more_after_the_return() {
    let (house, ana, _, id) = prepared();
    let form = text(&ana.fetch(&format!("/conversations/{id}/pause/new")));
    assert!(form.contains("Maria, vou verificar") && form.contains("{retorno}"), "{form}");
    assert_eq!(pause(&ana, id, "1", "30"), 303);
    assert_eq!((state(&house, id), bot(&house, id)), (State::Paused, vec!["Maria, volto até 12:30.".to_owned()]));
    assert_eq!(pause(&ana, id, "1", "30"), 409, "one pause at a time");
    pass(&house, 25);
    assert_eq!(bot(&house, id).len(), 3, "after 10 and 20 minutes");
    assert_eq!(notices(&house, &ana), 1, "the warning, five minutes before");
    assert_eq!(ana.post(&format!("/conversations/{id}/pause/end"), &[]).status, 303);
    assert_eq!(state(&house, id), State::WaitingAgent, "the contact had spoken last");
    pass(&house, 60);
    assert_eq!((bot(&house, id).len(), notices(&house, &ana)), (3, 1), "a pause that has ended asks for nothing");
    assert_eq!(ana.post(&format!("/conversations/{id}/pause/end"), &[]).status, 409);
}

#[test]
fn a_customer_who_writes_during_a_pause_hears_from_the_bot_seldom_and_stays_paused() {
    let (house, ana, maria, id) = prepared();
    ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "um momento")]);
    pause(&ana, id, "2", "60");
    house.writes(maria, "ok");
    assert_eq!(bot(&house, id).len(), 1, "not within five minutes of the agent's own message");
    pass(&house, 6);
    house.writes(maria, "oi?");
    house.writes(maria, "alguém?");
    assert_eq!(bot(&house, id).len(), 2, "once in ten minutes");
    pass(&house, 11);
    house.writes(maria, "e agora?");
    assert_eq!((bot(&house, id).len(), state(&house, id)), (3, State::Paused));
    let queue = text(&ana.get("/queue/paused?scope=mine"));
    assert!(queue.contains("Cliente respondeu"), "{queue}");
    ana.post(&format!("/conversations/{id}/pause/end"), &[]);
    assert_eq!(state(&house, id), State::WaitingAgent);
}

#[test]
fn a_reason_may_let_the_contact_end_the_pause() {
    let (house, ana, maria, id) = prepared();
    pause(&ana, id, "3", "60");
    house.writes(maria, "voltei");
    assert_eq!((state(&house, id), bot(&house, id).len()), (State::WaitingAgent, 1));
}

#[test]
fn who_does_not_come_back_is_told_of_or_loses_the_conversation() {
    let (house, ana, _, id) = prepared();
    let sofia = house.sofia();
    pause(&ana, id, "1", "10");
    pass(&house, 26);
    assert_eq!(
        (notices(&house, &ana), notices(&house, &sofia)),
        (2, 1),
        "warning and return; the senior after the grace"
    );
    assert_eq!(state(&house, id), State::Paused);
    ana.post(&format!("/conversations/{id}/pause/end"), &[]);
    let rule = [("allowed", "1"), ("grace", "2"), ("overdue", "queue")];
    assert_eq!(house.lia().post(&format!("/settings/pauses/rules/{}", house.sales), &rule).status, 303);
    pause(&ana, id, "1", "10");
    pass(&house, 13);
    let conversation = house.app.read(|conn| conversations::sql::find(conn, id)).expect("a conversation");
    assert_eq!((conversation.state, conversation.assignee), (State::WaitingAgent, None));
    house.lia().post(&format!("/settings/pauses/rules/{}", house.sales), &[("grace", "2")]);
    assert_eq!(pause(&house.sofia(), id, "1", "10"), 409, "the department allows none");
}

#[test]
fn a_restart_in_between_loses_nothing_and_says_nothing_twice() {
    let (house, ana, _, id) = prepared();
    pause(&ana, id, "1", "30");
    pass(&house, 12);
    house.app.stop();
    // Twelve minutes said one reminder; then the program was away for twenty: what was missed is said once.
    house.clock.advance(20 * MINUTE);
    let again = App::open(house.folder.path(), house.clock.clone()).expect("another start");
    for _ in 0..3 {
        balcao::timers::run_jobs(&again).expect("jobs");
    }
    assert_eq!(bot(&house, id).len(), 3);
    assert_eq!(notices(&house, &ana), 2, "warning and return");
    again.stop();
}

#[test]
fn closing_and_transferring_end_the_pause() {
    let (house, ana, _, id) = prepared();
    pause(&ana, id, "1", "30");
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status, 303);
    let conn = Connection::open(house.app.file()).expect("the file");
    let ended = |nth: i64| -> String {
        conn.query_row("SELECT coalesce(ended_by, 'open') FROM pause WHERE id = ?", [nth], |row| row.get(0))
            .expect("a pause")
    };
    assert_eq!(ended(1), "closing");
    let other = house.writes(house.contact("João"), "oi").conversation;
    let sofia = house.sofia();
    pause(&sofia, other, "1", "30");
    let to = house.support.to_string();
    let moved = sofia.post(&format!("/conversations/{other}/transfer"), &[("to", &to), ("from", "")]);
    assert_eq!(moved.status, 303, "{}", text(&moved));
    assert_eq!(ended(2), "transfer");
    assert_eq!(state(&house, other), State::WaitingAgent);
}

#[test]
fn stepping_away_pauses_all_own_conversations_and_coming_back_resumes_them() {
    let (house, ana, _, id) = prepared();
    let second = house.writes(house.contact("João Lima"), "oi").conversation;
    ana.post(&format!("/conversations/{second}/assignment"), &[]);
    let others = house.writes(house.contact("Rita"), "oi").conversation;
    let fields = [("reason", "3"), ("quick", "60"), ("message", "{primeiro_nome}, volto às {retorno}.")];
    assert_eq!(ana.post("/absence", &fields).status, 303);
    assert_eq!([id, second, others].map(|id| state(&house, id)), [State::Paused, State::Paused, State::WaitingAgent]);
    assert_eq!(bot(&house, second), ["João, volto às 13:00."]);
    assert!(text(&ana.get("/profile")).contains("/absence/end"));
    assert_eq!(ana.post("/absence/end", &[]).status, 303);
    assert_eq!([id, second].map(|id| state(&house, id)), [State::WaitingAgent; 2]);
}

#[test]
fn a_reason_is_checked_and_open_pauses_keep_what_they_began_with() {
    let (house, ana, maria, id) = prepared();
    let adm = house.adm();
    pause(&ana, id, "2", "60");
    let fields = [
        ("name", "Transportadora"),
        ("minutes", "30"),
        ("reminder_minutes", "0"),
        ("reminder_most", "0"),
        ("reply", "outra coisa"),
        ("reply_minutes", "10"),
    ];
    let with = |name: &'static str, value: &'static str| {
        let mut fields = fields.to_vec();
        fields.push((name, value));
        fields
    };
    assert_eq!(adm.post("/settings/pauses/2", &with("message", "{prazo}")).status, 422, "no such variable");
    assert_eq!(adm.post("/settings/pauses", &[("name", "x")]).status, 422);
    assert_eq!(adm.post("/settings/pauses/2", &fields).status, 303);
    pass(&house, 6);
    house.writes(maria, "oi?");
    assert!(bot(&house, id).iter().all(|said| said != "outra coisa"));
    assert_eq!(adm.post("/settings/pauses/2/archiving", &[]).status, 303);
    assert!(!text(&ana.get("/absence/new")).contains("Transportadora"));
}

#[test]
fn a_closing_out_of_a_pause_that_is_undone_finds_the_pause_as_it_was() {
    let (house, ana, maria, id) = prepared();
    assert_eq!(pause(&ana, id, "1", "60"), 303);
    let closed = [("disposition", "2")];
    let open =
        |house: &House| house.app.read(|conn| balcao::desk::pauses::sql::of(conn, id)).expect("a look").is_some();
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &closed).status, 303);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing/undoing"), &[]).status, 303);
    assert!(state(&house, id) == State::Paused && open(&house));
    // Let stand, it ends the pause; so does a contact who writes before that.
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &closed).status, 303);
    house.writes(maria, "espera!");
    assert!(state(&house, id) == State::WaitingAgent && !open(&house));
    assert_eq!(pause(&ana, id, "1", "60"), 303);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &closed).status, 303);
    house.passes(balcao::desk::closings::HELD);
    assert!(state(&house, id) == State::Closed && !open(&house));
}

#[test]
fn a_reason_is_offered_by_its_departments_alone_and_managed_by_their_leads() {
    let (house, ana, _, id) = prepared();
    let (lia, adm) = (house.lia(), house.adm());
    let fields = [("minutes", "30"), ("reminder_minutes", "0"), ("reminder_most", "0"), ("reply_minutes", "10")];
    let create = |person: &Person, name: &'static str, departments: &[&'static str]| {
        let mut fields = fields.to_vec();
        fields.push(("name", name));
        fields.extend(departments.iter().map(|id| ("departments", *id)));
        person.post("/settings/pauses", &fields)
    };
    let everybody = create(&lia, "Para todos", &[]);
    assert_eq!(everybody.status, 422);
    assert!(
        text(&everybody).contains("pelo menos um dos seus departamentos") && text(&everybody).contains("Para todos")
    );
    assert_eq!(create(&lia, "De fora", &["2"]).status, 422, "not her department");
    assert_eq!(create(&lia, "Consultar estoque", &["1"]).status, 303);
    assert_eq!(create(&adm, "Bancada", &["2"]).status, 303);
    let offered = text(&ana.fetch(&format!("/conversations/{id}/pause/new")));
    assert!(offered.contains("Consultar estoque") && !offered.contains("Bancada"), "{offered}");
    assert_eq!(pause(&ana, id, "5", "60"), 422, "chosen all the same");
    assert_eq!((lia.get("/settings/pauses/4").status, lia.get("/settings/pauses/5").status), (200, 403));
    assert_eq!(pause(&ana, id, "4", "60"), 303);
}
