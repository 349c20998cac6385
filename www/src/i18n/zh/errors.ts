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
      "无法访问服务器、连接中断，或服务器不允许来自本站点的页面（CORS）。",
      "请检查地址和网络。厂商的 REST 主机不响应其他站点的浏览器请求：请自建一个代理，把请求转发到 REST 主机并添加 Access-Control-Allow-Origin，然后连接到该代理。",
    ],
    offline: ["浏览器处于离线状态。", "请恢复网络后重试。"],
    timeout: ["服务器响应太慢。", "请重试；在接口调试中可以延长等待时间。"],
    locked: ["这个连接还没有允许修改。", "请点击页面顶部的“允许修改”。"],
  },
};
