//! Phrases on messages and system lines.

super::phrases! {
    LINE_OPENED: "Protocolo {number} aberto", "Conversation {number} opened";
    LINE_TAKEN: "{name} assumiu o atendimento", "{name} took the conversation";
    LINE_RELEASED: "Conversa devolvida à fila", "Returned to the queue";
    LINE_CLOSED: "Finalizado: {path}", "Closed: {path}";
    LINE_CLOSED_BY_CONTACT: "O cliente encerrou a conversa", "The contact ended the conversation";
    LINE_REOPENED: "Conversa reaberta", "Conversation reopened";
    LINE_OCCURRENCE: "{name} registrou a ocorrência {path}", "{name} recorded the occurrence {path}";
    LINE_TAGGED: "{by} pôs a tag {tag}", "{by} added the tag {tag}";
    LINE_UNTAGGED: "{by} tirou a tag {tag}", "{by} removed the tag {tag}";
    LINE_PAUSED: "Pausado: {reason}", "Paused: {reason}";
    LINE_RESUMED: "Pausa encerrada", "Pause ended";
    LINE_TRANSFERRED: "{by} transferiu para {to}", "{by} transferred to {to}";
    LINE_TRANSFER_RETURNED: "{name} não aceitou a tempo: a conversa voltou à fila de {department}", "{name} did not accept in time: back in the queue of {department}";
    LINE_HANDED_OUT: "Distribuída para {name}", "Handed to {name}";
    CONTACT_TRANSFERRED: "Sua conversa foi encaminhada para {department}", "Your conversation was passed on to {department}";
    LINE_OPENED_FROM: "Veio do protocolo {number}", "Came from conversation {number}";
    LINE_ORIGINATED: "Originou o protocolo {number}", "Led to conversation {number}";
    LINE_MERGED: "{name} uniu o protocolo {number} a este", "{name} merged conversation {number} into this one";
    LINE_SPLIT_OFF: "{name} separou mensagens no protocolo {number}", "{name} split messages off into conversation {number}";
    LINE_RATED: "O cliente avaliou: {score} de 5", "The contact's rating: {score} of 5";
    CONTACT_RATED: "Sua avaliação: {score} de 5", "Your rating: {score} of 5";
    CONTACT_OPENED: "Seu número de protocolo é {number}", "Your protocol number is {number}";
    CONTACT_TAKEN: "{name} entrou na conversa", "{name} joined the conversation";
    CONTACT_CLOSED: "Atendimento finalizado", "This conversation has been closed";
    CONTACT_REOPENED: "Conversa reaberta", "Conversation reopened";
    EMPTY: "Escreva uma mensagem.", "Write a message.";
    TOO_LONG: "A mensagem tem mais de 100.000 letras.", "The message has more than 100,000 letters.";
    OLDER: "Mensagens anteriores", "Earlier messages";
    NOTE: "Nota interna", "Internal note";
    CHAT: "Chat", "Chat";
    KIND: "Para quem é", "Who it is for";
    READ: "Lida", "Read";
    DELIVERED: "Entregue", "Delivered";
    SENT: "Enviada", "Sent";
    UNREAD_LINE: "Não lidas", "Unread";
    CHAT_HINT: "Escreva para o cliente…", "Write to the contact…";
    NOTE_HINT: "Nota interna: só a equipe vê…", "Internal note: only the team sees it…";
    TAKE_FIRST: "Assuma a conversa para responder ao cliente.", "Take the conversation to answer the contact.";
    EMOJI: "Emoji", "Emoji";
    ATTACH: "Anexar arquivo", "Attach a file";
    SEND: "Enviar", "Send";
    BACK: "Voltar à conversa", "Back to the conversation";
}
