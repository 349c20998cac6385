//! The client in wasm, on an injected `fetch`. Runs in Node; `wasm_browser.rs` runs the same in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod wasm_suite;
