//! Answers of the shell itself, and the headers that let pages read any answer.

use agora_chat_sandbox::http::CORS;
use axum::{
    body::Body,
    http::{HeaderValue, header, response::Builder},
    response::Response,
};

/// Why no answer could be given, in the form of the platform's errors.
pub(crate) fn failure(status: u16, error: &str, description: &str) -> Response {
    let body = serde_json::json!({ "error": error, "error_description": description });
    let response = Builder::new().status(status).header(header::CONTENT_TYPE, "application/json");
    with_cors(response.body(Body::from(body.to_string())).unwrap_or_default())
}

/// Lets pages of any origin read an answer.
pub(crate) fn with_cors(mut response: Response) -> Response {
    for (name, value) in CORS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
