//! `operations.js`: what the JavaScript side must know of each operation; the wasm knows the rest.

use super::{NOTE, doc::inner};
use agora_chat_admin::{
    operation::{Auth, Method, Operation, Paging, Place, Rate},
    shape::{Field, Shape},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, fmt::Write};

pub(crate) fn render(operations: &[&'static Operation]) -> String {
    let mut out = format!("// {NOTE}\n\n/** @type {{Record<string, any>}} */\nexport const operations = {{\n");
    for operation in operations {
        let _ = writeln!(out, "  \"{}\": {},", operation.id(), literal(&row(operation)));
    }
    let _ = writeln!(
        out,
        "}};\n\n/** Names of values that are never printed. */\nexport const secrets = {};",
        json!(secrets(operations))
    );
    out
}

fn row(operation: &'static Operation) -> Map<String, Value> {
    let mut row = Map::new();
    let mut set = |name: &str, value: Value| {
        row.insert(name.into(), value);
    };
    let returns = &operation.returns;
    let shape = inner(returns.shape);
    if !returns.at.is_empty() {
        set("at", json!(returns.at));
    }
    if !returns.or.is_empty() {
        set("or", json!(returns.or));
    }
    if matches!(shape, Shape::Unit) {
        set("none", json!(true));
    }
    // What is none of these is an object with known members, which no answer may leave out.
    if matches!(returns.shape, Shape::Optional(_)) {
        set("optional", json!(true));
    }
    match shape {
        Shape::List(_) => set("list", json!(true)),
        Shape::Map(_) => set("map", json!(true)),
        Shape::Unit | Shape::Bytes | Shape::Union { .. } => {}
        // The whole of an answer is told from what others answer by its members.
        Shape::Struct { fields, .. } if returns.at.is_empty() => {
            set("needs", fields.iter().filter(|f| f.required).map(|f| json!(f.name)).collect());
        }
        Shape::Struct { .. } => {}
        _ => set("plain", json!(true)),
    }
    if returns.one_or_many {
        set("many", json!(true));
    }
    if operation.bytes {
        set("bytes", json!(true));
    }
    if let Some(file) = operation.fields.iter().find(|f| f.place == Place::File) {
        set("file", json!(file.name));
    }
    if operation.auth == Auth::None {
        set("open", json!(true));
    }
    let mut big = BTreeSet::new();
    big_integers(shape, "", &mut big, &mut BTreeSet::new());
    if !big.is_empty() {
        set("big", json!(big));
    }
    if let Some(paging) = operation.paging {
        let max = |size: &str| operation.fields.iter().find(|f| f.name == size).and_then(|f| f.limits.max);
        let mut page = match paging {
            Paging::Cursor { size, cursor, next } => json!({ "size": size, "cursor": cursor, "next": next }),
            Paging::Number { number, size, first } => {
                json!({ "size": size, "number": number, "first": first, "max": max(size) })
            }
        };
        if let Some(page) = page.as_object_mut() {
            page.retain(|_, v| !v.is_null());
        }
        set("page", page);
    }
    // Where it does not go without saying; of a batch always, since a checkpoint depends on it.
    if operation.safe != (operation.method != Method::POST) || (operation.safe && operation.batch.is_some()) {
        set("safe", json!(operation.safe));
    }
    if let Some(batch) = operation.batch {
        let told = batch.told.as_str().map(Value::from);
        set("batch", [json!(batch.field), json!(batch.max)].into_iter().chain(told).collect());
    }
    if !operation.rates.is_empty() {
        // `[count, seconds]`, and `true` where what the batch holds counts.
        let rate = |r: &Rate| if r.items { json!([r.count, r.seconds, true]) } else { json!([r.count, r.seconds]) };
        set("rates", operation.rates.iter().map(rate).collect());
        if !operation.easemob_rates.is_empty() {
            set("easemob", operation.easemob_rates.iter().map(rate).collect());
        }
    }
    if !operation.pool.is_empty() {
        set("pool", json!(operation.pool));
    }
    row
}

/// A JavaScript literal, shorter and easier to read than JSON.
fn literal(row: &Map<String, Value>) -> String {
    if row.is_empty() {
        return "{}".into();
    }
    let value = |v: &Value| {
        v.as_object().map_or_else(|| v.to_string().replace("\",\"", "\", \"").replace("\",", "\", "), literal)
    };
    let members: Vec<_> = row.iter().map(|(k, v)| format!("{k}: {}", value(v).replace(",  ", ", "))).collect();
    format!("{{ {} }}", members.join(", "))
}

/// The members that hold integers beyond 2^53; the empty name is the value itself.
fn big_integers(
    shape: &'static Shape,
    name: &'static str,
    found: &mut BTreeSet<&'static str>,
    seen: &mut BTreeSet<&'static str>,
) {
    match shape {
        Shape::BigInt => {
            found.insert(name);
        }
        Shape::List(inner) | Shape::Map(inner) | Shape::Optional(inner) => big_integers(inner, name, found, seen),
        Shape::Struct { name: own, fields, .. } if seen.insert(own) => {
            fields.iter().for_each(|f| big_integers(f.shape, f.name, found, seen));
        }
        Shape::Union { name: own, variants, .. } if seen.insert(own) => {
            variants.iter().for_each(|v| big_integers(v.shape, name, found, seen));
        }
        _ => {}
    }
}

/// The names of parameters and members that are declared secret.
pub(crate) fn secrets(operations: &[&'static Operation]) -> BTreeSet<&'static str> {
    fn visit(fields: &'static [Field], found: &mut BTreeSet<&'static str>, seen: &mut BTreeSet<&'static str>) {
        for field in fields {
            if matches!(inner(field.shape), Shape::Secret) {
                found.insert(field.name);
            }
            deeper(field.shape, found, seen);
        }
    }
    fn deeper(shape: &'static Shape, found: &mut BTreeSet<&'static str>, seen: &mut BTreeSet<&'static str>) {
        match shape {
            Shape::List(inner) | Shape::Map(inner) | Shape::Optional(inner) => deeper(inner, found, seen),
            Shape::Struct { name, fields, .. } if seen.insert(name) => visit(fields, found, seen),
            Shape::Union { name, variants, .. } if seen.insert(name) => {
                variants.iter().for_each(|v| deeper(v.shape, found, seen));
            }
            _ => {}
        }
    }
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations {
        visit(operation.fields, &mut found, &mut seen);
        deeper(operation.returns.shape, &mut found, &mut seen);
    }
    found
}
