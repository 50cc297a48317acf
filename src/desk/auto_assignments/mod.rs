//! Automatic assignment: a department hands its waiting conversations to its people by turns.

pub mod acts;
pub mod sql;

use crate::team::agents::AgentId;

/// Somebody who is present, and how many open conversations they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub agent: AgentId,
    pub load: i64,
}

/// Whose turn it is: the next after the last one, in the order of their numbers, who holds less than the cap.
pub fn next(present: &[Candidate], last: AgentId, cap: i64) -> Option<AgentId> {
    let able = || present.iter().filter(|one| one.load < cap).map(|one| one.agent);
    able().filter(|agent| *agent > last).min().or_else(|| able().min())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(loads: &[(i64, i64)]) -> Vec<Candidate> {
        loads.iter().map(|(agent, load)| Candidate { agent: AgentId(*agent), load: *load }).collect()
    }

    #[test]
    fn the_turn_goes_round_and_passes_over_who_is_full() {
        let three = present(&[(2, 0), (5, 0), (9, 0)]);
        assert_eq!(next(&three, AgentId(0), 3), Some(AgentId(2)));
        assert_eq!(next(&three, AgentId(2), 3), Some(AgentId(5)));
        assert_eq!(next(&three, AgentId(9), 3), Some(AgentId(2)));
        // Who has left meanwhile leaves their place in the round.
        assert_eq!(next(&three, AgentId(6), 3), Some(AgentId(9)));
        assert_eq!(next(&present(&[(2, 0), (5, 3), (9, 2)]), AgentId(2), 3), Some(AgentId(9)));
        assert_eq!(next(&present(&[(2, 3), (5, 4)]), AgentId(0), 3), None);
        assert_eq!(next(&[], AgentId(0), 3), None);
    }
}
