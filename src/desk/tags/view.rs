//! The dialog that puts tags on a conversation, and the settings pages.

use maud::{Markup, html};

use super::{Tag, TagId};
use crate::desk::catalogue_imports::{self, Register};
use crate::desk::conversations::ConversationId;
use crate::platform::text::{Language, Phrase, common, settings as s, tags as t};
use crate::platform::ui::colour::Colour;
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{Field, banner, select};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{self, Agent};
use crate::team::departments::Department;
use crate::team::departments::audience::Audience;
use crate::team::departments::view::Boxes;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// The dialog that a script opens over the conversation.
pub fn dialog(language: Language, id: ConversationId, offered: &[Tag], carried: &[Tag]) -> Markup {
    sheet("tags", t::DIALOG.say(language), &form(language, id, offered, carried))
}

/// The same as a page, for those without scripts.
pub fn page(language: Language, id: ConversationId, offered: &[Tag], carried: &[Tag]) -> Markup {
    let title = t::DIALOG.say(language);
    agents::view::outside(language, title, &html! { h2 { (title) } (form(language, id, offered, carried)) })
}

fn form(language: Language, id: ConversationId, offered: &[Tag], carried: &[Tag]) -> Markup {
    // What an archived tag left on the conversation can still be taken off.
    let left = carried.iter().filter(|tag| offered.iter().all(|other| other.id != tag.id));
    html! {
        form method="post" action={ "/conversations/" (id) "/tags" } data-live="all" {
            @if offered.is_empty() && carried.is_empty() { p { (t::NONE.say(language)) } } @else {
                input type="search" data-sift="#tag-choices" autocomplete="off" aria-label=(t::SEARCH.say(language)) placeholder=(t::SEARCH.say(language));
                ul.toggles #tag-choices {
                    @for tag in offered.iter().chain(left) {
                        @let on = carried.iter().any(|other| other.id == tag.id);
                        li data-words=(tag.name) {
                            button.tag name=(if on { "remove" } else { "add" }) value=(tag.id) data-colour=(tag.colour.word())
                                aria-pressed=(if on { "true" } else { "false" }) { (tag.name) }
                        }
                    }
                }
            }
            div.row.end { a.button href={ "/conversations/" (id) } data-shut { (common::CANCEL_CLOSE.say(language)) } }
        }
    }
}

/// What the settings pages need.
pub struct TagPage<'a> {
    pub viewer: &'a Agent,
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

impl TagPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// Every tag, and the form for one more.
    pub fn index(&self, tags: &[Tag]) -> Markup {
        let content = html! {
            p.hint { (self.say(t::HINT)) }
            p.row { (catalogue_imports::view::buttons(Register::Tags, self.viewer.language)) }
            @if tags.is_empty() { p { (self.say(t::EMPTY)) } } @else {
                div.card.table { table {
                    thead { tr { th scope="col" { (self.say(t::NAME)) } th scope="col" { (self.say(t::DEPARTMENTS)) } } }
                    tbody { @for tag in tags { tr {
                        td { @if tag.is_managed_by(self.viewer) { a href={ "/settings/tags/" (tag.id) } { (chip(tag)) } } @else { (chip(tag)) } }
                        td { @if tag.audience == Audience::Everyone { (self.say(t::ALL_DEPARTMENTS)) } @else { (tag.audience.names(self.departments).join(", ")) } }
                    } } }
                } }
            }
            section.card {
                h2 { (self.say(t::NEW)) }
                form method="post" action="/settings/tags" { (self.fields()) button.primary { (self.say(s::CREATE)) } }
            }
        };
        frame(self.viewer, SettingsSection::Tags, self.say(t::TITLE), self.done, &content)
    }

    /// One tag.
    pub fn edit(&self, id: TagId, was: &str) -> Markup {
        let name = self.form.text("name");
        let content = html! {
            section.card { form method="post" action={ "/settings/tags/" (id) } {
                (banner(self.viewer.language, self.problems)) (version(was)) (self.fields())
                button.primary { (self.say(common::SAVE)) }
            } }
            section.card { details {
                summary { (self.say(s::ARCHIVE)) }
                form method="post" action={ "/settings/tags/" (id) "/archiving" } {
                    p { (self.say(t::ARCHIVE_HINT)) }
                    button.danger { (t::ARCHIVE.fill(self.viewer.language, &[("name", name)])) }
                }
            } }
            p { a href="/settings/tags" { (self.say(t::BACK)) } }
        };
        frame(self.viewer, SettingsSection::Tags, name, self.done, &content)
    }

    fn fields(&self) -> Markup {
        let (form, problems, language) = (self.form, self.problems, self.viewer.language);
        let colours: Vec<(&str, &str)> = Colour::ALL.iter().map(|one| (one.word(), self.say(one.phrase()))).collect();
        html! {
            (Field::text("name", self.say(t::NAME), form.text("name")).show(language, problems))
            (select("colour", self.say(t::COLOUR), &colours, form.text("colour"), language, problems))
            (Boxes { legend: self.say(t::DEPARTMENTS), hint: "", departments: self.departments, form, problems, language }.show())
        }
    }
}

fn chip(tag: &Tag) -> Markup {
    html! { span.tag data-colour=(tag.colour.word()) { (tag.name) } }
}
