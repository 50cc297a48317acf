//! Phrases on the register of contacts.

super::phrases! {
    TITLE: "Clientes", "Contacts";
    SEARCH: "Nome, telefone, e-mail ou documento", "Name, phone, e-mail or document";
    FIND: "Buscar", "Search";
    EMPTY: "Ainda não há clientes. Eles aparecem aqui quando escrevem, ou quando alguém abre um protocolo.", "There are no contacts yet. They appear here when they write, or when somebody opens a conversation.";
    NOTHING: "Ninguém com “{query}”.", "Nobody with “{query}”.";
    SINCE: "Desde", "Since";
    LAST: "Última conversa", "Last conversation";
    MORE: "Mais antigos", "Older";
    AS_CSV: "Baixar CSV", "Download CSV";
    AS_XLSX: "Baixar XLSX", "Download XLSX";
    BACK: "Voltar aos clientes", "Back to the contacts";
    RECORD: "Ficha", "Record";
    CHANNELS: "Canais", "Channels";
    CONVERSATIONS: "Conversas", "Conversations";
    NO_CONVERSATIONS: "Nenhuma conversa.", "No conversations.";
    UNITED: "Esta ficha foi unida a outra.", "This record was united with another one.";
    RIGHTS: "Direitos do titular (LGPD) e do consumidor", "Rights of the person (LGPD) and of the consumer";
    HISTORY: "Histórico para o cliente", "History for the contact";
    HISTORY_HINT: "Tudo o que foi dito com o cliente, sem notas internas: o que o decreto 11.034/2022 manda entregar em até 5 dias corridos.", "Everything said with the contact, without internal notes: what decree 11.034/2022 asks to hand over within 5 calendar days.";
    HISTORY_TITLE: "Histórico de {name} com {company}", "History of {name} with {company}";
    DATA: "Dados da pessoa (JSON)", "The person's data (JSON)";
    DATA_HINT: "Ficha, alterações, canais e conversas, sem notas internas, em um arquivo.", "Record, changes, channels and conversations, without internal notes, in one file.";
    ANONYMISE: "Anonimizar", "Anonymise";
    ANONYMISE_HINT: "A ficha, os canais e as alterações são apagados e não voltam. Protocolos, datas, tabulações e o que a equipe escreveu ficam, sem dono. O que o cliente escrever depois abre outra ficha.", "The record, the channels and the changes are erased and do not come back. Conversations, dates, dispositions and what the team wrote stay, belonging to nobody. What the contact writes later opens another record.";
    ERASE_WORDS: "Apagar também o que o cliente escreveu e enviou", "Erase what the contact wrote and sent as well";
    CONFIRM: "Para confirmar, escreva o nome da ficha: {name}", "To confirm, write the record's name: {name}";
    NOT_CONFIRMED: "O nome não confere.", "The name is not the same.";
    ERASED: "[apagado a pedido do titular]", "[erased at the person's request]";
    ANONYMOUS: "Anônimo {id}", "Anonymous {id}";
    DONE: "Anonimizado.", "Anonymised.";
}
