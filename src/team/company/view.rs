//! The settings page on the company.

use maud::{Markup, html};

use crate::platform::text::{Phrase, agents as a, common, settings as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{Field, banner, complaint, select};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What the page shows.
pub struct CompanyPage<'a> {
    pub viewer: &'a Agent,
    pub form: &'a Form,
    /// What was stored when the form was shown.
    pub was: &'a str,
    pub problems: &'a Problems,
    pub has_logo: bool,
    /// The address of the command line, which goes before the form's.
    pub fixed_url: Option<&'a str>,
}

/// The page.
pub fn edit(shown: &CompanyPage, done: Option<&str>) -> Markup {
    let (language, form, problems) = (shown.viewer.language, shown.form, shown.problems);
    let say = |phrase: Phrase| phrase.say(language);
    let mut names = Zone::names();
    // A zone under an older name stays chosen.
    if Zone::named(form.text("time_zone")).is_some() && !names.iter().any(|name| name == form.text("time_zone")) {
        names.insert(0, form.text("time_zone").to_owned());
    }
    let zones: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), name.as_str())).collect();
    let hint = match shown.fixed_url {
        Some(url) => t::URL_FIXED.fill(language, &[("url", url)]),
        None => say(t::URL_HINT).to_owned(),
    };
    let content = html! {
        section.card {
            form method="post" action="/settings/company" {
                (banner(language, problems))
                (version(shown.was))
                (Field::text("name", say(t::COMPANY_NAME), form.text("name")).kind("text", "organization").show(language, problems))
                (select("time_zone", say(t::TIME_ZONE), &zones, form.text("time_zone"), language, problems))
                (select("language", say(t::COMPANY_LANGUAGE), &[("pt-BR", "Português"), ("en", "English")], form.text("language"), language, problems))
                (Field::text("public_url", say(t::PUBLIC_URL), form.text("public_url")).kind("url", "url").hint(&hint).show(language, problems))
                button.primary { (say(common::SAVE)) }
            }
        }
        section.card {
            h2 { (say(t::LOGO)) }
            @if shown.has_logo { p { img.logo src="/logo" alt=(say(t::LOGO)); } }
            form method="post" action="/settings/company/logo" enctype="multipart/form-data" {
                div.field {
                    label for="logo" { (say(t::LOGO_FILE)) }
                    input #logo type="file" name="logo" accept="image/png,image/jpeg,image/webp";
                    p.hint { (say(t::LOGO_HINT)) }
                    (complaint("logo", language, problems))
                }
                button { (say(t::LOGO_UPLOAD)) }
            }
            @if shown.has_logo {
                form.row method="post" action="/settings/company/logo/removal" { button { (say(t::LOGO_REMOVE)) } }
            }
        }
        p.hint { (say(a::LANGUAGE)) ": " (say(t::LANGUAGE_HINT)) }
    };
    frame(shown.viewer, SettingsSection::Company, say(t::COMPANY), done, &content)
}
