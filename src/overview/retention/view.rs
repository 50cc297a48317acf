//! The page on how long things are kept.

use maud::{Markup, html};

use super::{Preview, Run};
use crate::desk::messages::view::size;
use crate::overview::retention::COUNTED;
use crate::platform::text::{Phrase, retention as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{Field, banner, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What the page shows.
pub struct Shown<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub preview: Option<&'a Preview>,
    pub last: Option<&'a Run>,
    /// Of the rule that is stored.
    pub version: &'a str,
    pub done: Option<&'a str>,
}

impl Shown<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let language = self.viewer.language;
        let content = html! {
            p.hint { (self.say(t::HINT)) }
            p.hint { (self.say(t::LAW)) }
            section.card { form method="post" action="/settings/retention" {
                (banner(language, self.problems))
                (version(self.version))
                @for (name, label, hint) in [("words", t::WORDS, t::WORDS_HINT), ("files", t::FILES, t::FILES_HINT), ("persons", t::PERSONS, t::PERSONS_HINT)] {
                    (Field::text(name, self.say(label), self.form.text(name)).kind("number", "off").hint(self.say(hint)).show(language, self.problems))
                }
                (tick("unregulated", "1", self.say(t::UNREGULATED), self.form.has("unregulated").into()))
                div.row {
                    button name="look" value="1" formmethod="get" formnovalidate { (self.say(t::LOOK)) }
                    button.primary { (self.say(t::STORE)) }
                }
            } }
            @if let Some(preview) = self.preview { (self.found(preview)) }
            section.card {
                h2 { (self.say(t::LAST)) }
                @match self.last {
                    None => p { (self.say(t::NEVER)) },
                    Some(run) => p { (self.ran(run)) },
                }
            }
        };
        frame(self.viewer, SettingsSection::Retention, self.say(t::TITLE), self.done, &content)
    }

    fn found(&self, preview: &Preview) -> Markup {
        let language = self.viewer.language;
        let counts = &preview.counts;
        let files = t::FILES_FOUND.fill(language, &[("size", &size(counts.bytes))]);
        html! {
            section.card aria-live="polite" {
                h2 { (self.say(t::FOUND)) }
                p.hint { (self.say(t::NOT_STORED)) }
                @if counts.is_nothing() { p { (self.say(t::NONE)) } } @else {
                    ul.figures {
                        li { b { (counts.conversations) } " " (self.say(t::CONVERSATIONS)) } li { b { (counts.messages) } " " (self.say(t::MESSAGES)) }
                        li { b { (counts.files) } " " (files) } li { b { (counts.persons) } " " (self.say(t::PEOPLE)) }
                    }
                    @if preview.capped { p { (t::CAPPED.fill(language, &[("n", &COUNTED.to_string())])) } }
                    @if let Some(oldest) = preview.oldest { p { (t::OLDEST.fill(language, &[("date", &self.zone.date(oldest, language))])) } }
                    details {
                        summary { (self.say(t::FIRST)) }
                        ul {
                            @for (id, number, at) in &preview.conversations { li { a href={ "/conversations/" (id) } { (number) } " · " (self.zone.date(*at, language)) } }
                            @for (id, name) in &preview.people { li { a href={ "/contacts/" (id) } { (name) } } }
                        }
                    }
                }
            }
        }
    }

    fn ran(&self, run: &Run) -> String {
        let language = self.viewer.language;
        let Some(at) = run.finished_at else {
            return t::RUNNING.fill(language, &[("at", &self.zone.full(run.started_at, language))]);
        };
        let counts = &run.counts;
        t::RAN.fill(
            language,
            &[
                ("at", &self.zone.full(at, language)),
                ("conversations", &counts.conversations.to_string()),
                ("messages", &counts.messages.to_string()),
                ("files", &counts.files.to_string()),
                ("persons", &counts.persons.to_string()),
            ],
        )
    }
}
