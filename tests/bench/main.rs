//! The measurements: `cargo bench`, `cargo bench -- d f`, `cargo bench -- --quick`.
//!
//! This process is the load; the service runs in one of its own, from the release binary, on data that is kept between
//! runs under `target/bench-data`. Beside each result stands a probe of the machine, for these machines are noisy.

#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../it/browser/mod.rs"]
mod browser;
mod client;
mod data;
mod data_people;
mod live;
mod probe;
mod rows;
mod service;

use std::process::ExitCode;

use data::Size;

/// What was asked for.
pub struct Wish {
    pub quick: bool,
    rows: Vec<String>,
}

impl Wish {
    /// Whether a row is to be measured: all of them, unless some are named.
    fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }
}

/// One line of the table.
pub struct Result {
    pub row: &'static str,
    pub what: String,
    pub value: String,
    pub aim: &'static str,
    pub met: Option<bool>,
    pub probe: String,
}

impl Result {
    /// A line with a probe taken now.
    pub fn new(
        row: &'static str,
        what: impl Into<String>,
        value: impl Into<String>,
        aim: &'static str,
        met: Option<bool>,
    ) -> Self {
        let result = Self { row, what: what.into(), value: value.into(), aim, met, probe: probe::line() };
        println!("{}", result.line());
        result
    }

    fn line(&self) -> String {
        let met = match self.met {
            Some(true) => "met",
            Some(false) => "**not met**",
            None => "–",
        };
        format!("| {} | {} | {} | {} | {met} | {} |", self.row, self.what, self.value, self.aim, self.probe)
    }
}

const HEAD: &str =
    "| | what | measured | aim | | probe: 4 KiB + fdatasync p50, rate; load |\n|---|---|---|---|---|---|";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, folder] = arguments.as_slice()
        && word == "--leave-a-wal"
    {
        data::leave_a_wal(folder.as_ref());
    }
    let wish = Wish {
        quick: arguments.iter().any(|argument| argument == "--quick"),
        rows: arguments.into_iter().filter(|argument| !argument.starts_with("--")).collect(),
    };
    println!("{HEAD}");
    let mut results = Vec::new();
    for (row, measure) in rows::ALL {
        if wish.wants(row) {
            results.extend(measure(&wish));
        }
    }
    let table: Vec<String> = results.iter().map(Result::line).collect();
    let path = data::folder().join("last-run.md");
    if let Err(error) = std::fs::write(&path, format!("{HEAD}\n{}\n", table.join("\n"))) {
        eprintln!("the table was not kept: {error}");
    }
    println!("\nkept in {}", path.display());
    let missed = results.iter().filter(|result| result.met == Some(false)).count();
    println!("{} measured, {missed} short of their aim", results.len());
    ExitCode::SUCCESS
}

/// The sizes by name, for the rows.
pub const SIZES: [Size; 3] = [Size::S, Size::L, Size::Xl];
