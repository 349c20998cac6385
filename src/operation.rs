//! Operations: the one table of which every other part of the project is a projection.

use crate::{
    dialect::Dialect,
    shape::{Bytes, Field, File, Shape},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// An HTTP method of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::upper_case_acronyms)]
#[allow(missing_docs)]
pub enum Method {
    GET,
    POST,
    PUT,
    DELETE,
}

impl Method {
    /// As it stands in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::DELETE => "DELETE",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::GET, Self::POST, Self::PUT, Self::DELETE].into_iter().find(|m| m.as_str() == name)
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a hole of the path.
    Path,
    /// In the query.
    Query,
    /// In a request header.
    Header,
    /// As a member of the body.
    Body,
    /// As a text part of a multipart body.
    Part,
    /// As the file part of a multipart body.
    File,
    /// It is the whole body.
    Whole,
    /// Its members stand among the body's own.
    Flatten,
}

impl Place {
    /// The name that `catalog.json` gives it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body | Self::Flatten => "body",
            Self::Part => "form",
            Self::File => "file",
            Self::Whole => "whole",
        }
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

/// Which members accompany the result; the platform has several habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// `action`, `application`, `path`, `uri`, `entities`, `data`, `timestamp`, `duration`, `organization`, `applicationName`.
    Standard,
    /// `action`, `timestamp`, `duration` and the result.
    Minimal,
    /// `timestamp`, `duration`, `data`.
    Metadata,
    /// `timestamp`, `duration`, `data`, as the push service answers.
    Push,
    /// `requestStatusCode`, `timestamp` and the result.
    Reaction,
    /// `uri`, `action`, `timestamp` and the result.
    Short,
    /// The result alone.
    Bare,
}

/// Which bearer token a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// The app's.
    App,
    /// None.
    None,
}

/// Whose own token opens an operation, beside the app's. The last four tell how much the user has to be in the group, chat
/// room or thread that the path names, each more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Everybody's, and no token at all.
    Everybody,
    /// That of the user whom this parameter names.
    Named(&'static str),
    /// That of a super admin of chat rooms.
    SuperAdmin,
    /// Any user's.
    Any,
    /// A member's.
    Member,
    /// An admin's, or the owner's.
    Admin,
    /// The owner's.
    Owner,
}

/// An older method and path that was once documented for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The method.
    pub method: Method,
    /// The path template.
    pub path: &'static str,
}

/// A documented rate per app key, of calls or of what they carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: u32,
    /// In how many seconds.
    pub seconds: u32,
    /// Whether each item of the [`Batch`] counts: a message to three groups as three.
    pub items: bool,
}

/// The list parameter of a batch, and how many it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The parameter.
    pub field: &'static str,
    /// The documented maximum.
    pub max: u32,
    /// How a successful answer tells which items were refused all the same.
    pub told: Told,
}

/// How a successful answer to a batch tells which items were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It does not: the batch succeeds or fails as a whole, or what is missing is no failure.
    Nothing,
    /// An entry for each `user`, with `result` and `reason`.
    Results,
    /// `data` names those that were not registered, each with a `registerUserFailReason`.
    Unregistered,
    /// `fail` maps each to its reason.
    Fail,
    /// `errorKeys` maps each to its reason.
    Errors,
    /// A list of those done, `success`, and one for each reason.
    Lists,
    /// An entry for each, in order, with a `pushStatus`.
    Pushed,
    /// An entry for each `msg_id`; `recalled` is `yes`, or the reason.
    Recalled,
    /// Those done are in `updateMetadataSucceeded`.
    Metadata,
}

impl Told {
    /// Its name in the generated table; none for [`Told::Nothing`].
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Results => Some("results"),
            Self::Unregistered => Some("unregistered"),
            Self::Fail => Some("fail"),
            Self::Errors => Some("errors"),
            Self::Lists => Some("lists"),
            Self::Pushed => Some("pushed"),
            Self::Recalled => Some("recalled"),
            Self::Metadata => Some("metadata"),
        }
    }
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By a cursor from the last answer.
    Cursor {
        /// The parameter for the page size.
        size: &'static str,
        /// The parameter for the cursor.
        cursor: &'static str,
        /// Where the answer holds the next cursor.
        next: &'static str,
    },
    /// By counting pages.
    Number {
        /// The parameter for the page's number.
        number: &'static str,
        /// The parameter for the page size.
        size: &'static str,
        /// The number of the first page.
        first: u32,
    },
}

/// What of the answer a caller gets.
#[derive(Debug)]
pub struct Returns {
    /// The path to it: `data`, `entities[0]`, or empty for the whole answer.
    pub at: &'static str,
    /// The path to it in answers that have nothing there; empty for none.
    pub or: &'static str,
    /// Whether the platform answers one value where callers get a list.
    pub one_or_many: bool,
    /// What it looks like.
    pub shape: &'static Shape,
}

impl Returns {
    /// Takes the result out of a whole answer.
    #[must_use]
    pub fn unwrap(&self, paging: Option<Paging>, whole: Value) -> Answer {
        let cursor = match paging {
            Some(Paging::Cursor { next, .. }) => at(&whole, next).and_then(cursor),
            _ => None,
        };
        let value = if matches!(self.shape, Shape::Unit) {
            Value::Null
        } else if self.at.is_empty() {
            whole
        } else {
            at(&whole, self.at).or_else(|| at(&whole, self.or)).cloned().unwrap_or_default()
        };
        // The platform leaves out what is empty; of anything else it has to say something.
        let value = match (value, self.shape) {
            (Value::Null, Shape::List(_)) => Value::Array(Vec::new()),
            (Value::Null, Shape::Map(_)) => Value::Object(Map::new()),
            (value, _) => value,
        };
        let value = match value {
            one @ (Value::Object(_) | Value::String(_)) if self.one_or_many => Value::Array(vec![one]),
            value => value,
        };
        Answer { value, cursor, bytes: None }
    }
}

/// A cursor, which some answers print as a number; an empty one is none.
fn cursor(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// The value at a path such as `data.list` or `entities[0]`.
fn at<'a>(whole: &'a Value, path: &str) -> Option<&'a Value> {
    path.split(['.', '[']).try_fold(whole, |value, part| match part.strip_suffix(']') {
        Some(index) => value.get(index.parse::<usize>().ok()?),
        None => value.get(part),
    })
}

/// Everything there is to know about one operation.
#[derive(Debug)]
pub struct Operation {
    /// The resource: `groups.mutes`.
    pub group: &'static str,
    /// The verb: `add`.
    pub name: &'static str,
    /// The path template below the app's base path.
    pub path: &'static str,
    /// Older forms.
    pub forms: &'static [Form],
    /// The parameters.
    pub fields: &'static [Field],
    /// The method.
    pub method: Method,
    /// How the body is written.
    pub encoding: Encoding,
    /// Whether the answer is a file.
    pub bytes: bool,
    /// Whether a repeat is harmless.
    pub safe: bool,
    /// The token it carries.
    pub auth: Auth,
    /// What only native builds know of it; its members can be reached through the operation.
    pub about: &'static About,
}

/// What only native builds know of an operation. In wasm all operations share one that is empty: the JavaScript side has
/// these from the generated table.
#[derive(Debug)]
pub struct About {
    /// The documentation.
    pub doc: &'static str,
    /// The vendor's page.
    pub docs: &'static str,
    /// What callers get.
    pub returns: Returns,
    /// What stands around it.
    pub envelope: Envelope,
    /// How to page, if it is a list.
    pub paging: Option<Paging>,
    /// How to batch, if it takes many.
    pub batch: Option<Batch>,
    /// The documented rates.
    pub rates: &'static [Rate],
    /// The name under which operations share their rates; empty for its own.
    pub pool: &'static str,
    /// Easemob's rates, where they differ; each operation has its own.
    pub easemob_rates: &'static [Rate],
    /// The one vendor that documents it.
    pub only: Option<Dialect>,
    /// Whose own tokens open it, beside the app's: any of these.
    pub users: &'static [Whose],
}

impl About {
    /// Nothing.
    pub const NONE: Self = Self {
        doc: "",
        docs: "",
        returns: Returns { at: "", or: "", one_or_many: false, shape: &Shape::Any },
        envelope: Envelope::Standard,
        paging: None,
        batch: None,
        rates: &[],
        pool: "",
        easemob_rates: &[],
        only: None,
        users: &[],
    };
}

impl std::ops::Deref for Operation {
    type Target = About;

    fn deref(&self) -> &About {
        self.about
    }
}

impl Operation {
    /// The public name: `groups.mutes.add`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }

    /// Whether `id` is this operation's name.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        id.rsplit_once('.').is_some_and(|(group, name)| group == self.group && name == self.name)
    }

    /// Whether a request has a body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.fields.iter().any(|f| !matches!(f.place, Place::Path | Place::Query | Place::Header))
    }
}

/// A request that knows its operation. Implemented by `#[endpoint]`.
pub trait Endpoint: Listed + Serialize + DeserializeOwned {
    /// What callers get.
    type Response;
    /// The operation.
    const OPERATION: Operation;

    /// Reads the result from an answer.
    fn read(answer: Answer) -> Result<Self::Response, serde_json::Error>;

    /// Writes a result as an answer, as a server does.
    fn write(response: Self::Response) -> Result<Answer, serde_json::Error>;

    /// The file it uploads.
    fn file(&self) -> Option<&File> {
        None
    }
}

/// Implemented by `group!` for every endpoint in its list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is declared but not listed",
    note = "add it to the `group!` list at the top of its file"
)]
pub trait Listed {}

/// Something done once for each endpoint of a group; see `group!`.
pub trait Visit<E> {
    /// Does it for `E`.
    fn visit(&mut self);
}

/// The part of a response that a caller gets.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The value that [`Returns`] points at.
    pub value: Value,
    /// Where the next page begins.
    pub cursor: Option<String>,
    /// The file, for downloads.
    pub bytes: Option<Bytes>,
}

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<T> {
    /// Its items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last, and where pages are counted.
    pub cursor: Option<String>,
}

/// How each kind of response is read and written; `#[endpoint]` picks one.
#[doc(hidden)]
pub mod answer {
    use super::{Answer, Bytes, DeserializeOwned, Page, Serialize};
    use serde::de::Error;
    use serde_json::Value;

    /// Reads a value; what does not fit is named.
    fn named<T: DeserializeOwned>(value: Value) -> Result<T, serde_json::Error> {
        serde_path_to_error::deserialize(value).map_err(|e| match e.path().to_string().as_str() {
            "." => e.into_inner(),
            path => serde_json::Error::custom(format!("{path}: {}", e.inner())),
        })
    }

    pub fn read<T: DeserializeOwned>(answer: Answer) -> Result<T, serde_json::Error> {
        if answer.value.is_null() {
            return named(Value::Null).map_err(|_| serde_json::Error::custom("it holds no result"));
        }
        named(answer.value)
    }

    pub fn write<T: Serialize>(response: T) -> Result<Answer, serde_json::Error> {
        Ok(Answer { value: serde_json::to_value(response)?, ..Answer::default() })
    }

    pub fn read_page<T: DeserializeOwned>(answer: Answer) -> Result<Page<T>, serde_json::Error> {
        Ok(Page { items: named(answer.value)?, cursor: answer.cursor })
    }

    pub fn write_page<T: Serialize>(page: Page<T>) -> Result<Answer, serde_json::Error> {
        Ok(Answer { value: serde_json::to_value(page.items)?, cursor: page.cursor, bytes: None })
    }

    pub fn read_none(_: Answer) -> Result<(), serde_json::Error> {
        Ok(())
    }

    pub fn write_none((): ()) -> Result<Answer, serde_json::Error> {
        Ok(Answer::default())
    }

    pub fn read_bytes(answer: Answer) -> Result<Bytes, serde_json::Error> {
        Ok(answer.bytes.unwrap_or_default())
    }

    pub fn write_bytes(bytes: Bytes) -> Result<Answer, serde_json::Error> {
        Ok(Answer { bytes: Some(bytes), ..Answer::default() })
    }
}

/// Lists a file's endpoints: its table of contents and its registration in one.
///
/// `group! { "users", "https://…": Register, Get }` names the resource and the vendor's page on it.
#[macro_export]
macro_rules! group {
    ($name:literal, $docs:literal: $($endpoint:ident),* $(,)?) => {
        const GROUP: &str = $name;
        const DOCS: &str = $docs;
        $(
            // Else the compiler lists all other endpoints when it says that one is missing.
            #[diagnostic::do_not_recommend]
            impl $crate::operation::Listed for $endpoint {}
        )*
        /// The operations declared in this file, in order.
        pub static OPERATIONS: &[$crate::operation::Operation] =
            &[$(<$endpoint as $crate::operation::Endpoint>::OPERATION),*];
        /// Visits every endpoint of this file.
        pub fn visit<V>(visitor: &mut V)
        where
            $(V: $crate::operation::Visit<$endpoint>),*
        {
            $(<V as $crate::operation::Visit<$endpoint>>::visit(visitor);)*
        }
    };
}
