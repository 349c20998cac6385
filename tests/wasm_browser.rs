//! The tests of `wasm.rs` in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod wasm_suite;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
