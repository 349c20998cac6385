//! The wasm host: an injected `fetch`, the platform's timers, clock and chance.
//!
//! JavaScript makes the first attempt of a call itself when no token has to be fetched for it: what a call costs is
//! mostly promises and closures that cross the boundary. Whatever is not a success comes here, as all other attempts do.
//!
//! gloo-net makes the headers, and no more: its `send` and its `Response` panic on what callers' own transports may do,
//! throw or leave out. A response is read member by member.

use super::{Host, Incoming, Outgoing, Payload};
use crate::{
    client::Begun,
    codec::Body,
    error::{Error, Kind},
    wasm::set,
};
use js_sys::{Function, JsString, Object, Promise, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// A number in browsers, an object in Node.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;
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
    #[wasm_bindgen(method, getter)]
    fn status(this: &Response) -> f64;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Response) -> JsValue;
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

/// One call's abort signal and callbacks; all may be absent.
#[derive(Clone, Debug)]
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

/// A response: its text as JavaScript holds it, or the whole of it unread.
#[derive(Debug)]
pub struct Answer {
    /// Its text.
    pub text: Option<JsString>,
    /// It.
    pub response: JsValue,
}

impl Payload for Answer {
    fn text(&self) -> String {
        self.text.as_ref().map(String::from).unwrap_or_default()
    }

    fn into_bytes(self) -> Vec<u8> {
        Vec::new()
    }
}

/// Ends a request when its time is over or the caller aborts; forgets both when dropped.
struct Deadline {
    controller: web_sys::AbortController,
    timer: JsValue,
    timed_out: Rc<Cell<bool>>,
    signal: Option<Signal>,
    on_timeout: Closure<dyn FnMut()>,
    on_abort: Closure<dyn FnMut()>,
}

impl Deadline {
    fn start(milliseconds: u64, signal: Option<Signal>) -> Result<Self, Error> {
        let controller = web_sys::AbortController::new().map_err(|e| thrown(Kind::Network, "no AbortController", e))?;
        let timed_out = Rc::new(Cell::new(false));
        let on_timeout = {
            let (controller, timed_out) = (controller.clone(), Rc::clone(&timed_out));
            Closure::new(move || {
                timed_out.set(true);
                controller.abort();
            })
        };
        let on_abort = {
            let controller = controller.clone();
            Closure::new(move || controller.abort())
        };
        let timer = set_timeout(on_timeout.as_ref().unchecked_ref(), milliseconds as f64);
        if let Some(signal) = &signal {
            signal.listen("abort", on_abort.as_ref().unchecked_ref());
        }
        Ok(Self { controller, timer, timed_out, signal, on_timeout, on_abort })
    }

    fn failure(&self, reason: JsValue, status: Option<u16>) -> Error {
        failure(self.signal.as_ref(), self.timed_out.get(), reason, status)
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            signal.forget("abort", self.on_abort.as_ref().unchecked_ref());
        }
        let _ = &self.on_timeout;
    }
}

/// What a rejected fetch means.
fn failure(signal: Option<&Signal>, timed_out: bool, reason: JsValue, status: Option<u16>) -> Error {
    let error = if signal.is_some_and(Signal::aborted) {
        aborted(signal)
    } else if timed_out {
        Error::new(Kind::Timeout, "no answer in time")
    } else {
        thrown(Kind::Network, "the connection failed", reason)
    };
    error.with(|d| d.status = status)
}

fn aborted(signal: Option<&Signal>) -> Error {
    Error::new(Kind::Aborted, "the caller aborted it").with(|d| d.cause = signal.map(Signal::reason))
}

/// An error from whatever JavaScript threw.
fn thrown(kind: Kind, what: &str, reason: JsValue) -> Error {
    let said = reason.dyn_ref::<js_sys::Error>().map(|e| String::from(e.message())).or_else(|| reason.as_string());
    // Node says "fetch failed" and hides why in the cause.
    let beneath = Reflect::get(&reason, &"cause".into())
        .ok()
        .and_then(|c| c.dyn_into::<js_sys::Error>().ok())
        .map(|e| String::from(e.message()))
        .filter(|m| !m.is_empty());
    let message = [Some(what.to_owned()), said, beneath].into_iter().flatten().collect::<Vec<_>>().join(": ");
    Error::new(kind, message).with(|d| d.cause = Some(reason))
}

impl Host for Web {
    type Call = Call;
    type Body = Answer;

    async fn fetch(&self, request: &Outgoing<'_>, call: &Call) -> Result<Incoming<Answer>, Error> {
        let signal = call.signal();
        if signal.as_ref().is_some_and(Signal::aborted) {
            return Err(aborted(signal.as_ref()));
        }
        let deadline = Deadline::start(request.timeout, signal)?;
        let init = init(request, call, &deadline)?;
        let fetch = call.function(CallOptions::fetch).unwrap_or_else(|| self.fetch.clone());
        let sent = fetch.call2(&JsValue::UNDEFINED, &request.url.into(), &init);
        // A transport may answer without a promise; `resolve` takes both.
        let sent = sent.map_err(|e| deadline.failure(e, None))?;
        let response = JsFuture::from(Promise::resolve(&sent)).await.map_err(|e| deadline.failure(e, None))?;
        if !response.is_object() {
            return Err(Error::new(Kind::Network, NO_RESPONSE));
        }
        let response: Response = response.unchecked_into();
        let status = response.status() as u16;
        if request.bytes && status < 400 {
            return Ok(incoming(response, None));
        }
        let failed = |e| deadline.failure(e, Some(status));
        let text = JsFuture::from(Promise::resolve(&response.text().map_err(failed)?)).await.map_err(failed)?;
        Ok(incoming(response, text.dyn_into().ok()))
    }

    fn begun(&self, call: &Call) -> Option<Begun<Answer>> {
        let first = call.0.as_ref()?.first()?;
        let response: Option<Response> = first.response().is_object().then(|| first.response().unchecked_into());
        let outcome = match (response, first.text().dyn_into::<JsString>()) {
            (Some(response), Ok(text)) => Ok(incoming(response, Some(text))),
            (response, _) => {
                let status = response.map(|r| r.status() as u16);
                Err(failure(call.signal().as_ref(), first.timed_out(), first.reason(), status))
            }
        };
        Some(Begun { generation: first.generation() as u64, outcome })
    }

    async fn sleep(&self, milliseconds: u64, call: &Call) -> Result<(), Error> {
        let signal = call.signal();
        let mut wake = None;
        let mut timer = JsValue::UNDEFINED;
        let wait = Promise::new(&mut |resolve, _| {
            timer = set_timeout(&resolve, milliseconds as f64);
            if let Some(signal) = &signal {
                signal.listen("abort", &resolve);
            }
            wake = Some(resolve);
        });
        let _ = JsFuture::from(wait).await;
        clear_timeout(&timer);
        let Some(signal) = signal else { return Ok(()) };
        if let Some(wake) = &wake {
            signal.forget("abort", wake);
        }
        if signal.aborted() { Err(aborted(Some(&signal))) } else { Ok(()) }
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

const NO_RESPONSE: &str = "fetch did not answer with a response";

/// An answer whose body was read, or is to be handed over unread.
fn incoming(response: Response, text: Option<JsString>) -> Incoming<Answer> {
    let headers: Headers = response.headers().unchecked_into();
    let header = |name| headers.get(name).ok().and_then(|value| value.as_string());
    Incoming {
        status: response.status() as u16,
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        body: Answer { text, response: response.into() },
    }
}

/// The second argument of `fetch`.
fn init(request: &Outgoing<'_>, call: &Call, deadline: &Deadline) -> Result<Object, Error> {
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
    set(&init, "signal", deadline.controller.signal().into());
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
