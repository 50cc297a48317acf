//! The dialog that closes a conversation.

use maud::{Markup, html};

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::Disposition;
use crate::desk::dispositions::view::{Requirement, picker};
use crate::platform::text::Language;
use crate::platform::text::{closings as t, common};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{area, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;
use crate::team::channels::Kind;

/// What the form shows.
pub struct ClosingDialog<'a> {
    pub language: Language,
    pub id: ConversationId,
    /// Those that the department offers.
    pub dispositions: &'a [Disposition],
    pub form: &'a Form,
    pub problems: &'a Problems,
    /// How the contact can be reached: a rating is given in a chat, a farewell needs any channel.
    pub kind: Kind,
}

/// The dialog that a script opens over the conversation.
pub fn dialog(shown: &ClosingDialog) -> Markup {
    sheet("closing", t::TITLE.say(shown.language), &form(shown))
}

/// The same form as a page, for those without scripts, and after a fault.
pub fn page(shown: &ClosingDialog) -> Markup {
    let title = t::TITLE.say(shown.language);
    agents::view::outside(shown.language, title, &html! { h2 { (title) } (form(shown)) })
}

/// Disposition, remark, farewell: one step.
pub fn form(shown: &ClosingDialog) -> Markup {
    let ClosingDialog { language, id, dispositions, form: typed, problems, kind } = *shown;
    html! {
        form method="post" action={ "/conversations/" (id) "/closing" } data-live="all" {
            @if !dispositions.is_empty() { (picker(language, dispositions, typed.number("disposition"), Requirement::Yes, problems)) }
            (area("body", t::BODY.say(language), typed.text("body"), 2, language, problems))
            @if kind != Kind::Desk { (area("farewell", t::FAREWELL.say(language), typed.text("farewell"), 2, language, problems)) }
            @if kind == Kind::WebChat { (tick("asks_rating", "1", t::ASK_RATING.say(language), typed.has("asks_rating").into())) }
            p.hint { (t::HELD.say(language)) }
            div.row.end {
                a.button href={ "/conversations/" (id) } data-shut { (common::CANCEL.say(language)) }
                button.primary { (t::CLOSE.say(language)) }
            }
        }
    }
}
