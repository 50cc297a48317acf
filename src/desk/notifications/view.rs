//! The list of notifications.

use maud::{Markup, html};

use super::{Notification, NotificationSubject};
use crate::platform::text::{Language, notifications as t};
use crate::platform::time::Zone;
use crate::team::agents::Agent;
use crate::team::agents::view::console;

/// The page.
pub fn index(agent: &Agent, zone: &Zone, notices: &[Notification]) -> Markup {
    let title = t::TITLE.say(agent.language);
    console(
        agent,
        title,
        "/notifications",
        &[],
        &html! { main.page #main { h1 { (title) } (list(agent.language, zone, notices)) } },
    )
}

/// The list alone, for the console.
pub fn list(language: Language, zone: &Zone, notices: &[Notification]) -> Markup {
    html! {
        section.notifications #notifications data-unseen=(notices.len()) {
            @if let Some(newest) = notices.first() {
                form.row method="post" action="/notifications/seen" {
                    input type="hidden" name="up_to" value=(newest.id);
                    button { (t::MARK_SEEN.say(language)) }
                }
                ul.card { @for notice in notices { li {
                    strong { (notice.kind.phrase().say(language)) }
                    " " a href=(notice.about.address()) {
                        @match (notice.about, notice.number) {
                            (NotificationSubject::Ticket(ticket), _) => { "T-" (ticket) }
                            (NotificationSubject::Conversation(_), number) => (number.unwrap_or_default())
                        }
                    }
                    " " time title=(zone.full(notice.at, language)) { (zone.date(notice.at, language)) " " (zone.clock(notice.at)) }
                    p { (notice.line) }
                } } }
            } @else {
                p.hint { (t::EMPTY.say(language)) }
            }
        }
    }
}
