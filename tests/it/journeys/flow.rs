//! How conversations move: transferred live, closed and undone, opened anew, merged, swept.

use std::env;
use std::path::PathBuf;

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;

fn shot(browser: &Browser, name: &str) {
    let folder = env::var_os("BALCAO_LOOK")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures"), PathBuf::from);
    browser.picture(folder.join(format!("{name}.png")));
}

#[test]
fn a_conversation_is_transferred_live_and_leaves_the_giver_s_screen() {
    let desk = Desk::open();
    let id = desk.writes(desk.contact("Maria Souza"), "Meu pedido não chegou").conversation;
    desk.writes(desk.contact("João Lima"), "Quero trocar o tênis");
    let ana_elsewhere = desk.ana();
    ana_elsewhere.post(&format!("/conversations/{id}/assignment"), &[]);
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    let beto = desk.browser_of("Beto", "/conversations");
    for browser in [&ana, &beto] {
        browser.wait_for("html[data-live]");
    }
    ana.press("t");
    ana.wait_for("#transfer[open]");
    assert_for_everybody(&ana);
    ana.write("#transfer [type=search]", "beto");
    ana.wait_gone("#transfer li[data-words*=Sofia]:not([hidden])");
    ana.press("Enter");
    ana.write("#transfer [name=note]", "Já pediu o estorno");
    shot(&ana, "transfer");
    ana.click("#transfer button.primary");
    ana.wait_gone(&format!("#c{id}"));
    ana.wait_gone(&format!("#open[data-conversation='{id}']"));
    beto.wait_for(&format!("#c{id} .transferred"));
    beto.wait_for("[href='/notifications'][data-count='1']");
    beto.click(&format!("#c{id} a"));
    beto.wait_for_text("#thread", "Já pediu o estorno");
    beto.wait_for_text("#thread", "Ana transferiu para Beto (Suporte)");
    // Opened is accepted: the mark goes by itself.
    beto.wait_gone(&format!("#c{id} .transferred"));
    shot(&beto, "transferred");
    // Her page asked for what she may no longer see, and was told so; his had no trouble.
    beto.assert_quiet_console();
}

#[test]
fn a_closing_is_undone_in_place_and_a_new_protocol_is_opened_merged_and_undone() {
    let desk = Desk::open();
    let id = desk.writes(desk.contact("Maria Souza"), "Meu pedido não chegou").conversation;
    let ana_elsewhere = desk.ana();
    ana_elsewhere.post(&format!("/conversations/{id}/assignment"), &[]);
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    ana.wait_for("html[data-live]");
    ana.press("f");
    ana.wait_for("#closing[open]");
    let late =
        "[...document.querySelectorAll('#disposition option')].find(o => o.textContent.includes('Atraso')).value";
    ana.choose("#disposition", ana.ask(late).as_str().expect("a reason"));
    shot(&ana, "closing");
    ana.click("#closing button.primary");
    ana.wait_shown(".undo button");
    assert_for_everybody(&ana);
    shot(&ana, "undo");
    ana.click(".undo button");
    ana.wait_for("#head[data-state=waiting_agent]");
    ana.wait_shown("#write-chat");

    ana.press("i");
    ana.wait_for("#outbound[open]");
    assert_for_everybody(&ana);
    ana.write("#outbound [name=first]", "Abri outro protocolo para a garantia.");
    shot(&ana, "opening");
    ana.click("#outbound button.primary");
    ana.wait_for_text("#thread", "Abri outro protocolo para a garantia.");
    ana.wait_for_text("#contact", "Veio de");
    assert_eq!(ana.ask("location.pathname"), "/conversations/2", "the address says what is shown");
    ana.press("i");
    ana.wait_for("#outbound[open]");
    ana.click("#outbound [data-dialog=merge]");
    ana.wait_for("#merge[open]");
    assert_for_everybody(&ana);
    shot(&ana, "merge");
    ana.click("#merge [name=other]");
    ana.click("#merge button.primary");
    ana.wait_for_text("#thread", "Meu pedido não chegou");
    ana.wait_for_text("#thread", "Ana uniu o protocolo");
    shot(&ana, "merged");
    ana.click("form[action$='/undoing'] button");
    ana.wait_until("!document.querySelector('#thread').textContent.includes('Meu pedido não chegou')");
    ana.assert_quiet_console();
}

#[test]
fn the_pages_of_the_flow_are_for_everybody_and_fit_a_phone() {
    let desk = Desk::open();
    for name in ["Maria Souza", "João Lima", "Antônia de Albuquerque Cavalcanti Bezerra de Menezes"] {
        desk.writes(desk.contact(name), "Bom dia");
    }
    let browser = desk.browser_of("Adm", "/conversations");
    let pages = [
        ("sweep", format!("/bulk-closings/new?department={}&state=waiting_agent&days=0", desk.sales)),
        ("new", "/outbound/new?q=mar".to_owned()),
        ("new-contact", "/outbound/new?contact=1".to_owned()),
        ("flow", format!("/settings/departments/{}/flow", desk.sales)),
        ("transfer-page", "/conversations/1/transfer/new".to_owned()),
        ("split-page", "/conversations/1/split/new".to_owned()),
    ];
    for (name, page) in pages {
        browser.desktop(1280, 720);
        browser.goto(&desk.at(&page));
        assert_for_everybody(&browser);
        browser.assert_fits_sideways();
        browser.dark();
        shot(&browser, &format!("{name}-dark"));
        browser.light();
        browser.phone();
        browser.reload();
        assert_for_everybody(&browser);
        browser.assert_fits_sideways();
        shot(&browser, &format!("{name}-phone"));
    }
    // From scratch, within one dialog: searched, found, opened.
    browser.desktop(1280, 720);
    browser.goto(&desk.at("/conversations"));
    browser.wait_for("html[data-live]");
    browser.press("c");
    browser.wait_for("#outbound-new[open]");
    browser.write("#outbound-new [name=q]", "joão");
    browser.press("Enter");
    browser.wait_gone("#outbound-new a[href='/outbound/new?contact=1']");
    browser.click("#outbound-new a[href='/outbound/new?contact=2']");
    browser.wait_for_text("#outbound-new h2", "Novo protocolo com João Lima");
    assert_for_everybody(&browser);
    browser.write("#outbound-new [name=first]", "Oi, João! Tudo certo com a troca?");
    browser.click("#outbound-new button.primary");
    browser.wait_for_text("#thread", "Tudo certo com a troca?");
    browser.wait_until("location.pathname === '/conversations/4'");
    browser.goto(&desk.at(&format!("/bulk-closings/new?department={}&state=waiting_agent&days=0", desk.sales)));
    let loops = balcao::timers::start(&desk.app).expect("the loops");
    let late =
        "[...document.querySelectorAll('#disposition option')].find(o => o.textContent.includes('Atraso')).value";
    browser.choose("#disposition", browser.ask(late).as_str().expect("a reason"));
    browser.click("main form[action='/bulk-closings'] button.primary");
    browser.wait_for_text("#progress", "Concluído");
    browser.wait_for_text("#progress", "3 de 3 finalizadas");
    shot(&browser, "swept");
    loops.stop();
    browser.assert_quiet_console();
}

#[test]
fn a_visitor_rates_on_a_phone() {
    let desk = Desk::open();
    let visitor = Browser::open();
    visitor.phone();
    visitor.goto(&desk.at("/chat/site"));
    visitor.wait_shown("#start");
    visitor.write("#start [name=name]", "Joana");
    visitor.press("Enter");
    visitor.wait_shown("#body");
    visitor.write("#body", "Oi! Meu pedido chegou errado");
    visitor.click("#send");
    visitor.wait_until("/\\d{14}/.test(document.querySelector('#number').textContent)");
    let ana = desk.ana();
    ana.takes(1);
    let fields = [("disposition", "2"), ("farewell", "Joana, obrigada pelo contato!"), ("asks_rating", "1")];
    assert_eq!(ana.post("/conversations/1/closing", &fields).status, 303);
    let loops = balcao::timers::start(&desk.app).expect("the loops");
    visitor.wait_for_text_within("#thread", "Joana, obrigada pelo contato!", std::time::Duration::from_secs(20));
    visitor.wait_shown("#rating");
    assert_for_everybody(&visitor);
    visitor.assert_fits_sideways();
    visitor.click("#rating [value='4']");
    shot(&visitor, "rating-phone");
    visitor.dark();
    shot(&visitor, "rating-phone-dark");
    visitor.light();
    visitor.click("#rating button.primary");
    visitor.wait_for_text("#thread", "Sua avaliação: 4 de 5");
    visitor.wait_hidden("#rating");
    loops.stop();
    visitor.assert_quiet_console();
}
