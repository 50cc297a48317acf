//! The register of contacts in a real browser: narrowed, with chosen columns, united from a person's page; on a phone too.

use super::desk::{Desk, assert_for_everybody};

#[test]
fn the_register_is_narrowed_a_part_comes_off_and_chosen_columns_stay() {
    let desk = Desk::open();
    let adm = desk.adm();
    let field = [("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata")];
    assert_eq!(adm.post("/settings/custom-fields", &field).status, 303);
    for (number, name) in
        ["Maria Souza", "João Lima", "Ana com um nome muito comprido de verdade dos Santos"].into_iter().enumerate()
    {
        let id = desk.writes(desk.contact(name), "Oi").conversation;
        let (contact, plan) = (format!("/contacts/{}", number + 1), ["Ouro", "Prata", "Ouro"][number]);
        let fields = [("phone", ["11 98765-4321", "", ""][number]), ("f1", plan), ("email", "pessoa@correio.example")];
        assert_eq!(adm.post(&contact, &fields).status, 303);
        assert_eq!(adm.post(&format!("/conversations/{id}/labels"), &[("add", "VIP")]).status, 303);
    }
    let lia = desk.browser_of("Lia", "/contacts");
    lia.wait_for("table tbody tr");
    assert_eq!(lia.count("tbody tr"), 3);
    assert_for_everybody(&lia);
    lia.click(".register-filter summary");
    lia.wait_shown("#by-f1");
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/register-filters.png"));
    lia.choose("#by-f1", "Ouro");
    lia.choose("#by-phone", "has");
    lia.click(".register-filter details button");
    lia.wait_for_text(".chips", "Plano: Ouro");
    assert_eq!(lia.count("tbody tr"), 1);
    assert_for_everybody(&lia);
    lia.click(".chips li:first-child a");
    lia.wait_until("document.querySelectorAll('tbody tr').length === 2");
    assert_eq!(lia.text(".chips").trim(), "Plano: Ouro");
    lia.click(".columns > summary");
    lia.wait_shown(".columns form");
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/register-columns.png"));
    lia.click(".columns [value=email]");
    lia.click(".columns [value=f1]");
    lia.click(".columns form button");
    lia.wait_for_text("thead", "Plano");
    assert_eq!(lia.text(".chips").trim(), "Plano: Ouro", "the filter is still there");
    lia.reload();
    lia.wait_for_text("thead", "Plano");
    assert!(!lia.text("thead").contains("E-mail"));
    lia.goto(&desk.at("/contacts?from=31/02&phone=lacks"));
    lia.wait_shown("#from-wrong");
    assert_for_everybody(&lia);
    lia.goto(&desk.at("/contacts?q=ninguem"));
    lia.wait_for(".empty");
    lia.phone();
    lia.goto(&desk.at("/contacts?phone=lacks&email=has"));
    lia.wait_for("tbody tr");
    lia.assert_fits_sideways();
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/register-phone.png"));
    lia.click(".register-filter summary");
    lia.wait_shown("#by-from");
    lia.assert_fits_sideways();
    lia.dark();
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/register-phone-dark.png"));
}

#[test]
fn two_records_are_united_from_the_person_s_page_and_taken_apart_again() {
    let desk = Desk::open();
    for name in ["Maria de Souza Lima", "Maria Sousa Lima"] {
        desk.writes(desk.contact(name), "Oi");
    }
    let lia = desk.browser_of("Lia", "/contacts/2");
    lia.wait_for_text(".hits [data-dialog=contact-merge]", "nome parecido");
    assert_for_everybody(&lia);
    lia.click("p.row [data-dialog=contact-merge]");
    lia.wait_for_text("#contact-merge .hits", "nome parecido");
    assert_for_everybody(&lia);
    lia.click("#contact-merge .hits a");
    lia.wait_for("#contact-merge [name=keep-name]");
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/person-preview.png"));
    lia.click("#contact-merge button.primary");
    lia.wait_for_text("h1", "Maria de Souza Lima");
    lia.wait_for_text(".undo-contact-merge", "Desfazer união com Maria Sousa Lima");
    assert!(lia.address().ends_with("/contacts/1"));
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/person-united.png"));
    lia.click(".undo-contact-merge button");
    lia.wait_gone(".undo-contact-merge");
    lia.goto(&desk.at("/conversations/1"));
    lia.wait_for("html[data-live]");
    lia.click("[data-tab=timeline]");
    lia.wait_for_text("#timeline [data-kind=parted]", "União com Maria Sousa Lima desfeita · Lia");
    assert_for_everybody(&lia);
    lia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/person-timeline.png"));
    lia.click("#timeline [data-kind=union] a");
    lia.wait_for_text("h1", "Maria Sousa Lima");
    lia.goto(&desk.at("/contacts/2"));
    lia.wait_for_text("h1", "Maria Sousa Lima");
    lia.phone();
    lia.assert_fits_sideways();
    lia.assert_quiet_console();
}

#[test]
fn the_contact_s_pane_is_a_page_of_its_own_on_a_phone() {
    let desk = Desk::open();
    let name = "Maria de um nome tão comprido que ocupa três linhas da cabeça dos Santos e Silva";
    let id = desk.writes(desk.contact(name), "Oi").conversation;
    for label in ["VIP", "Atacado", "Inadimplente", "Parceiro do bairro"] {
        desk.sofia().post(&format!("/conversations/{id}/labels"), &[("add", label)]);
    }
    let sofia = desk.browser_of("Sofia", &format!("/conversations/{id}"));
    sofia.desktop(1280, 720);
    sofia.wait_for("html[data-live]");
    assert_for_everybody(&sofia);
    // What is scrolled to comes to stand below the tabs.
    let below = "document.querySelector('#contact .tabs').getBoundingClientRect().bottom \
        <= document.querySelector('#contact .contact-data label').getBoundingClientRect().top";
    assert_eq!(sofia.ask(below), true);
    let tops = "document.querySelector('#contact .pane-head').getBoundingClientRect().bottom \
        <= document.querySelector('#contact .tabs').getBoundingClientRect().top + 1";
    for scrolled in
        ["document.querySelector('#contact').scrollTop = 60", "document.querySelector('#contact').scrollTop = 0"]
    {
        sofia.ask(scrolled);
        assert_eq!(sofia.ask(tops), true, "{scrolled}");
        sofia.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/pane.png"));
    }
    let phone = desk.browser_of("Sofia", &format!("/conversations/{id}#contact"));
    phone.phone();
    phone.wait_for("html[data-live]");
    phone.wait_shown("[data-tab=timeline]");
    assert_for_everybody(&phone);
    phone.assert_fits_sideways();
    phone.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/pane-phone.png"));
    phone.ask("document.querySelector('#contact').scrollTop = 60");
    assert_eq!(phone.ask(tops), true);
    phone.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/pane-phone-scrolled.png"));
    phone.dark();
    phone.picture(concat!(env!("CARGO_TARGET_TMPDIR"), "/pane-phone-dark.png"));
}
