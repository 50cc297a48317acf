//! Phrases on dispositions.

super::phrases! {
    TITLE: "Tabulações", "Dispositions";
    HINT: "Categoria, grupo e motivo. O que já foi registrado guarda o caminho e o sentimento daquele dia: mudar, mover ou arquivar nunca altera os relatórios.", "Category, group and reason. What was recorded keeps that day's path and sentiment: a change, a move or an archiving never alters the reports.";
    EMPTY: "Ainda não há categorias. Crie a primeira abaixo.", "There are no categories yet. Create the first one below.";
    SHARED: "Compartilhada com outros departamentos: quem administra cuida dela.", "Shared with other departments: administrators manage it.";
    NEGATIVE: "Negativo", "Negative";
    NEUTRAL: "Neutro", "Neutral";
    POSITIVE: "Positivo", "Positive";
    SENTIMENT: "Sentimento", "Sentiment";
    FOR_CONVERSATION: "Finalização", "Closing";
    FOR_OCCURRENCE: "Ocorrência", "Occurrence";
    FOR_TICKET: "Ticket interno", "Internal ticket";
    USES: "Usada em", "Used for";
    DEPARTMENTS: "Oferecida a", "Offered to";
    NAME: "Nome", "Name";
    PARENT: "Fica em", "Under";
    NO_PARENT: "(é uma categoria)", "(it is a category)";
    NEW_CATEGORY: "Nova categoria", "New category";
    NEW_BELOW: "Novo item em {name}", "New item under {name}";
    UP: "Subir {name}", "Move {name} up";
    DOWN: "Descer {name}", "Move {name} down";
    ARCHIVED: "Arquivada", "Archived";
    ARCHIVE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_HINT: "Deixa de ser oferecida, com tudo o que está abaixo. Nada do que foi registrado muda, e ela pode voltar.", "It is no longer offered, nor is what hangs below. Nothing that was recorded changes, and it can come back.";
    RESTORE: "Voltar a oferecer {name}", "Offer {name} again";
    BACK: "Voltar às tabulações", "Back to the dispositions";
    CHOOSE_USE: "Escolha pelo menos um uso.", "Choose at least one use.";
    NO_ARROW: "O nome não pode ter o sinal ›.", "The name can't hold the sign ›.";
    TOO_DEEP: "São no máximo três níveis, e nada fica dentro de si mesmo.", "There are three levels at most, and nothing hangs under itself.";
    DISPOSITION: "Tabulação", "Disposition";
    CHOOSE: "Escolha a tabulação", "Choose a disposition";
    NEEDED: "Escolha uma tabulação.", "Choose a disposition.";
    FILTER: "Buscar tabulação", "Search dispositions";
    NONE_FITS: "Nenhuma tabulação com isso.", "No disposition holds this.";
}
