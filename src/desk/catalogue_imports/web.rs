//! Writing a register out, trying a file, taking it.

use rusqlite::Connection;

use super::{CatalogueLine, CatalogueRow, Fate, ImportId, Register, counts, heads, row, sql, view};
use crate::desk::catalogue_imports;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::sheets::{self, import};
use crate::platform::text::catalogue_imports as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::platform::web::multipart;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// A register by its word in the address.
fn register(word: &str) -> Result<Register> {
    Register::from_word(word).ok_or(Error::NotFound)
}

/// What this person sees of a register, as CSV.
pub fn export(cx: &Cx, word: &str) -> Result<Response> {
    let register = register(word)?;
    let rows = match register {
        Register::Tags => catalogue_imports::web_tags::rows(cx)?,
        Register::Dispositions => catalogue_imports::web_dispositions::rows(cx)?,
        Register::CannedReplies => catalogue_imports::web_canned_replies::rows(cx)?,
    };
    let head: Vec<&str> = register.columns().iter().map(|column| column.phrase.say(cx.language)).collect();
    let name = format!("attachment; filename=\"balcao-{}-{}.csv\"", register.word(), cx.company.zone.day(cx.now));
    Ok(Response::new(200, "text/csv; charset=utf-8", sheets::csv_of(&head, &rows)?).with("content-disposition", name))
}

/// The form.
pub fn new(cx: &Cx, word: &str) -> Result<Response> {
    let register = register(word)?;
    let count = |name: &str| cx.form.number(name).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let counted = [count("new"), count("changed"), count("same"), count("faulty")];
    let done = cx.form.has("new").then(|| view::done(counted, cx.language));
    Ok(Response::html(view::form(&cx.agent, register, "", None, done.as_deref())))
}

/// Tries a file: everything is done as if it were taken, and undone.
pub fn create(cx: &Cx, word: &str) -> Result<Response> {
    let register = register(word)?;
    let again =
        |text: &str, wrong: &str| Ok(Response::invalid(view::form(&cx.agent, register, text, Some(wrong), None)));
    let file = multipart::file(cx.request, "file", import::LARGEST * 2)?.filter(|file| !file.bytes.is_empty());
    let pasted = multipart::text(cx.request, "text", import::LARGEST * 2)?;
    let (bytes, pasted) = match (file, pasted) {
        (Some(file), _) => (file.bytes, String::new()),
        (None, Some(text)) => (text.clone().into_bytes(), text),
        (None, None) => (cx.form.text("text").as_bytes().to_vec(), cx.form.text("text").to_owned()),
    };
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > import::LARGEST {
        return again("", t::TOO_LARGE.say(cx.language));
    }
    let text = import::decode(&bytes);
    let tried = db::part(cx.conn, |_| run(cx, register, &text), |_| false)?;
    match tried {
        Ok(lines) => {
            let id = sql::keep(cx.conn, register, cx.agent.id, &text, cx.now)?;
            Ok(Response::html(view::tried(&cx.agent, register, id, &lines)))
        }
        Err(wrong) => again(&pasted, &wrong),
    }
}

/// Takes a file that was tried; what has changed meanwhile is looked at anew.
pub fn apply(cx: &Cx, word: &str, id: ImportId) -> Result<Response> {
    let register = register(word)?;
    let text = sql::take(cx.conn, id, register, cx.agent.id)?.ok_or(Error::Conflict(t::GONE))?;
    let lines = run(cx, register, &text)?.map_err(|_| Error::Conflict(t::GONE))?;
    let [new, changed, same, faulty] = counts(&lines);
    let subject = format!("{} · {new} + {changed}", register.word());
    settings::sql::record(cx.conn, cx.agent.id, Action::RegisterImported, &subject, cx.now)?;
    let address = register.section().address();
    Ok(Response::see_other(format!("{address}/import?new={new}&changed={changed}&same={same}&faulty={faulty}")))
}

/// Every line in turn; one with a fault changes nothing. An Err is what is wrong with the file as a whole.
fn run(cx: &Cx, register: Register, text: &str) -> Result<Result<Vec<CatalogueLine>, String>> {
    let table = match import::read(text) {
        Ok(table) => table,
        Err(phrase) => return Ok(Err(phrase.say(cx.language).to_owned())),
    };
    let columns = match heads(&table, register.columns(), cx.language) {
        Ok(columns) => columns,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let first = register.columns().first().map_or("", |column| column.field);
    let mut lines = Vec::with_capacity(table.rows.len());
    for (number, cells) in &table.rows {
        let (name, fate) = match row(&columns, cells) {
            Some(row) => (row.get(first).to_owned(), one(cx, register, &row)?),
            None => (cells.join(" "), Err(Problems::one("", t::TOO_LONG_LINE))),
        };
        lines.push(CatalogueLine { number: *number, name, fate });
    }
    Ok(Ok(lines))
}

pub fn one(cx: &Cx, register: Register, row: &CatalogueRow) -> Result<Result<Fate, Problems>> {
    let take = |_: &Connection| match register {
        Register::Tags => catalogue_imports::web_tags::take(cx, row),
        Register::Dispositions => catalogue_imports::web_dispositions::take(cx, row),
        Register::CannedReplies => catalogue_imports::web_canned_replies::take(cx, row),
    };
    db::part(cx.conn, take, Result::is_ok)
}
