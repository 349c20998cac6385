//! The tools that the tasks need, installed when first needed.

use crate::workspace::{capture, cargo, command, execute, hash, read, root, write};
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

/// The version of wasm-bindgen: of the crate, of its command and of its test runner.
const WASM_BINDGEN: &str = "0.2.130";
/// The version of geckodriver, which drives Firefox.
const GECKODRIVER: &str = "0.37.1";
/// The version of Schemathesis, which makes requests from the OpenAPI document.
const SCHEMATHESIS: &str = "4.32.5";
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder where tools are kept: `$AGORA_CHAT_TOOLS`, or one in the user's cache.
fn folder() -> PathBuf {
    if let Some(folder) = env::var_os("AGORA_CHAT_TOOLS") {
        return folder.into();
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cache")));
    cache.unwrap_or_else(|| root().join("target")).join("agora-chat-admin")
}

/// Installs the wasm target if it is missing.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = capture(&mut command("rustc", &["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    println!("installing the Rust target {WASM_TARGET}");
    execute(&mut command("rustup", &["target", "add", WASM_TARGET]))
}

/// Installs a version of Rust if it is missing; says whether there is a rustup that can.
pub(crate) fn toolchain(version: &str) -> Result<bool> {
    if in_path(&["rustup"]).is_none() {
        return Ok(false);
    }
    let there = capture(&mut command("rustup", &["toolchain", "list"]))?;
    if !there.lines().any(|line| line.starts_with(&format!("{version}-"))) {
        println!("installing Rust {version}");
        execute(&mut command("rustup", &["--quiet", "toolchain", "install", version, "--profile", "minimal"]))?;
    }
    Ok(true)
}

/// A program of wasm-bindgen, installed if it is missing.
pub(crate) fn wasm_bindgen(program: &str) -> Result<PathBuf> {
    cargo_install("wasm-bindgen-cli", WASM_BINDGEN, program, &[])
}

/// The driver of Firefox, installed if it is missing.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let there = env::var_os("GECKODRIVER").map(PathBuf::from).or_else(|| in_path(&["geckodriver"]));
    // It passes requests on and no more: compiled without optimisation it is there in half the time.
    there.map_or_else(|| cargo_install("geckodriver", GECKODRIVER, "geckodriver", &["--debug"]), Ok)
}

/// A program of a crate, installed if it is missing.
fn cargo_install(name: &str, version: &str, program: &str, how: &[&str]) -> Result<PathBuf> {
    let home = folder().join(format!("{}-{version}", name.trim_end_matches("-cli")));
    let path = home.join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX));
    if path.exists() {
        return Ok(path);
    }
    println!("installing {name} {version}: a few minutes, once");
    let home = home.to_string_lossy().into_owned();
    let install = |locked: &[&str]| {
        let mut cargo = cargo(&["install", name, "--version", version, "--root", &home, "--quiet"]);
        // Its own target folder: ours may be locked by whoever runs this.
        cargo.args(how).args(locked).env_remove("CARGO_TARGET_DIR");
        cargo
    };
    // Its lock file may name crates that some registries no longer have.
    if execute(install(&["--locked"]).stderr(Stdio::null())).is_err() {
        execute(&mut install(&[]))?;
    }
    Ok(path)
}

/// Why this machine cannot run Python programs, if it cannot.
pub(crate) fn no_python() -> Option<&'static str> {
    // Debian has the part of `venv` that brings pip in a package of its own.
    let found = capture(&mut command("python3", &["-c", "import ensurepip, sys; assert sys.version_info >= (3, 10)"]));
    found.is_err().then_some("it needs Python 3.10 or later with its venv module")
}

/// Schemathesis, installed if it is missing.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    let home = folder().join(format!("schemathesis-{SCHEMATHESIS}"));
    let path = home.join("bin/schemathesis");
    if capture(&mut command(&path, &["--version"])).is_ok() {
        return Ok(path);
    }
    println!("installing Schemathesis {SCHEMATHESIS}");
    capture(command("python3", &["-m", "venv", "--clear"]).arg(&home))?;
    let package = format!("schemathesis=={SCHEMATHESIS}");
    let pip = ["install", "--quiet", "--disable-pip-version-check", &package];
    capture(&mut command(home.join("bin/pip"), &pip))?;
    Ok(path)
}

/// Installs a folder's npm packages by its lock file, unless that was done since the lock file last changed.
pub(crate) fn npm_ci(folder: &Path) -> Result<()> {
    let lock = hash(&[read(&folder.join("package-lock.json"))?.as_bytes()]);
    let stamp = folder.join("node_modules/.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|s| s == lock) {
        return Ok(());
    }
    let shown = folder.strip_prefix(root()).unwrap_or(folder).display().to_string();
    println!("installing npm packages in {shown}");
    let npm = |task: &[&str]| {
        let args = [task, &["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]].concat();
        execute(command("npm", &args).current_dir(folder).stdout(Stdio::null()))
    };
    // Some registries lack a package for another platform, which `npm ci` takes for a fault of the lock file.
    npm(&["ci"])
        .or_else(|_| npm(&["install", "--no-save"]))
        .with_context(|| format!("cannot install the npm packages of {shown}: is npm there?"))?;
    write(&stamp, lock).map(drop)
}

/// The folder of npm tools, installed.
fn npm_tools() -> Result<PathBuf> {
    let folder = root().join("xtask/tools");
    npm_ci(&folder)?;
    Ok(folder.join("node_modules"))
}

/// An npm tool's script, to be run by Node.
pub(crate) fn npm_tool(script: &str) -> Result<PathBuf> {
    Ok(npm_tools()?.join(script))
}

/// A command that runs an npm tool.
pub(crate) fn node(script: &str, args: &[&str]) -> Result<std::process::Command> {
    let script = npm_tool(script)?;
    let mut node = command("node", &[]);
    node.arg(script).args(args);
    Ok(node)
}

/// A program by one of its names; Debian's package is installed if it is missing, where we may.
pub(crate) fn debian(names: &[&str], package: &str) -> Option<PathBuf> {
    in_path(names).or_else(|| install(package).ok().and_then(|_| in_path(names)))
}

/// Installs Debian's packages, where we may; says whether we may.
pub(crate) fn install(packages: &str) -> Result<bool> {
    let root = capture(&mut command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    if !root || in_path(&["apt-get"]).is_none() {
        return Ok(false);
    }
    println!("installing {packages}");
    let script = format!("apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq {packages}");
    capture(&mut command("sh", &["-c", &script]))?;
    Ok(true)
}

/// The first of these programs that is in the `PATH`.
pub(crate) fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|f: &PathBuf| Path::join(f, name)).find(|p| p.is_file()))
}
