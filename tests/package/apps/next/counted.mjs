const agora = { appId: "970ca35de60c44645bbae8a215061b33", appCertificate: "5cfd2fd1755d40ecb72977518be15d3b" };

/** What the server counted: two numbers that no two requests share, of a read and of a file. */
export async function counted(ChatAdmin) {
  const chat = new ChatAdmin({ baseUrl: process.env.API, app: "demo#chat", auth: agora });
  const { nickname } = await chat.users.get({ username: "counter" });
  const file = await chat.files.download({ file_uuid: "counter" });
  return `${nickname} ${await file.text()}`;
}

/** A route: `?scenario` runs all that an app does with the package, without it the server counts. */
export const route = (pkg, scenario, environment) => async (request) => {
  try {
    const all = new URL(request.url).searchParams.has("scenario");
    return new Response(all ? await scenario(pkg, process.env.API, environment) : await counted(pkg.ChatAdmin));
  } catch (error) {
    return new Response(`FAILED ${error?.stack ?? error} ${error?.cause ?? ""}`, { status: 500 });
  }
};
