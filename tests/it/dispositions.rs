//! The catalogue of reasons: who manages it, how it moves, and that facts keep their day's path.

use balcao::desk::dispositions::{sql, sql_tree};
use balcao::platform::web::http::Response;

use crate::support::{House, Person, text};

/// The house's own: the category Entrega and its reason Atraso.
const DELIVERY: i64 = 1;
const LATE: i64 = 2;

fn save(person: &Person, id: i64, fields: &[(&str, &str)]) -> Response {
    person.post(&format!("/settings/dispositions/{id}"), fields)
}

fn below(person: &Person, parent: i64, name: &str) -> Response {
    person.post("/settings/dispositions", &[("name", name), ("parent", &parent.to_string()), ("sentiment", "negative")])
}

#[test]
fn a_catalogue_has_three_levels_and_no_two_of_a_name() {
    let house = House::new();
    let lia = house.lia();
    assert_eq!(below(&lia, DELIVERY, "Transportadora").status, 303);
    assert_eq!(below(&lia, 3, "Extravio").status, 303);
    let refused = below(&lia, 4, "fundo demais");
    assert_eq!(refused.status, 422);
    assert!(text(&refused).contains("três níveis"));
    let refused = below(&lia, DELIVERY, "ATRASO");
    assert_eq!(refused.status, 422);
    let refused = save(&lia, DELIVERY, &[("name", "Entrega"), ("parent", "3")]);
    assert_eq!(refused.status, 422, "nothing hangs under itself");
    assert_eq!(save(&lia, LATE, &[("name", ""), ("parent", "1")]).status, 422);
    let page = text(&lia.get("/settings/dispositions"));
    assert!(page.contains("Transportadora") && page.contains("Extravio"), "{page}");
}

#[test]
fn a_node_that_moves_or_goes_leaves_what_was_recorded_as_it_was() {
    let house = House::new();
    let sofia = house.sofia();
    let maria = house.contact("Maria");
    let first = house.writes(maria, "cadê meu pedido?").conversation;
    sofia.post(&format!("/conversations/{first}/closing"), &[("disposition", "2")]);
    let lia = house.lia();
    let sales = house.sales.to_string();
    let fields = [("name", "Logística"), ("uses", "conversation"), ("departments", sales.as_str())];
    assert_eq!(lia.post("/settings/dispositions", &fields).status, 303);
    assert_eq!(save(&lia, LATE, &[("name", "Demora"), ("parent", "3"), ("sentiment", "neutral")]).status, 303);
    let kept = text(&sofia.get(&format!("/conversations/{first}")));
    assert!(kept.contains("Entrega › Atraso") && !kept.contains("Logística › Demora"), "{kept}");
    let second = house.writes(house.contact("João"), "oi").conversation;
    let offered = text(&sofia.get(&format!("/conversations/{second}/closing/new")));
    assert!(offered.contains("Demora") && !offered.contains("Atraso"), "{offered}");
    assert_eq!(lia.post("/settings/dispositions/2/archiving", &[]).status, 303);
    let offered = text(&sofia.get(&format!("/conversations/{second}/closing/new")));
    assert!(!offered.contains("Demora"), "{offered}");
    assert_eq!(sofia.post(&format!("/conversations/{second}/closing"), &[("disposition", "2")]).status, 422);
}

#[test]
fn neighbours_change_places() {
    let house = House::new();
    let lia = house.lia();
    for name in ["B", "C"] {
        below(&lia, DELIVERY, name);
    }
    let order = || {
        let offered =
            house.app.read(|conn| sql::for_use(conn, house.sales, balcao::desk::dispositions::Use::Conversation));
        offered.expect("a list").into_iter().map(|one| one.path.replace("Entrega › ", "")).collect::<Vec<_>>()
    };
    assert_eq!(order(), ["Atraso", "B", "C"]);
    lia.post("/settings/dispositions/4/position", &[("way", "up")]);
    lia.post("/settings/dispositions/2/position", &[("way", "up")]);
    assert_eq!(order(), ["Atraso", "C", "B"]);
    lia.post("/settings/dispositions/2/position", &[("way", "down")]);
    assert_eq!(order(), ["C", "Atraso", "B"]);
}

#[test]
fn leads_manage_what_their_own_departments_use() {
    let house = House::new();
    let (lia, adm) = (house.lia(), house.adm());
    let support = house.support.to_string();
    let fields = [("name", "Técnica"), ("uses", "occurrence"), ("departments", support.as_str())];
    assert_eq!(lia.post("/settings/dispositions", &fields).status, 422);
    assert_eq!(adm.post("/settings/dispositions", &fields).status, 303);
    assert_eq!(lia.get("/settings/dispositions/3").status, 403);
    assert!(!text(&lia.get("/settings/dispositions")).contains("Técnica"));
    assert_eq!(below(&lia, 3, "por baixo").status, 403);
    let tree = house.app.read(sql_tree::all).expect("the tree");
    assert_eq!(tree.nodes.len(), 3);
}
