//! Making, changing and archiving departments, and the rules by which conversations move through them.

pub mod acts;
pub mod flow;
pub mod view;
pub mod view_flow;
pub mod web;
pub mod web_flow;
