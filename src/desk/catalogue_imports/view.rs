//! The pages on reading a register in.

use maud::{Markup, html};

use super::{CatalogueLine, Fate, ImportId, Register, counts};
use crate::platform::text::{Language, Phrase, catalogue_imports as t};
use crate::team::agents::Agent;
use crate::team::settings::view::frame;

/// Lines that a page shows of each kind.
const SHOWN: usize = 200;

/// The buttons above a register's list.
pub fn buttons(register: Register, language: Language) -> Markup {
    let address = register.section().address();
    html! {
        a.button href={ (address) "/import" } { (t::IMPORT.say(language)) }
        a.button href={ (address) "/export" } download { (t::EXPORT.say(language)) }
    }
}

fn title(register: Register, language: Language) -> String {
    t::TITLE.fill(language, &[("register", register.section().phrase().say(language))])
}

/// The form: a file or a pasted table, and what is wrong with it.
pub fn form(viewer: &Agent, register: Register, text: &str, wrong: Option<&str>, done: Option<&str>) -> Markup {
    let language = viewer.language;
    let address = register.section().address();
    let content = html! {
        p.hint { (t::HINT.fill(language, &[("columns", &register.heads(language))])) }
        section.card { form method="post" action={ (address) "/import" } enctype="multipart/form-data" {
            @if let Some(wrong) = wrong { p.wrong.banner role="alert" { (wrong) } }
            div.field { label for="file" { (t::FILE.say(language)) } input #file type="file" name="file" accept=".csv,.txt,.tsv,text/csv"; }
            div.field { label for="text" { (t::PASTE.say(language)) } textarea #text name="text" rows="8" { "\n" (text) } }
            button.primary { (t::TRY.say(language)) }
        } }
        p { a href=(address) { (t::BACK.say(language)) } }
    };
    frame(viewer, register.section(), &title(register, language), done, &content)
}

fn summary(phrase: Phrase, lines: [usize; 4], language: Language) -> String {
    let [new, changed, same, faulty] = lines.map(|count| count.to_string());
    phrase.fill(language, &[("new", &new), ("changed", &changed), ("same", &same), ("faulty", &faulty)])
}

/// What was done, for the page that follows.
pub fn done(lines: [usize; 4], language: Language) -> String {
    summary(t::DONE, lines, language)
}

/// What would become of each line, and the button that takes the file.
pub fn tried(viewer: &Agent, register: Register, id: ImportId, lines: &[CatalogueLine]) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let counted = counts(lines);
    let takes = counted[0] + counted[1];
    let faulty: Vec<&CatalogueLine> = lines.iter().filter(|line| line.fate.is_err()).collect();
    let moving: Vec<&CatalogueLine> =
        lines.iter().filter(|line| matches!(line.fate, Ok(Fate::New | Fate::Changed))).collect();
    let head = |field: &str| {
        register.columns().iter().find(|column| column.field == field).map_or("", |column| column.phrase.say(language))
    };
    let address = register.section().address();
    let content = html! {
        p.total { (summary(t::RESULT, counted, language)) }
        @if takes > 0 {
            form.row method="post" action={ (address) "/import/" (id) } {
                button.primary { (t::APPLY.fill(language, &[("n", &takes.to_string())])) }
                @if !faulty.is_empty() { span.hint { (say(t::LEAVES_OUT)) } }
            }
        } @else if faulty.is_empty() { p { (say(t::NOTHING)) } }
        @if !faulty.is_empty() {
            h2 { (say(t::FAULTS)) }
            div.card.table { table {
                thead { tr { @for phrase in [t::LINE, t::WHAT, t::COLUMN, t::FAULT] { th scope="col" { (say(phrase)) } } } }
                tbody { @for line in faulty.iter().take(SHOWN) { @if let Err(problems) = &line.fate { @for (field, phrase) in problems.iter() {
                    tr { td { (line.number) } td { (line.name) } td { (head(field)) } td { (say(*phrase)) } }
                } } } }
            } }
            @if faulty.len() > SHOWN { p.hint { (t::MORE.fill(language, &[("n", &(faulty.len() - SHOWN).to_string())])) } }
        }
        @if !moving.is_empty() {
            div.card.table { table {
                thead { tr { @for phrase in [t::LINE, t::WHAT, t::FATE] { th scope="col" { (say(phrase)) } } } }
                tbody { @for line in moving.iter().take(SHOWN) {
                    tr { td { (line.number) } td { (line.name) } td { (say(if line.fate == Ok(Fate::New) { t::IS_NEW } else { t::IS_CHANGED })) } }
                } }
            } }
            @if moving.len() > SHOWN { p.hint { (t::MORE.fill(language, &[("n", &(moving.len() - SHOWN).to_string())])) } }
        }
        p { a href={ (address) "/import" } { (say(t::BACK)) } }
    };
    frame(viewer, register.section(), &title(register, language), None, &content)
}
