//! Conversations that the team opens: from another one, or from scratch.

pub mod acts;
pub mod sql;
pub mod view;
pub mod web;
pub mod web_new;

use crate::contacts::IdentityId;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::LONGEST;
use crate::desk::transfers::TransferTarget;
use crate::platform::text::{common, outbound as t, transfers};
use crate::platform::web::form::{Form, Problems};
use crate::team::channels::{ChannelId, Kind};

/// A way to reach a contact.
#[derive(Clone, Debug)]
pub struct Way {
    pub identity: IdentityId,
    pub channel: ChannelId,
    pub kind: Kind,
    pub name: String,
}

/// A conversation as somebody opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundForm {
    /// None for a contact without a channel.
    pub way: Option<IdentityId>,
    pub to: TransferTarget,
    /// Empty for none.
    pub first: String,
}

impl OutboundForm {
    /// Checks the form against the ways in which the contact can be reached.
    pub fn parse(form: &Form, ways: &[Way]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let way = form.number("way").filter(|way| *way > 0).map(IdentityId);
        if way.is_some_and(|way| !ways.iter().any(|one| one.identity == way)) {
            problems.add("way", t::BAD_CHANNEL);
        }
        let to = TransferTarget::parse(form.text("to"));
        if to.is_none() {
            problems.add("to", transfers::CHOOSE);
        }
        let first = form.trimmed("first").to_owned();
        if first.chars().count() > LONGEST {
            problems.add("first", common::TOO_LONG);
        } else if !first.is_empty() && way.is_none() {
            problems.add("first", t::NO_FIRST);
        }
        match to {
            Some(to) if problems.is_empty() => Ok(Self { way, to, first }),
            _ => Err(problems),
        }
    }
}

/// The conversations that belong to one by outbound rows: id and number.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    pub origin: Option<(ConversationId, i64)>,
    pub led_to: Vec<(ConversationId, i64)>,
}
