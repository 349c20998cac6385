//! What Rust programs call: typed requests in, typed results out.

use super::{Client, Options, Prepared, Reply};
use crate::{
    error::{Error, Kind},
    host::{Host, Payload},
    operation::{Answer, Endpoint, Method, Page, Paging},
    retry,
    shape::{Bytes, Shape},
};
use futures_util::stream::{self, Stream};
use serde_json::Value;
use std::collections::BTreeSet;

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
        // Whatever stands in the answer to what has no result: it was done.
        if matches!(operation.returns.shape, Shape::Unit) {
            let Reply { status, attempts, .. } = reply;
            return E::read(Answer::default()).map_err(|e| unreadable(&prepared, status, attempts, String::new(), &e));
        }
        let text = reply.body.text();
        let read =
            serde_json::from_str(&text).and_then(|whole| E::read(operation.returns.unwrap(operation.paging, whole)));
        read.map_err(|e| unreadable(&prepared, reply.status, reply.attempts, text, &e))
    }

    /// Every page of a list that holds something, one after another, fetched as they are asked for.
    ///
    /// Ends behind the last page, and with the first error. That a cursor comes again is one: what is behind it cannot be had.
    pub fn pages<E, T>(&self, request: E) -> impl Stream<Item = Result<Page<T>, Error>>
    where
        E: Endpoint<Response = Page<T>>,
    {
        let params = serde_json::to_value(&request).unwrap_or_default();
        let pager = Pager { next: Some(request), params, seen: BTreeSet::new(), cut: None };
        stream::try_unfold(pager, move |mut pager| async move {
            while let Some(request) = pager.next.take() {
                let page = self.send(request).await?;
                pager.turn(&page);
                if !page.items.is_empty() {
                    return Ok(Some((page, pager)));
                }
            }
            pager.cut.take().map_or(Ok(None), Err)
        })
    }

    /// Sends a request that the table does not know, and returns the answer as JSON: null if it is empty.
    pub async fn request(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Error> {
        let options = Options::default();
        let prepared = self.prepare_raw(method, path, body, &options)?;
        let reply = self.exchange(&prepared, None, &(), &options).await?;
        let text = reply.body.text();
        if text.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).map_err(|e| unreadable(&prepared, reply.status, reply.attempts, text, &e))
    }
}

/// Where a list's pages are.
struct Pager<E> {
    /// The request for the next page.
    next: Option<E>,
    params: Value,
    /// The cursors that were followed.
    seen: BTreeSet<String>,
    /// Why there is no next page, where the list goes on.
    cut: Option<Error>,
}

impl<E: Endpoint> Pager<E> {
    /// Goes on behind `page`.
    fn turn<T>(&mut self, page: &Page<T>) {
        let Some(paging) = E::OPERATION.paging else { return };
        let (name, value) = match paging {
            Paging::Cursor { cursor, .. } => {
                let Some(next) = &page.cursor else { return };
                let here = self.params.get(cursor).and_then(Value::as_str).map(str::to_owned);
                self.seen.extend(here);
                if self.seen.contains(next) {
                    let cut = Error::new(Kind::Decode, "the list is cut short: the server gave a cursor again");
                    self.cut = Some(retry::judge(cut, E::OPERATION.safe).with(|d| d.operation = E::OPERATION.id()));
                    return;
                }
                (cursor, Value::from(next.as_str()))
            }
            Paging::Number { number, size, first } => {
                // The platform gives no more than its most, whatever is asked for.
                let most = E::OPERATION.fields.iter().find(|f| f.name == size).and_then(|f| f.limits.max);
                let most = most.and_then(|max| u64::try_from(max).ok()).unwrap_or(u64::MAX);
                let full = self.params.get(size).and_then(Value::as_u64).map_or(1, |asked| asked.min(most));
                if (page.items.len() as u64) < full {
                    return;
                }
                let current = self.params.get(number).and_then(Value::as_u64).unwrap_or(u64::from(first));
                (number, Value::from(current + 1))
            }
        };
        if let Some(params) = self.params.as_object_mut() {
            params.insert(name.to_owned(), value);
        }
        self.next = serde_json::from_value(self.params.clone()).ok();
    }
}

fn unreadable(prepared: &Prepared, status: u16, attempts: u32, body: String, error: &serde_json::Error) -> Error {
    retry::judge(Error::new(Kind::Decode, format!("cannot read the answer: {error}")), prepared.safe).with(|d| {
        d.operation.clone_from(&prepared.operation);
        d.status = Some(status);
        d.attempts = attempts;
        d.body = Some(body);
    })
}
