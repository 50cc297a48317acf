//! No files import each other round a circle: each can be read, and changed, after those below it.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::{Arrows, arrows};
use super::source::Source;
use super::{holds, tells_together};

#[test]
fn no_files_import_each_other_in_a_circle() {
    let (a, b, c) = ("src/a/mod.rs", "src/b/mod.rs", "src/c/mod.rs");
    tells_together(
        circles,
        &[(a, "use crate::b::B;"), (b, "use crate::c::C;"), (c, "pub struct C;")],
        &[(a, "use crate::b::B;"), (b, "use crate::c::C;"), (c, "fn f() { crate::a::go() }")],
    );
    tells_together(
        circles,
        &[(a, "mod sql;\npub struct A;"), ("src/a/sql.rs", "use super::A;")],
        &[(a, "mod sql;\npub use sql::all;"), ("src/a/sql.rs", "use super::A;")],
    );
    let knot = [Source::new(a, "use crate::b::B;"), Source::new(b, "use crate::a::{A, go};")];
    let fault = "2 files in a circle:\n    src/a/mod.rs > src/b/mod.rs: B\n    src/b/mod.rs > src/a/mod.rs: A, go";
    assert_eq!(circles(&knot), [fault]);
    holds(circles);
}

fn circles(sources: &[Source]) -> Vec<String> {
    let arrows = arrows(sources);
    let reached: BTreeMap<&str, BTreeSet<&str>> = arrows.keys().map(|file| (*file, reach(file, &arrows))).collect();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (file, targets) in reached.iter().filter(|(file, targets)| targets.contains(*file)) {
        if seen.contains(file) {
            continue;
        }
        let circle: BTreeSet<&str> = targets.iter().copied().filter(|target| reached[target].contains(file)).collect();
        faults.push(format!("{} files in a circle:\n{}", circle.len(), ties(&circle, &arrows).join("\n")));
        seen.extend(circle);
    }
    faults
}

/// Every file that one file needs, itself only where a circle leads back.
fn reach<'a>(file: &'a str, arrows: &Arrows<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        open.extend(arrows[file].keys().filter(|target| found.insert(**target)));
    }
    found
}

/// What ties the files of a circle to each other.
fn ties(circle: &BTreeSet<&str>, arrows: &Arrows) -> Vec<String> {
    let inside = circle.iter().flat_map(|from| arrows[from].iter().map(move |(to, names)| (from, to, names)));
    inside
        .filter(|(_, to, _)| circle.contains(*to))
        .map(|(from, to, names)| format!("    {from} > {to}: {}", Vec::from_iter(names.clone()).join(", ")))
        .collect()
}
