//! An app of the sandbox: its names, its credentials, its habits.

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
}
