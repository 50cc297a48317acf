//! Phrases on tags.

super::phrases! {
    TAGS: "Tags", "Tags";
    TITLE: "Tags", "Tags";
    DIALOG: "Tags da conversa", "Tags of the conversation";
    SEARCH: "Buscar tag (Enter põe ou tira a primeira)", "Search tags (Enter toggles the first)";
    NONE: "Ainda não há tags para este departamento. Quem é Agente N3 cria nas configurações.", "There are no tags for this department yet. A lead creates them in the settings.";
    HINT: "Etiquetas coloridas para as conversas. Sem departamento, a tag vale para todos.", "Coloured labels for conversations. Without a department a tag is for all of them.";
    EMPTY: "Ainda não há tags. Crie a primeira abaixo.", "There are no tags yet. Create the first one below.";
    NEW: "Nova tag", "New tag";
    NAME: "Nome", "Name";
    COLOUR: "Cor", "Colour";
    DEPARTMENTS: "Departamentos", "Departments";
    ALL_DEPARTMENTS: "Todos", "All";
    BAD_NAME: "Escreva um nome de até 60 letras.", "Write a name of up to 60 letters.";
    ARCHIVE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_HINT: "A tag deixa de ser oferecida. Conversas que a têm continuam com ela.", "The tag is no longer offered. Conversations that carry it keep it.";
    BACK: "Voltar às tags", "Back to the tags";
    GONE: "Esta tag não é oferecida aqui.", "This tag is not offered here.";
    GREY: "Cinza", "Grey";
    RED: "Vermelho", "Red";
    AMBER: "Âmbar", "Amber";
    GREEN: "Verde", "Green";
    BLUE: "Azul", "Blue";
    PURPLE: "Roxo", "Purple";
    PINK: "Rosa", "Pink";
}
