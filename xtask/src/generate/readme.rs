//! The table of operations in `README.md`.

use super::doc;
use agora_chat_admin::operation::Operation;
use std::fmt::Write;

const BEGIN: &str = "<!-- operations:begin -->";
const END: &str = "<!-- operations:end -->";

/// The README with the table between its two marks; `None` if it has no marks.
pub(crate) fn render(readme: &str, operations: &[&'static Operation]) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let mut table = String::from("| operation | request | what it does |\n| --- | --- | --- |\n");
    for o in operations {
        let summary = doc::summary(&doc::plain(o.doc, o.group, operations)).replace('|', "\\|");
        let id = if o.docs.is_empty() { format!("`{}`", o.id()) } else { format!("[`{}`]({})", o.id(), o.docs) };
        let _ = writeln!(table, "| {id} | `{} {}` | {summary} |", o.method.as_str(), o.path);
    }
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}
