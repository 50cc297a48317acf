//! Queries on the mail server and the outbox.

use rusqlite::{Connection, Row};

use super::{Mail, MailFault, MailId, MailServer, Stage, next_attempt, one_line};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, MINUTE, Timestamp};
use crate::platform::web::token;
use crate::team::agents::looks_like_email;
use crate::team::mail::MailEntry;

/// How long a mail that was sent, or failed for good, stays in the list.
const KEPT: i64 = 30 * DAY;

/// The server, where one is set.
pub fn server(conn: &Connection) -> Result<Option<MailServer>> {
    db::maybe(
        conn,
        "SELECT host, port, security, username, password, sender_name, sender_address, certificate FROM mail_server",
        [],
        |row| {
            Ok(MailServer {
                host: row.get("host")?,
                port: row.get("port")?,
                security: row.get("security")?,
                username: row.get("username")?,
                password: row.get("password")?,
                sender_name: row.get("sender_name")?,
                sender_address: row.get("sender_address")?,
                certificate: row.get("certificate")?,
            })
        },
    )
}

/// Whether mail can go out at all; without it, links are shown to be copied by hand.
pub fn is_configured(conn: &Connection) -> Result<bool> {
    db::one(conn, "SELECT EXISTS (SELECT 1 FROM mail_server)", [], |row| row.get(0))
}

/// Sets the server; what waits is tried with it at once.
pub fn set_server(conn: &Connection, server: &MailServer, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO mail_server
         (id, host, port, security, username, password, sender_name, sender_address, certificate, updated_at)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET host = excluded.host, port = excluded.port, security = excluded.security,
         username = excluded.username, password = excluded.password, sender_name = excluded.sender_name,
         sender_address = excluded.sender_address, certificate = excluded.certificate, updated_at = excluded.updated_at",
        (
            &server.host,
            server.port,
            server.security,
            &server.username,
            &server.password,
            &server.sender_name,
            &server.sender_address,
            &server.certificate,
            now,
        ),
    )?;
    db::exec(
        conn,
        "UPDATE outbox SET due_at = ? WHERE sent_at IS NULL AND failed_at IS NULL AND claimed_by IS NULL",
        [now],
    )?;
    Ok(())
}

/// Sends nothing any more; what waits is let go of.
pub fn forget_server(conn: &Connection) -> Result<()> {
    db::exec(conn, "DELETE FROM mail_server", [])?;
    db::exec(conn, "DELETE FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND claimed_by IS NULL", [])?;
    Ok(())
}

/// Puts a mail into the outbox, under a Message-ID of its own for ever. Without a mail server nothing is queued.
pub fn queue(conn: &Connection, recipient: &str, subject: &str, body: &str, now: Timestamp) -> Result<()> {
    let Some(server) = server(conn)? else { return Ok(()) };
    let domain = server.sender_address.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let message_id = format!("<{}.{}@{domain}>", now.0, token::short()?);
    let recipient = recipient.trim();
    // What is no address fails visibly instead of breaking a header.
    let fault = (!looks_like_email(recipient)).then(|| MailFault::new(Stage::Recipient, "").stored());
    db::exec(
        conn,
        "INSERT INTO outbox (message_id, recipient, subject, body, created_at, due_at, last_error, failed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, CASE WHEN ?6 IS NULL THEN NULL ELSE ?5 END)",
        (message_id, one_line(recipient), one_line(subject), body, now, fault),
    )?;
    crate::platform::jobs::mark_scheduled();
    Ok(())
}

const COLUMNS: &str = "id, message_id, recipient, subject, body, created_at, attempts";

fn read(row: &Row<'_>) -> rusqlite::Result<Mail> {
    Ok(Mail {
        id: row.get("id")?,
        message_id: row.get("message_id")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        created_at: row.get("created_at")?,
        attempts: row.get("attempts")?,
    })
}

/// A claim is good for so long; longer than a batch of mails can take.
const LEASE: i64 = 15 * MINUTE;

/// Takes due mails for this start of the program, each by one worker. What an earlier start had claimed is free at once,
/// and what a worker of this one could not mark (the disk was full) is free again when its lease is over.
pub fn claim(conn: &Connection, boot: i64, most: i64, now: Timestamp) -> Result<Vec<Mail>> {
    db::all(
        conn,
        &format!(
            "UPDATE outbox SET claimed_by = ?1, attempts = attempts + 1, due_at = ?4 WHERE id IN (
                 SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL
                 AND (due_at <= ?2 OR claimed_by <> ?1) ORDER BY due_at, id LIMIT ?3
             ) RETURNING {COLUMNS}"
        ),
        (boot, now, most, now.plus(LEASE)),
        read,
    )
}

/// The mail has left. Its text may hold a link that signs in, so it is not kept.
pub fn sent(conn: &Connection, id: MailId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE outbox SET sent_at = ?, claimed_by = NULL, last_error = NULL, body = '' WHERE id = ? AND sent_at IS NULL",
        (now, id),
    )?;
    Ok(())
}

/// The attempt failed: another one later, or none where there is no hope.
pub fn failed(conn: &Connection, id: MailId, attempts: i64, fault: &MailFault, now: Timestamp) -> Result<()> {
    let next = if fault.lasting { None } else { next_attempt(attempts, now) };
    db::exec(
        conn,
        "UPDATE outbox SET claimed_by = NULL, last_error = ?1, due_at = coalesce(?2, due_at),
         failed_at = CASE WHEN ?2 IS NULL THEN ?3 END WHERE id = ?4 AND sent_at IS NULL",
        (fault.stored(), next, now, id),
    )?;
    Ok(())
}

/// Tries a mail that failed for good from the beginning.
pub fn try_again(conn: &Connection, id: MailId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE outbox SET failed_at = NULL, attempts = 0, due_at = ? WHERE id = ? AND failed_at IS NOT NULL",
        (now, id),
    )?;
    Ok(())
}

/// When the next mail is due for this start of the program.
pub fn next_due(conn: &Connection, boot: i64) -> Result<Option<Timestamp>> {
    let sql = "SELECT min(CASE WHEN claimed_by <> ? THEN 0 ELSE due_at END) FROM outbox
               WHERE sent_at IS NULL AND failed_at IS NULL";
    db::one(conn, sql, [boot], |row| row.get(0))
}

/// The newest mails of the outbox.
pub fn newest(conn: &Connection, most: i64) -> Result<Vec<MailEntry>> {
    let sql = "SELECT id, recipient, subject, created_at, due_at, sent_at, failed_at, last_error FROM outbox
               ORDER BY id DESC LIMIT ?";
    db::all(conn, sql, [most], |row| {
        let error: Option<String> = row.get("last_error")?;
        Ok(MailEntry {
            id: row.get("id")?,
            recipient: row.get("recipient")?,
            subject: row.get("subject")?,
            created_at: row.get("created_at")?,
            due_at: row.get("due_at")?,
            sent_at: row.get("sent_at")?,
            failed_at: row.get("failed_at")?,
            fault: error.as_deref().map(MailFault::from_stored),
        })
    })
}

/// Forgets mails whose end is long ago.
pub fn drop_old(conn: &Connection, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "DELETE FROM outbox WHERE (sent_at IS NOT NULL OR failed_at IS NOT NULL) AND created_at < ?",
        [now.plus(-KEPT)],
    )?;
    Ok(())
}
