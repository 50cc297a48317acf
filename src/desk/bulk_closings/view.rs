//! The page that closes many, and its progress.

use maud::{Markup, html};

use super::{BulkClosing, STATES};
use crate::contacts;
use crate::desk::bulk_closings::COUNTED;
use crate::desk::bulk_closings::StaleConversation;
use crate::desk::dispositions::Disposition;
use crate::desk::dispositions::view::{Requirement, picker};
use crate::platform::text::{Language, Phrase, bulk_closings as t, closings, common, conversations};
use crate::platform::time::Zone;
use crate::platform::ui::form::{Field, area, banner, select, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::agents::view::console;
use crate::team::departments::Department;

/// What the first page shows.
pub struct BulkClosingPage<'a> {
    pub agent: &'a Agent,
    pub zone: &'a Zone,
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    /// What the filter finds: how many, the first of them, and what they can be closed with.
    pub preview: Option<BulkClosingPreview<'a>>,
    pub earlier: &'a [BulkClosing],
}

/// What would be closed.
pub struct BulkClosingPreview<'a> {
    pub total: i64,
    pub first: &'a [StaleConversation],
    pub dispositions: &'a [Disposition],
}

impl BulkClosingPage<'_> {
    /// Filter, preview, the form that starts.
    pub fn page(&self) -> Markup {
        let language = self.agent.language;
        let say = |phrase: Phrase| phrase.say(language);
        let title = say(t::TITLE);
        let content = html! {
            main.page #main {
                h1 { (title) }
                p.hint { (say(t::HINT)) }
                section.card { form method="get" action="/bulk-closings/new" { (self.filter()) div.row.end { button { (say(t::LOOK)) } } } }
                @if let Some(preview) = &self.preview { section.card { (self.preview(preview)) } }
                @if !self.earlier.is_empty() {
                    section.card {
                        h2 { (say(t::BEFORE)) }
                        ul { @for bulk in self.earlier { li {
                            a href={ "/bulk-closings/" (bulk.id) } { (progress(language, bulk)) }
                            " " span.hint { (by(language, self.zone, bulk)) }
                        } } }
                    }
                }
                p { a href="/conversations" { (say(common::TO_START)) } }
            }
        };
        console(self.agent, title, "/conversations", &[], &content)
    }

    fn filter(&self) -> Markup {
        let language = self.agent.language;
        let departments: Vec<(String, &str)> =
            self.departments.iter().map(|department| (department.id.to_string(), department.name.as_str())).collect();
        let departments: Vec<(&str, &str)> = departments.iter().map(|(id, name)| (id.as_str(), *name)).collect();
        let states: Vec<(&str, &str)> =
            STATES.iter().map(|state| (state.word(), state.phrase().say(language))).collect();
        html! {
            (select("department", t::DEPARTMENT.say(language), &departments, self.form.text("department"), language, self.problems))
            (select("state", t::STATE.say(language), &states, self.form.text("state"), language, self.problems))
            (Field::text("days", t::DAYS.say(language), self.form.text("days")).kind("number", "off").show(language, self.problems))
        }
    }

    fn preview(&self, preview: &BulkClosingPreview) -> Markup {
        let (language, form, problems) = (self.agent.language, self.form, self.problems);
        let total = if preview.total < COUNTED { preview.total.to_string() } else { format!("{COUNTED}+") };
        html! {
            @if preview.total == 0 {
                p { (t::NONE.say(language)) }
            } @else {
                p { b {
                    @if preview.total == 1 { (t::FOUND_ONE.say(language)) } @else { (t::FOUND.fill(language, &[("n", &total)])) }
                } }
                ul.hits { @for found in preview.first { li { a href={ "/conversations/" (found.id) } {
                    b { (contacts::title(&found.name, &found.phone, &found.email, language)) }
                    span.hint { (found.number) " · " (self.zone.full(found.last_at, language)) }
                } } } }
                form method="post" action="/bulk-closings" {
                    (banner(language, problems))
                    @for name in ["department", "state", "days"] { input type="hidden" name=(name) value=(form.text(name)); }
                    @if !preview.dispositions.is_empty() {
                        (picker(language, preview.dispositions, form.number("disposition"), Requirement::Yes, problems))
                    }
                    (area("body", t::REMARK.say(language), form.text("body"), 2, language, problems))
                    (area("farewell", t::FAREWELL.say(language), form.text("farewell"), 2, language, problems))
                    (tick("asks_rating", "1", closings::ASK_RATING.say(language), form.has("asks_rating").into()))
                    div.row.end { button.primary { (t::START.fill(language, &[("n", &total)])) } }
                }
            }
        }
    }
}

fn progress(language: Language, bulk: &BulkClosing) -> String {
    let (closed, total) = (bulk.closed.to_string(), bulk.total.max(bulk.closed).to_string());
    t::PROGRESS.fill(language, &[("closed", &closed), ("total", &total)])
}

fn by(language: Language, zone: &Zone, bulk: &BulkClosing) -> String {
    t::BY.fill(language, &[("name", &bulk.by_name), ("at", &zone.full(bulk.started_at, language))])
}

/// How far it has come, alone; the page's script fetches this.
pub fn status(language: Language, zone: &Zone, bulk: &BulkClosing, department: &str) -> Markup {
    let state = match (bulk.stopped_at, bulk.finished_at) {
        (Some(_), _) => t::STOPPED,
        (None, Some(_)) => t::FINISHED,
        (None, None) => t::RUNNING,
    };
    html! {
        section.card #progress aria-live="polite" data-follows=[bulk.is_running().then_some("1")] {
            h2 { (state.say(language)) }
            p { (progress(language, bulk)) }
            progress max=(bulk.total.max(bulk.closed).max(1)) value=(bulk.closed) aria-label=(progress(language, bulk)) {}
            p.hint {
                (department) " · " (bulk.filter.state.phrase().say(language)) " · " (bulk.wanted.kept.path)
                br; (by(language, zone, bulk))
            }
            @if bulk.is_running() {
                form method="post" action={ "/bulk-closings/" (bulk.id) "/stopping" } { button.danger { (t::STOP.say(language)) } }
            }
        }
    }
}

/// The page of one.
pub fn page(agent: &Agent, newest_event: i64, status: &Markup) -> Markup {
    let language = agent.language;
    let title = t::TITLE.say(language);
    let data = [("event", newest_event.to_string()), ("sounds", u8::from(agent.sounds).to_string())];
    console(
        agent,
        title,
        "/bulk-closings",
        &data,
        &html! {
            main.page #main {
                h1 { (title) }
                (status)
                p { a href="/bulk-closings/new" { (t::BACK.say(language)) } " · " a href="/conversations" { (common::TO_START.say(language)) } }
                p.banner.lost #lost role="status" hidden { (conversations::CONNECTION_LOST.say(language)) }
            }
        },
    )
}
