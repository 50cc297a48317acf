//! The register of contacts: one person's page.

use crate::contacts::custom_fields::{self, FieldValue, sql_values};
use crate::contacts::record_form::{Edited, edit};
use crate::contacts::view::ContactRecord;
use crate::contacts::{self, Contact, ContactId};
use crate::desk::contact_merges;
use crate::desk::contact_merges::sql::standing;
use crate::desk::conversations;
use crate::desk::conversations::may_see;
use crate::overview::register::view::ContactPage;
use crate::platform::error::{Error, Result};
use crate::platform::text::register as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::agents::{self, Agent, Role};
use crate::team::departments;
use crate::team::visit::Cx;

/// Conversations on a person's page.
const CASES: i64 = 50;

/// From senior on one sees the register (`docs/domain.md`: people).
fn gate(agent: &Agent, role: Role) -> Result<()> {
    if agent.is(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The fields that this person sees, with a contact's values.
pub fn filled(cx: &Cx, contact: ContactId) -> Result<Vec<FieldValue>> {
    let fields = crate::contacts::custom_fields::sql::visible_to(cx.conn, &cx.agent)?;
    sql_values::filled(cx.conn, contact, fields)
}

/// One person's page.
pub fn show(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    if let Some(taker) = contact_merges::sql::taker(cx.conn, id)? {
        return Ok(Response::see_other(format!("/contacts/{taker}")));
    }
    let contact = standing(cx.conn, id)?;
    let filled = filled(cx, id)?;
    let none = Problems::default();
    let record = ContactRecord::of(cx.language, format!("/contacts/{id}"), &contact, &filled, &none);
    let done = cx.form.has("done").then(|| t::DONE.say(cx.language));
    Ok(Response::html(card(cx, &contact, &record, &none, done)?))
}

/// The page around a record in whatever state.
pub fn card(
    cx: &Cx,
    contact: &Contact,
    record: &ContactRecord,
    problems: &Problems,
    done: Option<&str>,
) -> Result<maud::Markup> {
    let mut cases = Vec::new();
    for case in conversations::sql::cases(cx.conn, contact.id, CASES)? {
        let name = departments::sql::find(cx.conn, case.department)?.name;
        let visible = may_see(&cx.agent, case.department, case.assignee);
        cases.push((case, name, visible));
    }
    let identities = contacts::sql::identities(cx.conn, contact.id)?;
    let probable = if contact_merges::sql::may_unite(cx.conn, &cx.agent, contact.id)? {
        Some(contact_merges::sql::probable(cx.conn, contact.id)?)
    } else {
        None
    };
    let union = contact_merges::sql::latest(cx.conn, contact.id, cx.now.plus(-contact_merges::UNDOABLE))?;
    Ok(ContactPage {
        viewer: &cx.agent,
        zone: &cx.company.zone,
        contact,
        record,
        identities: &identities,
        cases: &cases,
        probable: probable.as_deref(),
        union: union.as_ref(),
        problems,
        done,
    }
    .page())
}

/// Who changed what of a record, as far as this person sees its fields.
pub fn changes(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    standing(cx.conn, id)?;
    let changes = sql_values::changes(cx.conn, id, crate::contacts::custom_fields::CHANGES_SHOWN)?;
    let sheet = custom_fields::view::history(cx.language, &cx.company.zone, &filled(cx, id)?, &changes);
    let title = crate::platform::text::custom_fields::HISTORY.say(cx.language);
    Ok(Response::html(agents::view::outside(cx.language, title, &sheet)))
}

/// Changes a record; leads keep the register.
pub fn update(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(&cx.agent, Role::Lead)?;
    let contact = standing(cx.conn, id)?;
    let filled = filled(cx, id)?;
    let address = format!("/contacts/{id}");
    match edit(cx.conn, &cx.agent, cx.form, &contact, &filled, cx.now)? {
        Edited::Refused { problems, faults } => {
            let record = ContactRecord {
                typed: Some(cx.form),
                faults: &faults,
                ..ContactRecord::of(cx.language, address, &contact, &filled, &problems)
            };
            let none = Problems::default();
            let page = card(cx, &contact, &record, &none, None)?;
            Ok(Response::invalid(if cx.wants_fragment() { record.form() } else { page }))
        }
        Edited::Stored { .. } if cx.form.has("only") => {
            let (contact, filled, none) = (
                contacts::sql::find(cx.conn, id)?,
                crate::overview::register::web::filled(cx, id)?,
                Problems::default(),
            );
            Ok(Response::html(ContactRecord::of(cx.language, address, &contact, &filled, &none).form()))
        }
        Edited::Stored { .. } => Ok(Response::see_other(address)),
    }
}
