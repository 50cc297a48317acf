//! Trying a file: everything is judged beside the data, and nothing is changed; what earlier lines would do is remembered.

use crate::contacts::contact_imports;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;

use super::judging::{Before, Owner, Verdict, judge, stored};
use super::line::Decision;
use super::person::{Key, Traits};
use super::source::{Rows, folder};
use super::{ContactImportId, Counts, KEPT_FAULTS, State, sql, sql_match};
use crate::app::Outside;
use crate::contacts::ContactId;
use crate::contacts::contact_imports::judging::tally;
use crate::contacts::custom_fields::CustomField;
use crate::platform::error::{Error, Result};
use crate::platform::text::Language;
use crate::platform::time::Timestamp;

/// Lines that are judged in one snapshot, and between two signs of life.
const PIECE: usize = 2_000;
/// Files that are tried at once.
const AT_ONCE: usize = 2;

static TRYING: AtomicUsize = AtomicUsize::new(0);

/// What the lines so far would have done. Keys are kept as hashes: half a million lines take some 100 MB.
#[derive(Default)]
struct Memory {
    hasher: RandomState,
    owners: HashMap<u64, Owner>,
    /// Where several have the same number or address.
    others: HashMap<u64, Vec<Owner>>,
    /// Keys that records would have lost.
    gone: HashSet<(u64, ContactId)>,
    touched: HashMap<ContactId, i64>,
    /// People whom lines would make, and records that they would change.
    made: HashMap<i64, Traits>,
    changed: HashMap<ContactId, Traits>,
}

impl Memory {
    fn hash(&self, key: &Key) -> u64 {
        self.hasher.hash_one(key)
    }

    fn own(&mut self, key: &Key, owner: Owner) {
        let hash = self.hash(key);
        if let Some(first) = self.owners.get(&hash) {
            if *first != owner {
                self.others.entry(hash).or_default().push(owner);
            }
        } else {
            self.owners.insert(hash, owner);
        }
    }

    fn note(&mut self, conn: &Connection, line: i64, verdict: &Verdict, fields: &[CustomField]) -> Result<()> {
        match verdict {
            Verdict::Make(decision, keys) => {
                for key in keys {
                    self.own(key, Owner::Line(line));
                }
                let values = decision.values.iter().map(|(id, value)| (*id, value.as_str()));
                self.made.insert(line, Traits::of(&decision.draft.name, values, fields));
            }
            Verdict::Change(id, decision) => {
                self.touched.insert(*id, line);
                self.shift(*id, decision);
                let (_, mut values) = sql_match::name_and_values(conn, *id)?;
                values.extend(decision.values.iter().cloned());
                let values = values.iter().map(|(id, value)| (*id, value.as_str()));
                self.changed.insert(*id, Traits::of(&decision.draft.name, values, fields));
            }
            Verdict::Same(id) => drop(self.touched.insert(*id, line)),
            Verdict::Repeats(_) | Verdict::Wrong(_) => {}
        }
        Ok(())
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
                    .find(|(known, _)| crate::contacts::custom_fields::key(*known) == *field)
                    .map(|(known, _)| Key::Value(*known, value.to_owned())),
            };
            if let Some(lost) = key(was).filter(|_| !was.is_empty()) {
                let hash = self.hash(&lost);
                self.gone.insert((hash, id));
            }
            if let Some(won) = key(becomes) {
                self.own(&won, Owner::Stored(id));
            }
        }
    }
}

impl Before for Memory {
    fn owners(&self, conn: &Connection, key: &Key) -> Result<Vec<Owner>> {
        let hash = self.hash(key);
        let stored = sql_match::owners(conn, key)?;
        let mut found: Vec<Owner> =
            stored.into_iter().filter(|id| !self.gone.contains(&(hash, *id))).map(Owner::Stored).collect();
        for owner in self.owners.get(&hash).into_iter().chain(self.others.get(&hash).into_iter().flatten()) {
            if !found.contains(owner) {
                found.push(*owner);
            }
        }
        Ok(found)
    }

    fn traits(&self, conn: &Connection, owner: Owner, fields: &[CustomField]) -> Result<Traits> {
        let kept = match owner {
            Owner::Line(line) => self.made.get(&line),
            Owner::Stored(id) => self.changed.get(&id),
        };
        kept.cloned().map_or_else(|| stored(conn, owner, fields), Ok)
    }

    fn line_of(&self, _: &Connection, contact: ContactId) -> Result<Option<i64>> {
        Ok(self.touched.get(&contact).copied())
    }
}

/// The right to try a file; it comes back whatever happens.
#[derive(Debug)]
pub struct Slot(());

impl Slot {
    /// Takes one.
    ///
    /// # Errors
    /// Two others are being tried.
    pub fn take() -> Result<Self> {
        let slot = Self(());
        if TRYING.fetch_add(1, Ordering::SeqCst) < AT_ONCE { Ok(slot) } else { Err(Error::Busy) }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        TRYING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Begins to try a file in a thread of its own; one that fails goes back to its columns.
///
/// # Errors
/// There is no thread.
pub fn begin(
    outside: &Outside,
    slot: Slot,
    id: ContactImportId,
    fields: Vec<CustomField>,
    language: Language,
) -> Result<()> {
    let work = move |outside: &mut Outside| {
        let _slot = slot;
        let tried = catch_unwind(AssertUnwindSafe(|| run(outside, id, &fields, language)));
        let Ok(Ok(())) = tried else {
            tracing::error!("import {id} can't be tried: {tried:?}");
            let given_up = outside.change(move |conn| {
                sql::step(conn, id, State::Trying, State::Mapping, Timestamp(0))?;
                contact_imports::acts::tell(conn, &sql::find(conn, id)?, Timestamp(0))
            });
            if let Err(worse) = given_up {
                tracing::error!("import {id} stays in its trial: {worse}");
            }
            return;
        };
    };
    outside.spawn("trial", work)
}

/// From the first line to the last; ends early where somebody maps the columns anew, or the program ends.
///
/// # Errors
/// The file is gone, or the database fails.
pub fn run(outside: &mut Outside, id: ContactImportId, fields: &[CustomField], language: Language) -> Result<()> {
    let import = outside.read(|conn| sql::find(conn, id))?;
    let plan = import.plan(fields);
    let mut rows = Rows::from(&folder(&outside.context).join(&import.token), import.position)?;
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
        let mut faults = outside.read(|conn| {
            let mut faults = Vec::new();
            for (line, cells) in &piece {
                let verdict = judge(conn, cells, &plan, fields, &memory)?;
                memory.note(conn, *line, &verdict, fields)?;
                faults.extend(tally(&mut counts, *line, &verdict, &import, language));
            }
            Ok(faults)
        })?;
        faults.truncate(usize::try_from(room).unwrap_or(0));
        let now = outside.now();
        let import = import.clone();
        let goes_on = outside.change(move |conn| {
            if !sql::count(conn, id, State::Trying, &counts)? {
                return Ok(false);
            }
            sql::add_faults(conn, id, &faults)?;
            if last {
                sql::step(conn, id, State::Trying, State::Tried, now)?;
            }
            contact_imports::acts::tell(conn, &import, now)?;
            Ok(!last)
        })?;
        if !goes_on || outside.context.ending.load(Ordering::SeqCst) {
            return Ok(());
        }
    }
}
