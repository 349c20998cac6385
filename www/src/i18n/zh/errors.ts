import type { Text } from "../en";

const NOUNS: Readonly<Record<string, string>> = {
  "a boolean": "布尔值",
  "an integer": "整数",
  "a number": "数字",
  "a string": "字符串",
  "a string or a number": "字符串或数字",
  "an array": "数组",
  "a file": "文件",
  "an object": "对象",
};

/** 参数不符合要求时，包给出的英文说明与对应的中文。 */
const PROBLEMS: readonly [RegExp, string][] = [
  [/^is required$/, "必填"],
  [/^is no parameter of this operation$/, "不是该接口的参数"],
  [/^must not be empty$/, "不能为空"],
  [/^must not hold control characters$/, "不能包含控制字符"],
  [/^must be printable ASCII, since it travels in a header$/, "只能是可打印的 ASCII 字符，因为它在请求头中传送"],
  [/^must not be (.+): it would name another path$/, "不能是 $1：会指向其他路径"],
  [/^must be one of (.+)$/, "必须是以下之一：$1"],
  [/^must be (`.+`) or left out$/, "必须是 $1，或不填"],
  [/^must be (`.+`)$/, "必须是 $1"],
  [/^must be (an? [a-z ]+)$/, "必须是$1"],
];

export const errors: Text["errors"] = {
  kinds: {
    invalid: "未发送：参数不符合要求",
    limited: "未发送：速率已用完",
    network: "没有响应",
    timeout: "响应超时",
    aborted: "已放弃",
    service: "平台拒绝了请求",
    decode: "有响应，但无法解读",
    locked: "未发送：只读",
    refused: "有响应，但未全部完成",
    unknown: "失败",
  },
  operation: "接口",
  status: "状态码",
  code: "错误码",
  description: "说明",
  attempts: "尝试次数",
  field: "参数",
  body: "原始响应",
  cause: "原因",
  remedy: "处理办法",
  docs: "文档",
  mayHaveArrived: "请求可能已经到达：再次发送前请先确认。",
  problem: (english) => {
    const [, place, field = "", reason = ""] = /^([\w.]+: )?(\S+) (is .*|must .*)$/s.exec(english) ?? [];
    const found = PROBLEMS.map(([pattern, chinese]) => (pattern.test(reason) ? reason.replace(pattern, chinese) : undefined)).find(Boolean);
    return found && `${place ?? ""}${field} ${found.replace(/必须是(an? [a-z ]+)$/, (_, noun: string) => `必须是${NOUNS[noun] ?? noun}`)}`;
  },
  retryable: "稍后重试可能成功。",
  byKind: {
    network: [
      "无法访问服务器，或连接中断。",
      "请检查地址、服务器是否在运行，以及网络。若服务器在运行，可能是它不允许其他站点的页面访问（CORS）。",
    ],
    cors: [
      "服务器有响应，但不允许此页面调用（CORS）。厂商的 REST 主机不允许任何页面直接调用。",
      "请通过代理连接：由它把请求转发到 REST 主机，响应时带上 `Access-Control-Allow-Origin`，并用 `Access-Control-Allow-Headers` 允许 `Authorization` 和 `Content-Type`。在自己的机器上可以用沙箱代理：以 `agora-chat-sandbox --proxy` 加 REST 地址启动，然后用你的应用连接沙箱的地址。如果本页面不是由本机提供的，再加上 `--allow-origin` 和本页面的源。",
    ],
    offline: ["浏览器处于离线状态。", "请恢复网络后重试。"],
    timeout: ["服务器响应太慢。", "请重试；在接口调试中可以延长等待时间。"],
    locked: ["这个连接还没有允许修改。", "请点击页面顶部的“允许修改”。"],
  },
};
