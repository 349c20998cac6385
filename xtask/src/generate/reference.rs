//! `docs/reference`: a page for each resource, in English and Chinese.

use super::{
    NOTE, callbacks, catalog,
    chinese::Chinese,
    doc, models,
    sample::{Documented, Sample},
    words::{CHINESE, ENGLISH, Words},
};
use agora_chat_admin::{
    dialect::Dialect,
    operation::{Auth, Operation, Paging, Place},
    shape::{Field, Shape},
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

/// The texts of answers with which the platform refuses an operation: status, code, description.
pub(crate) type Refusals = BTreeMap<String, Vec<(u16, String, String)>>;

/// The pages of one language.
struct Book<'a> {
    words: &'a Words,
    /// The Chinese, in a Chinese book.
    chinese: Option<&'a Chinese>,
    operations: &'a [&'static Operation],
    refusals: &'a Refusals,
    documented: &'a Documented,
}

/// Every page: where it is below `docs/reference`, and its text.
pub(crate) fn render(
    operations: &[&'static Operation],
    refusals: &Refusals,
    documented: &Documented,
    help: &Value,
    callbacks: &Value,
) -> Result<Vec<(PathBuf, String)>> {
    let chinese = Chinese::load()?;
    let mut pages = Vec::new();
    for (words, chinese) in [(&ENGLISH, None), (&CHINESE, Some(&chinese))] {
        let book = Book { words, chinese, operations, refusals, documented };
        let mut put = |name: &str, text: String| {
            let path = PathBuf::from(words.folder).join(format!("{name}.md"));
            pages.push((path, format!("<!-- {NOTE} -->\n\n{}\n", text.trim_end())));
        };
        let resources = resources(operations);
        put("README", book.index(&resources));
        put("errors", book.errors(help)?);
        put("callbacks", book.callbacks(callbacks)?);
        for (name, list) in &resources {
            put(name, book.page(name, list)?);
        }
    }
    for text in chinese.missing() {
        println!("no Chinese in xtask/data/chinese.json: {text}");
    }
    Ok(pages)
}

/// The operations by their first name, in the table's order.
pub(crate) fn resources(operations: &[&'static Operation]) -> Vec<(&'static str, Vec<&'static Operation>)> {
    let mut resources: Vec<(&str, Vec<&'static Operation>)> = Vec::new();
    for operation in operations {
        let resource = operation.group.split('.').next().unwrap_or_default();
        match resources.iter_mut().find(|(name, _)| *name == resource) {
            Some((_, list)) => list.push(operation),
            None => resources.push((resource, vec![operation])),
        }
    }
    resources
}

impl Book<'_> {
    /// A text of the table in the book's language.
    fn text(&self, english: &str, group: &str) -> String {
        let plain = doc::plain(english, group, self.operations);
        self.chinese.map_or(plain.clone(), |c| c.of(&plain))
    }

    /// What an operation does.
    fn about(&self, o: &Operation) -> String {
        let plain = doc::plain(o.doc, o.group, self.operations);
        self.chinese.map_or(plain.clone(), |c| c.operation(&o.id(), &plain))
    }

    fn summary(&self, o: &Operation) -> String {
        doc::summary(&self.about(o)).replace('|', "\\|")
    }

    fn index(&self, resources: &[(&str, Vec<&'static Operation>)]) -> String {
        let w = self.words;
        let mut out = format!("# {}\n\n{}\n\n[{}](../{}/README.md)\n", w.resources, w.intro, w.other.1, w.other.0);
        for (name, list) in resources {
            let _ = writeln!(out, "\n## [{name}]({name}.md)\n\n{}", head(&[w.operation, w.purpose]));
            for o in list {
                let _ = writeln!(out, "| [`{}`]({name}.md#{}) | {} |", o.id(), anchor(&o.id()), self.summary(o));
            }
        }
        out
    }

    fn page(&self, name: &str, operations: &[&'static Operation]) -> Result<String> {
        let w = self.words;
        let (language, folder) = (w.other.1, w.other.0);
        let mut out = format!("# {name}\n\n[{}](README.md) · [{language}](../{folder}/{name}.md)\n\n", w.resources);
        let _ = writeln!(out, "{}", head(&[w.operation, w.purpose]));
        for o in operations {
            let _ = writeln!(out, "| [`{}`](#{}) | {} |", o.id(), anchor(&o.id()), self.summary(o));
        }
        for o in operations {
            self.operation(&mut out, o);
        }
        let models = models::collect(operations)?;
        if !models.is_empty() {
            let _ = writeln!(out, "\n## {}", w.types);
        }
        for used in models.values() {
            self.model(&mut out, used.shape, used.group);
        }
        Ok(out)
    }

    fn operation(&self, out: &mut String, o: &'static Operation) {
        let w = self.words;
        let [once, again] = w.repeats;
        let id = o.id();
        let _ = writeln!(out, "\n## {id}\n\n{}\n\n`{} {}`\n", self.about(o), o.method.as_str(), o.path);
        let rates = if o.rates.is_empty() { w.no_rate.to_owned() } else { (w.rates)(o) };
        let shared = if o.pool.is_empty() { String::new() } else { (w.shared)(o.pool) };
        let only = o.only.map(|d| (w.only)(if d == Dialect::Agora { "Agora" } else { "Easemob" }));
        let batch = o.batch.map(|b| (w.batch)(b.max, b.field) + b.told.as_str().map_or("", |_| w.told));
        let paging = o.paging.map(|p| match p {
            Paging::Cursor { .. } => w.cursor.to_owned(),
            Paging::Number { .. } => w.numbers.to_owned(),
        });
        let forms: Vec<_> = o
            .forms
            .iter()
            .filter(|f| f.path == o.path)
            .map(|f| format!("`{} {}`", f.method.as_str(), f.path))
            .collect();
        let facts = [
            Some(format!("{}{rates}{shared}", w.rate)),
            Some((if o.safe { again } else { once }).to_owned()),
            paging,
            batch,
            only,
            (o.auth == Auth::None).then(|| w.open.to_owned()),
            (!forms.is_empty()).then(|| (w.older)(&forms.join(", "))),
            (!o.docs.is_empty()).then(|| format!("[{}]({})", w.source, o.docs)),
        ];
        for fact in facts.into_iter().flatten() {
            let _ = writeln!(out, "- {fact}");
        }
        let fields: Vec<_> = o.fields.iter().filter(|f| f.constant.is_none()).collect();
        if !fields.is_empty() {
            let _ = writeln!(out, "\n{}", head(&[w.parameter, w.kind, w.place, w.meaning]));
        }
        for f in fields {
            let (kind, place) = (self.kind(f.shape), (w.places)(f.place));
            let elsewhere = (f.easemob != f.place).then(|| (w.elsewhere)((w.places)(f.easemob)));
            let _ = writeln!(out, "| {} | {kind} | {place} | {} |", self.name(f), self.meaning(f, o.group, elsewhere));
        }
        let returns = match doc::inner(o.returns.shape) {
            _ if o.bytes => w.file.to_owned(),
            Shape::Unit => w.nothing.to_owned(),
            shape => format!("{} {}", w.returns, self.kind(shape)),
        };
        let _ = writeln!(out, "\n{returns}");
        if let Some(refusals) = self.refusals.get(&id) {
            let _ = writeln!(out, "\n{}\n", w.refusals);
            for (status, code, description) in refusals {
                let code = if code.is_empty() { String::new() } else { format!(" `{code}`") };
                let said = if description.is_empty() { String::new() } else { format!(": {description}") };
                let _ = writeln!(out, "- {status}{code}{}", said.replace('<', "\\<"));
            }
        }
        let sample = Sample::new(o, self.documented);
        let rust = format!("let result = client.send({}).await?;", sample.rust());
        let _ = writeln!(out, "\n```js\n{}\n```\n\n```rust\n{rust}\n```", sample.javascript());
    }

    /// A parameter's or member's name.
    fn name(&self, f: &Field) -> String {
        let required = if f.required { self.words.required } else { "" };
        match doc::inner(f.shape) {
            // What is written flat has no name of its own.
            Shape::Union { tag, content, .. } if f.place == Place::Flatten => {
                let content = content.map_or(String::new(), |content| format!(", `{content}`"));
                format!("`{tag}`{content}{required}")
            }
            _ => format!("`{}`{required}", f.name),
        }
    }

    fn meaning(&self, f: &Field, group: &str, more: Option<String>) -> String {
        let parts = [self.text(f.doc, group), (self.words.limits)(f), more.unwrap_or_default()];
        let parts = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
        let text = parts.join(if self.chinese.is_some() { "" } else { " " });
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
    }

    /// A type, linked to where it is explained.
    fn kind(&self, shape: &'static Shape) -> String {
        let text = catalog::type_name(doc::inner(shape));
        match named(shape) {
            Some(name) => format!("[`{text}`](#{})", anchor(name)),
            None => format!("`{text}`"),
        }
    }

    fn model(&self, out: &mut String, shape: &'static Shape, group: &str) {
        let w = self.words;
        let line =
            |text: &str| self.text(text, group).split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        let (name, doc) = match shape {
            Shape::Struct { name, doc, .. } | Shape::Enum { name, doc, .. } | Shape::Union { name, doc, .. } => {
                (name, doc)
            }
            _ => return,
        };
        let _ = writeln!(out, "\n### {name}\n\n{}\n", self.text(doc, group));
        match shape {
            Shape::Struct { fields, .. } => {
                let _ = writeln!(out, "{}", head(&[w.member, w.kind, w.meaning]));
                for f in *fields {
                    let (name, kind, meaning) = (self.name(f), self.kind(f.shape), self.meaning(f, group, None));
                    let _ = writeln!(out, "| {name} | {kind} | {meaning} |");
                }
            }
            Shape::Enum { words, .. } => {
                let _ = writeln!(out, "{}", head(&[w.value, w.meaning]));
                for word in *words {
                    let _ = writeln!(out, "| `{}` | {} |", word.value, line(word.doc));
                }
            }
            Shape::Union { tag, content, variants, .. } => {
                let head = head(&[w.value, w.member, w.meaning]);
                let _ = writeln!(out, "{}\n\n{head}", (w.variants)(tag, *content));
                for v in *variants {
                    let _ = writeln!(out, "| `{}` | {} | {} |", v.value, self.kind(v.shape), line(v.doc));
                }
            }
            _ => {}
        }
    }

    /// The page of what the platform calls back with.
    fn callbacks(&self, data: &Value) -> Result<String> {
        let w = self.words;
        let [title, intro, columns @ ..] = w.callbacks;
        let (language, folder) = (w.other.1, w.other.0);
        let mut out = format!("# {title}\n\n[{}](README.md) · [{language}](../{folder}/callbacks.md)\n\n", w.resources);
        let _ = writeln!(out, "{intro}\n\n{}", head(&columns));
        let mut samples = String::new();
        // The data has them in the order in which they are told apart.
        let mut events: Vec<_> = callbacks::events(data)?.iter().collect();
        events.sort_by_key(|event| event.get("type").and_then(Value::as_str));
        for event in events {
            let (id, doc) = (callbacks::text(event, "type")?, self.text(callbacks::text(event, "doc")?, ""));
            let doc = if event.get("unsigned").is_some() { format!("{doc} {}", w.unsigned) } else { doc };
            let _ = writeln!(out, "| [`{id}`](#{}) | {doc} |", anchor(id));
            let sample = serde_json::to_string_pretty(&callbacks::sample(data, event)?)?;
            let _ = writeln!(samples, "\n## {id}\n\n{doc}\n\n```json\n{sample}\n```");
        }
        Ok(out + &samples)
    }

    /// The page of what the platform's errors mean, from the package's `help.json`.
    fn errors(&self, help: &Value) -> Result<String> {
        let w = self.words;
        let [title, intro, columns @ ..] = w.errors;
        let (language, folder) = (w.other.1, w.other.0);
        let mut out = format!("# {title}\n\n[{}](README.md) · [{language}](../{folder}/errors.md)\n\n", w.resources);
        let _ = writeln!(out, "{intro}\n\n{}", head(&columns));
        let text = |v: &Value, name: &str| {
            let v = if self.chinese.is_some() { v.get("zh").unwrap_or(v) } else { v };
            v.get(name).and_then(Value::as_str).unwrap_or_default().replace('|', "\\|")
        };
        let kinds = help.get("kinds").and_then(Value::as_object).context("help.json has no kinds")?;
        for (kind, v) in kinds {
            let _ = writeln!(out, "| `{kind}` | {} | {} |", text(v, "cause"), text(v, "remedy"));
        }
        for rule in help.get("rules").and_then(Value::as_array).context("help.json has no rules")? {
            let part = |name: &str| rule.get(name).filter(|v| !v.is_null());
            let status = part("status").map(|s| s.to_string().trim_matches('"').to_owned());
            let code = part("code").and_then(Value::as_str).map(|c| format!("`{c}`"));
            let said = part("description").and_then(Value::as_str).map(|d| format!("“{}”", wording(d)));
            let name = [status, code, said].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "| {name} | {} | {} |", text(rule, "cause"), text(rule, "remedy"));
        }
        Ok(out)
    }
}

/// The named type in a type.
fn named(shape: &'static Shape) -> Option<&'static str> {
    match shape {
        Shape::List(inner) | Shape::Map(inner) | Shape::Optional(inner) => named(inner),
        shape => models::name(shape),
    }
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    heading.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>().to_ascii_lowercase()
}

/// The head of a table.
fn head(columns: &[&str]) -> String {
    format!("| {} |\n|{}", columns.join(" | "), " --- |".repeat(columns.len()))
}

/// A pattern of `help.json` as people read it.
fn wording(pattern: &str) -> String {
    let mut depth = 0;
    let mut out = String::new();
    for c in pattern.replace("n.t ", "n't ").replace(".*", "…").chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match c {
            '|' if depth == 0 => out.push_str("” / “"),
            '|' => out.push('/'),
            '^' | '$' | '\\' | '?' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::anchor;
    use crate::generate;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn what_is_written_flat_stands_under_its_members_names() {
        let files = generate::files().unwrap();
        let pages =
            files.iter().filter(|(path, _)| path.ends_with("en/messages.md") || path.ends_with("zh/messages.md"));
        let sends = |text: &str| {
            let (_, section) = text.split_once("\n## messages.users.send\n").unwrap();
            section.split("\n## ").next().unwrap().to_owned()
        };
        let sections: Vec<_> = pages.map(|(_, text)| sends(text)).collect();
        assert_eq!(sections.len(), 2);
        for section in sections {
            assert!(
                section.contains("| `type`, `body` (required) |") || section.contains("| `type`, `body`（必填） |")
            );
            assert!(!section.contains("| `message`"), "{section}");
        }
    }

    #[test]
    fn every_link_between_pages_leads_to_a_heading() {
        let files = generate::files().unwrap();
        let pages = files.iter().filter(|(path, _)| path.components().any(|c| c.as_os_str() == "reference"));
        let pages: BTreeMap<_, _> = pages.map(|(path, text)| (path.as_path(), text.as_str())).collect();
        let headings = |text: &str| -> BTreeSet<String> {
            text.lines().filter(|l| l.starts_with('#')).map(|l| anchor(l.trim_start_matches('#'))).collect()
        };
        let mut links = 0;
        for (path, text) in &pages {
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                if link.starts_with("http") {
                    continue;
                }
                links += 1;
                let (file, heading) = link.split_once('#').unwrap_or((link, ""));
                let folder = path.parent().unwrap();
                let target = match file.strip_prefix("../") {
                    _ if file.is_empty() => path.to_path_buf(),
                    Some(other) => folder.parent().unwrap().join(other),
                    None => folder.join(file),
                };
                let page = pages.get(target.as_path()).unwrap_or_else(|| panic!("{}: no page {link}", path.display()));
                assert!(heading.is_empty() || headings(page).contains(heading), "{}: no {link}", path.display());
            }
        }
        assert!(links > 1_000);
    }
}
