//! Tags: coloured labels on conversations.

pub mod sql;

crate::ids! {
    /// A coloured label.
    TagId,
}
