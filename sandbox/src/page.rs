//! Pages: keys in whose order rows stand, cursors between them, and counted pages.

use crate::{Refusal, table};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The part of a key that puts rows in the order of their numbers, the first made first.
#[must_use]
pub fn oldest(number: u64) -> String {
    format!("{number:020}")
}

/// The part of a key that puts rows in the order of their numbers, the last made first.
#[must_use]
pub fn newest(number: u64) -> String {
    oldest(u64::MAX - number)
}

/// Reads what a cursor stands for: the last part of the last row's key.
pub fn read_cursor(cursor: Option<&str>) -> Result<String, Refusal> {
    let wrong = || Refusal::illegal_argument("cursor is illegal");
    let bytes = URL_SAFE_NO_PAD.decode(cursor.unwrap_or_default()).map_err(|_| wrong())?;
    String::from_utf8(bytes).map_err(|_| wrong())
}

/// The first `limit` of these rows, and a cursor if there are more.
pub fn first<'a, V>(rows: impl Iterator<Item = (&'a str, V)>, limit: usize) -> (Vec<(&'a str, V)>, Option<String>) {
    let mut rows = rows;
    let items: Vec<(&str, V)> = rows.by_ref().take(limit).collect();
    let cursor = rows.next().and(items.last()).map(|(key, _)| URL_SAFE_NO_PAD.encode(table::last(key)));
    (items, cursor)
}

/// How many items to skip and how many to take for a counted page; sizes beyond the largest give the largest.
#[must_use]
pub fn counted(number: Option<u32>, size: Option<u32>, first: u32, default: u32, max: u32) -> (usize, usize) {
    let size = size.unwrap_or(default).clamp(1, max) as usize;
    let before = number.unwrap_or(first).saturating_sub(first) as usize;
    (before.saturating_mul(size), size)
}
