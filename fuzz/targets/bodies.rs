//! Bodies of every kind, read as an operation's: a `Content-Type`, a line break, the body.
#![no_main]

use agora_chat_admin::{Dialect, codec::decode::Incoming};
use agora_chat_fuzz::operation;
use agora_chat_sandbox::{Request, content, route::Routes};
use std::sync::LazyLock;

static ROUTES: LazyLock<Routes> = LazyLock::new(Routes::default);

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((_, operation, rest)) = operation(input) else { return };
    let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    let (kind, body) = rest.split_at(end);
    let kind = String::from_utf8_lossy(kind);
    let request = Request { body: body.get(1..).unwrap_or_default().to_vec(), ..Request::default() };
    let Ok((content, file)) = content::read(&request.header("content-type", &kind)) else { return };
    assert!(file.is_none_or(|f| f.bytes.len() <= input.len()));
    let target: Vec<&str> = operation.path.split('/').map(|s| if s.starts_with('{') { "amy" } else { s }).collect();
    let incoming = Incoming::new(operation.method, &target.join("/"), Vec::new(), content);
    for dialect in [Dialect::Agora, Dialect::Easemob] {
        let _ = ROUTES.find(&incoming, dialect);
    }
});
