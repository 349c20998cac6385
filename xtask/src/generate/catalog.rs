//! `catalog.json`: the table for programs: forms, reference pages, other languages.

use super::{
    NOTE, doc,
    models::{Models, name},
};
use agora_chat_admin::{
    operation::{Auth, Operation, Paging, Place, Rate, Whose},
    shape::{Field, Shape},
};
use anyhow::Result;
use serde_json::{Map, Value, json};

pub(crate) fn render(operations: &[&'static Operation], models: &Models) -> Result<String> {
    let list: Vec<_> = operations.iter().map(|o| operation(o, operations)).collect();
    let models: Map<String, Value> =
        models.iter().map(|(name, used)| ((*name).to_owned(), model(used.shape, used.group, operations))).collect();
    let catalog = json!({ "$comment": NOTE, "operations": list, "models": models });
    Ok(serde_json::to_string_pretty(&catalog)? + "\n")
}

fn rates(rates: &[Rate]) -> Value {
    rates.iter().map(|r| json!({ "count": r.count, "seconds": r.seconds, "items": r.items })).collect()
}

fn operation(o: &'static Operation, all: &[&'static Operation]) -> Value {
    let paging = o.paging.map(|p| match p {
        Paging::Cursor { size, cursor, next } => {
            json!({ "by": "cursor", "size": size, "cursor": cursor, "next": next })
        }
        Paging::Number { number, size, first } => {
            json!({ "by": "number", "size": size, "number": number, "first": first })
        }
    });
    let returns = json!({
        "at": o.returns.at,
        "type": if o.bytes { "bytes".to_owned() } else { type_name(o.returns.shape) },
        "shape": shape(o.returns.shape),
        "one_or_many": o.returns.one_or_many,
        "bytes": o.bytes,
    });
    json!({
        "id": o.id(),
        "group": o.group,
        "method": o.method.as_str(),
        "path": o.path,
        "forms": o.forms.iter().map(|f| json!({ "method": f.method.as_str(), "path": f.path })).collect::<Vec<_>>(),
        "summary": doc::summary(&doc::plain(o.doc, o.group, all)),
        "doc": doc::plain(o.doc, o.group, all),
        "docs": o.docs,
        "fields": o.fields.iter().map(|f| field(f, o.group, all, true)).collect::<Vec<_>>(),
        "encoding": format!("{:?}", o.encoding).to_lowercase(),
        "returns": returns,
        // No source tells the rate of some; that is said, so that nobody takes them for unlimited.
        "limit": if o.rates.is_empty() { "not documented".into() } else { doc::limit(o) },
        "rates": rates(o.rates),
        "easemob_rates": (!o.easemob_rates.is_empty()).then(|| rates(o.easemob_rates)),
        "pool": (!o.pool.is_empty()).then_some(o.pool),
        "safe": o.safe,
        "batch": o.batch.map(|b| json!({ "field": b.field, "max": b.max, "told": b.told.as_str() })),
        "paging": paging,
        "only": o.only.map(|d| d.as_str()),
        "users": (!o.users.is_empty()).then(|| o.users.iter().map(whose).collect::<Vec<_>>()),
        "auth": if o.auth == Auth::App { "app" } else { "none" },
        "envelope": format!("{:?}", o.envelope).to_lowercase(),
    })
}

/// Whose token opens an operation: a role, or the parameter that names the user.
fn whose(whose: &Whose) -> Value {
    match whose {
        Whose::Named(parameter) => json!({ "parameter": parameter }),
        role => format!("{role:?}").to_lowercase().into(),
    }
}

fn field(f: &'static Field, group: &str, all: &[&'static Operation], parameter: bool) -> Value {
    let mut out = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    set("name", json!(f.name));
    if parameter {
        set("place", json!(f.place.as_str()));
        set("flatten", if f.place == Place::Flatten { json!(true) } else { Value::Null });
        set("easemob_place", if f.easemob == f.place { Value::Null } else { json!(f.easemob.as_str()) });
    }
    set("type", json!(type_name(doc::inner(f.shape))));
    set("shape", shape(doc::inner(f.shape)));
    set("required", json!(f.required));
    set("doc", json!(doc::plain(f.doc, group, all)));
    set("min", json!(f.limits.min));
    set("max", json!(f.limits.max));
    set("default", json!(f.limits.default));
    set("aliases", if f.aliases.is_empty() { Value::Null } else { json!(f.aliases) });
    set("constant", json!(f.constant));
    Value::Object(out)
}

/// A type in one line: `string`, `NewUser[]`, `Record<string, Scalar>`.
pub(crate) fn type_name(s: &'static Shape) -> String {
    match s {
        Shape::List(item) => format!("{}[]", type_name(doc::inner(item))),
        Shape::Map(item) => format!("Record<string, {}>", type_name(item)),
        Shape::Optional(inner) => type_name(inner),
        s => name(s).unwrap_or_else(|| kind(s)).to_owned(),
    }
}

fn kind(s: &'static Shape) -> &'static str {
    match s {
        Shape::Bool => "boolean",
        Shape::Integer => "integer",
        Shape::BigInt => "bigint",
        Shape::Number => "number",
        Shape::String => "string",
        Shape::Secret => "secret",
        Shape::Scalar => "scalar",
        Shape::Unit => "none",
        Shape::Bytes => "bytes",
        _ => "any",
    }
}

/// A type for programs: `{ "kind": "list", "item": … }`; named types refer to `models`.
pub(crate) fn shape(s: &'static Shape) -> Value {
    match s {
        Shape::List(item) => json!({ "kind": "list", "item": shape(item) }),
        Shape::Map(item) => json!({ "kind": "map", "item": shape(item) }),
        Shape::Optional(inner) => {
            let mut inner = shape(inner);
            if let Some(inner) = inner.as_object_mut() {
                inner.insert("nullable".into(), json!(true));
            }
            inner
        }
        s => match name(s) {
            Some(name) => json!({ "kind": "model", "name": name }),
            None => json!({ "kind": kind(s) }),
        },
    }
}

fn model(s: &'static Shape, group: &str, all: &[&'static Operation]) -> Value {
    let plain = |text: &str| doc::plain(text, group, all);
    match s {
        Shape::Struct { doc, fields, .. } => json!({
            "kind": "struct",
            "doc": plain(doc),
            "fields": fields.iter().map(|f| field(f, group, all, false)).collect::<Vec<_>>(),
        }),
        Shape::Enum { doc, words, .. } => json!({
            "kind": "enum",
            "doc": plain(doc),
            "words": words.iter().map(|w| json!({ "value": w.value, "doc": plain(w.doc) })).collect::<Vec<_>>(),
        }),
        Shape::Union { doc, tag, content, variants, .. } => json!({
            "kind": "union",
            "doc": plain(doc),
            "tag": tag,
            "content": content,
            "variants": variants.iter().map(|v| json!({ "value": v.value, "doc": plain(v.doc), "shape": shape(v.shape) })).collect::<Vec<_>>(),
        }),
        _ => Value::Null,
    }
}
