//! Phrases on canned replies.

super::phrases! {
    TITLE: "Respostas prontas", "Canned replies";
    HINT: "No campo de mensagem, digite # e algumas letras. As suas só você vê; as do departamento e as de todos são cuidadas por quem coordena.", "In the message field, type # and a few letters. Your own are for you alone; those of departments and of everyone are kept by leads.";
    EMPTY: "Nenhuma resposta pronta por aqui. Crie a primeira.", "No canned replies here. Create the first one.";
    NEW: "Nova resposta pronta", "New canned reply";
    NAME: "Título", "Title";
    KEYWORDS: "Palavras-chave", "Keywords";
    KEYWORDS_HINT: "Ajudam a achar pelo #: separe por espaços.", "They help to find it by #: separate them by spaces.";
    BODY: "Texto", "Text";
    VARIABLES: "Variáveis: {names}", "Placeholders: {names}";
    PHRASINGS: "Outras formas da pergunta (uma por linha, para o bot)", "Other wordings of the question (one a line, for the bot)";
    SCOPE: "Para quem", "For whom";
    EVERYONE: "Todos", "Everyone";
    BY_DEPARTMENT: "Departamentos", "Departments";
    OWN: "Só para mim", "Only me";
    DEPARTMENTS: "Departamentos", "Departments";
    USED: "Usos", "Uses";
    NOT_YOURS: "Você só pode criar respostas para você.", "You may only create replies for yourself.";
    ONLY_ADMIN: "Só administradores criam respostas para todos.", "Only administrators create replies for everyone.";
    OPEN: "Ainda há uma variável para preencher no texto.", "A placeholder in the text is still to be filled in.";
    ARCHIVE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_HINT: "Deixa de aparecer no #.", "It no longer appears at #.";
    BACK: "Voltar às respostas prontas", "Back to the canned replies";
    SEARCH: "Buscar", "Search";
    MORE: "Há mais: busque por uma palavra.", "There are more: search for a word.";
    FILES: "Arquivos", "Files";
    FILES_HINT: "Os arquivos vão junto para a mensagem quando a resposta é escolhida.", "The files come along into the message when the reply is picked.";
    ATTACH: "Anexar", "Attach";
    REMOVE_FILE: "Tirar {name}", "Remove {name}";
    TOO_MANY_FILES: "Uma resposta leva até 5 arquivos.", "A reply brings up to 5 files.";
}
