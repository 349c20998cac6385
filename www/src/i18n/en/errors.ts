/** A cause and a remedy. */
export type Advice = [cause: string, remedy: string];

export const errors = {
  kinds: {
    invalid: "Not sent: a value does not fit",
    limited: "Not sent: the rate is used up",
    network: "No answer",
    timeout: "No answer in time",
    aborted: "Given up",
    service: "Refused by the platform",
    decode: "Answered, but unreadable",
    locked: "Not sent: read-only",
    refused: "Answered, but not done for all",
    unknown: "Failed",
  },
  operation: "Operation",
  status: "Status",
  code: "Code",
  description: "Description",
  attempts: "Attempts",
  field: "Parameter",
  body: "Answer as it came",
  cause: "Cause",
  remedy: "Remedy",
  docs: "Documentation",
  mayHaveArrived: "The request may have arrived all the same: look before you send it again.",
  /** What the package says of a value that does not fit; nothing where it has no words for it. */
  problem: (english: string): string | undefined => english,
  retryable: "The same request may succeed later.",
  byKind: {
    network: [
      "The server could not be reached, or the connection broke.",
      "Check the address, whether the server runs, and your network. If it runs, it may not allow pages of other sites (CORS).",
    ],
    cors: [
      "The server answers, but does not allow this page to call it (CORS). The vendors' REST hosts allow no page.",
      "Connect through a proxy that passes requests on to the REST host and answers with `Access-Control-Allow-Origin`, and with `Access-Control-Allow-Headers` for `Authorization` and `Content-Type`. On your own machine the sandbox can do it: start `agora-chat-sandbox --proxy` with the REST address, and connect to the sandbox's address with your app. If this page does not come from your own machine, add `--allow-origin` with the page's origin.",
    ],
    offline: ["The browser is offline.", "Restore the network connection and try again."],
    timeout: ["The server took too long.", "Try again; in the explorer you can allow more time."],
    locked: ["Changes are not allowed on this connection yet.", "Choose “Allow changes” at the top of the page."],
  } satisfies Record<string, Advice>,
};
