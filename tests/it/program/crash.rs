//! kill -9 under load: whatever was answered 2xx is there afterwards, once.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use balcao::platform::db;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Service, company_in};

const KILLS: usize = 50;
const WRITERS: usize = 6;

#[test]
fn fifty_kills_under_load_lose_no_message_that_was_acknowledged_and_double_none() {
    let folder = tempfile::tempdir().expect("a folder");
    company_in(folder.path());
    let first = Service::start(folder.path());
    let tokens: Vec<String> = (0..WRITERS).map(|number| token(&first, number)).collect();
    first.kill();
    let mut acknowledged: HashSet<String> = HashSet::new();
    for round in 0..KILLS {
        let service = Service::start(folder.path());
        let stopping = Arc::new(AtomicBool::new(false));
        let answered = Arc::new(Mutex::new(Vec::new()));
        let writers: Vec<_> = tokens
            .iter()
            .enumerate()
            .map(|(number, token)| {
                let (token, stopping, answered, address) =
                    (token.clone(), Arc::clone(&stopping), Arc::clone(&answered), service.address);
                std::thread::spawn(move || {
                    write(&format!("http://{address}"), &token, &format!("{round}-{number}"), &stopping, &answered)
                })
            })
            .collect();
        // Each round dies at another moment, but never before something was stored.
        let least = 3 + round * 7 % 40;
        while answered.lock().expect("a lock").len() < least {
            std::thread::sleep(Duration::from_millis(1));
        }
        service.kill();
        stopping.store(true, Ordering::SeqCst);
        for writer in writers {
            writer.join().expect("a writer");
        }
        acknowledged.extend(answered.lock().expect("a lock").drain(..));
    }
    let conn = Connection::open(folder.path().join(db::FILE)).expect("the file");
    let mut statement = conn.prepare("SELECT body FROM message WHERE author = 'contact'").expect("a query");
    let stored: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect();
    let distinct: HashSet<&String> = stored.iter().collect();
    assert_eq!(distinct.len(), stored.len(), "a message was doubled");
    let lost: Vec<&String> = acknowledged.iter().filter(|body| !distinct.contains(body)).collect();
    assert!(
        acknowledged.len() > KILLS * 3 && lost.is_empty(),
        "{} of {} lost: {lost:?}",
        lost.len(),
        acknowledged.len()
    );
    let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    assert_eq!(verdict, "ok");
}

fn token(service: &Service, number: usize) -> String {
    let base = format!("http://{}", service.address);
    let start = ureq::post(format!("{base}/chat/site/start")).header("origin", &base);
    let mut answer = start.send_json(json!({ "name": format!("Visitante {number}") })).expect("a visitor");
    let body: Value = answer.body_mut().read_json().expect("JSON");
    body["token"].as_str().expect("a token").to_owned()
}

/// Writes until it is told to stop. What got no answer may be stored or not; only what was answered counts.
fn write(base: &str, token: &str, name: &str, stopping: &AtomicBool, answered: &Mutex<Vec<String>>) {
    let agent = ureq::Agent::new_with_defaults();
    for number in 0.. {
        if stopping.load(Ordering::SeqCst) {
            return;
        }
        let body = format!("{name}-{number}");
        let sent = agent
            .post(format!("{base}/chat/site/messages"))
            .header("authorization", format!("Bearer {token}"))
            .header("origin", base)
            .send_json(json!({ "key": format!("k{body}"), "body": body }));
        match sent {
            Ok(answer) if answer.status().is_success() => answered.lock().expect("a lock").push(body),
            // Killed, or asked to slow down.
            _ => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}
