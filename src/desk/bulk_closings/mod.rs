//! Closing many stale conversations at once, in batches that others do not have to wait for.

pub mod sql;
pub mod view;
pub mod web;

use crate::desk::closings::ClosingDisposition;
use crate::desk::conversations::{ConversationId, State};
use crate::platform::text::bulk_closings as t;
use crate::platform::time::{DAY, Timestamp};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

crate::ids! {
    /// One closing of many.
    BulkClosingId,
}

/// The states that can be closed in bulk: a pause ends by itself.
pub const STATES: [State; 3] = [State::WaitingContact, State::WaitingAgent, State::Bot];

/// Which conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkClosingFilter {
    pub department: DepartmentId,
    pub state: State,
    /// Those without a message since then.
    pub idle_since: Timestamp,
}

impl BulkClosingFilter {
    /// Reads the form; None while nothing is asked for.
    pub fn parse(form: &Form, now: Timestamp) -> Result<Option<Self>, Problems> {
        let Some(department) = form.number("department").map(DepartmentId) else { return Ok(None) };
        let state = State::from_word(form.text("state")).filter(|state| STATES.contains(state));
        let days = form.number("days").filter(|days| (0..=3650).contains(days));
        match (state, days) {
            (Some(state), Some(days)) => Ok(Some(Self { department, state, idle_since: now.plus(-days * DAY) })),
            _ => Err(Problems::one("days", t::BAD_DAYS)),
        }
    }
}

/// How they are closed.
#[derive(Clone, Debug)]
pub struct BulkClosingTerms {
    pub kept: ClosingDisposition,
    pub body: String,
    pub farewell: String,
    pub asks_rating: bool,
}

/// One closing of many, and how far it has come.
#[derive(Clone, Debug)]
pub struct BulkClosing {
    pub id: BulkClosingId,
    pub by: AgentId,
    pub by_name: String,
    pub filter: BulkClosingFilter,
    pub wanted: BulkClosingTerms,
    pub total: i64,
    pub closed: i64,
    /// The place of the last one that was looked at.
    pub after: (Timestamp, i64),
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
}

impl BulkClosing {
    /// Whether more are to be closed.
    pub fn is_running(&self) -> bool {
        self.finished_at.is_none() && self.stopped_at.is_none()
    }
}

/// More are counted as so many.
pub const COUNTED: i64 = 100_000;

/// One that waits to be closed, and its place in the queue.
pub struct StaleConversation {
    pub id: ConversationId,
    pub number: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub since: Timestamp,
    pub last_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_department_state_and_days() {
        let form =
            |state: &str, days: &str| Form::default().with("department", "3").with("state", state).with("days", days);
        let now = Timestamp(100 * DAY);
        let filter = BulkClosingFilter::parse(&form("waiting_contact", "7"), now).ok().flatten();
        assert_eq!(filter.map(|filter| filter.idle_since), Some(Timestamp(93 * DAY)));
        assert_eq!(BulkClosingFilter::parse(&Form::default(), now), Ok(None));
        for (state, days) in [("closed", "7"), ("paused", "7"), ("bot", "-1"), ("bot", ""), ("bot", "9999")] {
            assert!(BulkClosingFilter::parse(&form(state, days), now).is_err(), "{state} {days}");
        }
    }
}
