//! Reports: occurrences, pauses and closings of a period, as a table, as charts, as a file.

pub mod grid;
pub mod sql;
pub mod view;
pub mod web;
pub mod web_export;

use std::collections::BTreeMap;

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::Sentiment;
use crate::platform::sheets::Cell;
use crate::platform::text::{Language, Phrase, reports as t};
use crate::platform::time::{DAY, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId};
use crate::team::channels::ChannelId;
use crate::team::departments::DepartmentId;

crate::words! {
    /// What is reported on.
    Kind { Occurrences = "occurrences", Pauses = "pauses", Closings = "closings" }
}

impl Kind {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Occurrences => t::OCCURRENCES,
            Self::Pauses => t::PAUSES,
            Self::Closings => t::CLOSINGS,
        }
    }

    /// The heads of its table.
    pub fn columns(self) -> &'static [Phrase] {
        match self {
            Self::Occurrences => &[
                t::WHEN,
                t::NUMBER,
                t::CONTACT,
                t::DEPARTMENT,
                t::CHANNEL,
                t::PERSON,
                t::CATEGORY,
                t::SENTIMENT,
                t::TEXT,
            ],
            Self::Pauses => &[
                t::WHEN,
                t::NUMBER,
                t::CONTACT,
                t::DEPARTMENT,
                t::CHANNEL,
                t::PERSON,
                t::REASON,
                t::BACK_AT,
                t::ENDED_AT,
                t::ENDED_BY,
                t::MINUTES,
            ],
            Self::Closings => &[
                t::WHEN,
                t::NUMBER,
                t::CONTACT,
                t::DEPARTMENT,
                t::CHANNEL,
                t::PERSON,
                t::CATEGORY,
                t::SENTIMENT,
                t::CLOSED_BY,
                t::FIRST_ANSWER,
                t::HANDLING,
                t::RATING,
                t::COMMENT,
            ],
        }
    }
}

crate::words! {
    /// The periods that are one click away.
    Period { Today = "today", Week = "7", Month = "30", Quarter = "90", Custom = "custom" }
}

impl Period {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Today => t::TODAY,
            Self::Week => t::WEEK,
            Self::Month => t::MONTH,
            Self::Quarter => t::QUARTER,
            Self::Custom => t::CUSTOM,
        }
    }

    /// Days before today with which it begins.
    fn days(self) -> i64 {
        match self {
            Self::Today | Self::Custom => 0,
            Self::Week => 6,
            Self::Month => 29,
            Self::Quarter => 89,
        }
    }
}

/// What a report shows: all of it must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFilter {
    pub from: Timestamp,
    /// Not included.
    pub to: Timestamp,
    /// Those that the reader may see, or one of them.
    pub departments: Vec<DepartmentId>,
    pub agent: Option<AgentId>,
    pub channel: Option<ChannelId>,
    pub sentiment: Option<Sentiment>,
    /// A disposition's path or a part of it from the category down, or a pause's reason; empty for all.
    pub group: String,
    /// A part of the text; empty for all.
    pub text: String,
    /// Of a rating; only closings have one.
    pub score: Option<i64>,
}

/// Midnight at the beginning of a civil day such as `2026-11-23`.
fn midnight(zone: &Zone, day: &str) -> Option<Timestamp> {
    (day.len() == 10).then(|| zone.moment(&format!("{day}T00:00"))).flatten()
}

/// The beginning of the day after; noon keeps the day where a clock change made one shorter.
fn next_midnight(zone: &Zone, at: Timestamp) -> Option<Timestamp> {
    let today = midnight(zone, zone.local(at).split('T').next()?)?;
    midnight(zone, zone.local(today.plus(DAY + DAY / 2)).split('T').next()?)
}

impl ReportFilter {
    /// Reads the form; leads see their own departments, administrators all that are given.
    pub fn parse(
        form: &Form,
        agent: &Agent,
        departments: &[DepartmentId],
        zone: &Zone,
        now: Timestamp,
    ) -> Result<Self, Problems> {
        let today = zone.local(now);
        let today = today.split('T').next().unwrap_or("");
        let start = midnight(zone, today).unwrap_or(now);
        let tomorrow = next_midnight(zone, start).unwrap_or(now);
        let period = Period::from_word(form.text("period")).unwrap_or(Period::Week);
        let (from, to) = if period == Period::Custom {
            let last = midnight(zone, form.trimmed("to"));
            (midnight(zone, form.trimmed("from")), last.and_then(|day| next_midnight(zone, day)))
        } else {
            // Noon keeps the day where a clock change made one shorter.
            let first = zone.local(start.plus(DAY / 2 - period.days() * DAY));
            (midnight(zone, first.split('T').next().unwrap_or("")), Some(tomorrow))
        };
        let (Some(from), Some(to)) = (from, to) else { return Err(Problems::one("from", t::BAD_PERIOD)) };
        if to <= from || to.since(from) > 1830 * DAY {
            return Err(Problems::one("from", t::BAD_PERIOD));
        }
        let wanted = form.number("department").map(DepartmentId);
        let mut seen: Vec<DepartmentId> = departments.iter().copied().filter(|one| agent.in_department(*one)).collect();
        seen.retain(|one| wanted.is_none_or(|wanted| wanted == *one));
        Ok(Self {
            from,
            to,
            departments: seen,
            agent: form.number("agent").map(AgentId),
            channel: form.number("channel").map(ChannelId),
            sentiment: Sentiment::from_word(form.text("sentiment")),
            group: form.trimmed("group").chars().take(400).collect(),
            text: form.trimmed("text").chars().take(200).collect(),
            score: form.number("score").filter(|score| (1..=5).contains(score)),
        })
    }

    /// The civil days of the period, each with its beginning and end: a clock change makes one longer or shorter.
    pub fn days(&self, zone: &Zone) -> Vec<(Timestamp, Timestamp)> {
        let (mut found, mut at) = (Vec::new(), self.from);
        while at < self.to {
            let next = next_midnight(zone, at).filter(|next| *next > at).unwrap_or(self.to).min(self.to);
            found.push((at, next));
            at = next;
        }
        found
    }
}

/// Where a page of a report goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportCursor {
    pub at: Timestamp,
    pub id: i64,
}

impl ReportCursor {
    /// From `at-id`.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('-')?;
        Some(Self { at: Timestamp(at.parse().ok()?), id: id.parse().ok()? })
    }
}

/// One line of a report.
#[derive(Clone, Debug)]
pub struct ReportRow {
    pub cursor: ReportCursor,
    pub conversation: ConversationId,
    /// In the order of the kind's columns.
    pub cells: Vec<Cell>,
}

/// What is counted together: lines of one day, person, department, group and sentiment.
pub struct Fact {
    pub day: i64,
    /// Name and number: two people may have one name.
    pub person: (String, i64),
    pub department: String,
    /// Path or reason.
    pub group: String,
    pub sentiment: Option<Sentiment>,
    pub count: i64,
    /// Minutes: of a pause; to the first answer and to the end of a conversation.
    pub lengths: [Mean; 2],
    pub rating: Mean,
}

/// A sum and of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    pub sum: i64,
    pub of: i64,
}

impl Mean {
    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.of += other.of;
    }

    /// With one digit behind the comma, or point; a dash where there is nothing.
    pub fn shown(self, language: Language) -> String {
        let comma = match language {
            Language::Portuguese => ',',
            Language::English => '.',
        };
        if self.of == 0 {
            "–".to_owned()
        } else {
            format!("{}{comma}{}", self.sum / self.of, self.sum * 10 / self.of % 10)
        }
    }
}

/// The figures of a period.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub total: i64,
    /// By civil day, e.g. 20261123; days without any are there too.
    pub days: BTreeMap<i64, i64>,
    pub groups: BTreeMap<String, i64>,
    pub people: BTreeMap<String, i64>,
    pub sentiments: BTreeMap<&'static str, i64>,
    pub first: Mean,
    pub second: Mean,
    pub rating: Mean,
    pub ratings_by_department: BTreeMap<String, Mean>,
    pub ratings_by_person: BTreeMap<(String, i64), Mean>,
    /// How often, and for how many minutes, each person (name and number) did what.
    pub grid: BTreeMap<(String, i64), BTreeMap<String, (i64, i64)>>,
}

impl Tally {
    /// Counts what belongs together.
    pub fn add(&mut self, fact: Fact) {
        self.total += fact.count;
        *self.days.entry(fact.day).or_default() += fact.count;
        *self.people.entry(fact.person.0.clone()).or_default() += fact.count;
        if let Some(sentiment) = fact.sentiment {
            *self.sentiments.entry(sentiment.word()).or_default() += fact.count;
        }
        self.first.add(fact.lengths[0]);
        self.second.add(fact.lengths[1]);
        self.rating.add(fact.rating);
        if fact.rating.of > 0 {
            self.ratings_by_department.entry(fact.department).or_default().add(fact.rating);
            self.ratings_by_person.entry(fact.person.clone()).or_default().add(fact.rating);
        }
        let place = self.grid.entry(fact.person).or_default().entry(fact.group.clone()).or_default();
        place.0 += fact.count;
        place.1 += fact.lengths[0].sum;
        *self.groups.entry(fact.group).or_default() += fact.count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::agents::Role;
    use crate::team::agents::{Presence, Theme};

    fn lead() -> Agent {
        Agent {
            id: AgentId(1),
            name: "Lia".to_owned(),
            email: String::new(),
            role: Role::Lead,
            language: Language::Portuguese,
            theme: Theme::Auto,
            sounds: false,
            enter_sends: true,
            presence: Presence::Online,
            departments: vec![DepartmentId(1)],
            automatic: Vec::new(),
        }
    }

    #[test]
    fn a_period_is_whole_days_of_the_company() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let now = zone.moment("2026-11-23T16:00").expect("a moment");
        let parse = |fields: &[(&str, &str)]| {
            let form = fields.iter().fold(Form::default(), |form, (name, value)| form.with(name, *value));
            ReportFilter::parse(&form, &lead(), &[DepartmentId(1), DepartmentId(2)], &zone, now)
        };
        let shown = |filter: ReportFilter| (zone.local(filter.from), zone.local(filter.to));
        let week = parse(&[]).expect("a filter");
        assert_eq!(week.departments, [DepartmentId(1)], "not the other department");
        assert_eq!(shown(week), ("2026-11-17T00:00".to_owned(), "2026-11-24T00:00".to_owned()));
        let custom = parse(&[("period", "custom"), ("from", "2026-02-01"), ("to", "2026-02-28")]).expect("a filter");
        assert_eq!(custom.days(&zone).len(), 28);
        assert_eq!(shown(custom), ("2026-02-01T00:00".to_owned(), "2026-03-01T00:00".to_owned()));
        for (from, to) in [("2026-02-02", "2026-02-01"), ("", ""), ("2010-01-01", "2026-01-01"), ("x", "y")] {
            assert!(parse(&[("period", "custom"), ("from", from), ("to", to)]).is_err(), "{from} {to}");
        }
    }

    #[test]
    fn means_have_one_digit() {
        assert_eq!(Mean { sum: 13, of: 3 }.shown(Language::Portuguese), "4,3");
        assert_eq!(Mean::default().shown(Language::English), "–");
    }
}
