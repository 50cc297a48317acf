//! The conversation screen: contact pane, head, thread, composer.

use maud::{Markup, html};

use crate::contacts::contact_labels::{self, Label};
use crate::contacts::custom_fields::FieldValue;
use crate::contacts::{self, Contact};
use crate::desk::closings::PastClosing;
use crate::desk::contact_merges;
use crate::desk::contact_merges::ContactMerge;
use crate::desk::conversation_merges::{self, Traces};
use crate::desk::conversations::{Conversation, State};
use crate::desk::messages::view::{Composer, Thread};
use crate::desk::messages::{Message, MessageId};
use crate::desk::outbound::{self, Kin};
use crate::desk::queues::Heat;
use crate::desk::queues::view::{back, channel_mark, waited};
use crate::desk::ratings;
use crate::desk::ratings::Rating;
use crate::desk::tags::Tag;
use crate::overview::console::view_actions;
use crate::platform::text::conversations as t;
use crate::platform::text::flow as f;
use crate::platform::text::outbound::{FROM_SCRATCH, NEW as NEW_FROM_THIS, NO_CHANNEL};
use crate::platform::text::pauses as p;
use crate::platform::text::tickets as k;
use crate::platform::text::{Language, Phrase, closings, common, transfers};
use crate::platform::time::{HOUR, Timestamp, Zone};
use crate::platform::ui::icon::{Icon, icon};
use crate::team::agents::{self, Agent, Role};
use crate::team::channels::{Channel, Kind};
use crate::team::departments::Department;
use crate::tickets::{self, TicketBrief};

/// Everything that the two right parts show.
pub struct ConsoleScreen<'a> {
    pub agent: &'a Agent,
    pub zone: &'a Zone,
    pub now: Timestamp,
    pub conversation: Conversation,
    pub contact: Contact,
    pub channel: Channel,
    pub department: Department,
    /// What was typed and not sent: chat, note.
    pub drafts: (String, String),
    pub last_seen: MessageId,
    pub assignee: Option<String>,
    pub tags: Vec<Tag>,
    /// Others who have it open.
    pub watching: Vec<String>,
    pub messages: Vec<Message>,
    /// Messages of a full page: more of them lie above.
    pub page: usize,
    pub closing: Option<PastClosing>,
    pub rating: Option<Rating>,
    /// Conversations that this one came from, or that came from it.
    pub kin: Kin,
    pub merges: Traces,
    /// The contact's custom fields, with what they hold.
    pub filled: Vec<FieldValue>,
    pub labels: Vec<Label>,
    /// The latest merge of the contact with another record, while it can be undone.
    pub union: Option<ContactMerge>,
    pub tickets: Vec<TicketBrief>,
    /// Milliseconds; 0 for no goal.
    pub handling_goal: i64,
}

/// The console: navigation, queue, and what is open.
pub fn console(agent: &Agent, newest_event: i64, queue: &Markup, open: &Markup) -> Markup {
    let data = [
        ("agent", agent.id.to_string()),
        ("event", newest_event.to_string()),
        ("sounds", u8::from(agent.sounds).to_string()),
        ("enter", u8::from(agent.enter_sends).to_string()),
    ];
    agents::view::console(
        agent,
        t::TITLE.say(agent.language),
        "/conversations",
        &data,
        &html! {
            main.console #main { (queue) (open) }
            p.banner.lost #lost role="status" hidden { (t::CONNECTION_LOST.say(agent.language)) }
            div.hidden #say aria-live="polite" {}
            dialog.palette #palette aria-label=(t::PALETTE.say(agent.language)) {
                input type="search" #palette-field aria-label=(t::PALETTE_HINT.say(agent.language)) placeholder=(t::PALETTE_HINT.say(agent.language))
                    autocomplete="off" role="combobox" aria-expanded="true" aria-controls="palette-list";
                ul #palette-list role="listbox" aria-label=(t::PALETTE.say(agent.language)) {}
            }
            (shortcuts(agent.language))
        },
    )
}

/// The list of keys.
fn shortcuts(language: Language) -> Markup {
    let keys = [
        ("J / K", t::KEY_WALK),
        ("Enter", t::KEY_OPEN),
        ("R", t::KEY_REPLY),
        ("N", t::KEY_NOTE),
        ("A", t::KEY_TAKE),
        ("I", NEW_FROM_THIS),
        ("C", FROM_SCRATCH),
        ("W", k::KEY),
        ("T", transfers::KEY),
        ("E", t::KEY_TAGS),
        ("P", t::KEY_PAUSE),
        ("O", t::KEY_OCCURRENCE),
        ("F", t::KEY_CLOSE),
        ("/", t::KEY_SEARCH),
        ("G T", k::KEY_PAGE),
        ("G L", crate::platform::text::register::KEY_PAGE),
        ("Ctrl+K", t::PALETTE),
        ("Esc", t::KEY_ESCAPE),
        ("?", t::KEY_HELP),
    ];
    html! {
        dialog.sheet #shortcuts aria-labelledby="shortcuts-title" {
            h2 #shortcuts-title { (t::SHORTCUTS.say(language)) }
            dl.keys { @for (key, phrase) in keys { dt { kbd { (key) } } dd { (phrase.say(language)) } } }
            form method="dialog" { button { (common::CANCEL_CLOSE.say(language)) } }
        }
    }
}

/// The right parts while nothing is open.
pub fn nothing_open(language: Language) -> Markup {
    html! {
        div.open #open data-empty {
            div.hello { (icon(Icon::Chat)) p { (t::NOTHING_OPEN.say(language)) } p.hint { kbd { "J" } " " kbd { "K" } " · " kbd { "Ctrl+K" } " · " kbd { "?" } } }
        }
    }
}

impl ConsoleScreen<'_> {
    /// What this person may write: `chat`, only a `note`, or `nothing`; a change brings another composer.
    fn writes(&self) -> &'static str {
        match self.conversation.state {
            State::Closed => "nothing",
            _ if self.chat().is_ok() => "chat",
            _ => "note",
        }
    }

    /// The draft of what this person writes to the contact, or why that cannot be.
    fn chat(&self) -> Result<&str, Phrase> {
        if self.channel.kind == Kind::Desk {
            Err(NO_CHANNEL)
        } else if self.conversation.is_writable_by(self.agent) {
            Ok(&self.drafts.0)
        } else {
            Err(crate::platform::text::messages::TAKE_FIRST)
        }
    }

    fn say(&self, phrase: crate::platform::text::Phrase) -> &'static str {
        phrase.say(self.agent.language)
    }

    /// Contact and conversation.
    pub fn show(&self) -> Markup {
        let id = self.conversation.id;
        let language = self.agent.language;
        let title = self.contact.title(language);
        let thread = Thread {
            language,
            zone: self.zone,
            now: self.now,
            contact: &title,
            me: self.agent.id,
            conversation: id,
            messages: &self.messages,
            reached: (self.conversation.delivered_to, self.conversation.read_to),
            first_unread: (self.last_seen.0 > 0).then_some(self.last_seen),
            older: self.messages.len() == self.page,
        };
        html! {
            div.open #open data-conversation=(id) {
                (self.contact_pane(&title))
                section.conversation #conversation aria-label=(self.say(t::CONVERSATION)) {
                    (self.head())
                    div.thread #thread role="log" aria-label=(self.say(t::THREAD)) tabindex="0" { (thread.show()) }
                    button.pill #newer type="button" hidden { (self.say(t::NEW_BELOW)) }
                    p.typing #typing hidden { (self.say(t::TYPING)) }
                    (self.foot())
                }
            }
        }
    }

    /// Who the contact is; the rest of the record comes in its own parts.
    fn contact_pane(&self, title: &str) -> Markup {
        let language = self.agent.language;
        html! {
            section.contact #contact aria-label=(self.say(t::CONTACT)) {
                // On a phone the pane stands alone, without the conversation's heading.
                h1.hidden.alone { (self.say(t::CONTACT)) }
                div.top {
                    header.pane-head {
                        a.back href="#conversation" { (icon(Icon::Back)) span.hidden { (self.say(t::CONVERSATION)) } }
                        span.avatar.large aria-hidden="true" { (crate::platform::ui::page::initials(title)) }
                        h2 { (title) }
                        @if self.links() {
                            a.button.plain href={ "/conversations/" (self.conversation.id) "/contact-merge/new" } data-dialog="contact-merge" title=(crate::platform::text::contact_merges::TITLE.say(language)) {
                                (icon(Icon::People)) span.hidden { (crate::platform::text::contact_merges::TITLE.say(language)) }
                            }
                        }
                    }
                    nav.tabs aria-label=(self.say(t::CONTACT)) {
                        a.scope href={ "/conversations/" (self.conversation.id) } data-tab="record" aria-current { (self.say(t::TAB_RECORD)) }
                        a.scope href={ "/conversations/" (self.conversation.id) "/timeline" } data-tab="timeline" { (crate::platform::text::timelines::TITLE.say(language)) }
                        a.scope href={ "/conversations/" (self.conversation.id) "/insight" } data-tab="insight" { (crate::platform::text::insights::TITLE.say(language)) }
                    }
                }
                div #tab-other hidden {}
                div #tab-record {
                (self.record())
                (contact_labels::view::edit(language, &format!("/conversations/{}/labels", self.conversation.id), &self.labels))
                dl.facts {
                    dt { (self.say(t::CHANNEL)) } dd { (self.channel.name) }
                    dt { (self.say(t::OPENED)) } dd { (self.zone.full(self.conversation.opened_at, language)) }
                    @if let Some(previous) = self.conversation.previous.filter(|id| self.kin.origin.is_none_or(|(origin, _)| origin != *id)) {
                        dt { (self.say(t::PREVIOUS)) } dd { a href={ "/conversations/" (previous) } { (self.say(t::SEE_PREVIOUS)) } }
                    }
                    (outbound::view::links(language, &self.kin))
                }
                (conversation_merges::view::undo(language, &self.merges))
                @if self.links() { (contact_merges::view::undo(language, self.zone, contact_merges::view::MergeOrigin::Conversation(self.conversation.id), self.union.as_ref())) }
                }
            }
        }
    }

    /// Whether this person may link the contact to another record.
    fn links(&self) -> bool {
        let lead = self.agent.is(Role::Lead) && self.agent.in_department(self.conversation.department);
        lead || self.conversation.is_writable_by(self.agent)
    }

    /// What the record holds, edited in place.
    fn record(&self) -> Markup {
        contacts::view::ContactRecord {
            language: self.agent.language,
            action: format!("/conversations/{}/contact", self.conversation.id),
            history: Some(format!("/conversations/{}/contact/history", self.conversation.id)),
            contact: &self.contact,
            filled: &self.filled,
            typed: None,
            problems: &crate::platform::web::form::Problems::default(),
            faults: &[],
        }
        .form()
    }

    /// Number, channel, department, clock; then the actions.
    pub fn head(&self) -> Markup {
        let conversation = &self.conversation;
        let id = conversation.id;
        let number = conversation.number.to_string();
        let (delivered, read) = (conversation.delivered_to, conversation.read_to);
        html! {
            header.pane-head #head data-state=(conversation.state.word()) data-delivered=(delivered) data-read=(read) data-writes=(self.writes()) {
                a.back href="/conversations" { (icon(Icon::Back)) span.hidden { (self.say(common::CONVERSATIONS)) } }
                div.case {
                    h1 { button.number type="button" data-copy=(number) title=(self.say(t::COPY_NUMBER)) { (number) } }
                    span.meta {
                        (channel_mark(self.channel.kind, self.agent.language)) (self.department.name)
                        " · " span.badge data-state=(conversation.state.word()) { (self.say(conversation.state.phrase())) }
                        @if conversation.state != State::Closed {
                            @if conversation.state == State::Paused {
                                " · " time.wait data-until=(conversation.since.0) { (back(conversation.since.since(self.now), self.agent.language)) }
                            } @else {
                                " · " time.wait data-since=(conversation.since.0) { (waited(self.now.since(conversation.since), self.agent.language)) }
                            }
                        }
                        @if let Some(assignee) = &self.assignee { " · " (assignee) }
                        (self.handling())
                        @for tag in &self.tags { " " span.tag data-colour=(tag.colour.word()) { (tag.name) } }
                        @if !self.watching.is_empty() {
                            " · " span.watching { (t::WATCHING.fill(self.agent.language, &[("names", &self.watching.join(", "))])) }
                        }
                    }
                }
                div.actions {
                    a.button.only-phone href="#contact" { (icon(Icon::Person)) span.hidden { (self.say(t::CONTACT)) } }
                    @if conversation.can_be_taken_by(self.agent) {
                        form method="post" action={ "/conversations/" (id) "/assignment" } data-live="head" {
                            @if let Some(assignee) = conversation.assignee { input type="hidden" name="assignee" value=(assignee); }
                            button.primary data-key="a" { (self.say(t::TAKE)) }
                        }
                    }
                    @if conversation.state == State::Paused && conversation.is_writable_by(self.agent) {
                        form method="post" action={ "/conversations/" (id) "/pause/end" } data-live="all" {
                            button.primary data-key="p" title={ (self.say(p::RESUME)) " (P)" } { (icon(Icon::Play)) (self.say(p::RESUME)) }
                        }
                    }
                    (view_actions::show(conversation, self.agent))
                }
                (tickets::view::chips(self.agent.language, &self.tickets))
            }
        }
    }

    /// How long the case has been open, against the department's goal.
    fn handling(&self) -> Markup {
        let (language, goal) = (self.agent.language, self.handling_goal);
        let open = self.now.since(self.conversation.opened_at);
        let heat = match Heat::of(open, goal) {
            Heat::Calm => "calm",
            Heat::Amber => "amber",
            Heat::Red => "red",
        };
        html! {
            @if goal > 0 && self.conversation.state != State::Closed {
                @let time = waited(open, language);
                @let line = f::HANDLING.fill(language, &[("time", &time), ("goal", &(goal / HOUR).to_string())]);
                " · " span.wait.handling data-heat=(heat) title=(line) { (icon(Icon::Clock)) (time) "/" (goal / HOUR) " h" span.hidden { (line) } }
            }
        }
    }

    /// The composer, or why there is none.
    fn foot(&self) -> Markup {
        let conversation = &self.conversation;
        html! {
            @if conversation.state == State::Closed {
                footer.closed-foot #composer {
                    @match &self.closing {
                        Some(closing) => p { (icon(Icon::Check)) " " (t::CLOSED_WITH.fill(self.agent.language, &[("path", &closing.path)]))
                            " · " (self.zone.full(closing.at, self.agent.language))
                            @if !closing.body.is_empty() { br; span.hint { (closing.body) } } },
                        None => p { (self.say(t::STATE_CLOSED)) }
                    }
                    (conversation_merges::view::taken_into(self.agent.language, &self.merges))
                    @if let Some(rating) = &self.rating { (ratings::view::show(self.agent.language, rating)) }
                    @if self.closing.as_ref().is_some_and(|closing| closing.held && closing.agent == Some(self.agent.id)) {
                        form.undo method="post" action={ "/conversations/" (conversation.id) "/closing/undoing" } data-live="all" {
                            button.primary { (self.say(closings::UNDO)) }
                        }
                    }
                }
            } @else {
                (Composer {
                    language: self.agent.language,
                    conversation: conversation.id,
                    chat: self.chat(),
                    note: &self.drafts.1,
                }.show())
            }
        }
    }
}
