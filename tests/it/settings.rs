//! The settings: who may, people, invitations, password resets.

mod channels;
mod departments;

use balcao::desk::conversations;
use balcao::platform::time::{DAY, HOUR};
use balcao::platform::web::http::{Method, Response};
use balcao::team::agents::draft::Purpose;
use balcao::team::agents::{self, password, sql, sql_links};
use balcao::team::mail::sql as mail;

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
    balcao::answering::handle(&house.app, request(Method::Post, address, &body(fields), &[]))
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
            let role = balcao::team::agents::Role::Admin;
            let id = sql::create(conn, "Eva", "eva@loja.example", role, Default::default(), START)?.expect("new");
            agents::acts::set_password(conn, id, &hash, START)
        })
        .expect("Eva");
}

#[test]
fn only_administrators_reach_the_settings() {
    let house = House::new();
    let pages = [
        "/settings/company",
        "/settings/departments",
        "/settings/mail",
        "/settings/people",
        "/settings/people/new",
        "/settings/audit",
    ];
    for person in [house.ana(), house.sofia(), house.lia()] {
        for page in pages {
            assert_eq!(person.get(page).status, 403, "{page}");
        }
        assert_eq!(invite(&house, &person, "x@loja.example").status, 403);
        for outside in ["/settings/mail/test", "/settings/company/logo", "/settings/company/logo/removal"] {
            assert_eq!(person.post(outside, &[]).status, 403, "{outside}");
        }
    }
    let adm = house.adm();
    assert_eq!(adm.get("/settings").header("location"), Some("/settings/company"));
    assert_eq!(house.lia().get("/settings").header("location"), Some("/settings/dispositions"));
    assert_eq!(house.ana().get("/settings").header("location"), Some("/settings/canned-replies"));
    for page in pages {
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
    let profile = balcao::answering::handle(&house.app, request(Method::Get, "/profile", "", &[("cookie", &cookie)]));
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
    balcao::team::mail::worker::run_due(&mut house.app.outside()).expect("a run");
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
    let answers = [(); 12].map(|()| stranger(&house, "/password-reset", &[("email", "x@loja.example")]).status);
    assert_eq!(answers.last(), Some(&429));
}

#[test]
fn without_mail_the_reset_page_says_whom_to_ask() {
    let house = House::new();
    assert!(text(&house.get("/password-reset")).contains("Peça um link"));
}

const COMPANY: [(&str, &str); 4] = [
    ("name", "Loja Nova"),
    ("time_zone", "America/Manaus"),
    ("language", "en"),
    ("public_url", "https://nova.example/"),
];

#[test]
fn the_company_is_changed_and_a_wrong_field_is_named() {
    let house = House::new();
    let adm = house.adm();
    assert_eq!(adm.post("/settings/company", &COMPANY).status, 303);
    let company = house.app.read(balcao::team::company::sql::find).expect("a read").expect("the company");
    assert_eq!((company.name.as_str(), company.zone.name()), ("Loja Nova", "America/Manaus"));
    assert_eq!(company.public_url, "https://nova.example");
    let wrong = adm.post("/settings/company", &[("name", " "), ("time_zone", "Lua/Mar"), ("public_url", "nova")]);
    let page = text(&wrong);
    assert_eq!(wrong.status, 422);
    for field in ["name", "time_zone", "public_url"] {
        assert!(page.contains(&format!("id=\"{field}-wrong\"")), "{field}");
    }
    assert!(page.contains("value=\"nova\""), "what was typed stays");
}

#[test]
fn who_saves_over_anothers_change_is_told_once() {
    let house = House::new();
    let adm = house.adm();
    let was = |page: &str| between(page, "name=\"was\" value=\"", "\"").to_owned();
    let first = was(&text(&adm.get("/settings/company")));
    assert_eq!(adm.post("/settings/company", &COMPANY).status, 303);
    let mine = |was: &str| {
        let fields = [("name", "Minha Loja"), ("time_zone", "America/Bahia"), ("language", "pt-BR"), ("was", was)];
        adm.post("/settings/company", &fields)
    };
    let told = mine(&first);
    let page = text(&told);
    assert_eq!((told.status, page.contains("Outra pessoa mudou isto")), (422, true));
    assert!(page.contains("Minha Loja"), "what was typed stays");
    assert_eq!(mine(&was(&page)).status, 303);
}

#[test]
fn an_administrator_can_save_a_person_with_a_long_name_of_her_own_choice() {
    let house = House::new();
    let name = "é".repeat(250);
    assert_eq!(house.ana().post("/profile", &[("name", &name), ("language", "pt-BR")]).status, 303);
    let (id, _) = house.app.read(|conn| sql::by_email(conn, "ana@loja.example")).expect("a read").expect("Ana");
    let sales = house.sales.to_string();
    let save = |name: &str| {
        let fields = [("name", name), ("email", "ana@loja.example"), ("role", "senior"), ("departments", &sales)];
        house.adm().post(&format!("/settings/people/{id}"), &fields).status
    };
    assert_eq!((save(&name), save(&"é".repeat(300)), save(&"é".repeat(301))), (303, 303, 422));
}

fn upload(house: &House, person: &Person, bytes: &[u8]) -> Response {
    let mut body = b"--limite\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"logo.png\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--limite--\r\n");
    let headers = [("cookie", &*person.cookie), ("content-type", "multipart/form-data; boundary=limite")];
    let mut request = request(Method::Post, "/settings/company/logo", "", &headers);
    request.body = balcao::platform::web::http::Body::Bytes(body);
    balcao::answering::handle(&house.app, request)
}

#[test]
fn a_logo_is_a_small_picture_and_nothing_else() {
    let house = House::new();
    let adm = house.adm();
    let png = b"\x89PNG\r\n\x1a\npicture";
    assert_eq!(house.get("/logo").status, 404);
    for wrong in [&b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..], b"", &[0xff; 600_000]] {
        let refused = upload(&house, &adm, wrong);
        assert_eq!((refused.status, text(&refused).contains("id=\"logo-wrong\"")), (422, true));
    }
    let mut large = png.to_vec();
    large.resize(512 * 1024 + 1, 0);
    assert_eq!(upload(&house, &adm, &large).status, 422);
    assert_eq!(upload(&house, &house.lia(), png).status, 403);
    assert_eq!(upload(&house, &adm, png).status, 303);
    let logo = house.get("/logo");
    assert_eq!((logo.status, logo.header("content-type")), (200, Some("image/png")));
    assert_eq!(upload(&house, &adm, b"\xff\xd8\xff\xe0picture").status, 303);
    assert_eq!(adm.post("/settings/company/logo/removal", &[]).status, 303);
    assert_eq!(house.get("/logo").status, 404);
    let left = std::fs::read_dir(house.folder.path().join("files")).expect("the folder").flatten();
    let logos = left.filter(|entry| entry.file_name().to_string_lossy().starts_with("logo-")).count();
    assert_eq!(logos, 0, "no picture is left behind");
}

#[test]
fn departments_are_made_changed_and_archived_when_nothing_needs_them() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    assert_eq!(
        adm.post("/settings/departments", &[("name", "vendas"), ("goal", "5")]).status,
        422,
        "the name is taken"
    );
    assert_eq!(adm.post("/settings/departments", &[("name", "Financeiro"), ("goal", "0")]).status, 422);
    let made = adm.post("/settings/departments", &[("name", "Financeiro"), ("goal", "15")]);
    let address = made.header("location").expect("its page").trim_end_matches("?saved=1").to_owned();
    let ana_id = ana.id.to_string();
    let fields = [("name", "Finanças"), ("goal", "20"), ("members", ana_id.as_str())];
    assert_eq!(adm.post(&address, &fields).status, 303);
    let agent = house.app.read(|conn| sql::find(conn, ana.id)).expect("Ana");
    assert_eq!(agent.departments.len(), 2);
    assert!(text(&adm.get("/settings/departments")).contains("20 min"));
    assert_eq!(adm.post(&format!("{address}/archiving"), &[]).status, 303);
    assert_eq!(adm.get(&address).status, 404);
    let sales = format!("/settings/departments/{}/archiving", house.sales);
    let busy = adm.post(&sales, &[]);
    assert_eq!((busy.status, text(&busy).contains("canal")), (409, true));
    house.writes(house.contact("Maria"), "Oi");
    let busy = adm.post(&sales, &[]);
    assert_eq!((busy.status, text(&busy).contains("conversas abertas")), (409, true));
}

#[test]
fn who_is_taken_out_of_a_department_leaves_its_conversations() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    let (id, agent) = (house.writes(house.contact("Maria"), "Oi").conversation, ana.id);
    assert!(house.app.change(move |conn| conversations::sql::assign(conn, id, None, agent)).expect("assigned"));
    let address = format!("/settings/departments/{}", house.sales);
    assert_eq!(adm.post(&address, &[("name", "Vendas"), ("goal", "5")]).status, 303);
    assert_eq!(house.app.read(|conn| conversations::sql::find(conn, id)).expect("it").assignee, None);
}

fn mail_form(port: &str) -> Vec<(&'static str, String)> {
    let fields =
        [("host", "localhost"), ("port", port), ("security", "none"), ("username", ""), ("password", "segredo")];
    let sender = [("sender_name", "Loja"), ("sender_address", "balcao@loja.example")];
    fields.into_iter().chain(sender).map(|(name, value)| (name, value.to_owned())).collect()
}

fn post_form(person: &Person, address: &str, form: &[(&'static str, String)]) -> Response {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    person.post(address, &fields)
}

#[test]
fn the_mail_page_sends_a_test_and_says_in_words_what_failed() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    let adm = house.adm();
    let test = |to: &str| adm.post("/settings/mail/test", &[("recipient", to)]);
    assert_eq!(test("a@b.example").status, 404, "nothing to test yet");
    assert_eq!(post_form(&adm, "/settings/mail", &mail_form("99999")).status, 422);
    assert_eq!(post_form(&adm, "/settings/mail", &mail_form(&post.port.to_string())).status, 303);
    let page = text(&adm.get("/settings/mail"));
    assert!(!page.contains("segredo"), "the password is never shown");
    let worked = test("dono@loja.example");
    assert_eq!((worked.status, text(&worked).contains("O servidor aceitou")), (200, true));
    assert_eq!(post.next()["to"], serde_json::json!(["dono@loja.example"]));
    let refused = test("refused@loja.example");
    let page = text(&refused);
    assert_eq!(refused.status, 422);
    assert!(page.contains("recusou o destinatário") && page.contains("No such person here"), "{page}");
    assert_eq!(test("a@b\r\nBcc: c@d.br").status, 422);
    drop(post);
    assert!(text(&test("dono@loja.example")).contains("não aceitou a conexão"));
    let url = house.app.read(balcao::team::company::sql::find).expect("a read").expect("the company").public_url;
    assert_eq!(url, "http://balcao.test", "links begin with the administrator's own address");
}

#[test]
fn the_outbox_shows_what_failed_and_tries_it_again() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    let adm = house.adm();
    post.serve(&house);
    house.app.change(|conn| mail::queue(conn, "refused@cliente.example", "Olá", "Corpo", START)).expect("queued");
    balcao::team::mail::worker::run_due(&mut house.app.outside()).expect("a run");
    let page = text(&adm.get("/settings/mail"));
    assert!(page.contains("Falhou") && page.contains("550"));
    let id = between(&page, "action=\"/settings/mail/", "/attempt").to_owned();
    let id = id.rsplit('/').next().expect("an id").to_owned();
    assert_eq!(adm.post(&format!("/settings/mail/{id}/attempt"), &[]).status, 303);
    assert_eq!(balcao::team::mail::worker::run_due(&mut house.app.outside()).expect("a run"), 1);
    assert_eq!(adm.post("/settings/mail/removal", &[]).status, 303);
    assert!(!house.app.read(mail::is_configured).expect("a read"));
}
