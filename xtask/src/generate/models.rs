//! The named types that operations mention.

use agora_chat_admin::{operation::Operation, shape::Shape};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// A named type and which way it travels.
pub(crate) struct Used {
    pub(crate) shape: &'static Shape,
    /// The group that first mentions it.
    pub(crate) group: &'static str,
    pub(crate) sent: bool,
    pub(crate) received: bool,
}

pub(crate) type Models = BTreeMap<&'static str, Used>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Received,
}

/// Collects every named type; two types of one name are an error.
pub(crate) fn collect(operations: &[&'static Operation]) -> Result<Models> {
    let mut models = Models::new();
    let mut seen = BTreeSet::new();
    for operation in operations {
        for field in operation.fields {
            visit(field.shape, operation.group, Way::Sent, &mut models, &mut seen)?;
        }
        visit(operation.returns.shape, operation.group, Way::Received, &mut models, &mut seen)?;
    }
    Ok(models)
}

fn visit(
    shape: &'static Shape,
    group: &'static str,
    way: Way,
    models: &mut Models,
    seen: &mut BTreeSet<(&'static str, Way)>,
) -> Result<()> {
    match shape {
        Shape::List(inner) | Shape::Map(inner) | Shape::Optional(inner) => {
            return visit(inner, group, way, models, seen);
        }
        _ => {}
    }
    let Some(name) = name(shape) else { return Ok(()) };
    let used = models.entry(name).or_insert(Used { shape, group, sent: false, received: false });
    if format!("{:?}", used.shape) != format!("{shape:?}") {
        bail!("two types are named {name}: one of {}, one of {group}", used.group);
    }
    match way {
        Way::Sent => used.sent = true,
        Way::Received => used.received = true,
    }
    if !seen.insert((name, way)) {
        return Ok(());
    }
    match shape {
        Shape::Struct { fields, .. } => fields.iter().try_for_each(|f| visit(f.shape, group, way, models, seen)),
        Shape::Union { variants, .. } => variants.iter().try_for_each(|v| visit(v.shape, group, way, models, seen)),
        _ => Ok(()),
    }
}

/// A named type's name.
pub(crate) fn name(shape: &'static Shape) -> Option<&'static str> {
    match shape {
        Shape::Enum { name, .. } | Shape::Struct { name, .. } | Shape::Union { name, .. } => Some(name),
        _ => None,
    }
}
