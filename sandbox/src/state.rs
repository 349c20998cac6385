//! The rows of the world's tables: what the platform remembers, one file per resource.

pub mod blob;
pub mod contacts;
pub mod files;
pub mod groups;
pub mod messages;
pub mod presence;
pub mod push;
pub mod reactions;
pub mod rooms;
pub mod threads;
pub mod users;
