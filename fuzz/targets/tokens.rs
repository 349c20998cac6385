//! Tokens: as text, as the bytes inside, and as what a request carries.
#![no_main]

use agora_chat_admin::token;
use agora_chat_fuzz::{NOW, check, sandbox};
use agora_chat_sandbox::{Request, Sandbox, app::App};
use std::cell::RefCell;

thread_local! {
    static SANDBOX: RefCell<Sandbox> = RefCell::new(sandbox());
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    for token in [token::decode(&text), token::read(input)].into_iter().flatten() {
        let _ = (token.expires(), token.is_app(), format!("{token:?}"));
        let _ = token.verify(&App::default().app_certificate, NOW / 1000);
    }
    SANDBOX.with_borrow_mut(|sandbox| {
        for header in [text.to_string(), format!("Bearer {text}")] {
            let request = Request::new("GET", "/demo/agora/users/amy").header("authorization", &header);
            check(&request, &sandbox.answer(&request));
        }
        sandbox.forget_changes();
    });
});
