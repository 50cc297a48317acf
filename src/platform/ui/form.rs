//! Form fields: label, control, what is wrong, and what was typed.

use maud::{Markup, html};

use crate::platform::text::Language;
use crate::platform::web::form::Problems;

/// One text field.
pub struct Field<'a> {
    pub name: &'static str,
    pub label: &'a str,
    pub value: &'a str,
    /// `text`, `email`, `password`, `tel`, `url`, `number`.
    pub kind: &'static str,
    /// The autofill word of the HTML standard, e.g. `current-password`.
    pub autocomplete: &'static str,
    pub hint: &'a str,
}

impl<'a> Field<'a> {
    /// A plain text field.
    pub fn text(name: &'static str, label: &'a str, value: &'a str) -> Self {
        Self { name, label, value, kind: "text", autocomplete: "off", hint: "" }
    }

    /// The same of another kind.
    #[must_use]
    pub fn kind(mut self, kind: &'static str, autocomplete: &'static str) -> Self {
        self.kind = kind;
        self.autocomplete = autocomplete;
        self
    }

    /// The same with a line of help under it.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// The field with its label and, where it is wrong, the words that say so.
    pub fn show(&self, language: Language, problems: &Problems) -> Markup {
        let wrong = problems.of(self.name);
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                input id=(self.name) name=(self.name) type=(self.kind) value=[(self.kind != "password").then_some(self.value)]
                    autocomplete=(self.autocomplete) aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[wrong.map(|_| format!("{}-wrong", self.name))];
                @if !self.hint.is_empty() { p.hint { (self.hint) } }
                (complaint(self.name, language, problems))
            }
        }
    }
}

/// What is wrong with a field, where something is.
pub fn complaint(name: &str, language: Language, problems: &Problems) -> Markup {
    html! {
        @if let Some(phrase) = problems.of(name) { p.wrong id={ (name) "-wrong" } { (phrase.say(language)) } }
    }
}

/// What is wrong with the form as a whole.
pub fn banner(language: Language, problems: &Problems) -> Markup {
    html! {
        @if let Some(phrase) = problems.of("") { p.wrong.banner role="alert" { (phrase.say(language)) } }
    }
}

/// A text area.
pub fn area(name: &'static str, label: &str, value: &str, rows: u8, language: Language, problems: &Problems) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            textarea id=(name) name=(name) rows=(rows) aria-invalid=[problems.of(name).map(|_| "true")] { "\n" (value) }
            (complaint(name, language, problems))
        }
    }
}

/// One choice of several, as a list that opens.
pub fn select(
    name: &'static str,
    label: &str,
    options: &[(&str, &str)],
    chosen: &str,
    language: Language,
    problems: &Problems,
) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for (value, text) in options { option value=(value) selected[*value == chosen] { (text) } }
            }
            (complaint(name, language, problems))
        }
    }
}

/// A box to tick.
pub fn tick(name: &str, value: &str, label: &str, ticked: CheckState) -> Markup {
    html! {
        label.tick { input type="checkbox" name=(name) value=(value) checked[ticked == CheckState::Yes]; span { (label) } }
    }
}

/// Whether a box is ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CheckState {
    Yes,
    No,
}

impl From<bool> for CheckState {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}
