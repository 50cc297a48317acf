//! Phrases on closing a conversation.

super::phrases! {
    CLOSE: "Finalizar", "Close";
    TITLE: "Finalizar atendimento", "Close the conversation";
    BODY: "Observação (só para a equipe)", "Remark (for the team only)";
    FAREWELL: "Despedida para o cliente (opcional)", "Farewell to the contact (optional)";
    HELD: "O cliente só é avisado em 10 segundos; até lá dá para desfazer.", "The contact hears of it after 10 seconds; until then it can be undone.";
    OPEN_VARIABLES: "Complete o que está entre chaves antes de enviar.", "Fill in what stands in braces before sending.";
    ASK_RATING: "Pedir avaliação ao cliente", "Ask the contact for a rating";
    UNDO: "Desfazer", "Undo";
    UNDO_TOO_LATE: "Já não dá para desfazer: o cliente já foi avisado.", "It can no longer be undone: the contact has been told.";
    ENDED_BY_CONTACT: "Encerrado pelo cliente", "Ended by the contact";
    ENDED_BY_TIMEOUT: "Encerrado por inatividade", "Ended by inactivity";
    ENDED_BY_BOT: "Encerrado pelo bot", "Ended by the bot";
}
