//! Internal tickets: work for the team, on a board with phases; the contact never sees them.

pub mod acts;
pub mod entries;
pub mod filter;
pub mod phases;
pub mod sql;
pub mod sql_board;
pub mod sql_entries;
pub mod sql_phases;
pub mod view;
pub mod view_board;
pub mod view_form;
pub mod view_page;
pub mod view_phases;
pub mod web;
pub mod web_board;
pub mod web_files;
pub mod web_move;
pub mod web_phases;
pub mod web_talk;

use phases::PhaseId;

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::{DispositionId, Sentiment};
use crate::desk::notifications::TicketId;
use crate::desk::transfers::TransferTarget;
use crate::platform::text::{Phrase, common, tickets as t, transfers};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId};
use crate::team::departments::DepartmentId;

crate::words! {
    /// How soon it must be done.
    Priority { Urgent = "urgent", High = "high", Normal = "normal", Low = "low" }
}

impl Priority {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Urgent => t::URGENT,
            Self::High => t::HIGH,
            Self::Normal => t::NORMAL,
            Self::Low => t::LOW,
        }
    }
}

/// The longest text of a ticket or a comment, in characters.
pub const LONGEST: usize = 20_000;
/// Letters that a title has at most.
pub const LONGEST_TITLE: usize = 200;

/// A ticket as it is shown and changed.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub id: TicketId,
    pub title: String,
    pub body: String,
    pub department: DepartmentId,
    pub phase: PhaseId,
    pub assignee: Option<AgentId>,
    pub author: AgentId,
    pub author_name: String,
    pub priority: Priority,
    pub due_at: Option<Timestamp>,
    pub disposition: Option<DispositionId>,
    /// The disposition's path, as it was called when it was chosen.
    pub path: String,
    /// Counts the changes of what the form holds.
    pub revision: i64,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

impl Ticket {
    /// The people of its department, its author and its assignee change it; whoever sees a conversation that it is about
    /// reads it and comments on it.
    pub fn is_changed_by(&self, agent: &Agent) -> bool {
        agent.in_department(self.department) || self.author == agent.id || self.assignee == Some(agent.id)
    }

    /// Department and person, as the form has them.
    pub fn place(&self) -> TransferTarget {
        TransferTarget { department: self.department, agent: self.assignee }
    }
}

/// A ticket as a conversation shows it.
#[derive(Clone, Debug)]
pub struct TicketBrief {
    pub id: TicketId,
    pub title: String,
    pub phase: String,
    pub closed: bool,
    pub overdue: bool,
}

/// A ticket as the form has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketForm {
    pub title: String,
    pub body: String,
    pub to: TransferTarget,
    pub priority: Priority,
    /// The end of the day that was chosen.
    pub due_at: Option<Timestamp>,
    pub disposition: Option<DispositionId>,
}

impl TicketForm {
    /// Checks the form; who can receive is checked against the departments later.
    pub fn parse(form: &Form, zone: &Zone) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let title = form.name("title", LONGEST_TITLE, &mut problems);
        let body = form.trimmed("body").to_owned();
        if body.chars().count() > LONGEST {
            problems.add("body", common::TOO_LONG);
        }
        let to = TransferTarget::parse(form.text("to"));
        if to.is_none() {
            problems.add("to", transfers::CHOOSE);
        }
        let typed = form.trimmed("due");
        let due_at = zone.moment(&format!("{typed}T23:59"));
        if due_at.is_none() && !typed.is_empty() {
            problems.add("due", t::BAD_DAY);
        }
        let priority = Priority::from_word(form.text("priority")).unwrap_or(Priority::Normal);
        let disposition = form.number("disposition").map(DispositionId);
        match to {
            Some(to) if problems.is_empty() => Ok(Self { title, body, to, priority, due_at, disposition }),
            _ => Err(problems),
        }
    }
}

/// A whole row, as it is written.
pub struct NewTicket<'a> {
    pub draft: &'a TicketForm,
    pub path: &'a str,
    pub sentiment: Sentiment,
    pub phase: PhaseId,
    pub author: AgentId,
    pub now: Timestamp,
}

/// A conversation that a ticket is about, as this reader may see it.
#[derive(Clone, Debug)]
pub struct ConversationLink {
    pub conversation: ConversationId,
    pub number: i64,
    pub contact: String,
    pub open: bool,
    /// Whether the reader may see it; the name is empty otherwise.
    pub visible: bool,
}

/// Tickets that a column or a page of the list shows.
pub const PAGE: i64 = 50;

/// A column's tickets are counted up to here.
pub const COUNTED: i64 = 1000;

/// A ticket as the board and the list show it.
#[derive(Clone, Debug)]
pub struct TicketCard {
    pub id: TicketId,
    pub title: String,
    pub department: String,
    pub phase: String,
    pub assignee: String,
    pub priority: Priority,
    pub due_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub place: i64,
    pub comments: i64,
    pub files: i64,
    pub conversations: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::agents::AgentId;

    #[test]
    fn a_ticket_needs_a_title_and_a_place_and_is_due_at_the_end_of_its_day() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let form = Form::default().with("title", " Conferir estoque ").with("to", "3-7").with("due", "2026-11-30");
        let draft = TicketForm::parse(&form.clone().with("priority", "urgent"), &zone).expect("a draft");
        assert_eq!((draft.title.as_str(), draft.priority), ("Conferir estoque", Priority::Urgent));
        assert_eq!(draft.to, TransferTarget { department: DepartmentId(3), agent: Some(AgentId(7)) });
        assert_eq!(draft.due_at, zone.moment("2026-11-30T23:59"));
        let faults = TicketForm::parse(&Form::default().with("due", "amanhã"), &zone).expect_err("faults");
        assert!(faults.of("title").is_some() && faults.of("to").is_some() && faults.of("due").is_some());
        let long = Form::default().with("title", "é".repeat(201)).with("to", "3").with("body", "x".repeat(LONGEST + 1));
        let faults = TicketForm::parse(&long, &zone).expect_err("faults");
        assert!(faults.of("title").is_some() && faults.of("body").is_some());
    }
}
