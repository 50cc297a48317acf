//! Holidays: days on which no department with hours is open; Brazil's national ones by rule.

pub mod sql;
pub mod view;
pub mod web;

use crate::platform::text::{Phrase, holidays as t};

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 100;

/// A day such as 20261225, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub day: i64,
    pub name: String,
}

/// Brazil's national holidays of a year: laws 662/1949, 6.802/1980, 9.093/1995 (Good Friday, by local law everywhere),
/// 10.607/2002 and 14.759/2023.
pub fn national(year: i64) -> Vec<(i64, Phrase)> {
    let fixed = [
        (101, t::NEW_YEAR),
        (421, t::TIRADENTES),
        (501, t::LABOUR),
        (907, t::INDEPENDENCE),
        (1012, t::APARECIDA),
        (1102, t::SOULS),
        (1115, t::REPUBLIC),
        (1120, t::CONSCIOUSNESS),
        (1225, t::CHRISTMAS),
    ];
    let mut days: Vec<(i64, Phrase)> = fixed.into_iter().map(|(day, name)| (year * 10_000 + day, name)).collect();
    let friday = easter(year) - 2;
    let friday = if friday > 31 { 400 + friday - 31 } else { 300 + friday };
    days.push((year * 10_000 + friday, t::GOOD_FRIDAY));
    days.sort_by_key(|(day, _)| *day);
    days
}

/// Easter Sunday as a day of March, counted on into April (32 is 1 April); the Gregorian computus of Meeus, Jones and Butcher.
fn easter(year: i64) -> i64 {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    h + l - 7 * m + 22
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_calendars_have_it() {
        // 2024-03-31, 2025-04-20, 2026-04-05, 2027-03-28, 2038-04-25 (the latest there is).
        assert_eq!([2024, 2025, 2026, 2027, 2038].map(easter), [31, 51, 36, 28, 56]);
    }

    #[test]
    fn a_year_has_ten_national_holidays() {
        let days: Vec<i64> = national(2026).into_iter().map(|(day, _)| day).collect();
        assert_eq!(days.len(), 10);
        assert!(days.contains(&20_260_403), "Good Friday of 2026");
        assert!(national(2024).iter().any(|(day, _)| *day == 20_240_329));
    }
}
