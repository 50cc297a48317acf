//! Pages of the register: newest first by id, as a filter and a search narrow it, with a bound on the rows looked at.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::ContactId;
use super::filter::{FieldContent, FieldPresence, Talk};
use super::sql_search::{SearchSource, sources};
use crate::contacts::filter::ContactFilter;
use crate::contacts::{self, Contact, custom_fields};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, Timestamp};
use crate::team::agents::Agent;

/// Rows looked at for one page.
const LOOKED_AT: i64 = 3_000;
/// Contacts of a part of the filter, below which they are listed instead of the register.
const FEW: i64 = 2_000;

/// Records that stand for themselves: those that went into another are left out.
const STANDS: &str =
    "NOT EXISTS (SELECT 1 FROM contact_merge WHERE other_id = contact.id AND scope = 'all' AND undone_at IS NULL)";

/// A page, and where the next one goes on.
#[derive(Debug, Default)]
pub struct FilterPage {
    pub ids: Vec<ContactId>,
    pub more: Option<ContactId>,
    /// Whether it ends where the bound was reached, not where it is full.
    pub cut: bool,
}

/// What of one source was found, and down to where it was looked through; None for all of it.
struct Walk {
    ids: Vec<ContactId>,
    reached: Option<ContactId>,
}

/// A page of those whom a filter lets through.
pub fn page(conn: &Connection, filter: &ContactFilter, before: Option<ContactId>, limit: usize) -> Result<FilterPage> {
    let few = few(conn, filter)?;
    let from = if filter.query.is_empty() {
        vec![match (&few, filter.label, filter.fields.iter().find_map(value)) {
            (Some(ids), ..) => SearchSource::listed(ids)?,
            (None, Some(label), _) => SearchSource::labelled(label),
            (None, None, Some((field, value))) => SearchSource::valued(field, value),
            (None, None, None) => SearchSource::everybody(),
        }]
    } else {
        sources(conn, &filter.query, &filter.seen)?
    };
    let within = if filter.query.is_empty() { None } else { few };
    let bounds = (
        filter.from.map_or(Ok(0), |at| first_since(conn, at.plus(-DAY)))?,
        before
            .map_or(i64::MAX, |id| id.0)
            .min(filter.until.map_or(Ok(i64::MAX), |at| first_since(conn, at.plus(DAY)))?),
    );
    let bound = LOOKED_AT / i64::try_from(from.len().max(1)).unwrap_or(1);
    let mut walks = Vec::new();
    for source in from {
        walks.push(walk(conn, &source, filter, within.as_deref(), bounds, (limit, bound))?);
    }
    Ok(merged(walks, limit))
}

fn value((field, holds): &(crate::contacts::custom_fields::FieldId, FieldContent)) -> Option<(i64, &str)> {
    if let FieldContent::Value(value) = holds { Some((field.0, value)) } else { None }
}

/// One page out of several sources: below where one of them was left nothing is certain.
fn merged(walks: Vec<Walk>, limit: usize) -> FilterPage {
    let floor = walks.iter().filter_map(|walk| walk.reached).max();
    let mut ids: Vec<ContactId> = walks.into_iter().flat_map(|walk| walk.ids).collect();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    ids.retain(|id| floor.is_none_or(|floor| *id >= floor));
    if ids.len() > limit {
        ids.truncate(limit);
        return FilterPage { more: ids.last().copied(), ids, cut: false };
    }
    FilterPage { ids, more: floor, cut: floor.is_some() }
}

/// One source, down to where it has given one more than wanted, or to the bound. The rest of the filter is a column, not a
/// condition, so that SQLite comes back at every row.
fn walk(
    conn: &Connection,
    source: &SearchSource,
    filter: &ContactFilter,
    within: Option<&[ContactId]>,
    (low, high): (i64, i64),
    (limit, bound): (usize, i64),
) -> Result<Walk> {
    let (checks, mut values) = checks(filter);
    let sql = question(source, &checks, within.is_some());
    values.extend(source.values.iter().cloned());
    values.extend([Value::from(high), Value::from(low)]);
    if let Some(few) = within {
        values.push(serde_json::to_string(few)?.into());
    }
    values.push(bound.into());
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let (mut ids, mut reached, mut looked_at) = (Vec::new(), None, 0);
    while let Some(row) = rows.next()? {
        looked_at += 1;
        let at: ContactId = row.get(0)?;
        reached = Some(at);
        if row.get(1)? {
            ids.push(at);
        }
        if ids.len() > limit {
            return Ok(Walk { ids, reached });
        }
    }
    Ok(Walk { ids, reached: reached.filter(|_| looked_at == bound) })
}

/// The plus keeps SQLite from going through the few and asking the index of words for each.
fn question(SearchSource { table, id, holds, .. }: &SearchSource, checks: &str, among_few: bool) -> String {
    let among = if among_few { format!("AND +{id} IN (SELECT value FROM json_each(?))") } else { String::new() };
    format!(
        "SELECT {id}, {checks} FROM {table} WHERE {holds} AND {id} < ? AND {id} >= ? {among} ORDER BY {id} DESC LIMIT ?"
    )
}

/// What must hold of a contact, as one expression and its values. The plus signs keep SQLite on the contact's own rows.
fn checks(filter: &ContactFilter) -> (String, Vec<Value>) {
    let mut checks: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut check = |sql: &str, given: &[Value]| {
        checks.push(sql.to_owned());
        values.extend_from_slice(given);
    };
    for (column, known) in [("phone", filter.phone), ("email", filter.email)] {
        match known {
            Some(FieldPresence::Has) => check(&format!("contact.{column} <> ''"), &[]),
            Some(FieldPresence::Lacks) => check(&format!("contact.{column} = ''"), &[]),
            None => {}
        }
    }
    for (sql, at) in [("contact.created_at >= ?", filter.from), ("contact.created_at < ?", filter.until)] {
        if let Some(Timestamp(at)) = at {
            check(sql, &[at.into()]);
        }
    }
    if let Some(label) = filter.label {
        let sql = "EXISTS (SELECT 1 FROM contact_labelling WHERE contact_id = contact.id AND label_id = ?)";
        check(sql, &[label.0.into()]);
    }
    for (field, holds) in &filter.fields {
        let sql = "EXISTS (SELECT 1 FROM contact_value WHERE contact_id = contact.id AND field_id = ?";
        match holds {
            FieldContent::Filled => check(&format!("{sql})"), &[field.0.into()]),
            FieldContent::Empty => check(&format!("NOT {sql})"), &[field.0.into()]),
            FieldContent::Value(value) => {
                check(&format!("{sql} AND value = ?)"), &[field.0.into(), value.clone().into()])
            }
        }
    }
    if let Some(channel) = filter.channel {
        let sql = "EXISTS (SELECT 1 FROM identity WHERE contact_id = contact.id AND +channel_id = ?)";
        check(sql, &[channel.0.into()]);
    }
    match filter.talk {
        Some(Talk::Open) => {
            check("EXISTS (SELECT 1 FROM conversation WHERE contact_id = contact.id AND +state <> 'closed')", &[])
        }
        Some(Talk::Never) => check("NOT EXISTS (SELECT 1 FROM conversation WHERE contact_id = contact.id)", &[]),
        None => {}
    }
    if let Some(department) = filter.department {
        let sql = "EXISTS (SELECT 1 FROM conversation WHERE contact_id = contact.id AND +department_id = ?)";
        check(sql, &[department.0.into()]);
    }
    for (compared, at) in [(">= ?", filter.last_from), ("< ?", filter.last_until)] {
        if let Some(Timestamp(at)) = at {
            let last = "(SELECT opened_at FROM conversation WHERE contact_id = contact.id ORDER BY conversation.id DESC LIMIT 1)";
            check(&format!("coalesce({last} {compared}, 0)"), &[at.into()]);
        }
    }
    check(STANDS, &[]);
    (checks.join(" AND "), values)
}

/// Rows that a part of a filter is about: the column with the contact's id, the rows, their values.
type FilterRows = (&'static str, &'static str, Vec<Value>);

/// The parts of a filter that an index can list.
fn parts(filter: &ContactFilter) -> Vec<FilterRows> {
    let mut parts: Vec<FilterRows> = Vec::new();
    if let Some(label) = filter.label {
        parts.push(("contact_id", "contact_labelling WHERE label_id = ?", vec![label.0.into()]));
    }
    for (field, holds) in &filter.fields {
        match holds {
            FieldContent::Filled => {
                parts.push(("contact_id", "contact_value WHERE field_id = ?", vec![field.0.into()]))
            }
            FieldContent::Value(value) => parts.push((
                "contact_id",
                "contact_value WHERE field_id = ? AND value = ?",
                vec![field.0.into(), value.clone().into()],
            )),
            FieldContent::Empty => {}
        }
    }
    if let Some(channel) = filter.channel {
        parts.push(("contact_id", "identity WHERE channel_id = ?", vec![channel.0.into()]));
    }
    if let Some(department) = filter.department {
        parts.push(("contact_id", "conversation WHERE department_id = ?", vec![department.0.into()]));
    }
    if filter.talk == Some(Talk::Open) {
        let open = "conversation WHERE department_id IN (SELECT id FROM department) AND state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused')";
        parts.push(("contact_id", open, Vec::new()));
    }
    if filter.last_from.is_some() {
        parts.push(("contact_id", "conversation WHERE number >= ?", vec![filter.last_number.into()]));
    }
    for (known, rows) in [
        (filter.phone, "contact INDEXED BY contact_phone WHERE phone <> ''"),
        (filter.email, "contact INDEXED BY contact_email WHERE email <> ''"),
    ] {
        if known == Some(FieldPresence::Has) {
            parts.push(("id", rows, Vec::new()));
        }
    }
    parts
}

/// The contacts of the narrowest part of a filter, where they are few: they are then looked at instead of the whole register.
fn few(conn: &Connection, filter: &ContactFilter) -> Result<Option<Vec<ContactId>>> {
    let mut narrowest = FEW;
    let mut chosen = None;
    for (column, rows, values) in parts(filter) {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {FEW})");
        let count: i64 = db::one(conn, &sql, rusqlite::params_from_iter(&values), |row| row.get(0))?;
        if count < narrowest {
            narrowest = count;
            chosen = Some((column, rows, values));
        }
    }
    let Some((column, rows, values)) = chosen else { return Ok(None) };
    // Not DISTINCT: for that SQLite would go along the contacts instead of along what narrows.
    let sql = format!("SELECT {column} FROM {rows}");
    let mut ids: Vec<ContactId> = db::all(conn, &sql, rusqlite::params_from_iter(values), |row| row.get(0))?;
    ids.sort_unstable();
    ids.dedup();
    Ok(Some(ids))
}

/// The first contact that was registered at a time or later. Ids rise with time, but for a clock that was set back: the
/// callers leave a day for that.
fn first_since(conn: &Connection, at: Timestamp) -> Result<i64> {
    let newest: i64 = db::one(conn, "SELECT coalesce(max(id), 0) FROM contact", [], |row| row.get(0))?;
    let (mut low, mut high) = (1, newest + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let sql = "SELECT id, created_at FROM contact WHERE id >= ? ORDER BY id LIMIT 1";
        match db::maybe(conn, sql, [middle], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Timestamp>(1)?)))? {
            Some((id, created)) if created < at => low = id + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// Contacts by parts of a name, a number or an address, by a document or a label that this person sees.
pub fn found(conn: &Connection, agent: &Agent, query: &str, limit: usize) -> Result<Vec<Contact>> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let filter = ContactFilter::search(query, &custom_fields::sql::visible_to(conn, agent)?);
    page(conn, &filter, None, limit)?.ids.into_iter().map(|id| contacts::sql::find(conn, id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::contact_labels::LabelId;
    use crate::contacts::custom_fields::FieldId;
    use crate::team::channels::ChannelId;
    use crate::team::departments::DepartmentId;

    /// What SQLite would do, line by line.
    fn plan(conn: &Connection, sql: &str) -> Vec<String> {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
        let blanks = vec![Value::Null; statement.parameter_count()];
        let rows = statement.query_map(rusqlite::params_from_iter(blanks), |row| row.get(3)).expect("a plan");
        rows.collect::<rusqlite::Result<_>>().expect("lines")
    }

    #[test]
    fn no_table_is_gone_through_but_along_its_ids_and_to_the_bound() {
        let conn = Connection::open_in_memory().expect("memory");
        conn.execute_batch(include_str!("../../schema.sql")).expect("the schema");
        let everything = ContactFilter {
            label: Some(LabelId(1)),
            channel: Some(ChannelId(1)),
            department: Some(DepartmentId(1)),
            talk: Some(Talk::Open),
            last_from: Some(Timestamp(1)),
            phone: Some(FieldPresence::Has),
            email: Some(FieldPresence::Has),
            fields: vec![(FieldId(1), FieldContent::Filled), (FieldId(2), FieldContent::Value("x".to_owned()))],
            ..ContactFilter::default()
        };
        let (checks, _) = checks(&everything);
        let mut questions: Vec<String> = Vec::new();
        for (column, rows, _) in parts(&everything) {
            questions.push(format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {FEW})"));
            questions.push(format!("SELECT {column} FROM {rows}"));
        }
        assert_eq!(questions.len(), 18, "each part that an index can list");
        let mut from =
            vec![SearchSource::everybody(), SearchSource::labelled(LabelId(1)), SearchSource::valued(1, "x")];
        from.push(SearchSource::listed(&[ContactId(1)]).expect("a list"));
        from.extend([SearchSource::worded("x".to_owned()), SearchSource::parted("x".to_owned())]);
        for source in &from {
            questions.extend([true, false].map(|among_few| question(source, &checks, among_few)));
        }
        for sql in questions {
            for line in plan(&conn, &sql) {
                // The two indexes of those who have a number, an address, hold nobody else.
                let small = ["VIRTUAL TABLE", "contact_phone", "contact_email"].iter().any(|word| line.contains(word));
                let full = line.starts_with("SCAN") && !small && !line.starts_with("SCAN (subquery");
                let sorts = line.contains("FOR ORDER BY") && !sql.contains("json_each(?) AS source");
                assert!(!full && !sorts, "{line} in {sql}");
            }
        }
    }
}
