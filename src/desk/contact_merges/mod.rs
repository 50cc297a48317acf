//! Records of one person made one: seen field by field before, undone exactly for thirty days.

pub mod acts;
pub mod likeness;
pub mod sql;
pub mod view;
pub mod web;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contacts::contact_labels::Labellings;
use crate::contacts::{ContactId, IdentityId};
use crate::desk::conversations::ConversationId;
use crate::platform::text::{Phrase, contact_merges as t};
use crate::platform::time::{DAY, Timestamp};
use crate::platform::web::form::Form;

crate::ids! {
    /// One merge.
    ContactMergeId,
}

crate::words! {
    /// Whether a whole record went, or one channel of it.
    Scope { All = "all", Identity = "identity" }
}

/// How long a merge can be undone.
pub const UNDOABLE: i64 = 30 * DAY;

/// What a record holds: `name`, `phone`, `email`, and the custom fields by their keys; empty ones are left out.
pub type RecordValues = BTreeMap<String, String>;

/// Fields in which two records differ, both known.
pub fn differing<'a>(kept: &'a RecordValues, other: &'a RecordValues) -> Vec<&'a str> {
    let differs = |(field, value): &(&String, &String)| kept.get(*field).is_some_and(|known| known != *value);
    other.iter().filter(differs).map(|(field, _)| field.as_str()).collect()
}

/// The record that stays: what only one knows comes in, where both know something the form has chosen (`keep-FIELD=other`), or
/// else what stays is kept.
pub fn joined(kept: &RecordValues, other: &RecordValues, chosen: &Form) -> RecordValues {
    let mut joined = kept.clone();
    for (field, value) in other {
        let takes = !kept.contains_key(field) || chosen.text(&format!("keep-{field}")) == "other";
        if takes {
            joined.insert(field.clone(), value.clone());
        }
    }
    joined
}

/// What is there after an undoing (fields, labels): as it was, but for what was changed since the merge.
pub fn parted<K: Ord + Clone, V: PartialEq + Clone>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    now: &BTreeMap<K, V>,
) -> BTreeMap<K, V> {
    let fields = before.keys().chain(after.keys()).chain(now.keys());
    let mut parted = BTreeMap::new();
    for field in fields {
        let (old, made, present) = (before.get(field), after.get(field), now.get(field));
        let value = if present == made { old } else { present };
        if let Some(value) = value {
            parted.insert(field.clone(), value.clone());
        }
    }
    parted
}

/// All that undoing a merge needs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MergeUndo {
    pub identities: Vec<IdentityId>,
    pub conversations: Vec<ConversationId>,
    pub kept_before: RecordValues,
    pub kept_after: RecordValues,
    pub other_before: RecordValues,
    /// Of whole records: the labels of both.
    pub kept_labels: Labellings,
    pub other_labels: Labellings,
}

impl MergeUndo {
    /// The labels of both on the one that stays; what both carry stays as the one that stays carries it.
    pub fn labels_after(&self) -> Labellings {
        let mut both = self.other_labels.clone();
        both.extend(self.kept_labels.clone());
        both
    }
}

/// A merge that was made.
#[derive(Clone, Debug)]
pub struct ContactMerge {
    pub id: ContactMergeId,
    pub scope: Scope,
    pub kept: ContactId,
    pub other: ContactId,
    pub moved: MergeUndo,
    pub at: Timestamp,
    pub undone: bool,
}

/// Why somebody is probably the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Phone,
    Email,
    Document,
    Name,
}

impl Sign {
    /// In words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Phone => t::SAME_PHONE,
            Self::Email => t::SAME_EMAIL,
            Self::Document => t::SAME_DOCUMENT,
            Self::Name => t::SAME_NAME,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(pairs: &[(&str, &str)]) -> RecordValues {
        pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_only_one_knows_comes_in_and_the_rest_is_chosen() {
        let kept = record(&[("name", "Maria"), ("phone", "+5511"), ("f1", "a")]);
        let other = record(&[("name", "Maria S."), ("email", "m@x.br"), ("f1", "a")]);
        assert_eq!(differing(&kept, &other), ["name"]);
        let silent = joined(&kept, &other, &Form::default());
        assert_eq!(silent, record(&[("name", "Maria"), ("phone", "+5511"), ("email", "m@x.br"), ("f1", "a")]));
        let chosen = joined(&kept, &other, &Form::default().with("keep-name", "other"));
        assert_eq!(chosen.get("name").map(String::as_str), Some("Maria S."));
    }

    #[test]
    fn an_undoing_brings_back_what_nobody_touched_since() {
        let before = record(&[("name", "Maria"), ("f1", "a")]);
        let after = record(&[("name", "Maria S."), ("f1", "a"), ("email", "m@x.br")]);
        assert_eq!(parted(&before, &after, &after), before);
        let touched = record(&[("name", "Mariana"), ("email", "m@x.br"), ("f2", "new")]);
        assert_eq!(parted(&before, &after, &touched), record(&[("name", "Mariana"), ("f2", "new")]));
    }

    #[test]
    fn labels_of_both_are_carried_and_part_again() {
        let label =
            |id, at| (crate::contacts::contact_labels::LabelId(id), (crate::team::agents::AgentId(1), Timestamp(at)));
        let (kept, other) =
            (Labellings::from([label(1, 10), label(2, 11)]), Labellings::from([label(2, 20), label(3, 21)]));
        let moved = MergeUndo { kept_labels: kept.clone(), other_labels: other, ..MergeUndo::default() };
        let after = moved.labels_after();
        assert_eq!(after, Labellings::from([label(1, 10), label(2, 11), label(3, 21)]));
        assert_eq!(parted(&kept, &after, &after), kept);
        let touched = Labellings::from([label(2, 11), label(3, 21), label(4, 30)]);
        assert_eq!(parted(&kept, &after, &touched), Labellings::from([label(2, 11), label(4, 30)]));
    }
}
