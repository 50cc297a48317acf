//! The dialog that pauses a conversation, and the one for stepping away altogether.

use maud::{Markup, html};

use super::PauseReason;
use super::draft::QuickChoice;
use crate::desk::conversations::ConversationId;
use crate::desk::placeholders::Placeholder;
use crate::platform::text::{Language, common, pauses as t};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{Field, area, complaint};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;

/// What the form shows.
pub struct PauseDialog<'a> {
    pub language: Language,
    /// None for all of one's own conversations.
    pub id: Option<ConversationId>,
    pub reasons: &'a [PauseReason],
    pub form: &'a Form,
    pub problems: &'a Problems,
}

impl PauseDialog<'_> {
    fn title(&self) -> &'static str {
        if self.id.is_some() { t::TITLE } else { t::ABSENCE }.say(self.language)
    }

    /// The dialog that a script opens.
    pub fn dialog(&self) -> Markup {
        sheet(if self.id.is_some() { "pause" } else { "absence" }, self.title(), &self.form())
    }

    /// The same form as a page, for those without scripts, and after a fault.
    pub fn page(&self) -> Markup {
        agents::view::outside(self.language, self.title(), &html! { h2 { (self.title()) } (self.form()) })
    }

    /// Reason, return, message. Another reason brings its own texts: a script asks for the form anew.
    pub fn form(&self) -> Markup {
        let (language, form, problems) = (self.language, self.form, self.problems);
        let chosen = form.number("reason");
        let (address, away) = match self.id {
            Some(id) => (format!("/conversations/{id}/pause"), format!("/conversations/{id}")),
            None => ("/absence".to_owned(), "/profile".to_owned()),
        };
        html! {
            form.pause method="post" action=(address) data-live=[self.id.map(|_| "all")] {
                div.field {
                    label for="reason" { (t::REASON.say(language)) }
                    select #reason name="reason" required data-renew={ (address) "/new" } aria-invalid=[problems.of("reason").map(|_| "true")] {
                        @for reason in self.reasons { option value=(reason.id) selected[chosen == Some(reason.id.0)] { (reason.name) } }
                    }
                    (complaint("reason", language, problems))
                }
                fieldset.field.quick {
                    legend { (t::RETURNS_AT.say(language)) }
                    div.row { @for quick in QuickChoice::ALL {
                        label.tick { input type="radio" name="quick" value=(quick.word()) checked[form.text("quick") == quick.word()]; span { (quick.phrase().say(language)) } }
                    } }
                }
                div.free {
                    (Field::text("returns_at", t::FREE.say(language), form.text("returns_at")).kind("datetime-local", "off").show(language, problems))
                }
                (area("message", t::MESSAGE.say(language), form.text("message"), 3, language, problems))
                p.hint { (t::MESSAGE_HINT.fill(language, &[("mark", &format!("{{{}}}", Placeholder::ReturnsAt.name(language)))])) }
                div.row.end {
                    a.button href=(away) data-shut { (common::CANCEL.say(language)) }
                    button.primary { (if self.id.is_some() { t::START } else { t::ABSENCE_START }.say(language)) }
                }
            }
        }
    }
}
