//! What the pages of `docs/reference` say around the table's texts, in both languages.

use super::doc;
use agora_chat_admin::{
    operation::{Operation, Place, Rate},
    shape::{Field, Shape},
};

/// What is the same on every page, in both languages.
pub(crate) struct Words {
    pub(crate) folder: &'static str,
    pub(crate) other: (&'static str, &'static str),
    pub(crate) resources: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) parameter: &'static str,
    pub(crate) member: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) place: &'static str,
    pub(crate) places: fn(Place) -> &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) required: &'static str,
    pub(crate) returns: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) file: &'static str,
    pub(crate) rate: &'static str,
    pub(crate) no_rate: &'static str,
    pub(crate) shared: fn(&str) -> String,
    pub(crate) repeats: [&'static str; 2],
    pub(crate) cursor: &'static str,
    pub(crate) numbers: &'static str,
    pub(crate) batch: fn(u32, &str) -> String,
    pub(crate) told: &'static str,
    pub(crate) only: fn(&str) -> String,
    pub(crate) elsewhere: fn(&str) -> String,
    pub(crate) open: &'static str,
    pub(crate) older: fn(&str) -> String,
    pub(crate) source: &'static str,
    pub(crate) refusals: &'static str,
    pub(crate) types: &'static str,
    pub(crate) value: &'static str,
    pub(crate) variants: fn(&str, Option<&str>) -> String,
    pub(crate) errors: [&'static str; 5],
    pub(crate) callbacks: [&'static str; 4],
    pub(crate) unsigned: &'static str,
    pub(crate) rates: fn(&Operation) -> String,
    pub(crate) limits: fn(&Field) -> String,
}

pub(crate) const ENGLISH: Words = Words {
    folder: "en",
    other: ("zh", "中文"),
    resources: "All resources",
    intro: "Every operation, by resource. Parameter names are the platform's. `chat` is a `ChatAdmin`, `client` a Rust `Client`. \
            What applies to all: [errors](errors.md). What the platform sends: [callbacks](callbacks.md). \
            What else the npm package has: [package](package.md).",
    operation: "operation",
    purpose: "what it does",
    parameter: "parameter",
    member: "member",
    kind: "type",
    place: "in",
    places: Place::as_str,
    meaning: "meaning",
    required: " (required)",
    returns: "Returns",
    nothing: "Returns nothing.",
    file: "Returns a file: a stream, bytes, text, or saved to a path.",
    rate: "Limit per app: ",
    no_rate: "not documented",
    shared: |pool| format!(", shared with the other operations of `{pool}`"),
    repeats: [
        "Retries: only after what proves that it was not done: a throttle, 503 with `Retry-After`, a connection that was never made.",
        "Retries: when throttled, after any 5xx and 408, and after a lost connection, since a repeat is harmless.",
    ],
    cursor: "Comes in pages by cursor: `.all()` gives every item, `.pages()` every page.",
    numbers: "Comes in numbered pages: `.all()` gives every item, `.pages()` every page.",
    batch: |max, field| format!("At most {max} `{field}` a request; `.each()` takes any number."),
    told: " An answer with status 200 may name some as refused: `.each()` gives these an outcome of their own.",
    only: |vendor| format!("Documented by {vendor} only."),
    elsewhere: |place| format!("Easemob: in the {place}."),
    open: "Sent without a token.",
    older: |form| format!("Older form, by the option `form`: {form}."),
    source: "The platform's page",
    refusals: "Refused with, beside the [errors of all operations](errors.md):",
    types: "Types",
    value: "value",
    variants: |tag, content| match content {
        Some(content) => format!("`{tag}` says which; the members are in `{content}`."),
        None => format!("`{tag}` says which; the members stand beside it."),
    },
    errors: [
        "Errors",
        "What the platform's errors mean. In code: `await error.help()`.",
        "error",
        "likely cause",
        "remedy",
    ],
    callbacks: [
        "Callbacks",
        "What the platform tells your server. `agora-chat-admin/callbacks` verifies, types and answers it; in TypeScript each \
         type has its body. The samples are as `generateTestEvent` makes them, before they are signed.",
        "event",
        "when",
    ],
    unsigned: "Sent without a signature.",
    rates: doc::limit,
    limits: doc::limits,
};

pub(crate) const CHINESE: Words = Words {
    folder: "zh",
    other: ("en", "English"),
    resources: "全部资源",
    intro: "按资源列出的全部接口。参数名与平台一致。`chat` 为 `ChatAdmin`，`client` 为 Rust 的 `Client`。通用错误见[错误](errors.md)，平台发来的内容见[回调](callbacks.md)，npm 包的其他导出见[包](../en/package.md)（英文）。",
    operation: "接口",
    purpose: "用途",
    parameter: "参数",
    member: "字段",
    kind: "类型",
    place: "位置",
    places: |place| match place {
        Place::Path => "路径",
        Place::Query => "查询",
        Place::Header => "请求头",
        Place::Body | Place::Flatten => "请求体",
        Place::Part => "表单项",
        Place::File => "文件",
        Place::Whole => "整个请求体",
    },
    meaning: "说明",
    required: "（必填）",
    returns: "返回",
    nothing: "无返回值。",
    file: "返回文件：可作为流、字节、文本读取，或保存到路径。",
    rate: "每个应用的频率限制：",
    no_rate: "文档未记载",
    shared: |pool| format!("，与 `{pool}` 的其他接口共用"),
    repeats: [
        "重试：仅在确知未执行时：被限流、503 并带 `Retry-After`、连接未能建立。",
        "重试：被限流、任何 5xx 与 408、连接中断时均会重发，重复执行无害。",
    ],
    cursor: "按游标分页：`.all()` 逐条返回，`.pages()` 逐页返回。",
    numbers: "按页码分页：`.all()` 逐条返回，`.pages()` 逐页返回。",
    batch: |max, field| format!("每次请求最多 {max} 个 `{field}`；`.each()` 数量不限。"),
    told: "状态为 200 的应答也可能指出个别条目被拒绝：`.each()` 会为其单独给出结果。",
    only: |vendor| format!("仅{}文档记载。", if vendor == "Agora" { "声网" } else { "环信" }),
    elsewhere: |place| format!("环信：位于{place}。"),
    open: "不带令牌发送。",
    older: |form| format!("旧形式（选项 `form`）：{form}。"),
    source: "平台文档",
    refusals: "除[通用错误](errors.md)外，拒绝时返回：",
    types: "类型",
    value: "取值",
    variants: |tag, content| match content {
        Some(content) => format!("由 `{tag}` 区分，字段位于 `{content}` 中。"),
        None => format!("由 `{tag}` 区分，字段与其并列。"),
    },
    errors: ["错误", "平台错误的含义。在代码中：`await error.help()`。", "错误", "可能的原因", "处理办法"],
    callbacks: [
        "回调",
        "平台通知你的服务器的内容。`agora-chat-admin/callbacks` 负责验证、定型和应答；在 TypeScript 中每种类型都有对应的 body。示例即 `generateTestEvent` 生成的内容（签名之前）。",
        "事件",
        "何时发送",
    ],
    unsigned: "发送时不带签名。",
    rates: |operation| {
        let one = |r: &Rate| {
            let per = match r.seconds {
                1 => "秒".to_owned(),
                60 => "分钟".to_owned(),
                3_600 => "小时".to_owned(),
                86_400 => "天".to_owned(),
                n => format!("{n} 秒"),
            };
            format!("{} {}/{per}", r.count, if r.items { "条" } else { "次" })
        };
        let all = |rates: &[Rate]| rates.iter().map(one).collect::<Vec<_>>().join("，");
        let (every, own) = (all(operation.rates), all(operation.easemob_rates));
        if own.is_empty() { every } else { format!("{every}；环信：{own}") }
    },
    limits: |field| {
        let unit = match doc::inner(field.shape) {
            Shape::String | Shape::Secret | Shape::Scalar => " 个字符",
            Shape::List(_) | Shape::Map(_) => " 项",
            _ => "",
        };
        let range = match (field.limits.min, field.limits.max) {
            (Some(a), Some(b)) => format!("{a} 至 {b}{unit}。"),
            (Some(a), None) => format!("至少 {a}{unit}。"),
            (None, Some(b)) => format!("最多 {b}{unit}。"),
            (None, None) => String::new(),
        };
        range + &field.limits.default.map(|d| format!("默认 {d}。")).unwrap_or_default()
    },
};
