//! The frame of the settings, and the parts that its pages share.

use maud::{Markup, html};

use super::SettingsSection;
use crate::platform::text::{Language, agents, settings as t};
use crate::platform::time::Zone;
use crate::platform::ui::icon::{Icon, icon};
use crate::team::agents::Agent;
use crate::team::agents::view::console;
use crate::team::settings::{SHOWN, SettingsEntry};

/// A page of the settings.
pub fn frame(agent: &Agent, section: SettingsSection, title: &str, done: Option<&str>, content: &Markup) -> Markup {
    let language = agent.language;
    console(
        agent,
        title,
        "/settings",
        &[],
        &html! {
            div.settings {
                nav.sections aria-label=(t::SECTIONS.say(language)) {
                    @for one in SettingsSection::ALL.iter().copied().filter(|one| agent.is(one.role())) {
                        a href=(one.address()) aria-current=[(one == section).then_some("page")] {
                            (icon(one.icon())) span { (one.phrase().say(language)) }
                        }
                    }
                }
                main.page.wide #main {
                    h1 { (title) }
                    @if let Some(done) = done { p.done role="status" { (done) } }
                    (content)
                }
            }
        },
    )
}

/// What was stored when the form was shown.
pub fn version(was: &str) -> Markup {
    html! { input type="hidden" name="was" value=(was); }
}

/// What a page says after its form was saved.
pub fn saved(language: Language) -> &'static str {
    agents::SAVED.say(language)
}

/// A text to copy, with a button that a script wakes; it can be marked by hand without.
pub fn copyable(language: Language, label: &str, text: &str) -> Markup {
    html! {
        div.field.copyable {
            span.label { (label) }
            div.row {
                code data-copy-text { (text) }
                button type="button" hidden data-copied=(t::COPIED.say(language)) { (icon(Icon::Copy)) span { (t::COPY.say(language)) } }
            }
        }
    }
}

/// The record of changes.
pub fn audit(agent: &Agent, zone: &Zone, entries: &[SettingsEntry]) -> Markup {
    let language = agent.language;
    let more = entries.last().filter(|_| i64::try_from(entries.len()).unwrap_or(0) == SHOWN);
    frame(
        agent,
        SettingsSection::Audit,
        t::AUDIT.say(language),
        None,
        &html! {
            p.hint { (t::AUDIT_HINT.say(language)) }
            @if entries.is_empty() { p { (t::AUDIT_EMPTY.say(language)) } } @else {
                div.card.table {
                    table {
                        thead { tr {
                            th scope="col" { (t::WHEN.say(language)) } th scope="col" { (t::WHO.say(language)) }
                            th scope="col" { (t::WHAT.say(language)) } th scope="col" { (t::WHICH.say(language)) }
                        } }
                        tbody { @for entry in entries { tr {
                            td { time { (zone.full(entry.at, language)) } }
                            td { (entry.agent) }
                            td { @if let Some(action) = entry.action { (action.phrase().say(language)) } }
                            td { (entry.subject) }
                        } } }
                    }
                }
            }
            @if let Some(last) = more { p { a href={ "/settings/audit?before=" (last.id) } { (t::OLDER.say(language)) } } }
        },
    )
}
