//! What a measurement yields: numbers with names, and how those of two builds compare.

use std::fmt::Write as _;

/// A median ratio beyond this counts as worse.
pub const MOST: f64 = 1.05;

/// One number of a reading.
#[derive(Clone, Copy)]
pub struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    more_is_better: bool,
    /// Amounts below this cannot be told apart, so that 0.02 ms against 0.01 ms is no doubling.
    floor: f64,
}

impl Figure {
    /// Smaller is better.
    pub fn less(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self { name, value, unit, more_is_better: false, floor: 0.0 }
    }

    /// Larger is better.
    pub fn more(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self { more_is_better: true, ..Self::less(name, value, unit) }
    }

    pub fn floor(self, floor: f64) -> Self {
        Self { floor, ..self }
    }

    /// This number over another's.
    fn over(&self, other: &Self) -> f64 {
        let (this, other) = (self.value.max(self.floor), other.value.max(self.floor));
        // Two zeros are alike.
        if this == other { 1.0 } else { this / other }
    }
}

/// What one measurement found: a sentence for the table, whether the aim is met, and the numbers.
pub struct Reading {
    pub shown: String,
    pub met: Option<bool>,
    pub figures: Vec<Figure>,
}

impl Reading {
    pub fn of(&self, name: &str) -> f64 {
        self.figures.iter().find(|figure| figure.name == name).expect("a figure of that name").value
    }
}

/// What was found in one turn: by this build, and in a paired run by the other.
pub struct Run<R> {
    pub this: R,
    pub other: Option<R>,
}

/// All turns of one line; or why the builds cannot be compared.
pub type Measured = Result<Vec<Run<Reading>>, String>;

/// Something worked out of several lines, turn by turn.
pub fn derived(parts: &[&Measured], make: impl Fn(&[&Reading]) -> Reading) -> Measured {
    let parts = parts.iter().map(|part| part.as_ref().map_err(Clone::clone)).collect::<Result<Vec<_>, _>>()?;
    let turns = parts[0].len();
    let run = |turn: usize| {
        let this: Vec<&Reading> = parts.iter().map(|runs| &runs[turn].this).collect();
        let other: Option<Vec<&Reading>> = parts.iter().map(|runs| runs[turn].other.as_ref()).collect();
        Run { this: make(&this), other: other.map(|readings| make(&readings)) }
    };
    Ok((0..turns).map(run).collect())
}

/// What the pairs say of this build, surely or perhaps by chance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Even,
    Worse { sure: bool },
    Better { sure: bool },
}

/// One figure over all pairs.
pub struct Ratio {
    figure: Figure,
    /// This over other of each pair, in order of size.
    ratios: Vec<f64>,
    /// The medians of both.
    this: f64,
    other: f64,
}

impl Ratio {
    /// Each figure of paired runs.
    pub fn all(runs: &[Run<Reading>]) -> Vec<Self> {
        let pairs: Vec<(&Reading, &Reading)> =
            runs.iter().map(|run| (&run.this, run.other.as_ref().expect("a paired run"))).collect();
        let figure = |(place, figure): (usize, &Figure)| {
            let both = pairs.iter().map(|(this, other)| (&this.figures[place], &other.figures[place]));
            let sorted = |values: &mut dyn Iterator<Item = f64>| {
                let mut values: Vec<f64> = values.collect();
                values.sort_by(f64::total_cmp);
                values
            };
            Self {
                figure: *figure,
                ratios: sorted(&mut both.clone().map(|(this, other)| this.over(other))),
                this: median(&sorted(&mut both.clone().map(|(this, _)| this.value))),
                other: median(&sorted(&mut both.clone().map(|(_, other)| other.value))),
            }
        };
        pairs[0].0.figures.iter().enumerate().map(figure).collect()
    }

    /// How many times worse one ratio says that this build is.
    fn worse(&self, ratio: f64) -> f64 {
        if self.figure.more_is_better { 1.0 / ratio } else { ratio }
    }

    pub fn verdict(&self) -> Verdict {
        let worse = self.worse(median(&self.ratios));
        if worse > MOST {
            Verdict::Worse { sure: self.is_sure(|ratio| ratio > 1.0) }
        } else if worse < 1.0 / MOST {
            Verdict::Better { sure: self.is_sure(|ratio| ratio < 1.0) }
        } else {
            Verdict::Even
        }
    }

    /// Whether so many pairs say the same that fewer than one in a hundred runs of equal builds would; five or six pairs
    /// never say it.
    fn is_sure(&self, says: impl Fn(f64) -> bool) -> bool {
        let pairs = self.ratios.len();
        let agreed = self.ratios.iter().filter(|ratio| says(self.worse(**ratio))).count();
        // Of the coin that equal builds would be: the chance of so many heads, of one more, and so on.
        let mut chance = 0.5_f64.powi(pairs as i32);
        let mut tail = 0.0;
        for heads in 0..=pairs {
            if heads >= agreed {
                tail += chance;
            }
            chance *= (pairs - heads) as f64 / (heads + 1) as f64;
        }
        tail < 0.01
    }

    pub fn name(&self) -> &'static str {
        self.figure.name
    }

    /// `p50 × 1.02 (0.98–1.07)`: the median and the quartiles.
    pub fn shown(&self) -> String {
        let [low, middle, high] = [0.25, 0.5, 0.75].map(|part| quantile(&self.ratios, part));
        format!("{} × {middle:.2} ({low:.2}–{high:.2})", self.figure.name)
    }

    /// `p50 0.71 : 0.69 ms`.
    pub fn medians(&self) -> String {
        let mut text = self.figure.name.to_owned();
        for (sign, value) in [("", self.this), (" :", self.other)] {
            let decimals = if value.abs() >= 100.0 { 0 } else { 2 };
            let _infallible = write!(text, "{sign} {value:.decimals$}");
        }
        format!("{text} {}", self.figure.unit).trim_end().to_owned()
    }
}

fn median(sorted: &[f64]) -> f64 {
    quantile(sorted, 0.5)
}

/// The value at a part of the way through sorted ones, between two where none stands there.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * part;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    // Endless where the other build took no time; nothing lies between.
    if below == above { below } else { below + (above - below) * place.fract() }
}
