//! Phrases on messages and system lines.

super::phrases! {
    LINE_OPENED: "Protocolo {number} aberto", "Conversation {number} opened";
    LINE_TAKEN: "{name} assumiu o atendimento", "{name} took the conversation";
    LINE_RELEASED: "Conversa devolvida à fila", "Returned to the queue";
    LINE_CLOSED: "Finalizado: {path}", "Closed: {path}";
    LINE_CLOSED_BY_CONTACT: "O cliente encerrou a conversa", "The contact ended the conversation";
    LINE_REOPENED: "Conversa reaberta", "Conversation reopened";
    LINE_PAUSED: "Pausado: {reason}", "Paused: {reason}";
    LINE_RESUMED: "Pausa encerrada", "Pause ended";
    CONTACT_OPENED: "Seu número de protocolo é {number}", "Your protocol number is {number}";
    CONTACT_TAKEN: "{name} entrou na conversa", "{name} joined the conversation";
    CONTACT_CLOSED: "Atendimento finalizado", "This conversation has been closed";
    CONTACT_REOPENED: "Conversa reaberta", "Conversation reopened";
    EMPTY: "Escreva uma mensagem.", "Write a message.";
    TOO_LONG: "A mensagem tem mais de 100.000 letras.", "The message has more than 100,000 letters.";
}
