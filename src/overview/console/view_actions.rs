//! The actions in a conversation's head, in the order of the screen.

use maud::{Markup, html};

use crate::desk::conversations::{Conversation, State};
use crate::platform::text::{Phrase, closings, occurrences, outbound, pauses, tags, tickets, transfers};
use crate::platform::ui::icon::{Icon, icon};
use crate::team::agents::Agent;

/// One action: a link to its form, which a script opens as a dialog over the conversation.
struct Action {
    /// The dialog's id.
    dialog: &'static str,
    /// The form's address under the conversation's own.
    address: &'static str,
    /// The key that opens it.
    key: &'static str,
    icon: Icon,
    phrase: Phrase,
    offered: fn(&Conversation, &Agent) -> bool,
}

const ACTIONS: &[Action] = &[
    Action { dialog: "tags", address: "tags/new", key: "e", icon: Icon::Tag, phrase: tags::TAGS, offered: |_, _| true },
    Action {
        dialog: "pause",
        address: "pause/new",
        key: "p",
        icon: Icon::Pause,
        phrase: pauses::PAUSE,
        offered: pauses,
    },
    Action {
        dialog: "outbound",
        address: "outbound/new",
        key: "i",
        icon: Icon::Branch,
        phrase: outbound::NEW,
        offered: |conversation, agent| conversation.is_writable_by(agent),
    },
    Action {
        dialog: "ticket",
        address: "ticket/new",
        key: "w",
        icon: Icon::Board,
        phrase: tickets::NEW,
        offered: |_, _| true,
    },
    Action {
        dialog: "transfer",
        address: "transfer/new",
        key: "t",
        icon: Icon::Forward,
        phrase: transfers::TRANSFER,
        offered: writes,
    },
    Action {
        dialog: "occurrence",
        address: "occurrence/new",
        key: "o",
        icon: Icon::Flag,
        phrase: occurrences::OCCURRENCE,
        offered: sees,
    },
    Action {
        dialog: "closing",
        address: "closing/new",
        key: "f",
        icon: Icon::Check,
        phrase: closings::CLOSE,
        offered: writes,
    },
];

/// Whoever may answer an open conversation.
fn writes(conversation: &Conversation, agent: &Agent) -> bool {
    conversation.state != State::Closed && conversation.is_writable_by(agent)
}

/// Whoever may answer, where it is not paused yet.
fn pauses(conversation: &Conversation, agent: &Agent) -> bool {
    writes(conversation, agent) && conversation.state != State::Paused
}

/// Whoever sees an open conversation.
fn sees(conversation: &Conversation, _: &Agent) -> bool {
    conversation.state != State::Closed
}

/// The links.
pub fn show(conversation: &Conversation, agent: &Agent) -> Markup {
    html! {
        @for action in ACTIONS.iter().filter(|action| (action.offered)(conversation, agent)) {
            a.button href={ "/conversations/" (conversation.id) "/" (action.address) } data-dialog=(action.dialog) data-key=(action.key)
                title={ (action.phrase.say(agent.language)) " (" (action.key.to_uppercase()) ")" } {
                (icon(action.icon)) (action.phrase.say(agent.language))
            }
        }
    }
}
