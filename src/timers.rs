//! Every timer and background worker: the calendar table, due one-off jobs, and the loop that runs them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::app::{App, Context, Outside};
use crate::desk::{attachments, auto_assignments, notifications, presences};
use crate::platform::error::{Error, Result};
use crate::platform::time::{CronLine, DEFAULT_ZONE, MINUTE, SECOND, Timestamp, Zone};
use crate::platform::{db, jobs};
use crate::team::{agents, company, mail, settings};

/// What a calendar line does.
enum Tick {
    /// Runs in the writer, in one transaction with the mark that it ran.
    Change(fn(&Connection, &Context, Timestamp) -> Result<()>),
    /// Touches more than the database, so it runs outside and may run again after a crash.
    Outside(fn(&mut Outside) -> Result<()>),
}
/// What a one-off job does: its payload, in one transaction with the end of its row.
type Work = fn(&Connection, &Context, &str, Timestamp) -> Result<()>;

/// The calendar: seven fields, seconds first, in the installation's zone; name; work. A name is never used again for
/// other work, for the last slot is kept under it.
const CALENDAR: &[(&str, &str, Tick)] = &[
    ("0 * * * * * *", "presence", Tick::Change(presences::acts::look_round)),
    ("30 * * * * * *", "assignment", Tick::Change(|conn, _, now| auto_assignments::acts::hand_out_all(conn, now))),
    ("20 * * * * * *", "idle", Tick::Change(crate::desk::greetings::jobs::idle)),
    ("0 17 * * * * *", "events", Tick::Change(|conn, _, now| crate::platform::events::sql::drop_old(conn, now))),
    ("0 23 * * * * *", "sessions", Tick::Change(|conn, _, now| agents::sql::drop_expired(conn, now))),
    ("0 7 * * * * *", "averages", Tick::Outside(crate::overview::insights::web::work_out)),
    ("0 10 3 * * * *", "retention", Tick::Change(crate::overview::retention::jobs::begin)),
    ("0 41 3 * * * *", "attachments", Tick::Outside(attachments::web::drop_waiting)),
    ("0 47 3 * * * *", "mail", Tick::Change(|conn, _, now| mail::sql::drop_old(conn, now))),
    ("0 49 3 * * * *", "notifications", Tick::Change(|conn, _, now| notifications::sql::drop_old(conn, now))),
    ("0 52 3 * * * *", "contact-imports", Tick::Outside(crate::contacts::contact_imports::jobs::drop_old)),
    ("0 50 3 * * * *", "exports", Tick::Outside(crate::overview::reports::web_export::drop_exports)),
    ("0 51 3 * * * *", "copies", Tick::Outside(settings::web_danger::drop_copies)),
    ("0 53 4 * * * *", "optimize", Tick::Change(|conn, _, _| db::optimize(conn))),
];

/// The one-off jobs by the name in their rows.
const WORKS: &[(&str, Work)] = &[
    ("pause", crate::desk::pauses::jobs::run),
    ("waiting", crate::desk::greetings::jobs::waiting),
    ("say", crate::desk::messages::jobs::run),
    ("closing", crate::desk::closings::jobs::run),
    ("bulk-closing", crate::desk::bulk_closings::web::run),
    ("contact-import", crate::contacts::contact_imports::jobs::run),
    ("retention", crate::overview::retention::jobs::run),
    ("erase", crate::overview::register::jobs::erase),
    ("ticket", crate::tickets::web_move::overdue),
    ("transfer", crate::desk::transfers::jobs::give_back),
];

/// Jobs run in one change of the writer, which others wait for meanwhile.
const BATCH: usize = 250;
/// Failures after which a job is left for a person to look at.
const ATTEMPTS: i64 = 8;
/// How often the calendar is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// The loops begin so long after the program.
const SETTLE: Duration = Duration::from_millis(100);

static LINES: LazyLock<Vec<Option<CronLine>>> =
    LazyLock::new(|| CALENDAR.iter().map(|(line, ..)| CronLine::parse(line)).collect());

/// The threads that do what is due: one for the calendar and the jobs, one for the mail.
pub struct Loops {
    stopping: Arc<AtomicBool>,
    app: Arc<App>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the loops.
pub fn start(app: &Arc<App>) -> Result<Loops> {
    let stopping = Arc::new(AtomicBool::new(false));
    let mut threads = Vec::new();
    for (name, turn) in [("jobs", turn as fn(&Arc<App>) -> Result<Duration>), ("mail", mail_turn)] {
        let (app, stopping) = (Arc::clone(app), Arc::clone(&stopping));
        threads.push(std::thread::Builder::new().name(name.to_owned()).stack_size(512 << 10).spawn(move || {
            // Who waits for the first page comes first.
            let mut heard = app.bell.wait(0, SETTLE);
            while !stopping.load(Ordering::SeqCst) {
                let longest = turn(&app).unwrap_or_else(|error| {
                    tracing::error!("{name}: {error}");
                    LOOK
                });
                heard = app.bell.wait(heard, longest);
            }
        })?);
    }
    Ok(Loops { stopping, app: Arc::clone(app), threads })
}

impl Loops {
    /// Lets what runs end, and nothing else begin.
    pub fn stop(self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.app.ending.store(true, Ordering::SeqCst);
        self.app.bell.ring();
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a loop ended with a panic");
            }
        }
    }
}

/// Does what is due; answers how long there is nothing to do, as far as is known.
fn turn(app: &Arc<App>) -> Result<Duration> {
    run_calendar(app)?;
    while run_jobs(app)? == BATCH {}
    let next = app.read(jobs::sql::next_due)?;
    let wait = next.map_or(LOOK, |due| Duration::from_millis(u64::try_from(due.since(app.clock.now())).unwrap_or(0)));
    Ok(wait.min(LOOK))
}

fn mail_turn(app: &Arc<App>) -> Result<Duration> {
    mail::worker::run_due(&mut app.outside())?;
    Ok(LOOK)
}

/// Runs each calendar line whose slot has come: once, however many were missed. Answers how many ran.
pub fn run_calendar(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    let (zone, slots) = app.read(|conn| {
        let zone = company::sql::find(conn)?.map_or_else(|| Zone::named_or_utc(DEFAULT_ZONE), |company| company.zone);
        Ok((zone, jobs::sql::slots(conn)?))
    })?;
    let mut ran = 0;
    for ((_, name, tick), line) in CALENDAR.iter().zip(LINES.iter()) {
        let Some(line) = line else {
            return Err(Error::Internal(format!("the calendar line of {name} can't be read")));
        };
        // A line that never ran starts with its next slot.
        let Some(last) = slots.get(*name).copied() else {
            app.change(move |conn| jobs::sql::mark_slot(conn, name, now))?;
            continue;
        };
        // A clock that was set back makes no slot due twice; one far ahead of now is from a wrong clock and is forgotten.
        if last.since(now) > 25 * 60 * MINUTE {
            app.change(move |conn| jobs::sql::mark_slot(conn, name, now))?;
            continue;
        }
        let Some(slot) = line.due(last, now, &zone) else { continue };
        match run_line(app, name, tick, slot, now) {
            Ok(()) => ran += 1,
            // Its slot stays due. The other lines, and the jobs after them, do not wait for it.
            Err(error) => tracing::error!("the calendar's {name}: {error}"),
        }
    }
    Ok(ran)
}

/// Runs one line, and marks its slot.
fn run_line(app: &Arc<App>, name: &'static str, tick: &Tick, slot: Timestamp, now: Timestamp) -> Result<()> {
    match tick {
        Tick::Change(tick) => {
            let (tick, context) = (*tick, Arc::clone(&app.context));
            app.change(move |conn| {
                tick(conn, &context, now)?;
                jobs::sql::mark_slot(conn, name, slot)
            })
        }
        Tick::Outside(tick) => {
            tick(&mut app.outside())?;
            app.change(move |conn| jobs::sql::mark_slot(conn, name, slot))
        }
    }
}

/// Runs one batch of due jobs in one transaction, each in a savepoint of its own. Answers how many were due.
pub fn run_jobs(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    if app.read(jobs::sql::next_due)?.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let context = Arc::clone(&app.context);
    app.change(move |conn| {
        let due = jobs::sql::due(conn, now, BATCH)?;
        for job in &due {
            let work = WORKS.iter().find(|(name, _)| *name == job.name).map(|(_, work)| work);
            let result = match work {
                Some(work) => db::attempt(conn, |conn| work(conn, &context, &job.payload, now)),
                None => Err(Error::Internal(format!("nothing is called {}", job.name))),
            };
            match result {
                Ok(()) => jobs::sql::done(conn, job.id)?,
                Err(error) => {
                    tracing::warn!(job = job.id, name = job.name, "a job failed: {error}");
                    let next = (job.attempts + 1 < ATTEMPTS).then(|| now.plus(SECOND << (2 * job.attempts.min(10))));
                    jobs::sql::failed(conn, job.id, &error.to_string(), next, now)?;
                }
            }
        }
        Ok(due.len())
    })
}
