//! One line of a file: what it says of a person, whom it is about, and what becomes of the record.

use std::collections::HashMap;

use super::person::{Key, Traits, keys};
use super::{Existing, Plan, Target};
use crate::contacts::custom_fields::{CustomField, FieldId};
use crate::contacts::{Contact, ContactForm, LONGEST_NAME, phone};
use crate::platform::text::{
    Phrase, catalogue_imports as i, common, contact_imports as t, contact_labels as l, contacts as c,
};

/// Labels that a cell may name.
const LABELS: usize = 20;

/// What a line says, in one spelling; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub values: Vec<(FieldId, String)>,
    pub labels: Vec<String>,
}

/// What is wrong with a line: the column, where it is one of them.
pub type Wrong = (Option<usize>, Phrase);

/// A record that is in the register.
#[derive(Clone, Debug)]
pub struct Known {
    pub contact: Contact,
    pub values: HashMap<FieldId, String>,
    pub labels: Vec<String>,
}

/// One change of a record: `name`, `phone`, `email` or a field's key; what it was; what it becomes.
pub type Change = (String, String, String);

/// What becomes of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub draft: ContactForm,
    /// Values that are new or different.
    pub values: Vec<(FieldId, String)>,
    /// Nothing for somebody new.
    pub changes: Vec<Change>,
    /// Labels that are new on the record.
    pub labels: Vec<String>,
}

impl Decision {
    /// Whether the record stays as it is.
    pub fn is_nothing(&self) -> bool {
        self.values.is_empty() && self.changes.is_empty() && self.labels.is_empty()
    }
}

/// Reads a line by the plan.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(cells: &[String], plan: &Plan, fields: &[CustomField]) -> Result<Said, Vec<Wrong>> {
    let mut said = Said::default();
    let mut wrong: Vec<Wrong> = Vec::new();
    if cells.iter().skip(plan.columns.len()).any(|cell| !cell.trim().is_empty()) {
        wrong.push((None, i::TOO_LONG_LINE));
    }
    for (at, (target, cell)) in plan.columns.iter().zip(cells).enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let mut fault = |phrase: Phrase| wrong.push((Some(at), phrase));
        match target {
            Target::Nothing => {}
            Target::Name if cell.chars().count() > LONGEST_NAME => fault(common::TOO_LONG),
            Target::Name => said.name = cell.split_whitespace().collect::<Vec<_>>().join(" "),
            Target::Phone => match phone::e164(cell) {
                Some(number) => said.phone = number,
                None => fault(c::BAD_PHONE),
            },
            Target::Email => {
                let email = cell.to_lowercase();
                if crate::team::agents::looks_like_email(&email) {
                    said.email = email
                } else {
                    fault(common::BAD_EMAIL)
                }
            }
            Target::Labels => match labels(cell) {
                Some(labels) if labels.len() > LABELS => fault(t::TOO_MANY_LABELS),
                Some(labels) => said.labels = labels,
                None => fault(l::BAD_NAME),
            },
            Target::Field(id) => match fields.iter().find(|field| field.id == *id).map(|field| field.read(cell)) {
                Some(Ok(value)) => said.values.push((*id, value)),
                Some(Err(phrase)) => fault(phrase),
                None => {}
            },
        }
    }
    let nobody = said.name.is_empty() && said.phone.is_empty() && said.email.is_empty() && said.values.is_empty();
    if wrong.is_empty() && nobody {
        wrong.push((None, t::NOBODY));
    }
    if !plan.label.is_empty() {
        add(&mut said.labels, &plan.label);
    }
    if wrong.is_empty() { Ok(said) } else { Err(wrong) }
}

fn labels(cell: &str) -> Option<Vec<String>> {
    let mut labels = Vec::new();
    for part in cell.split(['|', ',', ';']).filter(|part| !part.trim().is_empty()) {
        add(&mut labels, &crate::contacts::contact_labels::name(part)?);
    }
    Some(labels)
}

fn add(labels: &mut Vec<String>, label: &str) {
    if !labels.iter().any(|known| known.to_lowercase() == label.to_lowercase()) {
        labels.push(label.to_owned());
    }
}

impl Said {
    /// What tells the line's person from others.
    pub fn traits(&self, fields: &[CustomField]) -> Traits {
        Traits::of(&self.name, self.values.iter().map(|(id, value)| (*id, value.as_str())), fields)
    }

    /// What the line's person is known by.
    pub fn keys(&self, fields: &[CustomField]) -> Vec<Key> {
        let values = self.values.iter().map(|(id, value)| (*id, value.as_str()));
        keys((&self.name, &self.phone, &self.email), values, fields)
    }
}

/// What becomes of somebody new. What custom fields ask for may be missing, as with people who write for the first time: the
/// record says so until it is filled in.
pub fn make(said: &Said) -> Decision {
    Decision {
        draft: ContactForm { name: said.name.clone(), phone: said.phone.clone(), email: said.email.clone() },
        values: said.values.clone(),
        changes: Vec::new(),
        labels: said.labels.clone(),
    }
}

/// What becomes of somebody who is in the register.
pub fn change(known: &Known, said: &Said, existing: Existing) -> Decision {
    let stored = &known.contact;
    let mut decision = Decision {
        draft: ContactForm { name: stored.name.clone(), phone: stored.phone.clone(), email: stored.email.clone() },
        values: Vec::new(),
        changes: Vec::new(),
        labels: Vec::new(),
    };
    if existing == Existing::Leave {
        return decision;
    }
    let takes =
        |was: &str, says: &str| !says.is_empty() && was != says && (was.is_empty() || existing == Existing::Overwrite);
    let Decision { draft, changes, .. } = &mut decision;
    for (field, place, says) in [
        ("name", &mut draft.name, &said.name),
        ("phone", &mut draft.phone, &said.phone),
        ("email", &mut draft.email, &said.email),
    ] {
        if takes(place, says) {
            changes.push((field.to_owned(), std::mem::replace(place, says.clone()), says.clone()));
        }
    }
    for (id, says) in &said.values {
        let was = known.values.get(id).map_or("", String::as_str);
        if takes(was, says) {
            decision.changes.push((crate::contacts::custom_fields::key(*id), was.to_owned(), says.clone()));
            decision.values.push((*id, says.clone()));
        }
    }
    let carried = |label: &&String| !known.labels.iter().any(|known| known.to_lowercase() == label.to_lowercase());
    decision.labels = said.labels.iter().filter(carried).cloned().collect();
    decision
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::ContactId;
    use crate::contacts::custom_fields::kind::Kind;

    fn fields() -> Vec<CustomField> {
        [("CPF", Kind::Cpf, true), ("Cidade", Kind::Text, false)]
            .into_iter()
            .zip(1..)
            .map(|((name, kind, required), id)| CustomField {
                id: FieldId(id),
                name: name.to_owned(),
                kind,
                group: String::new(),
                options: Vec::new(),
                required,
                unique: false,
                audience: crate::team::departments::audience::Audience::Everyone,
                archived: false,
            })
            .collect()
    }

    fn plan(existing: Existing) -> Plan {
        let columns = vec![
            Target::Name,
            Target::Phone,
            Target::Email,
            Target::Labels,
            Target::Field(FieldId(1)),
            Target::Field(FieldId(2)),
        ];
        Plan { columns, existing, label: "Feira".to_owned() }
    }

    fn line(cells: [&str; 6]) -> Result<Said, Vec<Wrong>> {
        read(&cells.map(str::to_owned), &plan(Existing::Complete), &fields())
    }

    #[test]
    fn a_line_is_read_in_one_spelling_and_every_fault_is_named() {
        let said = line(["Maria  Souza", "11 8765-4321", "M@X.BR", "VIP|feira", "529.982.247-25", ""]).expect("a line");
        assert_eq!((said.name.as_str(), said.phone.as_str()), ("Maria Souza", "+5511987654321"));
        assert_eq!(said.labels, ["VIP", "feira"], "the label of the import is there already");
        assert_eq!(said.values, [(FieldId(1), "52998224725".to_owned())]);
        let wrong = line(["", "123", "x", "", "1", ""]).expect_err("faults");
        assert_eq!(wrong.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [Some(1), Some(2), Some(4)]);
        assert_eq!(line(["", "", "", "VIP", "", ""]), Err(vec![(None, t::NOBODY)]));
        let mut long = vec![String::new(); 8];
        assert_eq!(
            read(&long, &plan(Existing::Leave), &fields()),
            Err(vec![(None, t::NOBODY)]),
            "empty ones are nothing"
        );
        long[7] = "x".to_owned();
        assert_eq!(read(&long, &plan(Existing::Leave), &fields()), Err(vec![(None, i::TOO_LONG_LINE)]));
        assert!(read(&["x".repeat(301)], &plan(Existing::Leave), &fields()).is_err());
    }

    #[test]
    fn a_person_is_known_by_number_address_and_document_or_else_by_all_that_is_said() {
        let said = line(["Maria", "11987654321", "", "", "52998224725", "Recife"]).expect("a line");
        let (phone, cpf) = ("+5511987654321".to_owned(), "52998224725".to_owned());
        assert_eq!(said.keys(&fields()), [Key::Phone(phone), Key::Value(FieldId(1), cpf)]);
        let bare = line(["MARIA", "", "", "", "", "Recife"]).expect("a line");
        assert_eq!(bare.keys(&fields()), line(["maria", "", "", "", "", "Recife"]).expect("a line").keys(&fields()));
        assert_ne!(bare.keys(&fields()), line(["maria", "", "", "", "", "Olinda"]).expect("a line").keys(&fields()));
    }

    #[test]
    fn another_document_or_first_name_is_another_person() {
        let of = |cells: [&str; 6]| line(cells).expect("a line").traits(&fields());
        let maria = of(["Maria Souza", "11987654321", "", "", "529.982.247-25", ""]);
        assert!(!maria.contradicts(&of(["MARIA S.", "11987654321", "outra@x.br", "", "", ""])));
        assert!(!maria.contradicts(&of(["", "11987654321", "", "", "", ""])));
        assert!(!maria.contradicts(&of(["Mariazinha", "", "", "", "529.982.247-25", ""])), "the document says so");
        assert!(maria.contradicts(&of(["João Souza", "11987654321", "", "", "", ""])));
        assert!(maria.contradicts(&of(["Maria Souza", "11987654321", "", "", "111.444.777-35", ""])));
    }

    #[test]
    fn what_is_there_is_completed_overwritten_or_left() {
        let known = Known {
            contact: Contact { id: ContactId(1), name: "Maria".into(), phone: String::new(), email: "m@x.br".into() },
            values: HashMap::from([(FieldId(2), "Recife".to_owned())]),
            labels: vec!["Feira".to_owned()],
        };
        let said = line(["Maria Souza", "11987654321", "m@x.br", "VIP", "52998224725", "Olinda"]).expect("a line");
        let completed = change(&known, &said, Existing::Complete);
        let touched =
            |decision: &Decision| decision.changes.iter().map(|(field, ..)| field.clone()).collect::<Vec<_>>();
        assert_eq!(touched(&completed), ["phone", "f1"]);
        assert_eq!((completed.draft.name.as_str(), completed.labels), ("Maria", vec!["VIP".to_owned()]));
        let overwritten = change(&known, &said, Existing::Overwrite);
        assert_eq!(touched(&overwritten), ["name", "phone", "f1", "f2"]);
        assert!(overwritten.changes.contains(&("f2".into(), "Recife".into(), "Olinda".into())));
        assert!(change(&known, &said, Existing::Leave).is_nothing());
        let nothing = line(["", "", "m@x.br", "feira", "", ""]).expect("a line");
        assert!(change(&known, &nothing, Existing::Overwrite).is_nothing(), "an empty cell empties nothing");
        assert_eq!(make(&nothing).draft.email, "m@x.br", "what the template asks for can be filled in later");
    }
}
