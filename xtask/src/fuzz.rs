//! `fuzz`: arbitrary bytes where bytes come in, guided by the code that they reach.
//!
//! libFuzzer through `libfuzzer-sys`, on the toolchain that builds everything else: LLVM's coverage pass is asked for by
//! name, so that neither a nightly compiler nor another command is needed. The crates deny `unsafe`, so no sanitizer is.

use crate::{
    build::target_folder,
    workspace::{capture, cargo, command, execute, root},
};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Mutex,
    thread,
};

/// The targets, each with the longest input that is worth its time.
const TARGETS: [(&str, u32); 4] = [("requests", 4096), ("bodies", 4096), ("tokens", 1024), ("answers", 4096)];

/// For how long each runs unless told otherwise.
pub(crate) const SECONDS: u32 = 60;
/// The same among all tests, whose time is dear: enough for what a change breaks at once.
pub(crate) const BRIEFLY: u32 = 20;

/// What makes the compiler count which code an input reaches, and what it is compared with; and fast code, in few units.
const COVERAGE: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg=fuzzing",
    "-Ccodegen-units=4",
];

/// Why this machine cannot fuzz, if it cannot.
pub(crate) fn impossible() -> Option<String> {
    if !cfg!(any(target_os = "linux", target_os = "macos")) {
        return Some(format!("libFuzzer does not run on {}", env::consts::OS));
    }
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".into());
    let found = command(&compiler, &["--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => None,
        _ => Some(format!("libFuzzer needs a C++ compiler, and {compiler} is none")),
    }
}

/// Runs every target for that many seconds, as many at once as there are cores.
pub(crate) fn run(seconds: u32) -> Result<()> {
    if let Some(why) = impossible() {
        bail!("{why}");
    }
    let programs = build()?;
    let folder = target_folder().join("fuzz");
    let seeds = folder.join("seeds");
    execute(command(programs.join("seeds"), &[]).arg(&seeds))?;
    let waiting = Mutex::new(TARGETS.to_vec());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Result<()> {
        loop {
            let next = waiting.lock().map_err(|_| anyhow::anyhow!("another target failed"))?.pop();
            let Some((name, longest)) = next else { return Ok(()) };
            println!("  {name:<10} {}", target(&programs, &folder, name, longest, seconds)?);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(TARGETS.len())).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|w| w.join().unwrap_or_else(|_| bail!("a target could not be run")));
        // All are waited for, so that no finding is lost behind another.
        let failed: Vec<String> = ended.filter_map(|e| e.err().map(|e| format!("{e:#}"))).collect();
        if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
    })
}

/// Builds the targets; returns the folder of their programs.
fn build() -> Result<PathBuf> {
    let version = capture(&mut command("rustc", &["-vV"]))?;
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).context("rustc does not tell its host")?;
    // A folder of its own, for its flags would have everything else be built anew. With a target named, build scripts and
    // macros are built without them.
    let folder = target_folder().join("fuzz");
    let manifest = root().join("fuzz/Cargo.toml");
    let mut cargo = cargo(&["build", "--release", "--quiet", "--locked", "--target", host, "--manifest-path"]);
    cargo.arg(manifest).arg("--target-dir").arg(&folder).env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}"));
    println!("building the fuzz targets");
    execute(&mut cargo)?;
    Ok(folder.join(host).join("release"))
}

/// Runs one target; returns what it did.
fn target(programs: &Path, folder: &Path, name: &str, longest: u32, seconds: u32) -> Result<String> {
    let made = |part: &str| -> Result<PathBuf> {
        let path = folder.join(part).join(name);
        fs::create_dir_all(&path)?;
        Ok(path)
    };
    let (corpus, found) = (made("corpus")?, made("found")?);
    let mut fuzzer = command(programs.join(name), &["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=4096"]);
    fuzzer
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .arg(format!("-dict={}", root().join("fuzz/words.dict").display()))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .args([&corpus, &folder.join("seeds").join(name)]);
    let log = found.join("log");
    let output = fs::File::create(&log)?;
    let status = fuzzer.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).status()?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        let tail: Vec<&str> = text.lines().rev().take(40).collect();
        let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
        bail!("fuzzing {name} ended with {status}; the input is in {}\n{tail}", found.display());
    }
    let figure = |name: &str| {
        let line = text.lines().rev().find(|l| l.contains(name))?;
        line.split(name).nth(1)?.split_whitespace().next()?.parse::<u64>().ok()
    };
    let (inputs, reached) = (figure("stat::number_of_executed_units:"), figure(" ft: "));
    match (inputs, reached) {
        (Some(inputs), Some(reached)) => Ok(format!("{inputs} inputs, {reached} features reached")),
        _ => bail!("fuzzing {name} did not tell what it did; see {}", log.display()),
    }
}
