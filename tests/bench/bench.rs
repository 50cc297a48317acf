//! A run of the bench. The rows ask it to measure: alone it prints what this build does, against another build how both
//! compare, taken in turns, for absolute figures of these machines say little.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::build::Build;
use crate::client::Times;
use crate::figures::{MOST, Measured, Ratio, Reading, Run, Verdict};
use crate::{Wish, probe};

const ALONE: &str =
    "| | what | measured | aim | | probe: 4 KiB + fdatasync p50, rate; load |\n|---|---|---|---|---|---|";
const PAIRED: &str =
    "| | what | this over the other: median (quartiles) | medians, this : the other | |\n|---|---|---|---|---|";

const SURELY_WORSE: Verdict = Verdict::Worse { sure: true };

/// Into how many shares a measurement is cut in a paired run, where that is possible …
const SHARES: usize = 12;
/// … and how many of them make one pair: there are so many more pairs instead, each of other processes.
const A_PAIR: usize = 4;

/// What stands on the left of a line, and its aim.
pub struct Label {
    pub row: &'static str,
    pub what: String,
    pub aim: &'static str,
}

pub fn label(row: &'static str, what: impl Into<String>, aim: &'static str) -> Label {
    Label { row, what: what.into(), aim }
}

/// A line of the table.
struct Line {
    row: &'static str,
    what: String,
    text: String,
    met: Option<bool>,
    /// Of a paired run; or why there are none.
    ratios: Result<Vec<Ratio>, String>,
}

/// What is measured, and how it is made of a build: a running service, a folder. Alone it is made once and serves all lines
/// that ask for it; in a paired run it is made anew for each pair, for two processes of one and the same binary can differ
/// by a third for as long as they live.
pub struct Subject<'a, T> {
    make: Box<dyn Fn(&Build) -> T + 'a>,
    kept: Option<T>,
}

impl<'a, T> Subject<'a, T> {
    pub fn new(make: impl Fn(&Build) -> T + 'a) -> Self {
        Self { make: Box::new(make), kept: None }
    }
}

pub struct Bench {
    pub wish: Wish,
    this: Build,
    other: Option<Build>,
    lines: Vec<Line>,
}

impl Bench {
    /// Begins the table.
    pub fn begin(wish: Wish) -> Result<Self, String> {
        let (this, other) = match &wish.against {
            None => (Build::alone(), None),
            Some(program) => {
                let other = tried(|| Build::paired(program, "other"))?;
                (Build::paired(&Build::alone().program, "this"), Some(other))
            }
        };
        println!("{}", if other.is_some() { PAIRED } else { ALONE });
        Ok(Self { wish, this, other, lines: Vec::new() })
    }

    /// Whether the run compares two builds, and so measures everything several times.
    pub fn is_paired(&self) -> bool {
        self.other.is_some()
    }

    /// Measures what can be cut into shares. In a paired run the builds take turns with them, that what disturbs the machine
    /// for a second disturbs both; alone all is one share.
    pub fn shares<T>(
        &self,
        subject: &mut Subject<'_, T>,
        share: impl Fn(&mut T, usize) -> Times,
        read: impl Fn(Times) -> Reading,
    ) -> Measured {
        let pairs = self.wish.pairs * SHARES / A_PAIR;
        let alone = |this: &mut T| read(share(this, 1));
        self.turns(pairs, subject, alone, |turn, this, other| {
            let mut sums = [Times::default(), Times::default()];
            for number in 0..A_PAIR {
                let both = both(turn + number, || share(this, SHARES), || share(other, SHARES))?;
                sums.iter_mut().zip(both).for_each(|(sum, times)| sum.join(times));
            }
            Ok(sums.map(&read))
        })
    }

    /// Measures as a whole and prints.
    pub fn line<T>(&mut self, label: Label, subject: &mut Subject<'_, T>, measure: impl Fn(&mut T) -> Reading) {
        self.lines([label], subject, |one| [measure(one)]);
    }

    /// Several lines out of one measurement.
    pub fn lines<T, const N: usize>(
        &mut self,
        labels: [Label; N],
        subject: &mut Subject<'_, T>,
        measure: impl Fn(&mut T) -> [Reading; N],
    ) {
        let runs = self.turns(self.wish.pairs, subject, &measure, |number, this, other| {
            both(number, || measure(this), || measure(other))
        });
        let mut each: [Measured; N] = std::array::from_fn(|_| Ok(Vec::new()));
        match runs {
            Err(reason) => each.fill_with(|| Err(reason.clone())),
            Ok(runs) => {
                for run in runs {
                    let mut other = run.other.map(IntoIterator::into_iter);
                    for (column, this) in each.iter_mut().flatten().zip(run.this) {
                        column.push(Run { this, other: other.as_mut().and_then(Iterator::next) });
                    }
                }
            }
        }
        for (label, measured) in labels.into_iter().zip(&each) {
            self.add(label, measured);
        }
    }

    /// Alone one measurement, else so many pairs of them.
    fn turns<T, R>(
        &self,
        pairs: usize,
        subject: &mut Subject<'_, T>,
        alone: impl Fn(&mut T) -> R,
        pair: impl Fn(usize, &mut T, &mut T) -> Result<[R; 2], String>,
    ) -> Result<Vec<Run<R>>, String> {
        let Subject { make, kept } = subject;
        let Some(other) = &self.other else {
            let this = kept.get_or_insert_with(|| make(&self.this));
            return Ok(vec![Run { this: alone(this), other: None }]);
        };
        let turn = |number| {
            let [mut this, mut other] = both(number, || make(&self.this), || make(other))?;
            let [this, other] = pair(number, &mut this, &mut other)?;
            Ok(Run { this, other: Some(other) })
        };
        (0..pairs).map(turn).collect()
    }

    /// Prints what was measured or worked out.
    pub fn add(&mut self, label: Label, measured: &Measured) {
        let Label { row, what, aim } = label;
        let mut met = None;
        let mut ratios = Ok(Vec::new());
        let rest = match measured {
            Err(reason) => {
                ratios = Err(reason.clone());
                format!("not comparable: {reason} | – | –")
            }
            Ok(runs) if self.is_paired() => {
                let all = Ratio::all(runs);
                let text = compared(&all);
                ratios = Ok(all);
                text
            }
            Ok(runs) => {
                let reading = &runs[0].this;
                met = reading.met;
                let word = match met {
                    Some(true) => "met",
                    Some(false) => "**not met**",
                    None => "–",
                };
                format!("{} | {aim} | {word} | {}", reading.shown, probe::line())
            }
        };
        let text = format!("| {row} | {what} | {rest} |");
        println!("{text}");
        self.lines.push(Line { row, what, text, met, ratios });
    }

    /// The whole table and what it comes to.
    pub fn table(&self) -> String {
        let head = if self.is_paired() { PAIRED } else { ALONE };
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        format!("{head}\n{}\n", lines.join("\n"))
    }

    /// What it comes to, in a few lines.
    pub fn close(&self) -> String {
        let Some(other) = &self.other else {
            let missed = self.lines.iter().filter(|line| line.met == Some(false)).count();
            return format!("{} measured, {missed} short of their aim", self.lines.len());
        };
        let mut text: Vec<String> =
            other.left_out().iter().map(|kind| format!("the other build's data {kind}")).collect();
        let rows: BTreeSet<&str> = self.lines.iter().map(|line| line.row).collect();
        for row in rows {
            let lines: Vec<&Line> = self.lines.iter().filter(|line| line.row == row).collect();
            text.push(format!("row {row}: {}", sum(&lines)));
            for (line, ratio) in worse(&lines).filter(|(_, ratio)| ratio.verdict() == SURELY_WORSE) {
                text.push(format!("  {}: {}", line.what, ratio.shown()));
            }
        }
        let all: Vec<&Line> = self.lines.iter().collect();
        text.push(format!("in all: {}", sum(&all)));
        text.join("\n")
    }
}

/// The same of each build. Whoever comes second finds another machine, warmer or busier: the order changes from turn to
/// turn.
fn both<R>(turn: usize, this: impl FnOnce() -> R, other: impl FnOnce() -> R) -> Result<[R; 2], String> {
    if turn.is_multiple_of(2) {
        let first = this();
        Ok([first, tried(other)?])
    } else {
        let first = tried(other)?;
        Ok([this(), first])
    }
}

/// The ratios of a line, and which of them are no longer even.
fn compared(ratios: &[Ratio]) -> String {
    let list = |text: fn(&Ratio) -> String| ratios.iter().map(text).collect::<Vec<_>>().join(" · ");
    let names = |verdict: Verdict| {
        let these = ratios.iter().filter(|ratio| ratio.verdict() == verdict);
        these.map(Ratio::name).collect::<Vec<_>>().join(", ")
    };
    let kinds = [
        ("**worse**", names(SURELY_WORSE)),
        ("worse, perhaps by chance", names(Verdict::Worse { sure: false })),
        ("**better**", names(Verdict::Better { sure: true })),
        ("better, perhaps by chance", names(Verdict::Better { sure: false })),
    ];
    let said = kinds.iter().filter(|(_, names)| !names.is_empty()).map(|(kind, names)| format!("{kind}: {names}"));
    let verdict = said.collect::<Vec<_>>().join("; ");
    let verdict = if verdict.is_empty() { "even" } else { &verdict };
    format!("{} | {} | {verdict}", list(Ratio::shown), list(Ratio::medians))
}

fn figures<'a>(lines: &'a [&'a Line]) -> impl Iterator<Item = (&'a Line, &'a Ratio)> {
    lines.iter().flat_map(|line| line.ratios.iter().flatten().map(|ratio| (*line, ratio)))
}

fn worse<'a>(lines: &'a [&'a Line]) -> impl Iterator<Item = (&'a Line, &'a Ratio)> {
    figures(lines).filter(|(_, ratio)| matches!(ratio.verdict(), Verdict::Worse { .. }))
}

/// `8 figures: 2 worse than × 1.05, 1 of them beyond chance; 0 lines not comparable`.
fn sum(lines: &[&Line]) -> String {
    let (all, over) = (figures(lines).count(), worse(lines).count());
    let sure = worse(lines).filter(|(_, ratio)| ratio.verdict() == SURELY_WORSE).count();
    let not = lines.iter().filter(|line| line.ratios.is_err()).count();
    format!("{all} figures: {over} worse than × {MOST}, {sure} of them beyond chance; {not} lines not comparable")
}

/// What a row takes for granted holds for this build. Where it fails on the other one, the first words of the failure are
/// why the two cannot be compared.
fn tried<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let words = payload.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("it failed without a word");
        let line: String = words.lines().next().unwrap_or_default().chars().take(200).collect();
        line.replace('|', "/")
    })
}
