//! The chat as a visitor uses it: on a site, on its own page, with a lost connection, with files.

use std::time::Duration;

use balcao::channels::web_chat::{self, Look};
use serde_json::json;

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;
use crate::browser::look::Online;
use crate::browser::site::Site;
use crate::support::Person;

const SECOND: Duration = Duration::from_secs(1);

/// The visitor's browser on the chat's own page, past the form.
fn chatting(desk: &Desk) -> Browser {
    let visitor = Browser::open();
    visitor.goto(&desk.at("/chat/site"));
    visitor.wait_shown("#start");
    visitor.write("#start [name=name]", "Maria Souza");
    visitor.press("Enter");
    visitor.wait_shown("#body");
    visitor
}

fn say(visitor: &Browser, text: &str) {
    visitor.write("#body", text);
    visitor.press("Enter");
}

fn answers(person: &Person, conversation: i64, text: &str) {
    let response = person.post(&format!("/conversations/{conversation}/messages"), &[("kind", "chat"), ("body", text)]);
    assert!(response.status < 400);
}

fn takes(desk: &Desk) -> Person {
    let ana = desk.ana();
    assert!(ana.post("/conversations/1/assignment", &[]).status < 400);
    ana
}

/// How often a text stands in the thread.
fn times(visitor: &Browser, text: &str) -> u64 {
    let script =
        "return [...document.querySelectorAll('#thread .bubble')].filter(b => b.textContent === arguments[0]).length";
    visitor.run(script, &[json!(text)]).as_u64().unwrap_or(0)
}

#[test]
fn what_is_written_without_a_connection_arrives_once_when_it_is_back() {
    let desk = Desk::open();
    let visitor = chatting(&desk);
    say(&visitor, "Oi!");
    visitor.wait_for_text("#thread .contact", "Enviada");
    let ana = takes(&desk);
    visitor.network(Online::No);
    say(&visitor, "Estou no elevador");
    visitor.wait_for_text(".failed", "Tentar de novo");
    assert_eq!(times(&visitor, "Estou no elevador"), 1, "the text stays");
    answers(&ana, 1, "Bom dia, Maria!");
    visitor.network(Online::Yes);
    visitor.wait_for_text("#thread", "Bom dia, Maria!");
    visitor.wait_gone(".failed");
    assert_eq!((times(&visitor, "Estou no elevador"), times(&visitor, "Bom dia, Maria!")), (1, 1));
    visitor.reload();
    visitor.wait_for_text("#thread", "Bom dia, Maria!");
    assert_eq!((times(&visitor, "Estou no elevador"), times(&visitor, "Oi!")), (1, 1));
}

#[test]
fn the_closed_window_counts_what_it_missed_and_escape_closes_it() {
    let desk = Desk::open();
    let html = format!(
        "<!doctype html><html lang=pt><meta name=viewport content=width=device-width><title>Loja</title><main><h1>Loja</h1></main><script src='{}'></script></html>",
        desk.at("/chat/site/widget.js")
    );
    let site = Site::of(&[("/", &html)]);
    let (channel, now) = (desk.channel.id, desk.clock.now());
    let look = Look { allowed_sites: site.origin(), asks_name: false, ..Look::default() };
    desk.app.change(move |conn| web_chat::sql::save(conn, channel, &look, now)).expect("a look");
    let visitor = Browser::open();
    visitor.goto(&site.at("/"));
    visitor.click("#balcao-button");
    visitor.enter_frame("#balcao-frame");
    visitor.wait_focus("#body");
    say(&visitor, "Oi!");
    visitor.wait_for_text("#thread .contact", "Enviada");
    visitor.press("Esc");
    visitor.leave_frames();
    visitor.wait_hidden("#balcao-frame");
    visitor.wait_focus("#balcao-button");
    let ana = takes(&desk);
    answers(&ana, 1, "Bom dia!");
    visitor.wait_for_text_within("#balcao-button", "1", 2 * SECOND);
    // A page further on, the browser still knows.
    visitor.reload();
    answers(&ana, 1, "Tudo bem?");
    visitor.wait_for_text("#balcao-button", "1");
    visitor.click("#balcao-button");
    visitor.enter_frame("#balcao-frame");
    visitor.wait_for_text("#thread", "Tudo bem?");
    assert_eq!((times(&visitor, "Oi!"), times(&visitor, "Bom dia!")), (1, 1));
    let read = || desk.app.read(|conn| balcao::desk::conversations::sql::find(conn, 1.into())).expect("it").read_to;
    visitor.wait_until("document.visibilityState === 'visible'");
    let deadline = std::time::Instant::now() + 10 * SECOND;
    while read() < 5 {
        assert!(std::time::Instant::now() < deadline, "the team never learns that it was read");
        std::thread::yield_now();
    }
    assert!(visitor.ask("document.querySelector('#body').clientHeight").as_i64() >= Some(38), "room for a line");
    visitor.leave_frames();
    visitor.phone();
    let fills = "const frame = document.querySelector('#balcao-frame').getBoundingClientRect();
        return frame.left === 0 && frame.top === 0 && frame.width === innerWidth && frame.height === innerHeight";
    visitor.wait_until(&format!("(() => {{ {fills} }})()"));
    visitor.assert_quiet_console();
}

#[test]
fn a_file_emoji_and_markup_are_sent_and_shown_as_they_are() {
    let desk = Desk::open();
    let visitor = chatting(&desk);
    let script = "const files = new DataTransfer();
        const bytes = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), c => c.charCodeAt(0));
        files.items.add(new File([bytes], 'foto.png', { type: 'image/png' }));
        files.items.add(new File(['pedido 8841'], 'pedido.txt', { type: 'text/plain' }));
        const input = document.querySelector('#file'); input.files = files.files;
        input.dispatchEvent(new Event('change'));";
    visitor.run(script, &[]);
    visitor.wait_until("!document.querySelector('#send').disabled");
    visitor.write("#body", "<b>veja</b> https://loja.example/a?b=1 ");
    visitor.click("#emoji");
    visitor.click("#emojis button");
    visitor.press("Enter");
    visitor.wait_for_text("#thread .contact", "Enviada");
    visitor.wait_until("document.querySelector('.picture img')?.naturalWidth === 1");
    assert_eq!(visitor.text("#thread .bubble"), "<b>veja</b> https://loja.example/a?b=1 😀");
    assert_eq!(visitor.attribute("#thread .bubble a", "href").as_deref(), Some("https://loja.example/a?b=1"));
    visitor.wait_for_text(".document", "pedido.txt");
    assert_for_everybody(&visitor);

    let ana = desk.browser_of("Ana", "/conversations/1");
    ana.wait_until("document.querySelector('.picture img')?.naturalWidth === 1");
    ana.wait_for_text(".file", "pedido.txt");
    ana.press("a");
    ana.wait_shown("#write-chat");
    ana.click(".write[data-kind=chat] [data-emoji]");
    ana.insert("coracao");
    ana.press("Enter");
    ana.wait_focus("#write-chat");
    assert_eq!(ana.value("#write-chat"), "❤️");
    ana.run(
        "const files = new DataTransfer();
        files.items.add(new File(['%PDF-1.7 contrato'], 'contrato.pdf'));
        const input = document.querySelector('.write[data-kind=chat] [data-attach]'); input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));",
        &[],
    );
    ana.wait_for(".waiting-files li[data-token]");
    ana.press("Enter");
    visitor.wait_for_text(".row.agent .document", "contrato.pdf");
    visitor.wait_for_text(".row.agent .bubble", "❤️");
    ana.assert_quiet_console();
    visitor.assert_quiet_console();
}

#[test]
fn the_visitor_ends_the_chat_and_begins_again() {
    let desk = Desk::open();
    let visitor = chatting(&desk);
    say(&visitor, "Oi!");
    visitor.wait_for_text("#line", "próximo da fila");
    visitor.click("#menu summary");
    visitor.click("#end");
    visitor.wait_shown("#ending");
    visitor.click("#ending .primary");
    visitor.wait_for_text("#thread .system", "Seu número de protocolo");
    visitor.wait_for_text("#line", "encerrada");
    say(&visitor, "Esqueci uma coisa");
    visitor.wait_for_text("#line", "próximo da fila");
    assert_for_everybody(&visitor);
    if let Ok(folder) = std::env::var("CHAT_PICTURES") {
        visitor.picture(format!("{folder}/page.png"));
        visitor.dark();
        visitor.phone();
        visitor.picture(format!("{folder}/phone-dark.png"));
    }
    visitor.assert_quiet_console();
}

#[test]
fn the_next_customer_at_the_same_browser_sees_nothing_of_the_last() {
    let desk = Desk::open();
    // hex(HMAC-SHA256("segredo", identifier)), made with another program.
    let page = |identifier: &str, hash: &str| {
        format!(
            "<!doctype html><html lang=pt><title>Loja</title><script src='{}' data-identifier='{identifier}' \
             data-hash='{hash}' data-name='Cliente' defer></script></html>",
            desk.at("/chat/site/widget.js")
        )
    };
    let site = Site::of(&[
        ("/42", &page("cliente-42", "47683d4a36cac7b910e8470f0d1decc6a634ffeae39398de9df52ad17ded1e91")),
        ("/43", &page("cliente-43", "25567826c344e07ae4edb4f767154cf283d2a661c92ed4d6a0c88a81f0611a47")),
        ("/eva", &page("cliente-42", "00")),
    ]);
    let (channel, now) = (desk.channel.id, desk.clock.now());
    let look = Look { allowed_sites: site.origin(), ..Look::default() };
    desk.app.change(move |conn| web_chat::sql::save(conn, channel, &look, now)).expect("a look");
    let visitor = Browser::open();
    let open = |path: &str| {
        visitor.goto(&site.at(path));
        visitor.click("#balcao-button");
        visitor.enter_frame("#balcao-frame");
        visitor.wait_shown("#body");
    };
    open("/42");
    say(&visitor, "Sou o 42");
    visitor.wait_for_text("#thread .contact", "Enviada");
    visitor.leave_frames();
    open("/43");
    say(&visitor, "Sou o 43");
    visitor.wait_for_text("#thread .contact", "Enviada");
    assert_eq!(times(&visitor, "Sou o 42"), 0);
    visitor.leave_frames();
    open("/42");
    visitor.wait_for_text("#thread", "Sou o 42");
    assert_eq!(times(&visitor, "Sou o 43"), 0);
    let other = Browser::open();
    other.goto(&site.at("/eva"));
    other.click("#balcao-button");
    other.enter_frame("#balcao-frame");
    other.wait_for_text("#bad-send", "assinatura");
    assert_eq!(other.count("#thread .row"), 0);
}
