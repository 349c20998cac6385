//! Pushes that are no messages. The sandbox reaches no device: it answers as the platform would.

use super::{illegal, limit};
use crate::{Call, Handle, Refusal, World, handlers::dates, ids::Ids, state::push::PushTask as Row};
use agora_chat_admin::{
    Dialect,
    api::push::{
        message::PushMessage,
        send::{self, PushResult, PushStatus, PushTask},
    },
    shape::{BigInt, Problem},
};
use serde_json::{Value, json};

/// How many users one call pushes to.
const MAX_TARGETS: usize = 100;
/// How many tasks run at a time, or are made in [`PERIOD`].
const MAX_TASKS: usize = 3;
/// In Easemob's dialect three tasks may be made in this time, in milliseconds.
const PERIOD: u64 = 300_000;
/// How long a task runs, in milliseconds.
const RUN: u64 = 1000;
/// A task starts at least an hour and at most 30 days ahead, in milliseconds.
const AHEAD: std::ops::RangeInclusive<u64> = 3_600_000..=2_592_000_000;

/// A notification that is badly formed.
fn bad_message() -> Refusal {
    Refusal::new(400, "MessageException", "bad_request").exception("MessageException")
}

pub(super) fn misfit(world: &World, problem: &Problem) -> Refusal {
    let notification = problem.field.starts_with("pushMessage") || problem.field == "body";
    if notification { bad_message() } else { super::misfit(world, problem) }
}

/// The length of a text: Easemob counts a character beyond ASCII as two.
fn length(text: &str, dialect: Dialect) -> usize {
    let width = |c: char| if dialect == Dialect::Easemob && !c.is_ascii() { 2 } else { 1 };
    text.chars().map(width).sum()
}

fn check(world: &World, message: &PushMessage, strategy: Option<u32>) -> Result<(), Refusal> {
    if strategy.is_some_and(|s| s > 4) {
        return Err(illegal("strategy"));
    }
    if message.title.is_empty() || message.content.is_empty() {
        return Err(bad_message());
    }
    let subtitle = message.sub_title.as_deref().unwrap_or_default();
    for (name, text, max) in
        [("title", message.title.as_str(), 32), ("subTitle", subtitle, 10), ("content", message.content.as_str(), 100)]
    {
        if world.exceeds(length(text, world.app.dialect), max) {
            return Err(illegal(name));
        }
    }
    let long = |ext: &std::collections::BTreeMap<String, Value>| {
        world.exceeds(ext.len(), 10)
            || world.exceeds(serde_json::to_string(ext).map_or(0, |text| text.chars().count()), 1024)
    };
    if message.ext.as_ref().is_some_and(long) { Err(illegal("ext")) } else { Ok(()) }
}

fn accepted(id: Option<String>, desc: &str, data: Option<Value>) -> PushResult {
    PushResult { id, push_status: PushStatus::AsyncSuccess, data, desc: Some(desc.into()) }
}

impl World {
    /// Makes a push task, if there are not too many.
    fn push_task(&mut self, start: Option<&str>, labels: Vec<String>) -> Result<u64, Refusal> {
        let now = self.now();
        let starts = match start {
            None => now,
            Some(text) => dates::parse(text)
                .filter(|at| AHEAD.contains(&at.saturating_sub(now)))
                .ok_or_else(|| illegal("startDate"))?,
        };
        let counts = |task: &Row| match self.app.dialect {
            Dialect::Agora => task.starts <= now && now < task.starts + RUN,
            Dialect::Easemob => now < task.created + PERIOD,
        };
        // The latest tasks stand last; what is older than any start ahead counts no more.
        let oldest = now.saturating_sub(AHEAD.end() + PERIOD);
        let recent = self.push_tasks.iter().rev().take_while(|(_, task)| task.created >= oldest);
        if self.exceeds(recent.filter(|(_, task)| counts(task)).count() + 1, MAX_TASKS) {
            return Err(limit());
        }
        let id = self.long_id();
        self.push_tasks.insert(format!("{id:020}"), Row { created: now, starts, labels });
        Ok(id)
    }

    /// What becomes of a push to a user.
    fn push(&mut self, target: &str, strategy: u32) -> PushResult {
        let fail = |desc: &str| PushResult {
            id: None,
            push_status: PushStatus::Fail,
            data: None,
            desc: Some(desc.to_owned()),
        };
        let Ok(user) = self.user(target) else { return fail("appUser not exists") };
        let (name, online) = (target.to_lowercase(), !user.devices.is_empty());
        let notifier = self.bindings(&name, None).into_iter().next().map(|b| b.notifier_name);
        let own = match strategy {
            0 => notifier.is_none(),
            1 => true,
            3 => online,
            4 if online => true,
            4 => return fail("appUser not online"),
            _ => false,
        };
        let channel = match notifier {
            _ if own => "own".to_owned(),
            Some(notifier) => notifier,
            None => return fail("no push binding"),
        };
        let request = Ids::uuid(self.next_number()).replace('-', "");
        let data = json!({
            "code": 200,
            "data": {
                "expireTokens": [], "sendResult": true, "requestId": format!("{channel}-{request}"), "failTokens": [],
                "msgCode": 200,
            },
            "message": "Success",
        });
        PushResult { id: None, push_status: PushStatus::Success, data: Some(data), desc: None }
    }
}

impl Handle<send::ToUsers> for World {
    fn handle(&mut self, r: send::ToUsers, _: &mut Call) -> Result<Vec<PushResult>, Refusal> {
        check(self, &r.push_message, r.strategy)?;
        if r.targets.is_empty() {
            return Err(illegal("targets"));
        }
        if self.exceeds(r.targets.len(), MAX_TARGETS) {
            return Err(limit());
        }
        Ok(r.targets.into_iter().map(|id| accepted(Some(id), "async success.", None)).collect())
    }
}

impl Handle<send::ToLabels> for World {
    fn handle(&mut self, r: send::ToLabels, call: &mut Call) -> Result<PushTask, Refusal> {
        check(self, &r.push_message, r.strategy)?;
        // The older form said that its targets are labels; those of the official push SDK are users.
        let users = call.older && !call.strangers.iter().any(|name| name == "pushFunc");
        let max = match self.app.dialect {
            _ if users => MAX_TARGETS,
            Dialect::Agora => 5,
            Dialect::Easemob => 1,
        };
        if r.targets.is_empty() || self.exceeds(r.targets.len(), max) {
            return Err(illegal("targets"));
        }
        let labels = if users { &[] } else { r.targets.as_slice() };
        let labels = labels.iter().map(|name| self.label(name)).collect::<Result<Vec<_>, _>>()?;
        let id = self.push_task(r.start_date.as_deref(), labels)?;
        Ok(PushTask { task_id: BigInt(id) })
    }
}

impl Handle<send::ToAll> for World {
    fn handle(&mut self, r: send::ToAll, _: &mut Call) -> Result<BigInt, Refusal> {
        check(self, &r.push_message, r.strategy)?;
        self.push_task(r.start_date.as_deref(), Vec::new()).map(BigInt)
    }
}

impl Handle<send::ToUserSync> for World {
    fn handle(&mut self, r: send::ToUserSync, _: &mut Call) -> Result<Vec<PushResult>, Refusal> {
        check(self, &r.push_message, r.strategy)?;
        Ok(vec![self.push(&r.target, r.strategy.unwrap_or(2))])
    }
}

impl Handle<send::ToUserAsync> for World {
    fn handle(&mut self, r: send::ToUserAsync, _: &mut Call) -> Result<Vec<PushResult>, Refusal> {
        check(self, &r.push_message, r.strategy)?;
        Ok(vec![accepted(None, "success", Some("".into()))])
    }
}
