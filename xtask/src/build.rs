//! `build`: the npm package in `pkg/`.

use crate::{
    generate,
    tools::{self, WASM_TARGET},
    workspace::{capture, cargo, command, execute, files, hash, read, root, write},
};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Where the package is made.
pub(crate) fn package() -> PathBuf {
    root().join("pkg")
}

/// Where the core's wasm and glue are kept between builds.
fn core_folder() -> PathBuf {
    root().join("target/core")
}

pub(crate) fn run() -> Result<()> {
    let core = wasm()?;
    assemble(&core)?;
    let size = fs::metadata(core.join("core_bg.wasm"))?.len();
    println!("pkg/ is ready (wasm {} KB)", size.div_ceil(1000));
    Ok(())
}

/// Builds the optimised wasm and its glue; returns their folder.
pub(crate) fn wasm() -> Result<PathBuf> {
    tools::wasm_target()?;
    let args = [
        "build",
        "--profile",
        "wasm",
        "--quiet",
        "--locked",
        "--package",
        "agora-chat-admin",
        "--lib",
        "--target",
        WASM_TARGET,
    ];
    execute(&mut cargo(&args))?;
    let built = target_folder().join(WASM_TARGET).join("wasm/agora_chat_admin.wasm");
    let bindgen = tools::wasm_bindgen("wasm-bindgen")?;
    let lock = read(&root().join("xtask/tools/package-lock.json"))?;
    let wanted = hash(&[&fs::read(&built)?, bindgen.to_string_lossy().as_bytes(), lock.as_bytes()]);
    let folder = core_folder();
    let stamp = folder.join("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(folder);
    }
    let out = folder.to_string_lossy().into_owned();
    let args = [
        "--target",
        "web",
        "--out-name",
        "core",
        "--out-dir",
        &out,
        "--remove-name-section",
        "--remove-producers-section",
    ];
    execute(command(bindgen, &args).arg(&built))?;
    let wasm = folder.join("core_bg.wasm").to_string_lossy().into_owned();
    capture(&mut tools::node(
        "binaryen/bin/wasm-opt",
        &["-Oz", "--converge", "--strip-debug", "--strip-producers", &wasm, "-o", &wasm],
    )?)?;
    write(&stamp, wanted)?;
    Ok(folder)
}

/// Cargo's target folder.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Puts the package together from its parts.
fn assemble(core: &Path) -> Result<()> {
    let pkg = package();
    let template = root().join("pkg-template");
    let mut made = Vec::new();
    let mut put = |name: &str, content: &[u8]| -> Result<()> {
        let path = pkg.join(name);
        write(&path, content)?;
        made.push(path);
        Ok(())
    };

    for file in files(&template)? {
        let name = file.strip_prefix(&template)?.to_string_lossy().replace('\\', "/");
        // These are put elsewhere, or together.
        let content = fs::read(&file)?;
        match name.as_str() {
            "types.d.ts" | "generated/types.d.ts" => {}
            "generated/catalog.json" | "generated/openapi.json" => {
                put(name.trim_start_matches("generated/"), &content)?;
            }
            _ => put(&name, &content)?,
        }
    }
    let types = format!("{}{}", read(&template.join("types.d.ts"))?, read(&template.join("generated/types.d.ts"))?);
    put("index.d.ts", types.as_bytes())?;
    put("index.d.cts", types.as_bytes())?;
    for licence in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"] {
        if let Ok(text) = fs::read(root().join(licence)) {
            put(licence, &text)?;
        }
    }

    let wasm = fs::read(core.join("core_bg.wasm"))?;
    put("core/core_bg.wasm", &wasm)?;
    put("core/core.js", glue(&read(&core.join("core.js"))?)?.as_bytes())?;
    put("core/core.d.ts", read(&core.join("core.d.ts"))?.as_bytes())?;
    put("core/inline.js", format!("export const wasm =\n  \"{}\";\n", STANDARD.encode(deflate(&wasm)?)).as_bytes())?;
    put("core/inline.d.ts", b"export declare const wasm: string;\n")?;

    let slim = read(&template.join("slim.d.ts"))?;
    put("slim.d.cts", slim.replace("./index.js", "./index.cjs").as_bytes())?;

    let entries = ["index", "node", "slim"];
    bundle_cjs(&pkg, &entries)?;
    made.extend(entries.map(|entry| pkg.join(format!("{entry}.cjs"))));
    // What an earlier build left behind.
    for file in files(&pkg)? {
        if !made.contains(&file) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    generate::warn_if_stale()
}

/// Deflated: base64 in turn would hide from a server's compression what repeats.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The glue without its guess at where the wasm is: entries always say so, and bundlers stumble over the guess.
fn glue(text: &str) -> Result<String> {
    let guess = "module_or_path = new URL('core_bg.wasm', import.meta.url);";
    let told = "throw new Error('the wasm is missing');";
    let changed = text.replace(guess, told);
    anyhow::ensure!(changed != text && !changed.contains("import.meta"), "wasm-bindgen's glue has changed its shape");
    Ok(changed)
}

/// CommonJS entries, each one file.
fn bundle_cjs(pkg: &Path, entries: &[&str]) -> Result<()> {
    for entry in entries {
        let platform = if *entry == "node" { "--platform=node" } else { "--platform=neutral" };
        let (input, output) = (pkg.join(format!("{entry}.js")), pkg.join(format!("{entry}.cjs")));
        let out = format!("--outfile={}", output.display());
        let input = input.to_string_lossy().into_owned();
        let args = [&input, "--bundle", "--format=cjs", platform, "--target=node20", "--log-level=warning", &out];
        execute(&mut tools::node("esbuild/bin/esbuild", &args)?)?;
    }
    Ok(())
}
