//! Canned replies: found by words, filled in from the conversation, never sent half filled.

use balcao::conversations::ConversationId;
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
    let number = house.app.read(|conn| balcao::conversations::sql::find(conn, id)).expect("found").number;
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
