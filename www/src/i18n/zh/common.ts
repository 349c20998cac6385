import type { Text } from "../en";

export const common: Text["common"] = {
  product: "Agora Chat 管理台",
  skip: "跳到正文",
  menu: "菜单",
  menus: "菜单与提示",
  close: "关闭",
  cancel: "取消",
  remove: "移除",
  retry: "重试",
  reload: "刷新",
  copy: "复制",
  copied: "已复制",
  notCopied: "浏览器不允许此页面使用剪贴板。请选中文本后手动复制。",
  download: "下载",
  yes: "是",
  no: "否",
  more: "更多",
  actions: "操作",
  details: "详情",
  loading: "加载中…",
  language: "语言",
  theme: "主题",
  followSystem: "跟随系统",
  followBrowser: "跟随浏览器",
  light: "浅色",
  dark: "深色",
  help: "键盘与帮助",
  disconnect: "断开",
  notFound: "没有这个页面。",
  home: "回到首页",
  loadFailed: "页面的这一部分没有加载成功，可能刚更新过：请刷新页面。",
  crashed: "页面的这一部分出错了。",
  required: "必填",
  notSet: "未设置",
  seconds: (n) => `${n} 秒`,
  ms: (n) => (n < 1000 ? `${Math.round(n)} 毫秒` : `${(n / 1000).toFixed(n < 10_000 ? 2 : 1)} 秒`),
};

export const nav: Text["nav"] = {
  manage: "管理",
  send: "发送",
  tools: "工具",
  users: "用户",
  groups: "群组",
  rooms: "聊天室",
  moderation: "内容管控",
  messages: "发消息",
  history: "历史消息",
  push: "推送",
  files: "文件",
  explorer: "接口调试",
  log: "调用日志",
  tokens: "令牌",
  sandbox: "沙箱",
  connect: "连接",
};

export const lock: Text["lock"] = {
  readOnly: "只读",
  unlocked: "可修改",
  unlock: "允许修改",
  lock: "改为只读",
  title: "允许修改？",
  why: "这个连接目前是只读的，以免误改数据。要允许修改吗？断开连接或刷新页面后会恢复只读。",
  production: (app) => `这是生产环境的应用。请输入应用名 ${app} 以允许修改。`,
  typeApp: "应用名",
};

export const environments: Text["environments"] = {
  production: "生产环境",
  test: "测试环境",
  sandbox: "沙箱",
  demo: "演示",
  productionNote: (app, open) => `生产环境：${app} · ${open ? "可修改" : "只读"}`,
};

export const list: Text["list"] = {
  loaded: (n, more) => (more ? `已加载 ${n} 条，还有更多` : `共 ${n} 条`),
  shown: (shown, n) => `已加载 ${n} 条，显示 ${shown} 条`,
  loadMore: "加载更多",
  loadAll: "全部加载",
  stop: "停止",
  empty: "这里还没有内容。",
  noMatch: "已加载的内容里没有符合筛选条件的。",
  failed: "列表加载失败。",
  searchAll: "还有内容未加载；筛选只在已加载的内容里进行。",
  filterLoaded: "筛选已加载的内容",
  columns: "列",
  export: "导出",
  exportCsv: "CSV",
  exportJsonl: "JSON Lines",
  selected: (n) => `已选 ${n} 项`,
  clearSelection: "取消选择",
  selectRow: (name) => `选择 ${name}`,
  actionsFor: (name) => `对 ${name} 的操作`,
  selection: "选择",
  selectAll: "全选",
};

export const confirm: Text["confirm"] = {
  irreversible: "此操作无法撤销。",
  typeName: (name) => `请输入 ${name} 以确认。`,
};

export const keys: Text["keys"] = {
  title: "键盘",
  search: "搜索，或筛选列表",
  help: "本帮助",
  escape: "关闭打开的窗口",
  goTo: (place) => `前往${place}`,
  then: "再按",
  arrows: "在菜单和表格中移动",
  submit: "发送表单",
};

/** 组件库里原本只有英文的名称。 */
export const library: Text["library"] = {
  close: "关闭",
  choice: "选项",
  increase: "增加",
  decrease: "减少",
  expanded: "已展开",
  collapsed: "已折叠",
  icons: {
    "close-circle": "清除",
    close: "关闭",
    search: "搜索",
    eye: "隐藏",
    "eye-invisible": "显示",
    left: "上一个",
    right: "下一个",
    delete: "删除",
  },
};
