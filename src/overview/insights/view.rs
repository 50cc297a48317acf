//! The insight: this conversation first, then the contact's figures beside the department's.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Average, ContactEvent, FEW, Figures, Promise, Suggestion};
use crate::desk::canned_replies::CannedReplyId;
use crate::desk::conversations::{Conversation, State};
use crate::desk::dispositions::{DispositionId, Sentiment};
use crate::desk::queues::view::waited;
use crate::desk::tags::TagId;
use crate::platform::text::{Language, Phrase, insights as t};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::ui::chart::{ChartWords, bars, dots};

/// Points of the trend.
const POINTS: usize = 24;

/// Everything that the insight shows.
pub struct InsightPanel<'a> {
    pub language: Language,
    pub zone: &'a Zone,
    pub now: Timestamp,
    pub conversation: &'a Conversation,
    /// Whether the reader may close it.
    pub writable: bool,
    pub own: Figures,
    pub average: Option<Average>,
    /// Newest first.
    pub recorded: Vec<ContactEvent>,
    /// The first of three hours, messages in them, of how many.
    pub hours: Option<(i8, usize, usize)>,
    /// Answers that the hours are of.
    pub answers: usize,
    pub promises: Vec<Promise>,
    pub replies: Vec<(CannedReplyId, String, Vec<String>)>,
    /// How many similar conversations were asked.
    pub of: usize,
    pub dispositions: Vec<Suggestion<DispositionId>>,
    pub tags: Vec<Suggestion<TagId>>,
}

impl InsightPanel<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    /// The parts, from what helps at once to what explains.
    pub fn show(&self) -> Markup {
        html! {
            div.insight #insight data-conversation=(self.conversation.id) {
                (self.now_part()) (self.promised()) (self.compared()) (self.trend()) (self.frequent()) (self.writes())
            }
        }
    }

    fn now_part(&self) -> Markup {
        let conversation = self.conversation;
        let id = conversation.id;
        let since = waited(self.now.since(conversation.since), self.language);
        let open = waited(self.now.since(conversation.opened_at), self.language);
        let why = |count: usize| t::WHY.fill(self.language, &[("n", &count.to_string()), ("of", &self.of.to_string())]);
        html! {
            section {
                h3 { (self.say(t::NOW)) }
                p { @match conversation.state {
                    State::WaitingAgent => (t::WAITING_AGENT.fill(self.language, &[("time", &since)])),
                    State::WaitingContact => (t::WAITING_CONTACT.fill(self.language, &[("time", &since)])),
                    State::Paused => (self.say(t::PAUSED)),
                    State::Closed => (self.say(t::CLOSED)),
                    State::Bot => {},
                } @if conversation.state != State::Closed { " " (t::OPEN_FOR.fill(self.language, &[("time", &open)])) } }
                @if conversation.state != State::Closed {
                    @if !self.replies.is_empty() {
                        h4 { (self.say(t::REPLIES)) }
                        ul.suggested { @for (reply, title, words) in &self.replies { li {
                            span { b { (title) } " " span.hint { (t::REPLIES_WHY.fill(self.language, &[("words", &words.join(", "))])) } }
                            @if self.writable { button type="button" data-canned=(reply) data-title=(title) hidden { (self.say(t::USE)) } }
                        } } }
                    }
                    @if !self.dispositions.is_empty() {
                        h4 { (self.say(t::REASONS)) }
                        ul.suggested { @for one in &self.dispositions { li {
                            span { b { (one.name) } " " span.hint { (why(one.count)) } }
                            @if self.writable { a.button href={ "/conversations/" (id) "/closing/new?disposition=" (one.id) } data-dialog={ "closing-" (one.id) } { (self.say(t::CHOOSE)) } }
                        } } }
                    }
                    @if !self.tags.is_empty() {
                        h4 { (self.say(t::TAGS)) }
                        ul.suggested { @for one in &self.tags { li {
                            span { b { (one.name) } " " span.hint { (why(one.count)) } }
                            form method="post" action={ "/conversations/" (id) "/tags" } data-live="all" { button name="add" value=(one.id) { (self.say(t::ADD)) } }
                        } } }
                    }
                    p.hint { (self.say(if self.dispositions.is_empty() && self.tags.is_empty() { t::NO_GUESS } else { t::GUESS })) }
                }
            }
        }
    }

    fn promised(&self) -> Markup {
        html! {
            section {
                h3 { (self.say(t::PROMISES)) }
                @if self.promises.is_empty() { p.hint { (self.say(t::NO_PROMISES)) } }
                ul.suggested { @for promise in &self.promises { li { @match promise {
                    Promise::Pause { conversation, number, returns_at } => {
                        @let at = format!("{} {}", self.zone.date(*returns_at, self.language), self.zone.clock(*returns_at));
                        a href={ "/conversations/" (conversation) } { (t::PAUSE_UNTIL.fill(self.language, &[("at", &at)])) } span.hint { (number) }
                    }
                    Promise::Ticket { ticket, title, due_at } => {
                        a href={ "/tickets/" (ticket) } data-dialog={ "ticket-" (ticket) } { (t::TICKET_OPEN.fill(self.language, &[("number", &format!("T-{ticket}")), ("title", title)])) }
                        @if let Some(due) = due_at { span.hint data-late[*due < self.now] { @if *due < self.now { (self.say(t::LATE)) " · " } (t::DUE.fill(self.language, &[("day", &self.zone.date(*due, self.language))])) } }
                    }
                } } } }
            }
        }
    }

    fn compared(&self) -> Markup {
        let average = self.average.map(|average| average.figures);
        type Line = (Phrase, fn(&Figures) -> Option<f64>);
        let lines: [Line; 5] = [
            (t::FIRST_ANSWER, |figures| figures.first_answer),
            (t::HANDLING, |figures| figures.handling),
            (t::PER_MONTH, |figures| figures.per_month),
            (t::REOPENED, |figures| figures.reopened),
            (t::RATING, |figures| figures.rating),
        ];
        html! {
            section {
                h3 { (self.say(t::COMPARED)) }
                table {
                    thead { tr { @for phrase in [t::FIGURE, t::CONTACT, t::DEPARTMENT] { th scope="col" { (self.say(phrase)) } } } }
                    tbody { @for (phrase, of) in lines { tr {
                        th scope="row" { (self.say(phrase)) } td { (figure(of(&self.own), self.language)) } td { (figure(average.as_ref().and_then(of), self.language)) }
                    } } }
                }
                p.hint { @match &self.average {
                    Some(average) => (t::COMPARED_HINT.fill(self.language, &[("at", &self.zone.full(average.at, self.language))])),
                    None => (self.say(t::NO_AVERAGE)),
                } }
            }
        }
    }

    fn trend(&self) -> Markup {
        let points: Vec<(String, i64)> = self
            .recorded
            .iter()
            .take(POINTS)
            .rev()
            .map(|one| {
                let height = match one.sentiment {
                    Sentiment::Negative => -1,
                    Sentiment::Neutral => 0,
                    Sentiment::Positive => 1,
                };
                (format!("{} {}", self.zone.date(one.at, self.language), one.path), height)
            })
            .collect();
        let count = |height: i64| points.iter().filter(|(_, one)| *one == height).count().to_string();
        let summary = t::TREND_SUMMARY
            .fill(self.language, &[("negative", &count(-1)), ("neutral", &count(0)), ("positive", &count(1))]);
        let names =
            [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive].map(|one| one.phrase().say(self.language));
        let words = ChartWords {
            title: self.say(t::TREND),
            head: (self.say(t::WHEN), self.say(t::SENTIMENT)),
            table: self.say(t::TABLE),
        };
        html! {
            section { @if points.is_empty() { h3 { (self.say(t::TREND)) } p.hint { (self.say(t::NO_TREND)) } } @else { (dots(&words, &points, names, &summary)) } }
        }
    }

    fn frequent(&self) -> Markup {
        let mut counted: BTreeMap<&str, i64> = BTreeMap::new();
        for one in &self.recorded {
            *counted.entry(&one.path).or_default() += 1;
        }
        let figures: Vec<(String, i64)> = counted.into_iter().map(|(path, count)| (path.to_owned(), count)).collect();
        let words = ChartWords {
            title: self.say(t::FREQUENT),
            head: (self.say(t::FREQUENT), self.say(t::COUNT)),
            table: self.say(t::TABLE),
        };
        html! { @if !figures.is_empty() { section { (bars(&words, &figures, 4)) } } }
    }

    fn writes(&self) -> Markup {
        html! {
            section {
                h3 { (self.say(t::HOURS)) }
                @match self.hours {
                    Some((from, count, of)) => {
                        @let values = [from.to_string(), ((from + 3) % 24).to_string(), count.to_string(), of.to_string()];
                        p { (t::HOURS_LINE.fill(self.language, &[("from", &values[0]), ("to", &values[1]), ("n", &values[2]), ("of", &values[3])])) }
                    }
                    None => p.hint { (self.say(if self.answers < FEW { t::NO_HOURS } else { t::ANY_HOUR })) },
                }
            }
        }
    }
}

/// One digit behind the comma, or point; a dash where nothing is known.
fn figure(value: Option<f64>, language: Language) -> String {
    let shown = value.map_or("–".to_owned(), |value| format!("{value:.1}"));
    if language == Language::Portuguese { shown.replace('.', ",") } else { shown }
}
