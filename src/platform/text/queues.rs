//! Phrases on the queue.

super::phrases! {
    QUEUE: "Atendimentos", "Conversations";
    MINE: "Meus", "Mine";
    MORE: "Mostrar mais", "Show more";
    EMPTY: "Nenhum atendimento aberto aqui. Novas mensagens aparecem sozinhas.", "Nothing is open here. New messages appear by themselves.";
    ANSWERED: "Cliente respondeu", "Contact answered";
    BACK_IN: "volta: {time}", "back: {time}";
    BACK_LATE: "atrasada: {time}", "late: {time}";
    BY_TAG: "Filtrar por tag", "Filter by tag";
    WITH_TAG: "Só com", "Only with";
    ALL_TAGS: "Ver todas", "Show all";
    EMPTY_TAG: "Nenhuma conversa aberta com esta tag.", "No open conversation carries this tag.";
    UNREAD: "{n} não lidas", "{n} unread";
    TEAM_SAID: "Equipe:", "Team:";
    TRANSFERRED: "Transferida, ainda não aceita", "Transferred, not accepted yet";
    NOW: "agora", "now";
    MINUTES: "{n} min", "{n} min";
    HOURS: "{n} h", "{n} h";
    DAYS: "{n} d", "{n} d";
    CHANNEL_WEB_CHAT: "Chat do site", "Web chat";
    CHANNEL_EMAIL: "E-mail", "E-mail";
    CHANNEL_WHATSAPP: "WhatsApp", "WhatsApp";
    CHANNEL_TELEGRAM: "Telegram", "Telegram";
    CHANNEL_API: "API", "API";
    CHANNEL_DESK: "Sem canal", "No channel";
}
