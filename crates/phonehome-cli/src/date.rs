//! Dates: the clock's day, a pack's content date, and how old something is in words.

use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar, in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    year: u32,
    month: u32,
    day: u32,
}

impl Date {
    /// Today in UTC, by the machine's clock.
    pub(crate) fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        Self::from_days(u32::try_from(seconds / 86_400).unwrap_or(0))
    }

    /// The day so many days after 1970-01-01 (Howard Hinnant's `civil_from_days`, for days since then only).
    fn from_days(days: u32) -> Self {
        let shifted = days + 719_468; // days since 0000-03-01
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + u32::from(month <= 2);
        Self { year, month, day: of_year - (153 * from_march + 2) / 5 + 1 }
    }

    /// Reads `YYYY-MM-DD`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |text: &str, length| {
            let fits = text.len() == length && text.bytes().all(|digit| digit.is_ascii_digit());
            fits.then(|| text.parse().ok()).flatten()
        };
        Self::checked(number(year, 4)?, number(month, 2)?, number(day, 2)?)
    }

    /// From a pack's number `yyyymmdd`; 0 is no date.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        Self::checked(number / 10_000, number / 100 % 100, number % 100)
    }

    fn checked(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        ((1..=12).contains(&month) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The number `yyyymmdd` that packs store.
    pub(crate) const fn number(self) -> u32 {
        self.year * 10_000 + self.month * 100 + self.day
    }

    /// Whole months from this day to a later one; `None` when it is not later.
    fn months_until(self, later: Self) -> Option<u32> {
        let months = |date: Self| date.year * 12 + date.month;
        months(later).checked_sub(months(self) + u32::from(later.day < self.day))
    }

    /// `2 years old`; empty below a month and for a day yet to come.
    pub(crate) fn age(self, today: Self) -> String {
        match self.months_until(today) {
            None | Some(0) => String::new(),
            Some(1) => "1 month old".to_owned(),
            Some(months @ 2..=11) => format!("{months} months old"),
            Some(12..=23) => "1 year old".to_owned(),
            Some(months) => format!("{} years old", months / 12),
        }
    }

    /// Whether more than a year lies between this day and today.
    pub(crate) fn is_over_a_year_old(self, today: Self) -> bool {
        Self { year: self.year + 1, ..self } < today
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn days_since_1970() {
        for (days, text) in [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_781, "2026-11-24")] {
            assert_eq!(Date::from_days(days).to_string(), text);
        }
    }

    #[test]
    fn only_real_days_are_read() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "20261124", "", "+026-11-24"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::from_number(20_240_229).map(Date::number), Some(20_240_229));
        assert_eq!(Date::from_number(0), None);
    }

    #[test]
    fn ages_in_words() {
        let today = date("2026-11-24");
        let ages = [("2026-11-01", ""), ("2026-10-24", "1 month old"), ("2025-11-25", "11 months old")];
        let more = [("2025-01-01", "1 year old"), ("2024-05-01", "2 years old"), ("2027-01-01", "")];
        for (day, age) in ages.into_iter().chain(more) {
            assert_eq!(date(day).age(today), age, "{day}");
        }
        assert!(!date("2025-11-24").is_over_a_year_old(today));
        assert!(date("2025-11-23").is_over_a_year_old(today));
    }
}
