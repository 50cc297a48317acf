//! Phrases on closing many conversations at once.

super::phrases! {
    TITLE: "Finalizar paradas", "Close stale ones";
    HINT: "Finaliza de uma vez as conversas de um departamento sem mensagem há alguns dias. Cada uma fica com a sua própria finalização.", "Closes the conversations of a department without a message for some days in one go. Each gets its own closing.";
    DEPARTMENT: "Departamento", "Department";
    STATE: "Situação", "State";
    DAYS: "Sem mensagem há pelo menos (dias)", "Without a message for at least (days)";
    BAD_DAYS: "Escreva dias, de 0 a 3650.", "Write days, from 0 to 3650.";
    LOOK: "Ver quais são", "See which";
    NONE: "Nenhuma conversa assim.", "No conversation like that.";
    FOUND: "{n} conversas serão finalizadas; as que esperam há mais tempo:", "{n} conversations will be closed; those that wait longest:";
    FOUND_ONE: "1 conversa será finalizada:", "1 conversation will be closed:";
    START: "Finalizar {n}", "Close {n}";
    REMARK: "Observação (só para a equipe)", "Remark (for the team only)";
    FAREWELL: "Despedida para cada cliente (opcional, com variáveis)", "Farewell to each contact (optional, with placeholders)";
    PROGRESS: "{closed} de {total} finalizadas", "{closed} of {total} closed";
    RUNNING: "Em andamento", "Running";
    FINISHED: "Concluído", "Finished";
    STOPPED: "Parado", "Stopped";
    STOP: "Parar", "Stop";
    NOT_RUNNING: "Já terminou.", "It has ended already.";
    BY: "por {name} em {at}", "by {name} on {at}";
    BEFORE: "Anteriores", "Earlier ones";
    BACK: "Outra busca", "Another search";
}
