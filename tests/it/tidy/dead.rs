//! Dead exemptions go: a row of a table that matches no file says that somebody forgot it.

use std::collections::BTreeSet;

use super::floors::FLOORS;
use super::habits::UNESCAPED;
use super::kinds::{Kind, row};
use super::others::{OTHERS, Other};
use super::queries::EARS;
use super::source::Source;
use super::words::{HOMES, POOL_KEEPERS};
use super::{covers, holds};

#[test]
fn every_row_of_every_table_is_about_some_file() {
    let sources = [Source::new("src/desk/notes/sql.rs", ""), Source::new("src/desk/notes/marks.rs", "")];
    assert_eq!(dead(["src/desk/", "src/desk/notes/sql.rs"].into_iter(), &sources), [""; 0]);
    assert_eq!(dead(["src/des", "src/desk/notes/", "src/ui/rich.rs"].into_iter(), &sources).len(), 2);
    let other = |path| [Other { path, purpose: "", forbidden: &[], pure: false }];
    assert_eq!(idle(&other("src/desk/notes/marks.rs"), &sources), [""; 0]);
    assert_eq!(idle(&other("src/desk/"), &sources), [""; 0]);
    assert_eq!(idle(&other("src/desk/notes/gone.rs"), &sources).len(), 1);
    assert_eq!(idle(&other("src/desk/notes/sql.rs"), &sources).len(), 1, "its name tells its kind, so no row counts");
    holds(|sources| {
        let homes = HOMES.iter().flat_map(|(_, homes)| homes.iter());
        let floors = FLOORS.iter().flat_map(|wings| wings.iter());
        let rows: BTreeSet<&str> =
            homes.chain(floors).chain(EARS).chain(UNESCAPED).chain(POOL_KEEPERS).copied().collect();
        [dead(rows.into_iter(), sources), idle(OTHERS, sources)].concat()
    });
}

fn dead<'a>(rows: impl Iterator<Item = &'a str>, sources: &[Source]) -> Vec<String> {
    let unused = rows.filter(|row| !sources.iter().any(|source| covers(row, &source.path)));
    unused.map(|row| format!("a row names {row}, and nothing is there")).collect()
}

/// The rows of the table of others by which no file goes.
fn idle(rows: &[Other], sources: &[Source]) -> Vec<String> {
    let unused = rows.iter().filter(|other| {
        let goes_by = |source: &Source| row(rows, &source.path).is_some_and(|found| found.path == other.path);
        !sources.iter().any(goes_by)
    });
    let why = |path: &str| {
        if !path.ends_with('/') && Kind::by_name(path).is_some() {
            "its name tells its kind"
        } else {
            "no file goes by it"
        }
    };
    unused.map(|other| format!("the row of {} ({}) is idle: {}", other.path, other.purpose, why(other.path))).collect()
}
