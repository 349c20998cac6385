//! The sandbox for JavaScript: one class. What faults do on the way is the JavaScript side's part, as is time.

use crate::{Options, Request, Response, Sandbox, app::App, http::Cut};
use js_sys::{Array, Uint8Array};
use serde::Deserialize;
use serde_json::json;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// A sandbox. Named apart from the public object, which wraps it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    sandbox: Sandbox,
}

#[wasm_bindgen]
impl Core {
    /// Makes a sandbox from JSON: `{ "apps": [{ "org", "name", … }], "loose": false }`.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &str) -> Result<Core, JsError> {
        #[derive(Deserialize)]
        struct Given {
            apps: Vec<App>,
            loose: bool,
        }
        let Given { apps, loose } = serde_json::from_str(given)?;
        Ok(Self { sandbox: Sandbox::new(apps, Options { loose, ..Options::default() }) })
    }

    /// Answers a request at a time in Unix milliseconds; `headers` is a JSON list of pairs.
    ///
    /// Returns `[head, body]`, the head being JSON: `{ status, headers, delay, cut }`.
    pub fn answer(
        &mut self,
        now: f64,
        method: String,
        target: String,
        headers: &str,
        body: Vec<u8>,
    ) -> Result<Array, JsError> {
        self.sandbox.tick(now as u64);
        let request = Request { method, target, headers: serde_json::from_str(headers)?, body };
        let Response { status, headers, body, delay, cut } = self.sandbox.answer(&request);
        self.sandbox.forget_changes();
        let cut = cut.map(|cut| match cut {
            Cut::Reset => "reset",
            Cut::Half => "half",
        });
        let head = json!({ "status": status, "headers": headers, "delay": delay, "cut": cut }).to_string();
        Ok(Array::of2(&head.into(), &Uint8Array::from(body.as_slice())))
    }
}
