//! Mail out, against a real SMTP server.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use balcao::app::App;
use balcao::platform::time::{HOUR, MINUTE};
use balcao::team::mail::{self, Mail, MailFault, MailId, MailServer, Security, Stage, smtp, sql, worker};

use crate::support::{House, START};

/// A running server and what it received.
pub struct Post {
    child: Child,
    pub port: u16,
    mails: Receiver<serde_json::Value>,
}

impl Post {
    pub fn start(arguments: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut child = Command::new("python3")
            .arg(root.join("tests/it/fixtures/smtp.py"))
            .args(arguments)
            .env("PYTHONPATH", root.join("target/python"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It tells at length of each handshake that a test breaks.
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let port = lines.next().expect("aiosmtpd is installed (tests/run does it)").expect("a line");
        let (send, mails) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _gone = send.send(serde_json::from_str(&line).expect("JSON"));
            }
        });
        Self { child, port: port.parse().expect("a port"), mails }
    }

    pub fn next(&self) -> serde_json::Value {
        self.mails.recv_timeout(Duration::from_secs(10)).expect("a mail within ten seconds")
    }

    pub fn is_empty(&self) -> bool {
        self.mails.try_recv().is_err()
    }

    pub fn server(&self) -> MailServer {
        MailServer {
            host: "localhost".to_owned(),
            port: self.port,
            security: Security::None,
            username: String::new(),
            password: String::new(),
            sender_name: "Loja São João".to_owned(),
            sender_address: "balcao@loja.example".to_owned(),
            certificate: String::new(),
        }
    }

    /// Makes the house send through this server.
    pub fn serve(&self, house: &House) {
        let server = self.server();
        house.app.change(move |conn| sql::set_server(conn, &server, START)).expect("the settings");
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A certificate for localhost and its key, made anew.
fn certificate(folder: &Path) -> (String, String, String) {
    let (pem, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-out"])
        .arg(&pem)
        .arg("-keyout")
        .arg(&key)
        .stderr(Stdio::null())
        .status()
        .expect("openssl runs");
    assert!(made.success());
    let text = std::fs::read_to_string(&pem).expect("the certificate");
    (text, pem.display().to_string(), key.display().to_string())
}

fn mail(recipient: &str) -> Mail {
    Mail {
        id: MailId(1),
        message_id: "<1@loja.example>".to_owned(),
        recipient: recipient.to_owned(),
        subject: "Olá".to_owned(),
        body: "Texto".to_owned(),
        created_at: START,
        attempts: 1,
    }
}

const LIMIT: Duration = Duration::from_secs(10);
/// The program goes on.
static RUNNING: AtomicBool = AtomicBool::new(false);

fn queue(house: &House, recipient: &str, subject: &str) {
    let (recipient, subject, now) = (recipient.to_owned(), subject.to_owned(), house.clock.now());
    house.app.change(move |conn| sql::queue(conn, &recipient, &subject, "Corpo", now)).expect("queued");
}

fn newest(house: &House) -> mail::MailEntry {
    house.app.read(|conn| sql::newest(conn, 1)).expect("the list").remove(0)
}

#[test]
fn a_queued_mail_is_sent_once_and_its_text_is_not_kept() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    queue(&house, "maria@cliente.example", "Olá\r\nBcc: outra@cliente.example");
    assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 1);
    let mail = post.next();
    let text = mail["text"].as_str().expect("text");
    assert_eq!(mail["to"], serde_json::json!(["maria@cliente.example"]));
    assert!(!text.to_lowercase().contains("\nbcc:"), "{text}");
    assert!(text.contains("Auto-Submitted: auto-generated") && text.contains("Message-ID: <"), "{text}");
    assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 0);
    assert!(post.is_empty());
    let body: String =
        house.app.read(|conn| Ok(conn.query_row("SELECT body FROM outbox", [], |row| row.get(0))?)).expect("the row");
    assert_eq!(body, "");
}

#[test]
fn without_a_server_nothing_is_queued() {
    let house = House::new();
    queue(&house, "maria@cliente.example", "Olá");
    assert!(house.app.read(|conn| sql::newest(conn, 5)).expect("the list").is_empty());
    assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 0);
}

#[test]
fn two_workers_never_send_one_mail_twice() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    for number in 0..24 {
        queue(&house, &format!("cliente{number}@loja.example"), "Olá");
    }
    let run = || {
        let app = std::sync::Arc::clone(&house.app);
        std::thread::spawn(move || worker::run_due(&mut app.outside()).expect("a run"))
    };
    let workers = [run(), run(), run()];
    let sent: usize = workers.into_iter().map(|worker| worker.join().expect("a worker")).sum();
    assert_eq!(sent, 24);
    let mut seen: Vec<String> = (0..24).map(|_| post.next()["to"][0].as_str().expect("one").to_owned()).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 24);
    assert!(post.is_empty());
}

#[test]
fn a_mail_claimed_before_a_crash_is_sent_after_it_under_the_same_name() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    queue(&house, "maria@cliente.example", "Olá");
    let boot = house.app.boot;
    let claimed = house.app.change(move |conn| sql::claim(conn, boot, 5, START)).expect("a claim").remove(0);
    // The mail had left, and the program died before it could write that down.
    smtp::deliver(&post.server(), &claimed, LIMIT, &RUNNING).expect("sent");
    assert_eq!(
        worker::run_due(&mut house.app.outside()).expect("a run"),
        0,
        "a claimed mail is not taken by another worker"
    );
    house.app.stop();
    let app = App::open(house.folder.path(), house.clock.clone()).expect("the next start");
    assert_eq!(worker::run_due(&mut app.outside()).expect("a run"), 1);
    let (first, second) = (post.next(), post.next());
    assert_eq!(first["text"], second["text"]);
    assert!(first["text"].as_str().expect("text").contains(&claimed.message_id));
    app.stop();
}

#[test]
fn a_refused_recipient_fails_at_once_with_the_servers_words() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    for recipient in ["refused@cliente.example", "content@cliente.example"] {
        queue(&house, recipient, "Olá");
        worker::run_due(&mut house.app.outside()).expect("a run");
        let entry = newest(&house);
        assert!(entry.failed_at.is_some(), "{recipient}");
    }
    let entry = house.app.read(|conn| sql::newest(conn, 2)).expect("the list").remove(1);
    let fault = entry.fault.expect("a reason");
    assert_eq!(fault.stage, Stage::Recipient);
    assert!(fault.detail.contains("550") && fault.detail.contains("No such person here"), "{}", fault.detail);
    queue(&house, "a@b.br\r\nBcc: c@d.br", "Olá");
    assert!(newest(&house).failed_at.is_some(), "what is no address is not tried");
}

#[test]
fn a_mail_that_has_to_wait_is_tried_more_and_more_rarely_and_then_given_up() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    queue(&house, "later@cliente.example", "Olá");
    let mut waits = Vec::new();
    loop {
        let before = house.clock.now();
        assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 1);
        let entry = newest(&house);
        if entry.failed_at.is_some() {
            break;
        }
        let wait = entry.due_at.since(before);
        waits.push(wait / MINUTE);
        house.clock.advance(wait - 1);
        assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 0);
        house.clock.advance(1);
    }
    assert_eq!(waits, [1, 5, 30, 120, 360, 360, 360, 360, 360, 360, 360]);
    assert!(house.clock.now().since(START) < 48 * HOUR);
    assert_eq!(mail::next_attempt(12, START), None);
}

#[test]
fn a_server_that_is_down_keeps_the_mail_waiting() {
    let house = House::new();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
    let post = Post::start(&["plain"]);
    let server = MailServer { port: closed, ..post.server() };
    house.app.change(move |conn| sql::set_server(conn, &server, START)).expect("the settings");
    queue(&house, "maria@cliente.example", "Um");
    queue(&house, "bia@cliente.example", "Dois");
    assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 1, "one knock for the whole batch");
    assert_eq!(newest(&house).fault.expect("a reason").stage, Stage::Refused);
    // Other settings try at once what waits.
    let server = post.server();
    house.app.change(move |conn| sql::set_server(conn, &server, START)).expect("the settings");
    assert_eq!(worker::run_due(&mut house.app.outside()).expect("a run"), 2);
    let _both = (post.next(), post.next());
}

#[test]
fn starttls_and_tls_carry_the_password_and_say_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pem, certificate, key) = certificate(folder.path());
    for (mode, security) in [("starttls", Security::StartTls), ("tls", Security::Tls)] {
        let post = Post::start(&[mode, &certificate, &key, "auth"]);
        let right = MailServer {
            security,
            username: "ana".to_owned(),
            password: "segredo".to_owned(),
            certificate: pem.clone(),
            ..post.server()
        };
        let stage = |server: &MailServer| {
            smtp::deliver(server, &mail("a@b.example"), LIMIT, &RUNNING).map_err(|fault| fault.stage)
        };
        assert_eq!(stage(&MailServer { certificate: String::new(), ..right.clone() }), Err(Stage::Tls), "{mode}");
        assert_eq!(stage(&MailServer { password: "?".to_owned(), ..right.clone() }), Err(Stage::SignIn), "{mode}");
        assert_eq!(stage(&right), Ok(()), "{mode}");
        assert_eq!(post.next()["signed_in"], true);
    }
}

#[test]
fn each_way_to_fail_has_its_own_words() {
    let post = Post::start(&["plain"]);
    let stage = |server: &MailServer, limit| {
        smtp::deliver(server, &mail("a@b.example"), limit, &RUNNING).map_err(|fault| fault.stage)
    };
    let unknown = MailServer { host: "nada.invalid".to_owned(), security: Security::Tls, ..post.server() };
    assert_eq!(stage(&unknown, LIMIT), Err(Stage::Dns));
    assert_eq!(stage(&MailServer { security: Security::Tls, ..post.server() }, LIMIT), Err(Stage::Tls));
    assert_eq!(stage(&MailServer { security: Security::StartTls, ..post.server() }, LIMIT), Err(Stage::Tls));
    assert_eq!(stage(&MailServer { username: "ana".to_owned(), ..post.server() }, LIMIT), Err(Stage::SignIn));
    assert_eq!(stage(&MailServer { host: "192.0.2.1".to_owned(), ..post.server() }, LIMIT), Err(Stage::Plain));
    // A server that takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("its number").port();
    let began = std::time::Instant::now();
    assert_eq!(stage(&MailServer { port, ..post.server() }, Duration::from_millis(300)), Err(Stage::Silent));
    // One that is slow with its last word.
    let slow = smtp::deliver(&post.server(), &mail("slow@b.example"), Duration::from_millis(500), &RUNNING);
    assert_eq!(slow, Err(MailFault::new(Stage::Silent, "")));
    assert!(began.elapsed() < Duration::from_secs(5), "the whole is bounded");
}

#[test]
fn the_program_ends_soon_though_a_mail_server_says_nothing() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let server = MailServer { port: silent.local_addr().expect("its number").port(), ..post.server() };
    house.app.change(move |conn| sql::set_server(conn, &server, START)).expect("the settings");
    queue(&house, "maria@cliente.example", "Olá");
    let loops = balcao::timers::start(&house.app).expect("the loops");
    let (_held, _) = silent.accept().expect("the attempt");
    let began = std::time::Instant::now();
    loops.stop();
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    post.serve(&house);
    assert!(newest(&house).failed_at.is_none(), "the mail waits for the next start");
}
