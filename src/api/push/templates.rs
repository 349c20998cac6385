//! Push templates: the title and content of notifications, with gaps that a message fills.

use crate::{endpoint, group, model};

group! {
    "push.templates", "https://docs.agora.io/en/agora-chat/restful-api/offline-push/offline-push-configuration":
    Create, Get, Update, Delete
}

/// Creates a template.
///
/// A message uses it by its name in `ext.em_push_template`, together with `title_args` and `content_args`. The one
/// named `default` serves every message that names none. The app must have the advanced push features.
#[endpoint(POST "/notification/template", data = PushTemplate, limit = "100/s", easemob_limit = "10/s")]
pub struct Create {
    /// The name: letters and digits.
    #[limits(max = 64)]
    pub name: String,
    /// The title: plain text, `{0}`, `{1}` … for the message's `title_args`, or `{$dynamicFrom}`, `{$fromNickname}`,
    /// `{$msg}`.
    pub title_pattern: String,
    /// The content, written like the title; its gaps are for the message's `content_args`.
    pub content_pattern: String,
}

/// Fetches a template.
#[endpoint(GET "/notification/template/{name}", data = PushTemplate, limit = "100/s", easemob_limit = "10/s")]
pub struct Get {
    /// The name.
    pub name: String,
}

/// Changes a template.
///
/// The documentation names this call but not its parameters; these are those of [`Create`].
#[endpoint(
    PUT "/notification/template/{name}", data = PushTemplate, only = easemob,
    docs = "https://doc.easemob.com/document/server-side/push.html"
)]
pub struct Update {
    /// The name.
    pub name: String,
    /// The new title.
    pub title_pattern: Option<String>,
    /// The new content.
    pub content_pattern: Option<String>,
}

/// Deletes a template and returns it.
#[endpoint(DELETE "/notification/template/{name}", data = PushTemplate, limit = "100/s", easemob_limit = "10/s")]
pub struct Delete {
    /// The name.
    pub name: String,
}

/// A push template.
#[model]
pub struct PushTemplate {
    /// Its name.
    pub name: String,
    /// When it was created, in Unix milliseconds.
    #[wire("createAt")]
    pub create_at: u64,
    /// When it was last changed, in Unix milliseconds.
    #[wire("updateAt")]
    pub update_at: u64,
    /// Its title.
    pub title_pattern: String,
    /// Its content.
    pub content_pattern: String,
}
