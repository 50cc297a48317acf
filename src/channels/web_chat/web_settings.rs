//! The settings pages on web chats.

use super::draft::WebChatForm;
use super::view_settings::{self as view, Secret, WebChatSettings};
use super::{Look, sql};
use crate::platform::error::{Error, Result};
use crate::platform::time::HOUR;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::platform::web::token;
use crate::team::channels::{self, Channel, ChannelId, Kind};
use crate::team::departments::{self, Department, DepartmentId};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Every web chat in use.
pub fn index(cx: &Cx) -> Result<Response> {
    let mut channels = channels::sql::all(cx.conn)?;
    channels.retain(|channel| channel.kind == Kind::WebChat);
    let departments = departments::sql::all(cx.conn)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(view::index(&cx.agent, &channels, &departments, &cx.public_url(), done)))
}

fn filled(look: &Look, channel: Option<&Channel>) -> Form {
    let mut form = Form::default()
        .with("colour", look.colour.as_str())
        .with("welcome", look.welcome.as_str())
        .with("reply_time", look.reply_time.as_str())
        .with("allowed_sites", look.allowed_sites.as_str())
        .with("reopen_window", channel.map_or(24, |channel| channel.reopen_window / HOUR).to_string());
    if let Some(channel) = channel {
        form = form.with("name", channel.name.as_str()).with("department", channel.department.to_string());
    }
    let ticks = [
        ("asks_name", look.asks_name),
        ("asks_email", look.asks_email),
        ("asks_phone", look.asks_phone),
        ("attachments", look.attachments),
        ("emoji", look.emoji),
    ];
    ticks.into_iter().filter(|(_, ticked)| *ticked).fold(form, |form, (name, _)| form.with(name, "1"))
}

fn version(channel: &Channel, look: &Look) -> String {
    let look = format!("{look:?}");
    let rest = format!("{} {}", channel.department, channel.reopen_window);
    settings::version(&[&channel.name, &rest, &look])
}

fn ids(departments: &[Department]) -> Vec<DepartmentId> {
    departments.iter().map(|department| department.id).collect()
}

/// The form for a new one.
pub fn new(cx: &Cx) -> Result<Response> {
    Ok(Response::html(blank(cx, &filled(&Look::default(), None), &Problems::default())?))
}

fn blank(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let departments = departments::sql::all(cx.conn)?;
    Ok(view::new(&WebChatSettings { viewer: &cx.agent, form, was: "", problems, departments: &departments }))
}

/// Makes a web chat with a key and a secret of its own.
pub fn create(cx: &Cx) -> Result<Response> {
    let draft = match WebChatForm::parse(cx.form, &ids(&departments::sql::all(cx.conn)?)) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(blank(cx, cx.form, &problems)?)),
    };
    let (key, secret) = (token::short()?, token::random()?);
    let id = channels::sql::create(cx.conn, Kind::WebChat, &draft.name, draft.department, &key, &secret, cx.now)?;
    channels::sql::update(cx.conn, id, &draft.name, draft.department, draft.reopen_window)?;
    sql::save(cx.conn, id, &draft.look, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::WebChatCreated, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/web-chats/{id}?saved=1")))
}

fn find(cx: &Cx, id: ChannelId) -> Result<Channel> {
    let channel = channels::sql::in_use(cx.conn, id)?;
    if channel.kind == Kind::WebChat { Ok(channel) } else { Err(Error::NotFound) }
}

fn page(cx: &Cx, channel: &Channel, form: &Form, problems: &Problems, secret: Secret) -> Result<maud::Markup> {
    let departments = departments::sql::all(cx.conn)?;
    let was = version(channel, &sql::look(cx.conn, channel.id)?);
    let shown = WebChatSettings { viewer: &cx.agent, form, was: &was, problems, departments: &departments };
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(view::edit(&shown, channel, &cx.public_url(), secret, done))
}

/// One web chat.
pub fn edit(cx: &Cx, id: ChannelId) -> Result<Response> {
    stored(cx, id, Secret::Hidden)
}

fn stored(cx: &Cx, id: ChannelId, secret: Secret) -> Result<Response> {
    let channel = find(cx, id)?;
    let form = filled(&sql::look(cx.conn, id)?, Some(&channel));
    Ok(Response::html(page(cx, &channel, &form, &Problems::default(), secret)?))
}

/// Changes a web chat.
pub fn update(cx: &Cx, id: ChannelId) -> Result<Response> {
    let channel = find(cx, id)?;
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, &channel, cx.form, problems, Secret::Hidden)?));
    if let Err(problems) = settings::unchanged(cx.form, &version(&channel, &sql::look(cx.conn, id)?)) {
        return again(&problems);
    }
    let draft = match WebChatForm::parse(cx.form, &ids(&departments::sql::all(cx.conn)?)) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    channels::sql::update(cx.conn, id, &draft.name, draft.department, draft.reopen_window)?;
    sql::save(cx.conn, id, &draft.look, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::WebChatChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/web-chats/{id}?saved=1")))
}

/// Shows the secret; that somebody looked is recorded.
pub fn show_secret(cx: &Cx, id: ChannelId) -> Result<Response> {
    let channel = find(cx, id)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::SecretShown, &channel.name, cx.now)?;
    stored(cx, id, Secret::Shown)
}

/// Makes another secret.
pub fn rotate_secret(cx: &Cx, id: ChannelId) -> Result<Response> {
    let channel = find(cx, id)?;
    channels::sql::set_secret(cx.conn, id, &token::random()?)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::SecretRotated, &channel.name, cx.now)?;
    stored(cx, id, Secret::Shown)
}

/// Archives a web chat.
pub fn archive(cx: &Cx, id: ChannelId) -> Result<Response> {
    let channel = find(cx, id)?;
    channels::sql::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::WebChatArchived, &channel.name, cx.now)?;
    Ok(Response::see_other("/settings/web-chats?saved=1"))
}
