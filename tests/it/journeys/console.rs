//! The console as an agent uses it: live, by keyboard, in both themes, on a phone.

use std::time::Duration;

use balcao::desk::conversations::ConversationId;
use serde_json::json;

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;
use crate::browser::look::Online;

const SECOND: Duration = Duration::from_secs(1);

/// Customers who have written, the one who waits longest first; gives their conversations.
fn lively(desk: &Desk) -> Vec<ConversationId> {
    let said = [
        ("Maria Souza", "Oi, bom dia! Meu pedido 8841 ainda não chegou."),
        ("João Batista Ferreira", "Vocês têm o tênis azul no 42?"),
        ("Carla Menezes", "Quero trocar o cartão da assinatura"),
    ];
    said.iter().map(|(name, body)| desk.writes(desk.contact(name), body).conversation).collect()
}

/// Ana's browser on the queue, its stream open.
fn at_work(desk: &Desk) -> Browser {
    let browser = desk.browser_of("Ana", "/conversations");
    browser.wait_for("html[data-live]");
    browser
}

fn open(browser: &Browser, id: ConversationId) {
    browser.click(&format!("#c{id} a"));
    browser.wait_for(&format!("#open[data-conversation='{id}']"));
    browser.wait_for(&format!("html[data-live='{id}']"));
}

#[test]
fn a_message_shows_without_reloading_is_answered_noted_and_closed() {
    let desk = Desk::open();
    let browser = at_work(&desk);
    browser.run("window.untouched = true", &[]);
    let maria = desk.contact("Maria Souza");
    let id = desk.writes(maria, "Oi, bom dia!").conversation;
    browser.wait_for_text_within(".state[data-state=waiting_agent] .item", "Oi, bom dia!", SECOND);
    assert_eq!(browser.text(&format!("#c{id} .unread")), "1");
    open(&browser, id);
    browser.wait_for_text(".message[data-author=contact]", "Oi, bom dia!");
    browser.wait_for_text(".composer", "Assuma a conversa");
    browser.press("a");
    browser.wait_shown("#write-chat");
    browser.write("#write-chat", "Bom dia, Maria!");
    browser.press("Enter");
    browser.wait_for_text(".message[data-author=agent][data-id]", "Bom dia, Maria!");
    browser.wait_for_text(".state[data-state=waiting_contact] .item", "Bom dia, Maria!");
    desk.writes(maria, "Onde está meu pedido?");
    browser.wait_for_text_within(".message[data-author=contact]", "Onde está meu pedido?", SECOND);

    browser.click("label:has(#tab-note)");
    browser.write("#write-note", "Cliente antiga");
    browser.press("Enter");
    browser.wait_for_text(".message[data-author=note][data-id]", "Cliente antiga");
    assert_eq!(browser.count(".message[data-id]"), 4, "each message once");
    assert_eq!(browser.count(".message:not([data-id])"), 0, "nothing is left queued");
    // What an agent reads is read.
    browser.wait_gone(&format!("#c{id} .unread"));

    browser.press("Esc");
    browser.press("f");
    browser.wait_for("#closing[open]");
    assert_for_everybody(&browser);
    let late =
        "[...document.querySelectorAll('#disposition option')].find(o => o.textContent.includes('Atraso')).value";
    browser.choose("#disposition", browser.ask(late).as_str().unwrap());
    browser.click("#closing button.primary");
    browser.wait_for("#head[data-state=closed]");
    browser.wait_for_text(".closed-foot", "Entrega › Atraso");
    browser.wait_gone(&format!(".state:not([data-state=closed]) #c{id}"));
    assert_eq!(browser.ask("window.untouched"), true, "the page was loaded again");
    browser.assert_quiet_console();
}

#[test]
fn the_keyboard_reaches_everything() {
    let desk = Desk::open();
    let ids = lively(&desk);
    let browser = at_work(&desk);
    browser.press("j");
    browser.wait_focus(&format!("#c{}", ids[0]));
    browser.press("j");
    browser.wait_focus(&format!("#c{}", ids[1]));
    browser.press("k");
    browser.wait_focus(&format!("#c{}", ids[0]));
    browser.press("Enter");
    browser.wait_for(&format!("#open[data-conversation='{}']", ids[0]));
    assert!(browser.address().contains(&format!("/conversations/{}", ids[0])));

    browser.press("n");
    browser.wait_focus("#write-note");
    browser.insert("um rascunho 👍");
    browser.press("Esc");
    browser.wait_until("document.activeElement.id !== 'write-note'");
    assert_eq!(browser.value("#write-note"), "um rascunho 👍");
    browser.press("a");
    browser.wait_for("#write-chat");
    browser.press("r");
    browser.wait_focus("#write-chat");
    browser.insert("linha 1");
    browser.press("Shift+Enter");
    browser.insert("linha 2");
    browser.press("Enter");
    browser.wait_for_text(".message[data-author=agent][data-id] .body", "linha 1\nlinha 2");
    browser.press("Esc");

    browser.press("f");
    browser.wait_for("#closing[open]");
    browser.press("Esc");
    browser.wait_gone("#closing[open]");
    browser.wait_focus("[data-key=f]");

    browser.press("?");
    browser.wait_for("#shortcuts[open]");
    assert_for_everybody(&browser);
    browser.press("Esc");
    browser.wait_gone("#shortcuts[open]");

    browser.press("Ctrl+k");
    browser.wait_focus("#palette-field");
    browser.insert("carla");
    browser.wait_for_text("#palette-list [aria-selected=true]", "Carla Menezes");
    assert_for_everybody(&browser);
    browser.press("Enter");
    browser.wait_for_text("#contact h2", "Carla Menezes");
    browser.back();
    browser.wait_for_text("#contact h2", "Maria Souza");
    browser.assert_quiet_console();
}

#[test]
fn a_draft_waits_on_the_server_and_unsent_text_survives_a_lost_connection() {
    let desk = Desk::open();
    let id = lively(&desk)[0];
    let browser = at_work(&desk);
    open(&browser, id);
    browser.press("n");
    browser.write("#write-note", "para depois");
    let stored = format!(
        "fetch('/conversations/{id}').then(r => r.text()).then(t => window.stored = t.includes('para depois'))"
    );
    browser.wait_until(&format!("({stored}, window.stored)"));
    browser.reload();
    browser.wait_for("html[data-live]");
    assert_eq!(browser.value("#write-note"), "para depois");

    browser.press("n");
    browser.network(Online::No);
    browser.press("Enter");
    browser.wait_for_text(".message[data-state=failed]", "Sem conexão");
    browser.wait_for_text(".message[data-state=failed]", "para depois");
    browser.network(Online::Yes);
    browser.click(".message[data-state=failed] button");
    browser.wait_for_text(".message[data-author=note][data-id]", "para depois");
    assert_eq!(browser.count(".message[data-author=note]"), 1);
}

#[test]
fn a_lost_stream_says_so_and_catches_up_with_nothing_lost_or_doubled() {
    let desk = Desk::open();
    let maria = desk.contact("Maria Souza");
    let id = desk.writes(maria, "um").conversation;
    let browser = at_work(&desk);
    open(&browser, id);
    browser.network(Online::No);
    // An open stream survives the browser's switch, so the server ends it as a lost network would.
    desk.cut_streams();
    browser.wait_shown("#lost");
    for body in ["dois", "três"] {
        desk.writes(maria, body);
    }
    browser.network(Online::Yes);
    browser.wait_for_text(".message", "três");
    browser.wait_hidden("#lost");
    let bodies = "[...document.querySelectorAll('.message .body')].map(e => e.innerText)";
    assert_eq!(browser.ask(bodies), json!(["um", "dois", "três"]));
}

#[test]
fn two_people_with_one_conversation_see_each_other_and_one_takes_it() {
    let desk = Desk::open();
    let id = lively(&desk)[0];
    let ana = at_work(&desk);
    let sofia = desk.browser_of("Sofia", "/conversations");
    sofia.wait_for("html[data-live]");
    open(&ana, id);
    open(&sofia, id);
    sofia.wait_for_text("#head", "Ana");
    ana.press("a");
    ana.wait_shown("#write-chat");
    sofia.wait_for_text(&format!("#c{id}"), "A");
    sofia.wait_for_text("#thread", "Ana assumiu o atendimento");
}

#[test]
fn the_console_is_for_everybody_in_both_themes_and_on_a_phone() {
    let desk = Desk::open();
    let id = lively(&desk)[0];
    let ana = desk.ana();
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    for (kind, body) in [("chat", "Veja https://loja.example/pedidos/8841"), ("note", "Terceiro atraso no mês")] {
        ana.post(&format!("/conversations/{id}/messages"), &[("kind", kind), ("body", body)]);
    }
    let browser = at_work(&desk);
    assert_for_everybody(&browser);
    for page in
        [format!("/conversations/{id}"), format!("/conversations/{id}/closing/new"), "/search?q=pedido".to_owned()]
    {
        browser.desktop(1280, 720);
        browser.goto(&desk.at(&page));
        assert_for_everybody(&browser);
        browser.assert_fits_sideways();
        browser.phone();
        browser.reload();
        assert_for_everybody(&browser);
        browser.assert_fits_sideways();
    }
    browser.goto(&desk.at("/conversations"));
    browser.wait_shown(&format!("#c{id}"));
    browser.wait_hidden(".hello");
    browser.click(&format!("#c{id} a"));
    browser.wait_shown("#write-chat");
    browser.wait_hidden("#queue");
    browser.wait_hidden("#contact");
    browser.click("a[href='#contact']");
    browser.wait_shown("#contact h2");
    browser.wait_hidden("#thread");
    browser.click("#contact .back");
    browser.wait_shown("#thread");
    browser.click("#head .back");
    browser.wait_shown("#queue");
    browser.assert_quiet_console();
}

#[test]
fn the_contact_is_edited_in_place_and_faults_keep_what_was_typed() {
    let desk = Desk::open();
    let id = lively(&desk)[0];
    let browser = at_work(&desk);
    open(&browser, id);
    browser.rewrite("#contact-data [name=name]", "Maria de Souza");
    browser.rewrite("#contact-data [name=phone]", "123");
    browser.press("Enter");
    browser.wait_for("#contact-data [aria-invalid=true]");
    assert_eq!(browser.value("#contact-data [name=name]"), "Maria de Souza");
    browser.rewrite("#contact-data [name=phone]", "11 98765-4321");
    browser.press("Enter");
    browser.wait_for_text("#contact h2", "Maria de Souza");
    browser.wait_for_text(&format!("#c{id}"), "Maria de Souza");
    // The name may have been stored before the number.
    browser.wait_until("document.querySelector('#contact-data [name=phone]').value === '(11) 98765-4321'");
}
