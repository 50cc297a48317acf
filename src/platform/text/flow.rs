//! Phrases on how conversations move through a department.

super::phrases! {
    TITLE: "Distribuição e encerramento", "Assignment and closing";
    DISTRIBUTION: "Distribuição", "Assignment";
    MANUAL: "Manual: os agentes assumem da fila", "Manual: agents take from the queue";
    AUTOMATIC: "Automática: em rodízio entre quem está online", "Automatic: by turns among those online";
    DISTRIBUTION_HINT: "Na automática, quem espera há mais tempo vai primeiro, e cada agente vê só o que recebeu.", "When automatic, who has waited longest goes first, and each agent sees only what was handed to them.";
    CAP: "Conversas abertas por pessoa, no máximo", "Open conversations per person, at most";
    BAD_CAP: "Escreva um número de 1 a 1000.", "Write a number from 1 to 1000.";
    TRANSFER_LIMIT: "Minutos para aceitar uma transferência", "Minutes to accept a transfer";
    TRANSFER_LIMIT_HINT: "Depois disso a conversa volta à fila do departamento.", "After that the conversation goes back to the department's queue.";
    BAD_LIMIT: "Escreva minutos, de 1 a 10080.", "Write minutes, from 1 to 10080.";
    FAREWELL: "Despedida sugerida ao finalizar", "Farewell that is offered when closing";
    FAREWELL_HINT: "Variáveis: {list}", "Placeholders: {list}";
    ASKS_RATING: "Pedir avaliação (1 a 5) ao finalizar", "Ask for a rating (1 to 5) when closing";
    HANDLING_GOAL: "Meta para resolver (horas)", "Goal for handling (hours)";
    HANDLING_GOAL_HINT: "Vazio: sem meta. O tempo desde a abertura aparece na conversa, âmbar depois da metade e vermelho depois da meta.", "Empty: no goal. The time since the opening shows in the conversation, amber past half of it, red past the goal.";
    REOPEN_WINDOW: "Horas em que o cliente reabre a conversa finalizada", "Hours in which the contact reopens a closed conversation";
    REOPEN_WINDOW_HINT: "Vazio: o prazo do canal. 0: cada novo contato abre outro protocolo.", "Empty: the channel's time. 0: each new contact opens another conversation.";
    BAD_HOURS: "Escreva horas inteiras, até 720, ou deixe vazio.", "Write whole hours, up to 720, or leave it empty.";
    HANDLING: "{time} desde a abertura, meta {goal} h", "{time} since the opening, goal {goal} h";
    BACK: "Voltar ao departamento", "Back to the department";
}
