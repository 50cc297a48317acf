//! Every address of the routes has a row in the tests that say who may.

use super::source;

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
