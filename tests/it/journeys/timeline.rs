//! The timeline in a real browser: opened beside the record, sifted, followed to a place, live, on the phone too.

use balcao::platform::web::http::Response;

use super::desk::{Desk, assert_for_everybody};

#[test]
fn a_contact_s_line_is_opened_sifted_and_leads_to_its_places() {
    let desk = Desk::open();
    let (sofia, maria) = (desk.sofia(), desk.contact("Maria Souza"));
    let first = desk.writes(maria, "cadê meu pedido?").conversation;
    let done = |answer: Response| assert_eq!(answer.status, 303);
    let note = "falar com a transportadora ".repeat(12);
    done(sofia.post(&format!("/conversations/{first}/messages"), &[("kind", "note"), ("body", &note)]));
    let number = first.to_string();
    done(sofia.post("/tickets", &[("title", "Conferir frete"), ("to", "1"), ("conversation", &number)]));
    for turn in 0..34 {
        let body = format!("lembrete {turn}");
        done(sofia.post(&format!("/conversations/{first}/messages"), &[("kind", "note"), ("body", &body)]));
    }
    let other = desk.writes(desk.contact("João"), "oi").conversation;

    let browser = desk.browser_of("Sofia", &format!("/conversations/{first}"));
    browser.wait_for("html[data-live]");
    assert!(!browser.has("#timeline"), "no part of the first load");
    browser.click("[data-tab=timeline]");
    browser.wait_for("#timeline .entries li");
    assert_for_everybody(&browser);
    browser.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/timeline.png"));
    browser.dark();
    browser.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/timeline-dark.png"));
    browser.light();
    // More, and something new on top: what was loaded stays.
    assert_eq!(browser.count("#timeline .entries li"), 30);
    browser.click("#timeline [data-more]");
    browser.wait_for("#timeline .entries[data-grown] li[data-kind=opened]");
    assert_eq!(browser.count("#timeline .entries li"), 37);
    done(sofia.post(&format!("/conversations/{first}/messages"), &[("kind", "note"), ("body", "novidade")]));
    browser.wait_for_text("#timeline .entries li:first-child", "novidade");
    assert_eq!(browser.count("#timeline .entries li"), 38);
    // Sifted by kind, in place.
    browser.choose("#timeline-kind", "tickets");
    browser.wait_gone("#timeline [data-kind=note]");
    assert_eq!(browser.count("#timeline .entries li"), 1);
    browser.wait_focus("#timeline-kind");
    browser.choose("#timeline-kind", "conversations");
    browser.wait_for("#timeline [data-kind=opened] a");
    // To its place.
    browser.click("#timeline [data-kind=opened] a");
    browser.wait_until("/^#m\\d+$/.test(location.hash)");
    browser.wait_for("html[data-live]");
    // The tab stays chosen while one walks on.
    browser.wait_for("#timeline .entries li");
    browser.click(&format!("#c{other} a"));
    browser.wait_for(&format!("#timeline[data-conversation=\"{other}\"]"));
    assert_eq!(browser.count("#timeline .entries li"), 1);
    browser.assert_quiet_console();

    let phone = desk.browser_of("Sofia", &format!("/conversations/{first}#contact"));
    phone.phone();
    phone.wait_for("html[data-live]");
    phone.wait_shown("[data-tab=timeline]");
    phone.click("[data-tab=timeline]");
    phone.wait_for("#timeline .entries li");
    phone.assert_fits_sideways();
    phone.assert_plain_accessibility();
    phone.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/timeline-phone.png"));
    phone.click("#timeline [data-kind=note] a");
    phone.wait_until("/^#m\\d+$/.test(location.hash)");
    phone.wait_shown("#thread");
    phone.assert_quiet_console();
}
