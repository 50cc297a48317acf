//! Phrases on changed notes.

super::phrases! {
    EDIT: "Editar nota", "Edit note";
    SAVE: "Gravar", "Save";
    DELETE: "Apagar nota", "Delete note";
    DELETE_HINT: "A nota some da conversa; fica o registro de que existiu, com o texto para o autor e a liderança.", "The note leaves the conversation; the record that it existed stays, with its text for the author and leads.";
    LIMIT: "Uma nota muda até 10 minutos depois de escrita.", "A note can be changed for 10 minutes after it was written.";
    TOO_LATE: "Passaram 10 minutos: esta nota não muda mais. Escreva outra.", "Ten minutes have passed: this note can no longer be changed. Write another one.";
    NOT_A_NOTE: "Só notas mudam. O que foi enviado ao cliente fica como foi.", "Only notes can be changed. What was sent to the contact stays as it was.";
    GONE: "Esta nota já foi apagada.", "This note is deleted already.";
    EDITED: "editada {time}", "edited {time}";
    DELETED: "Nota apagada por {name} às {time}", "Note deleted by {name} at {time}";
    REVISIONS: "Versões desta nota", "Versions of this note";
    BEFORE: "Até {at}", "Until {at}";
    NOW: "Agora", "Now";
}
