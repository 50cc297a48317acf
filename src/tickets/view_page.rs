//! What the board, the list and one ticket's page have alike.

use maud::{Markup, html};

use crate::platform::text::{Language, conversations, tickets as t};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::ui::icon::{Icon, icon};
use crate::team::agents::{self, Agent};

/// A page of the console that follows the events.
pub fn live(agent: &Agent, title: &str, newest_event: i64, main: &Markup) -> Markup {
    let data = [("event", newest_event.to_string()), ("sounds", u8::from(agent.sounds).to_string())];
    agents::view::console(agent, title, "/tickets", &data, &html! { (main) (lost(agent.language)) })
}

/// What stands on every page that follows the events.
fn lost(language: Language) -> Markup {
    html! {
        p.banner.lost #lost role="status" hidden { (conversations::CONNECTION_LOST.say(language)) }
        div.hidden #say aria-live="polite" {}
    }
}

/// The day by which it must be done, marked where it is over.
pub fn due_mark(language: Language, zone: &Zone, due: Timestamp, closed: Option<Timestamp>, now: Timestamp) -> Markup {
    let late = closed.is_none() && due < now;
    let day = zone.date(due, language);
    html! {
        span.due data-late[late] {
            (icon(if late { Icon::Warning } else { Icon::Clock }))
            (t::DUE_ON.fill(language, &[("day", &day)])) @if late { " · " (t::OVERDUE.say(language)) }
        }
    }
}
