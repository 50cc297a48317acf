//! Phrases on the first start, and the catalogue that it makes.

super::phrases! {
    TITLE: "Primeira configuração", "First setup";
    HINT: "Crie a empresa e a primeira pessoa administradora.", "Create the company and the first administrator.";
    COMPANY: "Nome da empresa", "Company name";
    YOUR_NAME: "Seu nome", "Your name";
    CREATE: "Começar", "Start";
    DONE_ALREADY: "A configuração já foi feita.", "The setup has already been done.";
    DEPARTMENT: "Atendimentos Gerais", "General service";
    CHANNEL: "Chat do site", "Web chat";
    REQUEST: "Pedido", "Request";
    REQUEST_DONE: "Resolvido", "Resolved";
    REQUEST_INFORMED: "Informação dada", "Information given";
    COMPLAINT: "Reclamação", "Complaint";
    COMPLAINT_SOLVED: "Resolvida", "Solved";
    COMPLAINT_OPEN: "Sem solução", "Not solved";
    OTHER: "Outros", "Other";
    OTHER_MISTAKE: "Engano", "Mistake";
    OTHER_PRAISE: "Elogio", "Praise";
}
