//! When a failed request is sent again, and after how long: a pure function.

use crate::error::{Error, Kind};
use std::time::Duration;

/// The longest wait that a `Retry-After` header can ask for, in milliseconds.
pub const MAX_RETRY_AFTER: u64 = 60_000;
const BASE: f64 = 500.0;
const CAP: f64 = 8_000.0;

/// Judges a failure: whether the same request may be sent again, and whether it may have been done all the same.
///
/// Where a repeat is not harmless (`safe`), nothing counts but proof that it was not done: a throttle, a 503 that says when
/// to come back, a request that never left. Behind a gateway's 502 or 504 it may well have been done.
#[must_use]
pub fn judge(error: Error, safe: bool) -> Error {
    error.with(|d| {
        let status = d.status.unwrap_or_default();
        (d.retryable, d.unknown) = match d.kind {
            Kind::Service => {
                let failed = status == 408 || status >= 500;
                let refused = is_throttle(status, d.code.as_deref(), d.description.as_deref())
                    || status == 503 && d.retry_after.is_some();
                (refused || safe && failed, !refused && !safe && failed)
            }
            Kind::Network | Kind::Timeout => (safe || !d.unknown, !safe && d.unknown),
            Kind::Aborted | Kind::Decode => (false, !safe && d.unknown),
            Kind::Limited => (true, false),
            Kind::Invalid => (false, false),
        };
    })
}

/// How long to wait before another try of what was [judged](judge), in milliseconds; `None` if there is to be none.
///
/// `tries` have been made; `random` is in `[0, 1)`.
#[must_use]
pub fn delay(error: &Error, tries: u32, retries: u32, random: f64) -> Option<u64> {
    let details = error.details();
    if tries > retries || !details.retryable {
        return None;
    }
    let doubled = (BASE * f64::from(2_u32.saturating_pow(tries.saturating_sub(1)))).min(CAP);
    // Never at once: half of it is sure.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let backoff = (doubled * (0.5 + 0.5 * random)) as u64;
    let asked = details.retry_after.map_or(0, |asked| u64::try_from(asked.as_millis()).unwrap_or(u64::MAX));
    Some(asked.min(MAX_RETRY_AFTER).max(backoff))
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
pub fn retry_after(header: &str, now: u64) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    http_date(header).map(|at| Duration::from_millis(at.saturating_sub(now)))
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

    #[test]
    fn a_wait_doubles_above_a_floor_and_heeds_the_server() {
        let busy = |after: Option<u64>| {
            let error = Error::service(503, String::new()).with(|d| d.retry_after = after.map(Duration::from_secs));
            judge(error, true)
        };
        let waits = |random| (1..=6).map(|tries| delay(&busy(None), tries, 9, random).unwrap()).collect::<Vec<_>>();
        assert_eq!(waits(0.0), [250, 500, 1_000, 2_000, 4_000, 4_000]);
        assert_eq!(waits(1.0), [500, 1_000, 2_000, 4_000, 8_000, 8_000]);
        assert_eq!(delay(&busy(Some(2)), 1, 2, 0.0), Some(2_000));
        assert_eq!(delay(&busy(Some(0)), 1, 2, 0.0), Some(250));
        assert_eq!(delay(&busy(Some(3_600)), 1, 2, 0.0), Some(MAX_RETRY_AFTER));
        assert_eq!(delay(&busy(None), 3, 2, 0.0), None);
    }

    #[test]
    fn reads_both_forms_of_retry_after() {
        assert_eq!(retry_after(" 3 ", 0), Some(Duration::from_secs(3)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770_000), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:00:00 GMT", 5), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", 0), None);
    }
}
