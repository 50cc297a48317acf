//! Phrases on closing a conversation.

super::phrases! {
    CLOSE: "Finalizar", "Close";
    TITLE: "Finalizar atendimento", "Close the conversation";
    BODY: "Observação (só para a equipe)", "Remark (for the team only)";
    FAREWELL: "Despedida para o cliente (opcional)", "Farewell to the contact (optional)";
    ENDED_BY_CONTACT: "Encerrado pelo cliente", "Ended by the contact";
    ENDED_BY_TIMEOUT: "Encerrado por inatividade", "Ended by inactivity";
    ENDED_BY_BOT: "Encerrado pelo bot", "Ended by the bot";
}
