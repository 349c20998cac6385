//! Google's section of a push: Firebase's legacy HTTP interface.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Firebase's legacy HTTP interface.
#[model]
pub struct FcmPush {
    /// An expression that says who gets it.
    pub condition: Option<String>,
    /// Of waiting notifications of the same key only the last is delivered.
    #[wire("collapseKey")]
    pub collapse_key: Option<String>,
    /// `normal` or `high`.
    pub priority: Option<String>,
    /// For how many seconds it waits for a device that is offline; 4 weeks at most and by default.
    #[wire("timeToLive")]
    pub time_to_live: Option<String>,
    /// Whether it is a test that delivers nothing.
    #[wire("dryRun")]
    pub dry_run: Option<bool>,
    /// The only package that may get it.
    #[wire("restrictedPackageName")]
    pub restricted_package_name: Option<String>,
    /// Data of your own.
    pub data: Option<BTreeMap<String, Value>>,
    /// What is shown.
    pub notification: Option<FcmNotification>,
}

/// What a notification on Firebase's legacy HTTP interface shows.
#[model]
pub struct FcmNotification {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<String>,
    /// The Android notification channel.
    #[wire("androidChannelId")]
    pub android_channel_id: Option<String>,
    /// The icon.
    pub icon: Option<String>,
    /// The sound file in `/res/raw`.
    pub sound: Option<String>,
    /// A new notification replaces the one of the same tag.
    pub tag: Option<String>,
    /// The icon's colour.
    pub color: Option<String>,
    /// The action of the intent filter that a tap starts.
    #[wire("clickAction")]
    pub click_action: Option<String>,
    /// The key of a localised title.
    #[wire("titleLocKey")]
    pub title_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("titleLocArgs")]
    pub title_loc_args: Option<Vec<String>>,
    /// The key of a localised text.
    #[wire("bodyLocKey")]
    pub body_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("bodyLocArgs")]
    pub body_loc_args: Option<Vec<String>>,
}
