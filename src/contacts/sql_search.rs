//! Where a search looks: names, parts of names and numbers, documents, labels; each newest first.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{Contact, ContactId, phone};
use crate::contacts::contact_labels::LabelId;
use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{FieldId, sql_values};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::folding::{fold, words};

/// Contacts with one document, or labels of one name, that a search looks through.
const MOST: i64 = 500;

/// Names that are compared, of each way in which some may be alike.
const ALIKE: i64 = 200;
const WORDS: &str = "SELECT contact.id, contact.name, contact.phone, contact.email FROM contact_words CROSS JOIN contact ON contact.id = contact_words.rowid
    WHERE contact_words MATCH ? ORDER BY contact_words.rowid DESC LIMIT ?";
const PARTS: &str = "SELECT contact.id, contact.name, contact.phone, contact.email FROM contact_search CROSS JOIN contact ON contact.id = contact_search.rowid
    WHERE contact_search MATCH ? ORDER BY contact_search.rowid DESC LIMIT ?";

/// A row of contacts in the order of their ids: a table, its column with the contact's id, what holds of its rows.
#[derive(Clone, Debug)]
pub struct SearchSource {
    pub table: &'static str,
    pub id: &'static str,
    pub holds: String,
    pub values: Vec<Value>,
}

impl SearchSource {
    /// Everybody.
    pub fn everybody() -> Self {
        Self { table: "contact", id: "contact.id", holds: "1".to_owned(), values: Vec::new() }
    }

    /// Those with a label.
    pub fn labelled(label: LabelId) -> Self {
        Self {
            table: "contact_labelling AS source CROSS JOIN contact ON contact.id = source.contact_id",
            id: "source.contact_id",
            holds: "source.label_id = ?".to_owned(),
            values: vec![label.0.into()],
        }
    }

    /// Those with this value in a field.
    pub fn valued(field: i64, value: &str) -> Self {
        Self {
            table: "contact_value AS source INDEXED BY contact_value_field CROSS JOIN contact ON contact.id = source.contact_id",
            id: "source.contact_id",
            holds: "source.field_id = ? AND source.value = ?".to_owned(),
            values: vec![field.into(), value.to_owned().into()],
        }
    }

    /// Listed ones, of which there are few: the list comes first, or SQLite would go through everybody.
    pub fn listed(ids: &[ContactId]) -> Result<Self> {
        Ok(Self {
            table: "json_each(?) AS source CROSS JOIN contact ON contact.id = source.value",
            id: "contact.id",
            holds: "1".to_owned(),
            values: vec![serde_json::to_string(ids)?.into()],
        })
    }

    /// Those with words that begin so.
    pub fn worded(expression: String) -> Self {
        Self {
            table: "contact_words CROSS JOIN contact ON contact.id = contact_words.rowid",
            id: "contact_words.rowid",
            holds: "contact_words MATCH ?".to_owned(),
            values: vec![expression.into()],
        }
    }

    /// Those with these parts in name, number or address.
    pub fn parted(expression: String) -> Self {
        Self {
            table: "contact_search CROSS JOIN contact ON contact.id = contact_search.rowid",
            id: "contact_search.rowid",
            holds: "contact_search MATCH ?".to_owned(),
            values: vec![expression.into()],
        }
    }
}

/// Where a search looks.
/// Values of fields are looked at where the asker sees the field.
pub fn sources(conn: &Connection, query: &str, seen: &[FieldId]) -> Result<Vec<SearchSource>> {
    let mut found: Vec<SearchSource> = names(query).into_iter().collect();
    if let Some(digits) = number(query) {
        found.push(SearchSource::parted(format!("\"{digits}\"")));
    }
    let known = in_fields(conn, query, seen)?;
    if !known.is_empty() {
        found.push(SearchSource::listed(&known)?);
    }
    found.extend(labels(conn, query)?.into_iter().map(SearchSource::labelled));
    Ok(found)
}

/// Names, numbers and addresses that hold each word: as a part where all are long enough, which the index of parts answers in a
/// moment, else as the beginnings of words. Numbers are stored as digits: a query without letters is one run of them.
fn names(query: &str) -> Option<SearchSource> {
    let quoted =
        |words: &[String], end: &str| words.iter().map(|word| format!("\"{word}\"{end}")).collect::<Vec<_>>().join(" ");
    let length = |word: &String| word.chars().count();
    let mut words = match (query.contains('@'), query.chars().any(char::is_alphabetic)) {
        (true, _) => vec![query.replace('"', "")],
        (false, true) => words(query),
        (false, false) => vec![query.chars().filter(char::is_ascii_digit).collect()],
    };
    // One letter beside others says next to nothing, and would be dear.
    if words.iter().any(|word| length(word) > 1) {
        words.retain(|word| length(word) > 1);
    }
    if words.iter().all(|word| length(word) >= 3) {
        (!words.is_empty()).then(|| SearchSource::parted(quoted(&words, "")))
    } else {
        query.chars().any(char::is_alphabetic).then(|| SearchSource::worded(quoted(&words, "*")))
    }
}

/// Contacts whose names hold all of these words (of names, without accents) or all but one; of two words also the one and the
/// beginning or the end of the other. Newest first, a bounded number of each; those that `fits` are kept, until there are enough.
pub fn named_like(
    conn: &Connection,
    telling: &[String],
    enough: usize,
    fits: impl Fn(&Contact) -> bool,
) -> Result<Vec<Contact>> {
    let telling = &telling[..telling.len().min(5)];
    let all = |words: &[&String]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ");
    let whole: Vec<&String> = telling.iter().collect();
    let mut asked = Vec::new();
    match telling {
        [] | [_] => {}
        [one, other] => {
            asked.push((WORDS, all(&whole)));
            for (kept, word) in [(one, other), (other, one)].into_iter().filter(|(kept, _)| kept.chars().count() >= 3) {
                let letters: Vec<char> = word.chars().collect();
                if letters.len() >= 4 {
                    let (begin, end): (String, String) =
                        (letters[..3].iter().collect(), letters[letters.len() - 3..].iter().collect());
                    asked.push((PARTS, format!("name : (\"{kept}\" AND (\"{begin}\" OR \"{end}\"))")));
                }
            }
        }
        _ => {
            asked.push((WORDS, all(&whole)));
            for place in 0..telling.len() {
                let rest: Vec<&String> =
                    telling.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, word)| word).collect();
                asked.push((WORDS, all(&rest)));
            }
        }
    }
    let mut found: Vec<Contact> = Vec::new();
    for (sql, expression) in asked {
        for contact in db::all(conn, sql, (expression, ALIKE), super::sql::read)? {
            if found.len() < enough && fits(&contact) && !found.iter().any(|known| known.id == contact.id) {
                found.push(contact);
            }
        }
        if found.len() == enough {
            break;
        }
    }
    Ok(found)
}

/// The digits of a whole number in the one spelling that is stored, where that differs from what was typed.
fn number(query: &str) -> Option<String> {
    let stored = phone::e164(query)?;
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    (!stored.contains(&digits)).then(|| stored.trim_start_matches('+').to_owned())
}

/// Contacts with this document, number or address in a custom field, however it was typed.
fn in_fields(conn: &Connection, query: &str, seen: &[FieldId]) -> Result<Vec<ContactId>> {
    let mut found = Vec::new();
    for kind in [Kind::Cpf, Kind::Cnpj, Kind::Phone, Kind::Email] {
        if let Ok(value) = kind.read(query, &[])
            && !value.is_empty()
        {
            found.extend(sql_values::with_value(conn, &value, seen, MOST)?);
        }
    }
    Ok(found)
}

/// Labels whose names hold a word that begins with each of the query's.
fn labels(conn: &Connection, query: &str) -> Result<Vec<LabelId>> {
    let wanted: Vec<String> = words(query).iter().map(|word| fold(word)).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let named = |name: &str| {
        let held: Vec<String> = words(name).iter().map(|word| fold(word)).collect();
        wanted.iter().all(|word| held.iter().any(|one| one.starts_with(word)))
    };
    let all = crate::contacts::contact_labels::sql::used(conn)?;
    Ok(all.into_iter().filter(|label| named(&label.name)).map(|label| label.id).take(8).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_looked_for_as_they_are_stored() {
        assert_eq!(number("11 8765-4321").as_deref(), Some("5511987654321"), "without the ninth digit");
        assert_eq!(number("(11) 98765-4321"), None, "the digits alone find it");
        let asked = |query: &str| names(query).map(|source| (source.id, source.values));
        let expected = |id, expression: &str| Some((id, vec![Value::from(expression.to_owned())]));
        assert_eq!(asked("98765-4321"), expected("contact_search.rowid", "\"987654321\""));
        assert_eq!(asked("12"), None);
        assert_eq!(asked("joão \"sil m"), expected("contact_search.rowid", "\"joão\" \"sil\""));
        assert_eq!(asked("zé silva"), expected("contact_words.rowid", "\"zé\"* \"silva\"*"));
        assert_eq!(asked("m"), expected("contact_words.rowid", "\"m\"*"));
        assert_eq!(asked("a@x.br"), expected("contact_search.rowid", "\"a@x.br\""));
        assert_eq!(asked("- \" *"), None);
    }
}
