//! Phrases on the search.

super::phrases! {
    TITLE: "Buscar", "Search";
    HINT: "Palavras, nome, telefone ou número do protocolo", "Words, name, phone or protocol number";
    PEOPLE: "Contatos", "Contacts";
    MESSAGES: "Mensagens", "Messages";
    NOTHING: "Nada encontrado para “{query}”.", "Nothing found for “{query}”.";
    START: "Escreva o que procura. Acentos não importam; as mensagens mais novas vêm primeiro.", "Type what you look for. Accents do not matter; the newest messages come first.";
    OLDER: "Mais antigas", "Older ones";
}
