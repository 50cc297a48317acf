//! Phrases on ratings.

super::phrases! {
    BAD_SCORE: "Escolha uma nota de 1 a 5.", "Choose a score from 1 to 5.";
    ASKED: "Avaliação pedida, ainda sem resposta", "Rating asked for, no answer yet";
    SCORE: "Avaliação: {score} de 5", "Rating: {score} of 5";
    NOT_ASKED: "Esta conversa já foi avaliada, ou a avaliação não foi pedida.", "This chat has been rated already, or no rating was asked for.";
    QUESTION: "Como foi o atendimento?", "How was it?";
    SCORE_1: "1, muito ruim", "1, very bad";
    SCORE_2: "2, ruim", "2, bad";
    SCORE_3: "3, regular", "3, fair";
    SCORE_4: "4, bom", "4, good";
    SCORE_5: "5, muito bom", "5, very good";
    COMMENT: "Quer contar mais? (opcional)", "Anything to add? (optional)";
    SEND: "Enviar avaliação", "Send rating";
}
