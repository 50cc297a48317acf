//! Balcão, the customer-service desk in one file. The code map.
//!
//! A request comes through `edge` (the network) to `web::server` (`tiny_http`), becomes a `web::http::Request`, and is
//! answered by `App::handle`: `routes` names the handler, a noun's `web.rs` does the work between its rules (`mod.rs`),
//! its queries (`sql.rs`) and its markup (`view.rs`). A GET reads one snapshot; a POST is one transaction of the one
//! writer, answered after it is on disk; events go out after that.
//!
//! Invariants: every write passes `db::writer`; nothing slow happens inside a transaction; a note never reaches a
//! `chat:` topic or a visitor's page; every sentence for a person is a phrase of `text`.

pub mod agents;
pub mod app;
pub mod assignments;
pub mod attachments;
pub mod canned_replies;
pub mod channels;
pub mod cli;
pub mod closings;
pub mod company;
pub mod contacts;
pub mod conversations;
pub mod db;
pub mod demo;
pub mod departments;
pub mod dispositions;
pub mod distributions;
pub mod drafts;
pub mod edge;
pub mod error;
pub mod events;
pub mod holidays;
pub mod jobs;
pub mod mail;
pub mod merges;
pub mod messages;
pub mod notices;
pub mod occurrences;
pub mod openings;
pub mod pauses;
pub mod queues;
pub mod ratings;
pub mod readings;
pub mod receptions;
pub mod reports;
pub mod routes;
pub mod search;
pub mod settings;
pub mod setup;
pub mod sheets;
pub mod sweeps;
pub mod tags;
pub mod text;
pub mod time;
pub mod transfers;
pub mod ui;
pub mod variables;
pub mod web;
