//! The story of the whole appliance: a visitor on somebody's site, an agent at the console, and what stays between agents.

use std::time::Duration;

use balcao::channels::web_chat::{self, Look};

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;
use crate::browser::relay::Relay;
use crate::browser::site::Site;

const SECOND: Duration = Duration::from_secs(1);
/// What must never reach the visitor, in letters that no encoding changes.
const NOTE: &str = "zebra-lilas-4711";
const REMARK: &str = "girafa-verde-1812";

/// The desk, a customer's site on another port, and the wire between the visitor and the desk.
struct Scene {
    desk: Desk,
    relay: Relay,
    site: Site,
}

impl Scene {
    fn new() -> Self {
        let desk = Desk::open();
        let relay = Relay::to(desk.socket());
        let page = format!(
            "<!doctype html><html lang='pt-BR'><meta charset='utf-8'><title>Loja</title><main><h1>Loja Exemplo</h1>\
             <p>Tênis, camisas e mais.</p></main><script src='{}/chat/site/widget.js' async></script></html>",
            relay.origin()
        );
        let site = Site::of(&[("/", &page)]);
        let (channel, now) = (desk.channel.id, desk.clock.now());
        let look = Look {
            allowed_sites: site.origin(),
            welcome: "Olá! Como podemos ajudar?".to_owned(),
            reply_time: "Respondemos em poucos minutos".to_owned(),
            ..Look::default()
        };
        desk.app.change(move |conn| web_chat::sql::save(conn, channel, &look, now)).expect("a look");
        Self { desk, relay, site }
    }

    /// A visitor on the site with the chat open, inside its frame.
    fn visitor(&self) -> Browser {
        let visitor = Browser::open();
        visitor.goto(&self.site.at("/"));
        open_widget(&visitor);
        visitor
    }
}

fn open_widget(visitor: &Browser) {
    visitor.click("#balcao-button");
    visitor.enter_frame("#balcao-frame");
    visitor.wait_for("#thread");
}

fn say(visitor: &Browser, text: &str) {
    visitor.wait_shown("#body");
    visitor.write("#body", text);
    visitor.press("Enter");
}

fn agent(desk: &Desk) -> Browser {
    let agent = desk.browser_of("Ana", "/conversations");
    agent.wait_for("html[data-live]");
    agent
}

#[test]
fn a_visitor_is_answered_live_and_never_receives_what_is_between_agents() {
    let scene = Scene::new();
    let ana = agent(&scene.desk);
    ana.run("window.untouched = true", &[]);
    let visitor = scene.visitor();
    visitor.write("#start [name=name]", "Maria Souza");
    visitor.press("Enter");
    say(&visitor, "Meu pedido ainda não chegou");
    ana.wait_for_text_within(".state[data-state=waiting_agent] .item", "Meu pedido ainda não chegou", 2 * SECOND);
    visitor.wait_until("/\\d{14}/.test(document.querySelector('#number').textContent)");

    ana.click(".state[data-state=waiting_agent] .item a");
    ana.wait_for_text(".message[data-author=contact]", "Meu pedido ainda não chegou");
    let number = ana.text("#head .number");
    assert!(visitor.text("#number").contains(&number), "{} is not {number}", visitor.text("#number"));
    ana.press("a");
    ana.wait_shown("#write-chat");
    ana.write("#write-chat", "Bom dia, Maria! Vou verificar.");
    ana.press("Enter");
    let took = visitor.wait_for_text_within("#thread", "Bom dia, Maria! Vou verificar.", SECOND);
    println!("the visitor saw the answer after {took:?}");
    say(&visitor, "Obrigada, fico esperando");
    let took = ana.wait_for_text_within(".message[data-author=contact]", "Obrigada, fico esperando", SECOND);
    println!("the agent saw the message after {took:?}");

    ana.click("label:has(#tab-note)");
    ana.write("#write-note", NOTE);
    ana.press("Enter");
    ana.wait_for_text(".message[data-author=note][data-id]", NOTE);
    ana.press("Esc");
    ana.press("r");
    ana.write("#write-chat", "Ele sai para entrega hoje.");
    ana.press("Enter");
    // What was told after the note has arrived, so the note had its chance.
    visitor.wait_for_text("#thread", "Ele sai para entrega hoje.");

    ana.press("Esc");
    ana.press("f");
    ana.wait_for("#closing[open]");
    let late =
        "[...document.querySelectorAll('#disposition option')].find(o => o.textContent.includes('Atraso')).value";
    ana.choose("#disposition", ana.ask(late).as_str().unwrap());
    ana.write("#closing [name=body]", REMARK);
    ana.write("#closing [name=farewell]", "Foi um prazer atender você!");
    ana.click("#closing [name=asks_rating]");
    ana.click("#closing button.primary");
    // It can be undone for ten seconds; the visitor hears of it after that.
    ana.wait_for(".undo button");
    let loops = balcao::timers::start(&scene.desk.app).expect("the loops");
    visitor.wait_for_text_within("#thread", "Foi um prazer atender você!", 20 * SECOND);
    visitor.wait_for_text("body", "Atendimento finalizado");
    loops.stop();
    visitor.click("#rating [value='5']");
    visitor.write("#rating [name=comment]", "Foi rápida!");
    visitor.click("#rating button.primary");
    ana.wait_for_text(".thread", "O cliente avaliou: 5 de 5 · Foi rápida!");
    visitor.wait_until("document.querySelector('#rating').hidden");
    ana.wait_for("#head[data-state=closed]");
    assert_eq!(ana.ask("window.untouched"), true, "the agent's page was loaded again");

    // The history is loaded once more, and everything that ever came is looked at byte for byte.
    visitor.leave_frames();
    visitor.reload();
    open_widget(&visitor);
    visitor.wait_for_text("#thread", "Meu pedido ainda não chegou");
    visitor.wait_for_text("#thread", "Ele sai para entrega hoje.");
    let received = String::from_utf8_lossy(&scene.relay.received()).to_lowercase();
    assert!(received.contains("sai para entrega hoje"), "the relay has not seen the chat");
    assert!(!received.contains("content-encoding"), "something came compressed and could not be read");
    for secret in [NOTE, REMARK, "atraso", "nota interna", "ana@loja.example"] {
        assert!(!received.contains(secret), "the visitor received “{secret}”");
    }
    ana.assert_quiet_console();
    visitor.assert_quiet_console();
}

#[test]
fn the_chat_is_for_everybody_in_both_themes_and_on_a_phone() {
    let scene = Scene::new();
    let visitor = scene.visitor();
    assert_for_everybody(&visitor);
    visitor.write("#start [name=name]", "Maria Souza");
    visitor.press("Enter");
    say(&visitor, "Oi!");
    visitor.wait_for_text("#thread", "Oi!");
    assert_for_everybody(&visitor);
    visitor.leave_frames();
    visitor.assert_no_axe_violations();

    visitor.phone();
    visitor.goto(&format!("{}/chat/site", scene.relay.origin()));
    visitor.wait_for("#thread");
    assert_for_everybody(&visitor);
    visitor.assert_fits_sideways();
    visitor.assert_quiet_console();
}

#[test]
fn a_site_that_is_not_allowed_gets_no_chat() {
    let scene = Scene::new();
    let widget = format!("<script src='{}/chat/site/widget.js' async></script>", scene.relay.origin());
    let other = Site::of(&[("/", &format!("<!doctype html><html lang=pt><title>x</title>{widget}</html>"))]);
    let visitor = Browser::open();
    visitor.goto(&other.at("/"));
    visitor.click("#balcao-button");
    visitor.wait_for_console("frame-ancestors");
    visitor.enter_frame("#balcao-frame");
    assert!(!visitor.has("#thread"), "the chat shows on a site that may not have it");
}
