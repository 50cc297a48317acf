//! New conversations by the team: from another one, from scratch; two open ones of one contact.

use balcao::channels::acts;
use balcao::contacts::IdentityId;
use balcao::desk::conversations::{self, Conversation, ConversationId, State};
use balcao::platform::time::{self, SECOND};
use serde_json::json;

use crate::support::{House, Person, text};
use crate::web_chat::json_of;

fn find(house: &House, id: i64) -> Conversation {
    house.app.read(|conn| conversations::sql::find(conn, ConversationId(id))).expect("the conversation")
}

fn opens(ana: &Person, from: i64, fields: &[(&str, &str)]) -> i64 {
    let answer = ana.post(&format!("/conversations/{from}/outbound"), fields);
    assert_eq!(answer.status, 303, "{}", text(&answer));
    answer.header("location").and_then(|to| to.rsplit('/').next()).and_then(|id| id.parse().ok()).expect("an id")
}

#[test]
fn a_new_protocol_is_linked_both_ways_and_leaves_the_old_one_as_it_is() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    let before = find(&house, 1);
    let form = text(&ana.fetch("/conversations/1/outbound/new"));
    assert!(
        form.contains("Novo protocolo com Maria")
            && form.contains(&format!("value=\"{}-{}\" checked", house.sales, ana.id))
    );
    let to = format!("{}-{}", house.sales, ana.id);
    let new = opens(&ana, 1, &[("way", "1"), ("to", &to), ("first", "Sobre a garantia…")]);
    let opened = find(&house, new);
    assert_eq!((opened.contact, opened.assignee, opened.state), (before.contact, Some(ana.id), State::WaitingContact));
    assert_ne!(opened.number, before.number);
    let after = find(&house, 1);
    assert_eq!((after.state, after.since, after.assignee), (before.state, before.since, before.assignee));
    let (old_page, new_page) = (text(&ana.get("/conversations/1")), text(&ana.get(&format!("/conversations/{new}"))));
    assert!(
        old_page.contains(&format!("Originou o protocolo {}", opened.number)) && old_page.contains("<dt>Originou</dt>")
    );
    assert!(
        new_page.contains(&format!("Veio do protocolo {}", before.number)) && new_page.contains("<dt>Veio de</dt>")
    );
    // The visitor reads one thread, hears the new number, and nothing of the links.
    let history = maria.history();
    assert_eq!(history["conversation"]["number"], opened.number.to_string());
    let bodies: Vec<String> = maria.reads().into_iter().map(|(_, body)| body).collect();
    assert!(bodies.contains(&"Sobre a garantia…".to_owned()) && bodies.contains(&"Bom dia".to_owned()), "{bodies:?}");
    assert!(!bodies.iter().any(|body| body.contains("Veio d") || body.contains("Originou")), "{bodies:?}");
}

#[test]
fn a_message_goes_to_the_newest_open_one_and_then_to_the_older() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    let new = opens(&ana, 1, &[("way", "1"), ("to", &format!("{}-{}", house.sales, ana.id))]);
    maria.writes("k2", "Sobre a segunda");
    assert_eq!((find(&house, 1).inbound, find(&house, new).inbound), (1, 1));
    // A repeated delivery is stored once, though it came to another conversation.
    assert_eq!(json_of(&maria.post("messages", &json!({"key": "k1", "body": "Bom dia"})))["repeated"], true);
    // What the team writes in the older one is in the thread too, in the order of time, and is marked as seen.
    ana.says(1, "chat", "Ainda sobre a primeira");
    let history = maria.history();
    let ids: Vec<i64> =
        history["messages"].as_array().expect("messages").iter().filter_map(|m| m["id"].as_i64()).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    maria.post("marks", &json!({"delivered": history["last"], "read": history["last"]}));
    assert!(find(&house, 1).read_to > 0 && find(&house, new).read_to > 0);
    assert_eq!(ana.post(&format!("/conversations/{new}/closing"), &[("disposition", "2")]).status, 303);
    house.passes(10 * SECOND);
    maria.writes("k3", "E a primeira?");
    assert_eq!((find(&house, 1).inbound, find(&house, new).state), (2, State::Closed));
    // The end of the chat ends all of it.
    assert_eq!(maria.post("end", &json!({})).status, 200);
    assert_eq!(find(&house, 1).state, State::Closed);
    // After that a message reopens the one that was closed last, not the one that was opened last.
    maria.writes("k4", "Voltei com outra dúvida");
    assert_ne!(find(&house, 1).state, State::Closed);
    assert_eq!(find(&house, new).state, State::Closed);
}

#[test]
fn two_messages_at_once_make_one_conversation() {
    let house = House::new();
    let identity: IdentityId = house.contact("Maria");
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let (app, channel, now) = (house.app.clone(), house.channel.clone(), house.clock.now());
            std::thread::spawn(move || {
                app.change(move |conn| {
                    let zone = time::Zone::named_or_utc(time::DEFAULT_ZONE);
                    acts::receive(conn, &channel, identity, &format!("Oi {number}"), None, &zone, now)
                })
                .expect("stored")
                .conversation
            })
        })
        .collect();
    let mut ids: Vec<i64> = threads.into_iter().map(|thread| thread.join().expect("a thread").0).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(find(&house, ids[0]).inbound, 8);
}

#[test]
fn a_long_thread_over_two_open_conversations_pages_without_a_gap() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k0", "Bom dia");
    ana.takes(1);
    let new = opens(&ana, 1, &[("way", "1"), ("to", &format!("{}-{}", house.sales, ana.id))]);
    for turn in 0..60 {
        ana.says(if turn % 3 == 0 { new } else { 1 }, "chat", &format!("linha {turn}"));
    }
    let newest = maria.history();
    let older = json_of(&maria.get(&format!("messages?before={}", newest["first"])));
    let all: Vec<String> = [&older, &newest]
        .iter()
        .flat_map(|page| page["messages"].as_array().expect("messages").clone())
        .filter_map(|message| message["body"].as_str().map(str::to_owned))
        .filter(|body| body.starts_with("linha"))
        .collect();
    assert_eq!(all, (0..60).map(|turn| format!("linha {turn}")).collect::<Vec<_>>());
}

#[test]
fn from_scratch_somebody_new_has_notes_only_until_there_is_a_channel() {
    let house = House::new();
    let sofia = house.sofia();
    let to = format!("{}-{}", house.sales, sofia.id);
    let page = text(&sofia.fetch("/outbound/new"));
    assert!(page.contains("Pessoa nova") && page.contains("Sem canal"), "{page}");
    let opened = sofia.post("/outbound", &[("name", "Seu Zé"), ("phone", "11 98765-4321"), ("to", &to)]);
    assert_eq!(opened.status, 303, "{}", text(&opened));
    let id = find(&house, 1).id;
    assert!(text(&sofia.get(&format!("/conversations/{id}"))).contains("Sem canal"));
    let refused = sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Oi")]);
    assert_eq!(refused.status, 409);
    assert_eq!(
        sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "note"), ("body", "ligou")]).status,
        303
    );
    // Closing it sends nothing: there is nobody to send it to.
    assert!(!text(&sofia.get(&format!("/conversations/{id}/closing/new"))).contains("name=\"farewell\""));
    sofia.post(
        &format!("/conversations/{id}/closing"),
        &[("disposition", "2"), ("farewell", "Tchau"), ("asks_rating", "1")],
    );
    house.passes(10 * SECOND);
    assert!(!text(&sofia.get(&format!("/conversations/{id}"))).contains("Tchau"));
    // The same number again: the person is known.
    let again = sofia.post("/outbound", &[("name", "José"), ("phone", "(11) 98765-4321"), ("to", &to)]);
    assert_eq!(again.status, 422);
    assert!(text(&again).contains("Já existe um contato") && text(&again).contains("José"));
    assert_eq!(sofia.post("/outbound", &[("to", &to)]).status, 422, "nobody");
    assert_eq!(
        sofia.post("/outbound", &[("name", "A"), ("first", "Oi"), ("to", &to)]).status,
        422,
        "no way to send it"
    );
    // Found by name.
    assert!(text(&sofia.get("/outbound/new?q=seu")).contains("Seu Zé"));
    assert!(text(&sofia.get("/outbound/new?contact=1")).contains("Novo protocolo com Seu Zé"));
}

#[test]
fn a_new_protocol_for_somebody_else_tells_them() {
    let house = House::new();
    let (maria, ana, beto) = (house.visitor("Maria"), house.ana(), house.beto());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    let to = format!("{}-{}", house.support, beto.id);
    let answer = ana.post("/conversations/1/outbound", &[("way", "1"), ("to", &to)]);
    assert_eq!(answer.header("location"), Some("/conversations/1"), "she may not see the new one");
    assert!(text(&beto.get("/notifications")).contains("Uma conversa é sua agora"));
    for (way, to) in [("99", to.as_str()), ("1", ""), ("1", "77")] {
        assert_eq!(ana.post("/conversations/1/outbound", &[("way", way), ("to", to)]).status, 422);
    }
}
