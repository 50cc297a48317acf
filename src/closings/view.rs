//! The dialog that closes a conversation.

use maud::{Markup, html};

use crate::agents;
use crate::conversations::ConversationId;
use crate::dispositions::Disposition;
use crate::dispositions::view::{Needed, picker};
use crate::text::Language;
use crate::text::{closings as t, common};
use crate::ui::dialog::sheet;
use crate::ui::form::area;
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
    html! {
        form method="post" action={ "/conversations/" (id) "/closing" } data-live="all" {
            @if !dispositions.is_empty() { (picker(language, dispositions, typed.number("disposition"), Needed::Yes, problems)) }
            (area("body", t::BODY.say(language), typed.text("body"), 2, language, problems))
            (area("farewell", t::FAREWELL.say(language), typed.text("farewell"), 2, language, problems))
            div.row.end {
                a.button href={ "/conversations/" (id) } data-shut { (common::CANCEL.say(language)) }
                button.primary { (t::CLOSE.say(language)) }
            }
        }
    }
}
