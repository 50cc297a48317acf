//! The sample company's files: a prepared text that brings one along, a ticket with one.

use crate::contacts::contact_imports;
use std::sync::Arc;

use rusqlite::Connection;

use crate::app::App;
use crate::desk::attachments::WaitingFile;
use crate::desk::attachments::store::keep;
use crate::desk::canned_replies::{self, CannedReplyId};
use crate::desk::notifications::TicketId;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Body;
use crate::tickets::entries::TicketFile;
use crate::tickets::sql_entries;

const TERMS: &str =
    "Loja Aurora: prazos de entrega\n\nCapital: 3 dias úteis\nLitoral: 5 dias úteis\nInterior: 7 dias úteis\n";

/// People whom the shop met at a fair: most are taken in, some lines are at fault, one repeats another.
const PEOPLE: &str = "Nome;Celular;E-mail;CPF;Cidade;Obs\n\
    Marina Teles;(11) 97654-3210;marina.teles@exemplo.example;529.982.247-25;São Paulo;pediu catálogo\n\
    Otávio Prado;(19) 99876-5432;;;Campinas;\n\
    Helena Vaz;(13) 3222-1100;helena@exemplo.example;;Santos;atacado\n\
    Otavio P.;19 9876-5432;otavio@exemplo.example;;;anotado duas vezes\n\
    Lívia Bastos;98888-1234;livia@exemplo.example;;Recife;\n\
    Caio Moura;(81) 98765-1111;caio.exemplo.example;111.111.111-11;Recife;\n\
    Sônia Freire;(41) 99911-2233;sonia@exemplo.example;;Curitiba;\n";

/// One file with people is in, the same is tried once more and waits.
fn people(app: &Arc<App>) -> Result<()> {
    use crate::contacts::contact_imports::{ContactImport, Existing, Plan, guess, jobs, source, sql, trial};

    let folder = source::folder(app);
    std::fs::create_dir_all(&folder)?;
    for takes in [true, false] {
        let token = crate::platform::web::token::random()?;
        let raw = folder.join(format!("{token}.raw"));
        std::fs::write(&raw, PEOPLE)?;
        let prepared = source::prepare(&raw, &folder.join(&token))?;
        let prepared = prepared.map_err(|phrase| Error::Internal(phrase.en.to_owned()))?;
        let now = app.clock.now();
        let (id, fields, language) = app.change(move |conn| {
            let fields = crate::contacts::custom_fields::sql::all(conn)?;
            let columns = guess(&prepared.head, &fields);
            let by =
                db::one(conn, "SELECT id FROM agent WHERE role = 'lead' ORDER BY id LIMIT 1", [], |row| row.get(0))?;
            let id = sql::create(conn, by, ("feira-da-primavera.csv", &token), &prepared, now)?;
            let plan = Plan { columns, existing: Existing::Complete, label: "Feira da Primavera".to_owned() };
            sql::plan(conn, id, &plan, 0)?;
            Ok((id, fields, crate::team::agents::sql::find(conn, by)?.language))
        })?;
        trial::run(&mut app.outside(), id, &fields, language)?;
        if takes {
            app.change(move |conn| contact_imports::acts::begin(conn, &sql::find(conn, id)?, now))?;
            while app.read(|conn| sql::find(conn, id)).is_ok_and(|one: ContactImport| one.is_running()) {
                let shared = Arc::clone(app);
                app.change(move |conn| jobs::run(conn, &shared, &id.to_string(), now))?;
            }
        }
    }
    Ok(())
}

/// Brings the bytes to disk and the rows into the file; the departments' averages are worked out too.
pub fn fill(app: &Arc<App>) -> Result<()> {
    crate::overview::insights::web::work_out(&mut app.outside())?;
    people(app)?;
    let now = app.clock.now();
    let made = |name: &str| -> Result<WaitingFile> {
        let kept = keep(app, name, &Body::Bytes(TERMS.as_bytes().to_vec()))?;
        kept.map_err(|(_, phrase)| Error::Internal(phrase.en.to_owned()))
    };
    let (terms, list) = (made("prazos-de-entrega.txt")?, made("clientes-sem-resposta.txt")?);
    app.change(move |conn| {
        if let Some(reply) = about_delivery(conn)? {
            canned_replies::sql_files::add(conn, reply, &terms, now)?;
        }
        let size = i64::try_from(list.size).unwrap_or(i64::MAX);
        let file = TicketFile { token: list.token, name: list.name, media_type: list.media_type, size };
        let author = crate::tickets::sql::find(conn, TicketId(1))?.author;
        sql_entries::attach(conn, TicketId(1), &file, author, now)
    })
}

/// The prepared text that a table of delivery times goes with.
fn about_delivery(conn: &Connection) -> Result<Option<CannedReplyId>> {
    let sql = "SELECT id FROM canned_reply ORDER BY instr(search, 'entrega') = 0, id LIMIT 1";
    db::maybe(conn, sql, [], |row| row.get(0))
}
