//! People out of files: what is tried is what happens, nobody comes twice, and no line is lost on the way.

use std::time::{Duration, Instant};

use balcao::app::App;
use balcao::contacts::contact_imports::{ContactImport, ContactImportId, Counts, State, sql};
use balcao::demo::Dice;
use balcao::platform::time::DAY;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::support::{House, Person, text};

/// A house whose template has a CPF (not repeated), a city and a plan.
fn prepared() -> House {
    let house = House::new();
    let adm = house.adm();
    for fields in [
        vec![("name", "CPF"), ("kind", "cpf"), ("unique", "1")],
        vec![("name", "Cidade"), ("kind", "text")],
        vec![("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata")],
    ] {
        assert_eq!(adm.post("/settings/custom-fields", &fields).status, 303);
    }
    house
}

fn sends(person: &Person, name: &str, content: &[u8]) -> ContactImportId {
    let taken = person.upload("/contacts/imports", name, content);
    assert_eq!(taken.status, 303, "{}", text(&taken));
    let id = taken.header("location").and_then(|to| to.rsplit('/').next()).and_then(|id| id.parse().ok());
    ContactImportId(id.expect("an import"))
}

fn find(house: &House, id: ContactImportId) -> ContactImport {
    house.app.read(|conn| sql::find(conn, id)).expect("an import")
}

/// Waits for the trial, which has a thread of its own.
fn tried(house: &House, id: ContactImportId) -> ContactImport {
    let begun = Instant::now();
    loop {
        let import = find(house, id);
        if import.state != State::Trying {
            return import;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "the trial of {id} does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Maps the columns as they are guessed, and waits for the trial.
fn tries(house: &House, person: &Person, id: ContactImportId, fields: &[(&str, &str)]) -> ContactImport {
    let address = format!("/contacts/imports/{id}");
    let page = text(&person.get(&address));
    let mut form: Vec<(String, String)> = Vec::new();
    for (at, select) in page.split("<select name=\"column-").skip(1).enumerate() {
        let select = select.split("</select>").next().unwrap_or_default();
        let chosen = select.split("<option value=\"").find(|option| option.contains(" selected"));
        let word = chosen.and_then(|option| option.split('"').next()).unwrap_or_default();
        form.push((format!("column-{at}"), word.to_owned()));
    }
    for (name, value) in fields {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let begun = person.post(&address, &form);
    assert_eq!(begun.status, 303, "{}", text(&begun));
    let import = tried(house, id);
    assert_eq!(import.state, State::Tried);
    import
}

/// Begins, and lets the batches run.
fn runs(house: &House, person: &Person, id: ContactImportId) -> ContactImport {
    assert_eq!(person.post(&format!("/contacts/imports/{id}/start"), &[]).status, 303);
    while find(house, id).state == State::Running {
        house.passes(5);
    }
    find(house, id)
}

fn takes(house: &House, person: &Person, content: &[u8], fields: &[(&str, &str)]) -> Counts {
    let id = sends(person, "gente.csv", content);
    let tried = tries(house, person, id, fields);
    let ran = runs(house, person, id);
    assert_eq!((ran.state, ran.counts), (State::Done, tried.counts), "what was tried is what happens");
    ran.counts
}

/// Everything that an import may touch.
fn rows(app: &App) -> Vec<Vec<Vec<Value>>> {
    let conn = Connection::open(app.file()).expect("the file");
    let all = |sql: &str| {
        let mut statement = conn.prepare(sql).expect("sql");
        let columns = statement.column_count();
        let read =
            |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>();
        statement.query_map([], read).expect("rows").collect::<Result<Vec<_>, _>>().expect("values")
    };
    [
        "SELECT id, name, phone, email FROM contact ORDER BY id",
        "SELECT contact_id, field_id, value FROM contact_value ORDER BY 1, 2",
        "SELECT contact_id, name FROM contact_labelling JOIN contact_label ON id = label_id ORDER BY 1, 2",
        "SELECT contact_id, field, was, becomes FROM contact_change ORDER BY id",
    ]
    .map(all)
    .to_vec()
}

fn people(house: &House) -> i64 {
    i64::try_from(rows(&house.app)[0].len()).expect("few")
}

const TABLE: &str = "Nome;Celular;E-mail;CPF;Cidade;Plano;Etiquetas\n\
    Maria Souza;(11) 98765-4321;maria@x.example;529.982.247-25;São Paulo;ouro;VIP|Feira\n\
    João;11 3456-7890;;;;;\n\
    Errada;123;nada;111;;;\n\
    Maria S.;11 8765-4321;outra@x.example;;;;\n\
    '=HYPERLINK(1);;ze@x.example;;;Bronze;\n\
    ;;;;;;VIP\n\
    Só nome;;;;;;\n";

#[test]
fn a_file_is_mapped_tried_without_a_trace_then_taken_and_nobody_comes_twice() {
    let house = prepared();
    let lia = house.lia();
    let id = sends(&lia, "gente.csv", TABLE.as_bytes());
    let page = text(&lia.get(&format!("/contacts/imports/{id}")));
    for guessed in [
        "name\" selected",
        "phone\" selected",
        "email\" selected",
        "f1\" selected",
        "f2\" selected",
        "labels\" selected",
    ] {
        assert!(page.contains(guessed), "{guessed}: {page}");
    }
    assert!(page.contains("Maria Souza · João · Errada"), "{page}");
    let before = rows(&house.app);
    let counts = tries(&house, &lia, id, &[("label", "Feira 2026")]).counts;
    assert_eq!(counts, Counts { lines: 7, new: 3, changed: 0, same: 0, repeated: 1, faulty: 3 });
    assert_eq!(rows(&house.app), before, "a trial leaves nothing behind");
    let page = text(&lia.get(&format!("/contacts/imports/{id}")));
    for shown in [
        "<td>4</td><td>Celular</td>",
        "<td>4</td><td>E-mail</td>",
        "<td>4</td><td>CPF</td>",
        "Repete a pessoa da linha 2.",
        "<td>6</td><td>Plano</td>",
        "Não diz nada de uma pessoa.",
        "Importar 3",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let ran = runs(&house, &lia, id);
    assert_eq!((ran.state, ran.counts), (State::Done, counts));
    let stored = rows(&house.app);
    assert!(stored[0].iter().any(|row| row[2] == Value::Text("+5511987654321".into())), "{stored:?}");
    assert_eq!(stored[2].len(), 5, "the label of the import on three, two of her own on one: {stored:?}");
    assert!(text(&house.adm().get("/settings/audit")).contains("contacts · 3 + 0"));
    let csv = text(&lia.get(&format!("/contacts/imports/{id}/faults")));
    assert!(csv.starts_with("\u{feff}Linha;Por quê;Nome;Celular"), "{csv}");
    assert!(
        csv.contains("\n4;Celular: ") && csv.contains(";Errada;123;nada;111") && csv.contains("'=HYPERLINK(1)"),
        "{csv}"
    );
    // The same file once more, and the lines that were left out, mended.
    let again = takes(&house, &lia, TABLE.as_bytes(), &[("label", "Feira 2026")]);
    assert_eq!(again, Counts { lines: 7, new: 0, changed: 0, same: 3, repeated: 1, faulty: 3 });
    assert_eq!(rows(&house.app), stored);
    let mended =
        csv.replace(";Errada;123;nada;111", ";Certa;(21) 98888-7777;certa@x.example;").replace("Bronze", "prata");
    let counts = takes(&house, &lia, mended.as_bytes(), &[]);
    assert_eq!((counts.new, counts.same, counts.faulty), (2, 1, 1), "{counts:?}");
    let names: Vec<String> = rows(&house.app)[0].iter().map(|row| format!("{:?}", row[1])).collect();
    assert!(names.iter().any(|name| name.contains("\"=HYPERLINK(1)\"")), "a formula is a text: {names:?}");
}

#[test]
fn who_is_known_is_completed_overwritten_or_left_and_the_history_tells() {
    let house = prepared();
    let lia = house.lia();
    takes(&house, &lia, b"nome;telefone;cidade\nMaria;11987654321;Recife\n", &[]);
    let table = b"nome;telefone;email;cidade;etiquetas\nMaria Souza;+55 11 8765-4321;m@x.example;Olinda;VIP\n";
    let left = takes(&house, &lia, table, &[("existing", "leave")]);
    assert_eq!((left.same, left.changed), (1, 0));
    let completed = takes(&house, &lia, table, &[("existing", "complete")]);
    assert_eq!(completed.changed, 1);
    let stored = rows(&house.app);
    assert_eq!(stored[0][0][1..], ["Maria", "+5511987654321", "m@x.example"].map(|text| Value::Text(text.into())));
    assert_eq!(stored[1][0][2], Value::Text("Recife".into()));
    let overwritten = takes(&house, &lia, table, &[("existing", "overwrite")]);
    assert_eq!(overwritten.changed, 1);
    let stored = rows(&house.app);
    assert_eq!(
        (&stored[0][0][1], &stored[1][0][2]),
        (&Value::Text("Maria Souza".into()), &Value::Text("Olinda".into()))
    );
    let changes: Vec<String> = stored[3].iter().map(|row| format!("{:?}→{:?}", row[2], row[3])).collect();
    assert!(changes.iter().any(|one| one.contains("Recife") && one.contains("Olinda")), "{changes:?}");
    assert_eq!(people(&house), 1);
}

#[test]
fn a_number_of_one_and_an_address_of_another_is_told_and_a_shared_number_goes_by_the_name() {
    let house = prepared();
    let lia = house.lia();
    takes(
        &house,
        &lia,
        b"nome;telefone;email\nMaria;11987654321;maria@x.example\nBeto;21988887777;beto@x.example\n",
        &[],
    );
    let id = sends(&lia, "a.csv", b"nome;telefone;email\nX;11987654321;beto@x.example\n");
    assert_eq!(tries(&house, &lia, id, &[]).counts.faulty, 1);
    assert!(text(&lia.get(&format!("/contacts/imports/{id}"))).contains("pessoas diferentes"));
    // Ana has taken Maria's number since.
    let shared = house.app.change(|conn| {
        let draft =
            balcao::contacts::ContactForm { name: "Ana".into(), phone: "+5511987654321".into(), email: String::new() };
        balcao::contacts::sql::create(conn, &draft, balcao::platform::time::Timestamp(1))
    });
    let ana = shared.expect("a contact");
    let counts = takes(&house, &lia, b"nome;telefone;cidade\nANA;11987654321;Natal\nClara;11987654321;Natal\n", &[]);
    assert_eq!((counts.changed, counts.new), (1, 1), "Clara is somebody else with the same number");
    assert_eq!(rows(&house.app)[1][0][0], Value::Integer(ana.0));
}

#[test]
fn who_shares_a_number_is_told_by_document_and_first_name_and_nobody_becomes_another() {
    let house = prepared();
    let lia = house.lia();
    takes(&house, &lia, b"nome;telefone;cpf\nMaria;1134567890;52998224725\n", &[]);
    let others = b"nome;telefone;cpf;cidade\nJo\xc3\xa3o;1134567890;;Natal\nRita;1134567890;;Recife\nMaria;1134567890;111.444.777-35;Olinda\nMaria Souza;1134567890;;Belo Horizonte\n";
    let counts = takes(&house, &lia, others, &[("existing", "overwrite")]);
    // The last Maria may be either of the two who share number and name.
    assert_eq!((counts.new, counts.changed, counts.faulty), (3, 0, 1), "{counts:?}");
    let stored = rows(&house.app);
    assert_eq!(stored[0][0][1], Value::Text("Maria".into()), "nobody has become João");
    let again = takes(&house, &lia, others, &[("existing", "overwrite")]);
    assert_eq!((again.new, again.same, again.faulty), (0, 3, 1), "{again:?}");
    assert_eq!(rows(&house.app), stored);
}

#[test]
fn every_spelling_of_a_file_is_read_and_what_is_none_is_refused() {
    let house = prepared();
    let lia = house.lia();
    let plain = "Nome;E-mail;Cidade\r\n\"José\r\nda Silva\";jose@x.example;São Luís\r\n";
    let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = format!("\u{feff}{plain}");
    let commas = plain.replace(';', ",");
    for (at, bytes) in [latin.as_slice(), wide.as_slice(), marked.as_bytes(), commas.as_bytes()].into_iter().enumerate()
    {
        let counts = takes(&house, &lia, bytes, &[]);
        assert_eq!((counts.new, counts.same), if at == 0 { (1, 0) } else { (0, 1) }, "spelling {at}");
    }
    assert_eq!(rows(&house.app)[0][0][1], Value::Text("José da Silva".into()), "a name is one line");
    let cards =
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zoé Lima\nTEL:21 98888-7777\nEMAIL:zoe@x.example\nCATEGORIES:Amigos\nEND:VCARD\n";
    assert_eq!(takes(&house, &lia, cards.as_bytes(), &[]).new, 1);
    assert!(text(&lia.get("/contacts?q=zoe")).contains("Amigos"));
    for (bytes, words) in [
        (&b""[..], "Não há linhas"),
        (b"nome;fone\n", "Não há linhas"),
        (b"nome;fone\nAna;\"119", "parece cortado"),
        (b"PK\x03\x04\x14", "planilha do Excel"),
    ] {
        let refused = lia.upload("/contacts/imports", "a.csv", bytes);
        assert_eq!(refused.status, 422);
        assert!(text(&refused).contains(words), "{words}: {}", text(&refused));
    }
    assert_eq!(lia.post("/contacts/imports", &[]).status, 422, "no file at all");
    let cut = sends(&lia, "a.csv", b"nome;email;cidade\nAna;ana@x.example;Natal\nBia;bia@x.exa");
    assert!(text(&lia.get(&format!("/contacts/imports/{cut}"))).contains("pode ter sido cortado"));
    assert_eq!(
        std::fs::read_dir(house.app.data.join("imports")).expect("files").count(),
        6,
        "nothing of what was refused stays"
    );
}

#[test]
fn doubled_columns_and_lines_too_long_are_named() {
    let house = prepared();
    let lia = house.lia();
    let id = sends(&lia, "a.csv", b"nome;nome;telefone\nAna;Bia;11987654321\nDita;;21988887777;mais\n");
    let address = format!("/contacts/imports/{id}");
    let refused = lia.post(&address, &[("column-0", "name"), ("column-1", "name"), ("label", "Feira")]);
    assert_eq!(refused.status, 422);
    let page = text(&refused);
    assert!(page.contains("Duas colunas vão para o mesmo lugar") && page.contains("value=\"Feira\""), "{page}");
    assert_eq!(lia.post(&address, &[("column-0", ""), ("column-2", "labels")]).status, 422);
    let counts = tries(&house, &lia, id, &[]).counts;
    assert_eq!((counts.new, counts.faulty), (1, 1));
    assert!(text(&lia.get(&address)).contains("mais células do que colunas"));
    assert!(text(&lia.get(&format!("{address}?columns=1"))).contains("column-2"), "back to the columns");
    assert_eq!(house.person("Sofia").get(&address).status, 403);
    assert_eq!(lia.post(&format!("{address}/stop"), &[]).status, 409, "it does not run");
}

/// Some lines of people who are alike in every way that matters: numbers, addresses, names and documents come again.
fn muddle(dice: &mut Dice, lines: usize) -> String {
    let mut table = "nome;telefone;email;cpf;cidade\n".to_owned();
    let documents = ["", "", "529.982.247-25", "111.444.777-35", "111"];
    for _ in 0..lines {
        let name = ["Ana", "Bia", "ana", "Caio", ""][dice.below(5)];
        let phone = ["", "11987654321", "11 8765-4321", "21988887777", "1134567890", "12"][dice.below(6)];
        let email = ["", "a@x.example", "A@X.EXAMPLE", "b@x.example", "x"][dice.below(5)];
        let city = ["", "Natal", "Recife"][dice.below(3)];
        let cpf = documents[dice.below(5)];
        table.push_str(&format!("{name};{phone};{email};{cpf};{city}\n"));
    }
    table
}

#[test]
fn whatever_the_file_the_trial_says_what_happens_and_the_second_time_nothing_does() {
    for seed in 0..12 {
        let house = prepared();
        let lia = house.lia();
        let mut dice = Dice::new(seed);
        for existing in ["complete", "overwrite", "leave", "complete"] {
            let table = muddle(&mut dice, 30);
            let counts = takes(&house, &lia, table.as_bytes(), &[("existing", existing)]);
            assert_eq!(counts.lines, counts.new + counts.changed + counts.same + counts.repeated + counts.faulty);
            if existing != "overwrite" {
                let stored = people(&house);
                let again = takes(&house, &lia, table.as_bytes(), &[("existing", existing)]);
                assert_eq!((again.new, people(&house)), (0, stored), "seed {seed}, {existing}\n{table}");
            }
        }
    }
}

#[test]
fn a_program_that_ends_amid_an_import_goes_on_where_it_was() {
    let house = prepared();
    let lia = house.lia();
    let table: String = (0..450).map(|n| format!("Pessoa {n};(11) 9{:04}-{:04}\n", 1000 + n, n)).collect();
    let id = sends(&lia, "a.csv", format!("nome;telefone\n{table}").as_bytes());
    tries(&house, &lia, id, &[]);
    assert_eq!(lia.post(&format!("/contacts/imports/{id}/start"), &[]).status, 303);
    balcao::timers::run_jobs(&house.app).expect("a batch");
    assert_eq!(find(&house, id).counts.lines, 100);
    let copy = tempfile::tempdir().expect("a folder");
    // As after a crash: the file with its log, and nothing of the program's memory.
    for name in ["balcao.db", "balcao.db-wal"] {
        std::fs::copy(house.app.data.join(name), copy.path().join(name)).expect("a file");
    }
    std::fs::create_dir(copy.path().join("imports")).expect("a folder");
    let token = find(&house, id).token;
    std::fs::copy(house.app.data.join("imports").join(&token), copy.path().join("imports").join(&token))
        .expect("a file");
    let app = App::open(copy.path(), house.clock.clone()).expect("the application");
    loop {
        house.clock.advance(5);
        while balcao::timers::run_jobs(&app).expect("the jobs") > 0 {}
        let import = app.read(|conn| sql::find(conn, id)).expect("an import");
        if import.state == State::Done {
            assert_eq!((import.counts.new, import.counts.repeated), (450, 0));
            break;
        }
    }
    assert_eq!(rows(&app)[0].len(), 450);
    app.stop();
    // In the house itself it is stopped half-way; what came in stays, and the same file goes on.
    assert_eq!(lia.post(&format!("/contacts/imports/{id}/stop"), &[]).status, 303);
    house.passes(1000);
    assert_eq!((find(&house, id).state, people(&house)), (State::Stopped, 100));
    let again = takes(&house, &lia, format!("nome;telefone\n{table}").as_bytes(), &[]);
    assert_eq!((again.new, again.same, people(&house)), (350, 100, 450));
    // Where the file is gone the import ends early, and says so.
    let other = sends(&lia, "b.csv", "nome\nAlguém novo\n".as_bytes());
    tries(&house, &lia, other, &[]);
    assert_eq!(lia.post(&format!("/contacts/imports/{other}/start"), &[]).status, 303);
    std::fs::remove_file(house.app.data.join("imports").join(find(&house, other).token)).expect("a file");
    house.passes(100);
    assert_eq!(find(&house, other).state, State::Stopped);
    assert_eq!(lia.get(&format!("/contacts/imports/{other}/faults")).status, 409);
}

#[test]
fn files_and_what_was_wrong_in_them_are_gone_after_a_week() {
    let house = prepared();
    let (lia, adm) = (house.lia(), house.adm());
    let id = sends(&lia, "a.csv", b"nome;telefone\nAna;1\n");
    tries(&house, &lia, id, &[]);
    assert_eq!(adm.get(&format!("/contacts/imports/{id}")).status, 200, "administrators see all of them");
    house.clock.advance(8 * DAY);
    let path = house.app.data.join("imports").join(find(&house, id).token);
    let old = std::time::SystemTime::now() - Duration::from_secs(7200);
    std::fs::File::open(&path).and_then(|file| file.set_modified(old)).expect("an old file");
    balcao::contacts::contact_imports::jobs::drop_old(&mut house.app.outside()).expect("the night");
    assert!(!path.exists());
    let lia = house.lia();
    assert_eq!(lia.post(&format!("/contacts/imports/{id}/start"), &[]).status, 409);
    assert_eq!(lia.get(&format!("/contacts/imports/{id}/faults")).status, 409);
    assert!(!text(&lia.get(&format!("/contacts/imports/{id}"))).contains("<td>2</td>"));
}

#[test]
fn fifty_megabytes_are_read_in_pieces() {
    let house = prepared();
    let lia = house.lia();
    let padding = "x".repeat(1_000);
    let mut table = "nome;telefone;obs\n".to_owned();
    let mut lines = 0;
    while table.len() < 50 << 20 {
        table.push_str(&format!("Pessoa {lines};(11) 9{:04}-{:04};{padding}\n", 1000 + lines / 10_000, lines % 10_000));
        lines += 1;
    }
    let id = sends(&lia, "grande.csv", table.as_bytes());
    let import = tries(&house, &lia, id, &[]);
    assert_eq!((import.total, import.counts.new), (lines, lines));
    assert_eq!(lia.upload("/contacts/imports", "a.csv", &vec![b'a'; 53 << 20]).status, 422);
}

#[test]
fn what_the_register_writes_out_comes_back_the_same() {
    let house = prepared();
    let (lia, adm) = (house.lia(), house.adm());
    let table = "nome;telefone;email;cpf;cidade;plano;etiquetas\n\
        Maria;11987654321;maria@x.example;52998224725;=Recife;Ouro;VIP|Atacado\n\
        '-João;+351912345678;;;;;\n\
        ;;so@endereco.example;;\"uma\nduas\";;\n";
    takes(&house, &lia, table.as_bytes(), &[]);
    let columns = [
        ("column", "phone"),
        ("column", "email"),
        ("column", "labels"),
        ("column", "f1"),
        ("column", "f2"),
        ("column", "f3"),
    ];
    assert_eq!(adm.post("/contacts/columns", &columns).status, 303);
    let answer = adm.get("/contacts/csv");
    let balcao::platform::web::http::Answer::File(path) = &answer.answer else { panic!("no file: {}", text(&answer)) };
    let written = std::fs::read(path).expect("the file");
    let stored = rows(&house.app);
    let counts = takes(&house, &adm, &written, &[("existing", "overwrite")]);
    assert_eq!((counts.lines, counts.same), (3, 3), "{counts:?} {}", String::from_utf8_lossy(&written));
    assert_eq!(rows(&house.app), stored);
}
