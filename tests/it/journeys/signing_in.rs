//! Signing in, and one's own page.

use super::desk::{Desk, PASSWORD, assert_for_everybody};
use crate::browser::Browser;

#[test]
fn a_person_signs_in_changes_the_theme_and_signs_out() {
    let desk = Desk::open();
    desk.set_password("Ana");
    let browser = Browser::open();
    browser.goto(&desk.at("/profile"));
    browser.write("#email", "ana@loja.example");
    browser.write("#password", "errada, mas longa");
    browser.press("Enter");
    browser.wait_for_text("[role=alert]", "E-mail ou senha errados.");
    assert_eq!(browser.value("#email"), "ana@loja.example");
    assert_for_everybody(&browser);
    // A wrong password answers 401 or 422, which browsers note.
    let _noted = browser.console_errors();
    browser.write("#password", PASSWORD);
    browser.press("Enter");
    browser.wait_for_text("h1", "Meu perfil");
    assert!(browser.address().ends_with("/profile"), "{}", browser.address());
    assert_for_everybody(&browser);

    browser.choose("#theme", "dark");
    browser.click("form[action='/profile'] button.primary");
    browser.wait_for_text("[role=status]", "Salvo.");
    browser.wait_for("html[data-theme=dark]");
    let ground = browser.ask("getComputedStyle(document.body).backgroundColor");
    assert_eq!(ground, "rgb(19, 18, 23)");

    browser.phone();
    browser.assert_fits_sideways();
    browser.desktop(1280, 720);
    browser.click("form[action='/sign-out'] button:not([name])");
    browser.wait_for("#password");
    browser.goto(&desk.at("/profile"));
    browser.wait_for("#password");
    browser.assert_quiet_console();
}

#[test]
fn who_asks_for_english_signs_in_in_english() {
    let desk = Desk::open();
    let browser = Browser::speaking("en-GB,en");
    browser.goto(&desk.at("/sign-in"));
    browser.wait_for_text("button", "Sign in");
    assert_eq!(browser.attribute("html", "lang").as_deref(), Some("en"));
    browser.assert_quiet_console();
}

#[test]
fn the_pages_outside_the_console_are_for_everybody() {
    let desk = Desk::open();
    let browser = Browser::open();
    for page in ["/sign-in", "/password-reset", "/chat/site"] {
        browser.goto(&desk.at(page));
        assert_for_everybody(&browser);
        browser.phone();
        browser.reload();
        browser.assert_plain_accessibility();
        browser.assert_fits_sideways();
        browser.desktop(1280, 720);
        browser.assert_quiet_console();
    }
}
