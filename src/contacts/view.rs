//! The contact's record: the basic data and the custom fields, edited in place.

use maud::{Markup, html};

use super::{Contact, phone};
use crate::contacts::custom_fields::{self, FieldValue};
use crate::platform::text::{Language, Phrase, common, contacts as t, custom_fields as f};
use crate::platform::ui::form::Field;
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems};

/// What the record shows.
pub struct ContactRecord<'a> {
    pub language: Language,
    /// Where the form goes.
    pub action: String,
    /// Where its history is read, beside a conversation: the form is then sent by the page's script.
    pub history: Option<String>,
    pub contact: &'a Contact,
    pub filled: &'a [FieldValue],
    /// The form that was refused, and why: custom fields by their keys.
    pub typed: Option<&'a Form>,
    pub problems: &'a Problems,
    pub faults: &'a [(String, Phrase)],
}

impl<'a> ContactRecord<'a> {
    /// A record as it is stored, on a page of its own.
    pub fn of(
        language: Language,
        action: String,
        contact: &'a Contact,
        filled: &'a [FieldValue],
        problems: &'a Problems,
    ) -> Self {
        Self { language, action, history: None, contact, filled, typed: None, problems, faults: &[] }
    }

    /// The same to be read.
    pub fn facts(&self) -> Markup {
        let language = self.language;
        let basic = [
            (t::NAME.say(language), self.contact.name.clone()),
            (t::PHONE.say(language), phone::shown(&self.contact.phone)),
            (t::EMAIL.say(language), self.contact.email.clone()),
        ];
        let fields = self.filled.iter().map(|one| (one.field.name.as_str(), one.field.kind.show(&one.value, language)));
        html! {
            dl.facts { @for (name, value) in basic.into_iter().chain(fields) {
                dt { (name) } dd { @if value.is_empty() { "–" } @else { (value) } }
            } }
        }
    }

    /// Name, number, address, then the custom fields; a script stores each field as it is left, the button all of them.
    pub fn form(&self) -> Markup {
        let language = self.language;
        let shown = phone::shown(&self.contact.phone);
        let typed = |name: &str, stored: &str| {
            self.typed
                .filter(|form| form.has(name))
                .map_or_else(|| stored.to_owned(), |form| form.text(name).to_owned())
        };
        let (name, number, email) =
            (typed("name", &self.contact.name), typed("phone", &shown), typed("email", &self.contact.email));
        let faults: Vec<(String, Markup)> =
            self.faults.iter().map(|(key, phrase)| (key.clone(), html! { (phrase.say(language)) })).collect();
        html! {
            form.contact-data #contact-data method="post" action=(self.action) data-live=[self.history.as_ref().map(|_| "all")]
                data-title=(self.contact.title(language)) {
                div data-field="name" { input type="hidden" name="was-name" value=(self.contact.name); (Field::text("name", t::NAME.say(language), &name).show(language, self.problems)) }
                div data-field="phone" { input type="hidden" name="was-phone" value=(shown); (Field::text("phone", t::PHONE.say(language), &number).kind("tel", "off").show(language, self.problems)) }
                div data-field="email" { input type="hidden" name="was-email" value=(self.contact.email); (Field::text("email", t::EMAIL.say(language), &email).kind("email", "off").show(language, self.problems)) }
                (custom_fields::view::fields(language, self.filled, self.typed, &faults))
                (custom_fields::view::missing(language, self.filled))
                div.row.end {
                    @if let Some(history) = &self.history {
                        a.button.plain href=(history) data-dialog="record-history" title=(f::HISTORY.say(language)) {
                            (icon(Icon::Clock)) span.hidden { (f::HISTORY.say(language)) }
                        }
                    }
                    button { (common::SAVE.say(language)) }
                }
            }
        }
    }
}
