//! Phrases that fill placeholders.

super::phrases! {
    UNKNOWN: "Há uma variável que não existe.", "There is a placeholder that does not exist.";
    MORNING: "Bom dia", "Good morning";
    AFTERNOON: "Boa tarde", "Good afternoon";
    EVENING: "Boa noite", "Good evening";
    CONTACT: "nome do cliente", "the contact's name";
    FIRST_NAME: "primeiro nome do cliente", "the contact's first name";
    AGENT: "seu nome", "your name";
    NUMBER: "número do protocolo", "the protocol number";
    GREETING: "bom dia, boa tarde ou boa noite", "good morning, afternoon or evening";
    DEPARTMENT: "nome do departamento", "the department's name";
    COMPANY: "nome da empresa", "the company's name";
    POSITION: "lugar na fila", "the place in the queue";
    RETURNS_AT: "hora do retorno", "the time of return";
    REASON: "motivo da pausa", "the reason of the pause";
    OPENS_AT: "quando o atendimento abre", "when the desk opens";
}
