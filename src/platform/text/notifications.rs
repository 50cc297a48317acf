//! Phrases on notifications.

super::phrases! {
    TITLE: "Avisos", "Notifications";
    EMPTY: "Nada de novo. Menções, transferências e retornos combinados aparecem aqui.", "Nothing new. Mentions, transfers and returns that are due appear here.";
    MARK_SEEN: "Marcar tudo como visto", "Mark all as seen";
    MENTION: "Você foi mencionado", "You were mentioned";
    TRANSFER: "Uma conversa foi transferida para você", "A conversation was transferred to you";
    ASSIGNED: "Uma conversa é sua agora", "A conversation is yours now";
    PAUSE_DUE: "Uma pausa terminou", "A pause has ended";
    CALL_DUE: "Está na hora de uma ligação", "A call is due";
    TICKET: "Um ticket é seu agora", "A ticket is yours now";
    TICKET_DUE: "Um ticket venceu", "A ticket is overdue";
    SUBJECT: "{kind} · protocolo {number}", "{kind} · protocol {number}";
    BODY: "Olá, {name}!\n\n{kind}:\n{line}\n\n{link}\n", "Hello {name},\n\n{kind}:\n{line}\n\n{link}\n";
}
