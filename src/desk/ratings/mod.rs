//! Ratings: what a contact thinks of a conversation, from 1 to 5, once.

pub mod sql;
pub mod view;

use crate::platform::text::{Phrase, common, ratings as t};

/// The longest comment, in characters.
const LONGEST: usize = 2000;

/// A rating as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// None while the contact has been asked and has not answered.
    pub score: Option<i64>,
    pub comment: String,
}

/// What is wrong with what a contact sends, if anything.
pub fn problem(score: i64, comment: &str) -> Option<Phrase> {
    if !(1..=5).contains(&score) {
        return Some(t::BAD_SCORE);
    }
    (comment.chars().count() > LONGEST).then_some(common::TOO_LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_from_one_to_five() {
        assert!([0, 6, -1].into_iter().all(|score| problem(score, "").is_some()));
        assert!((1..=5).all(|score| problem(score, "ótimo").is_none()));
        assert!(problem(5, &"a".repeat(2001)).is_some());
    }
}
