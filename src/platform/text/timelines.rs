//! Phrases on timelines.

super::phrases! {
    TITLE: "Timeline", "Timeline";
    CONVERSATIONS: "Conversas", "Conversations";
    OCCURRENCES: "Ocorrências", "Occurrences";
    TRANSFERS: "Transferências", "Transfers";
    PAUSES: "Pausas", "Pauses";
    TICKETS: "Tickets", "Tickets";
    NOTES: "Notas internas", "Internal notes";
    MERGES: "Uniões e divisões", "Merges and splits";
    KIND: "Mostrar", "Show";
    EVERYTHING: "Tudo", "Everything";
    FROM: "De", "From";
    TO: "Até", "To";
    BAD_DAY: "Escolha um dia.", "Choose a day.";
    FILTER: "Filtrar", "Filter";
    OLDER: "Mais antigas", "Older";
    NONE: "Nada aconteceu ainda.", "Nothing has happened yet.";
    NONE_HERE: "Nada com este filtro.", "Nothing with this filter.";
    FIRST_CONTACT: "Primeiro contato", "First contact";
    HANDLING: "Atendimento médio", "Average handling";
    RATING: "Nota média", "Average rating";
    RATING_OF: "{score} de 5 ({n})", "{score} of 5 ({n})";
    OPENED: "Conversa aberta", "Conversation opened";
    CLOSED: "Conversa finalizada", "Conversation closed";
    OCCURRENCE: "Ocorrência", "Occurrence";
    CORRECTED: "corrigida", "corrected";
    TRANSFER: "Transferência", "Transfer";
    PAUSE: "Pausa", "Pause";
    NOTE: "Nota interna", "Internal note";
    NOTE_GONE: "Nota apagada", "Note taken away";
    TICKET: "Ticket {number} aberto", "Ticket {number} opened";
    TICKET_CLOSED: "Ticket {number} concluído", "Ticket {number} closed";
    MERGED: "Unida com {number}", "Merged with {number}";
    SPLIT: "Dividida: {number}", "Split: {number}";
    UNITED: "Ficha unida com {name}", "Record merged with {name}";
    PARTED: "União com {name} desfeita", "Merge with {name} undone";
    CHANNEL_UNITED: "Canal passado entre esta ficha e {name}", "Channel handed between this record and {name}";
    CHANNEL_PARTED: "Passagem do canal com {name} desfeita", "Handing of the channel with {name} undone";
    UNTIL: "até {at}", "until {at}";
    TO_WHOM: "para {name}", "to {name}";
    OUT_OF_REACH: "Conversa de outra equipe ou pessoa", "Conversation of another team or person";
}
