//! The sandbox as a program: HTTP, the command line, the data file.

use clap::Parser;

mod server;

fn main() -> std::process::ExitCode {
    let options = server::options::Options::parse();
    match server::run(options) {
        Ok(code) => code,
        Err(message) => {
            server::log::tell(&format!("agora-chat-sandbox: {message}"));
            std::process::ExitCode::FAILURE
        }
    }
}
