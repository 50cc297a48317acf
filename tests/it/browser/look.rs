//! How the page is looked at: sizes, themes, a slow processor, pictures, and what a visit costs.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Browser;

/// One request that the browser made.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    pub address: String,
    /// Over the wire, head included; 0 from the cache.
    pub bytes: u64,
    /// Whether it went over the wire at all.
    pub fetched: bool,
}

/// What it took until a page could be used.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    /// From the click to a page that is parsed and whose scripts have run.
    pub interactive_ms: f64,
    /// How long the page could not react: what each task took beyond 50 ms.
    pub blocked_ms: f64,
}

impl Browser {
    /// A window whose page is exactly this large.
    #[track_caller]
    pub fn desktop(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": false}));
    }

    /// A phone held upright.
    #[track_caller]
    pub fn phone(&self) {
        let size = json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": true, "maxTouchPoints": 1}));
    }

    /// The system's dark theme.
    #[track_caller]
    pub fn dark(&self) {
        self.prefer("prefers-color-scheme", "dark");
    }

    /// The system's light theme.
    #[track_caller]
    pub fn light(&self) {
        self.prefer("prefers-color-scheme", "light");
    }

    #[track_caller]
    fn prefer(&self, feature: &str, value: &str) {
        self.devtools("Emulation.setEmulatedMedia", &json!({"features": [{"name": feature, "value": value}]}));
    }

    /// A processor that many times slower.
    #[track_caller]
    pub fn slow_processor(&self, times: u32) {
        self.devtools("Emulation.setCPUThrottlingRate", &json!({"rate": times}));
    }

    /// A network that is there, or not.
    #[track_caller]
    pub fn network(&self, online: Online) {
        self.devtools("Network.enable", &json!({}));
        let rate =
            json!({"offline": online == Online::No, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.devtools("Network.emulateNetworkConditions", &rate);
    }

    /// Writes what the window shows as a PNG.
    #[track_caller]
    pub fn picture(&self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        let answer = self.devtools("Page.captureScreenshot", &json!({"format": "png", "optimizeForSpeed": false}));
        let coded = answer["data"].as_str().expect("a picture is base64");
        let png = data_encoding::BASE64.decode(coded.as_bytes()).expect("a picture is base64");
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, png).unwrap();
    }

    /// Every request since the last call, over HTTP, in the order in which they began.
    #[track_caller]
    pub fn traffic(&self) -> Vec<Exchange> {
        let entries = self.must("/se/log", &json!({"type": "performance"}));
        let mut order: Vec<String> = Vec::new();
        let mut found: HashMap<String, Exchange> = HashMap::new();
        for entry in entries.as_array().into_iter().flatten() {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("{}")).unwrap_or_default();
            let (method, told) = (message["message"]["method"].as_str(), &message["message"]["params"]);
            let id = told["requestId"].as_str().unwrap_or_default().to_owned();
            match method.unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    let address = told["request"]["url"].as_str().unwrap_or_default();
                    if address.starts_with("http") {
                        order.push(id.clone());
                        found.insert(id, Exchange { address: address.to_owned(), bytes: 0, fetched: true });
                    }
                }
                "Network.requestServedFromCache" => {
                    if let Some(exchange) = found.get_mut(&id) {
                        exchange.fetched = false;
                    }
                }
                "Network.loadingFinished" => {
                    let bytes = told["encodedDataLength"].as_f64().unwrap_or(0.0);
                    if let Some(exchange) = found.get_mut(&id) {
                        exchange.bytes = bytes as u64;
                    }
                }
                _ => {}
            }
        }
        order.iter().filter_map(|id| found.remove(id)).collect()
    }

    /// How soon the page that is open could be used.
    #[track_caller]
    pub fn readiness(&self) -> Readiness {
        let script = "const done = arguments[arguments.length - 1]; let blocked = 0; \
            new PerformanceObserver(list => list.getEntries().forEach(e => blocked += Math.max(0, e.duration - 50)))\
                .observe({type: 'longtask', buffered: true}); \
            const page = performance.getEntriesByType('navigation')[0]; \
            setTimeout(() => done([page.domContentLoadedEventEnd, blocked]), 50)";
        let answer = self.run_later(script);
        let number = |place: usize| answer[place].as_f64().expect("the page tells its times");
        Readiness { interactive_ms: number(0), blocked_ms: number(1) }
    }

    /// Fails the test where the page is wider than the window: on a phone that means scrolling sideways.
    #[track_caller]
    pub fn assert_fits_sideways(&self) {
        // What is fixed follows the width that others have made.
        let script = "const w = document.documentElement.clientWidth; \
            const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1 \
                && e.checkVisibility() && !e.closest('svg') && getComputedStyle(e).position !== 'fixed') \
                .map(e => [e.getBoundingClientRect().right, e.outerHTML.slice(0, 100)]); \
            return document.documentElement.scrollWidth > w + 1 ? [document.documentElement.scrollWidth, w, ...wide.slice(0, 12)] : null";
        let found = self.run(script, &[]);
        assert!(found.is_null(), "{} is wider than its window: {found}", self.address());
    }
}

/// Whether the browser has a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Online {
    Yes,
    No,
}
