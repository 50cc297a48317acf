//! What holds for queries: one room writes a table, a query tells nobody, and rows are read by the names of their columns.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::arrows;
use super::kinds::{Kind, room};
use super::source::{Item, Source, places};
use super::{covers, holds, tells, tells_together};

/// Where somebody is told something: a query may know its types, and nothing that tells.
pub const EARS: &[&str] =
    &["src/platform/events/", "src/desk/events/", "src/desk/notifications/", "src/platform/web/live.rs"];

/// As many columns may be read by their numbers.
const NUMBERED: usize = 4;

#[test]
fn each_table_is_written_by_one_room() {
    let both = |a: &str, b: &str| {
        tables(&[Source::new("src/desk/notes/sql.rs", a), Source::new("src/desk/tags/sql_more.rs", b)])
    };
    assert!(both("x(\"INSERT INTO note (a)\")", "x(\"SELECT a FROM note\")").is_empty());
    assert!(both("x(\"INSERT INTO note (a)\")", "x(\"UPDATE tag SET a = 1\")").is_empty());
    for writes in
        ["UPDATE note SET a = 1", "DELETE FROM note", "INSERT OR IGNORE\\n  INTO note (a)", "REPLACE INTO note"]
    {
        assert_eq!(both("x(\"INSERT INTO note (a)\")", &format!("x(\"{writes}\")")).len(), 1, "{writes}");
    }
    holds(tables);
}

#[test]
fn a_query_tells_nobody_anything() {
    let notes = |text: &'static str| ("src/desk/notes/sql.rs", text);
    let events = ("src/platform/events/sql.rs", "pub fn tell() { x(\"INSERT INTO event (a)\") }");
    let event = ("src/platform/events/mod.rs", "pub struct EventId;");
    let live = ("src/platform/web/live.rs", "pub struct Live;");
    let own = ("src/desk/notifications/sql_old.rs", "fn a() { super::sql::tell() }");
    let notice = ("src/desk/notifications/sql.rs", "pub fn tell() {}");
    let noticing = notes("fn a() { crate::desk::notifications::sql::tell() }");
    let naming = notes("use crate::platform::events; fn a() { events::sql::tell() }");
    tells_together(telling, &[events, event, notes("use crate::platform::events::EventId;")], &[events, event, naming]);
    tells_together(telling, &[notice, own], &[notice, noticing]);
    tells_together(telling, &[live, notes("")], &[live, notes("use crate::platform::web::live::Live;")]);
    holds(telling);
}

#[test]
fn a_query_leaves_writing_elsewhere_to_the_room_that_owns_the_table() {
    let mail = (
        "src/team/mail/sql.rs",
        "const ADD: &str = \"INSERT INTO mail (a)\";\n\
         pub fn find() {\n    x(\"SELECT a FROM mail\")\n}\n\
         pub fn queue() {\n    add()\n}\nfn add() {\n    x(ADD)\n}\n",
    );
    let notes = |text: &'static str| ("src/desk/notes/sql.rs", text);
    let through = "use crate::team::mail::sql; fn a() { sql::queue() }";
    tells_together(meddling, &[mail, notes("fn a() { crate::team::mail::sql::find() }")], &[mail, notes(through)]);
    tells_together(
        meddling,
        &[mail, ("src/team/mail/sql_old.rs", "use super::sql::queue;")],
        &[mail, notes("use crate::team::mail::sql::{find, queue};")],
    );
    let job = ("src/platform/jobs/sql.rs", "pub fn plan() { x(\"INSERT INTO job (a)\") }");
    let planning = notes("fn a() { crate::platform::jobs::sql::plan() }");
    tells_together(meddling, &[job, ("src/demo/sql.rs", planning.1)], &[job, planning]);
    tells_together(
        meddling,
        &[mail, ("src/desk/notes/acts.rs", "use crate::team::mail::sql::queue;")],
        &[mail, notes("use crate::team::mail::sql::*;")],
    );
    holds(meddling);
}

#[test]
fn rows_of_many_columns_are_read_by_name() {
    let reads = |from: u32, to: u32| (from..to).map(|at| format!("    row.get({at})?;\n")).collect::<String>();
    let function = |name: &str, body: &str| format!("fn {name}(row: &Row) {{\n{body}}}\n");
    let path = "src/desk/notes/sql.rs";
    tells(columns, path, &function("a", &reads(0, 4)), &function("a", &reads(0, 5)));
    let twice = function("a", &(reads(0, 4) + &reads(0, 4)));
    tells(columns, path, &twice, &function("a", &reads(0, 5).replace("get", "get::<_, i64>")));
    let named = function("a", &reads(0, 9).replace("get(", "get(\"c\" + "));
    tells(columns, path, &named, &function("a", &reads(0, 5).replace("get", "get_ref")));
    tells(columns, path, &(function("a", &reads(0, 3)) + &function("b", &reads(3, 6))), &function("c", &reads(0, 6)));
    holds(columns);
}

fn tables(sources: &[Source]) -> Vec<String> {
    let mut writers: BTreeMap<String, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for source in sources {
        for (line, text) in &source.strings {
            for table in written(text) {
                let places = writers.entry(table).or_default().entry(room(&source.path)).or_default();
                places.push(format!("{}:{line}", source.path));
            }
        }
    }
    let shared = writers.into_iter().filter(|(_, rooms)| rooms.len() > 1);
    shared.map(|(table, rooms)| format!("{table} is written by {rooms:?}")).collect()
}

/// The tables that a statement writes.
fn written(statement: &str) -> Vec<String> {
    let flat = statement.replace("\\n", " ").replace("\\", " ");
    let words: Vec<&str> = flat.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut found = Vec::new();
    for (place, pair) in words.windows(2).enumerate() {
        let target = match pair {
            ["INTO", table] => Some(table),
            ["FROM", table] if place > 0 && words[place - 1] == "DELETE" => Some(table),
            // `DO UPDATE SET` names no table.
            ["UPDATE", table] if words.get(place + 2) == Some(&"SET") && *table != "SET" => Some(table),
            _ => None,
        };
        found.extend(target.map(|table| (*table).to_owned()));
    }
    found
}

/// The queries of rooms. The ground and the sample company go by the rows of their folders.
fn is_query(path: &str) -> bool {
    Kind::of(path) == Some(Kind::Sql)
}

fn telling(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (from, targets) in arrows(sources).iter().filter(|(from, _)| is_query(from)) {
        let ears = |to: &str| EARS.iter().any(|ear| covers(ear, to)) && Kind::by_name(to) != Some(Kind::Mod);
        for (to, names) in targets.iter().filter(|(to, _)| ears(to) && room(to) != room(from)) {
            faults.push(format!("{from} > {to}: {}", Vec::from_iter(names.clone()).join(", ")));
        }
    }
    faults
}

fn meddling(sources: &[Source]) -> Vec<String> {
    let queries = sources.iter().filter(|source| Kind::by_name(&source.path) == Some(Kind::Sql));
    let writing: BTreeMap<&str, BTreeSet<String>> =
        queries.map(|source| (source.path.as_str(), writing(source))).collect();
    let mut faults = Vec::new();
    for (from, targets) in arrows(sources).iter().filter(|(from, _)| is_query(from)) {
        for (to, names) in targets.iter().filter(|(to, _)| room(to) != room(from)) {
            let Some(writing) = writing.get(to) else { continue };
            let writes = |name: &&String| {
                let last = name.rsplit("::").next().unwrap_or_default();
                writing.contains(last) || (last == "*" && !writing.is_empty())
            };
            faults.extend(names.iter().filter(writes).map(|name| format!("{from} > {to}: {name} writes")));
        }
    }
    faults
}

/// The functions and constants of a file that write, by their own text or through others of the same file.
fn writing(source: &Source) -> BTreeSet<String> {
    let items: Vec<Item> = source.functions().into_iter().chain(source.constants()).collect();
    let own = |item: &&Item| {
        let inside = source.strings.iter().filter(|(line, _)| (item.line..item.line + item.lines).contains(line));
        inside.into_iter().any(|(_, text)| !written(text).is_empty())
    };
    let mut found: BTreeSet<String> = items.iter().filter(own).map(|item| item.name.clone()).collect();
    loop {
        let through =
            |item: &&Item| !found.contains(&item.name) && found.iter().any(|name| calls(&source.code_of(item), name));
        let more: Vec<String> = items.iter().filter(through).map(|item| item.name.clone()).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Whether code calls a function of its own file, or names a constant of it; `row.close(…)` and `other::close(…)` do not.
fn calls(code: &str, name: &str) -> bool {
    places(code, name).into_iter().any(|place| {
        let (before, after) = (&code[..place], &code[place + name.len()..]);
        let elsewhere = before.ends_with('.') || before.ends_with("::");
        let own = !elsewhere || before.ends_with("Self::") || before.ends_with("self::");
        own && (after.starts_with('(') || name.chars().all(|letter| !letter.is_lowercase()))
    })
}

fn columns(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for function in source.functions() {
            let numbers = numbers(&source.code_of(&function)).len();
            if numbers > NUMBERED {
                let place = format!("{}:{} {}", source.path, function.line, function.name);
                faults.push(format!("{place} reads {numbers} columns by number"));
            }
        }
    }
    faults
}

/// The different numbers that `.get(…)` is asked for.
fn numbers(code: &str) -> BTreeSet<u32> {
    let calls = ["get(", "get_ref(", "get::<"].into_iter().flat_map(|call| {
        let dotted = code.match_indices(call).filter(|(place, _)| code[..*place].ends_with('.'));
        dotted.map(move |(place, _)| &code[place + call.len()..])
    });
    let argument = |rest: &str| {
        let inside = rest.split_once(')')?.0;
        let inside = inside.rsplit_once(">(").map_or(inside, |(_, inside)| inside);
        inside.trim().parse().ok()
    };
    calls.filter_map(argument).collect()
}
