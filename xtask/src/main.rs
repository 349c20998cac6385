//! The project's tasks. `cargo xtask` lists them.

mod bench;
mod browser;
mod build;
mod demo;
mod fuzz;
mod generate;
mod openapi;
mod page;
mod sandbox;
mod serve;
mod size;
mod test;
mod tools;
mod workspace;

use anyhow::{Context, Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  demo [--exit]       start the sandbox, run the example against it, serve the admin page
  test [NAME...]      run every test, or the stages whose names contain one of the words
  build               make the npm package in pkg/
  generate [--check]  write the generated files, or say whether they are up to date
  size                print the sizes of the wasm and of a bundle, and fail above size.toml
  bench [client|sandbox]  measure calls beside other clients, and the sandbox; fail above the budgets
  fuzz [seconds]      feed arbitrary bytes to what reads bytes, a minute each unless told otherwise
  openapi             make requests from the OpenAPI document, and check the sandbox's answers
  catalog --json      print the table of operations";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<()> {
    match args {
        ["demo"] => demo::run(true),
        ["demo", "--exit"] => demo::run(false),
        ["test", words @ ..] => test::run(words),
        ["build"] => build::run(),
        ["generate"] => generate::run(),
        ["generate", "--check"] => generate::check(),
        ["size"] => size::run(),
        ["bench"] => bench::client().and_then(|()| bench::sandbox()),
        ["bench", "client"] => bench::client(),
        ["bench", "sandbox"] => bench::sandbox(),
        ["fuzz"] => fuzz::run(fuzz::SECONDS),
        ["fuzz", seconds] => fuzz::run(seconds.parse().context("how many seconds?")?),
        ["openapi"] => openapi::run(),
        ["catalog"] | ["catalog", "--json"] => generate::print_catalog(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("there is no such task\n\n{USAGE}"),
    }
}
