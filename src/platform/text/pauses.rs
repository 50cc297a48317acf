//! Phrases on pauses.

super::phrases! {
    PAUSE: "Pausar", "Pause";
    TITLE: "Pausar protocolo", "Pause the conversation";
    RESUME: "Retomar", "Resume";
    REASON: "Motivo", "Reason";
    REASON_NEEDED: "Escolha um motivo.", "Choose a reason.";
    RETURN: "A pausa terminou às {time}: {reason}", "The pause ended at {time}: {reason}";
    WARNING: "A pausa termina às {time}: {reason}", "The pause ends at {time}: {reason}";
    OVERDUE: "{name} não voltou da pausa: {reason}", "{name} has not come back from the pause: {reason}";
    RETURNS_AT: "Volto em", "Back in";
    QUICK_10: "10 min", "10 min";
    QUICK_15: "15 min", "15 min";
    QUICK_30: "30 min", "30 min";
    QUICK_60: "1 hora", "1 hour";
    QUICK_TOMORROW: "Amanhã às 9h", "Tomorrow at 9";
    QUICK_FREE: "Outro dia e hora", "Another day and time";
    FREE: "Dia e hora do retorno", "Day and time of return";
    BAD_RETURN: "Escolha um retorno no futuro, em até 30 dias.", "Choose a return in the future, within 30 days.";
    MESSAGE: "Mensagem para o cliente agora (Bot - IA)", "Message to the contact now (Bot - IA)";
    MESSAGE_HINT: "Em branco, nada é dito. {mark} vira a hora do retorno.", "Empty, nothing is said. {mark} becomes the time of return.";
    START: "Pausar", "Pause";
    NOT_ALLOWED: "Este departamento não permite pausas.", "This department does not allow pauses.";
    ALREADY: "Esta conversa já está pausada.", "This conversation is paused already.";
    NOT_PAUSED: "Esta conversa não está pausada.", "This conversation is not paused.";
    ENDED_BY_AGENT: "Retomada", "Resumed";
    ENDED_BY_CONTACT: "O cliente escreveu", "The contact wrote";
    ENDED_BY_OVERDUE: "Voltou à fila", "Back to the queue";
    ENDED_BY_CLOSING: "Finalização", "Closed";
    ENDED_BY_TRANSFER: "Transferência", "Transferred";

    SETTINGS: "Pausas", "Pauses";
    DEPARTMENTS_HINT: "Sem nenhum marcado, o motivo vale para todos.", "With none ticked the reason is for all of them.";
    SETTINGS_HINT: "Por que se pausa e o que o Bot - IA diz então. Pausas já abertas ficam como começaram.", "Why people pause and what Bot - IA says then. Pauses that are open stay as they began.";
    EMPTY: "Ainda não há motivos: sem eles ninguém pausa. Crie o primeiro abaixo.", "There are no reasons yet: without one nobody pauses. Create the first one below.";
    NEW: "Novo motivo", "New reason";
    NAME: "Nome", "Name";
    MINUTES: "Duração proposta (minutos)", "Proposed length (minutes)";
    BAD_MINUTES: "Escreva de 1 a 43.200 minutos.", "Write 1 to 43,200 minutes.";
    BEGIN: "Ao pausar, o bot diz", "When the pause begins, the bot says";
    REMINDER: "De tempos em tempos, o bot diz", "From time to time, the bot says";
    REMINDER_MINUTES: "A cada (minutos, 0 = nunca)", "Every (minutes, 0 = never)";
    REMINDER_MOST: "No máximo (vezes)", "At most (times)";
    BAD_REMINDER: "Escreva de 0 a 1.440 minutos.", "Write 0 to 1,440 minutes.";
    BAD_MOST: "Escreva de 0 a 20 vezes.", "Write 0 to 20 times.";
    REPLY: "Se o cliente escrever, o bot diz", "If the contact writes, the bot says";
    REPLY_MINUTES: "No máximo uma vez a cada (minutos)", "At most once in (minutes)";
    BAD_REPLY: "Escreva de 1 a 1.440 minutos.", "Write 1 to 1,440 minutes.";
    CONTACT_ENDS: "A mensagem do cliente encerra a pausa", "The contact's message ends the pause";
    VARIABLES: "Variáveis: {names}.", "Placeholders: {names}.";
    ARCHIVE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_HINT: "Deixa de ser oferecido. As pausas feitas com ele ficam nos relatórios.", "It is no longer offered. Pauses made with it stay in the reports.";
    BACK: "Voltar às pausas", "Back to the pauses";
    RULES: "Por departamento", "By department";
    ALLOWED: "Permite pausar", "Pausing is allowed";
    GRACE: "Tolerância depois do retorno (minutos)", "Grace after the return (minutes)";
    BAD_GRACE: "Escreva de 0 a 1.440 minutos.", "Write 0 to 1,440 minutes.";
    IF_OVERDUE: "Se ninguém voltar", "If nobody comes back";
    OVERDUE_STAYS: "Continua pausado e avisa os Agentes N2", "It stays paused and senior agents are told";
    OVERDUE_QUEUE: "Volta à fila do departamento", "It goes back to the department's queue";

    ABSENCE: "Vou me ausentar", "I am stepping away";
    ABSENCE_HINT: "Fica ausente e pausa todas as suas conversas abertas de uma vez.", "Sets you away and pauses all of your open conversations at once.";
    ABSENCE_END: "Voltei: retomar todas", "I am back: resume them all";
    ABSENCE_START: "Ausentar-me e pausar", "Step away and pause";

    // Placeholders have a Portuguese and an English name; a phrase carries the same marks in both languages.
    SEED_CARRIER: "Aguardando a transportadora", "Waiting for the carrier";
    SEED_CHECK: "Verificando internamente", "Checking internally";
    SEED_BREAK: "Intervalo", "Break";
    SEED_MESSAGE: "{primeiro_nome}, vou verificar o seu caso e volto até {retorno}. Pode deixar esta conversa aberta.", "{primeiro_nome}, I am checking on this and will be back by {retorno}. You can leave this chat open.";
    SEED_REMINDER: "Continuamos cuidando do seu atendimento. Retorno previsto: {retorno}.", "We are still working on this. Expected back: {retorno}.";
    SEED_REPLY: "Recebemos a sua mensagem e ela já está com a equipe. Voltamos até {retorno}.", "We have your message and the team can see it. We will be back by {retorno}.";
}
