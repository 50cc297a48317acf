//! Phrases on insight.

super::phrases! {
    TITLE: "Insight", "Insight";
    NOW: "Esta conversa", "This conversation";
    WAITING_AGENT: "O cliente espera há {time}.", "The contact has been waiting for {time}.";
    WAITING_CONTACT: "Esperamos o cliente há {time}.", "We have been waiting for the contact for {time}.";
    OPEN_FOR: "Aberta há {time}.", "Open for {time}.";
    CLOSED: "Finalizada.", "Closed.";
    PAUSED: "Pausada.", "Paused.";
    REPLIES: "Respostas prontas que combinam", "Canned replies that fit";
    REPLIES_WHY: "porque fala de: {words}", "because it speaks of: {words}";
    USE: "Usar", "Use";
    REASONS: "Tabulações sugeridas", "Suggested dispositions";
    TAGS: "Tags sugeridas", "Suggested tags";
    WHY: "em {n} de {of} conversas parecidas", "in {n} of {of} similar conversations";
    CHOOSE: "Finalizar com esta", "Close with this one";
    ADD: "Pôr", "Add";
    GUESS: "Sugestões vêm de conversas parecidas do departamento; confira antes de usar.", "Suggestions come from similar conversations of the department; check before you use them.";
    NO_GUESS: "Ainda não há conversas parecidas o bastante para sugerir algo.", "There are not enough similar conversations yet to suggest anything.";
    COMPARED: "Este cliente e o departamento", "This contact and the department";
    COMPARED_HINT: "Departamento: os últimos 90 dias, até {at}.", "Department: the last 90 days, up to {at}.";
    NO_AVERAGE: "As médias do departamento saem a cada hora; ainda não há nenhuma.", "The department's averages are made every hour; there are none yet.";
    FIGURE: "Medida", "Figure";
    CONTACT: "Cliente", "Contact";
    DEPARTMENT: "Departamento", "Department";
    FIRST_ANSWER: "Primeira resposta (min)", "First answer (min)";
    HANDLING: "Atendimento (min)", "Handling (min)";
    PER_MONTH: "Conversas por mês", "Conversations per month";
    REOPENED: "Reabertas (%)", "Reopened (%)";
    RATING: "Avaliação (1 a 5)", "Rating (1 to 5)";
    TREND: "Sentimento, da mais antiga à mais nova", "Sentiment, from the oldest to the newest";
    TREND_SUMMARY: "Negativas: {negative}; neutras: {neutral}; positivas: {positive}", "Negative: {negative}; neutral: {neutral}; positive: {positive}";
    NO_TREND: "Nada foi tabulado para este cliente ainda.", "Nothing was recorded for this contact yet.";
    FREQUENT: "Motivos mais frequentes", "Most frequent reasons";
    HOURS: "Quando costuma escrever", "When they tend to write";
    HOURS_LINE: "Entre {from}h e {to}h: {n} das últimas {of} mensagens.", "Between {from}:00 and {to}:00: {n} of the last {of} messages.";
    NO_HOURS: "São poucas mensagens para dizer um horário.", "There are too few messages to tell an hour.";
    PROMISES: "O que ficou combinado", "What was promised";
    NO_PROMISES: "Nada em aberto.", "Nothing is open.";
    PAUSE_UNTIL: "Pausa: volta {at}", "Pause: back {at}";
    TICKET_OPEN: "Ticket {number}: {title}", "Ticket {number}: {title}";
    DUE: "até {day}", "by {day}";
    TABLE: "Como tabela", "As a table";
    WHEN: "Quando", "When";
    SENTIMENT: "Sentimento", "Sentiment";
    COUNT: "Vezes", "Times";
}
