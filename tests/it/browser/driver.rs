//! One chromedriver process with one browser, and the wire between them and the test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const SWITCHES: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    // The browser ends when this pipe closes, so that it cannot outlive a driver that was killed.
    "--remote-debugging-pipe",
];

/// Runs the driver until the other end of the shell's input closes, which happens even if the tests are killed.
const LEASH: &str = "\"$1\" --port=0 & cat >/dev/null; kill -9 $!";

/// Why the browser did not do what it was told, e.g. `no such element`.
#[derive(Debug)]
pub struct Refusal {
    pub kind: String,
    pub message: String,
}

/// The running pair; both end with it, also when the test panics.
pub struct Driver {
    process: Child,
    // Kept open: a driver that writes into a closed pipe dies.
    _output: BufReader<ChildStdout>,
    agent: ureq::Agent,
    base: String,
    session: String,
    browser: Option<i32>,
    _profile: TempDir,
}

impl Driver {
    /// Starts both with a fresh profile; `languages` is what the browser asks servers for, e.g. `pt-BR,pt`.
    pub fn start(languages: &str) -> Self {
        let browser = program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]);
        let driver = program("CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"]);
        // Not under /tmp: a browser packed as a snap sees another /tmp than the test does.
        let profile = tempfile::Builder::new().prefix("profile-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut process = Command::new("sh")
            .args(["-c", LEASH, "sh"])
            .arg(driver)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let port = announced_port(&mut output);
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .proxy(None)
            .build();
        let mut started = Self {
            process,
            _output: output,
            agent: config.into(),
            base: format!("http://127.0.0.1:{port}"),
            session: String::new(),
            browser: None,
            _profile: profile,
        };
        started.begin(&browser, languages);
        started
    }

    fn begin(&mut self, browser: &Path, languages: &str) {
        let mut switches: Vec<String> = SWITCHES.iter().map(|&switch| switch.to_owned()).collect();
        switches.push(format!("--user-data-dir={}", self._profile.path().display()));
        switches.push(format!("--accept-lang={languages}"));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "unhandledPromptBehavior": "ignore",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {
                "binary": browser, "args": switches, "prefs": {"intl.accept_languages": languages},
            },
        }}});
        let answer = self.call("POST", "/session", &wanted).expect("the browser starts; run tests/run if it cannot");
        self.session = format!("/session/{}", answer["sessionId"].as_str().expect("a session has an id"));
        self.browser = answer["capabilities"]["goog:processID"].as_i64().and_then(|pid| i32::try_from(pid).ok());
    }

    /// POSTs a command of the session.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.call("POST", &format!("{}{path}", self.session), body)
    }

    /// GETs something of the session.
    pub fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.call("GET", &format!("{}{path}", self.session), &Value::Null)
    }

    /// The browser's process, for the test that looks for leftovers.
    pub fn browser_process(&self) -> Option<i32> {
        self.browser
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
        let address = format!("{}{path}", self.base);
        let answer = match method {
            "POST" => self.agent.post(&address).send_json(body),
            "DELETE" => self.agent.delete(&address).call(),
            _ => self.agent.get(&address).call(),
        };
        let lost = |cause: ureq::Error| Refusal { kind: "no answer".to_owned(), message: cause.to_string() };
        let mut answer = answer.map_err(lost)?;
        // A screenshot of a long page is larger than the client's own limit.
        let read: Value = answer.body_mut().with_config().limit(200 << 20).read_json().map_err(lost)?;
        let value = read["value"].clone();
        if answer.status().is_success() {
            return Ok(value);
        }
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Err(Refusal { kind: text("error"), message: text("message") })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _already_gone = self.call("DELETE", &self.session.clone(), &Value::Null);
        }
        drop(self.process.stdin.take());
        let _reaped = self.process.wait();
        if let Some(browser) = self.browser {
            end(browser);
        }
    }
}

/// Waits for the browser to be gone, and kills it where it does not go: the profile is deleted next.
fn end(browser: i32) {
    let deadline = Instant::now() + Duration::from_secs(3);
    while alive(browser) && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    if alive(browser) {
        let _gone_meanwhile = Command::new("kill").args(["-9", &browser.to_string()]).status();
    }
}

/// Whether a process runs; one that is dead and waits for its parent does not.
pub fn alive(process: i32) -> bool {
    let state = fs::read_to_string(format!("/proc/{process}/stat"));
    state.is_ok_and(|stat| !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'))
}

/// Finds a program: named by the environment, else in the search path.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(named) = std::env::var_os(variable) {
        return named.into();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&folders).map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
        .unwrap_or_else(|| {
            panic!("The browser tests need {}, which is not installed here. Run tests/run: it installs it.", names[0])
        })
}

fn announced_port(output: &mut impl BufRead) -> u16 {
    let mut said = String::new();
    loop {
        let mut line = String::new();
        let read = output.read_line(&mut line).expect("chromedriver's output is readable");
        assert!(read > 0, "chromedriver ended before it listened. It said: {said}");
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim().trim_end_matches('.').parse().expect("chromedriver names its port");
        }
        said.push_str(&line);
    }
}
