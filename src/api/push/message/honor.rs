//! Honor's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Honor's channel.
#[model]
pub struct HonorPush {
    /// Data of your own.
    pub data: Option<BTreeMap<String, Value>>,
    /// For Android.
    #[wire("androidConfig")]
    pub android_config: Option<HonorAndroid>,
}

/// What is special on Honor's Android.
#[model]
pub struct HonorAndroid {
    /// For how many seconds it is kept.
    pub ttl: Option<String>,
    /// The tag of a batch.
    #[wire("biTag")]
    pub bi_tag: Option<String>,
    /// Data of your own, instead of the common one.
    pub data: Option<String>,
    /// What is shown.
    #[wire("androidNotification")]
    pub android_notification: Option<HonorNotification>,
}

/// What an Honor notification shows.
#[model]
pub struct HonorNotification {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// What a tap does.
    #[wire("clickAction")]
    pub click_action: Option<HonorClickAction>,
    /// The web address of the large icon.
    pub image: Option<String>,
    /// 0 normal, 1 with a long text.
    #[limits(min = 0, max = 1)]
    pub style: Option<i64>,
    /// The title of the long text, for style 1.
    #[wire("bigTitle")]
    pub big_title: Option<String>,
    /// The long text, for style 1.
    #[wire("bigBody")]
    pub big_body: Option<String>,
    /// `LOW` for marketing, `NORMAL` for service.
    pub importance: Option<String>,
    /// When it arrives, in UTC, such as `2014-10-02T15:01:23.045123456Z`.
    pub when: Option<String>,
    /// The buttons.
    #[limits(max = 3)]
    pub buttons: Option<Vec<HonorButton>>,
    /// The number on the app's icon.
    #[wire("badgeNotification")]
    pub badge_notification: Option<HonorBadge>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    pub notify_id: Option<i64>,
}

/// What a tap on an Honor notification does.
#[model]
pub struct HonorClickAction {
    /// 1 opens a page of the app, 2 opens `url`, 3 starts the app.
    #[wire("type")]
    #[limits(min = 1, max = 3, default = 3)]
    pub kind: i64,
    /// The intent, for type 1.
    pub intent: Option<String>,
    /// The web page, over HTTPS.
    pub url: Option<String>,
    /// The action of a page of the app, for type 1.
    pub action: Option<String>,
}

/// A button of an Honor notification.
#[model]
pub struct HonorButton {
    /// Its name.
    #[limits(max = 40)]
    pub name: String,
    /// What it opens: 0 the app, 1 a page of the app, 2 a web page.
    #[wire("actionType")]
    #[limits(min = 0, max = 2)]
    pub action_type: i64,
    /// How the page of the app is named: 0 intent, 1 action; needed for action type 1.
    #[wire("intentType")]
    #[limits(min = 0, max = 1)]
    pub intent_type: Option<i64>,
    /// The page of the app, or the web page over HTTPS.
    pub intent: Option<String>,
    /// What the app gets.
    #[limits(max = 1024)]
    pub data: Option<String>,
}

/// The number on an app's icon on an Honor device.
#[model]
pub struct HonorBadge {
    /// How much is added to it.
    #[wire("addNum")]
    #[limits(min = 1, max = 99)]
    pub add_num: Option<i64>,
    /// The class of the app's first activity.
    #[wire("badgeClass")]
    pub badge_class: String,
    /// What it becomes; comes before `addNum`.
    #[wire("setNum")]
    #[limits(min = 0, max = 99)]
    pub set_num: Option<i64>,
}
