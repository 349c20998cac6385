// Compiled with `tsc --strict`, never run: the events of callbacks, by type.
import {
  allow,
  block,
  constructEvent,
  generateTestEvent,
  handler,
  nodeHandler,
  type CallbackEvent,
  type EventOf,
  type MessageBody,
} from "agora-chat-admin/callbacks";
import { ChatError, type Help } from "agora-chat-admin";

export async function right(request: Request): Promise<void> {
  const event: CallbackEvent = await constructEvent(await request.text(), "secret", { tolerance: 1000 });
  switch (event.type) {
    case "chat.text":
      event.body.payload.bodies[0]?.msg.trim();
      event.body.chat_type satisfies "chat";
      event.presend satisfies false;
      break;
    case "room.mute.added":
      event.body.payload.is_chatroom satisfies true;
      event.body.payload.operation satisfies "add_mute";
      event.body.payload.status.error_code.trim();
      break;
    case "groupOp.join.direct":
      event.body.payload.member.map((name) => name.trim());
      break;
    case "unknown":
      event.body["anything"] satisfies unknown;
  }
  if (event.presend) event.type satisfies `presend.${string}`;
  const body: MessageBody = (event as EventOf<"message.offline">).body.payload.bodies[0]!;
  if (body.type === "img") body.url.trim();
  const answer: Response = await handler({
    secret: ["old", "new"],
    on: {
      "presend.text": ({ body }) => (body.payload.msg ? allow({ priority: "low" }) : block("empty")),
      "presend.*": () => undefined,
      "group.mute.*": ({ type }) => void (type satisfies "group.mute.added" | "group.mute.removed"),
      "*": async ({ key }) => void key.trim(),
    },
  })(request);
  generateTestEvent("user.login", { os: "ios" }, "secret").ip.trim();
  const help: Help | undefined = await (new Error() as ChatError).help();
  void [answer, help?.zh.remedy];
}

export function wrong(event: CallbackEvent): void {
  // @ts-expect-error: not known before the type is
  event.body.payload.bodies;
  if (event.type === "chat.image") {
    // @ts-expect-error: an image has no text
    event.body.payload.bodies[0]?.msg;
  }
  // @ts-expect-error: no such event
  if (event.type === "chat.txt") void event;
  // @ts-expect-error: no such event
  void generateTestEvent("chat.txt");
  // @ts-expect-error: no number
  void generateTestEvent("user.login", { os: 7 });
  // @ts-expect-error: the secret is missing
  void handler({ on: {} });
  // @ts-expect-error: no such event
  void handler({ secret: "s", on: { "chat.txt": () => {} } });
  // @ts-expect-error: no such events
  void nodeHandler({ secret: "s", on: { "chats.*": () => {} } });
  // @ts-expect-error: no reply
  void handler({ secret: "s", on: { "presend.text": () => "no" } });
  // @ts-expect-error: only before delivery can it be blocked
  void handler({ secret: "s", on: { "chat.text": () => block() } });
  // @ts-expect-error: no such priority
  allow({ priority: "urgent" });
}
