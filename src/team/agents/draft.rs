//! What the settings page says of a person, and the links that a person gets.

use super::{LONGEST_NAME, Role, looks_like_email};
use crate::platform::text::{common, settings as t};
use crate::platform::time::{DAY, HOUR};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::DepartmentId;

crate::words! {
    /// What a link that works once is for.
    Purpose { Setup = "setup", Invitation = "invitation", PasswordReset = "password_reset" }
}

impl Purpose {
    /// How long it works, in milliseconds.
    pub fn lasts(self) -> i64 {
        match self {
            Self::Setup => DAY,
            Self::Invitation => 7 * DAY,
            Self::PasswordReset => 2 * HOUR,
        }
    }
}

/// A person as the form has it.
#[derive(Clone, Debug)]
pub struct AgentForm {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub departments: Vec<DepartmentId>,
}

impl AgentForm {
    /// Reads the form; departments that are not known are left out.
    pub fn parse(form: &Form, known: &[DepartmentId]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        let email = form.trimmed("email").to_lowercase();
        if !looks_like_email(&email) {
            problems.add("email", common::BAD_EMAIL);
        }
        let role = Role::from_word(form.text("role"));
        if role.is_none() {
            problems.add("role", common::REQUIRED);
        }
        let role = role.unwrap_or(Role::Agent);
        let chosen = |id: &DepartmentId| form.all("departments").any(|value| value == id.to_string());
        let departments: Vec<DepartmentId> = known.iter().copied().filter(chosen).collect();
        if departments.is_empty() && role != Role::Admin {
            problems.add("departments", t::CHOOSE_DEPARTMENT);
        }
        problems.none_or(Self { name, email, role, departments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_needs_a_name_an_address_a_role_and_a_department() {
        let known = [DepartmentId(1), DepartmentId(2)];
        let wrong = AgentForm::parse(&Form::default(), &known).expect_err("all is missing");
        for field in ["name", "email", "role", "departments"] {
            assert!(wrong.of(field).is_some(), "{field}");
        }
        let form = Form::default().with("name", " Bia ").with("email", "Bia@Loja.example").with("role", "agent");
        let right = AgentForm::parse(&form.clone().with("departments", "2").with("departments", "9"), &known)
            .expect("a person");
        assert_eq!((right.name.as_str(), right.email.as_str()), ("Bia", "bia@loja.example"));
        assert_eq!(right.departments, [DepartmentId(2)]);
        assert!(AgentForm::parse(&form, &known).is_err());
    }
}
