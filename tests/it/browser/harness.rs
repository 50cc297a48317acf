//! The browser tests' own tool, tried against a tiny page: it must see what is wrong, and leave nothing behind.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde_json::json;

use super::driver::alive;
use super::relay::Relay;
use super::site::Site;
use super::{Browser, PATIENCE};

const GOOD: &str = r#"<!doctype html><html lang="pt-BR"><meta name="viewport" content="width=device-width"><title>Loja</title>
<style>:root{color-scheme:light dark} body{background:#fff;color:#222} @media(prefers-color-scheme:dark){body{background:#000;color:#eee}}</style>
<main><h1>Loja</h1><label>Nome <input id="name"></label><button id="go">Enviar</button><p id="said"></p>
<iframe id="inner" src="/inner" title="Dentro"></iframe></main>
<script>
document.querySelector('#go').onclick = () => setTimeout(() => { said.textContent = 'Olá, ' + document.querySelector('#name').value }, 50);
addEventListener('keydown', e => { if (e.ctrlKey && e.key === 'k') { e.preventDefault(); said.textContent = 'paleta' } });
</script></html>"#;
const INNER: &str = "<!doctype html><html lang=pt><title>Dentro</title><main><p id=deep>no fundo</p></main></html>";
const BAD: &str = r#"<!doctype html><html><main><p style="color:#999;background:#fff">claro</p><input><button></button>
<p id="twice">a</p><p id="twice">b</p><img src="/missing.png"></main><div style="width:3000px">largo</div>
<script>undefinedFunction()</script></html>"#;

fn shop() -> Site {
    Site::of(&[("/", GOOD), ("/inner", INNER), ("/bad", BAD)])
}

#[test]
fn a_browser_writes_clicks_presses_keys_and_looks_into_frames() {
    let site = shop();
    let browser = Browser::open();
    browser.goto(&site.at("/"));
    browser.write("#name", "Maria");
    browser.click("#go");
    browser.wait_for_text_within("#said", "Olá, Maria", Duration::from_secs(2));
    browser.press("Ctrl+k");
    browser.wait_for_text("#said", "paleta");
    browser.rewrite("#name", "");
    browser.insert("👍 ok");
    assert_eq!(browser.value("#name"), "👍 ok");
    browser.enter_frame("#inner");
    assert_eq!(browser.text("#deep"), "no fundo");
    browser.leave_frames();
    assert_eq!(browser.ask("navigator.language"), "pt-BR");
    browser.assert_quiet_console();
}

#[test]
fn two_browsers_work_at_the_same_time_and_share_nothing() {
    let site = shop();
    let (ana, maria) = (Browser::open(), Browser::speaking("en"));
    ana.goto(&site.at("/"));
    maria.goto(&site.at("/"));
    ana.run("localStorage.setItem('who', 'ana')", &[]);
    assert!(maria.ask("localStorage.getItem('who')").is_null());
    assert_eq!(maria.ask("navigator.language"), "en");
    ana.write("#name", "Ana");
    assert_eq!(maria.value("#name"), "");
}

#[test]
fn themes_sizes_and_pictures_are_what_was_asked_for() {
    let site = shop();
    let browser = Browser::open();
    browser.goto(&site.at("/"));
    assert_eq!(browser.ask("[innerWidth, innerHeight]"), json!([1280, 720]));
    let ground = "getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.ask(ground), "rgb(255, 255, 255)");
    browser.dark();
    assert_eq!(browser.ask(ground), "rgb(0, 0, 0)");
    browser.phone();
    assert_eq!(browser.ask("innerWidth"), 390);
    browser.assert_fits_sideways();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loja.png");
    browser.picture(&path);
    let png = std::fs::read(path).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert_eq!(&png[16..20], (390u32 * 2).to_be_bytes());
    let fetched = browser.traffic();
    let addresses: Vec<&str> = fetched.iter().map(|exchange| exchange.address.as_str()).collect();
    assert_eq!(&addresses[..2], [site.at("/"), site.at("/inner")]);
    let over = fetched[0].bytes - GOOD.len() as u64;
    assert!((50..300).contains(&over), "the page and its head make {fetched:?}");
    assert!(browser.traffic().is_empty());
    browser.slow_processor(4);
    browser.reload();
    browser.wait_for("#go");
    let ready = browser.readiness();
    assert!(ready.interactive_ms > 0.0 && ready.blocked_ms < 1000.0, "{ready:?}");
}

#[test]
fn a_page_with_faults_is_told_from_one_without() {
    let site = shop();
    let browser = Browser::open();
    browser.goto(&site.at("/"));
    browser.assert_plain_accessibility();
    browser.assert_no_axe_violations();
    browser.goto(&site.at("/bad"));
    let faults = browser.accessibility_faults().join("\n");
    for part in ["language", "title", "contrast", "field without label", "nameless", "twice", "without alt"] {
        assert!(faults.contains(part), "{part} is missing in:\n{faults}");
    }
    let found = browser.axe_violations().join("\n");
    for part in ["color-contrast", "button-name", "image-alt", "html-has-lang"] {
        assert!(found.contains(part), "{part} is missing in:\n{found}");
    }
    let errors = browser.console_errors().join("\n");
    assert!(errors.contains("undefinedFunction") && errors.contains("404"), "{errors}");
    assert!(catch_unwind(AssertUnwindSafe(|| browser.assert_fits_sideways())).is_err());
}

#[test]
fn nothing_is_left_running_after_a_test_that_panicked() {
    let mut process = None;
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let browser = Browser::open();
        process = browser.process();
        panic!("as a failed test would");
    }));
    assert!(panicked.is_err());
    let process = process.expect("the browser's process is known");
    assert!(!alive(process), "the browser {process} outlived its test");
}

#[test]
fn what_passes_through_a_relay_can_be_read_byte_for_byte() {
    let site = shop();
    let relay = Relay::to(site.origin().trim_start_matches("http://").parse().unwrap());
    let browser = Browser::open();
    browser.goto(&relay.origin());
    browser.wait_for("#go");
    assert_eq!(relay.count("<h1>Loja</h1>"), 1);
    assert_eq!(relay.count("<h1>Padaria</h1>"), 0);
    browser.reload();
    assert_eq!(relay.count("<h1>Loja</h1>"), 2);
}

#[test]
fn waiting_ends_with_what_the_page_showed_instead() {
    let site = shop();
    let browser = Browser::open();
    browser.goto(&site.at("/"));
    let limit = Duration::from_millis(100);
    assert!(limit < PATIENCE);
    let panic = catch_unwind(AssertUnwindSafe(|| browser.wait_for_text_within("#said", "nunca", limit))).unwrap_err();
    let said = panic.downcast_ref::<String>().expect("a panic in words");
    assert!(said.contains("“nunca” in #said") && said.contains("Enviar"), "{said}");
}
