//! Signing in and out, passwords, presence.

use balcao::platform::web::http::Method;
use balcao::team::agents;
use balcao::team::agents::{password, sql};

use crate::support::{House, START, body, request, text};

#[test]
fn a_person_signs_in_and_out_with_a_password() {
    let house = House::new();
    let hash = password::hash("uma senha comprida").expect("a hash");
    house
        .app
        .change(move |conn| {
            let (id, _) = sql::by_email(conn, "ana@loja.example")?.expect("Ana");
            agents::acts::set_password(conn, id, &hash, START)
        })
        .expect("the password");
    let wrong = balcao::answering::handle(
        &house.app,
        request(Method::Post, "/sign-in", &body(&[("email", "ana@loja.example"), ("password", "outra")]), &[]),
    );
    assert_eq!(wrong.status, 422);
    assert!(text(&wrong).contains("E-mail ou senha errados"));
    let form = body(&[("email", "Ana@loja.example"), ("password", "uma senha comprida"), ("next", "//mal.example")]);
    let right = balcao::answering::handle(&house.app, request(Method::Post, "/sign-in", &form, &[]));
    assert_eq!((right.status, right.header("location")), (303, Some("/conversations")));
    let cookie = right.header("set-cookie").expect("a cookie").split(';').next().expect("a value").to_owned();
    let profile =
        || balcao::answering::handle(&house.app, request(Method::Get, "/profile", "", &[("cookie", &cookie)])).status;
    assert_eq!(profile(), 200);
    balcao::answering::handle(&house.app, request(Method::Post, "/sign-out", "", &[("cookie", &cookie)]));
    assert_eq!(profile(), 303);
}

#[test]
fn guessing_is_slowed_down_and_then_forgiven() {
    let house = House::new();
    let attempt = || {
        balcao::answering::handle(
            &house.app,
            request(Method::Post, "/sign-in", &body(&[("email", "x@y.br"), ("password", "?")]), &[]),
        )
        .status
    };
    assert_eq!((0..7).map(|_| attempt()).collect::<Vec<_>>(), [422, 422, 422, 422, 422, 422, 429]);
    house.clock.advance(16 * 60 * 1000);
    assert_eq!(attempt(), 422);
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let house = House::new();
    let ana = house.ana();
    let answer = balcao::answering::handle(
        &house.app,
        request(
            Method::Post,
            "/presence",
            &body(&[("presence", "away")]),
            &[("cookie", &ana.cookie), ("sec-fetch-site", "cross-site")],
        ),
    );
    assert_eq!(answer.status, 403);
}
