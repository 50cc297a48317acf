//! The phases of a department's board.

use crate::platform::text::{common, tickets as t};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::DepartmentId;

crate::ids! {
    /// A column of a board.
    PhaseId,
}

/// A column of a board.
#[derive(Clone, Debug)]
pub struct Phase {
    pub id: PhaseId,
    pub department: DepartmentId,
    pub name: String,
    /// Whether a ticket that comes here is closed.
    pub ends: bool,
    /// Whether any ticket lies here.
    pub used: bool,
}

/// A phase as the form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub ends: bool,
}

impl Draft {
    /// Checks the form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let name = form.trimmed("name").to_owned();
        match name.chars().count() {
            0 => Err(Problems::one("name", common::REQUIRED)),
            1..=60 => Ok(Self { name, ends: form.has("ends") }),
            _ => Err(Problems::one("name", common::TOO_LONG)),
        }
    }
}

/// Whether a board works without one of its phases: work needs a place to begin and a place to end.
pub fn can_do_without(phases: &[Phase], gone: PhaseId) -> Result<(), crate::platform::text::Phrase> {
    let left = |ends: bool| phases.iter().any(|phase| phase.id != gone && phase.ends == ends);
    match (left(false), left(true)) {
        (true, true) => Ok(()),
        (false, _) => Err(t::LAST_OPEN),
        (_, false) => Err(t::LAST_END),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_keeps_a_phase_to_begin_with_and_one_that_ends() {
        let phase =
            |id, ends| Phase { id: PhaseId(id), department: DepartmentId(1), name: String::new(), ends, used: false };
        let board = [phase(1, false), phase(2, false), phase(3, true)];
        assert_eq!(can_do_without(&board, PhaseId(1)), Ok(()));
        assert_eq!(can_do_without(&board, PhaseId(3)), Err(t::LAST_END));
        assert_eq!(can_do_without(&board[1..], PhaseId(2)), Err(t::LAST_OPEN));
    }
}
