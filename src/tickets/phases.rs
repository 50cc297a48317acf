//! The phases of a department's board.

use crate::platform::text::tickets as t;
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::DepartmentId;

crate::ids! {
    /// A column of a board.
    PhaseId,
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 60;

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
pub struct PhaseForm {
    pub name: String,
    pub ends: bool,
}

impl PhaseForm {
    /// Checks the form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        problems.none_or(Self { name, ends: form.has("ends") })
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
