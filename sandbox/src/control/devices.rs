//! Devices that come online and go, which no REST call does: clients do it over their own connection.

use crate::{
    Request, Response, Sandbox, World,
    http::{ok, wrong},
    identifiers::plain,
    state::users::Device,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A device of a user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    /// The app, where there are several.
    app: Option<String>,
    username: String,
    resource: Option<String>,
    device_uuid: Option<String>,
    device_name: Option<String>,
}

/// `POST`: the device comes online, and gets what waits for its user.
pub(super) fn connect(sandbox: &mut Sandbox, request: &Request) -> Response {
    let (named, world) = match find(sandbox, request, &[]) {
        Ok(found) => found,
        Err(response) => return response,
    };
    let Some(res) = named.resource.filter(|r| !r.is_empty()) else { return wrong(400, "resource is missing") };
    let uuid = named.device_uuid.unwrap_or_else(|| world.uuid());
    let Some(user) = world.users.get_mut(&named.username) else { return unknown(&named.username) };
    if !user.activated {
        return wrong(403, format!("{} is deactivated", named.username));
    }
    user.devices.retain(|d| d.res != res);
    user.devices.push(Device {
        res: res.clone(),
        device_uuid: uuid,
        device_name: named.device_name.unwrap_or_default(),
    });
    let answer = ok(json!({ "devices": user.devices }));
    world.set_presence(&named.username, &res, "1");
    world.deliver_waiting(&named.username);
    answer
}

/// `DELETE`: the device goes offline; all of the user's devices without `resource`.
pub(super) fn disconnect(sandbox: &mut Sandbox, request: &Request, query: &[(String, String)]) -> Response {
    let (named, world) = match find(sandbox, request, query) {
        Ok(found) => found,
        Err(response) => return response,
    };
    world.take_offline(&named.username, |d| named.resource.as_ref().is_some_and(|r| d.res != *r));
    let Some(user) = world.users.get(&named.username) else { return unknown(&named.username) };
    ok(json!({ "devices": user.devices }))
}

/// Who is named by the body or, without one, by the query; and the app's world.
fn find<'a>(
    sandbox: &'a mut Sandbox,
    request: &Request,
    query: &[(String, String)],
) -> Result<(Named, &'a mut World), Response> {
    let mut named: Named = if request.body.is_empty() {
        let members: Map<String, Value> = query.iter().map(|(k, v)| (k.clone(), Value::from(v.clone()))).collect();
        serde_json::from_value(members.into()).map_err(|e| wrong(400, e.to_string()))?
    } else {
        super::body(request)?
    };
    named.username = named.username.to_lowercase();
    for (name, id) in [("resource", &named.resource), ("device_uuid", &named.device_uuid)] {
        if let Some(id) = id {
            plain(name, id).map_err(|problem| wrong(400, problem.to_string()))?;
        }
    }
    let key = named.app.clone().or_else(|| sandbox.worlds.keys().next().cloned()).unwrap_or_default();
    let world = sandbox.worlds.get_mut(&key).ok_or_else(|| wrong(404, format!("there is no app {key}")))?;
    Ok((named, world))
}

fn unknown(username: &str) -> Response {
    wrong(404, format!("there is no user {username}"))
}
