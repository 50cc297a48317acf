//! Types that say what they are: no name twenty times over, no participle where a noun belongs.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, line_of, places};
use super::{holds, tells, tells_together};

/// Names that many files may declare, each with why they are read with their module's name or never leave it.
const SHARED: &[(&str, &str)] = &[
    ("Kind", "a noun's own kinds, stored as words and used as `pauses::Kind`"),
    ("Columns", "what one file's statement reads, never seen outside it"),
];

/// Words that say nothing of a thing where it is used: what happens to it, or that it is shown.
const BARE: &[&str] = &[
    "Asked",
    "Automatic",
    "Collected",
    "Configured",
    "Done",
    "Draft",
    "Edited",
    "Filled",
    "Found",
    "Garbled",
    "Given",
    "Held",
    "Kept",
    "Keyed",
    "Known",
    "Listed",
    "Made",
    "Moved",
    "Narrowed",
    "Needed",
    "Offered",
    "Opened",
    "Past",
    "Place",
    "Prepared",
    "Received",
    "Recorded",
    "Refused",
    "Revised",
    "Said",
    "Sent",
    "Shared",
    "Shown",
    "Shut",
    "Spooled",
    "Started",
    "Stored",
    "Taken",
    "Tested",
    "Ticked",
    "Told",
    "Visible",
    "Waiting",
    "Wanted",
    "What",
    "Written",
    "Wrong",
];

/// Types that still have a bare word for a name, with their files. The list only gets shorter.
const UNNAMED: &[(&str, &str)] = &[
    ("src/contacts/contact_imports/line.rs", "Known"),
    ("src/contacts/contact_imports/line.rs", "Said"),
    ("src/contacts/contact_imports/line.rs", "Wrong"),
    ("src/contacts/contact_imports/source.rs", "Prepared"),
    ("src/contacts/contact_imports/source.rs", "Written"),
    ("src/contacts/record_form.rs", "Edited"),
    ("src/contacts/record_form.rs", "Keyed"),
    ("src/overview/retention/view.rs", "Shown"),
    ("src/team/departments/mod.rs", "Draft"),
];

#[test]
fn no_type_is_named_by_a_bare_word() {
    let path = "src/desk/transfers/view.rs";
    tells(bare, path, "pub struct TransferDialog<'a> { held: Held }", "pub struct Shown<'a> { id: i64 }");
    tells(bare, path, "enum Secret { Shown, Hidden }", "    pub(super) enum Told { One }");
    tells(bare, path, "impl A for B {\n    type Draft = C;\n}\n", "pub type Draft = C;\n");
    tells(
        bare,
        path,
        "crate::words! {\n    /// Who.\n    State { Known = \"known\" }\n}\n",
        "crate::words! {\n    Known { A = \"a\" }\n}\n",
    );
    holds(bare);
}

#[test]
fn no_name_of_a_type_stands_in_more_than_two_files() {
    let declared = |name: &str| format!("pub struct {name} {{ id: i64 }}\n");
    let (row, kind, own) = (declared("Row"), declared("Kind"), declared("PersonRow"));
    let files = |third| [("src/a.rs", row.as_str()), ("src/b.rs", row.as_str()), ("src/c.rs", third)];
    tells_together(repeated, &files(&own), &files(&row));
    tells_together(repeated, &["src/a.rs", "src/b.rs", "src/c.rs"].map(|path| (path, kind.as_str())), &files(&row));
    holds(repeated);
}

#[test]
fn every_exemption_is_needed() {
    holds(|sources| {
        let all = declarations(sources);
        let files = |name: &str| all.get(name).map_or(0, |lines| files_of(lines).len());
        let idle =
            SHARED.iter().filter(|(name, _)| files(name) < 3).map(|(name, _)| format!("{name} is shared by few"));
        let stands = |path: &str, name: &str| all.get(name).is_some_and(|lines| files_of(lines).contains(path));
        let gone = UNNAMED.iter().filter(|(path, name)| !stands(path, name));
        idle.chain(gone.map(|(path, name)| format!("{path} has no {name}"))).collect()
    });
}

fn bare(sources: &[Source]) -> Vec<String> {
    let all = declarations(sources);
    let named = BARE.iter().filter_map(|name| Some((name, all.get(*name)?)));
    let lines = named.flat_map(|(name, lines)| lines.iter().map(move |line| (*name, line)));
    lines
        .filter(|(name, (path, _))| !UNNAMED.contains(&(*path, *name)))
        .map(|(name, (path, line))| format!("{path}:{line} {name} does not say what it is"))
        .collect()
}

fn repeated(sources: &[Source]) -> Vec<String> {
    let all = declarations(sources);
    let many = all
        .iter()
        .map(|(name, lines)| (name, files_of(lines)))
        .filter(|(name, files)| files.len() > 2 && !SHARED.iter().any(|(shared, _)| shared == *name));
    many.map(|(name, files)| format!("{name} is a type in {files:?}")).collect()
}

fn files_of<'a>(lines: &[(&'a str, usize)]) -> BTreeSet<&'a str> {
    lines.iter().map(|(path, _)| *path).collect()
}

/// Every type's name, with the files and lines that declare it.
fn declarations(sources: &[Source]) -> BTreeMap<&str, Vec<(&str, usize)>> {
    let mut found: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for source in sources {
        let code = source.code.as_str();
        // A type of an implementation is named by its trait.
        let own = |word: &str, place: usize| {
            let line = code[..place].rfind('\n').map_or(0, |end| end + 1);
            word != "type " || !code[line..place].starts_with(' ')
        };
        for word in ["struct ", "enum ", "trait ", "type ", "words! {", "columns! {"] {
            for place in places(code, word).into_iter().filter(|place| own(word, *place)) {
                let rest = code[place + word.len()..].trim_start();
                let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
                if rest.starts_with(|letter: char| letter.is_uppercase()) {
                    found.entry(&rest[..end]).or_default().push((&source.path, line_of(code, place)));
                }
            }
        }
    }
    found
}
