//! Contacts: the persons outside the team.

pub mod columns;
pub mod contact_imports; // people out of a CSV or vCard file: mapped, tried, taken in batches
pub mod contact_labels; // coloured labels on contacts
pub mod custom_fields; // what a company adds to the contact's record, and who changed it
pub mod filter;
pub mod phone;
pub mod record_form;
pub mod sql;
pub mod sql_columns;
pub mod sql_filter;
pub mod sql_search;
pub mod view;

use crate::platform::text::{Language, common, contacts as t};
use crate::platform::web::form::{Form, Problems};

crate::ids! {
    /// A person outside the team.
    ContactId,
    /// What one channel knows a contact by.
    IdentityId,
}

/// A person outside the team.
#[derive(Clone, Debug)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    /// E.164, or empty.
    pub phone: String,
    pub email: String,
}

impl Contact {
    /// The name, else the number, else the address, else a word that says that nothing is known.
    pub fn title(&self, language: Language) -> String {
        title(&self.name, &self.phone, &self.email, language)
    }
}

/// See [`Contact::title`].
pub fn title(name: &str, phone: &str, email: &str, language: Language) -> String {
    if !name.is_empty() {
        name.to_owned()
    } else if !phone.is_empty() {
        phone::shown(phone)
    } else if !email.is_empty() {
        email.to_owned()
    } else {
        t::UNNAMED.say(language).to_owned()
    }
}

/// Letters that a name has at most; there may be none.
pub const LONGEST_NAME: usize = 300;

/// The basic data as a form: name, number, address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactForm {
    pub name: String,
    pub phone: String,
    pub email: String,
}

impl ContactForm {
    /// Checks what was typed; a number is stored as E.164.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.trimmed("name").to_owned();
        if name.chars().count() > LONGEST_NAME {
            problems.add("name", common::TOO_LONG);
        }
        let typed = form.trimmed("phone");
        let phone = if typed.is_empty() { Some(String::new()) } else { phone::e164(typed) };
        if phone.is_none() {
            problems.add("phone", t::BAD_PHONE);
        }
        let email = form.trimmed("email").to_lowercase();
        if !email.is_empty() && !crate::team::agents::looks_like_email(&email) {
            problems.add("email", common::BAD_EMAIL);
        }
        problems.none_or(Self { name, phone: phone.unwrap_or_default(), email })
    }
}

/// A channel of a contact: its identity, the channel's name, and what it knows the person by.
pub type ContactIdentity = (IdentityId, String, String);
