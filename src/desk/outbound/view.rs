//! The forms that open a conversation, and the links between those that belong together.

use maud::{Markup, html};

use super::{Kin, Way};
use crate::contacts::{Contact, phone};
use crate::desk::conversation_merges;
use crate::desk::conversations::ConversationId;
use crate::desk::transfers::TransferChoice;
use crate::desk::transfers::view::{AbsenceEffect, places};
use crate::platform::text::{Language, common, contacts as person, outbound as t};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{Field, area, banner, complaint};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;

/// What both forms show.
pub struct OutboundDialog<'a> {
    pub language: Language,
    pub choices: &'a [TransferChoice],
    pub form: &'a Form,
    pub problems: &'a Problems,
    /// The contact, with the ways to reach them; None while nobody is chosen.
    pub contact: Option<(&'a Contact, &'a [Way])>,
    /// The conversation that it comes from.
    pub origin: Option<ConversationId>,
    /// Whom a search has found.
    pub found: &'a [Contact],
}

impl OutboundDialog<'_> {
    fn title(&self) -> String {
        match self.contact {
            Some((contact, _)) => t::TITLE.fill(self.language, &[("name", &contact.title(self.language))]),
            None => t::FROM_SCRATCH.say(self.language).to_owned(),
        }
    }

    /// The dialog that a script opens.
    pub fn dialog(&self) -> Markup {
        sheet(if self.origin.is_some() { "outbound" } else { "outbound-new" }, &self.title(), &self.content())
    }

    /// The same as a page.
    pub fn page(&self) -> Markup {
        let title = self.title();
        agents::view::outside(self.language, &title, &html! { h2 { (title) } (self.content()) })
    }

    /// The form; before it the search for a contact, where nobody is chosen.
    pub fn content(&self) -> Markup {
        html! {
            @if self.contact.is_none() { (self.search()) }
            (self.form())
            @if let Some(id) = self.origin { (conversation_merges::view::links(self.language, id)) }
        }
    }

    fn search(&self) -> Markup {
        let query = self.form.trimmed("q");
        html! {
            form.search method="get" action="/outbound/new" role="search" data-within {
                input type="search" name="q" value=(query) aria-label=(t::FIND.say(self.language)) placeholder=(t::FIND.say(self.language)) autocomplete="off";
                button { (common::SEARCH.say(self.language)) }
            }
            @if self.found.is_empty() {
                @if !query.is_empty() { p.hint { (t::NOBODY.say(self.language)) } }
            } @else {
                ul.hits { @for contact in self.found { li { a href={ "/outbound/new?contact=" (contact.id) } data-within {
                    b { (contact.title(self.language)) }
                    span.hint { (phone::shown(&contact.phone)) @if !contact.phone.is_empty() && !contact.email.is_empty() { " · " } (contact.email) }
                } } } }
            }
        }
    }

    /// Department or person, channel, first message.
    pub fn form(&self) -> Markup {
        let (language, form, problems) = (self.language, self.form, self.problems);
        let action = match self.origin {
            Some(id) => format!("/conversations/{id}/outbound"),
            None => "/outbound".to_owned(),
        };
        let back = self.origin.map_or("/conversations".to_owned(), |id| format!("/conversations/{id}"));
        html! {
            form.outbound method="post" action=(action) data-live {
                (banner(language, problems))
                @match self.contact {
                    Some((contact, ways)) => {
                        input type="hidden" name="contact" value=(contact.id);
                        (self.ways(ways))
                    }
                    None => {
                        h3 { (t::NEW_CONTACT.say(language)) }
                        (Field::text("name", person::NAME.say(language), form.text("name")).show(language, problems))
                        (Field::text("phone", person::PHONE.say(language), form.text("phone")).kind("tel", "off").show(language, problems))
                        (Field::text("email", person::EMAIL.say(language), form.text("email")).kind("email", "off").show(language, problems))
                        p.hint { (t::NO_CHANNEL_YET.say(language)) }
                    }
                }
                (places(language, self.choices, form.text("to"), AbsenceEffect::Waits, problems))
                @if self.contact.is_some_and(|(_, ways)| !ways.is_empty()) {
                    (area("first", t::FIRST.say(language), form.text("first"), 3, language, problems))
                    p.hint { (t::FIRST_HINT.say(language)) }
                }
                div.row.end {
                    a.button href=(back) data-shut { (common::CANCEL.say(language)) }
                    button.primary { (t::OPEN.say(language)) }
                }
            }

        }
    }

    fn ways(&self, ways: &[Way]) -> Markup {
        let chosen = self.form.number("way");
        html! {
            div.field {
                label for="way" { (t::CHANNEL.say(self.language)) }
                select #way name="way" {
                    @for way in ways { option value=(way.identity) selected[chosen == Some(way.identity.0)] { (way.name) } }
                    @if ways.is_empty() { option value="0" { (t::NO_CHANNEL_YET.say(self.language)) } }
                }
                (complaint("way", self.language, self.problems))
            }
        }
    }
}

/// "Veio de" and "Originou", among the facts of a conversation.
pub fn links(language: Language, kin: &Kin) -> Markup {
    html! {
        @if let Some((id, number)) = kin.origin {
            dt { (t::CAME_FROM.say(language)) } dd { a href={ "/conversations/" (id) } { (number) } }
        }
        @if !kin.led_to.is_empty() {
            dt { (t::LED_TO.say(language)) }
            @for (id, number) in &kin.led_to { dd { a href={ "/conversations/" (id) } { (number) } } }
        }
    }
}
