//! What a department sets for its conversations, as the queue shows it.

use balcao::platform::time::MINUTE;

use crate::support::{House, text};

#[test]
fn after_the_first_answer_the_goal_for_the_handling_colours_the_card() {
    let house = House::new();
    let sofia = house.sofia();
    let flow = [("assignment", "manual"), ("cap", "5"), ("transfer_limit", "10"), ("handling_goal", "1")];
    assert_eq!(house.adm().post(&format!("/settings/departments/{}/flow", house.sales), &flow).status, 303);
    let id = house.writes(house.contact("Maria"), "Oi").conversation;
    let heat = || {
        let cards = text(&sofia.get(&format!("/queue/cards?scope={}&ids={id}", house.sales))).replace('\\', "");
        cards.split("data-heat=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a heat").to_owned()
    };
    house.clock.advance(4 * MINUTE);
    assert_eq!(heat(), "amber", "the goal for the first answer is near");
    sofia.post(&format!("/conversations/{id}/messages"), &[("kind", "chat"), ("body", "Olá!")]);
    assert_eq!(heat(), "calm");
    house.clock.advance(27 * MINUTE);
    assert_eq!(heat(), "amber", "more than half of the hour has passed since the opening");
    house.clock.advance(30 * MINUTE);
    assert_eq!(heat(), "red");
}
