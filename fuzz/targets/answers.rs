//! Answers, as the client reads them: an operation's, or a refusal.
#![no_main]

use agora_chat_admin::{
    codec::exact,
    error::Error,
    operation::{Answer, Endpoint, Visit},
    shape::Bytes,
};
use agora_chat_fuzz::operation;
use serde_json::Value;
use std::sync::LazyLock;

/// Reads an operation's answer, its type erased: whether it could be read.
type Read = fn(Answer) -> bool;

/// One for each operation, in the order of the table.
#[derive(Default)]
struct Readers(Vec<Read>);

impl<E: Endpoint> Visit<E> for Readers {
    fn visit(&mut self) {
        self.0.push(|answer| E::read(answer).is_ok());
    }
}

static READERS: LazyLock<Readers> = LazyLock::new(|| {
    let mut readers = Readers::default();
    macro_rules! visit {
        ($($resource:ident)::+) => { agora_chat_admin::api::$($resource)::+::visit(&mut readers) };
    }
    agora_chat_admin::each_resource!(visit);
    assert_eq!(readers.0.len(), agora_chat_admin::api::operations().count());
    readers
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((index, operation, body)) = operation(input) else { return };
    let text = String::from_utf8_lossy(body).into_owned();
    let exact = exact::quote_big_integers(&text);
    let refused = Error::service(400 + u16::from(input[0]), text.clone());
    let _ = (refused.code(), format!("{refused} {refused:?}"));
    let Ok(whole) = serde_json::from_str::<Value>(&text) else { return };
    assert!(serde_json::from_str::<Value>(&exact).is_ok(), "{text} became {exact}");
    assert!(exact == text || exact::may_hold_big_integers(text.as_bytes()), "{text} became {exact} unforeseen");
    let mut answer = operation.returns.unwrap(operation.paging, whole);
    if operation.bytes {
        answer.bytes = Some(Bytes { bytes: body.to_vec(), content_type: None });
    }
    let _ = READERS.0[index](answer);
});
