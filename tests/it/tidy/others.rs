//! The files with a name of their own purpose, and what they may not know. A new file gets a row here, or a kind's name.

use super::kinds::{MOD, SQL_TEXT};

/// A file, or every file of a folder (its path ends with `/`).
///
/// In a folder with a row, names tell no kind, and a file may have a stricter row of its own. Elsewhere a row is for a file
/// whose name tells none.
pub struct Other {
    pub path: &'static str,
    /// What it does, in a few words.
    pub purpose: &'static str,
    /// The words it may not know; `SQL_TEXT` stands for queries in its strings.
    pub forbidden: &'static [&'static str],
    /// Types and rules only: what holds for a `mod.rs` holds for it too, and a `mod.rs` may import it.
    pub pure: bool,
}

/// Types and rules under a name of their own.
const fn pure(path: &'static str, purpose: &'static str) -> Other {
    Other { path, purpose, forbidden: MOD, pure: true }
}

/// Any other purpose, and the words it may not know.
const fn other(path: &'static str, forbidden: &'static [&'static str], purpose: &'static str) -> Other {
    Other { path, purpose, forbidden, pure: false }
}

/// Neither pages nor whoever asks for them: for what works with the file alone.
const NO_PAGES: &[&str] = &["maud", "html!", "Cx", "Visit", "Form", "Request", "Response"];
/// Neither the file nor markup: for what works with bytes.
const NO_DATA: &[&str] = &["rusqlite", "Connection", "maud", "html!", "Cx", "Visit", SQL_TEXT];

pub const OTHERS: &[Other] = &[
    // The ground: it knows no noun.
    other("src/platform/db/", NO_PAGES, "opening the data file, asking it, the one writer, migrations, copies"),
    other("src/platform/jobs/", NO_PAGES, "rows of work and their bell"),
    other("src/platform/events/", NO_PAGES, "what happened, as rows for the streams"),
    other("src/platform/files.rs", NO_DATA, "files on disk and their names"),
    other("src/platform/edge/", NO_DATA, "what faces the network"),
    other(
        "src/platform/web/",
        &["rusqlite", "Connection", "html!", "Cx", "Visit", SQL_TEXT],
        "requests, forms, answers, live streams, assets, the server",
    ),
    other("src/platform/ui/", &["rusqlite", "Connection", "Cx", "Visit", "Request", SQL_TEXT], "markup without a noun"),
    other("src/platform/text/", NO_DATA, "the message catalogue and the folding of words"),
    other("src/platform/sheets/", NO_DATA, "CSV, XLSX and vCard, row by row"),
    other("src/platform/time.rs", &["Connection", "maud", "html!", "Cx", "Visit", SQL_TEXT], "moments, clocks, zones"),
    other("src/platform/error.rs", &["maud", "html!", "Cx", "Visit", SQL_TEXT], "how a request fails"),
    // What holds the house together.
    other("src/app.rs", &["maud", "html!", "Cx", "Visit", "Request", "Response", SQL_TEXT], "what lives while it runs"),
    other("src/answering.rs", &["maud", "html!", SQL_TEXT], "a request becomes a visit, a visit an answer"),
    other("src/routes.rs", &["rusqlite", "Connection", "maud", "html!", SQL_TEXT], "every address"),
    other("src/timers.rs", &["maud", "html!", "Cx", "Visit", "Form", SQL_TEXT], "the calendar and the one-off jobs"),
    other("src/cli/", &["maud", "html!", "Cx", "Visit", "Form", SQL_TEXT], "the command line"),
    other("src/demo/", NO_PAGES, "the sample company"),
    other("src/main.rs", NO_DATA, "the program"),
    other("src/lib.rs", NO_DATA, "the code map"),
    // The office.
    other(
        "src/administration/sign_in/start.rs",
        &["rusqlite", "maud", "html!", SQL_TEXT],
        "a session begins outside a transaction",
    ),
    pure("src/administration/departments/flow.rs", "the form of a department's rules"),
    // Team.
    other("src/team/sessions.rs", &["App", "maud", "html!", SQL_TEXT], "who is signed in"),
    other("src/team/visit.rs", &["App", "maud", "html!", SQL_TEXT], "what one handler gets"),
    pure("src/team/agents/draft.rs", "the forms of the people's page"),
    pure("src/team/agents/password.rs", "password hashes"),
    pure("src/team/departments/audience.rs", "which departments something is for"),
    pure("src/team/departments/flow.rs", "how conversations move through a department"),
    pure("src/team/mail/certificate.rs", "whether a text is a certificate"),
    other("src/team/mail/smtp.rs", NO_DATA, "one mail over the wire"),
    other("src/team/mail/worker.rs", &["maud", "html!", "Cx", "Visit", SQL_TEXT], "sends what is due"),
    // Contacts.
    pure("src/contacts/columns.rs", "the register's columns as each person chooses them"),
    pure("src/contacts/filter.rs", "what of the register is shown"),
    other(
        "src/contacts/record_form.rs",
        &["App", "Cx", "Visit", "Request", "Response", "maud", "html!", SQL_TEXT],
        "what a form changes of a record",
    ),
    pure("src/contacts/phone.rs", "telephone numbers"),
    pure("src/contacts/custom_fields/kind.rs", "the kinds of fields: what fits, how it is stored"),
    other("src/contacts/contact_imports/judging.rs", NO_PAGES, "what a line comes to"),
    other("src/contacts/contact_imports/line.rs", NO_PAGES, "one line of a file"),
    other("src/contacts/contact_imports/person.rs", NO_PAGES, "who somebody is"),
    other("src/contacts/contact_imports/source.rs", NO_PAGES, "files with people on disk"),
    other("src/contacts/contact_imports/trial.rs", NO_PAGES, "judging a file without changing anything"),
    // Desk.
    pure("src/desk/contact_merges/likeness.rs", "whether two names are probably one person's"),
    other("src/desk/attachments/store.rs", &["App", "maud", "html!", "Cx", SQL_TEXT], "bytes of files: in and out"),
    other(
        "src/desk/events/stream.rs",
        &["App", "maud", "html!", SQL_TEXT],
        "a stream begins where the client left off",
    ),
    pure("src/desk/conversations/thanks.rs", "whether a message only says thanks or goodbye"),
    pure("src/desk/pauses/draft.rs", "a pause as its form has it"),
    // Channels and tickets.
    pure("src/channels/web_chat/draft.rs", "a web chat as its form has it"),
    pure("src/tickets/entries.rs", "what was said on a ticket, and done to it"),
    pure("src/tickets/filter.rs", "what of the tickets is shown"),
    pure("src/tickets/phases.rs", "the phases of a board"),
    // Overview.
    pure("src/overview/reports/grid.rs", "pauses of each person by their reasons"),
];
