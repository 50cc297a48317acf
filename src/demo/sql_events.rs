//! What happens to the sample conversations beside talk: pauses, occurrences, ratings.

use super::script;
use super::sql::{Dialogue, SampleCompany};
use crate::desk::closings::ClosingId;
use crate::desk::conversations;
use crate::desk::dispositions::{Sentiment, Use, sql as dispositions};
use crate::desk::messages::{self, Author, NewMessage, OccurrenceLine, SystemLine};
use crate::desk::{occurrences, pauses, ratings};
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::{MINUTE, Timestamp};

impl SampleCompany<'_> {
    /// Paused, with the bot's word; some contacts have answered it.
    pub(super) fn pause(&mut self, told: &Dialogue, number: usize, returns: Timestamp, at: Timestamp) -> Result<()> {
        let reasons = pauses::sql_settings::all(self.conn)?;
        let Some(reason) = reasons.get(number / 4 % reasons.len().max(1)) else { return Ok(()) };
        let about = (reason.name.as_str(), returns);
        let place = (Language::Portuguese, &self.zone);
        let text = pauses::acts::fill(self.conn, told.id, about, &reason.message, place, at)?;
        messages::acts::write(self.conn, told.id, &text, at)?;
        let department = conversations::sql::find(self.conn, told.id)?.department;
        let start = pauses::sql::PauseStart {
            conversation: told.id,
            department,
            agent: self.team[told.owner],
            reason,
            returns_at: returns,
            absence: false,
            now: at,
        };
        let Some(pause) = pauses::acts::start(self.conn, &start)? else { return Ok(()) };
        pauses::acts::plan(self.conn, pause, self.now)?;
        if number.is_multiple_of(8) {
            let body = "Tudo bem, fico no aguardo!";
            let (author, at) = (Author::Contact, at.plus(2 * MINUTE));
            let message = NewMessage { conversation: told.id, author, agent: None, body, external_id: None, at };
            messages::sql::add(self.conn, &message)?;
            conversations::sql::contact_spoke(self.conn, told.id, body, at)?;
            pauses::acts::contact_wrote(self.conn, told.id, at)?;
        }
        Ok(())
    }

    /// Every third conversation had something worth recording before its end.
    pub(super) fn occurrence(&mut self, told: &Dialogue, department: usize, at: Timestamp) -> Result<()> {
        if !told.id.0.unsigned_abs().is_multiple_of(3) {
            return Ok(());
        }
        let offered = dispositions::for_use(self.conn, self.departments[department], Use::Occurrence)?;
        if offered.is_empty() {
            return Ok(());
        }
        let reason = self.dice.pick(&offered).clone();
        let body = *self.dice.pick(script::OCCURRENCES);
        let new = occurrences::NewOccurrence {
            conversation: told.id,
            department: self.departments[department],
            channel: self.channels[department].id,
            agent: self.team[told.owner],
            disposition: Some(reason.id),
            path: &reason.path,
            sentiment: reason.sentiment,
            body,
            happened_at: at,
            corrects: None,
            now: at,
        };
        let Some(id) = occurrences::sql::create(self.conn, &new)? else { return Ok(()) };
        let line = OccurrenceLine {
            id: id.0,
            corrects: None,
            name: script::TEAM[told.owner].0.to_owned(),
            path: reason.path,
            body: body.to_owned(),
        };
        messages::sql::add_line(self.conn, told.id, &SystemLine::Occurrence(line), at)
    }

    /// Half of the contacts say what they think; the better it went, the better.
    pub(super) fn rating(&mut self, told: &Dialogue, closing: ClosingId, went: Sentiment, at: Timestamp) -> Result<()> {
        if told.id.0.unsigned_abs().is_multiple_of(2) {
            return Ok(());
        }
        let best = match went {
            Sentiment::Negative => 2,
            Sentiment::Neutral => 4,
            Sentiment::Positive => 5,
        };
        let score = best - i64::from(self.dice.below(4) == 0);
        ratings::sql::ask(self.conn, told.id, closing, at)?;
        let comment = if score == 5 { "Atendimento rápido, obrigado!" } else { "" };
        ratings::sql::give(self.conn, told.id, score, comment, at.plus(2 * MINUTE))?;
        Ok(())
    }
}
