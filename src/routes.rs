//! Every address, as literal patterns: slow (work outside a transaction), public, channel, agent.

use crate::administration::people;
use crate::administration::setup;
use crate::administration::sign_in;
use crate::app::{Context, Outside};
use crate::channels::web_chat;
use crate::contacts::{contact_imports, custom_fields};
use crate::desk::contact_merges;
use crate::desk::contact_panel;
use crate::desk::presences;
use crate::desk::{
    assignments, attachments, bulk_closings, canned_replies, catalogue_imports, closings, conversation_merges,
    dispositions, drafts, events, greetings, messages, notes, notifications, occurrences, outbound, pauses, reads,
    tags, transfers,
};
use crate::overview::console;
use crate::overview::register;
use crate::overview::{insights, reports, retention, search, timelines};
use crate::platform::error::{Error, Result};
use crate::platform::web;
use crate::platform::web::http::Method::{Get, Post};
use crate::platform::web::http::key;
use crate::platform::web::http::{Method, Request, Response};
use crate::team::agents::draft::Purpose;
use crate::team::visit::{Cx, Visit};
use crate::team::{agents, company, holidays, mail, settings};
use crate::tickets;

type RouteAnswer = Option<Result<Response>>;

/// Addresses that take larger bodies than the edge lets in elsewhere, in bytes; a little over what the handler takes, which says
/// so in better words.
pub const LARGER: &[(&str, u64)] = &[("/contacts/imports", contact_imports::LARGEST + (4 << 20))];

/// Whether this address takes POSTs from other sites; the channel then checks their origin itself.
pub fn is_channel(path: &[&str]) -> bool {
    matches!(path, ["chat", ..])
}

/// Addresses whose work (hashing, files, mail) must not happen inside a transaction.
pub fn slow(outside: &mut Outside, request: &Request, path: &[&str]) -> RouteAnswer {
    if let Some(refused) = web_chat::web::too_many(&outside.context, request, path).transpose() {
        return Some(refused);
    }
    Some(match (request.method, path) {
        (Get, ["assets", _]) => web::assets::show(request),
        (Post, ["setup", token]) => setup::web::create(outside, request, token),
        (Post, ["sign-in"]) => sign_in::web::sign_in(outside, request),
        (Post, ["profile", "password"]) => sign_in::web::change_password(outside, request),
        (Get, ["logo"]) => company::web::logo(outside),
        (Post, ["settings", "company", "logo"]) => company::web::set_logo(outside, request),
        (Post, ["settings", "company", "logo", "removal"]) => company::web::remove_logo(outside, request),
        (Post, ["settings", "mail", "test"]) => mail::web::test(outside, request),
        (Get, ["contacts", format @ ("csv" | "xlsx")]) => register::web_list::export(outside, request, format),
        (Post, ["contacts", "imports"]) => contact_imports::web::create(outside, request),
        (Post, ["contacts", "imports", id]) => contact_imports::web::update(outside, request, id),
        (Get, ["reports", "files", file]) => reports::web_export::show(outside, request, file),
        (Get, ["reports", kind, format]) => reports::web_export::export(outside, request, kind, format),
        (Post, ["settings", "danger", "backup"]) => settings::web_danger::backup(outside, request),
        (Post, ["invitation", token]) => sign_in::web_links::accept(outside, request, Purpose::Invitation, token),
        (Post, ["password-reset", token]) => {
            sign_in::web_links::accept(outside, request, Purpose::PasswordReset, token)
        }
        (Post, ["conversations", id, "attachments"]) => attachments::web::create(outside, request, id),
        (Post, ["settings", "canned-replies", id, "files"]) => canned_replies::web_files::create(outside, request, id),
        (Post, ["conversations", id, "canned-replies", reply, "files"]) => {
            canned_replies::web_files::copy(outside, request, id, reply)
        }
        (Post, ["tickets", id, "files"]) => tickets::web_files::create(outside, request, id),
        (Post, ["chat", key, "files"]) => web_chat::web_files::create(outside, request, key),
        (Post, ["chat", key, "typing"]) => web_chat::web_marks::typing(outside, request, key),
        _ => return None,
    })
}

/// Before the setup there is nothing but its page.
pub fn before_setup(context: &Context, request: &Request, path: &[&str]) -> Result<Response> {
    match (request.method, path) {
        (Get, ["setup", token]) => setup::web::new(context, request, token),
        _ => Err(Error::NotFound),
    }
}

/// Addresses that nobody needs to sign in for.
pub fn public(visit: &Visit, method: Method, path: &[&str]) -> RouteAnswer {
    Some(match (method, path) {
        (Get, ["sign-in"]) => sign_in::web::new(visit),
        (Get, ["invitation", token]) => sign_in::web_links::show(visit, Purpose::Invitation, token),
        (Get, ["password-reset"]) => sign_in::web_links::ask(visit),
        (Post, ["password-reset"]) => sign_in::web_links::request(visit),
        (Get, ["password-reset", token]) => sign_in::web_links::show(visit, Purpose::PasswordReset, token),
        _ => return channel(visit, method, path),
    })
}

/// Addresses of the channels: customers and their sites call these.
fn channel(visit: &Visit, method: Method, path: &[&str]) -> RouteAnswer {
    Some(match (method, path) {
        (Get, ["chat", key]) => web_chat::web::show(visit, key),
        (Get, ["chat", key, "frame"]) => web_chat::web::frame(visit, key),
        (Get, ["chat", key, "widget.js"]) => web_chat::web::widget(visit, key),
        (Post, ["chat", key, "start"]) => web_chat::web::start(visit, key),
        (Get, ["chat", key, "messages"]) => web_chat::web_messages::index(visit, key),
        (Post, ["chat", key, "messages"]) => web_chat::web_messages::create(visit, key),
        (Get, ["chat", key, "events"]) => web_chat::web_messages::events(visit, key),
        (Post, ["chat", key, "marks"]) => web_chat::web_marks::marks(visit, key),
        (Post, ["chat", key, "end"]) => web_chat::web_marks::end(visit, key),
        (Post, ["chat", key, "rating"]) => web_chat::web_rating::create(visit, key),
        (Post, ["chat", key, "transcript"]) => web_chat::web_marks::transcript(visit, key),
        (Get, ["chat", key, "files", token]) => web_chat::web_files::show(visit, key, token),
        _ => return None,
    })
}

/// Addresses for signed-in people.
pub fn agent(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match path.first() {
        Some(&"settings") => return settings(cx, method, path),
        Some(&("tickets" | "phases" | "departments")) => return board(cx, method, path),
        Some(&"contacts") => return register(cx, method, path),
        _ => {}
    }
    match (method, path) {
        (Get, [""]) => Ok(Response::see_other("/conversations")),
        (Get, ["events"]) => events::web::index(cx),
        (Get, ["conversations", id, "attachments", token]) => attachments::web::show(cx, key(id)?, token),
        (Post, ["sign-out"]) => sign_in::web::sign_out(cx),
        (Get, ["profile"]) => agents::web::profile(cx),
        (Post, ["profile"]) => agents::web::update_profile(cx),
        (Post, ["presence"]) => presences::web::set_presence(cx),
        (Post, ["presence", "alive"]) => presences::web::alive(cx),
        (Get, ["conversations"]) => console::web_queue::index(cx),
        (Get, ["queue"]) => console::web_queue::show(cx),
        (Get, ["queue", "cards"]) => console::web_queue::cards(cx),
        (Get, ["queue", state]) => console::web_queue::section(cx, state),
        (Get, ["attention"]) => console::web_queue::attention(cx),
        (Get, ["conversations", id]) => console::web::show(cx, key(id)?),
        (Get, ["conversations", id, "panes"]) => console::web::panes(cx, key(id)?),
        (Get, ["conversations", id, "head"]) => console::web::head(cx, key(id)?),
        (Get, ["conversations", id, "messages"]) => console::web::messages(cx, key(id)?),
        (Post, ["conversations", id, "messages"]) => messages::web::create(cx, key(id)?),
        (Get, ["conversations", id, "mentionable"]) => notifications::web::mentionable(cx, key(id)?),
        (Post, ["conversations", id, "draft"]) => drafts::web::update(cx, key(id)?),
        (Post, ["conversations", id, "read"]) => reads::web::create(cx, key(id)?),
        (Post, ["conversations", id, "assignment"]) => assignments::web::create(cx, key(id)?),
        (Get, ["conversations", id, "closing", "new"]) => closings::web::new(cx, key(id)?),
        (Post, ["conversations", id, "closing"]) => closings::web::create(cx, key(id)?),
        (Post, ["conversations", id, "closing", "undoing"]) => closings::web::undo(cx, key(id)?),
        (Get, ["bulk-closings", "new"]) => bulk_closings::web::new(cx),
        (Post, ["bulk-closings"]) => bulk_closings::web::create(cx),
        (Get, ["bulk-closings", id]) => bulk_closings::web::show(cx, key(id)?),
        (Post, ["bulk-closings", id, "stopping"]) => bulk_closings::web::stop(cx, key(id)?),
        (Get, ["conversations", id, "merge", "new"]) => conversation_merges::web::new(cx, key(id)?),
        (Post, ["conversations", id, "merge"]) => conversation_merges::web::create(cx, key(id)?),
        (Get, ["conversations", id, "split", "new"]) => conversation_merges::web::new_split(cx, key(id)?),
        (Post, ["conversations", id, "split"]) => conversation_merges::web::create_split(cx, key(id)?),
        (Post, ["conversation-merges", id, "undoing"]) => conversation_merges::web_undo::create(cx, key(id)?),
        (Get, ["outbound", "new"]) => outbound::web_new::new(cx),
        (Post, ["outbound"]) => outbound::web_new::create(cx),
        (Get, ["conversations", id, "outbound", "new"]) => outbound::web::new(cx, key(id)?),
        (Post, ["conversations", id, "outbound"]) => outbound::web::create(cx, key(id)?),
        (Get, ["conversations", id, "transfer", "new"]) => transfers::web::new(cx, key(id)?),
        (Post, ["conversations", id, "transfer"]) => transfers::web::create(cx, key(id)?),
        (Get, ["conversations", id, "occurrence", "new"]) => occurrences::web::new(cx, key(id)?),
        (Post, ["conversations", id, "occurrence"]) => occurrences::web::create(cx, key(id)?),
        (Get, ["conversations", id, "pause", "new"]) => pauses::web::new(cx, key(id)?),
        (Post, ["conversations", id, "pause"]) => pauses::web::create(cx, key(id)?),
        (Post, ["conversations", id, "pause", "end"]) => pauses::web::delete(cx, key(id)?),
        (Get, ["conversations", id, "notes", note]) => notes::web::index(cx, key(id)?, key(note)?),
        (Post, ["conversations", id, "notes", note]) => notes::web::update(cx, key(id)?, key(note)?),
        (Get, ["conversations", id, "notes", note, "edit"]) => notes::web::edit(cx, key(id)?, key(note)?),
        (Post, ["conversations", id, "notes", note, "deletion"]) => notes::web::delete(cx, key(id)?, key(note)?),
        (Get, ["conversations", id, "ticket", "new"]) => tickets::web::new_about(cx, key(id)?),
        (Get, ["absence", "new"]) => pauses::web_absence::new(cx),
        (Post, ["absence"]) => pauses::web_absence::create(cx),
        (Post, ["absence", "end"]) => pauses::web_absence::delete(cx),
        (Get, ["conversations", id, "tags", "new"]) => tags::web::new(cx, key(id)?),
        (Post, ["conversations", id, "tags"]) => tags::web::update(cx, key(id)?),
        (Get, ["reports"]) => reports::web::index(cx),
        (Get, ["reports", kind]) => reports::web::show(cx, kind),
        (Get, ["conversations", id, "canned-replies"]) => canned_replies::web::offered(cx, key(id)?),
        (Get, ["search"]) => search::web::index(cx),
        (Get, ["palette"]) => search::web::targets(cx),
        (Get, ["notifications"]) => notifications::web::index(cx),
        (Post, ["notifications", "seen"]) => notifications::web::see(cx),
        _ => person(cx, method, path),
    }
}

/// The contact beside a conversation: record, labels, timeline, insight, linking.
fn person(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match (method, path) {
        (Get, ["conversations", id, "contact-merge", "new"]) => contact_merges::web::new(cx, key(id)?),
        (Post, ["conversations", id, "contact-merge"]) => contact_merges::web::create(cx, key(id)?),
        (Post, ["contact-merges", id, "undoing"]) => contact_merges::web::undo(cx, key(id)?),
        (Post, ["conversations", id, "labels"]) => contact_panel::web_labels::update(cx, key(id)?),
        (Get, ["conversations", id, "insight"]) => insights::web::show(cx, key(id)?),
        (Get, ["conversations", id, "contact", "history"]) => contact_panel::web::history(cx, key(id)?),
        (Post, ["conversations", id, "contact"]) => contact_panel::web::update(cx, key(id)?),
        (Get, ["conversations", _, "timeline", ..]) => timeline(cx, method, path),
        _ => Err(Error::NotFound),
    }
}

/// The register of contacts.
fn register(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match (method, path) {
        (Get, ["contacts"]) => register::web_list::index(cx),
        (Post, ["contacts", "columns"]) => register::web_list::choose(cx),
        (Get, ["contacts", "imports"]) => contact_imports::web::index(cx),
        (Get, ["contacts", "imports", id]) => contact_imports::web::show(cx, key(id)?),
        (Get, ["contacts", "imports", id, "faults"]) => contact_imports::web::faults(cx, key(id)?),
        (Post, ["contacts", "imports", id, "start"]) => contact_imports::web::start(cx, key(id)?),
        (Post, ["contacts", "imports", id, "stop"]) => contact_imports::web::stop(cx, key(id)?),
        (Post, ["contacts", "labels"]) => register::web_labels::many(cx),
        (Get, ["contacts", id]) => register::web::show(cx, key(id)?),
        (Post, ["contacts", id]) => register::web::update(cx, key(id)?),
        (Get, ["contacts", id, "contact-merge", "new"]) => contact_merges::web::new_of(cx, key(id)?),
        (Post, ["contacts", id, "contact-merge"]) => contact_merges::web::create_of(cx, key(id)?),
        (Get, ["contacts", id, "changes"]) => register::web::changes(cx, key(id)?),
        (Get, ["contacts", id, "history"]) => register::web_person::history(cx, key(id)?),
        (Get, ["contacts", id, "data"]) => register::web_person::data(cx, key(id)?),
        (Post, ["contacts", id, "anonymising"]) => register::web_person::anonymise(cx, key(id)?),
        _ => Err(Error::NotFound),
    }
}

/// The timeline of a conversation's contact, and the places that it leads to.
fn timeline(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match (method, path) {
        (Get, ["conversations", id, "timeline"]) => timelines::web::show(cx, key(id)?),
        (Get, ["conversations", id, "timeline", kind, item]) => timelines::web::place(cx, key(id)?, kind, key(item)?),
        _ => Err(Error::NotFound),
    }
}

/// Internal tickets, and the phases of their boards.
fn board(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match (method, path) {
        (Get, ["tickets"]) => tickets::web_board::index(cx),
        (Post, ["tickets"]) => tickets::web::create(cx),
        (Get, ["tickets", "new"]) => tickets::web::new(cx),
        (Get, ["tickets", "reasons"]) => tickets::web::reasons(cx),
        (Get, ["tickets", "column"]) => tickets::web_board::more(cx),
        (Get, ["tickets", id]) => tickets::web::show(cx, key(id)?),
        (Post, ["tickets", id]) => tickets::web::update(cx, key(id)?),
        (Post, ["tickets", id, "position"]) => tickets::web_move::position(cx, key(id)?),
        (Get, ["tickets", id, "closing", "new"]) => tickets::web_move::new_closing(cx, key(id)?),
        (Post, ["tickets", id, "closing"]) => tickets::web_move::create_closing(cx, key(id)?),
        (Post, ["tickets", id, "comments"]) => tickets::web_talk::comment(cx, key(id)?),
        (Get, ["tickets", id, "mentionable"]) => tickets::web_talk::mentionable(cx, key(id)?),
        (Post, ["tickets", id, "read"]) => tickets::web_talk::read(cx, key(id)?),
        (Post, ["tickets", id, "links"]) => tickets::web_talk::link(cx, key(id)?),
        (Post, ["tickets", id, "links", "removal"]) => tickets::web_talk::unlink(cx, key(id)?),
        (Get, ["tickets", id, "files", token]) => tickets::web_files::show(cx, key(id)?, token),
        (Post, ["tickets", id, "files", "removal"]) => tickets::web_files::delete(cx, key(id)?),
        (Get, ["departments", id, "phases"]) => tickets::web_phases::index(cx, key(id)?),
        (Post, ["departments", id, "phases"]) => tickets::web_phases::create(cx, key(id)?),
        (Post, ["phases", id]) => tickets::web_phases::update(cx, key(id)?),
        (Post, ["phases", id, "position"]) => tickets::web_phases::shift(cx, key(id)?),
        (Post, ["phases", id, "archiving"]) => tickets::web_phases::archive(cx, key(id)?),
        _ => Err(Error::NotFound),
    }
}

/// The settings: for administrators, the registers for leads too.
fn settings(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    settings::web::gate(cx, path.get(1).copied())?;
    match (method, path) {
        (Get, ["settings"]) => settings::web::index(cx),
        (Get, ["settings", "company"]) => company::web::edit(cx),
        (Post, ["settings", "company"]) => company::web::update(cx),
        (Get, ["settings", "departments"]) => crate::administration::departments::web::index(cx),
        (Post, ["settings", "departments"]) => crate::administration::departments::web::create(cx),
        (Get, ["settings", "departments", id]) => crate::administration::departments::web::edit(cx, key(id)?),
        (Post, ["settings", "departments", id]) => crate::administration::departments::web::update(cx, key(id)?),
        (Get, ["settings", "departments", id, "flow"]) => {
            crate::administration::departments::web_flow::edit(cx, key(id)?)
        }
        (Post, ["settings", "departments", id, "flow"]) => {
            crate::administration::departments::web_flow::update(cx, key(id)?)
        }
        (Post, ["settings", "departments", id, "archiving"]) => {
            crate::administration::departments::web::archive(cx, key(id)?)
        }
        (Get, ["settings", "mail"]) => mail::web::edit(cx),
        (Post, ["settings", "mail"]) => mail::web::update(cx),
        (Post, ["settings", "mail", "removal"]) => mail::web::remove(cx),
        (Post, ["settings", "mail", id, "attempt"]) => mail::web::try_again(cx, key(id)?),
        (Get, ["settings", "people"]) => people::web::index(cx),
        (Post, ["settings", "people"]) => people::web::create(cx),
        (Get, ["settings", "people", "new"]) => people::web::new(cx),
        (Get, ["settings", "people", id]) => people::web::edit(cx, key(id)?),
        (Post, ["settings", "people", id]) => people::web::update(cx, key(id)?),
        (Post, ["settings", "people", id, "invitation"]) => people::web::renew(cx, key(id)?),
        (Post, ["settings", "people", id, "archiving"]) => people::web::archive(cx, key(id)?),
        (Get, ["settings", "departments", id, "greeting"]) => greetings::web::edit(cx, key(id)?),
        (Post, ["settings", "departments", id, "greeting"]) => greetings::web::update(cx, key(id)?),
        (Get, ["settings", "retention"]) => retention::web::show(cx),
        (Post, ["settings", "retention"]) => retention::web::update(cx),
        (Get, ["settings", "holidays"]) => holidays::web::index(cx),
        (Post, ["settings", "holidays"]) => holidays::web::create(cx),
        (Post, ["settings", "holidays", "national"]) => holidays::web::national(cx),
        (Post, ["settings", "holidays", "removal"]) => holidays::web::delete(cx),
        (Get, ["settings", "web-chats"]) => web_chat::web_settings::index(cx),
        (Post, ["settings", "web-chats"]) => web_chat::web_settings::create(cx),
        (Get, ["settings", "web-chats", "new"]) => web_chat::web_settings::new(cx),
        (Get, ["settings", "web-chats", id]) => web_chat::web_settings::edit(cx, key(id)?),
        (Post, ["settings", "web-chats", id]) => web_chat::web_settings::update(cx, key(id)?),
        (Post, ["settings", "web-chats", id, "secret"]) => web_chat::web_settings::show_secret(cx, key(id)?),
        (Post, ["settings", "web-chats", id, "secret", "rotation"]) => {
            web_chat::web_settings::rotate_secret(cx, key(id)?)
        }
        (Post, ["settings", "web-chats", id, "archiving"]) => web_chat::web_settings::archive(cx, key(id)?),
        (Get, ["settings", "audit"]) => settings::web::audit(cx),
        (Get, ["settings", "danger"]) => settings::web_danger::index(cx),
        (Post, ["settings", "danger", "sign-out"]) => settings::web_danger::sign_out(cx),
        (Post, ["settings", "danger", "secrets"]) => settings::web_danger::rotate(cx),
        _ => registers(cx, method, path),
    }
}

/// The registers that leads manage too: reasons, prepared texts, labels, pauses; some of them as files.
fn registers(cx: &Cx, method: Method, path: &[&str]) -> Result<Response> {
    match (method, path) {
        (Get, ["settings", register, "import"]) => catalogue_imports::web::new(cx, register),
        (Post, ["settings", register, "import"]) => catalogue_imports::web::create(cx, register),
        (Post, ["settings", register, "import", id]) => catalogue_imports::web::apply(cx, register, key(id)?),
        (Get, ["settings", register, "export"]) => catalogue_imports::web::export(cx, register),
        (Get, ["settings", "dispositions"]) => dispositions::web::index(cx),
        (Post, ["settings", "dispositions"]) => dispositions::web::create(cx),
        (Get, ["settings", "dispositions", id]) => dispositions::web::edit(cx, key(id)?),
        (Post, ["settings", "dispositions", id]) => dispositions::web::update(cx, key(id)?),
        (Post, ["settings", "dispositions", id, "position"]) => dispositions::web::shift(cx, key(id)?),
        (Post, ["settings", "dispositions", id, "archiving"]) => dispositions::web::archive(cx, key(id)?),
        (Post, ["settings", "dispositions", id, "restoring"]) => dispositions::web::restore(cx, key(id)?),
        (Get, ["settings", "pauses"]) => pauses::web_settings::index(cx),
        (Post, ["settings", "pauses"]) => pauses::web_settings::create(cx),
        (Get, ["settings", "pauses", id]) => pauses::web_settings::edit(cx, key(id)?),
        (Post, ["settings", "pauses", id]) => pauses::web_settings::update(cx, key(id)?),
        (Post, ["settings", "pauses", id, "archiving"]) => pauses::web_settings::archive(cx, key(id)?),
        (Post, ["settings", "pauses", "rules", id]) => pauses::web_settings::rule(cx, key(id)?),
        (Get, ["settings", "canned-replies"]) => canned_replies::web_settings::index(cx),
        (Post, ["settings", "canned-replies"]) => canned_replies::web_settings::create(cx),
        (Get, ["settings", "canned-replies", "new"]) => canned_replies::web_settings::new(cx),
        (Get, ["settings", "canned-replies", id]) => canned_replies::web_settings::edit(cx, key(id)?),
        (Post, ["settings", "canned-replies", id]) => canned_replies::web_settings::update(cx, key(id)?),
        (Get, ["settings", "canned-replies", id, "files", token]) => {
            canned_replies::web_files::show(cx, key(id)?, token)
        }
        (Post, ["settings", "canned-replies", id, "files", "removal"]) => {
            canned_replies::web_files::delete(cx, key(id)?)
        }
        (Post, ["settings", "canned-replies", id, "archiving"]) => canned_replies::web_settings::archive(cx, key(id)?),
        (Get, ["settings", "custom-fields"]) => custom_fields::web_settings::index(cx),
        (Post, ["settings", "custom-fields"]) => custom_fields::web_settings::create(cx),
        (Get, ["settings", "custom-fields", id]) => custom_fields::web_settings::edit(cx, key(id)?),
        (Post, ["settings", "custom-fields", id]) => custom_fields::web_settings::update(cx, key(id)?),
        (Post, ["settings", "custom-fields", id, "position"]) => custom_fields::web_settings::shift(cx, key(id)?),
        (Post, ["settings", "custom-fields", id, "archiving"]) => custom_fields::web_settings::archive(cx, key(id)?),
        (Post, ["settings", "custom-fields", id, "restoring"]) => custom_fields::web_settings::restore(cx, key(id)?),
        (Get, ["settings", "tags"]) => tags::web_settings::index(cx),
        (Post, ["settings", "tags"]) => tags::web_settings::create(cx),
        (Get, ["settings", "tags", id]) => tags::web_settings::edit(cx, key(id)?),
        (Post, ["settings", "tags", id]) => tags::web_settings::save(cx, key(id)?),
        (Post, ["settings", "tags", id, "archiving"]) => tags::web_settings::archive(cx, key(id)?),
        _ => Err(Error::NotFound),
    }
}
