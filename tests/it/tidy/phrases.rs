//! The message catalogue: every phrase says the same in both languages, and every file of phrases is in use.

use std::collections::BTreeSet;

use super::source::Source;
use super::{holds, tells};

const CATALOGUE: &str = "src/platform/text/";

#[test]
fn phrases_carry_the_same_marks_in_both_languages() {
    let good = r#"phrases! { A: "olá {name}", "hello {name}"; B: "\"{a}\" e {b}", "{b} and {a}"; }"#;
    tells(phrases, "src/platform/text/a.rs", good, r#"phrases! { A: "olá {name}", "hello {nome}"; }"#);
    tells(phrases, "src/platform/text/a.rs", good, r#"phrases! { A: "olá", ""; }"#);
    tells(phrases, "src/platform/text/a.rs", good, r#"phrases! { A: "olá", "olá {b}"; }"#);
    tells(phrases, "src/platform/text/a.rs", "const VOWEL: &str = \"a\";", r#"phrases! { A: "olá"; }"#);
    holds(phrases);
}

#[test]
fn every_text_file_is_in_the_catalogue() {
    let file = |name: &str, text: &str| Source::new(&format!("{CATALOGUE}{name}.rs"), text);
    assert_eq!(unlisted(&[file("mod", "pub mod notes;"), file("notes", "")]), [""; 0]);
    assert_ne!(unlisted(&[file("mod", "// notes"), file("notes", "")]), [""; 0]);
    holds(unlisted);
}

fn unlisted(sources: &[Source]) -> Vec<String> {
    let folder = |source: &&Source| source.path.starts_with(CATALOGUE);
    let (catalogue, files): (Vec<&Source>, Vec<&Source>) =
        sources.iter().filter(folder).partition(|source| source.path.ends_with("/mod.rs"));
    let listed = |file: &Source| {
        let name = file.path.trim_start_matches(CATALOGUE).trim_end_matches(".rs");
        catalogue.iter().any(|catalogue| !catalogue.lines_with(name).is_empty())
    };
    files.into_iter().filter(|file| !listed(file)).map(|file| format!("{} is in no catalogue", file.path)).collect()
}

fn phrases(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    let phrases = |source: &&Source| {
        // The catalogue itself declares the macro; beside it there may be what works on words, without phrases.
        let says = !source.path.ends_with("/mod.rs") && !source.lines_with("phrases!").is_empty();
        says && source.path.starts_with(CATALOGUE)
    };
    for source in sources.iter().filter(phrases) {
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
