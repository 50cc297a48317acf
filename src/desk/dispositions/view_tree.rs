//! The settings pages on the catalogue.

use maud::{Markup, html};

use super::{DEPTH, DispositionId, Node, Sentiment, Tree, Use};
use crate::desk::catalogue_imports::{self, Register};
use crate::platform::text::{Phrase, common, dispositions as t};
use crate::platform::ui::form::{Field, banner, complaint, select, tick};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::Agent;
use crate::team::departments::Department;
use crate::team::departments::view::Boxes;
use crate::team::settings::SettingsSection;
use crate::team::settings::view::{frame, version};

/// What both pages need.
pub struct DispositionPage<'a> {
    pub viewer: &'a Agent,
    pub tree: &'a Tree,
    /// Departments that the viewer may offer a category to.
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub done: Option<&'a str>,
}

const SENTIMENTS: [Sentiment; 3] = [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive];
const USES: [Use; 3] = [Use::Conversation, Use::Occurrence, Use::Ticket];

impl DispositionPage<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.viewer.language)
    }

    /// The tree, and the form for one more category.
    pub fn index(&self) -> Markup {
        let content = html! {
            p.hint { (self.say(t::HINT)) }
            p.row { (catalogue_imports::view::buttons(Register::Dispositions, self.viewer.language)) }
            @if self.tree.nodes.is_empty() { p { (self.say(t::EMPTY)) } }
            @for category in self.tree.below(None).filter(|node| node.is_seen_by(self.viewer)) {
                section.card.branch { (self.category(category)) }
            }
            section.card {
                h2 { (self.say(t::NEW_CATEGORY)) }
                form method="post" action="/settings/dispositions" { (self.fields(None)) button.primary { (self.say(crate::platform::text::settings::CREATE)) } }
            }
        };
        frame(self.viewer, SettingsSection::Dispositions, self.say(t::TITLE), self.done, &content)
    }

    fn category(&self, category: &Node) -> Markup {
        let names = category.audience.names(self.departments);
        let uses: Vec<&str> = category.uses.iter().map(|one| self.say(one.phrase())).collect();
        html! {
            @if !category.is_managed_by(self.viewer) { p.hint { (self.say(t::SHARED)) } }
            (self.line(category))
            p.hint { (uses.join(", ")) " · " (names.join(", ")) }
            (self.below(category.id))
        }
    }

    fn below(&self, parent: DispositionId) -> Markup {
        html! {
            @if self.tree.below(Some(parent)).next().is_some() {
                ul { @for node in self.tree.below(Some(parent)) { li { (self.line(node)) (self.below(node.id)) } } }
            }
        }
    }

    fn line(&self, node: &Node) -> Markup {
        let order = |up: &str, phrase: Phrase, sign: Icon| {
            let label = phrase.fill(self.viewer.language, &[("name", &node.name)]);
            html! {
                form method="post" action={ "/settings/dispositions/" (node.id) "/position" } {
                    button.plain name="way" value=(up) title=(label) aria-label=(label) { (icon(sign)) }
                }
            }
        };
        let managed = self.tree.category(node.id).is_some_and(|category| category.is_managed_by(self.viewer));
        html! {
            div.node data-archived[node.archived] {
                @if managed { a href={ "/settings/dispositions/" (node.id) } { (node.name) } } @else { span { (node.name) } }
                @if self.tree.height(node.id) == 0 { span.sentiment data-sentiment=(node.sentiment.word()) { (self.say(node.sentiment.phrase())) } }
                @if node.archived { span.badge { (self.say(t::ARCHIVED)) } }
                span.grow {}
                @if managed { (order("up", t::UP, Icon::Up)) (order("down", t::DOWN, Icon::Down)) }
            }
        }
    }

    /// One node: its form, one more below it, and the way out.
    pub fn edit(&self, node: &Node, was: &str) -> Markup {
        let language = self.viewer.language;
        let address = format!("/settings/dispositions/{}", node.id);
        let named = |phrase: Phrase| phrase.fill(language, &[("name", &node.name)]);
        let (none, empty) = (Problems::default(), Form::default());
        let below = DispositionPage { form: &empty, problems: &none, ..*self };
        let content = html! {
            section.card { form method="post" action=(address) {
                (banner(language, self.problems)) (version(was)) (self.fields(Some(node)))
                button.primary { (self.say(common::SAVE)) }
            } }
            @if self.tree.depth(node.id) + 1 < DEPTH {
                section.card {
                    h2 { (named(t::NEW_BELOW)) }
                    (self.below(node.id))
                    form method="post" action="/settings/dispositions" {
                        input type="hidden" name="parent" value=(node.id);
                        (below.short())
                        button { (self.say(crate::platform::text::settings::CREATE)) }
                    }
                }
            }
            section.card {
                @if node.archived {
                    form method="post" action={ (address) "/restoring" } { button { (named(t::RESTORE)) } }
                } @else {
                    details {
                        summary { (self.say(crate::platform::text::settings::ARCHIVE)) }
                        form method="post" action={ (address) "/archiving" } { p { (self.say(t::ARCHIVE_HINT)) } button.danger { (named(t::ARCHIVE)) } }
                    }
                }
            }
            p { a href="/settings/dispositions" { (self.say(t::BACK)) } }
        };
        frame(self.viewer, SettingsSection::Dispositions, &node.name, self.done, &content)
    }

    /// Name and sentiment.
    fn short(&self) -> Markup {
        let sentiments: Vec<(&str, &str)> = SENTIMENTS.iter().map(|one| (one.word(), self.say(one.phrase()))).collect();
        let chosen = if self.form.has("sentiment") { self.form.text("sentiment") } else { Sentiment::Neutral.word() };
        html! {
            (Field::text("name", self.say(t::NAME), self.form.text("name")).show(self.viewer.language, self.problems))
            (select("sentiment", self.say(t::SENTIMENT), &sentiments, chosen, self.viewer.language, self.problems))
        }
    }

    /// The whole form; a node that is not there yet is a category.
    fn fields(&self, node: Option<&Node>) -> Markup {
        let ticked = |field: &str, value: &str| self.form.all(field).any(|one| one == value);
        let language = self.viewer.language;
        html! {
            (self.short())
            @if let Some(node) = node {
                @let parents: Vec<(String, String)> = self.parents(node);
                @let options: Vec<(&str, &str)> = parents.iter().map(|(id, path)| (id.as_str(), path.as_str())).collect();
                (select("parent", self.say(t::PARENT), &options, self.form.text("parent"), language, self.problems))
            }
            @if node.is_none_or(|node| node.parent.is_none()) {
                fieldset.field {
                    legend { (self.say(t::USES)) }
                    @for one in USES { (tick("uses", one.word(), self.say(one.phrase()), ticked("uses", one.word()).into())) }
                    (complaint("uses", language, self.problems))
                }
                (Boxes {
                    legend: self.say(t::DEPARTMENTS),
                    hint: "",
                    departments: self.departments,
                    form: self.form,
                    problems: self.problems,
                    language,
                }.show())
            }
        }
    }

    /// Where a node may hang: nowhere (a category), or under what leaves it within three levels.
    fn parents(&self, node: &Node) -> Vec<(String, String)> {
        let mut found = vec![(String::new(), self.say(t::NO_PARENT).to_owned())];
        for category in self.tree.below(None).filter(|category| category.is_managed_by(self.viewer)) {
            let groups = self
                .tree
                .below(Some(category.id))
                .map(|group| (group.id, format!("{}{}{}", category.name, super::ARROW, group.name)));
            let all = std::iter::once((category.id, category.name.clone())).chain(groups);
            found.extend(
                all.filter(|(id, _)| self.tree.may_hang(node.id, Some(*id))).map(|(id, path)| (id.to_string(), path)),
            );
        }
        found
    }
}
