//! Shapes: what a declared type looks like, as constant data.

use crate::{codec::joined, operation::Place};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fmt};

#[doc(hidden)]
pub mod lenient;
#[doc(hidden)]
pub mod open;

/// A type that declarations may mention.
pub trait Model {
    /// Its shape.
    const SHAPE: Shape;
}

/// The shape of a value on the wire.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number that a JavaScript number holds exactly.
    Integer,
    /// A whole number beyond 2^53; JavaScript callers get it as a string.
    BigInt,
    /// A number.
    Number,
    /// A text.
    String,
    /// A text that is never printed: a password, a token, a secret.
    Secret,
    /// A text or a number: senders use both.
    Scalar,
    /// Any JSON value.
    Any,
    /// Nothing.
    Unit,
    /// The bytes of a file.
    Bytes,
    /// A list.
    List(&'static Self),
    /// An object with names that are not known beforehand.
    Map(&'static Self),
    /// A value that may be `null`.
    Optional(&'static Self),
    /// One word of a few.
    Enum {
        /// The type's name.
        name: &'static str,
        /// Its documentation.
        doc: &'static str,
        /// The words.
        words: &'static [Word],
    },
    /// An object with known members.
    Struct {
        /// The type's name.
        name: &'static str,
        /// Its documentation.
        doc: &'static str,
        /// Its members.
        fields: &'static [Field],
    },
    /// An object whose members depend on its tag.
    Union {
        /// The type's name.
        name: &'static str,
        /// Its documentation.
        doc: &'static str,
        /// The member that tells which variant it is.
        tag: &'static str,
        /// The member that holds the variant; without it the variant's members stand beside the tag.
        content: Option<&'static str>,
        /// The variants.
        variants: &'static [Variant],
    },
}

/// One word of an [`Shape::Enum`].
#[derive(Debug)]
pub struct Word {
    /// As it stands on the wire.
    pub value: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// One variant of a [`Shape::Union`].
#[derive(Debug)]
pub struct Variant {
    /// The tag's value.
    pub value: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its members.
    pub shape: &'static Shape,
}

/// One member of an object or one parameter of an operation.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire, which is its name for JavaScript callers too.
    pub name: &'static str,
    /// What it looks like.
    pub shape: &'static Shape,
    /// The value that never varies, if it is such a field.
    pub constant: Option<&'static str>,
    /// Whether a request must have it.
    pub required: bool,
    /// Where an operation sends it.
    pub place: Place,
    /// Where the easemob dialect sends it.
    pub easemob: Place,
    /// What only native builds know of it; its members can be reached through the field.
    pub about: &'static About,
}

/// What only native builds, and wasm with the feature `about`, know of a field. Elsewhere all fields share one that is
/// empty.
#[derive(Debug)]
pub struct About {
    /// Its documentation.
    pub doc: &'static str,
    /// The documented limits; it is the platform that enforces them.
    pub limits: Limits,
    /// Other spellings that a server accepts.
    pub aliases: &'static [&'static str],
}

impl About {
    /// Nothing.
    pub const NONE: Self = Self { doc: "", limits: Limits::NONE, aliases: &[] };
}

impl std::ops::Deref for Field {
    type Target = About;

    fn deref(&self) -> &About {
        self.about
    }
}

/// Documented limits: of a number its value, of a text its length in characters, of a list or map its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The smallest.
    pub min: Option<i64>,
    /// The largest.
    pub max: Option<i64>,
    /// What the platform takes when the field is absent.
    pub default: Option<i64>,
}

impl Limits {
    /// None documented.
    pub const NONE: Self = Self { min: None, max: None, default: None };

    /// These limits.
    #[must_use]
    pub const fn of(min: Option<i64>, max: Option<i64>, default: Option<i64>) -> Self {
        Self { min, max, default }
    }
}

/// Keeps documentation natively and drops it from wasm builds.
pub const fn host_only<T: Copy>(here: T, in_wasm: T) -> T {
    if cfg!(target_arch = "wasm32") { in_wasm } else { here }
}

/// Keeps limits, response shapes and the like natively and drops them from wasm builds, unless the feature `about` asks
/// for them.
pub const fn about<T: Copy>(here: T, in_wasm: T) -> T {
    if cfg!(all(target_arch = "wasm32", not(feature = "about"))) { in_wasm } else { here }
}

/// What is wrong with a value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The parameter, with the path into it: `usernames[1]`.
    pub field: String,
    /// What is wrong: `must be a string`.
    pub reason: String,
}

impl Problem {
    /// A problem with `field`.
    pub fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.reason)
    }
}

impl Shape {
    /// Checks a JSON value; the problem names the offending place.
    pub fn check(&self, value: &Value, at: &str) -> Result<(), Problem> {
        match (self, value) {
            (Self::Any, _)
            | (Self::Optional(_), Value::Null)
            | (Self::Bool, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String | Self::Secret | Self::Scalar, Value::String(_))
            | (Self::Scalar, Value::Number(_)) => Ok(()),
            (Self::Integer | Self::BigInt, Value::Number(n)) if whole(n) => Ok(()),
            (Self::BigInt, Value::String(s)) if !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) => Ok(()),
            (Self::Optional(inner), value) => inner.check(value, at),
            (Self::List(item), Value::Array(list)) => {
                list.iter().enumerate().try_for_each(|(i, v)| item.check(v, &format!("{at}[{i}]")))
            }
            (Self::Map(item), Value::Object(map)) => {
                map.iter().try_for_each(|(k, v)| item.check(v, &format!("{at}.{k}")))
            }
            (Self::Struct { fields, .. }, Value::Object(map)) => check_fields(fields, map, at),
            (Self::Enum { words, .. }, Value::String(s)) => {
                if words.iter().any(|w| w.value == s) {
                    return Ok(());
                }
                Err(must_be_one_of(at, &mut words.iter().map(|w| w.value)))
            }
            (Self::Union { tag, content, variants, .. }, Value::Object(map)) => {
                check_union(tag, *content, variants, map, at)
            }
            (shape, _) => Err(Problem::new(at, format!("must be {}", shape.noun()))),
        }
    }

    /// The shape in words, for messages.
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Integer | Self::BigInt => "an integer",
            Self::Number => "a number",
            Self::String | Self::Secret | Self::Enum { .. } => "a string",
            Self::Scalar => "a string or a number",
            Self::List(_) => "an array",
            Self::Bytes => "a file",
            Self::Any | Self::Unit | Self::Map(_) | Self::Struct { .. } | Self::Union { .. } => "an object",
            Self::Optional(inner) => inner.noun(),
        }
    }
}

fn must_be_one_of(at: impl Into<String>, words: &mut dyn Iterator<Item = &'static str>) -> Problem {
    Problem::new(at, "must be one of ".to_owned() + &joined(", ", &mut words.map(str::to_owned)))
}

/// Whether a number has no fraction. Told from its text, since reading floats brings large tables into the wasm.
fn whole(n: &serde_json::Number) -> bool {
    let text = n.to_string();
    n.is_i64() || n.is_u64() || text.ends_with(".0") || !text.bytes().any(|b| matches!(b, b'.' | b'-'))
}

fn check_fields(fields: &[Field], map: &Map<String, Value>, at: &str) -> Result<(), Problem> {
    fields.iter().try_for_each(|f| {
        let place = || if at.is_empty() { f.name.to_owned() } else { format!("{at}.{}", f.name) };
        match map.get(f.name) {
            None | Some(Value::Null) if !f.required => Ok(()),
            None => Err(Problem::new(place(), "is required")),
            Some(value) => f.shape.check(value, &place()),
        }
    })
}

fn check_union(
    tag: &str,
    content: Option<&str>,
    variants: &[Variant],
    map: &Map<String, Value>,
    at: &str,
) -> Result<(), Problem> {
    let place = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    let value = match map.get(tag) {
        Some(Value::String(s)) if !s.is_empty() => s,
        None | Some(Value::String(_)) => return Err(Problem::new(place(tag), "is required")),
        Some(_) => return Err(Problem::new(place(tag), "must be a string")),
    };
    let Some(variant) = variants.iter().find(|v| v.value == value) else {
        return Err(must_be_one_of(place(tag), &mut variants.iter().map(|v| v.value)));
    };
    match content {
        None => match variant.shape {
            Shape::Struct { fields, .. } => check_fields(fields, map, at),
            _ => Ok(()),
        },
        Some(name) => match map.get(name) {
            None => Err(Problem::new(place(name), "is required")),
            Some(value) => variant.shape.check(value, &place(name)),
        },
    }
}

macro_rules! shapes {
    ($($t:ty => $shape:ident),* $(,)?) => { $(impl Model for $t { const SHAPE: Shape = Shape::$shape; })* };
}
shapes! {
    bool => Bool, i32 => Integer, i64 => Integer, u32 => Integer, u64 => Integer, f64 => Number,
    String => String, Secret => Secret, Scalar => Scalar, BigInt => BigInt, Value => Any, () => Unit, Bytes => Bytes, File => Bytes,
}
impl<T: Model> Model for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}
impl<T: Model> Model for Option<T> {
    const SHAPE: Shape = Shape::Optional(&T::SHAPE);
}
impl<T: Model> Model for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
}

/// A text that is never printed.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// A text or a number, kept as it came.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A number.
    Number(serde_json::Number),
}

impl Default for Scalar {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(s) => f.write_str(s),
            Self::Number(n) => write!(f, "{n}"),
        }
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Scalar {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

/// A whole number beyond 2^53.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct BigInt(pub u64);

impl<'de> serde::Deserialize<'de> for BigInt {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::printed(deserializer).map(Self)
    }
}

/// The bytes that a download answers with.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Bytes {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their media type, as the platform names it.
    pub content_type: Option<String>,
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({} bytes, {:?})", self.bytes.len(), self.content_type)
    }
}

/// A file to upload.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.bytes.len())
    }
}
