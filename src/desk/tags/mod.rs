//! Tags: coloured labels on conversations.

pub mod sql;
pub mod view;
pub mod web;
pub mod web_settings;

use crate::platform::text::tags as t;
use crate::platform::ui::colour::Colour;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, Role};
use crate::team::departments::DepartmentId;

crate::ids! {
    /// A coloured label.
    TagId,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub colour: Colour,
    /// Departments that use it; all where there are none.
    pub departments: Vec<DepartmentId>,
}

impl Tag {
    /// Whether it is offered in a department.
    pub fn is_offered_in(&self, department: DepartmentId) -> bool {
        self.departments.is_empty() || self.departments.contains(&department)
    }

    /// Leads manage what only their own departments use; administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        let own = !self.departments.is_empty() && self.departments.iter().all(|one| agent.departments.contains(one));
        agent.is(Role::Admin) || own
    }
}

/// A label as its form has it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub colour: Colour,
    pub departments: Vec<DepartmentId>,
}

impl Draft {
    /// Reads the form; only administrators make tags for all departments.
    pub fn parse(form: &Form, agent: &Agent) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.trimmed("name").to_owned();
        if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
            problems.add("name", t::BAD_NAME);
        }
        let departments: Vec<DepartmentId> =
            form.all("departments").filter_map(|id| id.parse().ok().map(DepartmentId)).collect();
        let own = departments.iter().all(|department| agent.in_department(*department));
        if !own || (departments.is_empty() && !agent.is(Role::Admin)) {
            problems.add("departments", t::CHOOSE_DEPARTMENT);
        }
        let colour = Colour::from_word(form.text("colour")).unwrap_or(Colour::Grey);
        problems.none_or(Self { name, colour, departments })
    }
}
