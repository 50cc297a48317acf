//! The pages behind invitations and password resets.

use maud::{Markup, html};

use super::Agent;
use super::draft::Purpose;
use super::view::outside;
use crate::platform::text::{Language, agents as a, settings as t};
use crate::platform::ui::form::Field;
use crate::platform::web::form::Problems;

/// Choosing a password behind a link.
pub fn choose(agent: &Agent, purpose: Purpose, action: &str, problems: &Problems) -> Markup {
    let language = agent.language;
    let words = [("name", agent.name.as_str()), ("email", agent.email.as_str())];
    let (title, line) = match purpose {
        Purpose::PasswordReset => (t::RESET, t::RESET_NEW.fill(language, &words)),
        Purpose::Invitation | Purpose::Setup => (t::ACCEPT, t::ACCEPT_HINT.fill(language, &words)),
    };
    outside(
        language,
        title.say(language),
        &html! {
            h2 { (title.say(language)) }
            p { (line) }
            form method="post" action=(action) {
                input type="hidden" name="username" autocomplete="username" value=(agent.email);
                (Field::text("password", a::NEW_PASSWORD.say(language), "").kind("password", "new-password").show(language, problems))
                (Field::text("repeated", a::REPEATED.say(language), "").kind("password", "new-password").show(language, problems))
                button.primary { (t::ACCEPT_BUTTON.say(language)) }
            }
        },
    )
}

/// A link that was used, has ended, or never was.
pub fn dead(language: Language) -> Markup {
    outside(
        language,
        t::LINK_DEAD.say(language),
        &html! {
            h2 { (t::LINK_DEAD.say(language)) }
            p { (t::LINK_DEAD_HINT.say(language)) }
            p.links { a href="/sign-in" { (t::TO_SIGN_IN.say(language)) } }
        },
    )
}

/// Where a reset stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ResetState<'a> {
    NotYet,
    /// The same words whether somebody has that address or not.
    Sent,
    NoMail,
    Wait(&'a str),
}

/// Asking for a reset.
pub fn ask(language: Language, email: &str, asked: ResetState) -> Markup {
    outside(
        language,
        t::RESET.say(language),
        &html! {
            h2 { (t::RESET.say(language)) }
            @match asked {
                ResetState::Sent => p.done role="status" { (t::RESET_SENT.say(language)) },
                ResetState::NoMail => p { (t::RESET_NO_MAIL.say(language)) },
                ResetState::NotYet | ResetState::Wait(_) => {
                    @if let ResetState::Wait(seconds) = asked {
                        p.wrong.banner role="alert" { (a::TOO_MANY.fill(language, &[("seconds", seconds)])) }
                    }
                    p { (t::RESET_HINT.say(language)) }
                    form method="post" action="/password-reset" {
                        (Field::text("email", a::EMAIL.say(language), email).kind("email", "username").show(language, &Problems::default()))
                        button.primary { (t::RESET_BUTTON.say(language)) }
                    }
                },
            }
            p.links { a href="/sign-in" { (t::TO_SIGN_IN.say(language)) } }
        },
    )
}
