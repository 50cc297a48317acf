//! Data of three sizes, made once: believable lengths and a vocabulary with a long tail.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use balcao::demo::Dice;
use balcao::platform::db::{self, migrations};
use balcao::platform::web::token;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};

use crate::twin;

/// The signed-in agent's session.
pub const TOKEN: &str = "bench-session-token";
/// Visitors who write.
pub const VISITORS: usize = 5_000;
/// The conversation with 500 messages.
pub const LONG: i64 = 1;

/// How much data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    S,
    L,
    Xl,
}

impl Size {
    pub fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::L => "L",
            Self::Xl => "XL",
        }
    }

    pub fn conversations(self) -> usize {
        match self {
            Self::S => 1_000,
            Self::L => 10_000,
            Self::Xl => 100_000,
        }
    }
}

/// Where data of this schema lies.
pub fn folder() -> PathBuf {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(migrations::SCHEMA.as_bytes())[..6]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data").join(digest);
    std::fs::create_dir_all(&folder).expect("a folder for the data");
    folder
}

/// The folder of one size, made where it is missing.
pub fn of(size: Size) -> PathBuf {
    let folder = folder().join(size.name());
    if !folder.join("made").exists() {
        empty(&folder);
        eprintln!("making data of size {} …", size.name());
        make(&folder, size);
        std::fs::write(folder.join("made"), "").expect("a mark");
    }
    folder
}

/// Puts a copy of one folder's file into another folder, alone.
pub fn copy(from: &Path, into: &Path) {
    empty(into);
    std::fs::copy(from.join(db::FILE), into.join(db::FILE)).expect("a copy");
}

/// A folder that is there and holds nothing.
pub fn empty(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("room");
    }
    std::fs::create_dir_all(folder).expect("a folder");
}

/// A visitor's token.
pub fn visitor_token(number: usize) -> String {
    format!("bench-visitor-{}", number % VISITORS)
}

const WORDS: &[&str] = &[
    "não",
    "pedido",
    "entrega",
    "você",
    "obrigado",
    "bom",
    "dia",
    "preciso",
    "boleto",
    "prazo",
    "produto",
    "cartão",
    "código",
    "pagamento",
    "amanhã",
    "ontem",
    "loja",
    "ajuda",
    "troca",
    "número",
    "nota",
    "fiscal",
    "endereço",
    "chegou",
    "ainda",
    "comprovante",
    "estorno",
    "senha",
    "aplicativo",
    "atendimento",
    "transportadora",
    "devolução",
    "garantia",
    "técnico",
    "orçamento",
    "promoção",
    "cancelar",
    "confirmação",
];
const PARTS: &[&str] =
    &["ca", "le", "mo", "ri", "tu", "ção", "ba", "né", "fô", "gli", "pra", "xe", "zu", "dor", "men", "to"];

/// The n-th word of the vocabulary: known ones first, then a long tail of made ones.
fn word(index: usize) -> String {
    match WORDS.get(index) {
        Some(word) => (*word).to_owned(),
        None => {
            let mut rest = index * 7919;
            let mut word = String::new();
            for _ in 0..3 + index % 2 {
                word.push_str(PARTS[rest % PARTS.len()]);
                rest /= PARTS.len();
            }
            word
        }
    }
}

/// About 80 letters; a word's chance falls with its place.
fn text(dice: &mut Dice, vocabulary: &[String]) -> String {
    let mut text = String::with_capacity(96);
    while text.len() < 76 {
        // The product of two draws leans towards the first words.
        let place = dice.below(1000) * dice.below(1000) * dice.below(1000) / 1_000_000 * vocabulary.len() / 1000;
        text.push_str(&vocabulary[place.min(vocabulary.len() - 1)]);
        text.push(' ');
    }
    text
}

fn make(folder: &Path, size: Size) {
    let path = folder.join(db::FILE);
    let mut conn = db::open_writer(&path).expect("a file");
    migrations::migrate(&conn, &path).expect("the schema");
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;").expect("speed");
    let now = balcao::platform::time::Clock::System.now().0;
    let all = conn.transaction().expect("a transaction");
    people(&all, now);
    conversations(&all, size, now);
    all.commit().expect("a commit");
    conn.execute_batch("INSERT INTO message_search (message_search) VALUES ('optimize'); PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
        .expect("order");
}

fn people(conn: &Connection, now: i64) {
    conn.execute("INSERT INTO company (id, name, created_at) VALUES (1, 'Banco de provas', ?)", [now])
        .expect("a company");
    for number in 1..=4 {
        conn.execute(
            "INSERT INTO department (name, created_at) VALUES (?, ?)",
            params![format!("Departamento {number}"), now],
        )
        .expect("a row");
    }
    for number in 1..=20 {
        let role = if number == 1 { "senior" } else { "agent" };
        conn.execute(
            "INSERT INTO agent (name, email, role, presence, seen_at, created_at) VALUES (?, ?, ?, 'online', ?, ?)",
            params![format!("Agente {number}"), format!("a{number}@bench.example"), role, now, now],
        )
        .expect("a row");
        for department in 1..=4 {
            conn.execute("INSERT INTO membership VALUES (?, ?)", [number, department]).expect("a row");
        }
    }
    conn.execute(
        "INSERT INTO session (token_hash, agent_id, user_agent, address, created_at, expires_at) VALUES (?, 1, '', '', ?, ?)",
        params![token::digest(TOKEN), now, now + 365 * 86_400_000_i64],
    )
    .expect("a session");
    conn.execute(
        "INSERT INTO channel (kind, name, department_id, public_key, secret, created_at) VALUES ('web_chat', 'Site', 1, 'site', 's', ?)",
        [now],
    )
    .expect("a channel");
    for (name, colour) in [("urgente", "red"), ("vip", "purple"), ("troca", "amber")] {
        conn.execute("INSERT INTO tag (name, colour) VALUES (?, ?)", [name, colour]).expect("a tag");
    }
}

fn conversations(conn: &Connection, size: Size, now: i64) {
    let mut dice = Dice::new(7);
    let vocabulary: Vec<String> = (0..4_000).map(word).collect();
    let total = size.conversations();
    let mut contact = conn
        .prepare("INSERT INTO contact (name, phone, email, created_at, updated_at) VALUES (?, ?, ?, ?4, ?4)")
        .expect("sql");
    let mut identity = conn
        .prepare("INSERT INTO identity (contact_id, channel_id, value, created_at) VALUES (?, 1, ?, ?)")
        .expect("sql");
    let mut visitor =
        conn.prepare("INSERT INTO visitor (token_hash, identity_id, created_at) VALUES (?, ?, ?)").expect("sql");
    let mut open = conn
        .prepare(
            "INSERT INTO conversation (number, contact_id, identity_id, channel_id, department_id, assignee_id, state, spoke_last, opened_at,
                 closed_at, since, last_at, last_author, last_line, inbound)
             VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?10, 'contact', ?, ?)",
        )
        .expect("sql");
    let mut add = conn
        .prepare("INSERT INTO message (conversation_id, author, agent_id, body, at) VALUES (?, ?, ?, ?, ?)")
        .expect("sql");
    let mut find = conn.prepare("INSERT INTO message_search (rowid, body) VALUES (?, ?)").expect("sql");
    let mut tag = conn.prepare("INSERT INTO conversation_tag VALUES (?, ?, NULL, ?)").expect("sql");
    let mut message = 0_i64;
    for number in 0..total.max(VISITORS) {
        let mut name = vocabulary[dice.below(vocabulary.len())].clone();
        let _infallible = write!(name, " {}", vocabulary[dice.below(vocabulary.len())]);
        let phone = format!("+55119{:08}", dice.below(99_999_999));
        contact.execute(params![name, phone, format!("c{number}@bench.example"), now]).expect("a row");
        let who = i64::try_from(number).expect("small") + 1;
        identity.execute(params![who, format!("bench:{number}"), now]).expect("a row");
        if number < VISITORS {
            visitor.execute(params![token::digest(&visitor_token(number)), who, now]).expect("a row");
        }
    }
    for number in 0..total {
        let id = i64::try_from(number).expect("small") + 1;
        let open_now = number % 5 == 0;
        let at = if open_now {
            now - i64::try_from(dice.below(80_000_000)).expect("small")
        } else {
            now - 86_400_000 * 3 - id * 1000
        };
        let state = match (open_now, number % 3) {
            (false, _) => "closed",
            (true, 0) => "waiting_contact",
            (true, _) => "waiting_agent",
        };
        let assignee = (number % 4 != 0).then(|| i64::try_from(dice.below(20)).expect("small") + 1);
        let messages = match id {
            LONG => 500,
            _ => 10,
        };
        let last = text(&mut dice, &vocabulary);
        open.execute(params![
            20_200_101_000_000_i64 + id,
            id,
            id,
            id % 4 + 1,
            assignee,
            state,
            if state == "waiting_contact" { "team" } else { "contact" },
            at,
            (!open_now).then_some(at),
            at,
            last,
            messages / 2,
        ])
        .expect("a row");
        if number % 10 == 0 {
            tag.execute(params![id, i64::try_from(number / 10 % 3).expect("small") + 1, at]).expect("a row");
        }
        for place in 0..messages {
            message += 1;
            let mut body = text(&mut dice, &vocabulary);
            if message % 20_011 == 7 {
                body.push_str("zirconita");
            }
            let (author, agent) =
                if place % 2 == 0 { ("contact", None) } else { ("agent", Some(assignee.unwrap_or(1))) };
            add.execute(params![id, author, agent, body, at + place * 60_000]).expect("a row");
            find.execute(params![message, body]).expect("a row");
        }
    }
}

/// In a process of its own: leaves 64 MB of committed pages in the WAL and dies.
pub fn leave_a_wal(folder: &Path) -> ! {
    let conn = db::open_writer(&folder.join(db::FILE)).expect("the file");
    // The file may be another build's.
    let change = twin::spelled(&conn, "UPDATE message SET at = at + 1 WHERE id % 40 = ?").expect("its tables");
    conn.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF;").expect("settings");
    let wal = folder.join(format!("{}-wal", db::FILE));
    for round in 0.. {
        conn.execute(&change, [round % 40]).expect("a change");
        if std::fs::metadata(&wal).is_ok_and(|found| found.len() >= 64 << 20) {
            break;
        }
    }
    std::process::abort();
}
