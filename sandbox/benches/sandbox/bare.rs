//! What the sandbox is measured by: a route of axum's that answers a fixed text, in a process of its own as the sandbox is.

use axum::{Router, http::header::CONTENT_TYPE, routing::get, serve::ListenerExt};

/// As long as the sandbox's answer about a user.
const ANSWER: &str = r#"{"action":"get","application":"8be024f0-e978-41e8-b697-5d598d5f8402","path":"/users","uri":"http://127.0.0.1/demo/chat/users/amy","entities":[{"uuid":"e220a839-7b1d-4dcd-ae14-6c4cc6d9b9c8","type":"user","created":1764320000000,"modified":1764320000000,"username":"amy","activated":true}],"timestamp":1764320000000,"duration":0,"organization":"demo","applicationName":"chat","count":1}"#;

/// Listens until the process is ended.
pub(crate) fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("bare axum listening on http://{}", listener.local_addr().unwrap());
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
        let route = get(|| async { ([(CONTENT_TYPE, "application/json")], ANSWER) });
        axum::serve(listener, Router::new().route("/demo/chat/users/{username}", route)).await.unwrap();
    });
}
