//! What comes of answers: of words that this version does not know, of what is missing, of what is printed in another way.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use agora_chat_admin::{
    api::{self, groups, push, users},
    each_resource,
    operation::{Answer, Endpoint, Visit},
    shape::{Field, Shape},
};
use serde_json::{Map, Value, json};

/// A value of that shape; every word and every tag in it is a new one.
fn sample(shape: &Shape) -> Value {
    match shape {
        Shape::Bool => json!(true),
        Shape::Integer | Shape::Number | Shape::BigInt => json!(7),
        Shape::String | Shape::Secret | Shape::Scalar => json!("text"),
        Shape::Enum { .. } => json!("SOMETHING_NEW"),
        Shape::Union { tag, .. } => json!({ *tag: "something_new", "more": [1, { "a": null }] }),
        Shape::List(item) => json!([sample(item)]),
        Shape::Map(item) => json!({ "name": sample(item) }),
        Shape::Optional(inner) => sample(inner),
        Shape::Struct { fields, .. } => Value::Object(members(fields)),
        _ => json!({ "any": [1] }),
    }
}

fn members(fields: &[Field]) -> Map<String, Value> {
    fields.iter().map(|f| (f.name.to_owned(), sample(f.shape))).collect()
}

/// What each operation makes of an answer that holds nothing but news.
struct News(Vec<String>);

impl<E: Endpoint> Visit<E> for News {
    fn visit(&mut self) {
        let operation = &E::OPERATION;
        if operation.bytes || matches!(operation.returns.shape, Shape::Unit) {
            return;
        }
        let value = sample(operation.returns.shape);
        let read = E::read(Answer { value: value.clone(), ..Answer::default() });
        match read.and_then(E::write) {
            Ok(written) if written.value == value => {}
            Ok(written) => self.0.push(format!("{}: {value} became {}", operation.id(), written.value)),
            Err(error) => self.0.push(format!("{}: {value}: {error}", operation.id())),
        }
    }
}

#[test]
fn words_that_the_platform_adds_are_kept_as_they_came() {
    let mut all = News(Vec::new());
    macro_rules! visit {
        ($($resource:ident)::+) => { api::$($resource)::+::visit(&mut all) };
    }
    each_resource!(visit);
    assert!(all.0.is_empty(), "{}", all.0.join("\n"));
}

/// What an operation reads from a whole answer.
fn read<E: Endpoint>(whole: Value) -> Result<E::Response, String> {
    E::read(E::OPERATION.returns.unwrap(E::OPERATION.paging, whole)).map_err(|e| e.to_string())
}

#[test]
fn a_success_without_its_result_is_none() {
    for whole in [json!({ "entities": [] }), json!({ "hello": "captive portal" }), json!("ok"), json!([])] {
        assert!(read::<users::Get>(whole.clone()).is_err(), "{whole}");
        assert!(read::<groups::Create>(whole.clone()).is_err(), "{whole}");
    }
    assert!(read::<groups::Create>(json!({ "data": {} })).is_err());
    // Lists are left out where they are empty.
    assert_eq!(read::<users::List>(json!({ "count": 0 })).unwrap().items, []);
}

#[test]
fn values_are_read_however_they_are_printed() {
    let user = |created: Value, activated: Value| {
        read::<users::Get>(json!({ "entities": [{
            "uuid": "u", "type": "user", "username": "amy", "created": created, "modified": 1, "activated": activated,
            "nickname": null
        }] }))
    };
    for (created, activated) in
        [(json!(5), json!(true)), (json!(5.0), json!(1)), (json!("5"), json!("true")), (json!(5), json!(1.0))]
    {
        let read = user(created.clone(), activated.clone()).unwrap();
        assert_eq!((read.created, read.activated), (5, true), "{created} {activated}");
    }
    assert_eq!(user(json!(1.7e12), json!(0)).unwrap().created, 1_700_000_000_000);
    for (created, what) in [(json!("soon"), "soon"), (json!(1.5), "1.5"), (json!(-1), "-1"), (json!([]), "sequence")] {
        let error = user(created, json!(true)).unwrap_err();
        assert!(error.starts_with("created: ") && error.contains(what), "{error}");
    }
    assert!(user(json!(null), json!(true)).unwrap_err().starts_with("created: "));
}

#[test]
fn an_error_names_the_place_within_lists_and_maps() {
    let error = read::<users::List>(json!({ "entities": [{ "username": 7 }] })).unwrap_err();
    assert!(error.contains("[0].username"), "{error}");
    let unknown = read::<push::settings::Get>(json!({ "data": { "type": "QUIET" } })).unwrap();
    assert_eq!(unknown.kind.unwrap().as_str(), "QUIET");
}
