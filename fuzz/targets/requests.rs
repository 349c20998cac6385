//! Whole requests, several to one sandbox.
#![no_main]

use agora_chat_fuzz::{check, requests, restore, sandbox};
use agora_chat_sandbox::Sandbox;
use std::cell::RefCell;

thread_local! {
    static SANDBOX: RefCell<Sandbox> = RefCell::new(sandbox());
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    SANDBOX.with_borrow_mut(|sandbox| {
        let mut moved = false;
        for request in requests(input) {
            // What these keep, or take back, is what the next input starts from.
            if request.target.contains("snapshots") {
                continue;
            }
            moved |= request.target.starts_with("/__sandbox");
            let response = sandbox.answer(&request);
            check(&request, &response);
        }
        // Going back takes longer than most requests, few of which change anything.
        if moved || !sandbox.changes().is_empty() {
            restore(sandbox);
        }
    });
});
