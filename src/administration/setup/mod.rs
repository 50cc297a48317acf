//! The first start: company, first administrator, and a catalogue to begin with.

pub mod acts;
pub mod view;
pub mod web;

use crate::platform::text::{Language, agents as a, common};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{self, looks_like_email};
use crate::team::company;

/// What the setup page asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct SetupForm {
    pub company: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub language: Language,
}

impl SetupForm {
    /// Checks the form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let company = form.name("company", company::LONGEST_NAME, &mut problems);
        let name = form.name("name", agents::LONGEST_NAME, &mut problems);
        let email = form.trimmed("email").to_lowercase();
        if !looks_like_email(&email) {
            problems.add("email", common::BAD_EMAIL);
        }
        let password = form.text("password");
        if password.chars().count() < agents::PASSWORD_MIN {
            problems.add("password", a::PASSWORD_SHORT);
        } else if password != form.text("repeated") {
            problems.add("repeated", a::PASSWORD_DIFFERENT);
        }
        let password = password.to_owned();
        problems.none_or(Self { company, name, email, password, language: Language::from_code(form.text("language")) })
    }
}
