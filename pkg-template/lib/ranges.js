// @ts-check

/** Whole numbers, kept as ranges `[from, to)`: what is done of a long list is few of them. */
export class Ranges {
  /** @type {[from: number, to: number][]} */
  #list = [];
  size = 0;
  /** Whether it was made of ranges: in order, and apart. */
  valid = true;

  /** @param {unknown} [given] What `list` gave, perhaps through JSON. */
  constructor(given = []) {
    let last = 0;
    for (const range of Array.isArray(given) ? given : [undefined]) {
      const [from, to] = Array.isArray(range) ? range : [];
      this.valid &&= Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= last && to > from;
      if (!this.valid) return;
      this.#list.push([from, to]);
      this.size += to - from;
      last = to;
    }
  }

  /** Behind the last. */
  get end() {
    return this.#list.at(-1)?.[1] ?? 0;
  }

  list() {
    return this.#list.map(([from, to]) => /** @type {[number, number]} */ ([from, to]));
  }

  /** How many ranges begin at `n` or before it. @param {number} n */
  #upTo(n) {
    let [low, high] = [0, this.#list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle][0] <= n) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {number} n */
  has(n) {
    return (this.#list[this.#upTo(n) - 1]?.[1] ?? 0) > n;
  }

  /** Adds a number that is not yet there. @param {number} n */
  add(n) {
    const at = this.#upTo(n);
    const [before, after] = [this.#list[at - 1], this.#list[at]];
    this.size++;
    if (before?.[1] === n && after?.[0] === n + 1) {
      before[1] = after[1];
      this.#list.splice(at, 1);
    } else if (before?.[1] === n) before[1] = n + 1;
    else if (after?.[0] === n + 1) after[0] = n;
    else this.#list.splice(at, 0, [n, n + 1]);
  }
}
