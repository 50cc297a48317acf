//! The integration tests: one crate, one build. Most run in-process through `App::handle`, on a real file with a fake clock.

mod agents;
mod auto_assignments;
#[allow(dead_code, reason = "the journeys that come use the rest")]
mod browser;
mod bulk_closings;
mod canned_replies;
mod catalogue_imports;
mod closings;
mod contact_imports;
mod contact_merges;
mod contacts;
mod conversation_merges;
mod conversations;
mod custom_fields;
mod day;
mod dispositions;
mod greetings;
mod insights;
mod jobs;
#[allow(dead_code, reason = "the journeys that come use the rest")]
mod journeys;
mod mail;
mod notes;
mod notifications;
mod occurrences;
mod outbound;
mod pauses;
mod permissions;
mod program;
mod ratings;
mod registers;
mod reports;
mod retention;
mod schema;
mod server;
mod settings;
mod setup;
#[allow(dead_code, reason = "rooms that come use the rest")]
mod support;
mod tags;
mod tickets;
mod tidy;
mod timelines;
mod transfers;
mod web_chat;
