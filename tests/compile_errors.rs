//! What a declaration must not leave out is an error of the compiler, with a message that says what to do.
#![cfg(not(target_arch = "wasm32"))]

#[test]
fn incomplete_declarations_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_errors/*.rs");
}
