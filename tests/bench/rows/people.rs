//! Rows l, m and n: the register of 200,000 people, the pane of one with 2,000 conversations, a file of 100,000 lines.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use balcao::demo::Dice;

use crate::bench::{Bench, Subject, label};
use crate::build::{self, Build};
use crate::client::{Answer, Client, Times, get, message, repeat};
use crate::data::{Size, TOKEN};
use crate::data_people::{self, MANY, PEOPLE};
use crate::figures::{Figure, Reading};
use crate::service::Service;
use crate::{Wish, twin};

/// Nothing that is waited for takes longer on a machine that can be measured on.
const PATIENCE: Duration = Duration::from_secs(300);

fn samples(wish: &Wish) -> usize {
    if wish.quick { 200 } else { 1_000 }
}

fn reading(mut times: Times, most: f64) -> Reading {
    Reading { shown: times.shown(), met: Some(times.at(99.0) <= most), figures: times.figures() }
}

/// l: searching and narrowing the register.
pub fn register(bench: &mut Bench) {
    let mut services = Subject::new(|build| Service::start(build, &build.people()));
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
    let samples = samples(&bench.wish);
    for (name, query, least) in asked {
        let address = format!("/contacts?{query}");
        let check = |answer: &Answer| {
            answer.must_be(200);
            let found = String::from_utf8_lossy(&answer.body).matches("href=\"/contacts/").count();
            // The register's own links are some of them.
            assert!(found >= least, "{address}: {found}");
        };
        let ask =
            |service: &mut Service, shares| repeat(service.address, samples / shares, |_| get(&address, ""), check);
        let measured = bench.shares(&mut services, ask, |times| reading(times, 20.0));
        bench.add(label("l", format!("register of 200,000: {name}"), "p99 ≤ 20 ms"), &measured);
    }
}

/// m: the parts of the pane beside an open conversation of the contact with 2,000.
pub fn pane(bench: &mut Bench) {
    let mut services = Subject::new(|build| Service::start(build, &build.people()));
    let samples = samples(&bench.wish);
    for (name, path, sign) in [
        ("record", "panes", "name=\"phone\""),
        ("timeline", "timeline", "<li"),
        ("timeline, notes alone", "timeline?kind=notes", "<li"),
        ("insight", "insight", "<h3"),
        ("link: probable same persons", "link/new", "<h2"),
        ("link: searched", "link/new?q=maria+souza", "<h2"),
    ] {
        let address = format!("/conversations/{MANY}/{path}");
        let check = |answer: &Answer| {
            answer.must_be(200);
            let text = String::from_utf8_lossy(&answer.body);
            assert!(text.contains(sign), "{address} is without {sign}\n{text}");
        };
        let request = |_: usize| get(&address, "x-fragment: 1\r\n");
        let ask = |service: &mut Service, shares| repeat(service.address, samples / shares, request, check);
        let measured = bench.shares(&mut services, ask, |times| reading(times, 10.0));
        bench.add(label("m", format!("pane, 2,000 conversations: {name}"), "p99 ≤ 10 ms"), &measured);
    }
}

/// n: 100,000 lines tried and taken, and the same once more, while a contact writes.
pub fn import(bench: &mut Bench) {
    let lines = if bench.wish.quick { 20_000 } else { 100_000 };
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
    let labels = ["new to the register", "the same file again"]
        .map(|what| label("n", format!("{lines} lines, {what}"), "100,000 in ≤ 60 s"));
    let mut builds = Subject::new(Build::clone);
    bench.lines(labels, &mut builds, |build| {
        let service = with_fields(build);
        [lines, 0].map(|new| taken(&service, &table, lines, new))
    });
}

/// A service whose contacts have the fields of the file.
fn with_fields(build: &Build) -> Service {
    let folder = build.copy(Size::S, "imported");
    let conn = build::open(&folder);
    let sql = twin::spelled(
        &conn,
        "UPDATE agent SET role = 'lead' WHERE id = 1;
         INSERT INTO custom_field (name, kind, is_unique, position) VALUES ('CPF', 'cpf', 1, 1), ('Cidade', 'text', 0, 2);",
    );
    conn.execute_batch(&sql.expect("its tables")).expect("the fields");
    Service::start(build, &folder)
}

/// The file, sent, tried and taken, where so many of its lines should be new.
fn taken(service: &Service, table: &str, lines: usize, new: usize) -> Reading {
    let began = Instant::now();
    let address = upload(service, table);
    let form = "column-0=name&column-1=phone&column-2=email&column-3=f1&column-4=f2&column-5=labels&existing=complete";
    post(service, &address, form);
    let tried = follow(service, &address, "Importar", "Nada mudaria");
    let trial = began.elapsed();
    let mut worst = Duration::ZERO;
    if tried.contains("Importar ") {
        post(service, &format!("{address}/start"), "");
        let mut client = Client::to(service.address);
        for number in 0.. {
            let sent = Instant::now();
            client.ask(&message(number, "ainda aí?")).must_be(200);
            worst = worst.max(sent.elapsed());
            std::thread::sleep(Duration::from_millis(20));
            if number % 10 == 0 && is_done(service, &address) {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "the import does not end");
        }
    }
    let (all, trial) = (began.elapsed().as_secs_f64(), trial.as_secs_f64());
    let page = String::from_utf8_lossy(&Client::to(service.address).ask(&get(&address, "")).body).into_owned();
    assert!(page.contains(&format!("<b>{new}</b> novas")), "not {new} new ones\n{page}");
    let (memory, worst) = (service.memory(), worst.as_secs_f64() * 1000.0);
    let shown =
        format!("{all:.1} s ({trial:.1} s of it tried), {memory:.0} MiB, a message meanwhile at most {worst:.0} ms");
    let figures = vec![
        Figure::less("time", all, "s"),
        Figure::less("tried", trial, "s"),
        Figure::less("PSS", memory, "MiB"),
        Figure::less("worst message", worst, "ms").floor(5.0),
    ];
    Reading { shown, met: Some(all * 100_000.0 / lines as f64 <= 60.0), figures }
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
    answer.must_be(303);
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
    Client::to(service.address).ask(request.as_bytes()).must_be(303);
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
        assert!(began.elapsed() < PATIENCE, "the import is not tried\n{text}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn is_done(service: &Service, address: &str) -> bool {
    let answer = Client::to(service.address).ask(&get(address, "x-fragment: 1\r\n"));
    String::from_utf8_lossy(&answer.body).contains("Ver os clientes")
}
