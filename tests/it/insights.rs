//! Insight: figures that can be counted by hand, suggestions that say why, and nothing of what one may not see.

use balcao::desk::conversations::ConversationId;
use balcao::overview::insights;
use balcao::platform::time::{DAY, HOUR, MINUTE};

use crate::support::{House, Person, text};

/// A closed conversation of Vendas: the contact says something, Ana answers after ten minutes and closes after an hour.
fn case(house: &House, ana: &Person, name: &str, says: &str, fields: &[(&str, &str)]) -> ConversationId {
    let id = house.writes(house.contact(name), says).conversation;
    house.passes(10 * MINUTE);
    assert_eq!(ana.post(&format!("/conversations/{id}/assignment"), &[]).status, 303);
    ana.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Já vejo.")]);
    for (name, value) in fields {
        assert_eq!(ana.post(&format!("/conversations/{id}/tags"), &[(*name, *value)]).status, 303);
    }
    house.passes(50 * MINUTE);
    assert_eq!(ana.post(&format!("/conversations/{id}/closing"), &[("disposition", "2")]).status, 303);
    house.passes(balcao::desk::closings::HELD);
    id
}

fn insight(person: &Person, id: ConversationId) -> String {
    let answer = person.fetch(&format!("/conversations/{id}/insight"));
    assert_eq!(answer.status, 200);
    text(&answer)
}

#[test]
fn figures_of_a_contact_stand_beside_the_department_s_and_can_be_counted_by_hand() {
    let house = House::new();
    let ana = house.ana();
    let maria = case(&house, &ana, "Maria", "minha geladeira nao chegou", &[]);
    for name in ["João", "Zeca", "Rita"] {
        case(&house, &ana, name, "quero trocar", &[]);
    }
    let before = insight(&ana, maria);
    assert!(before.contains("ainda não há nenhuma") && before.contains("<td>10,0</td><td>–</td>"), "{before}");
    insights::web::work_out(&mut house.app.outside()).expect("the averages");
    let after = insight(&ana, maria);
    // First answer 10 minutes, an hour in all, for her as for the department; four contacts with one conversation in 90 days.
    assert!(after.contains("<td>10,0</td><td>10,0</td>") && after.contains("<td>60,0</td><td>60,0</td>"), "{after}");
    assert!(after.contains("<td>0,3</td><td>0,3</td>") && after.contains("<td>0,0</td><td>0,0</td>"), "{after}");
    assert!(after.contains("Negativas: 1; neutras: 0; positivas: 0"), "{after}");
    assert!(after.contains("Entrega › Atraso") && after.contains("poucas respostas"));
    // What lies too far back is no part of it.
    house.passes(91 * DAY);
    insights::web::work_out(&mut house.app.outside()).expect("the averages");
    let average =
        house.app.read(|conn| insights::sql::average(conn, house.sales)).expect("a look").expect("an average");
    assert_eq!(average.figures, insights::Figures::default());
}

#[test]
fn a_suggestion_says_in_how_many_similar_ones_it_stands_and_few_suggest_nothing() {
    let house = House::new();
    let (ana, adm) = (house.ana(), house.adm());
    assert_eq!(adm.post("/settings/tags", &[("name", "frete"), ("colour", "red")]).status, 303);
    for name in ["A", "B"] {
        case(&house, &ana, name, "Minha geladeira não chegou, cadê a transportadora?", &[("add", "1")]);
    }
    let new = house.writes(house.contact("Nova"), "a transportadora não trouxe a geladeira").conversation;
    assert!(insight(&ana, new).contains("Ainda não há conversas parecidas"), "two are too few");
    case(&house, &ana, "C", "GELADEIRA e transportadora de novo", &[("add", "1")]);
    case(&house, &ana, "D", "transportadora atrasou a geladeira", &[]);
    case(&house, &ana, "E", "quero comprar um sofá", &[]);
    let shown = insight(&ana, new);
    assert!(shown.contains("Entrega › Atraso") && shown.contains("em 4 de 4 conversas parecidas"), "{shown}");
    assert!(shown.contains("frete") && shown.contains("em 3 de 4 conversas parecidas"), "{shown}");
    // Followed: the tag is on and no longer suggested; the closing's form has the reason chosen.
    assert_eq!(ana.post(&format!("/conversations/{new}/tags"), &[("add", "1")]).status, 303);
    assert!(!insight(&ana, new).contains("em 3 de 4"));
    ana.post(&format!("/conversations/{new}/assignment"), &[]);
    let form = text(&ana.fetch(&format!("/conversations/{new}/closing/new?disposition=2")));
    assert!(form.contains("<option value=\"2\" selected"), "{form}");
}

#[test]
fn replies_that_fit_the_last_words_are_offered_with_the_words_why() {
    let house = House::new();
    let (ana, adm, beto) = (house.ana(), house.adm(), house.beto());
    for (title, body, department) in [("Prazos", "A entrega leva 3 dias.", "1"), ("Segredo", "Entrega do suporte", "2")]
    {
        let fields = [("title", title), ("body", body), ("scope", "departments"), ("departments", department)];
        assert_eq!(adm.post("/settings/canned-replies", &fields).status, 303);
    }
    let id = house.writes(house.contact("Maria"), "qual o prazo de entrega?").conversation;
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    let shown = insight(&ana, id);
    assert!(shown.contains("Prazos") && shown.contains("porque fala de: entrega"), "{shown}");
    assert!(!shown.contains("Segredo"), "of another department");
    assert_eq!(beto.fetch(&format!("/conversations/{id}/insight")).status, 404);
}

#[test]
fn what_happened_in_conversations_out_of_reach_is_no_part_of_it() {
    let house = House::new();
    let (ana, adm) = (house.ana(), house.adm());
    let maria = house.contact("Maria");
    let old = house.writes(maria, "oi").conversation;
    let about = [("title", "Processo trabalhista"), ("to", "2"), ("conversation", &old.to_string())];
    assert_eq!(adm.post("/tickets", &about).status, 303);
    adm.post(&format!("/conversations/{old}/assignment"), &[]);
    assert_eq!(adm.post(&format!("/conversations/{old}/closing"), &[("disposition", "2")]).status, 303);
    house.passes(balcao::desk::closings::HELD);
    let support = house.support;
    let moved = house.app.change(move |conn| {
        Ok(conn.execute("UPDATE conversation SET department_id = ?, assignee_id = NULL WHERE id = ?", (support, old))?)
    });
    moved.expect("a conversation of Suporte");
    house.passes(2 * DAY);
    let id = house.writes(maria, "outra coisa").conversation;
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    let hers = insight(&ana, id);
    assert!(
        !hers.contains("Processo") && !hers.contains("Entrega › Atraso") && hers.contains("Nada em aberto"),
        "{hers}"
    );
    let all = insight(&adm, id);
    assert!(all.contains("Processo") && all.contains("Entrega › Atraso"), "{all}");
}

#[test]
fn open_promises_are_listed_and_gone_when_they_are_kept() {
    let house = House::new();
    let ana = house.ana();
    house
        .app
        .change(|conn| {
            balcao::administration::setup::acts::pause_reasons(conn, balcao::platform::text::Language::Portuguese)
        })
        .expect("reasons");
    let id = house.writes(house.contact("Maria"), "oi").conversation;
    ana.post(&format!("/conversations/{id}/assignment"), &[]);
    assert!(insight(&ana, id).contains("Nada em aberto"));
    let about = [("title", "Ligar <b>já</b>"), ("to", "1"), ("conversation", &id.to_string()), ("due", "2026-11-23")];
    assert_eq!(ana.post("/tickets", &about).status, 303);
    ana.post(&format!("/conversations/{id}/pause"), &[("reason", "1"), ("quick", "60"), ("message", "")]);
    let shown = insight(&ana, id);
    assert!(
        shown.contains("Ticket T-1: Ligar &lt;b&gt;já") && shown.contains("Pausa: volta 23/11/2026 13:00"),
        "{shown}"
    );
    house.passes(13 * HOUR);
    assert!(insight(&ana, id).contains("data-late>atrasado"));
    ana.post(&format!("/conversations/{id}/pause/end"), &[]);
    ana.post("/tickets/1/closing", &[]);
    assert!(insight(&ana, id).contains("Nada em aberto"));
}
