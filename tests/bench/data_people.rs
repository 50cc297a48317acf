//! 200,000 people as a shop knows them, one of them with 2,000 conversations.

use std::path::PathBuf;

use balcao::demo::Dice;
use balcao::platform::db;
use rusqlite::{Connection, params};

use crate::data::{self, Size, folder};

/// How many there are.
pub const PEOPLE: usize = 200_000;
/// The open conversation of the one with many.
pub const MANY: i64 = 1;

const GIVEN: &[&str] = &[
    "Maria",
    "José",
    "Ana",
    "João",
    "Antônio",
    "Francisco",
    "Carlos",
    "Paulo",
    "Pedro",
    "Lucas",
    "Luiz",
    "Marcos",
    "Luís",
    "Gabriel",
    "Rafael",
    "Daniel",
    "Marcelo",
    "Bruno",
    "Eduardo",
    "Felipe",
    "Raimundo",
    "Rodrigo",
    "Manoel",
    "Mateus",
    "André",
    "Fernando",
    "Fábio",
    "Leonardo",
    "Gustavo",
    "Guilherme",
    "Francisca",
    "Antônia",
    "Adriana",
    "Juliana",
    "Márcia",
    "Fernanda",
    "Patrícia",
    "Aline",
    "Sandra",
    "Camila",
    "Amanda",
    "Bruna",
    "Jéssica",
    "Letícia",
    "Júlia",
    "Luciana",
    "Vanessa",
    "Mariana",
    "Gabriela",
    "Vera",
    "Vitória",
    "Larissa",
    "Cláudia",
    "Beatriz",
];
const FAMILY: &[&str] = &[
    "Silva",
    "Santos",
    "Oliveira",
    "Souza",
    "Rodrigues",
    "Ferreira",
    "Alves",
    "Pereira",
    "Lima",
    "Gomes",
    "Costa",
    "Ribeiro",
    "Martins",
    "Carvalho",
    "Almeida",
    "Lopes",
    "Soares",
    "Fernandes",
    "Vieira",
    "Barbosa",
    "Rocha",
    "Dias",
    "Nascimento",
    "Andrade",
    "Moreira",
    "Nunes",
    "Marques",
    "Machado",
    "Mendes",
    "Freitas",
    "Cardoso",
    "Ramos",
    "Gonçalves",
    "Santana",
    "Teixeira",
    "Albuquerque",
    "Cavalcanti",
    "Bezerra",
    "Menezes",
    "Quintanilha",
];

/// A name of three words.
pub fn name(dice: &mut Dice) -> String {
    let (given, middle, family) = (dice.pick(GIVEN), dice.pick(FAMILY), dice.pick(FAMILY));
    format!("{given} {middle} {family}")
}

/// A number that proves itself, of one person alone.
pub fn cpf(number: usize) -> String {
    let shuffled = (number * 7_654_321 + 123_456_789) % 1_000_000_000;
    let mut digits: Vec<usize> = (0..9).rev().map(|place| shuffled / 10_usize.pow(place) % 10).collect();
    for _ in 0..2 {
        let top = digits.len() + 1;
        let sum: usize = digits.iter().zip((2..=top).rev()).map(|(digit, weight)| digit * weight).sum();
        digits.push(if sum % 11 < 2 { 0 } else { 11 - sum % 11 });
    }
    digits.iter().map(ToString::to_string).collect()
}

/// A number that nobody else has.
pub fn phone(number: usize) -> String {
    format!("{:02}9{:08}", [12, 21, 31, 41, 51, 71, 81, 85][number % 8], 70_000_000 + number)
}

/// The folder, made where it is missing; the session is a lead's.
pub fn of() -> PathBuf {
    let made = folder().join("people");
    if made.join("made").exists() {
        return made;
    }
    eprintln!("making {PEOPLE} people …");
    data::copy(&data::of(Size::S), &made);
    let mut conn = db::open_writer(&made.join(db::FILE)).expect("the file");
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;").expect("speed");
    let all = conn.transaction().expect("a transaction");
    fill(&all);
    history(&all);
    all.commit().expect("a commit");
    conn.execute_batch(
        "INSERT INTO contact_search (contact_search) VALUES ('optimize'); INSERT INTO contact_words (contact_words) VALUES ('optimize');
         PRAGMA analysis_limit = 1000; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);",
    )
    .expect("order");
    std::fs::write(made.join("made"), "").expect("a mark");
    made
}

fn fill(conn: &Connection) {
    let now = balcao::platform::time::Clock::System.now().0;
    conn.execute_batch(
        "UPDATE agent SET role = 'lead' WHERE id = 1;
         INSERT INTO custom_field (name, kind, is_unique, position) VALUES ('CPF', 'cpf', 1, 1), ('Cidade', 'text', 0, 2), ('Plano', 'text', 0, 3);
         INSERT INTO contact_label (name, colour) VALUES ('VIP', 'purple'), ('Atacado', 'blue'), ('Feira', 'green');",
    )
    .expect("a template");
    let known: i64 = conn.query_row("SELECT count(*) FROM contact", [], |row| row.get(0)).expect("a count");
    let mut contact = conn
        .prepare("INSERT INTO contact (name, phone, email, created_at, updated_at) VALUES (?, ?, ?, ?4, ?4)")
        .expect("sql");
    let mut value = conn.prepare("INSERT INTO contact_value VALUES (?, ?, ?)").expect("sql");
    let mut label = conn.prepare("INSERT INTO contact_labelling VALUES (?, ?, 1, ?)").expect("sql");
    let mut dice = Dice::new(11);
    for number in usize::try_from(known).expect("small")..PEOPLE {
        let name = name(&mut dice);
        let email = if number % 3 == 0 { String::new() } else { format!("pessoa{number}@correio.example") };
        let at = now - 60_000 * i64::try_from(PEOPLE - number).expect("small");
        contact.execute(params![name, format!("+55{}", phone(number)), email, at]).expect("a row");
        let id = conn.last_insert_rowid();
        if number % 3 != 1 {
            value.execute(params![id, 1, cpf(number)]).expect("a row");
        }
        value.execute(params![id, 2, *dice.pick(FAMILY)]).expect("a row");
        for (one_in, which) in [(10, 1), (100, 2), (10_000, 3)] {
            if dice.below(one_in) == 0 {
                label.execute(params![id, which, at]).expect("a row");
            }
        }
    }
}

fn history(conn: &Connection) {
    conn.execute_batch(&format!(
        "INSERT INTO conversation (number, contact_id, identity_id, channel_id, department_id, state, opened_at, closed_at, since, last_at, first_answered_at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000)
             SELECT 1000 + n, contact_id, identity_id, channel_id, department_id, 'closed', opened_at - 3600000 * n, opened_at - 3600000 * n + 60000,
                    opened_at, opened_at, opened_at - 3600000 * n + 30000 FROM n, conversation WHERE conversation.id = {MANY};
         INSERT INTO closing (conversation_id, department_id, path, sentiment, closed_by, at)
             SELECT id, department_id, 'Entrega › Atraso', 'negative', 'bot', closed_at FROM conversation WHERE number BETWEEN 1001 AND 9999;
         INSERT INTO message (conversation_id, author, agent_id, body, at)
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 8)
             SELECT id, iif(n % 2, 'note', 'contact'), iif(n % 2, 1, NULL), 'boleto do pedido ' || n, opened_at + 1000 * n FROM conversation, n WHERE number BETWEEN 1001 AND 9999;
         INSERT INTO message_search (rowid, body) SELECT id, body FROM message WHERE body LIKE 'boleto do pedido%';
         INSERT INTO pause (conversation_id, department_id, agent_id, reason, started_at, returns_at, ended_at)
             SELECT id, department_id, 1, 'almoço', opened_at + 7000, opened_at + 9000, opened_at + 9000 FROM conversation WHERE number BETWEEN 1001 AND 9999;",
    ))
    .expect("a long history");
}
