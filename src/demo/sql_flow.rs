//! How the sample company's conversations move: transfers, ratings, linked protocols, a department that hands out.

use rusqlite::Connection;

use crate::desk::auto_assignments;
use crate::desk::closings::ClosingId;
use crate::desk::conversations::sql::NewConversation;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{self, Author, MessageId, NewMessage, NoteChange, SystemLine};
use crate::desk::notifications::{self, Kind, NotificationSubject};
use crate::desk::pauses::{self, PauseReason, ReasonId};
use crate::desk::transfers::{self, TransferTarget};
use crate::desk::{notes, outbound, ratings};
use crate::platform::error::Result;
use crate::platform::time::{DEFAULT_ZONE, HOUR, MINUTE, Timestamp, Zone};
use crate::platform::{db, jobs};
use crate::team::agents::{self, AgentId};
use crate::team::departments::AssignmentMode;
use crate::team::departments::audience::Audience;
use crate::team::departments::flow::Flow;
use crate::team::departments::{self, DepartmentId};

const FAREWELL: &str =
    "{primeiro_nome}, obrigado pelo contato! Seu protocolo é {protocolo}. Conte sempre com a {empresa}. — {atendente}";

/// Score and comment, by turns.
const RATINGS: &[(i64, &str)] = &[
    (5, "Resolveram na hora, muito atenciosos!"),
    (5, ""),
    (4, "Demorou um pouco, mas deu certo."),
    (5, ""),
    (3, ""),
    (5, "Nota mil 👏"),
    (4, ""),
    (1, "Tive que explicar tudo de novo."),
    (2, ""),
    (5, ""),
];

/// Adds what moves to a company whose conversations are told already.
pub fn fill(conn: &Connection, departments: &[DepartmentId], now: Timestamp) -> Result<()> {
    for (index, department) in departments.iter().enumerate() {
        let automatic = index == 3;
        let flow = Flow {
            assignment: if automatic { AssignmentMode::Automatic } else { AssignmentMode::Manual },
            cap: if automatic { 40 } else { 5 },
            farewell: FAREWELL.to_owned(),
            asks_rating: true,
            handling_goal: 4 * HOUR,
            reopen_window: (index == 2).then_some(2 * HOUR),
            ..departments::sql_flow::find(conn, *department)?
        };
        departments::sql_flow::save(conn, *department, &flow)?;
    }
    if let [_, second, ..] = departments {
        let check = pauses::sql_settings::find(conn, ReasonId(1))?;
        let reason =
            PauseReason { name: "Análise do laboratório".to_owned(), audience: Audience::named([*second]), ..check };
        pauses::sql_settings::create(conn, &reason)?;
    }
    rate(conn)?;
    change_notes(conn)?;
    let held: Vec<(ConversationId, DepartmentId, AgentId)> = db::all(
        conn,
        "SELECT id, department_id, assignee_id FROM conversation
         WHERE assignee_id IS NOT NULL AND state IN ('waiting_agent', 'waiting_contact') ORDER BY id",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (turn, (id, department, agent)) in held.iter().step_by(5).enumerate().take(9) {
        transfer(conn, (*id, *department, *agent), turn, now)?;
    }
    for (id, _, agent) in held.iter().skip(2).step_by(11).take(3) {
        link(conn, *id, *agent, now)?;
    }
    departments.iter().try_for_each(|department| auto_assignments::acts::hand_out(conn, *department, now))
}

/// Most of those who were asked have answered.
fn rate(conn: &Connection) -> Result<()> {
    let closed: Vec<(ClosingId, ConversationId, Timestamp)> = db::all(
        conn,
        "SELECT id, conversation_id, at FROM closing WHERE closed_by = 'agent' AND id % 3 > 0 ORDER BY id",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for (turn, (closing, id, at)) in closed.into_iter().enumerate() {
        ratings::sql::ask(conn, id, closing, at)?;
        let (score, comment) = RATINGS[turn % RATINGS.len()];
        if turn % 7 > 0 && ratings::sql::give(conn, id, score, comment, at.plus(3 * MINUTE))? {
            let line = SystemLine::Rated { score, comment: comment.to_owned() };
            messages::sql::add_line(conn, id, &line, at.plus(3 * MINUTE))?;
        }
    }
    Ok(())
}

/// By turns: accepted, waiting, and given back because nobody came.
fn transfer(
    conn: &Connection,
    (id, department, holder): (ConversationId, DepartmentId, AgentId),
    turn: usize,
    now: Timestamp,
) -> Result<()> {
    let choices = transfers::sql::choices(conn)?;
    let Some(choice) = choices.iter().find(|choice| choice.department == department) else { return Ok(()) };
    let others: Vec<_> = choice.people.iter().filter(|one| one.agent != holder).collect();
    let Some(to) = others.get(turn % others.len().max(1)) else { return Ok(()) };
    let at = now.plus(if turn % 3 == 1 { -2 * MINUTE } else { -25 * MINUTE });
    let by = agents::sql::find(conn, holder)?;
    let note = "Cliente já enviou o comprovante; falta confirmar no sistema.";
    let message = messages::sql::add(
        conn,
        &NewMessage { conversation: id, author: Author::Note, agent: Some(holder), body: note, external_id: None, at },
    )?;
    let (from, target) =
        (TransferTarget { department, agent: Some(holder) }, TransferTarget { department, agent: Some(to.agent) });
    conversations::sql::hand_on(conn, id, (department, Some(holder)), (department, Some(to.agent)))?;
    let transfer = transfers::sql::start(conn, id, (from, target), holder, Some(message), at)?;
    let line = SystemLine::Transferred { by: by.name, department: choice.name.clone(), person: to.name.clone() };
    messages::sql::add_line(conn, id, &line, at)?;
    match turn % 3 {
        0 => drop(transfers::sql::accept(conn, id, to.agent, None, at.plus(MINUTE))?),
        1 => {
            notifications::acts::tell(conn, to.agent, Kind::Transfer, NotificationSubject::Conversation(id), note, at)?;
            let key = format!("transfer:{transfer}");
            jobs::sql::schedule(conn, Some(&key), "transfer", &transfer.to_string(), at.plus(choice.minutes * MINUTE))?;
        }
        _ => {
            let returned = at.plus(choice.minutes * MINUTE);
            conversations::sql::hand_on(conn, id, (department, Some(to.agent)), (department, None))?;
            transfers::sql::give_back(conn, transfer, returned)?;
            let line = SystemLine::TransferReturned { name: to.name.clone(), department: choice.name.clone() };
            messages::sql::add_line(conn, id, &line, returned)?;
        }
    }
    Ok(())
}

/// Every third note was written in haste and put right a minute later.
fn change_notes(conn: &Connection) -> Result<()> {
    let notes: Vec<(MessageId, String, Timestamp)> =
        db::all(conn, "SELECT id, body, at FROM message WHERE author = 'note' ORDER BY id", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    for (id, body, at) in notes.iter().step_by(3) {
        let hasty = body.to_lowercase().replace('.', "");
        notes::sql::keep(conn, *id, NoteChange::Edited, &hasty, at.plus(MINUTE))?;
    }
    Ok(())
}

/// Another conversation with the same contact, opened from this one.
fn link(conn: &Connection, id: ConversationId, agent: AgentId, now: Timestamp) -> Result<()> {
    let from = conversations::sql::find(conn, id)?;
    let at = now.plus(-8 * MINUTE);
    let number = conversations::sql::next_number(conn, Zone::named_or_utc(DEFAULT_ZONE).day(at))?;
    let opening = NewConversation {
        number,
        contact: from.contact,
        identity: from.identity,
        channel: from.channel,
        department: from.department,
        previous: Some(id),
        now: at,
    };
    let new = conversations::sql::open(conn, &opening)?;
    conversations::sql::assign(conn, new, None, agent)?;
    outbound::sql::create(conn, new, Some(id), agent, at)?;
    messages::sql::add_line(conn, new, &SystemLine::Opened { number }, at)?;
    messages::sql::add_line(conn, new, &SystemLine::OpenedFrom { number: from.number }, at)?;
    messages::sql::add_line(conn, id, &SystemLine::Originated { number }, at)?;
    let body = "Abri este protocolo para tratarmos da garantia em separado. Pode me mandar a nota fiscal por aqui?";
    let agent = Some(agent);
    let message = NewMessage { conversation: new, author: Author::Agent, agent, body, external_id: None, at };
    messages::sql::add(conn, &message)?;
    conversations::sql::agent_spoke(conn, new, body, at)?;
    Ok(())
}
