//! The list of contacts: filters that combine, pages that lose nobody, columns as chosen, files that hold the same.

use std::collections::BTreeSet;

use balcao::contacts::contact_labels;
use balcao::contacts::{self, ContactForm};
use balcao::demo::Dice;
use balcao::platform::time::{DAY, Zone};
use balcao::platform::web::http::{Answer, Response};
use balcao::team::channels::{self, Channel, Kind};

use crate::support::{House, Person, START, text};

/// What the test knows of a contact, kept beside the database.
#[derive(Clone, Debug, Default)]
struct Known {
    id: i64,
    name: String,
    phone: String,
    email: String,
    labels: BTreeSet<&'static str>,
    fields: [String; 3],
    channels: BTreeSet<i64>,
    departments: BTreeSet<i64>,
    open: bool,
    created: i64,
    last: Option<i64>,
}

const NAMES: &[&str] = &["Maria Souza", "José Antônio", "Ana Lima", "João Sales", "Inês Conceição", ""];

struct Register {
    house: House,
    people: Vec<Known>,
    second: Channel,
}

/// 140 contacts of ten days, each with something else known of it.
fn register() -> Register {
    let house = House::new();
    let adm = house.adm();
    for fields in [
        vec![("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata & Bronze")],
        vec![("name", "Ofertas"), ("kind", "yes_no")],
        vec![("name", "Cidade"), ("kind", "text")],
    ] {
        assert_eq!(adm.post("/settings/custom-fields", &fields).status, 303);
    }
    let (support, sofia) = (house.support, house.sofia());
    let second = house
        .app
        .change(move |conn| {
            contact_labels::sql::named(conn, "VIP")?;
            let id = channels::sql::create(conn, Kind::WebChat, "Loja 2", support, "two", "segredo", START)?;
            channels::sql::find(conn, id)
        })
        .expect("a channel");
    let mut dice = Dice::new(7);
    let mut people = Vec::new();
    for number in 0..140_usize {
        if number % 14 == 13 {
            house.clock.advance(DAY);
        }
        people.push(person(&house, &second, &sofia, &mut dice, number));
    }
    Register { house, people, second }
}

fn person(house: &House, second: &Channel, sofia: &Person, dice: &mut Dice, number: usize) -> Known {
    let now = house.clock.now();
    let mut known = Known { name: (*dice.pick(NAMES)).to_owned(), created: now.0, ..Known::default() };
    if dice.below(2) == 0 {
        known.phone = format!("+55119{:08}", 80_000_000 + number * 1_000 + dice.below(1_000));
    }
    if dice.below(3) > 0 {
        known.email = format!("pessoa{number}@correio.example");
    }
    let plan = *dice.pick(&["", "Ouro", "Prata & Bronze"]);
    known.fields = [plan, *dice.pick(&["", "yes", "no"]), *dice.pick(&["", "Santos", "Olinda"])].map(str::to_owned);
    for label in ["VIP", "Atacado grande"] {
        if dice.below(4) == 0 {
            known.labels.insert(label);
        }
    }
    let channels =
        [house.channel.clone(), second.clone()].into_iter().filter(|_| dice.below(3) > 0).collect::<Vec<_>>();
    let (stored, by) = (known.clone(), sofia.id);
    let made = channels.clone();
    let (id, identities) = house
        .app
        .change(move |conn| {
            let draft = ContactForm { name: stored.name, phone: stored.phone, email: stored.email };
            let id = contacts::sql::create(conn, &draft, now)?;
            for (field, value) in stored.fields.iter().enumerate() {
                let field = i64::try_from(field).unwrap_or(0) + 1;
                balcao::contacts::custom_fields::sql_values::set(conn, id, field.into(), value)?;
            }
            for name in stored.labels {
                let label = contact_labels::sql::named(conn, name)?;
                contact_labels::sql::add(conn, id, label, by, now)?;
            }
            let mut identities = Vec::new();
            for channel in made {
                let value = format!("test:{number}:{}", channel.id);
                identities.push(contacts::sql::add_identity(conn, id, channel.id, &value, false, now)?);
            }
            Ok((id, identities))
        })
        .expect("a contact");
    known.id = id.0;
    for (channel, identity) in channels.into_iter().zip(identities) {
        known.channels.insert(channel.id.0);
        if dice.below(2) == 0 {
            continue;
        }
        known.departments.insert(channel.department.0);
        known.last = Some(now.0);
        let opened = house.app.change(move |conn| {
            let zone = Zone::named_or_utc(balcao::platform::time::DEFAULT_ZONE);
            balcao::channels::acts::receive(conn, &channel, identity, "oi", None, &zone, now)
        });
        let conversation = opened.expect("a message").conversation;
        if dice.below(2) == 0 {
            house
                .app
                .change(move |conn| {
                    balcao::platform::db::exec(
                        conn,
                        "UPDATE conversation SET state = 'closed' WHERE id = ?",
                        [conversation],
                    )
                })
                .expect("closed");
        } else {
            known.open = true;
        }
    }
    known
}

/// The contacts of a list, page by page, in order.
fn listed(person: &Person, query: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut address = format!("/contacts?{query}");
    for _ in 0..100 {
        let answer = person.get(&address);
        let page = text(&answer);
        assert_eq!(answer.status, 200, "{address}: {page}");
        let body = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
        let links = body.split("href=\"/contacts/").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
        ids.extend(links.map(|id| id.parse::<i64>().expect("an id")));
        let Some(next) = page.split("before=").nth(1).and_then(|rest| rest.split('"').next()) else { return ids };
        address = format!("/contacts?{query}&before={next}");
    }
    panic!("{query} never ends");
}

impl Register {
    fn expected(&self, holds: impl Fn(&Known) -> bool) -> Vec<i64> {
        self.people.iter().rev().filter(|one| holds(one)).map(|one| one.id).collect()
    }
}

fn file(response: &Response) -> String {
    let Answer::File(path) = &response.answer else { panic!("no file: {} {}", response.status, text(response)) };
    String::from_utf8(std::fs::read(path).expect("the file")).expect("text")
}

/// The name of a filter, its query, and who passes it.
type Case<'a> = (String, Box<dyn Fn(&Known) -> bool + 'a>);

fn cases(register: &Register) -> Vec<Case<'_>> {
    let (sales, support) = (register.house.sales.0, register.house.support.0);
    let second = register.second.id.0;
    let zone = Zone::named_or_utc(balcao::platform::time::DEFAULT_ZONE);
    let day = |text: &str| zone.moment(&format!("{text}T00:00")).expect("a day").0;
    let (from, until) = (day("2026-11-25"), day("2026-11-28"));
    let mut cases: Vec<Case> = Vec::new();
    let mut case = |query: &str, holds: Box<dyn Fn(&Known) -> bool>| cases.push((query.to_owned(), holds));
    case("label=1", Box::new(|one| one.labels.contains("VIP")));
    case(&format!("channel={second}"), Box::new(move |one| one.channels.contains(&second)));
    case(&format!("department={sales}"), Box::new(move |one| one.departments.contains(&sales)));
    case(&format!("department={support}"), Box::new(move |one| one.departments.contains(&support)));
    case("talk=open", Box::new(|one| one.open));
    case("talk=never", Box::new(|one| one.last.is_none()));
    case("from=2026-11-25", Box::new(move |one| one.created >= from));
    case("to=2026-11-27", Box::new(move |one| one.created < until));
    case("last_from=2026-11-25", Box::new(move |one| one.last.is_some_and(|at| at >= from)));
    case("last_to=2026-11-27", Box::new(move |one| one.last.is_some_and(|at| at < until)));
    case("phone=has", Box::new(|one| !one.phone.is_empty()));
    case("phone=lacks", Box::new(|one| one.phone.is_empty()));
    case("email=has", Box::new(|one| !one.email.is_empty()));
    case("email=lacks", Box::new(|one| one.email.is_empty()));
    case("f1=Prata+%26+Bronze", Box::new(|one| one.fields[0] == "Prata & Bronze"));
    case("f1=empty", Box::new(|one| one.fields[0].is_empty()));
    case("f2=no", Box::new(|one| one.fields[1] == "no"));
    case("f3=filled", Box::new(|one| !one.fields[2].is_empty()));
    case("f3=empty", Box::new(|one| one.fields[2].is_empty()));
    case("q=sou+mar", Box::new(|one| one.name == "Maria Souza"));
    case("q=conceicao", Box::new(|one| one.name == "Inês Conceição"));
    case("q=nceica", Box::new(|one| one.name == "Inês Conceição"));
    case("q=grande+ATAC", Box::new(|one| one.labels.contains("Atacado grande")));
    case("q=pessoa1", Box::new(|one| one.email.starts_with("pessoa1")));
    cases
}

#[test]
fn each_filter_and_any_two_of_them_list_exactly_those_who_pass() {
    let register = register();
    let sofia = register.house.sofia();
    assert_eq!(listed(&sofia, ""), register.expected(|_| true));
    let cases = cases(&register);
    for (query, holds) in &cases {
        let expected = register.expected(holds);
        assert!(!expected.is_empty() && expected.len() < 140, "{query} tells nothing");
        assert_eq!(listed(&sofia, query), expected, "{query}");
    }
    for (at, (one, holds)) in cases.iter().enumerate() {
        for (other, also) in &cases[at + 1..] {
            let name = |query: &str| query.split('=').next().unwrap_or_default().to_owned();
            if name(one) != name(other) {
                let query = format!("{one}&{other}");
                assert_eq!(listed(&sofia, &query), register.expected(|known| holds(known) && also(known)), "{query}");
            }
        }
    }
    // What there is not is nobody's.
    assert_eq!(listed(&sofia, "label=99"), [0_i64; 0]);
    assert!(text(&sofia.get("/contacts?label=99")).contains("Ninguém passa por este filtro"));
}

#[test]
fn numbers_are_found_in_any_spelling_and_without_their_area() {
    let house = House::new();
    house.contact("Ana");
    let lia = house.lia();
    assert_eq!(lia.post("/contacts/1", &[("phone", "(11) 98765-4321"), ("name", "Maria")]).status, 303);
    for query in [
        "98765-4321",
        "8765-4321",
        "987654321",
        "11+98765-4321",
        "11+8765-4321",
        "%2B55+11+98765-4321",
        "011+98765+4321",
        "015+11+8765+4321",
        "maria+98765-4321",
    ] {
        assert_eq!(listed(&lia, &format!("q={query}")), [1], "{query}");
    }
    assert_eq!(listed(&lia, "q=98765-4322"), [0_i64; 0]);
}

#[test]
fn who_is_far_down_is_reached_by_searching_on() {
    let house = House::new();
    let now = house.clock.now();
    house
        .app
        .change(move |conn| {
            for number in 0..3_200 {
                let email = if number == 3 { String::new() } else { format!("p{number}@x.example") };
                contacts::sql::create(
                    conn,
                    &ContactForm { name: format!("P {number}"), phone: String::new(), email },
                    now,
                )?;
            }
            Ok(())
        })
        .expect("many contacts");
    let sofia = house.sofia();
    let first = text(&sofia.get("/contacts?email=lacks"));
    assert!(first.contains("Continuar procurando") && first.contains("até aqui"), "{first}");
    assert_eq!(listed(&sofia, "email=lacks"), [4]);
    assert_eq!(listed(&sofia, "q=P").len(), 3_200);
    assert_eq!(listed(&sofia, "q=P+4&email=lacks"), [0_i64; 0]);
}

#[test]
fn chips_take_one_part_off_and_a_bad_date_keeps_the_form() {
    let house = House::new();
    house.contact("Maria <b>");
    let (sofia, ana) = (house.sofia(), house.ana());
    let page = text(&sofia.get("/contacts?q=maria&phone=lacks&from=2026-11-23&channel=1"));
    assert!(
        page.contains("Maria &lt;b&gt;") && page.contains("Sem telefone") && page.contains("Canal: Site"),
        "{page}"
    );
    assert!(page.contains("href=\"/contacts?q=maria&amp;channel=1&amp;from=2026-11-23\""), "without the phone: {page}");
    let refused = sofia.get("/contacts?q=maria&from=31/02/2026&phone=lacks");
    let page = text(&refused);
    assert_eq!(refused.status, 422);
    assert!(
        page.contains("Não é uma data") && page.contains("value=\"31/02/2026\"") && page.contains("value=\"maria\"")
    );
    assert!(!page.contains("<tbody>") && page.contains("aria-invalid"), "{page}");
    let turned = sofia.get("/contacts?last_from=2026-11-20&last_to=2026-11-19");
    assert!(turned.status == 422 && text(&turned).contains("antes do primeiro"));
    assert_eq!(ana.get("/contacts?phone=lacks").status, 403);
    let labelled = [("contact", "1"), ("label", "VIP"), ("way", "add"), ("back", "phone=lacks&next=//x.example")];
    let done = house.lia().post("/contacts/labels", &labelled);
    assert_eq!(done.header("location"), Some("/contacts?phone=lacks"), "the list stays narrowed");
    assert_eq!(house.lia().get("/contacts/csv?from=31/02").header("location"), Some("/contacts?from=31%2F02"));
}

#[test]
fn columns_are_each_person_s_own_and_files_hold_them_with_the_filter() {
    let register = register();
    let (lia, sofia) = (register.house.lia(), register.house.sofia());
    let head = |person: &Person| {
        let page = text(&person.get("/contacts"));
        page.split("<thead>").nth(1).and_then(|rest| rest.split("</thead>").next()).unwrap_or_default().to_owned()
    };
    assert!(head(&lia).contains("Telefone") && !head(&lia).contains("Plano"));
    let chosen =
        [("column", "f1"), ("column", "department"), ("column", "f99"), ("back", "label=1&x=1&from=31/02&f2=no")];
    let kept = lia.post("/contacts/columns", &chosen);
    assert_eq!(kept.header("location"), Some("/contacts?label=1&from=31%2F02&f2=no"));
    assert!(
        head(&lia).contains("Plano") && head(&lia).contains("Último departamento") && !head(&lia).contains("Telefone")
    );
    assert!(head(&sofia).contains("Telefone") && !head(&sofia).contains("Plano"), "another's choice is another's");
    let csv = file(&lia.get("/contacts/csv?f1=Ouro&department=1"));
    let expected = register.expected(|one| one.fields[0] == "Ouro" && one.departments.contains(&1));
    assert!(csv.starts_with("\u{feff}Nome;Último departamento;Plano"), "{csv}");
    assert_eq!(csv.lines().count() - 1, expected.len());
    assert!(csv.lines().skip(1).all(|line| line.ends_with(";Ouro")), "{csv}");
    // The file is the list: the same people in the same order, also for a search.
    assert_eq!(lia.post("/contacts/columns", &[("column", "email")]).status, 303);
    for query in ["q=sou+mar&email=has", "q=atac&f2=no", "last_from=2026-11-25&phone=has"] {
        let csv = file(&lia.get(&format!("/contacts/csv?{query}")));
        let of = |id: &i64| register.people.iter().find(|one| one.id == *id).expect("somebody known");
        let expected: Vec<String> =
            listed(&lia, query).iter().map(|id| format!("{};{}", of(id).name, of(id).email)).collect();
        assert!(!expected.is_empty() && csv.lines().skip(1).eq(expected.iter()), "{query}: {csv}");
    }
    let whole = file(&lia.get("/contacts/csv"));
    assert_eq!(whole.lines().count(), 141);
    assert_eq!(register.house.ana().post("/contacts/columns", &[]).status, 403);
    // A field that is for another department is neither a column nor a filter.
    let adm = register.house.adm();
    let hidden = [("name", "Segredo"), ("kind", "text"), ("departments", "2")];
    assert_eq!(adm.post("/settings/custom-fields", &hidden).status, 303);
    let page = text(&lia.get("/contacts?f4=filled"));
    assert!(!page.contains("Segredo") && page.contains("<tbody>"), "{page}");
    assert!(text(&adm.get("/contacts")).contains("Segredo"));
}
