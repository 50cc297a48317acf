//! Labels of contacts: kept apart from the tags of conversations; made by being written.

pub mod sql;
pub mod view;

use std::collections::BTreeMap;

use crate::platform::time::Timestamp;
use crate::platform::ui::colour::Colour;
use crate::platform::web::form::name_fault;
use crate::team::agents::AgentId;

crate::ids! {
    /// A label.
    LabelId,
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 40;

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub id: LabelId,
    pub name: String,
    pub colour: Colour,
}

/// The labels of a contact, each with who put it there and when.
pub type Labellings = BTreeMap<LabelId, (AgentId, Timestamp)>;

/// A name as it is stored: on one line, None for anything else.
pub fn name(typed: &str) -> Option<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = name_fault(&name, LONGEST_NAME).is_none() && !name.chars().any(char::is_control);
    fits.then_some(name)
}

/// The colour that a name brings along: the same name has the same in every installation.
pub fn colour(name: &str) -> Colour {
    let sum: usize = crate::platform::text::folding::fold(name).bytes().map(usize::from).sum();
    Colour::ALL[sum % Colour::ALL.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_and_bring_their_colour() {
        assert_eq!(name("  VIP\n  ouro ").as_deref(), Some("VIP ouro"));
        for bad in ["", " \n", &"x".repeat(41), "a\u{7}b"] {
            assert_eq!(name(bad), None, "{bad:?}");
        }
        assert_eq!(colour("Inadimplente"), colour("inadimplente"));
    }
}
