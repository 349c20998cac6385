/** One of several that the platform did not do, though it answered 200. */
export interface Refusal {
  item: string;
  reason: string;
}

type Bag = Readonly<Record<string, unknown>>;

const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));

/** What an answer says was not done, in whichever of the platform's ways it says it. */
export function refusals(data: unknown): readonly Refusal[] {
  if (Array.isArray(data)) return data.flatMap(refusals);
  if (!isBag(data)) return [];
  const { result, pushStatus, fail, errorKeys, data: inner } = data;
  if (result === false) return [{ item: text(data.user ?? data.username ?? data.id), reason: text(data.reason) }];
  if (pushStatus === "FAIL" || pushStatus === "ERROR") return [{ item: text(data.id), reason: text(data.desc ?? data.data) }];
  if (isBag(fail)) return entries(fail);
  if (isBag(errorKeys)) return entries(errorKeys);
  if (Array.isArray(inner)) {
    return inner.filter(isBag).flatMap((one) =>
      "registerUserFailReason" in one ? [{ item: text(one.username), reason: text(one.registerUserFailReason) }] : [],
    );
  }
  return Object.entries(data).flatMap(([name, list]) =>
    /Failed$/.test(name) && Array.isArray(list) ? list.map((item) => ({ item: text(item), reason: name })) : [],
  );
}

const entries = (bag: Bag): Refusal[] => Object.entries(bag).map(([item, reason]) => ({ item, reason: text(reason) }));

/** Thrown for an answer that says that nothing, or not everything, was done. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly kind = "refused";
  constructor(
    readonly operation: string,
    readonly refused: readonly Refusal[],
  ) {
    super(refused.map(({ item, reason }) => [item, reason].filter(Boolean).join(": ")).join("\n") || `${operation} was not done`);
  }
}
