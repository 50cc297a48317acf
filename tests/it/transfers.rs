//! Transfers: to a queue, to a person, accepted or not, at once with others.

use balcao::desk::conversations::{self, Conversation, ConversationId};
use balcao::platform::time::MINUTE;
use balcao::team::agents::Presence;

use crate::support::{House, Person, text};

/// A conversation of Vendas that Ana holds.
fn held_by_ana(house: &House) -> (Person, ConversationId) {
    let (ana, id) = (house.ana(), house.writes(house.contact("Maria"), "Meu pedido não chegou").conversation);
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    (ana, id)
}

fn now(house: &House, id: ConversationId) -> Conversation {
    house.app.read(|conn| conversations::sql::find(conn, id)).expect("the conversation")
}

fn to(house: &House, person: &Person) -> String {
    format!("{}-{}", house.support, person.id)
}

#[test]
fn a_transfer_to_a_person_keeps_the_number_tells_them_and_is_accepted_by_opening_it() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let beto = house.beto();
    let number = now(&house, id).number;
    let form = text(&ana.fetch(&format!("/conversations/{id}/transfer/new")));
    assert!(form.contains("Fila de Suporte") && form.contains("Beto") && form.contains("abertas: 0"), "{form}");
    let to = to(&house, &beto);
    let sent = ana.post(&format!("/conversations/{id}/transfer"), &[("to", &to), ("note", "cliente irritada")]);
    assert_eq!((sent.status, sent.header("location")), (303, Some("/conversations")));
    let after = now(&house, id);
    assert_eq!((after.department, after.assignee, after.number), (house.support, Some(beto.id), number));
    // Who may not see the other department has lost it.
    assert_eq!(ana.get(&format!("/conversations/{id}")).status, 404);
    let page = text(&beto.get(&format!("/conversations/{id}?scope={}", house.support)));
    assert!(page.contains("Ana transferiu para Beto (Suporte)") && page.contains("cliente irritada"), "{page}");
    assert!(page.contains("Transferida, ainda não aceita"), "the card is marked");
    assert!(text(&beto.get("/notifications")).contains("cliente irritada"));
    assert_eq!(beto.post(&format!("/conversations/{id}/read"), &[]).status, 204);
    assert!(!text(&beto.get("/conversations?scope=mine")).contains("Transferida, ainda não aceita"));
    // Accepted: the limit passes without an effect.
    house.clock.advance(60 * MINUTE);
    balcao::timers::run_jobs(&house.app).expect("the jobs");
    assert_eq!(now(&house, id).assignee, Some(beto.id));
}

#[test]
fn what_is_not_accepted_in_time_goes_back_to_the_queue_exactly_once() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let beto = house.beto();
    ana.post(&format!("/conversations/{id}/transfer"), &[("to", &to(&house, &beto))]);
    house.clock.advance(10 * MINUTE - 1);
    balcao::timers::run_jobs(&house.app).expect("the jobs");
    assert_eq!(now(&house, id).assignee, Some(beto.id), "not yet");
    house.clock.advance(1);
    for _ in 0..2 {
        balcao::timers::run_jobs(&house.app).expect("the jobs");
    }
    let after = now(&house, id);
    assert_eq!((after.department, after.assignee), (house.support, None));
    let page = text(&beto.get(&format!("/conversations/{id}")));
    assert_eq!(page.matches("Beto não aceitou a tempo").count(), 1, "{page}");
    // The giver may not see that department, and hears nothing of it.
    assert!(!text(&ana.get("/notifications")).contains("não aceitou"));
}

#[test]
fn a_transfer_to_a_queue_tells_who_is_there_and_is_accepted_by_taking_it() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let beto = house.beto();
    ana.post(&format!("/conversations/{id}/transfer"), &[("to", &house.support.to_string())]);
    assert_eq!(now(&house, id).assignee, None);
    assert!(text(&beto.get("/notifications")).contains("Ana transferiu para Suporte"));
    // Whoever was told and came too late is told no longer.
    let gil = house.colleague("Gil", house.support);
    house
        .app
        .change({
            let (id, gil, now) = (id, gil.id, house.clock.now());
            move |conn| {
                balcao::desk::notifications::acts::tell(
                    conn,
                    gil,
                    balcao::desk::notifications::Kind::Transfer,
                    balcao::desk::notifications::NotificationSubject::Conversation(id),
                    "veja",
                    now,
                )
            }
        })
        .expect("a notice");
    // Opening it is not taking it.
    beto.post(&format!("/conversations/{id}/read"), &[]);
    let scope = format!("/conversations?scope={}", house.support);
    assert!(text(&beto.get(&scope)).contains("Transferida, ainda não aceita"));
    assert_eq!(beto.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    assert!(!text(&beto.get(&scope)).contains("Transferida, ainda não aceita"));
    assert!(text(&gil.get("/notifications")).contains("Nada de novo"));
}

#[test]
fn the_contact_hears_where_the_conversation_goes_and_nothing_of_why() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    let before = maria.history()["event"].as_i64().expect("an event");
    let beto = house.beto();
    ana.post("/conversations/1/transfer", &[("to", &to(&house, &beto)), ("note", "SEGREDO da equipe")]);
    house.passes(10 * MINUTE);
    let (_, backlog) = maria.stream(before);
    let all = [text(&maria.get("messages")), backlog].concat();
    assert!(all.contains("Sua conversa foi encaminhada para Suporte"), "{all}");
    for secret in ["SEGREDO", "Beto", "aceitou", "transfer", "note"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[test]
fn of_two_transfers_at_once_one_wins_and_the_other_reads_why() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let (beto, sofia) = (house.beto(), house.sofia());
    let from = format!("{}-{}", house.sales, ana.id);
    let address = format!("/conversations/{id}/transfer");
    assert_eq!(sofia.post(&address, &[("from", &from), ("to", &format!("{}-{}", house.sales, sofia.id))]).status, 303);
    let late = ana.post(&address, &[("from", &from), ("to", &to(&house, &beto))]);
    assert_eq!(late.status, 409);
    assert!(text(&late).contains("já transferiu"));
    // The same for who closes what has gone, and for who transfers what is closed.
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status, 409);
    assert_eq!(sofia.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status, 303);
    assert_eq!(sofia.post(&address, &[("to", &house.support.to_string())]).status, 409);
    // Who never could see it learns nothing.
    assert_eq!(beto.post(&address, &[("from", &from), ("to", &house.support.to_string())]).status, 404);
}

#[test]
fn a_wrong_transfer_is_shown_again_with_what_was_typed() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let address = format!("/conversations/{id}/transfer");
    for (to, says) in [
        ("", "Escolha um departamento"),
        ("99", "não pode mais receber"),
        (&format!("{}-{}", house.support, ana.id), "não pode mais receber"),
        (&format!("{}-{}", house.sales, ana.id), "já está aí"),
    ] {
        let refused = ana.post(&address, &[("to", to), ("note", "<b>fica</b>")]);
        assert_eq!(refused.status, 422, "{to}");
        assert!(text(&refused).contains(says) && text(&refused).contains("&lt;b&gt;fica"), "{to}: {}", text(&refused));
    }
    assert_eq!(now(&house, id).assignee, Some(ana.id));
}

#[test]
fn the_form_says_before_sending_who_is_not_there() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let beto = house.beto();
    let address = format!("/conversations/{id}/transfer/new");
    assert!(!text(&ana.get(&address)).contains("Ninguém online agora"));
    beto.post("/presence", &[("presence", Presence::Away.word())]);
    let form = text(&ana.get(&address));
    assert!(form.contains("Ninguém online agora") && form.contains("se não aceitar em 10 min"), "{form}");
}

#[test]
fn the_old_department_hears_that_it_left() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let before = house.app.read(balcao::platform::events::sql::newest).expect("the newest event");
    ana.post(&format!("/conversations/{id}/transfer"), &[("to", &house.support.to_string())]);
    let told = |topic: String| {
        house
            .app
            .read(|conn| balcao::platform::events::sql::missed(conn, before, &[topic]))
            .expect("events")
            .is_some_and(|events| !events.is_empty())
    };
    assert!(told(format!("department:{}", house.sales)) && told(format!("department:{}", house.support)));
    assert!(told(format!("agent:{}", ana.id)), "her own list too");
}

#[test]
fn of_a_transfer_and_a_closing_at_the_same_moment_one_wins() {
    for _ in 0..8 {
        let house = House::new();
        let (ana, id) = held_by_ana(&house);
        let to = house.support.to_string();
        let transfer = {
            let ana = ana.clone();
            std::thread::spawn(move || ana.post(&format!("/conversations/{id}/transfer"), &[("to", &to)]).status)
        };
        let closing = ana.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status;
        let mut answers = [transfer.join().expect("a thread"), closing];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
    }
}

#[test]
fn a_senior_who_takes_it_from_the_target_ends_the_transfer() {
    let house = House::new();
    let (ana, id) = held_by_ana(&house);
    let (sofia, lia) = (house.sofia(), house.lia());
    ana.post(&format!("/conversations/{id}/transfer"), &[("to", &format!("{}-{}", house.sales, lia.id))]);
    let scope = format!("/conversations?scope={}", house.sales);
    assert!(text(&sofia.get(&scope)).contains("Transferida, ainda não aceita"));
    let taken = sofia.post(&format!("/conversations/{id}/assignment"), &[("assignee", &lia.id.to_string())]);
    assert_eq!(taken.status, 303);
    assert!(!text(&sofia.get(&scope)).contains("Transferida, ainda não aceita"));
    house.passes(60 * MINUTE);
    assert_eq!(now(&house, id).assignee, Some(sofia.id), "nothing goes back");
}
