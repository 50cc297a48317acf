//! Internal tickets: opened from a conversation or alone, moved over the board, seen live where they belong, never by the contact.

use balcao::desk::conversations::ConversationId;
use balcao::platform::time::{DAY, HOUR};
use balcao::platform::web::http::Method::Post;
use balcao::platform::web::http::Response;
use rusqlite::Connection;

use crate::support::{House, Person, request, text};

/// A house with Maria's conversation in Vendas; phases 1 to 3 are Vendas', 4 to 6 Suporte's, the third and the sixth end.
fn prepared() -> (House, ConversationId) {
    let house = House::new();
    let maria = house.contact("Maria");
    let id = house.writes(maria, "cadê meu pedido?").conversation;
    (house, id)
}

fn open(person: &Person, fields: &[(&str, &str)]) -> Response {
    person.post("/tickets", fields)
}

/// Titles of a column from top to bottom.
fn column(house: &House, phase: i64) -> Vec<String> {
    let titles = house.app.read(|conn: &Connection| {
        let mut statement = conn.prepare("SELECT title FROM ticket WHERE phase_id = ? ORDER BY place").expect("sql");
        let rows = statement.query_map([phase], |row| row.get(0)).expect("rows");
        Ok(rows.collect::<rusqlite::Result<Vec<String>>>().expect("titles"))
    });
    titles.expect("a column")
}

#[test]
fn a_ticket_about_a_conversation_shows_in_it_and_on_the_board_and_follows_its_phase() {
    let (house, id) = prepared();
    let ana = house.ana();
    let fields = [("title", "Conferir <estoque>"), ("to", "2"), ("conversation", &id.to_string()), ("body", "urgente")];
    let opened = open(&ana, &fields);
    assert_eq!((opened.status, opened.header("location")), (303, Some(format!("/conversations/{id}").as_str())));
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("Ana abriu o ticket T-1: Conferir &lt;estoque&gt;") && page.contains("A fazer"), "{page}");
    let board = text(&house.beto().get("/tickets"));
    assert!(board.contains("Conferir &lt;estoque&gt;"), "it lies on the board of the other department: {board}");
    assert_eq!(house.beto().post("/tickets/1/position", &[("phase", "5")]).status, 303);
    let head = text(&ana.fetch(&format!("/conversations/{id}/head")));
    assert!(head.contains("T-1") && head.contains("Em andamento"), "{head}");
    // The contact's page knows nothing of it.
    let told: i64 = house
        .app
        .read(|conn| {
            let sql = "SELECT count(*) FROM event WHERE name = 'ticket' AND topics LIKE '%chat:%'";
            Ok(conn.query_row(sql, [], |row| row.get(0)).expect("a count"))
        })
        .expect("a count");
    assert_eq!(told, 0);
}

#[test]
fn the_order_of_a_column_is_kept_however_often_cards_are_put_between_others() {
    let (house, _) = prepared();
    let ana = house.ana();
    for title in ["a", "b", "c", "d"] {
        assert_eq!(open(&ana, &[("title", title), ("to", "1")]).status, 303);
    }
    assert_eq!(column(&house, 1), ["a", "b", "c", "d"]);
    let put = |ticket: i64, before: &str| {
        let fields = [("phase", "1"), ("before", before)];
        assert_eq!(ana.post(&format!("/tickets/{ticket}/position"), &fields).status, 303);
    };
    put(4, "2");
    assert_eq!(column(&house, 1), ["a", "d", "b", "c"]);
    put(1, "");
    assert_eq!(column(&house, 1), ["d", "b", "c", "a"]);
    // Forty halvings are more than the room between two numbers.
    for turn in 0..40 {
        let (moved, before) = if turn % 2 == 0 { (2, "4") } else { (4, "2") };
        put(moved, before);
    }
    assert_eq!(column(&house, 1), ["d", "b", "c", "a"]);
    // Before one that has moved away meanwhile: to the end, not lost.
    ana.post("/tickets/3/position", &[("phase", "2")]);
    put(4, "3");
    assert_eq!(column(&house, 1), ["b", "a", "d"]);
}

#[test]
fn a_phase_that_ends_closes_the_ticket_and_the_first_one_opens_it_again() {
    let (house, id) = prepared();
    let ana = house.ana();
    open(&ana, &[("title", "Trocar peça"), ("to", "1"), ("conversation", &id.to_string())]);
    let dialog = text(&ana.fetch("/tickets/1/closing/new"));
    assert!(dialog.contains(&format!("value=\"{id}\" checked")), "the open conversation is ticked: {dialog}");
    let fields = [("note", "peça trocada"), ("conversation", &id.to_string())];
    assert_eq!(ana.post("/tickets/1/closing", &fields).status, 303);
    assert_eq!(column(&house, 3), ["Trocar peça"]);
    let page = text(&ana.get(&format!("/conversations/{id}")));
    assert!(page.contains("Ticket T-1 · Trocar peça concluído: peça trocada"), "{page}");
    assert!(page.contains("data-author=\"note\"") && page.contains("Ana concluiu o ticket T-1"));
    // Whoever closes it a second time hears that it was closed.
    let second = house.sofia().post("/tickets/1/closing", &[]);
    assert_eq!(second.status, 409);
    assert!(text(&second).contains("já foi concluído"));
    assert_eq!(ana.post("/tickets/1/position", &[("phase", "1")]).status, 303);
    assert!(text(&ana.get("/tickets/1")).contains("reabriu em A fazer"));
}

#[test]
fn two_people_at_the_same_form_do_not_overwrite_each_other_unseen() {
    let (house, _) = prepared();
    let (ana, sofia) = (house.ana(), house.sofia());
    open(&ana, &[("title", "Orçamento"), ("to", "1")]);
    let first = [("title", "Orçamento A"), ("to", "1"), ("priority", "high"), ("revision", "1")];
    assert_eq!(sofia.post("/tickets/1", &first).status, 303);
    let second = ana.post("/tickets/1", &[("title", "Orçamento B"), ("to", "1"), ("revision", "1")]);
    let page = text(&second);
    assert_eq!(second.status, 422);
    assert!(page.contains("Alguém mudou este ticket") && page.contains("value=\"Orçamento B\""), "{page}");
    assert!(page.contains("name=\"revision\" value=\"2\""), "saving again is possible: {page}");
    assert_eq!(ana.post("/tickets/1", &[("title", "Orçamento B"), ("to", "1"), ("revision", "2")]).status, 303);
    assert!(text(&ana.get("/tickets/1")).contains("alterou título, prioridade"));
}

#[test]
fn who_is_handed_a_ticket_hears_of_it_and_of_its_day_once() {
    let (house, _) = prepared();
    let (ana, sofia) = (house.ana(), house.sofia());
    let to = format!("1-{}", sofia.id);
    open(&ana, &[("title", "Ligar para a fábrica"), ("to", &to), ("due", "2026-11-24")]);
    let notices = text(&sofia.get("/notifications"));
    assert!(notices.contains("Ana passou a você o ticket T-1: Ligar para a fábrica"), "{notices}");
    assert!(notices.contains("href=\"/tickets/1\""));
    assert_eq!(sofia.post("/tickets/1/read", &[]).status, 204);
    assert!(!text(&sofia.get("/notifications")).contains("T-1"), "who has read it needs no notice of it");
    // The day is moved: only the later one counts.
    let fields = [("title", "Ligar para a fábrica"), ("to", &to), ("due", "2026-11-25"), ("revision", "1")];
    assert_eq!(ana.post("/tickets/1", &fields).status, 303);
    house.passes(2 * DAY - 12 * HOUR);
    assert!(!text(&sofia.get("/notifications")).contains("venceu"));
    house.passes(DAY);
    let notices = text(&sofia.get("/notifications"));
    assert_eq!(notices.matches("O ticket T-1 venceu").count(), 1, "{notices}");
    assert!(text(&sofia.get("/tickets?department=1&overdue=1")).contains("Ligar para a fábrica"));
}

#[test]
fn a_comment_names_people_and_a_conversation_is_linked_by_its_number() {
    let (house, id) = prepared();
    let (ana, sofia) = (house.ana(), house.sofia());
    open(&ana, &[("title", "Estorno"), ("to", "1")]);
    assert_eq!(ana.post("/tickets/1/comments", &[("comment", "@Sofia, pode ver? @Beto")]).status, 303);
    assert!(text(&sofia.get("/notifications")).contains("pode ver?"));
    assert!(!text(&house.beto().get("/notifications")).contains("pode ver?"), "Beto may not see the ticket");
    let empty = ana.post("/tickets/1/comments", &[("comment", "  ")]);
    assert_eq!(empty.status, 422);
    let number = house.app.read(|conn| Ok(balcao::desk::conversations::sql::find(conn, id)?.number)).expect("a number");
    let number = number.to_string();
    assert_eq!(ana.post("/tickets/1/links", &[("number", &number)]).status, 303);
    let twice = ana.post("/tickets/1/links", &[("number", &number)]);
    assert!(twice.status == 422 && text(&twice).contains("já está vinculada"));
    let unknown = ana.post("/tickets/1/links", &[("number", "20200101000001")]);
    assert!(unknown.status == 422 && text(&unknown).contains("20200101000001"));
    assert_eq!(ana.post("/tickets/1/links/removal", &[("conversation", &id.to_string())]).status, 303);
    assert!(text(&ana.get("/tickets/1")).contains("Nenhuma conversa vinculada"));
}

#[test]
fn who_sees_the_conversation_reads_its_ticket_of_another_department_but_does_not_move_it() {
    let (house, id) = prepared();
    open(&house.sofia(), &[("title", "Laudo"), ("to", "2"), ("conversation", &id.to_string())]);
    let ana = house.ana();
    assert_eq!(ana.get("/tickets/1").status, 200);
    assert_eq!(ana.post("/tickets/1/comments", &[("comment", "cliente aguarda")]).status, 303);
    assert_eq!(ana.post("/tickets/1/position", &[("phase", "5")]).status, 403);
    assert_eq!(house.beto().get("/tickets/1").status, 200);
    let page = text(&house.beto().get("/tickets/1"));
    assert!(!page.contains("Maria"), "Beto may not see the conversation, so not its contact: {page}");
}

#[test]
fn files_of_tickets_come_and_go_and_are_given_to_readers_alone() {
    let (house, _) = prepared();
    let (ana, beto) = (house.ana(), house.beto());
    open(&ana, &[("title", "Contrato"), ("to", "1")]);
    let send = |person: &Person, name: &str, bytes: &str| {
        let headers = [("cookie", person.cookie.as_str()), ("content-type", "application/octet-stream")];
        balcao::answering::handle(&house.app, request(Post, &format!("/tickets/1/files?name={name}"), bytes, &headers))
    };
    let stored = send(&ana, "minuta.txt", "texto");
    assert_eq!(stored.status, 200);
    let token = serde_json::from_slice::<serde_json::Value>(stored.bytes()).expect("json")["token"].clone();
    let address = format!("/tickets/1/files/{}", token.as_str().expect("a token"));
    assert_eq!((ana.get(&address).status, beto.get(&address).status), (200, 404));
    assert_eq!(send(&ana, "virus.exe", "MZ").status, 422);
    assert_eq!(send(&beto, "minuta.txt", "texto").status, 404);
    balcao::desk::attachments::web::drop_waiting(&mut house.app.outside()).expect("tidied");
    assert_eq!(ana.get(&address).status, 200);
    assert_eq!(ana.post("/tickets/1/files/removal", &[("token", token.as_str().expect("a token"))]).status, 303);
    assert_eq!(ana.get(&address).status, 404);
}

#[test]
fn a_ticket_that_goes_to_another_department_begins_on_its_board() {
    let (house, _) = prepared();
    let ana = house.ana();
    open(&ana, &[("title", "Defeito"), ("to", "1")]);
    ana.post("/tickets/1/position", &[("phase", "2")]);
    let moved = ana.post("/tickets/1", &[("title", "Defeito"), ("to", "2"), ("revision", "1")]);
    assert_eq!((moved.status, moved.header("location")), (303, Some("/tickets/1")), "its author still sees it");
    assert_eq!((column(&house, 2).len(), column(&house, 4).len()), (0, 1));
    // A phase of the old board is none of the new one's.
    assert_eq!(house.beto().post("/tickets/1/position", &[("phase", "2")]).status, 409);
}

#[test]
fn a_board_keeps_a_beginning_and_an_end_and_a_phase_that_goes_hands_its_tickets_on() {
    let (house, _) = prepared();
    let sofia = house.sofia();
    open(&sofia, &[("title", "um"), ("to", "1")]);
    open(&sofia, &[("title", "dois"), ("to", "1")]);
    assert_eq!(sofia.post("/departments/1/phases", &[("name", "Revisão")]).status, 303);
    let page = text(&sofia.get("/departments/1/phases"));
    let place = |name: &str| page.find(&format!("value=\"{name}\"")).expect("a phase");
    assert!(place("Em andamento") < place("Revisão") && place("Revisão") < place("Concluído"), "{page}");
    let last = sofia.post("/phases/3/archiving", &[]);
    assert!(last.status == 422 && text(&last).contains("precisa de uma fase que encerra"));
    assert_eq!(sofia.post("/phases/1/archiving", &[]).status, 409, "its tickets need a place");
    assert_eq!(sofia.post("/phases/1/archiving", &[("to", "2")]).status, 303);
    assert_eq!(column(&house, 2), ["um", "dois"]);
    let used = sofia.post("/phases/2", &[("name", "Fazendo"), ("ends", "1")]);
    assert!(used.status == 422 && text(&used).contains("só muda quando estiver vazia"));
    assert_eq!(sofia.post("/phases/2", &[("name", "Fazendo")]).status, 303);
    assert!(text(&sofia.get("/tickets")).contains("Fazendo"));
}

#[test]
fn the_list_finds_by_words_without_accents_and_goes_on_by_pages() {
    let (house, _) = prepared();
    let ana = house.ana();
    for number in 0..60 {
        open(&ana, &[("title", &format!("Pedido nº {number}")), ("to", "1"), ("body", "verificação fiscal")]);
    }
    open(&ana, &[("title", "Outro"), ("to", "1"), ("priority", "urgent")]);
    let first = text(&ana.get("/tickets?department=1&view=list&q=VERIFICACAO"));
    assert!(first.contains("Pedido nº 59") && first.contains("Pedido nº 10") && !first.contains("Pedido nº 9<"));
    assert!(!first.contains("Outro") && first.contains("before=11"), "{first}");
    let second = text(&ana.get("/tickets?department=1&view=list&q=verificacao&before=11"));
    assert!(second.contains("Pedido nº 9<") && second.contains("Pedido nº 0<") && !second.contains("Pedido nº 10<"));
    let urgent = text(&ana.get("/tickets?department=1&priority=urgent"));
    assert!(urgent.contains("Outro") && !urgent.contains("Pedido nº 1<"));
    let column = text(&ana.fetch("/tickets/column?department=1&phase=1&after=52428800"));
    assert_eq!(column.matches("class=\"slip\"").count(), 11, "{column}");
    assert!(text(&ana.get("/tickets?view=list&whose=none")).contains("Pedido nº 59"));
    assert!(!text(&ana.get("/tickets?view=list&whose=me")).contains("Pedido nº 59"));
}

#[test]
fn faults_keep_what_was_typed() {
    let (house, _) = prepared();
    let ana = house.ana();
    let fields = [("title", ""), ("body", "texto \u{202e}guardado"), ("to", "1"), ("due", "2026-13-01")];
    let refused = ana.send("/tickets", &fields);
    let form = text(&refused);
    assert_eq!(refused.status, 422);
    assert!(form.contains("guardado") && form.contains("Escreva um dia") && form.contains("title-wrong"), "{form}");
    let nowhere = open(&ana, &[("title", "x"), ("to", "99")]);
    assert_eq!(nowhere.status, 422);
    let reason = open(&ana, &[("title", "x"), ("to", "1"), ("disposition", "2")]);
    assert_eq!(reason.status, 422, "a reason that is not for tickets");
    let conversation = open(&house.beto(), &[("title", "x"), ("to", "2"), ("conversation", "1")]);
    assert_eq!(conversation.status, 404);
}
