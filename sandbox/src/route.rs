//! The router: the client's own table, read backwards.

use crate::handlers::{Played, Route};
use agora_chat_admin::{
    Dialect,
    codec::{Params, decode::Incoming},
    operation::{Auth, Method, Operation, Place, Visit},
    shape::{Problem, Shape},
};
use std::collections::BTreeMap;

pub(crate) mod lenient;

/// Every operation with its handler, found by method and number of path segments.
#[derive(Debug)]
pub struct Routes {
    all: Vec<Route>,
    by_form: BTreeMap<(&'static str, usize), Vec<usize>>,
}

/// Why a request has no route.
#[derive(Debug)]
pub enum Unrouted {
    /// No operation has this path.
    NoPath,
    /// Operations have this path, with other methods.
    NoMethod(Vec<&'static str>),
}

/// A request's operation and parameters, or what does not fit.
#[derive(Debug)]
pub struct Routed {
    /// The operation.
    pub route: Route,
    /// Its parameters, or what does not fit.
    pub params: Result<Params, Problem>,
}

impl<E: Played> Visit<E> for Routes {
    fn visit(&mut self) {
        let index = self.all.len();
        let Some(operation) = agora_chat_admin::api::find(&E::OPERATION.id()) else { return };
        self.all.push(E::route(operation));
        let forms = operation.forms.iter().map(|f| (f.method, f.path));
        for (method, path) in std::iter::once((operation.method, operation.path)).chain(forms) {
            let routes = self.by_form.entry((method.as_str(), path.split('/').skip(1).count())).or_default();
            if !routes.contains(&index) {
                routes.push(index);
            }
        }
    }
}

impl Default for Routes {
    fn default() -> Self {
        let mut routes = Self { all: Vec::new(), by_form: BTreeMap::new() };
        macro_rules! visit {
            ($($resource:ident)::+) => { agora_chat_admin::api::$($resource)::+::visit(&mut routes) };
        }
        agora_chat_admin::each_resource!(visit);
        routes
    }
}

impl Routes {
    /// Finds the operation that a request is for.
    ///
    /// Several operations may share a method and path; the one whose parameters fit is meant, and of several that fit
    /// the one that knows every member of the body and of the query.
    pub fn find(&self, request: &Incoming, dialect: Dialect) -> Result<Routed, Unrouted> {
        let mut candidates = self.candidates(request, request.method);
        if candidates.is_empty() {
            return Err(self.unrouted(request));
        }
        candidates.sort_by_key(|c| rank(c.0.operation, c.1, request));
        let mut first_misfit = None;
        for (route, _) in &candidates {
            match route.operation.decode(request, dialect) {
                Ok(params) => return Ok(Routed { route: *route, params: Ok(params) }),
                Err(problem) => {
                    first_misfit.get_or_insert((*route, problem));
                }
            }
        }
        for (route, _) in candidates {
            if let Some(params) = lenient::decode(route.operation, request, dialect) {
                return Ok(Routed { route, params: Ok(params) });
            }
        }
        match first_misfit {
            Some((route, problem)) => Ok(Routed { route, params: Err(problem) }),
            None => Err(Unrouted::NoPath),
        }
    }

    /// Whether any operation of a request's method and path is such.
    pub fn any(&self, request: &Incoming, is: impl Fn(&Operation) -> bool) -> bool {
        self.candidates(request, request.method).iter().any(|(route, _)| is(route.operation))
    }

    fn candidates(&self, request: &Incoming, method: Method) -> Vec<(Route, bool)> {
        let indices =
            self.by_form.get(&(method.as_str(), request.segments.len())).map(Vec::as_slice).unwrap_or_default();
        let routes = indices.iter().filter_map(|i| self.all.get(*i));
        routes.filter_map(|r| r.operation.matches(request).map(|older| (*r, older))).collect()
    }

    /// The path that may have been meant by one that no operation has: as many segments, and two letters of difference.
    #[must_use]
    pub fn nearest(&self, segments: &[String]) -> Option<&'static str> {
        let apart = |path: &'static str| {
            let template: Vec<&str> = path.split('/').skip(1).collect();
            let same = template.len() == segments.len();
            let pairs = template.iter().zip(segments).filter(|(t, _)| !t.starts_with('{'));
            same.then(|| pairs.map(|(t, s)| difference(t, s)).sum::<usize>()).filter(|n| *n <= MOST)
        };
        let paths = self.all.iter().map(|r| r.operation.path);
        paths.filter_map(|p| Some((apart(p)?, p))).min_by_key(|(n, _)| *n).map(|(_, p)| p)
    }

    fn unrouted(&self, request: &Incoming) -> Unrouted {
        let methods = [Method::GET, Method::POST, Method::PUT, Method::DELETE];
        let with = |m: &Method| !self.candidates(&Incoming { method: *m, ..request.clone() }, *m).is_empty();
        let allowed: Vec<_> = methods.into_iter().filter(with).map(Method::as_str).collect();
        if allowed.is_empty() { Unrouted::NoPath } else { Unrouted::NoMethod(allowed) }
    }
}

/// How many letters of difference are a slip.
const MOST: usize = 2;

/// How many letters must be added, taken away or changed to make one word of the other; more than a slip where
/// their lengths tell already.
fn difference(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > MOST {
        return MOST + 1;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((y, across), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            next.push((across + usize::from(x != *y)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The order in which operations of one method and path are tried, the best first.
fn rank(operation: &Operation, older: bool, request: &Incoming) -> (bool, usize, bool, bool, usize) {
    // Literal segments before holes: `/metadata/user/capacity` before `/metadata/user/{username}`.
    let holes = operation.path.matches('{').count();
    // `a,b` in the path is a list where an operation takes one, `a` is a name.
    let list = operation.fields.iter().any(|f| f.place == Place::Path && matches!(f.shape, Shape::List(_)));
    let comma = request.segments.iter().any(|s| s.contains(','));
    // With a token the operation that takes one is meant.
    let token = request.header("authorization").is_some();
    let auth = token != (operation.auth == Auth::App);
    let known = |name: &str| {
        operation.fields.iter().any(|f| f.place == Place::Query && (f.name == name || f.aliases.contains(&name)))
    };
    let strangers = operation.strangers(request).count() + request.query.iter().filter(|(k, _)| !known(k)).count();
    (older, holes, list != comma, auth, strangers)
}
