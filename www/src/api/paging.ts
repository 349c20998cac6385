import { catalog } from "./catalog";
import type { Params } from "./door";

/** How an operation's next page is asked for. */
export interface Paging {
  /** The parameters of the page after one that held `count` items; `undefined` after the last. */
  after(params: Params, count: number, cursor: string | undefined): Params | undefined;
  /** The same page, as big as pages may be. By number they must stay as they are, or some would be left out. */
  biggest(params: Params): Params;
}

export async function pagingOf(operation: string): Promise<Paging | undefined> {
  const found = (await catalog()).byId.get(operation);
  const paging = found?.paging;
  if (!paging) return undefined;
  const max = found.fields.find((f) => f.name === paging.size)?.max;
  return {
    biggest: (params) => (paging.by === "cursor" && max ? { ...params, [paging.size]: max } : params),
    after(params, count, cursor) {
      if (count === 0) return undefined;
      if (paging.by === "cursor") {
        return cursor && cursor !== params[paging.cursor] ? { ...params, [paging.cursor]: cursor } : undefined;
      }
      const asked = params[paging.size];
      if (typeof asked === "number" && count < Math.min(asked, max ?? asked)) return undefined;
      const now = params[paging.number];
      return { ...params, [paging.number]: (typeof now === "number" ? now : paging.first) + 1 };
    },
  };
}
