//! The Chinese of the table's texts, by their English. What the page shows it keeps itself, and is read where it is; the
//! rest is in `xtask/data/chinese.json`.

use crate::workspace::{files, read, root};
use anyhow::{Context, Result, ensure};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub(crate) struct Chinese {
    /// By the English.
    texts: BTreeMap<String, String>,
    /// What operations are called, by their ids.
    names: BTreeMap<String, String>,
    /// The English texts that were asked for and have none.
    missing: RefCell<BTreeSet<String>>,
}

impl Chinese {
    pub(crate) fn load() -> Result<Self> {
        let folder = root().join("www/src/i18n/zh");
        let load = |file: &Path| pairs(&read(file)?).with_context(|| format!("cannot read {}", file.display()));
        let mut texts = BTreeMap::new();
        for file in files(&folder.join("docs"))? {
            texts.extend(load(&file)?);
        }
        ensure!(!texts.is_empty(), "there is no Chinese in www/src/i18n/zh/docs");
        let more: BTreeMap<String, String> = serde_json::from_str(&read(&root().join("xtask/data/chinese.json"))?)?;
        texts.extend(more);
        Ok(Self {
            missing: RefCell::default(),
            texts,
            names: load(&folder.join("operations.ts"))?.into_iter().collect(),
        })
    }

    /// What an operation does. Its name says all where the English is one line.
    pub(crate) fn operation(&self, id: &str, english: &str) -> String {
        match (self.texts.get(&paragraphs(english)), self.names.get(id)) {
            (Some(text), _) => text.clone(),
            (None, Some(name)) => format!("{name}。"),
            (None, None) => self.of(english),
        }
    }

    /// The text in Chinese; in English where there is none.
    pub(crate) fn of(&self, english: &str) -> String {
        let key = paragraphs(english);
        self.texts.get(&key).cloned().unwrap_or_else(|| {
            if !key.is_empty() {
                self.missing.borrow_mut().insert(key);
            }
            english.to_owned()
        })
    }

    /// The English texts that were asked for and have no Chinese.
    pub(crate) fn missing(&self) -> Vec<String> {
        self.missing.borrow().iter().cloned().collect()
    }
}

/// The text with its line breaks taken out; those between paragraphs stay.
fn paragraphs(text: &str) -> String {
    let one = |p: &str| p.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim().split("\n\n").map(one).collect::<Vec<_>>().join("\n\n")
}

/// The members `"english": "中文"` of the object in a TypeScript file.
fn pairs(source: &str) -> Result<Vec<(String, String)>> {
    let mut rest = source.split_once("= {").map_or("", |(_, body)| body).trim_start();
    let mut found = Vec::new();
    while !rest.is_empty() && !rest.starts_with('}') {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, r)| r).trim_start();
            continue;
        }
        let (key, after) = literal(rest)?;
        let after = after.trim_start().strip_prefix(':').context("a colon is missing")?;
        let (value, after) = literal(after.trim_start())?;
        rest = after.trim_start().trim_start_matches(',').trim_start();
        found.push((key, value));
    }
    Ok(found)
}

/// The string literal, or the bare name, that a text begins with; and the rest.
fn literal(text: &str) -> Result<(String, &str)> {
    let mut chars = text.char_indices();
    let quote = match chars.next() {
        Some((_, c @ ('"' | '\'' | '`'))) => c,
        _ => {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
            ensure!(end > 0, "expected a text at {:?}", text.chars().take(40).collect::<String>());
            let (name, rest) = text.split_at(end);
            return Ok((name.to_owned(), rest));
        }
    };
    let mut out = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, 'n')) => out.push('\n'),
                Some((_, c)) => out.push(c),
                None => break,
            },
            c if c == quote => return Ok((out, text.get(at + c.len_utf8()..).unwrap_or_default())),
            c => out.push(c),
        }
    }
    anyhow::bail!("a text does not end: {:?}", out.chars().take(40).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn objects_of_texts_are_read() {
        let source = r#"/** x */
export const docs: Readonly<Record<string, string>> = {
  "A \"b\".\n\nC.": "甲“乙”。",
  // why
  'It is "d".':
    "丁",
  "E": `己`,
};
"#;
        let expected = [("A \"b\".\n\nC.", "甲“乙”。"), ("It is \"d\".", "丁"), ("E", "己")];
        let found = pairs(source).unwrap();
        assert_eq!(found.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), expected);
        assert!(pairs("= { \"a\" \"b\" }").is_err() && pairs("= { \"a").is_err());
    }
}
