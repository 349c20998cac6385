//! Push notifications that are no messages: sent to users, to labels or to everyone.

use crate::{api::push::message::PushMessage, endpoint, group, model, shape::BigInt};
use serde_json::Value;

group! {
    "push.send", "https://docs.agora.io/en/agora-chat/restful-api/push-notification-management":
    ToUsers, ToLabels, ToAll, ToUserSync, ToUserAsync
}

/// Pushes a notification to up to 100 users, without waiting for it to arrive.
#[endpoint(
    POST "/push/single", data = Vec<PushResult>, limit = "1200/min", easemob_limit = "10/s", batch(targets, 100, pushed), envelope = push
)]
pub struct ToUsers {
    /// The user IDs.
    #[limits(min = 1, max = 100)]
    pub targets: Vec<String>,
    /// The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those
    /// offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's,
    /// for those online.
    #[limits(min = 0, max = 4, default = 2)]
    pub strategy: Option<u32>,
    /// The notification.
    #[wire("pushMessage")]
    pub push_message: PushMessage,
}

/// Pushes a notification to the users of a label, or to those who have all of several labels.
///
/// It makes a push task. Three tasks may run at a time.
#[endpoint(
    POST "/push/list/label", data = PushTask, limit = "1200/min", easemob_limit = "10/s", envelope = push, forms("POST /push/list")
)]
pub struct ToLabels {
    /// The labels: up to 5 at Agora, one at Easemob.
    #[limits(min = 1, max = 5)]
    pub targets: Vec<String>,
    /// When it starts, `yyyy-MM-dd HH:mm:ss` in the server's time zone: 1 hour to 30 days ahead. At once by default.
    #[wire("startDate")]
    pub start_date: Option<String>,
    /// The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those
    /// offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's,
    /// for those online.
    #[limits(min = 0, max = 4, default = 2)]
    pub strategy: Option<u32>,
    /// The notification.
    #[wire("pushMessage")]
    pub push_message: PushMessage,
}

/// Pushes a notification to every user of the app, and returns the ID of the push task that it makes.
///
/// Three tasks may run at a time.
#[endpoint(POST "/push/task", data = BigInt, limit = "5/min, 100/day", easemob_limit = "1/s", envelope = push)]
pub struct ToAll {
    /// When it starts, `yyyy-MM-dd HH:mm:ss` in the server's time zone: 1 hour to 30 days ahead. At once by default.
    #[wire("startDate")]
    pub start_date: Option<String>,
    /// The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those
    /// offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's,
    /// for those online.
    #[limits(min = 0, max = 4, default = 2)]
    pub strategy: Option<u32>,
    /// The notification.
    #[wire("pushMessage")]
    pub push_message: PushMessage,
}

/// Pushes a notification to one user and waits for the outcome: a list of one.
///
/// What cannot be delivered is no error but a `FAIL`: `appUser not exists`, `no push binding`.
#[endpoint(POST "/push/sync/{target}", data = Vec<PushResult>, one_or_many, limit = "1/s", envelope = push)]
pub struct ToUserSync {
    /// The user ID.
    pub target: String,
    /// The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those
    /// offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's,
    /// for those online.
    #[limits(min = 0, max = 4, default = 2)]
    pub strategy: Option<u32>,
    /// The notification.
    #[wire("pushMessage")]
    pub push_message: PushMessage,
}

/// Pushes a notification to one user without waiting for the outcome: a list of one.
#[endpoint(
    POST "/push/async/{target}", data = Vec<PushResult>, one_or_many, limit = "200/s", envelope = push, only = easemob,
    docs = "https://doc.easemob.com/document/server-side/push_send_notification.html"
)]
pub struct ToUserAsync {
    /// The user ID.
    pub target: String,
    /// The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those
    /// offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's,
    /// for those online.
    #[limits(min = 0, max = 4, default = 2)]
    pub strategy: Option<u32>,
    /// The notification.
    #[wire("pushMessage")]
    pub push_message: PushMessage,
}

/// What became of a push to one user.
#[model]
pub struct PushResult {
    /// The user ID; told by [`ToUsers`] alone.
    pub id: Option<String>,
    /// What became of it.
    #[wire("pushStatus")]
    pub push_status: PushStatus,
    /// What the device vendor's channel answered; its members differ from vendor to vendor.
    pub data: Option<Value>,
    /// In words, for instance `async success.` or `no push binding`.
    pub desc: Option<String>,
}

/// What became of a push.
#[model(open)]
pub enum PushStatus {
    /// It was accepted and is on its way.
    #[wire("ASYNC_SUCCESS")]
    AsyncSuccess,
    /// It was delivered to the channel.
    #[wire("SUCCESS")]
    Success,
    /// It failed, not by the server's fault: the device token is bad, for instance.
    #[wire("FAIL")]
    Fail,
    /// It failed by the server's fault, such as a timeout.
    #[wire("ERROR")]
    Error,
}

/// A push task.
#[model]
pub struct PushTask {
    /// Its ID.
    #[wire("taskId")]
    pub task_id: BigInt,
}
