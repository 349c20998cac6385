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
    const INSTALL: &str = "apt-get install -y chromium chromium-driver";
    let root = capture(&mut command("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
    if !root || in_path(&["apt-get"]).is_none() {
        bail!("the browser tests need Chromium and chromedriver; on Debian: sudo {INSTALL}");
    }
    println!("installing Chromium: {INSTALL}");
    let mut apt = command("sh", &["-c", &format!("apt-get update -qq; DEBIAN_FRONTEND=noninteractive {INSTALL} -qq")]);
    capture(&mut apt)?;
    installed().ok_or_else(|| anyhow::anyhow!("Chromium is still missing after: {INSTALL}"))
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
