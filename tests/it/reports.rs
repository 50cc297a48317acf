//! Reports: exactly what the filter says, for those who may, as pages and as files; fast by their indexes.

use balcao::administration::setup;
use balcao::overview::reports::{Kind, ReportFilter, sql};
use balcao::platform::text::Language;
use balcao::platform::time;
use balcao::platform::time::{DAY, MINUTE, SECOND};
use balcao::platform::web::http::{Answer, Response};
use rusqlite::Connection;

use crate::support::{House, START, text};

/// Three occurrences of Vendas (one corrected), a closing with a remark, a pause of half an hour.
fn prepared() -> House {
    let house = House::new();
    house.app.change(|conn| setup::acts::pause_reasons(conn, Language::Portuguese)).expect("reasons");
    let sofia = house.sofia();
    let first = house.writes(house.contact("=Maria"), "oi").conversation;
    let second = house.writes(house.contact("João"), "oi").conversation;
    let occurs = |id, body: &str, corrects: &str| {
        let fields = [("disposition", "2"), ("body", body), ("corrects", corrects)];
        assert_eq!(sofia.post(&format!("/conversations/{id}/occurrence"), &fields).status, 303);
    };
    occurs(first, "=1+1; \"ação\"\nsegunda linha", "");
    occurs(second, "errado", "");
    occurs(second, "certo", "2");
    let pause = [("reason", "1"), ("quick", "60"), ("message", "")];
    assert_eq!(sofia.post(&format!("/conversations/{first}/pause"), &pause).status, 303);
    house.clock.advance(30 * MINUTE);
    sofia.post(&format!("/conversations/{first}/pause/end"), &[]);
    assert_eq!(sofia.post(&format!("/conversations/{first}/closing"), &[("disposition", "2")]).status, 303);
    // Past the time in which it could be undone.
    house.clock.advance(11 * SECOND);
    assert!(balcao::timers::run_jobs(&house.app).expect("jobs") >= 1);
    house
}

/// What a downloaded file holds.
fn file(response: &Response) -> Vec<u8> {
    let Answer::File(path) = &response.answer else { panic!("no file: {} {}", response.status, text(response)) };
    std::fs::read(path).expect("the file")
}

#[test]
fn a_report_shows_what_was_recorded_and_a_correction_in_place_of_its_fault() {
    let house = prepared();
    let lia = house.lia();
    let page = text(&lia.get("/reports/occurrences"));
    assert!(page.contains("2 no período") && page.contains("certo") && !page.contains("errado"), "{page}");
    assert!(page.contains("<title>23/11: 2</title>"), "the chart by day: {page}");
    let page = text(&lia.get("/reports/pauses"));
    assert!(page.contains("30 minutos em pausa") && page.contains("Retomada"), "{page}");
    let page = text(&lia.get("/reports/closings"));
    assert!(page.contains("1 no período") && page.contains("atendimento: 30,0 min"), "{page}");
}

#[test]
fn filters_narrow_and_nonsense_is_refused_in_words() {
    let house = prepared();
    let lia = house.lia();
    let found = |query: &str| {
        let page = text(&lia.get(&format!("/reports/occurrences?{query}")));
        page.split(" no período").next().and_then(|head| head.rsplit('>').next()).unwrap_or("").to_owned()
    };
    assert_eq!(found("group=Entrega"), "2");
    assert_eq!(found("group=Entrega+%E2%80%BA+Atraso&sentiment=negative"), "2");
    for none in [
        "group=Entreg",
        "sentiment=positive",
        "agent=1",
        "text=nada",
        "department=2",
        "period=custom&from=2026-11-01&to=2026-11-22",
    ] {
        assert_eq!(found(none), "0", "{none}");
    }
    assert_eq!(found("text=CERTO"), "1");
    assert_eq!(found("text=A%C3%87%C3%83O"), "1", "with its accents, in either case");
    let refused = lia.get("/reports/occurrences?period=custom&from=2026-11-02&to=2026-11-01");
    assert!(refused.status == 422 && text(&refused).contains("Escolha um período"));
    assert_eq!(lia.get("/reports/nonsense").status, 404);
}

#[test]
fn files_hold_exactly_what_the_filter_shows_and_no_formula() {
    let house = prepared();
    let lia = house.lia();
    let csv = String::from_utf8(file(&lia.get("/reports/occurrences/csv"))).expect("text");
    assert!(csv.starts_with('\u{feff}'), "Excel needs the mark");
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .expect("rows");
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[1][2], &rows[1][8]), ("'=Maria", "'=1+1; \"ação\"\nsegunda linha"));
    let none = String::from_utf8(file(&lia.get("/reports/occurrences/csv?text=nada"))).expect("text");
    assert_eq!(none.lines().count(), 1, "the head alone");
    assert!(file(&lia.get("/reports/closings/xlsx")).starts_with(b"PK"), "a zipped sheet");
    assert_eq!(house.sofia().get("/reports/closings/csv").status, 403);
}

#[test]
fn a_lead_sees_no_other_department() {
    let house = prepared();
    house
        .app
        .change(|conn| balcao::team::agents::sql::set_departments(conn, balcao::team::agents::AgentId(3), &[]))
        .expect("moved");
    let page = text(&house.lia().get("/reports/occurrences"));
    assert!(page.contains("0 no período") && !page.contains("certo"), "{page}");
    assert!(text(&house.adm().get("/reports/occurrences")).contains("2 no período"));
}

#[test]
fn pages_go_on_where_the_last_one_ended_and_files_hold_all() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    let conn = Connection::open(house.app.file()).expect("the file");
    // Many within one moment: the cursor must not lose or double any.
    conn.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
         INSERT INTO occurrence (conversation_id, department_id, channel_id, agent_id, path, sentiment, body, happened_at, at)
         SELECT ?1, 1, 1, 1, 'Entrega', 'neutral', 'n' || i, ?2 + (i / 1000) * 60000, ?2 FROM n",
        (id, START.0 - 60 * MINUTE),
    )
    .expect("many occurrences");
    let zone = time::Zone::named_or_utc(time::DEFAULT_ZONE);
    let filter = ReportFilter {
        from: START.plus(-DAY),
        to: START.plus(DAY),
        departments: vec![house.sales],
        agent: None,
        channel: None,
        sentiment: None,
        group: String::new(),
        text: String::new(),
        score: None,
    };
    let (mut after, mut seen) = (None, std::collections::HashSet::new());
    loop {
        let place = (&zone, Language::Portuguese);
        let page =
            house.app.read(|conn| sql::rows(conn, Kind::Occurrences, &filter, after, 700, place)).expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.cursor);
        for row in &page {
            assert!(seen.insert(row.cells[8].shown()), "{:?} came twice", row.cells[8]);
        }
    }
    assert_eq!(seen.len(), 12_000);
    let csv = String::from_utf8(file(&house.lia().get("/reports/occurrences/csv"))).expect("text");
    assert_eq!(csv.lines().count(), 12_001);
}

#[test]
fn what_was_closed_stays_in_the_department_of_that_day_and_in_the_files_of_it() {
    let house = prepared();
    let (lia, adm) = (house.lia(), house.adm());
    // The contact writes again, and the conversation goes elsewhere.
    let other = house
        .app
        .change(|conn| {
            let id = balcao::administration::departments::acts::create(conn, "Cobrança", START)?.expect("a new name");
            conn.execute("UPDATE conversation SET department_id = ?", [id])?;
            Ok(id)
        })
        .expect("moved");
    for kind in ["occurrences", "pauses", "closings"] {
        let found = |department: i64| text(&adm.get(&format!("/reports/{kind}?department={department}")));
        let n = if kind == "occurrences" { 2 } else { 1 };
        assert!(found(house.sales.0).contains(&format!("{n} no período")), "{kind}");
        assert!(found(other.0).contains("0 no período"), "{kind}");
        assert!(
            text(&lia.get(&format!("/reports/{kind}"))).contains("Vendas"),
            "{kind} names the department of that day"
        );
    }
}

#[test]
fn pauses_stand_by_person_and_reason_with_totals_in_page_and_file() {
    let house = prepared();
    let lia = house.lia();
    let page = text(&lia.get("/reports/pauses"));
    assert!(page.contains("Pausas por pessoa e motivo") && page.contains("people=1"), "{page}");
    let csv = String::from_utf8(file(&lia.get("/reports/pauses/csv?people=1"))).expect("text");
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert!(lines[0].starts_with("Pessoa;") && lines[0].ends_with(";Total;Total (min)"), "{csv}");
    assert!(lines[1].starts_with("Sofia") && lines[1].ends_with(";1;30;1;30"), "{csv}");
    assert_eq!(lines[2], "Total;1;30;1;30");
    let none = String::from_utf8(file(&lia.get("/reports/pauses/csv?people=1&agent=1"))).expect("text");
    assert_eq!(none.lines().count(), 2, "the head and the empty total: {none}");
    assert!(file(&lia.get("/reports/pauses/xlsx?people=1")).starts_with(b"PK"));
}

#[test]
fn ratings_are_shown_with_their_comment_narrowed_by_score_and_averaged() {
    let house = prepared();
    house
        .app
        .change(|conn| {
            use balcao::desk::closings::ClosingId;
            use balcao::desk::conversations::ConversationId;
            use balcao::desk::ratings;
            ratings::sql::ask(conn, ConversationId(1), ClosingId(1), START)?;
            ratings::sql::give(conn, ConversationId(1), 4, "=ótimo", START)
        })
        .expect("a rating");
    let lia = house.lia();
    let page = text(&lia.get("/reports/closings?score=4"));
    assert!(page.contains("1 no período") && page.contains("=ótimo"), "{page}");
    assert!(page.contains("Avaliações por departamento") && page.contains("<td>4,0</td>"), "{page}");
    assert!(text(&lia.get("/reports/closings?score=5")).contains("0 no período"));
    let csv = String::from_utf8(file(&lia.get("/reports/closings/csv?score=4"))).expect("text");
    assert!(csv.contains(";4;'=ótimo"), "{csv}");
}

#[test]
fn a_file_that_is_still_written_is_waited_for_by_a_page_and_by_its_owner_s_address_alone() {
    let house = prepared();
    let folder = house.app.data.join("exports");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("abc.csv.part"), "meia").expect("a part");
    let lia = house.lia();
    let address = "/reports/files/abc.csv?name=balcao-pauses-20261123.csv";
    let page = lia.get(address);
    assert_eq!((page.status, page.header("refresh")), (200, Some("2")));
    assert!(text(&page).contains("Preparando o arquivo") && text(&page).contains("4 B"));
    assert_eq!(house.sofia().get(address).status, 403);
    std::fs::rename(folder.join("abc.csv.part"), folder.join("abc.csv")).expect("done");
    assert_eq!(file(&lia.get(address)), b"meia");
    std::fs::write(folder.join("def.csv.failed"), "").expect("a sign");
    assert_eq!(lia.get("/reports/files/def.csv").status, 409);
    for bad in [
        "/reports/files/..%2Fbalcao.db",
        "/reports/files/abc.db",
        "/reports/files/abc.csv?name=a%22b",
        "/reports/files/none.csv",
    ] {
        assert_eq!(lia.get(bad).status, 404, "{bad}");
    }
}
