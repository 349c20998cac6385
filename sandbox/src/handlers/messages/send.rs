//! Sending to users, groups and chat rooms.

use super::{Outgoing, check_list, check_send, sent_misfit, throttled};
use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::{
    Dialect,
    api::messages::{self, TargetType, content::ChatType, groups, rooms, users},
    operation::Rate,
    shape::Problem,
};
use std::collections::BTreeMap;

/// In whose words the older endpoint refuses: Easemob's page of it has the codes that Agora's still have.
const OLDER: Dialect = Dialect::Agora;

/// The messages by target.
type Sent = BTreeMap<String, String>;

pub(super) fn older_misfit(_: &World, problem: &Problem) -> Refusal {
    if problem.field == "target_type" {
        return Refusal::illegal_argument("target_type can only be 'users' or 'chatgroups' or 'chatrooms'");
    }
    sent_misfit(OLDER, problem)
}

impl World {
    /// Checks a message and sends it.
    fn send(&mut self, out: Outgoing, call: &mut Call) -> Result<Sent, Refusal> {
        let (most, told, path) = match out.kind {
            ChatType::Chat => (600, "", "/messages/users"),
            // The error table speaks of 3 groups, the parameter table of one.
            ChatType::Group => (3, " 3", "/messages/chatgroups"),
            ChatType::Room => (10, " 10", "/messages/chatrooms"),
        };
        check_list(self, call.dialect, "to", &out.to, most, told)?;
        if let Some(users) = &out.users {
            check_list(self, call.dialect, "users", users, 20, " 20")?;
        }
        check_send(self, call.dialect, &out)?;
        call.member("path", path);
        Ok(self.deliver(out))
    }
}

impl Handle<messages::Send> for World {
    fn handle(&mut self, r: messages::Send, _: &mut Call) -> Result<Sent, Refusal> {
        let kind = match r.target_type {
            TargetType::Users => ChatType::Chat,
            TargetType::Groups => ChatType::Group,
            TargetType::Rooms => ChatType::Room,
        };
        let out = Outgoing { routetype: r.routetype, ..Outgoing::new(kind, r.from, r.target, r.msg, r.ext) };
        check_send(self, OLDER, &out)?;
        check_list(self, OLDER, "target", &out.to, 600, " 600")?;
        let mut sent = self.deliver(out);
        if r.use_msg_id != Some(true) {
            sent.values_mut().for_each(|id| "success".clone_into(id));
        }
        Ok(sent)
    }
}

impl Handle<users::Send> for World {
    fn handle(&mut self, r: users::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let (routetype, timestamp, ignore) = (r.routetype, r.msg_timestamp, r.roam_ignore_users);
        let out = Outgoing::new(ChatType::Chat, r.from, r.to, r.message.into(), r.ext);
        self.send(Outgoing { routetype, timestamp, ignore, ..out }, call)
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        let url = format!("{}/{}/messages/users", world.app.org, world.app.name);
        throttled(rate.items, world, "forbidden_op", &format!("Forbidden for url: [{url}]"))
    }
}

impl Handle<groups::Send> for World {
    fn handle(&mut self, r: groups::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let (routetype, timestamp, ignore) = (r.routetype, r.msg_timestamp, r.roam_ignore_users);
        let out = Outgoing::new(ChatType::Group, r.from, r.to, r.message.into(), r.ext);
        self.send(Outgoing { routetype, timestamp, ignore, ..out }, call)
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        throttled(rate.items, world, "message_send_error", "message send reach limit")
    }
}

impl Handle<groups::SendToMembers> for World {
    fn handle(&mut self, r: groups::SendToMembers, call: &mut Call) -> Result<Sent, Refusal> {
        let (routetype, users, ignore) = (r.routetype, Some(r.users), r.roam_ignore_users);
        let out = Outgoing::new(ChatType::Group, r.from, r.to, r.message.into(), r.ext);
        self.send(Outgoing { routetype, users, ignore, ..out }, call)
    }

    fn throttled(world: &World, _: &Rate) -> Refusal {
        throttled(true, world, "message_send_error", "message send reach limit")
    }
}

impl Handle<rooms::Send> for World {
    fn handle(&mut self, r: rooms::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let (routetype, timestamp, ignore) = (r.routetype, r.msg_timestamp, r.roam_ignore_users);
        let out = Outgoing::new(ChatType::Room, r.from, r.to, r.message.into(), r.ext);
        self.send(Outgoing { routetype, timestamp, ignore, ..out }, call)
    }
}

impl Handle<rooms::SendToMembers> for World {
    fn handle(&mut self, r: rooms::SendToMembers, call: &mut Call) -> Result<Sent, Refusal> {
        let out = Outgoing::new(ChatType::Room, r.from, r.to, r.message.into(), r.ext);
        self.send(Outgoing { users: Some(r.users), ..out }, call)
    }
}
