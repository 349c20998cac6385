//! Meizu's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Meizu's channel.
#[model]
pub struct MeizuPush {
    /// The title.
    #[limits(max = 32)]
    pub title: Option<String>,
    /// The text.
    #[limits(max = 100)]
    pub content: Option<String>,
    /// Whether it can be unfolded: 0 no, 1 to a longer text.
    #[wire("noticeExpandType")]
    #[limits(min = 0, max = 1)]
    pub notice_expand_type: Option<i64>,
    /// The longer text.
    #[wire("noticeExpandContent")]
    pub notice_expand_content: Option<String>,
    /// What a tap opens: 0 the app, 1 a page of the app, 2 a web page, 3 what the app likes.
    #[wire("clickType")]
    #[limits(min = 0, max = 3)]
    pub click_type: Option<i64>,
    /// The web page, for type 2.
    pub url: Option<String>,
    /// What the page gets.
    pub parameters: Option<BTreeMap<String, Value>>,
    /// The page of the app, for type 1.
    pub activity: Option<String>,
    /// What the app gets, for type 3.
    #[wire("customAttribute")]
    pub custom_attribute: Option<String>,
    /// Whether it is kept for devices that are offline.
    #[wire("isOffLine")]
    pub is_off_line: Option<bool>,
    /// For how many hours it is kept.
    #[wire("validTime")]
    pub valid_time: Option<i64>,
    /// Whether it floats over other apps.
    #[wire("isSuspend")]
    pub is_suspend: Option<bool>,
    /// Whether the user can clear it.
    #[wire("isClearNoticeBar")]
    pub is_clear_notice_bar: Option<bool>,
    /// Whether it is shown at a set time.
    #[wire("isFixDisplay")]
    pub is_fix_display: Option<bool>,
    /// When it is first shown.
    #[wire("fixStartDisplayDate")]
    pub fix_start_display_date: Option<String>,
    /// When it is last shown.
    #[wire("fixEndDisplayDate")]
    pub fix_end_display_date: Option<String>,
    /// Whether the device vibrates.
    pub vibrate: Option<bool>,
    /// Whether the device flashes.
    pub lights: Option<bool>,
    /// Whether there is a sound.
    pub sound: Option<bool>,
    /// Of the notifications of the same key only the last is shown.
    #[wire("notifyKey")]
    pub notify_key: Option<String>,
    /// Where receipts are sent.
    #[limits(max = 128)]
    pub callback: Option<String>,
    /// What receipts carry.
    #[wire("callbackParam")]
    #[limits(max = 64)]
    pub callback_param: Option<String>,
    /// Which receipts are sent: `1` delivered, `2` tapped, `3`, the default, both.
    #[wire("callbackType")]
    pub callback_type: Option<String>,
}
