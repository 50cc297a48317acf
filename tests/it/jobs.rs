//! The loop's work: exactly once, whatever happens in between.

use std::time::{Duration, Instant};

use crate::support::House;
use balcao::desk::messages;
use balcao::platform::jobs;
use balcao::platform::time::{Clock, HOUR, MINUTE};

#[test]
fn a_planned_message_is_said_once_at_its_time() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let due = house.clock.now().plus(MINUTE);
    for _ in 0..2 {
        house
            .app
            .change(move |conn| messages::acts::schedule(conn, Some("lembrete"), id, "Já voltamos", due))
            .expect("a plan");
    }
    assert_eq!(balcao::timers::run_jobs(&house.app).expect("a turn"), 0);
    house.clock.advance(MINUTE);
    assert_eq!(balcao::timers::run_jobs(&house.app).expect("a turn"), 1);
    assert_eq!(balcao::timers::run_jobs(&house.app).expect("a turn"), 0);
    let said = house.app.read(|conn| messages::sql::before(conn, id, None, 50)).expect("messages");
    assert_eq!(said.iter().filter(|message| message.body == "Já voltamos").count(), 1);
}

#[test]
fn a_job_that_fails_is_undone_alone_and_given_up_after_eight_attempts() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let now = house.clock.now();
    house
        .app
        .change(move |conn| {
            jobs::sql::schedule(conn, None, "say", "999999 para ninguém", now)?;
            jobs::sql::schedule(conn, None, "nobody knows this", "", now)?;
            messages::acts::schedule(conn, None, id, "para alguém", now)
        })
        .expect("plans");
    assert_eq!(balcao::timers::run_jobs(&house.app).expect("a turn"), 3);
    let said = house.app.read(|conn| messages::sql::before(conn, id, None, 50)).expect("messages");
    assert!(said.iter().any(|message| message.body == "para alguém"));
    let mut attempts = 0;
    for _ in 0..20 {
        house.clock.advance(24 * HOUR);
        attempts += balcao::timers::run_jobs(&house.app).expect("a turn");
    }
    assert_eq!(attempts, 14);
}

#[test]
fn a_calendar_line_runs_once_for_many_missed_slots_and_not_again_when_the_clock_goes_back() {
    let house = House::new();
    balcao::timers::run_calendar(&house.app).expect("the first look");
    house.clock.advance(30 * 24 * HOUR);
    let ran = balcao::timers::run_calendar(&house.app).expect("a look");
    assert!(ran >= 4, "{ran}");
    assert_eq!(balcao::timers::run_calendar(&house.app).expect("a look"), 0);
    house.clock.advance(-2 * HOUR);
    assert_eq!(balcao::timers::run_calendar(&house.app).expect("a look"), 0);
    house.clock.advance(2 * HOUR + MINUTE);
    assert!(balcao::timers::run_calendar(&house.app).expect("a look") >= 1);
}

#[test]
fn a_sleeping_loop_is_woken_by_a_plan_and_keeps_its_time() {
    let house = House::with(Clock::System);
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let now = house.clock.now();
    house.app.change(move |conn| messages::acts::schedule(conn, None, id, "antes", now)).expect("a plan");
    let deadline = Instant::now() + Duration::from_secs(20);
    let said = |body: &str| loop {
        let said = house.app.read(|conn| messages::sql::before(conn, id, None, 50)).expect("messages");
        if let Some(message) = said.into_iter().find(|message| message.body == body) {
            break message.at;
        }
        assert!(Instant::now() < deadline, "nothing was said");
        std::thread::sleep(Duration::from_millis(5));
    };
    let loops = balcao::timers::start(&house.app).expect("the loops");
    // After the first job nothing is due, and the loop sleeps for seconds.
    said("antes");
    let due = house.clock.now().plus(300);
    house.app.change(move |conn| messages::acts::schedule(conn, None, id, "na hora", due)).expect("a plan");
    let at = said("na hora");
    loops.stop();
    let late = at.since(due);
    // A loop that only looked every five seconds would be late by seconds.
    assert!((0..2_000).contains(&late), "{late} ms");
}

#[test]
fn a_line_of_the_calendar_that_fails_holds_nobody_up_and_comes_again() {
    let house = House::new();
    let ran = || balcao::timers::run_calendar(&house.app).expect("the calendar");
    assert_eq!(ran(), 0, "a line that never ran starts with its next slot");
    // Not a folder, so it can't be tidied.
    let files = house.app.data.join("files");
    std::fs::write(&files, "").expect("a file");
    house.clock.advance(24 * HOUR);
    let all_but_one = ran();
    assert!(all_but_one > 5, "the lines behind it ran too: {all_but_one}");
    std::fs::remove_file(&files).expect("the file");
    assert_eq!(ran(), 1, "its slot was still due");
}
