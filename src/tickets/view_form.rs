//! The forms of a ticket: a new one, its facts, its end.

use maud::{Markup, html};

use super::{ConversationLink, Priority, Ticket};
use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::Disposition;
use crate::desk::dispositions::view::{Requirement, picker};
use crate::desk::transfers::{TransferChoice, TransferTarget};
use crate::platform::text::{Language, Phrase, common, tickets as t};
use crate::platform::ui::dialog::sheet;
use crate::platform::ui::form::{Field, area, banner, complaint, select, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;

/// What the form of a new or a known ticket shows.
pub struct TicketFormPage<'a> {
    pub language: Language,
    /// None for a new one.
    pub ticket: Option<&'a Ticket>,
    pub choices: &'a [TransferChoice],
    pub offered: &'a [Disposition],
    /// The conversation that a new one is about.
    pub conversation: Option<ConversationId>,
    pub form: &'a Form,
    pub problems: &'a Problems,
}

impl TicketFormPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    /// The dialog that a script opens over the conversation or the board.
    pub fn dialog(&self) -> Markup {
        sheet("ticket", self.say(t::NEW), &self.form())
    }

    /// The form of a new ticket.
    pub fn form(&self) -> Markup {
        // In a conversation the page is shown anew; on the board the new card comes by itself.
        let live = if self.conversation.is_some() { "all" } else { "part" };
        let back = self.conversation.map_or_else(|| "/tickets".to_owned(), |id| format!("/conversations/{id}"));
        html! {
            form method="post" action="/tickets" data-live=(live) {
                p.hint { (self.say(t::INTERNAL)) }
                @if let Some(conversation) = self.conversation { input type="hidden" name="conversation" value=(conversation); }
                (self.fields())
                div.row.end {
                    a.button href=(back) data-shut { (self.say(common::CANCEL)) }
                    button.primary { (self.say(t::CREATE)) }
                }
            }
        }
    }

    /// What a new and a known ticket have alike.
    pub fn fields(&self) -> Markup {
        let (language, form, problems) = (self.language, self.form, self.problems);
        let priorities: Vec<(&str, &str)> =
            Priority::ALL.iter().map(|one| (one.word(), self.say(one.phrase()))).collect();
        html! {
            (banner(language, problems))
            (Field::text("title", self.say(t::NAME), form.text("title")).show(language, problems))
            (area("body", self.say(t::BODY), form.text("body"), 3, language, problems))
            div.pair {
                (self.places())
                (select("priority", self.say(t::PRIORITY), &priorities, form.text("priority"), language, problems))
                (Field::text("due", self.say(t::DUE), form.text("due")).kind("date", "off").show(language, problems))
            }
            (reasons(language, self.offered, form.number("disposition"), problems))
        }
    }

    /// The field `to`: departments, and in each its people. Another department has other reasons: the script asks for them.
    fn places(&self) -> Markup {
        let chosen = self.form.text("to");
        let nobody = |choice: &TransferChoice| TransferTarget { department: choice.department, agent: None }.word();
        let person = |choice: &TransferChoice, agent| {
            TransferTarget { department: choice.department, agent: Some(agent) }.word()
        };
        html! {
            div.field {
                label for="to" { (self.say(t::TO)) }
                select #to name="to" required data-renew="/tickets/reasons" data-renews=".reasons" aria-invalid=[self.problems.of("to").map(|_| "true")] {
                    @for choice in self.choices {
                        optgroup label=(choice.name) {
                            option value=(nobody(choice)) selected[chosen == nobody(choice)] { (t::NO_ONE_YET.fill(self.language, &[("department", &choice.name)])) }
                            @for one in &choice.people {
                                option value=(person(choice, one.agent)) selected[chosen == person(choice, one.agent)] { (one.name) }
                            }
                        }
                    }
                }
                (complaint("to", self.language, self.problems))
            }
        }
    }
}

/// The reasons that the chosen department has for tickets, where it has any.
pub fn reasons(language: Language, offered: &[Disposition], chosen: Option<i64>, problems: &Problems) -> Markup {
    html! {
        div.reasons { @if !offered.is_empty() { (picker(language, offered, chosen, Requirement::No, problems)) } }
    }
}

/// The form that closes a ticket.
pub struct TicketClosing<'a> {
    pub language: Language,
    pub ticket: &'a Ticket,
    pub links: &'a [ConversationLink],
    pub form: &'a Form,
    pub problems: &'a Problems,
}

impl TicketClosing<'_> {
    fn title(&self) -> String {
        t::CLOSE_TITLE.fill(self.language, &[("number", &format!("T-{}", self.ticket.id))])
    }

    /// The dialog that a script opens over whatever shows the ticket.
    pub fn dialog(&self) -> Markup {
        sheet(&format!("ticket-{}-closing", self.ticket.id), &self.title(), &self.form())
    }

    /// The same form as a page.
    pub fn page(&self) -> Markup {
        agents::view::outside(self.language, &self.title(), &html! { h2 { (self.title()) } (self.form()) })
    }

    /// A note, and the conversations that it goes to.
    pub fn form(&self) -> Markup {
        let id = self.ticket.id;
        let ticked =
            |conversation: ConversationId| self.form.all("conversation").any(|one| one == conversation.to_string());
        html! {
            form method="post" action={ "/tickets/" (id) "/closing" } data-live="part" data-ticket-form=(id) {
                input type="hidden" name="phase" value=(self.form.text("phase"));
                p { b { (self.ticket.title) } }
                @if self.links.iter().any(|link| link.visible) {
                    (area("note", t::CLOSE_NOTE.say(self.language), self.form.text("note"), 3, self.language, self.problems))
                    fieldset.field {
                        legend { (t::CONVERSATIONS.say(self.language)) }
                        p.hint { (t::CLOSE_NOTE_HINT.say(self.language)) }
                        @for link in self.links.iter().filter(|link| link.visible) {
                            (tick("conversation", &link.conversation.to_string(), &format!("{} · {}", link.number, link.contact), ticked(link.conversation).into()))
                        }
                    }
                }
                div.row.end {
                    a.button href={ "/tickets/" (id) } data-shut { (common::CANCEL.say(self.language)) }
                    button.primary { (t::CLOSE.say(self.language)) }
                }
            }
        }
    }
}
