//! The settings page on a department's hours and bot texts.

use maud::{Markup, html};

use super::DAYS;
use crate::desk::placeholders::Placeholder;
use crate::platform::text::{Phrase, common, greetings as t};
use crate::platform::ui::form::{Field, area, banner};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::Department;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// The page.
pub fn edit(
    viewer: &Agent,
    department: &Department,
    was: &str,
    (form, problems): (&Form, &Problems),
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let names = Placeholder::COMMON.into_iter().chain([Placeholder::Position, Placeholder::OpensAt]);
    let names: Vec<String> = names.map(|one| format!("{{{}}}", one.name(language))).collect();
    let text = |name: &'static str, label: Phrase| area(name, say(label), form.text(name), 3, language, problems);
    let minutes = |name: &'static str, label: Phrase| {
        Field::text(name, say(label), form.text(name)).kind("number", "off").show(language, problems)
    };
    let content = html! {
        form method="post" action={ "/settings/departments/" (department.id) "/greeting" } {
            (banner(language, problems))
            (version(was))
            section.card {
                h2 { (say(t::HOURS)) }
                p.hint { (say(t::HOURS_HINT)) }
                @for (field, day) in DAYS { (Field::text(field, say(day), form.text(field)).show(language, problems)) }
            }
            section.card {
                p.hint { (t::VARIABLES.fill(language, &[("names", &names.join(" "))])) }
                (text("welcome", t::WELCOME))
                (text("closed", t::CLOSED))
                (text("waiting", t::WAITING))
                (minutes("waiting_minutes", t::WAITING_MINUTES))
                (text("idle_warning", t::IDLE_WARNING))
                (minutes("idle_warning_minutes", t::IDLE_WARNING_MINUTES))
                (minutes("idle_close_minutes", t::IDLE_CLOSE_MINUTES))
            }
            p { button.primary { (say(common::SAVE)) } }
        }
        p { a href={ "/settings/departments/" (department.id) } { (say(t::BACK)) } }
    };
    let title = format!("{} · {}", department.name, say(t::TITLE));
    frame(viewer, SettingsSection::Departments, &title, done, &content)
}
