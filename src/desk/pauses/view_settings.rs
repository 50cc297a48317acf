//! The settings pages on pauses.

use maud::{Markup, html};

use super::{Overdue, PauseReason, PauseRule, ReasonId};
use crate::desk::placeholders::Placeholder;
use crate::platform::text::{Language, Phrase, common, pauses as t, settings as s, tags};
use crate::platform::ui::form::{Field, area, banner, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::Department;
use crate::team::departments::view::Boxes;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// Reasons, the form for one more, and what each department allows.
pub fn index(
    viewer: &Agent,
    reasons: &[PauseReason],
    rules: &[(Department, PauseRule)],
    (form, problems): (&Form, &Problems),
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let departments: Vec<Department> = rules.iter().map(|(department, _)| department.clone()).collect();
    let content = html! {
        p.hint { (say(t::SETTINGS_HINT)) }
        @if reasons.is_empty() { p { (say(t::EMPTY)) } } @else {
            div.card.table { table {
                thead { tr { th scope="col" { (say(t::NAME)) } th scope="col" { (say(t::MINUTES)) } th scope="col" { (say(t::BEGIN)) } } }
                tbody { @for reason in reasons { tr {
                    td { @if reason.is_managed_by(viewer) { a href={ "/settings/pauses/" (reason.id) } { (reason.name) } } @else { (reason.name) } }
                    td { (reason.minutes) } td { (reason.message) }
                } } }
            } }
        }
        section.card {
            details open[!problems.is_empty()] {
                summary { (say(t::NEW)) }
                form method="post" action="/settings/pauses" { (fields(language, &departments, form, problems)) button.primary { (say(s::CREATE)) } }
            }
        }
        h2 { (say(t::RULES)) }
        @for (department, rule) in rules {
            section.card { details {
                summary { (department.name) }
                form method="post" action={ "/settings/pauses/rules/" (department.id) } {
                    (tick("allowed", "1", say(t::ALLOWED), rule.allowed.into()))
                    // One form a department: each field has an id of its own.
                    div.field {
                        label for={ "grace-" (department.id) } { (say(t::GRACE)) }
                        input #{ "grace-" (department.id) } name="grace" type="number" autocomplete="off" value=(rule.grace);
                    }
                    div.field {
                        label for={ "overdue-" (department.id) } { (say(t::IF_OVERDUE)) }
                        select #{ "overdue-" (department.id) } name="overdue" {
                            @for (one, phrase) in [(Overdue::Stays, t::OVERDUE_STAYS), (Overdue::Queue, t::OVERDUE_QUEUE)] {
                                option value=(one.word()) selected[rule.overdue == one] { (say(phrase)) }
                            }
                        }
                    }
                    button { (say(common::SAVE)) }
                }
            } }
        }
    };
    frame(viewer, SettingsSection::Pauses, say(t::SETTINGS), done, &content)
}

/// One reason.
pub fn edit(
    viewer: &Agent,
    id: ReasonId,
    was: &str,
    departments: &[Department],
    (form, problems): (&Form, &Problems),
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let name = form.text("name");
    let address = format!("/settings/pauses/{id}");
    let content = html! {
        section.card { form method="post" action=(address) {
            (banner(language, problems)) (version(was)) (fields(language, departments, form, problems))
            button.primary { (common::SAVE.say(language)) }
        } }
        section.card { details {
            summary { (s::ARCHIVE.say(language)) }
            form method="post" action={ (address) "/archiving" } {
                p { (t::ARCHIVE_HINT.say(language)) }
                button.danger { (t::ARCHIVE.fill(language, &[("name", name)])) }
            }
        } }
        p { a href="/settings/pauses" { (t::BACK.say(language)) } }
    };
    frame(viewer, SettingsSection::Pauses, name, done, &content)
}

fn fields(language: Language, departments: &[Department], form: &Form, problems: &Problems) -> Markup {
    let say = |phrase: Phrase| phrase.say(language);
    let number = |name: &'static str, label: Phrase| {
        Field::text(name, say(label), form.text(name)).kind("number", "off").show(language, problems)
    };
    let text = |name: &'static str, label: Phrase| area(name, say(label), form.text(name), 2, language, problems);
    let names = Placeholder::COMMON.into_iter().chain([Placeholder::ReturnsAt, Placeholder::Reason]);
    let names: Vec<String> = names.map(|one| format!("{{{}}}", one.name(language))).collect();
    html! {
        (Field::text("name", say(t::NAME), form.text("name")).show(language, problems))
        (number("minutes", t::MINUTES))
        (text("message", t::BEGIN))
        (text("reminder", t::REMINDER))
        (number("reminder_minutes", t::REMINDER_MINUTES))
        (number("reminder_most", t::REMINDER_MOST))
        (text("reply", t::REPLY))
        (number("reply_minutes", t::REPLY_MINUTES))
        (tick("contact_ends", "1", say(t::CONTACT_ENDS), form.has("contact_ends").into()))
        (Boxes { legend: say(tags::DEPARTMENTS), hint: say(t::DEPARTMENTS_HINT), departments, form, problems, language }.show())
        p.hint { (t::VARIABLES.fill(language, &[("names", &names.join(" "))])) }
    }
}
