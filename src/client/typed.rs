//! What Rust programs call: typed requests in, typed results out.

use super::{Client, Options, Prepared, Reply};
use crate::{
    error::{Error, Kind},
    host::{Host, Payload},
    operation::{Answer, Endpoint, Method, Page, Paging},
    shape::Bytes,
};
use futures_util::stream::{self, Stream};
use serde_json::Value;

impl<H: Host<Call = ()>> Client<H> {
    /// Sends an operation and returns its result.
    pub async fn send<E: Endpoint>(&self, request: E) -> Result<E::Response, Error> {
        self.send_with(request, &Options::default()).await
    }

    /// Sends an operation with options of its own.
    pub async fn send_with<E: Endpoint>(&self, request: E, options: &Options) -> Result<E::Response, Error> {
        let operation = &E::OPERATION;
        let params = match serde_json::to_value(&request) {
            Ok(Value::Object(params)) => params,
            Ok(_) | Err(_) => {
                let error = Error::new(Kind::Invalid, "the request is no object");
                return Err(error.with(|d| d.operation = operation.id()));
            }
        };
        let prepared = self.prepare(operation, &params, options)?;
        let reply = self.exchange(&prepared, request.file(), &(), options).await?;
        if operation.bytes {
            let Reply { status, head, body, attempts } = reply;
            let bytes = Bytes { bytes: body.into_bytes(), content_type: head.get("content-type") };
            let read = E::read(Answer { bytes: Some(bytes), ..Answer::default() });
            return read.map_err(|e| unreadable(&prepared, status, attempts, String::new(), &e));
        }
        let text = reply.body.text();
        let read =
            serde_json::from_str(&text).and_then(|whole| E::read(operation.returns.unwrap(operation.paging, whole)));
        read.map_err(|e| unreadable(&prepared, reply.status, reply.attempts, text, &e))
    }

    /// Every page of a list, one after another, fetched as they are asked for.
    ///
    /// Ends behind the last page, and with the first error.
    pub fn pages<E, T>(&self, request: E) -> impl Stream<Item = Result<Page<T>, Error>>
    where
        E: Endpoint<Response = Page<T>>,
    {
        stream::try_unfold(Some(request), async move |request| {
            let Some(request) = request else { return Ok(None) };
            let params = serde_json::to_value(&request).unwrap_or_default();
            let page = self.send(request).await?;
            if page.items.is_empty() {
                return Ok(None);
            }
            let next = following(E::OPERATION.paging, params, &page).and_then(|p| serde_json::from_value(p).ok());
            Ok(Some((page, next)))
        })
    }

    /// Sends a request that the table does not know, and returns the answer as JSON.
    pub async fn request(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Error> {
        let options = Options::default();
        let prepared = self.prepare_raw(method, path, body, &options)?;
        let reply = self.exchange(&prepared, None, &(), &options).await?;
        let text = reply.body.text();
        serde_json::from_str(&text).map_err(|e| unreadable(&prepared, reply.status, reply.attempts, text, &e))
    }
}

/// The parameters of the page behind `page`; none if it is the last.
fn following<T>(paging: Option<Paging>, mut params: Value, page: &Page<T>) -> Option<Value> {
    let (name, value) = match paging? {
        Paging::Cursor { cursor, .. } => {
            // A cursor that comes twice would go on for ever.
            let next = page.cursor.as_deref().filter(|c| params.get(cursor).and_then(Value::as_str) != Some(c))?;
            (cursor, Value::from(next))
        }
        Paging::Number { number, size, first } => {
            let asked = params.get(size).and_then(Value::as_u64);
            if asked.is_some_and(|n| (page.items.len() as u64) < n) {
                return None;
            }
            let current = params.get(number).and_then(Value::as_u64).unwrap_or(u64::from(first));
            (number, Value::from(current + 1))
        }
    };
    params.as_object_mut()?.insert(name.to_owned(), value);
    Some(params)
}

fn unreadable(prepared: &Prepared, status: u16, attempts: u32, body: String, error: &serde_json::Error) -> Error {
    Error::new(Kind::Decode, format!("cannot read the answer: {error}")).with(|d| {
        d.operation.clone_from(&prepared.operation);
        d.status = Some(status);
        d.attempts = attempts;
        d.body = Some(body);
    })
}
