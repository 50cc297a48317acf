//! The pages of the reports.

use maud::{Markup, html};

use super::{Kind, Mean, Period, ReportCursor, ReportRow, Tally};
use crate::desk::dispositions::Sentiment;
use crate::desk::messages::view::size;
use crate::platform::text::{Language, Phrase, reports as t};
use crate::platform::ui::chart::{ChartWords, bars, columns};
use crate::platform::ui::form::{Field, select};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{self, Agent, AgentId};
use crate::team::channels::ChannelId;
use crate::team::departments::Department;

/// Everything that a page shows.
pub struct ReportPage<'a> {
    pub viewer: &'a Agent,
    pub kind: Kind,
    pub form: &'a Form,
    pub problems: &'a Problems,
    /// The filter as an address, without the cursor.
    pub query: &'a str,
    pub departments: &'a [Department],
    pub people: &'a [(AgentId, String)],
    pub channels: &'a [(ChannelId, String)],
    pub tally: &'a Tally,
    pub rows: &'a [ReportRow],
    /// Where the next page begins.
    pub more: Option<ReportCursor>,
    /// Whether this is a later page: the figures stand on the first.
    pub later: bool,
}

/// Bars of a chart before the rest goes into its table.
const BARS: usize = 12;
/// Days up to which a chart has a column a day; beyond it has one a month.
const DAYS: usize = 92;

impl ReportPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The report.
    pub fn show(&self) -> Markup {
        let title = self.say(self.kind.phrase());
        agents::view::console(
            self.viewer,
            title,
            "/reports",
            &[],
            &html! {
                main.page.report #main {
                    h1 { (self.say(t::TITLE)) }
                    nav.scopes aria-label=(self.say(t::TITLE)) { @for kind in Kind::ALL {
                        a.scope href={ "/reports/" (kind.word()) } aria-current=[(*kind == self.kind).then_some("page")] { (self.say(kind.phrase())) }
                    } }
                    (self.filters())
                    @if self.problems.is_empty() {
                        @if !self.later { (self.figures()) }
                        (self.table())
                    }
                }
            },
        )
    }

    fn filters(&self) -> Markup {
        let (language, form, problems) = (self.viewer.language, self.form, self.problems);
        let all = self.say(t::ANY);
        let periods: Vec<(&str, &str)> = Period::ALL.iter().map(|one| (one.word(), self.say(one.phrase()))).collect();
        let period = if form.has("period") { form.text("period") } else { Period::Week.word() };
        let departments = named(self.departments.iter().map(|one| (one.id.0, one.name.as_str())));
        let people = named(self.people.iter().map(|(id, name)| (id.0, name.as_str())));
        let channels = named(self.channels.iter().map(|(id, name)| (id.0, name.as_str())));
        let choice = |name: &'static str, label: Phrase, options: &[(String, &str)]| {
            let mut list = vec![("", all)];
            list.extend(options.iter().map(|(id, name)| (id.as_str(), *name)));
            select(name, self.say(label), &list, form.text(name), language, problems)
        };
        let sentiments: Vec<(String, &str)> = [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive]
            .map(|one| (one.word().to_owned(), self.say(one.phrase())))
            .to_vec();
        let scores: Vec<(String, &str)> = ["1", "2", "3", "4", "5"].map(|one| (one.to_owned(), one)).to_vec();
        html! {
            form.filters.card method="get" action={ "/reports/" (self.kind.word()) } {
                (select("period", self.say(t::PERIOD), &periods, period, language, problems))
                (Field::text("from", self.say(t::FROM), form.text("from")).kind("date", "off").show(language, problems))
                (Field::text("to", self.say(t::TO), form.text("to")).kind("date", "off").show(language, problems))
                (choice("department", t::DEPARTMENT, &departments))
                (choice("agent", t::PERSON, &people))
                (choice("channel", t::CHANNEL, &channels))
                @if self.kind != Kind::Pauses { (choice("sentiment", t::SENTIMENT, &sentiments)) }
                @if self.kind == Kind::Closings { (choice("score", t::RATING, &scores)) }
                (Field::text("group", self.say(t::CATEGORY), form.text("group")).show(language, problems))
                (Field::text("text", self.say(t::TEXT), form.text("text")).show(language, problems))
                div.row { button.primary { (self.say(t::SHOW)) } }
            }
        }
    }

    fn figures(&self) -> Markup {
        let tally = self.tally;
        let words = |title: Phrase, counted: Phrase| ChartWords {
            title: self.say(title),
            head: (self.say(counted), self.say(t::COUNT)),
            table: self.say(t::TABLE),
        };
        let without = |name: &String| if name.is_empty() { self.say(t::WITHOUT).to_owned() } else { name.clone() };
        let groups: Vec<(String, i64)> = tally.groups.iter().map(|(name, value)| (without(name), *value)).collect();
        let people: Vec<(String, i64)> = tally.people.iter().map(|(name, value)| (name.clone(), *value)).collect();
        let sentiments: Vec<(String, i64)> = [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive]
            .into_iter()
            .map(|one| (self.say(one.phrase()).to_owned(), tally.sentiments.get(one.word()).copied().unwrap_or(0)))
            .collect();
        html! {
            p.total { (t::FOUND.fill(self.viewer.language, &[("n", &tally.total.to_string())])) (self.means()) }
            @if tally.total > 0 {
                div.charts {
                    div.card { (columns(&words(t::BY_DAY, t::DAY), &days(tally, self.viewer.language))) }
                    div.card { (bars(&words(t::BY_GROUP, t::CATEGORY), &groups, BARS)) }
                    div.card { (bars(&words(t::BY_PERSON, t::PERSON), &people, BARS)) }
                    @if self.kind != Kind::Pauses { div.card { (bars(&words(t::BY_SENTIMENT, t::SENTIMENT), &sentiments, 3)) } }
                }
                @if self.kind == Kind::Pauses { (self.pauses()) }
                @if tally.rating.of > 0 {
                    div.charts {
                        (self.ratings(t::RATINGS_BY_DEPARTMENT, t::DEPARTMENT, tally.ratings_by_department.iter().map(|(name, mean)| (name.as_str(), *mean))))
                        (self.ratings(t::RATINGS_BY_PERSON, t::PERSON, tally.ratings_by_person.iter().map(|((name, _), mean)| (name.as_str(), *mean))))
                    }
                }
            }
        }
    }

    /// Averages, each with how many it is made of.
    fn ratings<'n>(&self, title: Phrase, head: Phrase, rows: impl Iterator<Item = (&'n str, Mean)>) -> Markup {
        html! {
            div.card.table tabindex="0" role="region" aria-label=(self.say(title)) { table {
                caption { (self.say(title)) }
                thead { tr { @for one in [head, t::AVERAGE, t::RATINGS] { th scope="col" { (self.say(one)) } } } }
                tbody { @for (name, mean) in rows { tr {
                    th scope="row" { @if name.is_empty() { "–" } @else { (name) } }
                    td { (mean.shown(self.viewer.language)) } td { (mean.of) }
                } } }
            } }
        }
    }

    /// Persons as rows, reasons as columns.
    fn pauses(&self) -> Markup {
        let (head, rows) = self.tally.pauses_by_person(self.viewer.language);
        let address = format!("/reports/{}", self.kind.word());
        html! {
            h2 { (self.say(t::PAUSES_BY_PERSON)) }
            p.row {
                a.button href={ (address) "/csv?people=1&" (self.query) } download { (self.say(t::AS_CSV)) }
                a.button href={ (address) "/xlsx?people=1&" (self.query) } download { (self.say(t::AS_XLSX)) }
            }
            div.card.table tabindex="0" role="region" aria-label=(self.say(t::PAUSES_BY_PERSON)) { table {
                thead { tr { @for one in &head { th scope="col" { (one) } } } }
                tbody { @for row in &rows { tr {
                    @for (cell, place) in row.iter().zip(0..) {
                        @if place == 0 { th scope="row" { (cell.shown()) } } @else { td { (cell.shown()) } }
                    }
                } } }
            } }
        }
    }

    fn means(&self) -> Markup {
        let tally = self.tally;
        let line = match self.kind {
            Kind::Occurrences => None,
            Kind::Pauses => Some((t::PAUSED_MINUTES, vec![("n", tally.first.sum.to_string())])),
            Kind::Closings => Some((
                t::AVERAGES,
                vec![
                    ("first", tally.first.shown(self.viewer.language)),
                    ("handling", tally.second.shown(self.viewer.language)),
                    ("rating", tally.rating.shown(self.viewer.language)),
                    ("rated", tally.rating.of.to_string()),
                ],
            )),
        };
        html! {
            @if let Some((phrase, values)) = line {
                " · "
                @let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                (phrase.fill(self.viewer.language, &values))
            }
        }
    }

    fn table(&self) -> Markup {
        let address = format!("/reports/{}", self.kind.word());
        html! {
            @if self.rows.is_empty() { p.empty { (self.say(t::NONE)) } } @else {
                p.row {
                    a.button href={ (address) "/csv?" (self.query) } download { (self.say(t::AS_CSV)) }
                    a.button href={ (address) "/xlsx?" (self.query) } download { (self.say(t::AS_XLSX)) }
                }
                div.card.table tabindex="0" role="region" aria-label=(self.say(self.kind.phrase())) { table {
                    thead { tr { @for column in self.kind.columns() { th scope="col" { (self.say(*column)) } } } }
                    tbody { @for row in self.rows { tr {
                        @for (cell, place) in row.cells.iter().zip(0..) {
                            td { @if place == 1 { a href={ "/conversations/" (row.conversation) } { (cell.shown()) } } @else { (cell.shown()) } }
                        }
                    } } }
                } }
                @if let Some(more) = self.more {
                    p { a href={ (address) "?" (self.query) "&after=" (more.at.0) "-" (more.id) } { (self.say(t::OLDER)) } }
                }
            }
        }
    }
}

fn named<'a>(list: impl Iterator<Item = (i64, &'a str)>) -> Vec<(String, &'a str)> {
    list.map(|(id, name)| (id.to_string(), name)).collect()
}

/// A figure a day, or a month where there are many days.
fn days(tally: &Tally, language: Language) -> Vec<(String, i64)> {
    let by_month = tally.days.len() > DAYS;
    let mut found: Vec<(String, i64)> = Vec::new();
    for (day, value) in &tally.days {
        let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100);
        let name = match (by_month, language) {
            (true, _) => format!("{month:02}/{year}"),
            (false, Language::Portuguese) => format!("{date:02}/{month:02}"),
            (false, Language::English) => format!("{year}-{month:02}-{date:02}"),
        };
        match found.last_mut() {
            Some((last, sum)) if *last == name => *sum += value,
            _ => found.push((name, *value)),
        }
    }
    found
}

/// While a file is being written: how much of it there is. The browser asks again by itself.
pub fn waiting(viewer: &Agent, written: i64) -> Markup {
    let title = t::PREPARING.say(viewer.language);
    let line = t::PREPARED.fill(viewer.language, &[("size", &size(written))]);
    agents::view::console(
        viewer,
        title,
        "/reports",
        &[],
        &html! {
            main.page #main {
                h1 { (title) }
                p role="status" { (line) }
                progress aria-label=(title) {}
                p { a href="/reports" { (t::BACK.say(viewer.language)) } }
            }
        },
    )
}
