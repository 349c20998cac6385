// @ts-check
// Where the texts within JSON end. By hand, not by a regular expression: these go back over a text that does not end, and
// run out of stack on a long one, and whoever can send us a request chooses the text.

/**
 * Behind the quote that ends a text, or -1 if it does not end.
 *
 * @param {string} json
 * @param {number} start Where its first quote is.
 */
export function textEnd(json, start) {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (first - 1 > start && json[first - 1] === "\\") first--;
    // Each backslash stands before one quote at most, so each is counted once.
    if ((end - first) % 2 === 0) return end + 1;
  }
  return -1;
}
