//! What of the tickets is shown: the board's and the list's filter.

use super::Priority;
use crate::platform::text::folding;
use crate::platform::web::form::{Form, encode};
use crate::team::agents::{Agent, AgentId};
use crate::team::departments::DepartmentId;

crate::words! {
    /// Whether closed tickets are shown in a list.
    TicketStanding { Open = "open", Closed = "closed", All = "all" }
}

/// Whose tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TicketHolder {
    #[default]
    Anybody,
    Nobody,
    Person(AgentId),
}

/// The filter of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketFilter {
    /// None for every department that the reader may see, and what is the reader's own elsewhere.
    pub department: Option<DepartmentId>,
    pub whose: TicketHolder,
    pub priority: Option<Priority>,
    pub overdue: bool,
    pub standing: TicketStanding,
    /// Words that must all stand in title or text, in lower case without accents.
    pub words: Vec<String>,
}

impl TicketFilter {
    /// Reads the query; what it does not know is no filter.
    pub fn parse(form: &Form, agent: &Agent) -> Self {
        let whose = match form.text("whose") {
            "me" => TicketHolder::Person(agent.id),
            "none" => TicketHolder::Nobody,
            other => other.parse().map_or(TicketHolder::Anybody, |id| TicketHolder::Person(AgentId(id))),
        };
        Self {
            department: form.number("department").map(DepartmentId),
            whose,
            priority: Priority::from_word(form.text("priority")),
            overdue: form.has("overdue"),
            standing: TicketStanding::from_word(form.text("standing")).unwrap_or(TicketStanding::Open),
            words: form.trimmed("q").split_whitespace().take(8).map(folding::fold).collect(),
        }
    }

    /// Whether anything beside the department narrows it.
    pub fn narrows(&self) -> bool {
        self.whose != TicketHolder::Anybody || self.priority.is_some() || self.overdue || !self.words.is_empty()
    }
}

/// The filter as a query, for the links of a page: those fields of a form that say anything.
pub fn query(form: &Form, changed: &[(&str, &str)]) -> String {
    let fields = ["department", "view", "whose", "priority", "overdue", "standing", "q"];
    let value = |name: &str| changed.iter().find(|(key, _)| *key == name).map_or(form.text(name), |(_, value)| value);
    let pairs = fields.iter().filter(|name| !value(name).is_empty());
    pairs.map(|name| format!("{name}={}", encode(value(name)))).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_the_filter_along() {
        let form = Form::default().with("department", "3").with("q", "nota fiscal").with("overdue", "1").with("x", "y");
        assert_eq!(query(&form, &[("view", "list")]), "department=3&view=list&overdue=1&q=nota%20fiscal");
        assert_eq!(query(&form, &[("q", ""), ("department", "4"), ("overdue", "")]), "department=4");
    }
}
