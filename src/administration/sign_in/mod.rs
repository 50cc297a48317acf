//! Signing in and out, invitations, password resets.

pub mod web_links;
