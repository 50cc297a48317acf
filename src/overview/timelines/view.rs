//! The timeline: totals, filter, entries.

use maud::{Markup, html};

use super::{Group, Kind, TimelineEntry, TimelineTotals};
use crate::desk::conversations::ConversationId;
use crate::desk::queues::view::waited;
use crate::platform::text::{Language, Phrase, timelines as t};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::ui::form::complaint;
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems, encode};
use crate::team::agents::{Agent, Role};

/// Everything that the timeline shows.
pub struct TimelinePage<'a> {
    pub language: Language,
    pub reader: &'a Agent,
    pub zone: &'a Zone,
    /// The one that is open.
    pub conversation: ConversationId,
    pub form: &'a Form,
    pub problems: &'a Problems,
    /// Only on the first page.
    pub totals: Option<TimelineTotals>,
    pub entries: &'a [TimelineEntry],
    /// Where the next page goes on.
    pub more: Option<String>,
}

impl TimelinePage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    fn address(&self) -> String {
        format!("/conversations/{}/timeline", self.conversation)
    }

    /// The parts, from what sums up to what happened long ago.
    pub fn show(&self) -> Markup {
        let filtered = ["kind", "from", "to"].iter().any(|field| !self.form.trimmed(field).is_empty());
        html! {
            div.timeline #timeline data-conversation=(self.conversation) {
                @if let Some(totals) = &self.totals { (self.sums(totals)) }
                (self.filter())
                @if self.entries.is_empty() {
                    p.hint { (self.say(if filtered { t::NONE_HERE } else { t::NONE })) }
                }
                ol.entries aria-label=(self.say(t::TITLE)) { @for entry in self.entries { (self.entry(entry)) } }
                @if let Some(more) = &self.more {
                    a.button data-more href={ (self.address()) "?" (self.query()) "before=" (more) } { (self.say(t::OLDER)) }
                }
            }
        }
    }

    /// The filter as the start of a query.
    fn query(&self) -> String {
        let given = ["kind", "from", "to"].into_iter().filter(|name| !self.form.trimmed(name).is_empty());
        given.map(|name| format!("{name}={}&", encode(self.form.trimmed(name)))).collect()
    }

    fn sums(&self, totals: &TimelineTotals) -> Markup {
        html! {
            dl.sums {
                div { dt { (self.say(t::CONVERSATIONS)) } dd { (totals.conversations) } }
                div { dt { (self.say(t::FIRST_CONTACT)) } dd { @match totals.first_at { Some(at) => (self.zone.date(at, self.language)), None => "–" } } }
                div { dt { (self.say(t::HANDLING)) } dd { @match totals.handling() { Some(time) => (waited(time, self.language)), None => "–" } } }
                div { dt { (self.say(t::RATING)) } dd { @match totals.rating() {
                    Some((tenths, n)) => {
                        @let point = if self.language == Language::English { '.' } else { ',' };
                        (t::RATING_OF.fill(self.language, &[("score", &format!("{}{point}{}", tenths / 10, tenths % 10)), ("n", &n.to_string())]))
                    }
                    None => "–",
                } } }
            }
        }
    }

    fn filter(&self) -> Markup {
        let kind = self.form.text("kind");
        let day = |name: &'static str, label: Phrase| {
            let wrong = self.problems.of(name).map(|_| "true");
            html! {
                div.field {
                    label for={ "timeline-" (name) } { (self.say(label)) }
                    input id={ "timeline-" (name) } name=(name) type="date" value=(self.form.trimmed(name)) aria-invalid=[wrong];
                    (complaint(name, self.language, self.problems))
                }
            }
        };
        html! {
            form.sift method="get" action=(self.address()) data-sifts="timeline" {
                div.field {
                    label for="timeline-kind" { (self.say(t::KIND)) }
                    select #timeline-kind name="kind" {
                        option value="" { (self.say(t::EVERYTHING)) }
                        @for group in Group::ALL { option value=(group.word()) selected[group.word() == kind] { (self.say(group.phrase())) } }
                    }
                }
                (day("from", t::FROM))
                (day("to", t::TO))
                button { (self.say(t::FILTER)) }
            }
        }
    }

    fn entry(&self, entry: &TimelineEntry) -> Markup {
        let (at, case) = (entry.place.at, entry.case.as_ref());
        let visible = case.is_none_or(|case| case.visible);
        let is_named = matches!(entry.place.kind, Kind::Merge | Kind::ContactMerge | Kind::Parted);
        let head = html! { b { (self.head(entry)) } @if !entry.title.is_empty() && !is_named { " " (entry.title) } };
        html! {
            li id={ "e" (entry.place.word()) } data-kind=(entry.place.kind.word()) data-bare[!visible] {
                (icon(mark(entry.place.kind)))
                div {
                    p.when {
                        time title=(self.zone.full(at, self.language)) { (self.moment(at)) }
                        @if let Some(case) = case { " · " (case.number) " · " (case.department) }
                    }
                    @if visible {
                        @if let Some(link) = self.link(entry) { a href=(link) { (head) } } @else { (head) }
                        @if !entry.who.is_empty() { span.who { " · " (entry.who) } }
                        (self.rest(entry))
                    } @else {
                        p.hint { (self.say(t::OUT_OF_REACH)) }
                    }
                }
            }
        }
    }

    fn moment(&self, at: Timestamp) -> String {
        format!("{} {}", self.zone.date(at, self.language), self.zone.clock(at))
    }

    /// Where it leads: the ticket, the person for those who see the register, or the place in the conversation.
    fn link(&self, entry: &TimelineEntry) -> Option<String> {
        let (kind, item) = (entry.place.kind, entry.place.item);
        match (kind, &entry.case) {
            (Kind::Ticket | Kind::TicketClosed, _) => Some(format!("/tickets/{item}")),
            (Kind::ContactMerge | Kind::Parted, _) => {
                entry.figure.filter(|_| self.reader.is(Role::Senior)).map(|contact| format!("/contacts/{contact}"))
            }
            (_, Some(case)) => Some(format!("/conversations/{}/timeline/{}/{item}", case.id, kind.word())),
            (_, None) => None,
        }
    }

    fn head(&self, entry: &TimelineEntry) -> String {
        let number = |phrase: Phrase, number: &str| phrase.fill(self.language, &[("number", number)]);
        let ticket = format!("T-{}", entry.place.item);
        match entry.place.kind {
            Kind::Opened => self.say(t::OPENED).to_owned(),
            Kind::Closed => self.say(t::CLOSED).to_owned(),
            Kind::Occurrence => self.say(t::OCCURRENCE).to_owned(),
            Kind::Transfer => self.say(t::TRANSFER).to_owned(),
            Kind::Pause => self.say(t::PAUSE).to_owned(),
            Kind::Note if entry.body.is_empty() => self.say(t::NOTE_GONE).to_owned(),
            Kind::Note => self.say(t::NOTE).to_owned(),
            Kind::Ticket => number(t::TICKET, &ticket),
            Kind::TicketClosed => number(t::TICKET_CLOSED, &ticket),
            Kind::Merge if entry.figure == Some(1) => number(t::SPLIT, &entry.title),
            Kind::Merge => number(t::MERGED, &entry.title),
            Kind::ContactMerge | Kind::Parted => {
                let phrase = match (entry.place.kind, entry.body.as_str()) {
                    (Kind::ContactMerge, "identity") => t::CHANNEL_UNITED,
                    (Kind::ContactMerge, _) => t::UNITED,
                    (_, "identity") => t::CHANNEL_PARTED,
                    (..) => t::PARTED,
                };
                let name = if entry.title.is_empty() { "?" } else { &entry.title };
                phrase.fill(self.language, &[("name", name)])
            }
        }
    }

    /// What else there is to say, in a line or two.
    fn rest(&self, entry: &TimelineEntry) -> Markup {
        html! {
            @match (entry.place.kind, entry.figure) {
                (Kind::Occurrence, Some(1)) => { span.badge { (self.say(t::CORRECTED)) } }
                (Kind::Closed, Some(score)) => { span.stars { " " (crate::platform::text::ratings::SCORE.fill(self.language, &[("score", &score.to_string())])) } }
                (Kind::Pause, Some(until)) => { " " (t::UNTIL.fill(self.language, &[("at", &self.moment(Timestamp(until)))])) }
                _ => {}
            }
            @if !entry.body.is_empty() && entry.case.is_some() {
                @if entry.place.kind == Kind::Transfer { " " (t::TO_WHOM.fill(self.language, &[("name", &entry.body)])) }
                @else { p.said { (entry.body) } }
            }
        }
    }
}

fn mark(kind: Kind) -> Icon {
    match kind {
        Kind::Opened => Icon::Chat,
        Kind::Closed => Icon::Check,
        Kind::Occurrence => Icon::Flag,
        Kind::Transfer => Icon::Forward,
        Kind::Pause => Icon::Pause,
        Kind::Note => Icon::Lock,
        Kind::Ticket | Kind::TicketClosed => Icon::Board,
        Kind::Merge => Icon::Branch,
        Kind::ContactMerge | Kind::Parted => Icon::People,
    }
}
