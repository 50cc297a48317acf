//! Row k: the first visit of the queue screen in a real browser, cold and warm.

use serde_json::json;

use crate::browser::Browser;
use crate::browser::look::Exchange;
use crate::data::{self, Size};
use crate::service::Service;
use crate::{Result, Wish};

/// k: bytes, requests, time to interactive and blocking time, plainly and with the processor slowed four times.
pub fn first(_: &Wish) -> Vec<Result> {
    let service = Service::start(&data::of(Size::L));
    let address = format!("http://{}/conversations?scope=1", service.address);
    let mut results = Vec::new();
    for slowed in [1, 4] {
        let browser = Browser::open();
        let cookie =
            json!({"name": "balcao", "value": data::TOKEN, "domain": "127.0.0.1", "path": "/", "httpOnly": true});
        browser.devtools("Network.enable", &json!({}));
        browser.devtools("Network.setCookie", &cookie);
        browser.slow_processor(slowed);
        for (visit, most) in [("cold", 30.0), ("warm", 8.0)] {
            browser.traffic();
            browser.goto(&address);
            browser.wait_until("document.documentElement.dataset.live === 'queue'");
            let ready = browser.readiness();
            // The event stream stays open; it is a request, and brings next to nothing.
            let traffic: Vec<Exchange> = browser.traffic().into_iter().filter(|exchange| exchange.fetched).collect();
            assert!(browser.count(".item") >= 40);
            let kib = traffic.iter().map(|exchange| exchange.bytes).sum::<u64>() as f64 / 1024.0;
            let shown = format!(
                "{kib:.1} KiB, {} requests, interactive after {:.0} ms, blocked {:.0} ms",
                traffic.len(),
                ready.interactive_ms,
                ready.blocked_ms
            );
            let met = kib <= most && traffic.len() <= 5 && ready.blocked_ms < 1.0;
            let aim = if visit == "cold" {
                "≤ 30 KiB, ≤ 5 requests, none blocked"
            } else {
                "≤ 8 KiB, ≤ 5 requests, none blocked"
            };
            let what = format!("first visit, {visit}, processor slowed × {slowed}, L");
            results.push(Result::new("k", what, shown, aim, Some(met)));
        }
    }
    service.stop();
    results
}
