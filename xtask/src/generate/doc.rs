//! Documentation texts: from Rust's to everyone's.

use agora_chat_admin::{
    operation::{Operation, Rate},
    shape::{Field, Limits, Shape},
};

/// A doc text with Rust's links turned into plain names: `` [`Activate`] `` in `users` is `` `users.activate` ``.
pub(crate) fn plain(text: &str, group: &str, operations: &[&Operation]) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    while let Some((before, after)) = rest.split_once("[`") {
        out.push_str(before);
        let Some((name, tail)) = after.split_once("`]") else {
            out.push_str("[`");
            rest = after;
            continue;
        };
        if tail.starts_with('(') && !tail.starts_with("(http") {
            // A link with a Rust path as its target: only the name is of use here.
            rest = tail.split_once(')').map_or(tail, |(_, t)| t);
        } else {
            rest = tail;
        }
        out.push('`');
        out.push_str(&target(name, group, operations));
        out.push('`');
    }
    out.push_str(rest);
    out
}

/// The id of the operation that a Rust path names, or the path's last part.
fn target(path: &str, group: &str, operations: &[&Operation]) -> String {
    let (modules, last) = path.rsplit_once("::").unwrap_or(("", path));
    let mut chars = last.chars();
    let camel: String = chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect();
    let module =
        modules.trim_start_matches("crate::").trim_start_matches("api::").replace("super::", "").replace("::", ".");
    let parent = group.rsplit_once('.').map_or(group, |(p, _)| p);
    let candidates = [
        format!("{group}.{camel}"),
        format!("{module}.{camel}"),
        format!("{group}.{module}.{camel}"),
        format!("{parent}.{module}.{camel}"),
    ];
    candidates
        .into_iter()
        .find(|id| !last.starts_with(char::is_lowercase) && operations.iter().any(|o| o.is(id)))
        .unwrap_or_else(|| last.to_owned())
}

/// The first paragraph, on one line.
pub(crate) fn summary(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// `100/s, 6000/min`, or `100/s; Easemob: 10/s`; empty if no rate is documented.
pub(crate) fn limit(o: &Operation) -> String {
    let own = rates(o.easemob_rates);
    if own.is_empty() { rates(o.rates) } else { format!("{}; Easemob: {own}", rates(o.rates)) }
}

fn rates(rates: &[Rate]) -> String {
    let one = |r: &Rate| {
        let per = match r.seconds {
            1 => "s".to_owned(),
            60 => "min".to_owned(),
            3_600 => "h".to_owned(),
            86_400 => "day".to_owned(),
            n if n % 60 == 0 => format!("{}min", n / 60),
            n => format!("{n}s"),
        };
        format!("{}{}/{per}", r.count, if r.items { " items" } else { "" })
    };
    rates.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A field's limits in words: `1 to 64 characters. Default: 10.`
pub(crate) fn limits(field: &Field) -> String {
    let Limits { min, max, default } = field.limits;
    let unit = match inner(field.shape) {
        Shape::String | Shape::Secret | Shape::Scalar => " characters",
        Shape::List(_) => " items",
        Shape::Map(_) => " entries",
        _ => "",
    };
    let range = match (min, max) {
        (Some(a), Some(b)) => format!("{a} to {b}{unit}."),
        (Some(a), None) => format!("At least {a}{unit}."),
        (None, Some(b)) => format!("At most {b}{unit}."),
        (None, None) => String::new(),
    };
    let default = default.map(|d| format!("Default: {d}.")).unwrap_or_default();
    [range, default].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The shape without its being optional.
pub(crate) fn inner(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::Optional(inner) => self::inner(inner),
        shape => shape,
    }
}

/// `users.registerMany` as `UsersRegisterMany`.
pub(crate) fn pascal(id: &str) -> String {
    id.split(['.', '_', '-'])
        .flat_map(|part| {
            let mut chars = part.chars();
            chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars)
        })
        .collect()
}
