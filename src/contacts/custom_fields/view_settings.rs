//! The settings pages on custom fields.

use maud::{Markup, html};

use super::kind::Kind;
use super::{Conversion, CustomField};
use crate::platform::text::{Phrase, common, custom_fields as t, settings as s};
use crate::platform::ui::form::{Field, area, banner, complaint, select, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::Department;
use crate::team::departments::view::Boxes;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What the pages need.
pub struct CustomFieldPage<'a> {
    pub viewer: &'a Agent,
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

impl CustomFieldPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    fn named(&self, phrase: Phrase, name: &str) -> String {
        phrase.fill(self.viewer.language, &[("name", name)])
    }

    /// The fields in their order, the form for one more, and those put away.
    pub fn index(&self, fields: &[CustomField]) -> Markup {
        let (used, archived): (Vec<&CustomField>, Vec<&CustomField>) = fields.iter().partition(|field| !field.archived);
        let content = html! {
            p.hint { (self.say(t::HINT)) }
            @if used.is_empty() { p { (self.say(t::EMPTY)) } } @else {
                div.card.table { table {
                    thead { tr {
                        @for phrase in [t::NAME, t::KIND, t::GROUP, t::DEPARTMENTS] { th scope="col" { (self.say(phrase)) } }
                        th { span.hidden { (self.say(common::SETTINGS)) } }
                    } }
                    tbody { @for (place, field) in used.iter().enumerate() { tr { (self.row(field, place, used.len())) } } }
                } }
            }
            section.card { details open[!self.problems.is_empty() || used.is_empty()] {
                summary { (self.say(t::NEW)) }
                form method="post" action="/settings/custom-fields" { (self.fields()) button.primary { (self.say(s::CREATE)) } }
            } }
            @if !archived.is_empty() {
                h2 { (self.say(t::ARCHIVED)) }
                @for field in archived.iter().filter(|field| field.is_managed_by(self.viewer)) {
                    form method="post" action={ "/settings/custom-fields/" (field.id) "/restoring" } { button { (self.named(t::RESTORE, &field.name)) } }
                }
            }
        };
        frame(self.viewer, SettingsSection::TemplateFields, self.say(t::TITLE), self.done, &content)
    }

    fn row(&self, field: &CustomField, place: usize, of: usize) -> Markup {
        let mine = field.is_managed_by(self.viewer);
        let names = field.audience.names(self.departments);
        html! {
            td { @if mine { a href={ "/settings/custom-fields/" (field.id) } { (field.name) } } @else { (field.name) } @if field.required { " *" } }
            td { (self.say(field.kind.phrase())) } td { (field.group) } td { (names.join(", ")) }
            td { @if mine {
                form.row method="post" action={ "/settings/custom-fields/" (field.id) "/position" } {
                    @let (up, down) = (self.named(t::UP, &field.name), self.named(t::DOWN, &field.name));
                    button.plain name="way" value="up" title=(up) aria-label=(up) disabled[place == 0] { (icon(Icon::Up)) }
                    button.plain name="way" value="down" title=(down) aria-label=(down) disabled[place + 1 == of] { (icon(Icon::Down)) }
                }
            } }
        }
    }

    /// One field; what would not fit another type, where that was asked for.
    pub fn edit(
        &self,
        field: &CustomField,
        was: &str,
        conversion: Option<&Conversion>,
        unfit: &[(String, String)],
    ) -> Markup {
        let address = format!("/settings/custom-fields/{}", field.id);
        let content = html! {
            section.card { form method="post" action=(address) {
                (banner(self.viewer.language, self.problems)) (version(was)) (self.fields())
                @if let Some(conversion) = conversion {
                    @let (fit, rest) = (conversion.fit.len().to_string(), conversion.unfit.len().to_string());
                    p.wrong role="alert" { (t::CONVERSION.fill(self.viewer.language, &[("fit", &fit), ("unfit", &rest)])) }
                    ul { @for (name, value) in unfit { li { (name) ": " (value) } } @if conversion.unfit.len() > unfit.len() { li { "…" } } }
                    (tick("drop", "1", self.say(t::DROP_UNFIT), false.into()))
                }
                button.primary { (self.say(common::SAVE)) }
            } }
            section.card { details {
                summary { (self.say(s::ARCHIVE)) }
                form method="post" action={ (address) "/archiving" } {
                    p { (self.say(t::ARCHIVE_HINT)) }
                    button.danger { (self.named(t::ARCHIVE, &field.name)) }
                }
            } }
            p { a href="/settings/custom-fields" { (self.say(t::BACK)) } }
        };
        frame(self.viewer, SettingsSection::TemplateFields, &field.name, self.done, &content)
    }

    fn fields(&self) -> Markup {
        let (form, problems, language) = (self.form, self.problems, self.viewer.language);
        let kinds: Vec<(&str, &str)> = Kind::ALL.iter().map(|kind| (kind.word(), self.say(kind.phrase()))).collect();
        html! {
            (Field::text("name", self.say(t::NAME), form.text("name")).show(language, problems))
            (select("kind", self.say(t::KIND), &kinds, form.text("kind"), language, problems))
            (area("options", self.say(t::OPTIONS), form.text("options"), 4, language, problems))
            p.hint { (self.say(t::OPTIONS_HINT)) }
            (Field::text("group", self.say(t::GROUP), form.text("group")).show(language, problems))
            (tick("required", "1", self.say(t::REQUIRED), form.has("required").into()))
            (tick("unique", "1", self.say(t::UNIQUE), form.has("unique").into()))
            (complaint("unique", language, problems))
            (Boxes { legend: self.say(t::DEPARTMENTS), hint: "", departments: self.departments, form, problems, language }.show())
        }
    }
}
