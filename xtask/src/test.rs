//! `test`: every test there is, one line for each stage; or the stages that are named.

mod outcome;

use crate::{
    browser,
    build::{self, target_folder},
    demo, fuzz, generate, openapi, page, sandbox, size,
    tools::{self, WASM_TARGET},
    workspace::{apart, capture, cargo, command, execute, files, read, root, write},
};
use anyhow::{Context, Result, bail};
use outcome::{Outcome, Tally, check, count, ours};
use std::{
    cell::OnceCell,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A stage: its name, and what it does with what several need.
type Stage = (&'static str, fn(&Parts) -> Result<Outcome>);

/// All stages, in the order in which they run.
const STAGES: &[Stage] = &[
    ("format", |_| check(cargo(&["fmt", "--all", "--check"]))),
    ("format of the fuzz targets", |_| check(cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))),
    // They are a workspace of their own, whose lock file falls behind unheard when the crates here get another dependency.
    ("lock of the fuzz targets", |_| {
        check(cargo(&["tree", "--locked", "--quiet", "--depth", "0", "--manifest-path", "fuzz/Cargo.toml"]))
    }),
    ("lints", |_| {
        check(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"]))
    }),
    ("lints in wasm", |_| {
        tools::wasm_target()?;
        let args = [
            "clippy",
            "--package",
            "agora-chat-admin",
            "--all-targets",
            "--locked",
            "--quiet",
            "--target",
            WASM_TARGET,
        ];
        check(cargo(&[args.as_slice(), &["--", "-D", "warnings"]].concat()))
    }),
    ("Rust", |_| count(cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]))),
    ("minimum Rust version", |_| minimum_rust()),
    ("generated files", |_| ours(generate::check)),
    ("package", |parts| ours(|| parts.package())),
    ("size", |_| ours(size::run)),
    ("wasm in Node", |_| wasm(|cargo| cargo.env("WASM_BINDGEN_TEST_ONLY_NODE", "1"))),
    ("wasm in Chromium", |_| {
        let browser = browser::find()?;
        wasm(|cargo| cargo.env("WASM_BINDGEN_TEST_ONLY_WEB", "1").env("CHROMEDRIVER", browser.driver))
    }),
    ("wasm in Firefox", |_| {
        let Some(firefox) = browser::firefox() else {
            return Ok(Outcome::skipped("wasm in Firefox", "there is no Firefox"));
        };
        let (driver, binary) = (tools::geckodriver()?, format!("--binary={}", firefox.display()));
        wasm(|cargo| {
            cargo.env("WASM_BINDGEN_TEST_ONLY_WEB", "1").env("GECKODRIVER", driver).env("GECKODRIVER_ARGS", binary)
        })
    }),
    ("types", |parts| check(parts.installed()?.tsc()?)),
    ("types of its own code", |parts| {
        parts.package()?;
        check(tools::node("typescript/bin/tsc", &["-p", "xtask/tools"])?)
    }),
    ("package in Node (esm)", |parts| count(parts.installed()?.node("esm")?)),
    ("package in Node (cjs)", |parts| count(parts.installed()?.node("cjs")?)),
    ("OpenAPI fuzzing", |_| match tools::no_python() {
        Some(why) => Ok(Outcome::skipped("OpenAPI fuzzing", why)),
        None => ours(openapi::run),
    }),
    ("fuzzing", |_| match fuzz::impossible() {
        Some(why) => Ok(Outcome::skipped("fuzzing", &why)),
        None => ours(|| fuzz::run(fuzz::BRIEFLY)),
    }),
    ("every environment", every_environment),
    ("quick start", |_| ours(demo::check)),
    ("Redis limiter", |parts| {
        if tools::debian(&["redis-server"], "redis-server").is_none() {
            return Ok(Outcome::skipped("Redis limiter", "there is no redis-server"));
        }
        parts.package()?;
        let folder = root().join("benches");
        tools::npm_ci(&folder)?;
        let mut node = command("node", &["--test"]);
        node.args(test_files(&folder)?);
        count(node)
    }),
    ("admin page", |parts| {
        parts.package()?;
        page::build()?;
        let browser = browser::find()?;
        let mut node = command("node", &["--test"]);
        node.args(test_files(&root().join("tests/browser"))?);
        node.env("CHROMIUM", browser.chromium).env("AGORA_CHAT_SANDBOX", sandbox::build()?);
        count(node)
    }),
];

/// Runs the stages whose names contain one of the words; all of them if there is none.
pub(crate) fn run(words: &[&str]) -> Result<()> {
    let (parts, mut tally) = (Parts::default(), Tally::default());
    for (name, work) in chosen(words)? {
        tally.stage(name, || work(&parts));
    }
    tally.close();
    Ok(())
}

fn chosen(words: &[&str]) -> Result<Vec<&'static Stage>> {
    let named = |name: &str, word: &str| name.to_lowercase().contains(&word.to_lowercase());
    if let Some(word) = words.iter().find(|word| !STAGES.iter().any(|(name, _)| named(name, word))) {
        let names: Vec<_> = STAGES.iter().map(|(name, _)| format!("  {name}")).collect();
        bail!("no stage's name contains {word:?}; there are\n\n{}", names.join("\n"));
    }
    Ok(STAGES.iter().filter(|(name, _)| words.is_empty() || words.iter().any(|word| named(name, word))).collect())
}

/// What several stages need, made when one first asks for it.
#[derive(Default)]
struct Parts {
    package: OnceCell<Result<()>>,
    installed: OnceCell<Result<Installed>>,
}

impl Parts {
    /// Makes `pkg/`.
    fn package(&self) -> Result<()> {
        made(&self.package, build::run).copied()
    }

    fn installed(&self) -> Result<&Installed> {
        made(&self.installed, || self.package().and_then(|()| Installed::new()))
    }
}

/// What is made once; all who ask are told of a failure.
fn made<T>(cell: &OnceCell<Result<T>>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    cell.get_or_init(make).as_ref().map_err(|error| anyhow::anyhow!("{error:#}"))
}

/// Whether everything compiles with the oldest Rust that `Cargo.toml` promises.
fn minimum_rust() -> Result<Outcome> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let version = version.context("Cargo.toml has no rust-version")?.trim_matches('"');
    if !tools::toolchain(version)? {
        return Ok(Outcome::skipped("minimum Rust version", "there is no rustup"));
    }
    // A folder of its own: two compilers share nothing, and would throw each other's work away.
    let folder = target_folder().join("minimum-rust");
    let args = ["run", version, "cargo", "check", "--workspace", "--locked", "--quiet", "--target-dir"];
    let mut check_all = apart(command("rustup", &args));
    check_all.arg(folder);
    check(check_all)
}

/// What `wasm-pack test` does: all targets built for wasm, and run in Node or in the browser whose driver is named.
fn wasm(place: impl FnOnce(&mut Command) -> &mut Command) -> Result<Outcome> {
    tools::wasm_target()?;
    let mut cargo = cargo(&["test", "--target", WASM_TARGET, "--locked", "--no-fail-fast"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools::wasm_bindgen("wasm-bindgen-test-runner")?);
    // Of the drivers that are named the runner takes one by an order of its own.
    cargo.env_remove("CHROMEDRIVER").env_remove("GECKODRIVER").env_remove("SAFARIDRIVER");
    place(&mut cargo);
    count(cargo)
}

/// The packed tarball, installed where nothing else is.
struct Installed {
    folder: PathBuf,
}

impl Installed {
    fn new() -> Result<Self> {
        let folder = target_folder().join("js-tests");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let tarball = pack(&folder)?;
        fs::write(folder.join("package.json"), "{\"private\":true,\"type\":\"module\"}\n")?;
        let args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
        // The transports are tested with undici's dispatchers, which the package itself does not need.
        execute(command("npm", &args).arg(tarball).arg("undici@7.30.2").current_dir(&folder).stdout(Stdio::null()))?;
        copy(&root().join("tests/js"), &folder)?;
        copy(&root().join("tests/cases"), &folder.join("cases"))?;
        copy(&root().join("examples"), &folder.join("examples"))?;
        Ok(Self { folder })
    }

    /// The tests, with the package loaded as that kind of module.
    fn node(&self, entry: &str) -> Result<Command> {
        let mut node = command("node", &["--test"]);
        node.args(test_files(&self.folder)?).current_dir(&self.folder);
        node.env("AGORA_CHAT_ENTRY", entry).env("AGORA_CHAT_SANDBOX", sandbox::build()?);
        Ok(node)
    }

    fn tsc(&self) -> Result<Command> {
        let project = self.folder.join("types").to_string_lossy().into_owned();
        tools::node("typescript/bin/tsc", &["-p", &project])
    }
}

/// Packs `pkg/` into a folder; returns the tarball.
fn pack(folder: &Path) -> Result<PathBuf> {
    let mut npm = command("npm", &["pack", "--silent", "--pack-destination"]);
    let name = capture(npm.arg(folder).current_dir(build::package()))?;
    let name = name.lines().last().context("npm pack said nothing")?.trim().to_owned();
    Ok(folder.join(name))
}

/// Every environment that the package must work in.
fn every_environment(parts: &Parts) -> Result<Outcome> {
    parts.package()?;
    let folder = target_folder().join("package-tests");
    fs::create_dir_all(&folder)?;
    let tarball = pack(&folder)?;
    let mut node = command("node", &[]);
    node.arg(root().join("tests/package/run.mjs")).env("AGORA_CHAT_TARBALL", tarball).env("AGORA_CHAT_WORK", folder);
    if let Ok(browser) = browser::find() {
        node.env("CHROMIUM", browser.chromium);
    }
    if let Some(firefox) = browser::firefox() {
        node.env("FIREFOX", firefox);
    }
    let mut child = node.stdout(Stdio::piped()).spawn()?;
    let mut outcome = Outcome::default();
    for line in BufReader::new(child.stdout.take().context("no stdout")?).lines() {
        let line = line?;
        println!("{line}");
        match line.split_once(' ') {
            Some(("ok", _)) => outcome.passed += 1,
            Some(("FAILED", _)) => outcome.failed += 1,
            Some(("skipped", rest)) => outcome.skipped.extend(rest.split_once(':').map(|(name, _)| name.to_owned())),
            _ => {}
        }
    }
    if !child.wait()?.success() {
        outcome.failed = outcome.failed.max(1);
    }
    Ok(outcome)
}

/// The `*.test.mjs` of a folder.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        write(&to.join(file.strip_prefix(from)?), fs::read(&file)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{STAGES, chosen};

    fn names(words: &[&str]) -> Result<Vec<&'static str>, String> {
        let stages = chosen(words).map_err(|error| error.to_string())?;
        Ok(stages.into_iter().map(|(name, _)| *name).collect())
    }

    #[test]
    fn words_choose_the_stages_whose_names_contain_one_of_them() {
        assert_eq!(names(&["every environment"]), Ok(vec!["every environment"]));
        assert_eq!(names(&["redis", "format"]), Ok(vec!["format", "format of the fuzz targets", "Redis limiter"]));
        assert_eq!(names(&[]).map(|all| all.len()), Ok(STAGES.len()));
    }

    #[test]
    fn a_word_that_is_in_no_name_is_refused_and_the_names_are_told() {
        let told = names(&["format", "evry"]).unwrap_err();
        assert!(told.starts_with("no stage's name contains \"evry\""), "{told}");
        assert!(STAGES.iter().all(|(name, _)| told.contains(name)), "{told}");
    }
}
