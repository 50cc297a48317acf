//! A ticket: its facts, conversations, files, and what was said and done.

use maud::{Markup, html};

use super::entries::{TicketEntry, TicketFile};
use super::phases::Phase;
use super::view_form::TicketFormPage;
use super::view_page::{due_mark, live};
use super::{ConversationLink, Ticket, TicketBrief};
use crate::desk::messages::view::size;
use crate::platform::text::{Language, Phrase, tickets as t};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::complaint;
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::ui::prose::prose;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;

/// Everything that a ticket shows.
pub struct TicketScreen<'a> {
    pub agent: &'a Agent,
    pub zone: &'a Zone,
    pub now: Timestamp,
    pub ticket: &'a Ticket,
    pub department: String,
    pub assignee: Option<String>,
    pub phase: String,
    /// The phases of its board.
    pub phases: &'a [Phase],
    pub entries: Vec<TicketEntry>,
    pub links: Vec<ConversationLink>,
    pub files: Vec<TicketFile>,
    pub form: &'a TicketFormPage<'a>,
    pub problems: &'a Problems,
    /// What was typed into the form that was refused.
    pub typed: &'a Form,
}

impl TicketScreen<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.agent.language)
    }

    fn title(&self) -> String {
        format!("T-{} · {}", self.ticket.id, self.ticket.title)
    }

    fn path(&self, end: &str) -> String {
        format!("/tickets/{}{end}", self.ticket.id)
    }

    /// For a dialog over a conversation or the board.
    pub fn sheet(&self) -> Markup {
        sheet(&format!("ticket-{}", self.ticket.id), &self.title(), &self.show())
    }

    /// The page.
    pub fn page(&self, newest_event: i64) -> Markup {
        let main = html! {
            main.page.wide #main {
                p { a href={ "/tickets?department=" (self.ticket.department) } { (self.say(t::BACK)) } }
                h1 #{ "ticket-" (self.ticket.id) "-title" } { (self.title()) }
                (self.show())
            }
        };
        live(self.agent, &self.title(), newest_event, &main)
    }

    /// The parts: a script fetches those marked as fresh anew when the ticket changes.
    fn show(&self) -> Markup {
        let changes = self.ticket.is_changed_by(self.agent);
        html! {
            div.ticket data-part data-ticket=(self.ticket.id) {
                (self.summary(changes))
                @if changes { (self.facts()) }
                section data-fresh="body" { @if !self.ticket.body.is_empty() { div.body { (prose(&self.ticket.body)) } } }
                (self.conversations(changes))
                (self.attached(changes))
                section.talk {
                    h2 { (self.say(t::HISTORY)) }
                    ol.entries data-fresh="entries" aria-live="polite" { @for entry in &self.entries { (self.entry(entry)) } }
                    form method="post" action=(self.path("/comments")) data-live="part" {
                        div.field {
                            label for={ "comment-" (self.ticket.id) } { (self.say(t::COMMENT)) }
                            textarea #{ "comment-" (self.ticket.id) } name="comment" rows="2" placeholder=(self.say(t::COMMENT_HINT)) required
                                data-mentions=(self.path("/mentionable")) aria-invalid=[self.problems.of("comment").map(|_| "true")] { "\n" (self.typed.text("comment")) }
                            (complaint("comment", self.agent.language, self.problems))
                        }
                        div.row.end { button.primary { (self.say(t::SEND)) } }
                    }
                }
            }
        }
    }

    /// How it stands, and where it can go.
    fn summary(&self, changes: bool) -> Markup {
        let ticket = self.ticket;
        let language = self.agent.language;
        let opened = self.zone.full(ticket.opened_at, language);
        html! {
            header.summary data-fresh="summary" {
                div.row {
                    span.badge data-state=[ticket.closed_at.map(|_| "closed")] { (self.phase) }
                    span.priority data-priority=(ticket.priority.word()) { (self.say(ticket.priority.phrase())) }
                    @if let Some(due) = ticket.due_at { (due_mark(language, self.zone, due, ticket.closed_at, self.now)) }
                    span { (self.department) @if let Some(assignee) = &self.assignee { " · " (assignee) } }
                    @if !ticket.path.is_empty() { span.hint { (ticket.path) } }
                }
                p.hint { (t::OPENED_BY.fill(language, &[("name", &ticket.author_name), ("at", &opened)])) }
                @if changes { div.row {
                    form.row method="post" action=(self.path("/position")) data-live="part" {
                        label for={ "phase-" (ticket.id) } { (self.say(t::MOVE_TO)) }
                        select #{ "phase-" (ticket.id) } name="phase" { @for phase in self.phases {
                            option value=(phase.id) selected[phase.id == ticket.phase] { (phase.name) }
                        } }
                        button { (self.say(t::MOVE)) }
                    }
                    @if ticket.closed_at.is_none() {
                        a.button.primary href=(self.path("/closing/new")) data-dialog={ "ticket-" (ticket.id) "-closing" } { (icon(Icon::Check)) (self.say(t::CLOSE)) }
                    } @else if let Some(first) = self.phases.iter().find(|phase| !phase.ends) {
                        form method="post" action=(self.path("/position")) data-live="part" {
                            button name="phase" value=(first.id) { (self.say(t::REOPEN)) }
                        }
                    }
                } }
            }
        }
    }

    fn facts(&self) -> Markup {
        let faulty = ["", "title", "body", "to", "priority", "due", "disposition"]
            .iter()
            .any(|name| self.problems.of(name).is_some());
        html! {
            details.facts-form data-fresh="facts" open[faulty] {
                summary { (icon(Icon::Edit)) " " (self.say(t::DETAILS)) }
                form method="post" action=(self.path("")) data-live="part" {
                    input type="hidden" name="revision" value=(self.ticket.revision);
                    (self.form.fields())
                    div.row.end { button.primary { (self.say(crate::platform::text::common::SAVE)) } }
                }
            }
        }
    }

    fn conversations(&self, changes: bool) -> Markup {
        html! {
            section data-fresh="links" {
                h2 { (self.say(t::CONVERSATIONS)) }
                @if self.links.is_empty() { p.hint { (self.say(t::NO_LINKS)) } }
                ul.links-of { @for link in &self.links { li {
                    @if link.visible { a href={ "/conversations/" (link.conversation) } { (link.number) } " " (link.contact) } @else { (link.number) }
                    @if changes {
                        @let words = t::UNLINK.fill(self.agent.language, &[("number", &link.number.to_string())]);
                        form method="post" action=(self.path("/links/removal")) data-live="part" {
                            button.plain name="conversation" value=(link.conversation) title=(words) aria-label=(words) { (icon(Icon::Close)) }
                        }
                    }
                } } }
                @if changes {
                    form.row method="post" action=(self.path("/links")) data-live="part" {
                        @let wrong = self.problems.of("number");
                        input name="number" inputmode="numeric" autocomplete="off" aria-label=(self.say(t::LINK_NUMBER)) placeholder=(self.say(t::LINK_NUMBER))
                            value=(self.typed.text("number")) aria-invalid=[wrong.map(|_| "true")] required;
                        button { (self.say(t::LINK)) }
                        (complaint("number", self.agent.language, self.problems))
                    }
                }
            }
        }
    }

    fn attached(&self, changes: bool) -> Markup {
        html! {
            section data-fresh="files" {
                @if changes || !self.files.is_empty() { h2 { (self.say(t::FILES)) } }
                ul.links-of { @for file in &self.files { li {
                    a.file href={ (self.path("/files/")) (file.token) } target="_blank" { (icon(Icon::Clip)) span { (file.name) } span.hint { (size(file.size)) } }
                    @if changes {
                        @let words = t::DETACH.fill(self.agent.language, &[("name", &file.name)]);
                        form method="post" action=(self.path("/files/removal")) data-live="part" {
                            button.plain name="token" value=(file.token) title=(words) aria-label=(words) { (icon(Icon::Close)) }
                        }
                    }
                } } }
                @if changes {
                    label.button { (icon(Icon::Clip)) (self.say(t::ATTACH)) input.hidden type="file" multiple data-ticket-files=(self.path("/files")); }
                }
            }
        }
    }

    fn entry(&self, entry: &TicketEntry) -> Markup {
        let time = html! { time title=(self.zone.full(entry.at, self.agent.language)) { (self.zone.date(entry.at, self.agent.language)) " " (self.zone.clock(entry.at)) } };
        html! {
            li data-kind=(entry.kind.word()) data-id=(entry.id) {
                @match entry.kind.line(self.agent.language, &entry.body) {
                    Some(line) => p.hint { b { (entry.name) } " " (line) " · " (time) },
                    None => { p { b { (entry.name) } " " span.hint { (time) } } div.body { (prose(&entry.body)) } }
                }
            }
        }
    }
}

/// The tickets of a conversation, in its head.
pub fn chips(language: Language, tickets: &[TicketBrief]) -> Markup {
    html! {
        @if !tickets.is_empty() {
            div.chips aria-label=(t::TITLE.say(language)) role="group" { @for ticket in tickets {
                a.chip href={ "/tickets/" (ticket.id) } data-dialog={ "ticket-" (ticket.id) } data-late[ticket.overdue] data-closed[ticket.closed] title=(ticket.title) {
                    (icon(Icon::Board)) b { "T-" (ticket.id) } span { (ticket.title) } span.badge data-state=[ticket.closed.then_some("closed")] { (ticket.phase) }
                    @if ticket.overdue { span.hidden { (t::OVERDUE.say(language)) } }
                }
            } }
        }
    }
}
