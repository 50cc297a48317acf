//! The integration tests: one crate, one build. Most run in-process through `App::handle`, on a real file with a fake clock.

mod agents;
#[allow(dead_code, reason = "the journeys that come use the rest")]
mod browser;
mod canned_replies;
mod closings;
mod contact_imports;
mod contacts;
mod conversations;
mod day;
mod dispositions;
mod distributions;
mod imports;
mod insights;
mod jobs;
#[allow(dead_code, reason = "the journeys that come use the rest")]
mod journeys;
mod mail;
mod merges;
mod notes;
mod notices;
mod occurrences;
mod openings;
mod pauses;
mod permissions;
mod program;
mod ratings;
mod receptions;
mod registers;
mod reports;
mod retentions;
mod schema;
mod server;
mod settings;
mod setup;
#[allow(dead_code, reason = "rooms that come use the rest")]
mod support;
mod sweeps;
mod tags;
mod template_fields;
mod tickets;
mod tidy;
mod timelines;
mod transfers;
mod unions;
mod web_chat;
