//! The house rules, read off the source. Each rule is a function from sources to faults, and is seen to find one.

mod addresses;
mod arrows;
mod circles;
mod dead;
mod floors;
mod habits;
mod imports;
mod kinds;
mod names;
mod others;
mod phrases;
mod queries;
mod source;
mod words;

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
    tells_together(rule, &[(path, good)], &[(path, bad)]);
}

/// The rule is silent on the files `good` and not on `bad`, each with its path and text.
#[track_caller]
fn tells_together(rule: Rule, good: &[(&str, &str)], bad: &[(&str, &str)]) {
    let faults =
        |files: &[(&str, &str)]| rule(&files.iter().map(|(path, text)| Source::new(path, text)).collect::<Vec<_>>());
    assert_eq!(faults(good), [""; 0], "the rule finds a fault in what is right");
    assert_ne!(faults(bad), [""; 0], "the rule is silent on {bad:?}");
}

/// Whether a row of a table is about a file: its path, or a folder's, which ends with `/`.
fn covers(row: &str, path: &str) -> bool {
    if row.ends_with('/') { path.starts_with(row) } else { path == row }
}
