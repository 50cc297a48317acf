//! Phrases on holidays.

super::phrases! {
    TITLE: "Feriados", "Holidays";
    HINT: "Nestes dias nenhum departamento com horário atende; o bot diz quando abre.", "On these days no department with hours is open; the bot says when it opens.";
    EMPTY: "Nenhum feriado ainda.", "No holidays yet.";
    DAY: "Dia", "Day";
    NAME: "Nome", "Name";
    ADD: "Incluir", "Add";
    NEW: "Novo feriado", "New holiday";
    NATIONAL: "Incluir os feriados nacionais de {year}", "Add the national holidays of {year}";
    REMOVE: "Remover {name}", "Remove {name}";
    BAD_DAY: "Escolha um dia.", "Choose a day.";
    NEW_YEAR: "Confraternização Universal", "New Year's Day";
    GOOD_FRIDAY: "Sexta-feira Santa", "Good Friday";
    TIRADENTES: "Tiradentes", "Tiradentes";
    LABOUR: "Dia do Trabalho", "Labour Day";
    INDEPENDENCE: "Independência do Brasil", "Independence Day";
    APARECIDA: "Nossa Senhora Aparecida", "Our Lady of Aparecida";
    SOULS: "Finados", "All Souls' Day";
    REPUBLIC: "Proclamação da República", "Republic Day";
    CONSCIOUSNESS: "Consciência Negra", "Black Awareness Day";
    CHRISTMAS: "Natal", "Christmas Day";
}
