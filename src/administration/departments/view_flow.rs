//! The settings page on assignment, transfers and farewells of a department.

use maud::{Markup, html};

use crate::desk::placeholders::Placeholder;
use crate::platform::text::{Phrase, common, flow as t};
use crate::platform::ui::form::{Field, area, banner, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::AssignmentMode;
use crate::team::departments::Department;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What the page needs.
pub struct FlowPage<'a> {
    pub viewer: &'a Agent,
    pub department: &'a Department,
    pub form: &'a Form,
    pub was: &'a str,
    pub problems: &'a Problems,
}

/// The page.
pub fn edit(shown: &FlowPage, done: Option<&str>) -> Markup {
    let (language, form, problems) = (shown.viewer.language, shown.form, shown.problems);
    let say = |phrase: Phrase| phrase.say(language);
    let chosen = form.text("assignment");
    let names: Vec<String> =
        Placeholder::COMMON.iter().map(|placeholder| format!("{{{}}}", placeholder.name(language))).collect();
    let content = html! {
        section.card {
            form method="post" action={ "/settings/departments/" (shown.department.id) "/flow" } {
                (banner(language, problems))
                (version(shown.was))
                fieldset.field {
                    legend { (say(t::DISTRIBUTION)) }
                    @for (one, phrase) in [(AssignmentMode::Manual, t::MANUAL), (AssignmentMode::Automatic, t::AUTOMATIC)] {
                        label.tick { input type="radio" name="assignment" value=(one.word()) checked[chosen == one.word()]; span { (say(phrase)) } }
                    }
                    p.hint { (say(t::DISTRIBUTION_HINT)) }
                }
                (Field::text("cap", say(t::CAP), form.text("cap")).kind("number", "off").show(language, problems))
                (Field::text("transfer_limit", say(t::TRANSFER_LIMIT), form.text("transfer_limit")).kind("number", "off")
                    .hint(say(t::TRANSFER_LIMIT_HINT)).show(language, problems))
                (area("farewell", say(t::FAREWELL), form.text("farewell"), 3, language, problems))
                p.hint { (t::FAREWELL_HINT.fill(language, &[("list", &names.join(" "))])) }
                (tick("asks_rating", "1", say(t::ASKS_RATING), form.has("asks_rating").into()))
                (Field::text("handling_goal", say(t::HANDLING_GOAL), form.text("handling_goal")).kind("number", "off")
                    .hint(say(t::HANDLING_GOAL_HINT)).show(language, problems))
                (Field::text("reopen_window", say(t::REOPEN_WINDOW), form.text("reopen_window")).kind("number", "off")
                    .hint(say(t::REOPEN_WINDOW_HINT)).show(language, problems))
                button.primary { (say(common::SAVE)) }
            }
        }
        p { a href={ "/settings/departments/" (shown.department.id) } { (say(t::BACK)) } }
    };
    let title = format!("{} · {}", shown.department.name, say(t::TITLE));
    frame(shown.viewer, SettingsSection::Departments, &title, done, &content)
}
