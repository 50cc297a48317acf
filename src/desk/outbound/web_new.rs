//! A conversation from scratch: with a contact that is found, or with somebody new.

use super::acts::{self, Wish};
use super::view::OutboundDialog;
use super::web::address;
use super::{OutboundForm, Way, sql};
use crate::contacts::{self, Contact, ContactId};
use crate::desk::transfers::{self, TransferTarget, can_go, gone};
use crate::platform::error::{Error, Result};
use crate::platform::text::outbound as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;

/// From senior on one may start conversations (`docs/domain.md`: people).
fn gate(cx: &Cx) -> Result<()> {
    if cx.agent.is(Role::Senior) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The form: `?q=` searches, `?contact=` has chosen.
pub fn new(cx: &Cx) -> Result<Response> {
    gate(cx)?;
    let own = cx
        .agent
        .departments
        .first()
        .map(|department| TransferTarget { department: *department, agent: Some(cx.agent.id) });
    let form = cx.form.clone().with("to", own.map(TransferTarget::word).unwrap_or_default());
    Ok(Response::html(shown(cx, &form, &Problems::default())?))
}

fn shown(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let choices = transfers::sql::choices(cx.conn)?;
    let contact = chosen(cx)?;
    let found = if contact.is_some() { Vec::new() } else { find(cx)? };
    let shown = OutboundDialog {
        language: cx.language,
        choices: &choices,
        form,
        problems,
        contact: contact.as_ref().map(|(contact, ways)| (contact, ways.as_slice())),
        origin: None,
        found: &found,
    };
    Ok(match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => shown.dialog(),
        (true, false) => shown.form(),
        (false, _) => shown.page(),
    })
}

fn chosen(cx: &Cx) -> Result<Option<(Contact, Vec<Way>)>> {
    let Some(id) = cx.form.number("contact").map(ContactId) else { return Ok(None) };
    Ok(Some((contacts::sql::find(cx.conn, id)?, sql::ways(cx.conn, id)?)))
}

fn find(cx: &Cx) -> Result<Vec<Contact>> {
    let query = cx.form.trimmed("q");
    if query.is_empty() { sql::recent(cx.conn, 5) } else { contacts::sql_filter::found(cx.conn, &cx.agent, query, 20) }
}

/// Opens it, with the new contact where nobody was chosen.
pub fn create(cx: &Cx) -> Result<Response> {
    gate(cx)?;
    let contact = chosen(cx)?;
    let ways = contact.as_ref().map(|(_, ways)| ways.clone()).unwrap_or_default();
    let choices = transfers::sql::choices(cx.conn)?;
    let checked = OutboundForm::parse(cx.form, &ways)
        .and_then(|draft| if can_go(&choices, draft.to) { Ok(draft) } else { Err(gone()) });
    let ready = match (checked, contact) {
        (Ok(draft), Some((contact, _))) => Ok((draft, contact.id)),
        (Ok(draft), None) => somebody_new(cx)?.map(|id| (draft, id)),
        (Err(problems), _) => Err(problems),
    };
    match ready {
        Ok((draft, contact)) => {
            let wish = Wish { contact, ways: &ways, draft: &draft, from: None };
            let opened = acts::open(cx.conn, &cx.agent, &wish, &cx.company.zone, cx.now)?;
            Ok(Response::see_other(address(cx, opened, None)?))
        }
        Err(problems) => Ok(Response::invalid(shown(cx, cx.form, &problems)?)),
    }
}

fn somebody_new(cx: &Cx) -> Result<Result<ContactId, Problems>> {
    let draft = match contacts::ContactForm::parse(cx.form) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    if draft.name.is_empty() && draft.phone.is_empty() && draft.email.is_empty() {
        return Ok(Err(Problems::one("name", t::NAMELESS)));
    }
    if sql::is_known(cx.conn, &draft)? {
        return Ok(Err(Problems::one("", t::KNOWN)));
    }
    Ok(Ok(contacts::sql::create(cx.conn, &draft, cx.now)?))
}
