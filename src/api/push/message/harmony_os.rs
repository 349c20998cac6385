//! HarmonyOS's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on HarmonyOS's channel.
#[model]
pub struct HarmonyOsPush {
    /// What it is: 0 an alert, 1 a card's update, 2 for the notification extension, 6 for the background, 7 a live
    /// view, 10 a call.
    #[wire("pushType")]
    #[limits(default = 0)]
    pub push_type: Option<i64>,
    /// Whether it is a test.
    #[wire("isTestMessage")]
    pub is_test_message: Option<bool>,
    /// The receipt's ID.
    #[wire("receiptId")]
    pub receipt_id: Option<String>,
    /// The category; `IM` by default.
    pub category: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The web address of the large icon, over HTTPS: png, jpg, jpeg, heif, gif or bmp, best below 128 x 128 pixels.
    pub image: Option<String>,
    /// 0 normal, 1 with a long text, 3 with several lines.
    #[limits(default = 0)]
    pub style: Option<i64>,
    /// The title of the long text, for style 1.
    #[wire("bigTitle")]
    pub big_title: Option<String>,
    /// The long text, for style 1.
    #[wire("bigBody")]
    pub big_body: Option<String>,
    /// The lines, for style 3.
    #[wire("inboxContent")]
    #[limits(max = 3)]
    pub inbox_content: Option<Vec<String>>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    pub notify_id: Option<i64>,
    /// How much is added to the number on the app's icon.
    #[wire("addNum")]
    pub add_num: Option<i64>,
    /// What the number on the app's icon becomes; comes before `addNum`.
    #[wire("setNum")]
    pub set_num: Option<i64>,
    /// What a tap opens: 0 the app, 1 a page of the app.
    #[wire("actionType")]
    #[limits(min = 0, max = 1, default = 0)]
    pub action_type: Option<i64>,
    /// The action of the page.
    pub action: Option<String>,
    /// The URI of the page.
    pub uri: Option<String>,
    /// Data of your own.
    pub data: Option<BTreeMap<String, Value>>,
    /// The body, for push types other than 0.
    pub payload: Option<BTreeMap<String, Value>>,
}
