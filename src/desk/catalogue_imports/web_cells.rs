//! The departments of a line, as a cell names them.

use super::CatalogueRow;
use crate::platform::error::Result;
use crate::platform::text::catalogue_imports as t;
use crate::platform::text::folding::fold;
use crate::platform::web::form::Problems;
use crate::team::departments;
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;
use crate::team::visit::Cx;

/// The departments that a cell names, of those that this person may see; everyone where it names none.
pub fn audience(cx: &Cx, row: &CatalogueRow) -> Result<Result<Audience, Problems>> {
    let own = departments::sql::of(cx.conn, &cx.agent)?;
    let found: Option<Vec<DepartmentId>> = row
        .parts("departments")
        .iter()
        .map(|name| own.iter().find(|one| fold(&one.name) == fold(name)).map(|one| one.id))
        .collect();
    Ok(found.map(Audience::named).ok_or_else(|| Problems::one("departments", t::UNKNOWN_DEPARTMENT)))
}

/// The names of departments, as a cell has them.
pub fn named(cx: &Cx, audience: &Audience) -> Result<String> {
    Ok(audience.names(&departments::sql::all(cx.conn)?).join(" | "))
}
