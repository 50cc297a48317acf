//! Registers as files: written out, and read in by a try first, line by line.

pub mod sql;
pub mod view;
pub mod web;
pub mod web_canned_replies;
pub mod web_cells;
pub mod web_dispositions;
pub mod web_tags;

use std::collections::HashMap;

use crate::platform::sheets::import::Table;
use crate::platform::text::folding::fold;
use crate::platform::text::{Language, Phrase, catalogue_imports as t};
use crate::platform::web::form::Problems;
use crate::team::settings::SettingsSection;

crate::ids! {
    /// A file that was tried and waits to be taken.
    ImportId,
}

crate::words! {
    /// The registers that come and go as files.
    Register { Tags = "tags", Dispositions = "dispositions", CannedReplies = "canned-replies" }
}

impl Register {
    /// Its page in the settings.
    pub fn section(self) -> SettingsSection {
        match self {
            Self::Tags => SettingsSection::Tags,
            Self::Dispositions => SettingsSection::Dispositions,
            Self::CannedReplies => SettingsSection::CannedReplies,
        }
    }

    /// Its columns: the form's field, the head, whether it must be there.
    pub fn columns(self) -> &'static [CatalogueColumn] {
        match self {
            Self::Tags => &[
                CatalogueColumn { field: "name", phrase: t::NAME, needed: true },
                CatalogueColumn { field: "colour", phrase: t::COLOUR, needed: false },
                CatalogueColumn { field: "departments", phrase: t::DEPARTMENTS, needed: false },
            ],
            Self::Dispositions => &[
                CatalogueColumn { field: "name", phrase: t::PATH, needed: true },
                CatalogueColumn { field: "sentiment", phrase: t::SENTIMENT, needed: false },
                CatalogueColumn { field: "uses", phrase: t::USES, needed: false },
                CatalogueColumn { field: "departments", phrase: t::DEPARTMENTS, needed: false },
            ],
            Self::CannedReplies => &[
                CatalogueColumn { field: "title", phrase: t::REPLY_TITLE, needed: true },
                CatalogueColumn { field: "keywords", phrase: t::KEYWORDS, needed: false },
                CatalogueColumn { field: "body", phrase: t::BODY, needed: true },
                CatalogueColumn { field: "phrasings", phrase: t::PHRASINGS, needed: false },
                CatalogueColumn { field: "scope", phrase: t::SCOPE, needed: false },
                CatalogueColumn { field: "departments", phrase: t::DEPARTMENTS, needed: false },
            ],
        }
    }

    /// The heads, for a sentence.
    pub fn heads(self, language: Language) -> String {
        self.columns().iter().map(|column| column.phrase.say(language)).collect::<Vec<_>>().join(", ")
    }
}

/// A column of a register's file.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueColumn {
    /// The field of the register's form that it stands for.
    pub field: &'static str,
    pub phrase: Phrase,
    pub needed: bool,
}

/// One line of a file, by the fields of the form.
#[derive(Clone, Debug, Default)]
pub struct CatalogueRow {
    values: HashMap<&'static str, String>,
}

impl CatalogueRow {
    /// What stands in a column; empty where there is none.
    pub fn get(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Parts of a cell, between `|` or `,`.
    pub fn parts(&self, field: &str) -> Vec<&str> {
        self.get(field).split(['|', ',']).map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

/// Which of the words of a cell was meant: the stored one, or its name in either language.
pub fn word<T: Copy>(cell: &str, all: &[T], word: fn(T) -> &'static str, phrase: fn(T) -> Phrase) -> Option<T> {
    let typed = fold(cell);
    let fits = |one: &T| {
        let phrase = phrase(*one);
        [word(*one), phrase.pt, phrase.en].iter().any(|known| fold(known) == typed)
    };
    all.iter().copied().find(fits)
}

/// What is wrong with a file as a whole, said in the reader's language.
pub fn heads(
    table: &Table,
    columns: &'static [CatalogueColumn],
    language: Language,
) -> Result<Vec<CatalogueColumn>, String> {
    let known = columns.iter().map(|column| column.phrase.say(language)).collect::<Vec<_>>().join(", ");
    let mut found: Vec<CatalogueColumn> = Vec::new();
    for head in &table.head {
        let typed = fold(head);
        let fits = |column: &&CatalogueColumn| {
            [column.field, column.phrase.pt, column.phrase.en].iter().any(|name| fold(name) == typed)
        };
        let Some(column) = columns.iter().find(fits) else {
            return Err(t::UNKNOWN_COLUMN.fill(language, &[("name", head), ("columns", &known)]));
        };
        if found.iter().any(|other| other.field == column.field) {
            return Err(t::DOUBLED_COLUMN.fill(language, &[("name", head)]));
        }
        found.push(*column);
    }
    match columns.iter().find(|column| column.needed && !found.iter().any(|one| one.field == column.field)) {
        Some(missing) => Err(t::MISSING_COLUMN.fill(language, &[("name", missing.phrase.say(language))])),
        None => Ok(found),
    }
}

/// One line by its columns; None where it has more cells than the file has columns.
pub fn row(columns: &[CatalogueColumn], cells: &[String]) -> Option<CatalogueRow> {
    let values = columns.iter().zip(cells).map(|(column, cell)| (column.field, cell.clone())).collect();
    (cells.len() <= columns.len()).then_some(CatalogueRow { values })
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    New,
    Changed,
    Same,
}

/// What became of a line, or would.
#[derive(Clone, Debug)]
pub struct CatalogueLine {
    /// In the file, from 1.
    pub number: u64,
    /// What stands in its first column.
    pub name: String,
    pub fate: Result<Fate, Problems>,
}

/// How many lines have which fate: new, changed, the same, faulty.
pub fn counts(lines: &[CatalogueLine]) -> [usize; 4] {
    let count = |wanted: Option<Fate>| lines.iter().filter(|line| line.fate.as_ref().ok().copied() == wanted).count();
    [count(Some(Fate::New)), count(Some(Fate::Changed)), count(Some(Fate::Same)), count(None)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::sheets::import::read;

    #[test]
    fn columns_are_known_in_both_languages_and_faults_are_named() {
        let columns = Register::CannedReplies.columns();
        let check = |text: &str| {
            let table = read(text).expect("a table");
            heads(&table, columns, Language::Portuguese)
                .map(|found| found.iter().map(|one| one.field).collect::<Vec<_>>())
        };
        assert_eq!(check("TITULO;Texto;Palavras-chave\na;b;c"), Ok(vec!["title", "body", "keywords"]));
        assert_eq!(check("text,title\na,b"), Ok(vec!["body", "title"]));
        assert!(
            check("título;texto;preço\na;b;c")
                .is_err_and(|fault| fault.contains("“preço”") && fault.contains("para quem"))
        );
        assert!(check("título;texto;title\na;b;c").is_err_and(|fault| fault.contains("duas vezes")));
        assert!(check("título\na").is_err_and(|fault| fault.contains("Falta a coluna “texto”")));
        let row = row(&columns[..2], &["a".to_owned()]).expect("a row");
        assert_eq!((row.get("title"), row.get("keywords")), ("a", ""));
        assert!(super::row(&columns[..1], &["a".to_owned(), "b".to_owned()]).is_none());
    }
}
