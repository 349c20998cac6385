//! The list of resources in the READMEs.

use agora_chat_admin::operation::Operation;
use std::fmt::Write;

const BEGIN: &str = "<!-- operations:begin -->";
const END: &str = "<!-- operations:end -->";

/// The README with the list between its two marks; `None` if it has no marks.
pub(crate) fn render(readme: &str, language: &str, operations: &[&'static Operation]) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let mut list = String::new();
    for resource in super::reference::resources(operations) {
        let (name, operations) = resource;
        let short = |o: &&Operation| format!("`{}`", o.id().trim_start_matches(name).trim_start_matches('.'));
        let names: Vec<_> = operations.iter().map(short).collect();
        let _ = writeln!(list, "- [`{name}`](docs/reference/{language}/{name}.md): {}", names.join(", "));
    }
    Some(format!("{before}{BEGIN}\n\n{list}\n{END}{after}"))
}
