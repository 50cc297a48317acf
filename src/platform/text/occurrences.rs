//! Phrases on occurrences.

super::phrases! {
    OCCURRENCE: "Ocorrência", "Occurrence";
    TITLE: "Registrar ocorrência", "Record an occurrence";
    CORRECT_TITLE: "Corrigir ocorrência", "Correct an occurrence";
    CORRECT_HINT: "A anterior continua guardada e aparece como corrigida.", "The earlier one is kept and shown as corrected.";
    CORRECT: "Corrigir", "Correct";
    CORRECTED: "Corrigida depois", "Corrected later";
    CORRECTION: "Ocorrência corrigida", "Corrected occurrence";
    BODY: "O que aconteceu", "What happened";
    HAPPENED_AT: "Quando aconteceu", "When it happened";
    HAPPENED_HINT: "Em branco quer dizer agora.", "Empty means now.";
    RECORD: "Registrar", "Record";
    BAD_TIME: "Escolha um dia e uma hora.", "Choose a day and a time.";
    IN_THE_FUTURE: "Uma ocorrência não pode estar no futuro.", "An occurrence can't lie in the future.";
    CORRECTED_ALREADY: "Esta ocorrência já foi corrigida.", "This occurrence has been corrected already.";
}
