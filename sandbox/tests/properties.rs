//! What holds for every operation of the table: parameters that fit come back as they were, what does not fit is
//! refused by name.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/strategy.rs"]
mod strategy;

use agora_chat_admin::{
    App, Auth, Client, Config, Dialect,
    client::Options,
    codec::{
        Body, Params, Request,
        decode::{Content, Incoming},
        escape,
    },
    each_resource,
    operation::{self, Endpoint, Operation, Place, Visit},
    shape::Shape,
};
use agora_chat_sandbox::route::Routes;
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

const DIALECTS: [Dialect; 2] = [Dialect::Agora, Dialect::Easemob];

/// Runs a property over every operation in every dialect, and tells of all that fail.
fn for_every_operation(cases: u32, property: impl Fn(&'static Operation, Dialect, Params) -> TestCaseResult) {
    let mut failed = Vec::new();
    for operation in agora_chat_admin::api::operations() {
        for dialect in DIALECTS.into_iter().filter(|d| operation.only.is_none_or(|only| only == *d)) {
            let run = strategy::runner(cases)
                .run(&strategy::params(operation, dialect), |params| property(operation, dialect, params));
            if let Err(e) = run {
                failed.push(format!("{} ({}): {e}", operation.id(), dialect.as_str()));
            }
        }
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

/// The request as a server sees it.
fn received(operation: &Operation, request: &Request) -> Incoming {
    let body = match &request.body {
        Body::Empty => Content::Empty,
        Body::Json(text) => Content::Json(serde_json::from_str(text).unwrap()),
        Body::Form(text) => Content::Form(escape::pairs(text)),
        Body::Multipart { parts, .. } => Content::Multipart(parts.clone()),
    };
    let mut headers: Vec<_> = request.headers.iter().map(|(k, v)| (k.to_lowercase(), v.clone())).collect();
    let own = operation.fields.iter().any(|f| f.name == "authorization");
    if operation.auth == operation::Auth::App && !own {
        headers.push(("authorization".into(), "Bearer x".into()));
    }
    Incoming::new(request.method, &request.path, headers, body)
}

/// As it stands in a path, a query, a header or a form, where numbers and texts look the same.
fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(","),
        value => value.to_string(),
    }
}

/// Whether parameters are the same, apart from what a text cannot tell and what never varies.
fn same(operation: &Operation, given: &Params, found: &Params) -> bool {
    let constant = |name: &str| operation.fields.iter().any(|f| f.name == name && f.constant.is_some());
    let mut given: Params = given.clone();
    given.retain(|name, _| !constant(name));
    let form = operation.encoding == operation::Encoding::Form;
    let alike = |a: &Value, b: &Value| match (a, b) {
        (Value::Object(a), Value::Object(b)) if form => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|b| text(v) == text(b)))
        }
        (a, b) => a == b || text(a) == text(b),
    };
    given.len() == found.len() && given.iter().all(|(k, v)| found.get(k).is_some_and(|f| alike(v, f)))
}

#[test]
fn what_fits_comes_back_to_its_operation() {
    let routes = Routes::default();
    for_every_operation(24, |operation, dialect, params| {
        let request = operation.encode(&params, dialect).map_err(|p| TestCaseError::fail(p.to_string()))?;
        let incoming = received(operation, &request);
        let back = operation.decode(&incoming, dialect).map_err(|p| TestCaseError::fail(p.to_string()))?;
        prop_assert!(same(operation, &params, &back), "decoded {}", Value::Object(back));

        let routed = routes.find(&incoming, dialect).map_err(|u| TestCaseError::fail(format!("{u:?}")))?;
        let id = routed.route.operation.id();
        // A batch of one in the path is, on the wire, the single operation.
        let one = operation.fields.iter().any(|f| {
            f.place == Place::Path && params.get(f.name).and_then(Value::as_array).is_some_and(|list| list.len() == 1)
        });
        if id != operation.id() && one && operation.id().starts_with(&id) {
            return Ok(());
        }
        prop_assert_eq!(id, operation.id());
        let routed = routed.params.map_err(|p| TestCaseError::fail(p.to_string()))?;
        prop_assert_eq!(routed, back);
        Ok(())
    });
}

#[test]
fn older_methods_and_other_spellings_reach_the_same_operation() {
    let routes = Routes::default();
    for_every_operation(8, |operation, dialect, params| {
        let request = operation.encode(&params, dialect).map_err(|p| TestCaseError::fail(p.to_string()))?;
        let back = |incoming: &Incoming| operation.decode(incoming, dialect).map_err(|p| p.to_string());
        for form in operation.forms.iter().filter(|f| f.path == operation.path) {
            let older = Incoming { method: form.method, ..received(operation, &request) };
            prop_assert!(back(&older).is_ok_and(|found| same(operation, &params, &found)), "{:?}", form);
            prop_assert!(routes.find(&older, dialect).is_ok(), "{:?}", form);
        }
        for field in operation.fields.iter().filter(|f| params.contains_key(f.name)) {
            for alias in field.aliases {
                let mut other = received(operation, &request);
                match &mut other.body {
                    Content::Json(Value::Object(body)) if field.place == Place::Body => {
                        let value = body.remove(field.name).unwrap_or_default();
                        body.insert((*alias).to_owned(), value);
                    }
                    _ if field.place == Place::Query => {
                        let renamed = other.query.iter_mut().filter(|(k, _)| k == field.name);
                        renamed.for_each(|(k, _)| (*alias).clone_into(k));
                    }
                    _ => continue,
                }
                prop_assert!(back(&other).is_ok_and(|found| same(operation, &params, &found)), "{}", alias);
            }
        }
        Ok(())
    });
}

/// What fits a shape also fits the Rust type that it describes, and the type writes it as it was.
struct Typed(Vec<String>);

impl<E: Endpoint> Visit<E> for Typed {
    fn visit(&mut self) {
        let operation = agora_chat_admin::api::find(&E::OPERATION.id()).unwrap();
        let run = strategy::runner(24).run(&strategy::params(operation, Dialect::Agora), |params| {
            let typed: E = serde_json::from_value(Value::Object(params.clone()))
                .map_err(|e| TestCaseError::fail(e.to_string()))?;
            let written = serde_json::to_value(&typed).map_err(|e| TestCaseError::fail(e.to_string()))?;
            let encoded = |value: &Params| operation.encode(value, Dialect::Agora).map_err(|p| p.to_string());
            let written = written.as_object().cloned().unwrap_or_default();
            prop_assert!(same_request(&encoded(&written), &encoded(&params)), "written {}", Value::Object(written));
            Ok(())
        });
        if let Err(e) = run {
            self.0.push(format!("{}: {e}", operation.id()));
        }
    }
}

/// Whether two requests differ in the order of members at most.
fn same_request(a: &Result<Request, String>, b: &Result<Request, String>) -> bool {
    let (Ok(a), Ok(b)) = (a, b) else { return false };
    let body = |body: &Body| match body {
        Body::Json(text) => serde_json::from_str(text).map(texts).unwrap_or_default(),
        Body::Form(text) => json!(escape::pairs(text).into_iter().collect::<std::collections::BTreeMap<_, _>>()),
        Body::Empty | Body::Multipart { .. } => Value::Null,
    };
    a.path == b.path && a.headers == b.headers && body(&a.body) == body(&b.body)
}

/// With whole numbers as texts: ids beyond 2^53 may be either.
fn texts(value: Value) -> Value {
    match value {
        Value::Number(n) => n.to_string().into(),
        Value::Array(list) => list.into_iter().map(texts).collect(),
        Value::Object(map) => Value::Object(map.into_iter().map(|(k, v)| (k, texts(v))).collect()),
        value => value,
    }
}

#[test]
fn what_fits_a_shape_fits_its_type() {
    let mut typed = Typed(Vec::new());
    macro_rules! visit {
        ($($resource:ident)::+) => { agora_chat_admin::api::$($resource)::+::visit(&mut typed) };
    }
    each_resource!(visit);
    assert!(typed.0.is_empty(), "{} fail:\n{}", typed.0.len(), typed.0.join("\n"));
}

/// A value that a shape refuses, if it refuses any.
fn misfit(shape: &Shape) -> Option<Value> {
    let tries = [json!({ "?": {} }), json!([[]]), json!("?"), json!(0.5), json!(true)];
    tries.into_iter().find(|v| shape.check(v, "x").is_err())
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let client = |dialect| {
        let mut config = Config::new("http://127.0.0.1:9", App::key("demo", "chat"), Auth::None);
        config.dialect = dialect;
        Client::new(config).unwrap()
    };
    let clients = DIALECTS.map(client);
    for_every_operation(8, |operation, dialect, params| {
        let client = &clients[usize::from(dialect == Dialect::Easemob)];
        let refused = |params: &Params, field: &str| {
            let Err(error) = client.prepare(operation, params, &Options::default()) else {
                return Err(TestCaseError::fail(format!("{field} passes")));
            };
            let (details, said) = (error.details(), error.to_string());
            let named = details.field.as_deref().is_some_and(|f| f.starts_with(field));
            prop_assert!(named && said.starts_with(&format!("{}: {field}", operation.id())), "{}: {}", field, said);
            prop_assert_eq!(error.kind(), agora_chat_admin::Kind::Invalid);
            Ok(())
        };
        let with = |name: &str, value: Value| {
            let mut params = params.clone();
            params.insert(name.to_owned(), value);
            params
        };
        refused(&with("no_such_parameter", json!(1)), "no_such_parameter")?;
        for field in operation.fields {
            let place = if dialect == Dialect::Easemob { field.easemob } else { field.place };
            if place == Place::File {
                continue;
            }
            if let Shape::Union { tag, .. } = field.shape
                && place == Place::Flatten
            {
                let mut untagged = params.clone();
                untagged.remove(*tag);
                refused(&untagged, tag)?;
                refused(&with(tag, json!("?")), tag)?;
                continue;
            }
            if field.constant.is_some() {
                refused(&with(field.name, json!("?")), field.name)?;
                continue;
            }
            if field.required {
                let mut without = params.clone();
                without.remove(field.name);
                refused(&without, field.name)?;
            }
            if let Some(wrong) = misfit(field.shape) {
                refused(&with(field.name, wrong.clone()), field.name)?;
                // A server refuses it too.
                if place == Place::Body {
                    let request = operation.encode(&params, dialect);
                    let Ok(request) = request else { continue };
                    let mut incoming = received(operation, &request);
                    if let Content::Json(Value::Object(body)) = &mut incoming.body {
                        body.insert(field.name.to_owned(), wrong);
                        let problem = operation.decode(&incoming, dialect).err();
                        prop_assert!(problem.is_some_and(|p| p.field.starts_with(field.name)), "{}", field.name);
                    }
                }
            }
        }
        Ok(())
    });
}
