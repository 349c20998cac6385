//! The chat room super admins of the app.

use super::page_of;
use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::{
    api::rooms::super_admins::{self, AddedSuperAdmin, RemovedSuperAdmin},
    operation::Page,
};
use serde_json::json;

impl Handle<super_admins::Add> for World {
    fn handle(&mut self, r: super_admins::Add, _: &mut Call) -> Result<AddedSuperAdmin, Refusal> {
        let user = self.room_user(&r.superadmin)?;
        if !self.room_super_admins.contains(&user) {
            let number = self.next_number();
            self.room_super_admins.insert(user, number);
        }
        Ok(AddedSuperAdmin { result: "success".into(), resource: String::new() })
    }
}

impl Handle<super_admins::List> for World {
    fn handle(&mut self, r: super_admins::List, call: &mut Call) -> Result<Page<String>, Refusal> {
        let (skip, size) = page_of(r.pagenum, r.pagesize, 10)?;
        let admins = self.room_super_admins.of(0, "").keys().skip(skip).take(size);
        let items: Vec<String> = admins.map(str::to_owned).collect();
        // The official Java SDK takes the page it is on from the echo.
        call.params();
        call.count(items.len());
        call.member("properties", json!({}));
        Ok(Page { items, cursor: None })
    }
}

impl Handle<super_admins::Remove> for World {
    fn handle(&mut self, r: super_admins::Remove, _: &mut Call) -> Result<RemovedSuperAdmin, Refusal> {
        let user = self.room_user(&r.super_admin)?;
        self.room_super_admins.remove(&user);
        Ok(RemovedSuperAdmin { new_super_admin: user, resource: String::new() })
    }
}
