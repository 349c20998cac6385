//! Bodies of requests, read into memory up to a most.

use axum::body::{Body, Bytes};
use http_body::Body as _;
use std::{future::poll_fn, pin::Pin, time::Duration};

/// How long a sender may go on with what is not kept: whoever never looks up from sending sees no answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body, or says with which status and why it cannot be taken.
///
/// What is beyond the most is read on and thrown away: if the connection were closed, the sender would see that it broke
/// and not the answer.
pub(crate) async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, (u16, &'static str)> {
    let mut kept = Vec::with_capacity(usize::try_from(body.size_hint().lower()).unwrap_or(most).min(most).min(START));
    while let Some(bytes) = next(&mut body).await? {
        if kept.len() + bytes.len() > most {
            drop(kept);
            let rest = async { while let Ok(Some(_)) = next(&mut body).await {} };
            let _ = tokio::time::timeout(PATIENCE, rest).await;
            return Err((413, "the body is too large"));
        }
        kept.extend_from_slice(&bytes);
    }
    Ok(kept)
}

/// Who announces more than this has to send it before there is room for it.
const START: usize = 1024 * 1024;

async fn next(body: &mut Body) -> Result<Option<Bytes>, (u16, &'static str)> {
    loop {
        match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            None => return Ok(None),
            Some(Err(_)) => return Err((400, "the body cannot be read to its end")),
            // Trailers say nothing here.
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
        }
    }
}
