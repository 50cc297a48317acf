//! The event stream of a signed-in person: which topics they may hear.

pub mod stream;
pub mod web;
