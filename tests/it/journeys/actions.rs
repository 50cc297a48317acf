//! What an agent does on a conversation, by the keyboard alone: tags, canned replies, occurrences, pauses; and the pages
//! behind them.

use balcao::administration::setup;
use balcao::platform::text::Language;

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;

/// Maria's conversation, open before Ana, who holds it; a tag and two prepared texts are there.
fn at_work(desk: &Desk) -> Browser {
    let house: &crate::support::House = desk;
    house.app.change(|conn| setup::acts::pause_reasons(conn, Language::Portuguese)).expect("reasons");
    let adm = house.adm();
    adm.post("/settings/tags", &[("name", "urgente"), ("colour", "red")]);
    adm.post("/settings/tags", &[("name", "troca"), ("colour", "amber")]);
    for (title, body) in [("Saudação", "Olá, {primeiro_nome}!"), ("Prazo", "Chega até {retorno}.")] {
        adm.post("/settings/canned-replies", &[("title", title), ("body", body), ("scope", "everyone")]);
    }
    let id = desk.writes(desk.contact("Maria Souza"), "Cadê meu pedido?").conversation;
    let browser = desk.browser_of("Ana", &format!("/conversations/{id}"));
    browser.wait_for(&format!("html[data-live='{id}']"));
    browser.press("a");
    browser.wait_shown("#write-chat");
    browser
}

#[test]
fn tags_occurrences_and_pauses_are_a_key_away() {
    let desk = Desk::open();
    let browser = at_work(&desk);
    browser.press("e");
    browser.wait_for("#tags[open]");
    assert_for_everybody(&browser);
    browser.write("#tags input[type=search]", "troc");
    browser.press("Enter");
    browser.wait_gone("#tags[open]");
    browser.wait_for_text("#head .tag", "troca");
    browser.wait_for_text(".system", "Ana pôs a tag troca");

    browser.press("o");
    browser.wait_for("#occurrence[open]");
    assert_for_everybody(&browser);
    browser.write("#occurrence input[type=search]", "atra");
    browser
        .wait_until("document.querySelector('#occurrence select').selectedOptions[0]?.textContent.includes('Atraso')");
    browser.write("#occurrence [name=body]", "Transportadora avisou do atraso.");
    browser.click("#occurrence button.primary");
    browser.wait_for_text(".occurrence", "Transportadora avisou do atraso.");

    browser.press("p");
    browser.wait_for("#pause[open]");
    assert_for_everybody(&browser);
    let said = browser.value("#pause [name=message]");
    assert!(said.starts_with("Maria, vou verificar"), "{said}");
    // Another reason proposes another length.
    browser.choose("#pause [name=reason]", "3");
    browser.wait_for("#pause [name=quick][value='60']:checked");
    browser.click("#pause button.primary");
    browser.wait_for("#head[data-state=paused]");
    browser.wait_for_text(".message[data-author=bot]", "Maria, vou verificar");
    browser.press("p");
    browser.wait_for("#head[data-state=waiting_agent]");
    browser.assert_quiet_console();
}

#[test]
fn a_prepared_text_comes_by_its_sign_and_waits_for_what_is_open() {
    let desk = Desk::open();
    let browser = at_work(&desk);
    browser.press("r");
    browser.insert("Pedido #123 ");
    assert!(!browser.has(".canned"), "a number is no search");
    browser.rewrite("#write-chat", "#sauda");
    browser.wait_for_text(".canned [aria-selected=true]", "Olá, Maria!");
    browser.press("Tab");
    browser.wait_gone(".canned");
    assert_eq!(browser.value("#write-chat"), "Olá, Maria!");
    browser.press("Enter");
    browser.wait_for_text(".message[data-author=agent][data-id]", "Olá, Maria!");

    browser.write("#write-chat", "#prazo");
    browser.wait_for_text(".canned .wrong", "falta: {retorno}");
    browser.press("Enter");
    browser.wait_until("document.querySelector('#write-chat').value === 'Chega até {retorno}.'");
    browser.press("Enter");
    browser.wait_for_text(".banner", "Preencha {retorno}");
    assert_eq!(browser.count(".message[data-author=agent]"), 1, "nothing half filled goes out");
    browser.rewrite("#write-chat", "Chega até sexta.");
    browser.press("Enter");
    browser.wait_for_text(".message[data-author=agent][data-id]", "Chega até sexta.");
    browser.assert_quiet_console();
}

#[test]
fn reports_and_registers_are_for_everybody_and_fit_a_phone() {
    let desk = Desk::open();
    let browser = at_work(&desk);
    browser.press("o");
    browser.wait_for("#occurrence[open]");
    browser.write("#occurrence input[type=search]", "atra");
    browser.write("#occurrence [name=body]", "Para o relatório.");
    browser.click("#occurrence button.primary");
    browser.wait_for_text(".occurrence", "Para o relatório.");
    let adm = desk.browser_of("Adm", "/reports/occurrences");
    for page in [
        "/reports/occurrences",
        "/reports/pauses",
        "/reports/closings",
        "/settings/canned-replies",
        "/settings/canned-replies/new",
        "/settings/canned-replies/1",
        "/settings/tags/import",
        "/settings/dispositions",
        "/settings/tags",
        "/settings/pauses",
        "/settings/pauses/1",
    ] {
        adm.desktop(1280, 720);
        adm.goto(&desk.at(page));
        adm.wait_for("h1");
        assert_for_everybody(&adm);
        adm.phone();
        adm.assert_fits_sideways();
    }
    adm.assert_quiet_console();
}

#[test]
fn a_note_is_changed_and_taken_away_in_place_for_everybody_who_looks() {
    let desk = Desk::open();
    let id = desk.writes(desk.contact("Maria Souza"), "Meu pedido não chegou").conversation;
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    let sofia = desk.browser_of("Sofia", &format!("/conversations/{id}"));
    for browser in [&ana, &sofia] {
        browser.wait_for("html[data-live]");
    }
    ana.press("n");
    ana.wait_focus("#write-note");
    ana.insert("Ligar amanha");
    ana.press("Enter");
    sofia.wait_for_text("[data-author=note]", "Ligar amanha");
    ana.wait_for("[data-author=note] a[data-dialog]");
    ana.press("Esc");
    ana.click("[data-author=note] a[data-dialog]");
    ana.wait_for("dialog[open] [name=body]");
    assert_for_everybody(&ana);
    ana.rewrite("dialog[open] [name=body]", "Ligar amanhã às 9h");
    ana.click("dialog[open] button.primary");
    sofia.wait_for_text("[data-author=note]", "Ligar amanhã às 9h");
    sofia.wait_for_text("[data-author=note]", "editada");
    assert!(!sofia.has("[data-author=note] a[href$='/edit']"));
    sofia.click("[data-author=note] a[data-dialog]");
    sofia.wait_for_text("dialog[open]", "Ligar amanha");
    assert_for_everybody(&sofia);
    sofia.press("Esc");
    ana.wait_for_text("[data-author=note]", "editada");
    ana.click("[data-author=note] a[href$='/edit']");
    ana.wait_for("dialog[open] button.danger");
    ana.click("dialog[open] button.danger");
    for browser in [&ana, &sofia] {
        browser.wait_for_text("#thread", "Nota apagada por Ana");
        assert!(!browser.text("#thread").contains("Ligar"));
        browser.assert_quiet_console();
    }
}
