//! Departments: the teams that conversations belong to.

pub mod sql;

crate::ids! {
    /// A team.
    DepartmentId,
}

/// A team, as queues and forms need it.
#[derive(Clone, Debug)]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    /// Milliseconds within which a contact should hear a first answer; turns the waiting time amber, then red.
    pub first_answer_goal: i64,
}
