// @ts-check
// The constructor's defaults where there is an environment: variables that begin with AGORA_CHAT_.
import { ChatError } from "./error.js";

/** Which variable an option may come from. */
const VARIABLES = {
  baseUrl: "AGORA_CHAT_BASE_URL",
  app: "AGORA_CHAT_APP",
  "app.id": "AGORA_CHAT_APP_ID",
  "auth.appId": "AGORA_CHAT_APP_ID",
  "auth.appCertificate": "AGORA_CHAT_APP_CERTIFICATE",
  "auth.clientId": "AGORA_CHAT_CLIENT_ID",
  "auth.clientSecret": "AGORA_CHAT_CLIENT_SECRET",
  "auth.token": "AGORA_CHAT_TOKEN",
  dialect: "AGORA_CHAT_DIALECT",
  logLevel: "AGORA_CHAT_LOG",
};

const SECRETS = "AGORA_CHAT_APP_CERTIFICATE with AGORA_CHAT_APP_ID, AGORA_CHAT_CLIENT_SECRET with AGORA_CHAT_CLIENT_ID, or AGORA_CHAT_TOKEN";

/**
 * What a platform with an environment does with a constructor's options.
 *
 * @param {(name: string) => string | undefined} read
 */
export function environment(read) {
  const variable = (/** @type {keyof typeof VARIABLES} */ field) => read(VARIABLES[field]) || undefined;
  return {
    /** The options, what is missing in them taken from the environment. @param {any} options */
    complete(options) {
      // Whoever gives something else is told so by the checks that follow.
      if (typeof options !== "object" || options === null) return options;
      const completed = { ...options };
      completed.baseUrl ??= variable("baseUrl");
      completed.dialect ??= variable("dialect");
      completed.app ??= variable("app") ?? (variable("app.id") && { id: variable("app.id") });
      completed.auth ??= authentication(variable);
      if (!completed.logger) completed.logLevel ??= variable("logLevel");
      return completed;
    },
    named,
  };
}

/** @param {(field: keyof typeof VARIABLES) => string | undefined} variable */
function authentication(variable) {
  const token = variable("auth.token");
  if (token) return { token };
  const [appCertificate, clientId, clientSecret] = [variable("auth.appCertificate"), variable("auth.clientId"), variable("auth.clientSecret")];
  if (appCertificate) return { appId: variable("auth.appId"), appCertificate };
  return clientId || clientSecret ? { clientId, clientSecret } : undefined;
}

/**
 * The error of options that do not fit, which names the variable that they came from or can come from.
 *
 * @param {any} error
 * @param {any} options As they were given.
 */
function named(error, options) {
  const { field = "" } = error;
  const [option] = field.split(".");
  const variable = field === "auth" ? SECRETS : /** @type {Record<string, string>} */ (VARIABLES)[field];
  // What was given is not the environment's fault.
  if (!variable || (options?.[option] ?? undefined) !== undefined) return error;
  return new ChatError({ kind: "invalid", message: `${error.message}; without the option ${option}, ${variable} is read`, field });
}
