//! The house rules, read off the source. Each rule is a function from sources to faults, and is seen to find one.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::Source;

type Rule = fn(&[Source]) -> Vec<String>;

#[track_caller]
fn holds(rule: Rule) {
    let sources = source::all();
    assert!(sources.iter().any(|source| source.path == "src/lib.rs"), "the rules look at nothing");
    let faults = rule(&sources);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The rule is silent on `good` and not on `bad`, both at `path`.
#[track_caller]
fn tells(rule: Rule, path: &str, good: &str, bad: &str) {
    assert_eq!(rule(&[Source::new(path, good)]), [""; 0], "the rule finds a fault in what is right");
    assert_ne!(rule(&[Source::new(path, bad)]), [""; 0], "the rule is silent on {bad}");
}

#[test]
fn each_kind_of_file_keeps_to_the_words_it_may_know() {
    holds(words);
    tells(words, "src/notes/mod.rs", "//! x\nfn a(form: &Form) {}", "fn a(cx: &Cx) {}");
    tells(words, "src/notes/mod.rs", "// rusqlite", "use rusqlite::Connection;");
    tells(words, "src/channels/email/sql.rs", "fn a(conn: &Connection) {}", "use maud::html;");
    tells(words, "src/notes/view.rs", "fn a() { html! {} }", "fn a(request: &Request) {}");
    tells(words, "src/notes/web.rs", "fn a() { view::x(\"from\") }", "fn a() { html! {} }");
    tells(words, "src/notes/web.rs", "let x = \"select one\";", "let x = \"SELECT id FROM note\";");
    tells(words, "src/ui/form.rs", "fn a() { html! {} }", "fn a(cx: &Cx) {}");
}

#[test]
fn one_file_names_each_package_that_may_be_exchanged() {
    holds(packages);
    tells(packages, "src/time.rs", "use jiff::Zoned;", "use tiny_http::Server;");
    tells(packages, "src/jobs.rs", "use cron::Schedule;", "use chrono::Utc;");
    tells(packages, "src/edge/listen.rs", "async fn a() {}", "use rust_embed::Embed;");
    tells(packages, "src/web/http.rs", "fn a() {}", "async fn a() {}");
    tells(packages, "src/app.rs", "// tokio", "use tokio::runtime;");
}

#[test]
fn each_table_is_written_by_one_noun() {
    holds(tables);
    let both = |a: &str, b: &str| tables(&[Source::new("src/notes/sql.rs", a), Source::new("src/tags/sql.rs", b)]);
    assert!(both("x(\"INSERT INTO note (a)\")", "x(\"SELECT a FROM note\")").is_empty());
    assert!(both("x(\"INSERT INTO note (a)\")", "x(\"UPDATE tag SET a = 1\")").is_empty());
    for writes in
        ["UPDATE note SET a = 1", "DELETE FROM note", "INSERT OR IGNORE\\n  INTO note (a)", "REPLACE INTO note"]
    {
        assert_eq!(both("x(\"INSERT INTO note (a)\")", &format!("x(\"{writes}\")")).len(), 1, "{writes}");
    }
}

#[test]
fn files_and_functions_stay_small() {
    holds(sizes);
    tells(sizes, "src/a.rs", &"// x\n".repeat(400), &"// x\n".repeat(401));
    let function = |lines: usize| format!("fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
    tells(sizes, "src/a.rs", &function(80), &function(81));
}

#[test]
fn nothing_panics_on_purpose_outside_tests_and_main() {
    holds(panics);
    tells(panics, "src/a.rs", "a.unwrap_or_default()", "a.unwrap()");
    tells(panics, "src/a.rs", "#[cfg(test)]\nmod tests { fn a() { b.expect(\"c\") } }", "b.expect(\"c\")");
    for word in ["panic!(\"x\")", "todo!()", "unimplemented!()"] {
        tells(panics, "src/a.rs", "// panic!", word);
    }
    tells(panics, "src/main.rs", "a.expect(\"b\")", "todo!()");
}

#[test]
fn markup_goes_unescaped_in_two_known_files_only() {
    holds(unescaped);
    assert!(unescaped(&[Source::new("src/ui/icon.rs", "PreEscaped(a)")]).is_empty());
    tells(unescaped, "src/notes/view.rs", "(a)", "(PreEscaped(a))");
}

#[test]
fn each_file_opens_with_a_line_that_says_what_it_is() {
    holds(openings);
    tells(openings, "src/a.rs", "//! The letter.\n", "use b;\n");
    tells(openings, "src/a.rs", "//! The letter.\n", "//!\nuse b;\n");
}

#[test]
fn no_file_is_named_after_nothing() {
    holds(names);
    assert!(names(&[Source::new("src/notes/sql.rs", "")]).is_empty());
    assert!(!names(&[Source::new("src/utils.rs", "")]).is_empty());
    assert!(!names(&[Source::new("src/notes/manager.rs", "")]).is_empty());
}

#[test]
fn phrases_carry_the_same_marks_in_both_languages() {
    holds(phrases);
    let good = r#"phrases! { A: "olá {name}", "hello {name}"; B: "\"{a}\" e {b}", "{b} and {a}"; }"#;
    tells(phrases, "src/text/a.rs", good, r#"phrases! { A: "olá {name}", "hello {nome}"; }"#);
    tells(phrases, "src/text/a.rs", good, r#"phrases! { A: "olá", ""; }"#);
    tells(phrases, "src/text/a.rs", good, r#"phrases! { A: "olá", "olá {b}"; }"#);
}

#[test]
fn every_text_file_is_in_the_catalogue() {
    let catalogue = Source::new("src/text/mod.rs", &source::file("src/text/mod.rs").unwrap());
    for file in source::all().iter().filter(|file| file.path.starts_with("src/text/")) {
        let name = file.path.trim_start_matches("src/text/").trim_end_matches(".rs").trim_end_matches("/mod");
        assert!(name == "mod" || !catalogue.lines_with(name).is_empty(), "{} is in no catalogue", file.path);
    }
}

#[test]
fn every_address_has_a_row_that_says_who_may() {
    let routes = "(Get, [\"notes\", id]) => a,\n(Post, [\"notes\"]) => b,\n";
    assert!(unguarded(routes, "row(Get, \"/notes/7\")\nrow(Post, \"/notes\")").is_empty());
    assert_eq!(unguarded(routes, "row(Get, \"/notes/7\")\nrow(Get, \"/notes\")"), ["POST /notes"]);
    assert_eq!(unguarded(routes, "row(Post, \"/notes\")"), ["GET /notes/*"]);
    assert_eq!(unguarded("(Get, [\"assets\", ..]) => a", ""), ["GET /assets/**"]);
    let routes = source::file("src/routes.rs").expect("the routes");
    let rows = source::file("tests/it/permissions.rs").expect("the permissions");
    let missing = unguarded(&routes, &rows);
    assert!(missing.is_empty(), "tests/it/permissions.rs says nothing about:\n{}", missing.join("\n"));
}

/// What a file is by its name: `sql` for `src/notes/sql.rs`, `src/notes/sql_search.rs` and `src/notes/sql/search.rs`.
fn kind(path: &str) -> &'static str {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    let (first, rest) = inside.split_once('/').unwrap_or(("", inside));
    if matches!(first, "db" | "edge" | "web" | "ui" | "text" | "") {
        return if first == "ui" { "ui" } else { "" };
    }
    let parts: Vec<&str> = rest.split('/').collect();
    for kind in ["sql", "view", "web"] {
        if parts.iter().any(|part| *part == kind || part.strip_prefix(kind).is_some_and(|tail| tail.starts_with('_'))) {
            return kind;
        }
    }
    if parts.last() == Some(&"mod") { "mod" } else { "" }
}

fn words(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let kind = kind(&source.path);
        let forbidden: &[&str] = match kind {
            "mod" => &["rusqlite", "maud", "html!", "Cx"],
            "sql" => &["Cx", "Form", "maud", "html!"],
            "view" => &["rusqlite", "Connection", "Cx", "Request"],
            "web" => &["html!"],
            "ui" => &["rusqlite", "Connection", "Cx", "Request"],
            _ => &[],
        };
        for word in forbidden {
            let found = source.lines_with(word).into_iter();
            faults.extend(found.map(|line| format!("{}:{line} names {word}", source.path)));
        }
        if matches!(kind, "mod" | "view" | "web" | "ui") {
            let found = source.strings.iter().filter(|(_, text)| is_sql(text));
            faults.extend(found.map(|(line, _)| format!("{}:{line} holds SQL", source.path)));
        }
    }
    faults
}

fn is_sql(text: &str) -> bool {
    let starts = ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "WITH ", "REPLACE INTO"];
    starts.iter().any(|start| text.trim_start().starts_with(start))
}

fn packages(sources: &[Source]) -> Vec<String> {
    let homes: &[(&str, &str)] = &[
        ("jiff", "src/time.rs"),
        ("chrono", "src/time.rs"),
        ("rust_embed", "src/web/assets.rs"),
        ("tiny_http", "src/web/server.rs"),
        ("async", "src/edge/"),
        (".await", "src/edge/"),
        ("tokio", "src/edge/"),
        ("hyper", "src/edge/"),
        ("rustls_acme", "src/edge/"),
    ];
    let mut faults = Vec::new();
    for source in sources {
        for (word, home) in homes.iter().filter(|(_, home)| !source.path.starts_with(home)) {
            let found = source.lines_with(word).into_iter();
            faults.extend(found.map(|line| format!("{}:{line} names {word}, which belongs to {home}", source.path)));
        }
    }
    faults
}

fn tables(sources: &[Source]) -> Vec<String> {
    let mut writers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        let noun = source.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let noun = noun.trim_end_matches("/sql").to_owned();
        for (line, text) in &source.strings {
            for table in written(text) {
                writers.entry(table).or_default().insert(format!("{noun} ({}:{line})", source.path));
            }
        }
    }
    let nouns = |places: &BTreeSet<String>| {
        places.iter().map(|place| place.split(" (").next().unwrap_or_default().to_owned()).collect::<BTreeSet<_>>()
    };
    let shared = writers.into_iter().filter(|(_, places)| nouns(places).len() > 1);
    shared.map(|(table, places)| format!("{table} is written by {places:?}")).collect()
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

fn sizes(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let lines = source.text.lines().count();
        if lines > 400 {
            faults.push(format!("{} has {lines} lines", source.path));
        }
        let long = source.functions().into_iter().filter(|function| function.lines > 80);
        faults.extend(long.map(|f| format!("{}:{} {} has {} lines", source.path, f.line, f.name, f.lines)));
    }
    faults
}

fn panics(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let unfinished = ["todo!", "unimplemented!"];
        let abrupt = [".unwrap()", ".expect(", "panic!"];
        let main = source.path == "src/main.rs";
        for word in unfinished.iter().chain(abrupt.iter().filter(|_| !main)) {
            let found = source.lines_with(word).into_iter();
            faults.extend(found.map(|line| format!("{}:{line} has {word}", source.path)));
        }
    }
    faults
}

/// The file that may show text as markup after cleaning it.
const SANITIZER: &str = "src/ui/rich.rs";

fn unescaped(sources: &[Source]) -> Vec<String> {
    let strict = sources.iter().filter(|source| source.path != "src/ui/icon.rs" && source.path != SANITIZER);
    strict
        .flat_map(|source| source.lines_with("PreEscaped").into_iter().map(|line| format!("{}:{line}", source.path)))
        .collect()
}

fn openings(sources: &[Source]) -> Vec<String> {
    let silent = |source: &&Source| source.text.strip_prefix("//! ").is_none_or(|rest| rest.trim_start().len() < 5);
    sources.iter().filter(silent).map(|source| format!("{} opens without a //! line", source.path)).collect()
}

fn names(sources: &[Source]) -> Vec<String> {
    let empty = ["util", "utils", "helper", "helpers", "manager", "service", "services", "misc"];
    let named = |source: &&Source| source.path.trim_end_matches(".rs").split('/').any(|part| empty.contains(&part));
    sources.iter().filter(named).map(|source| format!("{} has a name that says nothing", source.path)).collect()
}

fn phrases(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let files =
        sources.iter().filter(|source| source.path.starts_with("src/text/") && source.path != "src/text/mod.rs");
    for source in files {
        for pair in source.strings.chunks(2) {
            let [(line, pt), (_, en)] = pair else {
                faults.push(format!("{} has a phrase in one language", source.path));
                continue;
            };
            if pt.trim().is_empty() || en.trim().is_empty() || marks(pt) != marks(en) {
                faults.push(format!("{}:{line} differs: {pt} / {en}", source.path));
            }
        }
    }
    faults
}

/// The `{name}` marks of a phrase.
fn marks(phrase: &str) -> BTreeSet<&str> {
    phrase.split('{').skip(1).filter_map(|tail| tail.split_once('}')).map(|(name, _)| name).collect()
}

/// The addresses of the routes (`(Get, ["notes", id]) =>`) without a row of that method and shape.
fn unguarded(routes: &str, rows: &str) -> Vec<String> {
    let rows: Vec<(String, Vec<&str>)> = rows
        .lines()
        .flat_map(|line| {
            let paths = line.split('"').skip(1).step_by(2).filter_map(|text| text.strip_prefix('/'));
            paths.map(|path| {
                (line.to_uppercase(), path.split(['?', ' ']).next().unwrap_or_default().split('/').collect())
            })
        })
        .collect();
    let mut missing = Vec::new();
    for line in routes.lines() {
        let Some((methods, rest)) = line.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(", [")) else {
            continue;
        };
        let Some((pattern, _)) = rest.split_once("])").or_else(|| rest.split_once(']')) else { continue };
        let pattern: Vec<&str> = pattern.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        for method in methods.split('|').map(|method| method.trim().rsplit("::").next().unwrap_or_default()) {
            let method = method.to_uppercase();
            if !rows.iter().any(|(row, path)| row.contains(&method) && fits(&pattern, path)) {
                missing.push(format!(
                    "{method} /{}",
                    pattern.iter().map(|part| shape(part)).collect::<Vec<_>>().join("/")
                ));
            }
        }
    }
    missing
}

fn shape(part: &str) -> &str {
    match part {
        literal if literal.starts_with('"') => literal.trim_matches('"'),
        rest if rest.ends_with("..") => "**",
        _ => "*",
    }
}

fn fits(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty() || path == [""],
        Some((part, _)) if shape(part) == "**" => true,
        Some((part, rest)) => path.split_first().is_some_and(|(segment, after)| {
            (shape(part) == "*" || shape(part).split(" | ").any(|one| one.trim_matches('"') == *segment))
                && fits(rest, after)
        }),
    }
}
