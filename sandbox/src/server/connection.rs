//! Connections: with a time limit for what comes first, and such that can be cut off, which is what a fault may ask for.

use axum::{
    body::{Body, Bytes},
    http::{Request, Response},
};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    convert::Infallible,
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// How long to wait where none can be accepted: other connections end meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// One connection: where it came to, and how it is cut off.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) local: IpAddr,
    cut: Arc<AtomicBool>,
}

impl Connection {
    /// Nothing more is read or written; the peer sees a reset.
    pub(crate) fn cut_now(&self) {
        self.cut.store(true, Ordering::Release);
    }
}

/// Answers whoever connects until it is `told` to stop, then what is on its way. To say what it wants a connection has a
/// `time`, counted from when it could begin.
pub(crate) async fn serve<A, F>(listener: TcpListener, time: Duration, told: impl Future<Output = ()>, answer: A)
where
    A: Fn(Connection, Request<Body>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(time);
    tokio::pin!(told);
    loop {
        let accepted = tokio::select! { accepted = listener.accept() => accepted, () = &mut told => break };
        let Ok((inner, _)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // Small answers must not wait for the peer's acknowledgement.
        let _ = inner.set_nodelay(true);
        let local = inner.local_addr().map_or(Ipv4Addr::LOCALHOST.into(), |address| address.ip());
        let connection = Connection { local, cut: Arc::default() };
        let stream = TokioIo::new(Stream { inner, cut: connection.cut.clone() });
        let answer = answer.clone();
        let service = service_fn(move |request: Request<_>| {
            let answered = answer(connection.clone(), request.map(Body::new));
            async { Ok::<_, Infallible>(answered.await) }
        });
        let served = open.watch(http.serve_connection(stream, service));
        // How it ends is its peer's affair.
        tokio::spawn(async { drop(served.await) });
    }
    drop(listener);
    open.shutdown().await;
}

/// A connection's bytes.
struct Stream {
    inner: TcpStream,
    cut: Arc<AtomicBool>,
}

impl Stream {
    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Acquire) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// A body that breaks off after its first bytes.
pub(crate) struct Broken {
    first: Option<Bytes>,
    /// Time for the first bytes to be sent: an error right behind them would take them along.
    pause: Pin<Box<tokio::time::Sleep>>,
}

impl Broken {
    pub(crate) fn after(first: Vec<u8>) -> Self {
        Self { first: Some(first.into()), pause: Box::pin(tokio::time::sleep(Duration::from_millis(20))) }
    }
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        match self.first.take() {
            Some(bytes) => Poll::Ready(Some(Ok(http_body::Frame::data(bytes)))),
            None => self.pause.as_mut().poll(cx).map(|()| Some(Err(io::ErrorKind::ConnectionReset.into()))),
        }
    }
}
