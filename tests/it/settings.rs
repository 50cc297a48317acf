//! The settings: who may, people, invitations, password resets.

use balcao::agents::{Purpose, password, sql, sql_links};
use balcao::conversations;
use balcao::mail::sql as mail;
use balcao::time::{DAY, HOUR};
use balcao::web::http::{Method, Response};

use crate::mail::Post;
use crate::support::{House, Person, START, body, request, text};

/// The part of a page between two marks.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).expect("an end").0
}

/// The path of the link that a page or a mail shows.
fn path_of(text: &str, kind: &str) -> String {
    let (_, rest) = text.split_once(kind).unwrap_or_else(|| panic!("no {kind} in {text}"));
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    format!("{kind}{token}")
}

fn stranger(house: &House, address: &str, fields: &[(&str, &str)]) -> Response {
    house.app.handle(request(Method::Post, address, &body(fields), &[]))
}

const SECRET: (&str, &str) = ("password", "uma senha comprida");
const REPEATED: (&str, &str) = ("repeated", "uma senha comprida");

fn invite(house: &House, adm: &Person, email: &str) -> Response {
    let sales = house.sales.to_string();
    let fields = [("name", "Caio Prado"), ("email", email), ("role", "senior"), ("departments", &sales)];
    adm.post("/settings/people", &fields)
}

/// A second administrator who could sign in.
fn second_admin(house: &House) {
    let hash = password::hash("qualquer coisa").expect("a hash");
    house
        .app
        .change(move |conn| {
            let role = balcao::agents::Role::Admin;
            let id = sql::create(conn, "Eva", "eva@loja.example", role, Default::default(), START)?.expect("new");
            sql::set_password(conn, id, &hash, START)
        })
        .expect("Eva");
}

#[test]
fn only_administrators_reach_the_settings() {
    let house = House::new();
    let pages = ["/settings", "/settings/people", "/settings/people/new", "/settings/audit"];
    for person in [house.ana(), house.sofia(), house.lia()] {
        for page in pages {
            assert_eq!(person.get(page).status, 403, "{page}");
        }
        assert_eq!(invite(&house, &person, "x@loja.example").status, 403);
    }
    let adm = house.adm();
    assert_eq!(adm.get("/settings").header("location"), Some("/settings/company"));
    for page in &pages[1..] {
        assert_eq!(adm.get(page).status, 200, "{page}");
    }
}

#[test]
fn an_invited_person_chooses_a_password_and_is_in() {
    let house = House::new();
    let adm = house.adm();
    let page = text(&invite(&house, &adm, "caio@loja.example"));
    let path = path_of(&page, "/invitation/");
    assert!(page.contains("Entregue este link"), "without mail settings it is handed over");
    assert!(text(&house.get(&path)).contains("Caio Prado"));
    assert_eq!(house.get(&path).status, 200, "looking does not use it up");
    let short = stranger(&house, &path, &[("password", "curta"), ("repeated", "curta")]);
    assert_eq!((short.status, text(&short).contains("pelo menos 10")), (422, true));
    let different = stranger(&house, &path, &[SECRET, ("repeated", "outra senha comprida")]);
    assert_eq!(different.status, 422);
    let done = stranger(&house, &path, &[SECRET, REPEATED]);
    assert_eq!((done.status, done.header("location")), (303, Some("/conversations")));
    let cookie = done.header("set-cookie").expect("signed in").split(';').next().expect("a value").to_owned();
    let profile = house.app.handle(request(Method::Get, "/profile", "", &[("cookie", &cookie)]));
    assert!(text(&profile).contains("Caio Prado"));
    assert_eq!(stranger(&house, &path, &[SECRET, REPEATED]).status, 404, "a link works once");
    assert_eq!(house.get(&path).status, 404);
    assert!(text(&adm.get("/settings/audit")).contains("aceitou o convite"));
}

#[test]
fn an_invitation_ends_after_a_week_and_can_be_renewed() {
    let house = House::new();
    let adm = house.adm();
    let first = path_of(&text(&invite(&house, &adm, "caio@loja.example")), "/invitation/");
    let people = text(&adm.get("/settings/people"));
    assert!(people.contains("Convite aberto"));
    let id = between(&people, "/settings/people/", "\">Caio");
    let id = id.rsplit('/').next().expect("an id").to_owned();
    house.clock.advance(7 * DAY);
    assert_eq!(house.get(&first).status, 404);
    let second = path_of(&text(&adm.post(&format!("/settings/people/{id}/invitation"), &[])), "/invitation/");
    let third = path_of(&text(&adm.post(&format!("/settings/people/{id}/invitation"), &[])), "/invitation/");
    assert_eq!(house.get(&second).status, 404, "a newer link replaces an older one");
    assert_eq!(stranger(&house, &third, &[SECRET, REPEATED]).status, 303);
    assert_eq!(adm.post(&format!("/settings/people/{id}/invitation"), &[]).status, 404, "who is in needs none");
}

#[test]
fn a_wrong_person_form_keeps_what_was_typed_and_names_the_field() {
    let house = House::new();
    let adm = house.adm();
    let wrong = adm.post("/settings/people", &[("name", "Caio <b>"), ("email", "caio"), ("role", "agent")]);
    let page = text(&wrong);
    assert_eq!(wrong.status, 422);
    assert!(
        page.contains("Caio &lt;b&gt;")
            && page.contains("id=\"email-wrong\"")
            && page.contains("id=\"departments-wrong\"")
    );
    let taken = invite(&house, &adm, "ANA@loja.example");
    assert_eq!((taken.status, text(&taken).contains("já") || text(&taken).contains("Já")), (422, true));
}

#[test]
fn the_last_administrator_stays_one() {
    let house = House::new();
    let adm = house.adm();
    let address = format!("/settings/people/{}", adm.id);
    let sales = house.sales.to_string();
    let fields = [("name", "Adm"), ("email", "adm@loja.example"), ("role", "agent"), ("departments", &*sales)];
    let refused = adm.post(&address, &fields);
    assert_eq!((refused.status, text(&refused).contains("role-wrong")), (422, true));
    assert_eq!(adm.post(&format!("{address}/archiving"), &[]).status, 409);
    second_admin(&house);
    assert_eq!(adm.post(&format!("{address}/archiving"), &[]).status, 409, "nobody archives themselves");
    assert_eq!(adm.post(&address, &fields).status, 303);
    assert_eq!(adm.get("/settings/people").status, 403);
}

#[test]
fn an_archived_person_is_out_and_their_conversations_return_to_the_queue() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    let received = house.writes(house.contact("Maria"), "Oi");
    let (id, agent) = (received.conversation, ana.id);
    assert!(house.app.change(move |conn| conversations::sql::assign(conn, id, None, agent)).expect("assigned"));
    assert_eq!(adm.post(&format!("/settings/people/{agent}/archiving"), &[]).status, 303);
    assert_eq!(ana.get("/profile").status, 303, "signed out");
    let conversation = house.app.read(|conn| conversations::sql::find(conn, id)).expect("it");
    assert_eq!(conversation.assignee, None);
    assert!(!text(&adm.get("/settings/people")).contains("ana@loja.example"));
    assert_eq!(adm.get(&format!("/settings/people/{agent}")).status, 404);
}

#[test]
fn leaving_a_department_leaves_its_conversations() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let agent = ana.id;
    assert!(house.app.change(move |conn| conversations::sql::assign(conn, id, None, agent)).expect("assigned"));
    let support = house.support.to_string();
    let fields = [("name", "Ana"), ("email", "ana@loja.example"), ("role", "agent"), ("departments", &*support)];
    assert_eq!(adm.post(&format!("/settings/people/{agent}"), &fields).status, 303);
    assert_eq!(house.app.read(|conn| conversations::sql::find(conn, id)).expect("it").assignee, None);
    let ana = house.app.read(|conn| sql::find(conn, agent)).expect("Ana");
    assert_eq!(ana.departments, [house.support]);
}

#[test]
fn a_forgotten_password_is_reset_once_within_two_hours() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    house
        .app
        .change(|conn| Ok(conn.execute("UPDATE company SET public_url = 'https://ajuda.loja.example'", [])?))
        .expect("the address");
    let (known, unknown) = (
        stranger(&house, "/password-reset", &[("email", "Ana@loja.example")]),
        stranger(&house, "/password-reset", &[("email", "ninguem@loja.example")]),
    );
    assert_eq!((known.status, text(&known)), (unknown.status, text(&unknown)), "nobody learns who exists");
    balcao::mail::worker::run_due(&house.app).expect("a run");
    let mail = post.next();
    assert!(post.is_empty(), "one mail");
    assert_eq!(mail["to"], serde_json::json!(["ana@loja.example"]));
    let written = mail["text"].as_str().expect("text").replace("=\r\n", "");
    assert!(written.contains("https://ajuda.loja.example/password-reset/"), "{written}");
    let path = path_of(&written, "/password-reset/");
    assert_eq!(stranger(&house, &path.replace("password-reset", "invitation"), &[SECRET, REPEATED]).status, 404);
    let ana = house.ana();
    assert_eq!(stranger(&house, &path, &[SECRET, REPEATED]).status, 303);
    assert_eq!(ana.get("/profile").status, 303, "the other browsers are signed out");
    assert_eq!(stranger(&house, &path, &[SECRET, REPEATED]).status, 404);
    let id = ana.id;
    let late =
        house.app.change(move |conn| sql_links::create(conn, Purpose::PasswordReset, id, START)).expect("a link");
    house.clock.advance(2 * HOUR);
    assert_eq!(house.get(&format!("/password-reset/{late}")).status, 404);
}

#[test]
fn resets_are_slowed_down_and_never_follow_the_host_of_the_request() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    stranger(&house, "/password-reset", &[("email", "ana@loja.example")]);
    let queued = house.app.read(|conn| mail::newest(conn, 9)).expect("the outbox");
    assert!(queued.is_empty(), "without a known address no link is written");
    let last = (0..12).map(|_| stranger(&house, "/password-reset", &[("email", "x@loja.example")]).status).last();
    assert_eq!(last, Some(429));
}

#[test]
fn without_mail_the_reset_page_says_whom_to_ask() {
    let house = House::new();
    assert!(text(&house.get("/password-reset")).contains("Peça um link"));
}
