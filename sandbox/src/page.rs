//! Pages: keys in whose order rows stand, cursors between them, and counted pages.

use crate::{Refusal, parts::List};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The page of a list behind a cursor, and a cursor if there is more.
pub fn of<'a>(list: List<'a>, cursor: Option<&str>, limit: usize) -> Result<(Vec<&'a str>, Option<String>), Refusal> {
    some(list, cursor, limit, false, |_| true)
}

/// The same, from the list's end where it is read backwards, of those rows alone whose keys are to be kept.
pub fn some<'a>(
    list: List<'a>,
    cursor: Option<&str>,
    limit: usize,
    backwards: bool,
    keep: impl Fn(&str) -> bool,
) -> Result<(Vec<&'a str>, Option<String>), Refusal> {
    let list = behind(list, read_cursor(cursor)?, backwards);
    let (mut on, mut back);
    let rows: &mut dyn Iterator<Item = (u64, &'a str)> = if backwards {
        back = list.iter().rev();
        &mut back
    } else {
        on = list.iter();
        &mut on
    };
    let mut rows = rows.filter(|(_, key)| keep(key));
    let items: Vec<(u64, &str)> = rows.by_ref().take(limit).collect();
    let cursor = rows.next().and(items.last()).map(|(number, _)| URL_SAFE_NO_PAD.encode(format!("{number:020}")));
    Ok((items.into_iter().map(|(_, key)| key).collect(), cursor))
}

/// What follows a number in a list, in the direction in which it is read.
#[must_use]
pub fn behind(list: List<'_>, number: Option<u64>, backwards: bool) -> List<'_> {
    match number {
        None => list,
        Some(number) if backwards => list.before(number),
        Some(number) => number.checked_add(1).map_or_else(|| list.before(0), |next| list.from(next)),
    }
}

/// Reads what a cursor stands for: the number of the last row.
fn read_cursor(cursor: Option<&str>) -> Result<Option<u64>, Refusal> {
    let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let number = text.and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| Refusal::illegal_argument("cursor is illegal"))
}

/// How many items to skip and how many to take for a counted page; sizes beyond the largest give the largest.
#[must_use]
pub fn counted(number: Option<u32>, size: Option<u32>, first: u32, default: u32, max: u32) -> (usize, usize) {
    let size = size.unwrap_or(default).clamp(1, max) as usize;
    let before = number.unwrap_or(first).saturating_sub(first) as usize;
    (before.saturating_mul(size), size)
}
