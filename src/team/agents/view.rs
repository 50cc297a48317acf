//! Pages on signing in and on oneself.

use maud::{Markup, html};

use super::{Agent, Presence, Role, Theme};
use crate::platform::text::Language;
use crate::platform::text::agents as t;
use crate::platform::text::{common, notifications, pauses as p};
use crate::platform::ui::form::{Field, banner, select, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::ui::page::{Nav, Page};
use crate::platform::web::form::{Form, Problems};

/// A page outside the console: one card in the middle.
pub fn outside(language: Language, title: &str, card: &Markup) -> Markup {
    let page = Page { title, language, theme: "auto", nav: None, data: &[] };
    page.show(&html! { main.outside #main { section.card { h1.brand { "Balcão" } (card) } } })
}

/// The sign-in form, with what is wrong.
pub fn sign_in(language: Language, form: &Form, wrong: Option<&str>) -> Markup {
    let none = Problems::default();
    outside(
        language,
        t::SIGN_IN.say(language),
        &html! {
            form method="post" action="/sign-in" {
                @if let Some(wrong) = wrong { p.wrong.banner role="alert" { (wrong) } }
                input type="hidden" name="next" value=(form.text("next"));
                (Field::text("email", t::EMAIL.say(language), form.text("email")).kind("email", "username").show(language, &none))
                (Field::text("password", t::PASSWORD.say(language), "").kind("password", "current-password").show(language, &none))
                button.primary { (t::SIGN_IN.say(language)) }
            }
            p.links { a href="/password-reset" { (t::FORGOT.say(language)) } }
        },
    )
}

/// A page of the console around its content.
pub fn console(agent: &Agent, title: &str, current: &str, data: &[(&str, String)], main: &Markup) -> Markup {
    let language = agent.language;
    let mut entries = vec![
        ("/conversations", Icon::Chat, common::CONVERSATIONS.say(language)),
        ("/tickets", Icon::Board, crate::platform::text::tickets::TITLE.say(language)),
        ("/search", Icon::Search, common::SEARCH.say(language)),
        ("/notifications", Icon::Bell, notifications::TITLE.say(language)),
    ];
    if agent.is(Role::Senior) {
        entries.insert(2, ("/contacts", Icon::People, crate::platform::text::register::TITLE.say(language)));
    }
    if agent.reads_reports() {
        entries.push(("/reports", Icon::Chart, crate::platform::text::reports::TITLE.say(language)));
    }
    entries.push(("/settings", Icon::Settings, common::SETTINGS.say(language)));
    let nav = Nav { name: &agent.name, presence: agent.presence.word(), entries: &entries, current };
    Page { title, language, theme: agent.theme.word(), nav: Some(nav), data }.show(main)
}

/// One's own page: presence, preferences, password.
pub fn profile(agent: &Agent, form: &Form, problems: &Problems, done: Option<&str>) -> Markup {
    let language = agent.language;
    let say = |phrase: crate::platform::text::Phrase| phrase.say(language);
    console(
        agent,
        say(t::PROFILE),
        "/profile",
        &[],
        &html! {
            main.page #main {
                h1 { (say(t::PROFILE)) }
                @if let Some(done) = done { p.done role="status" { (done) } }
                section.card {
                    h2 { (say(t::PRESENCE)) }
                    form.row method="post" action="/presence" {
                        @for presence in Presence::ALL {
                            button name="presence" value=(presence.word()) aria-pressed=(if *presence == agent.presence { "true" } else { "false" }) {
                                span.dot data-presence=(presence.word()) {} (say(presence.phrase()))
                            }
                        }
                    }
                }
                section.card {
                    h2 { (say(p::ABSENCE)) }
                    p.hint { (say(p::ABSENCE_HINT)) }
                    div.row {
                        a.button href="/absence/new" data-dialog="absence" { (icon(Icon::Pause)) (say(p::ABSENCE)) }
                        @if agent.presence == Presence::Away {
                            form method="post" action="/absence/end" { button.primary { (icon(Icon::Play)) (say(p::ABSENCE_END)) } }
                        }
                    }
                }
                section.card {
                    form method="post" action="/profile" {
                        (Field::text("name", say(t::NAME), &agent.name).kind("text", "name").show(language, problems))
                        (select("language", say(t::LANGUAGE), &[("pt-BR", "Português"), ("en", "English")], language.code(), language, problems))
                        (select("theme", say(t::THEME), &[
                            (Theme::Auto.word(), say(t::THEME_AUTO)), (Theme::Light.word(), say(t::THEME_LIGHT)), (Theme::Dark.word(), say(t::THEME_DARK)),
                        ], agent.theme.word(), language, problems))
                        (tick("sounds", "1", say(t::SOUNDS), agent.sounds.into()))
                        (tick("enter_sends", "1", say(t::ENTER_SENDS), agent.enter_sends.into()))
                        button.primary { (say(common::SAVE)) }
                    }
                    // The browser keeps the answer, for this device alone.
                    p #notify hidden { button type="button" { (icon(Icon::Bell)) (say(t::NOTIFY)) } }
                }
                section.card {
                    h2 { (say(t::CHANGE_PASSWORD)) }
                    form method="post" action="/profile/password" {
                        (banner(language, problems))
                        input type="hidden" name="username" autocomplete="username" value=(agent.email);
                        (Field::text("current", say(t::CURRENT_PASSWORD), "").kind("password", "current-password").show(language, problems))
                        (Field::text("password", say(t::NEW_PASSWORD), form.text("password")).kind("password", "new-password").show(language, problems))
                        (Field::text("repeated", say(t::REPEATED), "").kind("password", "new-password").show(language, problems))
                        button { (say(t::CHANGE_PASSWORD)) }
                    }
                }
                section.card {
                    form.row method="post" action="/sign-out" {
                        button { (say(t::SIGN_OUT)) }
                        button name="everywhere" value="1" { (say(t::SIGN_OUT_EVERYWHERE)) }
                    }
                }
            }
        },
    )
}
