//! The thread and the composer.

use maud::{Markup, html};

use super::{Attachment, Author, Message, MessageId, OccurrenceLine, SystemLine};
use crate::desk::conversations::ConversationId;
use crate::desk::notes;
use crate::platform::text::{Language, Phrase};
use crate::platform::text::{messages as t, notes as n, occurrences as o};
use crate::platform::time::{MINUTE, Timestamp, Zone};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::ui::prose::prose;
use crate::team::agents::AgentId;

/// Messages of one conversation, oldest first.
pub struct Thread<'a> {
    pub language: Language,
    pub zone: &'a Zone,
    pub now: Timestamp,
    /// The contact's name, else the number.
    pub contact: &'a str,
    pub me: AgentId,
    pub conversation: ConversationId,
    pub messages: &'a [Message],
    /// What reached the contact's device, and what was seen there.
    pub reached: (i64, i64),
    /// The last message that the reader has seen before.
    pub first_unread: Option<MessageId>,
    /// Whether older ones lie above.
    pub older: bool,
}

impl Thread<'_> {
    /// The messages with day lines; what follows its like within five minutes stands close to it.
    pub fn show(&self) -> Markup {
        let mut day = 0;
        let mut previous: Option<&Message> = None;
        let mut marked = false;
        html! {
            @if self.older && let Some(first) = self.messages.first() {
                a.older href={ "?before=" (first.id) } data-before=(first.id) { (t::OLDER.say(self.language)) }
            }
            @for message in self.messages {
                @let today = self.zone.day(message.at);
                @if today != day {
                    ({ day = today; previous = None; day_line(self.zone, message, self.language) })
                }
                @if !marked && message.author == Author::Contact && self.first_unread.is_some_and(|seen| message.id > seen) {
                    ({ marked = true; previous = None; unread_line(self.language) })
                }
                (self.message(message, previous))
                ({ previous = Some(message); "" })
            }
        }
    }

    fn message(&self, message: &Message, previous: Option<&Message>) -> Markup {
        let grouped = previous.is_some_and(|before| {
            before.author == message.author && before.agent == message.agent && message.at.since(before.at) < 5 * MINUTE
        });
        let time = html! { time title=(self.zone.full(message.at, self.language)) datetime=(message.at.0) { (self.zone.clock(message.at)) } };
        if message.author == Author::System {
            let line = match SystemLine::read(&message.body) {
                Some(SystemLine::Occurrence(line)) => return self.occurrence(message, &line),
                line => line.map_or_else(|| message.body.clone(), |line| line.for_team(self.language)),
            };
            return html! { p.system #{ "m" (message.id) } data-id=(message.id) { (line) " " (time) } };
        }
        if notes::is_deleted(message) {
            return self.deleted(message);
        }
        html! {
            article.message #{ "m" (message.id) } data-id=(message.id) data-author=(message.author.word()) data-mine[message.agent == Some(self.me)] data-grouped[grouped] {
                header { (self.name(message)) }
                div.body { (prose(&message.body)) }
                @for file in &message.attachments { (self.file(file)) }
                footer { (self.revision(message)) (time) @if message.author == Author::Agent || message.author == Author::Bot { (self.mark(message.id)) } }
            }
        }
    }

    fn note(&self, message: &Message, end: &str) -> String {
        format!("/conversations/{}/notes/{}{end}", self.conversation, message.id)
    }

    /// What became of a note, and how its author changes it.
    fn revision(&self, message: &Message) -> Markup {
        let open = message.author == Author::Note && notes::is_open(message, self.me, self.now).is_ok();
        html! {
            @if open {
                a href=(self.note(message, "/edit")) data-dialog={ "note-" (message.id) } title=(n::EDIT.say(self.language)) { (icon(Icon::Edit)) span.hidden { (n::EDIT.say(self.language)) } }
            }
            @if let Some(revised) = message.revised {
                @let line = n::EDITED.fill(self.language, &[("time", &self.zone.clock(revised.at))]);
                a href=(self.note(message, "")) data-dialog={ "note-" (message.id) "-revisions" } title=(self.zone.full(revised.at, self.language)) { (line) }
            }
        }
    }

    /// A note that was taken away.
    fn deleted(&self, message: &Message) -> Markup {
        let at = message.revised.map_or(message.at, |revised| revised.at);
        let words = [("name", message.agent_name.as_str()), ("time", &self.zone.clock(at))];
        html! {
            p.system #{ "m" (message.id) } data-id=(message.id) {
                a href=(self.note(message, "")) data-dialog={ "note-" (message.id) "-revisions" } title=(self.zone.full(at, self.language)) { (n::DELETED.fill(self.language, &words)) }
            }
        }
    }

    fn occurrence(&self, message: &Message, line: &OccurrenceLine) -> Markup {
        let say = |phrase: crate::platform::text::Phrase| phrase.say(self.language);
        let later = self.messages.iter().filter(|other| other.author == Author::System && other.id > message.id);
        let corrected = later
            .filter_map(|other| SystemLine::read(&other.body))
            .any(|other| matches!(other, SystemLine::Occurrence(other) if other.corrects == Some(line.id)));
        let kind = if line.corrects.is_some() { o::CORRECTION } else { o::OCCURRENCE };
        html! {
            article.occurrence #{ "m" (message.id) } data-id=(message.id) data-corrected[corrected] {
                header {
                    (icon(Icon::Flag)) b { (say(kind)) @if !line.path.is_empty() { " · " (line.path) } } " · " (line.name) " · "
                    time title=(self.zone.full(message.at, self.language)) datetime=(message.at.0) { (self.zone.clock(message.at)) }
                }
                div.body { (prose(&line.body)) }
                footer {
                    @if corrected { (say(o::CORRECTED)) } @else {
                        a href={ "/conversations/" (self.conversation) "/occurrence/new?corrects=" (line.id) } data-dialog={ "occurrence-" (line.id) } { (say(o::CORRECT)) }
                    }
                }
            }
        }
    }

    fn name(&self, message: &Message) -> Markup {
        html! {
            @match message.author {
                Author::Contact => (self.contact),
                Author::Bot => "Bot - IA",
                Author::Note => { (icon(Icon::Lock)) (message.agent_name) " · " (t::NOTE.say(self.language)) },
                _ => (message.agent_name)
            }
        }
    }

    /// One check: on our disk; two: on the contact's device; two in blue: seen.
    fn mark(&self, id: MessageId) -> Markup {
        let (word, phrase) = match id.0 {
            id if id <= self.reached.1 => ("read", t::READ),
            id if id <= self.reached.0 => ("delivered", t::DELIVERED),
            _ => ("sent", t::SENT),
        };
        html! { span.mark data-mark=(word) role="img" aria-label=(phrase.say(self.language)) title=(phrase.say(self.language)) {} }
    }

    fn file(&self, file: &Attachment) -> Markup {
        let address = format!("/conversations/{}/attachments/{}", self.conversation, file.token);
        let picture = matches!(file.media_type.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp");
        html! {
            @if picture {
                a.picture href=(address) target="_blank" { img src=(address) alt=(file.name) loading="lazy"; }
            } @else {
                a.file href=(address) target="_blank" { (icon(Icon::Clip)) span { (file.name) } span.hint { (size(file.size)) } }
            }
        }
    }
}

fn day_line(zone: &Zone, message: &Message, language: Language) -> Markup {
    html! { p.day { span { (zone.date(message.at, language)) } } }
}

fn unread_line(language: Language) -> Markup {
    html! { p.day.unread-line #unread { span { (t::UNREAD_LINE.say(language)) } } }
}

/// Bytes in the largest fitting unit.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} kB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Two tabs with a field each, so that a note can't be sent to the contact by a slip.
pub struct Composer<'a> {
    pub language: Language,
    pub conversation: ConversationId,
    /// The chat's draft, or why there is none.
    pub chat: Result<&'a str, Phrase>,
    pub note: &'a str,
}

impl Composer<'_> {
    /// Works without scripts: the tabs are radio buttons, each field is a form.
    pub fn show(&self) -> Markup {
        let language = self.language;
        html! {
            footer.composer #composer {
                div.tabs role="radiogroup" aria-label=(t::KIND.say(language)) {
                    label { input type="radio" name="tab" value="chat" #tab-chat checked; span { (t::CHAT.say(language)) } }
                    label { input type="radio" name="tab" value="note" #tab-note; span { (icon(Icon::Lock)) (t::NOTE.say(language)) } }
                }
                @match self.chat {
                    Ok(draft) => (self.field("chat", t::CHAT_HINT, draft)),
                    Err(why) => p.hint.chat-part { (why.say(language)) }
                }
                (self.field("note", t::NOTE_HINT, self.note))
            }
        }
    }

    fn field(&self, kind: &'static str, hint: crate::platform::text::Phrase, draft: &str) -> Markup {
        let language = self.language;
        html! {
            form.write method="post" action={ "/conversations/" (self.conversation) "/messages" } data-kind=(kind) {
                input type="hidden" name="kind" value=(kind);
                ul.waiting-files hidden {}
                textarea #{ "write-" (kind) } name="body" rows="2" aria-label=(hint.say(language)) placeholder=(hint.say(language)) { "\n" (draft) }
                div.tools {
                    button.plain type="button" data-emoji title=(t::EMOJI.say(language)) aria-label=(t::EMOJI.say(language)) { (icon(Icon::Smile)) }
                    label.plain.button title=(t::ATTACH.say(language)) { (icon(Icon::Clip)) span.hidden { (t::ATTACH.say(language)) } input.hidden type="file" multiple data-attach; }
                    span.grow {}
                    p.wrong role="alert" hidden {}
                    button.primary { (icon(Icon::Send)) (t::SEND.say(language)) }
                }
            }
        }
    }
}

/// What went wrong with a message, for a page without scripts.
pub fn refused(
    language: Language,
    conversation: ConversationId,
    kind: &str,
    body: &str,
    phrase: crate::platform::text::Phrase,
) -> Markup {
    crate::team::agents::view::outside(
        language,
        phrase.say(language),
        &html! {
            p.wrong role="alert" { (phrase.say(language)) }
            form method="post" action={ "/conversations/" (conversation) "/messages" } {
                input type="hidden" name="kind" value=(kind);
                textarea name="body" rows="8" aria-label=(t::CHAT_HINT.say(language)) { "\n" (body) }
                button.primary { (t::SEND.say(language)) }
            }
            p { a href={ "/conversations/" (conversation) } { (t::BACK.say(language)) } }
        },
    )
}
