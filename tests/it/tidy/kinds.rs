//! Every file has a kind by its name, or a row in the table of others: no file is outside the rules.

use super::others::{OTHERS, Other};
use super::source::Source;
use super::{covers, holds, tells_together};

/// What a file of a room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mod,
    Sql,
    Acts,
    View,
    Web,
    Jobs,
}

/// Among forbidden words: queries in a file's strings.
pub const SQL_TEXT: &str = "SQL in a string";
/// What types and rules may not know.
pub const MOD: &[&str] = &["rusqlite", "maud", "html!", "Cx", "Visit", "App", SQL_TEXT];

impl Kind {
    /// The words that a file of this kind may not know.
    const fn forbidden(self) -> &'static [&'static str] {
        match self {
            Self::Mod => MOD,
            Self::Sql => &["Cx", "Visit", "Form", "maud", "html!"],
            Self::Acts => &["Cx", "Visit", "Form", "Request", "Response", "maud", "html!", SQL_TEXT],
            Self::View => &["rusqlite", "Connection", "Cx", "Visit", "Request", SQL_TEXT],
            Self::Web | Self::Jobs => &["html!", SQL_TEXT],
        }
    }

    /// The kind that a name tells: `Sql` for `notes/sql.rs`, `notes/sql_search.rs` and `notes/sql/search.rs`.
    pub fn by_name(path: &str) -> Option<Self> {
        let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/')?;
        let folder = folder.rsplit('/').next()?;
        let kinds = [("sql", Self::Sql), ("acts", Self::Acts), ("view", Self::View), ("web", Self::Web)];
        let mut kinds = kinds.into_iter().chain([("jobs", Self::Jobs)]);
        let tells = |kind: &str| {
            folder == kind || name.strip_prefix(kind).is_some_and(|tail| tail.is_empty() || tail.starts_with('_'))
        };
        let named = kinds.find(|(kind, _)| tells(kind)).map(|(_, kind)| kind);
        named.or((name == "mod").then_some(Self::Mod))
    }

    /// What rules a file goes by; None where only its row says so.
    pub fn of(path: &str) -> Option<Self> {
        match row(OTHERS, path) {
            Some(row) => row.pure.then_some(Self::Mod),
            None => Self::by_name(path),
        }
    }
}

/// A file's room: its folder, or the one above a folder that is named after a kind.
pub fn room(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder.rsplit_once('/') {
        Some((above, "sql" | "acts" | "view" | "web" | "jobs")) => above,
        _ => folder,
    }
}

/// The words that a file may not know.
pub fn forbidden(path: &str) -> &'static [&'static str] {
    let by_kind = || Kind::by_name(path).map_or(&[][..], Kind::forbidden);
    row(OTHERS, path).map_or_else(by_kind, |row| row.forbidden)
}

/// The row that a file goes by: its own, or its folder's. In a room, a row takes no file out of the kind that its name tells.
pub fn row<'a>(rows: &'a [Other], path: &str) -> Option<&'a Other> {
    let folder = rows.iter().find(|row| row.path.ends_with('/') && covers(row.path, path));
    let counts = folder.is_some() || Kind::by_name(path).is_none();
    rows.iter().find(|row| row.path == path && counts).or(folder)
}

#[test]
fn each_file_has_a_kind_or_a_row() {
    let known = ["mod", "sql", "sql_search", "sql/search", "acts", "acts_undo", "view", "web", "web_new", "jobs"];
    for name in known {
        let path = format!("src/desk/notes/{name}.rs");
        tells_together(kinds, &[(path.as_str(), "")], &[("src/desk/notes/sqlite.rs", "")]);
    }
    tells_together(kinds, &[("src/platform/time.rs", "")], &[("src/calendar.rs", "")]);
    tells_together(kinds, &[("src/cli/anything.rs", "")], &[("src/desk/anything.rs", "")]);
    holds(kinds);
}

#[test]
fn names_and_rows_tell_the_kind() {
    assert_eq!(Kind::of("src/desk/notes/sql_search.rs"), Some(Kind::Sql));
    assert_eq!(Kind::of("src/desk/notes/sql/search.rs"), Some(Kind::Sql));
    assert_eq!(Kind::of("src/channels/web_chat/mod.rs"), Some(Kind::Mod), "a room whose name begins like a kind");
    assert_eq!(Kind::of("src/platform/web/form.rs"), None, "the row of its folder says what it may know");
    assert_eq!(room("src/desk/notes/sql/search.rs"), "src/desk/notes");
    assert_eq!(room("src/channels/web_chat/web.rs"), "src/channels/web_chat");
    let paths = ["src/desk/notes/sql.rs", "src/desk/notes/marks.rs", "src/cli/", "src/cli/view.rs"];
    let rows = paths.map(|path| Other { path, purpose: "", forbidden: &[], pure: false });
    let found = |path: &str| row(&rows, path).map(|row| row.path);
    assert_eq!(found("src/desk/notes/sql.rs"), None, "a row is no way out of a kind");
    assert_eq!(found("src/desk/notes/marks.rs"), Some("src/desk/notes/marks.rs"));
    assert_eq!(found("src/cli/sql.rs"), Some("src/cli/"));
    assert_eq!(found("src/cli/view.rs"), Some("src/cli/view.rs"));
}

fn kinds(sources: &[Source]) -> Vec<String> {
    let outside = |source: &&Source| row(OTHERS, &source.path).is_none() && Kind::of(&source.path).is_none();
    sources.iter().filter(outside).map(|source| format!("{} has no kind and no row", source.path)).collect()
}
