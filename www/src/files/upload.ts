import { run } from "../api/door";

/** A file on the platform. */
export interface UploadedFile {
  name: string;
  type: string;
  size: number;
  uuid: string;
  /** Where messages point. */
  url: string;
  /** Opens it, if it is restricted. */
  secret: string;
  restricted: boolean;
}

/** How far an upload is, in bytes. */
export interface Progress {
  loaded: number;
  total?: number;
}

/** The same in per cent; what is not known is 0. */
export const percentOf = ({ loaded, total }: Progress): number => (total ? Math.floor((loaded / total) * 100) : 0);

interface How {
  restricted?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Uploads a file, telling how far it is. */
export async function uploadFile(file: File, { restricted = false, signal, onProgress }: How = {}): Promise<UploadedFile> {
  const params = { file, ...(restricted && { "restrict-access": true }) };
  const { uri, entities } = await run("files.upload", params, { signal, onUploadProgress: onProgress, timeout: 600_000 });
  const [entity] = entities;
  if (!entity) throw new Error("the platform took the file but named no ID");
  return {
    name: file.name,
    type: file.type,
    size: file.size,
    uuid: entity.uuid,
    url: `${uri}/${entity.uuid}`,
    secret: entity["share-secret"],
    restricted,
  };
}

/** A file's ID from its address, if it is one of the platform's. */
export const uuidOf = (url: string): string | undefined => /\/chatfiles\/([\w-]+)/.exec(url)?.[1];
