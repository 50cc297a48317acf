//! Bad days: one clear sentence each, nothing lost, no panic.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use balcao::app::App;
use balcao::platform::db;
use balcao::platform::error::Error;
use balcao::platform::time::Clock;
use balcao::platform::web::http::Method;
use rusqlite::Connection;

use super::{Service, company_in, run};
use crate::support::{House, body, request};

/// The one sentence of a program that ended with 1.
#[track_caller]
fn sentence(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn a_second_instance_a_taken_port_and_a_newer_file_are_told_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    company_in(folder.path());
    let data = folder.path().to_str().expect("a path");
    let service = Service::start(folder.path());
    assert!(
        sentence(&run(&["serve", "--data", data, "--listen", "127.0.0.1:0"])).contains("another balcao is running")
    );
    service.kill();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    assert!(sentence(&run(&["serve", "--data", data, "--listen", &address])).contains("is taken by another program"));
    let conn = Connection::open(folder.path().join(db::FILE)).expect("the file");
    conn.execute_batch("PRAGMA user_version = 9999").expect("a version");
    drop(conn);
    assert!(sentence(&run(&["serve", "--data", data, "--listen", "127.0.0.1:0"])).contains("version 9999"));
}

#[test]
fn a_folder_that_is_none_and_a_file_that_is_no_database_are_told_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("a file");
    assert!(sentence(&run(&["serve", "--data", file.to_str().expect("a path")])).contains("data folder"));
    std::fs::write(folder.path().join(db::FILE), "no database at all, but long enough to look like one".repeat(100))
        .expect("a file");
    assert!(
        sentence(&run(&["serve", "--data", folder.path().to_str().expect("a path"), "--listen", "127.0.0.1:0"]))
            .contains("data file")
    );
}

#[test]
fn a_folder_that_may_not_be_written_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).expect("a folder");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o500)).expect("its rights");
    // Root may write anywhere: then /proc, where nobody may, stands for it.
    let target = if rustix::process::geteuid().is_root() { "/proc/balcao".into() } else { closed.join("data") };
    assert!(sentence(&run(&["serve", "--data", target.to_str().expect("a path")])).contains("can't be made"));
}

#[test]
fn a_full_disk_refuses_new_messages_keeps_the_old_ones_and_recovers() {
    let house = House::new();
    let maria = house.contact("Maria");
    let kept = house.writes(maria, "antes").conversation;
    let limit = |pages: &'static str| {
        house.app.decide(move |conn| {
            (
                balcao::platform::db::writer::Outcome::Keep,
                conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0)).is_ok(),
            )
        })
    };
    let sofia = house.sofia().cookie;
    // SQLite lowers the limit to the file's present size, which is what a full disk looks like from inside.
    assert!(limit("1").expect("a limit"));
    let big = "palavra ".repeat(12_000);
    let refused = balcao::answering::handle(
        &house.app,
        request(
            Method::Post,
            &format!("/conversations/{kept}/messages"),
            &body(&[("kind", "note"), ("body", &big)]),
            &[("cookie", &sofia)],
        ),
    );
    assert_eq!(refused.status, 500);
    assert!(limit("1000000").expect("a limit"));
    house.writes(maria, "depois");
    let bodies = house.app.read(|conn| balcao::desk::messages::sql::before(conn, kept, None, 50)).expect("messages");
    let said: Vec<&str> = bodies.iter().map(|message| message.body.as_str()).collect();
    assert!(
        said.contains(&"antes") && said.contains(&"depois") && !said.iter().any(|body| body.starts_with("palavra"))
    );
}

#[test]
fn a_writer_that_has_ended_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(folder.path(), Clock::System).expect("the application");
    app.stop();
    let answer = app.change(|_| Ok(()));
    assert!(matches!(answer, Err(Error::Internal(_))));
}

#[test]
fn a_change_that_panics_is_undone_alone() {
    let house = House::new();
    let maria = house.contact("Maria");
    let answer: Result<(), Error> = house.app.change(|conn| {
        balcao::platform::db::exec(conn, "DELETE FROM tag", [])?;
        panic!("on purpose");
    });
    assert!(matches!(answer, Err(Error::Internal(_))));
    house.writes(maria, "ainda funciona");
}

#[test]
fn a_file_that_another_program_holds_makes_a_message_wait_and_loses_nothing() {
    let house = House::new();
    let maria = house.contact("Maria");
    let other = rusqlite::Connection::open(house.app.file()).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    std::thread::scope(|scope| {
        let writes = scope.spawn(|| house.writes(maria, "espera").conversation);
        // Long enough for the writer to meet the lock; it must not have given up or gone round it.
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!writes.is_finished());
        other.execute_batch("COMMIT").expect("the end of the lock");
        let id = writes.join().expect("the message");
        let said = house.app.read(|conn| balcao::desk::messages::sql::before(conn, id, None, 50)).expect("messages");
        assert_eq!(said.iter().filter(|message| message.body == "espera").count(), 1);
    });
}

#[test]
fn a_restore_that_was_cut_off_between_old_and_new_is_told_and_can_be_run_again() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    company_in(folder.path());
    let data = folder.path().to_str().expect("a path");
    let copy = other.path().join("copy.db");
    let copy = copy.to_str().expect("a path");
    assert_eq!(run(&["backup", copy, "--data", data]).status.code(), Some(0));
    // As a power cut leaves it: the old file is aside, the new one not yet in its place.
    let (aside, ready) = (folder.path().join("before-restore-1"), folder.path().join("restoring"));
    std::fs::create_dir(&aside).expect("a folder");
    std::fs::create_dir(&ready).expect("a folder");
    std::fs::rename(folder.path().join(db::FILE), aside.join(db::FILE)).expect("the old file");
    std::fs::write(ready.join(db::FILE), "half").expect("half a file");
    assert!(sentence(&run(&["serve", "--data", data, "--listen", "127.0.0.1:0"])).contains("was cut off"));
    assert_eq!(run(&["restore", copy, "--data", data]).status.code(), Some(0));
    assert!(!ready.exists());
    Service::start(folder.path()).kill();
}
