//! What the bot says by itself: at the beginning, while nobody answers, when the contact falls silent.

use rusqlite::Connection;

use super::{Greeting, sql};
use crate::desk::closings::ClosedBy;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::SystemLine;
use crate::desk::placeholders::{Placeholder, fill_quietly};
use crate::desk::{closings, messages, placeholders};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::closings as t;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::company::Company;
use crate::team::departments::DepartmentId;
use crate::team::{company, holidays};

/// A conversation has opened, or opened `again`: welcome or, outside the hours, when the desk opens.
pub fn greet(
    conn: &Connection,
    id: ConversationId,
    department: DepartmentId,
    again: bool,
    now: Timestamp,
) -> Result<()> {
    let Some(greeting) = sql::find(conn, department)? else { return Ok(()) };
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    let off: Vec<i64> = holidays::sql::from(conn, company.zone.day(now))?.into_iter().map(|one| one.day).collect();
    let opens = greeting.week.opens_at(&company.zone, &off, now);
    let is_open = greeting.week.is_open(&company.zone, &off, now);
    if !is_open {
        return speak(conn, id, &company, &greeting.closed, opens, now);
    }
    if !again {
        speak(conn, id, &company, &greeting.welcome, None, now)?;
    }
    if greeting.waiting_minutes > 0 && !greeting.waiting.is_empty() {
        let due = now.plus(greeting.waiting_minutes * MINUTE);
        jobs::sql::schedule(conn, Some(&format!("waiting:{id}")), "waiting", &id.to_string(), due)?;
    }
    Ok(())
}

/// The bot says a text of the department, filled in; nothing where nothing is left of it.
pub fn speak(
    conn: &Connection,
    id: ConversationId,
    company: &Company,
    text: &str,
    opens: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let (language, zone) = (company.language, &company.zone);
    let mut values = placeholders::sql::of_conversation(conn, id, language, zone, now)?;
    if placeholders::mentions(text, Placeholder::Position) {
        values = values.with(Placeholder::Position, sql::position(conn, id)?.to_string());
    }
    if let Some(opens) = opens {
        values = values.with(Placeholder::OpensAt, crate::desk::pauses::acts::returns(zone, language, opens, now));
    }
    let text = fill_quietly(text, &values);
    if text.is_empty() { Ok(()) } else { messages::acts::write(conn, id, &text, now) }
}

/// Where the contact is asked first, the time that is left runs from the question; else from the last word.
pub fn close_silent(
    conn: &Connection,
    department: DepartmentId,
    greeting: &Greeting,
    asks: bool,
    company: &Company,
    now: Timestamp,
) -> Result<()> {
    if greeting.idle_close_minutes == 0 {
        return Ok(());
    }
    let kept = closings::acts::system_kept(conn, "inactivity", t::ENDED_BY_TIMEOUT, company.language)?;
    let line = SystemLine::Closed { path: kept.path.clone() };
    let gone = if asks {
        let left = greeting.idle_close_minutes - greeting.idle_warning_minutes;
        sql::unheard(conn, department, left, now)?
    } else {
        sql::silent(conn, department, greeting.idle_close_minutes, now)?
    };
    for id in gone {
        closings::acts::close_by(conn, id, ClosedBy::Timeout, &kept, &line, now)?;
    }
    Ok(())
}
