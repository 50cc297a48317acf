//! Conversations: opening, reopening, who sees them.

use balcao::desk::conversations::{self, State};

use crate::support::{House, text};

#[test]
fn the_first_message_opens_a_conversation_and_the_second_joins_it() {
    let house = House::new();
    let maria = house.contact("Maria");
    let first = house.writes(maria, "Bom dia");
    let second = house.writes(maria, "Meu pedido não chegou");
    assert_eq!(first.conversation, second.conversation);
    let conversation = house.app.read(|conn| conversations::sql::find(conn, first.conversation)).expect("it");
    assert_eq!(conversation.number, 20_261_123_000_001);
    assert_eq!((conversation.state, conversation.inbound), (State::WaitingAgent, 2));
}

#[test]
fn an_agent_takes_answers_notes_and_closes() {
    let house = House::new();
    let (ana, id) = (house.ana(), house.writes(house.contact("Maria"), "Meu pedido não chegou").conversation);
    let page = text(&ana.get("/conversations"));
    assert!(page.contains("Meu pedido não chegou") && page.contains("Maria"), "{page}");
    assert_eq!(ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Oi")]).status, 403);
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    assert_eq!(
        ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Vou ver já")]).status,
        303
    );
    assert_eq!(
        ana.post(&format!("/conversations/{id}/messages"), &[("kind", "note"), ("body", "cliente irritada")]).status,
        303
    );
    assert_eq!(state(&house, id), State::WaitingContact);
    let refused = ana.post(&format!("/conversations/{id}/closing"), &[("body", "fica guardado")]);
    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("Escolha uma tabulação") && text(&refused).contains("fica guardado"));
    let reason = text(&ana.get(&format!("/conversations/{id}/closing/new")));
    let value =
        reason.split("<option value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("a reason").to_owned();
    let closed =
        ana.post(&format!("/conversations/{id}/closing"), &[("disposition", &value), ("farewell", "Até logo")]);
    assert_eq!(closed.status, 303);
    assert_eq!(state(&house, id), State::Closed);
    house.passes(balcao::desk::closings::HELD);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("Entrega › Atraso") && page.contains("Até logo") && page.contains("cliente irritada"));
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &[("disposition", &value)]).status, 409);
}

#[test]
fn of_two_who_take_at_once_one_gets_it_and_the_other_reads_why() {
    let house = House::new();
    let (ana, sofia, id) = (house.ana(), house.sofia(), house.writes(house.contact("Maria"), "Oi").conversation);
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    let late = sofia.post(&format!("/conversations/{id}/assignment"), &[]);
    assert_eq!(late.status, 409);
    assert!(text(&late).contains("assumiu"));
    // A senior who sees whose it is may take it over.
    assert_eq!(
        sofia.post(&format!("/conversations/{id}/assignment"), &[("assignee", &ana.id.to_string())]).status,
        303
    );
    assert_eq!(ana.get(&format!("/conversations/{id}")).status, 404);
}

#[test]
fn nobody_of_another_department_sees_finds_or_hears_of_a_conversation() {
    let house = House::new();
    let (beto, id) = (house.beto(), house.writes(house.contact("Maria"), "segredo da Maria").conversation);
    for address in ["", "/panes", "/head", "/messages", "/closing/new"] {
        assert_eq!(beto.get(&format!("/conversations/{id}{address}")).status, 404, "{address}");
    }
    for address in ["messages", "draft", "read", "assignment", "contact", "closing"] {
        assert_eq!(
            beto.post(&format!("/conversations/{id}/{address}"), &[("kind", "note"), ("body", "x")]).status,
            404,
            "{address}"
        );
    }
    assert!(!text(&beto.get("/search?q=segredo")).contains("Maria"));
    assert!(!text(&beto.get("/palette?q=Maria")).contains("Maria"));
    assert!(!text(&beto.get(&format!("/queue/cards?ids={id}"))).contains("Maria"));
    assert_eq!(beto.get(&format!("/conversations?scope={}", house.sales)).status, 404);
    assert!(text(&house.sofia().get("/search?q=SEGREDO")).contains("<mark>segredo</mark>"));
}

#[test]
fn a_message_sent_twice_under_one_key_is_stored_once() {
    let house = House::new();
    let (sofia, id) = (house.sofia(), house.writes(house.contact("Maria"), "Oi").conversation);
    let send =
        || sofia.send(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "única"), ("key", "k1")]);
    let (first, second) = (send(), send());
    assert_eq!(first.header("x-message"), second.header("x-message"));
    assert_eq!(text(&sofia.get(&format!("/conversations/{id}/messages"))).matches("única").count(), 1);
}

#[test]
fn what_people_write_comes_back_as_written_and_never_runs() {
    let house = House::new();
    let sofia = house.sofia();
    for odd in
        ["<script>alert(1)</script>", "'; DROP TABLE message; --", "שלום \u{202e}abc", "👩‍👩‍👧 a\u{200b}b", "&amp; &lt;"]
    {
        let id = house.writes(house.contact(odd), odd).conversation;
        let page = text(&sofia.get(&format!("/conversations/{id}")));
        let escaped = odd.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&escaped), "{odd}: {page}");
        assert!(!page.contains("<script>alert"));
    }
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let long = "ção ".repeat(24_999);
    assert_eq!(sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "note"), ("body", &long)]).status, 303);
    let too_long =
        sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "note"), ("body", &"x".repeat(100_001))]);
    assert_eq!(too_long.status, 422);
    assert!(text(&too_long).contains("100.000"));
}

#[test]
fn unread_counts_fall_to_nothing_when_the_conversation_is_seen() {
    let house = House::new();
    let (sofia, maria) = (house.sofia(), house.contact("Maria"));
    let id = house.writes(maria, "um").conversation;
    house.writes(maria, "dois");
    sofia.post(&format!("/conversations/{id}/assignment"), &[]);
    assert!(text(&sofia.get("/attention")).contains("\"unread\":2"));
    assert_eq!(sofia.post(&format!("/conversations/{id}/read"), &[]).status, 204);
    assert!(text(&sofia.get("/attention")).contains("\"unread\":0"));
}

#[test]
fn drafts_wait_on_the_server_apart_for_chat_and_note() {
    let house = House::new();
    let (sofia, id) = (house.sofia(), house.writes(house.contact("Maria"), "Oi").conversation);
    sofia.post(&format!("/conversations/{id}/draft"), &[("kind", "chat"), ("body", "meio escrito")]);
    sofia.post(&format!("/conversations/{id}/draft"), &[("kind", "note"), ("body", "nota pela metade")]);
    let page = text(&sofia.get(&format!("/conversations/{id}")));
    assert!(page.contains("meio escrito") && page.contains("nota pela metade"));
    assert!(!text(&house.lia().get(&format!("/conversations/{id}"))).contains("meio escrito"));
    sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "inteiro")]);
    assert!(!text(&sofia.get(&format!("/conversations/{id}"))).contains("meio escrito"));
}

#[test]
fn queues_page_through_by_keyset_without_loss_or_doubles() {
    let house = House::new();
    for number in 0..60 {
        house.clock.advance(1000);
        house.writes(house.contact(&format!("Cliente {number:02}")), "Oi");
    }
    let sofia = house.sofia();
    let mut page = text(&sofia.get("/conversations"));
    let mut seen = Vec::new();
    loop {
        seen.extend(page.split("<b>Cliente ").skip(1).filter_map(|rest| rest.get(..2).map(str::to_owned)));
        let Some(next) = page.split("li class=\"more\"><a href=\"").nth(1).and_then(|rest| rest.split('"').next())
        else {
            break;
        };
        page = text(&sofia.fetch(&next.replace("&amp;", "&")));
    }
    assert_eq!(seen, (0..60).map(|number| format!("{number:02}")).collect::<Vec<_>>());
}

fn state(house: &House, id: conversations::ConversationId) -> State {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("it").state
}
