//! Notices: on the screen at once, by mail to who is away.

use balcao::desk::conversations::ConversationId;
use balcao::desk::notifications;
use balcao::desk::notifications::{Kind, sql};
use balcao::platform::time::MINUTE;
use balcao::team::agents::{self, Presence};
use balcao::team::mail::sql as mail;

use crate::mail::Post;
use crate::support::{House, Person, text};

fn tell(house: &House, person: &Person, conversation: ConversationId, line: &str) {
    let (agent, line, now) = (person.id, line.to_owned(), house.clock.now());
    house
        .app
        .change(move |conn| {
            notifications::acts::tell(
                conn,
                agent,
                Kind::Mention,
                balcao::desk::notifications::NotificationSubject::Conversation(conversation),
                &line,
                now,
            )
        })
        .expect("told");
}

fn mails(house: &House) -> usize {
    house.app.read(|conn| mail::newest(conn, 50)).expect("the outbox").len()
}

#[test]
fn a_notice_waits_in_the_list_until_it_was_seen() {
    let house = House::new();
    let (ana, beto) = (house.ana(), house.beto());
    let conversation = house.writes(house.contact("Maria"), "Oi").conversation;
    tell(&house, &ana, conversation, "@Ana veja <b>isto</b>");
    let page = text(&ana.get("/notifications"));
    assert!(
        page.contains("@Ana veja &lt;b&gt;isto&lt;/b&gt;") && page.contains(&format!("/conversations/{conversation}"))
    );
    assert!(text(&ana.fetch("/notifications")).starts_with("<section"), "a script gets the list alone");
    assert!(!text(&beto.get("/notifications")).contains("isto"), "a notice is for one person");
    let id = house.app.read(|conn| sql::unseen(conn, ana.id)).expect("the list")[0].id.to_string();
    beto.post("/notifications/seen", &[("up_to", &id)]);
    assert_eq!(house.app.read(|conn| sql::count_unseen(conn, ana.id)).expect("a count"), 1);
    assert_eq!(ana.post("/notifications/seen", &[("up_to", &id)]).status, 303);
    assert_eq!(house.app.read(|conn| sql::count_unseen(conn, ana.id)).expect("a count"), 0);
    assert!(text(&ana.get("/notifications")).contains("Nada de novo"));
}

#[test]
fn who_is_away_gets_one_mail_in_ten_minutes_about_one_conversation() {
    let (house, post) = (House::new(), Post::start(&["plain"]));
    post.serve(&house);
    let ana = house.ana();
    let maria = house.writes(house.contact("Maria"), "Oi").conversation;
    let jose = house.writes(house.contact("José"), "Oi").conversation;
    tell(&house, &ana, maria, "online");
    assert_eq!(mails(&house), 0, "who is online looks at the screen");
    let (id, now) = (ana.id, house.clock.now());
    house.app.change(move |conn| agents::sql::set_presence(conn, id, Presence::Away, false, now)).expect("away");
    tell(&house, &ana, maria, "primeira");
    tell(&house, &ana, maria, "segunda");
    assert_eq!(mails(&house), 1);
    tell(&house, &ana, jose, "outra conversa");
    assert_eq!(mails(&house), 2);
    house.clock.advance(10 * MINUTE);
    tell(&house, &ana, maria, "terceira");
    assert_eq!(mails(&house), 3);
    balcao::team::mail::worker::run_due(&mut house.app.outside()).expect("a run");
    let first = post.next();
    assert_eq!(first["to"], serde_json::json!(["ana@loja.example"]));
    assert!(first["text"].as_str().expect("text").contains("primeira"));
}

#[test]
fn opening_a_conversation_sees_its_notices() {
    let house = House::new();
    let ana = house.ana();
    let conversation = house.writes(house.contact("Maria"), "Oi").conversation;
    tell(&house, &ana, conversation, "veja");
    let (agent, now) = (ana.id, house.clock.now());
    house.app.change(move |conn| sql::see_conversation(conn, agent, conversation, now)).expect("seen");
    assert_eq!(house.app.read(|conn| sql::count_unseen(conn, agent)).expect("a count"), 0);
}

#[test]
fn a_note_that_names_a_person_tells_them_until_they_open_the_conversation() {
    let house = House::new();
    let (ana, sofia) = (house.ana(), house.sofia());
    let conversation = house.writes(house.contact("Maria"), "Oi").conversation;
    let address = format!("/conversations/{conversation}/messages");
    let unseen = |name: &str| {
        let id = house.person(name).id;
        house.app.read(|conn| sql::count_unseen(conn, id)).expect("a count")
    };
    sofia.post(&address, &[("kind", "chat"), ("body", "Olá @Ana"), ("key", "1")]);
    assert_eq!(unseen("Ana"), 0, "what the contact reads mentions nobody");
    sofia.post(&address, &[("kind", "note"), ("body", "@ana e @Beto e @Sofia, vejam"), ("key", "2")]);
    assert_eq!((unseen("Ana"), unseen("Sofia")), (1, 0));
    assert_eq!(unseen("Beto"), 0, "who may not see the conversation hears nothing of it");
    sofia.post(&address, &[("kind", "note"), ("body", "@ana e @Beto e @Sofia, vejam"), ("key", "2")]);
    assert_eq!(unseen("Ana"), 1, "a repetition tells nobody twice");
    assert!(text(&ana.get("/attention")).contains("\"notifications\":1"));
    ana.post(&format!("/conversations/{conversation}/read"), &[]);
    assert_eq!(unseen("Ana"), 0);
}

#[test]
fn the_list_of_whom_a_note_can_name_holds_only_those_who_may_see_the_conversation() {
    let house = House::new();
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let names = text(&house.sofia().get(&format!("/conversations/{id}/mentionable")));
    assert!(names.contains("Lia") && !names.contains("Beto") && !names.contains("Sofia"), "{names}");
}
