//! The timeline: one contact's line across conversations, as each reader may see it, page by page without loss.

use std::time::Instant;

use balcao::contacts::IdentityId;
use balcao::desk::conversations::ConversationId;
use balcao::platform::time::{DAY, HOUR, MINUTE};
use rusqlite::Connection;

use crate::support::{House, Person, text};

fn timeline(person: &Person, id: ConversationId, query: &str) -> String {
    let answer = person.fetch(&format!("/conversations/{id}/timeline{query}"));
    assert_eq!(answer.status, 200);
    text(&answer)
}

/// The ids of a page's entries, in order.
fn ids(page: &str) -> Vec<String> {
    page.split("<li id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The kinds of a page's entries, in order.
fn kinds(page: &str) -> Vec<String> {
    page.split("data-kind=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn more(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("data-more href=\"")?;
    rest.split('"').next()?.split_once('?').map(|(_, query)| format!("?{}", query.replace("&amp;", "&")))
}

/// Maria, who was served by Ana with all that can happen; the conversation is open again in the end.
fn story(house: &House) -> (IdentityId, ConversationId) {
    let (ana, sofia) = (house.ana(), house.sofia());
    house
        .app
        .change(|conn| {
            balcao::administration::setup::acts::pause_reasons(conn, balcao::platform::text::Language::Portuguese)
        })
        .expect("reasons");
    let sales = house.sales.to_string();
    let fields =
        [("name", "Entrega"), ("uses", "conversation"), ("uses", "occurrence"), ("departments", sales.as_str())];
    assert_eq!(house.lia().post("/settings/dispositions/1", &fields).status, 303);
    let maria = house.contact("Maria");
    let id = house.writes(maria, "cadê meu pedido?").conversation;
    let post = |person: &Person, what: &str, fields: &[(&str, &str)]| {
        house.passes(MINUTE);
        assert_eq!(person.post(&format!("/conversations/{id}/{what}"), fields).status, 303, "{what}");
    };
    post(&ana, "assignment", &[]);
    post(&ana, "messages", &[("kind", "note"), ("body", "cliente <b>VIP</b>")]);
    post(&ana, "occurrence", &[("disposition", "2"), ("body", "errado")]);
    post(&sofia, "occurrence", &[("disposition", "2"), ("body", "certo"), ("corrects", "1")]);
    post(&ana, "pause", &[("reason", "1"), ("quick", "60"), ("message", "")]);
    post(&ana, "pause/end", &[]);
    house.passes(MINUTE);
    let number = id.to_string();
    let about = [("title", "Conferir frete"), ("to", "1"), ("conversation", number.as_str())];
    assert_eq!(ana.post("/tickets", &about).status, 303);
    house.passes(MINUTE);
    assert_eq!(ana.post("/tickets/1/closing", &[]).status, 303);
    post(&ana, "transfer", &[("to", "1"), ("note", "siga")]);
    post(&ana, "assignment", &[]);
    post(&ana, "closing", &[("disposition", "2"), ("body", "resolvido")]);
    house.passes(HOUR);
    (maria, id)
}

#[test]
fn everything_of_a_contact_stands_newest_first_and_leads_to_its_place() {
    let house = House::new();
    let (maria, id) = story(&house);
    house.passes(3 * DAY);
    let later = house.writes(maria, "voltei").conversation;
    assert_ne!(later, id);
    let page = timeline(&house.ana(), later, "");
    let expected =
        ["opened", "closed", "note", "transfer", "ticket_closed", "ticket", "pause", "occurrence", "note", "opened"];
    let found = kinds(&page);
    let same = |other: &[&str]| found == other;
    let swapped =
        ["opened", "closed", "transfer", "note", "ticket_closed", "ticket", "pause", "occurrence", "note", "opened"];
    assert!(same(&expected) || same(&swapped), "{found:?} {page}");
    // The correction stands in place of what it corrects; markup stays text.
    assert!(page.contains("certo") && !page.contains("errado") && page.contains("corrigida"), "{page}");
    assert!(page.contains("cliente &lt;b&gt;VIP") && page.contains("Entrega › Atraso") && page.contains("resolvido"));
    assert!(page.contains("href=\"/tickets/1\"") && page.contains("Ticket T-1 concluído"));
    assert!(page.contains("<dd>2</dd>") && page.contains("23/11/2026"), "{page}");
    let place = house.ana().get(&format!("/conversations/{id}/timeline/occurrence/2"));
    let to = place.headers.iter().find(|(name, _)| *name == "location").map(|(_, to)| to.clone()).expect("a place");
    let thread = text(&house.ana().get(&format!("/conversations/{id}")));
    let line = to.split_once('#').map(|(_, line)| line.to_owned()).expect("a line");
    let (_, told) = thread.split_once(&format!("id=\"{line}\"")).expect("the line in the thread");
    assert!(told.split("</article>").next().is_some_and(|article| article.contains("certo")), "{told}");
}

#[test]
fn a_reader_gets_of_other_peoples_conversations_one_bare_line() {
    let house = House::new();
    let (maria, id) = story(&house);
    // Support takes the case over; Maria writes to Vendas again.
    let support = house.support;
    house
        .app
        .change(move |conn| {
            Ok(conn.execute("UPDATE conversation SET department_id = ?, assignee_id = NULL", [support])?)
        })
        .expect("a move");
    house.passes(3 * DAY);
    let later = house.writes(maria, "voltei").conversation;
    let page = timeline(&house.sofia(), later, "");
    assert_eq!(kinds(&page), ["opened", "opened"], "{page}");
    assert!(page.contains("data-bare") && page.contains("Suporte") && page.contains("outra equipe"));
    for secret in ["VIP", "certo", "Atraso", "resolvido", "frete", "Ana", &format!("/conversations/{id}/")] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    assert!(page.contains("<dd>1</dd>"), "the figures are of what may be seen");
    assert_eq!(house.beto().fetch(&format!("/conversations/{later}/timeline")).status, 404);
    assert_eq!(kinds(&timeline(&house.beto(), id, "?kind=notes")).len(), 2);
    assert_eq!(house.sofia().get(&format!("/conversations/{id}/timeline/opened/{id}")).status, 404);
}

#[test]
fn kind_and_period_sift_and_a_bad_day_is_named() {
    let house = House::new();
    let (maria, id) = story(&house);
    house.passes(3 * DAY);
    let later = house.writes(maria, "voltei").conversation;
    let ana = house.ana();
    assert_eq!(kinds(&timeline(&ana, later, "?kind=tickets")), ["ticket_closed", "ticket"]);
    assert_eq!(kinds(&timeline(&ana, later, "?kind=conversations")), ["opened", "closed", "opened"]);
    assert_eq!(kinds(&timeline(&ana, later, "?from=2026-11-24")), ["opened"]);
    assert_eq!(kinds(&timeline(&ana, later, "?to=2026-11-23&kind=conversations")), ["closed", "opened"]);
    assert!(timeline(&ana, later, "?kind=merges").contains("Nada com este filtro"));
    let bad = ana.fetch(&format!("/conversations/{later}/timeline?from=ontem"));
    assert!(bad.status == 422 && text(&bad).contains("Escolha um dia") && text(&bad).contains("value=\"ontem\""));
    let whole = text(&ana.get(&format!("/conversations/{id}/timeline")));
    assert!(whole.contains("<html") && whole.contains("Timeline"), "a page of its own without scripts");
    let fresh = house.writes(house.contact("Nova"), "oi").conversation;
    let page = timeline(&ana, fresh, "");
    assert!(kinds(&page) == ["opened"] && page.contains("<dd>–</dd>"), "{page}");
}

#[test]
fn what_is_taken_back_leaves_the_line() {
    let house = House::new();
    let (sofia, maria) = (house.sofia(), house.contact("Maria"));
    let id = house.writes(maria, "oi").conversation;
    assert_eq!(sofia.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status, 303);
    assert_eq!(kinds(&timeline(&sofia, id, "")), ["closed", "opened"]);
    assert_eq!(sofia.post(&format!("/conversations/{id}/closing/undoing"), &[]).status, 303);
    assert_eq!(kinds(&timeline(&sofia, id, "")), ["opened"]);
    let number = id.to_string();
    let about = [("title", "Frete"), ("to", "1"), ("conversation", number.as_str())];
    assert_eq!(sofia.post("/tickets", &about).status, 303);
    sofia.post("/tickets/1/closing", &[]);
    assert_eq!(kinds(&timeline(&sofia, id, "")), ["ticket_closed", "ticket", "opened"]);
    assert_eq!(sofia.post("/tickets/1/links/removal", &[("conversation", &number)]).status, 303);
    assert_eq!(kinds(&timeline(&sofia, id, "")), ["opened"]);
}

/// So many closed conversations of Maria with nine more entries each.
fn history(house: &House, id: ConversationId, conversations: i64) {
    let fill = format!(
        "INSERT INTO conversation (number, contact_id, identity_id, channel_id, department_id, state, opened_at, closed_at, since, last_at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {conversations})
             SELECT 1000 + n, contact_id, identity_id, channel_id, department_id, 'closed', opened_at - 3600000 * n, opened_at - 3600000 * n + 60000,
                    opened_at, opened_at FROM n, conversation WHERE conversation.id = {id};
         INSERT INTO closing (conversation_id, department_id, path, sentiment, closed_by, at)
             SELECT id, department_id, 'p', 'neutral', 'bot', closed_at FROM conversation WHERE number BETWEEN 1001 AND 100000;
         INSERT INTO message (conversation_id, author, agent_id, body, at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5)
             SELECT id, 'note', 1, 'nota ' || n, opened_at + 1000 * n / 2 * 2 FROM conversation, n WHERE number BETWEEN 1001 AND 100000;
         INSERT INTO pause (conversation_id, department_id, agent_id, reason, started_at, returns_at, ended_at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3)
             SELECT id, department_id, 1, 'almoço', opened_at + 7000, opened_at + 9000, opened_at + 9000 FROM conversation, n
             WHERE number BETWEEN 1001 AND 100000;"
    );
    house.app.change(move |conn| Ok(conn.execute_batch(&fill)?)).expect("a long history");
}

#[test]
fn pages_lose_nothing_and_double_nothing() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    history(&house, id, 12);
    // Every other conversation is out of reach.
    let support = house.support;
    house
        .app
        .change(move |conn| {
            Ok(conn.execute(
                "UPDATE conversation SET department_id = ? WHERE number % 2 = 0 AND number < 9999",
                [support],
            )?)
        })
        .expect("a move");
    let walk = |person: &Person, at: ConversationId, sift: &str| {
        let (mut seen, mut query) = (Vec::new(), sift.to_owned());
        loop {
            let page = timeline(person, at, &query);
            seen.extend(ids(&page));
            match more(&page) {
                Some(next) => query = next,
                None => return seen,
            }
        }
    };
    let sofia = house.sofia();
    let seen = walk(&sofia, id, "");
    // Hers: 1 + 6 × 10 entries; six bare lines.
    assert_eq!(seen.len(), 67, "{seen:?}");
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), seen.len());
    let times: Vec<i64> = seen.iter().filter_map(|id| id[1..].split('-').next()?.parse().ok()).collect();
    assert!(times.len() == 67 && times.is_sorted_by(|one, other| one >= other), "{seen:?}");
    assert_eq!(walk(&sofia, id, "?kind=notes").len(), 30);
}

#[test]
fn two_thousand_conversations_are_a_page_like_any_other() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    history(&house, id, 2000);
    let adm = house.adm();
    let first = timeline(&adm, id, "");
    assert_eq!(ids(&first).len(), 30);
    let deep = format!("?before={}-note-1", balcao::platform::time::Timestamp(1_795_446_000_000 - 1500 * HOUR).0);
    let mut spent: Vec<u128> = (0..100)
        .map(|turn| {
            let from = Instant::now();
            let page = timeline(&adm, id, if turn % 2 == 0 { "" } else { &deep });
            assert_eq!(ids(&page).len(), 30);
            from.elapsed().as_micros()
        })
        .collect();
    spent.sort_unstable();
    eprintln!("timeline of 20,000 entries: median {} µs, p98 {} µs", spent[50], spent[98]);
    assert!(spent[50] < 10_000, "the median in µs: {}", spent[50]);
    // Each kind goes along its own stretch of the one index; nothing is sorted.
    let conn = Connection::open(house.app.file()).expect("the file");
    let plan: Vec<String> = conn
        .prepare(
            "EXPLAIN QUERY PLAN SELECT at, item_id FROM timeline_entry WHERE contact_id = 1 AND kind = 'note' AND (at, item_id) < (9, 9)
             AND at >= 0 ORDER BY at DESC, item_id DESC LIMIT 31",
        )
        .and_then(|mut rows| rows.query_map([], |row| row.get(3))?.collect())
        .expect("a plan");
    assert!(plan.iter().all(|step| step.contains("SEARCH") && step.contains("(at,item_id)<(?,?)")), "{plan:?}");
}

#[test]
fn a_union_brings_the_line_along_and_its_undoing_takes_it_back() {
    let house = House::new();
    let (maria, other) = (house.contact("Maria"), house.contact("Maria outra"));
    let (id, second) = (house.writes(maria, "oi").conversation, house.writes(other, "sou eu").conversation);
    let sofia = house.sofia();
    sofia.post(&format!("/conversations/{second}/messages"), &[("kind", "note"), ("body", "da outra")]);
    let lines = |at| kinds(&timeline(&sofia, at, "")).len();
    assert_eq!((lines(id), lines(second)), (1, 2));
    let answer = sofia.post(&format!("/conversations/{id}/contact-merge"), &[("contact", "2")]);
    assert_eq!(answer.status, 303, "{}", text(&answer));
    assert_eq!((lines(id), lines(second)), (4, 4), "with the union itself");
    let told = timeline(&sofia, id, "?kind=merges");
    assert!(told.contains("Ficha unida com Maria</b></a>") && told.contains(" · Sofia"), "{told}");
    assert!(told.contains("href=\"/contacts/2\""), "to the person: {told}");
    let ana = house.ana();
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    let told = timeline(&ana, id, "?kind=merges");
    assert!(told.contains("Ficha unida com Maria</b>") && !told.contains("href=\"/contacts"), "{told}");
    house.clock.advance(1);
    let undone = house.lia().post("/contact-merges/1/undoing", &[]);
    assert_eq!(undone.status, 303, "{}", text(&undone));
    // What was done to the records stays in the lines of both.
    assert_eq!((lines(id), lines(second)), (3, 4));
    let told = timeline(&sofia, id, "?kind=merges");
    assert!(told.contains("União com Maria outra desfeita</b></a><span class=\"who\"> · Lia"), "{told}");
    assert!(told.contains("href=\"/contacts/2\""), "the other one stands again: {told}");
}

#[test]
fn the_demo_has_lines_worth_reading() {
    let house = House::new();
    let (app, folder) = {
        let folder = tempfile::tempdir().expect("a folder");
        (balcao::app::App::open(folder.path(), house.clock.clone()).expect("an application"), folder)
    };
    let now = app.clock.now();
    app.change(move |conn| balcao::demo::sql::fill(conn, "none", now)).expect("the demo");
    let conn = Connection::open(app.file()).expect("the file");
    let (kinds, entries): (i64, i64) = conn
        .query_row(
            "SELECT count(DISTINCT kind), count(*) FROM timeline_entry GROUP BY contact_id ORDER BY 1 DESC, 2 DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("somebody");
    assert!(kinds >= 6 && entries >= 12, "{kinds} kinds, {entries} entries");
    app.stop();
    drop(folder);
}

#[test]
fn two_made_one_stand_in_the_line_until_it_is_undone() {
    let house = House::new();
    let (sofia, maria) = (house.sofia(), house.contact("Maria"));
    let first = house.writes(maria, "oi").conversation;
    let answer = sofia.post(&format!("/conversations/{first}/outbound"), &[("way", "1"), ("to", "1")]);
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let merged = sofia.post(&format!("/conversations/{first}/merge"), &[("other", "2")]);
    assert_eq!(merged.status, 303, "{}", text(&merged));
    assert_eq!(kinds(&timeline(&sofia, first, "?kind=merges")), ["merge"]);
    assert_eq!(sofia.post("/conversation-merges/1/undoing", &[]).status, 303);
    assert_eq!(kinds(&timeline(&sofia, first, "?kind=merges")).len(), 0);
}
