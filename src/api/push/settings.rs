//! What a user's push notifications show, and when there are none.

use crate::{
    api::users::User,
    endpoint, group, model,
    shape::{Scalar, Secret},
};

group! {
    "push.settings", "https://docs.agora.io/en/agora-chat/restful-api/offline-push/offline-push-configuration":
    SetNickname, SetNicknames, SetDisplayStyle, SetDoNotDisturb, Set, Get, SetLanguage, GetLanguage, SetTemplate,
    GetTemplate
}

/// Sets the name that others see when a message of this user is pushed to them.
///
/// It is not the nickname of the user's attributes; keep both equal. Without it the user ID is shown.
#[endpoint(PUT "/users/{username}", entity = User, limit = "100/s", pool = "push.settings", users("username"))]
pub struct SetNickname {
    /// The user ID.
    pub username: String,
    /// The name: letters, digits, Chinese and special characters.
    #[limits(max = 100)]
    pub nickname: String,
}

/// Sets the push nicknames of up to 50 users in one call.
#[endpoint(
    PUT "/push/nickname", entities = Vec<PushNickname>, limit = "100/s", batch(nicknames, 50), only = easemob,
    docs = "https://doc.easemob.com/document/server-side/push.html"
)]
pub struct SetNicknames {
    /// The users with their new names.
    #[whole]
    #[limits(min = 1, max = 50)]
    pub nicknames: Vec<PushNickname>,
}

/// Sets whether a user's push notifications show the message or only that there is one. Takes effect at once.
#[endpoint(PUT "/users/{username}", entity = User, limit = "100/s", pool = "push.settings", users("username"))]
pub struct SetDisplayStyle {
    /// The user ID.
    pub username: String,
    /// 0, the default, shows a fixed title and text; 1 shows the sender's nickname and the message. Text and number
    /// both do.
    pub notification_display_style: Scalar,
}

/// Turns a user's daily quiet hours on or off. Older than [`Set`], which replaces it.
///
/// It takes effect at once and every day. Equal hours mean the whole day; an end before the start is on the next day.
#[endpoint(PUT "/users/{username}", entity = User, limit = "100/s", users("username"))]
pub struct SetDoNotDisturb {
    /// The user ID.
    pub username: String,
    /// Whether there are quiet hours.
    pub notification_no_disturbing: Option<bool>,
    /// The hour at which they begin, `0` to `23`, as text. An older Agora page counts in UTC.
    pub notification_no_disturbing_start: Option<String>,
    /// The hour at which they end, `0` to `23`, as text.
    pub notification_no_disturbing_end: Option<String>,
}

/// Sets what is pushed to a user, and when nothing is: in the whole app or in one conversation.
///
/// Quiet times win over `type`, and both kinds of quiet time may be set together. A conversation that has a `type` of
/// its own does not follow the app's. The app must have the advanced push features.
#[endpoint(
    PUT "/users/{username}/notification/{chattype}/{key}", data = PushSettings, limit = "100/s", users("username")
)]
pub struct Set {
    /// The user ID.
    pub username: String,
    /// The kind of conversation; `user` for the whole app too.
    pub chattype: PushConversation,
    /// The other user, the group, or the user's own ID for the whole app.
    pub key: String,
    /// What is pushed.
    #[wire("type")]
    pub kind: Option<PushMode>,
    /// The daily quiet time, `HH:MM-HH:MM`; an empty text for none. Only for the whole app; a new one replaces the
    /// old.
    ///
    /// Equal times mean the whole day; an end before the start is on the next day.
    #[wire("ignoreInterval")]
    pub ignore_interval: Option<String>,
    /// For how long nothing is pushed from now on, in milliseconds; at most 7 days, 0 for none.
    #[wire("ignoreDuration")]
    #[limits(min = 0, max = 604800000)]
    pub ignore_duration: Option<u64>,
}

/// Tells what is pushed to a user, and when nothing is: in the whole app or in one conversation.
#[endpoint(
    GET "/users/{username}/notification/{chattype}/{key}", data = PushSettings, limit = "100/s", users("username")
)]
pub struct Get {
    /// The user ID.
    pub username: String,
    /// The kind of conversation; `user` for the whole app too.
    pub chattype: PushConversation,
    /// The other user, the group, or the user's own ID for the whole app.
    pub key: String,
}

/// Sets the language into which a user's push notifications are translated.
#[endpoint(PUT "/users/{username}/notification/language", data = PushLanguage, limit = "100/s", users("username"))]
pub struct SetLanguage {
    /// The user ID.
    pub username: String,
    /// The language code; an empty text for no translation.
    #[wire("translationLanguage")]
    pub translation_language: String,
}

/// Tells the language into which a user's push notifications are translated.
#[endpoint(GET "/users/{username}/notification/language", data = PushLanguage, limit = "100/s", users("username"))]
pub struct GetLanguage {
    /// The user ID.
    pub username: String,
}

/// Sets the template for pushes to a user.
///
/// It comes before the default template and before the title and content that a message brings, but a template that
/// the message names comes before it.
#[endpoint(
    PUT "/users/{username}/notification/template", data = PushTemplateChoice, limit = "100/s",
    docs = "https://doc.easemob.com/document/server-side/push.html", users("username")
)]
pub struct SetTemplate {
    /// The user ID.
    pub username: String,
    /// That user's own token, as `Bearer …`. Easemob asks for it here; without it the app's token is sent.
    #[header("authorization")]
    pub authorization: Option<Secret>,
    /// The name of the template.
    #[wire("templateName")]
    #[limits(max = 64)]
    pub template_name: String,
}

/// Tells the template that a user has chosen for pushes.
#[endpoint(
    GET "/users/{username}/notification/template", data = PushTemplateChoice, only = easemob,
    docs = "https://doc.easemob.com/document/server-side/push.html", users("username")
)]
pub struct GetTemplate {
    /// The user ID.
    pub username: String,
}

/// A user's push nickname.
#[model]
pub struct PushNickname {
    /// The user ID.
    pub username: String,
    /// The name that others see when a message of this user is pushed to them.
    #[limits(max = 100)]
    pub push_nickname: String,
}

/// The kind of a conversation.
#[model]
pub enum PushConversation {
    /// One-to-one, or the whole app.
    #[wire("user")]
    User,
    /// A group.
    #[wire("chatgroup")]
    Chatgroup,
}

/// What is pushed.
#[model(open)]
pub enum PushMode {
    /// As the app's setting says; for conversations only.
    #[wire("DEFAULT")]
    Default,
    /// Every message.
    #[wire("ALL")]
    All,
    /// Messages that mention the user.
    #[wire("AT")]
    At,
    /// No message.
    #[wire("NONE")]
    None,
}

/// What is pushed to a user, and when nothing is.
#[model]
pub struct PushSettings {
    /// What is pushed.
    #[wire("type")]
    pub kind: Option<PushMode>,
    /// The daily quiet time, `HH:MM-HH:MM`.
    #[wire("ignoreInterval")]
    pub ignore_interval: Option<String>,
    /// When the one-time quiet time ends, in Unix milliseconds: a point in time, not the duration that was sent.
    #[wire("ignoreDuration")]
    pub ignore_duration: Option<u64>,
}

/// The language of a user's push notifications.
#[model]
pub struct PushLanguage {
    /// The language code.
    pub language: String,
}

/// The template that a user has chosen.
#[model]
pub struct PushTemplateChoice {
    /// Its name.
    #[wire("templateName")]
    pub template_name: String,
}
