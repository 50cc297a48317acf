//! Habits of every file: small, opened by a sentence, named after something, without panics and unescaped markup.

use super::source::Source;
use super::{covers, holds, tells};

/// The files that may show text as markup unescaped. Whatever cleans markup that others wrote gets its row here.
pub const UNESCAPED: &[&str] = &["src/platform/ui/icon.rs"];

#[test]
fn files_and_functions_stay_small() {
    tells(sizes, "src/a.rs", &"// x\n".repeat(400), &"// x\n".repeat(401));
    let function = |lines: usize| format!("fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
    tells(sizes, "src/a.rs", &function(80), &function(81));
    holds(sizes);
}

#[test]
fn nothing_panics_on_purpose_outside_tests_and_main() {
    tells(panics, "src/a.rs", "a.unwrap_or_default()", "a.unwrap()");
    tells(panics, "src/a.rs", "#[cfg(test)]\nmod tests { fn a() { b.expect(\"c\") } }", "b.expect(\"c\")");
    for word in ["panic!(\"x\")", "todo!()", "unimplemented!()"] {
        tells(panics, "src/a.rs", "// panic!", word);
    }
    tells(panics, "src/main.rs", "a.expect(\"b\")", "todo!()");
    holds(panics);
}

#[test]
fn markup_goes_unescaped_in_known_files_only() {
    assert!(unescaped(&[Source::new(UNESCAPED[0], "PreEscaped(a)")]).is_empty());
    tells(unescaped, "src/desk/notes/view.rs", "(a)", "(PreEscaped(a))");
    holds(unescaped);
}

#[test]
fn each_file_opens_with_a_line_that_says_what_it_is() {
    tells(openings, "src/a.rs", "//! The letter.\n", "use b;\n");
    tells(openings, "src/a.rs", "//! The letter.\n", "//!\nuse b;\n");
    holds(openings);
}

#[test]
fn no_file_is_named_after_nothing() {
    assert!(names(&[Source::new("src/desk/notes/sql.rs", "")]).is_empty());
    assert!(!names(&[Source::new("src/utils.rs", "")]).is_empty());
    assert!(!names(&[Source::new("src/desk/notes/manager.rs", "")]).is_empty());
    holds(names);
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

fn unescaped(sources: &[Source]) -> Vec<String> {
    let strict = sources.iter().filter(|source| !UNESCAPED.iter().any(|row| covers(row, &source.path)));
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
