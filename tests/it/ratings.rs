//! Ratings: asked for when a conversation closes, given once by the visitor.

use balcao::desk::closings::HELD;
use serde_json::json;

use crate::support::{House, text};
use crate::web_chat::json_of;

#[test]
fn a_visitor_rates_once_and_the_team_reads_it() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    assert_eq!(maria.post("rating", &json!({"score": 5})).status, 409, "not asked yet");
    ana.post("/conversations/1/closing", &[("disposition", "2"), ("asks_rating", "1")]);
    assert_eq!(maria.history()["conversation"]["state"], "answered", "held");
    assert_eq!(maria.post("rating", &json!({"score": 5})).status, 409, "not told yet");
    house.passes(HELD);
    assert_eq!(maria.history()["conversation"]["rating"], 0);
    for (score, comment) in [(0, String::new()), (6, String::new()), (5, "a".repeat(2001))] {
        assert_eq!(maria.post("rating", &json!({"score": score, "comment": comment})).status, 422);
    }
    let given = maria.post("rating", &json!({"score": 4, "comment": "<i>rápida</i> 👏"}));
    assert_eq!(json_of(&given)["rated"], 4);
    assert_eq!(maria.post("rating", &json!({"score": 1})).status, 409, "once");
    assert_eq!(maria.history()["conversation"]["rating"], 4);
    let page = text(&ana.get("/conversations/1"));
    assert!(page.contains("Avaliação: 4 de 5") && page.contains("O cliente avaliou: 4 de 5"), "{page}");
    assert!(page.contains("&lt;i&gt;rápida&lt;/i&gt; 👏") && !page.contains("<i>rápida"));
}

#[test]
fn who_ends_the_chat_is_asked_where_the_department_asks() {
    let house = House::new();
    let flow = [("assignment", "manual"), ("cap", "5"), ("transfer_limit", "10"), ("asks_rating", "1")];
    house.adm().post(&format!("/settings/departments/{}/flow", house.sales), &flow);
    let maria = house.visitor("Maria");
    maria.writes("k1", "Oi");
    assert_eq!(maria.post("end", &json!({})).status, 200);
    assert_eq!(maria.history()["conversation"]["rating"], 0);
}

#[test]
fn a_visitor_who_ends_what_the_team_has_just_closed_sees_it_ended() {
    let house = House::new();
    let (maria, ana) = (house.visitor("Maria"), house.ana());
    maria.writes("k1", "Bom dia");
    ana.takes(1);
    ana.post("/conversations/1/closing", &[("disposition", "2"), ("farewell", "Até logo!")]);
    assert_eq!(maria.post("end", &json!({})).status, 200);
    assert_eq!(maria.history()["conversation"]["state"], "closed");
    house.passes(HELD);
    assert_eq!(maria.reads().iter().filter(|(_, body)| body == "Até logo!").count(), 1);
    assert_eq!(ana.post("/conversations/1/closing/undoing", &[]).status, 409);
}
