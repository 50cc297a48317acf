//! The form of a department's rules.

use crate::desk::placeholders;
use crate::platform::text::flow as t;
use crate::platform::time::{HOUR, MINUTE};
use crate::platform::web::form::{Form, Problems};
use crate::team::departments::AssignmentMode;
use crate::team::departments::flow::Flow;

/// Reads the form; the limit is in minutes there, goal and window in hours.
pub fn parse(form: &Form) -> Result<Flow, Problems> {
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
    problems.none_or(Flow {
        handling_goal: goal.ok().flatten().unwrap_or(0) * HOUR,
        reopen_window: window.ok().flatten().map(|hours: i64| hours * HOUR),
        assignment,
        cap: cap.unwrap_or(1),
        transfer_limit: minutes.unwrap_or(1) * MINUTE,
        farewell,
        asks_rating: form.has("asks_rating"),
    })
}
