//! Phrases on how a department receives.

super::phrases! {
    TITLE: "Horários e textos do bot", "Hours and bot texts";
    HOURS: "Horário de atendimento", "Opening hours";
    HOURS_HINT: "Por dia, como 08:00-12:00 13:30-18:00. Em branco, fechado; a semana toda em branco, sempre aberto.", "By day, such as 08:00-12:00 13:30-18:00. Empty for closed; a whole week empty for always open.";
    BAD_HOURS: "Escreva como 08:00-12:00 13:30-18:00.", "Write it as 08:00-12:00 13:30-18:00.";
    MONDAY: "Segunda", "Monday";
    TUESDAY: "Terça", "Tuesday";
    WEDNESDAY: "Quarta", "Wednesday";
    THURSDAY: "Quinta", "Thursday";
    FRIDAY: "Sexta", "Friday";
    SATURDAY: "Sábado", "Saturday";
    SUNDAY: "Domingo", "Sunday";
    WELCOME: "Boas-vindas, quando a conversa abre", "Welcome, when the conversation opens";
    CLOSED: "Fora do horário, em vez das boas-vindas", "Outside the hours, in place of the welcome";
    WAITING: "Se ninguém respondeu ainda", "If nobody has answered yet";
    WAITING_MINUTES: "Depois de (minutos, 0 = nunca)", "After (minutes, 0 = never)";
    IDLE_WARNING: "Se o cliente sumiu, o bot pergunta", "If the contact is gone, the bot asks";
    IDLE_WARNING_MINUTES: "Depois de (minutos sem resposta do cliente, 0 = nunca)", "After (minutes without the contact's answer, 0 = never)";
    IDLE_CLOSE_MINUTES: "E finaliza depois de (minutos, 0 = nunca)", "And closes after (minutes, 0 = never)";
    BAD_WAITING: "Escreva de 0 a 1.440 minutos.", "Write 0 to 1,440 minutes.";
    BAD_IDLE: "Escreva de 0 a 43.200 minutos.", "Write 0 to 43,200 minutes.";
    CLOSE_AFTER_WARNING: "Finalize depois da pergunta, não antes.", "Close after the question, not before it.";
    VARIABLES: "Variáveis: {names}.", "Placeholders: {names}.";
    BACK: "Voltar ao departamento", "Back to the department";
}
