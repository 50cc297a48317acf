//! A column with a closed set of words takes the words of its type: one more here needs one more there.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{migrations, plain, strings};
use balcao::contacts::{contact_imports, custom_fields};
use balcao::desk::{
    canned_replies, catalogue_imports, closings, contact_merges, conversation_merges, conversations, dispositions,
    drafts, messages, notifications, pauses,
};
use balcao::overview::{retention, timelines};
use balcao::platform::ui::colour::Colour;
use balcao::team::agents::draft;
use balcao::team::{agents, channels, departments, mail, settings};
use balcao::tickets;

/// Columns, and the words of their type.
macro_rules! columns {
    ($($column:literal: $words:ty),* $(,)?) => {
        [$(($column, <$words>::ALL.iter().map(|word| word.word()).collect::<BTreeSet<_>>())),*]
    };
}

#[test]
fn a_column_takes_exactly_the_words_of_its_type() {
    let columns = columns![
        "agent.role": agents::Role,
        "agent.presence": agents::Presence,
        "agent.theme": agents::Theme,
        "one_time_link.purpose": draft::Purpose,
        "channel.kind": channels::Kind,
        "mail_server.security": mail::Security,
        "audit.action": settings::Action,
        "department.assignment": departments::AssignmentMode,
        "custom_field.kind": custom_fields::kind::Kind,
        "contact_label.colour": Colour,
        "contact_merge.scope": contact_merges::Scope,
        "contact_import.state": contact_imports::State,
        "contact_import.existing": contact_imports::Existing,
        "conversation.state": conversations::State,
        "conversation.last_author": messages::Author,
        "queue_count.state": conversations::State,
        "message.author": messages::Author,
        "note_revision.kind": messages::NoteChange,
        "draft.kind": drafts::Tab,
        "notification.kind": notifications::Kind,
        "tag.colour": Colour,
        "disposition.sentiment": dispositions::Sentiment,
        "occurrence.sentiment": dispositions::Sentiment,
        "canned_reply.scope": canned_replies::Scope,
        "pause_rule.overdue": pauses::Overdue,
        "pause.ended_by": pauses::EndedBy,
        "closing.sentiment": dispositions::Sentiment,
        "closing.closed_by": closings::ClosedBy,
        "closing.was_state": conversations::State,
        "bulk_closing.sentiment": dispositions::Sentiment,
        "conversation_merge.kind": conversation_merges::Kind,
        "catalogue_import.register": catalogue_imports::Register,
        "ticket.priority": tickets::Priority,
        "ticket.sentiment": dispositions::Sentiment,
        "ticket_entry.kind": tickets::entries::Kind,
        "timeline_entry.kind": timelines::Kind,
        "retention_mark.stage": retention::Stage,
        "retention_run.stage": retention::Stage,
    ];
    let conn = Connection::open_in_memory().expect("a file");
    conn.execute_batch(migrations::SCHEMA).expect("the schema");
    for (column, words) in columns {
        let (table, name) = column.split_once('.').expect("a table and a column");
        let text = strings(&conn, &format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'")).concat();
        let text = plain(&text);
        let (_, list) = text.split_once(&format!("CHECK ({name} IN (")).expect(column);
        let (list, _) = list.split_once(')').expect(column);
        let known: BTreeSet<&str> = list.split(',').map(|word| word.trim().trim_matches('\'')).collect();
        assert_eq!(known, words, "{column}");
    }
}
