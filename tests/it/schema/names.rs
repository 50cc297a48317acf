//! A name is as long as its column allows: the form refuses what the file would, and nothing else.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{migrations, plain, strings};
use balcao::contacts::{self, contact_labels, custom_fields};
use balcao::desk::{canned_replies, dispositions, pauses, tags};
use balcao::platform::text::{Language, Phrase, contact_labels as labels_text, tags as tags_text};
use balcao::team::{agents, channels, company, departments, holidays};
use balcao::tickets::{self, phases};

/// The most letters of each column called name or title, where it says so.
fn limits(conn: &Connection) -> BTreeMap<String, usize> {
    let mut limits = BTreeMap::new();
    for table in strings(conn, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL") {
        let text = plain(&strings(conn, &format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'")).concat());
        for column in ["name", "title"] {
            let Some((_, rule)) = text.split_once(&format!("CHECK (length({column}) ")) else { continue };
            let (rule, _) = rule.split_once(')').expect("an end");
            let most = rule.strip_prefix("BETWEEN 1 AND ").or(rule.strip_prefix("<= ")).expect(rule);
            limits.insert(format!("{table}.{column}"), most.parse().expect("a number"));
        }
    }
    limits
}

#[test]
fn a_name_has_as_many_letters_as_its_column_takes() {
    let nouns = [
        ("agent.name", agents::LONGEST_NAME),
        ("canned_reply.title", canned_replies::LONGEST_TITLE),
        ("channel.name", channels::LONGEST_NAME),
        ("company.name", company::LONGEST_NAME),
        ("contact.name", contacts::LONGEST_NAME),
        ("contact_label.name", contact_labels::LONGEST_NAME),
        ("custom_field.name", custom_fields::LONGEST_NAME),
        ("department.name", departments::LONGEST_NAME),
        ("disposition.name", dispositions::LONGEST_NAME),
        ("holiday.name", holidays::LONGEST_NAME),
        ("pause_reason.name", pauses::LONGEST_NAME),
        ("tag.name", tags::LONGEST_NAME),
        ("ticket.title", tickets::LONGEST_TITLE),
        ("ticket_phase.name", phases::LONGEST_NAME),
    ];
    let conn = Connection::open_in_memory().expect("a file");
    conn.execute_batch(migrations::SCHEMA).expect("the schema");
    let nouns: BTreeMap<String, usize> = nouns.into_iter().map(|(column, most)| (column.to_owned(), most)).collect();
    assert_eq!(limits(&conn), nouns);
}

#[test]
fn a_sentence_that_tells_the_longest_name_tells_the_right_number() {
    let told: [(Phrase, usize); 2] =
        [(tags_text::BAD_NAME, tags::LONGEST_NAME), (labels_text::BAD_NAME, contact_labels::LONGEST_NAME)];
    for (phrase, most) in told {
        for language in [Language::Portuguese, Language::English] {
            assert!(phrase.say(language).contains(&format!(" {most} ")), "{}", phrase.say(language));
        }
    }
}
