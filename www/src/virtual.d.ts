declare module "virtual:sandbox" {
  /** Makes a sandbox that runs in the page; absent when the package has none. */
  export const createSandbox: typeof import("agora-chat-admin/sandbox").createSandbox | undefined;
}
