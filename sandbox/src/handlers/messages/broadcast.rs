//! Broadcasts.

use super::{invalid_body, throttled};
use crate::{Call, Handle, Refusal, World};
use agora_chat_admin::{
    api::messages::{
        rooms,
        users::{self, SentBroadcast},
    },
    operation::Rate,
    shape::Problem,
};

/// A day, in seconds.
const DAY: u32 = 86_400;

/// How a parameter of a broadcast that does not fit is refused.
pub(super) fn misfit(world: &World, problem: &Problem) -> Refusal {
    match (problem.field.as_str(), problem.reason.as_str()) {
        ("ext", _) => Refusal::illegal_argument("ext must be JSONObject"),
        ("target_type", "is required") => Refusal::illegal_argument("target_type must be provided"),
        ("target_type", _) => Refusal::illegal_argument("target_type can only be 'users'"),
        (_, "is required") => problem.into(),
        _ => invalid_body(world.app.dialect, problem),
    }
}

impl Handle<users::Broadcast> for World {
    fn handle(&mut self, r: users::Broadcast, call: &mut Call) -> Result<SentBroadcast, Refusal> {
        let from = r.from.clone().unwrap_or_default();
        let sent = self.broadcast("/messages/broadcast", r.from, r.msg, r.ext, call)?;
        self.wait_for_all(&sent.id.0.to_string(), &from);
        Ok(sent)
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        throttled(rate.seconds == DAY, world, "forbidden_op", "broadcast message limit exceeded")
    }
}

impl Handle<users::BroadcastOnline> for World {
    fn handle(&mut self, r: users::BroadcastOnline, call: &mut Call) -> Result<SentBroadcast, Refusal> {
        self.broadcast("/messages/users/broadcast", r.from, r.msg, r.ext, call)
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        throttled(rate.seconds == DAY, world, "forbidden_op", "online user broadcast limit exceeded")
    }
}

impl Handle<rooms::Broadcast> for World {
    fn handle(&mut self, r: rooms::Broadcast, call: &mut Call) -> Result<SentBroadcast, Refusal> {
        self.broadcast("/messages/chatrooms/broadcast", r.from, r.msg, r.ext, call)
    }

    fn throttled(world: &World, rate: &Rate) -> Refusal {
        throttled(rate.seconds == DAY, world, "forbidden_op", "chatroom broadcast limit exceeded")
    }
}
