//! The boxes in which a form asks for departments.

use maud::{Markup, html};

use super::Department;
use super::audience::is_ticked;
use crate::platform::text::Language;
use crate::platform::ui::form::{complaint, tick};
use crate::platform::web::form::{Form, Problems};

/// A box for each department that the editor may give.
pub struct Boxes<'a> {
    pub legend: &'a str,
    /// A line of help under the boxes; empty for none.
    pub hint: &'a str,
    pub departments: &'a [Department],
    pub form: &'a Form,
    pub problems: &'a Problems,
    pub language: Language,
}

impl Boxes<'_> {
    /// The boxes, and what is wrong with the choice.
    pub fn show(&self) -> Markup {
        html! {
            fieldset.field {
                legend { (self.legend) }
                @for department in self.departments {
                    (tick("departments", &department.id.to_string(), &department.name, is_ticked(self.form, department.id).into()))
                }
                @if !self.hint.is_empty() { p.hint { (self.hint) } }
                (complaint("departments", self.language, self.problems))
            }
        }
    }
}
