//! What happened with a contact, as rows that triggers keep; here they only change hands.

pub mod sql;
