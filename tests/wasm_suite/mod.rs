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
    let Answer(text) = reply.body;
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
    let gateway = client("return new Response('<html>', { status: 502 })");
    let written = send(&gateway, "users.register", json!({ "username": "a" }), &Call(None)).await.unwrap_err();
    assert_eq!((written.details().attempts, written.details().unknown), (1, true));
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
    let options = Options { timeout: Some(20), retries: Some(0), ..Options::default() };
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

    assert!(!error.details().unknown);
    let written = send(&client(never), "users.register", json!({ "username": "a" }), &call(&[("signal", &soon)])).await;
    assert!(written.unwrap_err().details().unknown);

    // Between two attempts nothing is on its way.
    let busy = "return new Response('', { status: 503, headers: { 'retry-after': '60' } })";
    let error = send(&client(busy), "users.register", json!({ "username": "a" }), &call(&[("signal", &soon)])).await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.details().attempts, error.details().unknown), (Kind::Aborted, 1, false));

    let before = call(&[("signal", "AbortSignal.abort()")]);
    let error = send(&client(never), "users.list", json!({}), &before).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Aborted);
}

#[wasm_bindgen_test]
async fn time_and_an_abort_end_a_fetch_that_heeds_neither() {
    let deaf = "return new Promise(() => {})";
    let deaf_body = "return { status: 200, headers: new Headers(), text: () => new Promise(() => {}) }";
    for fetch in [deaf, deaf_body] {
        let client = client(fetch);
        let operation = Client::<Web>::operation("users.list").unwrap();
        let prepared = client.prepare(operation, &serde_json::Map::new(), &Options::default()).unwrap();
        let options = Options { timeout: Some(20), retries: Some(0), ..Options::default() };
        let error = client.exchange(&prepared, None, &Call(None), &options).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Timeout, "{fetch}");
        let soon = "(() => { const c = new AbortController(); setTimeout(() => c.abort(), 20); return c.signal })()";
        let error = send(&client, "users.list", json!({}), &call(&[("signal", soon)])).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Aborted, "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn what_proves_that_nothing_left_is_believed_of_a_write() {
    let error = async |reason: &str| {
        let fetch = format!("return Promise.reject({reason})");
        let register = json!({ "username": "a" });
        send(&client(&fetch), "users.register", register, &Call(None)).await.unwrap_err()
    };
    for proof in [
        "Object.assign(new Error('x'), { syscall: 'connect', code: 'ECONNREFUSED' })",
        "Object.assign(new Error('x'), { syscall: 'getaddrinfo' })",
        "new TypeError('fetch failed', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } })",
        "new TypeError('x', { cause: new AggregateError([{ syscall: 'connect' }, { syscall: 'connect' }]) })",
        "{ code: 'ConnectionRefused' }",
    ] {
        let error = error(proof).await;
        assert_eq!((error.details().attempts, error.details().unknown), (2, false), "{proof}");
        assert!(error.details().retryable, "{proof}");
    }
    for doubt in [
        "Object.assign(new Error('x'), { syscall: 'read', code: 'ECONNRESET' })",
        "new AggregateError([{ syscall: 'connect' }, { syscall: 'write' }])",
        "new AggregateError([])",
        "(() => { const e = new Error('round'); e.cause = e; return e })()",
        "undefined",
    ] {
        let error = error(doubt).await;
        assert_eq!((error.details().attempts, error.details().unknown), (1, true), "{doubt}");
    }
}

#[wasm_bindgen_test]
async fn an_errors_reason_is_told_whatever_it_is_made_of() {
    let foreign = "return Promise.reject({ message: 'fetch failed', cause: { message: 'connect ECONNREFUSED' } })";
    let error = get(foreign).await.unwrap_err();
    assert_eq!(error.details().message, "the connection failed: fetch failed: connect ECONNREFUSED");
    let disk = "return Promise.reject(new TypeError('x', { cause: new DOMException('the disk', 'NotReadableError') }))";
    let error = get(disk).await.unwrap_err();
    assert_eq!((error.kind(), error.details().attempts), (Kind::Invalid, 1));
    assert!(error.details().message.starts_with("the file cannot be read"), "{error}");
}

#[wasm_bindgen_test]
async fn a_write_is_not_redirected_and_nothing_is_cached() {
    let echo = "return new Response(JSON.stringify([init.redirect ?? null, init.cache]))";
    assert_eq!(get(echo).await.unwrap().2, r#"[null,"no-store"]"#);
    let users = json!({ "username": "a" });
    let reply = send(&client(echo), "users.register", users.clone(), &Call(None)).await.unwrap();
    assert_eq!(reply.2, r#"["manual","no-store"]"#);
    for (redirect, status, said) in [
        ("{ status: 0, type: 'opaqueredirect', headers: new Headers(), text: async () => '' }", 0, "another address"),
        ("new Response(null, { status: 307, headers: { location: 'https://x/y' } })", 307, "https://x/y"),
    ] {
        let error = send(&client(&format!("return {redirect}")), "users.register", users.clone(), &Call(None)).await;
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.status(), error.details().attempts), (Kind::Service, Some(status), 1));
        let message = &error.details().message;
        assert!(message.contains(said) && message.ends_with("check baseUrl"), "{message}");
        assert!(!error.details().retryable && !error.details().unknown);
    }
}

#[wasm_bindgen_test]
async fn what_can_be_sent_once_is_sent_once() {
    for (status, code) in [(401, "unauthorized"), (429, "reach_limit"), (503, "busy")] {
        let fetch = format!(
            "globalThis.once = (globalThis.once ?? 0) + 1;
            return new Response('{{\"error\":\"{code}\"}}', {{ status: {status}, headers: {{ 'retry-after': '0' }} }})"
        );
        Reflect::set(&js_sys::global(), &"once".into(), &0.into()).unwrap();
        let first = format!(
            "({{ generation: 7, response: new Response('', {{ status: {status} }}), text: '{{\"error\":\"{code}\"}}' }})"
        );
        let call = call(&[("once", "true"), ("first", &first)]);
        let error = send(&client(&fetch), "users.list", json!({}), &call).await.unwrap_err();
        assert_eq!((error.status(), error.code(), error.details().attempts), (Some(status), Some(code), 1));
        assert_eq!(Reflect::get(&js_sys::global(), &"once".into()).unwrap().as_f64(), Some(0.0));
    }
}

#[wasm_bindgen_test]
async fn a_retry_waits_for_its_turn_and_is_given_up_without_one() {
    let busy = "return new Response('{\"error\":\"reach_limit\"}', { status: 429 })";
    for (turn, attempts) in [
        ("async () => undefined", 2),
        ("() => true", 2),
        ("async () => false", 1),
        ("() => { throw new Error('x') }", 1),
        ("() => Promise.reject(new Error('x'))", 1),
    ] {
        let call = call(&[("turn", turn)]);
        let error = send(&client(busy), "users.list", json!({}), &call).await.unwrap_err();
        assert_eq!((error.status(), error.details().attempts), (Some(429), attempts), "{turn}");
    }
}

#[wasm_bindgen_test]
async fn a_response_that_throws_when_it_is_looked_at_is_a_failure() {
    for duck in [
        "{ get status() { throw new Error('x') } }",
        "{ status: 200, get headers() { throw new Error('x') }, text() { throw new Error('y') } }",
        "{ status: 'two hundred', text: async () => '' }",
    ] {
        let error = get(&format!("return {duck}")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Network, "{duck}");
    }
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
