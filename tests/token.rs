//! The token that a client fetches for all of its calls: whoever waits for it, and whatever becomes of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

use agora_chat_admin::{
    Auth, Client, Error, Kind,
    api::users,
    auth::Token,
    client::Options,
    host::{Host, Incoming, Outgoing, native::Native},
};
use futures_util::future::join_all;
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use support::{Act, Server, answer, client, config, ok};
use tokio::sync::Semaphore;

const USER: &str =
    r#"{"entities":[{"uuid":"u","type":"user","username":"amy","created":1,"modified":1,"activated":true}]}"#;

fn get() -> users::Get {
    users::Get::new("amy")
}

/// A callback that gives what `answer` makes of how often it was asked before, and how often it was asked.
fn callback<F>(answer: impl Fn(usize) -> F + Send + Sync + 'static) -> (Auth, Arc<AtomicUsize>)
where
    F: Future<Output = Result<Token, Error>> + Send + 'static,
{
    let asked = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&asked);
    (Auth::Callback(Arc::new(move || Box::pin(answer(count.fetch_add(1, Ordering::SeqCst))))), asked)
}

fn token(text: &str, expires_in: Option<u64>) -> Result<Token, Error> {
    Ok(Token { token: text.into(), expires_in })
}

fn options(timeout: u64) -> Options {
    Options { timeout: Some(timeout), ..Options::default() }
}

#[tokio::test]
async fn a_callback_that_hangs_is_given_up_and_asked_again() {
    let server = Server::new(|_, _| ok(USER));
    let (auth, asked) = callback(|before| async move { if before == 0 { pending().await } else { token("t", None) } });
    let client = client(&server, auth);
    let error = client.send_with(get(), &options(200)).await.unwrap_err();
    let d = error.details();
    assert_eq!((d.kind, d.attempts, d.unknown, d.retryable), (Kind::Timeout, 0, false, true));
    client.send_with(get(), &options(20_000)).await.unwrap();
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (2, 1));
}

#[tokio::test]
async fn the_clients_own_timeout_ends_a_fetch_that_others_wait_for() {
    let server = Server::new(|_, _| ok(USER));
    let (auth, asked) = callback(|_| pending());
    let mut config = config(&server.url, auth);
    config.timeout = 300;
    let client = Client::new(config).unwrap();
    let calls = (0..5).map(|_| {
        let client = client.clone();
        async move { client.send_with(get(), &options(60_000)).await.unwrap_err().kind() }
    });
    assert_eq!(join_all(calls).await, [Kind::Timeout; 5]);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn one_caller_that_leaves_takes_the_token_from_nobody() {
    let server = Server::new(|_, _| ok(USER));
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let (auth, asked) = callback(move |_| {
        let gate = Arc::clone(&opened);
        async move {
            let _ = gate.acquire().await.unwrap();
            token("t", None)
        }
    });
    let client = client(&server, auth);
    let call = |options: Options| {
        let client = client.clone();
        tokio::spawn(async move { client.send_with(get(), &options).await })
    };
    let first = call(Options::default());
    while asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let others = [call(Options::default()), call(Options::default())];
    let hasty = call(options(100));
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(hasty.await.unwrap().unwrap_err().kind(), Kind::Timeout);
    gate.add_permits(1);
    for other in others {
        other.await.unwrap().unwrap();
    }
    assert_eq!((asked.load(Ordering::SeqCst), server.seen().len()), (1, 2));
}

#[tokio::test]
async fn those_who_wait_share_a_failure_and_the_next_asks_again() {
    let server = Server::new(|_, _| ok(USER));
    let (auth, asked) = callback(|before| async move {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if before == 0 { Err(Error::new(Kind::Network, "the back end is down")) } else { token("t", None) }
    });
    let client = client(&server, auth);
    let failures = join_all((0..20).map(|_| client.send(get()))).await;
    for failure in failures {
        let error = failure.unwrap_err();
        assert_eq!((error.details().attempts, error.details().unknown), (0, false));
        assert_eq!(error.to_string(), "users.get: the back end is down");
    }
    client.send(get()).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_blip_of_the_token_endpoint_fails_nobody() {
    for blip in [|| answer(503, &[], "busy"), || Act::Reset, || answer(429, &[], r#"{"error":"reach_limit"}"#)] {
        let server = Server::new(move |request, before| match (request.starts_with("POST /org/app/token"), before) {
            (true, 0) => blip(),
            (true, _) => ok(r#"{"access_token":"t","expires_in":0}"#),
            _ => ok(USER),
        });
        let client = client(&server, Auth::client_credentials("id", "secret"));
        for call in join_all((0..5).map(|_| client.send(get()))).await {
            call.unwrap();
        }
        assert_eq!((server.count("POST"), server.count("GET")), (2, 5));
    }
}

#[tokio::test]
async fn a_lifetime_that_is_none_is_refused_by_name() {
    let server = Server::new(|_, _| ok(USER));
    let (auth, _) = callback(|_| async { token("t", Some(0)) });
    let error = client(&server, auth).send(get()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Invalid);
    assert!(error.to_string().contains("expires_in"), "{error}");
    for lifetime in ["-5", "0.5", "\"soon\"", "\"\"", "true", "[]", "\"0\""] {
        let body = format!(r#"{{"access_token":"t","expires_in":{lifetime}}}"#);
        let server = Server::new(move |_, _| ok(&body));
        let error = client(&server, Auth::client_credentials("id", "secret")).send(get()).await.unwrap_err();
        assert_eq!((error.kind(), error.details().unknown), (Kind::Decode, false), "{lifetime}");
        assert!(error.to_string().contains("expires_in"), "{error}");
    }
    for held in ["3600", "\"3600\"", "1e3", "null", "0"] {
        let token = format!(r#"{{"access_token":"t","expires_in":{held}}}"#);
        let server = Server::new(move |request, _| ok(if request.starts_with("POST") { &token } else { USER }));
        let client = client(&server, Auth::client_credentials("id", "secret"));
        for _ in 0..2 {
            client.send(get()).await.unwrap();
        }
        assert_eq!(server.count("POST"), 1, "{held}");
    }
}

#[tokio::test]
async fn a_token_that_could_not_travel_is_refused() {
    let server = Server::new(|_, _| ok(USER));
    for text in ["", "a b", "a\nb", "é"] {
        let (auth, _) = callback(move |_| async move { token(text, None) });
        let error = client(&server, auth).send(get()).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid, "{text:?}");
        assert!(Client::new(config(&server.url, Auth::token(text))).is_err(), "{text:?}");
    }
    assert!(server.seen().is_empty());
}

/// The native host, with a clock that tests move.
struct Clocked(Native, Arc<AtomicU64>);

impl Host for Clocked {
    type Call = ();
    type Body = Vec<u8>;

    async fn fetch(&self, request: &Outgoing<'_>, call: &()) -> Result<Incoming<Vec<u8>>, Error> {
        self.0.fetch(request, call).await
    }

    async fn sleep(&self, milliseconds: u64, call: &()) -> Result<(), Error> {
        self.0.sleep(milliseconds, call).await
    }

    fn now(&self) -> u64 {
        self.1.load(Ordering::SeqCst)
    }

    fn random(&self) -> f64 {
        self.0.random()
    }
}

#[tokio::test]
async fn a_token_serves_to_its_end_when_no_other_can_be_had() {
    let server = Server::new(|_, _| ok(USER));
    let (auth, asked) = callback(|before| async move {
        match before {
            0 => token("old", Some(3_600)),
            1 => Err(Error::new(Kind::Network, "down")),
            2 => pending().await,
            _ => token("new", Some(3_600)),
        }
    });
    let clock = Arc::new(AtomicU64::new(1_000_000));
    let host = Clocked(Native::new(), Arc::clone(&clock));
    let client = Client::with_host(config(&server.url, auth), host).unwrap();
    let call = async |timeout: u64, moved: u64| {
        clock.fetch_add(moved * 1_000, Ordering::SeqCst);
        client.send_with(get(), &options(timeout)).await.unwrap();
        let sent = server.seen().pop().unwrap();
        (asked.load(Ordering::SeqCst), if sent.contains("Bearer old") { "old" } else { "new" })
    };
    assert_eq!(call(20_000, 0).await, (1, "old"));
    assert_eq!(call(20_000, 3_000).await, (1, "old"), "it is young");
    assert_eq!(call(20_000, 400).await, (2, "old"), "the renewal fails");
    assert_eq!(call(20_000, 1).await, (2, "old"), "it is not tried by each");
    assert_eq!(call(400, 60).await, (3, "old"), "the renewal hangs, and half of the time is left");
    assert_eq!(call(20_000, 60).await, (4, "new"));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_kept_if_that_fails() {
    let server = Server::new(|request, _| match request {
        r if r.contains("Bearer first") && r.contains("/users/bad") => answer(401, &[], r#"{"error":"unauthorized"}"#),
        _ => ok(USER),
    });
    let (auth, asked) = callback(|before| async move {
        match before {
            0 => token("first", None),
            1 => Err(Error::new(Kind::Network, "down")),
            _ => token("second", None),
        }
    });
    let client = client(&server, auth);
    client.send(get()).await.unwrap();
    assert_eq!(client.send(users::Get::new("bad")).await.unwrap_err().to_string(), "users.get: down");
    client.send(users::Get::new("bad")).await.unwrap();
    client.send(get()).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let last = server.seen().pop().unwrap();
    assert!(last.contains("Bearer second"), "{last}");
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let server = Server::new(|_, _| ok(r#"{"access_token":"hunter2","expires_in":0}"#));
    let mut config = config(&server.url, Auth::client_credentials("id", "hunter2"));
    config.headers = vec![("authorization".into(), "Basic hunter2".into())];
    let options = Options { headers: config.headers.clone(), ..Options::default() };
    let client = Client::new(config.clone()).unwrap();
    let operation = Client::<Native>::operation("users.register").unwrap();
    let serde_json::Value::Object(params) = serde_json::json!({ "username": "amy", "password": "hunter2" }) else {
        unreachable!()
    };
    let request = operation.encode(&params, config.dialect).unwrap();
    let prepared = client.prepare(operation, &params, &options).unwrap();
    let outgoing = Outgoing {
        method: prepared.method,
        url: &prepared.url,
        headers: &prepared.headers,
        body: &prepared.body,
        file: None,
        timeout: 20_000,
        bytes: false,
    };
    let incoming = client.host().fetch(&outgoing, &()).await.unwrap();
    let error = Error::service(400, "hunter2".into());
    let reply = client.exchange(&prepared, None, &(), &options).await.unwrap();
    let held = Client::new(support::config(&server.url, Auth::client_credentials("id", "hunter2"))).unwrap();
    let _ = held.send(get()).await;
    let printed = format!(
        "{config:?} {options:?} {request:?} {prepared:?} {outgoing:?} {incoming:?} {error:?} {reply:?} {held:?}"
    );
    assert!(!printed.contains("hunter2") && printed.contains("users.register"), "{printed}");
    assert_eq!(server.count("POST /org/app/token"), 1);
}
