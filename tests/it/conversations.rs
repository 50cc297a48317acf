//! Conversations: opening, reopening, who sees them.

use balcao::conversations::{self, State};

use crate::support::House;

#[test]
fn the_first_message_opens_a_conversation_and_the_second_joins_it() {
    let house = House::new();
    let maria = house.contact("Maria");
    let first = house.writes(maria, "Bom dia");
    let second = house.writes(maria, "Meu pedido não chegou");
    assert_eq!(first.conversation, second.conversation);
    let conversation = house.app.read(|conn| conversations::sql::find(conn, first.conversation)).expect("it");
    assert_eq!(conversation.number, 20_261_123_000_001);
    assert_eq!((conversation.state, conversation.inbound), (State::WaitingAgent, 2));
}
