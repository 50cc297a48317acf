//! Phrases on outbound conversations.

super::phrases! {
    NEW: "Novo protocolo", "New conversation";
    TITLE: "Novo protocolo com {name}", "New conversation with {name}";
    FROM_SCRATCH: "Iniciar conversa", "Start a conversation";
    CHANNEL: "Canal", "Channel";
    NO_CHANNEL_YET: "Sem canal: só notas internas, até a pessoa ter um", "No channel: internal notes only, until there is one";
    NO_CHANNEL: "Este contato ainda não tem canal: escreva uma nota interna.", "This contact has no channel yet: write an internal note.";
    FIRST: "Primeira mensagem (opcional)", "First message (optional)";
    FIRST_HINT: "Quem já saiu do chat lê a mensagem quando voltar.", "Who has left the chat reads it on coming back.";
    OPEN: "Abrir protocolo", "Open the conversation";
    NO_FIRST: "Sem canal não há a quem mandar: apague a mensagem ou escolha um canal.", "Without a channel nobody receives it: delete the message or choose a channel.";
    BAD_CHANNEL: "Escolha um canal deste contato.", "Choose a channel of this contact.";
    FIND: "Buscar por nome, telefone ou e-mail", "Search by name, number or e-mail";
    NOBODY: "Ninguém encontrado. Cadastre a pessoa abaixo.", "Nobody found. Add the person below.";
    NEW_CONTACT: "Pessoa nova", "Somebody new";
    NAMELESS: "Escreva um nome, um telefone ou um e-mail.", "Write a name, a number or an e-mail address.";
    KNOWN: "Já existe um contato com este telefone ou e-mail: busque por ele.", "There is a contact with this number or address already: search for it.";
    CAME_FROM: "Veio de", "Came from";
    LED_TO: "Originou", "Led to";
}
