//! What the sample company keeps of its contacts beside name, number and address.

use rusqlite::Connection;

use super::Dice;
use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{CustomFieldForm, FieldId, key, sql, sql_values};
use crate::contacts::{Contact, ContactId};
use crate::desk::contact_merges::RecordValues;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, Timestamp};
use crate::team::agents::AgentId;
use crate::team::departments::audience::Audience;

const CITIES: &[&str] =
    &["São Paulo", "Campinas", "Santos", "Curitiba", "Recife", "Belo Horizonte", "Goiânia", "Salvador"];
const LEVELS: &[&str] = &["Bronze", "Prata", "Ouro"];

/// The custom fields, and what is known of most contacts.
pub fn fill(conn: &Connection, by: AgentId, now: Timestamp) -> Result<()> {
    let field = |name: &str, kind, group: &str, options: &[&str], unique| {
        sql::create(
            conn,
            &CustomFieldForm {
                name: name.to_owned(),
                kind,
                group: group.to_owned(),
                options: options.iter().map(|option| (*option).to_owned()).collect(),
                required: unique,
                unique,
                audience: Audience::Everyone,
            },
        )
    };
    let document = field("CPF", Kind::Cpf, "", &[], true)?;
    let birth = field("Nascimento", Kind::Date, "", &[], false)?;
    let (city, code) =
        (field("Cidade", Kind::Text, "Endereço", &[], false)?, field("CEP", Kind::Cep, "Endereço", &[], false)?);
    let level = field("Clube Aurora", Kind::Choice, "Relacionamento", LEVELS, false)?;
    let offers = field("Aceita ofertas", Kind::YesNo, "Relacionamento", &[], false)?;
    let contacts: Vec<ContactId> = db::all(conn, "SELECT id FROM contact ORDER BY id", [], |row| row.get(0))?;
    let mut dice = Dice::new(71);
    // One writes under two records: the link between them is suggested.
    if let [first, .., last] = contacts.as_slice() {
        let twin = crate::contacts::sql::find(conn, *first)?;
        let other = crate::contacts::sql::find(conn, *last)?;
        let draft = crate::contacts::ContactForm { name: other.name, phone: twin.phone, email: other.email };
        crate::contacts::sql::update(conn, *last, &draft, now)?;
    }
    for contact in contacts {
        if dice.below(5) == 0 {
            continue;
        }
        let set = |field: FieldId, value: &str| sql_values::set(conn, contact, field, value);
        set(document, &cpf(&mut dice))?;
        set(birth, &format!("{}-{:02}-{:02}", 1955 + dice.below(50), 1 + dice.below(12), 1 + dice.below(28)))?;
        let place: &str = dice.pick::<&str>(CITIES);
        set(city, place)?;
        set(code, &format!("{:08}", 1_000_000 + dice.below(90_000_000)))?;
        let reached = *dice.pick(LEVELS);
        set(level, reached)?;
        set(offers, if dice.below(3) == 0 { "no" } else { "yes" })?;
        for (name, one_in) in [("VIP", 7), ("Inadimplente", 11), ("Atacado", 9)] {
            if dice.below(one_in) == 0 {
                let label = crate::contacts::contact_labels::sql::named(conn, name)?;
                crate::contacts::contact_labels::sql::add(conn, contact, label, by, now)?;
            }
        }
        if reached != "Bronze" {
            let at = now.plus(-DAY * i64::try_from(1 + dice.below(40)).unwrap_or(1));
            sql_values::keep(conn, contact, Some(by), &key(level), ("Bronze", reached), at)?;
        }
    }
    Ok(())
}

/// Somebody wrote from a second telephone, and was recognised two days ago: the merge can still be undone.
pub fn unite(conn: &Connection, by: AgentId, now: Timestamp) -> Result<()> {
    let contacts: Vec<ContactId> = db::all(conn, "SELECT id FROM contact ORDER BY id LIMIT 24", [], |row| row.get(0))?;
    let [.., kept, other] = contacts.as_slice() else { return Ok(()) };
    let twin = crate::contacts::sql::find(conn, *kept)?;
    let Contact { phone, email, .. } = crate::contacts::sql::find(conn, *other)?;
    let name = format!("{} (celular novo)", twin.name);
    let at = now.plus(-2 * DAY);
    crate::contacts::sql::update(conn, *other, &crate::contacts::ContactForm { name, phone, email }, at)?;
    // The known record's own values stay.
    let settle = |kept: &RecordValues, other: &RecordValues| {
        let mut joined = other.clone();
        joined.extend(kept.clone());
        joined
    };
    crate::desk::contact_merges::acts::unite(conn, (*kept, *other), None, settle, by, at)?;
    Ok(())
}

/// A number that proves itself, of nobody in particular.
fn cpf(dice: &mut Dice) -> String {
    let mut digits: Vec<usize> = (0..9).map(|_| dice.below(10)).collect();
    for _ in 0..2 {
        let top = digits.len() + 1;
        let sum: usize = digits.iter().zip((2..=top).rev()).map(|(digit, weight)| digit * weight).sum();
        digits.push(if sum % 11 < 2 { 0 } else { 11 - sum % 11 });
    }
    digits.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_prove_themselves() {
        let mut dice = Dice::new(1);
        for _ in 0..200 {
            let number = cpf(&mut dice);
            assert_eq!(Kind::Cpf.read(&number, &[]), Ok(number.clone()));
        }
    }
}
