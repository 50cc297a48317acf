//! Departments: the teams that conversations belong to.

pub mod audience;
pub mod flow;
pub mod sql;
pub mod sql_flow;
pub mod view;

use crate::platform::text::settings as t;
use crate::platform::time::MINUTE;
use crate::platform::web::form::{Form, Problems};

crate::ids! {
    /// A team.
    DepartmentId,
}

crate::words! {
    /// How the conversations of a department find a person.
    AssignmentMode { Manual = "manual", Automatic = "automatic" }
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 100;

/// A team, as queues and forms need it.
#[derive(Clone, Debug)]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    /// Milliseconds within which a contact should hear a first answer; turns the waiting time amber, then red.
    pub first_answer_goal: i64,
}

/// A department as the form has it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub first_answer_goal: i64,
}

impl Draft {
    /// Reads the form; the goal is in minutes there.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        let minutes = form.number("goal").filter(|minutes| (1..=10_080).contains(minutes));
        if minutes.is_none() {
            problems.add("goal", t::BAD_GOAL);
        }
        problems.none_or(Self { name, first_answer_goal: minutes.unwrap_or(5) * MINUTE })
    }
}
