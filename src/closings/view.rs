//! The dialog that closes a conversation.

use maud::{Markup, html};

use crate::agents;
use crate::conversations::ConversationId;
use crate::dispositions::{ARROW, Disposition};
use crate::text::Language;
use crate::text::{closings as t, common};
use crate::ui::dialog::sheet;
use crate::ui::form::{area, complaint};
use crate::web::form::{Form, Problems};

/// The dialog that a script opens over the conversation.
pub fn dialog(language: Language, id: ConversationId, dispositions: &[Disposition]) -> Markup {
    let form = form(language, id, dispositions, &Form::default(), &Problems::default());
    sheet("closing", t::TITLE.say(language), &form)
}

/// The same form as a page, for those without scripts, and after a fault.
pub fn page(
    language: Language,
    id: ConversationId,
    dispositions: &[Disposition],
    typed: &Form,
    problems: &Problems,
) -> Markup {
    agents::view::outside(
        language,
        t::TITLE.say(language),
        &html! {
            h2 { (t::TITLE.say(language)) }
            (form(language, id, dispositions, typed, problems))
        },
    )
}

/// Disposition, remark, farewell: one step.
pub fn form(
    language: Language,
    id: ConversationId,
    dispositions: &[Disposition],
    typed: &Form,
    problems: &Problems,
) -> Markup {
    let chosen = typed.number("disposition");
    let category = |disposition: &Disposition| disposition.path.split(ARROW).next().unwrap_or("").to_owned();
    let mut groups: Vec<(String, Vec<&Disposition>)> = Vec::new();
    for disposition in dispositions {
        match groups.last_mut() {
            Some((name, group)) if *name == category(disposition) => group.push(disposition),
            _ => groups.push((category(disposition), vec![disposition])),
        }
    }
    html! {
        form method="post" action={ "/conversations/" (id) "/closing" } data-live="all" {
            @if !dispositions.is_empty() {
                div.field {
                    label for="disposition" { (t::DISPOSITION.say(language)) }
                    select #disposition name="disposition" required aria-invalid=[problems.of("disposition").map(|_| "true")] {
                        option value="" { (t::CHOOSE.say(language)) }
                        @for (name, group) in &groups {
                            optgroup label=(name) {
                                @for disposition in group {
                                    option value=(disposition.id) selected[chosen == Some(disposition.id.0)] {
                                        (disposition.path.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix(ARROW)).unwrap_or(&disposition.path))
                                    }
                                }
                            }
                        }
                    }
                    (complaint("disposition", language, problems))
                }
            }
            (area("body", t::BODY.say(language), typed.text("body"), 2, language, problems))
            (area("farewell", t::FAREWELL.say(language), typed.text("farewell"), 2, language, problems))
            div.row.end {
                a.button href={ "/conversations/" (id) } data-shut { (common::CANCEL.say(language)) }
                button.primary { (t::CLOSE.say(language)) }
            }
        }
    }
}
