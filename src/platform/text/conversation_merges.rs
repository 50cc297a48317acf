//! Phrases on making two conversations one, and one two.

super::phrases! {
    MERGE: "Unir com outro protocolo", "Merge with another";
    MERGE_TITLE: "Unir protocolos", "Merge conversations";
    MERGE_HINT: "As mensagens do protocolo escolhido vêm para {number}; ele fica finalizado e vazio. Dá para desfazer por 10 minutos. Só protocolos da mesma pessoa no mesmo canal podem ser unidos.", "The messages of the chosen conversation come into {number}; it is closed and empty. It can be undone for 10 minutes. Only conversations of the same person on the same channel can be merged.";
    WHICH: "Qual protocolo", "Which one";
    NONE: "Não há outro protocolo desta pessoa neste canal.", "There is no other conversation of this person on this channel.";
    CHOOSE: "Escolha um protocolo.", "Choose one.";
    DO_MERGE: "Unir", "Merge";
    SPLIT: "Separar mensagens em outro protocolo", "Split messages off";
    SPLIT_TITLE: "Separar em outro protocolo", "Split off into another conversation";
    SPLIT_HINT: "A mensagem escolhida e as seguintes vão para um protocolo novo. Dá para desfazer por 10 minutos.", "The chosen message and those after it go into a new conversation. It can be undone for 10 minutes.";
    FROM: "A partir de qual mensagem", "From which message on";
    CHOOSE_MESSAGE: "Escolha uma mensagem depois da primeira.", "Choose a message after the first.";
    DO_SPLIT: "Separar", "Split";
    PAUSED: "Encerre a pausa antes de unir ou separar.", "End the pause before merging or splitting.";
    HELD: "Espere a finalização terminar, ou desfaça, antes de unir.", "Wait for the closing to end, or undo it, before merging.";
    SAME_KEYS: "Estes dois protocolos têm a mesma mensagem do canal e não podem ser unidos.", "These two hold the same message of the channel and cannot be merged.";
    UNDO_MERGE: "Desfazer união", "Undo the merge";
    UNDO_SPLIT: "Desfazer separação", "Undo the split";
    TOO_LATE: "Já não dá para desfazer: passaram 10 minutos, ou o protocolo mudou.", "It can no longer be undone: 10 minutes have passed, or the conversation has changed.";
    LATER_FIRST: "Desfaça primeiro o que foi unido ou separado depois.", "Undo first what was merged or split later.";
    MERGED_INTO: "Este protocolo foi unido a", "This conversation was merged into";
}
