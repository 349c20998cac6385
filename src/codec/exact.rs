//! Whole numbers beyond 2^53 lose digits in `JSON.parse`; in quotes they keep them.

/// Puts integers of more than 15 digits in quotes and leaves the rest of the JSON text alone.
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
        if digits.len() > 15 && digits.bytes().all(|b| b.is_ascii_digit()) {
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
    use super::quote_big_integers as quote;

    #[test]
    fn quotes_only_what_would_lose_digits() {
        assert_eq!(quote(r#"{"id":968120369184112182,"n":12}"#), r#"{"id":"968120369184112182","n":12}"#);
        assert_eq!(quote(r#"{"data":-9681203691841121}"#), r#"{"data":"-9681203691841121"}"#);
        assert_eq!(quote("1234567890123456"), "\"1234567890123456\"");
        for same in [
            r#"{"t":1542795196504,"s":"968120369184112182","e":"a\"968120369184112182"}"#,
            r#"[1.2345678901234567890,12345678901234567e3,true,null]"#,
            r#""unterminated 968120369184112182"#,
        ] {
            assert_eq!(quote(same), same);
        }
    }
}
