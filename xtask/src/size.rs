//! `size`: how big the wasm, a bundle and the sandbox's wasm are, against `size.toml`.

use crate::{
    build, tools,
    workspace::{capture, read, root},
};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, fs, io::Write, path::Path};

pub(crate) fn run() -> Result<()> {
    build::run()?;
    let bundle = bundle()?;
    let budget = budget(&root().join("size.toml"))?;
    let mut over = Vec::new();
    println!("{:<8} {:>9} {:>9} {:>9}", "", "raw", "gzip", "brotli");
    let file = |name: &str| fs::read(build::package().join(name));
    let parts =
        [("wasm", file("core/core_bg.wasm")?), ("bundle", bundle), ("sandbox", file("sandbox/sandbox_bg.wasm")?)];
    for (name, bytes) in parts {
        let sizes = [("raw", bytes.len()), ("gzip", gzip(&bytes)?), ("brotli", brotli(&bytes)?)];
        let [(_, raw), (_, gzip), (_, brotli)] = sizes;
        println!("{name:<8} {raw:>9} {gzip:>9} {brotli:>9}");
        for (how, size) in sizes {
            let key = format!("{name}.{how}");
            if let Some(most) = budget.get(&key).filter(|most| size > **most) {
                over.push(format!("{key} is {size} bytes, above its budget of {most}"));
            }
        }
    }
    if !over.is_empty() {
        bail!("{}", over.join("\n"));
    }
    Ok(())
}

/// The main entry as a browser's bundle, minified.
fn bundle() -> Result<Vec<u8>> {
    let out = build::target_folder().join("size/bundle.js");
    let (entry, outfile) = (build::package().join("index.js"), format!("--outfile={}", out.display()));
    let entry = entry.to_string_lossy().into_owned();
    let args = [&entry, "--bundle", "--minify", "--format=esm", "--platform=browser", "--log-level=warning", &outfile];
    capture(&mut tools::node("esbuild/bin/esbuild", &args)?)?;
    fs::read(&out).with_context(|| format!("cannot read {}", out.display()))
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out.len())
}

/// Reads `[wasm]`, `raw = 240_000` as `wasm.raw`: the little of TOML that the budget needs.
fn budget(path: &Path) -> Result<BTreeMap<String, usize>> {
    let mut section = String::new();
    let mut budget = BTreeMap::new();
    for line in read(path)?.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty()) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            name.clone_into(&mut section);
            continue;
        }
        let (key, value) = line.split_once('=').with_context(|| format!("{}: {line}", path.display()))?;
        let value = value.trim().replace('_', "").parse().with_context(|| format!("{}: {line}", path.display()))?;
        budget.insert(format!("{section}.{}", key.trim()), value);
    }
    Ok(budget)
}
