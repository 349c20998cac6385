/** A cause and a remedy. */
export type Advice = [cause: string, remedy: string];

export const errors = {
  kinds: {
    invalid: "Not sent: a value does not fit",
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
  retryable: "The same request may succeed later.",
  byKind: {
    network: [
      "The server could not be reached, the connection broke, or the server does not allow pages from this origin (CORS).",
      "Check the address and your network. The vendors' REST hosts do not answer browsers from other sites: put a proxy of your own between, which passes requests on to the REST host and adds Access-Control-Allow-Origin, and connect to that.",
    ],
    offline: ["The browser is offline.", "Restore the network connection and try again."],
    timeout: ["The server took too long.", "Try again; in the explorer you can allow more time."],
    locked: ["Changes are not allowed on this connection yet.", "Choose “Allow changes” at the top of the page."],
  } satisfies Record<string, Advice>,
};
