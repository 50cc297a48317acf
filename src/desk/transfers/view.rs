//! The dialog that transfers a conversation.

use maud::{Markup, html};

use super::{Colleague, TransferChoice, TransferTarget};
use crate::desk::conversations::ConversationId;
use crate::platform::text::{Language, common, transfers as t};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{area, complaint};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{self, Presence};

/// What the form shows.
pub struct TransferDialog<'a> {
    pub language: Language,
    pub id: ConversationId,
    pub choices: &'a [TransferChoice],
    pub form: &'a Form,
    pub problems: &'a Problems,
}

/// The dialog that a script opens over the conversation.
pub fn dialog(shown: &TransferDialog) -> Markup {
    sheet("transfer", t::TITLE.say(shown.language), &form(shown))
}

/// The same form as a page, for those without scripts, and after a fault.
pub fn page(shown: &TransferDialog) -> Markup {
    let title = t::TITLE.say(shown.language);
    agents::view::outside(shown.language, title, &html! { h2 { (title) } (form(shown)) })
}

/// Departments and their people as one list of choices, with presence and load; who is not there is said before sending.
pub fn form(shown: &TransferDialog) -> Markup {
    let (language, id) = (shown.language, shown.id);
    html! {
        form.transfer method="post" action={ "/conversations/" (id) "/transfer" } data-live="all" {
            input type="hidden" name="from" value=(shown.form.text("from"));
            (places(language, shown.choices, shown.form.text("to"), AbsenceEffect::Returns, shown.problems))
            (area("note", t::NOTE.say(language), shown.form.text("note"), 2, language, shown.problems))
            p.hint { (t::LOSES_SIGHT.say(language)) }
            div.row.end {
                a.button href={ "/conversations/" (id) } data-shut { (common::CANCEL.say(language)) }
                button.primary { (t::TRANSFER.say(language)) }
            }
        }
    }
}

/// What becomes of a conversation that goes to somebody who is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AbsenceEffect {
    /// It goes back to the queue after the department's limit.
    Returns,
    /// It waits for them.
    Waits,
}

/// The field `to`: departments and their people as one list, with presence and load.
pub fn places(
    language: Language,
    choices: &[TransferChoice],
    chosen: &str,
    absent: AbsenceEffect,
    problems: &Problems,
) -> Markup {
    html! {
        fieldset.field.choices aria-invalid=[problems.of("to").map(|_| "true")] {
            legend { (t::TO.say(language)) }
            input type="search" data-sift="#places" autocomplete="off" aria-label=(t::SEARCH.say(language)) placeholder=(t::SEARCH.say(language));
            ul #places {
                @for choice in choices {
                    (department(language, choice, chosen))
                    @for colleague in &choice.people { (person(language, choice, colleague, chosen, absent)) }
                }
            }
            (complaint("to", language, problems))
        }
    }
}

fn department(language: Language, choice: &TransferChoice, chosen: &str) -> Markup {
    let value = TransferTarget { department: choice.department, agent: None }.word();
    html! {
        li.department data-words=(choice.name) { label {
            input type="radio" name="to" value=(value) checked[chosen == value] required;
            b { (t::QUEUE_OF.fill(language, &[("department", &choice.name)])) }
            @match choice.present() {
                0 => span.warn { (t::NOBODY_PRESENT.say(language)) }
                n => span.hint { (t::PRESENT.fill(language, &[("n", &n.to_string())])) }
            }
        } }
    }
}

fn person(language: Language, choice: &TransferChoice, one: &Colleague, chosen: &str, absent: AbsenceEffect) -> Markup {
    let value = TransferTarget { department: choice.department, agent: Some(one.agent) }.word();
    html! {
        li data-words={ (one.name) " " (choice.name) } { label {
            input type="radio" name="to" value=(value) checked[chosen == value];
            span.name { span.dot data-presence=(one.presence.word()) {} (one.name) }
            span.hint { (one.presence.phrase().say(language)) " · " (t::LOAD.fill(language, &[("n", &one.load.to_string())])) }
            @if one.presence != Presence::Online && absent == AbsenceEffect::Returns {
                span.warn { (t::NOT_PRESENT.fill(language, &[("minutes", &choice.minutes.to_string())])) }
            }
        } }
    }
}
