//! Phrases on the labels of contacts.

super::phrases! {
    LABELS: "Etiquetas", "Labels";
    ADD: "Nova etiqueta", "New label";
    PUT: "Pôr", "Add";
    TAKE_OFF: "Tirar", "Remove";
    REMOVE: "Tirar a etiqueta {name}", "Remove the label {name}";
    BAD_NAME: "Escreva um nome de até 40 letras.", "Write a name of up to 40 letters.";
    CHOSEN: "Nos marcados:", "For the ticked:";
    CHOOSE: "Marque pelo menos um cliente e escreva uma etiqueta.", "Tick at least one contact and write a label.";
    TICK: "Marcar {name}", "Tick {name}";
}
