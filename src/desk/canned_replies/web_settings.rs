//! The settings pages on canned replies: own ones for everybody, the others for leads and administrators.

use super::view::CannedReplyPage;
use super::{CannedReply, CannedReplyForm, CannedReplyId, Scope, sql, sql_files};
use crate::platform::error::{Error, Result};
use crate::platform::text::folding::{fold, words};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::{Agent, Role};
use crate::team::departments::{self, DepartmentId};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Texts on the page; more are found by a word.
const SHOWN: usize = 200;

/// What this person may use or manage.
pub fn index(cx: &Cx) -> Result<Response> {
    let typed: Vec<String> = words(cx.form.trimmed("q")).iter().map(|word| fold(word)).collect();
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX);
    let own: Vec<DepartmentId> = departments::sql::of(cx.conn, &cx.agent)?.into_iter().map(|one| one.id).collect();
    let mut found = sql::find_all(cx.conn, cx.agent.id, &own, &typed, limit + 1)?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let departments = departments::sql::all(cx.conn)?;
    let none = Problems::default();
    let shown = CannedReplyPage { viewer: &cx.agent, departments: &departments, form: cx.form, problems: &none, done };
    Ok(Response::html(shown.index(&found, more)))
}

/// The form for one more.
pub fn new(cx: &Cx) -> Result<Response> {
    let scope = if cx.agent.is(Role::Admin) {
        Scope::Everyone
    } else if cx.agent.is(Role::Lead) {
        Scope::Departments
    } else {
        Scope::Own
    };
    let form = Form::default().with("scope", scope.word());
    Ok(Response::html(page(cx, None, &form, &Problems::default())?))
}

fn page(cx: &Cx, id: Option<(CannedReplyId, &str)>, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let files = id.map_or(Ok(Vec::new()), |(id, _)| sql_files::of(cx.conn, id))?;
    Ok(CannedReplyPage { viewer: &cx.agent, departments: &departments, form, problems, done }.edit(id, &files))
}

/// One more.
pub fn create(cx: &Cx) -> Result<Response> {
    let draft = match CannedReplyForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(page(cx, None, cx.form, &problems)?)),
    };
    sql::create(cx.conn, &draft, cx.agent.id, cx.now)?;
    if draft.scope != Scope::Own {
        settings::sql::record(cx.conn, cx.agent.id, Action::CannedReplyChanged, &draft.title, cx.now)?;
    }
    Ok(Response::see_other("/settings/canned-replies?saved=1"))
}

/// A text that this person manages.
pub fn managed(cx: &Cx, id: CannedReplyId) -> Result<CannedReply> {
    let reply = sql::find(cx.conn, id)?;
    permit(&reply, &cx.agent).map(|()| reply)
}

/// Whether this person manages a text.
pub fn permit(reply: &CannedReply, agent: &Agent) -> Result<()> {
    match (reply.is_managed_by(agent), reply.scope) {
        (true, _) => Ok(()),
        // Nobody else's own texts are known to anybody.
        (false, Scope::Own) => Err(Error::NotFound),
        (false, _) => Err(Error::Forbidden),
    }
}

fn version(reply: &CannedReply) -> String {
    settings::version(&[&format!("{:?}", CannedReply { used: 0, ..reply.clone() })])
}

/// One text's page.
pub fn edit(cx: &Cx, id: CannedReplyId) -> Result<Response> {
    let reply = managed(cx, id)?;
    let form = Form::default()
        .with("title", reply.title.as_str())
        .with("keywords", reply.keywords.as_str())
        .with("body", reply.body.as_str())
        .with("phrasings", reply.phrasings.as_str())
        .with("scope", reply.scope.word());
    let form = reply.audience.tick(form);
    Ok(Response::html(page(cx, Some((id, &version(&reply))), &form, &Problems::default())?))
}

/// Changes a text.
pub fn update(cx: &Cx, id: CannedReplyId) -> Result<Response> {
    let reply = managed(cx, id)?;
    let was = version(&reply);
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, Some((id, &was)), cx.form, problems)?));
    if let Err(problems) = settings::unchanged(cx.form, &was) {
        return again(&problems);
    }
    let draft = match CannedReplyForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    sql::update(cx.conn, id, &draft, Some(cx.agent.id), cx.now)?;
    if draft.scope != Scope::Own {
        settings::sql::record(cx.conn, cx.agent.id, Action::CannedReplyChanged, &draft.title, cx.now)?;
    }
    Ok(Response::see_other(format!("/settings/canned-replies/{id}?saved=1")))
}

/// Takes a text out of the choice.
pub fn archive(cx: &Cx, id: CannedReplyId) -> Result<Response> {
    let reply = managed(cx, id)?;
    sql::archive(cx.conn, id, cx.now)?;
    if reply.scope != Scope::Own {
        settings::sql::record(cx.conn, cx.agent.id, Action::CannedReplyArchived, &reply.title, cx.now)?;
    }
    Ok(Response::see_other("/settings/canned-replies?saved=1"))
}
