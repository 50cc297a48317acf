//! People out of a file, in a real browser: sent, mapped, tried, taken while the page follows.

use super::desk::{Desk, assert_for_everybody};

#[test]
fn a_file_is_sent_mapped_tried_and_taken_while_the_page_follows() {
    let desk = Desk::open();
    assert_eq!(desk.adm().post("/settings/custom-fields", &[("name", "CPF"), ("kind", "cpf")]).status, 303);
    let mut table =
        "Cliente;Fone;Documento\nMaria Souza;(11) 98765-4321;529.982.247-25\nErrada;12;\nMaria;11 8765-4321;\n"
            .to_owned();
    for number in 0..2_500 {
        table.push_str(&format!("Pessoa {number};(21) 9{:04}-{number:04};\n", 8000));
    }
    let file = desk.folder.path().join("gente.csv");
    std::fs::write(&file, table).expect("a file");
    let lia = desk.browser_of("Lia", "/contacts");
    lia.click("a[href='/contacts/imports']");
    lia.wait_for("#file");
    assert_for_everybody(&lia);
    lia.write("#file", file.to_str().expect("a path"));
    lia.click("form button.primary");
    lia.wait_for("[name=column-2]");
    assert_eq!((lia.value("[name=column-0]"), lia.value("[name=column-1]")), ("name".into(), "phone".into()));
    assert_for_everybody(&lia);
    lia.phone();
    lia.assert_fits_sideways();
    lia.desktop(1280, 720);
    // Two columns to one place are refused, and what was chosen stays.
    lia.choose("[name=column-2]", "phone");
    lia.write("[name=label]", "Feira");
    lia.click("main form button.primary");
    lia.wait_for("#columns-wrong");
    lia.wait_for_console("422");
    assert_eq!((lia.value("[name=column-2]"), lia.value("[name=label]")), ("phone".into(), "Feira".into()));
    lia.choose("[name=column-2]", "f1");
    lia.click("main form button.primary");
    lia.wait_for_text("#progress h2", "O que aconteceria");
    lia.wait_for_text("#progress .figures", "2501 novas");
    lia.wait_for_text("#progress table", "Repete a pessoa da linha 2.");
    assert_for_everybody(&lia);
    lia.phone();
    lia.assert_fits_sideways();
    lia.desktop(1280, 720);
    lia.click("#progress form button.primary");
    lia.wait_for("#progress[data-follows] progress");
    lia.wait_for("html[data-live]");
    assert_for_everybody(&lia);
    // It moves only now: the page hears of it.
    let loops = balcao::timers::start(&desk.app).expect("the loops");
    lia.wait_for_text("#progress h2", "Importado");
    lia.wait_for_text("#progress .figures", "2501 novas");
    loops.stop();
    assert_for_everybody(&lia);
    lia.click("#progress a.primary");
    lia.wait_for_text("main table", "Feira");
    lia.assert_quiet_console();
}
