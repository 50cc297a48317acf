//! The danger zone: each act asks for the company's name.

use maud::{Markup, html};

use super::{Danger, SettingsSection, view::frame};
use crate::platform::text::{Phrase, settings as t};
use crate::platform::ui::form::Field;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;

/// The page; what was typed and what is wrong belong to one of the acts.
pub fn danger(agent: &Agent, company: &str, tried: Option<(Danger, &Form, &Problems)>, done: Option<&str>) -> Markup {
    let language = agent.language;
    let say = |phrase: Phrase| phrase.say(language);
    let (none, empty) = (Problems::default(), Form::default());
    let content = html! {
        p.hint { (say(t::DANGER_HINT)) }
        @for act in Danger::ALL {
            @let (form, problems) = tried.filter(|(tried, ..)| *tried == act).map_or((&empty, &none), |(_, form, problems)| (form, problems));
            section.card {
                h2 { (say(act.phrase())) }
                p { (say(act.hint())) }
                details open[!problems.is_empty()] {
                    summary { (say(t::CONTINUE)) }
                    form method="post" action=(act.address()) {
                        (Field::text(act.field(), &t::TYPE_NAME.fill(language, &[("name", company)]), form.text(act.field())).show(language, problems))
                        button.danger { (say(act.phrase())) }
                    }
                }
            }
        }
    };
    frame(agent, SettingsSection::Danger, say(t::DANGER), done, &content)
}
