//! The ground: what any web program on SQLite needs. No noun of the desk is known here.

pub mod db; // opening the file, the four ways to ask it, the one writer, migrations, backup
pub mod edge; // what faces the network: limits, TLS, streams, files; the only folder with async
pub mod error; // Error, Result
pub mod events; // what happened, as rows, for the streams to catch up
pub mod files; // what a sent file is by its bytes, and names that do no harm
pub mod jobs; // work with a due time as rows, and the bell that wakes who does it
pub mod sheets; // CSV, XLSX and vCard, row by row
pub mod text; // the message catalogue, Portuguese and English
pub mod time; // Timestamp, Clock, Zone; the only file that names the calendar crate
pub mod ui; // markup components without any noun
pub mod web; // requests, forms, live streams, assets, the server behind the edge
