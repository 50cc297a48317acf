//! What a handler may answer instead of a response.

use std::fmt;

/// The short list of ways in which a request fails. A wrong form is none of them: it is shown again at 422.
#[derive(Debug)]
pub enum Error {
    /// 404: there is no such thing, or the asker may not know of it.
    NotFound,
    /// 403: it exists, the asker knows, and may not.
    Forbidden,
    /// 409: somebody else was faster; the phrase says so in the asker's language.
    Conflict(crate::platform::text::Phrase),
    /// 503: the writer's queue is full; nothing was stored.
    Busy,
    /// 500: logged whole, shown as a reference number.
    Internal(String),
}

/// The result of everything that can fail in the application.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An internal error out of anything that can be printed.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden => f.write_str("forbidden"),
            Self::Conflict(phrase) => write!(f, "conflict: {}", phrase.en),
            Self::Busy => f.write_str("the writer is busy"),
            Self::Internal(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Internal(format!("database: {cause}"))
    }
}

impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        Self::Internal(format!("input or output: {cause}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Internal(format!("json: {cause}"))
    }
}
