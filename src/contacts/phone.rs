//! Telephone numbers: Brazilian ones by Anatel's numbering plan, foreign ones as E.164.

/// The 67 area codes (DDD) that exist.
const AREAS: [u8; 67] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48,
    49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86, 87, 88, 89,
    91, 92, 93, 94, 95, 96, 97, 98, 99,
];

/// Reads a number as people type it; None where it is no whole number with area code.
///
/// A mobile number without its ninth digit gets it, so that both spellings are one number.
pub fn e164(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.starts_with('+') && !digits.starts_with("55") {
        return (7..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    if matches!(digits.len(), 12 | 13) && digits.starts_with("55") {
        digits.drain(..2);
    }
    if digits.starts_with('0') && matches!(digits.len(), 11 | 12) {
        digits.drain(..1);
    } else if digits.starts_with('0') && matches!(digits.len(), 13 | 14) {
        digits.drain(..3);
    }
    if !matches!(digits.len(), 10 | 11) {
        return None;
    }
    let (area, number) = digits.split_at(2);
    if !area.parse().is_ok_and(|area: u8| AREAS.contains(&area)) {
        return None;
    }
    match (number.len(), number.as_bytes().first()) {
        (9, Some(b'9')) | (8, Some(b'2'..=b'5')) => Some(format!("+55{area}{number}")),
        (8, Some(b'6'..=b'9')) => Some(format!("+55{area}9{number}")),
        _ => None,
    }
}

/// A stored number as Brazilians write it: `(11) 98765-4321`; foreign ones as they are.
pub fn shown(e164: &str) -> String {
    let Some(national) = e164.strip_prefix("+55").filter(|rest| matches!(rest.len(), 10 | 11) && rest.is_ascii())
    else {
        return e164.to_owned();
    };
    let (area, number) = national.split_at(2);
    let (head, tail) = number.split_at(number.len() - 4);
    format!("({area}) {head}-{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brazilian_numbers_are_one_however_they_are_typed() {
        for typed in [
            "(11) 98765-4321",
            "11987654321",
            "+55 11 98765-4321",
            "5511987654321",
            "011 98765 4321",
            "015 11 98765-4321",
            "11 8765-4321",
        ] {
            assert_eq!(e164(typed).as_deref(), Some("+5511987654321"), "{typed}");
        }
        assert_eq!(e164("(55) 99999-1234").as_deref(), Some("+5555999991234"));
        assert_eq!(e164("(11) 3456-7890").as_deref(), Some("+551134567890"));
        assert_eq!(shown("+5511987654321"), "(11) 98765-4321");
        assert_eq!(shown("+551134567890"), "(11) 3456-7890");
    }

    #[test]
    fn foreign_numbers_stay_and_half_numbers_are_refused() {
        assert_eq!(e164("+351 912 345 678").as_deref(), Some("+351912345678"));
        for bad in ["", "98765-4321", "(20) 98765-4321", "11 1234", "abc", "11 98765-4321 ramal", "11 08765-4321"] {
            assert_eq!(e164(bad), None, "{bad}");
        }
    }
}
