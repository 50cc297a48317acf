//! Forgetting who somebody was.

use rusqlite::Connection;

use crate::channels::web_chat;
use crate::contacts;
use crate::contacts::custom_fields::sql_values;
use crate::contacts::{ContactId, contact_imports, contact_labels};
use crate::desk::contact_merges;
use crate::platform::error::Result;
use crate::platform::text::{Language, register as t};
use crate::platform::time::Timestamp;

/// Forgets who somebody was, with every record that was merged into this one; answers the name that is left.
pub fn forget(conn: &Connection, id: ContactId, language: Language, now: Timestamp) -> Result<String> {
    for one in contact_merges::sql::taken_in(conn, id)?.into_iter().chain([id]) {
        let name = t::ANONYMOUS.fill(language, &[("id", &one.to_string())]);
        contacts::sql::forget(conn, one, &name, now)?;
        web_chat::sql::forget(conn, one)?;
        sql_values::forget(conn, one)?;
        contact_merges::sql::forget(conn, one)?;
        contact_labels::sql::forget(conn, one)?;
        contact_imports::sql_match::forget(conn, one)?;
    }
    Ok(t::ANONYMOUS.fill(language, &[("id", &id.to_string())]))
}
