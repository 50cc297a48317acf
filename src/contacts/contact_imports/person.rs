//! Who somebody is: what they are known by, what tells them from others, and whom a line is about.

use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{CustomField, FieldId};
use crate::platform::text::folding::fold;

/// What a person is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Phone(String),
    Email(String),
    Value(FieldId, String),
    /// Everything that is said of somebody of whom nothing else is known, so that the same file makes nobody twice.
    Words(String),
}

/// Whether two records with the same value are the same person's.
fn identifies(field: &CustomField) -> bool {
    field.unique || matches!(field.kind, Kind::Cpf | Kind::Cnpj)
}

/// What somebody with this data is known by.
pub fn keys<'a>(
    (name, phone, email): (&str, &str, &str),
    values: impl Iterator<Item = (FieldId, &'a str)>,
    fields: &[CustomField],
) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut words = fold(name);
    if !phone.is_empty() {
        keys.push(Key::Phone(phone.to_owned()));
    }
    if !email.is_empty() {
        keys.push(Key::Email(email.to_owned()));
    }
    let mut values: Vec<(FieldId, &str)> = values.filter(|(_, value)| !value.is_empty()).collect();
    values.sort_unstable_by_key(|(id, _)| id.0);
    for (id, value) in values {
        if fields.iter().any(|field| field.id == id && identifies(field)) {
            keys.push(Key::Value(id, value.to_owned()));
        }
        words.push('\n');
        words.push_str(&id.to_string());
        words.push(' ');
        words.push_str(value);
    }
    if keys.is_empty() {
        keys.push(Key::Words(words));
    }
    keys
}

impl Key {
    /// Whether several people may have it.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Phone(_) | Self::Email(_))
    }
}

/// What tells somebody from others who share a number or an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// The name, folded.
    pub name: String,
    /// Documents and other fields that are nobody else's.
    pub documents: Vec<(FieldId, String)>,
}

impl Traits {
    /// Of a record or a line.
    pub fn of<'a>(name: &str, values: impl Iterator<Item = (FieldId, &'a str)>, fields: &[CustomField]) -> Self {
        let own = |id: FieldId| fields.iter().any(|field| field.id == id && identifies(field));
        let documents = values.filter(|(id, value)| !value.is_empty() && own(*id));
        Self { name: fold(name), documents: documents.map(|(id, value)| (id, value.to_owned())).collect() }
    }

    /// Whether two cannot be one person, though they share a number or an address: another document, or, where no document
    /// agrees, another first name.
    pub fn contradicts(&self, other: &Self) -> bool {
        let known = |id: FieldId| other.documents.iter().find(|(one, _)| *one == id).map(|(_, value)| value);
        let mut agrees = false;
        for (id, value) in &self.documents {
            match known(*id) {
                Some(found) if found == value => agrees = true,
                Some(_) => return true,
                None => {}
            }
        }
        let first = |name: &str| name.split_whitespace().next().map(str::to_owned);
        let named = first(&self.name).zip(first(&other.name));
        !agrees && named.is_some_and(|(one, other)| one != other)
    }
}

/// Whom a line is about, where several are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<T> {
    Nobody,
    One(T),
    /// One key leads to one record, another key to another.
    Apart,
    /// Several have the same, and the name does not tell.
    Several,
}

/// Whom a line is about, by those that each of its keys leads to: who is among all of them, and then who has the name.
pub fn about<T: Copy + PartialEq>(found: &[Vec<T>], is_named: impl Fn(T) -> bool) -> About<T> {
    let found: Vec<&Vec<T>> = found.iter().filter(|owners| !owners.is_empty()).collect();
    let Some(first) = found.first() else { return About::Nobody };
    let common: Vec<T> =
        first.iter().copied().filter(|owner| found.iter().all(|owners| owners.contains(owner))).collect();
    let named = || common.iter().copied().filter(|owner| is_named(*owner)).collect::<Vec<T>>();
    match common.as_slice() {
        [] => About::Apart,
        [one] => About::One(*one),
        _ => match named().as_slice() {
            [one] => About::One(*one),
            _ => About::Several,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_line_is_about_follows_from_all_of_its_keys() {
        let unnamed = |_: i32| false;
        assert_eq!(about(&[vec![], vec![]], unnamed), About::Nobody);
        assert_eq!(about(&[vec![7], vec![]], unnamed), About::One(7));
        assert_eq!(about(&[vec![7, 8], vec![8]], unnamed), About::One(8), "a shared number, an own address");
        assert_eq!(about(&[vec![7], vec![8]], unnamed), About::Apart);
        assert_eq!(about(&[vec![7, 8]], unnamed), About::Several);
        assert_eq!(about(&[vec![7, 8]], |one| one == 8), About::One(8));
    }
}
