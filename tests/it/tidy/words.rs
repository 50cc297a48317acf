//! The words that a kind of file may know, and the words that belong to few files.

use super::arrows::arrows;
use super::kinds::{SQL_TEXT, forbidden};
use super::source::Source;
use super::{covers, holds, tells, tells_together};

/// Words that few files may know: packages that may be exchanged, and what stands behind every handler.
pub const HOMES: &[(&str, &[&str])] = &[
    ("jiff", &["src/platform/time.rs"]),
    ("chrono", &["src/platform/time.rs"]),
    ("cron", &["src/platform/time.rs"]),
    ("rust_embed", &["src/platform/web/assets.rs"]),
    ("tiny_http", &["src/platform/web/server.rs"]),
    ("async", &["src/platform/edge/"]),
    (".await", &["src/platform/edge/"]),
    ("tokio", &["src/platform/edge/"]),
    ("hyper", &["src/platform/edge/"]),
    ("rustls_acme", &["src/platform/edge/"]),
    ("App", &["src/app.rs", "src/answering.rs", "src/timers.rs", "src/cli/", "src/demo/"]),
];

/// The ways to a connection of one's own, which nobody else may name, and who may. Not by the word: packages have writers too.
const POOLS: &[&str] = &["Writer", "Readers", "open_writer", "open_reader"];
pub const POOL: &str = "src/platform/db/";
pub const POOL_KEEPERS: &[&str] = &["src/app.rs", POOL];

#[test]
fn each_kind_of_file_keeps_to_the_words_it_may_know() {
    let notes = |name: &str| format!("src/desk/notes/{name}.rs");
    tells(words, &notes("mod"), "//! x\nfn a(form: &Form) {}", "fn a(cx: &Cx) {}");
    tells(words, &notes("mod"), "// rusqlite", "use rusqlite::Connection;");
    tells(words, &notes("mod"), "let x = \"select one\";", "let x = \"SELECT id FROM note\";");
    tells(words, &notes("sql"), "fn a(conn: &Connection) {}", "fn a(form: &Form) {}");
    tells(words, "src/channels/email/sql_search.rs", "fn a(conn: &Connection) {}", "use maud::html;");
    tells(words, &notes("acts"), "fn a(conn: &Connection) {}", "fn a(visit: &Visit) {}");
    tells(words, &notes("acts_undo"), "fn a(conn: &Connection) {}", "fn a() -> Response {}");
    tells(words, &notes("acts"), "let x = \"update\";", "let x = \"UPDATE note SET a = 1\";");
    tells(words, &notes("view"), "fn a() { html! {} }", "fn a(request: &Request) {}");
    tells(words, &notes("view"), "fn a() { html! {} }", "fn a(conn: &Connection) {}");
    tells(words, &notes("web"), "fn a() { view::x(\"from\") }", "fn a() { html! {} }");
    tells(words, &notes("jobs"), "fn a() { acts::x() }", "let x = \"DELETE FROM note\";");
    tells(words, "src/platform/ui/form.rs", "fn a() { html! {} }", "fn a(cx: &Cx) {}");
    tells(words, "src/platform/jobs/sql.rs", "let x = \"DELETE FROM job\";", "fn a(request: &Request) {}");
    holds(words);
}

#[test]
fn few_files_name_each_package_that_may_be_exchanged() {
    tells(homes, "src/platform/time.rs", "use jiff::Zoned; use cron::Schedule;", "use tiny_http::Server;");
    tells(homes, "src/timers.rs", "fn a(app: &App) {}", "use chrono::Utc;");
    tells(homes, "src/platform/edge/listen.rs", "async fn a() {}", "use rust_embed::Embed;");
    tells(homes, "src/platform/web/http.rs", "fn a() {}", "async fn a() {}");
    tells(homes, "src/app.rs", "// tokio", "use tokio::runtime;");
    tells(homes, "src/desk/notes/web.rs", "fn a(cx: &Cx) {}", "fn a(app: &App) {}");
    holds(homes);
}

#[test]
fn one_file_holds_the_writer_and_the_readers() {
    let writer = ("src/platform/db/writer.rs", "pub struct Writer;");
    let naming = "use crate::platform::db::writer::Writer;";
    tells_together(pools, &[writer, ("src/app.rs", naming)], &[writer, ("src/answering.rs", naming)]);
    let outcome = ("src/answering.rs", "use crate::platform::db::writer::Outcome; use csv::Writer;");
    let inline = ("src/cli/serve.rs", "fn a() { crate::platform::db::writer::Writer::start() }");
    tells_together(pools, &[writer, outcome], &[writer, inline]);
    holds(pools);
}

fn words(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for word in forbidden(&source.path) {
            let lines = match *word {
                SQL_TEXT => source.strings.iter().filter(|(_, text)| is_sql(text)).map(|(line, _)| *line).collect(),
                word => source.lines_with(word),
            };
            faults.extend(at(&source.path, &lines).map(|place| format!("{place} knows {word}")));
        }
    }
    faults
}

/// The lines of a file as one place, where there are any.
fn at(path: &str, lines: &[usize]) -> Option<String> {
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    (!lines.is_empty()).then(|| format!("{path}:{}", numbers.join(",")))
}

fn is_sql(text: &str) -> bool {
    let starts = ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "WITH ", "REPLACE INTO"];
    starts.iter().any(|start| text.trim_start().starts_with(start))
}

fn homes(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for (word, homes) in HOMES.iter().filter(|(_, homes)| !homes.iter().any(|home| covers(home, &source.path))) {
            let place = at(&source.path, &source.lines_with(word));
            faults.extend(place.map(|place| format!("{place} names {word}, which belongs to {}", homes.join(", "))));
        }
    }
    faults
}

fn pools(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (from, targets) in &arrows(sources) {
        if POOL_KEEPERS.iter().any(|keeper| covers(keeper, from)) {
            continue;
        }
        let names = targets.iter().filter(|(to, _)| covers(POOL, to)).flat_map(|(_, names)| names);
        let kept = names.filter(|name| POOLS.contains(&name.split("::").next().unwrap_or_default()));
        faults.extend(kept.map(|name| format!("{from} names {name}")));
    }
    faults
}
