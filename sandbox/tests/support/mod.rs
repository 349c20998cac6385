//! A sandbox in the test's own process, with its clock stopped and an app token in hand.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use agora_chat_admin::{Dialect, token};
use agora_chat_sandbox::{Options, Request, Response, Sandbox, app::App};
use serde_json::{Value, json};

/// When the tests take place: 2026-01-01, in Unix milliseconds.
pub const NOW: u64 = 1_767_225_600_000;

pub struct Tester {
    pub sandbox: Sandbox,
    pub token: String,
    app: App,
    base: String,
}

impl Drop for Tester {
    /// Whatever a test did, every list is what its rows say.
    fn drop(&mut self) {
        let Some(world) = self.sandbox.world(&self.app.key()).filter(|_| !std::thread::panicking()) else { return };
        assert_eq!(world.fits(), Ok(()));
    }
}

pub fn sandbox() -> Tester {
    with_dialect(Dialect::Agora)
}

pub fn with_dialect(dialect: Dialect) -> Tester {
    with_app(App { dialect, ..App::default() })
}

pub fn with_app(app: App) -> Tester {
    tester(app, Sandbox::unmetered, Options::default())
}

/// One that counts calls.
pub fn strict(dialect: Dialect) -> Tester {
    tester(App { dialect, ..App::default() }, |sandbox| sandbox, Options::default())
}

/// One without limits.
pub fn loose(dialect: Dialect) -> Tester {
    tester(App { dialect, ..App::default() }, |sandbox| sandbox, Options { loose: true, ..Options::default() })
}

fn tester(app: App, prepare: fn(Sandbox) -> Sandbox, options: Options) -> Tester {
    let base = format!("/{}/{}", app.org, app.name);
    let mut sandbox = prepare(Sandbox::new([app.clone()], options));
    sandbox.tick(NOW);
    let token = token_at(&app, NOW);
    Tester { sandbox, token, app, base }
}

/// An app token that is made at that time and holds for a day.
fn token_at(app: &App, now: u64) -> String {
    let claims =
        token::Claims { app_id: &app.app_id, issued: (now / 1000) as u32, expire: 86_400, salt: 1, user: None };
    token::build(&claims, &app.app_certificate).unwrap()
}

/// A sandbox with users `olga`, `amy`, `bob`, `cat`, and the ID of a chat room of Olga's with Amy and Bob.
pub fn room_in(dialect: Dialect) -> (Tester, String) {
    let mut s = with_dialect(dialect);
    s.users(&["olga", "amy", "bob", "cat"]);
    let room = json!({ "name": "Salon", "description": "d", "owner": "Olga", "members": ["amy", "BOB"] });
    let id = s.post("/chatrooms", room).data()["id"].as_str().unwrap().to_owned();
    (s, id)
}

impl Tester {
    /// Sends a request below the app, with the app token unless it has an Authorization header.
    pub fn send(&mut self, mut request: Request) -> Response {
        if !request.target.starts_with("/__sandbox") {
            request.target = format!("{}{}", self.base, request.target);
        }
        if request.get("authorization").is_none() {
            request = request.header("authorization", &format!("Bearer {}", self.token));
        }
        self.sandbox.answer(&request)
    }

    pub fn get(&mut self, target: &str) -> Answer {
        Answer(self.send(Request::new("GET", target)))
    }

    pub fn delete(&mut self, target: &str) -> Answer {
        Answer(self.send(Request::new("DELETE", target)))
    }

    pub fn post(&mut self, target: &str, body: Value) -> Answer {
        Answer(self.send(with_body("POST", target, &body)))
    }

    pub fn put(&mut self, target: &str, body: Value) -> Answer {
        Answer(self.send(with_body("PUT", target, &body)))
    }

    pub fn delete_with(&mut self, target: &str, body: Value) -> Answer {
        Answer(self.send(with_body("DELETE", target, &body)))
    }

    /// Moves the clock on.
    pub fn advance(&mut self, milliseconds: i64) {
        self.post("/__sandbox/clock", json!({ "freeze": true, "advance": milliseconds })).ok();
    }

    /// Takes a new app token, where the clock was moved past the end of the last.
    pub fn renew(&mut self) {
        let now = self.sandbox.world(&self.app.key()).unwrap().now();
        self.token = token_at(&self.app, now);
    }

    /// Registers users with the password `secret`.
    pub fn users(&mut self, names: &[&str]) {
        for name in names {
            self.post("/users", json!({ "username": name, "password": "secret" })).ok();
        }
    }
}

fn with_body(method: &str, target: &str, body: &Value) -> Request {
    match body {
        Value::Null => Request::new(method, target),
        body => Request::new(method, target).json(body),
    }
}

/// An answer to look at.
#[derive(Debug)]
pub struct Answer(pub Response);

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.0.status < 400, "{} {}", self.0.status, String::from_utf8_lossy(&self.0.body));
        self.0.value()
    }

    /// Its `data`.
    #[track_caller]
    pub fn data(self) -> Value {
        self.ok()["data"].take()
    }

    /// Its `entities`.
    #[track_caller]
    pub fn entities(self) -> Value {
        self.ok()["entities"].take()
    }

    /// Status, `error` and `error_description` of a refusal.
    #[track_caller]
    pub fn refused(self) -> (u16, String, String) {
        let body = self.0.value();
        assert!(self.0.status >= 400, "{} {body}", self.0.status);
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (self.0.status, text("error"), text("error_description"))
    }

    /// That it was refused so.
    #[track_caller]
    pub fn is(self, status: u16, error: &str) {
        let (s, e, description) = self.refused();
        assert_eq!((s, e.as_str()), (status, error), "{description}");
    }
}
