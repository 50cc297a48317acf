//! Audiences: which departments something is for.

use std::collections::BTreeSet;

use super::{Department, DepartmentId};
use crate::platform::text::common;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, Role};

/// The field of a form that holds one value for each department.
const FIELD: &str = "departments";

/// Which departments something is for: a tag, a reason to pause, a field of the contact's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    Everyone,
    /// These alone; nobody where there are none.
    Departments(BTreeSet<DepartmentId>),
}

impl Audience {
    /// These departments; everyone where none is named.
    pub fn named(departments: impl IntoIterator<Item = DepartmentId>) -> Self {
        match Self::only(departments) {
            Self::Departments(ids) if ids.is_empty() => Self::Everyone,
            named => named,
        }
    }

    /// These departments; nobody where none is named.
    pub fn only(departments: impl IntoIterator<Item = DepartmentId>) -> Self {
        Self::Departments(departments.into_iter().collect())
    }

    /// No department: what is for one person alone, or stands below something that has an audience.
    pub fn nobody() -> Self {
        Self::only([])
    }

    /// Reads a form in which no department stands for everyone. Leads give to their own departments, administrators to all.
    pub fn parse(form: &Form, editor: &Agent, problems: &mut Problems) -> Self {
        let audience = Self::named(ticked(form));
        if !audience.is_managed_by(editor) {
            problems.add(FIELD, common::CHOOSE_DEPARTMENT);
        }
        audience
    }

    /// Reads a form in which at least one department has to be named, for administrators too.
    pub fn parse_only(form: &Form, editor: &Agent, problems: &mut Problems) -> Self {
        let audience = Self::only(ticked(form));
        if audience == Self::nobody() || !audience.is_managed_by(editor) {
            problems.add(FIELD, common::CHOOSE_DEPARTMENT);
        }
        audience
    }

    /// What a column holds that lists ids between commas; None for any other text.
    pub fn stored(text: &str) -> Option<Self> {
        text.split(',').map(|id| id.parse().ok().map(DepartmentId)).collect::<Option<Vec<_>>>().map(Self::named)
    }

    /// The departments that it names, one row each where it is stored; none for everyone.
    pub fn departments(&self) -> impl Iterator<Item = DepartmentId> + '_ {
        let named = match self {
            Self::Everyone => None,
            Self::Departments(ids) => Some(ids),
        };
        named.into_iter().flatten().copied()
    }

    /// Whether it is for a department.
    pub fn includes(&self, department: DepartmentId) -> bool {
        match self {
            Self::Everyone => true,
            Self::Departments(ids) => ids.contains(&department),
        }
    }

    /// Whether it is for any department of this person.
    pub fn reaches(&self, agent: &Agent) -> bool {
        *self == Self::Everyone || agent.departments.iter().any(|department| self.includes(*department))
    }

    /// Whether this person manages what is for it: leads what is for their own departments alone, administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        let own = match self {
            Self::Everyone => false,
            Self::Departments(ids) => ids.iter().all(|department| agent.departments.contains(department)),
        };
        agent.is(Role::Admin) || own
    }

    /// The names of those that it names, in the order of the list; none for everyone.
    pub fn names<'a>(&self, known: &'a [Department]) -> Vec<&'a str> {
        let named: BTreeSet<DepartmentId> = self.departments().collect();
        known.iter().filter(|one| named.contains(&one.id)).map(|one| one.name.as_str()).collect()
    }

    /// A form with its boxes ticked.
    pub fn tick(&self, form: Form) -> Form {
        self.departments().fold(form, |form, id| form.with(FIELD, id.to_string()))
    }

    /// The same text for the same audience, for the version that a settings page carries.
    pub fn version(&self) -> String {
        match self {
            Self::Everyone => "everyone".to_owned(),
            Self::Departments(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        }
    }
}

/// Whether a department's box is ticked in a form.
pub fn is_ticked(form: &Form, department: DepartmentId) -> bool {
    ticked(form).any(|one| one == department)
}

fn ticked(form: &Form) -> impl Iterator<Item = DepartmentId> + '_ {
    form.all(FIELD).filter_map(|id| id.parse().ok().map(DepartmentId))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::text::Language;
    use crate::team::agents::{AgentId, Presence, Theme};

    fn agent(role: Role) -> Agent {
        Agent {
            id: AgentId(1),
            name: String::new(),
            email: String::new(),
            role,
            language: Language::Portuguese,
            theme: Theme::Auto,
            sounds: false,
            enter_sends: true,
            presence: Presence::Online,
            departments: vec![DepartmentId(1), DepartmentId(2)],
            automatic: Vec::new(),
        }
    }

    fn form(ids: &[i64]) -> Form {
        Audience::only(ids.iter().copied().map(DepartmentId)).tick(Form::default())
    }

    #[test]
    fn everyone_and_nobody_are_told_apart() {
        let (one, two) = (DepartmentId(1), DepartmentId(2));
        assert!(Audience::named([]).includes(one) && !Audience::nobody().includes(one));
        let first = Audience::named([one]);
        assert!(first.includes(one) && !first.includes(two) && first.reaches(&agent(Role::Agent)));
        assert!(!Audience::named([DepartmentId(3)]).reaches(&agent(Role::Agent)));
        assert_eq!(Audience::named([two, one, two]), Audience::named([one, two]), "in any order");
        assert_eq!(Audience::stored("2,1"), Some(Audience::named([one, two])));
        assert_eq!(Audience::stored("2,x"), None);
        let versions = [Audience::Everyone, Audience::nobody(), first.clone()].map(|one| one.version());
        assert_eq!(versions, ["everyone", "", "1"]);
        let known = [(2, "Vendas"), (1, "Suporte")].map(|(id, name)| Department {
            id: DepartmentId(id),
            name: name.to_owned(),
            first_answer_goal: 0,
        });
        assert_eq!(Audience::named([one, two]).names(&known), ["Vendas", "Suporte"]);
        assert_eq!(Audience::Everyone.names(&known), [""; 0]);
    }

    #[test]
    fn leads_give_to_their_own_departments_and_only_administrators_to_everyone() {
        let refuses = |role, ids: &[i64], parse: fn(&Form, &Agent, &mut Problems) -> Audience| {
            let mut problems = Problems::default();
            parse(&form(ids), &agent(role), &mut problems);
            problems.of(FIELD).is_some()
        };
        assert!(!refuses(Role::Lead, &[1, 2], Audience::parse) && !refuses(Role::Admin, &[3], Audience::parse));
        assert!(refuses(Role::Lead, &[1, 3], Audience::parse) && refuses(Role::Lead, &[], Audience::parse));
        assert!(!refuses(Role::Admin, &[], Audience::parse) && refuses(Role::Admin, &[], Audience::parse_only));
        assert!(!refuses(Role::Lead, &[1], Audience::parse_only) && refuses(Role::Lead, &[3], Audience::parse_only));
        assert!(is_ticked(&form(&[2]), DepartmentId(2)) && !is_ticked(&form(&[2]), DepartmentId(1)));
    }
}
