//! The rows of a new installation.

use rusqlite::Connection;

use crate::desk::dispositions::{self, Sentiment};
use crate::desk::pauses::{self, PauseReason, ReasonId};
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, closings, setup as t};
use crate::platform::time::{DEFAULT_ZONE, Timestamp};
use crate::platform::web;
use crate::team::agents::{self, AgentId, Role};
use crate::team::channels::{self, ChannelId, Kind};
use crate::team::company;
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;

/// What a new installation has.
pub struct Installation {
    pub admin: AgentId,
    pub department: DepartmentId,
    pub channel: ChannelId,
}

/// Makes company, department, channel, catalogue and the first administrator; Conflict where that was done before.
pub fn create(
    conn: &Connection,
    draft: &crate::administration::setup::SetupForm,
    password_hash: &str,
    now: Timestamp,
) -> Result<Installation> {
    let language = draft.language;
    if !company::sql::create(conn, &draft.company, DEFAULT_ZONE, language, now)? {
        return Err(Error::Conflict(t::DONE_ALREADY));
    }
    let taken = || Error::Internal("a new file holds rows".to_owned());
    let department =
        crate::administration::departments::acts::create(conn, t::DEPARTMENT.say(language), now)?.ok_or_else(taken)?;
    let admin = agents::sql::create(conn, &draft.name, &draft.email, Role::Admin, language, now)?.ok_or_else(taken)?;
    agents::acts::set_password(conn, admin, password_hash, now)?;
    agents::sql::set_departments(conn, admin, &[department])?;
    let (key, secret) = (web::token::short()?, web::token::random()?);
    let channel = channels::sql::create(conn, Kind::WebChat, t::CHANNEL.say(language), department, &key, &secret, now)?;
    system_dispositions(conn, language)?;
    pause_reasons(conn, language)?;
    catalogue(conn, department, language)?;
    Ok(Installation { admin, department, channel })
}

/// The dispositions that contact, clock and bot close with.
pub fn system_dispositions(conn: &Connection, language: Language) -> Result<()> {
    dispositions::sql::create_system(conn, "contact_ended", closings::ENDED_BY_CONTACT.say(language))?;
    dispositions::sql::create_system(conn, "inactivity", closings::ENDED_BY_TIMEOUT.say(language))?;
    dispositions::sql::create_system(conn, "bot_ended", closings::ENDED_BY_BOT.say(language))
}

/// Reasons to pause, to begin with.
pub fn pause_reasons(conn: &Connection, language: Language) -> Result<()> {
    use crate::platform::text::pauses as p;
    let seeds = [(p::SEED_CHECK, 15, 10, false), (p::SEED_CARRIER, 120, 45, false), (p::SEED_BREAK, 60, 0, true)];
    for (name, minutes, reminder_minutes, contact_ends) in seeds {
        let reason = PauseReason {
            id: ReasonId(0),
            name: name.say(language).to_owned(),
            minutes,
            message: p::SEED_MESSAGE.say(language).to_owned(),
            reminder: if reminder_minutes > 0 { p::SEED_REMINDER.say(language).to_owned() } else { String::new() },
            reminder_minutes,
            reminder_most: 3,
            reply: if contact_ends { String::new() } else { p::SEED_REPLY.say(language).to_owned() },
            reply_minutes: 10,
            contact_ends,
            audience: Audience::Everyone,
        };
        pauses::sql_settings::create(conn, &reason)?;
    }
    Ok(())
}

/// A small catalogue to begin with.
fn catalogue(conn: &Connection, department: DepartmentId, language: Language) -> Result<()> {
    use Sentiment::{Negative, Neutral, Positive};
    let tree = [
        (t::REQUEST, [(t::REQUEST_DONE, Positive), (t::REQUEST_INFORMED, Neutral)]),
        (t::COMPLAINT, [(t::COMPLAINT_SOLVED, Neutral), (t::COMPLAINT_OPEN, Negative)]),
        (t::OTHER, [(t::OTHER_MISTAKE, Neutral), (t::OTHER_PRAISE, Positive)]),
    ];
    for ((name, reasons), position) in tree.into_iter().zip(1..) {
        let category = dispositions::sql::create(conn, None, name.say(language), Neutral, position)?;
        for ((reason, sentiment), position) in reasons.into_iter().zip(1..) {
            dispositions::sql::create(conn, Some(category), reason.say(language), sentiment, position)?;
        }
        dispositions::sql::offer(conn, category, department)?;
    }
    Ok(())
}
