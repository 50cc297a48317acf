//! Typing, seen, the transcript, long bodies, and what the page weighs.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use balcao::platform::web::http::{Body, Method};
use balcao::platform::web::live::Event;
use balcao::team::mail::{self, MailServer, Security};
use serde_json::json;

use super::{Visitor, json_of};
use crate::support::{House, request, text};

/// Every event that is told from now on.
fn listen(house: &House) -> Arc<Mutex<Vec<Event>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    house.app.live.attach(Box::new(move |events| ear.lock().expect("an ear").extend_from_slice(events)));
    heard
}

/// The frames of that name that were told to a topic.
fn frames(heard: &Mutex<Vec<Event>>, topic: &str, name: &str) -> Vec<String> {
    let events = heard.lock().expect("an ear");
    let mine = events.iter().filter(|event| event.topics.iter().any(|one| one == topic));
    mine.map(|event| event.frame.to_string()).filter(|frame| frame.contains(&format!("event: {name}\n"))).collect()
}

#[test]
fn typing_is_told_to_the_other_side_and_kept_nowhere() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    let heard = listen(&house);
    assert_eq!(maria.post("typing", &json!({})).status, 204, "before there is a conversation");
    let told = heard.lock().expect("an ear").iter().any(|event| event.frame.contains("event: typing"));
    assert!(!told, "there is nobody to tell");
    maria.writes("k", "oi");
    assert!(ana.post("/conversations/1/assignment", &[]).status < 400);
    let before = maria.history()["event"].clone();
    assert_eq!(maria.post("typing", &json!({})).status, 204);
    assert_eq!(frames(&heard, "conversation:1", "typing").len(), 1);
    assert!(frames(&heard, "chat:1", "typing").is_empty());
    ana.post("/conversations/1/draft", &[("kind", "note"), ("body", "SEGREDO")]);
    assert!(frames(&heard, "chat:1", "typing").is_empty(), "a note in the making is the team's own");
    ana.post("/conversations/1/draft", &[("kind", "chat"), ("body", "SEGREDO ainda")]);
    assert_eq!(frames(&heard, "chat:1", "typing"), ["event: typing\ndata: {\"author\":\"agent\"}\n\n"]);
    assert_eq!(maria.history()["event"], before);
}

#[test]
fn the_visitor_learns_that_the_one_who_answers_has_read() {
    let house = House::new();
    let (maria, ana, sofia) = (house.visitor("Maria"), house.ana(), house.sofia());
    let id = maria.writes("k", "oi");
    assert_eq!(sofia.post("/conversations/1/read", &[]).status, 204);
    assert_eq!(maria.history()["conversation"]["seen"], 0, "somebody who looks on is not the one who answers");
    assert!(ana.post("/conversations/1/assignment", &[]).status < 400);
    let heard = listen(&house);
    assert_eq!(ana.post("/conversations/1/read", &[]).status, 204);
    // Events are told after the commit, which the answer does not wait for.
    let deadline = Instant::now() + Duration::from_secs(10);
    while frames(&heard, "chat:1", "seen").is_empty() {
        assert!(Instant::now() < deadline, "the visitor's page hears nothing");
        std::thread::yield_now();
    }
    assert!(maria.history()["conversation"]["seen"].as_i64() >= Some(id));
}

fn with_mail(house: &House) {
    let now = house.clock.now();
    let server = MailServer {
        host: "mail.loja.example".to_owned(),
        port: 587,
        security: Security::StartTls,
        username: String::new(),
        password: String::new(),
        sender_name: "Loja".to_owned(),
        sender_address: "loja@loja.example".to_owned(),
        certificate: String::new(),
    };
    house.app.change(move |conn| mail::sql::set_server(conn, &server, now)).expect("a mail server");
}

#[test]
fn the_transcript_holds_what_the_visitor_sees_and_no_more() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    let ask = |visitor: &Visitor, email: &str| visitor.post("transcript", &json!({ "email": email }));
    assert_eq!(ask(&maria, "maria@x.example").status, 409, "no mail server");
    assert!(!text(&house.get("/chat/site")).contains("id=\"mail\""));
    with_mail(&house);
    assert!(text(&house.get("/chat/site")).contains("id=\"mail\""));
    maria.writes("k", "Meu pedido não chegou");
    assert!(ana.post("/conversations/1/assignment", &[]).status < 400);
    for (kind, body) in [("note", "SEGREDO"), ("chat", "Chega hoje")] {
        assert!(ana.post("/conversations/1/messages", &[("kind", kind), ("body", body)]).status < 400);
    }
    assert!(json_of(&ask(&maria, "nope"))["fields"]["email"].is_string());
    house.clock.advance(3_600_000);
    assert_eq!(ask(&maria, "Maria@X.example").status, 200);
    let now = house.clock.now();
    let mails = house.app.change(move |conn| mail::sql::claim(conn, 1, 10, now)).expect("the outbox");
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.recipient, "maria@x.example");
    assert_eq!(mail.subject, "Sua conversa com Loja Exemplo, protocolo 20261123000001");
    for said in ["Você\nMeu pedido não chegou", "Ana\nChega hoje", "Ana entrou na conversa"] {
        assert!(mail.body.contains(said), "{said} is not in {}", mail.body);
    }
    assert!(!mail.body.contains("SEGREDO"));
    let statuses: Vec<u16> = (0..4).map(|_| ask(&maria, "outra@x.example").status).collect();
    assert!(statuses.contains(&429), "nobody is flooded with mail: {statuses:?}");
}

#[test]
fn the_longest_message_of_the_widest_letters_comes_in_a_spooled_body() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let longest = "👍".repeat(100_000);
    let path = house.folder.path().join("body");
    std::fs::write(&path, json!({"key": "k", "body": longest}).to_string()).expect("a file");
    let bearer = format!("Bearer {}", maria.token);
    let send = || {
        let mut sent = request(Method::Post, "/chat/site/messages", "", &[("authorization", &bearer)]);
        sent.body = Body::Spooled(path.clone());
        balcao::answering::handle(&maria.app, sent)
    };
    assert_eq!(send().status, 200);
    assert_eq!(maria.history()["messages"][1]["body"].as_str().map(|body| body == longest), Some(true));
    std::fs::write(&path, json!({"key": "l", "body": "x".repeat(2_000_000)}).to_string()).expect("a file");
    assert_eq!(send().status, 413);
}

#[test]
fn the_chat_weighs_less_than_twenty_kilobytes() {
    let house = House::new();
    let page = text(&house.get("/chat/site"));
    let mut bytes = page.len();
    let addresses: Vec<&str> = page.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(addresses.len(), 3, "style, script, icon");
    for address in addresses {
        let response =
            balcao::answering::handle(&house.app, request(Method::Get, address, "", &[("accept-encoding", "br")]));
        assert_eq!(response.status, 200);
        bytes += response.bytes().len();
    }
    assert!(bytes <= 20_000, "{bytes} bytes, the page itself not even compressed");
    let widget = house.get("/chat/site/widget.js").bytes().len();
    assert!(widget < 9_000, "{widget} bytes on every page of a customer's site");
}
