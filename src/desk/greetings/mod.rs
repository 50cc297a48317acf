//! How a department receives: its hours, and what the bot says when a conversation opens, waits or falls silent.

pub mod acts;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::placeholders;
use crate::platform::text::{Phrase, greetings as t};
use crate::platform::time::{DAY, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};

/// The days of the week as the form and the rows have them, Monday first.
pub const DAYS: [(&str, Phrase); 7] = [
    ("monday", t::MONDAY),
    ("tuesday", t::TUESDAY),
    ("wednesday", t::WEDNESDAY),
    ("thursday", t::THURSDAY),
    ("friday", t::FRIDAY),
    ("saturday", t::SATURDAY),
    ("sunday", t::SUNDAY),
];

/// Opening hours: spans of minutes of each day, Monday first. A week without any is always open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week([Vec<(i64, i64)>; 7]);

/// `08:00-12:00 13:30-18:00` as minutes; None where it is anything else, or out of order.
fn spans(text: &str) -> Option<Vec<(i64, i64)>> {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..60).contains(&minute) && (0..24).contains(&hour) || (hour, minute) == (24, 0))
            .then_some(hour * 60 + minute)
    };
    let mut found: Vec<(i64, i64)> = Vec::new();
    for part in text.split([' ', ',']).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-')?;
        let (from, to) = (minute(from)?, minute(to)?);
        if from >= to || found.last().is_some_and(|(_, before)| from < *before) {
            return None;
        }
        found.push((from, to));
    }
    Some(found)
}

impl Week {
    /// From seven lines; None where one is anything but spans.
    pub fn read(text: &str) -> Option<Self> {
        let mut week = Self::default();
        for (day, line) in week.0.iter_mut().zip(text.split('\n')) {
            *day = spans(line)?;
        }
        Some(week)
    }

    /// One day as it is typed.
    pub fn day(&self, day: usize) -> String {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        let spans = self.0.get(day).map_or(&[][..], Vec::as_slice);
        spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect::<Vec<_>>().join(" ")
    }

    /// Seven lines.
    pub fn store(&self) -> String {
        (0..7).map(|day| self.day(day)).collect::<Vec<_>>().join("\n")
    }

    fn is_always(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Whether it is open; on a holiday it is not, unless it always is.
    pub fn is_open(&self, zone: &Zone, holidays: &[i64], at: Timestamp) -> bool {
        let (day, minute) = zone.week(at);
        self.is_always()
            || (!holidays.contains(&zone.day(at))
                && self.0.get(day).is_some_and(|spans| spans.iter().any(|(from, to)| (*from..*to).contains(&minute))))
    }

    /// When it opens next, within two months; None where it is open, or never opens.
    pub fn opens_at(&self, zone: &Zone, holidays: &[i64], at: Timestamp) -> Option<Timestamp> {
        if self.is_open(zone, holidays, at) {
            return None;
        }
        (0..60).find_map(|ahead| {
            // Noon stays in its day where clocks change.
            let today = zone.local(at);
            let noon = zone.moment(&format!("{}T12:00", today.split('T').next()?))?.plus(ahead * DAY);
            if holidays.contains(&zone.day(noon)) {
                return None;
            }
            let local = zone.local(noon);
            let date = local.split('T').next()?;
            let opening = self
                .0
                .get(zone.week(noon).0)?
                .iter()
                .map(|(from, _)| zone.moment(&format!("{date}T{:02}:{:02}", from / 60, from % 60)));
            opening.flatten().find(|opens| *opens > at)
        })
    }
}

/// How a department receives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Greeting {
    pub week: Week,
    pub welcome: String,
    pub closed: String,
    pub waiting: String,
    /// Minutes; 0 for never, as the next two.
    pub waiting_minutes: i64,
    pub idle_warning: String,
    pub idle_warning_minutes: i64,
    pub idle_close_minutes: i64,
}

impl Greeting {
    /// Reads the form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut week = Week::default();
        for (day, (field, _)) in week.0.iter_mut().zip(DAYS) {
            match spans(form.trimmed(field)) {
                Some(found) => *day = found,
                None => problems.add(field, t::BAD_HOURS),
            }
        }
        let mut text = |field: &'static str| {
            let text = form.trimmed(field).to_owned();
            if let Some(fault) = placeholders::fault(&text) {
                problems.add(field, fault);
            }
            text
        };
        let (welcome, closed) = (text("welcome"), text("closed"));
        let (waiting, idle_warning) = (text("waiting"), text("idle_warning"));
        let mut number = |field: &'static str, most: i64, wrong| {
            let found = form.number(field).filter(|minutes| (0..=most).contains(minutes));
            if found.is_none() {
                problems.add(field, wrong);
            }
            found.unwrap_or(0)
        };
        let waiting_minutes = number("waiting_minutes", 1440, t::BAD_WAITING);
        let idle_warning_minutes = number("idle_warning_minutes", 43_200, t::BAD_IDLE);
        let idle_close_minutes = number("idle_close_minutes", 43_200, t::BAD_IDLE);
        if idle_close_minutes > 0 && idle_close_minutes <= idle_warning_minutes {
            problems.add("idle_close_minutes", t::CLOSE_AFTER_WARNING);
        }
        problems.none_or(Self {
            week,
            welcome,
            closed,
            waiting,
            waiting_minutes,
            idle_warning,
            idle_warning_minutes,
            idle_close_minutes,
        })
    }

    /// The form with all of it.
    pub fn form(&self) -> Form {
        let form = Form::default()
            .with("welcome", self.welcome.as_str())
            .with("closed", self.closed.as_str())
            .with("waiting", self.waiting.as_str())
            .with("waiting_minutes", self.waiting_minutes.to_string())
            .with("idle_warning", self.idle_warning.as_str())
            .with("idle_warning_minutes", self.idle_warning_minutes.to_string())
            .with("idle_close_minutes", self.idle_close_minutes.to_string());
        DAYS.iter().zip(0..).fold(form, |form, ((field, _), day)| form.with(field, self.week.day(day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> Zone {
        Zone::named_or_utc("America/Sao_Paulo")
    }

    fn at(local: &str) -> Timestamp {
        zone().moment(local).expect("a moment")
    }

    /// Weekdays 8 to 12 and 13:30 to 18, Saturday 9 to 13.
    fn week() -> Week {
        let day = "08:00-12:00 13:30-18:00";
        Week::read(&format!("{day}\n{day}\n{day}\n{day}\n{day}\n09:00-13:00\n")).expect("spans")
    }

    #[test]
    fn hours_are_read_back_as_they_were_typed() {
        assert_eq!(week().day(0), "08:00-12:00 13:30-18:00");
        assert_eq!(Week::read(&week().store()), Some(week()));
        assert_eq!(Week::read("08:00-12:00\nfrom nine"), None, "never a week without that day");
        for wrong in ["8", "08:00-", "12:00-08:00", "08:00-12:00 11:00-13:00", "25:00-26:00", "08:60-09:00"] {
            assert_eq!(spans(wrong), None, "{wrong}");
        }
        assert_eq!(spans("00:00-24:00"), Some(vec![(0, 1440)]));
    }

    #[test]
    fn a_desk_is_open_in_its_hours_and_says_when_it_opens_next() {
        let open = |local| week().is_open(&zone(), &[20_261_225], at(local));
        // 2026-11-23 is a Monday.
        assert!(open("2026-11-23T08:00") && open("2026-11-28T12:59"));
        assert!(!open("2026-11-23T12:00") && !open("2026-11-23T18:00") && !open("2026-11-29T10:00"));
        assert!(!open("2026-12-25T10:00"), "a holiday");
        assert!(Week::default().is_open(&zone(), &[20_261_225], at("2026-12-25T03:00")), "always open");
        let opens = |local| week().opens_at(&zone(), &[20_261_225], at(local)).map(|at| zone().local(at));
        assert_eq!(opens("2026-11-23T12:10").as_deref(), Some("2026-11-23T13:30"));
        assert_eq!(opens("2026-11-28T14:00").as_deref(), Some("2026-11-30T08:00"), "over a Sunday");
        assert_eq!(opens("2026-12-24T19:00").as_deref(), Some("2026-12-26T09:00"), "over Christmas");
        assert_eq!(opens("2026-11-23T09:00"), None);
    }
}
