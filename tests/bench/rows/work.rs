//! Rows a, b, c and i: starting, memory, size, jobs.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use balcao::platform::db;
use rusqlite::Connection;

use crate::client::{Client, Times, crowd, get, message};
use crate::data::{self, Size};
use crate::live::Agents;
use crate::service::Service;
use crate::{Result, Wish};

/// a: from the start of the program to the first 200 of the queue screen.
pub fn start(wish: &Wish) -> Vec<Result> {
    let mut results = Vec::new();
    for size in [Size::S, Size::Xl] {
        let folder = data::of(size);
        let mut times = Times::default();
        for _ in 0..if wish.quick { 5 } else { 20 } {
            let service = Service::start(&folder);
            times.add(service.ready);
            service.stop();
        }
        let met = times.at(50.0) <= 30.0;
        results.push(Result::new(
            "a",
            format!("exec → first 200, {}", size.name()),
            format!("p50 {:.1} ms", times.at(50.0)),
            "≤ 30 ms",
            Some(met),
        ));
    }
    let mut times = Times::default();
    for _ in 0..3 {
        let folder = data::copy_of(Size::Xl, "crashed");
        let program = std::env::current_exe().expect("this program");
        // It ends by SIGABRT, on purpose.
        Command::new(program).arg("--leave-a-wal").arg(&folder).status().expect("a writer");
        let wal = std::fs::metadata(folder.join("balcao.db-wal")).expect("a WAL").len();
        assert!(wal >= 64 << 20, "the WAL holds {wal} bytes");
        let service = Service::start(&folder);
        times.add(service.ready);
        service.kill();
    }
    let met = times.at(50.0) <= 50.0;
    results.push(Result::new(
        "a",
        "exec → first 200, XL, after kill -9 with a 64 MB WAL",
        format!("p50 {:.1} ms", times.at(50.0)),
        "≤ 50 ms",
        Some(met),
    ));
    results
}

/// b: proportional set size.
pub fn memory(wish: &Wish) -> Vec<Result> {
    let folder = data::copy_of(Size::Xl, "memory");
    let service = Service::start(&folder);
    let mut client = Client::to(service.address);
    for _ in 0..20 {
        assert_eq!(client.ask(&get("/conversations?scope=1", "")).status, 200);
    }
    let idle = service.memory();
    let mut results =
        vec![Result::new("b", "memory (PSS), idle, XL", format!("{idle:.1} MiB"), "≤ 16 MiB", Some(idle <= 16.0))];
    let agents = Agents::connect(service.address, 200);
    let length = Duration::from_secs(if wish.quick { 15 } else { 600 });
    let began = Instant::now();
    let mut turn = 0;
    while began.elapsed() < length {
        // Pages by many at once, and a steady trickle of messages.
        let (_, times) = crowd(
            service.address,
            32,
            Duration::from_secs(1),
            |_, _| get("/conversations?scope=1", ""),
            |answer| assert_eq!(answer.status, 200),
        );
        assert!(times.len() > 0);
        for _ in 0..20 {
            turn += 1;
            assert_eq!(client.ask(&message(turn * 11, &format!("m{turn}"), "Oi")).status, 200);
        }
        agents.take();
    }
    let loaded = service.memory();
    let what = format!("memory (PSS), 200 agents connected, after {} s of load, XL", length.as_secs());
    results.push(Result::new("b", what, format!("{loaded:.1} MiB"), "≤ 48 MiB", Some(loaded <= 48.0)));
    results
}

/// c: what lies on disk.
pub fn size(_: &Wish) -> Vec<Result> {
    let mib = |bytes: u64| bytes as f64 / 1_048_576.0;
    let binary = mib(std::fs::metadata(env!("CARGO_BIN_EXE_balcao")).expect("the binary").len());
    let file = data::of(Size::Xl).join(db::FILE);
    let conn = Connection::open(&file).expect("the file");
    let messages: i64 = conn.query_row("SELECT count(*) FROM message", [], |row| row.get(0)).expect("a count");
    let data = mib(std::fs::metadata(&file).expect("the file").len()) * 1e6 / messages as f64;
    vec![
        Result::new("c", "stripped binary", format!("{binary:.1} MiB"), "≤ 20 MiB", Some(binary <= 20.0)),
        Result::new(
            "c",
            "database per million messages, everything included",
            format!("{data:.0} MiB"),
            "≤ 230 MiB",
            Some(data <= 230.0),
        ),
    ]
}

fn said(folder: &Path) -> (i64, i64) {
    let conn = Connection::open(folder.join(db::FILE)).expect("the file");
    conn.query_row("SELECT count(*), count(DISTINCT body) FROM message WHERE author = 'bot'", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .expect("a count")
}

fn left(conn: &Connection) -> i64 {
    conn.query_row("SELECT count(*) FROM job", [], |row| row.get(0)).expect("a count")
}

/// i: 100,000 jobs due at once, killed half-way; then lateness at 1,000 a second.
pub fn jobs(wish: &Wish) -> Vec<Result> {
    const ALL: i64 = 100_000;
    let folder = data::copy_of(Size::S, "jobs");
    let path = folder.join(db::FILE);
    let conn = Connection::open(&path).expect("the file");
    conn.execute_batch("PRAGMA busy_timeout = 10000").expect("patience");
    plan(&conn, ALL, |_| 1);
    let mut took = Duration::ZERO;
    let service = Service::start(&folder);
    let began = Instant::now();
    while left(&conn) > ALL / 2 {
        std::thread::sleep(Duration::from_millis(2));
    }
    took += began.elapsed() + service.ready;
    service.kill();
    let service = Service::start(&folder);
    let began = Instant::now();
    while left(&conn) > 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    took += began.elapsed() + service.ready;
    assert_eq!(said(&folder), (ALL, ALL), "each job did its work once");
    service.stop();
    let seconds = took.as_secs_f64();
    let mut results = vec![Result::new(
        "i",
        "100,000 jobs due at once, killed half-way, two starts included",
        format!("{seconds:.2} s, exactly one each"),
        "≤ 3 s",
        Some(seconds <= 3.0),
    )];
    let folder = data::copy_of(Size::S, "jobs");
    let conn = Connection::open(folder.join(db::FILE)).expect("the file");
    let count: i64 = if wish.quick { 3_000 } else { 20_000 };
    let first = balcao::platform::time::Clock::System.now().0 + 3_000;
    plan(&conn, count, |number| first + number);
    let service = Service::start(&folder);
    while left(&conn) > 0 {
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut statement =
        conn.prepare("SELECT at, CAST(substr(body, 8) AS INTEGER) FROM message WHERE author = 'bot'").expect("sql");
    let mut times = Times::default();
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).expect("rows");
    for row in rows {
        let (at, number) = row.expect("a row");
        times.add(Duration::from_millis(u64::try_from(at - first - number).expect("never early")));
    }
    assert_eq!(times.len(), usize::try_from(count).expect("small"));
    service.stop();
    let met = times.at(99.0) <= 20.0;
    results.push(Result::new(
        "i",
        "lateness at 1,000 due a second (due → its transaction)",
        times.shown(),
        "p99 ≤ 20 ms",
        Some(met),
    ));
    results
}

fn plan(conn: &Connection, count: i64, due: impl Fn(i64) -> i64) {
    conn.execute_batch("BEGIN").expect("a transaction");
    let mut add = conn.prepare("INSERT INTO job (name, payload, due_at) VALUES ('say', ?, ?)").expect("sql");
    for number in 0..count {
        add.execute((format!("{} numero {number}", number % 1000 + 1), due(number))).expect("a job");
    }
    conn.execute_batch("COMMIT").expect("a commit");
}
