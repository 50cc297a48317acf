//! Balcão, the customer-service desk in one file. The code map.
//!
//! A request comes through `edge` (the network) to `web::server` (`tiny_http`), becomes a `web::http::Request`, and is
//! answered by `App::handle`: `routes` names the handler, a noun's `web.rs` does the work between its rules (`mod.rs`),
//! its queries (`sql.rs`) and its markup (`view.rs`). A GET reads one snapshot; a POST is one transaction of the one
//! writer, answered after it is on disk; events go out after that.
//!
//! Invariants: every write passes `db::writer`; nothing slow happens inside a transaction; a note never reaches a
//! `chat:` topic or a visitor's page; every sentence for a person is a phrase of `text`.

pub mod administration;
pub mod answering;
pub mod app;
pub mod channels;
pub mod cli;
pub mod contacts;
pub mod demo;
pub mod desk;
pub mod overview;
pub mod platform;
pub mod routes;
pub mod team;
pub mod tickets;
pub mod timers;
