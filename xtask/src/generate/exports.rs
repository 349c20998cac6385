//! The page of what the npm package exports beside the operations, from its types.

use crate::workspace::{read, root};
use anyhow::Result;
use std::fmt::Write;

/// The entries, and where their types are.
const ENTRIES: [(&str, &str); 4] = [
    ("agora-chat-admin", "types"),
    ("agora-chat-admin/callbacks", "callbacks"),
    ("agora-chat-admin/sandbox", "sandbox"),
    ("agora-chat-admin/slim", "slim"),
];

pub(crate) fn page() -> Result<String> {
    let mut out = String::from(
        "# The npm package\n\n[All resources](README.md)\n\nWhat it exports beside the operations, as TypeScript has it. \
         Where a member may be left out, `undefined` will do.\n",
    );
    for (entry, types) in ENTRIES {
        let types = read(&root().join(format!("pkg-template/{types}.d.ts")))?;
        let _ = writeln!(out, "\n## {entry}");
        for Export { name, doc, code } in exports(&types) {
            let doc = if doc.is_empty() { doc } else { format!("{doc}\n\n") };
            let _ = writeln!(out, "\n### {name}\n\n{doc}```ts\n{code}\n```");
        }
    }
    Ok(out)
}

struct Export {
    name: String,
    doc: String,
    code: String,
}

/// The exported declarations with their comments.
fn exports(types: &str) -> Vec<Export> {
    let mut found = Vec::new();
    let mut lines = types.lines();
    let mut doc = String::new();
    while let Some(line) = lines.next() {
        if line.starts_with("/**") {
            doc = comment(line, &mut lines);
            continue;
        }
        let declared = line.strip_prefix("export ").filter(|l| !l.starts_with('*'));
        let words = declared.map(|l| l.trim_start_matches("declare ").split([' ', '<', '(', ':', ';']));
        if let Some(name) = words.and_then(|mut words| words.nth(1)) {
            // Said once, at the page's head.
            let code = declaration(line, &mut lines).replace(" | undefined;", ";").replace(" | undefined }", " }");
            found.push(Export { name: name.to_owned(), doc: std::mem::take(&mut doc), code });
        }
        doc.clear();
    }
    found
}

/// A comment's text; its other lines are taken from `lines`.
fn comment<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut text = vec![first.trim_start_matches("/**").trim_end_matches("*/").trim()];
    let mut last = first;
    while !last.ends_with("*/") {
        let Some(line) = lines.next() else { break };
        text.push(line.trim_end_matches("*/").trim_start().trim_start_matches('*').trim());
        last = line;
    }
    text.join("\n").trim().to_owned()
}

/// A declaration to its end: the line that closes what the first opened, or that ends it.
fn declaration<'a>(first: &'a str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut code = first.to_owned();
    let mut last = first;
    while !(last.ends_with("{}") || last.ends_with(';') && depth(&code) == 0 || last.starts_with('}')) {
        let Some(line) = lines.next() else { break };
        let _ = write!(code, "\n{line}");
        last = line;
    }
    code
}

/// How many brackets are open.
fn depth(code: &str) -> i32 {
    code.chars().fold(0, |depth, c| match c {
        '{' | '(' => depth + 1,
        '}' | ')' => depth - 1,
        _ => depth,
    })
}

#[cfg(test)]
mod tests {
    use super::exports;

    #[test]
    fn declarations_are_cut_where_they_end() {
        let types = "import x;\n\n/** One. */\nexport type A =\n  | { a: string; b?: number }\n  | \"none\";\n\n/**\n * Two\n * lines.\n */\n\
                     export declare class B<T> extends C {\n  /** A member. */\n  m(): void;\n}\ntype Hidden = 1;\n\
                     export declare function f(\n  a: A,\n): Promise<\n  | { x: 1 }\n  | { x: 2 }\n>;\nexport interface E extends B<1> {}\n";
        let found = exports(types);
        let heads: Vec<_> = found.iter().map(|e| (e.name.as_str(), e.doc.as_str())).collect();
        assert_eq!(heads, [("A", "One."), ("B", "Two\nlines."), ("f", ""), ("E", "")]);
        let ends: Vec<_> = found.iter().filter_map(|e| e.code.lines().last()).collect();
        assert_eq!(ends, ["  | \"none\";", "}", ">;", "export interface E extends B<1> {}"]);
    }
}
