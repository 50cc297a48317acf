//! Phrases on contacts.

super::phrases! {
    UNNAMED: "Visitante", "Visitor";
    BAD_PHONE: "Este telefone não parece certo. Escreva com DDD, por exemplo (11) 98765-4321.", "This phone number does not look right. Include the area code.";
    NAME: "Nome", "Name";
    PHONE: "Telefone", "Phone";
    EMAIL: "E-mail", "E-mail";
}
