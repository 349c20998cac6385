//! OPPO's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on OPPO's channel.
#[model]
pub struct OppoPush {
    /// The title.
    #[limits(max = 32)]
    pub title: Option<String>,
    /// The subtitle.
    #[wire("subTitle")]
    pub sub_title: Option<String>,
    /// The text.
    #[limits(max = 200)]
    pub content: Option<String>,
    /// The notification channel.
    #[wire("channelId")]
    pub channel_id: Option<String>,
    /// Its ID; there is one push of each.
    #[wire("appMessageId")]
    pub app_message_id: Option<String>,
    /// 1 normal, 2 with a long text, 3 with a picture.
    #[limits(min = 1, max = 3)]
    pub style: Option<i64>,
    /// What a tap opens: 0 the app, 1 a page of the app by its action, 2 a web page, 4 a page of the app by its
    /// activity, 5 an intent by its URL.
    #[wire("clickActionType")]
    pub click_action_type: Option<i64>,
    /// The page of the app, for types 1 and 4.
    #[wire("clickActionActivity")]
    #[limits(max = 500)]
    pub click_action_activity: Option<String>,
    /// The address, for types 2 and 5.
    #[wire("clickActionUrl")]
    #[limits(max = 500)]
    pub click_action_url: Option<String>,
    /// What the page gets.
    #[wire("actionParameters")]
    pub action_parameters: Option<BTreeMap<String, Value>>,
    /// Whether it is kept for devices that are offline.
    #[wire("offLine")]
    pub off_line: Option<bool>,
    /// For how many seconds it is kept.
    #[wire("offLineTtl")]
    pub off_line_ttl: Option<i64>,
    /// The time zone, such as `GMT+08:00`.
    #[wire("timeZone")]
    pub time_zone: Option<String>,
    /// Where receipts are sent.
    #[wire("callBackUrl")]
    pub call_back_url: Option<String>,
    /// What receipts carry.
    #[wire("callBackParameter")]
    pub call_back_parameter: Option<String>,
    /// For how many seconds it is shown.
    #[wire("showTtl")]
    pub show_ttl: Option<i64>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    pub notify_id: Option<i64>,
}
