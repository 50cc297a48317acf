//! Row k: the first visit of the queue screen in a real browser, cold and warm.

use serde_json::json;

use crate::bench::{Bench, Subject, label};
use crate::browser::Browser;
use crate::browser::look::Exchange;
use crate::data::{self, Size};
use crate::figures::{Figure, Reading};
use crate::service::Service;

/// k: bytes, requests, time to interactive and blocking time, plainly and with the processor slowed four times.
pub fn first(bench: &mut Bench) {
    let mut services = Subject::new(|build| Service::start(build, &build.data(Size::L)));
    for slowed in [1, 4] {
        let labels =
            [("cold", "≤ 30 KiB, ≤ 5 requests, none blocked"), ("warm", "≤ 8 KiB, ≤ 5 requests, none blocked")]
                .map(|(visit, aim)| label("k", format!("first visit, {visit}, processor slowed × {slowed}, L"), aim));
        bench.lines(labels, &mut services, |service| {
            let browser = Browser::open();
            let cookie =
                json!({"name": "balcao", "value": data::TOKEN, "domain": "127.0.0.1", "path": "/", "httpOnly": true});
            browser.devtools("Network.enable", &json!({}));
            browser.devtools("Network.setCookie", &cookie);
            browser.slow_processor(slowed);
            let address = format!("http://{}/conversations?scope=1", service.address);
            [30.0, 8.0].map(|most| visit(&browser, &address, most))
        });
    }
}

fn visit(browser: &Browser, address: &str, most: f64) -> Reading {
    browser.traffic();
    browser.goto(address);
    browser.wait_until("document.documentElement.dataset.live === 'queue'");
    let ready = browser.readiness();
    // The event stream stays open; it is a request, and brings next to nothing.
    let traffic: Vec<Exchange> = browser.traffic().into_iter().filter(|exchange| exchange.fetched).collect();
    assert!(browser.count(".item") >= 40, "less than 40 cards are there");
    let kib = traffic.iter().map(|exchange| exchange.bytes).sum::<u64>() as f64 / 1024.0;
    let shown = format!(
        "{kib:.1} KiB, {} requests, interactive after {:.0} ms, blocked {:.0} ms",
        traffic.len(),
        ready.interactive_ms,
        ready.blocked_ms
    );
    let figures = vec![
        Figure::less("size", kib, "KiB"),
        Figure::less("requests", traffic.len() as f64, ""),
        Figure::less("interactive", ready.interactive_ms, "ms"),
        // The browser tells whole milliseconds of tasks beyond 50 of them.
        Figure::less("blocked", ready.blocked_ms, "ms").floor(5.0),
    ];
    let met = kib <= most && traffic.len() <= 5 && ready.blocked_ms < 1.0;
    Reading { shown, met: Some(met), figures }
}
