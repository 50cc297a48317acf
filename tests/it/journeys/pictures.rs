//! The pictures of the README, taken from the demo's company.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use balcao::agents::password;
use balcao::app::App;
use balcao::demo;
use balcao::time::Clock;

use super::desk::Served;
use crate::browser::Browser;

/// Where the pictures go: `tests/pictures` sets it, a plain run of the tests throws them away.
fn folder() -> PathBuf {
    env::var_os("BALCAO_PICTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures"), PathBuf::from)
}

#[test]
fn the_readme_shows_the_demo_as_it_is() {
    let data = tempfile::tempdir().unwrap();
    let app = App::open(data.path(), Clock::System).unwrap();
    let hash = password::hash(demo::PASSWORD).unwrap();
    let now = app.clock.now();
    let sample = app.change(move |conn| demo::sql::fill(conn, &hash, now)).unwrap();
    let desk = Served::new(&app, data.path());
    let browser = Browser::open();
    let shot = |browser: &Browser, name: &str| browser.picture(folder().join(format!("{name}.png")));

    browser.goto(&desk.at("/sign-in"));
    browser.write("#email", "n2@demo.example");
    browser.write("#password", demo::PASSWORD);
    browser.press("Enter");
    browser.wait_for("html[data-live]");
    browser.wait_for(".item");
    shot(&browser, "queue");
    browser.click(".state[data-state=waiting_contact] .item a");
    browser.wait_shown("#thread .message");
    shot(&browser, "conversation");
    browser.dark();
    browser.press("n");
    browser.wait_focus("#write-note");
    shot(&browser, "note-dark");
    browser.press("Esc");
    browser.light();
    browser.press("Ctrl+k");
    browser.wait_shown("#palette");
    browser.insert("mar");
    browser.wait_for("#palette-list [role=option]");
    shot(&browser, "palette");
    browser.goto(&desk.at("/search?q=pedido"));
    browser.wait_for("mark");
    shot(&browser, "search");
    browser.assert_quiet_console();

    let phone = Browser::open();
    phone.phone();
    desk.sign_in(&phone, "n2@demo.example");
    phone.goto(&desk.at("/conversations"));
    phone.wait_for(".item");
    phone.assert_fits_sideways();
    shot(&phone, "phone-queue");
    phone.click(".item a");
    phone.wait_shown("#thread .message");
    phone.assert_fits_sideways();
    shot(&phone, "phone-conversation");
    phone.goto(&desk.at(&format!("/chat/{}", sample.chat)));
    phone.wait_for("#thread");
    shot(&phone, "chat");
    drop(desk);
    Arc::clone(&app).stop();
}
