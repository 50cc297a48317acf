//! Custom fields: what the company adds to the contact's record, what they hold, and who changed what.

pub mod kind;
pub mod sql;
pub mod sql_values;
pub mod view;
pub mod view_settings;
pub mod web_settings;

use crate::platform::text::{Language, Phrase, common, custom_fields as t};
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::audience::Audience;
use kind::Kind;

crate::ids! {
    /// A custom field.
    FieldId,
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 60;

/// A custom field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    pub id: FieldId,
    pub name: String,
    pub kind: Kind,
    /// The heading under which it stands; empty for none.
    pub group: String,
    /// What a choice offers.
    pub options: Vec<String>,
    pub required: bool,
    /// No two contacts have the same value.
    pub unique: bool,
    /// Departments that see it.
    pub audience: Audience,
    pub archived: bool,
}

impl CustomField {
    /// Leads manage what only their own departments see; administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        self.audience.is_managed_by(agent)
    }

    /// What was typed in the one spelling that is stored.
    ///
    /// # Errors
    /// Why it is none of this field.
    pub fn read(&self, typed: &str) -> Result<String, Phrase> {
        self.kind.read(typed, &self.options)
    }

    /// The name of its field in forms.
    pub fn key(&self) -> String {
        key(self.id)
    }
}

/// The name of a field in forms and in the history, e.g. `f12`.
pub fn key(id: FieldId) -> String {
    format!("f{id}")
}

/// A field as its form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomFieldForm {
    pub name: String,
    pub kind: Kind,
    pub group: String,
    pub options: Vec<String>,
    pub required: bool,
    pub unique: bool,
    pub audience: Audience,
}

impl CustomFieldForm {
    /// Reads the form; only administrators make fields for all departments.
    pub fn parse(form: &Form, agent: &Agent) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        let kind = Kind::from_word(form.text("kind")).unwrap_or(Kind::Text);
        let group = form.trimmed("group").to_owned();
        if group.chars().count() > 60 {
            problems.add("group", common::TOO_LONG);
        }
        let mut options: Vec<String> = Vec::new();
        for option in form.text("options").lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !options.iter().any(|known| known.to_lowercase() == option.to_lowercase()) {
                options.push(option.to_owned());
            }
        }
        let fits = (2..=100).contains(&options.len()) && options.iter().all(|option| option.chars().count() <= 100);
        if kind == Kind::Choice && !fits {
            problems.add("options", t::BAD_OPTIONS);
        }
        let audience = Audience::parse(form, agent, &mut problems);
        if kind != Kind::Choice {
            options.clear();
        }
        let (required, unique) = (form.has("required"), form.has("unique"));
        problems.none_or(Self { name, kind, group, options, required, unique, audience })
    }
}

/// A field with a contact's value; empty where nothing is known.
#[derive(Clone, Debug)]
pub struct FieldValue {
    pub field: CustomField,
    pub value: String,
}

impl FieldValue {
    /// As the form has it: browsers want dates and choices as they are stored.
    pub fn shown(&self, language: Language) -> String {
        match self.field.kind {
            Kind::Date | Kind::Choice | Kind::YesNo => self.value.clone(),
            kind => kind.show(&self.value, language),
        }
    }
}

/// One change of a record.
#[derive(Clone, Debug)]
pub struct FieldChange {
    /// Empty for the system.
    pub agent: String,
    /// `name`, `phone`, `email`, or a field's key.
    pub field: String,
    pub was: String,
    pub becomes: String,
    pub at: Timestamp,
}

/// What becomes of the values of a field whose kind changes.
#[derive(Clone, Debug, Default)]
pub struct Conversion {
    /// Contact, value, and the value in the new kind.
    pub fit: Vec<(crate::contacts::ContactId, String, String)>,
    pub unfit: Vec<(crate::contacts::ContactId, String)>,
}

/// Changes of a record that its history shows.
pub const CHANGES_SHOWN: i64 = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::text::Language;
    use crate::team::agents::{AgentId, Presence, Role, Theme};
    use crate::team::departments::DepartmentId;

    #[test]
    fn a_choice_needs_options_and_a_lead_her_departments() {
        let agent = |role| Agent {
            id: AgentId(1),
            name: String::new(),
            email: String::new(),
            role,
            language: Language::Portuguese,
            theme: Theme::Auto,
            sounds: false,
            enter_sends: true,
            presence: Presence::Online,
            departments: vec![DepartmentId(1)],
            automatic: Vec::new(),
        };
        let form =
            Form::default().with("name", "Plano").with("kind", "choice").with("options", "Ouro\n\n ouro \nPrata");
        let draft = CustomFieldForm::parse(&form, &agent(Role::Admin)).expect("a draft");
        assert_eq!(draft.options, ["Ouro", "Prata"], "the same twice is once");
        let faults = CustomFieldForm::parse(&form, &agent(Role::Lead)).expect_err("a fault");
        assert!(faults.of("departments").is_some());
        let bare = Form::default().with("name", "x".repeat(61)).with("kind", "choice").with("options", "um");
        let faults = CustomFieldForm::parse(&bare, &agent(Role::Admin)).expect_err("faults");
        assert!(faults.of("name").is_some() && faults.of("options").is_some());
    }
}
