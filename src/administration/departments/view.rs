//! The settings pages on departments.

use maud::{Markup, html};

use crate::platform::text::{Language, Phrase, common, settings as t};
use crate::platform::time::MINUTE;
use crate::platform::ui::form::{Field, banner, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId};
use crate::team::departments::{Department, DepartmentId};
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// Every department, with the form for one more.
pub fn index(
    viewer: &Agent,
    rows: &[(Department, usize)],
    form: &Form,
    problems: &Problems,
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let content = html! {
        p.hint { (say(t::DEPARTMENTS_HINT)) }
        @if !rows.is_empty() {
            div.card.table { table {
                thead { tr {
                    th scope="col" { (say(t::DEPARTMENT_NAME)) } th scope="col" { (say(t::GOAL)) } th scope="col" { (say(t::PEOPLE)) }
                } }
                tbody { @for (department, people) in rows { tr {
                    td { a href={ "/settings/departments/" (department.id) } { (department.name) } }
                    td { (t::MINUTES.fill(language, &[("minutes", &minutes(department).to_string())])) }
                    td { (people) }
                } } }
            } }
        }
        section.card {
            h2 { (say(t::DEPARTMENT_NEW)) }
            form method="post" action="/settings/departments" {
                (Field::text("name", say(t::DEPARTMENT_NAME), form.text("name")).show(language, problems))
                (goal(language, form, problems))
                button.primary { (say(t::CREATE)) }
            }
        }
    };
    frame(viewer, SettingsSection::Departments, say(t::DEPARTMENTS), done, &content)
}

/// The goal in whole minutes.
pub fn minutes(department: &Department) -> i64 {
    department.first_answer_goal / MINUTE
}

fn goal(language: Language, form: &Form, problems: &Problems) -> Markup {
    let typed = if form.has("goal") { form.text("goal") } else { "5" };
    Field::text("goal", t::GOAL.say(language), typed)
        .kind("number", "off")
        .hint(t::GOAL_HINT.say(language))
        .show(language, problems)
}

/// What the page of one department needs.
pub struct DepartmentPage<'a> {
    pub viewer: &'a Agent,
    pub id: DepartmentId,
    pub form: &'a Form,
    pub was: &'a str,
    pub problems: &'a Problems,
    /// Everybody, to choose from.
    pub people: &'a [(AgentId, String)],
}

/// One department: the form and the way out.
pub fn edit(shown: &DepartmentPage, done: Option<&str>) -> Markup {
    let (language, form, problems) = (shown.viewer.language, shown.form, shown.problems);
    let say = |phrase: Phrase| phrase.say(language);
    let address = format!("/settings/departments/{}", shown.id);
    let name = form.text("name");
    let content = html! {
        section.card {
            form method="post" action=(address) {
                (banner(language, problems))
                (version(shown.was))
                (Field::text("name", say(t::DEPARTMENT_NAME), name).show(language, problems))
                (goal(language, form, problems))
                fieldset.field {
                    legend { (say(t::PEOPLE)) }
                    @for (id, name) in shown.people {
                        @let value = id.to_string();
                        @let ticked = form.all("members").any(|one| one == value);
                        (tick("members", &value, name, ticked.into()))
                    }
                }
                button.primary { (say(common::SAVE)) }
            }
        }
        p.row {
            a.button href={ (address) "/greeting" } { (crate::platform::text::greetings::TITLE.say(language)) }
            a.button href={ (address) "/flow" } { (crate::platform::text::flow::TITLE.say(language)) }
        }
        section.card {
            details {
                summary { (say(t::ARCHIVE)) }
                form method="post" action={ (address) "/archiving" } {
                    p { (say(t::ARCHIVE_DEPARTMENT_HINT)) }
                    button.danger { (t::ARCHIVE_PERSON.fill(language, &[("name", name)])) }
                }
            }
        }
        p { a href="/settings/departments" { (say(t::BACK_TO_DEPARTMENTS)) } }
    };
    frame(shown.viewer, SettingsSection::Departments, name, done, &content)
}
