//! What happened, as rows: written with the change, told to the streams after the commit, caught up from here.

pub mod sql;
