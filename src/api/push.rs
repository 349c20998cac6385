//! Push notifications: what devices show, to whom, and when.

pub mod bindings;
pub mod labels;
pub mod message;
pub mod send;
pub mod settings;
pub mod templates;
