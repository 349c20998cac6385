//! A Chromium and its driver, for the tests that need a browser.

use crate::workspace::{capture, command};
use anyhow::{Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
};

/// What drives a browser, and what it drives.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds the browser; installs it where that is possible, and otherwise says how.
pub(crate) fn find() -> Result<Browser> {
    if let Some(browser) = installed() {
        return Ok(browser);
    }
    let packages = "chromium chromium-driver";
    if !install("Chromium", packages)? {
        bail!("the browser tests need Chromium and chromedriver; on Debian: sudo apt-get install -y {packages}");
    }
    installed().ok_or_else(|| anyhow::anyhow!("Chromium is still missing after: apt-get install -y {packages}"))
}

/// Finds Firefox; installs it where that is possible. Without it what it would run is skipped, by name.
pub(crate) fn firefox() -> Option<PathBuf> {
    let found = || env::var_os("FIREFOX").map(PathBuf::from).or_else(|| in_path(&["firefox-esr", "firefox"]));
    found().or_else(|| install("Firefox", "firefox-esr").ok().and_then(|_| found()))
}

/// Installs Debian's packages, where we may; says whether we may.
fn install(what: &str, packages: &str) -> Result<bool> {
    let root = capture(&mut command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    if !root || in_path(&["apt-get"]).is_none() {
        return Ok(false);
    }
    println!("installing {what}: apt-get install -y {packages}");
    let script = format!("apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq {packages}");
    capture(&mut command("sh", &["-c", &script]))?;
    Ok(true)
}

fn installed() -> Option<Browser> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.exists());
    Some(Browser {
        chromium: named("CHROMIUM")
            .or_else(|| in_path(&["chromium", "chromium-browser", "google-chrome", "chrome"]))?,
        driver: named("CHROMEDRIVER").or_else(|| in_path(&["chromedriver"]))?,
    })
}

/// The first of these programs that is in the `PATH`.
fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|f: &PathBuf| Path::join(f, name)).find(|p| p.is_file()))
}
