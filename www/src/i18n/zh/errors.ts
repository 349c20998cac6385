import type { Text } from "../en";

export const errors: Text["errors"] = {
  kinds: {
    invalid: "未发送：参数不符合要求",
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
  retryable: "稍后重试可能成功。",
  byKind: {
    network: [
      "无法访问服务器，或连接中断。",
      "请检查地址、服务器是否在运行，以及网络。若服务器在运行，可能是它不允许其他站点的页面访问（CORS）。",
    ],
    cors: [
      "服务器有响应，但不允许此页面调用（CORS）。厂商的 REST 主机不允许任何页面直接调用。",
      "请通过代理连接：由它把请求转发到 REST 主机，响应时带上 `Access-Control-Allow-Origin`，并用 `Access-Control-Allow-Headers` 允许 `Authorization` 和 `Content-Type`。",
    ],
    offline: ["浏览器处于离线状态。", "请恢复网络后重试。"],
    timeout: ["服务器响应太慢。", "请重试；在接口调试中可以延长等待时间。"],
    locked: ["这个连接还没有允许修改。", "请点击页面顶部的“允许修改”。"],
  },
};
