//! Who may use which address: tried for nobody, for each role, and for an agent of another department.

use balcao::platform::web::http::Method::{self, Get, Post};
use balcao::platform::web::http::{Answer, Response};
use balcao::team::mail;

use crate::support::{House, START, body, request, text};

/// Nobody, the agent Ana, the senior Sofia, the lead Lia, the administrator, and Beto of the other department.
const PEOPLE: &str = "nasldb";
const WORLD: &str = "nasldb";
const TEAM: &str = "asldb";
/// Those who see a conversation of Vendas that nobody holds.
const READERS: &str = "asld";
/// Those who may answer it at once; an agent takes it first.
const WRITERS: &str = "sld";
/// Those from senior on, of whatever department.
const SENIORS: &str = "sld";
const ADMIN: &str = "d";
/// Those who manage registers.
const LEADS: &str = "ld";
/// Opened by a token or a key that nobody here holds: being signed in opens nothing.
const BEARER: &str = "";

type Row = (Method, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// One address, who may, and the fields that are sent.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    (Get, "/", TEAM, &[]),
    (Get, "/assets/none.css", BEARER, &[]),
    (Get, "/logo", BEARER, &[]),
    (Get, "/setup/none", BEARER, &[]),
    (Post, "/setup/none", BEARER, &[]),
    (Get, "/sign-in", WORLD, &[]),
    (Post, "/sign-in", WORLD, &[("email", "ana@loja.example"), ("password", "errada errada")]),
    (Get, "/invitation/none", BEARER, &[]),
    (Post, "/invitation/none", BEARER, &[]),
    (Get, "/password-reset", WORLD, &[]),
    (Post, "/password-reset", WORLD, &[("email", "ana@loja.example")]),
    (Get, "/password-reset/none", BEARER, &[]),
    (Post, "/password-reset/none", BEARER, &[]),

    (Get, "/chat/site", WORLD, &[]),
    (Get, "/chat/site/frame", WORLD, &[]),
    (Get, "/chat/site/widget.js", WORLD, &[]),
    (Post, "/chat/site/start", WORLD, &[("name", "Maria")]),
    (Get, "/chat/site/messages", BEARER, &[]),
    (Post, "/chat/site/messages", BEARER, &[("body", "oi")]),
    (Get, "/chat/site/events", BEARER, &[]),
    (Post, "/chat/site/marks", BEARER, &[]),
    (Post, "/chat/site/end", BEARER, &[]),
    (Post, "/chat/site/rating", BEARER, &[]),
    (Post, "/chat/site/transcript", BEARER, &[]),
    (Post, "/chat/site/typing", BEARER, &[]),
    (Post, "/chat/site/files", BEARER, &[]),
    (Get, "/chat/site/files/none", BEARER, &[]),

    (Get, "/events", TEAM, &[]),
    (Get, "/events?conversation=1", TEAM, &[]),
    (Post, "/sign-out", TEAM, &[]),
    (Get, "/profile", TEAM, &[]),
    (Post, "/profile", TEAM, &[]),
    (Post, "/profile/password", TEAM, &[]),
    (Post, "/presence", TEAM, &[("presence", "away")]),
    (Post, "/presence/alive", TEAM, &[]),
    (Get, "/notifications", TEAM, &[]),
    (Post, "/notifications/seen", TEAM, &[("up_to", "1")]),
    (Get, "/attention", TEAM, &[]),
    (Get, "/search", TEAM, &[]),
    (Get, "/palette", TEAM, &[]),
    (Get, "/queue", TEAM, &[]),
    (Get, "/queue/cards", TEAM, &[]),
    (Get, "/queue/waiting_agent", TEAM, &[]),

    (Get, "/conversations", TEAM, &[]),
    (Get, "/conversations/1", READERS, &[]),
    (Get, "/conversations/1/panes", READERS, &[]),
    (Get, "/conversations/1/head", READERS, &[]),
    (Get, "/conversations/1/mentionable", READERS, &[]),
    (Get, "/conversations/1/messages", READERS, &[]),
    (Post, "/conversations/1/messages", WRITERS, &[("kind", "chat"), ("body", "oi")]),
    (Post, "/conversations/1/messages", READERS, &[("kind", "note"), ("body", "oi")]),
    (Post, "/conversations/1/draft", READERS, &[("kind", "note"), ("body", "oi")]),
    (Post, "/conversations/1/read", READERS, &[]),
    (Post, "/conversations/1/assignment", READERS, &[]),
    (Post, "/conversations/1/contact", READERS, &[("name", "Maria")]),
    (Get, "/conversations/1/occurrence/new", READERS, &[]),
    (Post, "/conversations/1/occurrence", READERS, &[("body", "ligou")]),
    (Get, "/conversations/1/pause/new", WRITERS, &[]),
    (Post, "/conversations/1/pause", WRITERS, &[]),
    (Post, "/conversations/1/pause/end", WRITERS, &[]),
    (Get, "/conversations/1/notes/4", BEARER, &[]),
    (Post, "/conversations/1/notes/4", "s", &[("body", "outra")]),
    (Get, "/conversations/1/notes/4/edit", "s", &[]),
    (Post, "/conversations/1/notes/4/deletion", "s", &[]),
    (Get, "/conversations/1/ticket/new", READERS, &[]),
    (Get, "/tickets", TEAM, &[]),
    (Get, "/tickets?department=1", READERS, &[]),
    (Get, "/tickets/new", TEAM, &[]),
    (Post, "/tickets", TEAM, &[("title", "Conferir"), ("to", "1")]),
    (Post, "/tickets", READERS, &[("title", "Conferir"), ("to", "1"), ("conversation", "1")]),
    (Get, "/tickets/reasons?to=1", TEAM, &[]),
    (Get, "/tickets/column?department=1&phase=1", READERS, &[]),
    (Get, "/tickets/1", READERS, &[]),
    (Post, "/tickets/1", READERS, &[("title", "Outro"), ("to", "1"), ("revision", "1")]),
    (Post, "/tickets/1/position", READERS, &[("phase", "2")]),
    (Get, "/tickets/1/closing/new", READERS, &[]),
    (Post, "/tickets/1/closing", READERS, &[]),
    (Post, "/tickets/1/comments", READERS, &[("comment", "feito")]),
    (Get, "/tickets/1/mentionable", READERS, &[]),
    (Post, "/tickets/1/read", READERS, &[]),
    (Post, "/tickets/1/links", READERS, &[("number", "1")]),
    (Post, "/tickets/1/links/removal", READERS, &[("conversation", "1")]),
    (Post, "/tickets/1/files?name=a.txt", READERS, &[]),
    (Get, "/tickets/1/files/none", BEARER, &[]),
    (Post, "/tickets/1/files/removal", READERS, &[("token", "none")]),
    (Get, "/departments/1/phases", SENIORS, &[]),
    (Post, "/departments/1/phases", SENIORS, &[("name", "Revisão")]),
    (Post, "/phases/1", SENIORS, &[("name", "Novo")]),
    (Post, "/phases/1/position", SENIORS, &[("step", "1")]),
    (Post, "/phases/1/archiving", SENIORS, &[]),
    (Get, "/absence/new", TEAM, &[]),
    (Post, "/absence", TEAM, &[]),
    (Post, "/absence/end", TEAM, &[]),
    (Get, "/conversations/1/tags/new", READERS, &[]),
    (Post, "/conversations/1/tags", READERS, &[("add", "1")]),
    (Get, "/conversations?scope=1-1", "asld", &[]),
    (Get, "/conversations/1/canned-replies?q=a", READERS, &[]),
    (Get, "/conversations/1/closing/new", WRITERS, &[]),
    (Post, "/conversations/1/closing", WRITERS, &[]),
    (Post, "/conversations/1/closing/undoing", READERS, &[]),
    (Get, "/bulk-closings/new", SENIORS, &[]),
    (Post, "/bulk-closings", SENIORS, &[]),
    (Get, "/bulk-closings/1", BEARER, &[]),
    (Post, "/bulk-closings/1/stopping", BEARER, &[]),
    (Get, "/outbound/new", SENIORS, &[]),
    (Post, "/outbound", SENIORS, &[]),
    (Get, "/conversations/1/outbound/new", WRITERS, &[]),
    (Post, "/conversations/1/outbound", WRITERS, &[]),
    (Get, "/conversations/1/merge/new", WRITERS, &[]),
    (Post, "/conversations/1/merge", WRITERS, &[]),
    (Get, "/conversations/1/split/new", WRITERS, &[]),
    (Post, "/conversations/1/split", WRITERS, &[]),
    (Post, "/conversation-merges/1/undoing", BEARER, &[]),
    (Get, "/conversations/1/transfer/new", WRITERS, &[]),
    (Post, "/conversations/1/transfer", WRITERS, &[]),
    (Post, "/conversations/1/attachments?name=a.txt", READERS, &[]),
    (Get, "/conversations/1/attachments/TOKEN", READERS, &[]),

    (Get, "/reports", LEADS, &[]),
    (Get, "/reports/occurrences", LEADS, &[]),
    (Get, "/reports/pauses", LEADS, &[]),
    (Get, "/reports/closings", LEADS, &[]),
    (Get, "/reports/closings/csv", LEADS, &[]),
    (Get, "/reports/closings/xlsx", LEADS, &[]),
    (Get, "/reports/files/none.csv", BEARER, &[]),

    (Get, "/settings", TEAM, &[]),
    (Get, "/settings/canned-replies", TEAM, &[]),
    (Get, "/settings/canned-replies/new", TEAM, &[]),
    (Post, "/settings/canned-replies", TEAM, &[]),
    (Get, "/settings/canned-replies/1", LEADS, &[]),
    (Post, "/settings/canned-replies/1", LEADS, &[]),
    (Post, "/settings/canned-replies/1/archiving", LEADS, &[]),
    (Post, "/settings/canned-replies/1/files", LEADS, &[]),
    (Get, "/settings/canned-replies/1/files/none", BEARER, &[]),
    (Post, "/settings/canned-replies/1/files/removal", LEADS, &[("token", "none")]),
    (Post, "/conversations/1/canned-replies/1/files", READERS, &[]),
    (Get, "/settings/pauses", LEADS, &[]),
    (Post, "/settings/pauses", LEADS, &[]),
    (Get, "/settings/pauses/1", ADMIN, &[]),
    (Post, "/settings/pauses/1", ADMIN, &[]),
    (Post, "/settings/pauses/1/archiving", ADMIN, &[]),
    (Post, "/settings/pauses/rules/1", LEADS, &[("grace", "10"), ("allowed", "1")]),
    (Get, "/conversations/1/contact/history", READERS, &[]),
    (Get, "/conversations/1/insight", READERS, &[]),
    (Get, "/conversations/1/timeline", READERS, &[]),
    (Get, "/conversations/1/timeline/opened/1", READERS, &[]),
    (Get, "/conversations/1/contact-merge/new", WRITERS, &[]),
    (Post, "/conversations/1/contact-merge", WRITERS, &[("contact", "1")]),
    (Post, "/contact-merges/1/undoing", BEARER, &[]),
    (Get, "/settings/custom-fields", LEADS, &[]),
    (Post, "/settings/custom-fields", LEADS, &[]),
    (Get, "/settings/custom-fields/1", ADMIN, &[]),
    (Post, "/settings/custom-fields/1", ADMIN, &[]),
    (Post, "/settings/custom-fields/1/position", ADMIN, &[("way", "up")]),
    (Post, "/settings/custom-fields/1/archiving", ADMIN, &[]),
    (Post, "/settings/custom-fields/1/restoring", ADMIN, &[]),
    (Post, "/conversations/1/labels", READERS, &[("add", "VIP")]),
    (Get, "/contacts/imports", LEADS, &[]),
    (Post, "/contacts/imports", LEADS, &[]),
    (Get, "/contacts/imports/1", LEADS, &[]),
    (Post, "/contacts/imports/1", LEADS, &[("column-0", "name")]),
    (Post, "/contacts/imports/1/start", LEADS, &[]),
    (Post, "/contacts/imports/1/stop", LEADS, &[]),
    (Get, "/contacts/imports/1/faults", LEADS, &[]),
    (Post, "/contacts/labels", LEADS, &[("contact", "1"), ("label", "VIP")]),
    (Get, "/contacts", SENIORS, &[]),
    (Post, "/contacts/columns", SENIORS, &[("column", "phone")]),
    (Get, "/contacts/csv", LEADS, &[]),
    (Get, "/contacts/1", SENIORS, &[]),
    (Post, "/contacts/1", LEADS, &[("name", "Maria")]),
    (Get, "/contacts/1/contact-merge/new", SENIORS, &[]),
    (Post, "/contacts/1/contact-merge", SENIORS, &[("contact", "1")]),
    (Get, "/contacts/1/changes", SENIORS, &[]),
    (Get, "/contacts/1/history", LEADS, &[]),
    (Get, "/contacts/1/data", LEADS, &[]),
    (Post, "/contacts/1/anonymising", ADMIN, &[]),
    (Get, "/settings/tags/import", LEADS, &[]),
    (Post, "/settings/tags/import", LEADS, &[("text", "nome\nnova")]),
    (Post, "/settings/tags/import/1", LEADS, &[]),
    (Get, "/settings/tags/export", LEADS, &[]),
    (Get, "/settings/dispositions/export", LEADS, &[]),
    (Get, "/settings/canned-replies/import", TEAM, &[]),
    (Get, "/settings/people/export", BEARER, &[]),
    (Get, "/settings/tags", LEADS, &[]),
    (Post, "/settings/tags", LEADS, &[]),
    (Get, "/settings/tags/1", LEADS, &[]),
    (Post, "/settings/tags/1", LEADS, &[]),
    (Post, "/settings/tags/1/archiving", LEADS, &[]),
    (Get, "/settings/dispositions", LEADS, &[]),
    (Post, "/settings/dispositions", LEADS, &[]),
    (Get, "/settings/dispositions/2", LEADS, &[]),
    (Post, "/settings/dispositions/2", LEADS, &[]),
    (Post, "/settings/dispositions/2/position", LEADS, &[("way", "up")]),
    (Post, "/settings/dispositions/2/archiving", LEADS, &[]),
    (Post, "/settings/dispositions/2/restoring", LEADS, &[]),
    (Get, "/settings/company", ADMIN, &[]),
    (Post, "/settings/company", ADMIN, &[]),
    (Post, "/settings/company/logo", ADMIN, &[]),
    (Post, "/settings/company/logo/removal", ADMIN, &[]),
    (Get, "/settings/departments", ADMIN, &[]),
    (Post, "/settings/departments", ADMIN, &[]),
    (Get, "/settings/departments/1", ADMIN, &[]),
    (Post, "/settings/departments/1", ADMIN, &[]),
    (Get, "/settings/departments/1/flow", ADMIN, &[]),
    (Post, "/settings/departments/1/flow", ADMIN, &[]),
    (Get, "/settings/departments/1/greeting", ADMIN, &[]),
    (Post, "/settings/departments/1/greeting", ADMIN, &[]),
    (Get, "/settings/retention", ADMIN, &[]),
    (Post, "/settings/retention", ADMIN, &[]),
    (Get, "/settings/holidays", ADMIN, &[]),
    (Post, "/settings/holidays", ADMIN, &[]),
    (Post, "/settings/holidays/national", ADMIN, &[("year", "2026")]),
    (Post, "/settings/holidays/removal", ADMIN, &[("day", "20261225")]),
    (Post, "/settings/departments/1/archiving", ADMIN, &[]),
    (Get, "/settings/mail", ADMIN, &[]),
    (Post, "/settings/mail", ADMIN, &[]),
    (Post, "/settings/mail/test", ADMIN, &[]),
    (Post, "/settings/mail/removal", ADMIN, &[]),
    (Post, "/settings/mail/1/attempt", ADMIN, &[]),
    (Get, "/settings/people", ADMIN, &[]),
    (Post, "/settings/people", ADMIN, &[]),
    (Get, "/settings/people/new", ADMIN, &[]),
    (Get, "/settings/people/1", ADMIN, &[]),
    (Post, "/settings/people/1", ADMIN, &[]),
    (Post, "/settings/people/1/invitation", ADMIN, &[]),
    (Post, "/settings/people/1/archiving", ADMIN, &[]),
    (Get, "/settings/web-chats", ADMIN, &[]),
    (Post, "/settings/web-chats", ADMIN, &[]),
    (Get, "/settings/web-chats/new", ADMIN, &[]),
    (Get, "/settings/web-chats/1", ADMIN, &[]),
    (Post, "/settings/web-chats/1", ADMIN, &[]),
    (Post, "/settings/web-chats/1/secret", ADMIN, &[]),
    (Post, "/settings/web-chats/1/secret/rotation", ADMIN, &[]),
    (Post, "/settings/web-chats/1/archiving", ADMIN, &[]),
    (Get, "/settings/audit", ADMIN, &[]),
    (Get, "/settings/danger", ADMIN, &[]),
    (Post, "/settings/danger/sign-out", ADMIN, &[]),
    (Post, "/settings/danger/secrets", ADMIN, &[]),
    (Post, "/settings/danger/backup", ADMIN, &[]),
];

#[test]
fn every_address_opens_for_those_who_may_and_nobody_else() {
    let mut wrong = Vec::new();
    for &(method, address, may, fields) in ROWS {
        // Those who may not come first, for what those who may do can change the house.
        let (refused, welcome): (Vec<char>, Vec<char>) = PEOPLE.chars().partition(|person| !may.contains(*person));
        let house = prepared();
        for person in refused.into_iter().chain(welcome) {
            let opened = opens(&visit(&house.0, person, method, &address.replace("TOKEN", &house.1), fields));
            if opened != may.contains(person) {
                wrong.push(format!("{method:?} {address} {} for {person}", if opened { "opens" } else { "is shut" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A house with a conversation of Vendas that nobody holds, a file in it, and a mail that waits; the file's token.
fn prepared() -> (House, String) {
    let house = House::new();
    let maria = house.contact("Maria");
    house.writes(maria, "oi");
    crate::support::mail_server(&house.app);
    let mail = house.app.change(|conn| mail::sql::queue(conn, "a@b.example", "x", "y", START));
    mail.expect("a mail that waits");
    let seeds = house.app.change(|conn| {
        balcao::administration::setup::acts::pause_reasons(conn, balcao::platform::text::Language::Portuguese)
    });
    seeds.expect("reasons to pause");
    let tag = [("name", "urgente"), ("colour", "red"), ("departments", &house.sales.to_string())];
    assert_eq!(house.lia().post("/settings/tags", &tag).status, 303);
    let sales = house.sales.to_string();
    let canned = [("title", "Oi"), ("body", "Oi!"), ("scope", "departments"), ("departments", sales.as_str())];
    assert_eq!(house.lia().post("/settings/canned-replies", &canned).status, 303);
    let ticket = [("title", "Conferir estoque"), ("to", "1"), ("conversation", "1")];
    assert_eq!(house.lia().post("/tickets", &ticket).status, 303);
    assert_eq!(house.adm().post("/settings/custom-fields", &[("name", "CPF"), ("kind", "cpf")]).status, 303);
    assert_eq!(house.lia().upload("/contacts/imports", "gente.csv", b"nome\nMaria\n").status, 303);
    let sofia = house.sofia();
    let headers = [("cookie", sofia.cookie.as_str()), ("content-type", "text/plain")];
    let stored = balcao::answering::handle(
        &house.app,
        request(Post, "/conversations/1/attachments?name=a.txt", "anexo", &headers),
    );
    let stored: serde_json::Value = serde_json::from_slice(stored.bytes()).expect("json");
    let token = stored["token"].as_str().expect("a token").to_owned();
    sofia.post("/conversations/1/messages", &[("kind", "note"), ("body", "veja"), ("attachment", &token)]);
    (house, token)
}

fn visit(house: &House, person: char, method: Method, address: &str, fields: &[(&str, &str)]) -> Response {
    let cookie = match person {
        'a' => house.ana().cookie,
        's' => house.sofia().cookie,
        'l' => house.lia().cookie,
        'd' => house.adm().cookie,
        'b' => house.beto().cookie,
        _ => String::new(),
    };
    balcao::answering::handle(&house.app, request(method, address, &body(fields), &[("cookie", &cookie)]))
}

/// Whether a person got in: a fault in a form is an answer to somebody who may.
fn opens(response: &Response) -> bool {
    let sent_away = response.header("location").is_some_and(|to| to.starts_with("/sign-in?"));
    assert!(response.status < 500, "{} {}", response.status, text(response));
    !sent_away && !matches!(response.status, 401 | 403 | 404 | 410 | 429)
}

#[test]
fn a_stream_carries_a_conversation_only_to_those_who_see_it() {
    let (house, _) = prepared();
    let follows = |person| {
        let response = visit(&house, person, Get, "/events?conversation=1", &[]);
        let Answer::Stream(stream) = response.answer else { panic!("no stream for {person}") };
        stream.topics.contains(&"conversation:1".to_owned())
    };
    assert_eq!(TEAM.chars().filter(|person| follows(*person)).collect::<String>(), READERS);
}
