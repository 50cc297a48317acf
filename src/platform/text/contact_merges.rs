//! Phrases on linking and merging records of contacts.

super::phrases! {
    TITLE: "Vincular a outra ficha", "Link to another record";
    HINT: "Para quando o cliente escreve por outro número ou e-mail. A ficha escolhida fica; os canais e as conversas desta vão para ela. Dá para desfazer por 30 dias.", "For when a contact writes from another number or address. The record you choose stays; this one's channels and conversations go to it. It can be undone for 30 days.";
    SEARCH: "Nome, telefone, e-mail ou documento", "Name, phone, e-mail or document";
    FIND: "Buscar", "Search";
    NOBODY: "Ninguém com isso.", "Nobody with that.";
    PROBABLE: "Talvez a mesma pessoa", "Maybe the same person";
    SAME_PHONE: "mesmo telefone", "same phone";
    SAME_EMAIL: "mesmo e-mail", "same e-mail";
    SAME_DOCUMENT: "mesmo documento", "same document";
    SAME_NAME: "nome parecido", "similar name";
    FOUND: "Encontrados", "Found";
    PREVIEW: "Conferir a união", "Check the merge";
    KEPT: "Ficha que fica", "Record that stays";
    OTHER: "Esta ficha", "This record";
    FIELD: "Campo", "Field";
    SCOPE: "O que vai", "What goes";
    WHOLE: "A ficha inteira", "The whole record";
    IDENTITY: "Só o canal desta conversa", "Only this conversation's channel";
    UNITE: "Unir", "Merge";
    BACK: "Escolher outra", "Choose another";
    SWAP: "Trocar: fica esta", "Swap: this one stays";
    UNITE_RECORD: "Unir com outra ficha", "Merge with another record";
    SAME: "É a mesma ficha.", "It is the same record.";
    GONE: "Essa ficha já foi unida a outra. Busque de novo.", "This record has been merged into another one already. Search again.";
    UNDO: "Desfazer união com {name}", "Undo the merge with {name}";
    UNDO_UNTIL: "Até {day}.", "Until {day}.";
    TOO_LATE: "Passaram 30 dias: esta união não se desfaz mais.", "Thirty days have passed: this merge can no longer be undone.";
    LATER_FIRST: "Há uma união mais nova com esta ficha. Desfaça primeiro a mais nova.", "There is a newer merge with this record. Undo the newer one first.";
    UNDONE_ALREADY: "Esta união já foi desfeita.", "This merge has been undone already.";
}
