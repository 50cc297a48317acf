//! `balcao doctor`: one line for each thing that may go wrong.

use std::path::Path;

use rustix::fs::statvfs;

use super::arguments::Data;
use crate::app::App;
use crate::platform::db::{self, backup};
use crate::platform::jobs;
use crate::platform::time::{Clock, DAY, Timestamp};
use crate::team::{company, mail};

/// The release's own time: a clock before it is wrong. 2026-11-01.
const RELEASED: Timestamp = Timestamp(1_793_491_200_000);
/// Less free space than this is a fault.
const SPACE: u64 = 512 << 20;

/// Prints the lines; Err where something is wrong.
pub fn run(data: &Data) -> Result<(), String> {
    let folder = &data.data;
    let mut wrong = 0;
    let mut say = |name: &str, verdict: Result<String, String>| match verdict {
        Ok(line) => println!("ok    {name}: {line}"),
        Err(line) => {
            wrong += 1;
            println!("WRONG {name}: {line}");
        }
    };
    let file = folder.join(db::FILE);
    say("file", backup::check(&file).map(|()| format!("{} is whole", file.display())));
    say("space", space(folder));
    let now = Clock::System.now();
    say(
        "clock",
        if now < RELEASED {
            Err("the system's clock is before this program's release".to_owned())
        } else {
            Ok("plausible".to_owned())
        },
    );
    if file.exists() {
        match App::open(folder, Clock::System) {
            Ok(app) => {
                say("settings", settings(&app));
                say("events", newest(&app, now));
                say("jobs", failed_jobs(&app));
                say("mail", outbox(&app));
                app.stop();
            }
            Err(sentence) => say("settings", Err(sentence)),
        }
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} of these need a look")) }
}

fn space(folder: &Path) -> Result<String, String> {
    let found = statvfs(folder).map_err(|error| format!("{} can't be asked: {error}", folder.display()))?;
    let free = found.f_bavail * found.f_frsize;
    let line = format!("{} MB free", free >> 20);
    if free < SPACE { Err(line) } else { Ok(line) }
}

fn settings(app: &App) -> Result<String, String> {
    match app.read(company::sql::find).map_err(|error| error.to_string())? {
        Some(company) => Ok(format!("{}, {}, {}", company.name, company.zone.name(), company.language.code())),
        None => Err("the setup has not been done; start `balcao serve` and open the address it prints".to_owned()),
    }
}

fn newest(app: &App, now: Timestamp) -> Result<String, String> {
    let latest = app.read(crate::platform::events::sql::latest).map_err(|error| error.to_string())?;
    match latest {
        Some(at) if at.since(now) > DAY => {
            Err("the newest event lies in the future: the clock was wrong, or is".to_owned())
        }
        _ => Ok("in order".to_owned()),
    }
}

fn failed_jobs(app: &App) -> Result<String, String> {
    match app.read(jobs::sql::count_failed).map_err(|error| error.to_string())? {
        0 => Ok("none has failed".to_owned()),
        count => Err(format!("{count} have failed for good")),
    }
}

fn outbox(app: &App) -> Result<String, String> {
    match app.read(mail::sql::is_configured).map_err(|error| error.to_string())? {
        true => Ok("set up; the settings page tries it".to_owned()),
        false => Ok("not set up; links are copied by hand".to_owned()),
    }
}
