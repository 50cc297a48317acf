//! What a line comes to: the same rules for the trial, which remembers in memory, and for the real thing.

use rusqlite::Connection;

use super::line::{self, Decision, Said, Wrong};
use super::person::{About, Key, Traits, about};
use super::{ContactImport, ContactImportId, Counts, Existing, Fault, Plan, sql, sql_match};
use crate::contacts::ContactId;
use crate::contacts::custom_fields::CustomField;
use crate::platform::error::Result;
use crate::platform::text::{Language, contact_imports as t};

/// Whom a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Stored(ContactId),
    /// Somebody whom a line of the same file would make.
    Line(i64),
}

/// What lines before this one did.
pub trait Before {
    /// Whom a key leads to by now.
    ///
    /// # Errors
    /// Those of the database.
    fn owners(&self, conn: &Connection, key: &Key) -> Result<Vec<Owner>>;
    /// What tells this person from others by now.
    ///
    /// # Errors
    /// Those of the database.
    fn traits(&self, conn: &Connection, owner: Owner, fields: &[CustomField]) -> Result<Traits>;
    /// The earlier line that is about somebody who is in the register.
    ///
    /// # Errors
    /// Those of the database.
    fn line_of(&self, conn: &Connection, contact: ContactId) -> Result<Option<i64>>;
}

/// The real thing: what lines did is in the database.
impl Before for ContactImportId {
    fn owners(&self, conn: &Connection, key: &Key) -> Result<Vec<Owner>> {
        Ok(sql_match::owners(conn, key)?.into_iter().map(Owner::Stored).collect())
    }

    fn traits(&self, conn: &Connection, owner: Owner, fields: &[CustomField]) -> Result<Traits> {
        stored(conn, owner, fields)
    }

    fn line_of(&self, conn: &Connection, contact: ContactId) -> Result<Option<i64>> {
        sql::line_of(conn, *self, contact)
    }
}

/// What tells a stored person from others.
///
/// # Errors
/// Those of the database.
pub fn stored(conn: &Connection, owner: Owner, fields: &[CustomField]) -> Result<Traits> {
    let Owner::Stored(id) = owner else { return Ok(Traits::default()) };
    let (name, values) = sql_match::name_and_values(conn, id)?;
    Ok(Traits::of(&name, values.iter().map(|(id, value)| (*id, value.as_str())), fields))
}

/// What a line comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Make(Decision, Vec<Key>),
    Change(ContactId, Decision),
    Same(ContactId),
    /// An earlier line is about the same person.
    Repeats(i64),
    Wrong(Vec<Wrong>),
}

/// Judges a line.
///
/// # Errors
/// Those of the database.
pub fn judge(
    conn: &Connection,
    cells: &[String],
    plan: &Plan,
    fields: &[CustomField],
    before: &impl Before,
) -> Result<Verdict> {
    let said = match line::read(cells, plan, fields) {
        Ok(said) => said,
        Err(wrong) => return Ok(Verdict::Wrong(wrong)),
    };
    let (keys, traits) = (said.keys(fields), said.traits(fields));
    let found = keys.iter().map(|key| before.owners(conn, key)).collect::<Result<Vec<_>>>()?;
    let mut known: Vec<(Owner, Traits)> = Vec::new();
    for owner in found.iter().flatten() {
        if !known.iter().any(|(one, _)| one == owner) {
            known.push((*owner, before.traits(conn, *owner, fields)?));
        }
    }
    let of = |owner: Owner| known.iter().find(|(one, _)| *one == owner).map(|(_, traits)| traits);
    let named = |owner: Owner| of(owner).is_some_and(|known| known.name == traits.name);
    // Who shares a number or an address with others is told by document and first name.
    let fits = |owner: &Owner| of(*owner).is_none_or(|known| !known.contradicts(&traits));
    let fitting: Vec<Vec<Owner>> = keys
        .iter()
        .zip(&found)
        .map(|(key, owners)| owners.iter().copied().filter(|owner| !key.is_shared() || fits(owner)).collect())
        .collect();
    let found = match about(&fitting, named) {
        About::Nobody if about(&found, named) == About::Apart => About::Apart,
        found => found,
    };
    Ok(match found {
        About::Nobody => Verdict::Make(line::make(&said), keys),
        About::Apart => Verdict::Wrong(vec![(None, t::APART)]),
        About::Several => Verdict::Wrong(vec![(None, t::SEVERAL)]),
        About::One(Owner::Line(line)) => Verdict::Repeats(line),
        About::One(Owner::Stored(id)) => match before.line_of(conn, id)? {
            Some(line) => Verdict::Repeats(line),
            None => changed(conn, id, &said, plan.existing)?,
        },
    })
}

fn changed(conn: &Connection, id: ContactId, said: &Said, existing: Existing) -> Result<Verdict> {
    let decision = line::change(&sql_match::known(conn, id)?, said, existing);
    Ok(if decision.is_nothing() { Verdict::Same(id) } else { Verdict::Change(id, decision) })
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
            let words =
                crate::platform::text::contact_imports::REPEATS.fill(language, &[("line", &earlier.to_string())]);
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
