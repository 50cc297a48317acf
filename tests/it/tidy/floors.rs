//! The house has floors: a wing stands on those below it and knows nobody beside or above.

use super::arrows::arrows;
use super::source::Source;
use super::{covers, holds, tells_together};

/// The wings of each floor, from the ground up.
pub const FLOORS: &[&[&str]] = &[
    &["src/platform/"],
    &["src/app.rs"],
    &["src/team/"],
    &["src/contacts/"],
    &["src/desk/"],
    // Calls, bot, voice and dossiers will stand here too.
    &["src/channels/", "src/tickets/"],
    &["src/overview/"],
    &["src/administration/"],
    &["src/routes.rs", "src/timers.rs"],
    &["src/answering.rs"],
    &["src/demo/"],
    &["src/cli/", "src/main.rs", "src/lib.rs"],
];

#[test]
fn a_wing_imports_from_lower_floors_only() {
    let (desk, team, tickets) = ("src/desk/notes/sql.rs", "src/team/agents/mod.rs", "src/tickets/mod.rs");
    let chat = "src/channels/web_chat/mod.rs";
    tells_together(
        floors,
        &[(desk, "use crate::team::agents::AgentId;"), (team, "pub struct AgentId;")],
        &[(desk, "pub fn find() {}"), (team, "fn f() { crate::desk::notes::sql::find() }")],
    );
    tells_together(
        floors,
        &[(chat, "use super::Way;"), ("src/channels/mod.rs", "pub struct Way;"), (tickets, "")],
        &[(chat, "use crate::tickets::Ticket;"), ("src/channels/mod.rs", ""), (tickets, "pub struct Ticket;")],
    );
    tells_together(
        floors,
        &[("src/platform/time.rs", ""), ("src/app.rs", "use crate::platform::time::Clock;")],
        &[("src/platform/time.rs", "use crate::app::App;"), ("src/app.rs", "")],
    );
    tells_together(floors, &[("src/desk/notes/mod.rs", "")], &[("src/notes/mod.rs", "")]);
    holds(floors);
}

fn floors(sources: &[Source]) -> Vec<String> {
    let homeless = sources.iter().filter(|source| wing(&source.path).is_none());
    let mut faults: Vec<String> =
        homeless.map(|source| format!("{} stands on no floor: FLOORS has no row for it", source.path)).collect();
    for (from, targets) in &arrows(sources) {
        for (to, names) in targets {
            let (Some((above, own)), Some((below, other))) = (wing(from), wing(to)) else { continue };
            if own != other && below >= above {
                let names = Vec::from_iter(names.clone()).join(", ");
                faults.push(format!("{from} > {to}: {names}"));
            }
        }
    }
    faults
}

/// The floor that a file stands on, and its wing there.
fn wing(path: &str) -> Option<(usize, &'static str)> {
    let wings = FLOORS.iter().enumerate().flat_map(|(floor, wings)| wings.iter().map(move |wing| (floor, *wing)));
    wings.into_iter().find(|(_, wing)| covers(wing, path))
}
