import { run } from "../api/door";
import { session } from "../api/session";

/** How many pictures are kept to be shown again. */
const KEPT = 200;

const kept = new Map<string, Promise<string>>();

/** A picture of the platform as an address of this page. Lists that draw only what is in sight ask for it again and again. */
export function picture(uuid: string, secret: string | undefined): Promise<string> {
  const known = kept.get(uuid);
  if (known) return known;
  const made = run("files.download", { file_uuid: uuid, ...(secret && { "share-secret": secret }) })
    .then((file) => file.blob())
    .then((blob) => URL.createObjectURL(blob));
  kept.set(uuid, made);
  made.catch(() => kept.delete(uuid));
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) drop(oldest);
  return made;
}

function drop(uuid: string): void {
  void kept.get(uuid)?.then((url) => URL.revokeObjectURL(url), () => undefined);
  kept.delete(uuid);
}

session.subscribe(() => {
  if (!session.get()) for (const uuid of [...kept.keys()]) drop(uuid);
});
