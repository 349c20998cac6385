//! The whole platform behind one function.

use crate::{
    Call, Refusal, Request, Response, World,
    app::App,
    auth::{self, Caller},
    content, envelope,
    envelope::Extras,
    fault::{Effect, Fault},
    identifiers,
    journal::{self, Entry, Journal},
    limits::Limits,
    route::{Routed, Routes, Unrouted, lenient},
};
use agora_chat_admin::{
    Dialect,
    codec::{
        Params,
        decode::{Content, Incoming},
        escape::unescape,
    },
    operation::{Method, Operation},
    shape::{File, Problem},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// How strict a sandbox is, and where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether documented limits go unchecked: call rates, counts and sizes.
    pub loose: bool,
    /// How many hours ahead of UTC hours of history are counted.
    pub history_zone: i8,
}

/// The platform: apps by key, and what is around them.
#[derive(Debug, Default)]
pub struct Sandbox {
    pub(crate) worlds: BTreeMap<String, World>,
    pub(crate) routes: Routes,
    pub(crate) limits: Limits,
    pub(crate) journal: Journal,
    pub(crate) faults: Vec<Fault>,
    pub(crate) faults_set: u64,
    pub(crate) snapshots: BTreeMap<String, BTreeMap<String, World>>,
    pub(crate) options: Options,
    pub(crate) unmetered: bool,
}

/// What is known of a request when it is answered.
#[derive(Debug, Default)]
struct Trace {
    app: Option<String>,
    operation: Option<&'static Operation>,
    params: Value,
    near_miss: Option<String>,
    fault: bool,
}

impl Sandbox {
    /// A sandbox with these apps.
    #[must_use]
    pub fn new(apps: impl IntoIterator<Item = App>, options: Options) -> Self {
        let mut worlds = BTreeMap::<String, World>::new();
        for app in apps {
            let app = app.apart_from(worlds.values().map(|w| &w.app));
            worlds.insert(
                app.key(),
                World { loose: options.loose, history_zone: options.history_zone, ..World::new(app) },
            );
        }
        Self { worlds, options, unmetered: options.loose, ..Self::default() }
    }

    /// One that leaves call rates unchecked, and no other limit.
    #[must_use]
    pub fn unmetered(self) -> Self {
        Self { unmetered: true, ..self }
    }

    /// The world of an app, by key.
    pub fn world(&mut self, key: &str) -> Option<&mut World> {
        self.worlds.get_mut(key)
    }

    /// The same apps with nothing in them.
    #[must_use]
    pub fn blank(&self) -> Self {
        let worlds = self.worlds.iter().map(|(key, world)| (key.clone(), world.blank())).collect();
        Self { worlds, options: self.options, ..Self::default() }
    }

    /// The last request.
    #[must_use]
    pub fn last_entry(&self) -> Option<&Entry> {
        self.journal.last()
    }

    /// Tells the time, in Unix milliseconds.
    pub fn tick(&mut self, now: u64) {
        self.worlds.values_mut().for_each(|w| w.clock.tick(now));
    }

    /// The time in the first app, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.worlds.values().next().map_or(0, World::now)
    }

    /// Moves the clocks of all apps on.
    pub fn advance(&mut self, milliseconds: i64) {
        self.worlds.values_mut().for_each(|w| w.clock.advance(milliseconds));
    }

    /// Answers a request to an app.
    pub(crate) fn play(&mut self, request: &Request) -> Response {
        if request.method == "OPTIONS" {
            return Response { status: 204, ..Response::default() };
        }
        let mut trace = Trace::default();
        let response = self.route(request, &mut trace);
        let refused = if response.status >= 400 { response.value() } else { Value::Null };
        let error = refused.get("error").and_then(Value::as_str).map(str::to_owned);
        let now = trace.app.as_ref().and_then(|a| self.worlds.get(a)).map_or(0, World::now);
        self.journal.note(Entry {
            id: 0,
            time: now,
            method: request.method.clone(),
            target: journal::target(&request.target),
            app: trace.app,
            operation: trace.operation.map(Operation::id),
            params: trace.params,
            status: response.status,
            error,
            near_miss: trace.near_miss.as_deref().map(journal::target),
            fault: trace.fault,
        });
        response
    }

    /// A copy that is only looked at: it has what the apps hold, which costs nothing, and none of the rest.
    #[must_use]
    pub fn view(&self) -> Self {
        Self { worlds: self.worlds.clone(), options: self.options, unmetered: self.unmetered, ..Self::default() }
    }

    /// Forgets what changed, where nothing follows it.
    pub fn forget_changes(&mut self) {
        self.worlds.values_mut().for_each(World::forget_changes);
    }

    fn route(&mut self, request: &Request, trace: &mut Trace) -> Response {
        let Some((key, rest)) = self.app_of(&request.target) else {
            trace.near_miss = Some("the path names no app of this sandbox".into());
            return unknown_app(&request.target, self.now());
        };
        trace.app = Some(key.clone());
        let Some(method) = Method::parse(&request.method.to_ascii_uppercase()) else {
            return self.refuse(&key, &Refusal::new(405, "method_not_allowed", "Method Not Allowed"));
        };
        let headers = request.headers.iter().map(|(k, v)| (k.to_ascii_lowercase(), v.clone())).collect();
        let mut incoming = Incoming::new(method, &rest, headers, Content::Empty);
        lenient::address(&mut incoming);
        let Some(world) = self.worlds.get_mut(&key) else { return unknown_app(&request.target, self.now()) };
        let caller = world.authenticate(request.get("authorization"));
        let mut file = None;
        // Whoever may not call does not make the sandbox read.
        if !request.body.is_empty() && self.routes.any(&incoming, |operation| auth::knows(operation, &caller)) {
            match content::read(request) {
                Ok(read) => (incoming.body, file) = read,
                Err(refusal) => return self.refuse(&key, &refusal),
            }
        }
        lenient::normalise(&mut incoming);
        let dialect = self.worlds.get(&key).map_or(Dialect::Agora, |w| w.app.dialect);
        let routed = self.routes.find(&incoming, dialect);
        trace.operation = routed.as_ref().ok().map(|r| r.route.operation);

        let now = self.worlds.get(&key).map_or(0, World::now);
        let operation = trace.operation;
        let effect = self
            .faults
            .iter_mut()
            .find_map(|f| f.hits(&request.method, &request.target, operation).then(|| f.effect(now)));
        trace.fault = effect.is_some();
        match effect {
            Some(Effect::Instead(response)) => response,
            Some(Effect::Also { delay, cut }) => {
                Response { delay, cut, ..self.run(request, incoming, file, caller, routed, trace) }
            }
            None => self.run(request, incoming, file, caller, routed, trace),
        }
    }

    fn run(
        &mut self,
        request: &Request,
        incoming: Incoming,
        file: Option<File>,
        caller: Result<Caller, Refusal>,
        routed: Result<Routed, Unrouted>,
        trace: &mut Trace,
    ) -> Response {
        let (now, key) = (self.now(), trace.app.clone().unwrap_or_default());
        let Some(world) = self.worlds.get_mut(&key) else { return unknown_app(&request.target, now) };
        world.leave_rooms_in_time();
        let Routed { route, params } = match routed {
            Ok(routed) => routed,
            Err(Unrouted::NoPath) => {
                let near = self.routes.nearest(&incoming.segments);
                let near = near.map(|path| format!("; {path} is near")).unwrap_or_default();
                trace.near_miss = Some(format!("no operation has the path /{}{near}", incoming.segments.join("/")));
                return refusal(&Refusal::no_user(), world);
            }
            Err(Unrouted::NoMethod(methods)) => {
                trace.near_miss = Some(format!("the path takes {}, not {}", methods.join(", "), request.method));
                let mut response = refusal(&Refusal::new(405, "method_not_allowed", "Method Not Allowed"), world);
                response.headers.push(("allow".into(), methods.join(", ").into()));
                return response;
            }
        };
        let operation = route.operation;
        if !self.unmetered
            && let Err(rate) =
                self.limits.admit(&key, world.app.dialect, operation, items(operation, &params), world.now())
        {
            return refusal(&(route.throttled)(world, &rate), world);
        }
        // Whose call it is comes before how it is written.
        let named = operation.holes(&incoming);
        let mut call = Call {
            caller: Caller::Nobody,
            older: operation.matches(&incoming) == Some(true),
            dialect: world.app.dialect,
            file,
            strangers: operation.strangers(&incoming).map(str::to_owned).collect(),
            headers: incoming.headers,
            query: incoming.query,
            body: incoming.body,
            base: base_url(request),
            extras: Extras::default(),
        };
        let caller = world.admit(operation, caller, params.as_ref().unwrap_or(&named));
        let outcome = caller.and_then(|caller| {
            call.caller = caller;
            let params = params.and_then(|params| identifiers::check(operation, &params).map(|()| params));
            let params = params.map_err(|problem| {
                trace.near_miss = Some(format!("{}: {problem}", operation.id()));
                // A form, or parts, where JSON belongs.
                let kind = problem == Problem::new("body", "must be JSON");
                if kind { content::unsupported() } else { (route.misfit)(world, &problem) }
            })?;
            trace.params = journal::excerpt(&params);
            (route.run)(world, Value::Object(params), &mut call)
        });
        match outcome {
            Err(refused) => refusal(&refused, world),
            Ok(answer) => match answer.bytes {
                Some(bytes) => {
                    let content_type = bytes.content_type.unwrap_or_else(|| "application/octet-stream".into());
                    Response {
                        status: 200,
                        headers: vec![("content-type".into(), content_type.into())],
                        body: bytes.bytes,
                        ..Response::default()
                    }
                }
                None => {
                    let path = request.target.split('?').next().unwrap_or_default();
                    let uri = format!("{}{path}", origin(request));
                    let now = world.now();
                    // An older form is echoed as it was called.
                    call.extras.action.get_or_insert_with(|| request.method.to_ascii_lowercase());
                    let mut body = envelope::wrap(operation, answer, call.extras, &world.app, &uri, now);
                    if addressed(&request.target).starts_with("app-id/") {
                        envelope::leave_out_app(&mut body);
                    }
                    Response::json(200, &body)
                }
            },
        }
    }

    /// Whether a target names one of the apps.
    #[must_use]
    pub fn has_app(&self, target: &str) -> bool {
        self.app_of(target).is_some()
    }

    /// The app that a path begins with, and the rest of the target.
    fn app_of(&self, target: &str) -> Option<(String, String)> {
        let path = target.trim_start_matches('/');
        let (first, rest) = path.split_once('/')?;
        let rest = rest.trim_start_matches('/');
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (second, rest) = rest.split_at(end);
        let (first, second) = (unescape(first), unescape(second));
        let key = if first == "app-id" {
            self.worlds.iter().find(|(_, w)| w.app.app_id.eq_ignore_ascii_case(&second)).map(|(k, _)| k.clone())
        } else {
            let key = format!("{first}#{second}");
            self.worlds.contains_key(&key).then_some(key)
        };
        key.map(|k| (k, rest.to_owned()))
    }

    fn refuse(&self, key: &str, refused: &Refusal) -> Response {
        self.worlds.get(key).map_or_else(|| unknown_app("", self.now()), |world| refusal(refused, world))
    }
}

/// How many items of its batch a request carries; one where it is none.
fn items(operation: &Operation, params: &Result<Params, Problem>) -> usize {
    let batch = operation.batch.and_then(|batch| params.as_ref().ok()?.get(batch.field));
    match batch {
        Some(Value::Array(list)) => list.len(),
        Some(Value::Object(map)) => map.len(),
        _ => 1,
    }
}

fn refusal(refusal: &Refusal, world: &World) -> Response {
    Response::json(refusal.status, &refusal.body(world.app.dialect, world.now()))
}

fn unknown_app(target: &str, now: u64) -> Response {
    let path = target.split('?').next().unwrap_or_default().trim_start_matches('/');
    let text = format!("Could not find application for {} from URI: {path}", addressed(target));
    let refused = Refusal::new(404, "organization_application_not_found", text);
    // Both vendors print it alike.
    Response::json(refused.status, &refused.body(Dialect::default(), now))
}

/// Scheme and host, as the caller addressed them.
fn origin(request: &Request) -> String {
    format!("http://{}", request.get("host").unwrap_or("127.0.0.1"))
}

fn base_url(request: &Request) -> String {
    format!("{}/{}", origin(request), addressed(&request.target))
}

/// The first two parts of a path, by which it names the app.
fn addressed(target: &str) -> &str {
    let path = target.split('?').next().unwrap_or_default().trim_start_matches('/');
    path.match_indices('/').nth(1).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}
