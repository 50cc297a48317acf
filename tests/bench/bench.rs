//! A run of the bench. The rows ask it to measure: alone it prints what this build does, against another build how both
//! compare, taken in turns, for absolute figures of these machines say little.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::build::Build;
use crate::client::Times;
use crate::figures::{MOST, Measured, Ratio, Reading, Run};
use crate::{Wish, probe};

const ALONE: &str =
    "| | what | measured | aim | | probe: 4 KiB + fdatasync p50, rate; load |\n|---|---|---|---|---|---|";
const PAIRED: &str =
    "| | what | this over the other: median (least–most) | medians, this : the other | |\n|---|---|---|---|---|";

/// Into how many parts a measurement of a paired run is cut where that is possible.
const SHARES: usize = 12;

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

/// The same thing of each build: a running service, a folder.
pub struct Sides<T> {
    this: T,
    /// In a paired run; or why the other build has none.
    other: Option<Result<T, String>>,
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

    /// Both builds, for what begins anew in each turn.
    pub fn builds(&self) -> Sides<Build> {
        self.sides(Build::clone)
    }

    /// What stays from turn to turn, made for each build.
    pub fn sides<T>(&self, make: impl Fn(&Build) -> T) -> Sides<T> {
        Sides { this: make(&self.this), other: self.other.as_ref().map(|other| tried(|| make(other))) }
    }

    /// Measures what can be cut into shares: so many in a paired run, taken in turns, that what disturbs the machine for a
    /// second disturbs both builds. Alone it is one share.
    pub fn shares<T>(
        &self,
        sides: &mut Sides<T>,
        share: impl Fn(&mut T, usize) -> Times,
        read: impl Fn(Times) -> Reading,
    ) -> Measured {
        let Sides { this, other } = sides;
        let Some(other) = other else { return Ok(vec![Run { this: read(share(this, 1)), other: None }]) };
        let other = other.as_mut().map_err(|reason| reason.clone())?;
        let pair = |_| {
            let mut sums = [Times::default(), Times::default()];
            for number in 0..SHARES {
                let both = both(number, this, other, &|side| share(side, SHARES))?;
                sums.iter_mut().zip(both).for_each(|(sum, times)| sum.join(times));
            }
            let [this, other] = sums.map(&read);
            Ok(Run { this, other: Some(other) })
        };
        (0..self.wish.pairs).map(pair).collect()
    }

    /// Measures and prints.
    pub fn line<T>(&mut self, label: Label, sides: &mut Sides<T>, measure: impl Fn(&mut T) -> Reading) {
        let measured = self.turns(sides, measure);
        self.add(label, &measured);
    }

    /// Several lines out of one measurement.
    pub fn lines<T, const N: usize>(
        &mut self,
        labels: [Label; N],
        sides: &mut Sides<T>,
        measure: impl Fn(&mut T) -> [Reading; N],
    ) {
        let mut each: [Measured; N] = std::array::from_fn(|_| Ok(Vec::new()));
        match self.turns(sides, measure) {
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

    fn turns<T, R>(&self, sides: &mut Sides<T>, measure: impl Fn(&mut T) -> R) -> Result<Vec<Run<R>>, String> {
        let Sides { this, other } = sides;
        let Some(other) = other else { return Ok(vec![Run { this: measure(this), other: None }]) };
        let other = other.as_mut().map_err(|reason| reason.clone())?;
        let pair = |number| {
            let [this, other] = both(number, this, other, &measure)?;
            Ok(Run { this, other: Some(other) })
        };
        (0..self.wish.pairs).map(pair).collect()
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
        let mut rows: Vec<&str> = self.lines.iter().map(|line| line.row).collect();
        rows.dedup();
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let lines: Vec<&Line> = self.lines.iter().filter(|line| line.row == row).collect();
            text.push(format!("row {row}: {}", sum(&lines)));
        }
        let all: Vec<&Line> = self.lines.iter().collect();
        let sure = figures(&all).filter(|(_, ratio)| ratio.is_worse() && ratio.is_sure()).count();
        let not = all.iter().filter(|line| line.ratios.is_err()).count();
        let over = figures(&all).filter(|(_, ratio)| ratio.is_worse()).count();
        text.push(format!(
            "{} figures of {} pairs each: {over} worse than × {MOST} ({sure} of them in every pair); {not} lines not comparable",
            figures(&all).count(),
            self.wish.pairs
        ));
        text.join("\n")
    }
}

/// Each build once. Whoever comes second finds another machine, warmer or busier: the order changes from turn to turn.
fn both<T, R>(turn: usize, this: &mut T, other: &mut T, measure: &impl Fn(&mut T) -> R) -> Result<[R; 2], String> {
    if turn.is_multiple_of(2) {
        let first = measure(this);
        Ok([first, tried(|| measure(other))?])
    } else {
        let first = tried(|| measure(other))?;
        Ok([measure(this), first])
    }
}

/// The ratios of a line, and which of them are no longer even.
fn compared(ratios: &[Ratio]) -> String {
    let list = |text: fn(&Ratio) -> String| ratios.iter().map(text).collect::<Vec<_>>().join(" · ");
    let names = |these: &dyn Fn(&Ratio) -> bool| {
        ratios.iter().filter(|ratio| these(ratio)).map(Ratio::name).collect::<Vec<_>>().join(", ")
    };
    let kinds = [
        ("**worse**", names(&|ratio| ratio.is_worse() && ratio.is_sure())),
        ("worse, not in every pair", names(&|ratio| ratio.is_worse() && !ratio.is_sure())),
        ("better", names(&Ratio::is_better)),
    ];
    let said = kinds.iter().filter(|(_, names)| !names.is_empty()).map(|(kind, names)| format!("{kind}: {names}"));
    let verdict = said.collect::<Vec<_>>().join("; ");
    let verdict = if verdict.is_empty() { "even" } else { &verdict };
    format!("{} | {} | {verdict}", list(Ratio::shown), list(Ratio::medians))
}

fn figures<'a>(lines: &'a [&'a Line]) -> impl Iterator<Item = (&'a Line, &'a Ratio)> {
    lines.iter().flat_map(|line| line.ratios.iter().flatten().map(|ratio| (*line, ratio)))
}

/// `8 figures, 1 worse than × 1.05: queue screen, XL, p99 × 1.20 (1.10–1.31)`.
fn sum(lines: &[&Line]) -> String {
    let over: Vec<String> = figures(lines)
        .filter(|(_, ratio)| ratio.is_worse())
        .map(|(line, ratio)| format!("{}, {}", line.what, ratio.shown()))
        .collect();
    let not = lines.iter().filter(|line| line.ratios.is_err()).count();
    let mut text = format!("{} figures, {} worse than × {MOST}", figures(lines).count(), over.len());
    if not > 0 {
        text.push_str(&format!(", {not} lines not comparable"));
    }
    if !over.is_empty() {
        text.push_str(&format!(": {}", over.join("; ")));
    }
    text
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
