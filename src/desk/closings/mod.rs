//! Closing a conversation: disposition, optional text, optional farewell, in one step.

pub mod acts;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::dispositions::{Disposition, DispositionId, Sentiment};
use crate::desk::messages;
use crate::platform::text::{common, dispositions as t};
use crate::platform::time::{SECOND, Timestamp};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::AgentId;

crate::ids! {
    /// One closing.
    ClosingId,
}

/// How long a closing can be taken back; the contact hears of it after that.
pub const HELD: i64 = 10 * SECOND;

crate::words! {
    /// Who ended the conversation.
    ClosedBy { Agent = "agent", Contact = "contact", Timeout = "timeout", Bot = "bot" }
}

/// A closing as an agent asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingForm {
    pub disposition: Option<DispositionId>,
    pub body: String,
    /// Sent to the contact before the closing; empty for none.
    pub farewell: String,
    pub asks_rating: bool,
}

impl ClosingForm {
    /// Checks the form; a disposition is needed where the department has any.
    pub fn parse(form: &Form, needed: bool) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let disposition = form.number("disposition").map(DispositionId);
        if needed && disposition.is_none() {
            problems.add("disposition", t::NEEDED);
        }
        let body = form.trimmed("body").to_owned();
        let farewell = form.trimmed("farewell").to_owned();
        for (field, text) in [("body", &body), ("farewell", &farewell)] {
            if text.chars().count() > messages::LONGEST {
                problems.add(field, common::TOO_LONG);
            }
        }
        problems.none_or(Self { disposition, body, farewell, asks_rating: form.has("asks_rating") })
    }

    /// The same against what a department offers, with the disposition as it is called today.
    pub fn checked(form: &Form, offered: &[Disposition]) -> Result<(Self, ClosingDisposition), Problems> {
        let draft = Self::parse(form, !offered.is_empty())?;
        let chosen = draft.disposition.and_then(|id| offered.iter().find(|offered| offered.id == id));
        if draft.disposition.is_some() && chosen.is_none() {
            return Err(Problems::one("disposition", t::NEEDED));
        }
        let kept = ClosingDisposition::of(chosen);
        Ok((draft, kept))
    }
}

/// What a closing keeps of its disposition, as it was that day.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingDisposition {
    pub disposition: Option<DispositionId>,
    pub path: String,
    pub sentiment: Sentiment,
}

impl ClosingDisposition {
    /// Of the chosen disposition, or of none where a department has none.
    pub fn of(chosen: Option<&Disposition>) -> Self {
        match chosen {
            Some(one) => Self { disposition: Some(one.id), path: one.path.clone(), sentiment: one.sentiment },
            None => Self { disposition: None, path: String::new(), sentiment: Sentiment::Neutral },
        }
    }
}

/// A closing that stands in the past, as it is shown.
#[derive(Clone, Debug)]
pub struct PastClosing {
    pub id: ClosingId,
    /// The person who closed it, where one did.
    pub agent: Option<AgentId>,
    /// The contact has not been told yet: it can be undone.
    pub held: bool,
    pub path: String,
    pub body: String,
    pub at: Timestamp,
}
