//! The settings pages on web chats.

use maud::{Markup, html};

use super::draft::{SIGNING, embed_code, embed_code_signed};
use crate::platform::text::{Phrase, common, settings as t};
use crate::platform::ui::form::{Field, area, banner, complaint, select, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::channels::Channel;
use crate::team::departments::Department;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{copyable, frame, version};

/// Every web chat.
pub fn index(
    viewer: &Agent,
    channels: &[Channel],
    departments: &[Department],
    base: &str,
    done: Option<&str>,
) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let department =
        |channel: &Channel| departments.iter().find(|one| one.id == channel.department).map(|one| &one.name);
    let content = html! {
        p.hint { (say(t::WEB_CHATS_HINT)) }
        p { a.button.primary href="/settings/web-chats/new" { (say(t::WEB_CHAT_NEW)) } }
        @if !channels.is_empty() {
            div.card.table { table {
                thead { tr {
                    th scope="col" { (say(t::DEPARTMENT_NAME)) } th scope="col" { (say(t::WEB_CHAT_DEPARTMENT)) } th scope="col" { (say(t::WEB_CHAT_PAGE)) }
                } }
                tbody { @for channel in channels { tr {
                    td { a href={ "/settings/web-chats/" (channel.id) } { (channel.name) } }
                    td { @if let Some(name) = department(channel) { (name) } }
                    td { a href={ "/chat/" (channel.public_key) } { (base) "/chat/" (channel.public_key) } }
                } } }
            } }
        }
    };
    frame(viewer, SettingsSection::WebChats, say(t::WEB_CHATS), done, &content)
}

/// What the form needs.
pub struct WebChatSettings<'a> {
    pub viewer: &'a Agent,
    pub form: &'a Form,
    pub was: &'a str,
    pub problems: &'a Problems,
    pub departments: &'a [Department],
}

impl WebChatSettings<'_> {
    fn fields(&self) -> Markup {
        let (language, form, problems) = (self.viewer.language, self.form, self.problems);
        let say = |phrase: Phrase| phrase.say(language);
        let ids: Vec<String> = self.departments.iter().map(|department| department.id.to_string()).collect();
        let departments: Vec<(&str, &str)> =
            ids.iter().zip(self.departments).map(|(id, department)| (id.as_str(), department.name.as_str())).collect();
        let text = |name: &'static str, label: Phrase| Field::text(name, say(label), form.text(name));
        let ticked = |name: &str, label: Phrase| tick(name, "1", say(label), form.has(name).into());
        html! {
            (banner(language, problems))
            (version(self.was))
            (text("name", t::WEB_CHAT_NAME).hint(say(t::WEB_CHAT_NAME_HINT)).show(language, problems))
            (select("department", say(t::WEB_CHAT_DEPARTMENT), &departments, form.text("department"), language, problems))
            (text("colour", t::COLOUR).kind("color", "off").show(language, problems))
            (area("welcome", say(t::WELCOME), form.text("welcome"), 2, language, problems))
            (text("reply_time", t::REPLY_TIME).hint(say(t::REPLY_TIME_HINT)).show(language, problems))
            (area("allowed_sites", say(t::ALLOWED_SITES), form.text("allowed_sites"), 3, language, problems))
            p.hint { (say(t::ALLOWED_SITES_HINT)) }
            fieldset.field {
                legend { (say(t::ASKS)) }
                (ticked("asks_name", t::ASKS_NAME)) (ticked("asks_email", t::ASKS_EMAIL)) (ticked("asks_phone", t::ASKS_PHONE))
                (complaint("asks", language, problems))
            }
            fieldset.field {
                legend { (say(t::OFFERS)) }
                (ticked("attachments", t::OFFERS_ATTACHMENTS)) (ticked("emoji", t::OFFERS_EMOJI))
            }
            (text("reopen_window", t::REOPEN_WINDOW).kind("number", "off").hint(say(t::REOPEN_WINDOW_HINT)).show(language, problems))
        }
    }
}

/// The form for a new one.
pub fn new(shown: &WebChatSettings) -> Markup {
    let language = shown.viewer.language;
    let content = html! {
        section.card { form method="post" action="/settings/web-chats" {
            (shown.fields())
            button.primary { (t::CREATE.say(language)) }
        } }
        p { a href="/settings/web-chats" { (t::BACK_TO_WEB_CHATS.say(language)) } }
    };
    frame(shown.viewer, SettingsSection::WebChats, t::WEB_CHAT_NEW.say(language), None, &content)
}

/// Whether the secret stands on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    Hidden,
    Shown,
}

/// One web chat: embed code, preview, form, identified customers, the way out.
pub fn edit(shown: &WebChatSettings, channel: &Channel, base: &str, secret: Secret, done: Option<&str>) -> Markup {
    let language = shown.viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let address = format!("/settings/web-chats/{}", channel.id);
    let key = channel.public_key.as_str();
    let content = html! {
        section.card {
            h2 { (say(t::EMBED)) }
            p { (say(t::EMBED_HINT)) }
            (copyable(language, say(t::EMBED_CODE), &embed_code(base, key)))
            (copyable(language, say(t::WEB_CHAT_PAGE), &format!("{base}/chat/{key}")))
        }
        section.card { form method="post" action=(address) {
            (shown.fields())
            button.primary { (say(common::SAVE)) }
        } }
        section.card {
            h2 { (say(t::PREVIEW)) }
            p.hint { (say(t::PREVIEW_HINT)) }
            iframe.preview src={ "/chat/" (key) "/frame" } title=(say(t::PREVIEW)) loading="lazy" {}
        }
        section.card #secret {
            h2 { (say(t::IDENTIFIED)) }
            p { (say(t::IDENTIFIED_HINT)) }
            (copyable(language, say(t::EMBED_CODE), &embed_code_signed(base, key)))
            pre { (SIGNING) }
            @match secret {
                Secret::Shown => (copyable(language, say(t::SECRET), &channel.secret)),
                Secret::Hidden => form.row method="post" action={ (address) "/secret" } { button { (say(t::SECRET_SHOW)) } },
            }
            details {
                summary { (say(t::SECRET_ROTATE)) }
                form method="post" action={ (address) "/secret/rotation" } {
                    p { (say(t::SECRET_ROTATE_HINT)) }
                    button.danger { (say(t::SECRET_ROTATE)) }
                }
            }
        }
        section.card { details {
            summary { (say(t::ARCHIVE)) }
            form method="post" action={ (address) "/archiving" } {
                p { (say(t::ARCHIVE_WEB_CHAT_HINT)) }
                button.danger { (t::ARCHIVE_PERSON.fill(language, &[("name", &channel.name)])) }
            }
        } }
        p { a href="/settings/web-chats" { (say(t::BACK_TO_WEB_CHATS)) } }
    };
    frame(shown.viewer, SettingsSection::WebChats, &channel.name, done, &content)
}
