//! The rows of the table, a to n.

mod inbound;
mod pages;
mod people;
mod visit;
mod work;

use crate::bench::Bench;

/// Measures one row of the table.
type Measure = fn(&mut Bench);

/// Each row and what measures it.
pub const ALL: &[(&str, Measure)] = &[
    ("a", work::start),
    ("b", work::memory),
    ("c", work::size),
    ("d", pages::queue),
    ("e", pages::conversation),
    ("f", inbound::messages),
    ("g", pages::search),
    ("i", work::jobs),
    ("k", visit::first),
    ("l", people::register),
    ("m", people::pane),
    ("n", people::import),
];
