//! The notification of a push: what it says, and what each device vendor's channel makes of it.

use crate::{
    api::push::message::{
        apns::ApnsPush, fcm::FcmPush, fcm_v1::FcmV1Push, harmony_os::HarmonyOsPush, honor::HonorPush,
        huawei::HuaweiPush, meizu::MeizuPush, oppo::OppoPush, vivo::VivoPush, xiaomi::XiaomiPush,
    },
    model,
    shape::Scalar,
};
use serde_json::Value;
use std::collections::BTreeMap;

pub mod apns;
pub mod fcm;
pub mod fcm_v1;
pub mod harmony_os;
pub mod honor;
pub mod huawei;
pub mod meizu;
pub mod oppo;
pub mod vivo;
pub mod xiaomi;

/// A notification. What stands in a channel's section comes before the common members.
#[model]
pub struct PushMessage {
    /// The title. Easemob counts a Chinese character as 2.
    #[limits(max = 32)]
    pub title: String,
    /// The subtitle, on iOS.
    #[wire("subTitle")]
    #[limits(max = 10)]
    #[alias("sub_title")]
    pub sub_title: Option<String>,
    /// The text. Easemob counts a Chinese character as 2.
    #[limits(max = 100)]
    pub content: String,
    /// Data of your own: at most 10 members, 1024 characters in all.
    pub ext: Option<BTreeMap<String, Value>>,
    /// What a tap does, and the number on the app's icon.
    pub config: Option<PushConfig>,
    /// Agora's own channel.
    pub agora: Option<PlatformPush>,
    /// Easemob's own channel.
    pub easemob: Option<PlatformPush>,
    /// Apple's channel.
    pub apns: Option<ApnsPush>,
    /// Google's channel: Firebase's legacy HTTP interface.
    pub fcm: Option<FcmPush>,
    /// Google's channel: Firebase's HTTP v1 interface. Easemob only.
    #[wire("fcmV1")]
    pub fcm_v1: Option<FcmV1Push>,
    /// Xiaomi's channel. Easemob only.
    pub xiaomi: Option<XiaomiPush>,
    /// vivo's channel. Easemob only.
    pub vivo: Option<VivoPush>,
    /// OPPO's channel. Easemob only.
    pub oppo: Option<OppoPush>,
    /// Meizu's channel. Easemob only.
    pub meizu: Option<MeizuPush>,
    /// Huawei's channel. Easemob only.
    pub huawei: Option<HuaweiPush>,
    /// Honor's channel. Easemob only.
    pub honor: Option<HonorPush>,
    /// HarmonyOS's channel. Easemob only.
    #[wire("harmonyOS")]
    pub harmony_os: Option<HarmonyOsPush>,
}

/// What a tap on a notification does, and the number on the app's icon.
#[model]
pub struct PushConfig {
    /// What a tap does; without it the app's home page opens.
    #[wire("clickAction")]
    pub click_action: Option<PushClickAction>,
    /// The number on the app's icon.
    pub badge: Option<PushBadge>,
}

/// What a tap on a notification opens. On Easemob's channel for iOS only `url` works.
#[model]
pub struct PushClickAction {
    /// A web page.
    pub url: Option<String>,
    /// A page of the app.
    pub action: Option<String>,
    /// A package, or the path of an Android activity.
    pub activity: Option<String>,
}

/// The number on an app's icon.
#[model]
pub struct PushBadge {
    /// How much is added to it on arrival.
    #[wire("addNum")]
    pub add_num: Option<i64>,
    /// What it becomes on arrival.
    #[wire("setNum")]
    pub set_num: Option<i64>,
    /// The class of the app's first activity; Huawei devices need it.
    pub activity: Option<String>,
}

/// The platform's own channel, which reaches devices that are connected to it.
#[model]
pub struct PlatformPush {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub content: Option<String>,
    /// The subtitle, on iOS.
    #[wire("subTitle")]
    pub sub_title: Option<String>,
    /// The web address of the icon.
    #[wire("iconUrl")]
    pub icon_url: Option<String>,
    /// Whether a notification is shown, as by default; if not, only data arrives.
    #[wire("needNotification")]
    pub need_notification: Option<bool>,
    /// The number on the app's icon.
    pub badge: Option<PushBadge>,
    /// What a tap does.
    pub operation: Option<PushOperation>,
    /// The Android notification channel, `chat` by default; made from the two members below if the app has none such.
    #[wire("channelId")]
    pub channel_id: Option<String>,
    /// The name of a channel that is made.
    #[wire("channelName")]
    pub channel_name: Option<String>,
    /// The importance of a channel that is made: 0 low, 3 default, 4 high.
    #[wire("channelLevel")]
    pub channel_level: Option<i64>,
    /// Whether a tap removes the notification: 0 no, 1 yes.
    #[wire("autoCancel")]
    #[limits(min = 0, max = 1, default = 1)]
    pub auto_cancel: Option<i64>,
    /// When it expires, in Unix milliseconds.
    #[wire("expiresTime")]
    pub expires_time: Option<i64>,
    /// Whether there is a sound: 0 no, 1 yes.
    #[limits(min = 0, max = 1, default = 0)]
    pub sound: Option<i64>,
    /// Whether the device vibrates: 0 no, 1 yes.
    #[limits(min = 0, max = 1, default = 0)]
    pub vibrate: Option<i64>,
    /// 0 normal, 1 with a long text, 2 with a picture.
    #[limits(min = 0, max = 2, default = 0)]
    pub style: Option<i64>,
    /// The long text, for style 1.
    #[wire("bigTxt")]
    pub big_txt: Option<String>,
    /// The web address of the picture, for style 2; on Android.
    #[wire("bigPicture")]
    pub big_picture: Option<String>,
    /// The notification's ID, by chance if absent; a new notification replaces the one of the same ID.
    pub id: Option<i64>,
}

/// What a tap on a notification of the platform's own channel does.
#[model]
pub struct PushOperation {
    /// 0, the default, starts the app; 1 opens `openUrl`; 2 opens `openAction`. Text and number both do. On Easemob's
    /// channel for iOS 0 and 1 only.
    #[wire("type")]
    pub kind: Option<Scalar>,
    /// The web page, for type 1.
    #[wire("openUrl")]
    pub open_url: Option<String>,
    /// The page of the app, for type 2.
    #[wire("openAction")]
    pub open_action: Option<String>,
    /// The package, or the path of an Android activity, for type 2. Agora only.
    #[wire("openActivity")]
    pub open_activity: Option<String>,
}
