//! People out of a file: columns are mapped, everything is tried beside the data, then taken in batches that others do not wait for.

pub mod acts;
pub mod jobs;
pub mod judging;
pub mod line;
pub mod person;
pub mod source;
pub mod sql;
pub mod sql_match;
pub mod trial;
pub mod view;
pub mod web;

use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{self, CustomField, FieldId};
use crate::platform::text::contact_imports as t;
use crate::platform::text::folding::fold;
use crate::platform::text::{Language, Phrase, contact_labels as l, contacts as c};
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::AgentId;

crate::ids! {
    /// One file with people.
    ContactImportId,
}

crate::words! {
    /// How far a file has come.
    State {
        Mapping = "mapping", Trying = "trying", Tried = "tried", Running = "running", Done = "done", Stopped = "stopped",
    }
}

crate::words! {
    /// What happens to people who are in the register already.
    Existing { Complete = "complete", Overwrite = "overwrite", Leave = "leave" }
}

impl Existing {
    /// In words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Complete => t::COMPLETE,
            Self::Overwrite => t::OVERWRITE,
            Self::Leave => t::LEAVE,
        }
    }
}

/// The most bytes of a file: the 50 MB, and a little for the form around it.
pub const LARGEST: u64 = 52 << 20;
/// The most lines of a file.
pub const MOST: u64 = 500_000;
/// The most columns of a file.
pub const WIDEST: usize = 200;
/// Lines with faults that are kept to be seen; more are counted.
pub const KEPT_FAULTS: i64 = 10_000;

/// Where a column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Nothing,
    Name,
    Phone,
    Email,
    Labels,
    Field(FieldId),
}

impl Target {
    /// As forms and rows have it: `name`, `f12`, or nothing.
    pub fn word(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Name => "name".to_owned(),
            Self::Phone => "phone".to_owned(),
            Self::Email => "email".to_owned(),
            Self::Labels => "labels".to_owned(),
            Self::Field(id) => custom_fields::key(id),
        }
    }

    /// The target of a word, where there is such a field; what is unknown goes nowhere.
    pub fn from_word(word: &str, fields: &[CustomField]) -> Self {
        match word {
            "name" => Self::Name,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "labels" => Self::Labels,
            key => fields.iter().find(|field| field.key() == key).map_or(Self::Nothing, |field| Self::Field(field.id)),
        }
    }

    /// Every place for a column, with its name.
    pub fn all(fields: &[CustomField], language: Language) -> Vec<(Self, String)> {
        let own = [(Self::Name, c::NAME), (Self::Phone, c::PHONE), (Self::Email, c::EMAIL), (Self::Labels, l::LABELS)];
        let fields = fields.iter().map(|field| (Self::Field(field.id), field.name.clone()));
        own.into_iter().map(|(target, phrase)| (target, phrase.say(language).to_owned())).chain(fields).collect()
    }
}

/// Heads that address books and shops write for the own data of a record, folded.
const KNOWN: [(Target, &[&str]); 4] = [
    (
        Target::Name,
        &["nome", "name", "nome completo", "full name", "cliente", "contato", "contact", "fn", "razao social"],
    ),
    (
        Target::Phone,
        &[
            "telefone",
            "phone",
            "celular",
            "fone",
            "whatsapp",
            "mobile",
            "tel",
            "tel 1",
            "telefone 1",
            "celular 1",
            "numero",
            "telefone celular",
            "phone 1 - value",
            "mobile phone",
            "telefone principal",
        ],
    ),
    (Target::Email, &["e-mail", "email", "e-mail 1", "email 1", "e-mail 1 - value", "e-mail address", "correio"]),
    (Target::Labels, &["etiquetas", "labels", "rotulos", "marcadores", "tags", "categories", "group membership"]),
];

/// Where each column probably goes, by its head; a target is given once.
pub fn guess(head: &[String], fields: &[CustomField]) -> Vec<Target> {
    let mut given: Vec<Target> = Vec::new();
    let mut guesses = Vec::with_capacity(head.len());
    for head in head {
        let typed = fold(head.trim());
        let named = fields.iter().find(|field| fold(&field.name) == typed).map(|field| Target::Field(field.id));
        let known = KNOWN.iter().find(|(_, heads)| heads.contains(&typed.as_str())).map(|(target, _)| *target);
        let kind = Kind::from_word(&typed).filter(|kind| matches!(kind, Kind::Cpf | Kind::Cnpj | Kind::Cep));
        let kept = kind.and_then(|kind| fields.iter().find(|field| field.kind == kind));
        let found = named.or(known).or(kept.map(|field| Target::Field(field.id)));
        let target = found.filter(|target| !given.contains(target)).unwrap_or(Target::Nothing);
        given.push(target);
        guesses.push(target);
    }
    guesses
}

/// What was chosen on the page between the file and the trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// A target for each column.
    pub columns: Vec<Target>,
    pub existing: Existing,
    /// A label that everybody gets who comes; empty for none.
    pub label: String,
}

impl Plan {
    /// Reads the form: `column-0`, `column-1` …, `existing`, `label`.
    pub fn parse(form: &Form, width: usize, fields: &[CustomField]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let columns: Vec<Target> =
            (0..width).map(|at| Target::from_word(form.text(&format!("column-{at}")), fields)).collect();
        let used: Vec<&Target> = columns.iter().filter(|target| **target != Target::Nothing).collect();
        if used.iter().enumerate().any(|(at, target)| used[..at].contains(target)) {
            problems.add("columns", t::DOUBLED_TARGET);
        }
        if !used.iter().any(|target| !matches!(target, Target::Labels)) {
            problems.add("columns", t::NO_TARGET);
        }
        let typed = form.trimmed("label");
        let label = if typed.is_empty() { Some(String::new()) } else { crate::contacts::contact_labels::name(typed) };
        if label.is_none() {
            problems.add("label", l::BAD_NAME);
        }
        let existing = Existing::from_word(form.text("existing")).unwrap_or(Existing::Complete);
        problems.none_or(Self { columns, existing, label: label.unwrap_or_default() })
    }
}

/// How many lines came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines that were looked at.
    pub lines: i64,
    pub new: i64,
    pub changed: i64,
    pub same: i64,
    /// Lines about somebody whom an earlier line is about.
    pub repeated: i64,
    pub faulty: i64,
}

/// A file and how far it has come.
#[derive(Clone, Debug)]
pub struct ContactImport {
    pub id: ContactImportId,
    pub by: AgentId,
    pub by_name: String,
    /// The name of the file as it was sent.
    pub name: String,
    /// Its name in the data folder; empty when it is gone.
    pub token: String,
    /// Lines beneath the head.
    pub total: i64,
    pub head: Vec<String>,
    /// Its last line is shorter than the others.
    pub cut: bool,
    /// Empty until columns are mapped.
    pub columns: Vec<String>,
    pub existing: Existing,
    pub label: String,
    pub state: State,
    /// The start of the program that tries it: another one does not.
    pub boot: i64,
    /// Where the next batch begins, in bytes of the file.
    pub position: i64,
    pub counts: Counts,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl ContactImport {
    /// Whether batches are to come.
    pub fn is_running(&self) -> bool {
        self.state == State::Running
    }

    /// The state for a reader: what an earlier start of the program tried is to be tried again.
    pub fn standing(&self, boot: i64) -> State {
        if self.state == State::Trying && self.boot != boot { State::Mapping } else { self.state }
    }

    /// The plan as it was stored; a field that is gone meanwhile takes nothing.
    pub fn plan(&self, fields: &[CustomField]) -> Plan {
        let columns = self.columns.iter().map(|word| Target::from_word(word, fields)).collect();
        Plan { columns, existing: self.existing, label: self.label.clone() }
    }
}

/// A line that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In the file, from 1.
    pub line: i64,
    /// The head of the column; empty for the line as a whole.
    pub column: String,
    pub words: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: i64, name: &str, kind: Kind) -> CustomField {
        CustomField {
            id: FieldId(id),
            name: name.to_owned(),
            kind,
            group: String::new(),
            options: Vec::new(),
            required: false,
            unique: false,
            audience: crate::team::departments::audience::Audience::Everyone,
            archived: false,
        }
    }

    #[test]
    fn columns_are_guessed_by_their_heads_and_each_target_once() {
        let fields = [field(1, "Documento", Kind::Cpf), field(2, "Código", Kind::Text)];
        let head = ["Nome completo", "CELULAR", "Telefone", "E-mail", "CPF", "codigo", "Marcadores", "Outra"];
        let guessed = guess(&head.map(str::to_owned), &fields);
        let words: Vec<String> = guessed.into_iter().map(Target::word).collect();
        assert_eq!(words, ["name", "phone", "", "email", "f1", "f2", "labels", ""]);
    }

    #[test]
    fn a_plan_names_somebody_and_no_target_twice() {
        let fields = [field(1, "CPF", Kind::Cpf)];
        let form = |columns: &[&str]| {
            columns
                .iter()
                .enumerate()
                .fold(Form::default(), |form, (at, word)| form.with(&format!("column-{at}"), *word))
        };
        let plan = Plan::parse(&form(&["name", "", "f1"]).with("label", " Feira  2026 "), 3, &fields).expect("a plan");
        assert_eq!(plan.columns, [Target::Name, Target::Nothing, Target::Field(FieldId(1))]);
        assert_eq!((plan.label.as_str(), plan.existing), ("Feira 2026", Existing::Complete));
        for (columns, fault) in [
            (&["name", "name"][..], t::DOUBLED_TARGET),
            (&["", ""], t::NO_TARGET),
            (&["labels", ""], t::NO_TARGET),
            (&["f9", ""], t::NO_TARGET),
        ] {
            let refused = Plan::parse(&form(columns), 2, &fields).expect_err("refused");
            assert_eq!(refused.of("columns"), Some(fault), "{columns:?}");
        }
        let long = form(&["name"]).with("label", "x".repeat(41));
        assert!(Plan::parse(&long, 1, &fields).expect_err("refused").of("label").is_some());
    }
}
