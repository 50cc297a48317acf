//! The desk: conversations and all that a person does in one.

pub mod assignments; // "Assumir": who holds a conversation
pub mod attachments; // files of messages
pub mod auto_assignments; // a department hands its queue out by turns
pub mod bulk_closings; // closing many stale conversations
pub mod canned_replies; // prepared texts, picked by #
pub mod catalogue_imports; // tags, dispositions and canned replies as files, tried before they are taken
pub mod closings; // ending a conversation, undone within ten seconds
pub mod contact_merges; // records of one person made one, undone exactly for thirty days; hands conversations over
pub mod contact_panel; // the contact beside the conversation
pub mod conversation_merges; // two conversations made one, one made two, taken back exactly
pub mod conversations; // the case: states, who may see and answer, who hears of a change
pub mod dispositions; // the catalogue of reasons, as a tree
pub mod drafts; // what is typed and not sent, per person
pub mod events; // whose stream hears what, and where it goes on
pub mod greetings; // hours, the bot's welcome, place in the queue, contacts who fall silent
pub mod messages; // what was said, notes, system lines; the thread and the composer
pub mod notes; // an author changes a note, or takes it away, and leaves a trace
pub mod notifications; // what a person hears of even when away
pub mod occurrences; // what happened inside an open conversation
pub mod outbound; // conversations that the team opens, with a known contact or from scratch
pub mod pauses; // stepping away while the bot keeps the contact informed
pub mod placeholders; // {cliente} and its like in prepared texts
pub mod presences; // who is there; whoever comes is handed what waits
pub mod queues; // department × state: the left part of the console
pub mod ratings; // what a contact thinks, 1 to 5
pub mod reads; // how far each person has read
pub mod tags; // coloured labels on conversations
pub mod timeline_entries; // what happened with a contact, as rows kept by triggers
pub mod transfers; // to a department or a person, back after a time
