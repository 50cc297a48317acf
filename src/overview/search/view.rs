//! The search page and the palette's list.

use maud::{Markup, html};

use super::{Hit, excerpt};
use crate::contacts::{Contact, phone};
use crate::desk::conversations::ConversationId;
use crate::desk::messages::{Author, MessageId};
use crate::platform::text::folding::words;
use crate::platform::text::search as t;
use crate::platform::time::Zone;
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::encode;
use crate::team::agents::{self, Agent};

/// What was found.
pub struct SearchResults<'a> {
    pub agent: &'a Agent,
    pub zone: &'a Zone,
    pub query: &'a str,
    pub people: &'a [(Contact, ConversationId)],
    pub hits: &'a [Hit],
    pub older: Option<MessageId>,
}

impl SearchResults<'_> {
    /// The page.
    pub fn page(&self) -> Markup {
        let language = self.agent.language;
        let nothing = self.people.is_empty() && self.hits.is_empty();
        agents::view::console(
            self.agent,
            t::TITLE.say(language),
            "/search",
            &[],
            &html! {
                main.page #main {
                    h1 { (t::TITLE.say(language)) }
                    form.search role="search" method="get" action="/search" {
                        input type="search" name="q" value=(self.query) aria-label=(t::HINT.say(language)) placeholder=(t::HINT.say(language)) autofocus autocomplete="off";
                        button.primary { (icon(Icon::Search)) (t::TITLE.say(language)) }
                    }
                    @if self.query.is_empty() { p.empty { (t::START.say(language)) } }
                    @else if nothing { p.empty { (t::NOTHING.fill(language, &[("query", self.query)])) } }
                    @if !self.people.is_empty() {
                        h2 { (t::PEOPLE.say(language)) }
                        ul.hits { @for (contact, conversation) in self.people { li { a href={ "/conversations/" (conversation) } {
                            b { (contact.title(language)) } " " span.hint { (phone::shown(&contact.phone)) " " (contact.email) }
                        } } } }
                    }
                    @if !self.hits.is_empty() {
                        h2 { (t::MESSAGES.say(language)) }
                        ol.hits { @for hit in self.hits { (self.hit(hit)) } }
                    }
                    @if let Some(older) = self.older { p { a.button href={ "/search?q=" (encode(self.query)) "&before=" (older) } { (t::OLDER.say(language)) } } }
                }
            },
        )
    }

    fn hit(&self, hit: &Hit) -> Markup {
        let language = self.agent.language;
        html! {
            li data-author=(hit.author.word()) { a href={ "/conversations/" (hit.conversation) "#m" (hit.message) } {
                span.row { b { (hit.contact.title(language)) } span.hint { (hit.number) " · " (self.zone.full(hit.at, language)) } }
                span.excerpt {
                    @if hit.author == Author::Note { (icon(Icon::Lock)) }
                    @for (piece, found) in excerpt(&hit.body, &words(self.query)) { @if found { mark { (piece) } } @else { (piece) } }
                }
            } }
        }
    }
}

/// One line of the palette: where it leads, what it is, what stands beside it.
pub struct PaletteItem {
    pub address: String,
    pub title: String,
    pub hint: String,
}

/// The palette's list.
pub fn palette(targets: &[PaletteItem]) -> Markup {
    html! {
        @for (index, target) in targets.iter().enumerate() {
            li role="presentation" {
                a role="option" #{ "go" (index) } aria-selected=(if index == 0 { "true" } else { "false" }) href=(target.address) tabindex="-1" { b { (target.title) } " " span.hint { (target.hint) } }
            }
        }
    }
}
