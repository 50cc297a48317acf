//! Who imports whom, file by file: out of `use` trees and of paths written in full, as the compiler would find them.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// File → file → the names that tie them.
pub type Arrows<'a> = BTreeMap<&'a str, BTreeMap<&'a str, BTreeSet<String>>>;

/// A module's path from the crate's root.
type Module<'a> = Vec<&'a str>;

/// The crate's roots say where the rest lies; they are no rooms themselves.
const ROOTS: &[&str] = &["src/lib.rs", "src/main.rs"];

/// The arrows of all files but the roots; a file that imports nothing has a row too.
pub fn arrows(sources: &[Source]) -> Arrows<'_> {
    let rooms = || sources.iter().filter(|source| !ROOTS.contains(&source.path.as_str()));
    let files: BTreeMap<Module, &str> = rooms().map(|source| (module(&source.path), source.path.as_str())).collect();
    rooms().map(|source| (source.path.as_str(), from(source, &files))).collect()
}

fn module(path: &str) -> Module<'_> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.trim_end_matches("/mod").split('/').collect()
}

/// The arrows out of one file. A module that is imported makes none by itself: what is named through it does.
fn from<'a>(source: &Source, files: &BTreeMap<Module<'a>, &'a str>) -> BTreeMap<&'a str, BTreeSet<String>> {
    let here = module(&source.path);
    let (uses, rest) = uses(&source.code);
    let mut known: BTreeMap<&str, Module> =
        children(&rest).map(|child| (child, [here.as_slice(), &[child]].concat())).collect();
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |path: &[&str]| {
        if let Some((file, name)) = resolve(path, files).filter(|(file, _)| *file != source.path) {
            found.entry(file).or_default().insert(name);
        }
    };
    let mut brought = Vec::new();
    for tree in uses {
        leaves(tree, &[], &mut brought);
    }
    for Leaf { path, alias } in &brought {
        let child = known.get(path[0]).map(|child| [child.as_slice(), &path[1..]].concat());
        let Some(mut path) = absolute(&here, path).or(child) else { continue };
        path.pop_if(|last| *last == "self");
        match path.last() {
            Some(last) if files.contains_key(&path) => drop(known.insert(alias.unwrap_or(last), path)),
            _ => add(&path),
        }
    }
    for path in paths(&rest) {
        let path: Vec<&str> = path.split("::").collect();
        let through = known.get(path[0]).map(|module| [module.as_slice(), &path[1..]].concat());
        if let Some(path) = absolute(&here, &path).or(through) {
            add(&path);
        }
    }
    found
}

/// The file with the longest module path that begins this one, and the name in it.
fn resolve<'a>(path: &[&str], files: &BTreeMap<Module<'a>, &'a str>) -> Option<(&'a str, String)> {
    let lengths = (1..=path.len()).rev();
    let (length, file) = lengths.map(|length| (length, files.get(&path[..length]))).find(|(_, file)| file.is_some())?;
    let name = path[length..].join("::");
    Some((file?, if name.is_empty() { "(module)".to_owned() } else { name }))
}

/// A path that begins with `crate`, `self` or `super`, from the root; None for others.
fn absolute<'a>(here: &[&'a str], path: &[&'a str]) -> Option<Module<'a>> {
    let (first, rest) = path.split_first()?;
    match *first {
        "crate" => Some(rest.to_vec()),
        "self" if rest.first() == Some(&"super") => absolute(here, rest),
        "self" => Some([here, rest].concat()),
        "super" => {
            let above = &here[..here.len().saturating_sub(1)];
            if rest.first() == Some(&"super") { absolute(above, rest) } else { Some([above, rest].concat()) }
        }
        _ => None,
    }
}

/// The trees of the `use` lines, and the code without them.
fn uses(code: &str) -> (Vec<&str>, String) {
    let (mut trees, mut rest, mut done) = (Vec::new(), String::new(), 0);
    for (place, word) in code.match_indices("use ") {
        let inside = code[..place].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let Some(end) = code[place..].find(';').filter(|_| !inside && place >= done) else { continue };
        rest.push_str(&code[done..place]);
        trees.push(&code[place + word.len()..place + end]);
        done = place + end;
    }
    rest.push_str(&code[done..]);
    (trees, rest)
}

/// One name that a `use` brings in.
struct Leaf<'a> {
    path: Vec<&'a str>,
    alias: Option<&'a str>,
}

/// The names that a `use` tree brings in.
fn leaves<'a>(tree: &'a str, before: &[&'a str], found: &mut Vec<Leaf<'a>>) {
    let segments = |text: &'a str| text.split("::").map(str::trim).filter(|part| !part.is_empty());
    let Some((start, inside)) = tree.split_once('{') else {
        let words: Vec<&str> = tree.split_whitespace().collect();
        let (path, alias) = match words[..] {
            [path, "as", alias] => (path, Some(alias)),
            _ => (tree, None),
        };
        let path: Vec<&str> = before.iter().copied().chain(segments(path)).collect();
        if !path.is_empty() {
            found.push(Leaf { path, alias });
        }
        return;
    };
    let before: Vec<&str> = before.iter().copied().chain(segments(start)).collect();
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let mut depth = 0;
    let branches = inside.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    for branch in branches.filter(|branch| !branch.trim().is_empty()) {
        leaves(branch, &before, found);
    }
}

/// The modules that a file declares in files of their own. Declaring is no import.
fn children(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter_map(|line| line.split_once("mod ")?.1.trim_end().strip_suffix(';'))
}

/// Everything of the form `a::b`, with as many parts as there are.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    let pieces = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
    // What begins with `::` belongs to the type before it, or to another crate.
    pieces.map(|piece| piece.trim_end_matches(':')).filter(|piece| !piece.starts_with(':') && piece.contains("::"))
}

fn shown(sources: &[Source]) -> Vec<String> {
    let arrows = arrows(sources);
    let rows = arrows.iter().flat_map(|(from, targets)| targets.iter().map(move |(to, names)| (from, to, names)));
    rows.map(|(from, to, names)| format!("{from} > {to}: {}", Vec::from_iter(names.clone()).join(" "))).collect()
}

/// What `src/notes/web.rs` imports with this text, from three other files and its own room.
fn of(text: &str) -> Vec<String> {
    let others = ["src/app.rs", "src/notes/mod.rs", "src/notes/sql.rs", "src/desk/tags/sql.rs", "src/lib.rs"];
    let mut sources: Vec<Source> = others.iter().map(|path| Source::new(path, "")).collect();
    sources.push(Source::new("src/notes/web.rs", text));
    shown(&sources).iter().filter_map(|row| row.strip_prefix("src/notes/web.rs > src/")).map(str::to_owned).collect()
}

#[test]
fn imports_are_found_however_they_are_written() {
    assert_eq!(of("use crate::app::Cx;"), ["app.rs: Cx"]);
    assert_eq!(of("pub use crate::app::{Cx as C, Visit};"), ["app.rs: Cx Visit"]);
    assert_eq!(
        of("use crate::{\n    app::{self, Cx},\n    desk::tags::{sql::{a, b as c}},\n};\nfn f() { app::go() }"),
        ["app.rs: Cx go", "desk/tags/sql.rs: a b"]
    );
    assert_eq!(of("fn f() { crate::desk::tags::sql::find(1) }"), ["desk/tags/sql.rs: find"]);
    assert_eq!(of("use super::sql; fn f() { sql::all() }"), ["notes/sql.rs: all"]);
    assert_eq!(of("use super::Note; use super::super::app::Cx;"), ["app.rs: Cx", "notes/mod.rs: Note"]);
    assert_eq!(of("use super::sql as s; fn f() -> Vec<s::Row> { s::Row::all() }"), ["notes/sql.rs: Row Row::all"]);
    assert_eq!(of("use crate::desk; fn f() { desk::tags::sql::find() }"), [""; 0]);
    assert_eq!(of("use crate::desk::tags::sql::*;"), ["desk/tags/sql.rs: *"]);
    assert_eq!(of("fn f() { use crate::app::Cx; }"), ["app.rs: Cx"]);
}

#[test]
fn what_is_no_import_makes_no_arrow() {
    assert_eq!(of("use crate::desk::tags::sql;"), [""; 0], "imported and not used");
    assert_eq!(of("// crate::app::Cx\nfn f() { \"crate::app::Cx\" }"), [""; 0]);
    assert_eq!(of("#[cfg(test)]\nmod tests { use crate::app::Cx; }"), [""; 0]);
    assert_eq!(of("use rusqlite::app::Cx; fn f() { std::app::go(); <A as B>::app::go() }"), [""; 0]);
    assert_eq!(of("use crate::macros; crate::ids! { A }"), [""; 0]);
    assert_eq!(of("fn f() { self::own() }"), [""; 0]);
    let two = [Source::new("src/a/mod.rs", "pub mod b;\nmod c;"), Source::new("src/a/b.rs", "")];
    assert_eq!(shown(&two), [""; 0], "declared");
    let two = [Source::new("src/a/mod.rs", "mod b;\npub use b::X;\nfn f() { b::y() }"), Source::new("src/a/b.rs", "")];
    assert_eq!(shown(&two), ["src/a/mod.rs > src/a/b.rs: X y"]);
}
