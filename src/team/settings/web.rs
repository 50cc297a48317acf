//! The settings' own pages, and the gate before all of them.

use super::{SettingsSection, sql, view};
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;

/// Lets through who may open this page: administrators, and others where the page is one of their registers.
pub fn gate(cx: &Cx, page: Option<&str>) -> Result<()> {
    let section = SettingsSection::ALL.iter().find(|section| page.is_some_and(|page| section.is_at(page)));
    let needed = section.map_or(Role::Admin, |section| section.role());
    let index = page.is_none();
    if index || cx.agent.is(needed) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The first page that this person may open.
pub fn index(cx: &Cx) -> Result<Response> {
    let first = SettingsSection::ALL.iter().find(|section| cx.agent.is(section.role())).ok_or(Error::Forbidden)?;
    Ok(Response::see_other(first.address()))
}

/// The record of changes, newest first.
pub fn audit(cx: &Cx) -> Result<Response> {
    let entries = sql::before(cx.conn, cx.form.number("before").unwrap_or(0))?;
    Ok(Response::html(view::audit(&cx.agent, &cx.company.zone, &entries)))
}
