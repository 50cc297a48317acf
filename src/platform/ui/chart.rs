//! Small charts as inline SVG, each with its figures as a table.

use maud::{Markup, html};

/// A chart's words.
pub struct ChartWords<'a> {
    pub title: &'a str,
    /// The heads of the table: what is counted, how many.
    pub head: (&'a str, &'a str),
    /// What opens the table.
    pub table: &'a str,
}

/// Height of the columns, in the units of the drawing.
const HEIGHT: i64 = 80;
/// Width of one column with its gap.
const STEP: i64 = 12;

/// Columns in a row, for days or months.
pub fn columns(words: &ChartWords, figures: &[(String, i64)]) -> Markup {
    let most = figures.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let width = STEP * i64::try_from(figures.len()).unwrap_or(1).max(1);
    let label = format!("{}: {}", words.title, summary(figures));
    html! {
        figure.chart {
            figcaption { (words.title) }
            svg role="img" aria-label=(label) viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" height=(HEIGHT) width="100%" {
                @for ((name, value), place) in figures.iter().zip(0_i64..) {
                    @let tall = (value * (HEIGHT - 2) / most).max(i64::from(*value > 0));
                    rect.bar x=(place * STEP + 2) y=(HEIGHT - tall) width=(STEP - 4) height=(tall) rx="1" { title { (name) ": " (value) } }
                }
                line.base x1="0" y1=(HEIGHT) x2=(width) y2=(HEIGHT) {}
            }
            (table(words, figures))
        }
    }
}

/// Bars one below the other, the longest first; at most so many, the rest in the table.
pub fn bars(words: &ChartWords, figures: &[(String, i64)], shown: usize) -> Markup {
    let mut sorted = figures.to_vec();
    sorted.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
    let most = sorted.first().map_or(1, |(_, value)| *value).max(1);
    html! {
        figure.chart {
            figcaption { (words.title) }
            ul.bars { @for (name, value) in sorted.iter().take(shown) {
                li {
                    span.bar-name { (name) } span.bar-value { (value) }
                    svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none" height="6" width="100%" {
                        rect.bar x="0" y="0" width=(value * 100 / most) height="4" rx="1" {}
                    }
                }
            } }
            @if sorted.len() > shown { (table(words, &sorted)) }
        }
    }
}

/// Points in a row on three heights: −1, 0, 1, which have names.
pub fn dots(words: &ChartWords, points: &[(String, i64)], names: [&str; 3], summary: &str) -> Markup {
    let width = STEP * i64::try_from(points.len()).unwrap_or(1).max(1);
    let place = |height: i64| 22 - height * 16;
    let name = |height: i64| names[usize::try_from(height + 1).unwrap_or(1).min(2)];
    let listed: Vec<(String, &str)> = points.iter().map(|(label, height)| (label.clone(), name(*height))).collect();
    html! {
        figure.chart {
            figcaption { (words.title) }
            svg.dots role="img" aria-label={ (words.title) ": " (summary) } viewBox={ "0 0 " (width) " 44" } height="44" width=(width) {
                line.base x1="0" y1="22" x2=(width) y2="22" {}
                @for ((label, height), x) in points.iter().zip(0_i64..) {
                    circle.dot data-height=(height) cx=(x * STEP + STEP / 2) cy=(place(*height)) r="4" { title { (label) ": " (name(*height)) } }
                }
            }
            p.hint { (summary) }
            details {
                summary { (words.table) }
                table {
                    thead { tr { th scope="col" { (words.head.0) } th scope="col" { (words.head.1) } } }
                    tbody { @for (label, name) in &listed { tr { td { (label) } td { (name) } } } }
                }
            }
        }
    }
}

/// The figures that a listener needs: the highest, and all together.
fn summary(figures: &[(String, i64)]) -> String {
    let total: i64 = figures.iter().map(|(_, value)| value).sum();
    match figures.iter().max_by_key(|(_, value)| *value) {
        Some((name, value)) => format!("{total}; max {name} {value}"),
        None => total.to_string(),
    }
}

fn table(words: &ChartWords, figures: &[(String, i64)]) -> Markup {
    html! {
        details {
            summary { (words.table) }
            table {
                thead { tr { th scope="col" { (words.head.0) } th scope="col" { (words.head.1) } } }
                tbody { @for (name, value) in figures { tr { td { (name) } td { (value) } } } }
            }
        }
    }
}
