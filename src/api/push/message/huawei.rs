//! Huawei's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Huawei's channel.
#[model]
pub struct HuaweiPush {
    /// Whether it is a test that delivers nothing.
    #[wire("validateOnly")]
    pub validate_only: Option<bool>,
    /// The notification.
    pub message: Option<HuaweiMessage>,
    /// What a third party found in review: Huawei's `Review` object.
    pub review: Option<BTreeMap<String, Value>>,
}

/// A Huawei notification.
#[model]
pub struct HuaweiMessage {
    /// Data of your own.
    pub data: Option<BTreeMap<String, Value>>,
    /// What is shown.
    pub notification: Option<HuaweiNotification>,
    /// For Android.
    pub android: Option<HuaweiAndroid>,
}

/// What a Huawei notification shows.
#[model]
pub struct HuaweiNotification {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The web address of the large icon.
    pub image: Option<String>,
}

/// What is special on Huawei's Android.
#[model]
pub struct HuaweiAndroid {
    /// How notifications are kept for devices that are offline.
    #[wire("collapseKey")]
    pub collapse_key: Option<i64>,
    /// The priority of a data message.
    pub urgency: Option<String>,
    /// What a data message of high priority is for, such as `IM`.
    pub category: Option<String>,
    /// For how many seconds it is kept.
    pub ttl: Option<String>,
    /// The tag of a batch.
    #[wire("biTag")]
    pub bi_tag: Option<String>,
    /// The mode of a quick app: 1 development, 2 production.
    #[wire("fastAppTargetType")]
    #[limits(min = 1, max = 2, default = 2)]
    pub fast_app_target_type: Option<i64>,
    /// Data of your own, instead of the message's.
    pub data: Option<String>,
    /// What is shown.
    pub notification: Option<HuaweiAndroidNotification>,
    /// The ID of the receipt's configuration.
    #[wire("receiptId")]
    pub receipt_id: Option<String>,
    /// 0 normal, 1 a test; an app has 500 tests a day.
    #[wire("targetUserType")]
    #[limits(min = 0, max = 1, default = 0)]
    pub target_user_type: Option<i64>,
}

/// What a notification shows on Huawei's Android.
#[model]
pub struct HuaweiAndroidNotification {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The small icon in `/res/raw`: png or jpg.
    pub icon: Option<String>,
    /// The colour of the buttons.
    pub color: Option<String>,
    /// The ringtone in `/res/raw`; counts when the channel is made.
    pub sound: Option<String>,
    /// Whether the usual ringtone sounds.
    #[wire("defaultSound")]
    pub default_sound: Option<bool>,
    /// A new notification replaces the one of the same tag.
    pub tag: Option<String>,
    /// What a tap does.
    #[wire("clickAction")]
    pub click_action: Option<HuaweiClickAction>,
    /// The key of a localised text.
    #[wire("bodyLocKey")]
    pub body_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("bodyLocArgs")]
    pub body_loc_args: Option<Vec<String>>,
    /// The key of a localised title.
    #[wire("titleLocKey")]
    pub title_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("titleLocArgs")]
    pub title_loc_args: Option<Vec<String>>,
    /// Parameters for several languages.
    #[wire("multiLangKey")]
    pub multi_lang_key: Option<Vec<String>>,
    /// The notification channel.
    #[wire("channelId")]
    pub channel_id: Option<String>,
    /// A short summary.
    #[wire("notifySummary")]
    pub notify_summary: Option<String>,
    /// The web address of the large icon.
    pub image: Option<String>,
    /// 0 normal, 1 with a long text, 3 with several lines.
    pub style: Option<i64>,
    /// The title of the long text.
    #[wire("bigTitle")]
    pub big_title: Option<String>,
    /// The long text.
    #[wire("bigBody")]
    pub big_body: Option<String>,
    /// For how long it is shown, in milliseconds.
    #[wire("autoClear")]
    pub auto_clear: Option<i64>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    pub notify_id: Option<i64>,
    /// Of the notifications of the same group only one is shown.
    pub group: Option<String>,
    /// The number on the app's icon.
    pub badge: Option<HuaweiBadge>,
    /// Whether a tap removes it.
    #[wire("autoCancel")]
    pub auto_cancel: Option<bool>,
    /// The time by which it is sorted, such as `2014-10-02T15:01:23.045123456Z`.
    pub when: Option<String>,
    /// `LOW` for marketing, `NORMAL` for service.
    pub importance: Option<String>,
    /// Whether the device vibrates as usual.
    #[wire("useDefaultVibrate")]
    pub use_default_vibrate: Option<bool>,
    /// Whether the device's light blinks as usual.
    #[wire("useDefaultLight")]
    pub use_default_light: Option<bool>,
    /// How the device vibrates, such as `["3.5S","2S"]`: at most 10 times, each above 0 and at most 60 seconds.
    #[wire("vibrateConfig")]
    pub vibrate_config: Option<String>,
    /// Who sees it on a locked screen: `VISIBILITY_UNSPECIFIED`, `PUBLIC`, `SECRET` or `PRIVATE`.
    pub visibility: Option<String>,
    /// How the device's light blinks.
    #[wire("lightSettings")]
    pub light_settings: Option<HuaweiLight>,
    /// Whether it is shown while the app is in front.
    #[wire("foregroundShow")]
    pub foreground_show: Option<bool>,
    /// The lines, for style 3: each at most 1024 characters.
    #[wire("inboxContent")]
    #[limits(max = 5)]
    pub inbox_content: Option<Vec<String>>,
    /// The buttons.
    #[limits(max = 3)]
    pub buttons: Option<Vec<HuaweiButton>>,
}

/// A button of a Huawei notification.
#[model]
pub struct HuaweiButton {
    /// Its name; needed.
    #[limits(max = 40)]
    pub name: Option<String>,
    /// What it does: 0 opens the app, 1 a page of the app, 2 a web page; 3 clears, 4 shares.
    #[wire("actionType")]
    #[limits(min = 0, max = 4)]
    pub action_type: Option<i64>,
    /// How the page of the app is named: 0 intent, 1 action; needed for action type 1.
    #[wire("intentType")]
    #[limits(min = 0, max = 1)]
    pub intent_type: Option<i64>,
    /// The page of the app, for action type 1.
    pub intent: Option<String>,
    /// What the app gets, or what is shared.
    #[limits(max = 1024)]
    pub data: Option<String>,
}

/// The number on an app's icon on a Huawei device.
#[model]
pub struct HuaweiBadge {
    /// How much is added to it.
    #[wire("addNum")]
    #[limits(min = 1, max = 99)]
    pub add_num: Option<i64>,
    /// What it becomes.
    #[wire("setNum")]
    #[limits(min = 0, max = 99)]
    pub set_num: Option<i64>,
    /// The package and class of the app's first activity.
    #[wire("badgeClass")]
    pub badge_class: Option<String>,
}

/// What a tap on a Huawei notification does.
#[model]
pub struct HuaweiClickAction {
    /// 1 what `intent` or `action` says, 2 opens `url`, 3 starts the app.
    #[wire("type")]
    #[limits(min = 1, max = 3)]
    pub kind: Option<i64>,
    /// The intent.
    pub intent: Option<String>,
    /// The web page, over HTTPS.
    pub url: Option<String>,
    /// The action of a page of the app.
    pub action: Option<String>,
}

/// How a Huawei device's light blinks.
#[model]
pub struct HuaweiLight {
    /// Its colour.
    pub color: Option<HuaweiColor>,
    /// For how long it is on.
    #[wire("lightOnDuration")]
    pub light_on_duration: Option<String>,
    /// For how long it is off.
    #[wire("lightOffDuration")]
    pub light_off_duration: Option<String>,
}

/// A colour, each part from 0 to 1.
#[model]
pub struct HuaweiColor {
    /// How opaque it is; 1 by default.
    pub alpha: Option<f64>,
    /// Red; 0 by default.
    pub red: Option<f64>,
    /// Green; 0 by default.
    pub green: Option<f64>,
    /// Blue; 0 by default.
    pub blue: Option<f64>,
}
