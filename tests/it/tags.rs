//! Tags: put on and off in a step, seen on cards, narrowing the queue; the thread keeps who and when.

use crate::support::{House, Person, text};

fn make(person: &Person, name: &str, departments: &[&str]) -> u16 {
    let mut fields = vec![("name", name), ("colour", "red")];
    fields.extend(departments.iter().map(|id| ("departments", *id)));
    person.post("/settings/tags", &fields).status
}

#[test]
fn a_tag_goes_on_and_off_and_the_thread_says_by_whom() {
    let house = House::new();
    let sales = house.sales.to_string();
    assert_eq!(make(&house.lia(), "urgente <b>", &[&sales]), 303);
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    let ana = house.ana();
    assert!(text(&ana.fetch(&format!("/conversations/{id}/tags/new"))).contains("urgente &lt;b&gt;"));
    let step = |way: &str| ana.post(&format!("/conversations/{id}/tags"), &[(way, "1")]).status;
    assert_eq!((step("add"), step("add")), (303, 303), "twice is once, not off again");
    let queue = text(&ana.get("/conversations"));
    assert!(queue.contains("class=\"tag\" data-colour=\"red\">urgente &lt;b&gt;"), "{queue}");
    assert_eq!((step("remove"), step("remove")), (303, 303));
    let page = text(&ana.get(&format!("/conversations/{id}")));
    for line in ["Ana pôs a tag urgente", "Ana tirou a tag urgente"] {
        assert_eq!(page.matches(line).count(), 1, "{line}: {page}");
    }
    for none in [[("add", "99")], [("remove", "99")], [("tag", "1")]] {
        assert_eq!(ana.post(&format!("/conversations/{id}/tags"), &none).status, 404);
    }
}

#[test]
fn the_queue_is_narrowed_to_a_tag() {
    let house = House::new();
    make(&house.adm(), "VIP", &[]);
    let first = house.writes(house.contact("Maria"), "oi").conversation;
    house.writes(house.contact("João"), "oi");
    let sofia = house.sofia();
    sofia.post(&format!("/conversations/{first}/tags"), &[("add", "1")]);
    let narrowed = text(&sofia.get(&format!("/conversations?scope={}-1", house.sales)));
    assert!(narrowed.contains("Maria") && !narrowed.contains("João"), "{narrowed}");
    let cards = text(&sofia.get(&format!("/queue/cards?scope={}-1&ids=1,2", house.sales)));
    assert!(cards.contains("Maria") && !cards.contains("João"), "{cards}");
    assert!(text(&sofia.get("/conversations?scope=mine-1")).contains("Nenhuma conversa aberta com esta tag"));
    assert_eq!(sofia.get("/conversations?scope=1-x").status, 404);
}

#[test]
fn leads_make_tags_for_their_own_departments_only() {
    let house = House::new();
    let (sales, support) = (house.sales.to_string(), house.support.to_string());
    let (lia, adm) = (house.lia(), house.adm());
    assert_eq!(make(&lia, "sem departamento", &[]), 422);
    assert_eq!(make(&lia, "dos outros", &[&support]), 422);
    assert_eq!(make(&adm, "do suporte", &[&support]), 303);
    assert_eq!(lia.get("/settings/tags/1").status, 403);
    assert_eq!(make(&lia, "de vendas", &[&sales]), 303);
    assert_eq!(make(&lia, "DE VENDAS", &[&sales]), 422);
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    let ana = house.ana();
    assert_eq!(ana.post(&format!("/conversations/{id}/tags"), &[("add", "1")]).status, 409, "not offered here");
    ana.post(&format!("/conversations/{id}/tags"), &[("add", "2")]);
    assert_eq!(lia.post("/settings/tags/2/archiving", &[]).status, 303);
    let offered = text(&ana.get(&format!("/conversations/{id}/tags/new")));
    assert!(offered.contains("de vendas"), "what was archived can still be taken off");
    ana.post(&format!("/conversations/{id}/tags"), &[("remove", "2")]);
    assert_eq!(ana.post(&format!("/conversations/{id}/tags"), &[("add", "2")]).status, 409);
    assert_eq!(make(&lia, "De Vendas", &[&sales]), 303, "an archived name comes back");
    assert_eq!(ana.post(&format!("/conversations/{id}/tags"), &[("add", "2")]).status, 303);
}

#[test]
fn a_common_tag_and_a_rare_one_narrow_alike_and_pages_go_on() {
    use balcao::desk::conversations::State;
    use balcao::desk::queues::{QueueCursor, QueuePlace, QueueScope, sql};
    use balcao::desk::tags::TagId;
    use balcao::team::agents;
    let house = House::new();
    assert_eq!((make(&house.adm(), "rara", &[]), make(&house.adm(), "comum", &[])), (303, 303));
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    let conn = rusqlite::Connection::open(house.app.file()).expect("the file");
    conn.execute_batch(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
         INSERT INTO conversation (id, number, contact_id, identity_id, channel_id, department_id, state, opened_at, since, last_at)
         SELECT i, 90000000000000 + i, contact_id, identity_id, channel_id, department_id, state, opened_at, since + i % 7, last_at
         FROM n, conversation WHERE conversation.id = {id};
         INSERT INTO conversation_tag (conversation_id, tag_id, at) SELECT id, 2, 0 FROM conversation;
         INSERT INTO conversation_tag (conversation_id, tag_id, at) SELECT id, 1, 0 FROM conversation WHERE id % 10 = 0;"
    ))
    .expect("many conversations");
    let sofia = house.app.read(|conn| agents::sql::find(conn, house.sofia().id)).expect("Sofia");
    for (tag, total) in [(1, 120), (2, 1200)] {
        let scope = QueueScope { place: QueuePlace::Department(house.sales), tag: Some(TagId(tag)) };
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = house.app.read(|conn| sql::cards(conn, &sofia, scope, State::WaitingAgent, after, 50));
            let page = page.expect("a page");
            let Some(last) = page.last() else { break };
            after = Some(QueueCursor { since: last.since, id: last.id });
            seen.extend(page.iter().map(|card| (card.since, card.id)));
        }
        assert_eq!(seen.len(), total, "tag {tag}");
        assert!(seen.is_sorted(), "who waits longest comes first");
    }
}
