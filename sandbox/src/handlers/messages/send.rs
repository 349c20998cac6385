//! Sending to users, groups and chat rooms.

use super::{Outgoing, check_list, check_send, content, misfit, throttled};
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

impl Handle<messages::Send> for World {
    fn handle(&mut self, r: messages::Send, _: &mut Call) -> Result<Sent, Refusal> {
        check_send(self, OLDER, r.from.as_ref(), &r.msg, &r.ext, None)?;
        check_list(self, OLDER, "target", &r.target, 600, " 600")?;
        let kind = match r.target_type {
            TargetType::Users => ChatType::Chat,
            TargetType::Groups => ChatType::Group,
            TargetType::Rooms => ChatType::Room,
        };
        let mut sent = self.deliver(Outgoing {
            kind,
            from: r.from,
            to: r.target,
            users: Vec::new(),
            content: r.msg,
            ext: r.ext,
            routetype: r.routetype,
            timestamp: None,
        });
        if r.use_msg_id != Some(true) {
            sent.values_mut().for_each(|id| "success".clone_into(id));
        }
        Ok(sent)
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        if problem.field == "target_type" {
            return Refusal::illegal_argument("target_type can only be 'users' or 'chatgroups' or 'chatrooms'");
        }
        misfit(OLDER, problem)
    }
}

impl Handle<users::Send> for World {
    fn handle(&mut self, r: users::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let content = content(r.message);
        check_list(self, call.dialect, "to", &r.to, 600, "")?;
        check_send(self, call.dialect, r.from.as_ref(), &content, &r.ext, r.roam_ignore_users.as_ref())?;
        call.member("path", "/messages/users");
        Ok(self.deliver(Outgoing {
            kind: ChatType::Chat,
            from: r.from,
            to: r.to,
            users: Vec::new(),
            content,
            ext: r.ext,
            routetype: r.routetype,
            timestamp: r.msg_timestamp,
        }))
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        let url = format!("{}/{}/messages/users", world.app.org, world.app.name);
        throttled(rate.items, world, "forbidden_op", &format!("Forbidden for url: [{url}]"))
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        misfit(self.app.dialect, problem)
    }
}

impl Handle<groups::Send> for World {
    fn handle(&mut self, r: groups::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let content = content(r.message);
        check_list(self, call.dialect, "to", &r.to, 3, " 3")?;
        check_send(self, call.dialect, r.from.as_ref(), &content, &r.ext, r.roam_ignore_users.as_ref())?;
        call.member("path", "/messages/chatgroups");
        Ok(self.deliver(Outgoing {
            kind: ChatType::Group,
            from: r.from,
            to: r.to,
            users: Vec::new(),
            content,
            ext: r.ext,
            routetype: r.routetype,
            timestamp: r.msg_timestamp,
        }))
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        throttled(rate.items, world, "message_send_error", "message send reach limit")
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        misfit(self.app.dialect, problem)
    }
}

impl Handle<groups::SendToMembers> for World {
    fn handle(&mut self, r: groups::SendToMembers, call: &mut Call) -> Result<Sent, Refusal> {
        let content = content(r.message);
        // The error table speaks of 3 groups, the parameter table of one.
        check_list(self, call.dialect, "to", &r.to, 3, " 3")?;
        check_list(self, call.dialect, "users", &r.users, 20, " 20")?;
        check_send(self, call.dialect, r.from.as_ref(), &content, &r.ext, r.roam_ignore_users.as_ref())?;
        call.member("path", "/messages/chatgroups");
        Ok(self.deliver(Outgoing {
            kind: ChatType::Group,
            from: r.from,
            to: r.to,
            users: r.users,
            content,
            ext: r.ext,
            routetype: r.routetype,
            timestamp: None,
        }))
    }

    fn throttled(world: &World, _: &Rate) -> Refusal {
        throttled(true, world, "message_send_error", "message send reach limit")
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        misfit(self.app.dialect, problem)
    }
}

impl Handle<rooms::Send> for World {
    fn handle(&mut self, r: rooms::Send, call: &mut Call) -> Result<Sent, Refusal> {
        let content = content(r.message);
        check_list(self, call.dialect, "to", &r.to, 10, " 10")?;
        check_send(self, call.dialect, r.from.as_ref(), &content, &r.ext, r.roam_ignore_users.as_ref())?;
        call.member("path", "/messages/chatrooms");
        Ok(self.deliver(Outgoing {
            kind: ChatType::Room,
            from: r.from,
            to: r.to,
            users: Vec::new(),
            content,
            ext: r.ext,
            routetype: r.routetype,
            timestamp: r.msg_timestamp,
        }))
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        misfit(self.app.dialect, problem)
    }
}

impl Handle<rooms::SendToMembers> for World {
    fn handle(&mut self, r: rooms::SendToMembers, call: &mut Call) -> Result<Sent, Refusal> {
        let content = content(r.message);
        check_list(self, call.dialect, "to", &r.to, 10, " 10")?;
        check_list(self, call.dialect, "users", &r.users, 20, " 20")?;
        check_send(self, call.dialect, r.from.as_ref(), &content, &r.ext, None)?;
        call.member("path", "/messages/chatrooms");
        Ok(self.deliver(Outgoing {
            kind: ChatType::Room,
            from: r.from,
            to: r.to,
            users: r.users,
            content,
            ext: r.ext,
            routetype: None,
            timestamp: None,
        }))
    }

    fn misfit(&self, problem: &Problem) -> Refusal {
        misfit(self.app.dialect, problem)
    }
}
