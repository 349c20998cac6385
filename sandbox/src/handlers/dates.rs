//! Dates as texts, in UTC.

/// A day in milliseconds.
const DAY: u64 = 86_400_000;

/// `2022-02-24T10:57:43.138000Z`.
pub(crate) fn iso(milliseconds: u64) -> String {
    let (year, month, day) = civil(milliseconds / DAY);
    let seconds = milliseconds % DAY / 1000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}000Z", milliseconds % 1000)
}

/// The Unix milliseconds of `2022-02-24 10:57:43`.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(' ')?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let days = days(year, month, day);
    let legal = hour < 24 && minute < 60 && second < 60 && year >= 1970 && civil(days) == (year, month, day);
    legal.then(|| days * DAY + (hour * 3600 + minute * 60 + second) * 1000)
}

/// Three numbers of a fixed width: four or two digits, then two, then two.
fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.split(separator);
    let mut next = || parts.next().filter(|p| p.len() == 2 || p.len() == 4)?.parse().ok();
    let numbers = [next()?, next()?, next()?];
    parts.next().is_none().then_some(numbers)
}

/// Days since 1970 of a date; months count from March, so that the leap day is the last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month.saturating_sub(3)) } else { (year.saturating_sub(1), month + 9) };
    let (era, year) = (year / 400, year % 400);
    (era * 146_097 + year * 365 + year / 4 - year / 100 + (153 * month + 2) / 5 + day).saturating_sub(719_469)
}

/// The date of so many days since 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (era * 400 + year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{iso, parse};

    #[test]
    fn writes_and_reads_dates() {
        assert_eq!(iso(1_645_700_263_138), "2022-02-24T10:57:43.138000Z");
        for (text, seconds) in [
            ("1970-01-01 00:00:00", 0),
            ("2000-02-29 12:00:00", 951_825_600),
            ("2024-02-29 23:59:59", 1_709_251_199),
            ("2026-01-01 00:00:00", 1_767_225_600),
        ] {
            assert_eq!(parse(text), Some(seconds * 1000), "{text}");
            assert_eq!(iso(seconds * 1000).replace('T', " ").get(..19), Some(text));
        }
        for wrong in
            ["", "2026-01-01", "2026-02-29 00:00:00", "2026-13-01 00:00:00", "2026-01-01 24:00:00", "2026-1-1 0:0:0"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
