//! The shell around [`Sandbox::answer`]: it listens, keeps time, writes what changed, logs.

use agora_chat_sandbox::{Request, Response, Sandbox, app::App, http::Cut};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, Method, Uri},
};
use exec::Signals;
use options::{Command, Options};
use proxy::Proxy;
use std::{
    borrow::Cow,
    process::ExitCode,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use store::Store;
use tokio::net::TcpListener;

mod connection;
mod exec;
mod log;
pub(crate) mod options;
mod proxy;
mod respond;
mod store;

use connection::{Cutter, Listening};

/// The largest body that is read: the platform takes files of 10 MB, its forms a little more.
const MAX_BODY: usize = 64 * 1024 * 1024;

struct Shell {
    sandbox: Mutex<Sandbox>,
    store: Option<Store>,
    proxy: Option<Proxy>,
    log: log::Log,
}

impl Shell {
    /// The sandbox. Answering does not panic; were it to, the state would still be whole rows.
    fn lock(&self) -> MutexGuard<'_, Sandbox> {
        self.sandbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn run(options: Options) -> Result<ExitCode, String> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.enable_all().build().map_err(|e| format!("cannot start: {e}"))?;
    runtime.block_on(serve(options))
}

async fn serve(options: Options) -> Result<ExitCode, String> {
    if options.end_with_stdin && options.command.is_some() {
        return Err("exec's standard input is its command's, with which it ends: leave out --end-with-stdin".into());
    }
    let signals = Signals::new()?;
    let proxy = options.proxy.as_deref().map(Proxy::new).transpose()?;
    let apps = options.apps()?;
    let first = apps.first().map(App::key).unwrap_or_default();
    let mut sandbox = Sandbox::new(apps, agora_chat_sandbox::Options { loose: options.loose });
    sandbox.tick(now());
    let store = options.data.as_deref().map(|file| Store::open(file, &mut sandbox)).transpose()?;
    // A data file that holds something has been seeded, or is meant to stay as it is.
    let seeds = if store.as_ref().is_some_and(|s| s.held_rows) { &[] } else { options.seed.as_slice() };
    for file in seeds {
        let lines = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        sandbox.seed(&first, &lines).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    match &store {
        Some(store) => store.write(sandbox.changes()).wait().await?,
        None => sandbox.forget_changes(),
    }

    let address = format!("{}:{}", options.host, options.port);
    let listener = TcpListener::bind(&address).await.map_err(|e| format!("cannot listen on {address}: {e}"))?;
    let local = listener.local_addr().map_err(|e| e.to_string())?;
    if !local.ip().is_loopback() {
        if proxy.is_some() {
            return Err(format!(
                "--proxy passes on to anyone who can reach {local}: listen on loopback, without --host"
            ));
        }
        eprintln!(
            "agora-chat-sandbox: {local} can be reached from other machines; anyone there can read and change everything"
        );
    }
    let url = format!("http://{local}");
    println!("agora-chat-sandbox listening on {url}");

    let shell = Shell { sandbox: Mutex::new(sandbox), store, proxy, log: log::Log::new(options.log) };
    let router = Router::new().fallback(handle).with_state(Arc::new(shell));
    let service = router.into_make_service_with_connect_info::<Cutter>();
    let serving = axum::serve(Listening(listener), service);
    match options.command {
        None => {
            let (tell, told) = tokio::sync::oneshot::channel();
            let let_go =
                async { if options.end_with_stdin { exec::stdin_ends().await } else { std::future::pending().await } };
            let serving = serving.with_graceful_shutdown(async { drop(told.await) });
            tokio::select! {
                served = async { serving.await } => served.map_err(|e| e.to_string())?,
                () = signals.stop(let_go, tell) => {}
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Exec { command }) => {
            let child = match exec::start(&command, &url, &first) {
                Ok(child) => child,
                Err((message, code)) => {
                    eprintln!("agora-chat-sandbox: {message}");
                    return Ok(code);
                }
            };
            tokio::select! {
                served = async { serving.await } => served.map(|()| ExitCode::SUCCESS).map_err(|e| e.to_string()),
                code = exec::run(child, signals) => code,
            }
        }
    }
}

async fn handle(
    State(shell): State<Arc<Shell>>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> axum::response::Response {
    let started = Instant::now();
    let target = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    // Preflights are answered here, for either.
    if let Some(proxy) = &shell.proxy
        && method != Method::OPTIONS
        && !shell.lock().answers(&target)
    {
        let line = shell.log.passed(&method, uri.path());
        let response = proxy.pass(method, &uri, headers, body).await;
        if let Some(line) = line {
            line.print(response.status().as_u16(), started.elapsed());
        }
        return response;
    }
    // What was exported can be imported, however much it is.
    let most = if target.starts_with("/__sandbox/") { usize::MAX } else { MAX_BODY };
    let Ok(body) = axum::body::to_bytes(body, most).await else {
        return respond::failure(413, "request_too_large", "the body is larger than 64 MiB, or broke off");
    };
    let text = |v: &axum::http::HeaderValue| String::from_utf8_lossy(v.as_bytes()).into_owned();
    let request = Request {
        method: method.as_str().to_owned(),
        target,
        headers: headers.iter().map(|(k, v)| (k.as_str().to_owned(), text(v))).collect(),
        body: body.to_vec(),
    };
    let (response, written, line) = {
        let mut sandbox = shell.lock();
        sandbox.tick(now());
        let response = sandbox.answer(&request);
        // Changes are handed over under the lock, so that they are written in the order in which they were made.
        let written = match &shell.store {
            Some(store) => Some(store.write(sandbox.changes())),
            None => {
                sandbox.forget_changes();
                None
            }
        };
        (response, written, shell.log.line(&sandbox, &request))
    };
    if let Some(written) = written
        && let Err(message) = written.wait().await
    {
        return respond::failure(500, "internal_server_error", &message);
    }
    if let Some(line) = line {
        line.print(response.status, started.elapsed());
    }
    if response.delay > 0 {
        tokio::time::sleep(Duration::from_millis(response.delay)).await;
    }
    answer(response, &cutter)
}

fn answer(response: Response, cutter: &Cutter) -> axum::response::Response {
    let mut builder = axum::http::Response::builder().status(response.status);
    for (name, value) in response.headers {
        // What never changes is not copied.
        builder = match value {
            Cow::Borrowed(value) => builder.header(name.as_ref(), HeaderValue::from_static(value)),
            Cow::Owned(value) => builder.header(name.as_ref(), value),
        };
    }
    let body = match response.cut {
        Some(Cut::Reset) => {
            cutter.cut_now();
            Body::empty()
        }
        Some(Cut::Half) => {
            builder = builder.header("content-length", response.body.len());
            let half = response.body.get(..response.body.len() / 2).unwrap_or_default().to_vec();
            Body::new(connection::Broken::after(half))
        }
        None => Body::from(response.body),
    };
    builder.body(body).unwrap_or_else(|e| respond::failure(500, "internal_server_error", &e.to_string()))
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
