//! A rating as the team reads it.

use maud::{Markup, html};

use super::Rating;
use crate::platform::text::{Language, ratings as t};

/// Stars with the number in words, and the comment.
pub fn show(language: Language, rating: &Rating) -> Markup {
    html! {
        p.rating {
            @match rating.score {
                None => (t::ASKED.say(language)),
                Some(score) => {
                    span.stars aria-hidden="true" { @for place in 1..=5 { (if place <= score { "★" } else { "☆" }) } }
                    " " (t::SCORE.fill(language, &[("score", &score.to_string())]))
                    @if !rating.comment.is_empty() { " · " q { (rating.comment) } }
                }
            }
        }
    }
}
