//! The settings of web chats, and the danger zone.

use balcao::channels::web_chat;
use balcao::platform::time::HOUR;
use balcao::team::channels::{self, ChannelId};

use super::{between, body};
use crate::support::{House, Person, request, text};
use balcao::platform::web::http::{Method, Response};

fn form<'a>(department: &'a str, sites: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", "Chat da loja"),
        ("department", department),
        ("colour", "#0A7C66"),
        ("welcome", "Olá! </textarea><b>Como</b> podemos ajudar?"),
        ("reply_time", "Em minutos"),
        ("allowed_sites", sites),
        ("reopen_window", "48"),
        ("asks_name", "1"),
        ("asks_phone", "1"),
        ("emoji", "1"),
    ]
}

fn create(house: &House, adm: &Person) -> (String, ChannelId) {
    let made =
        adm.post("/settings/web-chats", &form(&house.support.to_string(), "loja.example\nhttp://localhost:8081"));
    assert_eq!(made.status, 303);
    let address = made.header("location").expect("its page").trim_end_matches("?saved=1").to_owned();
    let id = address.rsplit('/').next().expect("an id").parse().expect("a number");
    (address, ChannelId(id))
}

#[test]
fn a_web_chat_is_made_with_everything_that_the_form_says() {
    let house = House::new();
    let adm = house.adm();
    let (address, id) = create(&house, &adm);
    let (channel, look) = house
        .app
        .read(|conn| Ok((channels::sql::find(conn, id)?, web_chat::sql::look(conn, id)?)))
        .expect("the channel");
    assert_eq!((channel.name.as_str(), channel.department), ("Chat da loja", house.support));
    assert_eq!(channel.reopen_window, 48 * HOUR);
    assert_eq!(
        (look.colour.as_str(), look.allowed_sites.as_str()),
        ("#0a7c66", "https://loja.example\nhttp://localhost:8081")
    );
    assert!(look.asks_name && !look.asks_email && look.asks_phone && !look.attachments && look.emoji);
    let page = text(&adm.get(&address));
    let code = format!("&lt;script src=&quot;http://balcao.test/chat/{}/widget.js&quot; async&gt;", channel.public_key);
    assert!(page.contains(&code), "{page}");
    assert!(page.contains(&format!("<iframe class=\"preview\" src=\"/chat/{}/frame\"", channel.public_key)));
    assert!(!page.contains("</textarea><b>"), "what was typed stays text");
    assert_eq!(house.get(&format!("/chat/{}/frame", channel.public_key)).status, 200);
}

#[test]
fn a_wrong_web_chat_form_names_its_fields_and_keeps_the_rest() {
    let house = House::new();
    let adm = house.adm();
    let fields =
        [("name", ""), ("department", "999"), ("colour", "azul"), ("allowed_sites", "a b://"), ("reply_time", "Já")];
    let wrong = adm.post("/settings/web-chats", &fields);
    let page = text(&wrong);
    assert_eq!(wrong.status, 422);
    for field in ["name", "department", "colour", "allowed_sites", "reopen_window"] {
        assert!(page.contains(&format!("id=\"{field}-wrong\"")), "{field}");
    }
    assert!(page.contains("value=\"Já\""));
}

#[test]
fn two_who_change_a_web_chat_at_once_are_told() {
    let house = House::new();
    let adm = house.adm();
    let (address, _) = create(&house, &adm);
    let was = between(&text(&adm.get(&address)), "name=\"was\" value=\"", "\"").to_owned();
    let sales = house.sales.to_string();
    let mut fields = form(&sales, "");
    fields.push(("was", &was));
    assert_eq!(adm.post(&address, &fields).status, 303);
    assert_eq!(adm.post(&address, &fields).status, 422);
}

#[test]
fn the_secret_is_shown_on_demand_and_each_look_is_recorded() {
    let house = House::new();
    let adm = house.adm();
    let (address, id) = create(&house, &adm);
    let secret = |house: &House| house.app.read(|conn| channels::sql::find(conn, id)).expect("it").secret;
    let first = secret(&house);
    assert!(!text(&adm.get(&address)).contains(&first));
    assert!(text(&adm.post(&format!("{address}/secret"), &[])).contains(&first));
    let rotated = text(&adm.post(&format!("{address}/secret/rotation"), &[]));
    assert!(rotated.contains(&secret(&house)) && secret(&house) != first);
    let audit = text(&adm.get("/settings/audit"));
    assert!(audit.contains("viu o segredo") && audit.contains("trocou o segredo"));
}

#[test]
fn an_archived_web_chat_takes_nothing_more() {
    let house = House::new();
    let adm = house.adm();
    let (address, id) = create(&house, &adm);
    let key = house.app.read(|conn| channels::sql::find(conn, id)).expect("it").public_key;
    assert_eq!(adm.post(&format!("{address}/archiving"), &[]).status, 303);
    assert_eq!(house.get(&format!("/chat/{key}/frame")).status, 404);
    assert_eq!(adm.get(&address).status, 404);
}

#[test]
fn only_administrators_touch_channels_and_the_danger_zone() {
    let house = House::new();
    let (address, _) = create(&house, &house.adm());
    for person in [house.ana(), house.lia()] {
        for page in ["/settings/web-chats", "/settings/web-chats/new", &address, "/settings/danger"] {
            assert_eq!(person.get(page).status, 403, "{page}");
        }
        for act in ["/secret", "/secret/rotation", "/archiving"] {
            assert_eq!(person.post(&format!("{address}{act}"), &[]).status, 403, "{act}");
        }
        for act in ["sign-out", "secrets", "backup"] {
            let fields = [("confirm_sign_out", "Loja Exemplo"), ("confirm_backup", "Loja Exemplo")];
            assert_eq!(person.post(&format!("/settings/danger/{act}"), &fields).status, 403, "{act}");
        }
    }
}

#[test]
fn the_danger_zone_asks_for_the_name_and_then_acts() {
    let house = House::new();
    let (adm, ana) = (house.adm(), house.ana());
    let before = house.channel.secret.clone();
    for (act, field) in [("sign-out", "confirm_sign_out"), ("secrets", "confirm_secrets"), ("backup", "confirm_backup")]
    {
        let refused = adm.post(&format!("/settings/danger/{act}"), &[(field, "Outra")]);
        assert_eq!((refused.status, text(&refused).contains(&format!("id=\"{field}-wrong\""))), (422, true), "{act}");
    }
    assert_eq!(ana.get("/profile").status, 200);
    assert_eq!(adm.post("/settings/danger/sign-out", &[("confirm_sign_out", "loja exemplo ")]).status, 303);
    assert_eq!((ana.get("/profile").status, adm.get("/profile").status), (303, 200));
    assert_eq!(adm.post("/settings/danger/secrets", &[("confirm_secrets", "Loja Exemplo")]).status, 303);
    let after = house.app.read(|conn| channels::sql::find(conn, house.channel.id)).expect("it").secret;
    assert_ne!(before, after);
}

#[test]
fn a_backup_is_a_whole_database_of_this_moment() {
    let house = House::new();
    let adm = house.adm();
    house.writes(house.contact("Maria"), "Bom dia");
    let backup = || adm.post("/settings/danger/backup", &[("confirm_backup", "Loja Exemplo")]);
    drop(backup());
    let answer = backup();
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"balcao-20261123.db\""));
    let balcao::platform::web::http::Answer::File(path) = &answer.answer else { panic!("no file") };
    let copy = rusqlite::Connection::open(path).expect("a database");
    let body: String =
        copy.query_row("SELECT body FROM message WHERE author = 'contact'", [], |row| row.get(0)).expect("it");
    assert_eq!(body, "Bom dia");
    let kept = std::fs::read_dir(house.folder.path().join("copies")).expect("the folder").count();
    assert_eq!(kept, 1, "copies do not pile up");
}

#[test]
fn pages_of_the_settings_are_there_in_both_languages() {
    let house = House::new();
    let adm = house.adm();
    let english = [("name", "Adm"), ("language", "en"), ("theme", "auto")];
    assert_eq!(adm.post("/profile", &english).status, 303);
    let answer: Response = balcao::answering::handle(
        &house.app,
        request(Method::Get, "/settings/company", &body(&[]), &[("cookie", &adm.cookie)]),
    );
    let page = text(&answer);
    assert!(page.contains("Danger zone") && !page.contains("Zona de perigo"));
}

#[test]
fn a_logo_outlives_the_nightly_sweep_of_files() {
    let house = House::new();
    assert_eq!(super::upload(&house, &house.adm(), b"\x89PNG\r\n\x1a\npicture").status, 303);
    let files = house.folder.path().join("files");
    for entry in std::fs::read_dir(&files).expect("the folder").flatten() {
        let file = std::fs::File::options().write(true).open(entry.path()).expect("the logo");
        let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 86_400);
        file.set_modified(old).expect("an older date");
    }
    balcao::desk::attachments::web::drop_waiting(&mut house.app.outside()).expect("the sweep");
    assert_eq!(std::fs::read_dir(&files).expect("the folder").count(), 1);
}

#[test]
fn two_who_change_a_person_or_a_department_at_once_are_told() {
    let house = House::new();
    let adm = house.adm();
    let sales = house.sales.to_string();
    let person = format!("/settings/people/{}", house.ana().id);
    let department = format!("/settings/departments/{sales}");
    let shown = |address: &str| between(&text(&adm.get(address)), "name=\"was\" value=\"", "\"").to_owned();
    let was = shown(&person);
    let fields = |name| {
        [("name", name), ("email", "ana@loja.example"), ("role", "senior"), ("departments", &*sales), ("was", &*was)]
    };
    assert_eq!(adm.post(&person, &fields("Ana Lima")).status, 303);
    assert_eq!(adm.post(&person, &fields("Ana Souza")).status, 422);
    let was = shown(&department);
    let fields = [("name", "Vendas"), ("goal", "9"), ("was", &*was)];
    assert_eq!(adm.post(&department, &fields).status, 303);
    assert_eq!(adm.post(&department, &fields).status, 422);
}
