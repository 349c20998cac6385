//! `callbacks`: the events that the platform calls back with, from `xtask/data/callbacks.json`, as types, as the table
//! that tells them apart, and as samples.

use super::{NOTE, doc};
use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::fmt::Write;

/// What of the data is an object keyed by name.
fn object<'a>(value: &'a Value, key: &str) -> Result<&'a Map<String, Value>> {
    value.get(key).and_then(Value::as_object).with_context(|| format!("callbacks.json: no object {key} in {value}"))
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value.get(key).and_then(Value::as_str).with_context(|| format!("callbacks.json: no text {key} in {value}"))
}

/// One level of a body's fields.
#[derive(Default)]
struct Node {
    name: String,
    kind: String,
    doc: String,
    optional: bool,
    list: bool,
    children: Vec<Self>,
}

impl Node {
    /// The child at a path such as `payload.bodies[].type`, made on the way.
    fn at(&mut self, path: &str) -> Option<&mut Self> {
        let mut node = self;
        for part in path.split('.') {
            let name = part.trim_end_matches("[]");
            let index = node.children.iter().position(|c| c.name == name).unwrap_or(node.children.len());
            if index == node.children.len() {
                node.children.push(Self { name: name.to_owned(), ..Self::default() });
            }
            node = node.children.get_mut(index)?;
            node.list |= part.ends_with("[]");
        }
        Some(node)
    }

    /// Adds fields: `"name?": [type, doc]`.
    fn add(&mut self, fields: &Map<String, Value>) -> Result<()> {
        for (name, said) in fields {
            let node = self.at(name.trim_end_matches('?')).context("a path")?;
            node.optional = name.ends_with('?');
            let part = |i| said.get(i).and_then(Value::as_str).unwrap_or_default().to_owned();
            (node.kind, node.doc) = (part(0), part(1));
        }
        Ok(())
    }

    /// Narrows the fields that tell the event apart.
    fn narrow(&mut self, matches: &Map<String, Value>) -> Result<()> {
        for (path, value) in matches.iter().filter(|(_, v)| !v.is_null()) {
            let node = self.at(path).context("a path")?;
            node.kind = literal(value);
            node.optional = *value == Value::Bool(false);
        }
        Ok(())
    }

    /// Whether it may be absent: as said, or because all it holds may be.
    fn absent(&self) -> bool {
        if self.children.is_empty() {
            return self.optional;
        }
        self.name != "payload" && self.children.iter().all(Self::absent)
    }

    fn members(&self, indent: usize, out: &mut String) {
        for child in &self.children {
            if !child.doc.is_empty() {
                let _ = writeln!(out, "{:indent$}/** {} */", "", child.doc);
            }
            let name = if child.name.contains(':') { format!("{:?}", child.name) } else { child.name.clone() };
            let mark = if child.absent() { "?" } else { "" };
            let _ = writeln!(out, "{:indent$}{name}{mark}: {};", "", child.shape(indent));
        }
    }

    fn shape(&self, indent: usize) -> String {
        let list = if self.list { "[]" } else { "" };
        if self.children.is_empty() {
            return format!("{}{}", self.kind, if self.kind.is_empty() { "unknown" } else { "" });
        }
        let mut out = String::new();
        if !self.kind.is_empty() {
            let _ = write!(out, "{} & ", self.kind);
        }
        out.push_str("{\n");
        self.members(indent + 2, &mut out);
        let _ = write!(out, "{:indent$}}}{list}", "");
        out
    }
}

/// A value to match as a type.
fn literal(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(literal).collect::<Vec<_>>().join(" | "),
        Value::String(text) if text.ends_with('*') => format!("`{}${{string}}`", text.trim_end_matches('*')),
        other => other.to_string(),
    }
}

fn body_name(kind: &str) -> String {
    format!("{}Body", doc::pascal(kind))
}

/// The types.
pub(crate) fn types(data: &Value) -> Result<String> {
    let mut out = format!("// The rest of this file: {NOTE}\n");
    for (name, part) in object(data, "parts")? {
        let mut top = Node::default();
        top.add(object(part, "fields")?)?;
        let pascal = doc::pascal(name);
        let payload = top.children.iter().position(|c| c.name == "payload" && !c.children.is_empty());
        if let Some(index) = payload {
            let payload = top.children.remove(index);
            interface(&mut out, "What their payloads share.", &format!("{pascal}Payload"), "", &payload);
        }
        interface(&mut out, text(part, "doc")?, &format!("{pascal}Callback"), "", &top);
    }
    let bodies = object(data, "bodies")?;
    for (name, body) in bodies {
        let mut top = Node::default();
        top.add(object(body, "fields")?)?;
        top.narrow(object(body, "match")?)?;
        interface(&mut out, &format!("A message's body: {}", text(body, "doc")?), &body_name(name), "", &top);
    }
    let union: Vec<String> = bodies.keys().map(|name| body_name(name)).collect();
    let _ =
        writeln!(out, "\n/** A message's body, by its `type`. */\nexport type MessageBody = {};", union.join(" | "));
    let mut index = String::new();
    for event in events(data)? {
        let id = text(event, "type")?;
        let name = doc::pascal(id);
        let doc = text(event, "doc")?;
        let mut top = Node::default();
        if let Some(fields) = event.get("fields").and_then(Value::as_object) {
            top.add(fields)?;
        }
        top.narrow(object(event, "match")?)?;
        let mut extends = String::new();
        if let Some(part) = event.get("part").and_then(Value::as_str) {
            let pascal = doc::pascal(part);
            extends = format!(" extends {pascal}Callback");
            let shared = data.pointer(&format!("/parts/{part}/fields")).and_then(Value::as_object);
            if shared.is_some_and(|f| f.keys().any(|k| k.starts_with("payload."))) {
                let payload = top.at("payload").context("payload")?;
                payload.kind = format!("{pascal}Payload");
                payload.optional = false;
            }
        }
        if let Some(body) = event.get("body").and_then(Value::as_str) {
            top.at("payload.bodies").context("bodies")?.kind = format!("{}[]", body_name(body));
        }
        interface(&mut out, doc, &name, &extends, &top);
        let _ = writeln!(index, "  /** {doc} */\n  \"{id}\": {name};");
    }
    let _ = writeln!(
        out,
        "\n/** The events' types and the bodies that they come with. */\nexport interface CallbackBodies {{\n{index}}}"
    );
    Ok(out)
}

fn interface(out: &mut String, doc: &str, name: &str, extends: &str, node: &Node) {
    let _ = writeln!(out, "\n/** {doc} */\nexport interface {name}{extends} {{");
    node.members(2, out);
    out.push_str("}\n");
}

pub(crate) fn events(data: &Value) -> Result<&Vec<Value>> {
    data.get("events").and_then(Value::as_array).context("callbacks.json: no events")
}

/// What must hold for a body to be this event: its own marks, and those of the message's body that it carries.
fn matches(data: &Value, event: &Value) -> Result<Map<String, Value>> {
    let mut all = object(event, "match")?.clone();
    if let Some(body) = event.get("body").and_then(Value::as_str) {
        let marks = data.pointer(&format!("/bodies/{body}/match")).and_then(Value::as_object);
        for (name, value) in marks.context("an unknown body")? {
            all.insert(format!("payload.bodies[].{name}"), value.clone());
        }
    }
    Ok(all)
}

/// The table that tells events apart.
pub(crate) fn table(data: &Value) -> Result<String> {
    let mut out = format!(
        "// {NOTE}\n// Types and what bodies must hold, the first that fits counts; `true` at the end: sent without a signature.\n\
         /** @type {{[type: string, match: Record<string, unknown>, unsigned?: boolean][]}} */\nexport const events = [\n"
    );
    for event in events(data)? {
        let unsigned = if event.get("unsigned").is_some() { ", true" } else { "" };
        let _ = writeln!(out, "  [\"{}\", {}{unsigned}],", text(event, "type")?, Value::Object(matches(data, event)?));
    }
    out.push_str("];\n");
    Ok(out)
}

/// A body of each event.
pub(crate) fn samples(data: &Value) -> Result<String> {
    let mut out =
        format!("// {NOTE}\n/** @type {{Record<string, Record<string, unknown>>}} */\nexport const samples = {{\n");
    for event in events(data)? {
        let _ = writeln!(out, "  \"{}\": {},", text(event, "type")?, sample(data, event)?);
    }
    out.push_str("};\n");
    Ok(out)
}

/// A body of an event.
pub(crate) fn sample(data: &Value, event: &Value) -> Result<Value> {
    let mut sample = Value::Object(Map::new());
    if let Some(part) = event.get("part").and_then(Value::as_str) {
        merge(&mut sample, data.pointer(&format!("/parts/{part}/sample")).context("an unknown part")?);
    }
    merge(&mut sample, event.get("sample").unwrap_or(&Value::Null));
    if let Some(body) = event.get("body").and_then(Value::as_str) {
        let body = data.pointer(&format!("/bodies/{body}/sample")).context("a body's sample")?;
        merge(&mut sample, &serde_json::json!({ "payload": { "bodies": [body] } }));
    }
    for (path, value) in object(event, "match")? {
        set(&mut sample, path, value);
    }
    Ok(sample)
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (into, from) => *into = from.clone(),
    }
}

/// Makes a sample match: of several values the first, unless it has one of them.
fn set(sample: &mut Value, path: &str, value: &Value) {
    let mut place = sample;
    for part in path.split('.') {
        let Value::Object(object) = place else { return };
        if value.is_null() {
            object.shift_remove(part);
            return;
        }
        place = object.entry(part.to_owned()).or_insert_with(|| Value::Object(Map::new()));
    }
    match value {
        Value::Array(values) if values.contains(place) => {}
        Value::Array(values) => *place = values.first().cloned().unwrap_or_default(),
        Value::String(text) if text.ends_with('*') => {}
        value => *place = value.clone(),
    }
}
