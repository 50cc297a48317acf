//! The jobs of the running program: each once though it is killed half-way.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{Service, company_in};
use balcao::app::App;
use balcao::contacts;
use balcao::desk::conversations::ConversationId;
use balcao::desk::messages;
use balcao::platform::time::Clock;
use balcao::platform::{db, time};
use balcao::team::channels;

const JOBS: i64 = 3_000;

/// Plans the jobs for now, in a folder that nothing has open; all write into one conversation.
fn plan(folder: &Path) -> ConversationId {
    let app = App::open(folder, Clock::System).expect("the application");
    let now = app.clock.now();
    let id = app
        .change(move |conn| {
            let channel = channels::sql::by_key(conn, "site")?;
            let draft = contacts::ContactForm { name: "Maria".to_owned(), phone: String::new(), email: String::new() };
            let contact = contacts::sql::create(conn, &draft, now)?;
            let identity = contacts::sql::add_identity(conn, contact, channel.id, "test:maria", false, now)?;
            let zone = time::Zone::named_or_utc(time::DEFAULT_ZONE);
            let id = balcao::channels::acts::receive(conn, &channel, identity, "Oi", None, &zone, now)?.conversation;
            for number in 0..JOBS {
                messages::acts::schedule(conn, None, id, &format!("aviso {number}"), now)?;
            }
            Ok(id)
        })
        .expect("the plans");
    app.stop();
    id
}

fn count(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).expect("a number")
}

#[test]
fn jobs_that_are_due_together_run_once_each_though_the_program_is_killed_half_way() {
    let folder = tempfile::tempdir().expect("a folder");
    company_in(folder.path());
    plan(folder.path());
    let conn = db::open_reader(&folder.path().join(db::FILE)).expect("the file");
    let mut kills = 0;
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let before = count(&conn, "SELECT count(*) FROM job");
        if before == 0 {
            break;
        }
        assert!(Instant::now() < deadline, "{before} jobs are left");
        let service = Service::start(folder.path());
        // Each start gets a third of the work done before it dies.
        let enough = (before - JOBS / 3).max(0);
        while count(&conn, "SELECT count(*) FROM job") > enough && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
        service.kill();
        kills += 1;
    }
    assert!(kills >= 2, "the program was not killed half-way");
    assert_eq!(count(&conn, "SELECT count(*) FROM message WHERE author = 'bot'"), JOBS);
    assert_eq!(count(&conn, "SELECT count(DISTINCT body) FROM message WHERE author = 'bot'"), JOBS);
}
