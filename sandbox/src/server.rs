//! The shell around [`Sandbox::answer`]: it listens, keeps time, writes what changed, logs.

use agora_chat_sandbox::{Response, Sandbox, app::App, content, control::Seeding, http::Cut};
use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, header, request::Parts},
};
use connection::Connection;
use exec::Signals;
use guard::{Asked, Guard};
use log::Line;
use options::{Command, Options};
use proxy::Proxy;
use std::{
    borrow::Cow,
    io::Write,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::pin,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use store::{DataFile, Store, Written};
use tokio::{
    net::TcpListener,
    sync::{Mutex, MutexGuard},
};

mod body;
mod connection;
mod exec;
mod guard;
pub(crate) mod log;
pub(crate) mod options;
mod proxy;
mod respond;
mod store;

/// A body that is dealt with at once. Larger ones, and the sandbox's own endpoints, may take long: they have threads of their
/// own, so that signals and other requests are heard.
const LIGHT: usize = 64 * 1024;

/// How often to look whether the sandbox is free before it is waited for.
const LOOKS: usize = 500;

/// What takes long: the sandbox is held for what must be, and whoever waits gets it in between.
enum Long {
    /// Nothing is changed.
    Look,
    /// It is read first.
    Import,
    /// It is done in steps.
    Seed,
}

impl Long {
    fn of(request: &agora_chat_sandbox::Request) -> Option<Self> {
        let path = request.target.split('?').next().unwrap_or_default();
        match request.method.as_str() {
            "POST" if path == "/__sandbox/import" => Some(Self::Import),
            "POST" if path == "/__sandbox/seed" => Some(Self::Seed),
            _ if path == "/__sandbox/export" || path.starts_with("/__sandbox/history/") => Some(Self::Look),
            _ => None,
        }
    }
}

struct Shell {
    sandbox: Arc<Mutex<Sandbox>>,
    store: Option<Store>,
    proxy: Option<Proxy>,
    guard: Guard,
    log: log::Log,
}

pub(crate) fn run(options: Options) -> Result<ExitCode, String> {
    if options.end_with_stdin && options.command.is_some() {
        return Err("exec's standard input is its command's, with which it ends: leave out --end-with-stdin".into());
    }
    if let Some(Command::Compact { file }) = &options.command {
        let file = file.as_ref().or(options.data.as_ref()).ok_or("compact needs a data file")?;
        let (before, after) = DataFile::compact(file)?;
        say(&format!("{}: {before} bytes, now {after}", file.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.enable_all().build().map_err(|e| format!("cannot start: {e}"))?;
    let ended = runtime.block_on(serve(Arc::new(options)));
    // Whatever takes longer than the grace ends here.
    runtime.shutdown_background();
    ended
}

/// The sandbox as it is to start with, and its data file.
fn prepare(options: &Options) -> Result<(Sandbox, String, Option<DataFile>), String> {
    let apps = options.apps()?;
    let first = apps.first().map(App::key).unwrap_or_default();
    let mut sandbox =
        Sandbox::new(apps, agora_chat_sandbox::Options { loose: options.loose, history_zone: options.history_zone });
    sandbox.tick(now());
    let file = options.data.as_deref().map(|file| DataFile::open(file, &mut sandbox)).transpose()?;
    // A data file that holds something has been seeded, or is meant to stay as it is.
    let seeds = if file.as_ref().is_some_and(|f| f.held_rows) { &[] } else { options.seed.as_slice() };
    for file in seeds {
        let lines = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        sandbox.seed(&first, &lines).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    match &file {
        Some(file) => file.write(&sandbox.changes())?,
        None => sandbox.forget_changes(),
    }
    Ok((sandbox, first, file))
}

async fn serve(options: Arc<Options>) -> Result<ExitCode, String> {
    let mut signals = Signals::new()?;
    let ends = options.end_with_stdin;
    let mut let_go = pin!(async move { if ends { exec::stdin_ends().await } else { std::future::pending().await } });
    let proxy = options.proxy.as_deref().map(Proxy::new).transpose()?;
    // What takes time leaves the signals heard.
    let preparing = {
        let options = Arc::clone(&options);
        tokio::task::spawn_blocking(move || prepare(&options))
    };
    let (sandbox, first, file) = tokio::select! {
        prepared = preparing => prepared.map_err(|e| e.to_string())??,
        _ = signals.next() => return Ok(ExitCode::SUCCESS),
        () = &mut let_go => return Ok(ExitCode::SUCCESS),
    };

    let listener = listen(&options, proxy.as_ref()).await?;
    let local = listener.local_addr().map_err(|e| e.to_string())?;
    let url = format!("http://{}", reached(local));
    say(&format!("agora-chat-sandbox listening on {url}"));

    let sandbox = Arc::new(Mutex::new(sandbox));
    let (store, broken) = match file {
        Some(file) => Store::start(file, Arc::clone(&sandbox)).map(|(store, broken)| (Some(store), Some(broken)))?,
        None => (None, None),
    };
    let guard = Guard::new(&options);
    let shell = Arc::new(Shell { sandbox, store, proxy, guard, log: log::Log::new(options.log) });
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let serving = {
        let shell = Arc::clone(&shell);
        let answer = move |connection, request| Arc::clone(&shell).handle(connection, request);
        let time = Duration::from_secs(options.header_timeout);
        connection::serve(listener, time, async { drop(told.await) }, answer)
    };
    let ending = async {
        match &options.command {
            Some(Command::Exec { command }) => match exec::start(command, &url, &first) {
                Ok(child) => exec::run(child, signals).await,
                Err((message, code)) => {
                    log::tell(&format!("agora-chat-sandbox: {message}"));
                    Ok(code)
                }
            },
            _ => {
                signals.stop(let_go, tell).await;
                Ok(ExitCode::SUCCESS)
            }
        }
    };
    let breaking = async {
        // Without a file, and when it is closed in order, nothing breaks.
        match broken.map(|broken| async { broken.await.ok() }) {
            Some(broken) => match broken.await {
                Some(why) => why,
                None => std::future::pending().await,
            },
            None => std::future::pending().await,
        }
    };
    let ended = tokio::select! {
        () = serving => Ok(ExitCode::SUCCESS),
        ended = ending => ended,
        why = breaking => return Err(why),
    };
    if let Some(store) = &shell.store {
        store.close();
    }
    ended
}

async fn listen(options: &Options, proxy: Option<&Proxy>) -> Result<TcpListener, String> {
    let host = options.host.trim_start_matches('[').trim_end_matches(']');
    let bound = TcpListener::bind((host, options.port)).await;
    let listener = bound.map_err(|e| format!("cannot listen on {host}:{}: {e}", options.port))?;
    let local = listener.local_addr().map_err(|e| e.to_string())?;
    if let Some(proxy) = proxy {
        if !local.ip().is_loopback() {
            return Err(format!(
                "--proxy passes on to anyone who can reach {local}: listen on loopback, without --host"
            ));
        }
        if proxy.is(local) {
            return Err(format!("--proxy {local} is this sandbox itself"));
        }
    } else if !local.ip().is_loopback() {
        log::tell(&format!(
            "agora-chat-sandbox: {local} can be reached from other machines; anyone there can read and change everything"
        ));
    }
    Ok(listener)
}

/// The address at which this machine reaches what listens there: to listen on all is no address to call.
fn reached(mut local: SocketAddr) -> SocketAddr {
    if local.ip().is_unspecified() {
        local.set_ip(match local {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    local
}

/// Tells whoever started it. Where nobody can be told so, it is said where the log goes, and the work goes on.
fn say(line: &str) {
    if let Err(e) = writeln!(std::io::stdout(), "{line}").and_then(|()| std::io::stdout().flush()) {
        log::tell(&format!("{line} (standard output: {e})"));
    }
}

impl Shell {
    /// Answers a request, or says why not.
    async fn handle(self: Arc<Self>, connection: Connection, request: Request<Body>) -> axum::response::Response {
        let started = Instant::now();
        let (head, body) = request.into_parts();
        let target = head.uri.path_and_query().map_or_else(|| head.uri.path().to_owned(), ToString::to_string);
        let asked = match &self.proxy {
            _ if agora_chat_sandbox::control::own(&target).is_some() => Asked::Control,
            Some(_) if !self.sandbox.lock().await.has_app(&target) => Asked::Host,
            _ => Asked::App,
        };
        let page = match self.guard.admit(&head, connection.local, asked) {
            Ok(page) => page,
            Err((status, why)) => return respond::failure(status, "not_allowed", &why),
        };
        let mut response = match (&self.proxy, asked) {
            // Pages ask before they call, whoever will answer.
            _ if head.method == Method::OPTIONS => respond::empty(204),
            (Some(proxy), Asked::Host) => {
                let line = self.log.passed(&head.method, head.uri.path());
                let response = proxy.pass(head, body).await;
                if let Some(line) = line {
                    line.print(response.status().as_u16(), started.elapsed());
                }
                response
            }
            _ => self.answer(head, body, target, asked, &connection, started).await,
        };
        if let Some(page) = page {
            respond::let_read(response.headers_mut(), page);
        }
        response
    }

    async fn answer(
        self: &Arc<Self>,
        head: Parts,
        body: Body,
        target: String,
        asked: Asked,
        connection: &Connection,
        started: Instant,
    ) -> axum::response::Response {
        let declared = head.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let most = match asked {
            // What was exported can be imported, however much it is.
            Asked::Control if matches!(head.uri.path(), "/__sandbox/import" | "/__sandbox/seed") => usize::MAX,
            _ => content::most(declared),
        };
        let body = match body::read(body, most).await {
            Ok(body) => body,
            Err(body::Unread::TooLarge) => {
                let refused = content::too_large();
                return respond::failure(refused.status, &refused.error, &refused.description);
            }
            Err(body::Unread::Broken) => {
                return respond::failure(400, "web_application", "the body cannot be read to its end");
            }
        };
        let text = |v: &HeaderValue| String::from_utf8_lossy(v.as_bytes()).into_owned();
        let request = agora_chat_sandbox::Request {
            method: head.method.as_str().to_owned(),
            target,
            headers: head.headers.iter().map(|(k, v)| (k.as_str().to_owned(), text(v))).collect(),
            body,
        };
        let (response, written, line) = if asked == Asked::Control || request.body.len() > LIGHT {
            let shell = Arc::clone(self);
            // What takes long keeps nobody waiting.
            let work = move || match Long::of(&request) {
                None => shell.run(&mut shell.sandbox.blocking_lock(), &request),
                Some(Long::Look) => {
                    let mut view = shell.sandbox.blocking_lock().view();
                    (view.answer(&request), Vec::new(), None)
                }
                Some(Long::Import) => {
                    let blank = shell.sandbox.blocking_lock().blank();
                    match blank.import(&request) {
                        Ok(read) => {
                            let mut sandbox = shell.sandbox.blocking_lock();
                            let response = sandbox.become_like(&read);
                            (response, shell.keep(&mut sandbox).into_iter().collect(), None)
                        }
                        Err(response) => (response, Vec::new(), None),
                    }
                }
                Some(Long::Seed) => {
                    let (mut seeding, mut written) = (Seeding::of(&request), Vec::new());
                    loop {
                        seeding.read();
                        let mut sandbox = shell.sandbox.blocking_lock();
                        sandbox.tick(now());
                        let outcome = seeding.step(&mut sandbox);
                        written.extend(shell.keep(&mut sandbox));
                        if let Some(outcome) = outcome {
                            return (Seeding::told(outcome), written, None);
                        }
                    }
                }
            };
            match tokio::task::spawn_blocking(work).await {
                Ok(done) => done,
                Err(e) => return respond::failure(500, "internal_server_error", &e.to_string()),
            }
        } else {
            self.run(&mut *self.soon().await, &request)
        };
        for written in written {
            if let Err(message) = written.wait().await {
                return respond::failure(500, "internal_server_error", &message);
            }
        }
        if let Some(line) = line {
            line.print(response.status, started.elapsed());
        }
        if response.delay > 0 {
            tokio::time::sleep(Duration::from_millis(response.delay)).await;
        }
        sent(response, connection)
    }

    /// The sandbox, once nobody else has it. Most have it for some microseconds: to look again takes less than to sleep and
    /// be woken, which every other request would wait for in turn.
    async fn soon(&self) -> MutexGuard<'_, Sandbox> {
        for _ in 0..LOOKS {
            if let Ok(sandbox) = self.sandbox.try_lock() {
                return sandbox;
            }
            std::hint::spin_loop();
        }
        self.sandbox.lock().await
    }

    /// Hands over what changed to be written. That is done under the lock, so that changes are written in the order in which
    /// they were made.
    fn keep(&self, sandbox: &mut Sandbox) -> Option<Written> {
        let Some(store) = &self.store else {
            sandbox.forget_changes();
            return None;
        };
        Some(store.write(sandbox.changes()))
    }

    /// Answers a request while nobody else does.
    fn run(
        &self,
        sandbox: &mut Sandbox,
        request: &agora_chat_sandbox::Request,
    ) -> (Response, Vec<Written>, Option<Line>) {
        sandbox.tick(now());
        let response = sandbox.answer(request);
        let written = self.keep(sandbox).into_iter().collect();
        (response, written, self.log.line(sandbox, request))
    }
}

fn sent(response: Response, connection: &Connection) -> axum::response::Response {
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
            connection.cut_now();
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
