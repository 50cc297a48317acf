//! How the page is looked at: sizes, themes, a slow processor, pictures, and what a visit costs.

use std::path::Path;

use serde_json::{Value, json};

use super::Browser;

/// One answer that the page fetched, as the Performance API tells it.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub address: String,
    /// Over the wire, head included; 0 from the cache.
    pub bytes: u64,
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

    /// Everything that the page fetched since it was opened, the page itself first.
    #[track_caller]
    pub fn transfers(&self) -> Vec<Transfer> {
        let script = "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]\
            .map(e => [e.name, e.transferSize])";
        let entries = self.run(script, &[]);
        let entries = entries.as_array().cloned().unwrap_or_default();
        let read = |entry: &Value| Transfer {
            address: entry[0].as_str().unwrap_or_default().to_owned(),
            bytes: entry[1].as_u64().unwrap_or(0),
        };
        entries.iter().map(read).collect()
    }

    /// Fails the test where the page is wider than the window: on a phone that means scrolling sideways.
    #[track_caller]
    pub fn assert_fits_sideways(&self) {
        let script = "const w = innerWidth; \
            const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1 \
                && e.checkVisibility()).slice(0, 5).map(e => e.outerHTML.slice(0, 100)); \
            return document.documentElement.scrollWidth > w + 1 ? [document.documentElement.scrollWidth, w, wide] : null";
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
