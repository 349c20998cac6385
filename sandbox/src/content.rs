//! Reads request bodies: JSON with or without its header, forms, multipart.

use crate::{Refusal, Request};
use agora_chat_admin::{
    codec::{decode::Content, escape},
    shape::File,
};
use serde_json::Value;

/// The largest body that holds files, in bytes: the platform takes files of 10 MB, its forms a little more.
const MAX_FORM: usize = 64 * 1024 * 1024;
/// The largest of any other: no page documents one of more than 1 or 2 MB.
const MAX_TEXT: usize = 2 * 1024 * 1024;
/// How many values one body may hold, many times what any documented list may. Each takes some hundred bytes in memory,
/// however few it has in the body.
const MAX_VALUES: usize = 20_000;

/// How large a body may be, by the Content-Type that it is declared with.
#[must_use]
pub fn most(declared: Option<&str>) -> usize {
    if kind(declared.unwrap_or_default()) == MULTIPART { MAX_FORM } else { MAX_TEXT }
}

const MULTIPART: &str = "multipart/form-data";

fn kind(declared: &str) -> String {
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A body, and the file in it.
pub fn read(request: &Request) -> Result<(Content, Option<File>), Refusal> {
    let declared = request.get("content-type").unwrap_or_default();
    let kind = kind(declared);
    if request.body.is_empty() {
        return Ok((Content::Empty, None));
    }
    if request.body.len() > most(Some(declared)) || (kind != MULTIPART && values(&request.body) > MAX_VALUES) {
        return Err(too_large());
    }
    match kind.as_str() {
        MULTIPART => multipart(declared, &request.body),
        // curl names JSON a form where it is not told otherwise, and documented examples do not tell it.
        "application/x-www-form-urlencoded" => match serde_json::from_slice(&request.body) {
            Ok(json @ (Value::Object(_) | Value::Array(_))) => Ok((Content::Json(json), None)),
            _ => Ok((form(&request.body), None)),
        },
        // The official Java SDK sends JSON without a Content-Type, so the real service must take it.
        "" | "application/json" | "text/plain" | "application/octet-stream" => json(&request.body).map(|c| (c, None)),
        other if other.ends_with("+json") || other.ends_with("/json") => json(&request.body).map(|c| (c, None)),
        _ => Err(unsupported()),
    }
}

/// A body that is larger than any the platform takes.
#[must_use]
pub fn too_large() -> Refusal {
    Refusal::new(413, "Request Entity Too Large", "Request Entity Too Large")
}

/// How many values a text seems to hold, as JSON or as a form: at least as many as it does.
fn values(body: &[u8]) -> usize {
    let (mut quoted, mut escaped, mut values) = (false, false, 1);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' | b'&' if !quoted => values += 1,
            _ => {}
        }
    }
    values
}

/// A body of a kind that is not taken.
pub(crate) fn unsupported() -> Refusal {
    Refusal::new(415, "web_application", "Unsupported Media Type")
}

fn json(body: &[u8]) -> Result<Content, Refusal> {
    // Editors and .NET write a byte order mark in front.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).map(Content::Json).map_err(|e| Refusal::new(400, "json_parse", parser_words(body, &e)))
}

/// What is wrong with JSON, as the platform's parser words it: which character, where.
fn parser_words(body: &[u8], error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let text = String::from_utf8_lossy(body);
    let at = text.lines().nth(line.saturating_sub(1)).and_then(|l| l.chars().nth(column.saturating_sub(1)));
    let what = match at.filter(|_| !error.is_eof()) {
        Some(c) => format!("Unexpected character ('{c}' (code {}))", u32::from(c)),
        None => "Unexpected end-of-input".to_owned(),
    };
    let why = error.to_string();
    let why = why.split(" at line").next().unwrap_or_default();
    format!("{what}: {why}\n at [Source: java.io.BufferedInputStream; line: {line}, column: {column}]")
}

fn form(body: &[u8]) -> Content {
    Content::Form(escape::pairs(&String::from_utf8_lossy(body)))
}

/// Takes a multipart body apart: text parts, and the first part with a file name or the name of files.
fn multipart(content_type: &str, body: &[u8]) -> Result<(Content, Option<File>), Refusal> {
    let wrong = || Refusal::illegal_argument("the multipart body cannot be read");
    let boundary = parameter(content_type, "boundary").ok_or_else(wrong)?;
    let delimiter = format!("--{boundary}").into_bytes();
    let (mut parts, mut file) = (Vec::new(), None);
    let mut rest = find(body, &delimiter).and_then(|at| body.get(at + delimiter.len()..)).ok_or_else(wrong)?;
    while !rest.starts_with(b"--") {
        if parts.len() > MAX_PARTS {
            return Err(too_large());
        }
        let end = find(rest, &delimiter).ok_or_else(wrong)?;
        let part = rest.get(..end).ok_or_else(wrong)?;
        let part = part.strip_prefix(b"\r\n").unwrap_or(part);
        let part = part.strip_suffix(b"\r\n").unwrap_or(part);
        let split = find(part, b"\r\n\r\n").ok_or_else(wrong)?;
        let (head, bytes) = part.split_at(split);
        let bytes = bytes.get(4..).unwrap_or_default();
        let head = String::from_utf8_lossy(head);
        let header = |name: &str| {
            head.lines()
                .filter_map(|l| l.split_once(':'))
                .find(|(k, _)| k.trim().eq_ignore_ascii_case(name))
                .map(|(_, v)| v.trim().to_owned())
        };
        let disposition = header("content-disposition").ok_or_else(wrong)?;
        let name = parameter(&disposition, "name").unwrap_or_default();
        // The second is the plain name for those who cannot read the first. PHP sends files without either.
        let filename = parameter(&disposition, "filename*").and_then(|name| extended(&name));
        let filename = filename.or_else(|| parameter(&disposition, "filename"));
        match filename.or_else(|| (name == "file").then(String::new)) {
            Some(filename) if file.is_none() => {
                // What no header can hold, the download could not have either.
                let content_type = header("content-type").filter(|t| !t.contains(char::is_control));
                file = Some(File { name: filename, content_type, bytes: bytes.to_vec() });
            }
            Some(_) => {}
            None => parts.push((name, String::from_utf8_lossy(bytes).into_owned())),
        }
        rest = rest.get(end + delimiter.len()..).ok_or_else(wrong)?;
    }
    Ok((Content::Multipart(parts), file))
}

/// The most text parts of a form: no operation has more than a few.
const MAX_PARTS: usize = 1_000;

/// A parameter of a header value: `boundary=x` or `name="x"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    // File names may hold the signs that part parameters and end them, the latter behind a backslash.
    let (mut quoted, mut escaped) = (false, false);
    let ends = |c: char| {
        let plain = !escaped;
        escaped = plain && quoted && c == '\\';
        quoted ^= plain && c == '"';
        c == ';' && !quoted
    };
    header.split(ends).skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        let value = value.trim();
        let text = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
        key.trim().eq_ignore_ascii_case(name).then(|| text.map_or_else(|| value.to_owned(), unquoted))
    })
}

/// What stands between quotes, the backslashes taken off that quotes and backslashes need; other ones are of paths.
fn unquoted(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(c) = rest.next() {
        let next = rest.next_if(|next| c == '\\' && matches!(next, '"' | '\\'));
        out.push(next.unwrap_or(c));
    }
    out
}

/// A value that names its character set: `utf-8''na%C3%AFve.txt`.
fn extended(value: &str) -> Option<String> {
    let (set, rest) = value.split_once('\'')?;
    let text = rest.split_once('\'')?.1;
    set.eq_ignore_ascii_case("utf-8").then(|| escape::unescape(text))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}
