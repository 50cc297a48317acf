//! How long things are kept: what a preview says goes, of that nothing is left, and no figure of a report moves.

use balcao::desk::attachments;
use balcao::overview::retention::{self, Counts, Run};
use balcao::platform::time::DAY;
use balcao::platform::web::http::Method::Post;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::json;

use crate::support::{House, Person, request, text};

const RULE: &[(&str, &str)] = &[("words", "24"), ("files", "6"), ("persons", "30")];

/// Every table with a column that holds a word.
fn holding(house: &House, word: &str) -> Vec<String> {
    let conn = Connection::open(house.app.file()).expect("the file");
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name")
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .expect("tables");
    let holds = |table: &String| {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
        let width = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let found = (0..width).any(|at| match row.get_ref(at).expect("a value") {
                ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).contains(word),
                _ => false,
            });
            if found {
                return true;
            }
        }
        false
    };
    tables.into_iter().filter(holds).collect()
}

/// Every row of every table.
fn dump(house: &House) -> String {
    let conn = Connection::open(house.app.file()).expect("the file");
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name")
        .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
        .expect("tables");
    let mut all = String::new();
    for table in tables {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
        let width = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for at in 0..width {
                all.push_str(&format!("{table} {:?}\n", row.get_ref(at).expect("a value")));
            }
        }
    }
    all
}

/// A conversation that says SEGREDO wherever something can be said, closed and rated.
fn told(house: &House) -> Person {
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "meu SEGREDO é 4111");
    ana.takes(1);
    let headers = [("cookie", ana.cookie.as_str()), ("content-type", "text/plain")];
    let stored = balcao::answering::handle(
        &house.app,
        request(Post, "/conversations/1/attachments?name=SEGREDO.txt", "anexo", &headers),
    );
    let stored: serde_json::Value = serde_json::from_slice(stored.bytes()).expect("json");
    let token = stored["token"].as_str().expect("a token");
    for fields in [
        vec![("kind", "chat"), ("body", "Anotei o SEGREDO"), ("attachment", token)],
        vec![("kind", "note"), ("body", "SEGREDO da equipe")],
    ] {
        assert!(ana.post("/conversations/1/messages", &fields).status < 400);
    }
    let note = house.app.read(|conn| {
        Ok(conn.query_row("SELECT id FROM message WHERE author = 'note'", [], |row| row.get::<_, i64>(0))?)
    });
    let note = note.expect("a note");
    assert_eq!(ana.post(&format!("/conversations/1/notes/{note}"), &[("body", "outro SEGREDO")]).status, 303);
    let occurrence = [("disposition", "2"), ("body", "SEGREDO ocorrido")];
    assert_eq!(ana.post("/conversations/1/occurrence", &occurrence).status, 303);
    ana.post("/conversations/1/draft", &[("kind", "note"), ("body", "SEGREDO por escrever")]);
    let closing =
        [("disposition", "2"), ("body", "fim do SEGREDO"), ("farewell", "Adeus, SEGREDO"), ("asks_rating", "1")];
    assert_eq!(ana.post("/conversations/1/closing", &closing).status, 303);
    house.passes(balcao::desk::closings::HELD);
    assert_eq!(maria.post("rating", &json!({"score": 4, "comment": "bom SEGREDO"})).status, 200);
    ana
}

/// The night comes, and all of its batches.
fn night(house: &House) -> Option<Run> {
    let (app, now) = (std::sync::Arc::clone(&house.app), house.clock.now());
    house.app.change(move |conn| retention::jobs::begin(conn, &app, now)).expect("the night");
    while house.app.read(retention::sql::last).expect("a run").is_some_and(|run| run.finished_at.is_none()) {
        house.passes(50);
    }
    house.app.read(retention::sql::last).expect("a run")
}

fn figures(house: &House) -> Vec<String> {
    let adm = house.adm();
    let cut = |page: String| page.split("<main").nth(1).map(|rest| rest.replace("SEGREDO", "")).unwrap_or_default();
    ["occurrences", "closings", "pauses"]
        .map(|kind| {
            let page = cut(text(&adm.get(&format!("/reports/{kind}?period=custom&from=2026-11-01&to=2026-11-30"))));
            // Texts of the lines go; the figures above them stay.
            page.split("<table").next().unwrap_or_default().to_owned()
        })
        .to_vec()
}

#[test]
fn what_is_past_its_time_goes_wherever_it_stood_and_no_figure_moves() {
    let house = House::new();
    let ana = told(&house);
    let files = house.app.data.join("files");
    assert_eq!(std::fs::read_dir(&files).expect("files").count(), 1);
    assert_eq!(house.adm().post("/settings/retention", RULE).status, 303);
    assert!(text(&house.adm().get("/settings/audit")).contains("∞ · ∞ · ∞ → 24 · 6 · 30"));
    let before = figures(&house);
    assert!(before.iter().any(|page| page.contains("4,0") || page.contains('4')), "{before:?}");
    assert!(night(&house).is_none(), "nothing is due yet");

    house.clock.advance(200 * DAY);
    let run = night(&house).expect("the files went");
    assert_eq!(run.counts, Counts { files: 1, bytes: 5, ..Counts::default() });
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(90_000);
    for file in std::fs::read_dir(&files).expect("files") {
        std::fs::File::open(file.expect("a file").path()).and_then(|file| file.set_modified(old)).expect("an old file");
    }
    attachments::web::drop_waiting(&mut house.app.outside()).expect("the folder's night");
    assert_eq!(std::fs::read_dir(&files).expect("files").count(), 0);
    assert!(holding(&house, "SEGREDO").contains(&"message".to_owned()), "the words are kept for two years");

    house.clock.advance(600 * DAY);
    let run = night(&house).expect("the words went");
    assert_eq!((run.counts.conversations, run.counts.persons), (1, 0));
    assert!(run.counts.messages >= 4, "{run:?}");
    assert_eq!(holding(&house, "SEGREDO"), [] as [&str; 0]);
    assert_eq!(figures(&house), before);
    let adm = house.adm();
    let page = text(&adm.get("/conversations/1"));
    assert!(page.contains("foi apagado pela regra de guarda") && page.contains("20261123000001"), "{page}");
    assert!(!text(&adm.get("/search?q=segredo")).contains("<mark>"));
    assert!(text(&adm.get("/contacts/1/history")).contains("foi apagado pela regra de guarda"));
    assert!(text(&adm.get("/conversations/1/timeline")).contains("Conversa finalizada"), "what happened stays");
    assert!(!text(&adm.get("/conversations/1/timeline")).contains("Nota interna<"), "what was said does not");
    assert_eq!(night(&house).map(|last| last.id), Some(run.id), "once");
    let intact = house.app.change(|conn| {
        Ok(conn.execute_batch("INSERT INTO message_search (message_search) VALUES ('integrity-check')")?)
    });
    intact.expect("the index and the table agree");
    assert!(text(&adm.get("/settings/audit")).contains("apagou o que passou do prazo"));

    house.clock.advance(200 * DAY);
    let run = night(&house).expect("the person went");
    assert_eq!(run.counts, Counts { persons: 1, ..Counts::default() });
    assert_eq!(holding(&house, "Maria"), [] as [&str; 0]);
    drop(ana);
}

#[test]
fn a_preview_counts_what_then_goes_and_changes_nothing() {
    let house = House::new();
    told(&house);
    for name in ["Nunca escreveu", "Também não"] {
        house.contact(name);
    }
    house.clock.advance(300 * DAY);
    let open = house.writes(house.contact("João"), "oi").conversation;
    let adm = house.adm();
    let before = dump(&house);
    let page = text(&adm.get("/settings/retention?look=1&words=6&files=3&persons=6&unregulated=1"));
    for shown in [
        "<b>1</b> conversas",
        "<b>1</b> arquivos (5 B)",
        "<b>3</b> pessoas",
        "20261123000001",
        "Nunca escreveu",
        "nada foi apagado",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(dump(&house), before);
    assert!(text(&adm.get("/settings/retention?look=1&words=240")).contains("Nada passou desse prazo"));
    let rule = [("words", "6"), ("files", "3"), ("persons", "6"), ("unregulated", "1")];
    assert_eq!(adm.post("/settings/retention", &rule).status, 303);
    let run = night(&house).expect("a cleaning");
    assert_eq!((run.counts.conversations, run.counts.files, run.counts.persons), (1, 1, 3));
    let open = text(&adm.get(&format!("/conversations/{open}")));
    assert!(open.contains("João") && !open.contains("apagado"), "who talks stays");
    assert!(text(&adm.get("/settings/retention")).contains("1 conversas"));
}

#[test]
fn a_program_that_ends_amid_a_cleaning_goes_on_where_it_was() {
    let house = House::new();
    for number in 0..70 {
        let id = house.writes(house.contact(&format!("Pessoa {number}")), "meu SEGREDO").conversation;
        house.sofia().post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]);
    }
    house.passes(balcao::desk::closings::HELD);
    house.clock.advance(900 * DAY);
    assert_eq!(house.adm().post("/settings/retention", &[("words", "24")]).status, 303);
    let (app, now) = (std::sync::Arc::clone(&house.app), house.clock.now());
    house.app.change(move |conn| retention::jobs::begin(conn, &app, now)).expect("the night");
    balcao::timers::run_jobs(&house.app).expect("a batch");
    assert_eq!(house.app.read(retention::sql::last).expect("a run").expect("a run").counts.conversations, 20);
    assert!(text(&house.adm().get("/settings/retention")).contains("Em andamento desde"));
    let copy = tempfile::tempdir().expect("a folder");
    for name in ["balcao.db", "balcao.db-wal"] {
        std::fs::copy(house.app.data.join(name), copy.path().join(name)).expect("a file");
    }
    let again = balcao::app::App::open(copy.path(), house.clock.clone()).expect("the application");
    let run = loop {
        house.clock.advance(50);
        while balcao::timers::run_jobs(&again).expect("the jobs") > 0 {}
        let run = again.read(retention::sql::last).expect("a run").expect("a run");
        if run.finished_at.is_some() {
            break run;
        }
    };
    assert_eq!((run.counts.conversations, run.counts.messages), (70, 70));
    again.stop();
}

#[test]
fn what_was_reopened_waits_for_its_last_closing() {
    let house = House::new();
    let maria = house.contact("Maria");
    let id = house.writes(maria, "meu SEGREDO").conversation;
    let sofia = house.sofia();
    sofia.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]);
    house.passes(balcao::desk::closings::HELD);
    house.writes(maria, "ainda eu, com o SEGREDO");
    house.clock.advance(800 * DAY);
    assert_eq!(house.adm().post("/settings/retention", &[("words", "24"), ("persons", "24")]).status, 303);
    assert!(night(&house).is_none(), "it is open");
    house.sofia().post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]);
    house.passes(balcao::desk::closings::HELD);
    assert!(night(&house).is_none(), "it was closed just now");
    house.clock.advance(800 * DAY);
    let run = night(&house).expect("a cleaning");
    assert_eq!((run.counts.conversations, run.counts.messages, run.counts.persons), (1, 2, 1));
}

#[test]
fn whoever_was_united_is_forgotten_with_the_record_that_stands() {
    let house = House::new();
    let ana = house.ana();
    let ids: Vec<_> = ["Maria Souza", "Maria de outro celular"]
        .map(|name| {
            let id = house.writes(house.contact(name), "oi").conversation;
            ana.post(&format!("/conversations/{id}/assignment"), &[]);
            id
        })
        .to_vec();
    let united = ana.post(&format!("/conversations/{}/contact-merge", ids[1]), &[("contact", "1")]);
    assert!(united.status < 400, "{}", text(&united));
    let adm = house.adm();
    let name = house
        .app
        .read(|conn| Ok(conn.query_row("SELECT name FROM contact WHERE id = 1", [], |row| row.get::<_, String>(0))?));
    let gone = adm.post("/contacts/1/anonymising", &[("confirm", &name.expect("a name"))]);
    assert_eq!(gone.status, 303, "{}", text(&gone));
    assert_eq!(holding(&house, "Maria"), [] as [&str; 0]);
}

#[test]
fn a_rule_is_refused_with_words_and_by_nobody_overwritten() {
    let house = House::new();
    let adm = house.adm();
    for (fields, words) in [
        (vec![("words", "0")], "de 1 a 240"),
        (vec![("words", "12")], "confirme abaixo"),
        (vec![("words", "24"), ("files", "30")], "mais tempo do que o conteúdo"),
    ] {
        let refused = adm.post("/settings/retention", &fields);
        assert!(refused.status == 422 && text(&refused).contains(words), "{words}: {}", text(&refused));
    }
    assert_eq!(adm.get("/settings/retention?look=1&words=x").status, 422);
    let page = text(&adm.get("/settings/retention"));
    let was = page.split("name=\"was\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
    assert_eq!(adm.post("/settings/retention", &[("words", "60")]).status, 303);
    let late = adm.post("/settings/retention", &[("words", ""), ("was", was)]);
    assert!(late.status == 422, "{}", text(&late));
    assert_eq!(house.app.read(retention::sql::rule).expect("a rule").words, Some(60));
}
