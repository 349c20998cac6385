//! A Chromium and its driver, for the tests that need a browser.

use crate::tools::{debian, in_path, install};
use anyhow::{Result, bail};
use std::{env, path::PathBuf};

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
    if !install(packages)? {
        bail!("the browser tests need Chromium and chromedriver; on Debian: sudo apt-get install -y {packages}");
    }
    installed().ok_or_else(|| anyhow::anyhow!("Chromium is still missing after: apt-get install -y {packages}"))
}

/// Finds Firefox; installs it where that is possible. Without it what it would run is skipped, by name.
pub(crate) fn firefox() -> Option<PathBuf> {
    env::var_os("FIREFOX").map(PathBuf::from).or_else(|| debian(&["firefox-esr", "firefox"], "firefox-esr"))
}

fn installed() -> Option<Browser> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.exists());
    Some(Browser {
        chromium: named("CHROMIUM")
            .or_else(|| in_path(&["chromium", "chromium-browser", "google-chrome", "chrome"]))?,
        driver: named("CHROMEDRIVER").or_else(|| in_path(&["chromedriver"]))?,
    })
}
