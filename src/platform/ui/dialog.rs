//! Dialogs: what a script opens over a page, and shows as a page of its own where there is none.

use maud::{Markup, html};

/// What lies in a dialog; the script puts `<dialog class="sheet" id=…>` around it. The title's id is `…-title`.
pub fn sheet(id: &str, title: &str, content: &Markup) -> Markup {
    html! {
        h2 id={ (id) "-title" } { (title) }
        (content)
    }
}
