//! The custom fields in a contact's record, and the record's history.

use maud::{Markup, html};

use super::kind::Kind;
use super::{FieldChange, FieldValue, key};
use crate::platform::text::{Language, contacts as c, custom_fields as t};
use crate::platform::time::Zone;
use crate::platform::ui::dialog::sheet;
use crate::platform::web::form::Form;

/// The fields under their headings; `typed` is the form that was refused.
pub fn fields(
    language: Language,
    filled: &[FieldValue],
    typed: Option<&Form>,
    problems: &[(String, Markup)],
) -> Markup {
    let mut groups: Vec<(&str, Vec<&FieldValue>)> = Vec::new();
    for one in filled {
        match groups.iter_mut().find(|(name, _)| *name == one.field.group) {
            Some((_, members)) => members.push(one),
            None => groups.push((&one.field.group, vec![one])),
        }
    }
    html! {
        @for (name, members) in &groups {
            @if !name.is_empty() { h3.group { (name) } }
            @for one in members {
                @let key = one.field.key();
                @let wrong = problems.iter().find(|(field, _)| *field == key).map(|(_, words)| words);
                (field(language, one, typed, wrong))
            }
        }
    }
}

/// One field with its value; a script stores it by itself when it is left.
fn field(language: Language, one: &FieldValue, typed: Option<&Form>, wrong: Option<&Markup>) -> Markup {
    let key = one.field.key();
    let stored = one.shown(language);
    let value = typed.filter(|form| form.has(&key)).map_or_else(|| stored.clone(), |form| form.text(&key).to_owned());
    let described = wrong.map(|_| format!("{key}-wrong"));
    html! {
        div.field data-field=(key) {
            label for=(key) { (one.field.name) @if one.field.required { span.needed aria-hidden="true" { " *" } } }
            @match one.field.kind {
                Kind::Choice => select #(key) name=(key) aria-required[one.field.required] aria-invalid=[wrong.map(|_| "true")] aria-describedby=[&described] {
                    option value="" {}
                    @for option in &one.field.options { option value=(option) selected[*option == value] { (option) } }
                },
                Kind::YesNo => select #(key) name=(key) aria-required[one.field.required] aria-invalid=[wrong.map(|_| "true")] aria-describedby=[&described] {
                    option value="" {}
                    @for (word, phrase) in [("yes", t::YES), ("no", t::NO)] { option value=(word) selected[value == word] { (phrase.say(language)) } }
                },
                Kind::Text if value.contains('\n') => textarea #(key) name=(key) rows="3" aria-required[one.field.required]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[&described] { "\n" (value) },
                kind => input #(key) name=(key) type=(kind.input()) value=(value) autocomplete="off" aria-required[one.field.required]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[&described];
            }
            input type="hidden" name={ "was-" (key) } value=(stored);
            @if let Some(wrong) = wrong { p.wrong #{ (key) "-wrong" } { (wrong) } }
        }
    }
}

/// The names of required fields that are still empty.
pub fn missing(language: Language, filled: &[FieldValue]) -> Markup {
    let names: Vec<&str> = filled
        .iter()
        .filter(|one| one.field.required && one.value.is_empty())
        .map(|one| one.field.name.as_str())
        .collect();
    html! { @if !names.is_empty() { p.hint.missing { (t::MISSING.fill(language, &[("names", &names.join(", "))])) } } }
}

/// What a field of the record is called.
fn named(language: Language, field: &str, filled: &[FieldValue]) -> Option<String> {
    match field {
        "name" => Some(c::NAME.say(language).to_owned()),
        "phone" => Some(c::PHONE.say(language).to_owned()),
        "email" => Some(c::EMAIL.say(language).to_owned()),
        _ => filled.iter().find(|one| key(one.field.id) == field).map(|one| one.field.name.clone()),
    }
}

/// Who changed what of a record, newest first; fields that the reader does not see are left out.
pub fn history(language: Language, zone: &Zone, filled: &[FieldValue], changes: &[FieldChange]) -> Markup {
    let shown = |change: &FieldChange, value: &str| {
        let kind = filled.iter().find(|one| key(one.field.id) == change.field).map(|one| one.field.kind);
        let kind = if change.field == "phone" { Some(Kind::Phone) } else { kind };
        match kind {
            // What was written under another type stands as it was.
            Some(kind) if kind.holds(value) => kind.show(value, language),
            _ => value.to_owned(),
        }
    };
    let content = html! {
        @if changes.is_empty() { p { (t::NO_HISTORY.say(language)) } }
        ol.revisions { @for change in changes { @if let Some(field) = named(language, &change.field, filled) { li {
            @let name = if change.agent.is_empty() { t::SOMEBODY.say(language) } else { &change.agent };
            p { (t::CHANGED.fill(language, &[("name", name), ("field", &field), ("was", &shown(change, &change.was)), ("becomes", &shown(change, &change.becomes))])) }
            p.hint { (zone.full(change.at, language)) }
        } } } }
    };
    sheet("record-history", t::HISTORY.say(language), &content)
}
