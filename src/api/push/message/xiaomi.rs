//! Xiaomi's section of a push.

use crate::{model, shape::Scalar};
use serde_json::Value;
use std::collections::BTreeMap;

/// A notification on Xiaomi's channel.
#[model]
pub struct XiaomiPush {
    /// The title.
    #[limits(max = 50)]
    pub title: Option<String>,
    /// The text.
    #[limits(max = 128)]
    pub description: Option<String>,
    /// The app's package.
    #[wire("restrictedPackageNames")]
    pub restricted_package_names: Option<String>,
    /// 0 shows a notification, 1 hands data to the app.
    #[wire("passThrough")]
    #[limits(min = 0, max = 1)]
    pub pass_through: Option<i64>,
    /// What is handed to the app.
    pub payload: Option<BTreeMap<String, Value>>,
    /// How it is noticed: -1 all ways, 1 sound, 2 vibration, 4 light.
    #[wire("notifyType")]
    pub notify_type: Option<i64>,
    /// For how long it waits for a device that is offline, in milliseconds.
    #[wire("timeToLive")]
    pub time_to_live: Option<i64>,
    /// When it is sent, in Unix milliseconds.
    #[wire("timeToSend")]
    pub time_to_send: Option<i64>,
    /// A new notification replaces the one of the same ID.
    #[wire("notifyId")]
    pub notify_id: Option<i64>,
    /// The URI of the ringtone.
    pub sound: Option<String>,
    /// The text that runs through the status bar.
    pub ticker: Option<String>,
    /// Whether it is shown while the app is in front: `0` yes, `1` no.
    #[wire("notifyForeground")]
    pub notify_foreground: Option<String>,
    /// What a tap does: 1 starts the app, 2 opens `intentUri`, 3 opens `webUri`. Text and number both do.
    #[wire("notifyEffect")]
    pub notify_effect: Option<Scalar>,
    /// The intent of a component, for effect 2.
    #[wire("intentUri")]
    pub intent_uri: Option<String>,
    /// The web page, for effect 3.
    #[wire("webUri")]
    pub web_uri: Option<String>,
    /// Whether many are sent smoothly, not at once.
    #[wire("flowControl")]
    pub flow_control: Option<i64>,
    /// Of the notifications of the same key only the first is shown.
    pub jobkey: Option<String>,
    /// Where receipts are sent.
    #[wire("callbackUrl")]
    pub callback_url: Option<String>,
    /// What receipts carry.
    #[wire("callbackParam")]
    pub callback_param: Option<String>,
    /// Which receipts are sent, a sum: 1 delivered, 2 tapped, 16 bad device, 32 push is off, 64 filtered, 128 quota
    /// exceeded, 1024 expired.
    #[wire("callbackType")]
    pub callback_type: Option<i64>,
    /// Devices of these locales get it; separated by commas.
    pub locale: Option<String>,
    /// Devices of these locales do not.
    #[wire("localeNotIn")]
    pub locale_not_in: Option<String>,
    /// Devices of these models, brands or prices get it.
    pub model: Option<String>,
    /// Devices of these models, brands or prices do not.
    #[wire("modelNotIn")]
    pub model_not_in: Option<String>,
    /// These versions of the app get it.
    #[wire("appVersion")]
    pub app_version: Option<String>,
    /// These versions of the app do not.
    #[wire("appVersionNotIn")]
    pub app_version_not_in: Option<String>,
    /// The network it needs: `wifi`.
    pub connpt: Option<String>,
    /// `1`: only for devices online now, never kept.
    #[wire("onlySendOnce")]
    pub only_send_once: Option<String>,
    /// The notification category's ID.
    #[wire("channelId")]
    pub channel_id: Option<String>,
}
