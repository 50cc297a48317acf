//! Phrases on internal tickets.

super::phrases! {
    TITLE: "Tickets", "Tickets";
    NEW: "Novo ticket", "New ticket";
    KEY: "Novo ticket interno", "New internal ticket";
    KEY_PAGE: "Ir aos tickets", "Go to the tickets";
    INTERNAL: "Trabalho da equipe: o cliente nunca vê.", "Work of the team: the contact never sees it.";
    BOARD: "Quadro", "Board";
    LIST: "Lista", "List";
    PHASES: "Fases", "Phases";
    PHASES_OF: "Fases de {department}", "Phases of {department}";

    NAME: "Título", "Title";
    BODY: "Descrição", "Description";
    TO: "Departamento e responsável", "Department and assignee";
    NO_ONE_YET: "{department}: sem responsável", "{department}: nobody yet";
    PRIORITY: "Prioridade", "Priority";
    DUE: "Prazo", "Due";
    BAD_DAY: "Escreva um dia como 2026-12-31.", "Write a day such as 2026-12-31.";
    CREATE: "Criar ticket", "Create ticket";
    URGENT: "Urgente", "Urgent";
    HIGH: "Alta", "High";
    NORMAL: "Normal", "Normal";
    LOW: "Baixa", "Low";

    TO_DO: "A fazer", "To do";
    DOING: "Em andamento", "Doing";
    DONE: "Concluído", "Done";

    ANYBODY: "De todos", "Everybody's";
    MINE: "Meus", "Mine";
    NOBODYS: "Sem responsável", "Nobody's";
    WHOSE: "Responsável", "Assignee";
    ANY_PRIORITY: "Toda prioridade", "Any priority";
    OVERDUE_ONLY: "Só vencidos", "Overdue only";
    STANDING: "Situação", "Standing";
    OPEN: "Abertos", "Open";
    CLOSED: "Concluídos", "Closed";
    BOTH: "Abertos e concluídos", "Open and closed";
    SEARCH: "Buscar em título e texto", "Search title and text";
    FILTER: "Filtrar", "Filter";
    CLEAR: "Limpar filtros", "Clear filters";
    DEPARTMENT: "Departamento", "Department";
    ALL_MINE: "Todos os meus departamentos", "All my departments";
    PHASE: "Fase", "Phase";
    OPENED: "Aberto", "Opened";
    OVERDUE: "Vencido", "Overdue";
    DUE_ON: "Prazo {day}", "Due {day}";
    COMMENTS: "Comentários", "Comments";
    FILES: "Arquivos", "Files";
    CONVERSATIONS: "Conversas", "Conversations";
    EMPTY_COLUMN: "Nada aqui.", "Nothing here.";
    EMPTY: "Nenhum ticket ainda. Crie o primeiro com C.", "No tickets yet. Create the first one with C.";
    EMPTY_FILTER: "Nenhum ticket com esse filtro.", "No ticket fits this filter.";
    NO_DEPARTMENT: "Você ainda não está em nenhum departamento. Um administrador muda isso em Pessoas.", "You are in no department yet. An administrator changes that under People.";
    MORE: "Mostrar mais", "Show more";
    BOARD_HINT: "Arraste os cartões, ou escolha um e use Ctrl com as setas.", "Drag the cards, or focus one and use Ctrl with the arrow keys.";

    MOVE_TO: "Fase", "Phase";
    MOVE: "Mover", "Move";
    CLOSE: "Concluir", "Close";
    CLOSE_TITLE: "Concluir {number}", "Close {number}";
    CLOSE_NOTE: "Nota para a conversa (opcional)", "Note for the conversation (optional)";
    CLOSE_NOTE_HINT: "Vai como nota interna às conversas marcadas.", "Goes to the ticked conversations as an internal note.";
    NOTE: "Ticket {number} concluído: {text}", "Ticket {number} closed: {text}";
    REOPEN: "Reabrir", "Reopen";
    CLOSED_ALREADY: "Este ticket já foi concluído.", "This ticket is closed already.";
    CHANGED_MEANWHILE: "Alguém mudou este ticket enquanto você escrevia. Confira e grave de novo: o que está aqui é o que você digitou.", "Somebody changed this ticket while you were writing. Check and save again: what stands here is what you typed.";
    PHASE_GONE: "Esta fase não existe mais. Atualize a página.", "This phase is gone. Reload the page.";
    DETAILS: "Editar", "Edit";
    HISTORY: "Histórico e comentários", "History and comments";
    COMMENT: "Comentário", "Comment";
    COMMENT_HINT: "Comente; @ cita uma pessoa", "Comment; @ mentions a person";
    SEND: "Comentar", "Comment";
    LINK: "Vincular", "Link";
    LINK_NUMBER: "Número do protocolo", "Protocol number";
    LINK_UNKNOWN: "Não há conversa sua com esse número.", "There is no conversation with this number that you may see.";
    LINKED_ALREADY: "Essa conversa já está vinculada a este ticket.", "This conversation is linked to this ticket already.";
    UNLINK: "Desvincular {number}", "Unlink {number}";
    NO_LINKS: "Nenhuma conversa vinculada.", "No conversation is linked.";
    ATTACH: "Anexar arquivo", "Attach a file";
    DETACH: "Tirar {name}", "Remove {name}";
    OPENED_BY: "Aberto por {name} em {at}", "Opened by {name} on {at}";

    DID_OPEN: "abriu o ticket", "opened the ticket";
    DID_MOVE: "moveu para {value}", "moved it to {value}";
    DID_CLOSE: "concluiu em {value}", "closed it in {value}";
    DID_REOPEN: "reabriu em {value}", "reopened it in {value}";
    DID_HAND: "passou para {value}", "handed it to {value}";
    DID_CHANGE: "alterou {value}", "changed {value}";
    DID_LINK: "vinculou a conversa {value}", "linked the conversation {value}";
    DID_UNLINK: "desvinculou a conversa {value}", "unlinked the conversation {value}";
    DID_ATTACH: "anexou {value}", "attached {value}";
    DID_DETACH: "tirou o arquivo {value}", "removed the file {value}";

    PHASE_NAME: "Nome da fase", "Name of the phase";
    ENDS: "Encerra o ticket", "Closes the ticket";
    ENDS_HINT: "Um ticket que chega a esta fase fica concluído.", "A ticket that comes to this phase is closed.";
    ADD_PHASE: "Nova fase", "New phase";
    PHASE_USED: "Há tickets nesta fase: o tipo dela só muda quando estiver vazia.", "There are tickets in this phase: its kind changes only when it is empty.";
    LAST_OPEN: "O quadro precisa de uma fase em que o trabalho começa.", "The board needs a phase in which work begins.";
    LAST_END: "O quadro precisa de uma fase que encerra.", "The board needs a phase that closes.";
    ARCHIVE_PHASE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_TO: "Os tickets vão para", "Its tickets go to";
    UP: "{name}: para trás", "{name}: back";
    DOWN: "{name}: para a frente", "{name}: forward";
    BACK: "Voltar ao quadro", "Back to the board";

    LINE_OPENED: "{by} abriu o ticket {number}: {title}", "{by} opened ticket {number}: {title}";
    LINE_CLOSED: "{by} concluiu o ticket {number}", "{by} closed ticket {number}";
    NOTICE_HANDED: "{by} passou a você o ticket {number}: {title}", "{by} handed you ticket {number}: {title}";
    NOTICE_DUE: "O ticket {number} venceu: {title}", "Ticket {number} is overdue: {title}";
}
