//! The settings page on mail.

use maud::{Markup, html};

use super::{MailFault, Security};
use crate::platform::text::{Phrase, common, mail as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{Field, area, banner, select, tick};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::mail::MailEntry;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// How a test went.
pub enum TestOutcome<'a> {
    Not,
    Worked(&'a str),
    Failed(&'a MailFault),
}

/// What the page shows.
pub struct MailPage<'a> {
    pub viewer: &'a Agent,
    pub zone: &'a Zone,
    pub form: &'a Form,
    pub was: &'a str,
    pub problems: &'a Problems,
    /// Whether a server is stored.
    pub configured: MailReadiness,
    pub test_to: &'a str,
    pub tested: TestOutcome<'a>,
    pub outbox: &'a [MailEntry],
}

/// Whether mail can go out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MailReadiness {
    Yes,
    No,
}

/// The page.
pub fn edit(shown: &MailPage, done: Option<&str>) -> Markup {
    let language = shown.viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let content = html! {
        p.hint { (say(t::INTRODUCTION)) }
        @if shown.configured == MailReadiness::Yes { (test(shown)) }
        (server(shown))
        @if shown.configured == MailReadiness::Yes {
            section.card {
                h2 { (say(t::OUTBOX)) }
                @if shown.outbox.is_empty() { p.hint { (say(t::OUTBOX_EMPTY)) } } @else { (outbox(shown)) }
            }
            section.card {
                details {
                    summary { (say(t::TURN_OFF)) }
                    form method="post" action="/settings/mail/removal" {
                        p { (say(t::TURN_OFF_HINT)) }
                        button.danger { (say(t::TURN_OFF)) }
                    }
                }
            }
        }
    };
    frame(shown.viewer, SettingsSection::Mail, say(t::TITLE), done, &content)
}

/// The form for the server. The stored password never leaves.
fn server(shown: &MailPage) -> Markup {
    let (language, form, problems) = (shown.viewer.language, shown.form, shown.problems);
    let say = |phrase: Phrase| phrase.say(language);
    let securities = [
        (Security::StartTls.word(), say(t::SECURITY_STARTTLS)),
        (Security::Tls.word(), say(t::SECURITY_TLS)),
        (Security::None.word(), say(t::SECURITY_NONE)),
    ];
    let kept = shown.configured == MailReadiness::Yes;
    html! {
        section.card {
            form method="post" action="/settings/mail" {
                (banner(language, problems))
                (version(shown.was))
                (Field::text("host", say(t::HOST), form.text("host")).show(language, problems))
                (select("security", say(t::SECURITY), &securities, form.text("security"), language, problems))
                (Field::text("port", say(t::PORT), form.text("port")).kind("number", "off").show(language, problems))
                (Field::text("username", say(t::USERNAME), form.text("username")).hint(say(t::USERNAME_HINT)).show(language, problems))
                (Field::text("password", say(t::PASSWORD), "").kind("password", "new-password")
                    .hint(if kept { say(t::PASSWORD_KEPT) } else { "" }).show(language, problems))
                @if kept { (tick("forget_password", "1", say(t::FORGET_PASSWORD), form.has("forget_password").into())) }
                (Field::text("sender_name", say(t::SENDER_NAME), form.text("sender_name")).show(language, problems))
                (Field::text("sender_address", say(t::SENDER_ADDRESS), form.text("sender_address")).kind("email", "off").show(language, problems))
                details open[!form.text("certificate").is_empty()] {
                    summary { (say(t::CERTIFICATE)) }
                    p.hint { (say(t::CERTIFICATE_HINT)) }
                    (area("certificate", say(t::CERTIFICATE), form.text("certificate"), 6, language, problems))
                }
                button.primary { (say(common::SAVE)) }
            }
        }
    }
}

/// The test, and how it went.
fn test(shown: &MailPage) -> Markup {
    let language = shown.viewer.language;
    html! {
        section.card #test {
            h2 { (t::TEST.say(language)) }
            @match &shown.tested {
                TestOutcome::Not => {},
                TestOutcome::Worked(email) => p.done role="status" { (t::TEST_WORKED.fill(language, &[("email", email)])) },
                TestOutcome::Failed(fault) => div.wrong.banner role="alert" { (why(shown, fault)) },
            }
            form method="post" action="/settings/mail/test" {
                (Field::text("recipient", t::TEST_TO.say(language), shown.test_to).kind("email", "off").show(language, shown.problems))
                button { (t::TEST_BUTTON.say(language)) }
            }
        }
    }
}

fn why(shown: &MailPage, fault: &MailFault) -> Markup {
    let language = shown.viewer.language;
    html! {
        p { (fault.stage.phrase().say(language)) }
        @if !fault.detail.is_empty() { p { (t::DETAIL.fill(language, &[("detail", &fault.detail)])) } }
    }
}

fn outbox(shown: &MailPage) -> Markup {
    let language = shown.viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let at = |moment| shown.zone.full(moment, language);
    html! {
        div.table { table {
            thead { tr { th scope="col" { (say(t::TO)) } th scope="col" { (say(t::SUBJECT)) } th scope="col" { (say(t::STATE)) } } }
            tbody { @for entry in shown.outbox { tr {
                td { (entry.recipient) }
                td { (entry.subject) }
                td {
                    @if let Some(sent) = entry.sent_at { (t::STATE_SENT.fill(language, &[("at", &at(sent))])) }
                    @else if entry.failed_at.is_some() {
                        strong.wrong { (say(t::STATE_FAILED)) }
                        form.row method="post" action={ "/settings/mail/" (entry.id) "/attempt" } { button { (say(t::TRY_AGAIN)) } }
                    }
                    @else if entry.fault.is_some() { (t::STATE_LATER.fill(language, &[("at", &at(entry.due_at))])) }
                    @else { (say(t::STATE_WAITING)) }
                    @if let Some(fault) = &entry.fault { div.hint { (why(shown, fault)) } }
                }
            } } }
        } }
    }
}
