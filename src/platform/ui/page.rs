//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

use crate::platform::text::{Language, common};
use crate::platform::ui::icon::{Icon, icon};
use crate::platform::web::assets::{ICON, PAGES_SCRIPT, PAGES_STYLE, SCRIPT, STYLE};

/// What the frame needs to know.
pub struct Page<'a> {
    pub title: &'a str,
    pub language: Language,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// The navigation, for signed-in people.
    pub nav: Option<Nav<'a>>,
    /// Attributes that scripts read off the body: name without `data-`, value.
    pub data: &'a [(&'a str, String)],
}

/// The bar on the left.
pub struct Nav<'a> {
    /// The person's name, shown as initials.
    pub name: &'a str,
    /// `online`, `away` or `offline`.
    pub presence: &'static str,
    /// Address, icon, label.
    pub entries: &'a [(&'a str, Icon, &'a str)],
    /// The address of the entry that is open.
    pub current: &'a str,
}

impl Page<'_> {
    /// The whole document around `main`.
    pub fn show(&self, main: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.language.code()) data-theme=(self.theme) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                    meta name="color-scheme" content=(match self.theme { "light" => "light", "dark" => "dark", _ => "light dark" });
                    title { (self.title) " · Balcão" }
                    link rel="icon" href=(ICON.address()) type="image/svg+xml";
                    link rel="stylesheet" href=(STYLE.address());
                    script src=(SCRIPT.address()) type="module" {}
                    // The console is there at once without what only the other pages need.
                    @if self.nav.as_ref().is_some_and(|nav| nav.current != "/conversations") {
                        link rel="stylesheet" href=(PAGES_STYLE.address());
                        script src=(PAGES_SCRIPT.address()) type="module" {}
                    }
                }
                body data-language=(self.language.code()) {
                    @for (name, value) in self.data { (data(name, value)) }
                    a.skip href="#main" { (common::SKIP.say(self.language)) }
                    @if let Some(nav) = &self.nav { (nav.show(self.language)) }
                    (main)
                }
            }
        }
    }
}

/// A value for the scripts.
fn data(name: &str, value: &str) -> Markup {
    html! { meta name={ "balcao-" (name) } content=(value); }
}

impl Nav<'_> {
    fn show(&self, language: Language) -> Markup {
        html! {
            nav.nav aria-label=(common::NAVIGATION.say(language)) {
                ul {
                    @for (address, sign, label) in self.entries {
                        li { a href=(address) aria-current=[(*address == self.current).then_some("page")] title=(label) {
                            (icon(*sign)) span.label { (label) }
                        } }
                    }
                }
                a.me href="/profile" title=(self.name) data-presence=(self.presence) {
                    span.avatar aria-hidden="true" { (initials(self.name)) } span.label { (self.name) }
                }
            }
        }
    }
}

/// The first letters of the first and the last name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A page that says one thing.
pub fn plain(language: Language, line: &str) -> Markup {
    let page = Page { title: line, language, theme: "auto", nav: None, data: &[] };
    page.show(&html! {
        main.plain #main { h1 { (line) } p { a href="/" { (common::TO_START.say(language)) } } }
    })
}
