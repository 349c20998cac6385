//! What the wasm host promises: requests as prepared, every failure an error, time and aborts obeyed.

use agora_chat_admin::{
    App, Auth, Client, Config, Kind,
    client::Options,
    error::Error,
    host::web::{Answer, Call, CallOptions, Web},
};
use js_sys::{Function, Object, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// A client whose `fetch(url, init)` has this body.
fn client(fetch: &str) -> Client<Web> {
    let mut config = Config::new("https://chat.example", App::key("org", "app"), Auth::token("t"));
    config.retries = 1;
    config.timeout = 5_000;
    Client::with_host(config, Web::new(Function::new_with_args("url, init", fetch))).unwrap()
}

/// A call's options, as JavaScript expressions.
fn call(members: &[(&str, &str)]) -> Call {
    let options = Object::new();
    for (name, expression) in members {
        let value = Function::new_no_args(&format!("return {expression}")).call0(&JsValue::NULL).unwrap();
        Reflect::set(&options, &(*name).into(), &value).unwrap();
    }
    Call(Some(options.unchecked_into::<CallOptions>()))
}

async fn send(client: &Client<Web>, id: &str, params: Value, call: &Call) -> Result<(u16, u32, String), Error> {
    let Value::Object(params) = params else { unreachable!() };
    let operation = Client::<Web>::operation(id)?;
    let prepared = client.prepare(operation, &params, &Options::default())?;
    let reply = client.exchange(&prepared, None, call, &Options::default()).await?;
    let Answer { text, .. } = reply.body;
    Ok((reply.status, reply.attempts, text.map(String::from).unwrap_or_default()))
}

async fn get(fetch: &str) -> Result<(u16, u32, String), Error> {
    send(&client(fetch), "users.get", json!({ "username": "amy" }), &Call(None)).await
}

#[wasm_bindgen_test]
async fn sends_what_was_prepared() {
    let echo = "return new Response(JSON.stringify({ url, method: init.method, body: init.body,
        auth: init.headers.authorization, type: init.headers['content-type'] }))";
    let (status, attempts, text) =
        send(&client(echo), "users.register", json!({ "username": "a", "password": "p" }), &Call(None)).await.unwrap();
    let sent: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, attempts), (200, 1));
    assert_eq!(sent["url"], "https://chat.example/org/app/users");
    assert_eq!(sent["method"], "POST");
    assert_eq!(sent["auth"], "Bearer t");
    assert_eq!(sent["type"], "application/json");
    assert_eq!(serde_json::from_str::<Value>(sent["body"].as_str().unwrap()).unwrap()["username"], "a");
}

#[wasm_bindgen_test]
async fn a_refusal_is_the_platforms() {
    let refuse = "return new Response('{\"error\":\"not_found\",\"error_description\":\"who?\"}', { status: 404 })";
    let error = get(refuse).await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.code()), (Kind::Service, Some(404), Some("not_found")));
    assert_eq!(error.details().operation, "users.get");
    let html = get("return new Response('<html>', { status: 502 })").await.unwrap_err();
    assert_eq!((html.kind(), html.status(), html.details().attempts), (Kind::Service, Some(502), 2));
}

#[wasm_bindgen_test]
async fn whatever_fetch_does_is_an_error_and_no_panic() {
    for fetch in [
        "throw new TypeError('thrown')",
        "throw 'a string'",
        "return Promise.reject(new TypeError('refused', { cause: new Error('ECONNREFUSED') }))",
        "return Promise.reject('a string')",
        "return Promise.reject(undefined)",
        "return undefined",
        "return 7",
    ] {
        let error = get(fetch).await.unwrap_err();
        assert_eq!((error.kind(), error.details().attempts), (Kind::Network, 2), "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn a_duck_is_a_response() {
    for duck in [
        "return { status: 200, ok: true, headers: new Headers(), text: async () => 'quack' }",
        "return { status: 200, text: () => 'quack' }",
    ] {
        assert_eq!(get(duck).await.unwrap().2, "quack", "{duck}");
    }
}

#[wasm_bindgen_test]
async fn time_runs_out() {
    let never =
        "return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)))";
    let client = client(never);
    let operation = Client::<Web>::operation("users.list").unwrap();
    let prepared = client.prepare(operation, &serde_json::Map::new(), &Options::default()).unwrap();
    let mut options = Options::default();
    options.timeout = Some(20);
    options.retries = Some(0);
    let error = client.exchange(&prepared, None, &Call(None), &options).await.unwrap_err();
    assert_eq!((error.kind(), error.details().attempts), (Kind::Timeout, 1));
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_request_and_a_wait() {
    let never =
        "return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)))";
    let soon = "{ const c = new AbortController(); setTimeout(() => c.abort('why'), 20); return c.signal }";
    let soon = format!("(() => {soon})()");
    let error = send(&client(never), "users.list", json!({}), &call(&[("signal", &soon)])).await.unwrap_err();
    assert_eq!((error.kind(), error.details().attempts), (Kind::Aborted, 1));
    assert_eq!(error.details().cause.as_ref().and_then(JsValue::as_string).as_deref(), Some("why"));

    let busy = "return new Response('', { status: 503, headers: { 'retry-after': '60' } })";
    let error = send(&client(busy), "users.list", json!({}), &call(&[("signal", &soon)])).await.unwrap_err();
    assert_eq!((error.kind(), error.details().attempts), (Kind::Aborted, 1));

    let before = call(&[("signal", "AbortSignal.abort()")]);
    let error = send(&client(never), "users.list", json!({}), &before).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Aborted);
}

#[wasm_bindgen_test]
async fn retries_are_told() {
    let busy = "return new Response('{\"error\":\"reach_limit\"}', { status: 429 })";
    let told = "((error, delay) => { globalThis.told = [error.kind, typeof delay] })";
    let error = send(&client(busy), "users.register", json!({ "username": "a" }), &call(&[("onRetry", told)])).await;
    assert_eq!(error.unwrap_err().details().attempts, 2);
    let told = Reflect::get(&js_sys::global(), &"told".into()).unwrap();
    assert_eq!(js_sys::JSON::stringify(&told).unwrap(), r#"["service","number"]"#);
}

#[wasm_bindgen_test]
async fn an_attempt_that_was_made_is_not_made_again() {
    let again = "globalThis.sent = (globalThis.sent ?? 0) + 1; return new Response('second')";
    let sent = || Reflect::get(&js_sys::global(), &"sent".into()).unwrap().as_f64().unwrap_or_default();
    let first = |first: &'static str| call(&[("first", first)]);
    let users = json!({ "username": "a" });
    let gone = "({ generation: 0, response: new Response('', { status: 404 }), text: '{\"error\":\"gone\"}' })";
    let error = send(&client(again), "users.get", users.clone(), &first(gone)).await.unwrap_err();
    assert_eq!((error.code(), error.details().attempts, sent()), (Some("gone"), 1, 0.0));

    let lost = "({ generation: 0, reason: new Error('reset'), timedOut: false })";
    let reply = send(&client(again), "users.get", users.clone(), &first(lost)).await.unwrap();
    assert_eq!((reply.1, reply.2.as_str(), sent()), (2, "second", 1.0));

    let late = "({ generation: 0, response: new Response('x'), reason: 'aborted', timedOut: true })";
    let error = send(&client(again), "users.register", users, &first(late)).await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.details().attempts, sent()), (Kind::Timeout, Some(200), 1, 1.0));
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_a_network_failure_with_its_status() {
    let cut = "return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([123])); c.error(new Error('cut')) } }))";
    let error = get(cut).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (Kind::Network, Some(200)));
}

#[wasm_bindgen_test]
async fn many_calls_share_a_client() {
    let client = client(
        "return new Promise((done) => setTimeout(() => done(new Response(url.split('/').pop())), Math.random() * 20))",
    );
    let none = Call(None);
    let calls = (0..50).map(|i| send(&client, "users.get", json!({ "username": format!("u{i}") }), &none));
    for (i, reply) in futures_util::future::join_all(calls).await.into_iter().enumerate() {
        assert_eq!(reply.unwrap().2, format!("u{i}"));
    }
}
