//! What a message holds: its type and the members that go with it.

use crate::{
    model,
    shape::{Scalar, Secret},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// A message's `type`, and its `body` with the members of that type.
#[model(tag = "type", content = "body")]
pub enum Message {
    /// A text.
    #[wire("txt")]
    Text(TextBody),
    /// An image.
    #[wire("img")]
    Image(ImageBody),
    /// A voice message.
    Audio(AudioBody),
    /// A video.
    Video(VideoBody),
    /// Any other file.
    File(FileBody),
    /// A place on the map.
    #[wire("loc")]
    Location(LocationBody),
    /// A command to the receiving client, which does not show it.
    #[wire("cmd")]
    Command(CommandBody),
    /// A message of the app's own making.
    Custom(CustomBody),
}

/// A message's `type`, and beside it the members of that type.
#[model(tag = "type", open)]
pub enum MessageContent {
    /// A text.
    #[wire("txt")]
    Text(TextBody),
    /// An image.
    #[wire("img")]
    Image(ImageBody),
    /// A voice message.
    Audio(AudioBody),
    /// A video.
    Video(VideoBody),
    /// Any other file.
    File(FileBody),
    /// A place on the map.
    #[wire("loc")]
    Location(LocationBody),
    /// A command to the receiving client, which does not show it.
    #[wire("cmd")]
    Command(CommandBody),
    /// A message of the app's own making.
    Custom(CustomBody),
}

/// What a sent message can be changed to: a `type` that it had before, and beside it the new members.
#[model(tag = "type")]
pub enum EditedContent {
    /// A text.
    #[wire("txt")]
    Text(TextBody),
    /// A message of the app's own making.
    Custom(CustomBody),
}

impl From<Message> for MessageContent {
    fn from(message: Message) -> Self {
        match message {
            Message::Text(body) => Self::Text(body),
            Message::Image(body) => Self::Image(body),
            Message::Audio(body) => Self::Audio(body),
            Message::Video(body) => Self::Video(body),
            Message::File(body) => Self::File(body),
            Message::Location(body) => Self::Location(body),
            Message::Command(body) => Self::Command(body),
            Message::Custom(body) => Self::Custom(body),
        }
    }
}

impl From<EditedContent> for MessageContent {
    fn from(content: EditedContent) -> Self {
        match content {
            EditedContent::Text(body) => Self::Text(body),
            EditedContent::Custom(body) => Self::Custom(body),
        }
    }
}

/// A text.
#[model]
pub struct TextBody {
    /// The text.
    pub msg: String,
}

/// An image, uploaded before with `files.upload`.
#[model]
pub struct ImageBody {
    /// The file's name, as receiving clients show it. Easemob requires it.
    pub filename: Option<String>,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    pub secret: Option<Secret>,
    /// The image's size. Easemob requires it.
    pub size: Option<PixelSize>,
    /// The file's address: the `uri` and `uuid` of its upload, with `/` between.
    pub url: String,
    /// The file's size in bytes.
    pub file_length: Option<u64>,
}

/// A width and a height.
#[model]
pub struct PixelSize {
    /// The width in pixels.
    pub width: Option<f64>,
    /// The height in pixels.
    pub height: Option<f64>,
}

/// A voice message, uploaded before with `files.upload`.
#[model]
pub struct AudioBody {
    /// The file's name, as receiving clients show it. Easemob requires it.
    pub filename: Option<String>,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    pub secret: Option<Secret>,
    /// How long it plays, in seconds. Easemob requires it.
    pub length: Option<u64>,
    /// The file's address: the `uri` and `uuid` of its upload, with `/` between.
    pub url: String,
    /// The file's size in bytes.
    pub file_length: Option<u64>,
}

/// A video, uploaded before with `files.upload`.
#[model]
pub struct VideoBody {
    /// The file's name, as receiving clients show it.
    pub filename: Option<String>,
    /// The thumbnail's address. The platform makes none of videos: upload a picture as a file of its own.
    pub thumb: Option<String>,
    /// How long it plays, in seconds. Easemob requires it.
    pub length: Option<u64>,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    pub secret: Option<Secret>,
    /// The file's size in bytes. Easemob requires it.
    pub file_length: Option<u64>,
    /// The thumbnail's `share-secret`.
    pub thumb_secret: Option<Secret>,
    /// The file's address: the `uri` and `uuid` of its upload, with `/` between.
    pub url: String,
}

/// Any other file, uploaded before with `files.upload`.
#[model]
pub struct FileBody {
    /// The file's name, as receiving clients show it.
    pub filename: String,
    /// The file's `share-secret`; needed if it was uploaded with `restrict-access`.
    pub secret: Option<Secret>,
    /// The file's address: the `uri` and `uuid` of its upload, with `/` between.
    pub url: String,
    /// The file's size in bytes.
    pub file_length: Option<u64>,
}

/// A place on the map.
#[model]
pub struct LocationBody {
    /// The latitude in degrees: documented as a text, taken as a number too.
    pub lat: Scalar,
    /// The longitude in degrees: documented as a text, taken as a number too.
    pub lng: Scalar,
    /// The address, in words.
    pub addr: String,
}

/// A command to the receiving client.
#[model]
pub struct CommandBody {
    /// The command.
    pub action: String,
    /// What the command needs to know. No page documents it; the official Java SDK sends it.
    pub param: Option<BTreeMap<String, Value>>,
}

/// A message of the app's own making.
#[model]
pub struct CustomBody {
    /// What kind of message it is: letters, digits, `-`, `_`, `/` and `.`.
    #[wire("customEvent")]
    #[limits(min = 1, max = 32)]
    pub custom_event: Option<String>,
    /// Its members, at most 16.
    #[wire("customExts")]
    pub custom_exts: Option<BTreeMap<String, String>>,
}

/// Who gets a message.
#[model]
pub enum RouteType {
    /// Only those who are online now; the others never do.
    #[wire("ROUTE_ONLINE")]
    Online,
}

/// How soon a message to a chat room is delivered. Under load the platform drops the low ones first, and may drop any.
#[model]
pub enum RoomMessageLevel {
    /// First.
    High,
    /// In between.
    Normal,
    /// Last.
    Low,
}

/// What kind of conversation a message is in.
#[model]
pub enum ChatType {
    /// A one-to-one chat.
    Chat,
    /// A group.
    #[wire("groupchat")]
    Group,
    /// A chat room.
    #[wire("chatroom")]
    Room,
}
