//! A pause and its consequences: the bot's words, what the clock will do, the return, the contact's own word.

use rusqlite::Connection;

use super::draft::PauseForm;
use super::sql::PauseStart;
use super::{EndedBy, Overdue, Pause, PauseId, PauseReason, WARNING, sql, sql_settings};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{Conversation, ConversationId};
use crate::desk::messages::SystemLine;
use crate::desk::notifications::{Kind, NotificationSubject};
use crate::desk::placeholders::{Placeholder, fill_quietly};
use crate::desk::{auto_assignments, conversations, messages, notifications, placeholders};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::{Language, pauses as t};
use crate::platform::time::{MINUTE, Timestamp, Zone};
use crate::team::agents::{AgentId, Role, sql_people};
use crate::team::company::Company;
use crate::team::{agents, company};

/// Plans everything that the clock will do about a pause that began now.
pub fn plan(conn: &Connection, id: PauseId, now: Timestamp) -> Result<()> {
    let Some((pause, started)) = sql::find(conn, id)? else { return Ok(()) };
    plan_reminder(conn, &pause, started, 1)?;
    if pause.returns_at.since(now) > WARNING {
        schedule(conn, id, "warning", pause.returns_at.plus(-WARNING))?;
    }
    schedule(conn, id, "return", pause.returns_at)?;
    let grace = sql_settings::rule(conn, pause.department)?.grace * MINUTE;
    schedule(conn, id, "grace", pause.returns_at.plus(grace))
}

/// Plans the nth reminder, where there is one.
pub fn plan_reminder(conn: &Connection, pause: &Pause, started: Timestamp, nth: i64) -> Result<()> {
    match pause.reminder_at(started, nth) {
        Some(due) => schedule(conn, pause.id, &nth.to_string(), due),
        None => Ok(()),
    }
}

fn schedule(conn: &Connection, id: PauseId, what: &str, due: Timestamp) -> Result<()> {
    jobs::sql::schedule(conn, Some(&format!("pause:{id}:{what}")), "pause", &format!("{id} {what}"), due)
}

/// A text of the pause with its placeholders, in the company's language and zone.
pub fn filled(conn: &Connection, pause: &Pause, text: &str, now: Timestamp) -> Result<String> {
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    fill(conn, pause.conversation, (&pause.reason, pause.returns_at), text, (company.language, &company.zone), now)
}

/// The same for a pause that is about to begin: reason and time of return, language and zone.
pub fn fill(
    conn: &Connection,
    conversation: ConversationId,
    (reason, returns_at): (&str, Timestamp),
    text: &str,
    (language, zone): (Language, &Zone),
    now: Timestamp,
) -> Result<String> {
    let values = placeholders::sql::of_conversation(conn, conversation, language, zone, now)?
        .with(Placeholder::Reason, reason.to_lowercase())
        .with(Placeholder::ReturnsAt, returns(zone, language, returns_at, now));
    Ok(fill_quietly(text, &values))
}

/// `14:30`, or the day as well where it is another.
pub fn returns(zone: &Zone, language: Language, at: Timestamp, now: Timestamp) -> String {
    let clock = zone.clock(at);
    if zone.day(at) == zone.day(now) { clock } else { format!("{} {clock}", zone.date(at, language)) }
}

/// Who holds the conversation now; who paused it where nobody does.
fn holder(conn: &Connection, pause: &Pause) -> Result<AgentId> {
    Ok(conversations::sql::find(conn, pause.conversation)?.assignee.unwrap_or(pause.agent))
}

/// Tells who holds the conversation, or who paused it.
pub fn tell_holder(
    conn: &Connection,
    pause: &Pause,
    phrase: crate::platform::text::Phrase,
    now: Timestamp,
) -> Result<()> {
    let person = agents::sql::find(conn, holder(conn, pause)?)?;
    let zone = company::sql::find(conn)?.ok_or(Error::NotFound)?.zone;
    let words = [("reason", pause.reason.as_str()), ("time", &zone.clock(pause.returns_at))];
    let line = phrase.fill(person.language, &words);
    notifications::acts::tell(
        conn,
        person.id,
        Kind::PauseDue,
        NotificationSubject::Conversation(pause.conversation),
        &line,
        now,
    )?;
    conversations::acts::tell_change(conn, pause.conversation, Reach::Team, now)
}

/// Nobody came back within the grace time: back to the queue, or the seniors hear of it.
pub fn overdue(conn: &Connection, pause: &Pause, now: Timestamp) -> Result<()> {
    let id = pause.conversation;
    match sql_settings::rule(conn, pause.department)?.overdue {
        Overdue::Queue => {
            let conversation = conversations::sql::find(conn, id)?;
            // Told where it was as well, so that the person's own list hears of it.
            conversations::acts::tell_change(conn, id, Reach::Team, now)?;
            end(conn, id, EndedBy::Overdue, now)?;
            if let Some(agent) = conversation.assignee {
                let place = conversation.department;
                conversations::sql::hand_on(conn, id, (place, Some(agent)), (place, None))?;
                messages::sql::add_line(conn, id, &messages::SystemLine::Released, now)?;
            }
            conversations::acts::tell_change(conn, id, Reach::Team, now)?;
            auto_assignments::acts::hand_out(conn, conversation.department, now)
        }
        Overdue::Stays => {
            let holder = agents::sql::find(conn, holder(conn, pause)?)?;
            for senior in sql_people::members(conn, pause.department)? {
                let senior = agents::sql::find(conn, senior)?;
                if senior.is(Role::Senior) && senior.id != holder.id {
                    let line = t::OVERDUE.fill(senior.language, &[("name", &holder.name), ("reason", &pause.reason)]);
                    notifications::acts::tell(
                        conn,
                        senior.id,
                        Kind::PauseDue,
                        NotificationSubject::Conversation(id),
                        &line,
                        now,
                    )?;
                }
            }
            conversations::acts::tell_change(conn, id, Reach::Team, now)
        }
    }
}

/// The contact wrote in a paused conversation: the pause ends where its reason says so; else it is marked, and the bot
/// answers, seldom.
pub fn contact_wrote(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    let Some(pause) = sql::of(conn, id)? else { return Ok(()) };
    if pause.contact_ends {
        end(conn, id, EndedBy::Contact, now)?;
        return conversations::acts::tell_change(conn, id, Reach::Team, now);
    }
    let replies = pause.replies(messages::sql::agent_wrote(conn, id)?, now);
    sql::contact_wrote(conn, pause.id, replies, now)?;
    if replies {
        let text = filled(conn, &pause, &pause.reply, now)?;
        messages::acts::write(conn, id, &text, now)?;
    }
    conversations::acts::tell_change(conn, id, Reach::Team, now)
}

/// The row of a pause with what it does to the conversation: the state, the line in the thread. None where it is paused already.
pub fn start(conn: &Connection, start: &PauseStart) -> Result<Option<PauseId>> {
    let Some(id) = sql::start(conn, start)? else { return Ok(None) };
    conversations::sql::pause(conn, start.conversation, start.returns_at)?;
    let line = SystemLine::Paused { reason: start.reason.name.clone() };
    messages::sql::add_line(conn, start.conversation, &line, start.now)?;
    Ok(Some(id))
}

/// Ends the open pause: the conversation waits for who spoke last. False where none was open.
pub fn end(conn: &Connection, conversation: ConversationId, by: EndedBy, now: Timestamp) -> Result<bool> {
    if !sql::end(conn, conversation, by, now)? {
        return Ok(false);
    }
    conversations::sql::resume(conn, conversation, now)?;
    messages::sql::add_line(conn, conversation, &SystemLine::Resumed, now)?;
    Ok(true)
}

/// A pause that was asked for.
pub struct PauseWish<'a> {
    pub conversation: &'a Conversation,
    pub reason: &'a PauseReason,
    pub form: &'a PauseForm,
    /// Whether the person steps away from all of their conversations at once.
    pub absence: bool,
}

/// One conversation's pause, whoever asked for it: the bot's words, the row and what it does to the conversation, what the clock
/// will do, the event.
///
/// # Errors
/// Conflict where it is paused already.
pub fn begin(conn: &Connection, by: AgentId, wish: &PauseWish, company: &Company, now: Timestamp) -> Result<()> {
    let PauseWish { conversation, reason, form, absence } = *wish;
    let id = conversation.id;
    if !form.message.is_empty() {
        let about = (reason.name.as_str(), form.returns_at);
        let text = fill(conn, id, about, &form.message, (company.language, &company.zone), now)?;
        if !text.is_empty() {
            messages::acts::write(conn, id, &text, now)?;
        }
    }
    let pause = PauseStart {
        conversation: id,
        department: conversation.department,
        agent: by,
        reason,
        returns_at: form.returns_at,
        absence,
        now,
    };
    let pause = start(conn, &pause)?.ok_or(Error::Conflict(t::ALREADY))?;
    plan(conn, pause, now)?;
    conversations::acts::tell_change(conn, id, Reach::Team, now)
}
