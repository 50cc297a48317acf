//! The dialog that records an occurrence.

use maud::{Markup, html};

use super::OccurrenceId;
use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::Disposition;
use crate::desk::dispositions::view::{Requirement, picker};
use crate::platform::text::{Language, common, occurrences as t};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{Field, area};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;

/// What the form shows.
pub struct OccurrenceDialog<'a> {
    pub language: Language,
    pub id: ConversationId,
    pub corrects: Option<OccurrenceId>,
    pub offered: &'a [Disposition],
    pub form: &'a Form,
    pub problems: &'a Problems,
}

impl OccurrenceDialog<'_> {
    fn title(&self) -> &'static str {
        if self.corrects.is_some() { t::CORRECT_TITLE } else { t::TITLE }.say(self.language)
    }

    /// The dialog that a script opens over the conversation.
    pub fn dialog(&self) -> Markup {
        let id = self.corrects.map_or_else(|| "occurrence".to_owned(), |id| format!("occurrence-{id}"));
        sheet(&id, self.title(), &self.form())
    }

    /// The same form as a page, for those without scripts, and after a fault.
    pub fn page(&self) -> Markup {
        agents::view::outside(self.language, self.title(), &html! { h2 { (self.title()) } (self.form()) })
    }

    /// Reason, text, time.
    pub fn form(&self) -> Markup {
        let (language, form, problems) = (self.language, self.form, self.problems);
        html! {
            form method="post" action={ "/conversations/" (self.id) "/occurrence" } data-live="all" {
                @if let Some(corrects) = self.corrects {
                    input type="hidden" name="corrects" value=(corrects);
                    p.hint { (t::CORRECT_HINT.say(language)) }
                }
                @if !self.offered.is_empty() { (picker(language, self.offered, form.number("disposition"), Requirement::Yes, problems)) }
                (area("body", t::BODY.say(language), form.text("body"), 4, language, problems))
                (Field::text("happened_at", t::HAPPENED_AT.say(language), form.text("happened_at")).kind("datetime-local", "off")
                    .hint(t::HAPPENED_HINT.say(language)).show(language, problems))
                div.row.end {
                    a.button href={ "/conversations/" (self.id) } data-shut { (common::CANCEL.say(language)) }
                    button.primary { (t::RECORD.say(language)) }
                }
            }
        }
    }
}
