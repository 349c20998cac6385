//! vivo's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on vivo's channel.
#[model]
pub struct VivoPush {
    /// The title; a Chinese character counts as 2.
    #[limits(max = 40)]
    pub title: Option<String>,
    /// The text; a Chinese character counts as 2.
    #[limits(max = 100)]
    pub content: Option<String>,
    /// How it is noticed: 1 not at all, 2 sound, 3 vibration, 4 both.
    #[wire("notifyType")]
    #[limits(min = 1, max = 4)]
    pub notify_type: Option<i64>,
    /// For how many seconds it is kept.
    #[wire("timeToLive")]
    pub time_to_live: Option<i64>,
    /// What a tap opens: 1 the app, 2 a web page, 3 what the app likes, 4 a page of the app.
    #[wire("skipType")]
    #[limits(min = 1, max = 4)]
    pub skip_type: Option<i64>,
    /// What a tap opens, as `skipType` says.
    #[wire("skipContent")]
    #[limits(max = 1000)]
    pub skip_content: Option<String>,
    /// The network it needs: -1 any, 1 Wi-Fi.
    #[wire("networkType")]
    #[limits(default = -1)]
    pub network_type: Option<i64>,
    /// 0 marketing, 1 system; comes before the console's setting.
    #[limits(min = 0, max = 1)]
    pub classification: Option<i64>,
    /// Data of your own.
    #[wire("clientCustomMap")]
    pub client_custom_map: Option<BTreeMap<String, Value>>,
    /// The request's unique ID.
    #[wire("requestId")]
    #[limits(max = 64)]
    pub request_id: Option<String>,
    /// 0 in earnest, 1 a test.
    #[wire("pushMode")]
    #[limits(min = 0, max = 1, default = 0)]
    pub push_mode: Option<i64>,
    /// Where receipts are sent.
    pub extra: Option<VivoReceipts>,
    /// The second-level category, in capitals; must suit `classification`.
    pub category: Option<String>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    #[limits(min = 1, max = 2147483647)]
    pub notify_id: Option<i64>,
    /// The ID of the user of the device.
    #[wire("profileId")]
    #[limits(max = 64)]
    pub profile_id: Option<String>,
    /// Whether only devices online now get it.
    #[wire("sendOnline")]
    pub send_online: Option<bool>,
}

/// Where vivo sends receipts.
#[model]
pub struct VivoReceipts {
    /// The web address.
    #[limits(max = 128)]
    pub callback: Option<String>,
    /// What receipts carry.
    #[wire("callbackParam")]
    #[limits(max = 64)]
    pub callback_param: Option<String>,
}
