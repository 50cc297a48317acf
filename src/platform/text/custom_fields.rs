//! Phrases on custom fields.

super::phrases! {
    TITLE: "Campos do cliente", "Contact fields";
    HINT: "O que a ficha do cliente guarda além de nome, telefone e e-mail. Sem departamento marcado, todos veem o campo.", "What a contact's record holds beside name, phone and e-mail. With no department ticked everybody sees the field.";
    EMPTY: "Ainda não há campos. Crie o primeiro abaixo.", "There are no fields yet. Create the first one below.";
    NEW: "Novo campo", "New field";
    NAME: "Nome", "Name";
    KIND: "Tipo", "Type";
    GROUP: "Grupo (opcional)", "Group (optional)";
    OPTIONS: "Opções, uma por linha", "Options, one a line";
    OPTIONS_HINT: "Só para o tipo escolha.", "For the type choice only.";
    REQUIRED: "Obrigatório", "Required";
    UNIQUE: "Não se repete entre clientes", "Not repeated among contacts";
    DEPARTMENTS: "Departamentos", "Departments";
    BAD_OPTIONS: "Escreva de 2 a 100 opções diferentes, cada uma com até 100 letras.", "Write 2 to 100 different options of up to 100 letters each.";
    NOT_UNIQUE: "Há clientes com o mesmo valor: não dá para exigir que não se repita.", "There are contacts with the same value, so it can't be made unique.";
    ARCHIVE: "Arquivar {name}", "Archive {name}";
    ARCHIVE_HINT: "O campo some da ficha; o que foi escrito fica guardado e volta se o campo voltar.", "The field leaves the record; what was written is kept and comes back with the field.";
    ARCHIVED: "Arquivados", "Archived";
    RESTORE: "Trazer de volta {name}", "Bring back {name}";
    BACK: "Voltar aos campos", "Back to the fields";
    UP: "Subir {name}", "Move {name} up";
    DOWN: "Descer {name}", "Move {name} down";
    CONVERSION: "{fit} valores cabem no novo tipo; {unfit} não cabem.", "{fit} values fit the new type; {unfit} do not.";
    DROP_UNFIT: "Mudar o tipo e esvaziar os que não cabem (o valor antigo fica no histórico)", "Change the type and empty those that do not fit (the old value stays in the history)";
    UNFIT: "Não cabem", "Do not fit";

    TEXT: "Texto", "Text";
    NUMBER: "Número", "Number";
    DATE: "Data", "Date";
    CHOICE: "Escolha", "Choice";
    CPF: "CPF", "CPF";
    CNPJ: "CNPJ", "CNPJ";
    CEP: "CEP", "CEP";
    EMAIL: "E-mail", "E-mail";
    PHONE: "Telefone", "Phone";
    URL: "Endereço na web", "Web address";
    YES_NO: "Sim ou não", "Yes or no";
    YES: "Sim", "Yes";
    NO: "Não", "No";

    BAD_NUMBER: "Escreva um número, como 1234,56.", "Write a number, such as 1234.56.";
    BAD_DATE: "Escreva uma data que existe, como 31/12/2026.", "Write a date that exists, such as 2026-12-31.";
    BAD_CHOICE: "Escolha uma das opções.", "Choose one of the options.";
    BAD_CPF: "Este CPF não confere: são 11 números, e os dois últimos provam os outros.", "This CPF is not right: it has 11 digits, of which the last two prove the others.";
    BAD_CNPJ: "Este CNPJ não confere: são 14 letras ou números, e os dois últimos provam os outros.", "This CNPJ is not right: it has 14 letters or digits, of which the last two prove the others.";
    BAD_CEP: "Um CEP tem 8 números.", "A CEP has 8 digits.";
    BAD_URL: "Escreva um endereço que começa com http:// ou https://.", "Write an address that begins with http:// or https://.";
    BAD_YES_NO: "Responda sim ou não.", "Answer yes or no.";
    CHANGED_MEANWHILE: "Outra pessoa mudou este campo enquanto você escrevia. Confira e salve de novo para valer o seu.", "Somebody else changed this field while you were writing. Look again, and save once more for yours to stand.";
    TAKEN_BY: "Já está na ficha de outro cliente.", "Another contact's record has it already.";
    MISSING: "Falta preencher: {names}", "Still to fill in: {names}";
    HISTORY: "Histórico da ficha", "History of the record";
    CHANGED: "{name} mudou {field}: “{was}” → “{becomes}”", "{name} changed {field}: “{was}” → “{becomes}”";
    NO_HISTORY: "Nada mudou na ficha ainda.", "Nothing in the record has changed yet.";
    SOMEBODY: "O sistema", "The system";
}
