//! The settings pages on canned replies.

use maud::{Markup, html};

use super::{CannedReply, CannedReplyId, Scope};
use crate::desk::attachments::WaitingFile;
use crate::desk::canned_replies::MOST_FILES;
use crate::desk::catalogue_imports::{self, Register};
use crate::desk::conversations::line;
use crate::desk::messages::view::size;
use crate::desk::placeholders::Placeholder;
use crate::platform::text::{Phrase, canned_replies as t, common, settings as s};
use crate::platform::ui::form::{Field, area, banner, select};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, Role};
use crate::team::departments::Department;
use crate::team::departments::view::Boxes;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What the pages need.
pub struct CannedReplyPage<'a> {
    pub viewer: &'a Agent,
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

impl CannedReplyPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The list, with its search.
    pub fn index(&self, replies: &[CannedReply], more: bool) -> Markup {
        let content = html! {
            p.hint { (self.say(t::HINT)) }
            div.row {
                a.button.primary href="/settings/canned-replies/new" { (self.say(t::NEW)) }
                (catalogue_imports::view::buttons(Register::CannedReplies, self.viewer.language))
                form.row method="get" action="/settings/canned-replies" role="search" {
                    input type="search" name="q" value=(self.form.text("q")) aria-label=(self.say(t::SEARCH));
                    button { (self.say(t::SEARCH)) }
                }
            }
            @if replies.is_empty() { p { (self.say(t::EMPTY)) } } @else {
                div.card.table { table {
                    thead { tr {
                        th scope="col" { (self.say(t::NAME)) } th scope="col" { (self.say(t::BODY)) }
                        th scope="col" { (self.say(t::SCOPE)) } th scope="col" { (self.say(t::USED)) }
                    } }
                    tbody { @for reply in replies { tr {
                        td {
                            @if reply.is_managed_by(self.viewer) { a href={ "/settings/canned-replies/" (reply.id) } { (reply.title) } }
                            @else { (reply.title) }
                        }
                        td { (line(&reply.body)) }
                        td { (self.whom(reply)) }
                        td { (reply.used) }
                    } } }
                } }
                @if more { p.hint { (self.say(t::MORE)) } }
            }
        };
        frame(self.viewer, SettingsSection::CannedReplies, self.say(t::TITLE), self.done, &content)
    }

    fn whom(&self, reply: &CannedReply) -> String {
        if reply.scope != Scope::Departments {
            return self.say(reply.scope.phrase()).to_owned();
        }
        reply.audience.names(self.departments).join(", ")
    }

    /// The form of one: its id and what was stored when the form was shown; None for a new one.
    pub fn edit(&self, known: Option<(CannedReplyId, &str)>, files: &[WaitingFile]) -> Markup {
        let (language, name) = (self.viewer.language, self.form.text("title"));
        let address = known
            .map_or_else(|| "/settings/canned-replies".to_owned(), |(id, _)| format!("/settings/canned-replies/{id}"));
        let content = html! {
            section.card { form method="post" action=(address) {
                (banner(language, self.problems))
                @if let Some((_, was)) = known { (version(was)) }
                (self.fields())
                button.primary { (self.say(common::SAVE)) }
            } }
            @if known.is_some() {
                (self.files(&address, files))
                section.card { details {
                    summary { (self.say(s::ARCHIVE)) }
                    form method="post" action={ (address) "/archiving" } {
                        p { (self.say(t::ARCHIVE_HINT)) }
                        button.danger { (t::ARCHIVE.fill(language, &[("name", name)])) }
                    }
                } }
            }
            p { a href="/settings/canned-replies" { (self.say(t::BACK)) } }
        };
        let title = if known.is_some() { name } else { self.say(t::NEW) };
        frame(self.viewer, SettingsSection::CannedReplies, title, self.done, &content)
    }

    /// The files that come along, and the form for one more.
    fn files(&self, address: &str, files: &[WaitingFile]) -> Markup {
        html! {
            section.card {
                h2 { (self.say(t::FILES)) }
                @if files.is_empty() { p.hint { (self.say(t::FILES_HINT)) } }
                ul.links-of { @for file in files { li {
                    a.file href={ (address) "/files/" (file.token) } target="_blank" { (icon(Icon::Clip)) span { (file.name) } span.hint { (size(i64::try_from(file.size).unwrap_or(0))) } }
                    form method="post" action={ (address) "/files/removal" } {
                        @let words = t::REMOVE_FILE.fill(self.viewer.language, &[("name", &file.name)]);
                        button.plain name="token" value=(file.token) title=(words) aria-label=(words) { (icon(Icon::Close)) }
                    }
                } } }
                @if files.len() < MOST_FILES {
                    form.row method="post" action={ (address) "/files" } enctype="multipart/form-data" {
                        input type="file" name="file" required aria-label=(self.say(t::ATTACH));
                        button { (icon(Icon::Clip)) (self.say(t::ATTACH)) }
                    }
                }
            }
        }
    }

    fn fields(&self) -> Markup {
        let (form, problems, language) = (self.form, self.problems, self.viewer.language);
        let marks: Vec<String> = Placeholder::COMMON
            .iter()
            .map(|one| format!("{{{}}} ({})", one.name(language), one.phrase().say(language)))
            .collect();
        let scopes: Vec<(&str, &str)> = Scope::ALL
            .iter()
            .filter(|scope| match scope {
                Scope::Own => true,
                Scope::Departments => self.viewer.is(Role::Lead),
                Scope::Everyone => self.viewer.is(Role::Admin),
            })
            .map(|scope| (scope.word(), self.say(scope.phrase())))
            .collect();
        html! {
            (Field::text("title", self.say(t::NAME), form.text("title")).show(language, problems))
            (Field::text("keywords", self.say(t::KEYWORDS), form.text("keywords")).hint(self.say(t::KEYWORDS_HINT)).show(language, problems))
            (area("body", self.say(t::BODY), form.text("body"), 6, language, problems))
            p.hint { (t::VARIABLES.fill(language, &[("names", &marks.join(", "))])) }
            (area("phrasings", self.say(t::PHRASINGS), form.text("phrasings"), 3, language, problems))
            (select("scope", self.say(t::SCOPE), &scopes, form.text("scope"), language, problems))
            @if self.viewer.is(Role::Lead) {
                (Boxes { legend: self.say(t::DEPARTMENTS), hint: "", departments: self.departments, form, problems, language }.show())
            }
        }
    }
}
