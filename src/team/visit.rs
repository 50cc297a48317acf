//! What one handler gets: a connection, the request, who asks; and no way to a second transaction.

use std::ops::Deref;

use rusqlite::Connection;

use crate::app::Context;
use crate::platform::text::Language;
use crate::platform::time::Timestamp;
use crate::platform::web::form::Form;
use crate::platform::web::http::Request;
use crate::team::agents::{Agent, SessionId};
use crate::team::company::Company;

/// What every handler gets: a connection (a snapshot for GET, the transaction for POST), the request, the time.
pub struct Visit<'a> {
    pub conn: &'a Connection,
    pub context: &'a Context,
    pub request: &'a Request,
    /// The fields of the body for POST, of the query for GET.
    pub form: &'a Form,
    pub now: Timestamp,
    pub language: Language,
    pub company: Company,
}

/// A visit by a signed-in person.
pub struct Cx<'a> {
    visit: Visit<'a>,
    pub agent: Agent,
    pub session: SessionId,
}

impl<'a> Cx<'a> {
    /// Somebody is signed in: the visit is theirs, in their language.
    pub fn new(visit: Visit<'a>, agent: Agent, session: SessionId) -> Self {
        Self { visit: Visit { language: agent.language, ..visit }, agent, session }
    }
}

impl<'a> Deref for Cx<'a> {
    type Target = Visit<'a>;
    fn deref(&self) -> &Self::Target {
        &self.visit
    }
}

impl Visit<'_> {
    /// Whether a script asked for a part of a page.
    pub fn wants_fragment(&self) -> bool {
        self.request.header("x-fragment").is_some()
    }

    /// The address that links in mails and embed codes start with.
    pub fn public_url(&self) -> String {
        match &self.context.public_url {
            Some(url) => url.clone(),
            None if !self.company.public_url.is_empty() => self.company.public_url.clone(),
            None => self.request.origin(),
        }
    }
}
