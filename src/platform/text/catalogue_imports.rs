//! Phrases on importing and exporting registers.

super::phrases! {
    IMPORT: "Importar", "Import";
    EXPORT: "Exportar CSV", "Export CSV";
    TITLE: "Importar: {register}", "Import: {register}";
    HINT: "Uma tabela em CSV (UTF-8 ou Latin-1; ponto e vírgula, vírgula ou tabulação), até 2 MB e 5.000 linhas. A primeira linha nomeia as colunas: {columns}. Antes de gravar, mostramos o que mudaria.", "A table as CSV (UTF-8 or Latin-1; semicolons, commas or tabs), up to 2 MB and 5,000 lines. The first line names the columns: {columns}. What would change is shown before anything is stored.";
    FILE: "Arquivo", "File";
    PASTE: "Ou cole a tabela aqui", "Or paste the table here";
    TRY: "Conferir", "Check";
    CUT_OFF: "O arquivo parece cortado: há aspas abertas no fim.", "The file seems to be cut off: quotes are open at its end.";
    TOO_MANY: "São mais de 5.000 linhas. Divida o arquivo.", "There are more than 5,000 lines. Divide the file.";
    TOO_LARGE: "O arquivo tem mais de 2 MB. Divida-o.", "The file has more than 2 MB. Divide it.";
    EMPTY: "Não há linhas para importar.", "There are no lines to import.";
    UNKNOWN_COLUMN: "Não conhecemos a coluna “{name}”. As colunas são: {columns}.", "The column “{name}” is not known. The columns are: {columns}.";
    DOUBLED_COLUMN: "A coluna “{name}” aparece duas vezes.", "The column “{name}” appears twice.";
    MISSING_COLUMN: "Falta a coluna “{name}”.", "The column “{name}” is missing.";
    TOO_LONG_LINE: "Há mais células do que colunas.", "There are more cells than columns.";
    UNKNOWN_DEPARTMENT: "Não há departamento seu com esse nome.", "You have no department of that name.";
    UNKNOWN_WORD: "Não conhecemos essa palavra aqui.", "This word is not known here.";
    NOT_YOURS: "Existe, e não é você quem cuida dela.", "It exists, and is not yours to manage.";
    RESULT: "{new} para criar, {changed} para mudar, {same} iguais, {faulty} com erro", "{new} to create, {changed} to change, {same} the same, {faulty} with faults";
    DONE: "Feito: {new} criadas, {changed} mudadas, {same} já eram iguais, {faulty} ficaram de fora.", "Done: {new} created, {changed} changed, {same} were the same, {faulty} were left out.";
    LINE: "Linha", "Line";
    COLUMN: "Coluna", "Column";
    FAULT: "Erro", "Fault";
    WHAT: "O quê", "What";
    FATE: "O que acontece", "What happens";
    IS_NEW: "nova", "new";
    IS_CHANGED: "muda", "changes";
    FAULTS: "Linhas com erro", "Lines with faults";
    MORE: "… e mais {n}", "… and {n} more";
    APPLY: "Importar {n}", "Import {n}";
    NOTHING: "Nada muda: tudo já está como no arquivo.", "Nothing changes: everything is as in the file already.";
    LEAVES_OUT: "As linhas com erro ficam de fora.", "The lines with faults are left out.";
    GONE: "Esta conferência expirou. Envie o arquivo de novo.", "This check has expired. Send the file again.";
    BACK: "Voltar", "Back";
    NAME: "nome", "name";
    COLOUR: "cor", "colour";
    DEPARTMENTS: "departamentos", "departments";
    PATH: "caminho", "path";
    SENTIMENT: "sentimento", "sentiment";
    USES: "usos", "uses";
    REPLY_TITLE: "título", "title";
    KEYWORDS: "palavras-chave", "keywords";
    BODY: "texto", "text";
    PHRASINGS: "outras perguntas", "other questions";
    SCOPE: "para quem", "for whom";
}
