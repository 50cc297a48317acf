//! The settings page on mail, and its test.

use crate::team::mail;
use crate::team::sessions;
use std::time::Duration;

use super::view::{self, MailPage, MailReadiness, TestOutcome};
use super::{Mail, MailFault, MailId, MailServer, smtp, sql};
use crate::app::{Context, Outside};
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, mail as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::posted;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents::{Agent, looks_like_email};
use crate::team::company::{self, Company};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Mails that the page lists.
const LISTED: i64 = 20;
/// What a test may take; a person waits for it.
const PATIENCE: Duration = Duration::from_secs(25);

fn filled(server: Option<&MailServer>, company: &Company) -> Form {
    match server {
        Some(server) => Form::default()
            .with("host", server.host.as_str())
            .with("port", server.port.to_string())
            .with("security", server.security.word())
            .with("username", server.username.as_str())
            .with("sender_name", server.sender_name.as_str())
            .with("sender_address", server.sender_address.as_str())
            .with("certificate", server.certificate.as_str()),
        None => Form::default().with("port", "587").with("sender_name", company.name.as_str()),
    }
}

fn version(server: Option<&MailServer>) -> String {
    let Some(server) = server else { return settings::version(&[]) };
    let port = server.port.to_string();
    settings::version(&[
        &server.host,
        &port,
        server.security.word(),
        &server.username,
        &server.password,
        &server.sender_name,
        &server.sender_address,
        &server.certificate,
    ])
}

/// What every way to the page needs.
struct MailPageParts<'a> {
    viewer: &'a Agent,
    company: &'a Company,
    server: Option<&'a MailServer>,
    outbox: &'a [mail::MailEntry],
}

impl MailPageParts<'_> {
    fn show(
        &self,
        form: &Form,
        problems: &Problems,
        tested: TestOutcome,
        test_to: &str,
        done: Option<&str>,
    ) -> maud::Markup {
        let was = version(self.server);
        let configured = if self.server.is_some() { MailReadiness::Yes } else { MailReadiness::No };
        let (viewer, zone, outbox) = (self.viewer, &self.company.zone, self.outbox);
        view::edit(&MailPage { viewer, zone, form, was: &was, problems, configured, test_to, tested, outbox }, done)
    }
}

/// The page.
pub fn edit(cx: &Cx) -> Result<Response> {
    let server = sql::server(cx.conn)?;
    let outbox = sql::newest(cx.conn, LISTED)?;
    let page = MailPageParts { viewer: &cx.agent, company: &cx.company, server: server.as_ref(), outbox: &outbox };
    let done = cx.form.has("saved").then(|| t::SAVED_TEST.say(cx.language));
    let form = filled(server.as_ref(), &cx.company);
    Ok(Response::html(page.show(&form, &Problems::default(), TestOutcome::Not, &cx.agent.email, done)))
}

/// Saves the server.
pub fn update(cx: &Cx) -> Result<Response> {
    let stored = sql::server(cx.conn)?;
    let parsed = settings::unchanged(cx.form, &version(stored.as_ref()))
        .and_then(|()| MailServer::parse(cx.form, stored.as_ref()));
    match parsed {
        Ok(server) => {
            sql::set_server(cx.conn, &server, cx.now)?;
            // Links in mails need an address; the one that works for the administrator is a good first guess.
            company::sql::set_public_url_once(cx.conn, &cx.public_url())?;
            settings::sql::record(cx.conn, cx.agent.id, Action::MailChanged, &server.host, cx.now)?;
            Ok(Response::see_other("/settings/mail?saved=1"))
        }
        Err(problems) => {
            let outbox = sql::newest(cx.conn, LISTED)?;
            let page =
                MailPageParts { viewer: &cx.agent, company: &cx.company, server: stored.as_ref(), outbox: &outbox };
            Ok(Response::invalid(page.show(cx.form, &problems, TestOutcome::Not, &cx.agent.email, None)))
        }
    }
}

/// Turns mail off.
pub fn remove(cx: &Cx) -> Result<Response> {
    sql::forget_server(cx.conn)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::MailRemoved, "", cx.now)?;
    Ok(Response::see_other("/settings/mail"))
}

/// Tries a failed mail again.
pub fn try_again(cx: &Cx, id: MailId) -> Result<Response> {
    sql::try_again(cx.conn, id, cx.now)?;
    Ok(Response::see_other("/settings/mail"))
}

/// Sends a mail now, outside any transaction, and says how that went.
pub fn test(outside: &mut Outside, request: &Request) -> Result<Response> {
    let viewer = sessions::administrator(outside, request)?;
    let form = posted(request);
    let recipient = form.trimmed("recipient");
    let (company, server, outbox) =
        outside.read(|conn| Ok((company::sql::find(conn)?, sql::server(conn)?, sql::newest(conn, LISTED)?)))?;
    let (Some(company), Some(server)) = (company, server) else { return Err(Error::NotFound) };
    let page = MailPageParts { viewer: &viewer, company: &company, server: Some(&server), outbox: &outbox };
    let filled = filled(Some(&server), &company);
    if !looks_like_email(recipient) {
        let problems = Problems::one("recipient", common::BAD_EMAIL);
        return Ok(Response::invalid(page.show(&filled, &problems, TestOutcome::Not, recipient, None)));
    }
    let result = attempt(&outside.context, &viewer, &company, &server, recipient)?;
    let tested = match &result {
        Ok(()) => TestOutcome::Worked(recipient),
        Err(fault) => TestOutcome::Failed(fault),
    };
    let shown = page.show(&filled, &Problems::default(), tested, recipient, None);
    Ok(if result.is_ok() { Response::html(shown) } else { Response::invalid(shown) })
}

fn attempt(
    context: &Context,
    viewer: &Agent,
    company: &Company,
    server: &MailServer,
    recipient: &str,
) -> Result<Result<(), MailFault>> {
    let (language, now) = (viewer.language, context.clock.now());
    let domain = server.sender_address.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let mail = Mail {
        id: MailId(0),
        message_id: format!("<{}.{}@{domain}>", now.0, token::short()?),
        recipient: recipient.to_owned(),
        subject: t::TEST_SUBJECT.say(language).to_owned(),
        body: t::TEST_BODY.fill(language, &[("company", &company.name)]),
        created_at: now,
        attempts: 1,
    };
    Ok(smtp::deliver(server, &mail, PATIENCE, &context.ending))
}
