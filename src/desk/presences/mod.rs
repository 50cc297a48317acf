//! Presence: who is there, chosen by the person or set by the clock; whoever comes is handed what waits.

pub mod acts;
pub mod web;
