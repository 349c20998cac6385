//! The 628 rows of the five overview documents, both ways: every row leads to its operation, and every operation says
//! which rows it answers or that it goes beyond them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use agora_chat_admin::{api, operation::Operation};
use serde::Deserialize;
use std::collections::BTreeSet;

/// One row of an overview document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    document: String,
    line: u32,
    #[serde(rename = "name")]
    _name: String,
    method: String,
    path: String,
    operations: Vec<String>,
    /// The row as it should read, where it is misprinted.
    typo: Option<Typo>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typo {
    method: String,
    path: String,
    why: String,
}

fn rows() -> Vec<Row> {
    serde_json::from_str(include_str!("coverage/rows.json")).unwrap()
}

/// A path without the names of its holes, since the documents name them as they please.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut depth = 0;
    for c in path.trim_end_matches('/').chars() {
        match c {
            '{' => {
                depth += 1;
                shape.push_str("{}");
            }
            '}' if depth > 0 => depth -= 1,
            c if depth == 0 => shape.push(c),
            _ => {}
        }
    }
    shape
}

/// Whether a row's method, path and query are an operation's, in its current or an older form.
fn is(operation: &Operation, method: &str, target: &str) -> bool {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let known = |pair: &str| operation.fields.iter().any(|f| pair.split('=').next() == Some(f.name));
    if !query.split('&').filter(|p| !p.is_empty()).all(known) {
        return false;
    }
    // Some rows leave the first slash out.
    let path = format!("/{}", path.trim_start_matches('/'));
    let current = (operation.method, operation.path);
    let older = operation.forms.iter().map(|f| (f.method, f.path));
    std::iter::once(current)
        .chain(older)
        .any(|(m, p)| m.as_str() == method && shape(&path) == format!("/{{}}/{{}}{}", shape(p)))
}

#[test]
fn every_row_leads_to_its_operations() {
    let rows = rows();
    assert_eq!(rows.len(), 628);
    let mut wrong = Vec::new();
    for row in &rows {
        let place = format!("{} line {}", row.document, row.line);
        let operations: Vec<_> = row.operations.iter().map(|id| api::find(id)).collect();
        if operations.is_empty() || operations.iter().any(Option::is_none) {
            wrong.push(format!("{place}: no operation {:?}", row.operations));
            continue;
        }
        let leads = |method: &str, path: &str| operations.iter().flatten().any(|o| is(o, method, path));
        match &row.typo {
            None if leads(&row.method, &row.path) => {}
            None => wrong.push(format!("{place}: {} {} is not {:?}", row.method, row.path, row.operations)),
            Some(typo) if typo.why.is_empty() => wrong.push(format!("{place}: a typo without a reason")),
            Some(typo) if !leads(&typo.method, &typo.path) => {
                wrong
                    .push(format!("{place}: the correction {} {} is not {:?}", typo.method, typo.path, row.operations));
            }
            Some(_) if leads(&row.method, &row.path) => wrong.push(format!("{place}: is no typo")),
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_operation_is_in_the_documents_or_listed_as_beyond_them() {
    let answered: BTreeSet<String> = rows().into_iter().flat_map(|r| r.operations).collect();
    let listed: BTreeSet<String> = serde_json::from_str(include_str!("coverage/beyond.json")).unwrap();
    let beyond: BTreeSet<String> = api::operations().map(Operation::id).filter(|id| !answered.contains(id)).collect();
    assert_eq!(beyond, listed);
}

#[test]
fn every_operation_is_documented() {
    for operation in api::operations() {
        let id = operation.id();
        assert!(!operation.doc.is_empty(), "{id} has no docs");
        assert!(operation.docs.starts_with("https://"), "{id} names no source page");
        assert!(operation.fields.iter().all(|f| !f.doc.is_empty()), "{id} has an undocumented field");
        assert!(!operation.rates.is_empty() || NO_RATE.contains(&id.as_str()), "{id} has no rate");
    }
}

/// Operations whose rate no source tells.
const NO_RATE: &[&str] =
    &["messages.groups.import", "push.settings.getTemplate", "push.templates.update", "tokens.exchange"];

#[test]
fn ids_are_unique() {
    let ids: Vec<String> = api::operations().map(Operation::id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| api::find(id).is_some_and(|o| o.is(id))));
}
