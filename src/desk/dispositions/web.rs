//! The settings pages on the catalogue.

use super::sql_tree::{self, MoveDirection};
use super::view_tree::DispositionPage;
use super::{DispositionForm, DispositionId, Node, Tree};
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, dispositions as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::departments::audience::Audience;
use crate::team::departments::{self, Department};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// The tree, and the form for one more category.
pub fn index(cx: &Cx) -> Result<Response> {
    Ok(Response::html(list(cx, &fresh(cx)?, &Problems::default())?))
}

/// A new category is offered for closings, to all of one's departments, unless said otherwise.
fn fresh(cx: &Cx) -> Result<Form> {
    let own = departments::sql::of(cx.conn, &cx.agent)?;
    let form = Form::default().with("uses", "conversation");
    Ok(Audience::only(own.iter().map(|department| department.id)).tick(form))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let tree = sql_tree::all(cx.conn)?;
    let own = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(DispositionPage { viewer: &cx.agent, tree: &tree, departments: &own, form, problems, done }.index())
}

/// The catalogue and a node of it that this person manages.
fn managed(cx: &Cx, id: DispositionId) -> Result<(Tree, Node)> {
    let tree = sql_tree::all(cx.conn)?;
    let node = tree.find(id).cloned().ok_or(Error::NotFound)?;
    match tree.category(id) {
        Some(category) if category.is_managed_by(&cx.agent) => Ok((tree, node)),
        _ => Err(Error::Forbidden),
    }
}

/// What is wrong with a draft beside the others of the catalogue.
fn fits(cx: &Cx, tree: &Tree, draft: &DispositionForm, own: Option<DispositionId>) -> Result<Result<(), Problems>> {
    if let Some(parent) = draft.parent {
        let (_, node) = managed(cx, parent)?;
        let hangs = match own {
            Some(own) => tree.may_hang(own, Some(parent)),
            None => tree.depth(node.id) + 1 < super::DEPTH,
        };
        if !hangs {
            return Ok(Err(Problems::one("parent", t::TOO_DEEP)));
        }
    }
    let taken = sql_tree::is_taken(cx.conn, &draft.name, draft.parent, own)?;
    Ok(if taken { Err(Problems::one("name", common::TAKEN)) } else { Ok(()) })
}

/// A new node: a category, or below another.
pub fn create(cx: &Cx) -> Result<Response> {
    let tree = sql_tree::all(cx.conn)?;
    let parent = cx.form.number("parent").map(DispositionId);
    let again = |problems: &Problems| match parent {
        Some(parent) => {
            let (tree, node) = managed(cx, parent)?;
            Ok(Response::invalid(page(cx, &tree, &node, &stored(&node), problems, None)?))
        }
        None => Ok(Response::invalid(list(cx, cx.form, problems)?)),
    };
    let draft = match DispositionForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if let Err(problems) = fits(cx, &tree, &draft, None)? {
        return again(&problems);
    }
    sql_tree::create(cx.conn, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DispositionCreated, &draft.name, cx.now)?;
    Ok(Response::see_other(match parent {
        Some(parent) => format!("/settings/dispositions/{parent}?saved=1"),
        None => "/settings/dispositions?saved=1".to_owned(),
    }))
}

/// What a node's form holds.
fn stored(node: &Node) -> Form {
    let mut form = Form::default()
        .with("name", node.name.as_str())
        .with("sentiment", node.sentiment.word())
        .with("parent", node.parent.map(|id| id.to_string()).unwrap_or_default());
    for one in &node.uses {
        form = form.with("uses", one.word());
    }
    node.audience.tick(form)
}

fn version(node: &Node) -> String {
    let mut parts = vec![node.name.clone(), node.sentiment.word().to_owned(), format!("{:?}", node.parent)];
    parts.extend(node.uses.iter().map(|one| one.word().to_owned()));
    parts.push(node.audience.version());
    settings::version(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn page(
    cx: &Cx,
    tree: &Tree,
    node: &Node,
    form: &Form,
    problems: &Problems,
    done: Option<&str>,
) -> Result<maud::Markup> {
    let own: Vec<Department> = departments::sql::of(cx.conn, &cx.agent)?;
    Ok(DispositionPage { viewer: &cx.agent, tree, departments: &own, form, problems, done }.edit(node, &version(node)))
}

/// One node's page.
pub fn edit(cx: &Cx, id: DispositionId) -> Result<Response> {
    let (tree, node) = managed(cx, id)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(page(cx, &tree, &node, &stored(&node), &Problems::default(), done)?))
}

/// Changes a node, or moves it. Facts that were recorded with it keep the path of their day.
pub fn update(cx: &Cx, id: DispositionId) -> Result<Response> {
    let (tree, node) = managed(cx, id)?;
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, &tree, &node, cx.form, problems, None)?));
    if let Err(problems) = settings::unchanged(cx.form, &version(&node)) {
        return again(&problems);
    }
    let draft = match DispositionForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if let Err(problems) = fits(cx, &tree, &draft, Some(id))? {
        return again(&problems);
    }
    sql_tree::update(cx.conn, id, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DispositionChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/dispositions/{id}?saved=1")))
}

/// One place up or down among its siblings.
pub fn shift(cx: &Cx, id: DispositionId) -> Result<Response> {
    managed(cx, id)?;
    let earlier = if cx.form.text("way") == "up" { MoveDirection::Yes } else { MoveDirection::No };
    sql_tree::shift(cx.conn, id, earlier)?;
    Ok(Response::see_other("/settings/dispositions"))
}

/// Takes a node out of the choice.
pub fn archive(cx: &Cx, id: DispositionId) -> Result<Response> {
    let (_, node) = managed(cx, id)?;
    sql_tree::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DispositionArchived, &node.name, cx.now)?;
    Ok(Response::see_other("/settings/dispositions?saved=1"))
}

/// Puts it back.
pub fn restore(cx: &Cx, id: DispositionId) -> Result<Response> {
    let (_, node) = managed(cx, id)?;
    sql_tree::restore(cx.conn, id)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DispositionChanged, &node.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/dispositions/{id}?saved=1")))
}
