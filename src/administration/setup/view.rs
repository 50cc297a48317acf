//! The setup page.

use maud::{Markup, html};

use crate::platform::text::{Language, agents as a, setup as t};
use crate::platform::ui::form::{Field, select};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::view::outside;

/// Company and first administrator.
pub fn form(language: Language, token: &str, typed: &Form, problems: &Problems) -> Markup {
    let field = |name: &'static str, label: crate::platform::text::Phrase| {
        Field::text(name, label.say(language), typed.text(name))
    };
    outside(
        language,
        t::TITLE.say(language),
        &html! {
            h2 { (t::TITLE.say(language)) }
            p.hint { (t::HINT.say(language)) }
            form method="post" action={ "/setup/" (token) } {
                (field("company", t::COMPANY).kind("text", "organization").show(language, problems))
                (field("name", t::YOUR_NAME).kind("text", "name").show(language, problems))
                (field("email", a::EMAIL).kind("email", "username").show(language, problems))
                (field("password", a::PASSWORD).kind("password", "new-password").show(language, problems))
                (field("repeated", a::REPEATED).kind("password", "new-password").show(language, problems))
                (select("language", a::LANGUAGE.say(language), &[("pt-BR", "Português"), ("en", "English")], language.code(), language, problems))
                button.primary { (t::CREATE.say(language)) }
            }
        },
    )
}
