/** Names whose values are secrets; a test holds them against the catalogue's. */
const SECRET_NAMES = /(^|[_-])(token|secret)$|password$|^authorization$|^app_?certificate$/i;

const MASK = "***";

/** The same value with every secret member masked. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAMES.test(name) && (typeof member === "string" || typeof member === "number") && member !== ""
        ? MASK
        : masked(member),
    ]),
  );
}

/** The same object without what was masked. */
export function unmasked(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !JSON.stringify(value ?? null).includes(`"${MASK}"`)));
}

/** The same text with the secrets of its JSON masked; other text passes unless it looks like a token. */
export function maskedText(text: string): string {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.stringify(masked(JSON.parse(text)));
    } catch {
      // Not JSON after all.
    }
  }
  return text.replace(/\b(Bearer\s+)[\w.~+/=-]+/g, `$1${MASK}`).replace(/\b(007|YWMt)[\w+/=-]{20,}/g, MASK);
}

/** Headers with the credentials masked. */
export function maskedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /^authorization$/i.test(name) ? value.replace(/^(\w+\s+)?.*/, (_, scheme: string | undefined) => `${scheme ?? ""}${MASK}`)
      : SECRET_NAMES.test(name) ? MASK
      : value,
    ]),
  );
}
