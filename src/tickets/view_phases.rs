//! The page on a board's phases.

use maud::{Markup, html};

use super::phases::{Phase, PhaseId};
use crate::platform::text::{Phrase, common, tickets as t};
use crate::platform::ui::form::{CheckState, Field, banner, select, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{self, Agent};
use crate::team::departments::Department;

/// What the page needs.
pub struct PhasePage<'a> {
    pub viewer: &'a Agent,
    pub department: &'a Department,
    pub phases: &'a [Phase],
    /// The phase whose form was refused; None for the form of a new one.
    pub edited: Option<PhaseId>,
    pub form: &'a Form,
    pub problems: &'a Problems,
}

impl PhasePage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    fn named(&self, phrase: Phrase, name: &str) -> String {
        phrase.fill(self.viewer.language, &[("name", name)])
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let language = self.viewer.language;
        let title = t::PHASES_OF.fill(language, &[("department", &self.department.name)]);
        let none = Problems::default();
        let problems = if self.edited.is_none() { self.problems } else { &none };
        agents::view::console(
            self.viewer,
            &title,
            "/tickets",
            &[],
            &html! {
                main.page #main {
                    p { a href={ "/tickets?department=" (self.department.id) } { (self.say(t::BACK)) } }
                    h1 { (title) }
                    ol.phases { @for (index, phase) in self.phases.iter().enumerate() { (self.phase(phase, index)) } }
                    section.card {
                        h2 { (self.say(t::ADD_PHASE)) }
                        form method="post" action={ "/departments/" (self.department.id) "/phases" } {
                            @let typed = if self.edited.is_none() { self.form.text("name") } else { "" };
                            (Field::text("name", self.say(t::PHASE_NAME), typed).show(language, problems))
                            (tick("ends", "1", self.say(t::ENDS), CheckState::No))
                            p.hint { (self.say(t::ENDS_HINT)) }
                            button.primary { (self.say(t::ADD_PHASE)) }
                        }
                    }
                }
            },
        )
    }

    fn phase(&self, phase: &Phase, index: usize) -> Markup {
        let (language, id) = (self.viewer.language, phase.id);
        let mine = self.edited == Some(id);
        let name = if mine { self.form.text("name") } else { phase.name.as_str() };
        let wrong = if mine { self.problems.of("name") } else { None };
        let others: Vec<(String, &str)> = self
            .phases
            .iter()
            .filter(|other| other.id != id && other.ends == phase.ends)
            .map(|other| (other.id.to_string(), other.name.as_str()))
            .collect();
        let others: Vec<(&str, &str)> = others.iter().map(|(id, name)| (id.as_str(), *name)).collect();
        let none = Problems::default();
        html! {
            li.card {
                @if mine { (banner(language, self.problems)) }
                form.row method="post" action={ "/phases/" (id) } {
                    input name="name" value=(name) aria-label=(self.say(t::PHASE_NAME)) aria-invalid=[wrong.map(|_| "true")] autocomplete="off";
                    @if phase.used {
                        @if phase.ends { input type="hidden" name="ends" value="1"; }
                        span.hint title=(self.say(t::PHASE_USED)) { @if phase.ends { (self.say(t::ENDS)) } }
                    } @else { (tick("ends", "1", self.say(t::ENDS), phase.ends.into())) }
                    button { (self.say(common::SAVE)) }
                    @if let Some(wrong) = wrong { p.wrong { (wrong.say(language)) } }
                }
                div.row {
                    form.row method="post" action={ "/phases/" (id) "/position" } {
                        @let (up, down) = (self.named(t::UP, &phase.name), self.named(t::DOWN, &phase.name));
                        button.plain name="step" value="-1" title=(up) aria-label=(up) disabled[index == 0] { (icon(Icon::Up)) }
                        button.plain name="step" value="1" title=(down) aria-label=(down) disabled[index + 1 == self.phases.len()] { (icon(Icon::Down)) }
                    }
                    @if !others.is_empty() {
                        details {
                            summary { (self.named(t::ARCHIVE_PHASE, &phase.name)) }
                            form.row method="post" action={ "/phases/" (id) "/archiving" } {
                                @if phase.used { (select("to", self.say(t::ARCHIVE_TO), &others, "", language, &none)) }
                                button.danger { (self.named(t::ARCHIVE_PHASE, &phase.name)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
