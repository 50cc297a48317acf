//! The people of the team: roles, presence, passwords.

pub mod acts;
pub mod draft;
pub mod password;
pub mod sql;
pub mod sql_links;
pub mod sql_people;
pub mod view;
pub mod view_links;
pub mod web;

use crate::platform::text::agents as t;
use crate::platform::text::{Language, Phrase, common};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::DepartmentId;

crate::ids! {
    /// A person of the team.
    AgentId,
    /// A signed-in browser.
    SessionId,
}

crate::words! {
    /// What a person may do; each role may what the ones before it may.
    Role { Agent = "agent", Senior = "senior", Lead = "lead", Admin = "admin" }
}

impl Role {
    /// The name of the role.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Agent => t::ROLE_AGENT,
            Self::Senior => t::ROLE_SENIOR,
            Self::Lead => t::ROLE_LEAD,
            Self::Admin => t::ROLE_ADMIN,
        }
    }
}

crate::words! {
    /// Whether a person can be reached; chosen by the person, and away by itself without a sign of life.
    Presence { Online = "online", Away = "away", Offline = "offline" }
}

impl Presence {
    /// The name of the presence.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Online => t::ONLINE,
            Self::Away => t::AWAY,
            Self::Offline => t::OFFLINE,
        }
    }
}

crate::words! {
    /// Light, dark, or as the system has it.
    Theme { Auto = "auto", Light = "light", Dark = "dark" }
}

/// Letters that a person's name has at most.
pub const LONGEST_NAME: usize = 300;

/// A person of the team, with what every page needs of them.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub language: Language,
    pub theme: Theme,
    pub sounds: bool,
    pub enter_sends: bool,
    pub presence: Presence,
    /// Own departments; an administrator may see the others too.
    pub departments: Vec<DepartmentId>,
    /// Those of them that hand their conversations out by themselves.
    pub automatic: Vec<DepartmentId>,
}

impl Agent {
    /// Whether the role is at least this one.
    pub fn is(&self, role: Role) -> bool {
        self.role >= role
    }

    /// Whether this person may see anything of a department.
    pub fn in_department(&self, department: DepartmentId) -> bool {
        self.role == Role::Admin || self.departments.contains(&department)
    }

    /// Whether this person may see and take what nobody of a department holds: from senior on always, an agent only
    /// where conversations are not handed out (`docs/domain.md`: people).
    pub fn takes_from(&self, department: DepartmentId) -> bool {
        self.in_department(department) && (self.is(Role::Senior) || !self.automatic.contains(&department))
    }

    /// Whether this person reads reports: leads those of their departments, administrators all.
    pub fn reads_reports(&self) -> bool {
        self.is(Role::Lead)
    }
}

/// Characters that a new password needs at least.
pub const PASSWORD_MIN: usize = 10;

/// Checks a new password and its repetition.
pub fn new_password(form: &Form) -> Result<String, Problems> {
    let password = form.text("password");
    if password.chars().count() < PASSWORD_MIN {
        return Err(Problems::one("password", t::PASSWORD_SHORT));
    }
    if password.len() > 1000 {
        return Err(Problems::one("password", common::TOO_LONG));
    }
    if password != form.text("repeated") {
        return Err(Problems::one("repeated", t::PASSWORD_DIFFERENT));
    }
    Ok(password.to_owned())
}

/// Whether this looks like one e-mail address: one @, a dotted host, nothing that breaks a header.
pub fn looks_like_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c))
    };
    text.len() <= 254
        && plain(local)
        && plain(host)
        && host.split('.').count() > 1
        && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["ana@balcao.example", "a.b+c@x.com.br", "josé@exemplo.br"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in
            ["", "ana", "ana@", "@x.br", "a b@x.br", "a@x", "a@x..br", "a@x.br\r\nBcc: b@y.br", "a@b@c.br", "<a@x.br>"]
        {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }

    #[test]
    fn roles_are_ordered() {
        assert!(Role::Admin > Role::Lead && Role::Lead > Role::Senior && Role::Senior > Role::Agent);
    }
}
