//! Labelling many contacts of the register at once.

use crate::contacts::ContactId;
use crate::contacts::contact_labels::{name, sql};
use crate::platform::error::{Error, Result};
use crate::platform::text::contact_labels as t;
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;

/// Contacts that are labelled in one go.
const MOST: usize = 500;

/// Puts a label on every ticked contact, or takes it off, of the register: fields `contact`, `label`, and the button `way`.
pub fn many(cx: &Cx) -> Result<Response> {
    if !cx.agent.is(Role::Lead) {
        return Err(Error::Forbidden);
    }
    let contacts: Vec<ContactId> =
        cx.form.all("contact").filter_map(|id| id.parse().ok().map(ContactId)).take(MOST).collect();
    let Some(name) = name(cx.form.text("label")).filter(|_| !contacts.is_empty()) else {
        return Err(Error::Conflict(t::CHOOSE));
    };
    let label = sql::named(cx.conn, &name)?;
    for contact in contacts {
        crate::contacts::sql::find(cx.conn, contact)?;
        match cx.form.text("way") {
            "remove" => sql::remove(cx.conn, contact, label)?,
            _ => drop(sql::add(cx.conn, contact, label, cx.agent.id, cx.now)?),
        }
    }
    // To the list as it was narrowed, else to those with the label.
    let back = Some(crate::overview::register::web_list::back(cx)?).filter(|back| !back.is_empty());
    Ok(Response::see_other(format!("/contacts?{}", back.unwrap_or_else(|| format!("label={label}")))))
}
