//! Trying a file: everything is judged beside the data, and nothing is changed; what earlier lines would do is remembered.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;

use super::judging::{Before, Owner, Verdict, judge};
use super::line::{Decision, Key};
use super::source::{Rows, folder};
use super::{ContactImport, ContactImportId, Counts, Fault, KEPT_FAULTS, State, jobs, sql, sql_match};
use crate::app::App;
use crate::contacts::ContactId;
use crate::error::{Error, Result};
use crate::template_fields::Field;
use crate::text::Language;

/// Lines that are judged in one snapshot, and between two signs of life.
const PIECE: usize = 2_000;
/// Files that are tried at once.
const AT_ONCE: usize = 2;

static TRYING: AtomicUsize = AtomicUsize::new(0);

/// What the lines so far would have done. Keys are kept as hashes: half a million lines take some 40 MB.
#[derive(Default)]
struct Memory {
    hasher: RandomState,
    owners: HashMap<u64, Owner>,
    /// Keys that a record would have lost.
    gone: HashSet<u64>,
    touched: HashMap<ContactId, i64>,
}

impl Memory {
    fn hash(&self, key: &Key) -> u64 {
        self.hasher.hash_one(key)
    }

    fn note(&mut self, line: i64, verdict: &Verdict) {
        match verdict {
            Verdict::Make(_, keys) => {
                for key in keys {
                    let hash = self.hash(key);
                    self.owners.insert(hash, Owner::Line(line));
                }
            }
            Verdict::Change(id, decision) => {
                self.touched.insert(*id, line);
                self.shift(*id, decision);
            }
            Verdict::Same(id) => drop(self.touched.insert(*id, line)),
            Verdict::Repeats(_) | Verdict::Wrong(_) => {}
        }
    }

    /// Keys that a change takes from a record, and gives to it.
    fn shift(&mut self, id: ContactId, decision: &Decision) {
        for (field, was, becomes) in &decision.changes {
            let key = |value: &str| match field.as_str() {
                "name" => None,
                "phone" => Some(Key::Phone(value.to_owned())),
                "email" => Some(Key::Email(value.to_owned())),
                _ => decision
                    .values
                    .iter()
                    .find(|(known, _)| crate::template_fields::key(*known) == *field)
                    .map(|(known, _)| Key::Value(*known, value.to_owned())),
            };
            if let Some(lost) = key(was).filter(|_| !was.is_empty()) {
                let hash = self.hash(&lost);
                self.gone.insert(hash);
            }
            if let Some(won) = key(becomes) {
                let hash = self.hash(&won);
                self.owners.insert(hash, Owner::Stored(id));
            }
        }
    }
}

impl Before for Memory {
    fn owners(&self, conn: &Connection, key: &Key) -> Result<Vec<Owner>> {
        let hash = self.hash(key);
        let mut found: Vec<Owner> = if self.gone.contains(&hash) {
            Vec::new()
        } else {
            sql_match::owners(conn, key)?.into_iter().map(Owner::Stored).collect()
        };
        if let Some(owner) = self.owners.get(&hash)
            && !found.contains(owner)
        {
            found.push(*owner);
        }
        Ok(found)
    }

    fn line_of(&self, _: &Connection, contact: ContactId) -> Result<Option<i64>> {
        Ok(self.touched.get(&contact).copied())
    }
}

/// Begins to try a file in a thread of its own.
///
/// # Errors
/// Two others are being tried.
pub fn begin(app: &Arc<App>, id: ContactImportId, fields: Vec<Field>, language: Language) -> Result<()> {
    if TRYING.fetch_add(1, Ordering::SeqCst) >= AT_ONCE {
        TRYING.fetch_sub(1, Ordering::SeqCst);
        return Err(Error::Busy);
    }
    let app = Arc::clone(app);
    let work = move || {
        if let Err(error) = run(&app, id, &fields, language) {
            tracing::error!("import {id} can't be tried: {error}");
            let given_up = app.change(move |conn| {
                sql::step(conn, id, State::Trying, State::Mapping, crate::time::Timestamp(0)).map(drop)
            });
            if let Err(worse) = given_up {
                tracing::error!("import {id} stays in its trial: {worse}");
            }
        }
        TRYING.fetch_sub(1, Ordering::SeqCst);
    };
    std::thread::Builder::new().name("trial".to_owned()).spawn(work)?;
    Ok(())
}

/// From the first line to the last; ends early where somebody maps the columns anew, or the program ends.
///
/// # Errors
/// The file is gone, or the database fails.
pub fn run(app: &Arc<App>, id: ContactImportId, fields: &[Field], language: Language) -> Result<()> {
    let import = app.read(|conn| sql::find(conn, id))?;
    let plan = import.plan(fields);
    let mut rows = Rows::from(&folder(app).join(&import.token), import.position)?;
    let (mut memory, mut counts) = (Memory::default(), Counts::default());
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        while piece.len() < PIECE
            && let Some(row) = rows.next_row()?
        {
            piece.push(row);
        }
        let last = piece.len() < PIECE;
        let room = KEPT_FAULTS.saturating_sub(counts.faulty + counts.repeated);
        let mut faults = app.read(|conn| {
            let mut faults = Vec::new();
            for (line, cells) in &piece {
                let verdict = judge(conn, cells, &plan, fields, &memory)?;
                memory.note(*line, &verdict);
                faults.extend(tally(&mut counts, *line, &verdict, &import, language));
            }
            Ok(faults)
        })?;
        faults.truncate(usize::try_from(room).unwrap_or(0));
        let now = app.clock.now();
        let import = import.clone();
        let goes_on = app.change(move |conn| {
            if !sql::count(conn, id, State::Trying, &counts)? {
                return Ok(false);
            }
            sql::add_faults(conn, id, &faults)?;
            if last {
                sql::step(conn, id, State::Trying, State::Tried, now)?;
            }
            jobs::tell(conn, &import, now)?;
            Ok(!last)
        })?;
        if !goes_on || app.ending.load(Ordering::SeqCst) {
            return Ok(());
        }
    }
}

/// Counts a verdict, and says what is wrong.
pub fn tally(
    counts: &mut Counts,
    line: i64,
    verdict: &Verdict,
    import: &ContactImport,
    language: Language,
) -> Vec<Fault> {
    counts.lines += 1;
    let fault = |column: &str, words: String| Fault { line, column: column.to_owned(), words };
    match verdict {
        Verdict::Make(..) => counts.new += 1,
        Verdict::Change(..) => counts.changed += 1,
        Verdict::Same(_) => counts.same += 1,
        Verdict::Repeats(earlier) => {
            counts.repeated += 1;
            let words = crate::text::contact_imports::REPEATS.fill(language, &[("line", &earlier.to_string())]);
            return vec![fault("", words)];
        }
        Verdict::Wrong(wrong) => {
            counts.faulty += 1;
            let head = |at: &Option<usize>| at.and_then(|at| import.head.get(at)).map_or("", String::as_str);
            return wrong.iter().map(|(at, phrase)| fault(head(at), phrase.say(language).to_owned())).collect();
        }
    }
    Vec::new()
}
