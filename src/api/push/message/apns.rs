//! Apple's section of a push.

use crate::model;
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Apple's channel.
#[model]
pub struct ApnsPush {
    /// The title.
    pub title: Option<String>,
    /// The subtitle.
    #[wire("subTitle")]
    pub sub_title: Option<String>,
    /// The text.
    pub content: Option<String>,
    /// The key of a localised title.
    #[wire("titleLocKey")]
    pub title_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("titleLocArgs")]
    pub title_loc_args: Option<Vec<String>>,
    /// The key of a localised subtitle.
    #[wire("subTitleLocKey")]
    pub sub_title_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("subTitleLocArgs")]
    pub sub_title_loc_args: Option<Vec<String>>,
    /// The key of a localised text.
    #[wire("bodyLocKey")]
    pub body_loc_key: Option<String>,
    /// What fills its gaps.
    #[wire("bodyLocArgs")]
    pub body_loc_args: Option<Vec<String>>,
    /// Data of your own.
    pub ext: Option<BTreeMap<String, Value>>,
    /// The number on the app's icon.
    pub badge: Option<i64>,
    /// The sound file in `/Library/Sounds`: aiff, wav or caf, at most 30 seconds; `default` if absent.
    pub sound: Option<String>,
    /// The category.
    #[wire("categoryName")]
    pub category_name: Option<String>,
    /// Notifications of the same one are shown together.
    #[wire("threadId")]
    pub thread_id: Option<String>,
    /// Whether the app may change it before it is shown.
    #[wire("mutableContent")]
    pub mutable_content: Option<bool>,
    /// Whether it wakes the app in the background.
    #[wire("contentAvailable")]
    pub content_available: Option<bool>,
    /// The file shown while the app starts.
    #[wire("launchImage")]
    pub launch_image: Option<String>,
    /// How much it disturbs: `ACTIVE`, `CRITICAL`, `PASSIVE` or `TIME_SENSITIVE`.
    #[wire("interruptionLevel")]
    pub interruption_level: Option<String>,
    /// `alert`, the default, or `background`.
    #[wire("pushType")]
    pub push_type: Option<String>,
    /// 10 at once, 5 with regard to the device's power.
    pub priority: Option<i64>,
    /// For how long it may wait to be delivered, in milliseconds.
    #[wire("invalidationTime")]
    pub invalidation_time: Option<i64>,
    /// Notifications of the same one are merged.
    #[wire("collapseId")]
    pub collapse_id: Option<String>,
    /// The notification's unique ID.
    #[wire("apnsId")]
    pub apns_id: Option<String>,
    /// What happens to a Live Activity: `START`, `UPDATE` or `END`.
    #[wire("liveActivityEvent")]
    pub live_activity_event: Option<String>,
    /// The Live Activity's timestamp.
    pub timestamp: Option<i64>,
    /// When a Live Activity that ended is taken away.
    #[wire("dismissalDate")]
    pub dismissal_date: Option<i64>,
    /// When a Live Activity's data is out of date.
    #[wire("staleDate")]
    pub stale_date: Option<i64>,
    /// The type of a Live Activity's attributes.
    #[wire("attributesType")]
    pub attributes_type: Option<String>,
    /// A Live Activity's attributes.
    pub attributes: Option<BTreeMap<String, Value>>,
    /// A Live Activity's content.
    #[wire("contentState")]
    pub content_state: Option<BTreeMap<String, Value>>,
}
