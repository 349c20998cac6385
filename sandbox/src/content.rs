//! Reads request bodies: JSON with or without its header, forms, multipart.

use crate::{Refusal, Request};
use agora_chat_admin::{
    codec::{decode::Content, escape},
    shape::File,
};
use serde_json::Value;

/// A body, and the file in it.
pub fn read(request: &Request) -> Result<(Content, Option<File>), Refusal> {
    let declared = request.get("content-type").unwrap_or_default();
    let kind = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if request.body.is_empty() {
        return Ok((Content::Empty, None));
    }
    match kind.as_str() {
        "multipart/form-data" => multipart(declared, &request.body),
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

/// A body of a kind that is not taken.
pub(crate) fn unsupported() -> Refusal {
    Refusal::new(415, "web_application", "Unsupported Media Type")
}

fn json(body: &[u8]) -> Result<Content, Refusal> {
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

/// Takes a multipart body apart: text parts, and the first part with a file name.
fn multipart(content_type: &str, body: &[u8]) -> Result<(Content, Option<File>), Refusal> {
    let wrong = || Refusal::illegal_argument("the multipart body cannot be read");
    let boundary = parameter(content_type, "boundary").ok_or_else(wrong)?;
    let delimiter = format!("--{boundary}").into_bytes();
    let (mut parts, mut file) = (Vec::new(), None);
    let mut rest = find(body, &delimiter).and_then(|at| body.get(at + delimiter.len()..)).ok_or_else(wrong)?;
    while !rest.starts_with(b"--") {
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
        match parameter(&disposition, "filename") {
            Some(filename) if file.is_none() => {
                file = Some(File { name: filename, content_type: header("content-type"), bytes: bytes.to_vec() });
            }
            Some(_) => {}
            None => parts.push((name, String::from_utf8_lossy(bytes).into_owned())),
        }
        rest = rest.get(end + delimiter.len()..).ok_or_else(wrong)?;
    }
    Ok((Content::Multipart(parts), file))
}

/// A parameter of a header value: `boundary=x` or `name="x"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    // File names may hold the sign that parts parameters.
    let mut quoted = false;
    let ends = |c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    };
    header.split(ends).skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}
