//! The sample company's internal tickets.

use rusqlite::Connection;

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::{self, Sentiment, Use};
use crate::desk::messages::{self, SystemLine};
use crate::desk::notifications::TicketId;
use crate::desk::transfers::TransferTarget;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, DEFAULT_ZONE, HOUR, MINUTE, Timestamp, Zone};
use crate::team::agents::{self, Agent};
use crate::team::departments::DepartmentId;
use crate::tickets::entries::Kind;
use crate::tickets::phases::PhaseForm;
use crate::tickets::{NewTicket, Priority, TicketForm, sql, sql_entries, sql_phases};

use Priority::{High, Low, Normal, Urgent};

/// Title, text, priority, the days until it is due, the phase by its order, a comment.
type TicketStory = (&'static str, &'static str, Priority, Option<i64>, usize, &'static str);

/// By turns in each department.
const TICKETS: &[&[TicketStory]] = &[
    &[
        (
            "Recontatar clientes da queda do site de ontem",
            "Sete clientes ficaram sem resposta entre 14h e 15h. A lista está nas conversas vinculadas.",
            Urgent,
            Some(0),
            0,
            "Já falei com três; faltam quatro.",
        ),
        (
            "Atualizar a mensagem de férias coletivas",
            "Trocar o texto fora do horário de 23/12 a 02/01.",
            Normal,
            Some(9),
            0,
            "",
        ),
        (
            "Cliente pede segunda via do termo de garantia",
            "Nota fiscal de março. Conferir com o arquivo.",
            High,
            Some(-1),
            1,
            "Pedi ao Financeiro a cópia digitalizada.",
        ),
        ("Revisar FAQ de entregas para o litoral", "Os prazos mudaram com a nova transportadora.", Low, None, 2, ""),
        ("Treinar a equipe no novo cadastro", "", Normal, Some(-6), 3, "Feito com a turma da manhã e a da tarde."),
    ],
    &[
        (
            "Orçamento para 40 uniformes",
            "Cliente corporativo, pede desconto por volume e prazo de 15 dias.",
            High,
            Some(1),
            0,
            "",
        ),
        (
            "Conferir estoque do sofá Retrô verde",
            "Site mostra 3, a loja diz que não tem.",
            Urgent,
            Some(0),
            1,
            "Depósito 2 confirma uma unidade, reservada.",
        ),
        ("Proposta de parceria com arquiteta", "Ligar na quinta depois das 14h.", Normal, Some(3), 0, ""),
        ("Corrigir preço da poltrona Lia no site", "", Normal, Some(-2), 3, ""),
    ],
    &[
        (
            "Peça de reposição: dobradiça do guarda-roupa",
            "Modelo GR-450, lado direito. Cliente mandou foto.",
            Normal,
            Some(2),
            1,
            "Fornecedor promete para amanhã.",
        ),
        ("Visita técnica em Campinas", "Montagem com ruído. Combinar com o cliente pela manhã.", High, Some(-1), 0, ""),
        (
            "App não abre em Android 9",
            "Três relatos esta semana, mesmo aparelho.",
            Urgent,
            Some(1),
            2,
            "Reproduzido. Vai na versão de sexta.",
        ),
        ("Manual em PDF da estante Lume", "", Low, None, 3, ""),
    ],
    &[
        ("Estorno em duplicidade no cartão", "Cobrança dupla em 18/11, mesma compra.", Urgent, Some(0), 0, ""),
        ("Emitir nota fiscal de serviço de montagem", "", Normal, Some(2), 1, ""),
        (
            "Negociar boleto vencido há 20 dias",
            "Cliente pede para dividir em duas vezes sem juros.",
            High,
            Some(4),
            1,
            "Aprovado em duas vezes.",
        ),
        ("Conciliar repasses da maquininha de outubro", "", Low, Some(-3), 3, "Bateu."),
    ],
];

/// A board a department, some tickets late, some done, some about open conversations.
pub fn fill(conn: &Connection, departments: &[DepartmentId], now: Timestamp) -> Result<()> {
    let tree = dispositions::sql_tree::all(conn)?;
    for category in tree.below(None).take(2) {
        let draft = dispositions::DispositionForm {
            name: category.name.clone(),
            parent: None,
            sentiment: category.sentiment,
            uses: vec![Use::Conversation, Use::Occurrence, Use::Ticket],
            audience: category.audience.clone(),
        };
        dispositions::sql_tree::update(conn, category.id, &draft)?;
    }
    let everybody = agents::sql::everybody(conn)?;
    for (turn, (department, told)) in departments.iter().zip(TICKETS).enumerate() {
        sql_phases::create(conn, *department, &PhaseForm { name: "Aguardando terceiros".to_owned(), ends: false })?;
        let people: Vec<&Agent> = everybody.iter().filter(|agent| agent.departments.contains(department)).collect();
        let open: Vec<(ConversationId, Timestamp)> = db::all(
            conn,
            "SELECT id, last_at FROM conversation WHERE department_id = ? AND state <> 'closed' ORDER BY id DESC LIMIT 5",
            [department],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (index, one) in told.iter().enumerate() {
            let about = open.get(index).filter(|_| index % 2 == 0);
            // One about a conversation was opened after its last word.
            let alone = now.plus(-DAY * i64::try_from(index).unwrap_or(0) - HOUR);
            let at = about.map_or(alone, |(_, last)| last.plus(MINUTE));
            ticket(conn, *department, &people, (index + turn, one, about.map(|(id, _)| *id)), at, now)?;
        }
    }
    Ok(())
}

fn ticket(
    conn: &Connection,
    department: DepartmentId,
    people: &[&Agent],
    (turn, told, about): (usize, &TicketStory, Option<ConversationId>),
    at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let (title, body, priority, days, phase, comment) = *told;
    let (Some(author), Some(holder)) = (people.get(turn % people.len().max(1)), people.last()) else { return Ok(()) };
    let zone = Zone::named_or_utc(DEFAULT_ZONE);
    let day = |days: i64| zone.local(now.plus(days * DAY)).split('T').next().unwrap_or_default().to_owned();
    let reason = dispositions::sql::for_use(conn, department, Use::Ticket)?.into_iter().nth(turn);
    let draft = TicketForm {
        title: title.to_owned(),
        body: body.to_owned(),
        to: TransferTarget { department, agent: (turn % 3 != 0).then_some(holder.id) },
        priority,
        due_at: days.and_then(|days| zone.moment(&format!("{}T23:59", day(days)))),
        disposition: reason.as_ref().map(|reason| reason.id),
    };
    let (path, sentiment) =
        reason.map_or((String::new(), Sentiment::Neutral), |reason| (reason.path, reason.sentiment));
    let first = sql_phases::first(conn, department)?;
    let new = NewTicket { draft: &draft, path: &path, sentiment, phase: first, author: author.id, now: at };
    let id: TicketId = sql::create(conn, &new)?;
    sql_entries::add(conn, id, author.id, Kind::Opened, "", at)?;
    if let Some(conversation) = about {
        sql_entries::link(conn, id, conversation, author.id, at)?;
        let line = SystemLine::TicketOpened { by: author.name.clone(), ticket: id.0, title: draft.title.clone() };
        messages::sql::add_line(conn, conversation, &line, at)?;
    }
    if !comment.is_empty() {
        sql_entries::add(conn, id, holder.id, Kind::Comment, comment, at.plus(20 * MINUTE))?;
    }
    let phases = sql_phases::of(conn, department)?;
    if let Some(phase) = phases.get(phase).filter(|_| phase > 0) {
        let moved = at.plus(40 * MINUTE);
        sql::put(conn, id, phase, None, moved)?;
        let kind = if phase.ends { Kind::Closed } else { Kind::Moved };
        sql_entries::add(conn, id, holder.id, kind, &phase.name, moved)?;
    }
    Ok(())
}
