//! Taking a merge or a split back.

use super::{ConversationMerge, ConversationMergeId, ConversationPair, Kind, UNDOABLE, emptied, reduced, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, ConversationId, sql_merge};
use crate::desk::messages::{self, MessageId};
use crate::desk::reads::ReadMark;
use crate::desk::{attachments, reads, tags};
use crate::platform::error::{Error, Result};
use crate::platform::text::conversation_merges as t;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Within ten minutes both are as they were; what has come since stays where it belongs.
pub fn create(cx: &Cx, id: ConversationMergeId) -> Result<Response> {
    let merge = sql::find(cx.conn, id)?.ok_or(Error::NotFound)?;
    let kept = conversations::sql::find(cx.conn, merge.kept)?.require_reader(&cx.agent)?;
    if !kept.is_writable_by(&cx.agent) {
        return Err(Error::Forbidden);
    }
    if cx.now.since(merge.at) >= UNDOABLE {
        return Err(Error::Conflict(t::TOO_LATE));
    }
    if sql::has_later(cx.conn, &merge)? {
        return Err(Error::Conflict(t::LATER_FIRST));
    }
    let now = sql::both(cx.conn, merge.kept, merge.other)?;
    match merge.kind {
        Kind::Merge => undo_merge(cx, &merge, &now)?,
        Kind::Split => undo_split(cx, &merge, &now)?,
    }
    sql::undo(cx.conn, merge.id, cx.now)?;
    conversations::acts::tell_change(cx.conn, merge.kept, Reach::Everyone, cx.now)?;
    conversations::acts::tell_change(cx.conn, merge.other, Reach::Everyone, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{}", merge.kept)))
}

fn shift(cx: &Cx, ids: &str, from: ConversationId, to: ConversationId) -> Result<()> {
    messages::sql::shift(cx.conn, ids, from, to)?;
    attachments::sql::follow(cx.conn, ids, from, to)
}

/// The messages that came go back; what was said since stays with the one that went on.
fn undo_merge(cx: &Cx, merge: &ConversationMerge, now: &ConversationPair) -> Result<()> {
    // The other one lies closed and empty: nothing but another merge could have moved it.
    if now.other.state != "closed" || now.other.closed_at != merge.after.other.closed_at {
        return Err(Error::Conflict(t::TOO_LATE));
    }
    messages::sql::drop_lines(cx.conn, &merge.lines)?;
    shift(cx, &merge.moved, merge.kept, merge.other)?;
    tags::sql::take_off(cx.conn, merge.kept, &merge.tags)?;
    let kept = if now.kept == merge.after.kept {
        merge.before.kept.clone()
    } else {
        reduced(&now.kept, &sql_merge::told(cx.conn, merge.kept)?)
    };
    sql_merge::stand(cx.conn, merge.kept, &kept)?;
    sql_merge::stand(cx.conn, merge.other, &merge.before.other)?;
    let (before, after) = (&merge.before, &merge.after);
    let restored = |was: &[ReadMark], inbound: i64| restored(was, &after.kept_readings, &now.kept_readings, inbound);
    reads::sql::replace(cx.conn, merge.kept, &restored(&before.kept_readings, kept.inbound))?;
    reads::sql::replace(cx.conn, merge.other, &restored(&before.other_readings, before.other.inbound))
}

/// Everything that the new one holds goes back, what was said there since too; it stays behind closed and empty.
fn undo_split(cx: &Cx, merge: &ConversationMerge, now: &ConversationPair) -> Result<()> {
    if now.other.state == "closed" || now.other.state == "paused" {
        return Err(Error::Conflict(t::TOO_LATE));
    }
    messages::sql::drop_lines(cx.conn, &merge.lines)?;
    let all = messages::sql::ids_from(cx.conn, merge.other, MessageId(0))?;
    shift(cx, &all, merge.other, merge.kept)?;
    let quiet = now.kept == merge.after.kept && now.other == merge.after.other;
    let kept = if quiet {
        merge.before.kept.clone()
    } else {
        let told = reduced(&now.kept, &sql_merge::told(cx.conn, merge.kept)?);
        let (delivered_to, read_to) =
            (now.kept.delivered_to.max(now.other.delivered_to), now.kept.read_to.max(now.other.read_to));
        conversations::ConversationStanding { delivered_to, read_to, ..told }
    };
    sql_merge::stand(cx.conn, merge.kept, &kept)?;
    sql_merge::stand(cx.conn, merge.other, &emptied(&now.other, cx.now))?;
    let same = now.kept_readings == merge.after.kept_readings && now.other_readings == merge.after.other_readings;
    let read = if same {
        merge.before.kept_readings.clone()
    } else {
        super::joined_readings((&now.kept_readings, now.kept.inbound), (&now.other_readings, now.other.inbound))
    };
    reads::sql::replace(cx.conn, merge.kept, &read)?;
    reads::sql::replace(cx.conn, merge.other, &[])
}

/// Who has not read on has read what they had read; who has, has read all of both.
fn restored(was: &[ReadMark], after: &[ReadMark], now: &[ReadMark], inbound: i64) -> Vec<ReadMark> {
    let mut readings = was.to_vec();
    for reading in now.iter().filter(|reading| !after.contains(reading)) {
        let all = ReadMark { seen: inbound, ..*reading };
        match readings.iter_mut().find(|one| one.agent == reading.agent) {
            Some(one) => *one = all,
            None => readings.push(all),
        }
    }
    readings
}
