//! The dialogs on a note: its change, and what it said before.

use maud::{Markup, html};

use super::Revision;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::Message;
use crate::platform::text::{Language, common, notes as t};
use crate::platform::time::Zone;
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::area;
use crate::platform::ui::prose::prose;
use crate::platform::web::form::Problems;
use crate::team::agents;

/// What the form of a note shows.
pub struct NoteDialog<'a> {
    pub language: Language,
    pub conversation: ConversationId,
    pub note: &'a Message,
    /// The text as it was typed, or as it stands.
    pub body: &'a str,
    pub problems: &'a Problems,
}

impl NoteDialog<'_> {
    /// The dialog that a script opens over the conversation.
    pub fn dialog(&self) -> Markup {
        sheet(&format!("note-{}", self.note.id), t::EDIT.say(self.language), &self.forms())
    }

    /// The same as a page.
    pub fn page(&self) -> Markup {
        let title = t::EDIT.say(self.language);
        agents::view::outside(self.language, title, &html! { h2 { (title) } (self.forms()) })
    }

    fn forms(&self) -> Markup {
        html! {
            (self.form())
            form method="post" action={ (self.address()) "/deletion" } data-live="note" {
                p.hint { (t::DELETE_HINT.say(self.language)) }
                button.danger { (t::DELETE.say(self.language)) }
            }
        }
    }

    fn address(&self) -> String {
        format!("/conversations/{}/notes/{}", self.conversation, self.note.id)
    }

    /// The form that changes it.
    pub fn form(&self) -> Markup {
        html! {
            form method="post" action=(self.address()) data-live="note" {
                (area("body", t::LIMIT.say(self.language), self.body, 5, self.language, self.problems))
                div.row.end {
                    a.button href={ "/conversations/" (self.conversation) } data-shut { (common::CANCEL.say(self.language)) }
                    button.primary { (t::SAVE.say(self.language)) }
                }
            }
        }
    }
}

/// What a note said before, oldest first.
pub fn revisions(language: Language, zone: &Zone, note: &Message, revisions: &[Revision]) -> Markup {
    let content = html! {
        ol.revisions { @for revision in revisions { li {
            p.hint { (t::BEFORE.fill(language, &[("at", &zone.full(revision.at, language))])) }
            div.body { (prose(&revision.body)) }
        } } }
        @if !note.body.is_empty() { p.hint { (t::NOW.say(language)) } div.body { (prose(&note.body)) } }
    };
    sheet(&format!("note-{}-revisions", note.id), t::REVISIONS.say(language), &content)
}

/// The same as a page.
pub fn revisions_page(language: Language, sheet: &Markup) -> Markup {
    agents::view::outside(language, t::REVISIONS.say(language), sheet)
}
