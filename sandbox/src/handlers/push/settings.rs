//! What a user's pushes show, and when there are none.

use super::illegal;
use crate::{
    Call, Handle, Refusal, World,
    auth::{Caller, not_theirs},
    state::{push::PushSetting, users::User as Row},
    table::key,
};
use agora_chat_admin::{
    Dialect,
    api::{
        push::settings::{
            self, PushConversation, PushLanguage, PushMode, PushNickname, PushSettings, PushTemplateChoice,
        },
        users::User,
    },
    codec::decode::Content,
    shape::Scalar,
};
use serde_json::Value;

/// The longest nickname.
const MAX_NICKNAME: usize = 100;
/// How many users one call renames.
const MAX_USERS: usize = 50;
/// The longest one-time quiet time: 7 days, in milliseconds.
const MAX_QUIET: usize = 604_800_000;
/// The longest name of a template.
const MAX_TEMPLATE: usize = 64;

impl World {
    /// A user as fetched: Easemob prints the push settings with it.
    #[must_use]
    pub fn shown_user(&self, username: &str, row: &Row) -> User {
        let user = row.shown(username);
        if self.app.dialect == Dialect::Easemob { self.with_push_settings(user) } else { user }
    }

    /// The user with the push settings.
    fn with_push_settings(&self, mut user: User) -> User {
        if let Some(row) = self.push_users.get(&user.username) {
            let number = |n: u32| Scalar::from(u64::from(n));
            user.notification_display_style = row.display_style.map(number);
            user.notification_no_disturbing = row.no_disturbing;
            user.notification_no_disturbing_start = row.no_disturbing_start.map(number);
            user.notification_no_disturbing_end = row.no_disturbing_end.map(number);
        }
        if let Some(binding) = self.bindings(&user.username, None).into_iter().next() {
            user.notifier_name = Some(binding.notifier_name);
            user.device_token = Some(binding.device_token).filter(|_| self.app.dialect == Dialect::Easemob);
        }
        user
    }

    /// Makes a change, all of it or nothing; answers the user.
    fn change_user(&mut self, username: &str, change: Change) -> Result<User, Refusal> {
        let name = self.push_user(username)?;
        if change.nickname.as_ref().is_some_and(|n| self.exceeds(n.chars().count(), MAX_NICKNAME)) {
            return Err(illegal("nickname"));
        }
        let style = match change.style.as_deref() {
            None => None,
            Some("0") => Some(0),
            Some("1") => Some(1),
            Some(_) => return Err(illegal("notification_display_style")),
        };
        let at = |text: Option<String>, name: &str| text.map(|t| hour(&t, name)).transpose();
        let start = at(change.start, "notification_no_disturbing_start")?;
        let end = at(change.end, "notification_no_disturbing_end")?;
        if style.is_some() || change.quiet.is_some() || start.is_some() || end.is_some() {
            let row = self.push_users.entry(&name);
            row.display_style = style.or(row.display_style);
            row.no_disturbing = change.quiet.or(row.no_disturbing);
            row.no_disturbing_start = start.or(row.no_disturbing_start);
            row.no_disturbing_end = end.or(row.no_disturbing_end);
        }
        let now = self.now();
        let row = self.users.get_mut(&name).ok_or_else(Refusal::no_user)?;
        row.nickname = change.nickname.map(Into::into).or(row.nickname.take());
        row.modified = now;
        let user = row.shown(&name);
        Ok(self.with_push_settings(user))
    }

    fn setting_key(username: &str, chattype: PushConversation, conversation: &str) -> String {
        match chattype {
            PushConversation::User => key(&[username, "user", &conversation.to_lowercase()]),
            PushConversation::Chatgroup => key(&[username, "chatgroup", conversation]),
        }
    }

    fn setting(&self, row: &PushSetting, whole_app: bool) -> PushSettings {
        let default = if whole_app { PushMode::All } else { PushMode::Default };
        PushSettings {
            kind: Some(row.mode.as_deref().map_or(default, mode)),
            ignore_interval: Some(row.ignore_interval.clone()),
            ignore_duration: Some(if row.ignore_until > self.now() { row.ignore_until } else { 0 }),
        }
    }
}

/// What a `PUT /users/{username}` changes. Three operations share it, and a body may hold members of each.
struct Change {
    nickname: Option<String>,
    style: Option<String>,
    quiet: Option<bool>,
    start: Option<String>,
    end: Option<String>,
}

impl Change {
    /// What the body says, numbers and texts alike.
    fn read(call: &Call) -> Self {
        let text = |name: &str| match &call.body {
            // Clients that know no hours of quiet send an empty text.
            Content::Json(body) => body.get(name).filter(|v| !v.is_null() && **v != "").map(|v| match v {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            }),
            _ => None,
        };
        Self {
            nickname: text("nickname"),
            style: text("notification_display_style"),
            quiet: text("notification_no_disturbing").map(|word| matches!(word.as_str(), "true" | "1")),
            start: text("notification_no_disturbing_start"),
            end: text("notification_no_disturbing_end"),
        }
    }
}

/// A list of nicknames that is empty or none.
pub(super) fn no_nicknames() -> Refusal {
    Refusal::illegal_argument("put user push nicknames illegal empty request body")
}

/// Whether a setting is for the whole app: it names the user's own ID.
fn for_app(username: &str, chattype: PushConversation, conversation: &str) -> bool {
    chattype == PushConversation::User && conversation.eq_ignore_ascii_case(username)
}

fn mode(word: &str) -> PushMode {
    match word {
        "ALL" => PushMode::All,
        "AT" => PushMode::At,
        "NONE" => PushMode::None,
        _ => PushMode::Default,
    }
}

/// An hour of the day, in a text.
fn hour(text: &str, name: &str) -> Result<u32, Refusal> {
    text.trim().parse().ok().filter(|h| *h < 24).ok_or_else(|| illegal(name))
}

/// Whether a text is `HH:MM-HH:MM`.
fn is_interval(text: &str) -> bool {
    let below = |digits: &str, end: u32| {
        digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse().is_ok_and(|n: u32| n < end)
    };
    let time = |t: &str| t.split_once(':').is_some_and(|(h, m)| below(h, 24) && below(m, 60));
    text.split_once('-').is_some_and(|(start, end)| time(start) && time(end))
}

impl Handle<settings::SetNickname> for World {
    fn handle(&mut self, r: settings::SetNickname, call: &mut Call) -> Result<User, Refusal> {
        self.change_user(&r.username, Change { nickname: Some(r.nickname), ..Change::read(call) })
    }
}

impl Handle<settings::SetNicknames> for World {
    fn handle(&mut self, r: settings::SetNicknames, _: &mut Call) -> Result<Vec<PushNickname>, Refusal> {
        if r.nicknames.is_empty() {
            return Err(no_nicknames());
        }
        if self.exceeds(r.nicknames.len(), MAX_USERS) {
            return Err(Refusal::illegal_argument("put user push nicknames exceeds the limit"));
        }
        if let Some(long) = r.nicknames.iter().find(|n| self.exceeds(n.push_nickname.chars().count(), MAX_NICKNAME)) {
            let text = format!("{} push nickname length exceeds the limit", long.push_nickname);
            return Err(Refusal::illegal_argument(text));
        }
        let names = r.nicknames.iter().map(|n| self.push_user(&n.username)).collect::<Result<Vec<_>, _>>()?;
        let now = self.now();
        for (name, nickname) in names.iter().zip(&r.nicknames) {
            if let Some(row) = self.users.get_mut(name) {
                row.nickname = Some(nickname.push_nickname.as_str().into());
                row.modified = now;
            }
        }
        Ok(r.nicknames)
    }
}

impl Handle<settings::SetDisplayStyle> for World {
    fn handle(&mut self, r: settings::SetDisplayStyle, call: &mut Call) -> Result<User, Refusal> {
        let style = Some(r.notification_display_style.to_string());
        self.change_user(&r.username, Change { style, ..Change::read(call) })
    }
}

impl Handle<settings::SetDoNotDisturb> for World {
    fn handle(&mut self, r: settings::SetDoNotDisturb, call: &mut Call) -> Result<User, Refusal> {
        self.change_user(&r.username, Change::read(call))
    }
}

impl Handle<settings::Set> for World {
    fn handle(&mut self, r: settings::Set, _: &mut Call) -> Result<PushSettings, Refusal> {
        let name = self.push_user(&r.username)?;
        let whole_app = for_app(&name, r.chattype, &r.key);
        if whole_app && r.kind == Some(PushMode::Default) {
            return Err(illegal("type"));
        }
        if r.ignore_interval.as_ref().is_some_and(|i| !i.is_empty() && !is_interval(i)) {
            return Err(illegal("ignoreInterval"));
        }
        if r.ignore_duration.is_some_and(|d| self.exceeds(usize::try_from(d).unwrap_or(usize::MAX), MAX_QUIET)) {
            return Err(illegal("ignoreDuration"));
        }
        let now = self.now();
        let key = Self::setting_key(&name, r.chattype, &r.key);
        let row = self.push_settings.entry(&key);
        if let Some(kind) = r.kind {
            row.mode = Some(kind.as_str().to_owned());
        }
        if let Some(interval) = r.ignore_interval {
            row.ignore_interval = interval;
        }
        if let Some(duration) = r.ignore_duration {
            row.ignore_until = if duration == 0 { 0 } else { now.saturating_add(duration) };
        }
        let row = row.clone();
        Ok(self.setting(&row, whole_app))
    }
}

impl Handle<settings::Get> for World {
    fn handle(&mut self, r: settings::Get, _: &mut Call) -> Result<PushSettings, Refusal> {
        let name = self.push_user(&r.username)?;
        let row = self.push_settings.get(&Self::setting_key(&name, r.chattype, &r.key)).cloned().unwrap_or_default();
        Ok(self.setting(&row, for_app(&name, r.chattype, &r.key)))
    }
}

impl Handle<settings::SetLanguage> for World {
    fn handle(&mut self, r: settings::SetLanguage, _: &mut Call) -> Result<PushLanguage, Refusal> {
        let name = self.push_user(&r.username)?;
        self.push_users.entry(&name).language.clone_from(&r.translation_language);
        Ok(PushLanguage { language: r.translation_language })
    }
}

impl Handle<settings::GetLanguage> for World {
    fn handle(&mut self, r: settings::GetLanguage, _: &mut Call) -> Result<PushLanguage, Refusal> {
        let name = self.push_user(&r.username)?;
        Ok(PushLanguage { language: self.push_users.get(&name).map(|u| u.language.clone()).unwrap_or_default() })
    }
}

impl Handle<settings::SetTemplate> for World {
    fn handle(&mut self, r: settings::SetTemplate, call: &mut Call) -> Result<PushTemplateChoice, Refusal> {
        let name = self.push_user(&r.username)?;
        // Easemob takes the user's own token alone; Agora's page took the app's too.
        if call.caller == Caller::App && call.dialect == Dialect::Easemob {
            return Err(not_theirs());
        }
        let legal = r.template_name.chars().all(|c| c.is_ascii_alphanumeric());
        if r.template_name.is_empty() || self.exceeds(r.template_name.len(), MAX_TEMPLATE) || !legal {
            return Err(illegal("templateName"));
        }
        self.push_users.entry(&name).template.clone_from(&r.template_name);
        Ok(PushTemplateChoice { template_name: r.template_name })
    }
}

impl Handle<settings::GetTemplate> for World {
    fn handle(&mut self, r: settings::GetTemplate, _: &mut Call) -> Result<PushTemplateChoice, Refusal> {
        let name = self.push_user(&r.username)?;
        let template_name = self.push_users.get(&name).map(|u| u.template.clone()).unwrap_or_default();
        Ok(PushTemplateChoice { template_name })
    }
}
