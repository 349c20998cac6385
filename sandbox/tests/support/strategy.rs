//! Parameters that fit, made from the shapes of the table.
#![allow(dead_code, missing_docs, unreachable_pub)]

use agora_chat_admin::{
    Dialect,
    codec::Params,
    operation::{Operation, Place},
    shape::{Field, Shape},
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

/// The same cases in every run; `PROPTEST_CASES` asks for more.
pub fn runner(cases: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let config = Config { cases: asked.unwrap_or(cases), failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Which texts survive where a value travels.
#[derive(Clone, Copy)]
struct Travel {
    place: Place,
    /// Items of a list in a path, query or header are told apart by commas.
    in_list: bool,
}

impl Travel {
    fn text(self) -> BoxedStrategy<String> {
        match (self.place, self.in_list) {
            // A comma would make it a list; a dot alone would be another path.
            (Place::Path, _) => "[a-zA-Z0-9 _%+&=#?/;:@'\"\\\\é中😀-]{1,12}".boxed(),
            (Place::Header, false) => "[!-~]([ -~]{0,8}[!-~])?".boxed(),
            (Place::Header, true) => "[!-+.-~-]{1,8}".boxed(),
            (Place::Query | Place::Part, true) => "[a-z0-9 %+&=#/é中😀]{1,8}".boxed(),
            _ => "\\PC{0,10}".boxed(),
        }
    }
}

/// Parameters that fit an operation: what it requires, and of the rest some.
pub fn params(operation: &'static Operation, dialect: Dialect) -> BoxedStrategy<Params> {
    let fields: Vec<BoxedStrategy<Params>> = operation
        .fields
        .iter()
        .filter_map(|field| {
            let place = if dialect == Dialect::Easemob { field.easemob } else { field.place };
            let value = match (place, field.constant) {
                (Place::File, _) => return None,
                (Place::Flatten, _) => {
                    let flat = value(field.shape, Travel { place, in_list: false });
                    return Some(flat.prop_map(|v| v.as_object().cloned().unwrap_or_default()).boxed());
                }
                (_, Some(constant)) => Just(json!(constant)).boxed(),
                (place, None) => limited(field, Travel { place, in_list: false }),
            };
            let name = field.name.to_owned();
            let named = value.prop_map(move |v| Params::from_iter([(name.clone(), v)]));
            Some(if field.required && field.constant.is_none() {
                named.boxed()
            } else {
                prop_oneof![named, Just(Params::new())].boxed()
            })
        })
        .collect();
    fields.prop_map(|all| all.into_iter().flatten().collect()).boxed()
}

/// A field's value, within its documented limits where it is a number.
fn limited(field: &'static Field, travel: Travel) -> BoxedStrategy<Value> {
    match (field.shape, field.limits.min, field.limits.max) {
        (Shape::Integer, min, max) if min.is_some() || max.is_some() => {
            (min.unwrap_or(0)..=max.unwrap_or(i64::from(i32::MAX))).prop_map(Value::from).boxed()
        }
        (Shape::List(item), _, _) if travel.place == Place::Path => {
            vec(value(item, Travel { in_list: true, ..travel }), 1..4).prop_map(Value::Array).boxed()
        }
        _ => value(field.shape, travel),
    }
}

fn value(shape: &'static Shape, travel: Travel) -> BoxedStrategy<Value> {
    let text = travel.text().prop_map(Value::from);
    match shape {
        Shape::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Shape::Integer => (0..=i64::from(i32::MAX)).prop_map(Value::from).boxed(),
        Shape::BigInt => {
            prop_oneof![any::<u64>().prop_map(Value::from), any::<u64>().prop_map(|n| n.to_string().into())].boxed()
        }
        Shape::Number => (-4000_i32..4000).prop_map(|n| json!(f64::from(n) / 4.0)).boxed(),
        Shape::String | Shape::Secret => text.boxed(),
        Shape::Scalar => prop_oneof![text, any::<u32>().prop_map(Value::from)].boxed(),
        Shape::List(item) => vec(value(item, Travel { in_list: true, ..travel }), 0..4).prop_map(Value::Array).boxed(),
        Shape::Map(item) => vec(("[a-z_]{1,6}", value(item, travel)), 0..3)
            .prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
            .boxed(),
        Shape::Optional(inner) => value(inner, travel),
        Shape::Enum { words, .. } => select(words.iter().map(|w| json!(w.value)).collect::<Vec<_>>()).boxed(),
        Shape::Struct { fields, .. } => members(fields, travel).prop_map(Value::Object).boxed(),
        Shape::Union { tag, content, variants, .. } => {
            let one = variants.iter().map(|variant| {
                let tagged = Params::from_iter([((*tag).to_owned(), json!(variant.value))]);
                let add = move |inner: Value| {
                    let mut all = tagged.clone();
                    match (content, inner) {
                        (Some(name), inner) => drop(all.insert((*name).to_owned(), inner)),
                        (None, Value::Object(inner)) => all.extend(inner),
                        (None, _) => {}
                    }
                    Value::Object(all)
                };
                value(variant.shape, travel).prop_map(add).boxed()
            });
            proptest::strategy::Union::new(one.collect::<Vec<_>>()).boxed()
        }
        _ => {
            prop_oneof![Just(json!({})), Just(json!({ "a": [1, "b", null] })), Just(json!({ "__proto__": {} }))].boxed()
        }
    }
}

fn members(fields: &'static [Field], travel: Travel) -> BoxedStrategy<Params> {
    let each: Vec<BoxedStrategy<Params>> = fields
        .iter()
        .map(|field| {
            let value = match field.constant {
                Some(constant) => Just(json!(constant)).boxed(),
                None => limited(field, travel),
            };
            let named = value.prop_map(|v| Params::from_iter([(field.name.to_owned(), v)]));
            if field.required { named.boxed() } else { prop_oneof![named, Just(Params::new())].boxed() }
        })
        .collect();
    each.prop_map(|all| all.into_iter().flatten().collect()).boxed()
}
