//! A real browser, driven over WebDriver: what a person sees and does.

pub mod accessibility;
mod driver;
#[cfg(test)]
mod harness;
mod keys;
pub mod look;
pub mod relay;
pub mod site;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use driver::{Driver, Refusal};

/// How long a test waits for what has to come; a pass is never slower for it.
const PATIENCE: Duration = Duration::from_secs(15);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One browser with one page. Every method fails the test in words if the page does not follow.
pub struct Browser {
    driver: Driver,
}

impl Browser {
    /// A Portuguese visitor's browser at 1280 × 720.
    pub fn open() -> Self {
        Self::speaking("pt-BR,pt")
    }

    /// A browser that asks for these languages.
    pub fn speaking(languages: &str) -> Self {
        let browser = Self { driver: Driver::start(languages) };
        browser.desktop(1280, 720);
        browser
    }

    /// Goes to an address and waits for the page to load.
    #[track_caller]
    pub fn goto(&self, address: &str) {
        self.must("/url", &json!({"url": address}));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.must("/refresh", &json!({}));
    }

    /// Goes one page back.
    #[track_caller]
    pub fn back(&self) {
        self.must("/back", &json!({}));
    }

    /// The address of the page.
    #[track_caller]
    pub fn address(&self) -> String {
        let address = self.driver.get("/url").unwrap_or_else(|refusal| self.fail("tell its address", &refusal));
        address.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a function body in the page (or frame) with `arguments` and gives what it returns.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.must("/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Runs a function body that answers through its last argument, a callback.
    #[track_caller]
    pub fn run_later(&self, script: &str) -> Value {
        self.must("/execute/async", &json!({"script": script, "args": []}))
    }

    /// The value of one JavaScript expression.
    #[track_caller]
    pub fn ask(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});"), &[])
    }

    /// Whether an element is there now.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// How many elements are there now.
    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        self.run("return document.querySelectorAll(arguments[0]).length", &[json!(css)]).as_u64().unwrap_or(0)
    }

    /// The text of the first such element as it is shown; waits for the element.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        let text = self.run("return document.querySelector(arguments[0])?.innerText", &[json!(css)]);
        text.as_str().unwrap_or_default().trim().to_owned()
    }

    /// An attribute of the first such element, where it has it.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.wait_for(css);
        let script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1])";
        self.run(script, &[json!(css), json!(name)]).as_str().map(str::to_owned)
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        self.wait_for(css);
        let value = self.run("return document.querySelector(arguments[0])?.value", &[json!(css)]);
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Waits for an element to be in the page.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        let script = "return document.querySelector(arguments[0]) !== null";
        self.poll(&format!("{css} to appear"), PATIENCE, script, &[json!(css)]);
    }

    /// Waits for no such element to be in the page.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        let script = "return document.querySelector(arguments[0]) === null";
        self.poll(&format!("{css} to go away"), PATIENCE, script, &[json!(css)]);
    }

    /// Waits for an element to be seen: it has a box and is not hidden.
    #[track_caller]
    pub fn wait_shown(&self, css: &str) {
        let script = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility({visibilityProperty: true}))";
        self.poll(&format!("{css} to be shown"), PATIENCE, script, &[json!(css)]);
    }

    /// Waits for no such element to be seen.
    #[track_caller]
    pub fn wait_hidden(&self, css: &str) {
        let script = "return ![...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility({visibilityProperty: true}))";
        self.poll(&format!("{css} to be hidden"), PATIENCE, script, &[json!(css)]);
    }

    /// Waits for a text to be shown in any element of that kind.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, text: &str) {
        self.wait_for_text_within(css, text, PATIENCE);
    }

    /// The same with a limit that is part of what is tested; gives how long it took.
    #[track_caller]
    pub fn wait_for_text_within(&self, css: &str, text: &str, limit: Duration) -> Duration {
        let script =
            "return [...document.querySelectorAll(arguments[0])].some(e => e.innerText.includes(arguments[1]))";
        self.poll(&format!("“{text}” in {css}"), limit, script, &[json!(css), json!(text)])
    }

    /// Waits for a JavaScript expression to become true.
    #[track_caller]
    pub fn wait_until(&self, expression: &str) {
        self.poll(expression, PATIENCE, &format!("return Boolean({expression})"), &[]);
    }

    /// Clicks the first such element as a person would: it must be seen and uncovered. Live pages replace their
    /// parts, so a click that met a part just replaced is tried again.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.on_element(css, "click", |id| self.driver.post(&format!("/element/{id}/click"), &json!({})));
    }

    /// Types into a field, key by key, after what stands there.
    #[track_caller]
    pub fn write(&self, css: &str, text: &str) {
        self.on_element(css, "write into", |id| {
            self.driver.post(&format!("/element/{id}/value"), &json!({"text": text}))
        });
    }

    /// Empties a field and types into it.
    #[track_caller]
    pub fn rewrite(&self, css: &str, text: &str) {
        self.on_element(css, "empty", |id| self.driver.post(&format!("/element/{id}/clear"), &json!({})));
        self.write(css, text);
    }

    /// Puts text at the caret in one go, as an input method or a paste does; the only way for emoji.
    #[track_caller]
    pub fn insert(&self, text: &str) {
        self.devtools("Input.insertText", &json!({"text": text}));
    }

    /// Chooses an option of a select by its value.
    #[track_caller]
    pub fn choose(&self, css: &str, value: &str) {
        self.click(&format!("{css} option[value=\"{value}\"]"));
    }

    /// Presses a key or a combination where the focus is: `Enter`, `Ctrl+k`, `j`.
    #[track_caller]
    pub fn press(&self, combination: &str) {
        self.must("/actions", &keys::actions(combination));
    }

    /// What has the focus, as `tag#id.class[name]` for messages and comparisons.
    #[track_caller]
    pub fn focused(&self) -> String {
        let script = "const e = document.activeElement; if (!e) return ''; \
            return e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.name ? '[name=' + e.name + ']' : '')";
        self.run(script, &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Waits for the focus to be on (or in) an element of that kind.
    #[track_caller]
    pub fn wait_focus(&self, css: &str) {
        let script = "return document.activeElement?.closest(arguments[0]) != null";
        self.poll(&format!("the focus on {css}"), PATIENCE, script, &[json!(css)]);
    }

    /// Goes into a frame; what follows is about that frame.
    #[track_caller]
    pub fn enter_frame(&self, css: &str) {
        self.wait_for(css);
        let script = "return document.querySelector(arguments[0])";
        let frame = self.run(script, &[json!(css)]);
        self.must("/frame", &json!({"id": frame}));
    }

    /// Goes back to the page around all frames.
    #[track_caller]
    pub fn leave_frames(&self) {
        self.must("/frame", &json!({"id": null}));
    }

    /// Sends a command of the DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.must("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Errors in the console since the last call: scripts, refused by the security policy, or not found.
    #[track_caller]
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.must("/se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Fails the test where the console holds an error.
    #[track_caller]
    pub fn assert_quiet_console(&self) {
        let errors = self.console_errors();
        assert!(errors.is_empty(), "the console of {} shows errors:\n{}", self.address(), errors.join("\n"));
    }

    /// Waits for an error in the console that has to come.
    #[track_caller]
    pub fn wait_for_console(&self, part: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.console_errors().iter().any(|error| error.contains(part)) {
            assert!(Instant::now() < deadline, "no error with “{part}” in the console\n{}", self.describe());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The browser's process.
    pub fn process(&self) -> Option<i32> {
        self.driver.browser_process()
    }

    #[track_caller]
    fn on_element(&self, css: &str, action: &str, act: impl Fn(&str) -> Result<Value, Refusal>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let refusal = match self.driver.post("/element", &json!({"using": "css selector", "value": css})) {
                Ok(found) => match act(found[ELEMENT].as_str().unwrap_or_default()) {
                    Ok(_) => return,
                    Err(refusal) => refusal,
                },
                Err(refusal) => refusal,
            };
            let passing = ["no such element", "stale element reference", "element not interactable"];
            let covered = refusal.kind == "element click intercepted" || refusal.kind == "invalid element state";
            if Instant::now() > deadline || !(covered || passing.contains(&refusal.kind.as_str())) {
                self.fail(&format!("{action} {css}"), &refusal);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    fn poll(&self, what: &str, limit: Duration, script: &str, arguments: &[Value]) -> Duration {
        let began = Instant::now();
        let command = json!({"script": script, "args": arguments});
        loop {
            let answer = self.driver.post("/execute/sync", &command);
            let took = began.elapsed();
            match answer {
                Ok(Value::Bool(true)) => return took,
                // A page that is being replaced has no answer yet.
                Ok(_) => {}
                Err(refusal) if refusal.kind == "javascript error" && took > Duration::from_secs(1) => {
                    self.fail(&format!("look for {what}"), &refusal)
                }
                Err(_) => {}
            }
            if took > limit {
                panic!("waited {took:?} in vain for {what}\n{}", self.describe());
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    #[track_caller]
    fn must(&self, path: &str, body: &Value) -> Value {
        self.driver.post(path, body).unwrap_or_else(|refusal| self.fail(&format!("do {path}"), &refusal))
    }

    #[track_caller]
    fn fail(&self, what: &str, refusal: &Refusal) -> ! {
        panic!("the browser did not {what}: {}: {}\n{}", refusal.kind, refusal.message, self.describe())
    }

    /// What a person would see, for the message of a failed test.
    fn describe(&self) -> String {
        let script = "return location.href + '\\nfocus: ' + (document.activeElement?.outerHTML ?? '').slice(0, 200) \
            + '\\n' + (document.body?.innerText ?? '').slice(0, 2500)";
        let shown = self.driver.post("/execute/sync", &json!({"script": script, "args": []}));
        let log = self.driver.post("/se/log", &json!({"type": "browser"}));
        let log = log.map(|entries| entries.as_array().cloned().unwrap_or_default()).unwrap_or_default();
        let log: Vec<&str> = log.iter().filter_map(|entry| entry["message"].as_str()).collect();
        let shown = shown.map(|text| text.as_str().unwrap_or_default().to_owned()).unwrap_or_default();
        format!("--- the page shows ---\n{shown}\n--- its console ---\n{}\n", log.join("\n"))
    }
}
