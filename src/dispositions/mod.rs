//! Dispositions: the catalogue of reasons, category → group → reason.

pub mod sql;

crate::ids! {
    /// A node of the catalogue.
    DispositionId,
}

crate::words! {
    /// How the contact fared.
    Sentiment { Negative = "negative", Neutral = "neutral", Positive = "positive" }
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
