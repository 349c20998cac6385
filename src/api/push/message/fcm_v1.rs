//! Google's section of a push: Firebase's HTTP v1 interface.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Firebase's HTTP v1 interface.
#[model]
pub struct FcmV1Push {
    /// What is sent: `NOTIFICATION`, `DATA` or `BOTH`.
    #[wire("type")]
    pub kind: Option<String>,
    /// Data of your own.
    pub data: Option<BTreeMap<String, Value>>,
    /// What is shown.
    pub notification: Option<FcmV1Notification>,
    /// For Android.
    #[wire("androidConfig")]
    pub android_config: Option<FcmV1Android>,
    /// For browsers.
    #[wire("webPushConfig")]
    pub web_push_config: Option<FcmV1WebPush>,
    /// For Apple devices.
    #[wire("apnsConfig")]
    pub apns_config: Option<FcmV1Apns>,
    /// Options of your own.
    pub options: Option<BTreeMap<String, Value>>,
    /// An expression that says who gets it.
    pub condition: Option<String>,
}

/// What a notification on Firebase's HTTP v1 interface shows.
#[model]
pub struct FcmV1Notification {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The web address of a picture, at most 1 MB.
    pub image: Option<String>,
}

/// What is special on Android.
#[model]
pub struct FcmV1Android {
    /// Of waiting notifications of the same key only the last is delivered; at most 4 keys at a time.
    #[wire("collapseKey")]
    pub collapse_key: Option<String>,
    /// `NORMAL` or `HIGH`.
    pub priority: Option<String>,
    /// How long it waits for a device that is offline: seconds with an `s`, such as `3.5s`; 4 weeks by default.
    pub ttl: Option<String>,
    /// Whether it may be delivered before the device is unlocked.
    #[wire("directBootOk")]
    pub direct_boot_ok: Option<bool>,
    /// What is shown.
    #[wire("androidNotification")]
    pub android_notification: Option<FcmV1AndroidNotification>,
}

/// What a notification shows on Android.
#[model]
pub struct FcmV1AndroidNotification {
    /// The title, instead of the common one.
    pub title: Option<String>,
    /// The text, instead of the common one.
    pub body: Option<String>,
    /// The icon; the app's by default.
    pub icon: Option<String>,
    /// The icon's colour, `#rrggbb`.
    pub color: Option<String>,
    /// The sound file in `/res/raw`.
    pub sound: Option<String>,
    /// A new notification replaces the one of the same tag.
    pub tag: Option<String>,
    /// The web address of a picture, instead of the common one.
    pub image: Option<String>,
    /// What a tap starts.
    #[wire("clickAction")]
    pub click_action: Option<String>,
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
    /// The Android notification channel.
    #[wire("channelId")]
    pub channel_id: Option<String>,
}

/// What is special in browsers.
#[model]
pub struct FcmV1WebPush {
    /// Headers of the web push protocol.
    pub headers: Option<BTreeMap<String, Value>>,
    /// What is shown.
    pub notification: Option<FcmV1Notification>,
}

/// What is special on Apple devices.
#[model]
pub struct FcmV1Apns {
    /// Headers for Apple's service.
    pub headers: Option<BTreeMap<String, Value>>,
    /// The payload: `aps` and data of your own.
    pub payload: Option<BTreeMap<String, Value>>,
}
