// Uploads a file and downloads it again, and says how far it is.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chat } from "./client.mjs";

const folder = await mkdtemp(path.join(tmpdir(), "share-files-"));
const here = path.join(folder, "map.bin");
await writeFile(here, new Uint8Array(2_000_000));

const share = (name) => {
  let last = 0;
  return ({ loaded, total }) => {
    const tenths = Math.floor((loaded / total) * 10);
    if (tenths > last && tenths === 10) console.log(name, "complete");
    last = tenths;
  };
};

// From a path it is read while it is sent. A Blob, bytes or a stream will do too.
const { entities } = await chat.files.upload({ file: { path: here } }, { onUploadProgress: share("upload") });
const [{ uuid, "share-secret": secret }] = entities;

const file = await chat.files.download({ file_uuid: uuid, "share-secret": secret }, { onDownloadProgress: share("download") });
await file.saveTo(path.join(folder, "again.bin"));
console.log("the same bytes:", (await readFile(path.join(folder, "again.bin"))).equals(await readFile(here)));
await rm(folder, { recursive: true });
