//! Phrases on how long things are kept.

super::phrases! {
    TITLE: "Guarda de dados", "Retention";
    HINT: "Sem números aqui, tudo fica guardado para sempre. Com eles, a cada noite sai o que passou do prazo. Números de protocolo, datas, tabulações e notas de avaliação ficam: os relatórios não mudam.", "Without numbers here everything is kept for ever. With them, what is past its time goes each night. Protocol numbers, dates, dispositions and scores stay: reports do not change.";
    LAW: "O decreto 11.034/2022 manda guardar as demandas dos serviços regulados por pelo menos dois anos depois de resolvidas.", "Decree 11.034/2022 asks regulated services to keep demands for at least two years after they were resolved.";
    WORDS: "Apagar o conteúdo das conversas finalizadas há mais de (meses)", "Erase the content of conversations closed more than (months) ago";
    WORDS_HINT: "Mensagens, notas internas, arquivos, textos de ocorrências e de finalizações, comentários de avaliações.", "Messages, internal notes, files, texts of occurrences and closings, comments of ratings.";
    FILES: "Apagar os arquivos das conversas finalizadas há mais de (meses)", "Erase the files of conversations closed more than (months) ago";
    FILES_HINT: "Pode ser antes do conteúdo; nunca depois.", "May be before the content; never after.";
    PERSONS: "Anonimizar quem não conversa há mais de (meses)", "Anonymise who has had no conversation for more than (months)";
    PERSONS_HINT: "A ficha, os canais, as etiquetas e o histórico da ficha; também quem foi importado e nunca conversou.", "Record, channels, labels and the record's history; also who was imported and never wrote.";
    UNREGULATED: "Não prestamos serviço regulado, e sabemos que menos de 24 meses apaga o que o consumidor pode pedir", "Ours is no regulated service, and we know that under 24 months what a consumer may ask for is erased";
    LOOK: "Ver o que seria apagado", "See what would be erased";
    STORE: "Guardar esta regra", "Store this rule";
    BAD_MONTHS: "Escreva meses inteiros, de 1 a 240, ou deixe vazio.", "Write whole months, from 1 to 240, or leave it empty.";
    FILES_LATER: "Os arquivos não podem ficar mais tempo do que o conteúdo.", "Files can't be kept longer than the content.";
    TOO_SHORT: "Menos de 24 meses: confirme abaixo que o decreto não se aplica.", "Under 24 months: confirm below that the decree does not apply.";
    FOUND: "O que seria apagado hoje", "What would be erased today";
    NONE: "Nada passou desse prazo.", "Nothing is past that time.";
    CONVERSATIONS: "conversas", "conversations";
    MESSAGES: "mensagens", "messages";
    FILES_FOUND: "arquivos ({size})", "files ({size})";
    PEOPLE: "pessoas", "people";
    OLDEST: "A mais antiga foi finalizada em {date}.", "The oldest was closed on {date}.";
    CAPPED: "Contamos até {n} conversas e {n} pessoas; há mais.", "Up to {n} conversations and {n} people are counted; there are more.";
    FIRST: "As primeiras", "The first ones";
    NOT_STORED: "Isto é uma prévia: nada foi apagado nem guardado.", "This is a preview: nothing was erased or stored.";
    LAST: "Última limpeza", "Last cleaning";
    NEVER: "Ainda não houve limpeza. Ela acontece às 3h10, quando há o que apagar.", "There has been no cleaning yet. It happens at 3:10 am, when there is something to erase.";
    RAN: "{at}: {conversations} conversas ({messages} mensagens), {files} arquivos e {persons} pessoas", "{at}: {conversations} conversations ({messages} messages), {files} files and {persons} people";
    RUNNING: "Em andamento desde {at}", "Running since {at}";
    DID_CHANGED: "mudou a guarda de dados", "changed the retention";
    DID_RAN: "apagou o que passou do prazo", "erased what was past its time";
    LINE_PURGED: "O conteúdo desta conversa foi apagado pela regra de guarda", "The content of this conversation was erased by the retention rule";
}
