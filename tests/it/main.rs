//! The integration tests: one crate, one build.

#[allow(dead_code, reason = "the journeys that come use the rest")]
mod browser;
mod tidy;
