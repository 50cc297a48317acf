//! How conversations move through a department: who gets them, how long a transfer waits, how they end.

use crate::desk::placeholders;
use crate::platform::text::flow as t;
use crate::platform::time::{HOUR, MINUTE};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::AssignmentMode;

/// The rules of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pub assignment: AssignmentMode,
    /// Open conversations that one person holds at most before others are handed out to them.
    pub cap: i64,
    /// Milliseconds within which a person accepts a transfer.
    pub transfer_limit: i64,
    /// What the closing form offers to send, with variables.
    pub farewell: String,
    pub asks_rating: bool,
    /// Milliseconds within which a case should be over; 0 for no goal.
    pub handling_goal: i64,
    /// Milliseconds after a closing in which the contact's words reopen the case; None for the channel's.
    pub reopen_window: Option<i64>,
}

impl Flow {
    /// Reads the form; the limit is in minutes there, goal and window in hours.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let assignment = AssignmentMode::from_word(form.text("assignment")).unwrap_or(AssignmentMode::Manual);
        let cap = form.number("cap").filter(|cap| (1..=1000).contains(cap));
        if cap.is_none() {
            problems.add("cap", t::BAD_CAP);
        }
        let minutes = form.number("transfer_limit").filter(|minutes| (1..=10_080).contains(minutes));
        if minutes.is_none() {
            problems.add("transfer_limit", t::BAD_LIMIT);
        }
        let farewell = form.trimmed("farewell").to_owned();
        if let Some(fault) = placeholders::fault(&farewell) {
            problems.add("farewell", fault);
        }
        let hours = |name: &str, most: i64| match form.trimmed(name) {
            "" => Ok(None),
            typed => typed.parse().ok().filter(|hours| (0..=most).contains(hours)).map(Some).ok_or(t::BAD_HOURS),
        };
        let (goal, window) = (hours("handling_goal", 720), hours("reopen_window", 720));
        for (name, found) in [("handling_goal", &goal), ("reopen_window", &window)] {
            if let Err(fault) = found {
                problems.add(name, *fault);
            }
        }
        problems.none_or(Self {
            handling_goal: goal.ok().flatten().unwrap_or(0) * HOUR,
            reopen_window: window.ok().flatten().map(|hours: i64| hours * HOUR),
            assignment,
            cap: cap.unwrap_or(1),
            transfer_limit: minutes.unwrap_or(1) * MINUTE,
            farewell,
            asks_rating: form.has("asks_rating"),
        })
    }

    /// The form with these rules in it.
    pub fn form(&self) -> Form {
        let form = Form::default()
            .with("assignment", self.assignment.word())
            .with("cap", self.cap.to_string())
            .with("transfer_limit", (self.transfer_limit / MINUTE).to_string())
            .with("farewell", self.farewell.as_str())
            .with(
                "handling_goal",
                if self.handling_goal == 0 { String::new() } else { (self.handling_goal / HOUR).to_string() },
            )
            .with("reopen_window", self.reopen_window.map(|window| (window / HOUR).to_string()).unwrap_or_default());
        if self.asks_rating { form.with("asks_rating", "1") } else { form }
    }
}
