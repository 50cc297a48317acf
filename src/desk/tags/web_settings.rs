//! The settings pages on tags.

use super::view::TagPage;
use super::{Tag, TagForm, TagId, sql};
use crate::platform::error::{Error, Result};
use crate::platform::text::common;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::departments;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Every tag, and the form for one more.
pub fn index(cx: &Cx) -> Result<Response> {
    Ok(Response::html(list(cx, &Form::default(), &Problems::default())?))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(TagPage { viewer: &cx.agent, departments: &departments, form, problems, done }.index(&sql::all(cx.conn)?))
}

/// One more.
pub fn create(cx: &Cx) -> Result<Response> {
    let again = |problems: &Problems| Ok(Response::invalid(list(cx, cx.form, problems)?));
    let draft = match TagForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    // A name that was archived comes back with its tag, and with the conversations that carry it.
    let id = match sql::archived(cx.conn, &draft.name)? {
        Some(id) => {
            if !sql::find(cx.conn, id)?.is_managed_by(&cx.agent) {
                return again(&Problems::one("name", common::TAKEN));
            }
            sql::restore(cx.conn, id)?;
            id
        }
        None if sql::is_taken(cx.conn, &draft.name, None)? => {
            return again(&Problems::one("name", common::TAKEN));
        }
        None => sql::create(cx.conn, &draft.name, draft.colour)?,
    };
    sql::update(cx.conn, id, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TagChanged, &draft.name, cx.now)?;
    Ok(Response::see_other("/settings/tags?saved=1"))
}

/// A tag that this person manages.
fn managed(cx: &Cx, id: TagId) -> Result<Tag> {
    let tag = sql::find(cx.conn, id)?;
    if tag.is_managed_by(&cx.agent) { Ok(tag) } else { Err(Error::Forbidden) }
}

fn version(tag: &Tag) -> String {
    settings::version(&[&format!("{tag:?}")])
}

fn page(cx: &Cx, tag: &Tag, form: &Form, problems: &Problems, done: Option<&str>) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    Ok(TagPage { viewer: &cx.agent, departments: &departments, form, problems, done }.edit(tag.id, &version(tag)))
}

/// One tag's page.
pub fn edit(cx: &Cx, id: TagId) -> Result<Response> {
    let tag = managed(cx, id)?;
    let form = Form::default().with("name", tag.name.as_str()).with("colour", tag.colour.word());
    let form = tag.audience.tick(form);
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(page(cx, &tag, &form, &Problems::default(), done)?))
}

/// Changes a tag, wherever it stands.
pub fn save(cx: &Cx, id: TagId) -> Result<Response> {
    let tag = managed(cx, id)?;
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, &tag, cx.form, problems, None)?));
    if let Err(problems) = settings::unchanged(cx.form, &version(&tag)) {
        return again(&problems);
    }
    let draft = match TagForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if sql::is_taken(cx.conn, &draft.name, Some(id))? {
        return again(&Problems::one("name", common::TAKEN));
    }
    sql::update(cx.conn, id, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TagChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/tags/{id}?saved=1")))
}

/// Takes a tag out of the choice.
pub fn archive(cx: &Cx, id: TagId) -> Result<Response> {
    let tag = managed(cx, id)?;
    sql::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TagArchived, &tag.name, cx.now)?;
    Ok(Response::see_other("/settings/tags?saved=1"))
}
