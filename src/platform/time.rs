//! Moments and clocks; the only file that names the calendar crates.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeZone as _;
use jiff::tz::TimeZone;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};

use crate::platform::text::Language;

/// The zone of an installation that has not chosen one.
pub const DEFAULT_ZONE: &str = "America/Sao_Paulo";

/// The zones that most installations choose.
const BRAZIL: [&str; 6] =
    [DEFAULT_ZONE, "America/Bahia", "America/Fortaleza", "America/Manaus", "America/Rio_Branco", "America/Noronha"];

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Timestamp(pub i64);

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// This moment and so many milliseconds.
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds since `earlier`; negative where that is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// Where "now" comes from: the system, or a test's hand.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Fake(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still until it is set.
    pub fn fake(start: Timestamp) -> Self {
        Self::Fake(Arc::new(AtomicI64::new(start.0)))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp(jiff::Timestamp::now().as_millisecond()),
            Self::Fake(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fake clock on; the system's clock stays as it is.
    pub fn advance(&self, milliseconds: i64) {
        if let Self::Fake(at) = self {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

/// An installation's time zone, looked up once.
#[derive(Clone, Debug)]
pub struct Zone {
    zone: TimeZone,
    name: String,
}

impl Zone {
    /// A zone of the IANA database by its name; None where there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(|zone| Self { zone, name: name.to_owned() })
    }

    /// The zone by name, or UTC for a name that the database no longer knows.
    pub fn named_or_utc(name: &str) -> Self {
        Self::named(name).unwrap_or(Self { zone: TimeZone::UTC, name: "UTC".to_owned() })
    }

    /// The names to choose from: Brazil's first, then the world's.
    pub fn names() -> Vec<String> {
        let places =
            ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
        let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let mut names: Vec<String> = BRAZIL.iter().map(|name| (*name).to_owned()).collect();
        let mut world: Vec<String> = known
            .into_iter()
            .filter(|name| name.split_once('/').is_some_and(|(place, _)| places.contains(&place)))
            .filter(|name| !BRAZIL.contains(&name.as_str()))
            .collect();
        world.sort();
        names.extend(world);
        names.push("UTC".to_owned());
        names
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn civil(&self, at: Timestamp) -> jiff::Zoned {
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        moment.to_zoned(self.zone.clone())
    }

    /// The civil day as a number, e.g. 20261122.
    pub fn day(&self, at: Timestamp) -> i64 {
        let civil = self.civil(at);
        i64::from(civil.year()) * 10_000 + i64::from(civil.month()) * 100 + i64::from(civil.day())
    }

    /// The day of the week, 0 for Monday to 6 for Sunday, and the minute of the day.
    pub fn week(&self, at: Timestamp) -> (usize, i64) {
        let civil = self.civil(at);
        let weekday = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap_or(0);
        (weekday, i64::from(civil.hour()) * 60 + i64::from(civil.minute()))
    }

    /// The same civil time so many months earlier; the last day of a month that is shorter.
    pub fn months_before(&self, at: Timestamp, months: i64) -> Timestamp {
        let earlier = self.civil(at).checked_sub(jiff::Span::new().months(months.clamp(0, 1200)));
        earlier.map_or(Timestamp(0), |civil| Timestamp(civil.timestamp().as_millisecond()))
    }

    /// Hour of the day, 0–23.
    pub fn hour(&self, at: Timestamp) -> i8 {
        self.civil(at).hour()
    }

    /// The moment of a civil time as browsers write it, e.g. `2026-11-23T14:30`; None for anything else. A time that the
    /// clocks skip is the moment after the gap.
    pub fn moment(&self, local: &str) -> Option<Timestamp> {
        let civil: jiff::civil::DateTime = local.parse().ok()?;
        let moment = civil.to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp(moment.timestamp().as_millisecond()))
    }

    /// The civil time as browsers write it: `2026-11-23T14:30`.
    pub fn local(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        let (year, month, day) = (civil.year(), civil.month(), civil.day());
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", civil.hour(), civil.minute())
    }

    /// `21:04`.
    pub fn clock(&self, at: Timestamp) -> String {
        let civil = self.civil(at);
        format!("{:02}:{:02}", civil.hour(), civil.minute())
    }

    /// `22/11/2026` or `2026-11-22`.
    pub fn date(&self, at: Timestamp, language: Language) -> String {
        date(&self.civil(at), language)
    }

    /// Date and time to the second, for a hover.
    pub fn full(&self, at: Timestamp, language: Language) -> String {
        let civil = self.civil(at);
        let day = date(&civil, language);
        format!("{day} {:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())
    }
}

/// Written out by hand: a page of messages formats hundreds of times, and a pattern would be read each time.
fn date(civil: &jiff::Zoned, language: Language) -> String {
    let (year, month, day) = (civil.year(), civil.month(), civil.day());
    match language {
        Language::Portuguese => format!("{day:02}/{month:02}/{year:04}"),
        Language::English => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// A calendar line of seven fields, seconds first (crate `cron`), read in UTC unless a zone is given.
#[derive(Clone, Debug)]
pub struct CronLine(cron::Schedule);

impl CronLine {
    /// Reads a line such as `0 */5 * * * * *`.
    pub fn parse(line: &str) -> Option<Self> {
        cron::Schedule::from_str(line).ok().map(Self)
    }

    /// The latest slot after `last` and not after `now`, in the civil time of `zone`: missed slots become one.
    ///
    /// Walks from a short time before `now` so that a year of missed slots costs nothing; a slot that a clock
    /// change doubles or puts into the past is dropped by the comparison with `last`.
    pub fn due(&self, last: Timestamp, now: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let mut from = last.0.max(now.0 - 400 * DAY);
        let mut found = None;
        for reach in [HOUR, DAY, 40 * DAY, 400 * DAY] {
            if now.0 - reach > from {
                if let Some(slot) = self.slots(Timestamp(now.0 - reach), now, zone).last() {
                    return (slot > last).then_some(slot);
                }
                continue;
            }
            found = self.slots(Timestamp(from), now, zone).last();
            from = i64::MAX;
            break;
        }
        if from != i64::MAX {
            found = self.slots(Timestamp(from), now, zone).last();
        }
        found.filter(|slot| *slot > last)
    }

    /// Slots in `(from, until]`, oldest first. The schedule is walked in civil time with a fixed offset (UTC's), and each
    /// slot is then placed into the zone: a civil time that a change skips moves on, one that it doubles is taken once.
    fn slots<'a>(&'a self, from: Timestamp, until: Timestamp, zone: &'a Zone) -> impl Iterator<Item = Timestamp> + 'a {
        let civil_from = zone.as_if_utc(from).plus(-2 * HOUR);
        let start = chrono::Utc.timestamp_millis_opt(civil_from.0).single().unwrap_or_default();
        self.0
            .after(&start)
            .map(move |slot| zone.place(Timestamp(slot.timestamp_millis())))
            .skip_while(move |slot| *slot <= from)
            .take_while(move |slot| *slot <= until)
    }
}

impl Zone {
    /// The civil time of a moment, written as if it were UTC.
    fn as_if_utc(&self, at: Timestamp) -> Timestamp {
        let offset = self.civil(at).offset().seconds();
        at.plus(i64::from(offset) * SECOND)
    }

    /// The moment of a civil time that was written as if it were UTC; a gap moves on, a fold takes the first.
    fn place(&self, civil: Timestamp) -> Timestamp {
        let written = jiff::Timestamp::from_millisecond(civil.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let civil_time = written.to_zoned(TimeZone::UTC).datetime();
        self.zone
            .to_ambiguous_zoned(civil_time)
            .compatible()
            .map_or(civil, |zoned| Timestamp(zoned.timestamp().as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().expect("a time").as_millisecond())
    }

    #[test]
    fn a_missed_week_runs_once_and_a_clock_set_back_runs_nothing_twice() {
        let line = CronLine::parse("0 0 3 * * * *").expect("a line");
        let zone = Zone::named(DEFAULT_ZONE).expect("the zone");
        let last = at("2026-11-01T06:00:00Z");
        assert_eq!(line.due(last, at("2026-11-08T12:00:00Z"), &zone), Some(at("2026-11-08T06:00:00Z")));
        assert_eq!(line.due(at("2026-11-08T06:00:00Z"), at("2026-11-08T05:00:00Z"), &zone), None);
        assert_eq!(line.due(at("2026-11-08T06:00:00Z"), at("2026-11-08T06:00:01Z"), &zone), None);
    }

    #[test]
    fn daylight_saving_neither_skips_nor_doubles_a_slot() {
        // Lisbon 2026: 01:00 to 02:00 on 29 March does not exist; 01:00 to 02:00 on 25 October happens twice.
        let zone = Zone::named("Europe/Lisbon").expect("the zone");
        let line = CronLine::parse("0 30 1 * * * *").expect("a line");
        let run = |from: &str, until: &str| line.slots(at(from), at(until), &zone).count();
        assert_eq!(run("2026-03-28T02:00:00Z", "2026-03-29T12:00:00Z"), 1);
        assert_eq!(run("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), 1);
        let slot = line.due(at("2026-10-24T12:00:00Z"), at("2026-10-25T00:45:00Z"), &zone).expect("the first 01:30");
        assert_eq!(line.due(slot, at("2026-10-25T02:00:00Z"), &zone), None);
    }

    #[test]
    fn minutes_are_found_close_to_now() {
        let line = CronLine::parse("0 * * * * * *").expect("a line");
        let zone = Zone::named_or_utc("UTC");
        assert_eq!(line.due(Timestamp(0), at("2026-11-08T12:00:30Z"), &zone), Some(at("2026-11-08T12:00:00Z")));
    }

    #[test]
    fn months_are_counted_back_by_the_calendar() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let at = zone.moment("2026-03-31T12:00").expect("a time");
        assert_eq!(zone.local(zone.months_before(at, 1)), "2026-02-28T12:00");
        assert_eq!(zone.local(zone.months_before(at, 24)), "2024-03-31T12:00");
        assert_eq!(zone.months_before(at, 0), at);
    }

    #[test]
    fn times_are_shown_in_the_zone() {
        let zone = Zone::named(DEFAULT_ZONE).expect("the zone");
        let moment = at("2026-11-23T02:04:05Z");
        assert_eq!(zone.day(moment), 20_261_122);
        assert_eq!(zone.clock(moment), "23:04");
        assert_eq!(zone.full(moment, Language::Portuguese), "22/11/2026 23:04:05");
    }
}
