//! The settings page on how long things are kept.

use super::{Rule, sql, view};
use crate::overview::retention;
use crate::platform::error::Result;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// The rule; with `?look` what one would take that is typed and not stored.
pub fn show(cx: &Cx) -> Result<Response> {
    if !cx.form.has("look") {
        return Ok(Response::html(page(cx, &typed(&sql::rule(cx.conn)?), &Problems::default(), None)?));
    }
    match Rule::parse(cx.form) {
        Ok(rule) => Ok(Response::html(page(cx, cx.form, &Problems::default(), Some(&rule))?)),
        Err(problems) => Ok(Response::invalid(page(cx, cx.form, &problems, None)?)),
    }
}

/// A stored rule as its form.
fn typed(rule: &Rule) -> Form {
    let form = [("words", rule.words), ("files", rule.files), ("persons", rule.persons)]
        .into_iter()
        .filter_map(|(name, months)| months.map(|months| (name, months)))
        .fold(Form::default(), |form, (name, months)| form.with(name, months.to_string()));
    if rule.unregulated { form.with("unregulated", "1") } else { form }
}

fn page(cx: &Cx, form: &Form, problems: &Problems, rule: Option<&Rule>) -> Result<maud::Markup> {
    let preview = rule.map(|rule| retention::acts::preview(cx.conn, rule, &cx.company, cx.now)).transpose()?;
    let stored = sql::rule(cx.conn)?.shown();
    let last = sql::last(cx.conn)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let shown = view::Shown {
        viewer: &cx.agent,
        zone: &cx.company.zone,
        form,
        problems,
        preview: preview.as_ref(),
        last: last.as_ref(),
        version: &settings::version(&[&stored]),
        done,
    };
    Ok(shown.page())
}

/// Stores a rule; the next night goes by it.
pub fn update(cx: &Cx) -> Result<Response> {
    let stored = sql::rule(cx.conn)?;
    let unchanged = settings::unchanged(cx.form, &settings::version(&[&stored.shown()]));
    match unchanged.and_then(|()| Rule::parse(cx.form)) {
        Ok(rule) => {
            sql::store(cx.conn, &rule)?;
            let subject = format!("{} → {}", stored.shown(), rule.shown());
            settings::sql::record(cx.conn, cx.agent.id, Action::RetentionChanged, &subject, cx.now)?;
            Ok(Response::see_other("/settings/retention?saved=1"))
        }
        Err(problems) => Ok(Response::invalid(page(cx, cx.form, &problems, None)?)),
    }
}
