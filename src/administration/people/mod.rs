//! The settings pages on the people of the team.

pub mod view;
pub mod web;
