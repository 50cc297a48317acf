//! The dialogs that merge and split, and the undoing.

use maud::{Markup, html};

use super::{Kind, Traces};
use crate::desk::conversations::Sibling;
use crate::desk::conversations::{ConversationId, line};
use crate::desk::messages::{Author, Message};
use crate::platform::text::{Language, common, conversation_merges as t};
use crate::platform::time::Zone;
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::complaint;
use crate::platform::web::form::Problems;
use crate::team::agents;

/// What both forms know.
pub struct ConversationMergeDialog<'a> {
    pub language: Language,
    pub zone: &'a Zone,
    pub id: ConversationId,
    pub number: i64,
    pub chosen: Option<i64>,
    pub problems: &'a Problems,
}

impl ConversationMergeDialog<'_> {
    /// A dialog, or a page of its own.
    pub fn dialog(&self, kind: Kind, form: &Markup) -> Markup {
        sheet(kind.word(), self.title(kind), form)
    }

    /// The same as a page.
    pub fn page(&self, kind: Kind, form: &Markup) -> Markup {
        agents::view::outside(self.language, self.title(kind), &html! { h2 { (self.title(kind)) } (form) })
    }

    fn title(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Merge => t::MERGE_TITLE,
            Kind::Split => t::SPLIT_TITLE,
        }
        .say(self.language)
    }

    /// Which other conversation comes into this one.
    pub fn merge(&self, siblings: &[Sibling]) -> Markup {
        let language = self.language;
        let rows = html! {
            @for sibling in siblings {
                li { label {
                    input type="radio" name="other" value=(sibling.id) checked[self.chosen == Some(sibling.id.0)] required;
                    span { b { (sibling.number) } " · " (sibling.state.phrase().say(language)) br; (sibling.last_line) }
                    span.hint { (self.zone.full(sibling.last_at, language)) }
                } }
            }
        };
        html! {
            form method="post" action={ "/conversations/" (self.id) "/merge" } data-live="all" {
                p.hint { (t::MERGE_HINT.fill(language, &[("number", &self.number.to_string())])) }
                @if siblings.is_empty() { p { (t::NONE.say(language)) } } @else { (self.choices("other", t::WHICH.say(language), &rows)) }
                (self.buttons(t::DO_MERGE.say(language)))
            }
        }
    }

    /// From which message on.
    pub fn split(&self, messages: &[Message], contact: &str) -> Markup {
        let language = self.language;
        let rows = html! {
            @for message in messages {
                li { label {
                    input type="radio" name="from" value=(message.id) checked[self.chosen == Some(message.id.0)] required;
                    span { b { (match message.author { Author::Contact => contact, Author::Bot => "Bot - IA", _ => &message.agent_name }) } ": " (line(&message.body)) }
                    span.hint { (self.zone.full(message.at, language)) }
                } }
            }
        };
        html! {
            form method="post" action={ "/conversations/" (self.id) "/split" } data-live="all" {
                p.hint { (t::SPLIT_HINT.say(language)) }
                (self.choices("from", t::FROM.say(language), &rows))
                (self.buttons(t::DO_SPLIT.say(language)))
            }
        }
    }

    fn choices(&self, name: &'static str, label: &str, rows: &Markup) -> Markup {
        html! {
            fieldset.field.choices aria-invalid=[self.problems.of(name).map(|_| "true")] {
                legend { (label) }
                ul { (rows) }
                (complaint(name, self.language, self.problems))
            }
        }
    }

    fn buttons(&self, does: &str) -> Markup {
        html! {
            div.row.end {
                a.button href={ "/conversations/" (self.id) } data-shut { (common::CANCEL.say(self.language)) }
                button.primary { (does) }
            }
        }
    }
}

/// The ways to both, under the form for a new conversation.
pub fn links(language: Language, id: ConversationId) -> Markup {
    html! {
        p.row {
            a href={ "/conversations/" (id) "/merge/new" } data-dialog="merge" { (t::MERGE.say(language)) }
            a href={ "/conversations/" (id) "/split/new" } data-dialog="split" { (t::SPLIT.say(language)) }
        }
    }
}

/// The button that takes the latest one back.
pub fn undo(language: Language, traces: &Traces) -> Markup {
    html! {
        @if let Some((id, kind, number)) = traces.undoable {
            @let phrase = match kind { Kind::Merge => t::UNDO_MERGE, Kind::Split => t::UNDO_SPLIT };
            form.row.facts method="post" action={ "/conversation-merges/" (id) "/undoing" } data-live="all" {
                button title=(number) { (phrase.say(language)) }
            }
        }
    }
}

/// Where a conversation went that was taken into another.
pub fn taken_into(language: Language, traces: &Traces) -> Markup {
    html! {
        @if let Some((id, number)) = traces.taken_into {
            p { (t::MERGED_INTO.say(language)) " " a href={ "/conversations/" (id) } { (number) } }
        }
    }
}
