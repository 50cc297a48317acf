//! The first start.

use balcao::administration::setup::web::invite;
use balcao::app::App;
use balcao::platform::time::Clock;
use balcao::platform::web::http::Method;

use crate::support::{START, body, request, text};

#[test]
fn a_new_installation_is_made_once_and_only_by_the_printed_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(folder.path(), Clock::fake(START)).expect("the application");
    let token = invite(&app).expect("a token");
    let page = |path: &str| balcao::answering::handle(&app, request(Method::Get, path, "", &[]));
    assert_eq!((page("/").status, page("/setup/other").status, page("/sign-in").status), (404, 404, 404));
    let address = format!("/setup/{token}");
    assert_eq!(page(&address).status, 200);
    let send =
        |fields: &[(&str, &str)]| balcao::answering::handle(&app, request(Method::Post, &address, &body(fields), &[]));
    let short = send(&[
        ("company", "Loja"),
        ("name", "Ana"),
        ("email", "ana@loja.example"),
        ("password", "curta"),
        ("repeated", "curta"),
    ]);
    assert_eq!(short.status, 422);
    assert!(
        text(&short).contains("10 caracteres")
            && text(&short).contains("ana@loja.example")
            && !text(&short).contains("curta")
    );
    let fields = [
        ("company", "Loja"),
        ("name", "Ana"),
        ("email", "ana@loja.example"),
        ("password", "dez letras ou mais"),
        ("repeated", "dez letras ou mais"),
    ];
    let made = send(&fields);
    assert_eq!(made.status, 303);
    let cookie = made.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned();
    let console = balcao::answering::handle(&app, request(Method::Get, "/conversations", "", &[("cookie", &cookie)]));
    assert!(text(&console).contains("Atendimentos Gerais"));
    assert_eq!(send(&fields).status, 404);
    app.stop();
}

#[test]
fn a_long_company_name_from_the_setup_can_be_saved_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(folder.path(), Clock::fake(START)).expect("the application");
    let address = format!("/setup/{}", invite(&app).expect("a token"));
    let send = |address: &str, fields: &[(&str, &str)], cookie: &str| {
        balcao::answering::handle(&app, request(Method::Post, address, &body(fields), &[("cookie", cookie)]))
    };
    let company = "Á".repeat(150);
    let password = "dez letras ou mais";
    let person = [("name", "Ana"), ("email", "ana@loja.example"), ("password", password), ("repeated", password)];
    let made = send(&address, &[&[("company", company.as_str())], &person[..]].concat(), "");
    assert_eq!(made.status, 303);
    let cookie = made.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned();
    let rest = [("time_zone", "America/Bahia"), ("language", "pt-BR")];
    let save = |name: &str| send("/settings/company", &[&[("name", name)], &rest[..]].concat(), &cookie).status;
    assert_eq!((save(&company), save(&"Á".repeat(200)), save(&"Á".repeat(201))), (303, 303, 422));
    app.stop();
}
