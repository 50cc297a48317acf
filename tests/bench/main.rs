//! The measurements: `cargo bench`; with words for them, `cargo bench -- d f --quick`; of two builds in turns,
//! `cargo bench -- --against BINARY d f`, where `--pairs 20` makes it another number of turns.
//!
//! This process is the load; the service runs in one of its own, from the release binary, on data that is kept between
//! runs under `target/bench-data`. Beside each result stands a probe of the machine, for these machines are noisy.

mod bench;
#[allow(dead_code, unused_imports, reason = "the tests use the rest")]
#[path = "../it/browser/mod.rs"]
mod browser;
mod build;
mod client;
mod data;
mod data_people;
mod figures;
mod live;
mod probe;
mod rows;
mod service;
mod twin;

use std::path::PathBuf;
use std::process::ExitCode;

use bench::Bench;
use data::Size;

/// What was asked for.
pub struct Wish {
    pub quick: bool,
    /// The other build of a paired run.
    against: Option<PathBuf>,
    /// How often both builds of a paired run are measured.
    pairs: usize,
    rows: Vec<String>,
}

impl Wish {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wish = Self { quick: false, against: None, pairs: 0, rows: Vec::new() };
        while let Some(word) = words.next() {
            match word.as_str() {
                // Cargo's own.
                "--bench" => {}
                "--quick" => wish.quick = true,
                "--against" => {
                    let path = words.next().ok_or("--against takes the path of a binary")?;
                    let found = std::fs::canonicalize(&path).map_err(|error| format!("{path}: {error}"))?;
                    wish.against = Some(found);
                }
                "--pairs" => {
                    let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
                    wish.pairs = number.ok_or("--pairs takes a number")?;
                }
                row if rows::ALL.iter().any(|(name, _)| *name == row) => wish.rows.push(word),
                _ => return Err(format!("there is no row and no option {word}")),
            }
        }
        if wish.pairs == 0 {
            // Even, so that each build is the first as often as the other.
            wish.pairs = if wish.quick { 8 } else { 10 };
        }
        Ok(wish)
    }

    /// Whether a row is to be measured: all of them, unless some are named.
    fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| wanted == row)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder] = arguments.as_slice()
        && word == "--leave-a-wal"
    {
        data::leave_a_wal(folder.as_ref());
    }
    let mut bench = match Wish::read(arguments.into_iter()).and_then(Bench::begin) {
        Ok(bench) => bench,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    for (row, measure) in rows::ALL {
        if bench.wish.wants(row) {
            measure(&mut bench);
        }
    }
    let (path, mut text) = (data::folder().join("last-run.md"), bench.table());
    if bench.is_paired() {
        text = format!("{text}\n{}\n", bench.close());
    }
    if let Err(error) = std::fs::write(&path, text) {
        eprintln!("the table was not kept: {error}");
    }
    println!("\nkept in {}", path.display());
    println!("{}", bench.close());
    ExitCode::SUCCESS
}

/// The sizes by name, for the rows.
pub const SIZES: [Size; 3] = [Size::S, Size::L, Size::Xl];
