//! An operation that the sandbox does not play is an error of the compiler, with a message that says what to do.

#[test]
fn an_operation_without_a_handler_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_errors/*.rs");
}
