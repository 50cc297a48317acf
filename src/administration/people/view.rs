//! The settings pages on people.

use maud::{Markup, html};

use crate::platform::text::{Language, agents as a, settings as t};
use crate::platform::ui::form::{Field, banner, select};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId, Role};
use crate::team::departments::view::Boxes;
use crate::team::departments::{Department, DepartmentId};
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{copyable, frame, version};

/// One line of the list.
pub struct PersonRow {
    pub agent: Agent,
    pub invited: bool,
}

/// Everybody, with the way to invite one more.
pub fn index(viewer: &Agent, rows: &[PersonRow], departments: &[Department], done: Option<&str>) -> Markup {
    let language = viewer.language;
    let names = |ids: &[DepartmentId]| {
        let known = departments.iter().filter(|department| ids.contains(&department.id));
        known.map(|department| department.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let content = html! {
        p.hint { (t::PEOPLE_HINT.say(language)) }
        p { a.button.primary href="/settings/people/new" { (t::INVITE.say(language)) } }
        div.card.table { table {
            thead { tr {
                th scope="col" { (a::NAME.say(language)) } th scope="col" { (a::EMAIL.say(language)) }
                th scope="col" { (t::ROLE.say(language)) } th scope="col" { (t::DEPARTMENTS.say(language)) }
                th scope="col" { (t::STATE.say(language)) }
            } }
            tbody { @for row in rows { tr {
                td { a href={ "/settings/people/" (row.agent.id) } { (row.agent.name) } }
                td { (row.agent.email) }
                td { (row.agent.role.phrase().say(language)) }
                td { (names(&row.agent.departments)) }
                td {
                    @if row.invited { (t::INVITED.say(language)) } @else {
                        span.row { span.dot data-presence=(row.agent.presence.word()) {} (row.agent.presence.phrase().say(language)) }
                    }
                }
            } } }
        } }
    };
    frame(viewer, SettingsSection::People, t::PEOPLE.say(language), done, &content)
}

/// What the form of a person needs.
pub struct PersonPage<'a> {
    pub viewer: &'a Agent,
    pub form: &'a Form,
    /// What was stored when the form was shown.
    pub was: &'a str,
    pub problems: &'a Problems,
    pub departments: &'a [Department],
}

impl PersonPage<'_> {
    fn language(&self) -> Language {
        self.viewer.language
    }

    fn fields(&self) -> Markup {
        let language = self.language();
        let roles: Vec<(&str, &str)> =
            Role::ALL.iter().map(|role| (role.word(), role.phrase().say(language))).collect();
        let chosen = match self.form.text("role") {
            "" => Role::Agent.word(),
            role => role,
        };
        html! {
            (banner(language, self.problems))
            (version(self.was))
            (Field::text("name", a::NAME.say(language), self.form.text("name")).show(language, self.problems))
            (Field::text("email", a::EMAIL.say(language), self.form.text("email")).kind("email", "off").show(language, self.problems))
            (select("role", t::ROLE.say(language), &roles, chosen, language, self.problems))
            (Boxes {
                legend: t::DEPARTMENTS.say(language),
                hint: "",
                departments: self.departments,
                form: self.form,
                problems: self.problems,
                language,
            }.show())
        }
    }
}

/// The form for an invitation.
pub fn new(shown: &PersonPage) -> Markup {
    let language = shown.language();
    let content = html! {
        section.card {
            form method="post" action="/settings/people" {
                (shown.fields())
                button.primary { (t::INVITE_BUTTON.say(language)) }
            }
        }
        p { a href="/settings/people" { (t::BACK_TO_PEOPLE.say(language)) } }
    };
    frame(shown.viewer, SettingsSection::People, t::INVITE.say(language), None, &content)
}

/// One person: the form, an open invitation, and the way out.
pub fn edit(shown: &PersonPage, id: AgentId, invited: bool, done: Option<&str>) -> Markup {
    let language = shown.language();
    let name = shown.form.text("name");
    let address = format!("/settings/people/{id}");
    let content = html! {
        section.card {
            form method="post" action=(address) {
                (shown.fields())
                button.primary { (crate::platform::text::common::SAVE.say(language)) }
            }
        }
        @if invited {
            section.card {
                h2 { (t::INVITATION.say(language)) }
                p { (t::INVITATION_OPEN.fill(language, &[("name", name)])) }
                form.row method="post" action={ (address) "/invitation" } {
                    button { (t::INVITATION_RENEW.say(language)) }
                }
            }
        }
        @if id != shown.viewer.id {
            section.card {
                details {
                    summary { (t::ARCHIVE.say(language)) }
                    form method="post" action={ (address) "/archiving" } {
                        p { (t::ARCHIVE_PERSON_HINT.say(language)) }
                        button.danger { (t::ARCHIVE_PERSON.fill(language, &[("name", name)])) }
                    }
                }
            }
        }
        p { a href="/settings/people" { (t::BACK_TO_PEOPLE.say(language)) } }
    };
    frame(shown.viewer, SettingsSection::People, name, done, &content)
}

/// The link of an invitation: the only time that it can be read.
pub fn invitation(viewer: &Agent, guest: &Agent, link: &str, mailed: Option<&str>) -> Markup {
    let language = viewer.language;
    let content = html! {
        section.card {
            p {
                @match mailed {
                    Some(email) => (t::LINK_MAILED.fill(language, &[("email", email)])),
                    None => (t::LINK_BY_HAND.fill(language, &[("name", &guest.name)])),
                }
            }
            (copyable(language, t::LINK.say(language), link))
            p.hint { (t::LINK_ONCE.say(language)) }
        }
        p { a href="/settings/people" { (t::BACK_TO_PEOPLE.say(language)) } }
    };
    frame(viewer, SettingsSection::People, t::LINK_READY.say(language), None, &content)
}
