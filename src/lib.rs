//! Balcão, the customer-service desk in one file. The code map.
//!
//! The house has floors, and each wing of the source stands on one. A file imports from the floors below its own, or from its own
//! wing; never from the wing beside it and never upwards. `tests/it/tidy` reads the source and holds it to that.
//!
//! ```text
//! 12  cli   main                    the command line: serve, demo, user, backup, restore, doctor
//! 11  demo                          the sample company
//! 10  answering                     a request becomes a visit, a visit an answer, a failure a page
//!  9  routes   timers               every address; the calendar and the one-off jobs
//!  8  administration                departments  people  setup  sign_in
//!  7  overview                      console  insights  register  reports  retention  search  timelines
//!  6  channels   tickets            the web chat; boards with phases
//!  5  desk      the case            conversations  assignments  queues  presences  auto_assignments
//!               what is said        messages  notes  attachments  drafts  reads  canned_replies  placeholders
//!               its course          greetings  pauses  transfers  closings  bulk_closings  ratings  outbound
//!                                   conversation_merges  occurrences
//!               its marks           tags  dispositions  catalogue_imports
//!               whom it is about    contact_merges  contact_panel  timeline_entries
//!               who hears of it     events  notifications
//!  4  contacts                      the record, custom_fields  contact_labels  contact_imports
//!  3  team                          agents  channels  company  departments  holidays  mail  sessions  settings  visit
//!  2  app                           what lives as long as the program: clock, writer, readers, live, bell
//!  1  platform                      db  edge  events  files  jobs  sheets  text  time  ui  web: knows no noun
//! ```
//!
//! Why a wing stands where it does: `platform` would serve any web program on SQLite. `team` is whom and what every other noun
//! names (who asks, which department, which way in), so a `Visit` is made of it. A contact can be known without a conversation, a
//! conversation not without a contact. Tickets are about conversations and channels bring them in, so both stand on the desk.
//! `overview` looks at all of it, and nothing it looks at knows it. The routes name every handler and the timers every job.
//!
//! Where the cut is not the nearest one:
//!
//! - `administration` is not part of `team`, whose rows it writes: archiving a person gives their conversations back to the queues, a new
//!   department gets a board of tickets, signing in sets presence and is handed what waits. Such deeds reach into every wing, so they
//!   stand above all. What others need of people and departments stays in `team`.
//! - `contact_merges` is about contacts, and belongs to the desk: a merge hands conversations over, and those who answer them may ask
//!   for it.
//! - `overview/console`, the screen on which people work, and `overview/register` with a person's page are read models as
//!   reports are: they show tickets, ratings and merges beside each other. What is done from them is done by rooms below. Up here
//!   are only two deeds, which take from every noun at once: forgetting a person, and the cleaning at night (`retention`).
//! - Rows of `events`, and of `jobs` with their bell, lie in `platform`, for a topic and a payload are words to them. What a person may
//!   hear is known to `desk/events`, and what a job does to the room that planned it.
//! - The kinds of channels and their table are in `team/channels`, because the desk asks which kind a conversation came by. Each
//!   way in, and what all of them do with a message, is in `channels`, above the desk.
//! - A ticket's id is declared by `desk/notifications`: a notification leads to a conversation or to a ticket, and stands below both ends.
//!
//! A room is a folder with a noun's name, and each file in it has a kind by its name (`sql_search.rs` is of the kind `sql`). Of other
//! rooms below or beside, a file imports only these kinds:
//!
//! | file | what it holds | imports | never |
//! |---|---|---|---|
//! | `mod.rs` | types and rules, pure | `mod` | `rusqlite`, markup, a visit |
//! | `sql.rs` | named queries; it alone writes the room's tables | `mod`, `sql` | forms, markup, telling anybody |
//! | `acts.rs` | a deed with all that follows: row, line, event, notification, hand-out | `mod`, `sql`, `acts` | forms, requests, SQL |
//! | `view.rs` | data becomes markup | `mod`, `view` | a connection, a request |
//! | `web.rs` | a form becomes a deed, a deed an answer | all but `jobs` and the `web` of others | SQL, markup |
//! | `jobs.rs` | what a row does when it is due | all but `web` and `view` | SQL, markup |
//!
//! A file with another name has a row in `tests/it/tidy/others.rs` that says its purpose and what it may not know. Handlers are called
//! index, show, new, create, edit, update and delete where the deed is one of these.
//!
//! What always holds:
//!
//! - A handler gets a `Visit` (or a `Cx`, where somebody is signed in): a connection, the request, the form, the time. No pool, no writer,
//!   no second transaction. A GET has a snapshot that can't be written to. A POST has its part of a transaction, which is
//!   undone where the answer is 400 or above.
//! - Slow work (a hash, a file, mail) gets an `app::Outside` in place of a connection. It asks the file one question at a time, or makes
//!   one change; a question within a question does not compile.
//! - Every write passes `platform/db/writer.rs`, and is answered once it is on disk. Events go out after that.
//! - A note never reaches a `chat:` topic or a visitor's page: who hears of messages and changes is decided in `desk/conversations/acts.rs`.
//! - Every sentence that a person reads is a phrase in `platform/text`, in both languages; for scripts it stands in both where it is used.
//!
//! The field has other words for some of ours. Kept: conversation (ticket, case), ticket (internal task), disposition (wrap-up
//! code), occurrence (logged interaction), closing (resolution), rating (CSAT), register (contact list), canned reply (macro).
//!
//! Words, states and rules: `docs/domain.md`. A message and a pause followed through the files: `docs/architecture.md`. How the data
//! file grows: `docs/schema.md`.

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
