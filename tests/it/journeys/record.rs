//! The contact's record in a real browser: stored field by field, with its history.

use super::desk::{Desk, assert_for_everybody};

#[test]
fn each_field_is_stored_as_it_is_left_and_a_fault_keeps_what_was_typed() {
    let desk = Desk::open();
    let adm_elsewhere = desk.adm();
    for fields in [
        vec![("name", "CPF"), ("kind", "cpf"), ("required", "1")],
        vec![("name", "Plano"), ("kind", "choice"), ("options", "Ouro\nPrata"), ("group", "Contrato")],
    ] {
        assert_eq!(adm_elsewhere.post("/settings/custom-fields", &fields).status, 303);
    }
    let id = desk.writes(desk.contact("Maria Souza"), "Oi").conversation;
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    ana.wait_for("html[data-live]");
    assert_for_everybody(&ana);
    ana.write("#contact-data [name=f1]", "529.982.247-20");
    ana.press("Tab");
    ana.wait_for("#f1-wrong");
    assert_eq!(ana.value("#f1"), "529.982.247-20");
    assert_for_everybody(&ana);
    ana.rewrite("#f1", "52998224725");
    ana.press("Tab");
    ana.wait_for("[data-field=f1][data-stored]");
    assert_eq!(ana.value("#f1"), "529.982.247-25");
    ana.wait_gone(".missing");
    ana.choose("#f2", "Prata");
    ana.wait_for("[data-field=f2][data-stored]");
    ana.rewrite("#contact-data [name=name]", "Maria de Souza");
    ana.press("Tab");
    ana.wait_for_text("#contact h2", "Maria de Souza");
    ana.wait_for_text(&format!("#c{id}"), "Maria de Souza");
    ana.click("[data-dialog=record-history]");
    ana.wait_for_text("#record-history", "Ana mudou Plano: “” → “Prata”");
    assert_for_everybody(&ana);
    ana.press("Esc");
    ana.reload();
    ana.wait_for("#contact-data");
    assert_eq!((ana.value("#f1").as_str(), ana.value("#f2").as_str()), ("529.982.247-25", "Prata"));

    let adm = desk.browser_of("Adm", "/settings/custom-fields");
    for page in ["/settings/custom-fields", "/settings/custom-fields/2", "/contacts", "/contacts/1"] {
        adm.desktop(1280, 720);
        adm.goto(&desk.at(page));
        adm.wait_for("h1");
        assert_for_everybody(&adm);
        adm.phone();
        adm.assert_fits_sideways();
    }
    adm.assert_quiet_console();
}

#[test]
fn the_insight_opens_beside_the_record_stays_open_and_its_suggestion_is_used() {
    let desk = Desk::open();
    let adm = desk.adm();
    let reply = [("title", "Prazos"), ("body", "{primeiro_nome}, a entrega leva 3 dias."), ("scope", "everyone")];
    assert_eq!(adm.post("/settings/canned-replies", &reply).status, 303);
    let id = desk.writes(desk.contact("Maria Souza"), "Qual o prazo de entrega?").conversation;
    let other = desk.writes(desk.contact("João Lima"), "Oi").conversation;
    desk.ana().post(&format!("/conversations/{id}/assignment"), &[]);
    let ana = desk.browser_of("Ana", &format!("/conversations/{id}"));
    ana.wait_for("html[data-live]");
    ana.click("[data-tab=insight]");
    ana.wait_for_text("#insight", "porque fala de: entrega");
    ana.wait_hidden("#contact-data");
    assert_for_everybody(&ana);
    ana.dark();
    assert_for_everybody(&ana);
    ana.light();
    ana.click("#insight [data-canned]");
    ana.wait_until("document.querySelector('#write-chat').value.includes('Maria, a entrega leva 3 dias.')");
    ana.wait_focus("#write-chat");
    // The next conversation shows its own insight; the record comes back at a click.
    ana.click(&format!("#c{other} a"));
    ana.wait_for(&format!("#insight[data-conversation='{other}']"));
    ana.click("[data-tab=record]");
    ana.wait_shown("#contact-data");
    assert!(!ana.has("#insight"));
    ana.assert_quiet_console();
}

#[test]
fn a_contact_is_linked_to_a_known_record_in_place_and_taken_back() {
    let desk = Desk::open();
    let old = desk.writes(desk.contact("Maria Souza"), "Oi").conversation;
    let new = desk.writes(desk.contact("maria do outro celular"), "Sou eu, de outro número").conversation;
    for id in [old, new] {
        desk.ana().post(&format!("/conversations/{id}/assignment"), &[]);
    }
    desk.ana()
        .post(&format!("/conversations/{old}/contact"), &[("phone", "11 98765-4321"), ("email", "maria@x.example")]);
    desk.ana().post(&format!("/conversations/{new}/contact"), &[("phone", "11 91234-5678")]);
    let ana = desk.browser_of("Ana", &format!("/conversations/{new}"));
    ana.wait_for("html[data-live]");
    ana.click("#contact [data-dialog=contact-merge]");
    ana.wait_for("#contact-merge[open]");
    assert_for_everybody(&ana);
    ana.write("#contact-merge [type=search]", "souza");
    ana.press("Enter");
    ana.wait_for_text("#contact-merge .hits", "Maria Souza");
    ana.click("#contact-merge .hits a");
    ana.wait_for("#contact-merge [name=keep-phone]");
    assert_for_everybody(&ana);
    ana.click("#contact-merge [name=keep-phone][value=other]");
    ana.click("#contact-merge button.primary");
    ana.wait_for_text("#contact h2", "Maria Souza");
    assert_eq!(ana.value("#contact-data [name=phone]"), "(11) 91234-5678");
    assert_eq!(ana.value("#contact-data [name=email]"), "maria@x.example");
    ana.wait_for_text(&format!("#c{new}"), "Maria Souza");
    ana.click(".undo-contact-merge button");
    ana.wait_for_text("#contact h2", "maria do outro celular");
    assert_eq!(ana.value("#contact-data [name=phone]"), "(11) 91234-5678");
    ana.assert_quiet_console();
}
