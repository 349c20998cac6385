//! The rows of the world's tables: what the platform remembers, one file per resource.

pub mod users;
