//! Backwards: which operation a request is for, and with which parameters.

use super::{Params, escape};
use crate::{
    dialect::Dialect,
    operation::{Encoding, Method, Operation, Place},
    shape::{Field, Problem, Shape},
};
use serde_json::{Map, Number, Value};

/// A request as a server sees it, the app's base path taken off.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The method.
    pub method: Method,
    /// The decoded path segments.
    pub segments: Vec<String>,
    /// The decoded query.
    pub query: Vec<(String, String)>,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Content,
}

/// A body as a server sees it.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// URL-encoded pairs.
    Form(Vec<(String, String)>),
    /// The text parts of a multipart form; the file is the caller's to keep.
    Multipart(Vec<(String, String)>),
    /// Text that is none of these: what the parser said about it.
    Unreadable(String),
}

impl Incoming {
    /// Takes a path and query apart.
    #[must_use]
    pub fn new(method: Method, target: &str, headers: Vec<(String, String)>, body: Content) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        // Clients join base and path carelessly; the platform takes `//` for `/`.
        let segments = path.split('/').filter(|s| !s.is_empty()).map(escape::unescape).collect();
        Self { method, segments, query: escape::pairs(query), headers, body }
    }

    /// The value of a header, its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl Operation {
    /// Whether the request's method and path are this operation's, in its current or an older form; the second is true
    /// for an older one.
    #[must_use]
    pub fn matches(&self, request: &Incoming) -> Option<bool> {
        let current = (self.method, self.path, false);
        let older = self.forms.iter().map(|f| (f.method, f.path, true));
        std::iter::once(current)
            .chain(older)
            .find(|(m, p, _)| *m == request.method && fits(p, &request.segments))
            .map(|x| x.2)
    }

    /// The path template that a request fits.
    fn template(&self, request: &Incoming) -> &'static str {
        std::iter::once((self.method, self.path))
            .chain(self.forms.iter().map(|f| (f.method, f.path)))
            .find(|(m, p)| *m == request.method && fits(p, &request.segments))
            .map_or(self.path, |(_, p)| p)
    }

    /// What stands in the path of a request that [`matches`](Self::matches), whether or not the rest of it fits.
    #[must_use]
    pub fn holes(&self, request: &Incoming) -> Params {
        let template = self.template(request);
        let named = |f: &Field| Some((f.name.to_owned(), hole(template, f.name, &request.segments)?.into()));
        self.fields.iter().filter_map(named).collect()
    }

    /// Turns a request that [`matches`](Self::matches) into named parameters, or says which does not fit.
    pub fn decode(&self, request: &Incoming, dialect: Dialect) -> Result<Params, Problem> {
        let template = self.template(request);
        let body = self.body(request)?;
        let mut params = Params::new();
        for field in self.fields {
            let place = if dialect == Dialect::Easemob { field.easemob } else { field.place };
            let value = match place {
                Place::Path => hole(template, field.name, &request.segments).map(|s| field.shape.parse(s)),
                Place::Query => named(&request.query, field).map(|s| field.shape.parse(s)),
                Place::Header => request.header(field.name).map(|s| field.shape.parse(s)),
                Place::Part => named(parts(&request.body), field).map(|s| field.shape.parse(s)),
                Place::File => None,
                Place::Whole => body.clone(),
                Place::Body => member(body.as_ref(), field).cloned(),
                Place::Flatten => {
                    let Some(Value::Object(map)) = &body else {
                        return Err(Problem::new("body", "must be an object"));
                    };
                    let members: Params =
                        field.shape.members().filter_map(|m| Some((m.to_owned(), map.get(m)?.clone()))).collect();
                    field.shape.check(&Value::Object(members.clone()), "")?;
                    params.extend(members);
                    continue;
                }
            };
            match (value, field.constant) {
                (Some(value), Some(constant)) if super::text(&value) == constant => {}
                (None, Some(_)) => return Err(Problem::new(field.name, "is required")),
                (Some(_), Some(constant)) => return Err(Problem::new(field.name, format!("must be `{constant}`"))),
                (None | Some(Value::Null), None) if !field.required || place == Place::File => {}
                (None, None) => match field.limits.default {
                    // What clients have to send, the platform may still fill in.
                    Some(default) => {
                        params.insert(field.name.to_owned(), default.into());
                    }
                    None => return Err(Problem::new(field.name, "is required")),
                },
                (Some(value), None) => {
                    field.shape.check(&value, field.name)?;
                    params.insert(field.name.to_owned(), value);
                }
            }
        }
        Ok(params)
    }

    /// The members of the request's body that this operation does not know.
    pub fn strangers<'a>(&self, request: &'a Incoming) -> impl Iterator<Item = &'a str> {
        let whole = self.fields.iter().any(|f| f.place == Place::Whole);
        let known: Vec<&str> = self
            .fields
            .iter()
            .flat_map(|f| match f.place {
                Place::Flatten => f.shape.members().collect(),
                Place::Body => std::iter::once(f.name).chain(f.aliases.iter().copied()).collect(),
                _ => Vec::new(),
            })
            .collect();
        let map = match &request.body {
            Content::Json(Value::Object(map)) if !whole => Some(map),
            _ => None,
        };
        map.into_iter().flat_map(Map::keys).map(String::as_str).filter(move |k| !known.contains(k))
    }

    fn body(&self, request: &Incoming) -> Result<Option<Value>, Problem> {
        if !self.has_body() {
            return Ok(None);
        }
        let as_map = |pairs: &[(String, String)]| {
            Value::Object(pairs.iter().map(|(k, v)| (k.clone(), Value::from(v.clone()))).collect())
        };
        let whole = self.fields.iter().find(|f| f.place == Place::Whole);
        match (&request.body, self.encoding) {
            (Content::Form(pairs), Encoding::Form) => Ok(Some(as_map(pairs))),
            (Content::Multipart(_), Encoding::Multipart) => Ok(None),
            (_, Encoding::Multipart) => Err(Problem::new("body", "must be multipart/form-data")),
            (Content::Json(value), _) => match (value, whole) {
                (Value::Object(_), _) | (_, Some(_)) => Ok(Some(value.clone())),
                _ => Err(Problem::new("body", "must be an object")),
            },
            (Content::Empty, _) => Ok(None),
            (Content::Unreadable(why), _) => Err(Problem::new("body", why.clone())),
            (Content::Form(_) | Content::Multipart(_), _) => Err(Problem::new("body", "must be JSON")),
        }
    }
}

/// Whether path segments fit a template.
fn fits(template: &str, segments: &[String]) -> bool {
    let mut want = template.split('/').skip(1);
    let mut got = segments.iter();
    loop {
        match (want.next(), got.next()) {
            (None, None) => return true,
            (Some(w), Some(_)) if w.starts_with('{') => {}
            (Some(w), Some(g)) if w == g => {}
            _ => return false,
        }
    }
}

/// What stands in the hole of that name.
fn hole<'a>(template: &str, name: &str, segments: &'a [String]) -> Option<&'a str> {
    let position = template
        .split('/')
        .skip(1)
        .position(|w| w.strip_prefix('{').and_then(|w| w.strip_suffix('}')) == Some(name))?;
    segments.get(position).map(String::as_str)
}

fn parts(body: &Content) -> &[(String, String)] {
    match body {
        Content::Multipart(parts) | Content::Form(parts) => parts,
        _ => &[],
    }
}

fn named<'a>(pairs: &'a [(String, String)], field: &Field) -> Option<&'a str> {
    let find = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
    find(field.name).or_else(|| field.aliases.iter().find_map(|a| find(a)))
}

fn member<'a>(body: Option<&'a Value>, field: &Field) -> Option<&'a Value> {
    let map = body?.as_object()?;
    map.get(field.name).or_else(|| field.aliases.iter().find_map(|a| map.get(*a)))
}

impl Shape {
    /// Reads a value of this shape from text, as it stands in a path, a query or a header; what does not fit stays text,
    /// for [`check`](Self::check) to refuse.
    fn parse(&self, text: &str) -> Value {
        match self {
            Self::Bool => text.parse().map_or_else(|_| Value::from(text), Value::Bool),
            Self::Integer | Self::BigInt => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
            Self::Number => {
                text.parse::<f64>().ok().and_then(Number::from_f64).map_or_else(|| Value::from(text), Value::Number)
            }
            Self::List(item) => {
                Value::Array(text.split(',').filter(|s| !s.is_empty()).map(|s| item.parse(s)).collect())
            }
            Self::Optional(inner) => inner.parse(text),
            _ => Value::from(text),
        }
    }
}
