import { failureOf, type Failure } from "../api/failure";
import { session } from "../api/session";
import { store } from "../kit/store";
import { percentOf, uploadFile, type UploadedFile } from "./upload";

/** A file on its way, or there. */
export interface OngoingUpload {
  id: number;
  name: string;
  size: number;
  type: string;
  percent: number;
  uploaded?: UploadedFile;
  failure?: Failure;
  /** What the person's own file looks like, if it is an image. */
  preview?: string;
}

/** The uploads of this session, the newest first. */
export const uploads = store<readonly OngoingUpload[]>([]);

const stops = new Map<number, AbortController>();
let last = 0;

export function startUpload(file: File, restricted: boolean): void {
  last += 1;
  const id = last;
  const stop = new AbortController();
  stops.set(id, stop);
  const change = (how: Partial<OngoingUpload>) => uploads.set((all) => all.map((one) => (one.id === id ? { ...one, ...how } : one)));
  const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : undefined;
  uploads.set((all) => [{ id, name: file.name, size: file.size, type: file.type, percent: 0, preview }, ...all]);
  uploadFile(file, { restricted, signal: stop.signal, onProgress: (progress) => change({ percent: percentOf(progress) }) })
    .then((uploaded) => change({ uploaded, percent: 100 }))
    .catch((thrown: unknown) => change({ failure: failureOf(thrown) }))
    .finally(() => stops.delete(id));
}

export function cancelUpload(id: number): void {
  stops.get(id)?.abort();
}

session.subscribe(() => {
  if (session.get()) return;
  for (const stop of stops.values()) stop.abort();
  for (const { preview } of uploads.get()) if (preview) URL.revokeObjectURL(preview);
  uploads.set([]);
});
