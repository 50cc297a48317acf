//! Phrases that every page may use.

super::phrases! {
    SAVE: "Salvar", "Save";
    CANCEL: "Cancelar", "Cancel";
    NOT_FOUND: "Isto não existe ou você não pode ver.", "This does not exist or you may not see it.";
    FORBIDDEN: "Você não pode fazer isto.", "You may not do this.";
    BUSY: "O sistema está ocupado. Nada foi gravado; tente de novo.", "The system is busy. Nothing was stored; try again.";
    BROKEN: "Algo deu errado. Nada foi gravado. Referência: {reference}", "Something went wrong. Nothing was stored. Reference: {reference}";
    REQUIRED: "Preencha este campo.", "Fill in this field.";
    TOO_LONG: "Texto longo demais.", "This text is too long.";
    BAD_EMAIL: "Este e-mail não parece certo.", "This e-mail address does not look right.";
    CHOOSE_DEPARTMENT: "Escolha pelo menos um dos seus departamentos.", "Choose at least one of your departments.";
    TAKEN: "Já existe outro igual.", "There is another one like this.";
    SKIP: "Ir para o conteúdo", "Skip to content";
    NAVIGATION: "Navegação", "Navigation";
    TO_START: "Voltar ao início", "Back to the start";
    CONVERSATIONS: "Conversas", "Conversations";
    SEARCH: "Buscar", "Search";
    SETTINGS: "Configurações", "Settings";
    CANCEL_CLOSE: "Fechar", "Close";
}
