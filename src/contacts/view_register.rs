//! The register of contacts: the list, and one person's page.

use maud::{Markup, html};

use super::sql_register::{Case, Known, Listed};
use super::view::Record;
use super::{Contact, phone};
use crate::agents::{self, Agent, Role};
use crate::labels::{self, Label, LabelId};
use crate::text::{Phrase, contacts as c, labels as l, register as t};
use crate::time::Zone;
use crate::ui::form::{Field, tick};
use crate::ui::icon::{Icon, icon};
use crate::web::form::{Problems, encode};

/// What the list shows.
pub struct List<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub query: &'a str,
    /// Those that any contact has, and the one that is filtered by.
    pub labels: &'a [Label],
    pub label: Option<LabelId>,
    pub people: &'a [Listed],
    /// Where the next page begins.
    pub more: bool,
}

impl List<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let language = self.viewer.language;
        agents::view::console(
            self.viewer,
            self.say(t::TITLE),
            "/contacts",
            &[],
            &html! {
                main.page.wide #main {
                    h1 { (self.say(t::TITLE)) }
                    div.row {
                        form.row method="get" action="/contacts" role="search" {
                            input type="search" name="q" value=(self.query) aria-label=(self.say(t::SEARCH)) placeholder=(self.say(t::SEARCH));
                            button.primary { (icon(Icon::Search)) (self.say(t::FIND)) }
                        }
                        @if !self.labels.is_empty() {
                            form.row method="get" action="/contacts" {
                                select name="label" aria-label=(self.say(l::FILTER)) {
                                    option value="" { (self.say(l::ANY)) }
                                    @for label in self.labels { option value=(label.id) selected[self.label == Some(label.id)] { (label.name) } }
                                }
                                button { (self.say(crate::text::tickets::FILTER)) }
                            }
                        }
                        @if self.viewer.is(Role::Lead) {
                            a.button href="/contacts/csv" download { (self.say(t::AS_CSV)) } a.button href="/contacts/xlsx" download { (self.say(t::AS_XLSX)) }
                        }
                    }
                    @if self.people.is_empty() {
                        p.empty { @if self.query.is_empty() { (self.say(t::EMPTY)) } @else { (t::NOTHING.fill(language, &[("query", self.query)])) } }
                    } @else {
                        form method="post" action="/contacts/labels" {
                        @if self.viewer.is(Role::Lead) { div.row.bulk {
                            span { (self.say(l::CHOSEN)) }
                            input name="label" list="labels" maxlength="40" autocomplete="off" aria-label=(self.say(l::ADD)) placeholder=(self.say(l::ADD));
                            datalist #labels { @for label in self.labels { option value=(label.name) {} } }
                            button name="way" value="add" { (self.say(l::PUT)) } button name="way" value="remove" { (self.say(l::TAKE_OFF)) }
                        } }
                        div.card.table tabindex="0" role="region" aria-label=(self.say(t::TITLE)) { table {
                            thead { tr { @for phrase in [c::NAME, c::PHONE, c::EMAIL, l::LABELS, t::SINCE, t::LAST] { th scope="col" { (self.say(phrase)) } } } }
                            tbody { @for one in self.people { tr {
                                td {
                                    @if self.viewer.is(Role::Lead) {
                                        @let words = l::TICK.fill(language, &[("name", &one.contact.title(language))]);
                                        input type="checkbox" name="contact" value=(one.contact.id) aria-label=(words); " "
                                    }
                                    a href={ "/contacts/" (one.contact.id) } { (one.contact.title(language)) }
                                }
                                td { (phone::shown(&one.contact.phone)) } td { (one.contact.email) } td { (labels::view::chips(&one.labels)) }
                                td { (self.zone.date(one.since, language)) }
                                td { @if let Some((number, at)) = one.last { (number) " · " (self.zone.date(at, language)) } }
                            } } }
                        } }
                        }
                    }
                    @if self.more && let Some(last) = self.people.last() {
                        p { a.button href={ "/contacts?q=" (encode(self.query)) @if let Some(label) = self.label { "&label=" (label) } "&before=" (last.contact.id) } { (self.say(t::MORE)) } }
                    }
                }
            },
        )
    }
}

/// One person's page.
pub struct Card<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub contact: &'a Contact,
    pub record: &'a Record<'a>,
    pub identities: &'a [Known],
    /// With whether the viewer may see it, and its department's name.
    pub cases: &'a [(Case, String, bool)],
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

impl Card<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let (language, id) = (self.viewer.language, self.contact.id);
        let title = self.contact.title(language);
        agents::view::console(
            self.viewer,
            &title,
            "/contacts",
            &[],
            &html! {
                main.page #main {
                    p { a href="/contacts" { (self.say(t::BACK)) } }
                    h1 { (title) }
                    @if let Some(done) = self.done { p.done role="status" { (done) } }
                    section.card { h2 { (self.say(t::RECORD)) } (self.record.form()) }
                    section.card {
                        h2 { (self.say(t::CONVERSATIONS)) }
                        @if self.cases.is_empty() { p.hint { (self.say(t::NO_CONVERSATIONS)) } }
                        ul.hits { @for (case, department, visible) in self.cases { li {
                            @if *visible { a href={ "/conversations/" (case.id) } { (case.number) } } @else { (case.number) }
                            " " span.hint { (department) " · " (self.say(case.state.phrase())) " · " (self.zone.full(case.opened_at, language)) }
                        } } }
                        @if !self.identities.is_empty() {
                            h3 { (self.say(t::CHANNELS)) }
                            ul { @for (_, channel, _) in self.identities { li { (channel) } } }
                        }
                    }
                    @if self.viewer.is(Role::Lead) {
                        section.card {
                            h2 { (self.say(t::RIGHTS)) }
                            p { a.button href={ "/contacts/" (id) "/history" } { (self.say(t::HISTORY)) } }
                            p.hint { (self.say(t::HISTORY_HINT)) }
                            p { a.button href={ "/contacts/" (id) "/data" } download { (self.say(t::DATA)) } }
                            p.hint { (self.say(t::DATA_HINT)) }
                            @if self.viewer.is(Role::Admin) { (self.anonymise(&title)) }
                        }
                    }
                }
            },
        )
    }

    fn anonymise(&self, title: &str) -> Markup {
        let language = self.viewer.language;
        html! {
            details open[!self.problems.is_empty()] {
                summary { (self.say(t::ANONYMISE)) }
                form method="post" action={ "/contacts/" (self.contact.id) "/anonymising" } {
                    p { (self.say(t::ANONYMISE_HINT)) }
                    (tick("words", "1", self.say(t::ERASE_WORDS), false.into()))
                    (Field::text("confirm", &t::CONFIRM.fill(language, &[("name", title)]), "").show(language, self.problems))
                    button.danger { (self.say(t::ANONYMISE)) }
                }
            }
        }
    }
}
