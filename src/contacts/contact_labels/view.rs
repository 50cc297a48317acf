//! The labels of a contact, and the form for one more.

use maud::{Markup, html};

use super::{LONGEST_NAME, Label};
use crate::platform::text::{Language, contact_labels as t};
use crate::platform::ui::icon::{Icon, icon};

/// The labels alone.
pub fn chips(labels: &[Label]) -> Markup {
    html! { @for label in labels { span.tag data-colour=(label.colour.word()) { (label.name) } " " } }
}

/// In the contact's pane, sent to `address`: each with a way to take it off, and a field for one more.
pub fn edit(language: Language, address: &str, labels: &[Label]) -> Markup {
    html! {
        section.labels aria-label=(t::LABELS.say(language)) {
            @for label in labels {
                @let words = t::REMOVE.fill(language, &[("name", &label.name)]);
                form method="post" action=(address) data-live="all" {
                    span.tag data-colour=(label.colour.word()) { (label.name)
                        button.plain name="remove" value=(label.id) title=(words) aria-label=(words) { (icon(Icon::Close)) }
                    }
                }
            }
            form.row method="post" action=(address) data-live="all" {
                input name="add" maxlength=(LONGEST_NAME) autocomplete="off" required aria-label=(t::ADD.say(language)) placeholder=(t::ADD.say(language));
                button { (t::PUT.say(language)) }
            }
        }
    }
}
