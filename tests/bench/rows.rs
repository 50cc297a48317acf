//! The rows of the table, a to k.

mod inbound;
mod pages;
mod work;

use crate::{Result, Wish};

/// Each row and what measures it.
pub const ALL: &[(&str, fn(&Wish) -> Vec<Result>)] = &[
    ("a", work::start),
    ("b", work::memory),
    ("c", work::size),
    ("d", pages::queue),
    ("e", pages::conversation),
    ("f", inbound::messages),
    ("g", pages::search),
    ("i", work::jobs),
];
