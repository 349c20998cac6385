//! `build`: the npm package in `pkg/`.

use crate::{
    generate,
    tools::{self, WASM_TARGET},
    workspace::{capture, cargo, command, execute, files, hash, read, root, write},
};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The file with the deflated wasm, beside it.
const DEFLATED: &str = "deflated";

/// Where the package is made.
pub(crate) fn package() -> PathBuf {
    root().join("pkg")
}

pub(crate) fn run() -> Result<()> {
    let (core, sandbox) = (wasm()?, sandbox_wasm()?);
    assemble(&core, &sandbox)?;
    let kilobytes = |file: PathBuf| fs::metadata(file).map(|m| m.len().div_ceil(1000));
    let (core, sandbox) = (kilobytes(core.join("core_bg.wasm"))?, kilobytes(sandbox.join("sandbox_bg.wasm"))?);
    println!("pkg/ is ready (wasm {core} KB, sandbox {sandbox} KB)");
    Ok(())
}

/// Builds the client's wasm and its glue; returns their folder.
pub(crate) fn wasm() -> Result<PathBuf> {
    let target = target_folder();
    println!("building the wasm");
    compile(cargo(&["build", "--package", "agora-chat-admin"]), &target)?;
    optimise("core", &target.join(WASM_TARGET).join("wasm/agora_chat_admin.wasm"), &["--converge"])
}

/// Builds the sandbox's wasm and its glue; returns their folder.
fn sandbox_wasm() -> Result<PathBuf> {
    // A folder of its own: there cargo keeps both kinds of the core, with and without the feature `about`, in one file.
    let target = target_folder().join("sandbox-wasm");
    println!("building the sandbox's wasm");
    let mut cargo = cargo(&["rustc", "--package", "agora-chat-sandbox", "--crate-type", "cdylib"]);
    cargo.args(["--no-default-features", "--features", "wasm"]);
    compile(cargo, &target)?;
    optimise("sandbox", &target.join(WASM_TARGET).join("wasm/agora_chat_sandbox.wasm"), &[])
}

fn compile(mut cargo: Command, target: &Path) -> Result<()> {
    tools::wasm_target()?;
    cargo
        .args(["--lib", "--profile", "wasm", "--quiet", "--locked", "--target", WASM_TARGET, "--target-dir"])
        .arg(target);
    execute(cargo.arg("--config").arg(format!("target.{WASM_TARGET}.rustflags={:?}", unplaced()?)))
}

/// Flags that keep this machine's folders out of what is built: it is the same wherever it is built, and tells nothing.
fn unplaced() -> Result<Vec<String>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.context("there is no home folder")?.join("registry/src");
    let registries = fs::read_dir(&sources).with_context(|| format!("cannot read {}", sources.display()))?;
    let mut folders = vec![root()];
    for registry in registries {
        folders.push(registry?.path());
    }
    Ok(folders.iter().map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect())
}

/// Makes the glue and the small wasm of a built one, unless that was done since it last changed; returns their folder.
fn optimise(name: &str, built: &Path, more: &[&str]) -> Result<PathBuf> {
    let bindgen = tools::wasm_bindgen("wasm-bindgen")?;
    let lock = read(&root().join("xtask/tools/package-lock.json"))?;
    let wanted = hash(&[&fs::read(built)?, bindgen.to_string_lossy().as_bytes(), lock.as_bytes(), DEFLATED.as_bytes()]);
    let folder = root().join("target").join(name);
    let stamp = folder.join("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|s| s == wanted) {
        return Ok(folder);
    }
    let out = folder.to_string_lossy().into_owned();
    let args = [
        "--target",
        "web",
        "--out-name",
        name,
        "--out-dir",
        &out,
        "--remove-name-section",
        "--remove-producers-section",
    ];
    execute(command(bindgen, &args).arg(built))?;
    let wasm = folder.join(format!("{name}_bg.wasm")).to_string_lossy().into_owned();
    // Rust puts the stack first, so that no address below 1,024 is that of a value.
    let args = ["-Oz", "--low-memory-unused", "--strip-debug", "--strip-producers", &wasm, "-o", &wasm];
    capture(tools::node("binaryen/bin/wasm-opt", &args)?.args(more))?;
    write(&folder.join(DEFLATED), deflate(&fs::read(&wasm)?)?)?;
    write(&stamp, wanted)?;
    Ok(folder)
}

/// Cargo's target folder.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Puts the package together from its parts.
fn assemble(core: &Path, sandbox: &Path) -> Result<()> {
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
            "types.d.ts" | "generated/types.d.ts" | "callbacks.d.ts" | "generated/callbacks.d.ts" => {}
            "generated/catalog.json" | "generated/openapi.json" => {
                put(name.trim_start_matches("generated/"), &content)?;
            }
            _ => put(&name, &content)?,
        }
    }
    for (entry, by_hand) in [("index", "types.d.ts"), ("callbacks", "callbacks.d.ts")] {
        let generated = read(&template.join("generated").join(by_hand))?;
        let types = format!("{}{generated}", read(&template.join(by_hand))?);
        put(&format!("{entry}.d.ts"), types.as_bytes())?;
        put(&format!("{entry}.d.cts"), types.as_bytes())?;
    }
    // As a module, since not everything that imports modules imports JSON.
    let help = read(&template.join("help.json"))?;
    put("lib/help-data.js", format!("export default {};\n", help.trim_end()).as_bytes())?;
    // The README links them: here and where the sources are they have the same place.
    for folder in ["docs/reference", "examples"] {
        for file in files(&root().join(folder))? {
            let name = file.strip_prefix(root())?.to_string_lossy().replace('\\', "/");
            if !name.ends_with("package.json") && !name.ends_with("package-lock.json") {
                put(&name, &fs::read(&file)?)?;
            }
        }
    }
    for licence in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"] {
        if let Ok(text) = fs::read(root().join(licence)) {
            put(licence, &text)?;
        }
    }

    for (name, folder) in [("core", core), ("sandbox", sandbox)] {
        let wasm = fs::read(folder.join(format!("{name}_bg.wasm")))?;
        put(&format!("{name}/{name}_bg.wasm"), &wasm)?;
        put(&format!("{name}/{name}.js"), glue(name, &read(&folder.join(format!("{name}.js")))?)?.as_bytes())?;
        put(&format!("{name}/{name}.d.ts"), read(&folder.join(format!("{name}.d.ts")))?.as_bytes())?;
        let inline = format!("export const wasm =\n  \"{}\";\n", STANDARD.encode(fs::read(folder.join(DEFLATED))?));
        put(&format!("{name}/inline.js"), inline.as_bytes())?;
        put(&format!("{name}/inline.d.ts"), b"export declare const wasm: string;\n")?;
    }

    for entry in ["slim", "sandbox"] {
        let types = read(&template.join(format!("{entry}.d.ts")))?;
        put(&format!("{entry}.d.cts"), types.replace("./index.js", "./index.cjs").as_bytes())?;
    }

    for (name, content) in bundle_node(&pkg)? {
        put(&name, &content)?;
    }
    let entries = ["index", "node", "slim", "sandbox", "callbacks"];
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

/// Deflated as small as can be: what travels in base64 no server's compression makes smaller.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, bytes, &mut out)?;
    Ok(out)
}

/// The glue without its guess at where the wasm is: entries always say so, and bundlers stumble over the guess. What it takes
/// from the runtime it takes by way of `lib/runtime.js`.
fn glue(name: &str, text: &str) -> Result<String> {
    let guess = format!("module_or_path = new URL('{name}_bg.wasm', import.meta.url);");
    let told = "throw new Error('the wasm is missing');";
    let changed = text.replace(&guess, told);
    anyhow::ensure!(changed != text && !changed.contains("import.meta"), "wasm-bindgen's glue has changed its shape");
    Ok(format!("import {{ TextDecoder, TextEncoder, queueMicrotask }} from \"../lib/runtime.js\";\n{changed}"))
}

/// Node's entry as one file, but for what is loaded when asked for: twenty small ones take as long to load as the wasm.
fn bundle_node(pkg: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let out = root().join("target/node-entry");
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    let (entry, outdir) = (pkg.join("node.js"), format!("--outdir={}", out.display()));
    let entry = entry.to_string_lossy().into_owned();
    let mut esbuild = tools::node("esbuild/bin/esbuild", &[&entry, &outdir, "--bundle", "--splitting"])?;
    esbuild.args(["--format=esm", "--platform=node", "--target=node20", "--log-level=warning"]);
    // The wasm is in the package once for all modules.
    esbuild.args(["--external:./core/inline.js", "--out-extension:.js=.mjs", "--chunk-names=lib/[name]"]);
    execute(&mut esbuild)?;
    let made = files(&out)?.into_iter().map(|file| {
        let name = file.strip_prefix(&out)?.to_string_lossy().replace('\\', "/");
        Ok((name, fs::read(&file)?))
    });
    made.collect()
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
