//! Files in the web chat, from both sides.

use balcao::desk::attachments;
use balcao::desk::attachments::store;
use balcao::platform::time::DAY;
use balcao::platform::web::http::{Answer, Method, Response};
use serde_json::{Value, json};

use super::{Visitor, json_of};
use crate::support::{House, Person, request, text};

/// A small picture's first bytes, and the rest of anything.
fn picture() -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat()
}

impl Visitor {
    fn uploads(&self, name: &str, bytes: Vec<u8>) -> Response {
        let address = format!("/chat/site/files?name={}", balcao::platform::web::form::encode(name));
        let bearer = format!("Bearer {}", self.token);
        let mut sent = request(Method::Post, &address, "", &[("authorization", &bearer), ("accept-language", "pt-BR")]);
        sent.body = balcao::platform::web::http::Body::Bytes(bytes);
        balcao::answering::handle(&self.app, sent)
    }

    fn upload(&self, name: &str, bytes: Vec<u8>) -> String {
        let response = self.uploads(name, bytes);
        assert_eq!(response.status, 200, "{}", text(&response));
        json_of(&response)["token"].as_str().expect("a token").to_owned()
    }
}

impl Person {
    fn uploads(&self, conversation: i64, name: &str, bytes: Vec<u8>) -> Response {
        let address = format!("/conversations/{conversation}/attachments?name={name}");
        let mut sent = request(Method::Post, &address, "", &[("cookie", &self.cookie)]);
        sent.body = balcao::platform::web::http::Body::Bytes(bytes);
        balcao::answering::handle(&self.app, sent)
    }
}

/// The stored bytes behind an answer.
fn stored(response: &Response) -> Vec<u8> {
    match &response.answer {
        Answer::File(path) => std::fs::read(path).expect("the file"),
        other => panic!("no file but {other:?}"),
    }
}

#[test]
fn a_visitors_picture_reaches_the_team_with_its_message() {
    let house = House::new();
    let (maria, ana, beto) = (house.visitor("Maria"), house.ana(), house.beto());
    let token = maria.upload("Foto do pedido.png", picture());
    let response = maria.post("messages", &json!({"key": "a", "files": [token]}));
    assert_eq!(response.status, 200, "{}", text(&response));
    let file = &maria.history()["messages"][1]["files"][0];
    assert_eq!((file["name"].as_str(), file["type"].as_str()), (Some("Foto do pedido.png"), Some("image/png")));
    let response = ana.get(&format!("/conversations/1/attachments/{token}"));
    assert_eq!((response.status, stored(&response)), (200, picture()));
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    assert!(response.header("content-disposition").is_some_and(|how| how.starts_with("inline; ")));
    assert_eq!(stored(&maria.get(&format!("files/{token}"))), picture());
    assert_eq!(beto.get(&format!("/conversations/1/attachments/{token}")).status, 404, "another department's agent");
    assert_eq!(house.visitor("João").get(&format!("files/{token}")).status, 404, "another visitor");
    assert_eq!(house.get(&format!("/conversations/1/attachments/{token}")).status, 303, "nobody is asked to sign in");
}

#[test]
fn types_and_sizes_are_told_from_the_bytes() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let refused = |name: &str, bytes: Vec<u8>| {
        let response = maria.uploads(name, bytes);
        assert!(json_of(&response)["error"].is_string());
        response.status
    };
    assert_eq!(refused("vazio.txt", Vec::new()), 422);
    assert_eq!(refused("foto.png", b"MZ\x90\x00\x03".to_vec()), 422);
    assert_eq!(refused("pagina.html", b"<html>".to_vec()), 422);
    assert_eq!(refused("grande.png", [picture(), vec![0; 20 * 1024 * 1024]].concat()), 413);
    let token = maria.upload("../../x.txt", b"<script>alert(1)</script>".to_vec());
    maria.post("messages", &json!({"key": "a", "body": "veja", "files": [token]}));
    let response = house.ana().get(&format!("/conversations/1/attachments/{token}"));
    assert_eq!(response.header("content-type"), Some("text/plain; charset=utf-8"));
    let how = response.header("content-disposition").expect("a disposition");
    assert!(how.starts_with("attachment; filename=\"x.txt\""), "{how}");
    assert!(response.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")));
}

#[test]
fn a_waiting_file_belongs_to_its_uploader_and_to_one_message() {
    let house = House::new();
    let (maria, joao) = (house.visitor("Maria"), house.visitor("João"));
    let token = maria.upload("a.txt", b"oi".to_vec());
    assert_eq!(joao.post("messages", &json!({"key": "a", "body": "x", "files": [token]})).status, 422);
    assert_eq!(joao.history()["conversation"], Value::Null, "the refused message opened nothing");
    assert_eq!(joao.get(&format!("files/{token}")).status, 404);
    assert_eq!(maria.post("messages", &json!({"key": "a", "body": "x", "files": [token]})).status, 200);
    assert_eq!(maria.post("messages", &json!({"key": "a", "body": "x", "files": [token]})).status, 200, "repeated");
    assert_eq!(maria.post("messages", &json!({"key": "b", "body": "x", "files": [token]})).status, 422, "used up");
}

#[test]
fn an_agents_file_goes_with_the_answer_and_a_notes_file_stays_in_the_team() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k", "oi");
    assert!(ana.post("/conversations/1/assignment", &[]).status < 400);
    let mut tokens = Vec::new();
    for kind in ["chat", "note"] {
        let response = ana.uploads(1, "contrato.pdf", b"%PDF-1.7 x".to_vec());
        assert_eq!(response.status, 200, "{}", text(&response));
        let token = json_of(&response)["token"].as_str().expect("a token").to_owned();
        assert_eq!(maria.get(&format!("files/{token}")).status, 404, "not sent yet");
        assert_eq!(house.sofia().get(&format!("/conversations/1/attachments/{token}")).status, 404, "not sent yet");
        let sent = ana.post("/conversations/1/messages", &[("kind", kind), ("body", kind), ("attachment", &token)]);
        assert!(sent.status < 400, "{}", text(&sent));
        tokens.push(token);
    }
    assert_eq!(stored(&maria.get(&format!("files/{}", tokens[0]))), b"%PDF-1.7 x");
    assert_eq!(maria.get(&format!("files/{}", tokens[1])).status, 404, "the note's");
    assert!(!text(&maria.get("messages")).contains(&tokens[1]));
    assert_eq!(stored(&house.sofia().get(&format!("/conversations/1/attachments/{}", tokens[1]))), b"%PDF-1.7 x");
    assert_eq!(house.beto().uploads(1, "x.txt", b"x".to_vec()).status, 404, "another department's agent");
}

#[test]
fn files_that_nobody_sends_are_dropped_after_a_day() {
    let house = House::new();
    let maria = house.visitor("Maria");
    let (kept, dropped) = (maria.upload("a.txt", b"a".to_vec()), maria.upload("b.txt", b"b".to_vec()));
    maria.post("messages", &json!({"key": "a", "body": "x", "files": [kept]}));
    let folder = store::folder(&house.app);
    house.clock.advance(DAY - 1);
    attachments::web::drop_waiting(&mut house.app.outside()).expect("a tidy folder");
    assert!(folder.join(&dropped).exists());
    house.clock.advance(2);
    attachments::web::drop_waiting(&mut house.app.outside()).expect("a tidy folder");
    assert!(folder.join(&kept).exists() && !folder.join(&dropped).exists());
    assert_eq!(maria.post("messages", &json!({"key": "b", "body": "x", "files": [dropped]})).status, 422);
}
