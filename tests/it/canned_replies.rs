//! Canned replies: found by words, filled in from the conversation, never sent half filled.

use balcao::desk::canned_replies::CannedReplyId;
use balcao::desk::conversations::ConversationId;
use serde_json::Value;

use crate::support::{House, Person, text};

fn make(person: &Person, title: &str, body: &str, more: &[(&str, &str)]) -> u16 {
    let mut fields = vec![("title", title), ("body", body)];
    fields.extend(more);
    person.post("/settings/canned-replies", &fields).status
}

fn offered(person: &Person, id: ConversationId, typed: &str) -> Vec<Value> {
    let response = person.get(&format!("/conversations/{id}/canned-replies?q={typed}"));
    assert_eq!(response.status, 200);
    serde_json::from_slice(response.bytes()).expect("a list")
}

fn titles(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(|one| one["title"].as_str()).collect()
}

#[test]
fn a_reply_is_found_by_any_of_its_words_and_filled_in() {
    let house = House::new();
    let adm = house.adm();
    let body =
        "{saudação}, {primeiro_nome}! Seu protocolo é {protocolo}. Sou {atendente}, de {departamento} na {empresa}.";
    assert_eq!(make(&adm, "Saudação", body, &[("scope", "everyone"), ("keywords", "olá começo")]), 303);
    assert_eq!(make(&adm, "Segunda via", "O boleto vai por e-mail.", &[("scope", "everyone")]), 303);
    let id = house.writes(house.contact("Maria Souza"), "oi").conversation;
    let ana = house.ana();
    let list = offered(&ana, id, "SAUDACAO");
    let number = house.app.read(|conn| balcao::desk::conversations::sql::find(conn, id)).expect("found").number;
    let filled = format!("Boa tarde, Maria! Seu protocolo é {number}. Sou Ana, de Vendas na Loja Exemplo.");
    assert_eq!((list[0]["text"].as_str(), list[0]["open"].as_array().map(Vec::len)), (Some(filled.as_str()), Some(0)));
    for (typed, found) in [("comeco", "Saudação"), ("boleto+mail", "Segunda via"), ("via", "Segunda via")] {
        assert_eq!(titles(&offered(&ana, id, typed)), [found], "{typed}");
    }
    assert!(offered(&ana, id, "nada").is_empty());
    assert_eq!(offered(&ana, id, "").len(), 2);
}

#[test]
fn an_open_variable_stops_the_message_and_a_filled_one_is_counted() {
    let house = House::new();
    make(&house.adm(), "Oi", "Oi, {cliente}!", &[("scope", "everyone")]);
    let id = house.writes(house.contact(""), "oi").conversation;
    let sofia = house.sofia();
    assert_eq!(offered(&sofia, id, "oi")[0]["open"][0], "{cliente}", "the contact has no name");
    let say = |body: &str, canned: &str| {
        let fields = [("kind", "chat"), ("body", body), ("canned", canned)];
        sofia.send(&format!("/conversations/{id}/messages"), &fields).status
    };
    assert_eq!(say("Oi, {cliente}!", "1"), 422);
    assert_eq!(say("Oi, {cliente}!", ""), 422, "a kept draft has lost its origin");
    assert_eq!(say("Oi, {qualquer coisa}!", ""), 200, "braces of one's own are text");
    assert_eq!(say("Oi, {qualquer coisa}!", "1"), 422);
    assert_eq!(say("Oi, Bia!", "1"), 200);
    assert!(text(&sofia.get("/settings/canned-replies")).contains("<td>1</td>"));
}

#[test]
fn each_sees_own_ones_and_those_of_the_conversations_department() {
    let house = House::new();
    let (sales, support) = (house.sales.to_string(), house.support.to_string());
    let (ana, lia, adm) = (house.ana(), house.lia(), house.adm());
    assert_eq!(make(&ana, "Minha", "só minha", &[("scope", "own")]), 303);
    assert_eq!(make(&lia, "De vendas", "x", &[("scope", "departments"), ("departments", &sales)]), 303);
    assert_eq!(make(&adm, "Do suporte", "x", &[("scope", "departments"), ("departments", &support)]), 303);
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    assert_eq!(titles(&offered(&ana, id, "")), ["De vendas", "Minha"]);
    assert_eq!(titles(&offered(&lia, id, "")), ["De vendas"]);
    assert_eq!(adm.get("/settings/canned-replies/1").status, 404, "nobody sees another's own");
    assert_eq!(lia.get("/settings/canned-replies/3").status, 403);
    for (scope, department) in [("everyone", ""), ("departments", sales.as_str())] {
        assert_eq!(make(&ana, "x", "x", &[("scope", scope), ("departments", department)]), 422);
    }
    assert_eq!(make(&lia, "x", "x", &[("scope", "everyone")]), 422);
    assert_eq!(make(&lia, "x", "x", &[("scope", "departments"), ("departments", &support)]), 422);
    assert_eq!(ana.post("/settings/canned-replies/1/archiving", &[]).status, 303);
    assert_eq!(titles(&offered(&ana, id, "")), ["De vendas"]);
}

#[test]
fn a_text_with_an_unknown_variable_is_refused_and_kept_in_the_form() {
    let house = House::new();
    let fields = [("title", "<b>"), ("body", "até {prazo}"), ("scope", "own")];
    let refused = house.ana().post("/settings/canned-replies", &fields);
    assert_eq!(refused.status, 422);
    let page = text(&refused);
    assert!(page.contains("variável que não existe") && page.contains("até {prazo}") && page.contains("&lt;b&gt;"));
}

/// A form with one file, as browsers send it.
fn file_form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n--xx--\r\n"].concat()
}

fn attaches(
    house: &House,
    person: &crate::support::Person,
    name: &str,
    bytes: &[u8],
) -> balcao::platform::web::http::Response {
    let headers = [("cookie", person.cookie.as_str()), ("content-type", "multipart/form-data; boundary=xx")];
    let address = "/settings/canned-replies/1/files";
    let mut asked = crate::support::request(balcao::platform::web::http::Method::Post, address, "", &headers);
    asked.body = balcao::platform::web::http::Body::Bytes(file_form(name, bytes));
    balcao::answering::handle(&house.app, asked)
}

#[test]
fn a_reply_brings_its_files_along_and_what_was_sent_keeps_them() {
    let house = House::new();
    let (adm, ana, beto) = (house.adm(), house.ana(), house.beto());
    let fields = [("title", "Tabela"), ("body", "Segue a tabela."), ("scope", "departments"), ("departments", "1")];
    assert_eq!(adm.post("/settings/canned-replies", &fields).status, 303);
    assert_eq!(attaches(&house, &adm, "tabela.pdf", b"%PDF-1.7 tabela").status, 303);
    assert_eq!(attaches(&house, &adm, "vírus.exe", b"MZ").status, 422);
    assert_eq!(attaches(&house, &ana, "meu.pdf", b"%PDF-1.7").status, 403);
    let page = text(&adm.get("/settings/canned-replies/1"));
    assert!(page.contains("tabela.pdf") && page.contains("15 B"), "{page}");
    let id = house.writes(house.contact("Maria"), "tem tabela?").conversation;
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    let offered = text(&ana.get(&format!("/conversations/{id}/canned-replies?q=tab")));
    assert!(offered.contains(r#""files":["tabela.pdf"]"#), "{offered}");
    let address = format!("/conversations/{id}/canned-replies/1/files");
    assert_eq!(beto.post(&address, &[]).status, 404, "who may not see the conversation");
    let copied = ana.post(&address, &[]);
    let copied: serde_json::Value = serde_json::from_slice(copied.bytes()).expect("json");
    let token = copied[0]["token"].as_str().expect("a token");
    let fields = [("kind", "chat"), ("body", "Segue a tabela."), ("canned", "1"), ("attachment", token)];
    assert_eq!(ana.post(&format!("/conversations/{id}/messages"), &fields).status, 303);
    // The reply loses its file and is put away: the message keeps its own.
    let kept =
        house.app.read(|conn| balcao::desk::canned_replies::sql_files::of(conn, CannedReplyId(1))).expect("files");
    assert_eq!(adm.post("/settings/canned-replies/1/files/removal", &[("token", &kept[0].token)]).status, 303);
    assert_eq!(adm.post("/settings/canned-replies/1/archiving", &[]).status, 303);
    balcao::desk::attachments::web::drop_waiting(&mut house.app.outside()).expect("tidied");
    let sent = ana.get(&format!("/conversations/{id}/attachments/{token}"));
    let balcao::platform::web::http::Answer::File(path) = &sent.answer else { panic!("no file: {}", sent.status) };
    assert_eq!(std::fs::read(path).expect("the file"), b"%PDF-1.7 tabela");
}

#[test]
fn two_replies_in_one_message_are_two_uses_and_a_reply_holds_five_files() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    for title in ["Um", "Dois"] {
        let fields = [("title", title), ("body", "Oi"), ("scope", "everyone")];
        assert_eq!(adm.post("/settings/canned-replies", &fields).status, 303);
    }
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    let fields = [("kind", "chat"), ("body", "Oi Oi"), ("canned", "1"), ("canned", "2"), ("canned", "x")];
    assert_eq!(ana.post(&format!("/conversations/{id}/messages"), &fields).status, 303);
    for id in [1, 2] {
        let used = house
            .app
            .read(|conn| balcao::desk::canned_replies::sql::find(conn, CannedReplyId(id)))
            .expect("a reply")
            .used;
        assert_eq!(used, 1, "reply {id}");
    }
    for number in 0..5 {
        assert_eq!(attaches(&house, &adm, &format!("{number}.txt"), b"texto").status, 303);
    }
    let sixth = attaches(&house, &adm, "6.txt", b"texto");
    assert!(sixth.status == 422 && text(&sixth).contains("até 5 arquivos"));
}
