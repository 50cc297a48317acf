//! Timelines: everything that happened with one contact, across conversations, newest first.

pub mod sql;
pub mod view;
pub mod web;

use crate::desk::conversations::ConversationId;
use crate::platform::text::{Phrase, timelines as t};
use crate::platform::time::{MINUTE, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};

crate::words! {
    /// What an entry tells; of one moment the later one here comes first.
    Kind {
        Opened = "opened", Transfer = "transfer", Pause = "pause", Occurrence = "occurrence", Note = "note",
        Ticket = "ticket", TicketClosed = "ticket_closed", Merge = "merge", Closed = "closed",
        ContactMerge = "union", Parted = "parted"
    }
}

crate::words! {
    /// What a reader filters by.
    Group {
        Conversations = "conversations", Occurrences = "occurrences", Transfers = "transfers", Pauses = "pauses",
        Tickets = "tickets", Notes = "notes", Merges = "merges"
    }
}

impl Group {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Conversations => t::CONVERSATIONS,
            Self::Occurrences => t::OCCURRENCES,
            Self::Transfers => t::TRANSFERS,
            Self::Pauses => t::PAUSES,
            Self::Tickets => t::TICKETS,
            Self::Notes => t::NOTES,
            Self::Merges => t::MERGES,
        }
    }

    /// The kinds in it.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Conversations => &[Kind::Opened, Kind::Closed],
            Self::Occurrences => &[Kind::Occurrence],
            Self::Transfers => &[Kind::Transfer],
            Self::Pauses => &[Kind::Pause],
            Self::Tickets => &[Kind::Ticket, Kind::TicketClosed],
            Self::Notes => &[Kind::Note],
            Self::Merges => &[Kind::Merge, Kind::ContactMerge, Kind::Parted],
        }
    }
}

/// An entry's place in the line, in order: of two the greater one is newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelinePlace {
    pub at: Timestamp,
    pub kind: Kind,
    /// The row of the kind's own table.
    pub item: i64,
}

impl TimelinePlace {
    /// As an address has it; also the end of an entry's id.
    pub fn word(&self) -> String {
        format!("{}-{}-{}", self.at.0, self.kind.word(), self.item)
    }

    /// Back from an address.
    pub fn read(word: &str) -> Option<Self> {
        let mut parts = word.splitn(3, '-');
        Some(Self {
            at: Timestamp(parts.next()?.parse().ok()?),
            kind: Kind::from_word(parts.next()?)?,
            item: parts.next()?.parse().ok()?,
        })
    }

    /// Where the entries of a kind that are older than this one begin: their time and row lie below this pair.
    pub fn bound(&self, kind: Kind) -> (i64, i64) {
        let row = match kind.cmp(&self.kind) {
            std::cmp::Ordering::Less => i64::MAX,
            std::cmp::Ordering::Equal => self.item,
            std::cmp::Ordering::Greater => i64::MIN,
        };
        (self.at.0, row)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimelineFilter {
    pub group: Option<Group>,
    pub from: Option<Timestamp>,
    /// The first moment that is too late.
    pub until: Option<Timestamp>,
}

impl TimelineFilter {
    /// Reads the form; a day that is none is named.
    pub fn parse(form: &Form, zone: &Zone) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut day = |field: &'static str, clock: &str| {
            let typed = form.trimmed(field);
            let found = zone.moment(&format!("{typed}T{clock}"));
            if found.is_none() && !typed.is_empty() {
                problems.add(field, t::BAD_DAY);
            }
            found
        };
        let from = day("from", "00:00");
        let until = day("to", "23:59").map(|at| at.plus(MINUTE));
        problems.none_or(Self { group: Group::from_word(form.text("kind")), from, until })
    }

    /// The kinds that are asked for.
    pub fn kinds(&self) -> &'static [Kind] {
        self.group.map_or(Kind::ALL, Group::kinds)
    }
}

/// The conversation of an entry.
#[derive(Clone, Debug)]
pub struct TimelineCase {
    pub id: ConversationId,
    pub number: i64,
    pub department: String,
    /// Whether the reader may see it.
    pub visible: bool,
}

/// One thing that happened. Of a conversation that the reader may not see there is only its opening, and nothing but the case.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    pub place: TimelinePlace,
    /// None for what happened to the record itself.
    pub case: Option<TimelineCase>,
    /// The person who did it; for an opening the channel.
    pub who: String,
    /// Path, reason, target, title, the other one's number or name.
    pub title: String,
    pub body: String,
    /// A rating's score, when a pause ends, whether an occurrence is a correction (1), whether a merge was a split (1), the record
    /// that a merge leads to.
    pub figure: Option<i64>,
}

/// What stands above the line, of the conversations that the reader may see.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimelineTotals {
    pub conversations: i64,
    pub first_at: Option<Timestamp>,
    handling: (i64, i64),
    rating: (i64, i64),
}

impl TimelineTotals {
    /// Counts one conversation.
    pub fn add(&mut self, opened_at: Timestamp, closed_at: Option<Timestamp>, score: Option<i64>) {
        self.conversations += 1;
        self.first_at = Some(self.first_at.map_or(opened_at, |first| first.min(opened_at)));
        if let Some(closed_at) = closed_at {
            self.handling = (self.handling.0 + closed_at.since(opened_at), self.handling.1 + 1);
        }
        if let Some(score) = score {
            self.rating = (self.rating.0 + score, self.rating.1 + 1);
        }
    }

    /// Milliseconds from opening to closing, on average.
    pub fn handling(&self) -> Option<i64> {
        (self.handling.1 > 0).then(|| self.handling.0 / self.handling.1)
    }

    /// The average score in tenths, rounded, and of how many.
    pub fn rating(&self) -> Option<(i64, i64)> {
        let (sum, of) = self.rating;
        (of > 0).then(|| ((sum * 20 + of) / (of * 2), of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_and_bounds_what_is_older() {
        let place = TimelinePlace { at: Timestamp(70), kind: Kind::Note, item: 3 };
        assert_eq!(TimelinePlace::read(&place.word()), Some(place));
        assert_eq!(TimelinePlace::read("70-nothing-3"), None);
        for kind in Kind::ALL {
            for item in [2, 3, 4] {
                for at in [69, 70, 71] {
                    let other = TimelinePlace { at: Timestamp(at), kind: *kind, item };
                    assert_eq!(other < place, (at, item) < place.bound(*kind), "{other:?}");
                }
            }
        }
    }

    #[test]
    fn averages_are_of_what_was_counted() {
        let mut totals = TimelineTotals::default();
        assert_eq!((totals.handling(), totals.rating()), (None, None));
        totals.add(Timestamp(100), Some(Timestamp(300)), Some(4));
        totals.add(Timestamp(50), None, Some(5));
        totals.add(Timestamp(60), Some(Timestamp(160)), None);
        assert_eq!((totals.conversations, totals.first_at), (3, Some(Timestamp(50))));
        assert_eq!((totals.handling(), totals.rating()), (Some(150), Some((45, 2))));
    }

    #[test]
    fn a_period_holds_its_last_day_whole() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let form = Form::default().with("from", "2026-11-22").with("to", "2026-11-22").with("kind", "notes");
        let filter = TimelineFilter::parse(&form, &zone).expect("a filter");
        assert_eq!(filter.group, Some(Group::Notes));
        assert_eq!(
            filter.until.zip(filter.from).map(|(until, from)| until.since(from)),
            Some(crate::platform::time::DAY)
        );
        assert!(TimelineFilter::parse(&Form::default().with("to", "ontem"), &zone).is_err());
    }
}
