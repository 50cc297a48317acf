//! What is done to the people of the team: sessions end with their streams.

use rusqlite::Connection;

use super::{AgentId, SessionId, sql, sql_people};
use crate::platform::error::Result;
use crate::platform::events;
use crate::platform::time::Timestamp;
use crate::team::agents::draft::AgentForm;

/// Sets the password and signs every browser of this person out.
pub fn set_password(conn: &Connection, id: AgentId, hash: &str, now: Timestamp) -> Result<()> {
    sql::set_password_hash(conn, id, hash)?;
    sign_out_everywhere(conn, id, now)
}

/// Ends one session and cuts its event streams.
pub fn end_session(conn: &Connection, id: SessionId, now: Timestamp) -> Result<()> {
    sql::delete_session(conn, id)?;
    cut(conn, id, now)
}

/// Ends every session of a person and cuts their event streams.
pub fn sign_out_everywhere(conn: &Connection, id: AgentId, now: Timestamp) -> Result<()> {
    sql::sessions_of(conn, id)?.into_iter().try_for_each(|session| end_session(conn, session, now))
}

/// Changes a person; streams begin anew, for they may follow other departments now.
pub fn update(conn: &Connection, id: AgentId, draft: &AgentForm, now: Timestamp) -> Result<()> {
    sql_people::update(conn, id, draft)?;
    sql::set_departments(conn, id, &draft.departments)?;
    sql::sessions_of(conn, id)?.into_iter().try_for_each(|session| cut(conn, session, now))
}

/// Archives a person: signed out, in no department, nothing deleted.
pub fn archive(conn: &Connection, id: AgentId, now: Timestamp) -> Result<()> {
    sql_people::archive(conn, id, now)?;
    sql::set_departments(conn, id, &[])?;
    sign_out_everywhere(conn, id, now)
}

/// Signs everybody out but one browser.
pub fn sign_everybody_out(conn: &Connection, but: SessionId, now: Timestamp) -> Result<()> {
    sql::sessions_but(conn, but)?.into_iter().try_for_each(|session| end_session(conn, session, now))
}

/// Cuts the event streams of a session: the page asks anew what it may hear.
fn cut(conn: &Connection, session: SessionId, now: Timestamp) -> Result<()> {
    events::sql::tell(conn, &format!("session:{session}"), "cut", "{}", now)
}
