//! Two conversations made one, one made two, and both taken back exactly.

use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::time::{MINUTE, SECOND};
use rusqlite::types::Value;
use serde_json::json;

use crate::support::{House, Person, text};
use crate::web_chat::Visitor;

/// Every row that a merge or a split touches, in whole.
const ROWS: &[&str] = &[
    "SELECT * FROM conversation WHERE id <= 2 ORDER BY id",
    "SELECT * FROM message ORDER BY id",
    "SELECT * FROM read ORDER BY 1, 2",
    "SELECT * FROM attachment ORDER BY id",
    "SELECT * FROM conversation_tag ORDER BY 1, 2",
    "SELECT * FROM draft ORDER BY 1, 2, 3",
    "SELECT state, assignee_id, sum(total) FROM queue_count WHERE state <> 'closed' GROUP BY 1, 2 HAVING sum(total) > 0",
];

fn rows(house: &House) -> Vec<Vec<Vec<Value>>> {
    let all = |sql: &&str| {
        house
            .app
            .read(|conn| {
                let mut statement = conn.prepare(sql)?;
                let width = statement.column_count();
                let rows = statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect())?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .expect("rows")
    };
    ROWS.iter().map(all).collect()
}

fn find(house: &House, id: i64) -> conversations::Conversation {
    house.app.read(|conn| conversations::sql::find(conn, ConversationId(id))).expect("the conversation")
}

/// What a conversation's row says agrees with its messages, and the counters with the rows.
fn consistent(house: &House) {
    let wrong: i64 = house
        .app
        .read(|conn| {
            Ok(conn.query_row(
                "SELECT (SELECT count(*) FROM conversation c WHERE inbound <> (SELECT count(*) FROM message WHERE conversation_id = c.id AND author = 'contact'))
                      + (SELECT count(*) FROM attachment a JOIN message m ON m.id = a.message_id WHERE a.conversation_id <> m.conversation_id)
                      + (SELECT count(*) FROM read r JOIN conversation c ON c.id = r.conversation_id WHERE r.seen > c.inbound)
                      + (SELECT count(*) FROM queue_count q WHERE assignee_id = -1 AND total <>
                            (SELECT count(*) FROM conversation c WHERE c.department_id = q.department_id AND c.state = q.state))",
                [],
                |row| row.get(0),
            )?)
        })
        .expect("a number");
    assert_eq!(wrong, 0);
}

/// Ana holds two conversations of Maria: the first, and one opened from it.
fn two() -> (House, Visitor, Person) {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k0", "Bom dia");
    ana.takes(1);
    let to = format!("{}-{}", house.sales, ana.id);
    assert_eq!(ana.post("/conversations/1/outbound", &[("way", "1"), ("to", &to)]).status, 303);
    (house, maria, ana)
}

/// Some days of both, told by a number.
fn live(house: &House, maria: &Visitor, ana: &Person, seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut dice = move |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    for turn in 0..12 + dice(20) {
        house.clock.advance(SECOND);
        let id = 1 + i64::try_from(dice(2)).expect("a small number");
        match dice(6) {
            0 | 1 => drop(maria.writes(&format!("s{seed}t{turn}"), &format!("mensagem {turn}"))),
            2 => ana.says(id, "chat", &format!("resposta {turn}")),
            3 => ana.says(id, "note", &format!("nota {turn}")),
            4 => drop(ana.post(&format!("/conversations/{id}/read"), &[])),
            _ => drop(house.sofia().post(&format!("/conversations/{id}/read"), &[])),
        }
        if dice(5) == 0 {
            let last = maria.history()["last"].clone();
            maria
                .post("marks", &json!({"delivered": last, "read": if dice(2) == 0 { last.clone() } else { json!(0) }}));
        }
    }
}

fn merge_id(house: &House) -> i64 {
    house
        .app
        .read(|conn| Ok(conn.query_row("SELECT max(id) FROM conversation_merge", [], |row| row.get(0))?))
        .expect("a merge")
}

#[test]
fn a_merge_that_is_undone_leaves_every_row_as_it_was() {
    for seed in 0..12 {
        let (house, maria, ana) = two();
        live(&house, &maria, &ana, seed);
        let before = rows(&house);
        let thread = maria.reads();
        house.clock.advance(MINUTE);
        let merged = ana.post("/conversations/1/merge", &[("other", "2")]);
        assert_eq!(merged.status, 303, "{}", text(&merged));
        consistent(&house);
        assert_eq!(maria.reads(), thread, "the visitor's thread is the same");
        assert_eq!((find(&house, 2).state, find(&house, 2).inbound), (State::Closed, 0));
        house.clock.advance(9 * MINUTE);
        assert_eq!(
            ana.post(&format!("/conversation-merges/{}/undoing", merge_id(&house)), &[]).status,
            303,
            "seed {seed}"
        );
        consistent(&house);
        let after = rows(&house);
        for (sql, (before, after)) in ROWS.iter().zip(before.iter().zip(&after)) {
            assert_eq!(before, after, "seed {seed}: {sql}");
        }
    }
}

#[test]
fn a_split_that_is_undone_leaves_every_row_of_the_old_one_as_it_was() {
    for seed in 0..12 {
        let (house, maria, ana) = two();
        live(&house, &maria, &ana, seed);
        let before = rows(&house);
        let spoken: Vec<i64> = house
            .app
            .read(|conn| {
                let sql = "SELECT id FROM message WHERE conversation_id = 2 AND author <> 'system' ORDER BY id";
                let mut statement = conn.prepare(sql)?;
                Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
            })
            .expect("messages");
        let Some(from) = spoken.get(spoken.len() / 2).filter(|_| spoken.len() > 1) else { continue };
        let thread = maria.reads();
        let split = ana.post("/conversations/2/split", &[("from", &from.to_string())]);
        assert_eq!(split.status, 303, "{}", text(&split));
        consistent(&house);
        assert_eq!(maria.reads()[..thread.len()], thread, "one thread, and the new number after it");
        assert_eq!(
            ana.post(&format!("/conversation-merges/{}/undoing", merge_id(&house)), &[]).status,
            303,
            "seed {seed}"
        );
        consistent(&house);
        let after = rows(&house);
        for (sql, (before, after)) in ROWS.iter().zip(before.iter().zip(&after)) {
            assert_eq!(before, after, "seed {seed}: {sql}");
        }
        assert_eq!(find(&house, 3).state, State::Closed, "its number stays, closed and empty");
    }
}

#[test]
fn what_came_after_a_merge_stays_when_it_is_undone() {
    let (house, maria, ana) = two();
    maria.writes("k1", "Sobre a segunda");
    ana.post("/conversations/1/merge", &[("other", "2")]);
    let page = text(&ana.get("/conversations/1"));
    assert!(
        page.contains("Sobre a segunda") && page.contains("Ana uniu o protocolo") && page.contains("Desfazer união"),
        "{page}"
    );
    assert!(text(&ana.get("/conversations/2")).contains("Este protocolo foi unido a"));
    house.clock.advance(SECOND);
    maria.writes("k2", "Depois da união");
    assert_eq!(find(&house, 1).inbound, 3);
    ana.post("/conversations/1/read", &[]);
    // The repeated delivery of a moved message is known.
    maria.writes("k1", "Sobre a segunda");
    assert_eq!(find(&house, 1).inbound, 3);
    assert_eq!(ana.post("/conversation-merges/1/undoing", &[]).status, 303);
    assert_eq!((find(&house, 1).inbound, find(&house, 2).inbound), (2, 1));
    consistent(&house);
    assert!(!text(&ana.get("/conversations/1")).contains("uniu o protocolo"));
    // Found by the search where it is.
    assert!(text(&ana.get("/search?q=segunda")).contains("/conversations/2"));
    assert_eq!(ana.post("/conversation-merges/1/undoing", &[]).status, 404, "undone already");
}

#[test]
fn after_ten_minutes_or_in_the_wrong_order_nothing_is_undone() {
    let (house, maria, ana) = two();
    for turn in 0..4 {
        house.clock.advance(SECOND);
        maria.writes(&format!("k{}", turn + 1), &format!("mensagem {turn}"));
    }
    ana.post("/conversations/1/merge", &[("other", "2")]);
    let last = maria.history()["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .rev()
        .find(|m| m["author"] == "contact")
        .expect("one")["id"]
        .to_string();
    assert_eq!(ana.post("/conversations/1/split", &[("from", &last)]).status, 303);
    let early = ana.post("/conversation-merges/1/undoing", &[]);
    assert_eq!(early.status, 409);
    assert!(text(&early).contains("Desfaça primeiro"));
    assert_eq!(ana.post("/conversation-merges/2/undoing", &[]).status, 303);
    house.clock.advance(10 * MINUTE);
    assert!(!text(&ana.get("/conversations/1")).contains("Desfazer união"));
    assert_eq!(ana.post("/conversation-merges/1/undoing", &[]).status, 409);
    assert_eq!(house.beto().post("/conversation-merges/1/undoing", &[]).status, 404);
}

#[test]
fn only_what_fits_is_merged_or_split() {
    let (house, _, ana) = two();
    let joao = house.contact("João");
    let foreign = house.writes(joao, "Oi").conversation.to_string();
    for other in ["1", "99", "", foreign.as_str()] {
        assert_eq!(ana.post("/conversations/1/merge", &[("other", other)]).status, 422, "{other}");
    }
    for from in ["1", "2", "99", ""] {
        assert_eq!(ana.post("/conversations/1/split", &[("from", from)]).status, 422, "{from}");
    }
    let form = text(&ana.fetch("/conversations/1/merge/new"));
    assert!(form.contains(&find(&house, 2).number.to_string()), "{form}");
}
