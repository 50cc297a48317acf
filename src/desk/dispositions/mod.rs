//! Dispositions: the catalogue of reasons, category → group → reason.

pub mod sql;
pub mod sql_tree;
pub mod view;
pub mod view_tree;
pub mod web;

use crate::platform::text::{Phrase, dispositions as t};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::audience::Audience;

crate::ids! {
    /// A node of the catalogue.
    DispositionId,
}

crate::words! {
    /// How the contact fared.
    Sentiment { Negative = "negative", Neutral = "neutral", Positive = "positive" }
}

impl Sentiment {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Negative => t::NEGATIVE,
            Self::Neutral => t::NEUTRAL,
            Self::Positive => t::POSITIVE,
        }
    }
}

crate::words! {
    /// What a category is for.
    Use { Conversation = "conversation", Occurrence = "occurrence", Ticket = "ticket" }
}

impl Use {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Conversation => t::FOR_CONVERSATION,
            Self::Occurrence => t::FOR_OCCURRENCE,
            Self::Ticket => t::FOR_TICKET,
        }
    }
}

/// A reason that can be chosen, with its path from the category down.
#[derive(Clone, Debug, PartialEq)]
pub struct Disposition {
    pub id: DispositionId,
    /// `Entrega › Atraso › Transportadora`.
    pub path: String,
    pub sentiment: Sentiment,
}

/// Stands between the parts of a path.
pub const ARROW: &str = " › ";
/// Category, group, reason.
pub const DEPTH: usize = 3;

/// Letters that the name of a node has at most.
pub const LONGEST_NAME: usize = 200;

/// A node as the settings show it.
#[derive(Clone, Debug)]
pub struct Node {
    pub id: DispositionId,
    pub parent: Option<DispositionId>,
    pub name: String,
    pub sentiment: Sentiment,
    pub uses: Vec<Use>,
    /// Departments that a category is offered to; nobody below the categories.
    pub audience: Audience,
    pub archived: bool,
}

impl Node {
    /// Leads also see what their departments share with others.
    pub fn is_seen_by(&self, agent: &Agent) -> bool {
        self.is_managed_by(agent) || self.audience.reaches(agent)
    }

    /// Leads manage what is offered to their own departments alone; administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        self.audience.is_managed_by(agent)
    }
}

/// The whole catalogue, parents before children, in its order.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    /// The node of that id.
    pub fn find(&self, id: DispositionId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The children of a node, or the categories.
    pub fn below(&self, parent: Option<DispositionId>) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.parent == parent)
    }

    /// The category that a node hangs under, or is.
    pub fn category(&self, id: DispositionId) -> Option<&Node> {
        let mut node = self.find(id)?;
        for _ in 0..DEPTH {
            match node.parent {
                Some(parent) => node = self.find(parent)?,
                None => return Some(node),
            }
        }
        None
    }

    /// How many nodes stand above: 0 for a category.
    pub fn depth(&self, id: DispositionId) -> usize {
        let mut above = 0;
        let mut next = self.find(id).and_then(|node| node.parent);
        while let Some(parent) = next.filter(|_| above < DEPTH) {
            above += 1;
            next = self.find(parent).and_then(|node| node.parent);
        }
        above
    }

    /// How many levels hang below a node: 0 for a leaf.
    pub fn height(&self, id: DispositionId) -> usize {
        self.below(Some(id)).map(|child| 1 + self.height(child.id)).max().unwrap_or(0)
    }

    /// Whether a node may hang under another: not under itself, and no deeper than three levels in all.
    pub fn may_hang(&self, id: DispositionId, parent: Option<DispositionId>) -> bool {
        let Some(parent) = parent else { return true };
        let mut above = Some(parent);
        for _ in 0..=DEPTH {
            match above {
                Some(one) if one == id => return false,
                Some(one) => above = self.find(one).and_then(|node| node.parent),
                None => break,
            }
        }
        self.find(parent).is_some() && self.depth(parent) + 1 + self.height(id) < DEPTH
    }
}

/// A node as a form has it.
#[derive(Clone, Debug)]
pub struct DispositionForm {
    pub name: String,
    pub parent: Option<DispositionId>,
    pub sentiment: Sentiment,
    pub uses: Vec<Use>,
    pub audience: Audience,
}

impl DispositionForm {
    /// Reads the form. Uses and departments belong to categories.
    pub fn parse(form: &Form, agent: &Agent) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        if problems.is_empty() && name.contains(ARROW.trim()) {
            problems.add("name", t::NO_ARROW);
        }
        let parent = form.number("parent").map(DispositionId);
        let uses: Vec<Use> = form.all("uses").filter_map(Use::from_word).collect();
        if parent.is_none() && uses.is_empty() {
            problems.add("uses", t::CHOOSE_USE);
        }
        let audience = match parent {
            None => Audience::parse_only(form, agent, &mut problems),
            Some(_) => Audience::nobody(),
        };
        let sentiment = Sentiment::from_word(form.text("sentiment")).unwrap_or(Sentiment::Neutral);
        problems.none_or(Self { name, parent, sentiment, uses, audience })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(parents: &[Option<i64>]) -> Tree {
        let node = |(parent, id): (&Option<i64>, i64)| Node {
            id: DispositionId(id),
            parent: parent.map(DispositionId),
            name: id.to_string(),
            sentiment: Sentiment::Neutral,
            uses: Vec::new(),
            audience: Audience::nobody(),
            archived: false,
        };
        Tree { nodes: parents.iter().zip(1..).map(node).collect() }
    }

    #[test]
    fn nothing_hangs_under_itself_or_deeper_than_three_levels() {
        // 1 › 2 › 3, and 4 › 5.
        let tree = tree(&[None, Some(1), Some(2), None, Some(4)]);
        let may = |id, parent: Option<i64>| tree.may_hang(DispositionId(id), parent.map(DispositionId));
        assert!(may(5, Some(2)) && may(4, Some(1)) && may(3, None) && may(3, Some(5)));
        assert!(!may(1, Some(1)) && !may(1, Some(3)) && !may(2, Some(5)) && !may(5, Some(3)) && !may(5, Some(99)));
        assert_eq!(tree.category(DispositionId(3)).map(|node| node.id.0), Some(1));
        assert_eq!((tree.depth(DispositionId(3)), tree.height(DispositionId(1))), (2, 2));
    }
}
