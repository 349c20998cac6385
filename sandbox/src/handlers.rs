//! What the platform does with each operation: one file per resource, one [`Handle`] per operation.

use crate::{
    Refusal, World,
    auth::Caller,
    envelope::{Extras, is_of},
};
use agora_chat_admin::{
    Dialect,
    codec::decode::Content,
    operation::{Endpoint, Operation, Rate},
    shape::{File, Problem},
};
use serde_json::Value;

mod attributes;
mod blocks;
mod contacts;
mod dates;
mod files;
mod groups;
mod messages;
mod mutes;
mod presence;
mod push;
mod reactions;
mod rooms;
mod threads;
mod tokens;
mod users;

/// What the sandbox does with one operation.
pub trait Handle<E: Endpoint> {
    /// Does it, or refuses.
    fn handle(&mut self, request: E, call: &mut Call) -> Result<E::Response, Refusal>;

    /// How the platform words that a rate of this operation is used up.
    fn throttled(world: &World, _rate: &Rate) -> Refusal {
        Refusal::too_fast(world.app.dialect)
    }
}

/// One call: who makes it, what it carries beside its parameters, what it adds to the envelope.
#[derive(Debug)]
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// Whether it came in an older form.
    pub older: bool,
    /// Whose documentation the app follows.
    pub dialect: Dialect,
    /// The file of a multipart body.
    pub file: Option<File>,
    /// The request's headers.
    pub headers: Vec<(String, String)>,
    /// The request's query.
    pub query: Vec<(String, String)>,
    /// The request's body.
    pub body: Content,
    /// The members of the body that the operation does not know.
    pub strangers: Vec<String>,
    /// The URL up to the app: `http://127.0.0.1:8080/org/app`.
    pub base: String,
    /// What it adds to the envelope.
    pub extras: Extras,
}

impl Call {
    /// Names the action, where the envelope does not name the method.
    pub fn action(&mut self, action: &str) {
        self.extras.action = Some(action.to_owned());
    }

    /// Adds a member to the envelope.
    pub fn member(&mut self, name: &str, value: impl Into<Value>) {
        self.extras.members.insert(name.to_owned(), value.into());
    }

    /// Adds a member beside the result, where the result stands inside `data`.
    pub fn data_member(&mut self, name: &str, value: impl Into<Value>) {
        self.extras.data.insert(name.to_owned(), value.into());
    }

    /// Prints the only item of a list in the list's place.
    pub fn one(&mut self) {
        self.extras.one = true;
    }

    /// Prints `null` for this member in the items of a list that lack it.
    pub fn nullable(&mut self, name: &'static str) {
        self.extras.nullable = Some(name);
    }

    /// Adds `count` to the envelope.
    pub fn count(&mut self, count: usize) {
        self.member("count", count);
    }

    /// Adds `params` to the envelope: the query as it came, each value in an array.
    pub fn params(&mut self) {
        let query = self.query.iter().map(|(k, v)| (k.clone(), Value::from(vec![v.clone()]))).collect();
        self.member("params", Value::Object(query));
    }
}

/// Whether an ID that the caller chose is one, of such characters: it stands in paths, and in lists between commas.
fn legal_id(id: &str, legal: fn(char) -> bool) -> bool {
    (1..=64).contains(&id.len()) && id.chars().all(legal)
}

/// An operation's own sample of how it is run, with the type erased.
pub(crate) type Run = fn(&mut World, Value, &mut Call) -> Result<agora_chat_admin::operation::Answer, Refusal>;
/// How an operation words a misfit, with the type erased.
pub(crate) type Misfit = fn(&World, &Problem) -> Refusal;
/// How operations of a group word a misfit alike: group, operations, words. A row that names none is for all of its group
/// and of those below.
type Misfits = &'static [(&'static str, &'static [&'static str], Misfit)];

const MISFITS: [Misfits; 8] = [
    users::MISFITS,
    groups::MISFITS,
    rooms::MISFITS,
    messages::MISFITS,
    presence::MISFITS,
    push::MISFITS,
    reactions::MISFITS,
    threads::MISFITS,
];

fn misfit(operation: &Operation) -> Misfit {
    let row = MISFITS.iter().copied().flatten().find(|(group, names, _)| is_of(operation, group, names));
    row.map_or(|_, problem| problem.into(), |(_, _, words)| *words)
}

/// How an operation words that a rate is used up, with the type erased.
pub(crate) type Throttled = fn(&World, &Rate) -> Refusal;

/// An operation with its handler.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The operation.
    pub operation: &'static Operation,
    pub(crate) run: Run,
    pub(crate) misfit: Misfit,
    pub(crate) throttled: Throttled,
}

/// An operation that the sandbox plays: each that has a [`Handle`].
#[diagnostic::on_unimplemented(
    message = "the sandbox has no handler for `{Self}`",
    note = "write `impl Handle<…> for World` in the resource's file under `sandbox/src/handlers/`"
)]
pub trait Played: Endpoint {
    /// The operation with its handler.
    fn route(operation: &'static Operation) -> Route;
}

// Else the compiler lists all other handlers when it says that one is missing.
#[diagnostic::do_not_recommend]
impl<E: Endpoint> Played for E
where
    World: Handle<E>,
{
    fn route(operation: &'static Operation) -> Route {
        Route {
            operation,
            run: |world, params, call| {
                let request: E =
                    serde_json::from_value(params).map_err(|e| Refusal::illegal_argument(e.to_string()))?;
                let response = world.handle(request, call)?;
                E::write(response).map_err(|e| Refusal::new(500, "internal_server_error", e.to_string()))
            },
            misfit: misfit(operation),
            throttled: <World as Handle<E>>::throttled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MISFITS, is_of};

    #[test]
    fn words_are_those_of_operations() {
        for (group, names, _) in MISFITS.iter().copied().flatten() {
            for name in names.iter().copied().chain(names.is_empty().then_some("")) {
                let named = if name.is_empty() { &[][..] } else { &[name][..] };
                assert!(agora_chat_admin::api::operations().any(|o| is_of(o, group, named)), "{group} {name}");
            }
        }
    }
}
