//! The settings as an administrator uses them, in a real browser.

use super::desk::{Desk, assert_for_everybody};
use crate::browser::Browser;

const PAGES: [&str; 12] = [
    "/settings/company",
    "/settings/people",
    "/settings/people/new",
    "/settings/departments",
    "/settings/web-chats",
    "/settings/web-chats/new",
    "/settings/mail",
    "/settings/retention",
    "/settings/retention?look=1&words=1&unregulated=1",
    "/settings/audit",
    "/settings/danger",
    "/notifications",
];

#[test]
fn every_page_of_the_settings_is_for_everybody_and_fits_a_phone() {
    let desk = Desk::open();
    let browser = desk.browser_of("Adm", "/settings");
    let rooms = [
        format!("/settings/departments/{}", desk.sales),
        format!("/settings/people/{}", desk.ana().id),
        format!("/settings/web-chats/{}", desk.channel.id),
    ];
    for page in PAGES.into_iter().chain(rooms.iter().map(String::as_str)) {
        browser.goto(&desk.at(page));
        browser.wait_for("main h1");
        assert_for_everybody(&browser);
        pictured(&browser, page);
    }
    browser.assert_quiet_console();
    let phone = desk.browser_of("Adm", "/settings");
    phone.phone();
    for page in PAGES.into_iter().chain(rooms.iter().map(String::as_str)) {
        phone.goto(&desk.at(page));
        phone.wait_for("main h1");
        phone.assert_fits_sideways();
        pictured(&phone, &format!("phone{page}"));
    }
}

#[test]
fn an_administrator_invites_a_person_who_comes_in_by_the_link() {
    let desk = Desk::open();
    let browser = desk.browser_of("Adm", "/settings/people/new");
    browser.write("#name", "Caio Prado");
    browser.write("#email", "caio@loja.example");
    browser.press("Enter");
    browser.wait_for("#departments-wrong");
    assert_eq!(browser.value("#name"), "Caio Prado", "what was typed stays");
    assert_for_everybody(&browser);
    browser.click("input[name=departments]");
    browser.click("main form button.primary");
    browser.wait_for("[data-copy-text]");
    browser.wait_shown("[data-copied]");
    let link = browser.text("[data-copy-text]");
    let guest = Browser::open();
    guest.goto(&link);
    guest.write("#password", "uma senha comprida");
    guest.write("#repeated", "uma senha comprida");
    assert_for_everybody(&guest);
    guest.press("Enter");
    guest.wait_for(".nav .me");
    assert_eq!(guest.attribute(".nav .me", "title").as_deref(), Some("Caio Prado"));
    guest.goto(&link);
    guest.wait_for_text("h2", "não vale mais");
    assert_for_everybody(&guest);
}

#[test]
fn the_preview_of_a_web_chat_is_the_chat() {
    let desk = Desk::open();
    let browser = desk.browser_of("Adm", &format!("/settings/web-chats/{}", desk.channel.id));
    browser.run("document.querySelector('iframe.preview').scrollIntoView()", &[]);
    browser.enter_frame("iframe.preview");
    browser.wait_for("main, form, #thread");
    browser.leave_frames();
    browser.assert_quiet_console();
}

#[test]
fn an_administrator_sets_hours_and_a_text_and_finds_them_kept() {
    let desk = Desk::open();
    let address = format!("/settings/departments/{}/greeting", desk.sales);
    let browser = desk.browser_of("Adm", &address);
    browser.write("#monday", "08:00-12:00 13:30-18:00");
    browser.write("#welcome", "Olá {nada}");
    browser.click("main form button.primary");
    browser.wait_for("#welcome-wrong");
    assert_eq!(browser.value("#monday"), "08:00-12:00 13:30-18:00", "what was typed stays");
    assert_for_everybody(&browser);
    browser.rewrite("#welcome", "Olá! Seu protocolo é {protocolo}.");
    browser.click("main form button.primary");
    browser.wait_for("[role=status]");
    browser.goto(&desk.at(&address));
    browser.wait_for("#welcome");
    assert_eq!(browser.value("#monday"), "08:00-12:00 13:30-18:00");
    assert_eq!(browser.value("#welcome"), "Olá! Seu protocolo é {protocolo}.");
    assert_eq!(browser.value("#tuesday"), "", "closed");
    assert_for_everybody(&browser);
    pictured(&browser, "reception");
    let phone = desk.browser_of("Adm", &address);
    phone.phone();
    phone.goto(&desk.at(&address));
    phone.wait_for("main h1");
    phone.assert_fits_sideways();
    phone.assert_quiet_console();
    pictured(&phone, "phone-reception");
}

/// Kept only where somebody wants to look.
fn pictured(browser: &Browser, page: &str) {
    if let Some(folder) = std::env::var_os("BALCAO_SETTINGS_PICTURES") {
        let name = page.trim_start_matches('/').replace('/', "-");
        browser.picture(std::path::PathBuf::from(folder).join(format!("{name}.png")));
    }
}
