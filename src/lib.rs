//! A typed admin client for the server-side REST API of Agora Chat (also Shengwang) and Easemob IM.
//!
//! Every operation of the platform is an ordinary struct under [`api`]; [`Client::send`] sends it and returns its
//! typed result. The same table of operations drives the npm package, the sandbox, the reference and the admin page.

extern crate self as agora_chat_admin;

pub mod api;
pub mod auth;
pub mod client;
pub mod codec;
pub mod dialect;
pub mod error;
pub mod host;
pub mod operation;
pub mod retry;
pub mod shape;
pub mod token;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod wasm;

pub use agora_chat_admin_macros::{endpoint, model};
pub use auth::Auth;
pub use client::{App, Client, Config};
pub use dialect::Dialect;
pub use error::{Error, Kind};

/// The README's Rust example, which must compile; it is of a program, not of wasm.
#[cfg(all(doctest, not(target_arch = "wasm32")))]
#[doc = include_str!("../README.md")]
struct Readme;
