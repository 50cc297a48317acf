//! The queue pane: the switch between queues, sections, cards.

use maud::{Markup, html};

use super::{Heat, QueueCard, QueueCounts, QueueCursor, QueuePlace, QueueScope, is_open_at_first};
use crate::contacts;
use crate::desk::conversations::{ConversationId, State};
use crate::desk::tags::Tag;
use crate::platform::text::Language;
use crate::platform::text::{bulk_closings, outbound, queues as t};
use crate::platform::time::{DAY, HOUR, MINUTE, Timestamp};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::ui::page::initials;
use crate::team::channels::Kind;

/// For whom and where cards are shown.
#[derive(Clone, Copy)]
pub struct QueueCards {
    pub language: Language,
    pub now: Timestamp,
    pub scope: QueueScope,
    pub current: Option<ConversationId>,
}

/// Everything that the pane shows.
pub struct QueuePane<'a> {
    pub cards: QueueCards,
    /// Scope, name, how many wait.
    pub scopes: &'a [(QueuePlace, String, i64)],
    /// What the pane can be narrowed to.
    pub tags: &'a [Tag],
    pub counts: &'a QueueCounts,
    /// The sections that are open, with their cards and whether more follow.
    pub sections: &'a [QueueSection],
    /// Whether this person may start conversations.
    pub starts: bool,
}

/// One section of the pane.
pub struct QueueSection {
    pub state: State,
    /// None for a section that is folded.
    pub cards: Option<Vec<QueueCard>>,
    pub more: Option<String>,
}

impl QueuePane<'_> {
    /// The whole pane.
    pub fn show(&self) -> Markup {
        let language = self.cards.language;
        html! {
            section.queue #queue aria-label=(t::QUEUE.say(language)) data-scope=(self.cards.scope.word()) {
                header.pane-head {
                    div.row {
                        h1 { (t::QUEUE.say(language)) }
                        @if self.starts {
                            a.button href="/outbound/new" data-dialog="outbound-new" data-key="c" title={ (outbound::FROM_SCRATCH.say(language)) " (C)" } {
                                (icon(Icon::Edit)) span.hidden { (outbound::FROM_SCRATCH.say(language)) }
                            }
                            a.button href="/bulk-closings/new" title=(bulk_closings::TITLE.say(language)) {
                                (icon(Icon::Check)) span.hidden { (bulk_closings::TITLE.say(language)) }
                            }
                        }
                    }
                    div.scopes {
                        @for (place, name, waiting) in self.scopes {
                            a.scope href={ "/conversations?scope=" (QueueScope { place: *place, tag: self.cards.scope.tag }.word()) } aria-current=[(*place == self.cards.scope.place).then_some("true")] {
                                (name) @if *waiting > 0 { " " span.count { (waiting) } }
                            }
                        }
                    }
                }
                (self.narrow())
                div.sections tabindex="-1" {
                    @for section in self.sections { (self.section(section)) }
                    @if self.is_empty() { p.empty { (if self.cards.scope.tag.is_some() { t::EMPTY_TAG } else { t::EMPTY }.say(language)) } }
                }
            }
        }
    }

    fn is_empty(&self) -> bool {
        match self.cards.scope.tag {
            Some(_) => self.sections.iter().all(|section| section.cards.as_ref().is_none_or(Vec::is_empty)),
            None => self.counts.iter().all(|(state, total)| *state == State::Closed || *total == 0),
        }
    }

    /// The tags to narrow the pane to; the one that does, with the way back.
    fn narrow(&self) -> Markup {
        let chosen = self.tags.iter().find(|tag| Some(tag.id) == self.cards.scope.tag);
        let address =
            |tag| format!("/conversations?scope={}", QueueScope { place: self.cards.scope.place, tag }.word());
        html! {
            @if let Some(tag) = chosen {
                p.narrowed { (t::WITH_TAG.say(self.cards.language)) " " span.tag data-colour=(tag.colour.word()) { (tag.name) } " " a href=(address(None)) { (t::ALL_TAGS.say(self.cards.language)) } }
            } @else if !self.tags.is_empty() {
                details.narrow {
                    summary { (t::BY_TAG.say(self.cards.language)) }
                    p.row { @for tag in self.tags { a.tag data-colour=(tag.colour.word()) href=(address(Some(tag.id))) { (tag.name) } } }
                }
            }
        }
    }

    /// A section with its heading.
    fn section(&self, section: &QueueSection) -> Markup {
        let state = section.state.word();
        let total = self.counts.get(&section.state).copied().unwrap_or(0);
        let open = section.cards.is_some();
        let fold = if open && !is_open_at_first(section.state) { "" } else { state };
        html! {
            section.state data-state=(state) {
                h2 { a href={ "/conversations?scope=" (self.cards.scope.word()) "&open=" (fold) } aria-expanded=(if open { "true" } else { "false" }) {
                    span.twist aria-hidden="true" {} (section.state.phrase().say(self.cards.language)) @if self.cards.scope.tag.is_none() { " " span.count { (total) } }
                } }
                @if let Some(cards) = &section.cards { ol.cards { (self.cards.show(cards, section)) } }
            }
        }
    }
}

impl QueueCards {
    /// Cards, and the link to more of them.
    pub fn show(&self, cards: &[QueueCard], section: &QueueSection) -> Markup {
        html! {
            @for card in cards { (self.card(card)) }
            @if let Some(after) = &section.more {
                li.more { a href={ "/queue/" (section.state.word()) "?scope=" (self.scope.word()) "&after=" (after) } { (t::MORE.say(self.language)) } }
            }
        }
    }

    /// One card.
    pub fn card(&self, card: &QueueCard) -> Markup {
        let language = self.language;
        let title = contacts::title(&card.contact_name, &card.contact_phone, &card.contact_email, language);
        let heat = match card.state {
            State::Paused if self.now > card.since => Heat::Red,
            _ => card.measure.map_or(Heat::Calm, |measure| measure.heat(self.now)),
        };
        html! {
            li.item #{ "c" (card.id) } data-state=(card.state.word()) data-since=(card.since.0) data-mine[card.mine] data-unread=[(card.unread > 0).then_some("")] {
                a href={ "/conversations/" (card.id) "?scope=" (self.scope.word()) } aria-current=[(self.current == Some(card.id)).then_some("true")] {
                    span.who { (channel_mark(card.channel, language)) b { (title) } }
                    time.wait data-heat=(heat.word()) data-from=[card.measure.map(|measure| measure.from.0)] data-goal=[card.measure.map(|measure| measure.goal)] {
                        @if card.state == State::Paused { (back(card.since.since(self.now), language)) } @else { (waited(self.now.since(card.since), language)) }
                    }
                    span.line {
                        @match card.last_author.as_str() {
                            "agent" => { (t::TEAM_SAID.say(language)) " " }
                            "bot" => "Bot - IA: ",
                            _ => ""
                        }
                        (card.last_line)
                    }
                    span.signs {
                        @if card.answered { span.answered { (t::ANSWERED.say(language)) } }
                        @if card.transferred && card.state != State::Closed {
                            span.transferred title=(t::TRANSFERRED.say(language)) { (icon(Icon::Forward)) span.hidden { (t::TRANSFERRED.say(language)) } }
                        }
                        @if let Some(name) = &card.assignee { span.avatar title=(name) { (initials(name)) } }
                        @if card.unread > 0 { span.unread aria-label=(t::UNREAD.fill(language, &[("n", &card.unread.to_string())])) { (card.unread) } }
                    }
                    @if !card.tags.is_empty() {
                        span.foot { @for (colour, name) in &card.tags { span.tag data-colour=(colour) { (name) } } }
                    }
                }
            }
        }
    }
}

/// The mark of a channel, with its name for those who do not see it.
pub fn channel_mark(kind: Kind, language: Language) -> Markup {
    let (sign, phrase) = match kind {
        Kind::WebChat => (Icon::Globe, t::CHANNEL_WEB_CHAT),
        Kind::Email => (Icon::Mail, t::CHANNEL_EMAIL),
        Kind::WhatsApp => (Icon::Phone, t::CHANNEL_WHATSAPP),
        Kind::Telegram => (Icon::Send, t::CHANNEL_TELEGRAM),
        Kind::Api => (Icon::Settings, t::CHANNEL_API),
        Kind::Desk => (Icon::Building, t::CHANNEL_DESK),
    };
    html! { span.channel title=(phrase.say(language)) { (icon(sign)) span.hidden { (phrase.say(language)) } } }
}

/// A waiting time in its largest unit.
pub fn waited(milliseconds: i64, language: Language) -> String {
    let (phrase, unit) = match milliseconds {
        ..MINUTE => return t::NOW.say(language).to_owned(),
        MINUTE..HOUR => (t::MINUTES, MINUTE),
        HOUR..DAY => (t::HOURS, HOUR),
        _ => (t::DAYS, DAY),
    };
    phrase.fill(language, &[("n", &(milliseconds / unit).to_string())])
}

/// When a paused one goes on: in so many milliseconds, or late by so many where they are negative.
pub fn back(milliseconds: i64, language: Language) -> String {
    let phrase = if milliseconds > 0 { t::BACK_IN } else { t::BACK_LATE };
    phrase.fill(language, &[("time", &waited(milliseconds.abs(), language))])
}

/// The id that a page of cards goes on after; None on the last page.
pub fn more(cards: &[QueueCard], limit: usize) -> Option<String> {
    (cards.len() == limit).then(|| cards.last().map(QueueCursor::of)).flatten()
}
