//! The web chat: what it looks like, who may frame and call it, what a visitor sends and may see.

pub mod draft;

pub mod sql;
pub mod view;
pub mod view_settings;
pub mod web;
pub mod web_files;
pub mod web_marks;
pub mod web_messages;
pub mod web_rating;
pub mod web_settings;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::contacts;
use crate::contacts::{ContactId, IdentityId, phone};
use crate::desk::conversations::{ConversationId, State};
use crate::desk::messages::{Attachment, Author, LONGEST, MessageId, SystemLine};
use crate::platform::text::web_chat as t;
use crate::platform::text::{Language, Phrase, common, contacts as person, messages};
use crate::platform::time::{Timestamp, Zone};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents;
use crate::team::channels::Channel;

/// How a chat looks and what it asks and allows; one row per channel, or these defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// `#rrggbb` in lower case.
    pub colour: String,
    pub welcome: String,
    /// e.g. "Respondemos em alguns minutos".
    pub reply_time: String,
    /// Origins that may embed the chat, one a line; none means this installation alone.
    pub allowed_sites: String,
    pub asks_name: bool,
    pub asks_email: bool,
    pub asks_phone: bool,
    pub attachments: bool,
    pub emoji: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: "#6d28d9".to_owned(),
            welcome: String::new(),
            reply_time: String::new(),
            allowed_sites: String::new(),
            asks_name: true,
            asks_email: false,
            asks_phone: false,
            attachments: true,
            emoji: true,
        }
    }
}

impl Look {
    /// Checks the settings form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let colour = form.trimmed("colour").to_lowercase();
        if colour.len() != 7 || !colour.starts_with('#') || !colour[1..].bytes().all(|digit| digit.is_ascii_hexdigit())
        {
            problems.add("colour", t::BAD_COLOUR);
        }
        for field in ["welcome", "reply_time"] {
            if form.text(field).chars().count() > 500 {
                problems.add(field, common::TOO_LONG);
            }
        }
        let mut sites = Vec::new();
        for typed in form.text("allowed_sites").split(|c: char| c.is_whitespace() || c == ',') {
            match site(typed) {
                _ if typed.is_empty() => {}
                Some(site) if !sites.contains(&site) => sites.push(site),
                Some(_) => {}
                None if problems.of("allowed_sites").is_none() => problems.add("allowed_sites", t::BAD_SITE),
                None => {}
            }
        }
        problems.none_or(Self {
            colour,
            welcome: form.trimmed("welcome").to_owned(),
            reply_time: form.trimmed("reply_time").to_owned(),
            allowed_sites: sites.join("\n"),
            asks_name: form.has("asks_name"),
            asks_email: form.has("asks_email"),
            asks_phone: form.has("asks_phone"),
            attachments: form.has("attachments"),
            emoji: form.has("emoji"),
        })
    }
}

/// The origin of a typed site: `https://loja.example` for `loja.example/inicio`; None for what is no site.
pub fn site(typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", &typed));
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let named = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        && !name.starts_with(['.', '-'])
        && !name.contains("..");
    let numbered = !host.ends_with(':') && (port.is_empty() || port.parse::<u16>().is_ok_and(|port| port > 0));
    let standard = matches!((scheme, port), ("https", "443") | ("http", "80"));
    let host = if standard { name } else { host };
    (matches!(scheme, "https" | "http") && named && numbered).then(|| format!("{scheme}://{host}"))
}

/// Whether an `Origin` stands in the list of allowed sites; never for an empty list.
pub fn allows(allowed_sites: &str, origin: &str) -> bool {
    allowed_sites.split_whitespace().any(|site| site == origin)
}

/// The `frame-ancestors` of the iframe's document.
pub fn ancestors(allowed_sites: &str) -> String {
    allowed_sites.split_whitespace().fold("'self'".to_owned(), |list, site| list + " " + site)
}

/// Whether the site signed this identifier: hex(HMAC-SHA256(channel secret, identifier)), compared in constant time.
pub fn is_signed(secret: &str, identifier: &str, hash: &str) -> bool {
    let Ok(hash) = data_encoding::HEXLOWER_PERMISSIVE.decode(hash.trim().as_bytes()) else { return false };
    // An empty secret would let anybody sign.
    if secret.is_empty() {
        return false;
    }
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(identifier.as_bytes());
    mac.verify_slice(&hash).is_ok()
}

/// Who calls: a visitor by the token, and the channel that it belongs to.
#[derive(Clone, Debug)]
pub struct Caller {
    pub identity: IdentityId,
    pub contact: ContactId,
    pub channel: Channel,
    pub allowed_sites: String,
    pub attachments: bool,
}

/// What the page sends to begin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChatStart {
    pub name: String,
    pub email: String,
    pub phone: String,
    /// The site's own name for a signed-in customer, and its signature.
    pub identifier: String,
    pub hash: String,
    /// The page that the visitor is on.
    pub page: String,
}

impl ChatStart {
    /// The contact's data; what the chat asks for is needed, unless the site vouches for the person.
    pub fn draft(&self, look: &Look) -> Result<contacts::ContactForm, Problems> {
        let mut problems = Problems::default();
        let known = !self.identifier.is_empty();
        let [name, email, typed] = [&self.name, &self.email, &self.phone].map(|text| text.trim());
        for (field, value, asked) in
            [("name", name, look.asks_name), ("email", email, look.asks_email), ("phone", typed, look.asks_phone)]
        {
            if asked && !known && value.is_empty() {
                problems.add(field, common::REQUIRED);
            }
        }
        if name.chars().count() > contacts::LONGEST_NAME || self.identifier.len() > 500 {
            problems.add("name", common::TOO_LONG);
        }
        if !email.is_empty() && !agents::looks_like_email(email) {
            problems.add("email", common::BAD_EMAIL);
        }
        let phone = if typed.is_empty() { Some(String::new()) } else { phone::e164(typed) };
        if phone.is_none() {
            problems.add("phone", person::BAD_PHONE);
        }
        problems.none_or(contacts::ContactForm {
            name: name.replace('\0', ""),
            phone: phone.unwrap_or_default(),
            email: email.to_lowercase(),
        })
    }
}

/// A message as the page sends it.
#[derive(Debug, Deserialize)]
pub struct VisitorMessage {
    /// Made by the page; a repetition under the same key is stored once.
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub body: String,
    /// Tokens of uploads that wait.
    #[serde(default)]
    pub files: Vec<String>,
}

impl VisitorMessage {
    /// What is wrong with it, if anything.
    pub fn problem(&self) -> Option<Phrase> {
        if self.files.is_empty() && self.body.trim().is_empty() {
            return Some(messages::EMPTY);
        }
        // Counting is only needed where there are more bytes than letters allowed.
        if self.body.len() > LONGEST && self.body.chars().count() > LONGEST {
            return Some(messages::TOO_LONG);
        }
        (self.key.len() > 100 || self.files.len() > 10).then_some(common::TOO_LONG)
    }
}

/// A message's row as the visitor's queries read it.
pub struct MessageRow {
    pub id: MessageId,
    pub author: Author,
    pub agent_name: String,
    pub body: String,
    pub at: i64,
    pub key: Option<String>,
    pub files: Vec<Attachment>,
}

/// What a visitor may see of a message. Nothing else goes out: a new author or line is invisible until it is named here.
#[derive(Debug, PartialEq, Serialize)]
pub struct VisibleMessage {
    pub id: MessageId,
    pub author: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub body: String,
    pub at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<VisibleFile>,
}

/// What a visitor may see of a file.
#[derive(Debug, PartialEq, Serialize)]
pub struct VisibleFile {
    pub token: String,
    pub name: String,
    #[serde(rename = "type")]
    pub media_type: String,
    pub size: i64,
}

impl VisibleMessage {
    /// The message as the visitor sees it, or None where it is the team's own.
    pub fn of(stored: MessageRow, language: Language) -> Option<Self> {
        let MessageRow { id, author, agent_name, body, at, key, files } = stored;
        let (author, name, body, key) = match author {
            Author::Contact => ("contact", String::new(), body, key),
            Author::Agent => ("agent", agent_name, body, None),
            Author::Bot => ("bot", t::BOT.say(language).to_owned(), body, None),
            Author::System => ("system", String::new(), SystemLine::read(&body)?.for_contact(language)?, None),
            Author::Note => return None,
        };
        let file = |file: Attachment| VisibleFile {
            token: file.token,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
        };
        Some(Self { id, author, name, body, at, key, files: files.into_iter().map(file).collect() })
    }
}

/// What a visitor may see of the conversation.
#[derive(Debug, PartialEq, Serialize)]
pub struct VisibleConversation {
    /// Fourteen digits.
    pub number: String,
    /// `waiting`, `answered` or `closed`.
    pub state: &'static str,
    /// Place in the line while nobody has taken it; the first is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// The newest message that the team has seen.
    pub seen: i64,
    /// 0 where a rating is asked for, else the one that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<i64>,
}

/// The latest conversation as the visitor's queries read it.
pub struct CurrentConversation {
    pub id: ConversationId,
    pub number: i64,
    pub state: State,
    pub taken: bool,
    pub position: i64,
    pub seen: i64,
    /// Closed by the team a moment ago, which may still take it back.
    pub held: bool,
    pub rating: Option<i64>,
}

impl CurrentConversation {
    /// The visitor's view: states of the team's own are told as waiting or answered.
    pub fn visible(&self) -> VisibleConversation {
        let waits = !self.taken && self.state == State::WaitingAgent;
        VisibleConversation {
            number: self.number.to_string(),
            state: match self.state {
                State::Closed if !self.held => "closed",
                _ if waits => "waiting",
                _ => "answered",
            },
            position: waits.then_some(self.position),
            seen: self.seen,
            rating: self.rating,
        }
    }
}

/// A conversation as the text of a mail.
pub fn transcript(
    messages: impl Iterator<Item = VisibleMessage>,
    title: &str,
    zone: &Zone,
    language: Language,
) -> String {
    let mut text = format!("{title}\n\n");
    for message in messages {
        let name = match message.author {
            "contact" => t::YOU.say(language),
            "system" => "—",
            _ => &message.name,
        };
        text.push_str(&format!("{} · {name}\n{}\n", zone.full(Timestamp(message.at), language), message.body));
        for file in &message.files {
            text.push_str(&format!("[{}]\n", file.name));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_its_origin_and_blank_is_nobody() {
        assert_eq!(site("Loja.example/inicio").as_deref(), Some("https://loja.example"));
        assert_eq!(site("http://127.0.0.1:8080/").as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(site("https://loja.example:443").as_deref(), Some("https://loja.example"));
        for bad in ["", "*", "https://*", "ftp://x", "https://a b", "'self'", "x;y", "https://x:99999", "https://.x"] {
            assert_eq!(site(bad), None, "{bad}");
        }
        assert!(allows("https://a.example\nhttps://b.example", "https://b.example"));
        assert!(!allows("", "") && !allows("", "https://a.example") && !allows("https://a.example", "https://a"));
        assert_eq!(ancestors(""), "'self'");
    }

    #[test]
    fn a_signature_is_checked_against_a_known_one() {
        // printf %s cliente-42 | openssl dgst -sha256 -hmac segredo
        let hash = "47683d4a36cac7b910e8470f0d1decc6a634ffeae39398de9df52ad17ded1e91";
        assert!(is_signed("segredo", "cliente-42", hash));
        assert!(!is_signed("segredo", "cliente-43", hash) && !is_signed("outro", "cliente-42", hash));
        assert!(!is_signed("segredo", "cliente-42", &hash[..32]), "half a signature");
        assert!(!is_signed("", "cliente-42", ""));
        assert!(!is_signed("segredo", "cliente-42", "zz"));
    }
}
