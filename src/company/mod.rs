//! The installation: name, zone, language, public address.

pub mod sql;

use crate::text::Language;
use crate::time::Zone;

/// The installation's own row.
#[derive(Clone, Debug)]
pub struct Company {
    pub name: String,
    pub zone: Zone,
    pub language: Language,
    /// Without a slash at its end; empty where none was set.
    pub public_url: String,
    pub has_logo: bool,
}
