//! Fills a new file with the sample company, through the rooms' own queries.

use rusqlite::Connection;

use super::script::{self, Voice};
use super::{Dice, PASSWORD};
use crate::administration::setup;
use crate::channels::web_chat::{self, Look};
use crate::contacts::{self, IdentityId};
use crate::desk::closings::{self, ClosedBy, ClosingDisposition};
use crate::desk::conversations::sql::NewConversation;
use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::dispositions::{self, Disposition, Sentiment, Use};
use crate::desk::greetings::{self, Greeting, Week};
use crate::desk::messages::{self, Author, NewMessage, SystemLine};
use crate::desk::tags::{self, TagId};
use crate::desk::{canned_replies, presences, reads};
use crate::platform::error::{Error, Result};
use crate::platform::text::Language;
use crate::platform::time::{DAY, DEFAULT_ZONE, HOUR, MINUTE, SECOND, Timestamp, Zone};
use crate::platform::web;
use crate::team::agents::{self, AgentId, Presence};
use crate::team::channels::{self, Channel, Kind};
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;
use crate::team::{company, holidays};

/// How many conversations the company has.
const CONVERSATIONS: usize = 300;
/// How many contacts.
const CONTACTS: usize = 60;

/// What `balcao demo` prints.
pub struct Sample {
    /// The chat page's key.
    pub chat: String,
}

/// Fills an empty file; `password_hash` is everybody's.
pub fn fill(conn: &Connection, password_hash: &str, now: Timestamp) -> Result<Sample> {
    company::sql::create(conn, "Loja Aurora", DEFAULT_ZONE, Language::Portuguese, now.plus(-60 * DAY))?;
    setup::acts::system_dispositions(conn, Language::Portuguese)?;
    setup::acts::pause_reasons(conn, Language::Portuguese)?;
    canned_replies(conn, now.plus(-60 * DAY))?;
    let mut company = SampleCompany::new(conn, password_hash, now)?;
    for number in 0..CONVERSATIONS {
        company.conversation(number)?;
    }
    super::sql_flow::fill(conn, &company.departments, now)?;
    super::sql_record::fill(conn, company.team[1], now)?;
    super::sql_tickets::fill(conn, &company.departments, now)?;
    super::sql_record::unite(conn, company.team[1], now)?;
    Ok(Sample { chat: company.channels[0].public_key.clone() })
}

/// The company while it is being made.
pub(super) struct SampleCompany<'a> {
    pub(super) conn: &'a Connection,
    pub(super) now: Timestamp,
    pub(super) zone: Zone,
    pub(super) dice: Dice,
    pub(super) team: Vec<AgentId>,
    pub(super) departments: Vec<DepartmentId>,
    /// One chat per department.
    pub(super) channels: Vec<Channel>,
    pub(super) tags: Vec<TagId>,
    pub(super) names: Vec<String>,
    /// The identities of each contact, by channel.
    pub(super) identities: Vec<Vec<IdentityId>>,
    pub(super) reasons: Vec<Vec<Disposition>>,
}

impl<'a> SampleCompany<'a> {
    fn new(conn: &'a Connection, password_hash: &str, now: Timestamp) -> Result<Self> {
        let began = now.plus(-800 * DAY);
        let taken = || Error::Internal("the file is not empty".to_owned());
        let mut departments = Vec::new();
        let mut channels = Vec::new();
        for name in script::DEPARTMENTS {
            let department = crate::administration::departments::acts::create(conn, name, began)?.ok_or_else(taken)?;
            let (key, secret) = (web::token::short()?, web::token::random()?);
            let channel = channels::sql::create(
                conn,
                Kind::WebChat,
                &format!("Site · {name}"),
                department,
                &key,
                &secret,
                began,
            )?;
            let look = Look {
                welcome: "Olá! Como podemos ajudar?".to_owned(),
                reply_time: "Respondemos em poucos minutos".to_owned(),
                ..Look::default()
            };
            web_chat::sql::save(conn, channel, &look, began)?;
            departments.push(department);
            channels.push(channels::sql::find(conn, channel)?);
        }
        let mut team = Vec::new();
        for (name, account, role, own) in script::TEAM {
            let id = agents::sql::create(
                conn,
                name,
                &format!("{account}@demo.example"),
                *role,
                Language::Portuguese,
                began,
            )?
            .ok_or_else(taken)?;
            agents::acts::set_password(conn, id, password_hash, began)?;
            agents::sql::set_departments(conn, id, &own.iter().map(|index| departments[*index]).collect::<Vec<_>>())?;
            let presence = [Presence::Online, Presence::Online, Presence::Away, Presence::Offline][team.len() % 4];
            presences::acts::set(conn, id, presence, false, now)?;
            team.push(id);
        }
        catalogue(conn, &departments)?;
        receptions(conn, &departments, &Zone::named_or_utc(DEFAULT_ZONE), now)?;
        let reasons = departments
            .iter()
            .map(|id| dispositions::sql::for_use(conn, *id, Use::Conversation))
            .collect::<Result<_>>()?;
        let tags =
            script::TAGS.iter().map(|(name, colour)| tags::sql::create(conn, name, *colour)).collect::<Result<_>>()?;
        let mut company = Self {
            conn,
            now,
            zone: Zone::named_or_utc(DEFAULT_ZONE),
            dice: Dice::new(2026),
            team,
            departments,
            channels,
            tags,
            names: Vec::new(),
            identities: Vec::new(),
            reasons,
        };
        for number in 0..CONTACTS {
            company.contact(number, began)?;
        }
        Ok(company)
    }

    fn contact(&mut self, number: usize, began: Timestamp) -> Result<()> {
        let first = script::FIRST_NAMES[number * 7 % script::FIRST_NAMES.len()];
        let name = format!("{first} {}", self.dice.pick(script::LAST_NAMES));
        let phone = format!(
            "+55{}9{:04}{:04}",
            self.dice.pick(script::AREAS),
            8000 + self.dice.below(1999),
            self.dice.below(9999)
        );
        let account: String = name.to_lowercase().chars().filter_map(plain).collect();
        let draft = contacts::ContactForm {
            // A few are known by their number or address alone.
            name: if number % 11 == 10 { String::new() } else { name.clone() },
            phone: if number % 5 == 4 { String::new() } else { phone },
            email: if number % 3 == 2 { String::new() } else { format!("{account}@correio.example") },
        };
        let contact = contacts::sql::create(self.conn, &draft, began)?;
        let mut identities = Vec::new();
        for channel in &self.channels {
            identities.push(contacts::sql::add_identity(
                self.conn,
                contact,
                channel.id,
                &format!("demo:{number}"),
                false,
                began,
            )?);
        }
        self.names.push(first.to_owned());
        self.identities.push(identities);
        Ok(())
    }

    /// The first conversations are closed ones of past weeks; the last ones are open, of the last hours.
    fn conversation(&mut self, number: usize) -> Result<()> {
        let (department, lines) = script::DIALOGUES[number % script::DIALOGUES.len()];
        let open = CONVERSATIONS - number <= CONTACTS;
        let contact = if open { CONVERSATIONS - number - 1 } else { self.dice.below(CONTACTS) };
        let age = match (open, number % 13) {
            (true, _) => self.dice.span(2 * MINUTE, 7 * HOUR),
            // Some are of long ago: a rule on how long things are kept has something to show.
            (false, 5) => 760 * DAY + self.dice.span(DAY, 20 * DAY),
            (false, _) => self.dice.span(DAY, 50 * DAY),
        };
        let opened = self.now.plus(-age);
        let identity = self.identities[contact][department];
        let owner = self.owner(department);
        let opening = NewConversation {
            number: conversations::sql::next_number(self.conn, self.zone.day(opened))?,
            contact: contacts::sql::of_identity(self.conn, identity)?.0,
            identity,
            channel: self.channels[department].id,
            department: self.departments[department],
            previous: None,
            now: opened,
        };
        let id = conversations::sql::open(self.conn, &opening)?;
        messages::sql::add_line(self.conn, id, &SystemLine::Opened { number: opening.number }, opened)?;
        let order = number / 3 % lines.len().max(1);
        let spoken = if open { 1 + order } else { lines.len() };
        let told = Dialogue { id, owner, contact };
        let last = self.lines(&told, &lines[..spoken], opened, age)?;
        if open { self.leave_open(&told, number, spoken, last) } else { self.close(&told, department, last) }
    }

    /// Somebody of the department, by turns.
    fn owner(&mut self, department: usize) -> usize {
        let able: Vec<usize> =
            (0..script::TEAM.len()).filter(|index| script::TEAM[*index].3.contains(&department)).collect();
        *self.dice.pick(&able)
    }

    fn lines(&mut self, told: &Dialogue, lines: &[(Voice, &str)], opened: Timestamp, age: i64) -> Result<Timestamp> {
        let agent = self.team[told.owner];
        let step = (age / (i64::try_from(lines.len()).unwrap_or(1) + 1)).clamp(20 * SECOND, 9 * MINUTE);
        let mut at = opened;
        let mut taken = false;
        for (voice, line) in lines {
            at = at.plus(self.dice.span(step / 3, step));
            let author = match voice {
                Voice::Client => Author::Contact,
                Voice::Team => Author::Agent,
                Voice::Bot => Author::Bot,
                Voice::Note => Author::Note,
            };
            if !taken && matches!(voice, Voice::Team | Voice::Note) {
                taken = true;
                conversations::sql::assign(self.conn, told.id, None, agent)?;
                messages::sql::add_line(
                    self.conn,
                    told.id,
                    &SystemLine::Taken { name: script::TEAM[told.owner].0.to_owned() },
                    at,
                )?;
            }
            let body = self.filled(line, told);
            let agent = matches!(voice, Voice::Team | Voice::Note).then_some(agent);
            messages::sql::add(
                self.conn,
                &NewMessage { conversation: told.id, author, agent, body: &body, external_id: None, at },
            )?;
            match voice {
                Voice::Client => drop(conversations::sql::contact_spoke(self.conn, told.id, &body, at)?),
                Voice::Team => drop(conversations::sql::agent_spoke(self.conn, told.id, &body, at)?),
                Voice::Bot => drop(conversations::sql::bot_spoke(self.conn, told.id, &body, at)?),
                Voice::Note => {}
            }
        }
        Ok(at)
    }

    fn filled(&mut self, line: &str, told: &Dialogue) -> String {
        let agent = script::TEAM[told.owner].0.split(' ').next().unwrap_or("");
        line.replace("{nome}", &self.names[told.contact])
            .replace("{agente}", agent)
            .replace("{pedido}", &(40_000 + told.id.0 * 7).to_string())
            .replace("{valor}", &format!("{},90", 39 + self.dice.below(700)))
    }

    /// Waiting, paused or with the bot; some read, some tagged.
    fn leave_open(&mut self, told: &Dialogue, number: usize, spoken: usize, at: Timestamp) -> Result<()> {
        let state = conversations::sql::find(self.conn, told.id)?.state;
        if spoken == 1 && number.is_multiple_of(2) {
            conversations::sql::give_to_bot(self.conn, told.id)?;
        } else if state == State::WaitingContact && number.is_multiple_of(4) {
            let returns = self.now.plus(self.dice.span(10 * MINUTE, 3 * HOUR));
            self.pause(told, number, returns, at)?;
        }
        if number.is_multiple_of(3) {
            let tag = *self.dice.pick(&self.tags);
            tags::sql::add(self.conn, told.id, tag, self.team[told.owner], at)?;
        }
        if !number.is_multiple_of(3) {
            reads::sql::seen(self.conn, self.team[told.owner], told.id)?;
        }
        Ok(())
    }

    fn close(&mut self, told: &Dialogue, department: usize, last: Timestamp) -> Result<()> {
        let at = last.plus(self.dice.span(MINUTE, 20 * MINUTE));
        let Some(reason) =
            self.reasons.get(department).filter(|all| !all.is_empty()).map(|all| self.dice.pick(all).clone())
        else {
            return Ok(());
        };
        let kept =
            ClosingDisposition { disposition: Some(reason.id), path: reason.path.clone(), sentiment: reason.sentiment };
        self.occurrence(told, department, last)?;
        let agent = self.team[told.owner];
        let closing = closings::sql::create(self.conn, told.id, &kept, "", ClosedBy::Agent, Some(agent), at)?;
        conversations::sql::close(self.conn, told.id, at)?;
        messages::sql::add_line(self.conn, told.id, &SystemLine::Closed { path: reason.path }, at)?;
        self.rating(told, closing, reason.sentiment, at)?;
        reads::sql::seen(self.conn, agent, told.id)
    }
}

/// A dialogue that is being told.
pub(super) struct Dialogue {
    pub(super) id: ConversationId,
    /// Index in the team.
    pub(super) owner: usize,
    /// Index of the contact.
    pub(super) contact: usize,
}

/// Weekdays and Saturday mornings; the bot welcomes, says the place in the queue, and asks who fell silent.
fn receptions(conn: &Connection, departments: &[DepartmentId], zone: &Zone, now: Timestamp) -> Result<()> {
    let weekday = "08:00-18:00";
    let week = Week::read(&format!("{weekday}\n{weekday}\n{weekday}\n{weekday}\n{weekday}\n09:00-13:00\n"));
    let reception = Greeting {
        week: week.ok_or_else(|| Error::internal("no opening hours"))?,
        welcome: "{saudacao}! Seu protocolo é {protocolo}. Já vamos atender você.".to_owned(),
        closed: "Estamos fora do horário. Voltamos a atender: {abertura}. Deixe sua mensagem: ela está guardada com o protocolo {protocolo}.".to_owned(),
        waiting: "Obrigado por esperar! Você é o número {posicao} da fila.".to_owned(),
        waiting_minutes: 10,
        idle_warning: "{primeiro_nome}, ainda podemos ajudar em algo?".to_owned(),
        idle_warning_minutes: 2 * 24 * 60,
        idle_close_minutes: 3 * 24 * 60,
    };
    departments.iter().try_for_each(|department| greetings::sql::save(conn, *department, &reception))?;
    let year = zone.day(now) / 10_000;
    for (day, name) in holidays::national(year).into_iter().chain(holidays::national(year + 1)) {
        holidays::sql::add(conn, day, name.say(Language::Portuguese))?;
    }
    Ok(())
}

fn canned_replies(conn: &Connection, at: Timestamp) -> Result<()> {
    for (title, keywords, body) in script::CANNED {
        let draft = canned_replies::CannedReplyForm {
            title: (*title).to_owned(),
            keywords: (*keywords).to_owned(),
            body: (*body).to_owned(),
            phrasings: String::new(),
            scope: canned_replies::Scope::Everyone,
            audience: Audience::Everyone,
        };
        canned_replies::sql::create(conn, &draft, AgentId(0), at)?;
    }
    Ok(())
}

fn catalogue(conn: &Connection, departments: &[DepartmentId]) -> Result<()> {
    for ((name, reasons), place) in script::CATALOGUE.iter().zip(1..) {
        let category = dispositions::sql::create(conn, None, name, Sentiment::Neutral, place)?;
        for ((reason, sentiment), place) in reasons.iter().zip(1..) {
            dispositions::sql::create(conn, Some(category), reason, *sentiment, place)?;
        }
        for department in departments {
            dispositions::sql::offer(conn, category, *department)?;
        }
    }
    Ok(())
}

/// A letter for an address: no accents, a dot for a space.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'á' | 'ã' | 'â' | 'à' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' => 'u',
        'ç' => 'c',
        ' ' => '.',
        other if other.is_ascii_alphanumeric() => other,
        _ => return None,
    })
}

/// The lines that the terminal shows under the address.
pub fn greeting(sample: &Sample) -> Vec<String> {
    let mut lines = vec![String::new(), format!("Senha de todos / everybody's password: {PASSWORD}")];
    for (name, account, role, _) in script::TEAM.iter().take(4) {
        lines.push(format!("  {account}@demo.example  {} ({name})", role.phrase().pt));
    }
    lines.push(String::new());
    lines.push(format!("Chat do cliente / the customer's chat: {{address}}/chat/{}", sample.chat));
    lines
}
