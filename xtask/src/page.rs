//! The admin page: built with Vite.

use crate::{
    build, tools,
    workspace::{capture, command, files, hash, root, write},
};
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Builds the page, unless nothing that it is made from has changed; returns its folder. Needs `pkg/`.
pub(crate) fn build() -> Result<PathBuf> {
    let www = root().join("www");
    tools::npm_ci(&www)?;
    let dist = www.join("dist");
    let wanted = sources(&www, &dist)?;
    let stamp = build::target_folder().join("page.stamp");
    if dist.join("index.html").exists() && fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(dist);
    }
    println!("building the admin page");
    capture(command("npm", &["run", "build"]).current_dir(&www))?;
    write(&stamp, wanted)?;
    Ok(dist)
}

/// What the page is made from, as one number.
fn sources(www: &Path, dist: &Path) -> Result<String> {
    let mut parts = Vec::new();
    for file in files(www)?.into_iter().chain(files(&build::package())?) {
        if !file.starts_with(dist) {
            parts.push(file.to_string_lossy().into_owned().into_bytes());
            parts.push(fs::read(&file)?);
        }
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Ok(hash(&parts))
}
