//! The register of contacts: one person's page.

use maud::{Markup, html};

use crate::contacts::Contact;
use crate::contacts::ContactIdentity;
use crate::contacts::view::ContactRecord;
use crate::desk::contact_merges;
use crate::desk::contact_merges::{ContactMerge, Sign};
use crate::desk::conversations::ContactCase;
use crate::platform::text::{Phrase, register as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{Field, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::Problems;
use crate::team::agents::{self, Agent, Role};

/// One person's page.
pub struct ContactPage<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub contact: &'a Contact,
    pub record: &'a ContactRecord<'a>,
    pub identities: &'a [ContactIdentity],
    /// With whether the viewer may see it, and its department's name.
    pub cases: &'a [(ContactCase, String, bool)],
    /// Where the viewer may merge it with another record: who is probably the same person; the latest merge into it that can be
    /// undone.
    pub probable: Option<&'a [(Contact, Sign)]>,
    pub union: Option<&'a ContactMerge>,
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

impl ContactPage<'_> {
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
                    section.card { h2 { (self.say(t::RECORD)) } @if self.viewer.is(Role::Lead) { (self.record.form()) } @else { (self.record.facts()) }
                        p { a.button href={ "/contacts/" (id) "/changes" } { (self.say(crate::platform::text::custom_fields::HISTORY)) } } (self.unions()) }
                    section.card {
                        h2 { (self.say(t::CONVERSATIONS)) }
                        @if self.cases.is_empty() { p.hint { (self.say(t::NO_CONVERSATIONS)) } }
                        ul.hits.cases { @for (case, department, visible) in self.cases { li {
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

    fn unions(&self) -> Markup {
        let place = contact_merges::view::MergeOrigin::Person(self.contact.id);
        html! {
            @if let Some(probable) = self.probable {
                (contact_merges::view::probable(self.viewer.language, self.contact.id, probable))
                p.row { a.button href={ (place.address()) "/contact-merge/new" } data-dialog="contact-merge" { (icon(Icon::People)) (self.say(crate::platform::text::contact_merges::UNITE_RECORD)) } }
                (contact_merges::view::undo(self.viewer.language, self.zone, place, self.union))
            }
        }
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
