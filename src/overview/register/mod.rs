//! The register of contacts: the list, one person's page, exports, forgetting.

use std::collections::HashMap;

use crate::contacts::Contact;
use crate::contacts::contact_labels::Label;
use crate::contacts::custom_fields::FieldId;
use crate::platform::time::Timestamp;

pub mod acts;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod view_list;
pub mod web;
pub mod web_labels;
pub mod web_list;
pub mod web_person;

/// The last conversation of a contact.
#[derive(Clone, Debug)]
pub struct LastConversation {
    pub number: i64,
    pub at: Timestamp,
    pub department: String,
}

/// A contact as the register lists it, as far as the chosen columns need it.
#[derive(Clone, Debug)]
pub struct RegisterRow {
    pub contact: Contact,
    pub since: Timestamp,
    pub labels: Vec<Label>,
    pub last: Option<LastConversation>,
    pub values: HashMap<FieldId, String>,
}
