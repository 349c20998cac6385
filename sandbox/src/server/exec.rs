//! `exec`: a command beside the sandbox, and how both are told to stop.

use std::{process::ExitCode, time::Duration};
use tokio::process::Child;

/// How long requests that are on their way may still take once the sandbox is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What tells a program to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    /// Somebody at the keyboard.
    Interrupt,
    /// Another program.
    Terminate,
    /// The terminal, when it is closed.
    HangUp,
}

/// The signals that this process is sent, from now on.
pub(crate) struct Signals {
    #[cfg(unix)]
    kinds: [(Stop, tokio::signal::unix::Signal); 3],
}

impl Signals {
    #[cfg(unix)]
    pub(crate) fn new() -> Result<Self, String> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|e| format!("cannot listen for signals: {e}"));
        Ok(Self {
            kinds: [
                (Stop::Interrupt, listen(SignalKind::interrupt())?),
                (Stop::Terminate, listen(SignalKind::terminate())?),
                (Stop::HangUp, listen(SignalKind::hangup())?),
            ],
        })
    }

    #[cfg(not(unix))]
    pub(crate) fn new() -> Result<Self, String> {
        Ok(Self {})
    }

    /// Waits for the next.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) -> Stop {
        let [(a, one), (b, two), (c, three)] = &mut self.kinds;
        tokio::select! { _ = one.recv() => *a, _ = two.recv() => *b, _ = three.recv() => *c }
    }

    /// Waits for the next.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) -> Stop {
        let _ = tokio::signal::ctrl_c().await;
        Stop::Interrupt
    }

    /// Ends with the first signal, or when it is let go: at once with one more, and when the grace is over.
    pub(crate) async fn stop(mut self, let_go: impl Future<Output = ()>, told: tokio::sync::oneshot::Sender<()>) {
        tokio::select! { _ = self.next() => {}, () = let_go => {} }
        let _ = told.send(());
        tokio::select! { _ = self.next() => {}, () = tokio::time::sleep(GRACE) => {} }
    }
}

/// Waits until the standard input ends: its other end is closed with the process that holds it, whatever ended that one.
pub(crate) async fn stdin_ends() {
    let (tell, told) = tokio::sync::oneshot::channel();
    // A thread of its own: the runtime would wait for one of its threads that reads, and never end.
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = tell.send(());
    });
    let _ = told.await;
}

/// Starts the command of `exec`.
pub(crate) fn start(command: &[String], url: &str, app: &str) -> Result<Child, (String, ExitCode)> {
    let (program, arguments) = command.split_first().ok_or(("exec needs a command".into(), ExitCode::FAILURE))?;
    tokio::process::Command::new(program)
        .args(arguments)
        .env("AGORA_CHAT_SANDBOX_URL", url)
        .env("AGORA_CHAT_SANDBOX_APP", app)
        .kill_on_drop(true)
        .spawn()
        // As shells answer.
        .map_err(|e| {
            (
                format!("cannot run {program}: {e}"),
                if e.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 }.into(),
            )
        })
}

/// Waits for the command to end, passes signals on to it, and returns its exit code.
pub(crate) async fn run(mut child: Child, mut signals: Signals) -> Result<ExitCode, String> {
    loop {
        tokio::select! {
            status = child.wait() => return status.map(code).map_err(|e| e.to_string()),
            stop = signals.next() => pass(&child, stop),
        }
    }
}

#[cfg(unix)]
fn pass(child: &Child, stop: Stop) {
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::IsTerminal;
    let signal = match stop {
        // A keyboard interrupts the whole group: the command has it already, and twice means at once to many.
        Stop::Interrupt if std::io::stdin().is_terminal() => return,
        Stop::Interrupt => Signal::INT,
        Stop::Terminate => Signal::TERM,
        Stop::HangUp => Signal::HUP,
    };
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        let _ = kill_process(pid, signal);
    }
}

#[cfg(not(unix))]
fn pass(_: &Child, _: Stop) {}

/// The command's exit code; as shells have it, 128 and the signal's number if one ended it.
fn code(status: std::process::ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or_else(|| Some(128 + signal?));
    code.and_then(|c| u8::try_from(c).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
