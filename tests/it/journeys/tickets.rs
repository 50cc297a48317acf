//! Internal tickets in real browsers: opened in a conversation, moved by keyboard and by hand, seen by others at once.

use std::env;
use std::path::PathBuf;

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;

fn shot(browser: &Browser, name: &str) {
    let folder = env::var_os("BALCAO_LOOK")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures"), PathBuf::from);
    browser.picture(folder.join(format!("{name}.png")));
}

/// Titles of a column, from top to bottom.
fn column(browser: &Browser, name: &str) -> String {
    let script = format!(
        "[...[...document.querySelectorAll('.phase')].find(one => one.querySelector('h2').textContent.includes('{name}'))\
         .querySelectorAll('.slip b')].map(one => one.textContent).join(', ')"
    );
    browser.ask(&script).as_str().expect("titles").to_owned()
}

fn wait_column(browser: &Browser, name: &str, titles: &str) {
    let script = format!(
        "[...[...document.querySelectorAll('.phase')].find(one => one.querySelector('h2').textContent.includes('{name}'))\
         .querySelectorAll('.slip b')].map(one => one.textContent).join(', ') === '{titles}'"
    );
    browser.wait_until(&script);
}

#[test]
fn a_ticket_is_opened_in_a_conversation_and_its_phase_follows_there_as_it_moves_on_the_board() {
    let desk = Desk::open();
    let id = desk.writes(desk.contact("Maria Souza"), "Meu pedido não chegou").conversation;
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    ana.wait_for("html[data-live]");
    ana.press("w");
    ana.wait_for("#ticket[open]");
    assert_for_everybody(&ana);
    ana.write("#ticket [name=title]", "Conferir estoque");
    shot(&ana, "ticket-new");
    ana.click("#ticket button.primary");
    ana.wait_for_text(".chip", "A fazer");
    ana.wait_for_text("#thread", "Ana abriu o ticket T-1: Conferir estoque");

    let lia = desk.browser_of("Lia", "/conversations");
    lia.press("g");
    lia.press("t");
    lia.wait_for(".board .slip");
    lia.wait_for("html[data-live]");
    assert_for_everybody(&lia);
    // A second one by the keyboard alone: it stands on the board without a reload.
    lia.press("c");
    lia.wait_focus("#ticket [name=title]");
    lia.insert("Trocar o cartaz");
    lia.press("Enter");
    lia.wait_gone("#ticket[open]");
    wait_column(&lia, "A fazer", "Conferir estoque, Trocar o cartaz");
    lia.run("document.querySelector('#t1 a').focus()", &[]);
    lia.press("Ctrl+Down");
    wait_column(&lia, "A fazer", "Trocar o cartaz, Conferir estoque");
    lia.wait_focus("#t1 a");
    lia.press("Ctrl+Right");
    wait_column(&lia, "Em andamento", "Conferir estoque");
    ana.wait_for_text(".chip", "Em andamento");
    lia.wait_focus("#t1 a");
    shot(&lia, "board");

    // What has conversations is closed with a word to them.
    lia.press("Ctrl+Right");
    lia.wait_for("#ticket-1-closing[open]");
    assert_for_everybody(&lia);
    lia.write("#ticket-1-closing [name=note]", "Há três no depósito.");
    lia.click("#ticket-1-closing button.primary");
    wait_column(&lia, "Concluído", "Conferir estoque");
    ana.wait_for_text("#thread", "Há três no depósito.");
    ana.wait_for_text(".chip", "Concluído");
    ana.assert_quiet_console();
    lia.assert_quiet_console();
}

#[test]
fn a_card_is_dragged_and_an_open_ticket_follows_what_others_do() {
    let desk = Desk::open();
    for title in ["Um", "Dois", "Três"] {
        assert_eq!(desk.ana().post("/tickets", &[("title", title), ("to", "1")]).status, 303);
    }
    let lia = desk.browser_of("Lia", "/tickets");
    let ana = desk.browser_of("Ana", "/tickets");
    for browser in [&lia, &ana] {
        browser.wait_for("html[data-live]");
    }
    let drag = "const bag = new DataTransfer(); const to = document.querySelectorAll('.phase')[1]; \
        const card = document.querySelector('#t3'); const at = to.getBoundingClientRect(); \
        const fire = (on, kind) => on.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: bag, clientX: at.x + 20, clientY: at.y + 60 })); \
        fire(card, 'dragstart'); fire(to, 'dragover'); fire(to, 'drop'); fire(card, 'dragend');";
    lia.run(drag, &[]);
    wait_column(&ana, "Em andamento", "Três");
    assert_eq!(column(&ana, "A fazer"), "Um, Dois");

    ana.click("#t3 a");
    ana.wait_for("#ticket-3[open]");
    assert_for_everybody(&ana);
    ana.write("#ticket-3 [name=comment]", "@li");
    ana.wait_for_text(".people [role=option]", "Lia");
    ana.press("Enter");
    ana.insert("pode ver?");
    ana.click("#ticket-3 .talk button.primary");
    ana.wait_for_text("#ticket-3 .entries", "@Lia pode ver?");
    lia.wait_for("[href='/notifications'][data-count='1']");
    lia.click("#t3 a");
    lia.wait_for_text("#ticket-3 .entries", "@Lia pode ver?");
    // Who reads it has seen the notice.
    lia.wait_gone("[href='/notifications'][data-count]");
    lia.write("#ticket-3 [name=comment]", "Vi. Está");
    ana.write("#ticket-3 [name=comment]", "Obrigada!");
    ana.click("#ticket-3 .talk button.primary");
    lia.wait_for_text("#ticket-3 .entries", "Obrigada!");
    assert_eq!(lia.value("#ticket-3 [name=comment]"), "Vi. Está", "what is being written stays");
    shot(&lia, "ticket");
    ana.click("#ticket-3 .facts-form summary");
    ana.rewrite("#ticket-3 [name=title]", "");
    ana.click("#ticket-3 .facts-form button.primary");
    ana.wait_for("#ticket-3 #title-wrong");
    ana.rewrite("#ticket-3 [name=title]", "Três e meio");
    ana.click("#ticket-3 .facts-form button.primary");
    ana.wait_for_text("#t3 b", "Três e meio");
    lia.wait_for_text("#ticket-3-title", "Três e meio");
    lia.assert_quiet_console();
}

#[test]
fn the_pages_of_tickets_are_for_everybody_and_fit_a_phone() {
    let desk = Desk::open();
    let long = "Antônia de Albuquerque Cavalcanti ".repeat(5);
    assert_eq!(desk.ana().post("/tickets", &[("title", &long), ("to", "1"), ("due", "2020-01-01")]).status, 303);
    let browser = desk.browser_of("Adm", "/tickets");
    let pages = [
        "/tickets?department=1",
        "/tickets?view=list",
        "/tickets/1",
        "/tickets/new",
        "/departments/1/phases",
        "/tickets/1/closing/new",
    ];
    for (index, page) in pages.iter().enumerate() {
        browser.goto(&desk.at(page));
        browser.wait_for("#main");
        assert_for_everybody(&browser);
        browser.dark();
        assert_for_everybody(&browser);
        shot(&browser, &format!("tickets-{index}-dark"));
        browser.light();
    }
    let phone = desk.browser_of("Adm", "/tickets?department=1");
    phone.phone();
    for page in pages {
        phone.goto(&desk.at(page));
        phone.wait_for("#main");
        phone.assert_fits_sideways();
    }
    browser.assert_quiet_console();
}
