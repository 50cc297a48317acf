//! Tags as a file.

use crate::desk::catalogue_imports::web_cells::{audience, named};
use crate::desk::catalogue_imports::{CatalogueRow, Fate, word};
use crate::desk::tags::{TagForm, sql};
use crate::platform::error::Result;
use crate::platform::text::catalogue_imports as t;
use crate::platform::ui::colour::Colour;
use crate::platform::web::form::{Form, Problems};
use crate::team::visit::Cx;

/// Every tag, a row each.
pub fn rows(cx: &Cx) -> Result<Vec<Vec<String>>> {
    let row = |tag: crate::desk::tags::Tag| {
        let colour = tag.colour.phrase().say(cx.language).to_owned();
        Ok(vec![tag.name, colour, named(cx, &tag.audience)?])
    };
    sql::all(cx.conn)?.into_iter().map(row).collect()
}

/// One line: a tag is known by its name; one that was archived comes back.
pub fn take(cx: &Cx, row: &CatalogueRow) -> Result<Result<Fate, Problems>> {
    let colour = match row.get("colour") {
        "" => Some(Colour::Grey),
        typed => word(typed, Colour::ALL, Colour::word, Colour::phrase),
    };
    let Some(colour) = colour else { return Ok(Err(Problems::one("colour", t::UNKNOWN_WORD))) };
    let audience = match audience(cx, row)? {
        Ok(audience) => audience,
        Err(problems) => return Ok(Err(problems)),
    };
    let form = Form::default().with("name", row.get("name")).with("colour", colour.word());
    let draft = match TagForm::parse(&audience.tick(form), &cx.agent) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    let Some((id, archived)) = sql::by_name(cx.conn, &draft.name)? else {
        let id = sql::create(cx.conn, &draft.name, draft.colour)?;
        sql::update(cx.conn, id, &draft)?;
        return Ok(Ok(Fate::New));
    };
    let tag = sql::find(cx.conn, id)?;
    if !tag.is_managed_by(&cx.agent) {
        return Ok(Err(Problems::one("name", t::NOT_YOURS)));
    }
    if !archived && (&tag.name, tag.colour, &tag.audience) == (&draft.name, draft.colour, &draft.audience) {
        return Ok(Ok(Fate::Same));
    }
    if archived {
        sql::restore(cx.conn, id)?;
    }
    sql::update(cx.conn, id, &draft)?;
    Ok(Ok(if archived { Fate::New } else { Fate::Changed }))
}
