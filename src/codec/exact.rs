//! Whole numbers beyond 2^53 lose digits in `JSON.parse`; in quotes they keep them.

/// The fewest digits of an integer that may lose some.
const LONG: usize = 16;
/// The largest integer up to which none loses any: `Number.MAX_SAFE_INTEGER`.
const SAFE: &str = "9007199254740991";

/// Whether [`quote_big_integers`] may change a JSON text, or a piece cut out of one.
///
/// Most texts hold no such integer, and to find that out takes a small part of what parsing them does: as many digits in a
/// row as a block has bytes end one block, begin the next, or both. Nothing branches on a single digit, which no processor
/// would foresee.
#[must_use]
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
pub fn may_hold_big_integers(json: &[u8]) -> bool {
    let (blocks, _) = json.as_chunks::<LONG>();
    let mut before = 0_u16;
    for (i, block) in blocks.iter().enumerate() {
        let here = digits(block);
        if before.leading_ones() + here.trailing_ones() >= u16::BITS && is_long(json, i * LONG) {
            return true;
        }
        before = here;
    }
    is_long(json, blocks.len() * LONG)
}

/// A bit for each byte that is a digit, the lowest for the first.
#[cfg(not(target_arch = "wasm32"))]
fn digits(block: &[u8; LONG]) -> u16 {
    block.iter().rev().fold(0, |bits, byte| bits << 1 | u16::from(byte.is_ascii_digit()))
}

/// The same, by instructions that are in every browser in which the package runs.
#[cfg(target_arch = "wasm32")]
#[target_feature(enable = "simd128")]
fn digits(block: &[u8; LONG]) -> u16 {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_lt, u8x16_splat, u8x16_sub, u64x2};
    let bytes = u128::from_le_bytes(*block);
    let bytes = u64x2(bytes as u64, (bytes >> 64) as u64);
    u8x16_bitmask(u8x16_lt(u8x16_sub(bytes, u8x16_splat(b'0')), u8x16_splat(10)))
}

/// Whether an integer of so many digits lies around a place, ends or begins there. What is in a text, most IDs for instance,
/// comes behind a quote.
fn is_long(json: &[u8], at: usize) -> bool {
    let before = json.iter().take(at).rev().take_while(|b| b.is_ascii_digit()).count();
    let after = json.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
    let mut head = json.iter().take(at - before).rev();
    let first = head.find(|b| !matches!(b, b'-' | b' ' | b'\t' | b'\r' | b'\n'));
    before + after >= LONG && matches!(first, None | Some(b':' | b'[' | b','))
}

/// Puts integers beyond [`SAFE`] in quotes and leaves the rest of the JSON text alone.
#[must_use]
pub fn quote_big_integers(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => string_end(rest),
            '-' | '0'..='9' => {
                rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len())
            }
            _ => rest.find(|c: char| matches!(c, '"' | '-' | '0'..='9')).unwrap_or(rest.len()),
        };
        let Some((token, after)) = rest.split_at_checked(end) else { break };
        let digits = token.strip_prefix('-').unwrap_or(token);
        if (digits.len() > LONG || digits.len() == LONG && digits > SAFE) && digits.bytes().all(|b| b.is_ascii_digit())
        {
            out.push('"');
            out.push_str(token);
            out.push('"');
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out
}

/// The length of the string literal at the start of `text`, quotes included.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{LONG, may_hold_big_integers, quote_big_integers as quote};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn finds_integers_that_lose_digits_wherever_they_stand() {
        for space in 0..40 {
            for (integer, big) in
                [("123456789012345", false), ("1234567890123456", true), ("-12345678901234567890", true)]
            {
                let spaces = " ".repeat(space);
                for number in [
                    format!("{spaces}{integer}"),
                    format!("{{\"a\":{spaces}{integer}}}"),
                    format!("[1,{spaces}{integer},\"b\"]"),
                ] {
                    assert_eq!(may_hold_big_integers(number.as_bytes()), big, "{number}");
                }
                let text = format!("{{\"a\":{spaces}\"{integer}\",\"b\":1.{integer},\"c\":\"{spaces}é{integer}\"}}");
                assert!(!may_hold_big_integers(text.as_bytes()), "{text}");
            }
        }
        for short in ["", "1", "0123456789:;</0123456789"] {
            assert!(!may_hold_big_integers(short.as_bytes()), "{short}");
        }
    }

    #[test]
    #[allow(clippy::redundant_closure)]
    fn finds_them_in_one_of_the_pieces_that_overlap() {
        let json = r#"{"a":"","id":968120369184112182}"#;
        for length in LONG..json.len() {
            let mut pieces =
                (0..json.len()).step_by(length - LONG + 1).map(|at| &json.as_bytes()[at..json.len().min(at + length)]);
            // A closure: in wasm the function itself has a target feature, and so is no `Fn`.
            assert!(pieces.any(|piece| may_hold_big_integers(piece)), "pieces of {length}");
        }
    }

    #[test]
    fn quotes_only_what_would_lose_digits() {
        assert_eq!(quote(r#"{"id":968120369184112182,"n":12}"#), r#"{"id":"968120369184112182","n":12}"#);
        assert_eq!(quote(r#"{"data":-9681203691841121}"#), r#"{"data":"-9681203691841121"}"#);
        assert_eq!(quote("[9007199254740991,9007199254740992]"), "[9007199254740991,\"9007199254740992\"]");
        for same in [
            "1700000000000000",
            "-9007199254740991",
            r#"{"t":1542795196504,"s":"968120369184112182","e":"a\"968120369184112182"}"#,
            r#"[1.2345678901234567890,12345678901234567e3,true,null]"#,
            r#""unterminated 968120369184112182"#,
        ] {
            assert_eq!(quote(same), same);
        }
    }
}
