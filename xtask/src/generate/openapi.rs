//! `openapi.json`: the table as OpenAPI 3.1, for generators of other languages and for API tools.
//!
//! Several operations may share a method and path; OpenAPI has one place for them. There they become one operation with
//! alternatives for body and answer.

mod answers;

use super::{
    NOTE, doc,
    models::{Models, Used, name},
};
use agora_chat_admin::{
    operation::{Auth, Encoding, Operation, Place},
    shape::{Field, Shape},
};
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

type Operations<'a> = &'a [&'static Operation];
/// A parameter of several operations: its name, its place, and each operation's field.
type Shared = (String, &'static str, Vec<(&'static Operation, &'static Field)>);

pub(crate) fn render(operations: Operations<'_>, models: &Models) -> Result<String> {
    let mut schemas: Map<String, Value> =
        models.iter().map(|(name, used)| ((*name).to_owned(), named(used, operations))).collect();
    schemas.insert("Error".into(), answers::error());
    let tags: BTreeSet<&str> = operations.iter().map(|o| o.group).collect();
    let tags: Vec<_> =
        tags.iter().map(|t| json!({ "name": t, "description": format!("The operations `{t}.*`.") })).collect();
    let document = json!({
        "openapi": "3.1.0",
        "x-generated": NOTE,
        "info": {
            "title": "Agora Chat and Easemob IM",
            "summary": "The server-side REST API, for the administration of an app",
            "description": "Compiled from the vendors' documentation. Where several operations share a method and path, \
                            `x-operations` names them and body and answer are alternatives.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{
            "url": "https://{host}/{org_name}/{app_name}",
            "description": "An app",
            "variables": {
                "host": { "default": "a61.chat.agora.io", "description": "The REST host of the app's data centre." },
                "org_name": { "default": "org", "description": "The organisation." },
                "app_name": { "default": "app", "description": "The app." },
            },
        }],
        "tags": tags,
        "security": [{ "app_token": [] }],
        "paths": paths(operations),
        "components": {
            "securitySchemes": {
                "app_token": { "type": "http", "scheme": "bearer", "description": "An app token: `Bearer …`." },
            },
            "responses": answers::refusals(),
            "schemas": schemas,
        },
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// Operations by path and method. Paths that differ only in their parameters' names are one.
fn paths(operations: Operations<'_>) -> Value {
    let mut order: Vec<&'static str> = Vec::new();
    let mut shared: BTreeMap<(usize, &'static str), Vec<&'static Operation>> = BTreeMap::new();
    for o in operations {
        let at = order.iter().position(|p| skeleton(p) == skeleton(o.path)).unwrap_or_else(|| {
            order.push(o.path);
            order.len() - 1
        });
        shared.entry((at, o.method.as_str())).or_default().push(o);
    }
    let mut paths = Map::new();
    for ((at, method), group) in shared {
        let Some(path) = order.get(at) else { continue };
        let item = paths.entry((*path).to_owned()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(method.to_lowercase(), operation(path, &group, operations));
        }
    }
    Value::Object(paths)
}

/// A path without the names of its parameters.
fn skeleton(path: &str) -> String {
    path.split('{')
        .enumerate()
        .map(|(i, part)| if i == 0 { part } else { part.split_once('}').map_or(part, |p| p.1) })
        .collect::<Vec<_>>()
        .join("{}")
}

fn holes(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|s| s.split_once('}').map(|(hole, _)| hole)).collect()
}

fn operation(path: &str, group: &[&'static Operation], all: Operations<'_>) -> Value {
    let mut out = Map::new();
    let ids: Vec<_> = group.iter().map(|o| o.id()).collect();
    let text = |o: &Operation| doc::plain(o.doc, o.group, all);
    let facts = |o: &Operation| {
        let rates = doc::limit(o);
        let only = o.only.map(|d| format!("\n\nDocumented for the {} dialect only.", d.as_str())).unwrap_or_default();
        let limit = if rates.is_empty() { String::new() } else { format!("\n\nLimit per app: {rates}.") };
        format!("{}{only}{limit}", text(o))
    };
    let Some(first) = group.first() else { return Value::Null };
    out.insert("operationId".into(), json!(first.id()));
    out.insert("tags".into(), json!(group.iter().map(|o| o.group).collect::<BTreeSet<_>>()));
    let summaries: Vec<_> = group.iter().map(|o| doc::summary(&text(o)).trim_end_matches('.').to_owned()).collect();
    out.insert("summary".into(), json!(summaries.join(" · ")));
    let description = if group.len() == 1 {
        facts(first)
    } else {
        group.iter().map(|o| format!("**{}**: {}", o.id(), facts(o))).collect::<Vec<_>>().join("\n\n")
    };
    out.insert("description".into(), json!(description));
    if !first.docs.is_empty() {
        out.insert("externalDocs".into(), json!({ "url": first.docs }));
    }
    out.insert("x-operations".into(), json!(ids));
    let parameters = parameters(path, group, all);
    if !parameters.is_empty() {
        out.insert("parameters".into(), json!(parameters));
    }
    if let Some(body) = body(group, all) {
        out.insert("requestBody".into(), body);
    }
    if group.iter().all(|o| o.auth == Auth::None) {
        out.insert("security".into(), json!([]));
    } else if group.iter().any(|o| o.auth == Auth::None) {
        out.insert("security".into(), json!([{ "app_token": [] }, {}]));
    }
    out.insert("responses".into(), answers::responses(group));
    Value::Object(out)
}

/// Path, query and header parameters; one that not all operations of the group require is optional.
fn parameters(path: &str, group: &[&'static Operation], all: Operations<'_>) -> Vec<Value> {
    let names = holes(path);
    let mut found: Vec<Shared> = Vec::new();
    for o in group {
        let own = holes(o.path);
        for field in o.fields {
            let place = match field.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
                _ => continue,
            };
            let position = own.iter().position(|h| *h == field.name);
            let name = position.and_then(|i| names.get(i).copied()).filter(|_| place == "path").unwrap_or(field.name);
            match found.iter_mut().find(|(n, p, _)| n == name && *p == place) {
                Some((_, _, uses)) => uses.push((o, field)),
                None => found.push((name.to_owned(), place, vec![(o, field)])),
            }
        }
    }
    found
        .into_iter()
        .map(|(name, place, uses)| {
            let required = place == "path" || uses.len() == group.len() && uses.iter().all(|(_, f)| sent(f));
            let (o, field) = uses.first().copied().unzip();
            let mut schemas: Vec<Value> = uses.iter().map(|(_, f)| described(f)).collect();
            schemas.dedup();
            let text = o.zip(field).map(|(o, f)| doc::plain(f.doc, o.group, all)).unwrap_or_default();
            let mut out = json!({
                "name": name, "in": place, "required": required, "description": text,
                "schema": any_of(schemas),
            });
            let list = uses.iter().any(|(_, f)| matches!(doc::inner(f.shape), Shape::List(_)));
            if let Some(out) = out.as_object_mut().filter(|_| list && place == "query") {
                // One parameter with commas in it.
                out.insert("explode".into(), json!(false));
            }
            out
        })
        .collect()
}

/// Whether a request always has it.
fn sent(field: &Field) -> bool {
    field.required || field.constant.is_some()
}

fn body(group: &[&'static Operation], all: Operations<'_>) -> Option<Value> {
    let mut contents: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for o in group.iter().filter(|o| o.has_body()) {
        let media = match o.encoding {
            Encoding::Json => "application/json",
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Multipart => "multipart/form-data",
        };
        let mut schema = body_schema(o, all);
        if let Some(schema) = schema.as_object_mut().filter(|_| group.len() > 1) {
            schema.insert("title".into(), json!(o.id()));
        }
        contents.entry(media).or_default().push(schema);
    }
    if contents.is_empty() {
        return None;
    }
    let content: Map<String, Value> =
        contents.into_iter().map(|(media, schemas)| (media.into(), json!({ "schema": any_of(schemas) }))).collect();
    Some(json!({ "required": group.iter().all(|o| o.has_body()), "content": content }))
}

fn body_schema(o: &'static Operation, all: Operations<'_>) -> Value {
    if let Some(whole) = o.fields.iter().find(|f| f.place == Place::Whole) {
        let mut schema = described(whole);
        if let Some(schema) = schema.as_object_mut().filter(|s| !s.contains_key("$ref")) {
            schema.insert("description".into(), json!(doc::plain(whole.doc, o.group, all)));
        }
        return schema;
    }
    let members: Vec<_> =
        o.fields.iter().filter(|f| matches!(f.place, Place::Body | Place::Part | Place::File)).collect();
    let object = object(&members, o.group, all);
    let flat: Vec<_> =
        o.fields.iter().filter(|f| f.place == Place::Flatten).map(|f| schema(doc::inner(f.shape))).collect();
    if flat.is_empty() { object } else { json!({ "allOf": std::iter::once(object).chain(flat).collect::<Vec<_>>() }) }
}

fn object(fields: &[&'static Field], group: &str, all: Operations<'_>) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|f| {
            let schema = described(f);
            let text = doc::plain(f.doc, group, all);
            let schema = match schema {
                // A description beside a reference is allowed in 3.1.
                Value::Object(mut schema) => {
                    schema.insert("description".into(), json!(text));
                    Value::Object(schema)
                }
                schema => schema,
            };
            (f.name.to_owned(), schema)
        })
        .collect();
    let required: Vec<_> = fields.iter().filter(|f| sent(f)).map(|f| f.name).collect();
    let mut out = json!({ "type": "object", "properties": properties });
    if let Some(out) = out.as_object_mut().filter(|_| !required.is_empty()) {
        out.insert("required".into(), json!(required));
    }
    out
}

/// A field's schema with its limits, constant and default.
fn described(field: &'static Field) -> Value {
    if let Some(constant) = field.constant {
        return json!({ "const": constant });
    }
    let inner = doc::inner(field.shape);
    let mut out = if field.required { schema(field.shape) } else { schema(inner) };
    let (least, most) = match inner {
        Shape::String | Shape::Secret => ("minLength", "maxLength"),
        Shape::List(_) => ("minItems", "maxItems"),
        Shape::Map(_) => ("minProperties", "maxProperties"),
        Shape::Integer | Shape::Number => ("minimum", "maximum"),
        _ => return out,
    };
    if let Some(out) = out.as_object_mut() {
        let numeric = least == "minimum";
        for (key, value) in [(least, field.limits.min), (most, field.limits.max), ("default", field.limits.default)] {
            if let Some(value) = value.filter(|v| numeric || *v >= 0 && key != "default") {
                out.insert(key.into(), json!(value));
            }
        }
    }
    out
}

fn schema(shape: &'static Shape) -> Value {
    if let Some(name) = name(shape) {
        return json!({ "$ref": format!("#/components/schemas/{name}") });
    }
    match shape {
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::BigInt => json!({ "type": "integer", "format": "int64" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::String => json!({ "type": "string" }),
        Shape::Secret => json!({ "type": "string", "format": "password" }),
        Shape::Scalar => json!({ "type": ["string", "number"] }),
        Shape::Unit => json!({ "type": "object" }),
        Shape::Bytes => json!({ "type": "string", "format": "binary" }),
        Shape::List(item) => json!({ "type": "array", "items": schema(item) }),
        Shape::Map(item) => json!({ "type": "object", "additionalProperties": schema(item) }),
        Shape::Optional(inner) => match schema(inner) {
            Value::Object(mut out) if out.get("type").is_some_and(Value::is_string) => {
                let kind = out.remove("type").unwrap_or_default();
                out.insert("type".into(), json!([kind, "null"]));
                Value::Object(out)
            }
            other => json!({ "anyOf": [other, { "type": "null" }] }),
        },
        _ => json!({}),
    }
}

fn named(used: &Used, all: Operations<'_>) -> Value {
    let mut model = model(used.shape, used.group, all);
    if used.received && !used.sent {
        let required = model.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let properties = model.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let Some(property) = property.as_object_mut() else { continue };
            if property.contains_key("additionalProperties") {
                // The platform's older services print `[]` for an empty object.
                property.insert("type".into(), json!(["object", "array"]));
                property.insert("maxItems".into(), json!(0));
            } else if !required.contains(&json!(name))
                && let Some(kind) = property.get("type").filter(|kind| kind.is_string()).cloned()
            {
                // And some services `null` for what has no value.
                property.insert("type".into(), json!([kind, "null"]));
            }
        }
    }
    model
}

fn model(shape: &'static Shape, group: &str, all: Operations<'_>) -> Value {
    let plain = |text: &str| doc::plain(text, group, all);
    match shape {
        Shape::Struct { doc, fields, .. } => {
            let mut out = object(&fields.iter().collect::<Vec<_>>(), group, all);
            if let Some(out) = out.as_object_mut() {
                out.insert("description".into(), json!(plain(doc)));
            }
            out
        }
        Shape::Enum { doc, words: [word], .. } => json!({ "description": plain(doc), "const": word.value }),
        Shape::Enum { doc, words, .. } => json!({
            "description": plain(doc),
            "oneOf": words.iter().map(|w| json!({ "const": w.value, "description": plain(w.doc) })).collect::<Vec<_>>(),
        }),
        Shape::Union { doc, tag, content, variants, .. } => {
            let one = |value: &str, doc: &str, shape: &'static Shape| match content {
                Some(content) => json!({
                    "description": plain(doc), "type": "object", "required": [tag, content],
                    "properties": { *tag: { "const": value }, *content: schema(shape) },
                }),
                None => {
                    let tagged =
                        json!({ "type": "object", "required": [tag], "properties": { *tag: { "const": value } } });
                    let rest = if matches!(doc::inner(shape), Shape::Unit) { Vec::new() } else { vec![schema(shape)] };
                    json!({ "description": plain(doc), "allOf": std::iter::once(tagged).chain(rest).collect::<Vec<_>>() })
                }
            };
            let variants: Vec<_> = variants.iter().map(|v| one(v.value, v.doc, v.shape)).collect();
            json!({ "description": plain(doc), "oneOf": variants })
        }
        _ => Value::Null,
    }
}

fn any_of(mut schemas: Vec<Value>) -> Value {
    if schemas.len() == 1 { schemas.swap_remove(0) } else { json!({ "anyOf": schemas }) }
}
