//! Bodies of requests, read into memory up to a most.

use axum::body::{Body, Bytes};
use http_body::Body as _;
use std::{future::poll_fn, pin::Pin, time::Duration};

/// How long a sender may go on with what is not kept: whoever never looks up from sending sees no answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a body could not be read.
pub(crate) enum Unread {
    TooLarge,
    Broken,
}

/// Reads a body.
///
/// What is beyond the most is read on and thrown away: if the connection were closed, the sender would see that it broke
/// and not the answer.
pub(crate) async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, Unread> {
    let mut kept = Vec::with_capacity(usize::try_from(body.size_hint().lower()).unwrap_or(most).min(most).min(START));
    while let Some(bytes) = next(&mut body).await? {
        if kept.len() + bytes.len() > most {
            drop(kept);
            let rest = async { while let Ok(Some(_)) = next(&mut body).await {} };
            let _ = tokio::time::timeout(PATIENCE, rest).await;
            return Err(Unread::TooLarge);
        }
        kept.extend_from_slice(&bytes);
    }
    Ok(kept)
}

/// Who announces more than this has to send it before there is room for it.
const START: usize = 1024 * 1024;

async fn next(body: &mut Body) -> Result<Option<Bytes>, Unread> {
    loop {
        match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Unread::Broken),
            // Trailers say nothing here.
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
        }
    }
}
