//! The kinds of fields: what fits, how it is stored, how it is shown.

use crate::contacts::phone;
use crate::platform::text::{Language, Phrase, common, contacts as c, custom_fields as t};
use crate::platform::time::Zone;
use crate::team::agents::looks_like_email;

crate::words! {
    /// What a field holds.
    Kind {
        Text = "text", Number = "number", Date = "date", Choice = "choice", Cpf = "cpf", Cnpj = "cnpj", Cep = "cep", Email = "email",
        Phone = "phone", Url = "url", YesNo = "yes_no",
    }
}

/// The longest value, in characters.
const LONGEST: usize = 2_000;

impl Kind {
    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Text => t::TEXT,
            Self::Number => t::NUMBER,
            Self::Date => t::DATE,
            Self::Choice => t::CHOICE,
            Self::Cpf => t::CPF,
            Self::Cnpj => t::CNPJ,
            Self::Cep => t::CEP,
            Self::Email => t::EMAIL,
            Self::Phone => t::PHONE,
            Self::Url => t::URL,
            Self::YesNo => t::YES_NO,
        }
    }

    /// What was typed as it is stored, in one spelling whatever was typed; empty stays empty.
    ///
    /// # Errors
    /// The words for what does not fit.
    pub fn read(self, typed: &str, options: &[String]) -> Result<String, Phrase> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(String::new());
        }
        if typed.chars().count() > LONGEST {
            return Err(common::TOO_LONG);
        }
        match self {
            Self::Text => Ok(typed.to_owned()),
            Self::Number => number(typed).ok_or(t::BAD_NUMBER),
            Self::Date => date(typed).ok_or(t::BAD_DATE),
            Self::Choice => {
                let fold = crate::platform::text::folding::fold;
                options.iter().find(|option| fold(option) == fold(typed)).cloned().ok_or(t::BAD_CHOICE)
            }
            Self::Cpf => cpf(typed).ok_or(t::BAD_CPF),
            Self::Cnpj => cnpj(typed).ok_or(t::BAD_CNPJ),
            Self::Cep => {
                let digits = digits(typed);
                let plain = typed.chars().all(|c| c.is_ascii_digit() || "-. ".contains(c));
                (plain && digits.len() == 8).then_some(digits).ok_or(t::BAD_CEP)
            }
            Self::Email => {
                let email = typed.to_lowercase();
                if looks_like_email(&email) { Ok(email) } else { Err(common::BAD_EMAIL) }
            }
            Self::Phone => phone::e164(typed).ok_or(c::BAD_PHONE),
            Self::Url => {
                let rest = typed.strip_prefix("https://").or(typed.strip_prefix("http://"));
                let fits = rest.is_some_and(|rest| rest.contains('.') && !rest.chars().any(char::is_whitespace));
                if fits { Ok(typed.to_owned()) } else { Err(t::BAD_URL) }
            }
            Self::YesNo => match crate::platform::text::folding::fold(typed).as_str() {
                "sim" | "s" | "yes" | "y" | "1" | "true" => Ok("yes".to_owned()),
                "nao" | "n" | "no" | "0" | "false" => Ok("no".to_owned()),
                _ => Err(t::BAD_YES_NO),
            },
        }
    }

    /// Whether a value could be stored under this kind, whatever a choice offers today.
    pub fn holds(self, stored: &str) -> bool {
        match self {
            Self::Choice => true,
            _ => [Language::Portuguese, Language::English]
                .iter()
                .any(|language| self.read(&self.show(stored, *language), &[]).is_ok_and(|value| value == stored)),
        }
    }

    /// A stored value as people read it.
    pub fn show(self, stored: &str, language: Language) -> String {
        let parts = |cuts: &[(usize, &str)]| {
            let mut out = String::new();
            for (place, c) in stored.chars().enumerate() {
                out.extend(cuts.iter().filter(|(cut, _)| *cut == place).map(|(_, mark)| *mark));
                out.push(c);
            }
            out
        };
        match (self, stored) {
            (_, "") => String::new(),
            (Self::Cpf, _) => parts(&[(3, "."), (6, "."), (9, "-")]),
            (Self::Cnpj, _) => parts(&[(2, "."), (5, "."), (8, "/"), (12, "-")]),
            (Self::Cep, _) => parts(&[(5, "-")]),
            (Self::Phone, _) => phone::shown(stored),
            (Self::YesNo, "yes") => t::YES.say(language).to_owned(),
            (Self::YesNo, "no") => t::NO.say(language).to_owned(),
            (Self::Number, _) if language == Language::Portuguese => stored.replace('.', ","),
            // Three digits behind a point would read as thousands.
            (Self::Number, _) if stored.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3) => {
                format!("{stored}0")
            }
            (Self::Date, _) if language == Language::Portuguese => {
                let mut parts: Vec<&str> = stored.split('-').collect();
                parts.reverse();
                parts.join("/")
            }
            _ => stored.to_owned(),
        }
    }

    /// The kind of the HTML field.
    pub fn input(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Url => "url",
            Self::Date => "date",
            _ => "text",
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `1.234,56`, `1,234.56`, `-12` → with a point before the fraction and none between thousands.
fn number(typed: &str) -> Option<String> {
    let (sign, rest) = typed.strip_prefix('-').map_or(("", typed), |rest| ("-", rest));
    if rest.is_empty() || !rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let marks: Vec<char> = rest.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (whole, fraction) = match marks.last() {
        None => (rest, ""),
        // One mark before exactly three digits stands between thousands, as people here write it: 1.234.
        Some('.') if marks.len() == 1 && is_grouped(rest, '.') => (rest, ""),
        // The last mark, where it is the only one of its kind, stands before the fraction.
        Some(last) if marks.iter().filter(|mark| *mark == last).count() == 1 => rest.rsplit_once(*last)?,
        Some(_) => (rest, ""),
    };
    let between = whole.chars().find(|c| !c.is_ascii_digit());
    let ends = marks.is_empty() || rest.ends_with(|c: char| c.is_ascii_digit());
    if !ends || between.is_some_and(|mark| !is_grouped(whole, mark)) {
        return None;
    }
    let whole = digits(whole);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let value = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    if value.len() > 30 {
        return None;
    }
    Some(if value == "0" { value } else { format!("{sign}{value}") })
}

/// Whether digits stand in groups of three between one kind of mark: `1.234.567`.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let fits =
        |group: &str, least: usize| (least..=3).contains(&group.len()) && group.bytes().all(|c| c.is_ascii_digit());
    fits(first, 1) && groups.all(|group| fits(group, 3))
}

/// `31/12/2026` or `2026-12-31` → the latter, where that day exists.
fn date(typed: &str) -> Option<String> {
    let parts: Vec<&str> = typed.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
        return None;
    }
    let iso = format!("{year}-{month:0>2}-{day:0>2}");
    let zone = Zone::named_or_utc("UTC");
    let at = zone.moment(&format!("{iso}T12:00"))?;
    (zone.local(at).split('T').next() == Some(iso.as_str())).then_some(iso)
}

/// Eleven digits whose last two are the check digits by modulo 11 (Receita Federal); all alike is none.
fn cpf(typed: &str) -> Option<String> {
    if !typed.chars().all(|c| c.is_ascii_digit() || ".-/ ".contains(c)) {
        return None;
    }
    let digits = digits(typed);
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    if values.len() != 11 || values.iter().all(|digit| *digit == values[0]) {
        return None;
    }
    let check = |upto: usize| {
        let sum: u32 =
            values.iter().take(upto).zip((2..=upto as u32 + 1).rev()).map(|(digit, weight)| digit * weight).sum();
        match sum % 11 {
            0 | 1 => 0,
            rest => 11 - rest,
        }
    };
    (check(9) == values[9] && check(10) == values[10]).then_some(digits)
}

/// Fourteen characters, letters too since July 2026, each worth its ASCII code less 48; the last two are digits by modulo 11
/// (Receita Federal, IN RFB 2.229/2024).
fn cnpj(typed: &str) -> Option<String> {
    if !typed.chars().all(|c| c.is_ascii_alphanumeric() || ".-/ ".contains(c)) {
        return None;
    }
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let values: Vec<u32> = code.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let ends = code.bytes().rev().take(2).all(|byte| byte.is_ascii_digit());
    if values.len() != 14 || !ends || values.iter().all(|value| *value == values[0]) {
        return None;
    }
    let check = |upto: usize| {
        let sum: u32 = values[..upto].iter().rev().zip((2..=9).cycle()).map(|(value, weight)| value * weight).sum();
        match sum % 11 {
            0 | 1 => 0,
            rest => 11 - rest,
        }
    };
    (check(12) == values[12] && check(13) == values[13]).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_proven_by_their_check_digits() {
        assert_eq!(Kind::Cpf.read("529.982.247-25", &[]), Ok("52998224725".to_owned()));
        assert_eq!(Kind::Cpf.show("52998224725", Language::Portuguese), "529.982.247-25");
        for bad in ["529.982.247-26", "111.111.111-11", "5299822472", "529982247255", "x29.982.247-25"] {
            assert_eq!(Kind::Cpf.read(bad, &[]), Err(t::BAD_CPF), "{bad}");
        }
        assert_eq!(Kind::Cnpj.read("11.222.333/0001-81", &[]), Ok("11222333000181".to_owned()));
        // The example of the Receita Federal's own handout for the alphanumeric number.
        assert_eq!(Kind::Cnpj.read("12.abc.345/01de-35", &[]), Ok("12ABC34501DE35".to_owned()));
        assert_eq!(Kind::Cnpj.show("12ABC34501DE35", Language::English), "12.ABC.345/01DE-35");
        for bad in
            ["12.ABC.345/01DE-36", "11.222.333/0001-82", "00.000.000/0000-00", "12ABC34501DEA5", "çç.222.333/0001-81"]
        {
            assert_eq!(Kind::Cnpj.read(bad, &[]), Err(t::BAD_CNPJ), "{bad}");
        }
    }

    #[test]
    fn numbers_dates_and_the_rest_have_one_spelling() {
        for (typed, stored) in [
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234", "1234"),
            ("0012,50", "12.5"),
            ("-3", "-3"),
            ("-0", "0"),
            ("1.234.567", "1234567"),
            ("3,5", "3.5"),
            ("3.5", "3.5"),
        ] {
            assert_eq!(Kind::Number.read(typed, &[]), Ok(stored.to_owned()), "{typed}");
        }
        for bad in
            ["x", "1e3", "--1", "-", "１２", "10,50.", ",", ".", "192.168.0.1", "1.234,567.89", "12.34.56", "1,23,4"]
        {
            assert_eq!(Kind::Number.read(bad, &[]), Err(t::BAD_NUMBER), "{bad}");
        }
        for typed in ["31/12/2026", "2026-12-31", "31.12.2026"] {
            assert_eq!(Kind::Date.read(typed, &[]), Ok("2026-12-31".to_owned()), "{typed}");
        }
        assert_eq!(Kind::Date.show("2026-12-31", Language::Portuguese), "31/12/2026");
        for bad in ["31/02/2026", "2026-13-01", "hoje", "1/1/26", "2026-12-31T10:00"] {
            assert_eq!(Kind::Date.read(bad, &[]), Err(t::BAD_DATE), "{bad}");
        }
        let options = ["São Paulo".to_owned(), "Rio".to_owned()];
        assert_eq!(Kind::Choice.read("sao paulo", &options), Ok("São Paulo".to_owned()));
        assert_eq!(Kind::Choice.read("Bahia", &options), Err(t::BAD_CHOICE));
        assert_eq!(Kind::Cep.read("01310-100", &[]), Ok("01310100".to_owned()));
        assert_eq!(Kind::Cep.read("1310-100", &[]), Err(t::BAD_CEP));
        assert_eq!(Kind::YesNo.read("Não", &[]), Ok("no".to_owned()));
        assert_eq!(Kind::Url.read("javascript:alert(1)", &[]), Err(t::BAD_URL));
        assert_eq!(Kind::Phone.read("11 8765-4321", &[]), Ok("+5511987654321".to_owned()));
        assert_eq!(Kind::Text.read("  ", &[]), Ok(String::new()));
    }

    #[test]
    fn what_is_shown_reads_back_as_what_is_stored() {
        let options = ["Ouro".to_owned()];
        for (kind, stored) in [
            (Kind::Number, "1234.5"),
            (Kind::Number, "1234"),
            (Kind::Number, "1.234"),
            (Kind::Date, "2026-02-28"),
            (Kind::Cpf, "52998224725"),
            (Kind::Cnpj, "12ABC34501DE35"),
            (Kind::Cep, "01310100"),
            (Kind::Phone, "+5511987654321"),
            (Kind::YesNo, "yes"),
            (Kind::Choice, "Ouro"),
        ] {
            for language in [Language::Portuguese, Language::English] {
                assert_eq!(kind.read(&kind.show(stored, language), &options), Ok(stored.to_owned()), "{stored}");
            }
        }
    }
}
