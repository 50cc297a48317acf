//! Canned replies: prepared texts with placeholders, picked by typing `#` in the composer.

pub mod sql;
pub mod sql_files;
pub mod view;
pub mod web;
pub mod web_files;
pub mod web_settings;

use crate::desk::placeholders::{self, Values};
use crate::platform::text::folding::fold;
use crate::platform::text::{Phrase, canned_replies as t, common};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId, Role};
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;

crate::ids! {
    /// A prepared text.
    CannedReplyId,
}

crate::words! {
    /// For whom it is.
    Scope { Everyone = "everyone", Departments = "departments", Own = "own" }
}

impl Scope {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Everyone => t::EVERYONE,
            Self::Departments => t::BY_DEPARTMENT,
            Self::Own => t::OWN,
        }
    }
}

/// Letters that a title has at most.
pub const LONGEST_TITLE: usize = 120;

/// A prepared text.
#[derive(Clone, Debug)]
pub struct CannedReply {
    pub id: CannedReplyId,
    pub title: String,
    pub keywords: String,
    pub body: String,
    /// Other wordings of the question, one a line.
    pub phrasings: String,
    pub scope: Scope,
    pub owner: Option<AgentId>,
    /// Nobody, where it is one person's own.
    pub audience: Audience,
    pub used: i64,
}

impl CannedReply {
    /// Whether a person is offered it in a conversation of a department.
    pub fn is_offered_to(&self, agent: AgentId, department: DepartmentId) -> bool {
        match self.scope {
            Scope::Own => self.owner == Some(agent),
            Scope::Everyone | Scope::Departments => self.audience.includes(department),
        }
    }

    /// Own ones by their owner; those of departments by a lead of all of them; all by administrators.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        match self.scope {
            Scope::Own => self.owner == Some(agent.id),
            Scope::Everyone => agent.is(Role::Admin),
            Scope::Departments => agent.is(Role::Lead) && self.audience.is_managed_by(agent),
        }
    }
}

/// A prepared text as its form has it.
#[derive(Clone, Debug)]
pub struct CannedReplyForm {
    pub title: String,
    pub keywords: String,
    pub body: String,
    pub phrasings: String,
    pub scope: Scope,
    pub audience: Audience,
}

impl CannedReplyForm {
    /// Reads the form; agents and seniors prepare texts for themselves alone.
    pub fn parse(form: &Form, agent: &Agent) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let title = form.name("title", LONGEST_TITLE, &mut problems);
        let body = form.trimmed("body").to_owned();
        if body.is_empty() {
            problems.add("body", common::REQUIRED);
        } else if let Some(fault) = placeholders::fault(&body) {
            problems.add("body", fault);
        }
        let (keywords, phrasings) = (form.trimmed("keywords").to_owned(), form.trimmed("phrasings").to_owned());
        for (field, text, most) in [("keywords", &keywords, 500), ("phrasings", &phrasings, 10_000)] {
            if text.chars().count() > most {
                problems.add(field, common::TOO_LONG);
            }
        }
        let scope = Scope::from_word(form.text("scope")).unwrap_or(Scope::Own);
        match scope {
            Scope::Own => {}
            _ if !agent.is(Role::Lead) => problems.add("scope", t::NOT_YOURS),
            Scope::Everyone if !agent.is(Role::Admin) => problems.add("scope", t::ONLY_ADMIN),
            _ => {}
        }
        let audience = match scope {
            Scope::Own => Audience::nobody(),
            Scope::Everyone => Audience::Everyone,
            // Whoever may not choose the scope hears that, and nothing of departments.
            Scope::Departments if !agent.is(Role::Lead) => Audience::nobody(),
            Scope::Departments => Audience::parse_only(form, agent, &mut problems),
        };
        problems.none_or(Self { title, keywords, body, phrasings, scope, audience })
    }

    /// What it is found by: title, keywords and text, in lower case without accents.
    pub fn search(&self) -> String {
        fold(&format!("{}\n{}\n{}", self.title, self.keywords, self.body))
    }
}

/// A prepared text as the composer is offered it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Offer {
    pub id: i64,
    pub title: String,
    /// Filled in from the conversation.
    pub text: String,
    /// Marks that nothing stands for.
    pub open: Vec<String>,
    /// The names of the files that come along.
    pub files: Vec<String>,
}

impl Offer {
    /// Fills a text in.
    pub fn of(reply: &CannedReply, values: &Values, files: Vec<String>) -> Self {
        let filled = placeholders::fill(&reply.body, values);
        Self { id: reply.id.0, title: reply.title.clone(), text: filled.text, open: filled.open, files }
    }
}

/// Whether a message still holds a mark to fill in: a placeholder's name, wherever it comes from (a draft that was kept has
/// lost its origin); any mark at all in one that came from a prepared text.
pub fn is_open(canned: Option<CannedReplyId>, body: &str) -> bool {
    let open = placeholders::fill(body, &Values::default()).open;
    let unknown = placeholders::unknown(body);
    open.iter().any(|mark| canned.is_some() || !unknown.contains(mark))
}

/// Files that one text brings along at most.
pub const MOST_FILES: usize = 5;
