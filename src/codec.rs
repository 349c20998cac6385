//! The interpreter: forwards it turns named parameters into a request, backwards a request into named parameters.

use crate::{
    api::operations,
    dialect::Dialect,
    operation::{Encoding, Method, Operation, Place},
    shape::{Field, Problem, Shape},
};
use serde_json::{Map, Value};
use std::{borrow::Cow, fmt};

pub mod decode;
pub mod escape;
pub mod exact;

use escape::{escape, escape_form};

/// Named parameters, as JavaScript callers pass them.
pub type Params = Map<String, Value>;

/// A request, ready for any transport. Its path is below the app's base path.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path with its query, encoded.
    pub path: String,
    /// Headers beyond those every request has.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub body: Body,
}

/// Says nothing of query, headers and body: secrets travel in all of them.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.split('?').next().unwrap_or_default();
        let mut debug = f.debug_struct("Request");
        debug.field("method", &self.method).field("path", &path).field("body", &self.body).finish_non_exhaustive()
    }
}

/// A request's body.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// None.
    Empty,
    /// JSON text.
    Json(String),
    /// URL-encoded pairs.
    Form(String),
    /// A multipart form: text parts, and the name of the part that holds the file.
    Multipart {
        /// The text parts.
        parts: Vec<(String, String)>,
        /// The file part's name.
        file: &'static str,
    },
}

/// Says which kind it is.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Json(_) => "Json(***)",
            Self::Form(_) => "Form(***)",
            Self::Multipart { .. } => "Multipart(***)",
        })
    }
}

impl Operation {
    /// Turns named parameters into a request, or says which parameter does not fit.
    pub fn encode(&self, params: &Params, dialect: Dialect) -> Result<Request, Problem> {
        self.refuse_unknown(params)?;
        let mut holes = Vec::new();
        let mut query = String::new();
        let mut headers = Vec::new();
        let mut body = Map::new();
        let mut whole = None;
        let mut parts = Vec::new();
        let mut file = "";
        for field in self.fields {
            let place = if dialect == Dialect::Easemob { field.easemob } else { field.place };
            match place {
                Place::Flatten => {
                    let members = members(field.shape, params);
                    field.shape.check(&Value::Object(members.clone()), "")?;
                    body.extend(members);
                    continue;
                }
                Place::File => {
                    file = field.name;
                    continue;
                }
                _ => {}
            }
            let Some(value) = field.value(params)? else { continue };
            if matches!(place, Place::Path | Place::Query) {
                self.refuse_commas(field, &value)?;
            }
            match place {
                Place::Path => {
                    let segment = segment(field, &value)?;
                    holes.push((field.name, segment));
                }
                Place::Query => {
                    query.push(if query.is_empty() { '?' } else { '&' });
                    query.push_str(&escape(field.name));
                    query.push('=');
                    query.push_str(&escape(&text(&value)));
                }
                Place::Header => headers.push((Cow::Borrowed(field.name), header(field, &value)?)),
                Place::Part => parts.push((field.name.to_owned(), text(&value))),
                Place::Whole => whole = Some(value.into_owned()),
                Place::Body | Place::Flatten | Place::File => {
                    body.insert(field.name.to_owned(), value.into_owned());
                }
            }
        }
        let body = match self.encoding {
            _ if !self.has_body() => Body::Empty,
            Encoding::Json => Body::Json(json(&whole.unwrap_or(Value::Object(body)))),
            Encoding::Form => {
                let pairs = match whole {
                    Some(Value::Object(map)) => map,
                    _ => body,
                };
                Body::Form(joined("&", &mut pairs.iter().map(|(k, v)| escape_form(k) + "=" + &escape_form(&text(v)))))
            }
            Encoding::Multipart => Body::Multipart { parts, file },
        };
        Ok(Request { method: self.method, path: fill(self.path, &holes) + &query, headers, body })
    }

    /// In a URL commas part the items of lists: one within an item would make two of it. So would one in a single value
    /// at whose place another operation takes a list.
    fn refuse_commas(&self, field: &Field, value: &Value) -> Result<(), Problem> {
        let comma = |value: &Value| value.as_str().is_some_and(|text| text.contains(','));
        let name = match value {
            Value::Array(list) => list.iter().position(comma).map(|i| format!("{}[{i}]", field.name)),
            value => (comma(value) && self.has_list_form()).then(|| field.name.to_owned()),
        };
        name.map_or(Ok(()), |name| Err(Problem::new(name, "must not hold a comma")))
    }

    fn has_list_form(&self) -> bool {
        let stem = |path: &'static str| path.rsplit_once('/').map(|(stem, _)| stem);
        operations().any(|other| {
            let lists = |f: &Field| f.place == Place::Path && matches!(f.shape, Shape::List(_));
            other.method == self.method && stem(other.path) == stem(self.path) && other.fields.iter().any(lists)
        })
    }

    fn refuse_unknown(&self, params: &Params) -> Result<(), Problem> {
        let known = |name: &str| {
            self.fields.iter().any(|f| match f.place {
                Place::Flatten => f.shape.members().any(|m| m == name),
                _ => f.name == name,
            })
        };
        let Some(name) = params.keys().find(|k| !known(k)) else { return Ok(()) };
        let mut reason = "is no parameter of this operation".to_owned();
        // Where it is misspelt, the right one is among these.
        let mut before = ", which takes ";
        for field in self.fields.iter().filter(|f| f.constant.is_none()) {
            let mut members = field.shape.members();
            let mut next = if field.place == Place::Flatten { members.next() } else { Some(field.name) };
            while let Some(name) = next {
                reason.push_str(before);
                reason.push_str(name);
                before = ", ";
                next = if field.place == Place::Flatten { members.next() } else { None };
            }
        }
        Err(Problem::new(name, reason))
    }
}

impl Field {
    /// The parameter's value, checked; `None` if it is absent and may be.
    fn value<'a>(&self, params: &'a Params) -> Result<Option<Cow<'a, Value>>, Problem> {
        let given = params.get(self.name);
        if let Some(constant) = self.constant {
            return match given {
                None | Some(Value::Null) => Ok(Some(Cow::Owned(Value::from(constant)))),
                Some(value) if text(value) == constant => Ok(Some(Cow::Owned(Value::from(constant)))),
                Some(_) => Err(Problem::new(self.name, format!("must be `{constant}` or left out"))),
            };
        }
        match given {
            None | Some(Value::Null) if !self.required => Ok(None),
            None => Err(Problem::new(self.name, "is required")),
            Some(value) => self.shape.check(value, self.name).map(|()| Some(Cow::Borrowed(value))),
        }
    }
}

impl Shape {
    /// The member names that a flattened field adds to its object.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'static str> {
        let names: Vec<&'static str> = match self {
            Self::Union { tag, content: Some(content), .. } => vec![tag, content],
            Self::Union { tag, variants, .. } => {
                let fields = variants.iter().filter_map(|v| match v.shape {
                    Self::Struct { fields, .. } => Some(fields.iter().map(|f| f.name)),
                    _ => None,
                });
                std::iter::once(*tag).chain(fields.flatten()).collect()
            }
            Self::Struct { fields, .. } => fields.iter().map(|f| f.name).collect(),
            _ => Vec::new(),
        };
        names.into_iter()
    }
}

/// A path template with its holes filled.
fn fill(template: &str, holes: &[(&str, String)]) -> String {
    let mut path = String::with_capacity(template.len() + 32);
    for part in template.split('/').skip(1) {
        path.push('/');
        let name = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
        let filled = name.and_then(|name| holes.iter().find(|(n, _)| *n == name));
        path.push_str(filled.map_or(part, |(_, segment)| segment));
    }
    path
}

/// The members of `params` that belong to a flattened field.
fn members(shape: &Shape, params: &Params) -> Params {
    // `extend` rather than `collect`: the latter brings a sort along, which weighs on the wasm.
    let mut members = Params::new();
    members.extend(shape.members().filter_map(|name| Some((name.to_owned(), params.get(name)?.clone()))));
    members
}

/// A path segment: encoded, and nothing that a URL parser would take for something else.
fn segment(field: &Field, value: &Value) -> Result<String, Problem> {
    let one = |value: &Value| {
        let text = text(value);
        if text.is_empty() {
            return Err(Problem::new(field.name, "must not be empty"));
        }
        if text == "." || text == ".." {
            return Err(Problem::new(field.name, format!("must not be `{text}`: it would name another path")));
        }
        if text.chars().any(char::is_control) {
            return Err(Problem::new(field.name, "must not hold control characters"));
        }
        Ok(escape(&text))
    };
    match value {
        Value::Array(list) if list.is_empty() => Err(Problem::new(field.name, "must not be empty")),
        Value::Array(list) => {
            let segments = list.iter().map(one).collect::<Result<Vec<_>, _>>()?;
            Ok(joined("%2C", &mut segments.into_iter()))
        }
        value => one(value),
    }
}

/// A header value: nothing that would start another header.
fn header(field: &Field, value: &Value) -> Result<String, Problem> {
    let text = text(value);
    if text.chars().any(|c| c.is_control() || !c.is_ascii()) {
        return Err(Problem::new(field.name, "must be printable ASCII, since it travels in a header"));
    }
    Ok(text)
}

/// A value as it stands in a path, a query or a form.
fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(list) => joined(",", &mut list.iter().map(text)),
        value => json(value),
    }
}

/// Texts with a separator between them. One function for all kinds of them: `join` weighs a kilobyte of wasm for each.
pub(crate) fn joined(separator: &str, texts: &mut dyn Iterator<Item = String>) -> String {
    let mut all = texts.next().unwrap_or_default();
    for text in texts {
        all.push_str(separator);
        all.push_str(&text);
    }
    all
}

/// A value's JSON text. Unlike its `to_string` this is the one serializer that everything shares.
pub(crate) fn json(value: &Value) -> String {
    // Writing a value to memory does not fail: its keys are strings.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::{api, dialect::Dialect, operation::Place};
    use serde_json::json;

    #[test]
    fn commas_do_not_make_two_values_of_one() {
        let refused = |id: &str, params: serde_json::Value| {
            let params = params.as_object().cloned().unwrap_or_default();
            let encoded = api::find(id).map(|o| o.encode(&params, Dialect::Agora));
            encoded.and_then(Result::err).map(|problem| problem.to_string())
        };
        let users = |users: serde_json::Value| json!({ "group_id": "1", "usernames": users });
        assert_eq!(refused("groups.members.removeMany", users(json!(["amy", "ben"]))), None);
        let found = refused("groups.members.removeMany", users(json!(["amy", "ben,eve"])));
        assert_eq!(found.as_deref(), Some("usernames[1] must not hold a comma"));
        let found = refused("groups.members.remove", json!({ "group_id": "1", "username": "ben,eve" }));
        assert_eq!(found.as_deref(), Some("username must not hold a comma"));
        // In a query too; and nowhere else.
        let found =
            refused("reactions.list", json!({ "msgIdList": ["1", "2,3"], "msgType": "chat", "username": "amy" }));
        assert_eq!(found.as_deref(), Some("msgIdList[1] must not hold a comma"));
        let push = json!({ "name": "a, b" });
        assert_eq!(refused("push.templates.get", push), None);
        assert_eq!(refused("groups.members.addMany", users(json!(["ben,eve"]))), None);
    }

    #[test]
    fn what_an_operation_takes_is_told_by_the_names_that_callers_write() {
        let mut unions = 0;
        for operation in api::operations() {
            let params = json!({ "nonsense": 1 });
            let params = params.as_object().cloned().unwrap_or_default();
            let told = operation.encode(&params, Dialect::Agora).err().map(|problem| problem.to_string());
            let told = told.unwrap_or_default();
            let (_, names) = told.split_once(", which takes ").unwrap_or_default();
            let names: Vec<_> = names.split(", ").filter(|name| !name.is_empty()).collect();
            let mut wanted = Vec::new();
            for field in operation.fields.iter().filter(|f| f.constant.is_none()) {
                if field.place == Place::Flatten {
                    // What is written flat has no name of its own.
                    assert!(!names.contains(&field.name), "{}: {told}", operation.id());
                    wanted.extend(field.shape.members());
                    unions += 1;
                } else {
                    wanted.push(field.name);
                }
            }
            assert_eq!(names, wanted, "{}: {told}", operation.id());
            assert!(told.starts_with("nonsense is no parameter of this operation"), "{told}");
        }
        assert!(unions > 5, "only {unions} flattened fields");
        let send = json!({ "from": "amy", "to": ["ben"], "message": { "type": "txt" } });
        let send = send.as_object().cloned().unwrap_or_default();
        let told = api::find("messages.users.send").map(|o| o.encode(&send, Dialect::Agora));
        let told = told.and_then(Result::err).map(|p| p.to_string()).unwrap_or_default();
        assert!(told.starts_with("message is no parameter") && told.contains("type, body"), "{told}");
    }
}
