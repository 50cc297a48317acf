//! The chat's document: a shell that its script fills; the same for the page and for the iframe.

use maud::{DOCTYPE, Markup, html};
use serde_json::json;

use super::Look;
use crate::contacts::LONGEST_NAME;
use crate::platform::text::{Language, Phrase};
use crate::platform::text::{attachments as file, ratings as rate, web_chat as t};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::assets::{CHAT_SCRIPT, CHAT_STYLE, ICON};

/// Where the chat stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ChatPlace {
    /// A page of its own.
    Page,
    /// An iframe on a customer's site.
    Frame,
}

/// What the document needs to know.
pub struct Chat<'a> {
    pub company: &'a str,
    pub key: &'a str,
    pub look: &'a Look,
    pub language: Language,
    pub place: ChatPlace,
    /// Whether the installation sends mail.
    pub mails: bool,
}

/// The sentences that the script says.
const SAID: &[(&str, Phrase)] = &[
    ("sending", t::SENDING),
    ("sent", t::SENT),
    ("seen", t::SEEN),
    ("failed", t::FAILED),
    ("again", t::AGAIN),
    ("number", t::NUMBER),
    ("first", t::FIRST),
    ("position", t::POSITION),
    ("closed", t::CLOSED),
    ("mail", t::MAIL_SENT),
    ("noVisitor", t::NO_VISITOR),
    ("soundOn", t::SOUND_ON),
    ("soundOff", t::SOUND_OFF),
    ("remove", t::REMOVE),
    ("today", t::TODAY),
    ("broken", t::BROKEN),
    ("large", file::TOO_LARGE),
];

/// The document.
pub fn page(chat: &Chat) -> Markup {
    let say = |phrase: Phrase| phrase.say(chat.language);
    let look = chat.look;
    let said: serde_json::Map<String, serde_json::Value> =
        SAID.iter().map(|(name, phrase)| ((*name).to_owned(), json!(say(*phrase)))).collect();
    let settings = json!({
        "key": chat.key,
        "colour": look.colour,
        "framed": chat.place == ChatPlace::Frame,
        "sites": look.allowed_sites.split_whitespace().collect::<Vec<_>>(),
        "language": chat.language.code(),
        "asks": look.asks_name || look.asks_email || look.asks_phone,
        "say": said,
    });
    html! {
        (DOCTYPE)
        html lang=(chat.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content=(look.colour);
                meta name="robots" content="noindex";
                meta name="chat" content=(settings.to_string());
                title { (chat.company) " · " (say(t::TITLE)) }
                link rel="icon" href=(ICON.address()) type="image/svg+xml";
                link rel="stylesheet" href=(CHAT_STYLE.address());
                script src=(CHAT_SCRIPT.address()) type="module" {}
            }
            body data-framed[chat.place == ChatPlace::Frame] {
                (head(chat))
                noscript { p.banner { (say(t::NEEDS_SCRIPT)) } }
                p.banner #offline role="status" hidden { (say(t::OFFLINE)) }
                main #main {
                    div #log role="log" aria-live="polite" aria-label=(say(t::LOG)) tabindex="0" {
                        button #older type="button" hidden { (say(t::OLDER)) }
                        @if !look.welcome.is_empty() { p.welcome { (look.welcome) } }
                        div #thread {}
                        p.typing #typing hidden { span.dots aria-hidden="true" { i {} i {} i {} } (say(t::TYPING)) }
                    }
                    button #newer type="button" hidden { (say(t::NEWER)) }
                    p #line role="status" hidden {}
                    (rating(chat.language))
                    (start(chat))
                    (composer(chat))
                }
                (dialogs(chat))
            }
        }
    }
}

fn head(chat: &Chat) -> Markup {
    let say = |phrase: Phrase| phrase.say(chat.language);
    html! {
        header {
            div.who {
                h1 { (chat.company) }
                p #number { @if !chat.look.reply_time.is_empty() { (chat.look.reply_time) } }
            }
            details #menu hidden {
                summary aria-label=(say(t::MENU)) title=(say(t::MENU)) { span aria-hidden="true" { "⋮" } }
                div.menu {
                    @if chat.mails { button #mail type="button" { (icon(Icon::Mail)) (say(t::BY_MAIL)) } }
                    button #sound type="button" { (say(t::SOUND_ON)) }
                    button #end type="button" { (icon(Icon::SignOut)) (say(t::END)) }
                }
            }
            @if chat.place == ChatPlace::Frame {
                button #close type="button" aria-label=(say(t::CLOSE)) title=(say(t::CLOSE)) { (icon(Icon::Close)) }
            }
        }
    }
}

/// What the chat asks before it begins.
fn start(chat: &Chat) -> Markup {
    let say = |phrase: Phrase| phrase.say(chat.language);
    let fields = [
        (chat.look.asks_name, "name", "text", "name", t::NAME),
        (chat.look.asks_email, "email", "email", "email", t::EMAIL),
        (chat.look.asks_phone, "phone", "tel", "tel", t::PHONE),
    ];
    html! {
        form #start hidden novalidate {
            @for (_, name, kind, complete, label) in fields.into_iter().filter(|field| field.0) {
                label {
                    (say(label))
                    input type=(kind) name=(name) autocomplete=(complete) required maxlength=(LONGEST_NAME) aria-describedby={ "bad-" (name) };
                    span.bad id={ "bad-" (name) } {}
                }
            }
            p.bad #bad-start role="alert" {}
            button.primary type="submit" { (say(t::START)) }
        }
    }
}

/// The rating that is asked for at the end.
fn rating(language: Language) -> Markup {
    let words = [rate::SCORE_1, rate::SCORE_2, rate::SCORE_3, rate::SCORE_4, rate::SCORE_5];
    html! {
        form #rating hidden {
            fieldset {
                legend { (rate::QUESTION.say(language)) }
                div.scores {
                    @for (score, phrase) in (1..).zip(words) {
                        label title=(phrase.say(language)) {
                            input type="radio" name="score" value=(score) required aria-label=(phrase.say(language));
                            span aria-hidden="true" { "★" }
                        }
                    }
                }
            }
            label { span { (rate::COMMENT.say(language)) } textarea name="comment" rows="2" maxlength="2000" {} }
            p.bad #bad-rating role="alert" {}
            button.primary type="submit" { (rate::SEND.say(language)) }
        }
    }
}

fn composer(chat: &Chat) -> Markup {
    let say = |phrase: Phrase| phrase.say(chat.language);
    html! {
        form #composer hidden {
            ul #files hidden {}
            p.bad #bad-send role="alert" {}
            textarea #body rows="1" maxlength="100000" aria-label=(say(t::MESSAGE)) placeholder=(say(t::MESSAGE)) {}
            @if chat.look.emoji {
                button #emoji type="button" aria-label=(say(t::EMOJI)) title=(say(t::EMOJI)) aria-expanded="false" { (icon(Icon::Smile)) }
            }
            @if chat.look.attachments {
                button #attach type="button" aria-label=(say(t::ATTACH)) title=(say(t::ATTACH)) { (icon(Icon::Clip)) }
                input #file type="file" multiple hidden;
            }
            button.primary #send type="submit" aria-label=(say(t::SEND)) title=(say(t::SEND)) { (icon(Icon::Send)) }
            @if chat.look.emoji { div #emojis role="group" aria-label=(say(t::EMOJI)) hidden {} }
        }
    }
}

fn dialogs(chat: &Chat) -> Markup {
    let say = |phrase: Phrase| phrase.say(chat.language);
    html! {
        dialog #ending aria-labelledby="ending-title" {
            form method="dialog" {
                h2 #ending-title { (say(t::END_SURE)) }
                button type="submit" value="keep" { (say(t::KEEP)) }
                button.primary type="submit" value="end" { (say(t::END)) }
            }
        }
        dialog #mailing aria-labelledby="mailing-title" {
            form novalidate {
                h2 #mailing-title { (say(t::BY_MAIL)) }
                label { (say(t::EMAIL)) input type="email" name="email" autocomplete="email" required aria-describedby="bad-mail"; }
                p.bad #bad-mail role="alert" {}
                button type="button" value="cancel" { (say(t::CANCEL)) }
                button.primary type="submit" { (say(t::SEND)) }
            }
        }
    }
}
