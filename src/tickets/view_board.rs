//! The board and the list of tickets.

use maud::{Markup, html};

use super::Priority;
use super::filter::{TicketFilter, TicketHolder, TicketStanding, query};
use super::phases::Phase;
use super::view_page::{due_mark, live};
use crate::desk::notifications::TicketId;
use crate::platform::text::{Phrase, tickets as t};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::ui::form::{CheckState, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::ui::page::initials;
use crate::platform::web::form::Form;
use crate::team::agents::{Agent, AgentId, Role};
use crate::team::departments::Department;
use crate::tickets::{COUNTED, PAGE, TicketCard};

/// One column.
pub struct BoardColumn {
    pub phase: Phase,
    /// Up to `COUNTED`.
    pub total: i64,
    pub cards: Vec<TicketCard>,
}

/// What board and list have alike.
pub struct BoardPage<'a> {
    pub agent: &'a Agent,
    pub zone: &'a Zone,
    pub now: Timestamp,
    pub departments: &'a [Department],
    pub people: &'a [(AgentId, String)],
    pub filter: &'a TicketFilter,
    /// The query as it came.
    pub form: &'a Form,
}

impl BoardPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.agent.language)
    }

    /// The page around a board or a list.
    pub fn page(&self, newest_event: i64, content: &Markup) -> Markup {
        let main = html! {
            main.tickets #main {
                header.page-head {
                    h1 { (self.say(t::TITLE)) }
                    (self.departments())
                    div.row {
                        (self.views())
                        @if let Some(department) = self.filter.department.filter(|_| self.agent.is(Role::Senior)) {
                            a.button href={ "/departments/" (department) "/phases" } { (icon(Icon::Settings)) (self.say(t::PHASES)) }
                        }
                        @let department = self.filter.department.map(|id| id.to_string()).unwrap_or_default();
                        a.button.primary href={ "/tickets/new?department=" (department) } data-dialog="ticket" data-key="c" title={ (self.say(t::NEW)) " (C)" } {
                            (self.say(t::NEW))
                        }
                    }
                    (self.filters())
                }
                (content)
            }
        };
        live(self.agent, self.say(t::TITLE), newest_event, &main)
    }

    fn departments(&self) -> Markup {
        html! {
            nav.scopes aria-label=(self.say(t::DEPARTMENT)) {
                @for department in self.departments {
                    @let id = department.id.to_string();
                    a.scope href={ "/tickets?" (query(self.form, &[("department", &id), ("whose", "")])) } aria-current=[(self.filter.department == Some(department.id)).then_some("page")] { (department.name) }
                }
                a.scope href={ "/tickets?" (query(self.form, &[("department", ""), ("view", "list")])) } aria-current=[self.filter.department.is_none().then_some("page")] { (self.say(t::ALL_MINE)) }
            }
        }
    }

    fn views(&self) -> Markup {
        let list = self.filter.department.is_none() || self.form.text("view") == "list";
        let current = |is: bool| is.then_some("page");
        html! {
            nav.row aria-label=(self.say(t::TITLE)) {
                @if self.filter.department.is_some() {
                    a.scope href={ "/tickets?" (query(self.form, &[("view", "")])) } aria-current=[current(!list)] { (self.say(t::BOARD)) }
                    a.scope href={ "/tickets?" (query(self.form, &[("view", "list")])) } aria-current=[current(list)] { (self.say(t::LIST)) }
                }
            }
        }
    }

    fn filters(&self) -> Markup {
        let filter = self.filter;
        let people: Vec<(String, &str)> =
            self.people.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
        let mut whose = vec![("", self.say(t::ANYBODY)), ("me", self.say(t::MINE)), ("none", self.say(t::NOBODYS))];
        whose.extend(people.iter().map(|(id, name)| (id.as_str(), *name)));
        let mine = self.agent.id.to_string();
        let chosen = match filter.whose {
            TicketHolder::Anybody => String::new(),
            TicketHolder::Nobody => "none".to_owned(),
            TicketHolder::Person(id) if id == self.agent.id => "me".to_owned(),
            TicketHolder::Person(id) => id.to_string(),
        };
        let mut priorities = vec![("", self.say(t::ANY_PRIORITY))];
        priorities.extend(Priority::ALL.iter().map(|one| (one.word(), self.say(one.phrase()))));
        let list = filter.department.is_none() || self.form.text("view") == "list";
        let standings: Vec<(&str, &str)> =
            [(TicketStanding::Open, t::OPEN), (TicketStanding::Closed, t::CLOSED), (TicketStanding::All, t::BOTH)]
                .map(|(one, phrase)| (one.word(), self.say(phrase)))
                .to_vec();
        html! {
            form.row.sieve method="get" action="/tickets" role="search" {
                @for name in ["department", "view"] {
                    @if !self.form.text(name).is_empty() { input type="hidden" name=(name) value=(self.form.text(name)); }
                }
                input type="search" name="q" value=(self.form.text("q")) aria-label=(self.say(t::SEARCH)) placeholder=(self.say(t::SEARCH));
                (choice("whose", self.say(t::WHOSE), whose.iter().filter(|(value, _)| *value != mine), &chosen))
                (choice("priority", self.say(t::PRIORITY), priorities.iter(), filter.priority.map_or("", Priority::word)))
                @if list { (choice("standing", self.say(t::STANDING), standings.iter(), filter.standing.word())) }
                (tick("overdue", "1", self.say(t::OVERDUE_ONLY), if filter.overdue { CheckState::Yes } else { CheckState::No }))
                button { (self.say(t::FILTER)) }
                @if filter.narrows() { a href={ "/tickets?" (query(self.form, &[("q", ""), ("whose", ""), ("priority", ""), ("overdue", ""), ("standing", "")])) } { (self.say(t::CLEAR)) } }
            }
        }
    }

    /// The board: a column a phase.
    pub fn board(&self, columns: &[BoardColumn]) -> Markup {
        html! {
            div.board #board data-fresh-board tabindex="-1" {
                @for column in columns {
                    section.phase data-phase=(column.phase.id) data-ends[column.phase.ends] aria-labelledby={ "phase-" (column.phase.id) "-name" } {
                        h2 #{ "phase-" (column.phase.id) "-name" } {
                            (column.phase.name) " "
                            span.count { @if column.total < COUNTED { (column.total) } @else { (COUNTED - 1) "+" } }
                        }
                        ol.stack { (self.stack(column)) }
                        @if column.cards.is_empty() { p.empty { (self.say(if self.filter.narrows() { t::EMPTY_FILTER } else { t::EMPTY_COLUMN })) } }
                    }
                }
            }
            p.hint.board-hint { (self.say(t::BOARD_HINT)) }
        }
    }

    /// The cards of a column, and what fetches more of them.
    pub fn stack(&self, column: &BoardColumn) -> Markup {
        let full = i64::try_from(column.cards.len()).is_ok_and(|n| n == PAGE);
        let more = column.cards.last().filter(|_| full);
        html! {
            @for card in &column.cards { (self.card(card)) }
            @if let Some(last) = more {
                li.more { a href={ "/tickets/column?" (query(self.form, &[])) "&phase=" (column.phase.id) "&after=" (last.place) } data-more { (self.say(t::MORE)) } }
            }
        }
    }

    fn card(&self, card: &TicketCard) -> Markup {
        let language = self.agent.language;
        let count = |sign: Icon, label: Phrase, n: i64| {
            html! {
                @if n > 0 { span.hint title=(label.say(language)) { (icon(sign)) (n) span.hidden { " " (label.say(language)) } } }
            }
        };
        html! {
            li.slip #{ "t" (card.id) } draggable="true" data-id=(card.id) data-linked[card.conversations > 0] {
                a href={ "/tickets/" (card.id) } data-dialog={ "ticket-" (card.id) } {
                    span.top { span.hint { "T-" (card.id) } span.priority data-priority=(card.priority.word()) { (self.say(card.priority.phrase())) } }
                    b { (card.title) }
                    span.signs-of {
                        @if let Some(due) = card.due_at { (due_mark(language, self.zone, due, card.closed_at, self.now)) }
                        (count(Icon::Chat, t::COMMENTS, card.comments)) (count(Icon::Clip, t::FILES, card.files)) (count(Icon::Branch, t::CONVERSATIONS, card.conversations))
                        span.grow {}
                        @if !card.assignee.is_empty() { span.avatar title=(card.assignee) { span aria-hidden="true" { (initials(&card.assignee)) } span.hidden { (card.assignee) } } }
                    }
                }
            }
        }
    }

    /// The list: newest first, a page at a time.
    pub fn list(&self, cards: &[TicketCard]) -> Markup {
        let language = self.agent.language;
        let full = i64::try_from(cards.len()).is_ok_and(|n| n == PAGE);
        let more: Option<TicketId> = cards.last().filter(|_| full).map(|card| card.id);
        html! {
            div #board data-fresh-board {
                @if cards.is_empty() {
                    p.empty { (self.say(if self.filter.narrows() { t::EMPTY_FILTER } else { t::EMPTY })) }
                } @else {
                    div.card.table { table {
                        thead { tr { @for phrase in [t::TITLE, t::DEPARTMENT, t::PHASE, t::WHOSE, t::PRIORITY, t::DUE, t::OPENED] { th scope="col" { (self.say(phrase)) } } } }
                        tbody { @for card in cards { tr {
                            td { a href={ "/tickets/" (card.id) } data-dialog={ "ticket-" (card.id) } { "T-" (card.id) " · " (card.title) } }
                            td { (card.department) }
                            td { span.badge data-state=[card.closed_at.map(|_| "closed")] { (card.phase) } }
                            td { (card.assignee) }
                            td { span.priority data-priority=(card.priority.word()) { (self.say(card.priority.phrase())) } }
                            td { @if let Some(due) = card.due_at { (due_mark(language, self.zone, due, card.closed_at, self.now)) } }
                            td { time title=(self.zone.full(card.opened_at, language)) { (self.zone.date(card.opened_at, language)) } }
                        } } }
                    } }
                }
                @if let Some(last) = more { p { a href={ "/tickets?" (query(self.form, &[("view", "list")])) "&before=" (last) } { (self.say(t::MORE)) } } }
            }
        }
    }

    /// For who is in no department.
    pub fn nowhere(&self) -> Markup {
        html! { p.empty #board { (self.say(t::NO_DEPARTMENT)) } }
    }
}

/// A choice of the filter; its label is for those who do not see it.
fn choice<'a>(name: &str, label: &str, options: impl Iterator<Item = &'a (&'a str, &'a str)>, chosen: &str) -> Markup {
    html! {
        select name=(name) aria-label=(label) { @for (value, text) in options { option value=(value) selected[*value == chosen] { (text) } } }
    }
}
