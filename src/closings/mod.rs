//! Closing a conversation: disposition, optional text, optional farewell, in one step.

pub mod sql;
pub mod view;
pub mod web;

use crate::dispositions::{DispositionId, Sentiment};
use crate::messages;
use crate::text::{common, dispositions as t};
use crate::time::Timestamp;
use crate::web::form::{Form, Problems};

crate::words! {
    /// Who ended the conversation.
    ClosedBy { Agent = "agent", Contact = "contact", Timeout = "timeout", Bot = "bot" }
}

/// A closing as an agent asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub disposition: Option<DispositionId>,
    pub body: String,
    /// Sent to the contact before the closing; empty for none.
    pub farewell: String,
}

impl Draft {
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
        problems.none_or(Self { disposition, body, farewell })
    }
}

/// What a closing keeps of its disposition, as it was that day.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub disposition: Option<DispositionId>,
    pub path: String,
    pub sentiment: Sentiment,
}

/// A closing that stands in the past, as it is shown.
#[derive(Clone, Debug)]
pub struct Past {
    pub path: String,
    pub body: String,
    pub at: Timestamp,
}
