//! An app of the sandbox: its names, its credentials, its habits.

use crate::ids::Ids;
use agora_chat_admin::Dialect;
use serde::{Deserialize, Serialize};

/// An app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct App {
    /// The organisation.
    pub org: String,
    /// The name.
    pub name: String,
    /// The UUID that the platform gave it.
    pub uuid: String,
    /// Whose documentation it follows.
    pub dialect: Dialect,
    /// Agora's App ID.
    pub app_id: String,
    /// Agora's App Certificate.
    pub app_certificate: String,
    /// Easemob's client ID.
    pub client_id: String,
    /// Easemob's client secret.
    pub client_secret: String,
    /// Whether users may register without a token.
    pub open_registration: bool,
}

impl Default for App {
    fn default() -> Self {
        Self {
            org: "demo".into(),
            name: "chat".into(),
            uuid: "8be024f0-e978-41e8-b697-5d598d5f8402".into(),
            dialect: Dialect::Agora,
            app_id: "970ca35de60c44645bbae8a215061b33".into(),
            app_certificate: "5cfd2fd1755d40ecb72977518be15d3b".into(),
            client_id: "sandbox-client-id".into(),
            client_secret: "sandbox-client-secret".into(),
            open_registration: false,
        }
    }
}

impl App {
    /// The app key: `org#app`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}#{}", self.org, self.name)
    }

    /// The app, with credentials of its own in place of those that another has: a token of one app opens no other.
    pub(crate) fn apart_from<'a>(self, others: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let own = |what: &str| Ids::seed(&format!("{} {what}", self.key()));
        let taken = |same: fn(&Self, &Self) -> bool| others.clone().any(|other| same(other, &self));
        let uuid = taken(|a, b| a.uuid == b.uuid).then(|| Ids::uuid(own("uuid")));
        let agora = taken(|a, b| a.app_id.eq_ignore_ascii_case(&b.app_id))
            .then(|| (Ids::hex32(own("App ID")), Ids::hex32(own("App Certificate"))));
        let easemob = taken(|a, b| a.client_id == b.client_id).then(|| {
            (format!("YXA6{}", Ids::hex32(own("client ID"))), format!("YXA6{}", Ids::hex32(own("client secret"))))
        });
        let (app_id, app_certificate) = agora.unwrap_or((self.app_id, self.app_certificate));
        let (client_id, client_secret) = easemob.unwrap_or((self.client_id, self.client_secret));
        let uuid = uuid.unwrap_or(self.uuid);
        Self { uuid, app_id, app_certificate, client_id, client_secret, ..self }
    }
}
