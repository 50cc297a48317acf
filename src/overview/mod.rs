//! Read models over everything: nothing below knows them.

pub mod console; // the screen: queue, contact, conversation
pub mod insights; // one contact's figures beside the department's; what similar conversations suggest
pub mod register; // the register of contacts: list, person, export, forgetting
pub mod reports; // occurrences, pauses, closings of a period
pub mod retention; // how long things are kept: previewed, then erased each night in batches
pub mod search; // words of messages, names and numbers of contacts; the palette
pub mod timelines; // everything that happened with one contact, kept by triggers
