//! The settings page on the company, and its logo.

use crate::team::sessions;
use std::path::PathBuf;

use super::view::{self, CompanyPage};
use super::{Company, CompanyForm, LOGO_MOST, picture_type, sql};
use crate::app::{Context, Outside};
use crate::platform::db::backup::FILES;
use crate::platform::error::{Error, Result};
use crate::platform::text::{Phrase, settings as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::{Request, Response};
use crate::platform::web::{multipart, token};
use crate::team::agents::Agent;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

fn filled(company: &Company) -> Form {
    Form::default()
        .with("name", company.name.as_str())
        .with("time_zone", company.zone.name())
        .with("language", company.language.code())
        .with("public_url", company.public_url.as_str())
}

fn version(company: &Company) -> String {
    settings::version(&[&company.name, company.zone.name(), company.language.code(), &company.public_url])
}

fn page(
    context: &Context,
    viewer: &Agent,
    company: &Company,
    form: &Form,
    problems: &Problems,
    done: Option<&str>,
) -> maud::Markup {
    let was = version(company);
    let fixed_url = context.public_url.as_deref();
    view::edit(&CompanyPage { viewer, form, was: &was, problems, has_logo: company.has_logo, fixed_url }, done)
}

/// The page.
pub fn edit(cx: &Cx) -> Result<Response> {
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let form = filled(&cx.company);
    Ok(Response::html(page(cx.context, &cx.agent, &cx.company, &form, &Problems::default(), done)))
}

/// Saves the form.
pub fn update(cx: &Cx) -> Result<Response> {
    let again =
        |problems: &Problems| Ok(Response::invalid(page(cx.context, &cx.agent, &cx.company, cx.form, problems, None)));
    if let Err(problems) = settings::unchanged(cx.form, &version(&cx.company)) {
        return again(&problems);
    }
    match CompanyForm::parse(cx.form) {
        Ok(draft) => {
            sql::update(cx.conn, &draft)?;
            settings::sql::record(cx.conn, cx.agent.id, Action::CompanyChanged, &draft.name, cx.now)?;
            Ok(Response::see_other("/settings/company?saved=1"))
        }
        Err(problems) => again(&problems),
    }
}

/// Stores a new logo: the file first, then the row that names it.
pub fn set_logo(outside: &mut Outside, request: &Request) -> Result<Response> {
    let viewer = sessions::administrator(outside, request)?;
    let company = outside.read(sql::find)?.ok_or(Error::NotFound)?;
    let wrong = |phrase: Phrase| {
        let problems = Problems::one("logo", phrase);
        Ok(Response::invalid(page(&outside.context, &viewer, &company, &filled(&company), &problems, None)))
    };
    let most = u64::try_from(LOGO_MOST + 4096).unwrap_or(u64::MAX);
    let Some(file) = multipart::file(request, "logo", most)? else { return wrong(t::LOGO_WRONG) };
    let Some(kind) = picture_type(&file.bytes).filter(|_| file.bytes.len() <= LOGO_MOST) else {
        return wrong(t::LOGO_WRONG);
    };
    let name = format!("logo-{}", token::short()?);
    let folder = folder(&outside.context);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(&name), &file.bytes)?;
    replace(outside, &viewer, Some((name, kind)))
}

/// Takes the logo away.
pub fn remove_logo(outside: &mut Outside, request: &Request) -> Result<Response> {
    let viewer = sessions::administrator(outside, request)?;
    replace(outside, &viewer, None)
}

fn replace(outside: &mut Outside, viewer: &Agent, logo: Option<(String, &'static str)>) -> Result<Response> {
    let (agent, now) = (viewer.id, outside.now());
    let old = outside.change(move |conn| {
        let old = sql::logo(conn)?;
        let (file, kind) = logo.unzip();
        sql::set_logo(conn, file.as_deref(), kind)?;
        settings::sql::record(conn, agent, Action::LogoChanged, "", now)?;
        Ok(old)
    })?;
    if let Some((old, _)) = old
        && let Err(error) = std::fs::remove_file(folder(&outside.context).join(old))
    {
        tracing::warn!("an old logo stays in the data folder: {error}");
    }
    Ok(Response::see_other("/settings/company?saved=1"))
}

/// The logo, for everybody.
pub fn logo(outside: &mut Outside) -> Result<Response> {
    let (file, kind) = outside.read(sql::logo)?.ok_or(Error::NotFound)?;
    Ok(Response::file(folder(&outside.context).join(file), &kind).with("cache-control", "public, max-age=60"))
}

/// Among the attachments, so that backups have it.
fn folder(context: &Context) -> PathBuf {
    context.data.join(FILES)
}
