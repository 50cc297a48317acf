//! How conversations move through a department: who gets them, how long a transfer waits, how they end.

use crate::platform::time::{HOUR, MINUTE};
use crate::platform::web::form::Form;
use crate::team::departments::AssignmentMode;

/// The rules of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pub assignment: AssignmentMode,
    /// Open conversations that one person holds at most before others are handed out to them.
    pub cap: i64,
    /// Milliseconds within which a person accepts a transfer.
    pub transfer_limit: i64,
    /// What the closing form offers to send, with placeholders.
    pub farewell: String,
    pub asks_rating: bool,
    /// Milliseconds within which a case should be over; 0 for no goal.
    pub handling_goal: i64,
    /// Milliseconds after a closing in which the contact's words reopen the case; None for the channel's.
    pub reopen_window: Option<i64>,
}

impl Flow {
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
