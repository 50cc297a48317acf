//! Files of reports: the program needs no more memory for many lines than for few.

use std::time::Instant;

use balcao::app::App;
use balcao::contacts;
use balcao::platform::text::Language;
use balcao::platform::time;
use balcao::platform::time::Clock;
use balcao::platform::web::token;
use balcao::team::agents::{self, Role};
use balcao::team::channels;
use balcao::team::departments::DepartmentId;
use rusqlite::Connection;

use super::{Service, company_in};

/// Lines of the suite; a look at more of them is asked for by hand.
fn lines() -> u32 {
    std::env::var("BALCAO_TEST_LINES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// More than this, in kilobytes, no file may take beside what the service holds anyway.
const GROWTH: u64 = 16_000;

/// The most memory that the service has held, in kilobytes.
fn peak(service: &Service) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.child.id())).expect("its state");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// A company with a lead and many occurrences of the last days, in a folder; the lead's session.
fn prepare(folder: &std::path::Path) -> String {
    company_in(folder);
    let app = App::open(folder, Clock::System).expect("the application");
    let now = app.clock.now();
    let session = token::random().expect("a token");
    let digest = token::digest(&session);
    app.change(move |conn| {
        let lead = agents::sql::create(conn, "Lia", "lia@loja.example", Role::Lead, Language::Portuguese, now)?;
        let lead = lead.expect("a new address");
        agents::sql::set_departments(conn, lead, &[DepartmentId(1)])?;
        conn.execute(
            "INSERT INTO session (token_hash, agent_id, user_agent, address, created_at, expires_at) VALUES (?, ?, '', '', ?, ?)",
            (&digest, lead, now, now.plus(time::DAY)),
        )?;
        let channel = channels::sql::by_key(conn, "site")?;
        let draft = contacts::ContactForm { name: "Maria".to_owned(), phone: String::new(), email: String::new() };
        let contact = contacts::sql::create(conn, &draft, now)?;
        let identity = contacts::sql::add_identity(conn, contact, channel.id, "test:maria", false, now)?;
        let zone = time::Zone::named_or_utc(time::DEFAULT_ZONE);
        balcao::channels::acts::receive(conn, &channel, identity, "Oi", None, &zone, now)
    })
    .expect("the company");
    app.stop();
    let conn = Connection::open(folder.join(balcao::platform::db::FILE)).expect("the file");
    conn.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO occurrence (conversation_id, department_id, channel_id, agent_id, path, sentiment, body, happened_at, at)
         SELECT 1, 1, 1, 1, 'Entrega › Atraso › Motivo ' || (i % 40), 'neutral', '=linha ' || i || ' com algumas palavras', ?2 - i * ?3, ?2 FROM n",
        (lines(), now.0, 80 * time::DAY / i64::from(lines())),
    )
    .expect("many occurrences");
    session
}

#[test]
fn a_file_of_many_lines_takes_no_more_memory_than_one_of_few() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = prepare(folder.path());
    let service = Service::start(folder.path());
    let get = |path: &str| {
        let started = Instant::now();
        let mut answer = ureq::get(format!("http://{}{path}", service.address))
            .header("cookie", format!("balcao={session}"))
            .call()
            .expect("an answer");
        let size = std::io::copy(&mut answer.body_mut().as_reader(), &mut std::io::sink()).expect("the body");
        println!("{path}: {size} bytes in {:?}, at most {} KB held", started.elapsed(), peak(&service));
        size
    };
    get("/reports/occurrences/xlsx?period=today");
    get("/reports/occurrences?period=90");
    let before = peak(&service);
    assert!(get("/reports/occurrences/csv?period=90") > 100 * u64::from(lines()), "every line is in it");
    assert!(get("/reports/occurrences/xlsx?period=90") > 0);
    let grown = peak(&service) - before;
    assert!(grown < GROWTH, "{grown} KB more than the {before} KB before");
}
