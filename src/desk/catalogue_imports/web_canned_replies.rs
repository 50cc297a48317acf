//! Canned replies as a file.

use crate::desk::canned_replies::{CannedReply, CannedReplyForm, Scope, sql};
use crate::desk::catalogue_imports::web_cells::{audience, named};
use crate::desk::catalogue_imports::{CatalogueRow, Fate, word};
use crate::platform::error::Result;
use crate::platform::text::catalogue_imports as t;
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::{self as teams, DepartmentId};
use crate::team::visit::Cx;

/// What this person may use, a row each.
pub fn rows(cx: &Cx) -> Result<Vec<Vec<String>>> {
    let own: Vec<DepartmentId> = teams::sql::of(cx.conn, &cx.agent)?.into_iter().map(|one| one.id).collect();
    let row = |reply: CannedReply| {
        let scope = reply.scope.phrase().say(cx.language).to_owned();
        Ok(vec![reply.title, reply.keywords, reply.body, reply.phrasings, scope, named(cx, &reply.audience)?])
    };
    sql::find_all(cx.conn, cx.agent.id, &own, &[], i64::MAX)?.into_iter().map(row).collect()
}

/// One line: a text is known by its title among those for the same people.
pub fn take(cx: &Cx, row: &CatalogueRow) -> Result<Result<Fate, Problems>> {
    let scope = match row.get("scope") {
        "" if row.get("departments").is_empty() => Some(Scope::Own),
        "" => Some(Scope::Departments),
        typed => word(typed, Scope::ALL, Scope::word, Scope::phrase),
    };
    let Some(scope) = scope else { return Ok(Err(Problems::one("scope", t::UNKNOWN_WORD))) };
    let audience = match audience(cx, row)? {
        Ok(audience) => audience,
        Err(problems) => return Ok(Err(problems)),
    };
    let form = ["title", "keywords", "body", "phrasings"]
        .into_iter()
        .fold(Form::default().with("scope", scope.word()), |form, field| form.with(field, row.get(field)));
    let draft = match CannedReplyForm::parse(&audience.tick(form), &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    let Some(known) = sql::by_title(cx.conn, &draft.title, scope, cx.agent.id)? else {
        sql::create(cx.conn, &draft, cx.agent.id, cx.now)?;
        return Ok(Ok(Fate::New));
    };
    let known = sql::find(cx.conn, known)?;
    if !known.is_managed_by(&cx.agent) {
        return Ok(Err(Problems::one("title", t::NOT_YOURS)));
    }
    let texts = |a: &CannedReply, b: &CannedReplyForm| {
        (&a.title, &a.keywords, &a.body, &a.phrasings) == (&b.title, &b.keywords, &b.body, &b.phrasings)
    };
    if texts(&known, &draft) && known.audience == draft.audience {
        return Ok(Ok(Fate::Same));
    }
    sql::update(cx.conn, known.id, &draft, Some(cx.agent.id), cx.now)?;
    Ok(Ok(Fate::Changed))
}
