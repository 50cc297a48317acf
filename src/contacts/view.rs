//! The contact's basic data.

use maud::{Markup, html};

use super::{Contact, phone};
use crate::conversations::ConversationId;
use crate::text::Language;
use crate::text::{common, contacts as t};
use crate::ui::form::Field;
use crate::web::form::Problems;

/// Name, number and address, edited in place; the button shows once something has changed.
pub fn form(language: Language, conversation: ConversationId, contact: &Contact, problems: &Problems) -> Markup {
    let shown = phone::shown(&contact.phone);
    html! {
        form.contact-data #contact-data method="post" action={ "/conversations/" (conversation) "/contact" } data-live="all" data-quiet {
            (Field::text("name", t::NAME.say(language), &contact.name).show(language, problems))
            (Field::text("phone", t::PHONE.say(language), &shown).kind("tel", "off").show(language, problems))
            (Field::text("email", t::EMAIL.say(language), &contact.email).kind("email", "off").show(language, problems))
            div.row.end { button { (common::SAVE.say(language)) } }
        }
    }
}
