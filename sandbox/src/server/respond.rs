//! Answers of the shell itself, and the headers that let a page read any answer.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header, response::Builder},
    response::Response,
};

/// What a page may do beside reading; from the web into the local network too.
const CORS: [(&str, &str); 6] = [
    ("access-control-allow-headers", "*, authorization"),
    ("access-control-allow-methods", "GET, POST, PUT, DELETE, OPTIONS"),
    ("access-control-allow-private-network", "true"),
    ("access-control-expose-headers", "*"),
    ("access-control-max-age", "86400"),
    ("vary", "origin"),
];

/// Why no answer could be given, in the form of the platform's errors.
pub(crate) fn failure(status: u16, error: &str, description: &str) -> Response {
    let body = serde_json::json!({ "error": error, "error_description": description });
    let response = Builder::new().status(status).header(header::CONTENT_TYPE, "application/json");
    response.body(Body::from(body.to_string())).unwrap_or_default()
}

/// An answer that says nothing but its status.
pub(crate) fn empty(status: u16) -> Response {
    Builder::new().status(status).body(Body::empty()).unwrap_or_default()
}

/// Lets that page read an answer.
pub(crate) fn let_read(headers: &mut HeaderMap, page: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
    for (name, value) in CORS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
