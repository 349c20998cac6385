//! Push notifications.
//!
//! No document shows the body of a push error: most tables name a server class where a code should stand. The code is the
//! one that another page gives for the same class, else the class.

use crate::{Refusal, World};
use agora_chat_admin::{Dialect, shape::Problem};

mod bindings;
mod labels;
mod send;
mod settings;
mod templates;

pub(super) const MISFITS: super::Misfits = &[
    ("push.bindings", &["set"], misfit),
    ("push.labels", &["create", "addUsers", "removeUsers"], misfit),
    (
        "push.settings",
        &["setNickname", "setDisplayStyle", "setDoNotDisturb", "set", "get", "setLanguage", "setTemplate"],
        misfit,
    ),
    ("push.settings", &["setNicknames"], |_, _| settings::no_nicknames()),
    ("push.templates", &["create", "update"], misfit),
    ("push.send", &["toUsers", "toLabels", "toAll", "toUserSync", "toUserAsync"], send::misfit),
];

/// A parameter whose value is not legal.
fn illegal(name: &str) -> Refusal {
    Refusal::illegal_argument(format!("parameters is invalid : {name}"))
}

/// A parameter that does not fit, in the same words.
fn misfit(_: &World, problem: &Problem) -> Refusal {
    illegal(&problem.field)
}

/// A count or another limit was hit.
fn limit() -> Refusal {
    Refusal::new(403, "LimitException", "limit request").exception("LimitException")
}

impl World {
    /// The user ID in lower case, or the refusal of the push settings.
    fn push_user(&self, username: &str) -> Result<String, Refusal> {
        self.user_id(username).map_err(|refusal| match self.app.dialect {
            Dialect::Agora => refusal,
            Dialect::Easemob => {
                let text = "Entity user requires a property named username";
                Refusal::new(400, "required_property_not_found", text).exception("RequiredPropertyNotFoundException")
            }
        })
    }
}
