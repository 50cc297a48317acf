//! The danger zone: signing everybody out, new secrets, a copy of the data.

use super::view_danger as view;
use super::{Action, Danger, sql};
use crate::app::Outside;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::text::settings as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::posted;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents;
use crate::team::channels;
use crate::team::company;
use crate::team::sessions;
use crate::team::visit::Cx;

/// The page.
pub fn index(cx: &Cx) -> Result<Response> {
    let done = cx.form.has("done").then(|| t::DONE.say(cx.language));
    Ok(Response::html(view::danger(&cx.agent, &cx.company.name, None, done)))
}

/// Whether the company's name was typed.
fn confirmed(act: Danger, form: &Form, company: &str) -> Result<(), Problems> {
    let typed = form.trimmed(act.field()).to_lowercase();
    if typed == company.trim().to_lowercase() { Ok(()) } else { Err(Problems::one(act.field(), t::NAME_DIFFERS)) }
}

/// Signs everybody out but this browser.
pub fn sign_out(cx: &Cx) -> Result<Response> {
    if let Err(problems) = confirmed(Danger::SignOut, cx.form, &cx.company.name) {
        return Ok(again(cx, Danger::SignOut, &problems));
    }
    agents::acts::sign_everybody_out(cx.conn, cx.session, cx.now)?;
    sql::record(cx.conn, cx.agent.id, Action::EverybodySignedOut, "", cx.now)?;
    Ok(Response::see_other("/settings/danger?done=1"))
}

/// Gives every channel another secret.
pub fn rotate(cx: &Cx) -> Result<Response> {
    if let Err(problems) = confirmed(Danger::Secrets, cx.form, &cx.company.name) {
        return Ok(again(cx, Danger::Secrets, &problems));
    }
    for channel in channels::sql::all(cx.conn)? {
        channels::sql::set_secret(cx.conn, channel.id, &token::random()?)?;
        sql::record(cx.conn, cx.agent.id, Action::SecretRotated, &channel.name, cx.now)?;
    }
    Ok(Response::see_other("/settings/danger?done=1"))
}

fn again(cx: &Cx, act: Danger, problems: &Problems) -> Response {
    Response::invalid(view::danger(&cx.agent, &cx.company.name, Some((act, cx.form, problems)), None))
}

/// A copy of the data file as of now, made outside the writer. It stays until the next, or until night.
pub fn backup(outside: &mut Outside, request: &Request) -> Result<Response> {
    let viewer = sessions::administrator(outside, request)?;
    let form = posted(request);
    let company = outside.read(company::sql::find)?.ok_or(Error::NotFound)?;
    if let Err(problems) = confirmed(Danger::Backup, &form, &company.name) {
        let tried = Some((Danger::Backup, &form, &problems));
        return Ok(Response::invalid(view::danger(&viewer, &company.name, tried, None)));
    }
    drop_copies(outside)?;
    let copies = outside.context.data.join(COPIES);
    std::fs::create_dir_all(&copies)?;
    let path = copies.join(format!("{}.db", token::short()?));
    db::backup::write_database(&outside.context.data, &path).map_err(Error::Internal)?;
    let (agent, now) = (viewer.id, outside.now());
    outside.change(move |conn| sql::record(conn, agent, Action::BackupTaken, "", now))?;
    let name = format!("balcao-{}.db", company.zone.day(now));
    Ok(Response::file(path, "application/vnd.sqlite3")
        .with("content-disposition", format!("attachment; filename=\"{name}\"")))
}

/// Where copies lie while they are sent.
const COPIES: &str = "copies";

/// Removes copies that were downloaded, or not.
pub fn drop_copies(outside: &mut Outside) -> Result<()> {
    match std::fs::remove_dir_all(outside.context.data.join(COPIES)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
