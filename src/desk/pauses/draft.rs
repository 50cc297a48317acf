//! A pause as its form has it.

use super::ReasonId;
use crate::desk::messages::LONGEST;
use crate::platform::text::{Phrase, common, pauses as t};
use crate::platform::time::{DAY, MINUTE, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};

crate::words! {
    /// The times of return that are one click away.
    QuickChoice { Ten = "10", Fifteen = "15", Thirty = "30", Hour = "60", Tomorrow = "tomorrow", Free = "free" }
}

impl QuickChoice {
    /// In words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Ten => t::QUICK_10,
            Self::Fifteen => t::QUICK_15,
            Self::Thirty => t::QUICK_30,
            Self::Hour => t::QUICK_60,
            Self::Tomorrow => t::QUICK_TOMORROW,
            Self::Free => t::QUICK_FREE,
        }
    }

    /// The one that comes nearest to a reason's proposed length.
    pub fn nearest(minutes: i64) -> Self {
        match minutes {
            ..13 => Self::Ten,
            13..23 => Self::Fifteen,
            23..45 => Self::Thirty,
            45..240 => Self::Hour,
            _ => Self::Tomorrow,
        }
    }

    /// When that is; None for a time of one's own.
    pub fn moment(self, zone: &Zone, now: Timestamp) -> Option<Timestamp> {
        let minutes = match self {
            Self::Ten => 10,
            Self::Fifteen => 15,
            Self::Thirty => 30,
            Self::Hour => 60,
            Self::Tomorrow => {
                let tomorrow = zone.local(now.plus(DAY));
                return zone.moment(&format!("{}T09:00", tomorrow.split('T').next().unwrap_or("")));
            }
            Self::Free => return None,
        };
        Some(now.plus(minutes * MINUTE))
    }
}

/// What an agent asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseForm {
    pub reason: ReasonId,
    pub returns_at: Timestamp,
    /// Said to the contact now, with placeholders; empty for nothing.
    pub message: String,
}

impl PauseForm {
    /// Reads the form: `reason`, `quick`, `returns_at` (for a time of one's own), `message`.
    pub fn parse(form: &Form, zone: &Zone, now: Timestamp) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let reason = form.number("reason").map(ReasonId);
        if reason.is_none() {
            problems.add("reason", t::REASON_NEEDED);
        }
        let quick = QuickChoice::from_word(form.text("quick")).unwrap_or(QuickChoice::Free);
        let returns_at = quick.moment(zone, now).or_else(|| zone.moment(form.trimmed("returns_at")));
        match returns_at {
            Some(at) if at > now && at <= now.plus(30 * DAY) => {}
            _ => problems.add("returns_at", t::BAD_RETURN),
        }
        let message = form.trimmed("message").to_owned();
        if message.chars().count() > LONGEST {
            problems.add("message", common::TOO_LONG);
        }
        problems.none_or(Self { reason: reason.unwrap_or(ReasonId(0)), returns_at: returns_at.unwrap_or(now), message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_lies_ahead_and_within_a_month() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let now = zone.moment("2026-11-23T16:00").expect("a moment");
        let parse = |quick: &str, free: &str| {
            let form = Form::default().with("reason", "1").with("quick", quick).with("returns_at", free);
            PauseForm::parse(&form, &zone, now)
                .map(|draft| zone.local(draft.returns_at))
                .map_err(|problems| problems.is_empty())
        };
        assert_eq!(parse("30", ""), Ok("2026-11-23T16:30".to_owned()));
        assert_eq!(parse("tomorrow", ""), Ok("2026-11-24T09:00".to_owned()));
        assert_eq!(parse("free", "2026-11-25T08:00"), Ok("2026-11-25T08:00".to_owned()));
        for wrong in ["", "2026-11-23T16:00", "2027-01-23T16:00", "já"] {
            assert_eq!(parse("free", wrong), Err(false), "{wrong}");
        }
    }
}
