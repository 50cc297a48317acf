//! The dialog that links a conversation's contact to another record.

use maud::{Markup, html};

use crate::contacts::contact_labels::{self, Label};
use crate::contacts::custom_fields::CustomField;
use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::{Contact, ContactId, phone};
use crate::desk::contact_merges::{ContactMerge, RecordValues, Scope, Sign, differing};
use crate::desk::conversations::ConversationId;
use crate::platform::text::{Language, common, contact_labels as l, contact_merges as t, contacts as c};
use crate::platform::time::Zone;
use crate::platform::ui::dialog::sheet;
use crate::team::agents;

/// The id of the dialog.
const DIALOG: &str = "contact-merge";

/// Where the dialog was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeOrigin {
    Conversation(ConversationId),
    /// The person's page in the register.
    Person(ContactId),
}

impl MergeOrigin {
    /// Its address, below which the dialog has its own.
    pub fn address(self) -> String {
        match self {
            Self::Conversation(id) => format!("/conversations/{id}"),
            Self::Person(id) => format!("/contacts/{id}"),
        }
    }

    /// Only a conversation's screen takes the answer in place.
    fn live(self) -> Option<&'static str> {
        matches!(self, Self::Conversation(_)).then_some("all")
    }
}

/// The search, and whom it found.
pub struct MergeSearch<'a> {
    pub language: Language,
    pub place: MergeOrigin,
    pub query: &'a str,
    pub probable: &'a [(Contact, Sign)],
    pub found: &'a [Contact],
}

impl MergeSearch<'_> {
    /// What lies in the dialog.
    pub fn sheet(&self) -> Markup {
        let language = self.language;
        let address = format!("{}/contact-merge/new", self.place.address());
        let content = html! {
            p.hint { (t::HINT.say(language)) }
            form.row method="get" action=(address) data-within role="search" {
                input type="search" name="q" value=(self.query) aria-label=(t::SEARCH.say(language)) placeholder=(t::SEARCH.say(language)) autocomplete="off";
                button { (t::FIND.say(language)) }
            }
            @if !self.probable.is_empty() && self.query.is_empty() {
                h3 { (t::PROBABLE.say(language)) }
                ul.hits { @for (contact, sign) in self.probable { (self.person(contact, Some(*sign))) } }
            }
            @if !self.query.is_empty() {
                h3 { (t::FOUND.say(language)) }
                @if self.found.is_empty() { p.hint { (t::NOBODY.say(language)) } }
                ul.hits { @for contact in self.found { (self.person(contact, None)) } }
            }
            div.row.end { a.button href=(self.place.address()) data-shut { (common::CANCEL.say(language)) } }
        };
        sheet(DIALOG, t::TITLE.say(language), &content)
    }

    fn person(&self, contact: &Contact, sign: Option<Sign>) -> Markup {
        let address = format!("{}/contact-merge/new?contact={}", self.place.address(), contact.id);
        html! { li { a href=(address) data-within { (told(self.language, contact, sign)) } } }
    }
}

fn told(language: Language, contact: &Contact, sign: Option<Sign>) -> Markup {
    let sign = sign.map(|sign| sign.phrase().say(language).to_owned());
    let known = [phone::shown(&contact.phone), contact.email.clone(), sign.unwrap_or_default()];
    let known: Vec<&str> = known.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    html! { b { (contact.title(language)) } " " span.hint { (known.join(" · ")) } }
}

/// Those who are probably the person of a page, each with the way to both records side by side.
pub fn probable(language: Language, contact: ContactId, people: &[(Contact, Sign)]) -> Markup {
    html! {
        @if !people.is_empty() {
            h3 { (t::PROBABLE.say(language)) }
            ul.hits { @for (other, sign) in people {
                li { a href={ "/contacts/" (contact) "/contact-merge/new?contact=" (other.id) } data-dialog="contact-merge" { (told(language, other, Some(*sign))) } }
            } }
        }
    }
}

/// Two records side by side.
pub struct MergePreview<'a> {
    pub language: Language,
    pub place: MergeOrigin,
    pub kept: &'a Contact,
    pub kept_record: &'a RecordValues,
    pub other_record: &'a RecordValues,
    pub fields: &'a [CustomField],
    /// What each of them carries: both stay.
    pub kept_labels: &'a [Label],
    pub other_labels: &'a [Label],
    /// Whether this record has other channels, so that one alone may go.
    pub divisible: bool,
}

impl MergePreview<'_> {
    /// What lies in the dialog.
    pub fn sheet(&self) -> Markup {
        let language = self.language;
        let differs = differing(self.kept_record, self.other_record);
        let mut keys: Vec<&String> = self.kept_record.keys().chain(self.other_record.keys()).collect();
        keys.sort();
        keys.dedup();
        let content = html! {
            form method="post" action={ (self.place.address()) "/contact-merge" } data-live=[self.place.live()] {
                input type="hidden" name="contact" value=(self.kept.id);
                div.table { table {
                    thead { tr { @for phrase in [t::FIELD, t::KEPT, t::OTHER] { th scope="col" { (phrase.say(language)) } } } }
                    tbody { @for key in keys { @if let Some((name, kind)) = self.named(key) { tr {
                        th scope="row" { (name) }
                        @for (side, record) in [("kept", self.kept_record), ("other", self.other_record)] {
                            @let value = record.get(key).map_or(String::new(), |value| kind.show(value, language));
                            td { @if differs.contains(&key.as_str()) {
                                label.tick { input type="radio" name={ "keep-" (key) } value=(side) checked[side == "kept"]; span { (value) } }
                            } @else { (value) } }
                        }
                    } } }
                        @if !self.kept_labels.is_empty() || !self.other_labels.is_empty() { tr {
                            th scope="row" { (l::LABELS.say(language)) }
                            @for labels in [self.kept_labels, self.other_labels] { td { (contact_labels::view::chips(labels)) } }
                        } }
                    }
                } }
                @if self.divisible {
                    fieldset.field {
                        legend { (t::SCOPE.say(language)) }
                        @for (scope, phrase) in [(Scope::All, t::WHOLE), (Scope::Identity, t::IDENTITY)] {
                            label.tick { input type="radio" name="scope" value=(scope.word()) checked[scope == Scope::All]; span { (phrase.say(language)) } }
                        }
                    }
                }
                div.row.end {
                    a.button href={ (self.place.address()) "/contact-merge/new" } data-within { (t::BACK.say(language)) }
                    @if let MergeOrigin::Person(id) = self.place {
                        a.button href={ "/contacts/" (self.kept.id) "/contact-merge/new?contact=" (id) } data-within { (t::SWAP.say(language)) }
                    }
                    button.primary { (t::UNITE.say(language)) }
                }
            }
        };
        sheet(DIALOG, t::PREVIEW.say(language), &content)
    }

    fn named(&self, key: &str) -> Option<(String, Kind)> {
        Some(match key {
            "name" => (c::NAME.say(self.language).to_owned(), Kind::Text),
            "phone" => (c::PHONE.say(self.language).to_owned(), Kind::Phone),
            "email" => (c::EMAIL.say(self.language).to_owned(), Kind::Email),
            _ => {
                let field = self.fields.iter().find(|field| field.key() == key)?;
                (field.name.clone(), field.kind)
            }
        })
    }
}

/// The same as a page.
pub fn page(language: Language, sheet: &Markup) -> Markup {
    agents::view::outside(language, t::TITLE.say(language), sheet)
}

/// What takes the latest merge back, in the contact's pane or on the person's page.
pub fn undo(language: Language, zone: &Zone, place: MergeOrigin, merge: Option<&ContactMerge>) -> Markup {
    html! {
        @if let Some(merge) = merge {
            @let name = merge.moved.other_before.get("name").or(merge.moved.other_before.get("phone")).map_or("?", String::as_str);
            form.undo-contact-merge method="post" action={ "/contact-merges/" (merge.id) "/undoing" } data-live=[place.live()] {
                @if let MergeOrigin::Person(_) = place { input type="hidden" name="from" value="contact"; }
                button { (t::UNDO.fill(language, &[("name", name)])) }
                p.hint { (t::UNDO_UNTIL.fill(language, &[("day", &zone.date(merge.at.plus(crate::desk::contact_merges::UNDOABLE), language))])) }
            }
        }
    }
}
