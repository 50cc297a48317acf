//! Transferring a conversation to a department, or to a person in one; it keeps its number, messages and tags.

pub mod acts;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::messages::LONGEST;
use crate::platform::text::{common, transfers as t};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{AgentId, Presence};
use crate::team::departments::DepartmentId;

crate::ids! {
    /// One transfer.
    TransferId,
}

/// Where a conversation is, or goes: a department, and a person in it or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransferTarget {
    pub department: DepartmentId,
    pub agent: Option<AgentId>,
}

impl TransferTarget {
    /// From a form's value: `3` is a department's queue, `3-7` a person in it.
    pub fn parse(text: &str) -> Option<Self> {
        let (department, agent) = match text.split_once('-') {
            Some((department, agent)) => (department, Some(AgentId(agent.parse().ok()?))),
            None => (text, None),
        };
        Some(Self { department: DepartmentId(department.parse().ok()?), agent })
    }

    /// For a form.
    pub fn word(self) -> String {
        match self.agent {
            Some(agent) => format!("{}-{agent}", self.department),
            None => self.department.to_string(),
        }
    }
}

/// A transfer as somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferForm {
    pub to: TransferTarget,
    /// Stored as a note; empty for none.
    pub note: String,
}

impl TransferForm {
    /// Checks the form.
    pub fn parse(form: &Form, here: TransferTarget) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let to = TransferTarget::parse(form.text("to"));
        match to {
            None => problems.add("to", t::CHOOSE),
            Some(to) if to == here => problems.add("to", t::SAME_PLACE),
            Some(_) => {}
        }
        let note = form.trimmed("note").to_owned();
        if note.chars().count() > LONGEST {
            problems.add("note", common::TOO_LONG);
        }
        problems.none_or(Self { to: to.unwrap_or(here), note })
    }
}

/// A department that can receive, with its people.
#[derive(Clone, Debug)]
pub struct TransferChoice {
    pub department: DepartmentId,
    pub name: String,
    /// Minutes that a person has to accept.
    pub minutes: i64,
    pub people: Vec<Colleague>,
}

impl TransferChoice {
    /// How many of its people are online.
    pub fn present(&self) -> usize {
        self.people.iter().filter(|one| one.presence == Presence::Online).count()
    }
}

/// Somebody who can receive.
#[derive(Clone, Debug)]
pub struct Colleague {
    pub agent: AgentId,
    pub name: String,
    pub presence: Presence,
    /// Open conversations that they hold.
    pub load: i64,
}

/// A transfer that nobody has accepted yet.
#[derive(Clone, Copy, Debug)]
pub struct OpenTransfer {
    pub id: TransferId,
    pub to: TransferTarget,
    /// Who asked for it.
    pub by: AgentId,
}

/// A department or a person that can no longer receive.
pub fn gone() -> Problems {
    Problems::one("to", t::GONE)
}

/// Whether a department is in use, and the person named works there.
pub fn can_go(choices: &[TransferChoice], to: TransferTarget) -> bool {
    choices
        .iter()
        .find(|choice| choice.department == to.department)
        .is_some_and(|choice| to.agent.is_none_or(|agent| choice.people.iter().any(|one| one.agent == agent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_from_their_words() {
        let queue = TransferTarget { department: DepartmentId(3), agent: None };
        let person = TransferTarget { department: DepartmentId(3), agent: Some(AgentId(7)) };
        for place in [queue, person] {
            assert_eq!(TransferTarget::parse(&place.word()), Some(place));
        }
        for bad in ["", "-", "3-", "-7", "a", "3-7-1", "3 OR 1=1"] {
            assert_eq!(TransferTarget::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_transfer_goes_somewhere_else() {
        let here = TransferTarget { department: DepartmentId(3), agent: Some(AgentId(7)) };
        let problems = |to: &str| TransferForm::parse(&Form::default().with("to", to), here).err();
        assert_eq!(problems("3"), None, "back to one's own queue");
        assert_eq!(problems("3-7"), Some(Problems::one("to", t::SAME_PLACE)));
        assert_eq!(problems(""), Some(Problems::one("to", t::CHOOSE)));
    }
}
