//! The pictures of the README, taken from the demo's company.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use balcao::app::App;
use balcao::demo;
use balcao::platform::time::Clock;
use balcao::team::agents::password;
use serde_json::json;

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
    open_the_richest(&browser);
    shot(&browser, "conversation");
    browser.dark();
    browser.press("n");
    browser.wait_focus("#write-note");
    shot(&browser, "dark");
    browser.press("Esc");
    browser.light();
    browser.press("Ctrl+k");
    browser.wait_shown("#palette");
    browser.insert("mar");
    browser.wait_for_text("#palette-list [role=option]", "Mar");
    shot(&browser, "palette");
    browser.goto(&desk.at("/search?q=pedido"));
    browser.wait_for("mark");
    browser.assert_quiet_console();

    let phone = Browser::open();
    phone.phone();
    // One dot a pixel, for the sake of the repository's size.
    let size = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
    phone.devtools("Emulation.setDeviceMetricsOverride", &size);
    desk.sign_in(&phone, "n2@demo.example");
    phone.goto(&desk.at("/conversations"));
    phone.wait_for(".item");
    phone.assert_fits_sideways();
    open_the_richest(&phone);
    phone.assert_fits_sideways();
    shot(&phone, "phone");
    phone.goto(&desk.at(&format!("/chat/{}", sample.chat)));
    phone.wait_shown("#start");
    phone.write("#start [name=name]", "Joana");
    phone.press("Enter");
    phone.wait_shown("#body");
    phone.write("#body", "Oi! Vocês abrem no sábado?");
    phone.press("Enter");
    phone.wait_for_text("#thread", "Vocês abrem no sábado?");
    phone.wait_until("/\\d{14}/.test(document.querySelector('#number').textContent)");
    shot(&phone, "chat");
    drop(desk);
    Arc::clone(&app).stop();
}

/// Opens the conversation with the most to see: a note, and many messages.
fn open_the_richest(browser: &Browser) {
    let script = "const done = arguments[arguments.length - 1]; \
        const links = [...document.querySelectorAll('.item a')].slice(0, 20); \
        Promise.all(links.map(async link => { \
            const text = await (await fetch(link.href)).text(); \
            const page = new DOMParser().parseFromString(text, 'text/html'); \
            const notes = page.querySelector('[data-author=note]') ? 8 : 0; \
            return page.querySelectorAll('.message').length + notes; \
        })).then(sizes => done(links[sizes.indexOf(Math.max(...sizes))].closest('.item').id))";
    let richest = browser.run_later(script);
    browser.click(&format!("#{} a", richest.as_str().expect("an item")));
    browser.wait_shown("#thread .message");
    // What is shown is read.
    browser.wait_gone(".item a[aria-current] .unread");
}
