//! `types.d.ts`: the table as TypeScript, with its documentation.

use super::{
    NOTE, doc,
    models::{Models, Used, name},
};
use agora_chat_admin::{
    operation::{Operation, Place},
    shape::{Field, Shape},
};
use anyhow::{Result, ensure};
use std::{collections::BTreeMap, fmt::Write};

/// Which way a type's values travel; large integers are written in several ways, and read in one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Received,
}

struct Writer<'a> {
    out: String,
    operations: &'a [&'static Operation],
}

/// `by_hand` is what the types are put behind: none of its names may be taken.
pub(crate) fn render(operations: &[&'static Operation], models: &Models, by_hand: &str) -> Result<String> {
    let words =
        by_hand.lines().filter_map(|l| l.strip_prefix("export ")).flat_map(|l| l.split([' ', '<', '(', ':']).take(3));
    for word in words {
        ensure!(!models.contains_key(word), "the model {word} has the name of a type of `pkg-template/types.d.ts`");
    }
    let mut w = Writer { out: format!("// The rest of this file: {NOTE}\n\n"), operations };
    w.resources()?;
    w.index();
    for operation in operations {
        ensure!(!models.contains_key(params_name(operation).as_str()), "{} names a model too", params_name(operation));
        w.params(operation);
    }
    for used in models.values() {
        w.model(used);
    }
    Ok(w.out)
}

fn params_name(operation: &Operation) -> String {
    format!("{}Params", doc::pascal(&operation.id()))
}

/// A resource's methods and the resources below it.
#[derive(Default)]
struct Node {
    methods: Vec<&'static Operation>,
    children: BTreeMap<String, Self>,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    /// A JSDoc comment of these paragraphs.
    fn comment(&mut self, indent: usize, paragraphs: &[String]) {
        let text =
            paragraphs.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join("\n\n").replace("*/", "*\\/");
        let lines: Vec<_> = text.lines().collect();
        match lines.as_slice() {
            [] => {}
            [one] => self.line(indent, &format!("/** {one} */")),
            many => {
                self.line(indent, "/**");
                for line in many {
                    self.line(indent, format!(" * {line}").trim_end());
                }
                self.line(indent, " */");
            }
        }
    }

    fn resources(&mut self) -> Result<()> {
        let mut root = Node::default();
        for operation in self.operations {
            let mut node = &mut root;
            for part in operation.group.split('.') {
                ensure!(node.methods.iter().all(|m| m.name != part), "{} is a method and a resource", operation.group);
                node = node.children.entry(part.to_owned()).or_default();
            }
            ensure!(!node.children.contains_key(operation.name), "{} is a method and a resource", operation.id());
            node.methods.push(operation);
        }
        self.comment(0, &["The resources of an app.".into()]);
        self.resource("Resources", "", &root);
        Ok(())
    }

    fn resource(&mut self, title: &str, path: &str, node: &Node) {
        self.line(0, &format!("export interface {title} {{"));
        let child_path = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for name in node.children.keys() {
            let path = child_path(name);
            self.comment(2, &[format!("The operations `{path}.*`.")]);
            self.line(2, &format!("readonly {}: {}Resource;", key(name), doc::pascal(&path)));
        }
        for operation in &node.methods {
            let comment = self.method_doc(operation);
            self.comment(2, &comment);
            self.line(2, &format!("{}: {};", key(operation.name), method_type(operation)));
        }
        self.line(0, "}\n");
        for (name, child) in &node.children {
            let path = child_path(name);
            self.comment(0, &[format!("The operations `{path}.*`.")]);
            self.resource(&format!("{}Resource", doc::pascal(&path)), &path, child);
        }
    }

    fn method_doc(&self, operation: &'static Operation) -> Vec<String> {
        let rates = doc::limit(operation);
        let only = operation.only.map(|d| format!("Documented for the {} dialect only.", d.as_str()));
        let limit = if rates.is_empty() { String::new() } else { format!("Limit per app: {rates}.") };
        let batch =
            operation.batch.map(|b| format!("At most {} `{}` a request; `each` takes any number.", b.max, b.field));
        let facts: Vec<_> =
            [Some(format!("`{} {}`", operation.method.as_str(), operation.path)), only, batch, Some(limit)]
                .into_iter()
                .flatten()
                .filter(|s| !s.is_empty())
                .collect();
        let see = if operation.docs.is_empty() { String::new() } else { format!("@see {}", operation.docs) };
        vec![doc::plain(operation.doc, operation.group, self.operations), facts.join("\n"), see]
    }

    fn index(&mut self) {
        self.comment(0, &["Every operation by its id.".into()]);
        self.line(0, "export interface Operations {");
        for operation in self.operations {
            let result = result_type(operation);
            let result = if operation.paging.is_some() { format!("Page<{result}>") } else { result };
            let line = format!("\"{}\": {{ params: {}; result: {result} }};", operation.id(), params_name(operation));
            self.line(2, &line);
        }
        self.line(0, "}\n");
    }

    fn params(&mut self, operation: &'static Operation) {
        let title = params_name(operation);
        let fields: Vec<_> = operation.fields.iter().filter(|f| f.constant.is_none()).collect();
        let flat: Vec<_> =
            fields.iter().filter(|f| f.place == Place::Flatten).filter_map(|f| name(doc::inner(f.shape))).collect();
        self.comment(0, &[format!("The parameters of `{}`.", operation.id())]);
        if flat.is_empty() {
            self.line(0, &format!("export interface {title} {{"));
        } else {
            self.line(0, &format!("export type {title} = {} & {{", flat.join(" & ")));
        }
        for field in fields.iter().filter(|f| f.place != Place::Flatten) {
            self.field(field, operation.group, Way::Sent, true);
        }
        self.line(0, if flat.is_empty() { "}\n" } else { "};\n" });
    }

    /// A member. What callers give, `given`, may be there and `undefined`, as a setting is that is not set.
    fn field(&mut self, field: &'static Field, group: &str, way: Way, given: bool) {
        let text = doc::plain(field.doc, group, self.operations);
        let limits = doc::limits(field);
        let said = text.contains(&limits.to_lowercase()) || text.contains(&limits);
        let comment = if said || limits.is_empty() { text } else { format!("{text}\n{limits}") };
        self.comment(2, &[comment]);
        let shape = if field.required { field.shape } else { doc::inner(field.shape) };
        let ty = if field.place == Place::File { "FileInput".to_owned() } else { ts(shape, way) };
        let line = match (field.required, given && ty != "unknown") {
            (true, _) => format!("{}: {ty};", key(field.name)),
            (false, true) => format!("{}?: {ty} | undefined;", key(field.name)),
            (false, false) => format!("{}?: {ty};", key(field.name)),
        };
        self.line(2, &line);
    }

    fn model(&mut self, used: &Used) {
        let way = if used.received { Way::Received } else { Way::Sent };
        match used.shape {
            Shape::Struct { name, doc: text, fields } => {
                self.comment(0, &[doc::plain(text, used.group, self.operations)]);
                self.line(0, &format!("export interface {name} {{"));
                for field in *fields {
                    self.field(field, used.group, way, used.sent);
                }
                self.line(0, "}\n");
            }
            Shape::Enum { name, doc: text, words } => {
                self.comment(0, &[doc::plain(text, used.group, self.operations)]);
                self.line(0, &format!("export type {name} ="));
                for word in *words {
                    self.comment(2, &[doc::plain(word.doc, used.group, self.operations)]);
                    self.line(2, &format!("| {}", quote(word.value)));
                }
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str(";\n\n");
            }
            Shape::Union { name, doc: text, tag, content, variants } => {
                self.comment(0, &[doc::plain(text, used.group, self.operations)]);
                self.line(0, &format!("export type {name} ="));
                for variant in *variants {
                    self.comment(2, &[doc::plain(variant.doc, used.group, self.operations)]);
                    let tag = format!("{}: {}", key(tag), quote(variant.value));
                    let line = match (content, doc::inner(variant.shape)) {
                        (Some(content), shape) => format!("| {{ {tag}; {}: {} }}", key(content), ts(shape, way)),
                        (None, Shape::Unit) => format!("| {{ {tag} }}"),
                        (None, Shape::Struct { fields: [], .. }) => format!("| {{ {tag} }}"),
                        (None, shape) => format!("| ({{ {tag} }} & {})", ts(shape, way)),
                    };
                    self.line(2, &line);
                }
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str(";\n\n");
            }
            _ => {}
        }
    }
}

fn method_type(operation: &'static Operation) -> String {
    let required = operation.fields.iter().any(|f| f.constant.is_none() && (f.required || f.place == Place::Flatten));
    let kind = match (operation.paging.is_some(), required) {
        (true, true) => "PagedMethod",
        (true, false) => "OptionalPagedMethod",
        (false, true) => "Method",
        (false, false) => "OptionalMethod",
    };
    let (params, result) = (params_name(operation), result_type(operation));
    let batch = operation.batch.map(|b| format!(" & Batch<{params}, {result}, {}>", quote(b.field)));
    format!("{kind}<{params}, {result}>{}", batch.unwrap_or_default())
}

/// What a call resolves to; for a paged one an item.
fn result_type(operation: &'static Operation) -> String {
    let returns = &operation.returns;
    match (operation.paging, doc::inner(returns.shape)) {
        _ if operation.bytes => "Download".into(),
        (_, Shape::Unit) => "void".into(),
        (Some(_), Shape::List(item)) => ts(item, Way::Received),
        _ => ts(returns.shape, Way::Received),
    }
}

fn ts(shape: &'static Shape, way: Way) -> String {
    match shape {
        Shape::Bool => "boolean".into(),
        Shape::Integer | Shape::Number => "number".into(),
        Shape::BigInt if way == Way::Received => "string".into(),
        Shape::BigInt => "string | number | bigint".into(),
        Shape::String | Shape::Secret => "string".into(),
        Shape::Scalar => "string | number".into(),
        Shape::Unit => "void".into(),
        Shape::Bytes => "Download".into(),
        Shape::List(item) => {
            let item = ts(item, way);
            if item.contains(' ') && !item.starts_with("Record<") { format!("({item})[]") } else { format!("{item}[]") }
        }
        Shape::Map(item) => format!("Record<string, {}>", ts(item, way)),
        Shape::Optional(inner) => format!("{} | null", ts(inner, way)),
        shape => name(shape).unwrap_or("unknown").into(),
    }
}

/// A property name, in quotes where JavaScript needs them.
fn key(name: &str) -> String {
    let plain =
        name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain { name.to_owned() } else { quote(name) }
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
