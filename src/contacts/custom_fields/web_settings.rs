//! The settings pages on custom fields.

use super::view_settings::CustomFieldPage;
use super::{Conversion, CustomField, CustomFieldForm, FieldId, key, sql, sql_values};
use crate::contacts;
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, custom_fields as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::departments;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Values that a page lists of those that do not fit.
const LISTED: usize = 50;

/// Every field, and the form for one more.
pub fn index(cx: &Cx) -> Result<Response> {
    Ok(Response::html(list(cx, &Form::default(), &Problems::default())?))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(CustomFieldPage { viewer: &cx.agent, departments: &departments, form, problems, done }
        .index(&sql::all(cx.conn)?))
}

/// One more.
pub fn create(cx: &Cx) -> Result<Response> {
    let again = |problems: &Problems| Ok(Response::invalid(list(cx, cx.form, problems)?));
    let draft = match CustomFieldForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if sql::is_taken(cx.conn, &draft.name, None)? {
        return again(&Problems::one("name", common::TAKEN));
    }
    sql::create(cx.conn, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TemplateFieldChanged, &draft.name, cx.now)?;
    Ok(Response::see_other("/settings/custom-fields?saved=1"))
}

/// A field that this person manages.
fn managed(cx: &Cx, id: FieldId) -> Result<CustomField> {
    let field = sql::find(cx.conn, id)?;
    if field.is_managed_by(&cx.agent) { Ok(field) } else { Err(Error::Forbidden) }
}

fn version(field: &CustomField) -> String {
    settings::version(&[&format!("{field:?}")])
}

fn page(
    cx: &Cx,
    field: &CustomField,
    form: &Form,
    problems: &Problems,
    conversion: Option<&Conversion>,
) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let mut unfit = Vec::new();
    for (contact, value) in conversion.iter().flat_map(|conversion| conversion.unfit.iter()).take(LISTED) {
        unfit.push((contacts::sql::find(cx.conn, *contact)?.title(cx.language), value.clone()));
    }
    let shown = CustomFieldPage { viewer: &cx.agent, departments: &departments, form, problems, done };
    Ok(shown.edit(field, &version(field), conversion, &unfit))
}

/// One field's page.
pub fn edit(cx: &Cx, id: FieldId) -> Result<Response> {
    let field = managed(cx, id)?;
    let mut form = Form::default()
        .with("name", field.name.as_str())
        .with("kind", field.kind.word())
        .with("group", field.group.as_str())
        .with("options", field.options.join("\n"));
    for (name, on) in [("required", field.required), ("unique", field.unique)] {
        if on {
            form = form.with(name, "1");
        }
    }
    Ok(Response::html(page(cx, &field, &field.audience.tick(form), &Problems::default(), None)?))
}

/// Which values fit a field as it would be.
fn convert(cx: &Cx, field: &CustomField, draft: &CustomFieldForm) -> Result<Conversion> {
    let mut conversion = Conversion::default();
    for (contact, value) in sql_values::of_field(cx.conn, field.id)? {
        // As people read it, for that is what they would type again.
        let shown = field.kind.show(&value, cx.company.language);
        match draft.kind.read(&shown, &draft.options) {
            Ok(new) => conversion.fit.push((contact, value, new)),
            Err(_) => conversion.unfit.push((contact, value)),
        }
    }
    Ok(conversion)
}

/// Changes a field. Another type, or other options, take the values along that fit; the others are shown first.
pub fn update(cx: &Cx, id: FieldId) -> Result<Response> {
    let field = managed(cx, id)?;
    let again = |problems: &Problems, conversion: Option<&Conversion>| {
        Ok(Response::invalid(page(cx, &field, cx.form, problems, conversion)?))
    };
    if let Err(problems) = settings::unchanged(cx.form, &version(&field)) {
        return again(&problems, None);
    }
    let draft = match CustomFieldForm::parse(cx.form, &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems, None),
    };
    if sql::is_taken(cx.conn, &draft.name, Some(id))? {
        return again(&Problems::one("name", common::TAKEN), None);
    }
    if draft.kind != field.kind || draft.options != field.options {
        let conversion = convert(cx, &field, &draft)?;
        if !conversion.unfit.is_empty() && !cx.form.has("drop") {
            return again(&Problems::one("kind", t::UNFIT), Some(&conversion));
        }
        let keep = |contact, was: &str, becomes: &str| {
            sql_values::set(cx.conn, contact, id, becomes)?;
            sql_values::keep(cx.conn, contact, Some(cx.agent.id), &key(id), (was, becomes), cx.now)
        };
        for (contact, was, becomes) in conversion.fit.iter().filter(|(_, was, becomes)| was != becomes) {
            keep(*contact, was, becomes)?;
        }
        conversion.unfit.iter().try_for_each(|(contact, was)| keep(*contact, was, ""))?;
    }
    if draft.unique && sql_values::repeats(cx.conn, id)? {
        return again(&Problems::one("unique", t::NOT_UNIQUE), None);
    }
    sql::update(cx.conn, id, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TemplateFieldChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/custom-fields/{id}?saved=1")))
}

/// One place up or down among the fields in use: field `way`.
pub fn shift(cx: &Cx, id: FieldId) -> Result<Response> {
    managed(cx, id)?;
    let mut ids: Vec<FieldId> = sql::all(cx.conn)?.iter().filter(|one| !one.archived).map(|one| one.id).collect();
    if let Some(at) = ids.iter().position(|one| *one == id) {
        let to =
            if cx.form.text("way") == "up" { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < ids.len()) };
        if let Some(to) = to {
            ids.swap(at, to);
            sql::order(cx.conn, &ids)?;
        }
    }
    Ok(Response::see_other("/settings/custom-fields"))
}

/// Takes a field off the record; what it holds stays.
pub fn archive(cx: &Cx, id: FieldId) -> Result<Response> {
    let field = managed(cx, id)?;
    sql::archive(cx.conn, id, Some(cx.now))?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TemplateFieldArchived, &field.name, cx.now)?;
    Ok(Response::see_other("/settings/custom-fields?saved=1"))
}

/// Brings it back, with what it held.
pub fn restore(cx: &Cx, id: FieldId) -> Result<Response> {
    let field = managed(cx, id)?;
    sql::archive(cx.conn, id, None)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::TemplateFieldChanged, &field.name, cx.now)?;
    Ok(Response::see_other("/settings/custom-fields?saved=1"))
}
