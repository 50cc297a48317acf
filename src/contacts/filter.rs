//! What of the register is shown: the filter of an address, whose parts all hold at once.

use crate::contacts::contact_labels::LabelId;
use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{CustomField, FieldId};
use crate::platform::text::register as t;
use crate::platform::time::{DAY, MINUTE, Timestamp, Zone};
use crate::platform::web::form::{Form, Problems, encode};
use crate::team::channels::ChannelId;
use crate::team::departments::DepartmentId;

crate::words! {
    /// Whether a number or an address is known.
    FieldPresence { Has = "has", Lacks = "lacks" }
}

crate::words! {
    /// Which conversations a contact has.
    Talk { Open = "open", Never = "never" }
}

/// What a custom field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldContent {
    Filled,
    Empty,
    Value(String),
}

impl FieldContent {
    /// From an address; None for what the field can't hold.
    fn read(field: &CustomField, typed: &str) -> Option<Self> {
        let is_value = match field.kind {
            Kind::Choice => field.options.iter().any(|option| option == typed),
            Kind::YesNo => matches!(typed, "yes" | "no"),
            _ => false,
        };
        match typed {
            _ if is_value => Some(Self::Value(typed.to_owned())),
            "filled" => Some(Self::Filled),
            "empty" => Some(Self::Empty),
            _ => None,
        }
    }
}

/// The filter of an address.
#[derive(Clone, Debug, Default)]
pub struct ContactFilter {
    /// What is searched for; empty for everybody.
    pub query: String,
    pub label: Option<LabelId>,
    pub channel: Option<ChannelId>,
    /// There was a conversation in it.
    pub department: Option<DepartmentId>,
    pub talk: Option<Talk>,
    /// Registered since, and before.
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// The last conversation was opened since, and before.
    pub last_from: Option<Timestamp>,
    pub last_until: Option<Timestamp>,
    /// No conversation since `last_from` has a smaller number.
    pub last_number: i64,
    pub phone: Option<FieldPresence>,
    pub email: Option<FieldPresence>,
    pub fields: Vec<(FieldId, FieldContent)>,
    /// Fields whose values the search may look at: those that the viewer sees.
    pub seen: Vec<FieldId>,
    /// The fields of the address that say something, as they were given.
    pub(super) given: Vec<(String, String)>,
}

/// The fields of an address, but the custom ones.
pub const NAMES: &[&str] =
    &["q", "label", "channel", "department", "talk", "from", "to", "last_from", "last_to", "phone", "email"];

impl ContactFilter {
    /// Reads an address; days that are none are named. `fields` are those that the viewer sees.
    pub fn parse(form: &Form, zone: &Zone, fields: &[CustomField]) -> (Self, Problems) {
        let mut problems = Problems::default();
        let mut day = |name: &'static str, clock: &str| {
            let typed = form.trimmed(name);
            let found = zone.moment(&format!("{typed}T{clock}"));
            if found.is_none() && !typed.is_empty() {
                problems.add(name, t::BAD_DAY);
            }
            found
        };
        let (from, last_from) = (day("from", "00:00"), day("last_from", "00:00"));
        let (until, last_until) = (day("to", "23:59"), day("last_to", "23:59"));
        let (until, last_until) = (until.map(|at| at.plus(MINUTE)), last_until.map(|at| at.plus(MINUTE)));
        for (name, from, until) in [("to", from, until), ("last_to", last_from, last_until)] {
            if from.zip(until).is_some_and(|(from, until)| until <= from) {
                problems.add(name, t::BACKWARDS);
            }
        }
        // What says nothing is no part of it; a day that is none stays, to be mended.
        let says = |name: &str| match name {
            "label" | "channel" | "department" => form.number(name).is_some(),
            "talk" => Talk::from_word(form.text(name)).is_some(),
            "phone" | "email" => FieldPresence::from_word(form.text(name)).is_some(),
            _ => !form.trimmed(name).is_empty(),
        };
        let mut given: Vec<(String, String)> = NAMES
            .iter()
            .filter(|name| says(name))
            .map(|name| ((*name).to_owned(), form.trimmed(name).chars().take(200).collect()))
            .collect();
        let mut asked = Vec::new();
        for field in fields {
            if let Some(holds) = FieldContent::read(field, form.text(&field.key())) {
                given.push((field.key(), form.text(&field.key()).to_owned()));
                asked.push((field.id, holds));
            }
        }
        // A split gives a number of its day to what was said before it.
        let last_number = last_from.map_or(0, |at| zone.day(at.plus(-DAY)) * 1_000_000);
        let filter = Self {
            query: form.trimmed("q").chars().take(200).collect(),
            label: form.number("label").map(LabelId),
            channel: form.number("channel").map(ChannelId),
            department: form.number("department").map(DepartmentId),
            talk: Talk::from_word(form.text("talk")),
            from,
            until,
            last_from,
            last_until,
            last_number,
            phone: FieldPresence::from_word(form.text("phone")),
            email: FieldPresence::from_word(form.text("email")),
            fields: asked,
            seen: fields.iter().map(|field| field.id).collect(),
            given,
        };
        (filter, problems)
    }

    /// Everybody whom a search finds.
    pub fn search(query: &str, seen: &[CustomField]) -> Self {
        let seen = seen.iter().map(|field| field.id).collect();
        Self { query: query.chars().take(200).collect(), seen, ..Self::default() }
    }

    /// What the address gives for a field; empty for nothing.
    pub fn value(&self, name: &str) -> &str {
        self.given.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The names of the fields that narrow the list, the search left out.
    pub fn narrowing(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "q")
    }

    /// The filter as a query, without one of its parts where that is named.
    pub fn address(&self, without: Option<&str>) -> String {
        let left = self.given.iter().filter(|(name, _)| without != Some(name.as_str()));
        left.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: i64, kind: Kind, options: &[&str]) -> CustomField {
        CustomField {
            id: FieldId(id),
            name: String::new(),
            kind,
            group: String::new(),
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            required: false,
            unique: false,
            audience: crate::team::departments::audience::Audience::Everyone,
            archived: false,
        }
    }

    #[test]
    fn a_filter_is_read_and_each_part_can_be_taken_off() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let fields = [field(1, Kind::Choice, &["Ouro & Prata"]), field(2, Kind::Text, &[])];
        let form = Form::default()
            .with("q", " maria ")
            .with("label", "3")
            .with("from", "2026-11-22")
            .with("to", "2026-11-22")
            .with("f1", "Ouro & Prata")
            .with("f2", "empty")
            .with("f9", "filled")
            .with("department", "x")
            .with("talk", "loud")
            .with("channel", "");
        let (filter, problems) = ContactFilter::parse(&form, &zone, &fields);
        assert!(problems.is_empty());
        assert_eq!(filter.until.zip(filter.from).map(|(until, from)| until.since(from)), Some(DAY));
        let holds = [(FieldId(1), FieldContent::Value("Ouro & Prata".to_owned())), (FieldId(2), FieldContent::Empty)];
        assert_eq!(filter.fields, holds);
        assert_eq!(
            filter.address(None),
            "q=maria&label=3&from=2026-11-22&to=2026-11-22&f1=Ouro%20%26%20Prata&f2=empty"
        );
        assert_eq!(filter.address(Some("f1")), "q=maria&label=3&from=2026-11-22&to=2026-11-22&f2=empty");
        assert_eq!(filter.narrowing().count(), 5);
    }

    #[test]
    fn days_that_are_none_or_stand_backwards_are_named() {
        let zone = Zone::named_or_utc("America/Sao_Paulo");
        let form = Form::default().with("from", "31/02").with("last_from", "2026-11-02").with("last_to", "2026-11-01");
        let (filter, problems) = ContactFilter::parse(&form, &zone, &[]);
        assert!(problems.of("from").is_some() && problems.of("last_to").is_some() && problems.of("to").is_none());
        assert_eq!(filter.value("from"), "31/02", "what was typed is kept");
    }

    #[test]
    fn a_choice_named_like_a_word_is_the_choice() {
        let zone = Zone::named_or_utc("UTC");
        let form = Form::default().with("f1", "empty").with("f2", "yes").with("f3", "yes");
        let fields = [field(1, Kind::Choice, &["empty", "x"]), field(2, Kind::YesNo, &[]), field(3, Kind::Number, &[])];
        let (filter, _) = ContactFilter::parse(&form, &zone, &fields);
        let value = |word: &str| FieldContent::Value(word.to_owned());
        assert_eq!(filter.fields, [(FieldId(1), value("empty")), (FieldId(2), value("yes"))]);
    }
}
