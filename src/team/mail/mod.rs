//! Mail out: what waits to be sent, through which server, and what a failed attempt says.

mod certificate;
pub mod smtp;
pub mod sql;
pub mod view;
pub mod web;
pub mod worker;

use crate::platform::text::{Phrase, common, mail as t};
use crate::platform::time::{HOUR, MINUTE, Timestamp};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::looks_like_email;

crate::ids! {
    /// One mail of the outbox.
    MailId,
}

crate::words! {
    /// How the way to the server is protected; `none` is only for a server on this machine.
    Security { Tls = "tls", StartTls = "starttls", None = "none" }
}

/// The server that mail goes out through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Empty where the server asks for none.
    pub username: String,
    pub password: String,
    pub sender_name: String,
    pub sender_address: String,
    /// PEM of an authority of one's own; empty for the public ones.
    pub certificate: String,
}

impl MailServer {
    /// Reads the settings form. An empty password keeps the stored one, for pages never show it.
    pub fn parse(form: &Form, stored: Option<&Self>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let short = |problems: &mut Problems, field: &'static str| {
            let text = form.trimmed(field);
            if text.chars().count() > 250 || text.chars().any(char::is_control) {
                problems.add(field, common::TOO_LONG);
            }
            text.to_owned()
        };
        let host = short(&mut problems, "host");
        if host.is_empty() {
            problems.add("host", common::REQUIRED);
        } else if host.chars().any(|c| c.is_whitespace() || "/@".contains(c)) {
            problems.add("host", t::BAD_HOST);
        }
        let port = form.trimmed("port").parse::<u16>().unwrap_or(0);
        if port == 0 {
            problems.add("port", t::BAD_PORT);
        }
        let security = Security::from_word(form.text("security")).unwrap_or(Security::StartTls);
        let sender_address = short(&mut problems, "sender_address");
        if !looks_like_email(&sender_address) {
            problems.add("sender_address", common::BAD_EMAIL);
        }
        let certificate = form.trimmed("certificate").to_owned();
        if !certificate.is_empty() && !certificate::is_certificate(&certificate) {
            problems.add("certificate", t::BAD_CERTIFICATE);
        }
        let password = match (form.text("password"), stored) {
            ("", Some(stored)) if !form.has("forget_password") => stored.password.clone(),
            (typed, _) => typed.to_owned(),
        };
        let username = short(&mut problems, "username");
        let sender_name = short(&mut problems, "sender_name");
        problems.none_or(Self { host, port, security, username, password, sender_name, sender_address, certificate })
    }
}

/// One mail as it goes out.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: MailId,
    /// Stays the same over every attempt, so that a receiver can tell a repetition.
    pub message_id: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub created_at: Timestamp,
    /// Attempts so far, the present one included.
    pub attempts: i64,
}

crate::words! {
    /// Where an attempt failed.
    Stage {
        Dns = "dns", Refused = "refused", Silent = "silent", Tls = "tls", Plain = "plain", SignIn = "sign_in",
        Sender = "sender", Recipient = "recipient", Content = "content", Talk = "talk",
    }
}

impl Stage {
    /// What went wrong, in words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Dns => t::FAILED_DNS,
            Self::Refused => t::FAILED_REFUSED,
            Self::Silent => t::FAILED_SILENT,
            Self::Tls => t::FAILED_TLS,
            Self::Plain => t::FAILED_PLAIN,
            Self::SignIn => t::FAILED_SIGN_IN,
            Self::Sender => t::FAILED_SENDER,
            Self::Recipient => t::FAILED_RECIPIENT,
            Self::Content => t::FAILED_CONTENT,
            Self::Talk => t::FAILED_TALK,
        }
    }
}

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFault {
    pub stage: Stage,
    /// What the server or the system said.
    pub detail: String,
    /// Another attempt would get the same answer.
    pub lasting: bool,
}

impl MailFault {
    /// A fault that may be gone at the next attempt. The detail becomes one line of bounded length.
    pub fn new(stage: Stage, detail: &str) -> Self {
        let flat: String = detail.chars().map(|c| if c.is_control() { ' ' } else { c }).take(400).collect();
        Self { stage, detail: flat.trim().to_owned(), lasting: false }
    }

    /// The same, with no hope.
    #[must_use]
    pub fn lasting(mut self, lasting: bool) -> Self {
        self.lasting = lasting;
        self
    }

    /// Whether every other mail would fail in the same way now.
    pub fn is_of_server(&self) -> bool {
        !matches!(self.stage, Stage::Recipient | Stage::Content)
    }

    /// As it is stored: the stage's word, then what was said.
    pub fn stored(&self) -> String {
        format!("{}: {}", self.stage.word(), self.detail)
    }

    /// From what was stored.
    pub fn from_stored(text: &str) -> Self {
        let (word, detail) = text.split_once(": ").unwrap_or(("", text));
        Self::new(Stage::from_word(word).unwrap_or(Stage::Talk), detail)
    }
}

/// The waits between attempts: together a little under two days.
const WAITS: [i64; 11] =
    [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR, 6 * HOUR];

/// When a mail that has failed so often is tried again; None where it has failed for good.
pub fn next_attempt(failures: i64, now: Timestamp) -> Option<Timestamp> {
    let index = usize::try_from(failures - 1).ok()?;
    WAITS.get(index).map(|wait| now.plus(*wait))
}

/// A subject as one line of bounded length: what comes from a form can't begin a header of its own.
pub fn one_line(subject: &str) -> String {
    let flat: String = subject.chars().map(|c| if c.is_control() || c == '\u{2028}' { ' ' } else { c }).collect();
    flat.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

/// One line of the list of mails.
pub struct MailEntry {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    pub created_at: Timestamp,
    pub due_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub fault: Option<MailFault>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_grow_rare_and_end_after_two_days() {
        let mut at = Timestamp(0);
        let mut waits = Vec::new();
        for failures in 1.. {
            let Some(next) = next_attempt(failures, at) else { break };
            waits.push(next.since(at) / MINUTE);
            at = next;
        }
        assert_eq!(waits[..6], [1, 5, 30, 120, 360, 360]);
        assert!((40 * HOUR..=48 * HOUR).contains(&at.0), "{at:?}");
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(one_line("Oi\r\nBcc: a@b.br\u{2028}x"), "Oi Bcc: a@b.br x");
        assert_eq!(one_line(&"é".repeat(999)).chars().count(), 200);
    }

    #[test]
    fn a_fault_comes_back_as_it_was_stored() {
        let fault = MailFault::new(Stage::Recipient, "550 no\r\nsuch: user");
        assert_eq!(MailFault::from_stored(&fault.stored()), fault);
        assert_eq!(MailFault::from_stored("old text").stage, Stage::Talk);
    }

    #[test]
    fn an_empty_password_keeps_the_stored_one() {
        let form = || {
            Form::default()
                .with("host", "mail.example")
                .with("port", "587")
                .with("security", "starttls")
                .with("sender_address", "a@b.br")
        };
        let stored = MailServer { password: "s".to_owned(), ..MailServer::parse(&form(), None).expect("settings") };
        assert_eq!(MailServer::parse(&form(), Some(&stored)).expect("settings").password, "s");
        assert_eq!(
            MailServer::parse(&form().with("forget_password", "1"), Some(&stored)).expect("settings").password,
            ""
        );
        let wrong = MailServer::parse(&form().with("certificate", "nope"), None).expect_err("no certificate");
        assert_eq!(wrong.of("certificate"), Some(t::BAD_CERTIFICATE));
    }
}
