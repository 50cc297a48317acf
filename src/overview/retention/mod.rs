//! How long things are kept: seen before, then erased each night in small batches, with every figure of a report left as it was.

pub mod acts;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::conversations::ConversationId;
use crate::platform::text::retention as t;
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};

/// Months below which the decree on customer service of regulated services must not apply (11.034/2022: two years).
pub const DECREE: i64 = 24;

/// After how many months what goes; None keeps it for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub words: Option<i64>,
    pub files: Option<i64>,
    pub persons: Option<i64>,
    /// Somebody has confirmed that the decree does not apply.
    pub unregulated: bool,
}

impl Rule {
    /// Reads the form: months as whole numbers, or nothing.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut months = |name: &'static str| {
            let typed = form.trimmed(name);
            let found = typed.parse().ok().filter(|months| (1..=240).contains(months));
            if found.is_none() && !typed.is_empty() {
                problems.add(name, t::BAD_MONTHS);
            }
            found
        };
        let (words, files, persons) = (months("words"), months("files"), months("persons"));
        if let (Some(words), Some(files)) = (words, files)
            && files > words
        {
            problems.add("files", t::FILES_LATER);
        }
        let unregulated = form.has("unregulated");
        if !unregulated {
            for (name, months) in [("words", words), ("persons", persons)] {
                if months.is_some_and(|months| months < DECREE) {
                    problems.add(name, t::TOO_SHORT);
                }
            }
        }
        problems.none_or(Self { words, files, persons, unregulated })
    }

    /// `24 · 12 · ∞`, for the record of changes.
    pub fn shown(&self) -> String {
        let one = |months: Option<i64>| months.map_or("∞".to_owned(), |months| months.to_string());
        [self.words, self.files, self.persons].map(one).join(" · ")
    }
}

crate::words! {
    /// What a cleaning goes through, one after the other.
    Stage { Words = "words", Files = "files", Persons = "persons", Strangers = "strangers" }
}

impl Stage {
    /// The next one.
    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|one| *one == self)?;
        Self::ALL.get(at + 1).copied()
    }

    /// The months after which it takes something.
    pub fn months(self, rule: &Rule) -> Option<i64> {
        match self {
            Self::Words => rule.words,
            Self::Files => rule.files,
            Self::Persons | Self::Strangers => rule.persons,
        }
    }
}

/// What went, or would.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub conversations: i64,
    pub messages: i64,
    pub files: i64,
    pub bytes: i64,
    pub persons: i64,
}

impl Counts {
    /// Whether nothing did.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            conversations: self.conversations + other.conversations,
            messages: self.messages + other.messages,
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            persons: self.persons + other.persons,
        }
    }
}

/// What a rule would take today.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub counts: Counts,
    /// Whether there are more than were counted.
    pub capped: bool,
    pub oldest: Option<Timestamp>,
    /// The first conversations, by number and when they were closed; the first people, by name.
    pub conversations: Vec<(ConversationId, i64, Timestamp)>,
    pub people: Vec<(crate::contacts::ContactId, String)>,
}

/// One cleaning.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: i64,
    pub rule: Rule,
    pub stage: Stage,
    pub counts: Counts,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// Conversations and people that a preview counts.
pub const COUNTED: i64 = 20_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn form(words: &str, files: &str, persons: &str) -> Form {
        Form::default().with("words", words).with("files", files).with("persons", persons)
    }

    #[test]
    fn months_are_whole_and_files_go_first() {
        let rule = Rule::parse(&form("36", "12", " ")).expect("a rule");
        assert_eq!((rule.words, rule.files, rule.persons), (Some(36), Some(12), None));
        assert_eq!(rule.shown(), "36 · 12 · ∞");
        for bad in ["0", "241", "-1", "1.5", "dois", "99999999999999999999"] {
            assert_eq!(Rule::parse(&form(bad, "", "")).expect_err("refused").of("words"), Some(t::BAD_MONTHS), "{bad}");
        }
        assert_eq!(Rule::parse(&form("24", "25", "")).expect_err("refused").of("files"), Some(t::FILES_LATER));
    }

    #[test]
    fn less_than_two_years_wants_a_word_that_the_decree_does_not_apply() {
        assert_eq!(Rule::parse(&form("23", "", "")).expect_err("refused").of("words"), Some(t::TOO_SHORT));
        assert_eq!(Rule::parse(&form("", "", "6")).expect_err("refused").of("persons"), Some(t::TOO_SHORT));
        assert!(Rule::parse(&form("", "6", "")).is_ok(), "files are no demands");
        assert!(Rule::parse(&form("23", "", "6").with("unregulated", "1")).is_ok());
    }

    #[test]
    fn the_stages_follow_each_other() {
        let all: Vec<Stage> = std::iter::successors(Some(Stage::Words), |stage| stage.next()).collect();
        assert_eq!(all, Stage::ALL);
    }
}
