//! Phrases on conversations and queues.

super::phrases! {
    STATE_BOT: "Com o bot", "With the bot";
    STATE_WAITING_AGENT: "Aguardando atendimento", "Waiting for an agent";
    STATE_WAITING_CONTACT: "Aguardando cliente", "Waiting for the contact";
    STATE_PAUSED: "Pausados", "Paused";
    STATE_CLOSED: "Finalizados", "Closed";
    ALREADY_CLOSED: "Esta conversa já foi finalizada por outra pessoa.", "This conversation has already been closed by someone else.";
    ALREADY_TAKEN: "Outra pessoa assumiu esta conversa antes.", "Someone else took this conversation first.";
}
