//! The program itself, as a process: its commands, its bad days, and what it never loses.

mod acme;
mod bad_days;
mod crash;
mod exports;
mod timers;

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use balcao::app::App;
use balcao::platform::text::Language;
use balcao::platform::time;
use balcao::platform::time::Clock;
use balcao::team::channels::{self, Kind};
use balcao::team::company;

/// The binary of this build.
pub fn balcao(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_balcao"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(arguments: &[&str]) -> Output {
    balcao(arguments).output().expect("the program")
}

/// A running service; killed without mercy when it goes out of sight.
pub struct Service {
    pub child: Child,
    pub address: SocketAddr,
}

impl Service {
    /// Starts on a folder and waits until it listens.
    pub fn start(data: &Path) -> Self {
        let data = data.to_str().expect("a path");
        let mut child = balcao(&["serve", "--data", data, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut first).expect("a line");
        let Some(address) = first.trim().rsplit("http://").next().and_then(|text| text.parse().ok()) else {
            let mut why = String::new();
            child.stderr.take().expect("its errors").read_to_string(&mut why).expect("text");
            panic!("it did not start: {first} {why}");
        };
        Self { child, address }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("a kill");
        self.child.wait().expect("its end");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A company with one department and a chat under the key `site`, in a folder; nothing has it open.
pub fn company_in(folder: &Path) {
    let app = App::open(folder, Clock::System).expect("the application");
    let now = app.clock.now();
    app.change(move |conn| {
        company::sql::create(conn, "Loja", time::DEFAULT_ZONE, Language::Portuguese, now)?;
        let department = balcao::administration::departments::acts::create(conn, "Vendas", now)?.expect("a new name");
        channels::sql::create(conn, Kind::WebChat, "Site", department, "site", "segredo", now)
    })
    .expect("the company");
    app.stop();
}

#[test]
fn help_is_there_for_every_command_and_wrong_ones_are_told() {
    assert_eq!(run(&["--version"]).status.code(), Some(0));
    for command in ["serve", "demo", "user", "backup", "restore", "doctor"] {
        assert_eq!(run(&[command, "--help"]).status.code(), Some(0), "{command}");
    }
    assert_eq!(run(&["nonsense"]).status.code(), Some(2));
    assert_eq!(run(&["demo", "--listen", "0.0.0.0:1"]).status.code(), Some(2));
}

#[test]
fn people_are_added_listed_and_helped_beside_a_running_service() {
    let folder = tempfile::tempdir().expect("a folder");
    company_in(folder.path());
    let data = folder.path().to_str().expect("a path");
    let service = Service::start(folder.path());
    let added = run(&["user", "add", "Ana Lima", "Ana@Loja.example", "--role", "admin", "--data", data]);
    assert_eq!(added.status.code(), Some(0), "{}", String::from_utf8_lossy(&added.stderr));
    let printed = String::from_utf8(added.stdout).expect("text");
    let password = printed.split("password: ").nth(1).expect("a password").trim().to_owned();
    let sign_in = ureq::post(&format!("http://{}/sign-in", service.address))
        .config()
        .max_redirects(0)
        .build()
        .send_form([("email", "ana@loja.example"), ("password", password.as_str())])
        .expect("an answer");
    assert_eq!(sign_in.status(), 303);
    assert!(
        String::from_utf8(run(&["user", "list", "--data", data]).stdout)
            .expect("text")
            .contains("ana@loja.example\tadmin\tAna Lima")
    );
    assert_eq!(run(&["user", "add", "Outra", "ana@loja.example", "--data", data]).status.code(), Some(1));
    assert_eq!(run(&["user", "reset-password", "ana@loja.example", "--data", data]).status.code(), Some(0));
    assert_eq!(run(&["user", "reset-password", "nobody@loja.example", "--data", data]).status.code(), Some(1));
}

#[test]
fn a_backup_is_taken_beside_a_running_service_and_restored_only_without_one() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    company_in(folder.path());
    let data = folder.path().to_str().expect("a path");
    let copy = other.path().join("copy.db");
    let copy = copy.to_str().expect("a path");
    std::fs::create_dir(folder.path().join("files")).expect("a folder");
    std::fs::write(folder.path().join("files/abc"), "anexo").expect("a file");
    let service = Service::start(folder.path());
    assert_eq!(run(&["backup", copy, "--data", data]).status.code(), Some(0));
    assert_eq!(run(&["backup", copy, "--data", data]).status.code(), Some(1));
    let refused = run(&["restore", copy, "--data", data]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("another balcao is running"));
    service.kill();
    run(&["user", "add", "Depois", "depois@loja.example", "--data", data]);
    assert_eq!(run(&["restore", copy, "--data", data]).status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&run(&["user", "list", "--data", data]).stdout).contains("depois"));
    assert_eq!(std::fs::read_to_string(folder.path().join("files/abc")).expect("the attachment"), "anexo");
    let doctor = run(&["doctor", "--data", data]);
    assert!(
        String::from_utf8_lossy(&doctor.stdout).contains("ok    file"),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
}
