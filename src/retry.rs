//! When a failed request is sent again, and after how long: a pure function.

use crate::error::{Error, Kind};

/// The longest wait that a `Retry-After` header can ask for, in milliseconds.
pub const MAX_RETRY_AFTER: u64 = 60_000;
const BASE: f64 = 500.0;
const CAP: f64 = 8_000.0;

/// How long to wait before another try, in milliseconds; `None` if there is to be none.
///
/// `attempts` have been made; `safe` tells whether a repeat is harmless; `random` is in `[0, 1)`.
#[must_use]
pub fn delay(
    error: &Error,
    attempts: u32,
    retries: u32,
    safe: bool,
    retry_after: Option<u64>,
    random: f64,
) -> Option<u64> {
    if attempts > retries {
        return None;
    }
    let details = error.details();
    let again = match details.kind {
        Kind::Service => details.retryable,
        Kind::Network | Kind::Timeout => safe,
        Kind::Invalid | Kind::Aborted | Kind::Decode => false,
    };
    if !again {
        return None;
    }
    let backoff = (BASE * f64::from(2_u32.saturating_pow(attempts.saturating_sub(1)))).min(CAP) * random;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let backoff = backoff as u64;
    Some(retry_after.map_or(backoff, |asked| asked.min(MAX_RETRY_AFTER).max(backoff)))
}

/// Whether the platform said "too fast" rather than "no".
///
/// 429 means it with `reach_limit` but not with `resource_limited`, which is the plan's quota. Sending too fast to groups
/// and rooms is answered with 403 and a text that says so.
#[must_use]
pub fn is_throttle(status: u16, code: Option<&str>, description: Option<&str>) -> bool {
    match status {
        429 => code != Some("resource_limited"),
        403 => description.is_some_and(|d| THROTTLES.iter().any(|t| contains(d, t))),
        _ => false,
    }
}

/// Whether `text` holds `part`, in any case of ASCII letters.
fn contains(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|w| w.eq_ignore_ascii_case(part.as_bytes()))
}

/// What the platform says in a 403 that is a throttle.
const THROTTLES: [&str; 2] = ["reach limit", "reached api limit"];

/// Reads `Retry-After`: seconds, or an HTTP date that `now` (Unix milliseconds) is subtracted from.
#[must_use]
pub fn retry_after(header: &str, now: u64) -> Option<u64> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(seconds.saturating_mul(1000));
    }
    http_date(header).map(|at| at.saturating_sub(now))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` in Unix milliseconds.
fn http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split_ascii_whitespace().skip(1);
    let day: u64 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|m| *m == month)? as u64 + 1;
    let year: u64 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|n| n.parse::<u64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    // Days since 1970 by the civil calendar, with March as the first month.
    let (y, m) = if month <= 2 { (year.checked_sub(1)?, month + 9) } else { (year, month - 3) };
    let days = (y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day).checked_sub(1 + 719_468)?;
    Some(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn service(status: u16, body: &str) -> Error {
        Error::service(status, body.into())
    }

    #[test]
    fn burst_is_retried_and_quota_is_not() {
        let burst = service(429, r#"{"error":"reach_limit"}"#);
        let quota = service(429, r#"{"error":"resource_limited"}"#);
        assert_eq!(delay(&burst, 1, 2, false, None, 0.5), Some(250));
        assert_eq!(delay(&burst, 2, 2, false, None, 0.5), Some(500));
        assert_eq!(delay(&burst, 3, 2, false, None, 0.5), None);
        assert_eq!(delay(&quota, 1, 2, true, None, 0.5), None);
    }

    #[test]
    fn network_failures_are_repeated_only_where_harmless() {
        let lost = Error::new(Kind::Network, "reset");
        assert_eq!(delay(&lost, 1, 2, false, None, 0.5), None);
        assert!(delay(&lost, 1, 2, true, None, 0.5).is_some());
        assert_eq!(delay(&Error::new(Kind::Aborted, ""), 1, 2, true, None, 0.5), None);
    }

    #[test]
    fn retry_after_is_honoured_and_capped() {
        let busy = service(503, "");
        assert_eq!(delay(&busy, 1, 2, false, Some(2_000), 0.0), Some(2_000));
        assert_eq!(delay(&busy, 1, 2, false, Some(3_600_000), 0.0), Some(MAX_RETRY_AFTER));
        assert_eq!(retry_after(" 3 ", 0), Some(3_000));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770_000), Some(7_000));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:00:00 GMT", 5), Some(0));
        assert_eq!(retry_after("soon", 0), None);
    }
}
