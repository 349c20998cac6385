//! The wasm host: an injected `fetch`, the platform's timers, clock and chance.
//!
//! JavaScript makes the first attempt of a call itself when no token has to be fetched for it: what a call costs is
//! mostly promises and closures that cross the boundary. Whatever is not a success comes here, as all other attempts do.
//!
//! gloo-net makes the headers, and no more: its `send` and its `Response` panic on what callers' own transports may do,
//! throw or leave out. A response is read member by member.

use super::{Head, Host, Incoming, Outgoing, Payload};
use crate::{
    client::{Begun, is_success},
    codec::Body,
    error::{Error, Kind},
    operation::Method,
    wasm::set,
};
use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// A number in browsers, an object in Node.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64, argument: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue);
    /// Takes one character per byte.
    fn btoa(binary: &str) -> String;

    /// What the JavaScript side keeps for one call.
    #[derive(Clone, Debug)]
    pub type CallOptions;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &CallOptions) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn fetch(this: &CallOptions) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = onRetry)]
    fn on_retry(this: &CallOptions) -> JsValue;
    /// How long one attempt may take, in milliseconds.
    #[wasm_bindgen(method, getter)]
    pub fn timeout(this: &CallOptions) -> Option<f64>;
    /// How many times it is sent again.
    #[wasm_bindgen(method, getter)]
    pub fn retries(this: &CallOptions) -> Option<u32>;
    /// More headers.
    #[wasm_bindgen(method, getter)]
    pub fn headers(this: &CallOptions) -> Option<Object>;
    /// The method of an older form to use.
    #[wasm_bindgen(method, getter)]
    pub fn form(this: &CallOptions) -> Option<String>;
    /// Makes the body of a multipart request from its text parts and the file part's name.
    #[wasm_bindgen(method, getter)]
    fn multipart(this: &CallOptions) -> JsValue;
    /// Whether the body can be sent only once.
    #[wasm_bindgen(method, getter)]
    fn once(this: &CallOptions) -> Option<bool>;
    /// Waits for a retry's turn.
    #[wasm_bindgen(method, getter)]
    fn turn(this: &CallOptions) -> JsValue;
    /// The first attempt, if it was made already.
    #[wasm_bindgen(method, getter)]
    fn first(this: &CallOptions) -> Option<First>;

    type First;
    #[wasm_bindgen(method, getter)]
    fn generation(this: &First) -> f64;
    #[wasm_bindgen(method, getter)]
    fn response(this: &First) -> JsValue;
    /// The response's body, unless it could not be read.
    #[wasm_bindgen(method, getter)]
    fn text(this: &First) -> JsValue;
    /// What was thrown.
    #[wasm_bindgen(method, getter)]
    fn reason(this: &First) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = timedOut)]
    fn timed_out(this: &First) -> bool;

    /// The part of a `Response` that is read; whoever wrote the `fetch` may have left any of it out.
    type Response;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Response) -> Result<Headers, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Response) -> Result<JsValue, JsValue>;

    type Headers;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;

    type Signal;
    #[wasm_bindgen(method, getter)]
    fn aborted(this: &Signal) -> bool;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &Signal) -> JsValue;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &Signal, event: &str, listener: &Function);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn forget(this: &Signal, event: &str, listener: &Function);
}

/// Bytes in base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    btoa(&bytes.iter().copied().map(char::from).collect::<String>())
}

impl Head {
    /// The value of a header; none of what has no headers.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        if !self.0.is_object() {
            return None;
        }
        let headers = self.0.unchecked_ref::<Response>().headers().ok()?;
        headers.get(name).ok()?.as_string()
    }
}

/// One call's abort signal and callbacks; all may be absent.
#[derive(Clone, Debug, Default)]
pub struct Call(pub Option<CallOptions>);

impl Call {
    fn signal(&self) -> Option<Signal> {
        let signal = self.0.as_ref()?.signal();
        signal.is_object().then(|| signal.unchecked_into())
    }

    fn function(&self, get: impl Fn(&CallOptions) -> JsValue) -> Option<Function> {
        get(self.0.as_ref()?).dyn_into().ok()
    }
}

/// Sends requests with the `fetch` that JavaScript gave.
#[derive(Debug)]
pub struct Web {
    fetch: Function,
}

impl Web {
    /// A host that sends with this `fetch`.
    #[must_use]
    pub fn new(fetch: Function) -> Self {
        Self { fetch }
    }
}

/// A response's text as JavaScript holds it; none of one that is handed over unread.
#[derive(Debug)]
pub struct Answer(pub Option<JsString>);

impl Payload for Answer {
    fn text(&self) -> String {
        self.0.as_ref().map(String::from).unwrap_or_default()
    }

    fn into_bytes(self) -> Vec<u8> {
        Vec::new()
    }
}

/// Ends what is waited for when its time is over or the caller aborts; forgets both when dropped.
struct Ending {
    /// Resolves when either comes.
    ended: Promise,
    end: Function,
    timer: JsValue,
    signal: Option<Signal>,
    /// Aborted with it, and if it is dropped before.
    controller: Option<web_sys::AbortController>,
}

/// The longest time that a timer takes: with more it goes off at once.
const LONGEST: f64 = 2_147_483_647.0;

impl Ending {
    fn begin(milliseconds: u64, signal: Option<Signal>) -> Self {
        let mut end = JsValue::UNDEFINED;
        let ended = Promise::new(&mut |resolve, _| end = resolve.into());
        let end: Function = end.unchecked_into();
        // What it resolves with in time's name: nothing else can be the same.
        let timer = set_timeout(&end, LONGEST.min(milliseconds as f64), &end);
        if let Some(signal) = &signal {
            signal.listen("abort", &end);
        }
        Self { ended, end, timer, signal, controller: None }
    }

    /// What another promise resolves to, unless the end comes first; whether that heeds a signal or not.
    async fn before(&self, other: &JsValue, status: Option<u16>) -> Result<JsValue, Error> {
        let first = JsFuture::from(Promise::race(&Array::of2(other, &self.ended))).await;
        let timed_out = matches!(&first, Ok(value) if *value == **self.end);
        match first {
            Ok(value) if !timed_out && !aborts(self.signal.as_ref()) => Ok(value),
            Ok(reason) | Err(reason) => Err(failure(self.signal.as_ref(), timed_out, reason, status)),
        }
    }

    fn abandon(&mut self) {
        if let Some(controller) = self.controller.take() {
            controller.abort();
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            signal.forget("abort", &self.end);
        }
        // A promise that never settles keeps whoever waited for it.
        let _ = self.end.call0(&JsValue::UNDEFINED);
        self.abandon();
    }
}

fn aborts(signal: Option<&Signal>) -> bool {
    signal.is_some_and(Signal::aborted)
}

/// What a rejected fetch means.
fn failure(signal: Option<&Signal>, timed_out: bool, reason: JsValue, status: Option<u16>) -> Error {
    let error = if aborts(signal) {
        aborted(signal)
    } else if timed_out {
        Error::new(Kind::Timeout, "no answer in time")
    } else {
        let unsent = status.is_none() && never_left(&reason, 4);
        let error = thrown(Kind::Network, "the connection failed", reason);
        if unsent { error.unsent() } else { error }
    };
    error.with(|d| d.status = status)
}

fn aborted(signal: Option<&Signal>) -> Error {
    Error::new(Kind::Aborted, "the caller aborted it").with(|d| d.cause = signal.map(Signal::reason))
}

/// A member of whatever it is; `undefined` if it has none.
fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Whether an error, or what lies beneath it, proves that no connection was made: Node's of each address that it tried,
/// undici's, Bun's, Deno's.
fn never_left(reason: &JsValue, depth: u32) -> bool {
    const PROOFS: [&str; 5] =
        ["connect", "getaddrinfo", "UND_ERR_CONNECT_TIMEOUT", "ConnectionRefused", "FailedToOpenSocket"];
    let Some(deeper) = depth.checked_sub(1).filter(|_| reason.is_object()) else { return false };
    let proves = |name| member(reason, name).as_string().is_some_and(|said| PROOFS.contains(&&*said));
    let tried = member(reason, "errors");
    let tried = if Array::is_array(&tried) { tried.unchecked_into() } else { Array::new() };
    proves("syscall")
        || proves("code")
        || tried.length() > 0 && tried.iter().all(|error| never_left(&error, deeper))
        || never_left(&member(reason, "cause"), deeper)
}

/// An error from whatever JavaScript threw: its realm may be another, and its class of anybody's making.
fn thrown(kind: Kind, what: &str, reason: JsValue) -> Error {
    // Node says "fetch failed" and hides why in the cause.
    let beneath = member(&reason, "cause");
    // The file's fault, which is not the connection's.
    let unreadable =
        [&reason, &beneath].iter().any(|e| member(e, "name").as_string().as_deref() == Some("NotReadableError"));
    // A framework's own error, which asks it for something: Next's that a page be made at each request. It would come again.
    let asked = member(&reason, "digest").is_string();
    let (kind, what) = match (unreadable, asked) {
        (true, _) => (Kind::Invalid, "the file cannot be read"),
        (_, true) => (Kind::Invalid, "fetch did not send it"),
        _ => (kind, what),
    };
    let mut message = what.to_owned();
    for said in [said(&reason), said(&beneath)].into_iter().flatten() {
        message.push_str(": ");
        message.push_str(&said);
    }
    Error::new(kind, message).with(|d| d.cause = Some(reason))
}

/// The message of anything that has one.
pub(crate) fn said(reason: &JsValue) -> Option<String> {
    reason.as_string().or_else(|| member(reason, "message").as_string()).filter(|said| !said.is_empty())
}

impl Host for Web {
    type Call = Call;
    type Body = Answer;

    async fn fetch(&self, request: &Outgoing<'_>, call: &Call) -> Result<Incoming<Answer>, Error> {
        let signal = call.signal();
        if aborts(signal.as_ref()) {
            return Err(aborted(signal.as_ref()).unsent());
        }
        let controller = web_sys::AbortController::new().map_err(|e| thrown(Kind::Network, "no AbortController", e))?;
        let init = init(request, call, &controller)?;
        let mut ending = Ending::begin(request.timeout, signal);
        ending.controller = Some(controller);
        let fetch = call.function(CallOptions::fetch).unwrap_or_else(|| self.fetch.clone());
        let sent = fetch.call2(&JsValue::UNDEFINED, &request.url.into(), &init);
        // A transport may answer without a promise.
        let sent = sent.unwrap_or_else(|e| Promise::reject(&e).into());
        let response = Response::of(ending.before(&sent, None).await?)?;
        let status = response.1;
        let text = if request.bytes && is_success(status) {
            None
        } else {
            let text = response.0.text().unwrap_or_else(|e| Promise::reject(&e).into());
            ending.before(&text, Some(status)).await?.dyn_into().ok()
        };
        // It is over, or its body is JavaScript's to read.
        ending.controller = None;
        Ok(incoming(response, text))
    }

    fn begun(&self, call: &Call) -> Option<Begun<Answer>> {
        let first = call.0.as_ref()?.first()?;
        let signal = call.signal();
        let failed = |status| failure(signal.as_ref(), first.timed_out(), first.reason(), status);
        let outcome = match (first.response(), first.text().dyn_into::<JsString>()) {
            (response, _) if !response.is_object() => Err(failed(None)),
            (response, text) => Response::of(response).and_then(|response| match text {
                Ok(text) => Ok(incoming(response, Some(text))),
                Err(_) => Err(failed(Some(response.1))),
            }),
        };
        Some(Begun { generation: first.generation() as u64, outcome })
    }

    fn repeats(&self, call: &Call) -> bool {
        !call.0.as_ref().and_then(CallOptions::once).unwrap_or_default()
    }

    async fn turn(&self, call: &Call) -> bool {
        let Some(turn) = call.function(CallOptions::turn) else { return true };
        match turn.call0(&JsValue::UNDEFINED) {
            Ok(turn) => JsFuture::from(Promise::resolve(&turn)).await.is_ok_and(|turn| turn != JsValue::FALSE),
            Err(_) => false,
        }
    }

    async fn sleep(&self, milliseconds: u64, call: &Call) -> Result<(), Error> {
        let ending = Ending::begin(milliseconds, call.signal());
        if !aborts(ending.signal.as_ref()) {
            let _ = JsFuture::from(ending.ended.clone()).await;
        }
        if aborts(ending.signal.as_ref()) { Err(aborted(ending.signal.as_ref())) } else { Ok(()) }
    }

    fn now(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    fn retrying(&self, error: &Error, delay: u64, call: &Call) {
        if let Some(callback) = call.function(CallOptions::on_retry) {
            // A hook that throws must not change the call's outcome.
            let _ = callback.call2(&JsValue::UNDEFINED, &crate::wasm::details(error), &(delay as f64).into());
        }
    }
}

impl Response {
    /// A response and its status: 0 of a redirect that `fetch` hides. Whatever is no response is a failure.
    fn of(value: JsValue) -> Result<(Self, u16), Error> {
        let response: Self = value.unchecked_into();
        let status = if response.is_object() { response.status().unwrap_or_default().as_f64() } else { None };
        match status {
            Some(status) => Ok((response, status as u16)),
            None => Err(Error::new(Kind::Network, "fetch did not answer with a response")),
        }
    }
}

/// An answer whose body was read, or is to be handed over unread.
fn incoming((response, status): (Response, u16), text: Option<JsString>) -> Incoming<Answer> {
    Incoming { status, head: Head(response.into()), body: Answer(text) }
}

/// The second argument of `fetch`.
fn init(request: &Outgoing<'_>, call: &Call, controller: &web_sys::AbortController) -> Result<Object, Error> {
    let init = Object::new();
    // Names and values were checked when the request was prepared: this panics on what a header cannot hold.
    let headers = gloo_net::http::Headers::new();
    for (name, value) in request.headers {
        headers.set(name, value);
    }
    // A plain object, as the first attempt has: whoever writes a `fetch` can spread it.
    let headers = Object::from_entries(&headers.into_raw()).unwrap_or_default();
    set(&init, "method", request.method.as_str().into());
    set(&init, "headers", headers.into());
    set(&init, "signal", controller.signal().into());
    // Frameworks that replace `fetch` would answer from their cache.
    set(&init, "cache", "no-store".into());
    // A write that is redirected would be done elsewhere, or as a GET.
    if request.method != Method::GET {
        set(&init, "redirect", "manual".into());
    }
    match request.body {
        Body::Empty => {}
        Body::Json(text) | Body::Form(text) => set(&init, "body", text.into()),
        Body::Multipart { parts, file } => {
            let make = call
                .function(CallOptions::multipart)
                .ok_or_else(|| Error::new(Kind::Invalid, format!("{file} is required")))?;
            let pairs = crate::wasm::entries(parts.iter().map(|(k, v)| (k.as_str(), v.as_str())));
            let body =
                make.call2(&JsValue::UNDEFINED, &pairs, &(*file).into()).map_err(|e| thrown(Kind::Invalid, file, e))?;
            set(&init, "body", body);
        }
    }
    Ok(init)
}
