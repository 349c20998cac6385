//! The OpenAPI document against the sandbox: Schemathesis makes requests from it, good and bad ones, and looks whether the
//! answers are those that it promises.

use crate::{
    build::target_folder,
    sandbox::Running,
    tools,
    workspace::{command, root, write},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{fmt::Write as _, path::Path, process::Stdio, thread};

/// How many requests of each kind an operation gets beside those that its document alone suggests.
const EXAMPLES: &str = "4";

/// Which of the document's names stand for what the sandbox holds.
const KNOWN: [(&str, &[&str]); 8] = [
    (
        "users",
        &[
            "path.username",
            "path.owner_username",
            "path.friend_username",
            "path.member",
            "path.member_id",
            "path.oldadmin",
            "path.superAdmin",
            "path.blocked_username",
            "path.target",
            "query.userId",
            "body.username",
            "body.owner",
            "body.from",
            "body.newowner",
            "body.newadmin",
            "body.superadmin",
            "body.usernames[*]",
            "body.members[*]",
            "body.targets[*]",
            "body.to[*]",
        ],
    ),
    ("groups", &["path.group_id", "path.group_ids", "query.groupId", "body.group_id", "body.groupId"]),
    ("rooms", &["path.chatroom_id", "path.chatroom_ids"]),
    ("messages", &["path.msg_id", "query.msgId", "query.msgIdList", "body.msgId", "body.msg_id", "body.msg_ids[*]"]),
    ("threads", &["path.thread_id"]),
    ("names", &["path.name", "path.labelname", "path.key"]),
    ("times", &["path.expiry"]),
    ("files", &["path.file_uuid", "path.file_id"]),
];

/// Runs both dialects at once; says why not where there is no Python.
pub(crate) fn run() -> Result<()> {
    let program = crate::sandbox::build()?;
    let schemathesis = tools::schemathesis()?;
    let outcomes = thread::scope(|scope| {
        let start = |dialect| {
            scope.spawn({
                let (program, schemathesis) = (&program, &schemathesis);
                move || one(dialect, program, schemathesis)
            })
        };
        ["agora", "easemob"].map(start).map(|run| run.join().unwrap_or_else(|_| bail!("it could not be run")))
    });
    let failed: Vec<String> = outcomes.into_iter().filter_map(|o| o.err().map(|e| format!("{e:#}"))).collect();
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n\n")) }
}

fn one(dialect: &str, program: &Path, schemathesis: &Path) -> Result<()> {
    let running = Running::start(program, &["--port", "0", "--loose", "--log", "off", "--dialect", dialect])?;
    let (token, known) = populate(&running).context("the sandbox could not be filled")?;
    let folder = target_folder().join("openapi").join(dialect);
    write(&folder.join("schemathesis.toml"), configuration(&known))?;
    let document = root().join("pkg-template/generated/openapi.json");
    let output = command(schemathesis, &["run"])
        .arg(document)
        .args(["--url", &format!("{}/demo/chat", running.url), "--header", &format!("Authorization: Bearer {token}")])
        .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"])
        .args(["--checks", "response_headers_conformance,response_schema_conformance"])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--continue-on-failure"])
        // The same requests each time.
        .args(["--seed", "1", "--generation-database", "none", "--warnings", "off"])
        .args(["--request-timeout", "10", "--no-color"])
        .env("AGORA_CHAT_SANDBOX_URL", &running.url)
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    write(&folder.join("log"), &text)?;
    if !output.status.success() {
        bail!("in the {dialect} dialect:\n{text}{}", String::from_utf8_lossy(&output.stderr));
    }
    let count = text.lines().find(|l| l.contains(" generated")).unwrap_or_default();
    println!("  {dialect:<8} {}", count.trim());
    Ok(())
}

/// Something of everything, which each request finds as it is now; returns a token, and the values of [`KNOWN`].
fn populate(running: &Running) -> Result<(String, Value)> {
    let credentials = json!({
        "grant_type": "client_credentials", "client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret",
    });
    let token = running.ask("POST", "/demo/chat/token", None, &credentials)?;
    let token = at(&token, "/access_token")?.as_str().unwrap_or_default().to_owned();
    let post = |path: &str, body: Value| running.ask("POST", &format!("/demo/chat{path}"), Some(&token), &body);

    for name in ["amy", "bob", "cat", "dan"] {
        post("/users", json!({ "username": name, "password": "p" }))?;
    }
    let group = json!({
        "groupname": "g", "description": "d", "public": true, "maxusers": 10, "owner": "amy", "members": ["bob", "cat"],
    });
    let group = at(&post("/chatgroups", group)?, "/data/groupid")?;
    let room = json!({ "name": "r", "description": "d", "owner": "amy", "members": ["bob", "cat"] });
    let room = at(&post("/chatrooms", room)?, "/data/id")?;
    let message = json!({ "from": "amy", "to": [group], "type": "txt", "body": { "msg": "hi" } });
    let sent = post("/messages/chatgroups", message)?;
    let message = at(&sent, &format!("/data/{}", group.as_str().unwrap_or_default()))?;
    let thread = json!({ "group_id": group, "name": "t", "owner": "amy", "msg_id": message });
    let thread = at(&post("/thread", thread)?, "/data/thread_id")?;
    post("/reaction/user/bob", json!({ "msgId": message, "message": "❤" }))?;
    post("/users/amy/contacts/users/bob", Value::Null)?;
    post("/users/amy/blocks/users", json!({ "usernames": ["dan"] }))?;
    post("/push/label", json!({ "name": "x" }))?;
    post("/notification/template", json!({ "name": "x", "title_pattern": "t", "content_pattern": "c" }))?;
    running.ask("POST", "/__sandbox/snapshots/start", None, &Value::Null)?;
    let known = json!({
        "users": ["amy", "bob", "cat"], "groups": [group], "rooms": [room], "messages": [message], "threads": [thread],
        "names": ["x"], "times": ["86400"], "files": ["0"],
    });
    Ok((token, known))
}

/// What stands at a path of an answer.
fn at(answer: &Value, path: &str) -> Result<Value> {
    answer.pointer(path).cloned().with_context(|| format!("there is no {path} in {answer}"))
}

/// What Schemathesis is told of the sandbox: two in three parameters name what is there.
fn configuration(known: &Value) -> String {
    let hooks = json!(root().join("xtask/tools/schemathesis_hooks.py"));
    let mut text = format!("hooks = {hooks}\n");
    for (name, _) in KNOWN {
        let _ = write!(text, "\n[dictionaries.{name}]\nvalues = {}\n", known.get(name).unwrap_or(&Value::Null));
    }
    text.push_str("\n[parameters]\n");
    for (dictionary, parameters) in KNOWN {
        for parameter in parameters {
            let _ = writeln!(text, "\"{parameter}\" = {{ dictionary = \"{dictionary}\", probability = 0.67 }}");
        }
    }
    text
}
