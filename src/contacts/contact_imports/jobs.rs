//! Taking a file in: one batch after the other, each in one transaction with the place where the next begins.

use std::collections::HashSet;

use rusqlite::Connection;

use super::judging::judge;
use super::source::{Rows, folder};
use super::{ContactImportId, Fault, KEPT_FAULTS, State, sql};
use crate::app::{Context, Outside};
use crate::contacts::contact_imports::acts::{schedule, take, tell};
use crate::contacts::contact_imports::judging::tally;
use crate::contacts::custom_fields::sql::visible_to;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;
use crate::team::agents::{self, Role};
use crate::team::settings::{self, Action};

/// Lines in one transaction, which others wait for: some twenty milliseconds.
const BATCH: usize = 100;
/// A breath between batches, in which what others write comes first, in milliseconds.
const BREATH: i64 = 4;
/// Batches between two signs of life.
const SIGNS: i64 = 20;

/// The job: one batch, and the plan for the next (payload: the import's id).
pub fn run(conn: &Connection, context: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let id = ContactImportId(payload.parse().map_err(Error::internal)?);
    let import = sql::find(conn, id)?;
    if !import.is_running() {
        return Ok(());
    }
    let by = agents::sql::find(conn, import.by)?;
    let fields = visible_to(conn, &by)?;
    let plan = import.plan(&fields);
    let file = folder(context).join(&import.token);
    let lost = import.columns.iter().zip(&plan.columns).any(|(word, target)| *word != target.word());
    if !file.is_file() || lost || !by.is(Role::Lead) {
        // The file, a field, or the right to it is gone: what has come in stays, and the page says that it ended early.
        sql::step(conn, id, State::Running, State::Stopped, now)?;
        return tell(conn, &import, now);
    }
    let mut rows = Rows::from(&file, import.position)?;
    let mut counts = import.counts;
    let mut faults: Vec<Fault> = Vec::new();
    let mut ended = false;
    for _ in 0..BATCH {
        let Some((line, cells)) = rows.next_row()? else {
            ended = true;
            break;
        };
        let verdict = judge(conn, &cells, &plan, &fields, &id)?;
        take(conn, &import, line, &verdict, now)?;
        let kept = counts.faulty + counts.repeated < KEPT_FAULTS;
        let found = tally(&mut counts, line, &verdict, &import, by.language);
        if kept {
            faults.extend(found);
        }
    }
    sql::count(conn, id, State::Running, &counts)?;
    sql::add_faults(conn, id, &faults)?;
    sql::advance(conn, id, rows.position())?;
    if ended {
        sql::step(conn, id, State::Running, State::Done, now)?;
        let subject = format!("contacts · {} + {}", counts.new, counts.changed);
        settings::sql::record(conn, import.by, Action::RegisterImported, &subject, now)?;
        return tell(conn, &import, now);
    }
    if (counts.lines / i64::try_from(BATCH).unwrap_or(1)) % SIGNS == 0 {
        tell(conn, &import, now)?;
    }
    schedule(conn, id, rows.position(), now.plus(BREATH))
}

/// The calendar's turn: files whose time is over go, and those that no row knows.
pub fn drop_old(outside: &mut Outside) -> Result<()> {
    let now = outside.now();
    outside.change(move |conn| sql::drop_old(conn, now))?;
    let wanted: HashSet<String> = outside.read(sql::tokens)?.into_iter().collect();
    let entries = match std::fs::read_dir(folder(&outside.context)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    for entry in entries {
        let entry = entry?;
        let known = entry.file_name().to_str().is_some_and(|name| wanted.contains(name));
        // One that is being received has no row yet.
        let fresh = entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age.as_secs() < 3600);
        if !known && !fresh {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
