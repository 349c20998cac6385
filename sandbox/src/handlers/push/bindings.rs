//! Push bindings. A row's key is user, device, certificate; the row is the device's token.

use super::illegal;
use crate::{
    Call, Handle, Refusal, World,
    table::{SEPARATOR, key},
};
use agora_chat_admin::api::push::bindings::{self, PushBinding};

impl World {
    /// What a user's devices, or one of them, are bound to.
    pub(super) fn bindings(&self, username: &str, device: Option<&str>) -> Vec<PushBinding> {
        let parts: Vec<&str> = std::iter::once(username).chain(device).collect();
        let binding = |(key, token): (&str, &String)| {
            let mut parts = key.split(SEPARATOR).skip(1).map(str::to_owned);
            PushBinding {
                device_id: parts.next().unwrap_or_default(),
                notifier_name: parts.next().unwrap_or_default(),
                device_token: token.clone(),
            }
        };
        self.push_bindings.under(&parts).map(binding).collect()
    }
}

impl Handle<bindings::Set> for World {
    fn handle(&mut self, r: bindings::Set, _: &mut Call) -> Result<Vec<PushBinding>, Refusal> {
        let name = self.push_user(&r.username)?;
        if r.device_id.is_empty() {
            return Err(illegal("device_id"));
        }
        if r.notifier_name.is_empty() {
            self.push_bindings.remove_under(&[&name, &r.device_id]);
        } else {
            let key = key(&[&name, &r.device_id, &r.notifier_name]);
            if r.device_token.is_empty() {
                self.push_bindings.remove(&key);
            } else {
                self.push_bindings.insert(key, r.device_token);
            }
        }
        Ok(self.bindings(&name, Some(&r.device_id)))
    }
}

impl Handle<bindings::Get> for World {
    fn handle(&mut self, r: bindings::Get, _: &mut Call) -> Result<Vec<PushBinding>, Refusal> {
        let name = self.push_user(&r.username)?;
        Ok(self.bindings(&name, None))
    }
}
