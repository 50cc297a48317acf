//! Phrases on conversations and queues.

super::phrases! {
    STATE_BOT: "Com o bot", "With the bot";
    STATE_WAITING_AGENT: "Aguardando atendimento", "Waiting for an agent";
    STATE_WAITING_CONTACT: "Aguardando cliente", "Waiting for the contact";
    STATE_PAUSED: "Pausados", "Paused";
    STATE_CLOSED: "Finalizados", "Closed";
    ALREADY_CLOSED: "Esta conversa já foi finalizada por outra pessoa.", "This conversation has already been closed by someone else.";
    ALREADY_TAKEN: "Outra pessoa assumiu esta conversa antes.", "Someone else took this conversation first.";
    TITLE: "Atendimentos", "Conversations";
    CONNECTION_LOST: "Sem conexão. Tentando de novo…", "Connection lost. Trying again…";
    PALETTE: "Ir para…", "Go to…";
    PALETTE_HINT: "Conversa, pessoa ou número do protocolo", "Conversation, person or protocol number";
    SHORTCUTS: "Atalhos do teclado", "Keyboard shortcuts";
    KEY_WALK: "próxima / anterior na fila", "next / previous in the queue";
    KEY_OPEN: "abrir a conversa", "open the conversation";
    KEY_REPLY: "responder", "reply";
    KEY_NOTE: "nota interna", "internal note";
    KEY_TAKE: "assumir", "take";
    KEY_PAUSE: "Pausar ou retomar", "Pause or resume";
    KEY_TAGS: "Pôr ou tirar tags", "Add or remove tags";
    KEY_OCCURRENCE: "Registrar ocorrência", "Record an occurrence";
    KEY_CLOSE: "finalizar", "close";
    KEY_SEARCH: "buscar", "search";
    KEY_ESCAPE: "sair do campo ou fechar a janela", "leave the field or shut the dialog";
    KEY_HELP: "esta lista", "this list";
    NOTHING_OPEN: "Escolha um atendimento na fila.", "Choose a conversation in the queue.";
    CONVERSATION: "Conversa", "Conversation";
    THREAD: "Mensagens", "Messages";
    NEW_BELOW: "Novas mensagens", "New messages";
    TYPING: "O cliente está digitando…", "The contact is typing…";
    CONTACT: "Contato", "Contact";
    CHANNEL: "Canal", "Channel";
    OPENED: "Aberto em", "Opened";
    PREVIOUS: "Anterior", "Previous";
    SEE_PREVIOUS: "ver a conversa anterior", "see the previous conversation";
    COPY_NUMBER: "Copiar o número do protocolo", "Copy the protocol number";
    WATCHING: "também aberta por {names}", "also open at {names}";
    TAKE: "Assumir", "Take";
    CLOSED_WITH: "Finalizado: {path}", "Closed: {path}";
    TAB_RECORD: "Dados", "Record";
}
