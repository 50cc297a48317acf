//! Choosing a disposition: a list that a script makes searchable.

use maud::{Markup, html};

use super::{ARROW, Disposition};
use crate::platform::text::{Language, dispositions as t};
use crate::platform::ui::form::complaint;
use crate::platform::web::form::Problems;

/// Whether one must be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    Yes,
    No,
}

/// The field `disposition`: the reasons by category. A script puts a search field above it.
pub fn picker(
    language: Language,
    offered: &[Disposition],
    chosen: Option<i64>,
    needed: Requirement,
    problems: &Problems,
) -> Markup {
    let category = |disposition: &Disposition| disposition.path.split(ARROW).next().unwrap_or("").to_owned();
    let mut groups: Vec<(String, Vec<&Disposition>)> = Vec::new();
    for disposition in offered {
        match groups.last_mut() {
            Some((name, group)) if *name == category(disposition) => group.push(disposition),
            _ => groups.push((category(disposition), vec![disposition])),
        }
    }
    html! {
        div.field.picker data-filter=(t::FILTER.say(language)) data-none=(t::NONE_FITS.say(language)) {
            label for="disposition" { (t::DISPOSITION.say(language)) }
            select #disposition name="disposition" required[needed == Requirement::Yes] aria-invalid=[problems.of("disposition").map(|_| "true")] {
                option value="" { (t::CHOOSE.say(language)) }
                @for (name, group) in &groups {
                    optgroup label=(name) {
                        @for disposition in group {
                            option value=(disposition.id) selected[chosen == Some(disposition.id.0)] data-sentiment=(disposition.sentiment.word())
                                title={ (disposition.path) " · " (disposition.sentiment.phrase().say(language)) } {
                                (disposition.path.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix(ARROW)).unwrap_or(&disposition.path))
                            }
                        }
                    }
                }
            }
            (complaint("disposition", language, problems))
        }
    }
}
