//! The register of contacts as a list: search, filters, columns, lines.

use maud::{Markup, html};

use crate::contacts::columns::ContactColumn;
use crate::contacts::contact_labels::{self, Label};
use crate::contacts::custom_fields::CustomField;
use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::filter::{ContactFilter, FieldPresence, Talk};
use crate::contacts::phone;
use crate::overview::register::RegisterRow;
use crate::platform::text::{Phrase, contact_labels as l, contacts as c, custom_fields as f, register as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{complaint, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::Problems;
use crate::team::agents::{self, Agent, Role};
use crate::team::channels::Channel;
use crate::team::departments::Department;

/// What the filters offer.
pub struct FilterChoices {
    /// Those that any contact has.
    pub labels: Vec<Label>,
    pub channels: Vec<Channel>,
    pub departments: Vec<Department>,
    /// Those that the viewer sees.
    pub fields: Vec<CustomField>,
}

/// What the list shows.
pub struct RegisterList<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub filter: &'a ContactFilter,
    pub problems: &'a Problems,
    pub offered: &'a FilterChoices,
    pub columns: &'a [ContactColumn],
    pub people: &'a [RegisterRow],
    /// Whether there are pages before this one.
    pub begun: bool,
    /// Where the next page begins, and whether this one ended before it was full.
    pub more: Option<(crate::contacts::ContactId, bool)>,
}

impl RegisterList<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let query = self.filter.address(None);
        agents::view::console(
            self.viewer,
            self.say(t::TITLE),
            "/contacts",
            &[],
            &html! {
                main.page.wide #main {
                    h1 { (self.say(t::TITLE)) }
                    @if !self.problems.is_empty() { p.wrong.banner role="alert" { (self.say(t::FAULTY)) } }
                    form.register-filter method="get" action="/contacts" role="search" {
                        div.row {
                            input type="search" name="q" value=(self.filter.query) aria-label=(self.say(t::SEARCH)) placeholder=(self.say(t::SEARCH)) autocomplete="off";
                            button.primary { (icon(Icon::Search)) (self.say(t::FIND)) }
                        }
                        (self.filters())
                    }
                    (self.chips())
                    div.row.register-tools {
                        (self.choice_of_columns(&query))
                        @if self.viewer.is(Role::Lead) {
                            a.button href="/contacts/imports" { (self.say(crate::platform::text::contact_imports::IMPORT)) }
                            a.button href={ "/contacts/csv?" (query) } download { (self.say(t::AS_CSV)) } a.button href={ "/contacts/xlsx?" (query) } download { (self.say(t::AS_XLSX)) }
                        }
                    }
                    @if self.people.is_empty() { p.empty { (self.nobody()) } } @else { (self.table()) }
                    (self.pages(&query))
                }
            },
        )
    }

    fn pages(&self, query: &str) -> Markup {
        html! {
            div.row {
                @if self.begun { a.button href={ "/contacts?" (query) } { (self.say(t::NEWEST)) } }
                @if let Some((before, cut)) = self.more {
                    a.button href={ "/contacts?" (query) @if !query.is_empty() { "&" } "before=" (before) } { (self.say(if cut { t::LOOK_ON } else { t::MORE })) }
                }
            }
        }
    }

    fn nobody(&self) -> String {
        let narrowed = self.filter.narrowing().next().is_some();
        match self.more {
            _ if !self.problems.is_empty() => self.say(t::FAULTY).to_owned(),
            Some(_) => self.say(t::NOTHING_SO_FAR).to_owned(),
            None if narrowed => self.say(t::NOTHING_HERE).to_owned(),
            None if self.filter.query.is_empty() => self.say(t::EMPTY).to_owned(),
            None => t::NOTHING.fill(self.viewer.language, &[("query", &self.filter.query)]),
        }
    }

    fn filters(&self) -> Markup {
        let on = self.filter.narrowing().count();
        let summary = match on {
            0 => self.say(t::FILTERS).to_owned(),
            _ => t::FILTERS_ON.fill(self.viewer.language, &[("n", &on.to_string())]),
        };
        let offered = self.offered;
        let named = |id: String, name: &str| (id, name.to_owned());
        let word = |word: &str, phrase: Phrase| (word.to_owned(), self.say(phrase).to_owned());
        html! {
            details open[!self.problems.is_empty()] {
                summary { (summary) }
                div.parts {
                    @if !offered.labels.is_empty() { (self.select("label", self.say(t::LABEL), &offered.labels.iter().map(|one| named(one.id.to_string(), &one.name)).collect::<Vec<_>>())) }
                    (self.select("channel", self.say(t::CHANNEL), &offered.channels.iter().map(|one| named(one.id.to_string(), &one.name)).collect::<Vec<_>>()))
                    (self.select("department", self.say(t::DEPARTMENT), &offered.departments.iter().map(|one| named(one.id.to_string(), &one.name)).collect::<Vec<_>>()))
                    (self.select("talk", self.say(t::TALK), &[word(Talk::Open.word(), t::TALK_OPEN), word(Talk::Never.word(), t::TALK_NEVER)]))
                    (self.day("from", t::FROM)) (self.day("to", t::TO)) (self.day("last_from", t::LAST_FROM)) (self.day("last_to", t::LAST_TO))
                    (self.select("phone", self.say(c::PHONE), &[word(FieldPresence::Has.word(), t::HAS_PHONE), word(FieldPresence::Lacks.word(), t::LACKS_PHONE)]))
                    (self.select("email", self.say(c::EMAIL), &[word(FieldPresence::Has.word(), t::HAS_EMAIL), word(FieldPresence::Lacks.word(), t::LACKS_EMAIL)]))
                    @for field in &offered.fields { (self.select(&field.key(), &field.name, &self.holdings(field))) }
                }
                div.row {
                    button { (self.say(t::FILTER)) }
                    @if on > 0 { a.button.plain href="/contacts" { (self.say(t::CLEAR)) } }
                }
            }
        }
    }

    /// What a field can be filtered by: its values where it has a few, else whether it holds anything.
    fn holdings(&self, field: &CustomField) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = match field.kind {
            Kind::Choice => field.options.iter().map(|option| (option.clone(), option.clone())).collect(),
            Kind::YesNo => {
                [("yes", f::YES), ("no", f::NO)].map(|(word, said)| (word.to_owned(), self.say(said).to_owned())).into()
            }
            _ => Vec::new(),
        };
        for (word, said) in [("filled", t::FILLED), ("empty", t::BLANK)] {
            if !all.iter().any(|(value, _)| value == word) {
                all.push((word.to_owned(), self.say(said).to_owned()));
            }
        }
        all
    }

    fn select(&self, name: &str, label: &str, options: &[(String, String)]) -> Markup {
        let chosen = self.filter.value(name);
        html! {
            div.field {
                label for={ "by-" (name) } { (label) }
                select id={ "by-" (name) } name=(name) {
                    option value="" { (self.say(t::ANY)) }
                    @for (value, said) in options { option value=(value) selected[value == chosen] { (said) } }
                }
            }
        }
    }

    fn day(&self, name: &'static str, label: Phrase) -> Markup {
        let wrong = self.problems.of(name).is_some();
        html! {
            div.field {
                label for={ "by-" (name) } { (self.say(label)) }
                input id={ "by-" (name) } name=(name) type="date" value=(self.filter.value(name)) aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[wrong.then(|| format!("{name}-wrong"))];
                (complaint(name, self.viewer.language, self.problems))
            }
        }
    }

    /// Each part of the filter, with a link to the list without it.
    fn chips(&self) -> Markup {
        let language = self.viewer.language;
        let parts: Vec<(&str, String)> = self.filter.narrowing().map(|name| (name, self.told(name))).collect();
        html! {
            @if !parts.is_empty() {
                ul.chips aria-label=(self.say(t::ACTIVE)) { @for (name, told) in parts { li {
                    @let words = t::TAKE_OFF.fill(language, &[("what", &told)]);
                    a.chip href={ "/contacts?" (self.filter.address(Some(name))) } title=(words) aria-label=(words) { span { (told) } (icon(Icon::Close)) }
                } } }
            }
        }
    }

    /// One part of the filter in words.
    fn told(&self, name: &str) -> String {
        let (filter, offered, value) = (self.filter, self.offered, self.filter.value(name));
        let pair = |label: Phrase, name: Option<&str>| format!("{}: {}", self.say(label), name.unwrap_or("?"));
        let day = |label: Phrase, at: Option<crate::platform::time::Timestamp>| {
            at.map_or_else(
                || format!("{}: {value}", self.say(label)),
                |at| format!("{} {}", self.say(label), self.zone.date(at, self.viewer.language)),
            )
        };
        let last = |at: Option<crate::platform::time::Timestamp>| at.map(|at| at.plus(-1));
        match name {
            "label" => pair(
                t::LABEL,
                offered.labels.iter().find(|one| Some(one.id) == filter.label).map(|one| one.name.as_str()),
            ),
            "channel" => pair(
                t::CHANNEL,
                offered.channels.iter().find(|one| Some(one.id) == filter.channel).map(|one| one.name.as_str()),
            ),
            "department" => pair(
                t::DEPARTMENT,
                offered.departments.iter().find(|one| Some(one.id) == filter.department).map(|one| one.name.as_str()),
            ),
            "talk" if value == Talk::Open.word() => self.say(t::TALK_OPEN).to_owned(),
            "talk" => self.say(t::TALK_NEVER).to_owned(),
            "from" => day(t::FROM, filter.from),
            "to" => day(t::TO, last(filter.until)),
            "last_from" => day(t::LAST_FROM, filter.last_from),
            "last_to" => day(t::LAST_TO, last(filter.last_until)),
            "phone" if value == FieldPresence::Has.word() => self.say(t::HAS_PHONE).to_owned(),
            "phone" => self.say(t::LACKS_PHONE).to_owned(),
            "email" if value == FieldPresence::Has.word() => self.say(t::HAS_EMAIL).to_owned(),
            "email" => self.say(t::LACKS_EMAIL).to_owned(),
            _ => {
                let Some(field) = offered.fields.iter().find(|field| field.key() == name) else {
                    return value.to_owned();
                };
                let said = self.holdings(field).into_iter().find(|(word, _)| word == value).map(|(_, said)| said);
                format!("{}: {}", field.name, said.unwrap_or_else(|| value.to_owned()))
            }
        }
    }

    fn choice_of_columns(&self, query: &str) -> Markup {
        let (language, fields) = (self.viewer.language, &self.offered.fields);
        html! {
            details.columns {
                summary.button { (self.say(t::COLUMNS)) }
                form.card method="post" action="/contacts/columns" {
                    input type="hidden" name="back" value=(query);
                    @for column in ContactColumn::all(fields) { (tick("column", &column.key(), &column.name(fields, language), self.columns.contains(&column).into())) }
                    p.hint { (self.say(t::COLUMNS_HINT)) }
                    button { (self.say(t::KEEP_COLUMNS)) }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let (language, fields) = (self.viewer.language, &self.offered.fields);
        html! {
            form method="post" action="/contacts/labels" {
                input type="hidden" name="back" value=(self.filter.address(None));
                @if self.viewer.is(Role::Lead) { div.row.bulk {
                    span { (self.say(l::CHOSEN)) }
                    input name="label" list="labels" maxlength=(contact_labels::LONGEST_NAME) autocomplete="off" aria-label=(self.say(l::ADD)) placeholder=(self.say(l::ADD));
                    datalist #labels { @for label in &self.offered.labels { option value=(label.name) {} } }
                    button name="way" value="add" { (self.say(l::PUT)) } button name="way" value="remove" { (self.say(l::TAKE_OFF)) }
                } }
                div.card.table.register tabindex="0" role="region" aria-label=(self.say(t::TITLE)) { table {
                    thead { tr {
                        th scope="col" { (self.say(c::NAME)) }
                        @for column in self.columns { th scope="col" { (column.name(fields, language)) } }
                    } }
                    tbody { @for one in self.people { tr {
                        td {
                            @if self.viewer.is(Role::Lead) {
                                @let words = l::TICK.fill(language, &[("name", &one.contact.title(language))]);
                                input type="checkbox" name="contact" value=(one.contact.id) aria-label=(words); " "
                            }
                            a href={ "/contacts/" (one.contact.id) } { (one.contact.title(language)) }
                        }
                        @for column in self.columns { td { (self.cell(one, *column)) } }
                    } } }
                } }
            }
        }
    }

    fn cell(&self, one: &RegisterRow, column: ContactColumn) -> Markup {
        let language = self.viewer.language;
        html! {
            @match column {
                ContactColumn::Labels => (contact_labels::view::chips(&one.labels)),
                ContactColumn::Last => { @if let Some(last) = &one.last { (last.number) " · " (self.zone.date(last.at, language)) } },
                other => (plain(one, other, &self.offered.fields, self.zone, self.viewer)),
            }
        }
    }
}

/// What stands in a column as text, for files and for most of the list.
pub fn plain(one: &RegisterRow, column: ContactColumn, fields: &[CustomField], zone: &Zone, reader: &Agent) -> String {
    let language = reader.language;
    match column {
        ContactColumn::Phone => phone::shown(&one.contact.phone),
        ContactColumn::Email => one.contact.email.clone(),
        ContactColumn::Labels => one.labels.iter().map(|label| label.name.as_str()).collect::<Vec<_>>().join(", "),
        ContactColumn::Since => zone.date(one.since, language),
        ContactColumn::Last => one.last.as_ref().map(|last| zone.date(last.at, language)).unwrap_or_default(),
        ContactColumn::Department => one.last.as_ref().map(|last| last.department.clone()).unwrap_or_default(),
        ContactColumn::Field(id) => {
            let kind = fields.iter().find(|field| field.id == id).map_or(Kind::Text, |field| field.kind);
            one.values.get(&id).map(|value| kind.show(value, language)).unwrap_or_default()
        }
    }
}
