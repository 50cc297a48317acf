//! Rows l, m and n: the register of 200,000 people, the pane of one with 2,000 conversations, a file of 100,000 lines.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use balcao::demo::Dice;

use crate::client::{Client, get, message, repeat};
use crate::data::TOKEN;
use crate::data_people::{self, MANY, PEOPLE};
use crate::service::Service;
use crate::{Result, Wish};

fn samples(wish: &Wish) -> usize {
    if wish.quick { 200 } else { 1_000 }
}

/// l: searching and narrowing the register.
pub fn register(wish: &Wish) -> Vec<Result> {
    let service = Service::start(&data_people::of());
    let one = PEOPLE - 12_345;
    let number = data_people::phone(one);
    let asked = [
        ("first page", String::new(), 50),
        ("name", "q=quintanilha".to_owned(), 50),
        ("commonest name", "q=maria".to_owned(), 50),
        ("two words, turned round, no accents", "q=goncalves+jose".to_owned(), 1),
        ("three words", "q=ana+silva+lima".to_owned(), 1),
        ("part of a name", "q=tanilh".to_owned(), 50),
        ("parts of two names", "q=rianilha+uintan".to_owned(), 0),
        ("number as written", format!("q=({})+{}-{}", &number[..2], &number[2..7], &number[7..]), 1),
        ("number without its area", format!("q={}", &number[2..]), 1),
        ("address", format!("q=pessoa{}@correio.example", one / 3 * 3 + 1), 1),
        ("document of nobody", "q=529.982.247-25".to_owned(), 0),
        ("label", "q=feira".to_owned(), 1),
        ("absent", "q=xyzxyz".to_owned(), 0),
        ("filter: a rare label", "label=3".to_owned(), 1),
        ("filter: never wrote, with a number", "talk=never&phone=has".to_owned(), 50),
        ("filter: city", "f2=Quintanilha".to_owned(), 1),
        ("filter: an empty field of everybody", "f3=empty&label=1&talk=open".to_owned(), 0),
    ];
    let mut results = Vec::new();
    for (name, query, least) in asked {
        let address = format!("/contacts?{query}");
        let mut times = repeat(
            service.address,
            samples(wish),
            |_| get(&address, ""),
            |answer| {
                assert_eq!(answer.status, 200);
                let found = String::from_utf8_lossy(&answer.body).matches("href=\"/contacts/").count();
                // The register's own links are some of them.
                assert!(found >= least, "{address}: {found}");
            },
        );
        let met = times.at(99.0) <= 20.0;
        results.push(Result::new("l", format!("register of 200,000: {name}"), times.shown(), "p99 ≤ 20 ms", Some(met)));
    }
    service.stop();
    results
}

/// m: the parts of the pane beside an open conversation of the contact with 2,000.
pub fn pane(wish: &Wish) -> Vec<Result> {
    let service = Service::start(&data_people::of());
    let mut results = Vec::new();
    for (name, path, sign) in [
        ("record", "panes", "name=\"phone\""),
        ("timeline", "timeline", "<li"),
        ("timeline, notes alone", "timeline?kind=notes", "<li"),
        ("insight", "insight", "<h3"),
        ("link: probable same persons", "link/new", "<h2"),
        ("link: searched", "link/new?q=maria+souza", "<h2"),
    ] {
        let address = format!("/conversations/{MANY}/{path}");
        let mut times = repeat(
            service.address,
            samples(wish),
            |_| get(&address, "x-fragment: 1\r\n"),
            |answer| {
                let text = String::from_utf8_lossy(&answer.body);
                assert!(answer.status == 200 && text.contains(sign), "{address}: {} {text}", answer.status);
            },
        );
        let met = times.at(99.0) <= 10.0;
        results.push(Result::new(
            "m",
            format!("pane, 2,000 conversations: {name}"),
            times.shown(),
            "p99 ≤ 10 ms",
            Some(met),
        ));
    }
    service.stop();
    results
}

/// n: 100,000 lines tried and taken, and the same once more, while a contact writes.
pub fn import(wish: &Wish) -> Vec<Result> {
    let lines = if wish.quick { 20_000 } else { 100_000 };
    let folder = crate::data::copy_of(crate::data::Size::S, "imported");
    let conn = rusqlite::Connection::open(folder.join(balcao::platform::db::FILE)).expect("the file");
    conn.execute_batch(
        "UPDATE agent SET role = 'lead' WHERE id = 1;
         INSERT INTO custom_field (name, kind, is_unique, position) VALUES ('CPF', 'cpf', 1, 1), ('Cidade', 'text', 0, 2);",
    )
    .expect("a template");
    drop(conn);
    let service = Service::start(&folder);
    let mut dice = Dice::new(23);
    let mut table = "nome;telefone;email;cpf;cidade;etiquetas\n".to_owned();
    for number in 0..lines {
        let (name, cpf) = (data_people::name(&mut dice), data_people::cpf(PEOPLE + number));
        let _infallible = writeln!(
            table,
            "{name};{};linha{number}@correio.example;{cpf};Recife;Feira",
            data_people::phone(PEOPLE + number)
        );
    }
    let mut results = Vec::new();
    for (what, least) in [("new to the register", lines), ("the same file again", 0)] {
        let began = Instant::now();
        let address = upload(&service, &table);
        let form =
            "column-0=name&column-1=phone&column-2=email&column-3=f1&column-4=f2&column-5=labels&existing=complete";
        post(&service, &address, form);
        let tried = follow(&service, &address, "Importar", "Nada mudaria");
        let trial = began.elapsed();
        let mut worst = Duration::ZERO;
        if tried.contains("Importar ") {
            post(&service, &format!("{address}/start"), "");
            let mut client = Client::to(service.address);
            for number in 0.. {
                let sent = Instant::now();
                let body = message(number, &format!("n{what}{number}").replace(' ', "-"), "ainda aí?");
                assert_eq!(client.ask(&body).status, 200);
                worst = worst.max(sent.elapsed());
                std::thread::sleep(Duration::from_millis(20));
                if number % 10 == 0 && is_done(&service, &address) {
                    break;
                }
            }
        }
        let all = began.elapsed();
        let page = String::from_utf8_lossy(&Client::to(service.address).ask(&get(&address, "")).body).into_owned();
        assert!(page.contains(&format!("<b>{least}</b> novas")), "{page}");
        let shown = format!(
            "{:.1} s ({:.1} s of it tried), {:.0} MiB, a message meanwhile at most {:.0} ms",
            all.as_secs_f64(),
            trial.as_secs_f64(),
            service.memory(),
            worst.as_secs_f64() * 1000.0
        );
        let met = all.as_secs_f64() * 100_000.0 / lines as f64 <= 60.0;
        results.push(Result::new("n", format!("{lines} lines, {what}"), shown, "100,000 in ≤ 60 s", Some(met)));
    }
    service.stop();
    results
}

fn upload(service: &Service, table: &str) -> String {
    let body = format!(
        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gente.csv\"\r\n\r\n{table}\r\n--xx--\r\n"
    );
    let head = format!(
        "POST /contacts/imports HTTP/1.1\r\nHost: bench\r\nCookie: balcao={TOKEN}\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = Client::to(service.address).ask(format!("{head}{body}").as_bytes());
    assert_eq!(answer.status, 303, "{}", String::from_utf8_lossy(&answer.body));
    let page = Client::to(service.address).ask(&get("/contacts/imports", "")).body;
    let page = String::from_utf8_lossy(&page).into_owned();
    let id = page.split("href=\"/contacts/imports/").nth(1).and_then(|rest| rest.split('"').next());
    format!("/contacts/imports/{}", id.expect("an import"))
}

fn post(service: &Service, address: &str, form: &str) {
    let request = format!(
        "POST {address} HTTP/1.1\r\nHost: bench\r\nCookie: balcao={TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    assert_eq!(Client::to(service.address).ask(request.as_bytes()).status, 303);
}

/// Asks until one of the words stands there.
fn follow(service: &Service, address: &str, one: &str, other: &str) -> String {
    let began = Instant::now();
    loop {
        let answer = Client::to(service.address).ask(&get(address, "x-fragment: 1\r\n"));
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        if text.contains(one) && !text.contains("data-follows") || text.contains(other) {
            return text;
        }
        assert!(began.elapsed() < Duration::from_secs(300), "{text}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn is_done(service: &Service, address: &str) -> bool {
    let answer = Client::to(service.address).ask(&get(address, "x-fragment: 1\r\n"));
    String::from_utf8_lossy(&answer.body).contains("Ver os clientes")
}
