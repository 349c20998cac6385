//! The two vendors of the one platform.

/// Which vendor's documentation an app follows, where the two differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Agora Chat, and Shengwang in China.
    #[default]
    Agora,
    /// Easemob IM.
    Easemob,
}

impl Dialect {
    /// The name as configuration spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agora => "agora",
            Self::Easemob => "easemob",
        }
    }
}
