//! Tags: coloured labels on conversations.

pub mod sql;
pub mod view;
pub mod web;
pub mod web_settings;

use crate::platform::text::tags as t;
use crate::platform::ui::colour::Colour;
use crate::platform::web::form::{Form, Problems, name_fault};
use crate::team::agents::Agent;
use crate::team::departments::audience::Audience;

crate::ids! {
    /// A coloured label.
    TagId,
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 60;

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub colour: Colour,
    /// Departments that use it.
    pub audience: Audience,
}

impl Tag {
    /// Leads manage what only their own departments use; administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        self.audience.is_managed_by(agent)
    }
}

/// A label as its form has it.
#[derive(Clone, Debug)]
pub struct TagForm {
    pub name: String,
    pub colour: Colour,
    pub audience: Audience,
}

impl TagForm {
    /// Reads the form; only administrators make tags for all departments.
    pub fn parse(form: &Form, agent: &Agent) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.trimmed("name").to_owned();
        if name_fault(&name, LONGEST_NAME).is_some() || name.chars().any(char::is_control) {
            problems.add("name", t::BAD_NAME);
        }
        let audience = Audience::parse(form, agent, &mut problems);
        let colour = Colour::from_word(form.text("colour")).unwrap_or(Colour::Grey);
        problems.none_or(Self { name, colour, audience })
    }
}
