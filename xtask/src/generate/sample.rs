//! An example call of an operation, in JavaScript and in Rust.

use super::{NOTE, doc::inner, models::name};
use crate::workspace::{files, read, root};
use agora_chat_admin::{
    operation::{Operation, Paging, Place},
    shape::{Field, Shape},
};
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Values that read well, by parameter. Others are made of the type.
const KNOWN: &[(&str, &str)] = &[
    ("app_id", "970ca35de60c44645bbae8a215061b33"),
    ("avatar", "https://example.com/hikers.png"),
    ("channel", "agora_chat"),
    ("chat", "3600"),
    ("chatroom", "3600"),
    ("chatroom_id", "185145305923585"),
    ("client_id", "YXA6client"),
    ("client_secret", "YXA6secret"),
    ("custom", "summer"),
    ("content_pattern", "{0} wrote to you"),
    ("description", "Those who like hiking"),
    ("announcement", "Welcome!"),
    ("device_id", "phone-1"),
    ("device_token", "the token of the device"),
    ("ext", "at lunch"),
    ("expiry", "86400"),
    ("file_id", "79ddf840-c2e2-11ea-bfb3-0b5d9a7e1c5b"),
    ("file_uuid", "79ddf840-c2e2-11ea-bfb3-0b5d9a7e1c5b"),
    ("chatfile_ids", "79ddf840-c2e2-11ea-bfb3-0b5d9a7e1c5b"),
    ("group_id", "66021836783617"),
    ("group_ids", "66021836783617"),
    ("groupId", "66021836783617"),
    ("groupchat", "3600"),
    ("groupname", "Hikers"),
    ("key", "ben"),
    ("keys", "mood"),
    ("labelname", "hikers"),
    ("limit", "100"),
    ("maxusers", "200"),
    ("member", "ben"),
    ("members", "ben"),
    ("member_id", "ben"),
    ("message", "emoji_1"),
    ("msg_id", "1028442084794698104"),
    ("msgId", "1028442084794698104"),
    ("msgIdList", "1028442084794698104"),
    ("mute_duration", "3600000"),
    ("name", "Hikers"),
    ("newpassword", "a new password"),
    ("nickname", "Amy"),
    ("notifier_name", "my certificate"),
    ("pageSize", "20"),
    ("pagesize", "20"),
    ("password", "correct horse"),
    ("properties", "nickname"),
    ("push_nickname", "Amy"),
    ("remark", "Ben from work"),
    ("resource", "phone"),
    ("resource_id", "phone"),
    ("roam_ignore_users", "carl"),
    ("roomid", "185145305923585"),
    ("share-secret", "f0Vr-uyyEeiHpHmsu53X"),
    ("status", "1"),
    ("tag", "vip"),
    ("tags", "vip"),
    ("target", "ben"),
    ("targets", "ben"),
    ("template", "greeting"),
    ("templateName", "greeting"),
    ("thread_id", "177916702949377"),
    ("time", "2018112717"),
    ("delTime", "1659014868000"),
    ("timestamp", "1659014868000"),
    ("title", "News"),
    ("title_pattern", "Hello {0}"),
    ("content", "We have something new."),
    ("to", "ben"),
    ("translationLanguage", "en"),
    ("ttl", "3600"),
    ("url", "https://a61.chat.agora.io/org/app/chatfiles/79ddf840-c2e2-11ea-bfb3-0b5d9a7e1c5b"),
    ("users", "ben"),
    ("usernames", "ben"),
    ("friend_username", "ben"),
    ("blocked_username", "ben"),
    ("userId", "ben"),
    ("newowner", "ben"),
    ("newadmin", "ben"),
    ("oldadmin", "ben"),
    ("superadmin", "ben"),
    ("superAdmin", "ben"),
    ("msg", "Hello!"),
];

/// By operation, which parameters the vendors' own example has.
pub(crate) type Documented = BTreeMap<String, BTreeSet<String>>;

/// Reads them from the documented examples of the tests.
pub(crate) fn documented() -> Result<Documented> {
    let mut documented = Documented::new();
    for file in files(&root().join("tests/wire"))? {
        let examples: Vec<Value> = serde_json::from_str(&read(&file)?)?;
        for example in examples {
            let Some(id) = example.get("operation").and_then(Value::as_str) else { continue };
            let params = example.get("params").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned();
            documented.entry(id.to_owned()).or_insert_with(|| params.collect());
        }
    }
    Ok(documented)
}

/// An operation with the parameters to show: those that it must have, and those that the vendors' example has.
pub(crate) struct Sample {
    operation: &'static Operation,
    required: Vec<&'static Field>,
    optional: Vec<&'static Field>,
}

impl Sample {
    pub(crate) fn new(operation: &'static Operation, documented: &Documented) -> Self {
        let shown = documented.get(&operation.id());
        // Examples begin at the first page.
        let turns = match operation.paging {
            Some(Paging::Cursor { cursor, .. }) => cursor,
            Some(Paging::Number { number, .. }) => number,
            None => "",
        };
        let fields = operation.fields.iter().filter(|f| f.constant.is_none());
        let (required, rest) = fields.partition::<Vec<_>, _>(|f| f.required || f.place == Place::Flatten);
        let optional =
            rest.into_iter().filter(|f| f.name != turns && shown.is_some_and(|s| s.contains(f.name))).collect();
        Self { operation, required, optional }
    }

    fn params(&self) -> Map<String, Value> {
        let mut params = Map::new();
        for field in self.required.iter().chain(&self.optional) {
            match (field.place, value(field.name, field.shape)) {
                (Place::Flatten, Value::Object(members)) => params.extend(members),
                (_, value) => drop(params.insert(field.name.into(), value)),
            }
        }
        params
    }

    /// The call in JavaScript, as statements.
    pub(crate) fn javascript(&self) -> String {
        let (operation, params) = (self.operation, self.params());
        let given = if params.is_empty() {
            String::new()
        } else {
            spread(&literal(&Value::Object(params.clone())), || lines(&params, bare, literal))
        };
        let call = format!("chat.{}", operation.id());
        match () {
            () if operation.paging.is_some() => {
                format!("for await (const item of {call}.all({given})) console.log(item);")
            }
            () if operation.bytes => format!("const file = await {call}({given});\nawait file.saveTo(\"photo.jpg\");"),
            () if matches!(inner(operation.returns.shape), Shape::Unit) => format!("await {call}({given});"),
            () => format!("const result = await {call}({given});"),
        }
    }

    /// The request in Rust, as an expression.
    pub(crate) fn rust(&self) -> String {
        let name = type_name(self.operation);
        let arg = |f: &&'static Field| argument(&value(f.name, f.shape), f.shape);
        let snake = |f: &&'static Field| f.name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let args: Option<Vec<_>> = self.required.iter().map(arg).collect();
        let setters =
            self.optional.iter().map(|f| Some(format!(".{}({})", Some(f).filter(|f| snake(f))?.name, arg(f)?)));
        match (args, setters.collect::<Option<String>>()) {
            (Some(args), Some(setters)) => format!("{name}::new({}){setters}", args.join(", ")),
            // Types of members are best written as what they are on the wire.
            _ => {
                let params = self.params();
                let json = spread(&rust_json(&Value::Object(params.clone())), || lines(&params, quoted, rust_json));
                format!("serde_json::from_value::<{name}>(json!({json}))?")
            }
        }
    }
}

fn value(name: &str, shape: &'static Shape) -> Value {
    let known = || KNOWN.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    match shape {
        Shape::Optional(inner) => value(name, inner),
        Shape::Bool => json!(true),
        Shape::Integer | Shape::Number => json!(known().and_then(|v| v.parse::<i64>().ok()).unwrap_or(1)),
        Shape::BigInt => json!("1028442084794698104"),
        Shape::String | Shape::Secret | Shape::Scalar => {
            json!(known().unwrap_or(if name.is_empty() { "happy" } else { "amy" }))
        }
        Shape::List(item) => json!([value(name, item)]),
        Shape::Map(item) => match value("", inner(item)) {
            Value::Object(_) => json!({ "order": 7 }),
            item => json!({ "mood": item }),
        },
        Shape::Enum { words, .. } => json!(words.first().map_or("", |w| w.value)),
        Shape::Struct { fields, .. } => {
            let members = fields.iter().filter(|f| f.required).map(|f| (f.name.to_owned(), value(f.name, f.shape)));
            Value::Object(members.collect())
        }
        Shape::Union { tag, content, variants, .. } => {
            let Some(variant) = variants.first() else { return json!({}) };
            let mut members = Map::from_iter([((*tag).to_owned(), json!(variant.value))]);
            match (content, value("", variant.shape)) {
                (Some(content), body) => drop(members.insert((*content).into(), body)),
                (None, Value::Object(body)) => members.extend(body),
                _ => {}
            }
            Value::Object(members)
        }
        Shape::Bytes => json!({ "path": "photo.jpg" }),
        _ => json!({}),
    }
}

/// What fits on a line, or else the same on several.
fn spread(line: &str, lines: impl FnOnce() -> String) -> String {
    if line.len() <= 80 { line.to_owned() } else { lines() }
}

/// An object with a line for each member.
fn lines(members: &Map<String, Value>, name: fn(&str) -> String, value: fn(&Value) -> String) -> String {
    let line = |(n, v): (&String, &Value)| format!("  {}: {},\n", name(n), value(v));
    format!("{{\n{}}}", members.iter().map(line).collect::<String>())
}

/// A member's name as JSON has it.
fn quoted(name: &str) -> String {
    Value::from(name).to_string()
}

/// A member's name as JavaScript may have it.
fn bare(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A JavaScript literal on one line.
fn literal(value: &Value) -> String {
    one_line(value, bare, &Value::to_string)
}

/// JSON as `json!` takes it: a number beyond 32 bits must say what it is.
fn rust_json(value: &Value) -> String {
    one_line(value, quoted, &|v| match v.as_i64() {
        Some(n) if i32::try_from(n).is_err() => format!("{n}_i64"),
        _ => v.to_string(),
    })
}

fn one_line(value: &Value, name: fn(&str) -> String, plain: &dyn Fn(&Value) -> String) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|v| one_line(v, name, plain)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".into(),
        Value::Object(members) => {
            let member = |(n, v): (&String, &Value)| format!("{}: {}", name(n), one_line(v, name, plain));
            format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        value => plain(value),
    }
}

/// The type of the request in Rust: `groups::mutes::Add`.
pub(crate) fn type_name(operation: &Operation) -> String {
    let snake = |part: &str| {
        part.chars().fold(String::new(), |mut out, c| {
            if c.is_ascii_uppercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        })
    };
    let modules: Vec<_> = operation.group.split('.').map(snake).collect();
    format!("{}::{}", modules.join("::"), super::doc::pascal(operation.name))
}

/// A value that `new` takes; none where it would have a type of its own.
fn argument(value: &Value, shape: &'static Shape) -> Option<String> {
    match (shape, value) {
        (Shape::Optional(inner), _) => argument(value, inner),
        (Shape::Bytes, _) => Some("photo".into()),
        (Shape::List(item), Value::Array(values)) => {
            let items: Option<Vec<_>> = values.iter().map(|v| argument(v, item)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        (Shape::Map(Shape::String), Value::Object(members)) => {
            let pair = |(n, v): (&String, &Value)| format!("({}.to_owned(), {v}.to_owned())", json!(n));
            Some(format!("[{}]", members.iter().map(pair).collect::<Vec<_>>().join(", ")))
        }
        _ if name(shape).is_some() => None,
        (_, Value::Object(_)) => None,
        _ => Some(value.to_string()),
    }
}

/// What stands before the examples in Rust.
const HEAD: &str = r#"//! The examples of `docs/reference`: they compile, and the requests can be sent.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::panic, clippy::too_many_lines, clippy::unwrap_used)]

use agora_chat_admin::{
    App, Auth, Client, Config, api::*, client::Options, host::Host, operation::Endpoint, shape::File,
};
use serde_json::{Value, json};

fn ready<E: Endpoint>(client: &Client<impl Host>, request: E) {
    let Value::Object(params) = serde_json::to_value(&request).unwrap() else { panic!("no object") };
    let prepared = client.prepare(&E::OPERATION, &params, &Options::default());
    prepared.unwrap_or_else(|e| panic!("{}: {e}", E::OPERATION.id()));
}

#[rustfmt::skip]
#[test]
fn examples_can_be_sent() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::new("https://a61.chat.agora.io", App::key("org", "app"), Auth::Token("t".into()));
    let client = Client::new(config)?;
    let photo = File { name: "photo.jpg".into(), ..File::default() };
"#;

/// A test that the examples in Rust compile, and can be sent.
pub(crate) fn rust_test(samples: &[Sample]) -> String {
    let mut out = format!("//! {NOTE}\n{HEAD}");
    for sample in samples {
        let request = sample.rust();
        // It is used more than once here.
        let request = request.replace("(photo", "(photo.clone()").replace(", photo", ", photo.clone()");
        let _ = writeln!(out, "    ready(&client, {});", request.replace(",\n}", " }").replace('\n', ""));
    }
    out + "    Ok(())\n}\n"
}

/// A file that the examples in JavaScript compile in.
pub(crate) fn typescript_test(samples: &[Sample]) -> String {
    let mut out = format!(
        "// {NOTE}\n// The examples of `docs/reference`: they compile with `tsc --strict`.\n\
         import type {{ ChatAdmin }} from \"agora-chat-admin\";\n\n\
         export async function examples(chat: ChatAdmin, print: (value: unknown) => void): Promise<void> {{\n"
    );
    for sample in samples {
        let code = sample.javascript().replace("console.log(item)", "print(item)").replace("const result = ", "");
        let _ = writeln!(
            out,
            "  {{ {} }}",
            code.replace(",\n}", " }").replace("{\n ", "{").replace(",\n ", ",").replace('\n', " ")
        );
    }
    out + "}\n"
}
