//! The register of contacts: the list, one person's page, exports, forgetting.

pub mod sql;
pub mod view;
pub mod view_list;
pub mod web;
pub mod web_labels;
pub mod web_list;
pub mod web_person;
