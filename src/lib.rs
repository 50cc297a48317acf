//! Balcão, the customer-service desk in one file. The code map.
//!
//! A request comes through `edge` (the network) to `web::server` (`tiny_http`), becomes a `web::http::Request`, and is
//! answered by `App::handle`: `routes` names the handler, a noun's `web.rs` does the work between its rules (`mod.rs`),
//! its queries (`sql.rs`) and its markup (`view.rs`). A GET reads one snapshot; a POST is one transaction of the one
//! writer, answered after it is on disk; events go out after that.
//!
//! Invariants: every write passes `db::writer`; nothing slow happens inside a transaction; a note never reaches a
//! `chat:` topic or a visitor's page; every sentence for a person is a phrase of `text`.

pub mod agents; // the people of the team: roles, presence, passwords, invitations
pub mod app; // App, Visit, Cx; one transaction per request
pub mod assignments; // "Assumir": who holds a conversation
pub mod attachments; // files of messages
pub mod canned_replies; // prepared texts, picked by #
pub mod channels; // the ways in: web_chat; inbound is what all of them do with a message
pub mod cli; // serve, demo, user, backup, restore, doctor
pub mod closings; // ending a conversation, undone within ten seconds
pub mod company; // the installation: name, logo, zone, language, public address
pub mod contact_imports; // people out of a CSV or vCard file: mapped, tried, taken in batches
pub mod contacts; // the persons outside the team, their identities
pub mod conversations; // the case: states, who may see and answer; the screen
pub mod db; // opening the file, the four ways to ask it, the one writer, migrations, backup
pub mod demo; // the sample company
pub mod departments; // the teams, their goals and flow
pub mod dispositions; // the catalogue of reasons, as a tree
pub mod distributions; // a department hands its queue out by turns
pub mod drafts; // what is typed and not sent, per person
pub mod edge; // what faces the network: limits, TLS, streams, files; the only folder with async
pub mod error; // Error, Result
pub mod events; // what happened, as rows, for the streams to catch up
pub mod holidays; // days off; the national ones by rule
pub mod imports; // registers as files, tried before they are taken
pub mod insights; // one contact's figures beside the department's; what similar conversations suggest
pub mod jobs; // every timer: the calendar, one-off work, the loop
pub mod labels; // coloured labels on contacts
pub mod mail; // mail out: server, outbox, worker
pub mod merges; // two conversations made one, one made two, taken back exactly
pub mod messages; // what was said, notes, system lines; the thread and the composer
pub mod notes; // an author changes a note, or takes it away, and leaves a trace
pub mod notices; // what a person hears of even when away
pub mod occurrences; // what happened inside an open conversation
pub mod openings; // conversations that the team opens
pub mod pauses; // stepping away while the bot keeps the contact informed
pub mod queues; // department × state: the left part of the console
pub mod ratings; // what a contact thinks, 1 to 5
pub mod readings; // how far each person has read
pub mod receptions; // hours, welcome, place in the queue, contacts who fall silent
pub mod reports; // occurrences, pauses, closings of a period
pub mod retentions; // how long things are kept: previewed, then erased each night in batches
pub mod routes; // every address
pub mod search; // words of messages, names and numbers of contacts; the palette
pub mod settings; // the frame around each noun's own page; the record of changes
pub mod setup; // the first start
pub mod sheets; // CSV and XLSX, row by row
pub mod sweeps; // closing many stale conversations
pub mod tags; // coloured labels on conversations
pub mod template_fields; // what a company adds to the contact's record, and who changed it
pub mod text; // the message catalogue, Portuguese and English
pub mod tickets; // work for the team on boards, linked to conversations
pub mod time; // Timestamp, Clock, Zone; the only file that names the calendar crate
pub mod timelines; // everything that happened with one contact, kept by triggers
pub mod transfers; // to a department or a person, back after a time
pub mod ui; // markup components without any noun
pub mod unions; // records of one person made one, undone exactly for thirty days
pub mod variables; // {cliente} and its like in prepared texts
pub mod web; // requests, forms, sessions, live streams, assets, the server behind the edge
