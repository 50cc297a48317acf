//! Notes: their author changes them for ten minutes, and leaves a trace; what was sent to a contact stays.

use balcao::desk::conversations::ConversationId;
use balcao::platform::time::MINUTE;

use crate::support::{House, Person, text};

/// Maria's conversation with a note by Ana, the third message.
fn prepared(note: &str) -> (House, ConversationId) {
    let house = House::new();
    let maria = house.contact("Maria");
    let id = house.writes(maria, "cadê meu pedido?").conversation;
    assert_eq!(write(&house.ana(), "note", note), 303);
    (house, id)
}

fn write(person: &Person, kind: &str, body: &str) -> u16 {
    person.post("/conversations/1/messages", &[("kind", kind), ("body", body)]).status
}

fn edit(person: &Person, body: &str) -> u16 {
    person.post("/conversations/1/notes/3", &[("body", body)]).status
}

#[test]
fn a_note_is_changed_by_its_author_and_says_so() {
    let (house, id) = prepared("ligar amanha");
    let (ana, sofia) = (house.ana(), house.sofia());
    assert!(text(&ana.get("/conversations/1")).contains("/conversations/1/notes/3/edit"));
    assert!(!text(&sofia.get("/conversations/1")).contains("/notes/3/edit"), "only its author is offered the change");
    assert_eq!(edit(&sofia, "outra"), 403);
    house.passes(3 * MINUTE);
    assert_eq!(edit(&ana, "ligar <b>amanhã</b>"), 303);
    let page = text(&sofia.get("/conversations/1"));
    assert!(page.contains("ligar &lt;b&gt;amanhã") && page.contains("editada "), "{page}");
    let trace = text(&sofia.fetch("/conversations/1/notes/3"));
    assert!(trace.contains("ligar amanha") && trace.contains("ligar &lt;b&gt;amanhã"), "{trace}");
    // The search knows the new words and no longer the old ones.
    assert!(text(&ana.get("/search?q=amanh%C3%A3")).contains("<mark>"));
    assert_eq!(edit(&ana, "ligar hoje"), 303);
    assert!(!text(&ana.get("/search?q=amanh%C3%A3")).contains("<mark>"));
    let only = text(&sofia.fetch("/conversations/1/messages?only=3"));
    assert!(only.contains("ligar hoje") && !only.contains("cadê"), "{only}");
    assert_eq!(house.beto().get(&format!("/conversations/{id}/notes/3")).status, 404);
}

#[test]
fn ten_minutes_later_it_stays_as_it_is() {
    let (house, _) = prepared("veja");
    let ana = house.ana();
    house.passes(10 * MINUTE);
    assert_eq!(edit(&ana, "ainda"), 303);
    house.passes(1);
    let late = ana.post("/conversations/1/notes/3", &[("body", "tarde")]);
    assert!(late.status == 409 && text(&late).contains("Passaram 10 minutos"), "{}", text(&late));
    assert_eq!(ana.post("/conversations/1/notes/3/deletion", &[]).status, 409);
    assert!(!text(&ana.get("/conversations/1")).contains("/notes/3/edit"));
}

#[test]
fn what_was_sent_to_the_contact_never_changes() {
    let (house, _) = prepared("veja");
    let ana = house.ana();
    assert_eq!(ana.post("/conversations/1/assignment", &[]).status, 303);
    assert_eq!(write(&ana, "chat", "Bom dia"), 303);
    for (message, phrase) in [(2, "Só notas mudam"), (5, "Só notas mudam")] {
        let refused = ana.post(&format!("/conversations/1/notes/{message}"), &[("body", "outra")]);
        assert!(refused.status == 409 && text(&refused).contains(phrase), "{message}: {}", text(&refused));
    }
    assert_eq!(ana.post("/conversations/1/notes/99", &[("body", "x")]).status, 404);
}

#[test]
fn a_deleted_note_leaves_a_line_and_its_text_to_author_and_leads() {
    let (house, _) = prepared("senha do cofre");
    let (ana, sofia, lia) = (house.ana(), house.sofia(), house.lia());
    assert_eq!(ana.post("/conversations/1/notes/3/deletion", &[]).status, 303);
    assert_eq!(ana.post("/conversations/1/notes/3/deletion", &[]).status, 409, "once is enough");
    let page = text(&sofia.get("/conversations/1"));
    assert!(page.contains("Nota apagada por Ana às ") && !page.contains("senha do cofre"), "{page}");
    assert!(!text(&sofia.get("/search?q=cofre")).contains("<mark>"));
    assert_eq!(sofia.get("/conversations/1/notes/3").status, 403);
    assert!(text(&lia.get("/conversations/1/notes/3")).contains("senha do cofre"));
    assert!(text(&ana.get("/conversations/1/notes/3")).contains("senha do cofre"));
}

#[test]
fn who_is_named_only_in_the_change_is_told_once() {
    let (house, _) = prepared("@Sofia, veja");
    let ana = house.ana();
    let told = |person: &Person| text(&person.get("/notifications")).matches("mencionado").count();
    assert_eq!((told(&house.sofia()), told(&house.lia())), (1, 0));
    assert_eq!(edit(&ana, "@Sofia e @Lia, vejam"), 303);
    assert_eq!(edit(&ana, "@Sofia e @Lia, vejam já"), 303);
    assert_eq!((told(&house.sofia()), told(&house.lia())), (1, 1));
    let empty = ana.send("/conversations/1/notes/3", &[("body", " ")]);
    assert!(empty.status == 422 && text(&empty).contains("Escreva uma mensagem"));
    let long = ana.send("/conversations/1/notes/3", &[("body", &"é".repeat(100_001))]);
    assert_eq!(long.status, 422);
}

#[test]
fn the_file_of_a_deleted_note_is_given_to_nobody() {
    let (house, _) = prepared("veja");
    let ana = house.ana();
    let headers = [("cookie", ana.cookie.as_str()), ("content-type", "text/plain")];
    let asked = crate::support::request(
        balcao::platform::web::http::Method::Post,
        "/conversations/1/attachments?name=a.txt",
        "anexo",
        &headers,
    );
    let stored: serde_json::Value =
        serde_json::from_slice(balcao::answering::handle(&house.app, asked).bytes()).expect("json");
    let token = stored["token"].as_str().expect("a token");
    let fields = [("kind", "note"), ("body", "com anexo"), ("attachment", token)];
    assert_eq!(ana.post("/conversations/1/messages", &fields).status, 303);
    let address = format!("/conversations/1/attachments/{token}");
    assert_eq!(house.sofia().get(&address).status, 200);
    assert_eq!(ana.post("/conversations/1/notes/4/deletion", &[]).status, 303);
    assert_eq!((house.sofia().get(&address).status, ana.get(&address).status), (404, 404));
}
