//! The columns of the register beside the name, as each person chooses them.

use crate::contacts::custom_fields::{CustomField, FieldId, key};
use crate::platform::text::{Language, contact_labels as l, contacts as c, register as t};

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactColumn {
    Phone,
    Email,
    Labels,
    Since,
    Last,
    Department,
    Field(FieldId),
}

/// What is shown to whoever has chosen nothing yet.
pub const USUAL: &[ContactColumn] =
    &[ContactColumn::Phone, ContactColumn::Email, ContactColumn::Labels, ContactColumn::Since, ContactColumn::Last];

impl ContactColumn {
    /// Every column, in the order of the table.
    pub fn all(fields: &[CustomField]) -> Vec<Self> {
        let mut all = USUAL.to_vec();
        all.push(Self::Department);
        all.extend(fields.iter().map(|field| Self::Field(field.id)));
        all
    }

    /// Its word in forms and in what is stored.
    pub fn key(self) -> String {
        match self {
            Self::Phone => "phone".to_owned(),
            Self::Email => "email".to_owned(),
            Self::Labels => "labels".to_owned(),
            Self::Since => "since".to_owned(),
            Self::Last => "last".to_owned(),
            Self::Department => "department".to_owned(),
            Self::Field(id) => key(id),
        }
    }

    /// What stands over it.
    pub fn name(self, fields: &[CustomField], language: Language) -> String {
        let phrase = match self {
            Self::Phone => c::PHONE,
            Self::Email => c::EMAIL,
            Self::Labels => l::LABELS,
            Self::Since => t::SINCE,
            Self::Last => t::LAST,
            Self::Department => t::LAST_DEPARTMENT,
            Self::Field(id) => {
                let field = fields.iter().find(|field| field.id == id);
                return field.map(|field| field.name.clone()).unwrap_or_default();
            }
        };
        phrase.say(language).to_owned()
    }
}

/// The chosen ones in the order of the table; what there is no more, or is not for this person, is left out.
pub fn chosen<'a>(keys: impl Iterator<Item = &'a str>, fields: &[CustomField]) -> Vec<ContactColumn> {
    let keys: Vec<&str> = keys.collect();
    let mut all = ContactColumn::all(fields);
    all.retain(|column| keys.contains(&column.key().as_str()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_chosen_and_the_order_is_the_table_s() {
        assert_eq!(chosen(["last", "f7", "phone", "x"].into_iter(), &[]), [ContactColumn::Phone, ContactColumn::Last]);
        assert_eq!(chosen([].into_iter(), &[]), []);
    }
}
