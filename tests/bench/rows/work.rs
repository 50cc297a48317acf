//! Rows a, b, c and i: starting, memory, size, jobs.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use balcao::platform::db;
use rusqlite::Connection;

use crate::bench::{Bench, Subject, label};
use crate::build::{self, Build};
use crate::client::{Client, Times, crowd, get, message};
use crate::data::Size;
use crate::figures::{Figure, Reading};
use crate::live::Agents;
use crate::service::Service;
use crate::twin;

/// Nothing that is waited for takes longer on a machine that can be measured on.
const PATIENCE: Duration = Duration::from_secs(300);

/// a: from the start of the program to the first 200 of the queue screen.
pub fn start(bench: &mut Bench) {
    let count = if bench.wish.quick { 5 } else { 20 };
    let reading = |mut times: Times, most: f64| {
        let p50 = times.at(50.0);
        let figures = vec![Figure::less("p50", p50, "ms")];
        Reading { shown: format!("p50 {p50:.1} ms"), met: Some(p50 <= most), figures }
    };
    for size in [Size::S, Size::Xl] {
        let what = label("a", format!("exec → first 200, {}", size.name()), "≤ 30 ms");
        let mut builds = Subject::new(|build| (build.clone(), build.data(size)));
        let start = |(build, folder): &mut (Build, PathBuf), shares| {
            let mut times = Times::default();
            for _ in 0..usize::div_ceil(count, shares) {
                times.add(Service::start(build, folder).ready);
            }
            times
        };
        let measured = bench.shares(&mut builds, start, |times| reading(times, 30.0));
        bench.add(what, &measured);
    }
    // The median of the pairs does what otherwise three starts are for.
    let count = if bench.is_paired() { 1 } else { 3 };
    let what = label("a", "exec → first 200, XL, after kill -9 with a 64 MB WAL", "≤ 50 ms");
    let mut builds = Subject::new(Build::clone);
    bench.line(what, &mut builds, |build| {
        let mut times = Times::default();
        for _ in 0..count {
            let folder = build.copy(Size::Xl, "crashed");
            let program = std::env::current_exe().expect("this program");
            // It ends by SIGABRT, on purpose.
            Command::new(program).arg("--leave-a-wal").arg(&folder).status().expect("a writer");
            let wal = std::fs::metadata(folder.join("balcao.db-wal")).expect("a WAL").len();
            assert!(wal >= 64 << 20, "the WAL holds {wal} bytes");
            let service = Service::start(build, &folder);
            times.add(service.ready);
            service.kill();
        }
        reading(times, 50.0)
    });
}

/// b: proportional set size.
pub fn memory(bench: &mut Bench) {
    let reading = |mib: f64, most: f64| {
        let figures = vec![Figure::less("PSS", mib, "MiB")];
        Reading { shown: format!("{mib:.1} MiB"), met: Some(mib <= most), figures }
    };
    // Ten minutes of each build in each pair would take half a day.
    let length = Duration::from_secs(match (bench.wish.quick, bench.is_paired()) {
        (true, _) => 15,
        (false, true) => 60,
        (false, false) => 600,
    });
    let mut builds = Subject::new(Build::clone);
    bench.line(label("b", "memory (PSS), idle, XL", "≤ 16 MiB"), &mut builds, |build| {
        reading(asked(build).memory(), 16.0)
    });
    let what = format!("memory (PSS), 200 agents connected, after {} s of load, XL", length.as_secs());
    bench.line(label("b", what, "≤ 48 MiB"), &mut builds, |build| reading(loaded(&asked(build), length), 48.0));
}

/// A service that has answered some pages.
fn asked(build: &Build) -> Service {
    let service = Service::start(build, &build.copy(Size::Xl, "memory"));
    let mut client = Client::to(service.address);
    for _ in 0..20 {
        client.ask(&get("/conversations?scope=1", "")).must_be(200);
    }
    service
}

/// What it holds after pages by many at once, and a steady trickle of messages.
fn loaded(service: &Service, length: Duration) -> f64 {
    let mut client = Client::to(service.address);
    let agents = Agents::connect(service.address, 200);
    let began = Instant::now();
    let mut turn = 0;
    while began.elapsed() < length {
        let request = |_: usize, _: usize| get("/conversations?scope=1", "");
        let times = crowd(service.address, 32, Duration::from_secs(1), request, |answer| answer.must_be(200));
        assert!(times.len() > 0);
        for _ in 0..20 {
            turn += 1;
            client.ask(&message(turn * 11, "Oi")).must_be(200);
        }
        agents.take();
    }
    service.memory()
}

/// c: what lies on disk.
pub fn size(bench: &mut Bench) {
    let mib = |bytes: u64| bytes as f64 / 1_048_576.0;
    let figure = |value: f64| vec![Figure::less("size", value, "MiB")];
    let mut builds = Subject::new(Build::clone);
    bench.line(label("c", "stripped binary", "≤ 20 MiB"), &mut builds, |build| {
        let binary = mib(std::fs::metadata(&build.program).expect("the binary").len());
        Reading { shown: format!("{binary:.1} MiB"), met: Some(binary <= 20.0), figures: figure(binary) }
    });
    let what = label("c", "database per million messages, everything included", "≤ 230 MiB");
    bench.line(what, &mut builds, |build| {
        let folder = build.data(Size::Xl);
        let conn = build::open(&folder);
        let sql = twin::spelled(&conn, "SELECT count(*) FROM message").expect("its tables");
        let messages: i64 = conn.query_row(&sql, [], |row| row.get(0)).expect("a count");
        let data = mib(std::fs::metadata(folder.join(db::FILE)).expect("the file").len()) * 1e6 / messages as f64;
        Reading { shown: format!("{data:.0} MiB"), met: Some(data <= 230.0), figures: figure(data) }
    });
}

/// i: 100,000 jobs due at once, killed half-way; then lateness at 1,000 a second.
pub fn jobs(bench: &mut Bench) {
    let count = if bench.wish.quick { 3_000 } else { 20_000 };
    let mut builds = Subject::new(Build::clone);
    let what = label("i", "100,000 jobs due at once, killed half-way, two starts included", "≤ 3 s");
    bench.line(what, &mut builds, |build| due_at_once(build));
    let what = label("i", "lateness at 1,000 due a second (due → its transaction)", "p99 ≤ 20 ms");
    bench.line(what, &mut builds, |build| lateness(build, count));
}

fn due_at_once(build: &Build) -> Reading {
    const ALL: i64 = 100_000;
    let folder = build.copy(Size::S, "jobs");
    let conn = build::open(&folder);
    plan(&conn, ALL, |_| 1);
    let mut took = Duration::ZERO;
    let service = Service::start(build, &folder);
    took += work_down(&conn, ALL / 2, 2) + service.ready;
    service.kill();
    let service = Service::start(build, &folder);
    took += work_down(&conn, 0, 2) + service.ready;
    let sql = twin::spelled(&conn, "SELECT count(*), count(DISTINCT body) FROM message WHERE author = 'bot'");
    let said = conn.query_row(&sql.expect("its tables"), [], |row| Ok((row.get(0)?, row.get(1)?)));
    let (said, apart): (i64, i64) = said.expect("a count of what was said");
    assert!((said, apart) == (ALL, ALL), "{ALL} jobs said {said} things, {apart} of them different");
    let seconds = took.as_secs_f64();
    let figures = vec![Figure::less("time", seconds, "s")];
    Reading { shown: format!("{seconds:.2} s, exactly one each"), met: Some(seconds <= 3.0), figures }
}

fn lateness(build: &Build, count: i64) -> Reading {
    let folder = build.copy(Size::S, "jobs");
    let conn = build::open(&folder);
    let first = balcao::platform::time::Clock::System.now().0 + 3_000;
    plan(&conn, count, |number| first + number);
    let _service = Service::start(build, &folder);
    work_down(&conn, 0, 50);
    let sql = twin::spelled(&conn, "SELECT at, CAST(substr(body, 8) AS INTEGER) FROM message WHERE author = 'bot'");
    let mut statement = conn.prepare(&sql.expect("its tables")).expect("sql");
    let mut times = Times::default();
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).expect("rows");
    for row in rows {
        let (at, number) = row.expect("a row");
        times.add(Duration::from_millis(u64::try_from(at - first - number).expect("never early")));
    }
    assert!(times.len() == usize::try_from(count).expect("small"), "{} of {count} jobs did their work", times.len());
    // Times are kept in whole milliseconds.
    let figures = times.figures().into_iter().map(|figure| figure.floor(1.0)).collect();
    Reading { shown: times.shown(), met: Some(times.at(99.0) <= 20.0), figures }
}

/// Puts the jobs where the service finds them.
fn plan(conn: &Connection, count: i64, due: impl Fn(i64) -> i64) {
    conn.execute_batch("BEGIN").expect("a transaction");
    let sql = twin::spelled(conn, "INSERT INTO job (name, payload, due_at) VALUES ('say', ?, ?)").expect("its tables");
    let mut add = conn.prepare(&sql).expect("a table of jobs");
    for number in 0..count {
        add.execute((format!("{} numero {number}", number % 1000 + 1), due(number))).expect("a job");
    }
    conn.execute_batch("COMMIT").expect("a commit");
}

/// Waits until no more than so many jobs are left; looks every so many milliseconds.
fn work_down(conn: &Connection, most: i64, pause: u64) -> Duration {
    let began = Instant::now();
    let sql = twin::spelled(conn, "SELECT count(*) FROM job").expect("its tables");
    let mut left = conn.prepare(&sql).expect("a table of jobs");
    while left.query_row([], |row| row.get::<_, i64>(0)).expect("a count") > most {
        assert!(began.elapsed() < PATIENCE, "the jobs are not done");
        std::thread::sleep(Duration::from_millis(pause));
    }
    began.elapsed()
}
