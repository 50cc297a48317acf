//! Pauses of each person, by their reasons: how often and how long, with totals both ways.

use std::collections::{BTreeMap, BTreeSet};

use super::Tally;
use crate::platform::sheets::Cell;
use crate::platform::text::{Language, reports as t};

type GridLine = Vec<Cell>;

impl Tally {
    /// The heads, and a row for each person; the last row and the last columns are the totals. Every reason has two columns:
    /// how often, how many minutes.
    pub fn pauses_by_person(&self, language: Language) -> (Vec<String>, Vec<GridLine>) {
        let reasons: BTreeSet<&str> = self.grid.values().flat_map(BTreeMap::keys).map(String::as_str).collect();
        let total = t::TOTAL.say(language);
        let mut head = vec![t::PERSON.say(language).to_owned()];
        for reason in reasons.iter().copied().chain([total]) {
            head.push(reason.to_owned());
            head.push(t::MINUTES_OF.fill(language, &[("name", reason)]));
        }
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        let mut rows = Vec::new();
        for ((name, _), cells) in &self.grid {
            for (reason, (count, minutes)) in cells {
                let sum = sums.entry(reason).or_default();
                *sum = (sum.0 + count, sum.1 + minutes);
            }
            rows.push(row(name, &reasons, |reason| cells.get(reason).copied()));
        }
        rows.push(row(total, &reasons, |reason| sums.get(reason).copied()));
        (head, rows)
    }
}

fn row(name: &str, reasons: &BTreeSet<&str>, of: impl Fn(&str) -> Option<(i64, i64)>) -> GridLine {
    let mut line = vec![Cell::Text(name.to_owned())];
    let mut total = (0, 0);
    for reason in reasons {
        let (count, minutes) = of(reason).unwrap_or_default();
        total = (total.0 + count, total.1 + minutes);
        line.extend([Cell::Number(count), Cell::Number(minutes)]);
    }
    line.extend([Cell::Number(total.0), Cell::Number(total.1)]);
    line
}
