//! A stateful local stand-in for the platform: what back ends call in tests, demos and offline work.
//!
//! [`Sandbox::answer`] is a function from a request to a response and does no I/O; the binary puts HTTP around it. The
//! operations, their routes and their parameters come from the client's own table; what they do is written in
//! [`handlers`], one [`Handle`] per operation, and the compiler asks for each by name.

pub mod app;
pub mod auth;
pub mod clock;
pub mod content;
pub mod control;
#[cfg(not(target_arch = "wasm32"))]
mod data_file;
pub mod envelope;
pub mod fault;
pub mod handlers;
pub mod http;
mod identifiers;
pub mod ids;
#[cfg(not(target_arch = "wasm32"))]
pub mod in_process;
pub mod journal;
pub mod limits;
pub mod page;
pub mod parts;
pub mod refusal;
pub mod route;
mod rows;
pub mod sandbox;
pub mod state;
pub mod table;
mod thumbnail;
#[cfg(all(target_arch = "wasm32", feature = "wasm"))]
pub mod wasm;
pub mod world;

pub use handlers::{Call, Handle};
pub use http::{Request, Response};
#[cfg(not(target_arch = "wasm32"))]
pub use in_process::InProcess;
pub use refusal::Refusal;
pub use sandbox::{Options, Sandbox};
pub use world::World;
