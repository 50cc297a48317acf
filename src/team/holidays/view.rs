//! The settings page on holidays.

use maud::{Markup, html};

use super::Holiday;
use crate::platform::text::{Language, Phrase, holidays as t};
use crate::platform::ui::form::Field;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::frame;

/// The list from today on, the form for one more, and the national ones of two years.
pub fn index(
    viewer: &Agent,
    holidays: &[Holiday],
    year: i64,
    (form, problems): (&Form, &Problems),
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let content = html! {
        p.hint { (say(t::HINT)) }
        div.row { @for year in [year, year + 1] {
            form method="post" action="/settings/holidays/national" {
                button name="year" value=(year) { (t::NATIONAL.fill(language, &[("year", &year.to_string())])) }
            }
        } }
        @if holidays.is_empty() { p { (say(t::EMPTY)) } } @else {
            div.card.table { table {
                thead { tr { th scope="col" { (say(t::DAY)) } th scope="col" { (say(t::NAME)) } th scope="col" {} } }
                tbody { @for holiday in holidays { tr {
                    td { (shown(holiday.day, language)) } td { (holiday.name) }
                    td { form method="post" action="/settings/holidays/removal" {
                        button.plain name="day" value=(holiday.day) { (t::REMOVE.fill(language, &[("name", &holiday.name)])) }
                    } }
                } } }
            } }
        }
        section.card {
            h2 { (say(t::NEW)) }
            form method="post" action="/settings/holidays" {
                (Field::text("day", say(t::DAY), form.text("day")).kind("date", "off").show(language, problems))
                (Field::text("name", say(t::NAME), form.text("name")).show(language, problems))
                button.primary { (say(t::ADD)) }
            }
        }
    };
    frame(viewer, SettingsSection::Holidays, say(t::TITLE), done, &content)
}

fn shown(day: i64, language: Language) -> String {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    match language {
        Language::Portuguese => format!("{day:02}/{month:02}/{year}"),
        Language::English => format!("{year}-{month:02}-{day:02}"),
    }
}
