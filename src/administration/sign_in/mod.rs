//! Signing in and out, invitations, password resets.

pub mod acts;
pub mod start;
pub mod web;
pub mod web_links;
