//! Occurrences: what happened inside an open conversation, recorded without closing it.

pub mod sql;
pub mod view;
pub mod web;

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::{DispositionId, Sentiment};
use crate::platform::text::{common, dispositions as d, occurrences as t};
use crate::platform::time::{DAY, MINUTE, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::AgentId;
use crate::team::channels::ChannelId;
use crate::team::departments::DepartmentId;

crate::ids! {
    /// One occurrence.
    OccurrenceId,
}

/// The longest text, in characters.
pub const LONGEST: usize = 20_000;

/// An occurrence as the form has it.
#[derive(Clone, Debug, PartialEq)]
pub struct OccurrenceForm {
    pub disposition: Option<DispositionId>,
    pub body: String,
    pub happened_at: Timestamp,
}

impl OccurrenceForm {
    /// Reads the form; without a time it happened now. A disposition is needed where the department has any.
    pub fn parse(form: &Form, needed: bool, zone: &Zone, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let disposition = form.number("disposition").map(DispositionId);
        if needed && disposition.is_none() {
            problems.add("disposition", d::NEEDED);
        }
        let body = form.trimmed("body").to_owned();
        match body.chars().count() {
            0 => problems.add("body", common::REQUIRED),
            1..=LONGEST => {}
            _ => problems.add("body", common::TOO_LONG),
        }
        let typed = form.trimmed("happened_at");
        let happened_at = if typed.is_empty() { Some(now) } else { zone.moment(typed) };
        match happened_at {
            None => problems.add("happened_at", t::BAD_TIME),
            Some(at) if at > now.plus(MINUTE) => problems.add("happened_at", t::IN_THE_FUTURE),
            Some(at) if at < now.plus(-3660 * DAY) => problems.add("happened_at", t::BAD_TIME),
            Some(_) => {}
        }
        problems.none_or(Self { disposition, body, happened_at: happened_at.unwrap_or(now) })
    }
}

/// A whole row, as it is written.
pub struct NewOccurrence<'a> {
    pub conversation: ConversationId,
    pub department: DepartmentId,
    pub channel: ChannelId,
    pub agent: AgentId,
    pub disposition: Option<DispositionId>,
    pub path: &'a str,
    pub sentiment: Sentiment,
    pub body: &'a str,
    pub happened_at: Timestamp,
    pub corrects: Option<OccurrenceId>,
    pub now: Timestamp,
}

/// One that was recorded, as its correction begins with it.
#[derive(Clone, Debug)]
pub struct OccurrenceRecord {
    pub conversation: ConversationId,
    pub disposition: Option<DispositionId>,
    pub body: String,
    pub happened_at: Timestamp,
    /// Whether a correction stands in its place already.
    pub corrected: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_be_left_out_but_not_lie_ahead() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let now = zone.moment("2026-11-23T12:00").expect("a moment");
        let parse = |happened: &str| {
            let form = Form::default().with("body", "ligou").with("disposition", "2").with("happened_at", happened);
            OccurrenceForm::parse(&form, true, &zone, now).map(|draft| draft.happened_at)
        };
        assert_eq!(parse(""), Ok(now));
        assert_eq!(parse("2026-11-23T11:30"), Ok(now.plus(-30 * MINUTE)));
        assert_eq!(parse("2026-11-23T12:02"), Err(Problems::one("happened_at", t::IN_THE_FUTURE)));
        for wrong in ["ontem", "1900-01-01T00:00", "2026-13-01T00:00"] {
            assert_eq!(parse(wrong), Err(Problems::one("happened_at", t::BAD_TIME)), "{wrong}");
        }
    }

    #[test]
    fn text_and_reason_are_needed() {
        let zone = Zone::named_or_utc("UTC");
        let empty = OccurrenceForm::parse(&Form::default(), true, &zone, Timestamp(0)).expect_err("faults");
        assert!(empty.of("body").is_some() && empty.of("disposition").is_some());
        let long = Form::default().with("body", "é".repeat(LONGEST + 1));
        assert!(OccurrenceForm::parse(&long, false, &zone, Timestamp(0)).is_err());
    }
}
