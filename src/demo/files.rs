//! The sample company's files: a prepared text that brings one along, a ticket with one.

use std::sync::Arc;

use rusqlite::Connection;

use crate::app::App;
use crate::attachments::Waiting;
use crate::attachments::web::keep;
use crate::canned_replies::{self, CannedReplyId};
use crate::db;
use crate::error::{Error, Result};
use crate::tickets::entries::File;
use crate::tickets::{TicketId, sql_entries};
use crate::web::http::Body;

const TERMS: &str =
    "Loja Aurora: prazos de entrega\n\nCapital: 3 dias úteis\nLitoral: 5 dias úteis\nInterior: 7 dias úteis\n";

/// Brings the bytes to disk and the rows into the file; the departments' averages are worked out too.
pub fn fill(app: &Arc<App>) -> Result<()> {
    crate::insights::web::work_out(app)?;
    let now = app.clock.now();
    let made = |name: &str| -> Result<Waiting> {
        let kept = keep(app, name, &Body::Bytes(TERMS.as_bytes().to_vec()))?;
        kept.map_err(|(_, phrase)| Error::Internal(phrase.en.to_owned()))
    };
    let (terms, list) = (made("prazos-de-entrega.txt")?, made("clientes-sem-resposta.txt")?);
    app.change(move |conn| {
        if let Some(reply) = about_delivery(conn)? {
            canned_replies::sql_files::add(conn, reply, &terms, now)?;
        }
        let size = i64::try_from(list.size).unwrap_or(i64::MAX);
        let file = File { token: list.token, name: list.name, media_type: list.media_type, size };
        let author = crate::tickets::sql::find(conn, TicketId(1))?.author;
        sql_entries::attach(conn, TicketId(1), &file, author, now)
    })
}

/// The prepared text that a table of delivery times goes with.
fn about_delivery(conn: &Connection) -> Result<Option<CannedReplyId>> {
    let sql = "SELECT id FROM canned_reply ORDER BY instr(search, 'entrega') = 0, id LIMIT 1";
    db::maybe(conn, sql, [], |row| row.get(0))
}
