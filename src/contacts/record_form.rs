//! A form with parts of a record: what was changed in it, whether it fits, and what is stored.

use rusqlite::Connection;

use crate::contacts::custom_fields::{FieldValue, sql_values};
use crate::contacts::{Contact, ContactForm, phone, sql};
use crate::platform::error::Result;
use crate::platform::text::{Language, Phrase, common, custom_fields as t};
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};
use crate::team::agents::{Agent, AgentId};

/// What became of a form with parts of a record.
pub enum Edited {
    Stored { changed: bool },
    Refused { problems: Problems, faults: Vec<(String, Phrase)> },
}

/// What a form says of a record beside what it showed (`was-…`): only the fields that somebody has changed in it, and those of them
/// that somebody else has changed meanwhile.
fn touched(form: &Form, stored: &Contact, filled: &[FieldValue], language: Language) -> (Form, Vec<String>) {
    let basic = [
        ("name".to_owned(), stored.name.clone()),
        ("phone".to_owned(), phone::shown(&stored.phone)),
        ("email".to_owned(), stored.email.clone()),
    ];
    let fields = filled.iter().map(|one| (one.field.key(), one.shown(language)));
    let (mut touched, mut late) = (Form::default(), Vec::new());
    for (key, now) in basic.into_iter().chain(fields).filter(|(key, _)| form.has(key)) {
        let (typed, was) = (plain(form.text(&key)), format!("was-{key}"));
        let was = form.has(&was).then(|| plain(form.text(&was)));
        if was.as_ref() == Some(&typed) {
            continue;
        }
        // The same in another spelling is no quarrel: a script may have stored it a moment before.
        let means_the_same = match key.as_str() {
            "name" => typed == stored.name,
            "phone" => {
                typed.is_empty() == stored.phone.is_empty() && phone::e164(&typed).unwrap_or_default() == stored.phone
            }
            "email" => typed.to_lowercase() == stored.email.to_lowercase(),
            _ => filled
                .iter()
                .any(|one| one.field.key() == key && one.field.read(&typed).is_ok_and(|value| value == one.value)),
        };
        if was.is_some_and(|was| was != plain(&now)) && !means_the_same {
            late.push(key.clone());
        }
        touched = touched.with(&key, form.text(&key));
    }
    (touched, late)
}

/// Browsers send line breaks in their own way.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Checks what was sent of a record, and stores what is different.
pub fn edit(
    conn: &Connection,
    by: &Agent,
    form: &Form,
    stored: &Contact,
    filled: &[FieldValue],
    now: Timestamp,
) -> Result<Edited> {
    let (form, late) = touched(form, stored, filled, by.language);
    let mut basic = ContactForm::parse(&complete(&form, stored));
    let (values, mut faults) = check(conn, &form, stored, filled)?;
    for key in late {
        match ["name", "phone", "email"].into_iter().find(|own| *own == key) {
            Some(own) => {
                let mut problems = basic.err().unwrap_or_default();
                problems.add(own, t::CHANGED_MEANWHILE);
                basic = Err(problems);
            }
            None => faults.push((key, t::CHANGED_MEANWHILE)),
        }
    }
    match basic {
        Ok(draft) if faults.is_empty() => {
            Ok(Edited::Stored { changed: save(conn, by.id, stored, &draft, filled, &values, now)? })
        }
        Ok(_) => Ok(Edited::Refused { problems: Problems::default(), faults }),
        Err(problems) => Ok(Edited::Refused { problems, faults }),
    }
}

/// The basic data as sent, and as stored where nothing was sent.
fn complete(form: &Form, stored: &Contact) -> Form {
    let shown = phone::shown(&stored.phone);
    [("name", &stored.name), ("phone", &shown), ("email", &stored.email)]
        .into_iter()
        .fold(Form::default(), |all, (name, known)| {
            all.with(name, if form.has(name) { form.text(name) } else { known.as_str() })
        })
}

/// Keys of custom fields, each with a value or with what is wrong.
type Keyed<T> = Vec<(String, T)>;

/// What was sent of the custom fields, and what is wrong with it, by their keys.
fn check(
    conn: &Connection,
    form: &Form,
    contact: &Contact,
    filled: &[FieldValue],
) -> Result<(Keyed<String>, Keyed<Phrase>)> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for one in filled {
        let (field, key) = (&one.field, one.field.key());
        if !form.has(&key) {
            continue;
        }
        match field.read(form.text(&key)) {
            Err(phrase) => faults.push((key, phrase)),
            Ok(value) if value.is_empty() && field.required && !one.value.is_empty() => {
                faults.push((key, common::REQUIRED));
            }
            Ok(value) if field.unique && sql_values::holder(conn, field.id, &value, contact.id)?.is_some() => {
                faults.push((key, t::TAKEN_BY));
            }
            Ok(value) => values.push((key, value)),
        }
    }
    Ok((values, faults))
}

/// Stores what is different, and keeps who changed it; whether anything was.
fn save(
    conn: &Connection,
    by: AgentId,
    stored: &Contact,
    draft: &ContactForm,
    filled: &[FieldValue],
    values: &[(String, String)],
    now: Timestamp,
) -> Result<bool> {
    let keep =
        |field: &str, was: &str, becomes: &str| sql_values::keep(conn, stored.id, Some(by), field, (was, becomes), now);
    let mut changed = false;
    let basic = [
        ("name", &stored.name, &draft.name),
        ("phone", &stored.phone, &draft.phone),
        ("email", &stored.email, &draft.email),
    ];
    for (field, was, becomes) in basic.into_iter().filter(|(_, was, becomes)| was != becomes) {
        keep(field, was, becomes)?;
        changed = true;
    }
    if changed {
        sql::update(conn, stored.id, draft, now)?;
    }
    for one in filled {
        let key = one.field.key();
        let Some((_, value)) = values.iter().find(|(field, value)| *field == key && *value != one.value) else {
            continue;
        };
        sql_values::set(conn, stored.id, one.field.id, value)?;
        keep(&key, &one.value, value)?;
        changed = true;
    }
    Ok(changed)
}
