//! What the bot says by itself: at the opening, while nobody answers, when the contact falls silent.

use rusqlite::Connection;

use super::{Greeting, sql};
use crate::app::Context;
use crate::desk::closings::{self, ClosedBy, Kept};
use crate::desk::conversations::sql::Reach;
use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::dispositions::{self, Sentiment};
use crate::desk::messages::{self, Line, say};
use crate::desk::placeholders::{self, Placeholder, fill_quietly};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::closings as t;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::company::{self, Company};
use crate::team::departments::DepartmentId;
use crate::team::holidays;

/// A conversation has opened, or opened `again`: welcome or, outside the hours, when the desk opens.
pub fn greet(
    conn: &Connection,
    id: ConversationId,
    department: DepartmentId,
    again: bool,
    now: Timestamp,
) -> Result<()> {
    let Some(reception) = sql::find(conn, department)? else { return Ok(()) };
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    let off: Vec<i64> = holidays::sql::from(conn, company.zone.day(now))?.into_iter().map(|one| one.day).collect();
    let opens = reception.week.opens_at(&company.zone, &off, now);
    let is_open = reception.week.is_open(&company.zone, &off, now);
    if !is_open {
        return speak(conn, id, &company, &reception.closed, opens, now);
    }
    if !again {
        speak(conn, id, &company, &reception.welcome, None, now)?;
    }
    if reception.waiting_minutes > 0 && !reception.waiting.is_empty() {
        let due = now.plus(reception.waiting_minutes * MINUTE);
        jobs::sql::schedule(conn, Some(&format!("waiting:{id}")), "waiting", &id.to_string(), due)?;
    }
    Ok(())
}

fn speak(
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
        values = values.with(Placeholder::OpensAt, crate::desk::pauses::jobs::returns(zone, language, opens, now));
    }
    let text = fill_quietly(text, &values);
    if text.is_empty() { Ok(()) } else { say::write(conn, id, &text, now) }
}

/// The job: nobody has answered yet.
pub fn waiting(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let id = ConversationId(payload.parse().map_err(Error::internal)?);
    let conversation = conversations::sql::find(conn, id)?;
    if conversation.state != State::WaitingAgent || messages::sql::agent_wrote(conn, id)?.is_some() {
        return Ok(());
    }
    let Some(reception) = sql::find(conn, conversation.department)? else { return Ok(()) };
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    speak(conn, id, &company, &reception.waiting, None, now)
}

/// The calendar's turn, each minute: contacts who fell silent are asked, and later their conversations close.
pub fn idle(conn: &Connection, _: &Context, now: Timestamp) -> Result<()> {
    let rules = sql::with_idle_rules(conn)?;
    let Some(company) = company::sql::find(conn)?.filter(|_| !rules.is_empty()) else { return Ok(()) };
    for (department, reception) in rules {
        let asks = reception.idle_warning_minutes > 0 && !reception.idle_warning.is_empty();
        if asks {
            for id in sql::silent(conn, department, reception.idle_warning_minutes, now)? {
                sql::warned(conn, id, now)?;
                speak(conn, id, &company, &reception.idle_warning, None, now)?;
            }
        }
        close_silent(conn, department, &reception, asks, &company, now)?;
    }
    Ok(())
}

/// Where the contact is asked first, the time that is left runs from the question; else from the last word.
fn close_silent(
    conn: &Connection,
    department: DepartmentId,
    reception: &Greeting,
    asks: bool,
    company: &Company,
    now: Timestamp,
) -> Result<()> {
    if reception.idle_close_minutes == 0 {
        return Ok(());
    }
    let kept = match dispositions::sql::of_system(conn, "inactivity")? {
        Some(found) => Kept { disposition: Some(found.id), path: found.path, sentiment: found.sentiment },
        None => {
            let path = t::ENDED_BY_TIMEOUT.say(company.language).to_owned();
            Kept { disposition: None, path, sentiment: Sentiment::Neutral }
        }
    };
    let gone = if asks {
        let left = reception.idle_close_minutes - reception.idle_warning_minutes;
        sql::unheard(conn, department, left, now)?
    } else {
        sql::silent(conn, department, reception.idle_close_minutes, now)?
    };
    for id in gone {
        if conversations::sql::close(conn, id, now)? {
            closings::sql::create(conn, id, &kept, "", ClosedBy::Timeout, None, now)?;
            messages::sql::add_line(conn, id, &Line::Closed { path: kept.path.clone() }, now)?;
            conversations::sql::tell_change(conn, id, Reach::Everyone, now)?;
            closings::web_end::make_room(conn, id, now)?;
        }
    }
    Ok(())
}
