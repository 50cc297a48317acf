//! Phrases on transfers.

super::phrases! {
    TRANSFER: "Transferir", "Transfer";
    TITLE: "Transferir conversa", "Transfer the conversation";
    TO: "Para onde", "Where to";
    SEARCH: "Buscar departamento ou pessoa", "Search for a department or a person";
    QUEUE_OF: "Fila de {department}", "Queue of {department}";
    PRESENT: "{n} online", "{n} online";
    NOBODY_PRESENT: "Ninguém online agora: a conversa espera na fila.", "Nobody is online now: the conversation waits in the queue.";
    LOAD: "abertas: {n}", "open: {n}";
    NOT_PRESENT: "Não está online: se não aceitar em {minutes} min, a conversa volta à fila.", "Not online: if not accepted within {minutes} min, the conversation goes back to the queue.";
    LOSES_SIGHT: "Depois de transferir para outro departamento, você pode deixar de ver esta conversa.", "After a transfer to another department you may no longer see this conversation.";
    NOTE: "Nota para quem recebe (só a equipe vê)", "Note to who receives it (only the team sees it)";
    CHOOSE: "Escolha um departamento ou uma pessoa.", "Choose a department or a person.";
    SAME_PLACE: "A conversa já está aí.", "The conversation is there already.";
    GONE: "Esta pessoa ou este departamento não pode mais receber.", "This person or department can no longer receive it.";
    ALREADY_MOVED: "Outra pessoa já transferiu ou assumiu esta conversa.", "Someone else has already transferred or taken this conversation.";
    RETURNED_TO_SENDER: "{name} não aceitou a tempo; a conversa voltou à fila de {department}.", "{name} did not accept in time; the conversation went back to the queue of {department}.";
    KEY: "transferir", "transfer";
}
