/** 参数说明，以英文说明为键。 */
export const parameters: Readonly<Record<string, string>> = {
  "The user ID: letters, digits, `_`, `-` and `.`.": "用户 ID：字母、数字、`_`、`-` 和 `.`。",
  "The login password.": "登录密码。",
  "The name that push notifications show; not the profile's nickname.": "推送通知中显示的名字，不是用户属性中的昵称。",
  "The user ID.": "用户 ID。",
  "The name that push notifications show.": "推送通知中显示的名字。",
  "The users to register.": "要注册的用户。",
  "How many users a page holds.": "每页的用户数。",
  "How many entries a page holds.": "每页的条数。",
  "Where the previous page ended.": "上一页结束的位置。",
  "How many users to delete.": "要删除的用户数。",
  "Where the previous call ended.": "上次调用结束的位置。",
  "The new password.": "新密码。",
  "The device's resource ID, as `users.devices.list` gives it.": "设备的资源 ID，见 `users.devices.list`。",
  "The user IDs.": "用户 ID 列表。",
  "The message ID.": "消息 ID。",
  "For how many seconds in one-to-one chats; 0 unmutes, -1 is for ever.": "单聊禁言的秒数；0 解除禁言，-1 永久。",
  "For how many seconds in groups; 0 unmutes, -1 is for ever.": "群聊禁言的秒数；0 解除禁言，-1 永久。",
  "For how many seconds in chat rooms; 0 unmutes, -1 is for ever.": "聊天室禁言的秒数；0 解除禁言，-1 永久。",
  "The page, from 1.": "页码，从 1 开始。",
  "The client ID.": "Client ID。",
  "The client secret.": "Client Secret。",
  "For how many seconds it is valid; 0 is for ever. Milliseconds on the VIP5 cluster.":
    "有效秒数；0 为永久。VIP5 集群以毫秒计。",
  "Whether to register the user if there is none of that ID.": "用户不存在时是否注册。",
  "The user's password.": "用户的密码。",
  "The group's name.": "群组名称。",
  "The URL of the group's picture.": "群组头像的 URL。",
  "What the group is about.": "群组描述。",
  "Whether the group can be found, so that users may ask to join; a private one takes invited users only.":
    "群组能否被搜索到并申请加入；私有群只能邀请加入。",
  "How many members the group may have, the owner included.": "群组人数上限，含群主。",
  "Whether ordinary members may invite others; `false` by default. Private groups only: a public one starts with `false`.":
    "是否允许普通成员邀请他人；默认 `false`。仅私有群可设：公开群创建时为 `false`。",
  "Whether a request to join needs approval; `false` by default. Public groups only.":
    "申请加入是否需要审批；默认 `false`。仅公开群。",
  "Whether an invited user must accept before joining; Easemob's default is `true`, Agora names none.":
    "被邀请的用户是否需要同意后才加入；环信默认 `true`，声网没有说明默认值。",
  "The user ID of the owner.": "群主的用户 ID。",
  "The user IDs of the first members, without the owner.": "首批成员的用户 ID，不含群主。",
  "Data of the app's own, at most 8 KB; some pages of the platform say 1024 characters.":
    "应用自定义的数据，最多 8 KB；平台的部分文档为 1024 个字符。",
  "A group ID of the app's choice; a paid feature that only the official Java SDK documents.":
    "由应用指定的群组 ID；付费功能，仅官方 Java SDK 有记载。",
  "`large` makes a group for more than 3000 members, without offline push; only the official Java SDK documents it.":
    "`large` 创建 3000 人以上、不支持离线推送的群组；仅官方 Java SDK 有记载。",
  "Whether the name is moderated; a paid feature that only the official Java SDK documents.":
    "是否审核名称；付费功能，仅官方 Java SDK 有记载。",
  "The group.": "群组。",
  "The group IDs.": "群组 ID 列表。",
  "The user ID of the new owner, who must be a member.": "新群主的用户 ID，必须是群成员。",
  "The group's name; Agora requires it, wants no `/` in it, and takes `+` for a space.":
    "群组名称；声网必填，不能含 `/`，并把 `+` 当作空格。",
  "What the group is about; Agora requires it, wants no `/` in it, and takes `+` for a space.":
    "群组描述；声网必填，不能含 `/`，并把 `+` 当作空格。",
  "How many members the group may have, the owner included; Agora names 2000 as the most.":
    "群组人数上限，含群主；声网最大为 2000。",
  "Whether a request to join needs approval.": "申请加入是否需要审批。",
  "Whether ordinary members may invite others.": "是否允许普通成员邀请他人。",
  "Whether an invited user must accept before joining.": "被邀请的用户是否需要同意后才加入。",
  "Data of the app's own.": "应用自定义的数据。",
  "Whether the group can be found, so that users may ask to join; Agora requires it.":
    "群组能否被搜索到并申请加入；声网必填。",
  "Whether the new name is moderated; a paid feature that only the official Java SDK documents.":
    "是否审核新名称；付费功能，仅官方 Java SDK 有记载。",
  "How many groups a page holds.": "每页的群组数。",
  "How many groups a page holds; a larger size gives 20.": "每页的群组数；超过上限时按 20 返回。",
  "The page, from 0.": "页码，从 0 开始。",
  "The text.": "文本。",
  "How many files a page holds; a larger size gives 1000.": "每页的文件数；超过上限时按 1000 返回。",
  "Whether only members can see the file. Older pages of Easemob alone document it.":
    "是否仅群成员可访问该文件。仅环信的旧文档有记载。",
  "The file.": "文件。",
  "The file, as `groups.files.list` and `groups.files.upload` name it.":
    "文件 ID，见 `groups.files.list` 和 `groups.files.upload`。",
  "How many members a page holds; 1000 is both default and most at Easemob, where a larger size gives 1000.":
    "每页的成员数；环信的默认值和最大值都是 1000，超过时按 1000 返回。",
  "Whether to tell when each member joined; `false` by default. Easemob alone documents it.":
    "是否返回成员的加入时间；默认 `false`。仅环信有记载。",
  "`asc` or `desc`, in the order of joining. The official Java SDK alone documents it.":
    "`asc` 或 `desc`，按加入顺序。仅官方 Java SDK 有记载。",
  "How many members a page holds.": "每页的成员数。",
  "`asc` or `desc`, in the order of joining.": "`asc` 或 `desc`，按加入顺序。",
  "Whether the members are told; `true` by default. Easemob alone documents it.":
    "是否通知成员；默认 `true`。仅环信有记载。",
  "Names, of letters, digits and `_` and at most 16 bytes, with values of at most 512 bytes; an empty value removes the attribute.":
    "属性名由字母、数字和 `_` 组成，最多 16 字节；属性值最多 512 字节，空值表示删除该属性。",
  "The members, each with the attributes to set.": "成员及要设置的属性。",
  "The names of the attributes; none for all.": "属性名；不填则返回全部。",
  "For how long, in milliseconds; -1 is for ever, 0 unmutes.": "时长（毫秒）；-1 永久，0 解除禁言。",
  "Whether to answer with message IDs; default: no.": "是否返回消息 ID；默认否。",
  "What the targets are.": "目标的类型。",
  "The user, group or chat room IDs.": "用户、群组或聊天室的 ID。",
  "The message.": "消息。",
  "The sender's user ID; default `admin`.": "发送方的用户 ID；默认 `admin`。",
  "Members of the app's own, and settings of the push.": "应用自定义的字段和推送设置。",
  "Who gets the message; default: everyone, when they come online.": "投递给谁；默认所有人，离线者上线后收到。",
  "Whether the sender's own devices get the message too; default: no.": "是否同步到发送方自己的设备；默认否。",
  "How soon chat rooms deliver it; default `normal`.": "聊天室消息的投递优先级；默认 `normal`。",
  "The user, group or chat room that the message was sent to.": "消息发往的用户、群组或聊天室。",
  "What kind of conversation it is in.": "会话类型。",
  "Who recalls it; default `admin`.": "由谁撤回；默认 `admin`。",
  "Whether to recall a one-to-one message on all online devices of the sender too; default: yes. With `force`, on a message that is past the period, `from` must be the sender for it.":
    "撤回单聊消息时，是否也从发送方的所有在线设备撤回；默认是。若用 `force` 撤回超过时限的消息，`from` 必须是发送方。",
  "Whether to recall it even past the recall period; default: no. Easemob requires it.":
    "是否撤回超过时限的消息；默认否。环信必填。",
  "What receiving clients are told along with the recall. Documented by Easemob alone.":
    "随撤回通知接收端的内容。仅环信有记载。",
  "The messages.": "消息列表。",
  "What receiving clients are told along with the recall.": "随撤回通知接收端的内容。",
  "The message ID: digits only.": "消息 ID：只含数字。",
  "The user who changes the message.": "修改消息的用户。",
  "The new content, of the message's own type.": "新内容，类型与原消息相同。",
  "The new `ext`. Agora documents it for custom messages alone.": "新的 `ext`。声网仅对自定义消息有记载。",
  "Whether `new_ext` is merged into the old `ext` rather than put in its place; default: yes.":
    "`new_ext` 是否与原 `ext` 合并而不是替换；默认是。",
  "The receivers' user IDs.": "接收方的用户 ID。",
  "Who does not find this message among the roaming messages.": "漫游消息中看不到此消息的用户。",
  "Members of the app's own, and settings of the push: with `em_ignore_notification` true there is none.":
    "应用自定义的字段和推送设置：`em_ignore_notification` 为 true 时不推送。",
  "When it was sent, in Unix milliseconds; default: now. Documented by Easemob alone.":
    "发送时间，Unix 毫秒；默认当前时间。仅环信有记载。",
  "The sender's user ID.": "发送方的用户 ID。",
  "The receiver's user ID.": "接收方的用户 ID。",
  "Members of the app's own.": "应用自定义的字段。",
  "Whether the conversation is marked as read.": "会话是否标为已读。",
  "When it was sent, in Unix milliseconds; default: now.": "发送时间，Unix 毫秒；默认当前时间。",
  "Whether the platform fetches the attachment and keeps it; its address must be public. Default: no.":
    "平台是否下载并保存附件；附件地址必须公开。默认否。",
  "Whether receivers are asked for read receipts; default: no.": "是否要求接收方发送已读回执；默认否。",
  "The group ID, in a list of one.": "群组 ID，放在只含一个元素的列表中。",
  "The members who get it.": "能收到消息的成员。",
  "Who gets the message; default: all of them, when they come online.": "投递给谁；默认全部，离线者上线后收到。",
  "The group ID.": "群组 ID。",
  "The chat room IDs.": "聊天室 ID 列表。",
  "How soon it is delivered; default `normal`.": "投递优先级；默认 `normal`。",
  "The chat room ID, in a list of one.": "聊天室 ID，放在只含一个元素的列表中。",
  "Whether the sender's own devices get the message too; default: no. No current page documents it; the official Java SDK sends it.":
    "是否同步到发送方自己的设备；默认否。现行文档没有记载，官方 Java SDK 会发送。",
  "The hour, in UTC: `yyyyMMddHH`.": "小时，UTC：`yyyyMMddHH`。",
  "The conversation: the other user's ID, or the group ID.": "会话：对方的用户 ID 或群组 ID。",
  "What kind of conversation it is.": "会话的类型。",
  "Whether its roaming messages are deleted for the user too.": "是否同时为该用户删除漫游消息。",
  "The user whose messages they are.": "消息所属的用户。",
  "The other user.": "对方用户。",
  "The message IDs.": "消息 ID 列表。",
  "Whether the user's online devices delete them too; default: yes.": "用户的在线设备是否同步删除；默认是。",
  "Up to when, in Unix milliseconds.": "截止时间，Unix 毫秒。",
  "The group or chat room ID.": "群组或聊天室 ID。",
  "The file's name, as a part of its own. No page documents it; the official Java SDK sends it.":
    "单独传递的文件名。文档没有记载，官方 Java SDK 会发送。",
  "Whether downloads need the `share-secret`. Easemob enables it on request.":
    "下载是否需要 `share-secret`。环信需申请开通。",
  "The thumbnail's height in pixels, for images above 10 KB; smaller ones are their own thumbnail.":
    "缩略图高度（像素），用于大于 10 KB 的图片；更小的图片自身即缩略图。",
  "The thumbnail's width in pixels, for images above 10 KB; smaller ones are their own thumbnail.":
    "缩略图宽度（像素），用于大于 10 KB 的图片；更小的图片自身即缩略图。",
  "The file's UUID.": "文件的 UUID。",
  "The file's `share-secret`; needed if it was uploaded with `restrict-access`.":
    "文件的 `share-secret`；用 `restrict-access` 上传的文件需要。",
  "The user who sent them.": "发送这些文件的用户。",
  "How long.": "保存多久。",
  "The files' UUIDs.": "文件的 UUID 列表。",
  "The user who gets the contact.": "要添加好友的用户。",
  "The user to add, of the same app.": "要添加的用户，须在同一应用中。",
  "The user who gets the contacts.": "要添加好友的用户。",
  "Whether the users' clients are told; `false` by default.": "是否通知用户的客户端；默认 `false`。",
  "The users to add.": "要添加的用户。",
  "The user who loses the contact.": "要移除好友的用户。",
  "The contact to remove.": "要移除的好友。",
  "The user whose contacts to list.": "要查询好友的用户。",
  "How many contacts a page holds.": "每页的好友数。",
  "Whether to return the remarks; `false` by default.": "是否返回备注；默认 `false`。",
  "The user who keeps the remark.": "设置备注的用户。",
  "The contact that the remark is about.": "备注所指的好友。",
  "The remark.": "备注。",
  "The user who blocks.": "拉黑他人的用户。",
  "The users to block.": "要拉黑的用户。",
  "The user to unblock.": "要移出黑名单的用户。",
  "The attributes, by name.\n\nNames are free, but client SDKs know these, with their longest texts in characters: `nickname` (64), `avatarurl` (256), `phone` (32), `mail` (64), `gender` (`1` male, `2` female, `0` unknown), `sign` (256), `birth` (64), `ext`.":
    "以名称为键的属性。属性名不限，但客户端 SDK 识别以下名称（括号内为最大字符数）：`nickname`（64）、`avatarurl`（256）、`phone`（32）、`mail`（64）、`gender`（`1` 男，`2` 女，`0` 未知）、`sign`（256）、`birth`（64）、`ext`。",
  "The names of the attributes to fetch.": "要获取的属性名。",
  "The device's resource ID: `{platform}_{resource ID}`, for instance `android_123423453246`.":
    "设备的资源 ID：`{platform}_{resource ID}`，例如 `android_123423453246`。",
  "The status: `0` offline, `1` online, any other number of your own choice.":
    "状态：`0` 离线，`1` 在线，其他数字可自定义。",
  "More about the status, in text: at most 1024 bytes.": "状态的文字说明，最多 1024 字节。",
  "The user who subscribes.": "订阅者。",
  "For how many seconds; at most 30 days.": "订阅秒数，最长 30 天。",
  "The users to subscribe to.": "要订阅的用户。",
  "The user who subscribed.": "已订阅的用户。",
  "The users to unsubscribe from.": "要取消订阅的用户。",
  "The user on whose behalf to ask.": "以哪个用户的身份查询。",
  "The users whose presence to fetch.": "要查询在线状态的用户。",
  "What it is: 1 a group, 0 a server of a community app.": "类型：1 群组，0 社区应用的服务器。",
  "The room's name.": "聊天室名称。",
  "The room's description.": "聊天室描述。",
  "The user ID of the owner, who must exist.": "聊天室所有者的用户 ID，用户必须存在。",
  "How many members the room may have, with its owner. Support can raise the maximum.":
    "聊天室人数上限，含所有者。可联系商务提高上限。",
  "The user IDs of the first members, without the owner; no more than `maxusers` allows.":
    "首批成员的用户 ID，不含所有者，不超过 `maxusers`。",
  "Any text to keep with the room: at most 8 KB, on older servers 1,024 characters. Easemob only.":
    "随聊天室保存的任意文本：最多 8 KB，旧服务器为 1,024 个字符。仅环信。",
  "The ID that the room is to have, of `a-z` and `0-9`. Easemob only, where that paid feature is on.":
    "聊天室要使用的 ID，由 `a-z` 和 `0-9` 组成。仅环信，需开通付费功能。",
  "Whether to have the name moderated: a paid feature that only Easemob's Java SDK shows.":
    "是否审核名称：仅环信的 Java SDK 有此付费功能。",
  "Always `large` from Easemob's Java SDK, which alone sends it.": "环信的 Java SDK 总是发送 `large`，其他文档没有。",
  "How many rooms a page holds; Easemob allows 1,000.": "每页的聊天室数；环信允许 1,000。",
  "How many rooms a page holds.": "每页的聊天室数。",
  "The room IDs.": "聊天室 ID 列表。",
  "The room ID.": "聊天室 ID。",
  "The new name.": "新名称。",
  "The new description.": "新描述。",
  "The user ID of the new owner, a member of the room.": "新所有者的用户 ID，须为聊天室成员。",
  "The new text.": "新文本。",
  "The user ID of the member who is to own the attributes.": "将拥有这些属性的成员的用户 ID。",
  "The attributes: keys of at most 128 characters (`a-z`, `A-Z`, `0-9`, `_`, `-`, `.`), values of at most 4,096.":
    "属性：键最多 128 个字符（`a-z`、`A-Z`、`0-9`、`_`、`-`、`.`），值最多 4,096 个字符。",
  "`DELETE`: the attributes go when their owner leaves the room; `NO_DELETE`: they stay. In any case of letters; `DELETE` if left out.":
    "`DELETE`：所有者离开聊天室时删除属性；`NO_DELETE`：保留。不区分大小写；不填为 `DELETE`。",
  "The keys to read; none or an empty list reads all.": "要读取的键；不填或空列表返回全部。",
  "The user ID of the member who owns the attributes.": "拥有这些属性的成员的用户 ID。",
  "The keys to delete. What happens without them is not documented.": "要删除的键。不填时的行为没有记载。",
  "The user ID of who deletes them; need not be in the room.": "执行删除的用户 ID，不必在聊天室中。",
  "The keys to delete.": "要删除的键。",
  "How many members a page holds; more is cut to 1,000.": "每页的成员数；超过时按 1,000 返回。",
  "`asc`: who joined first comes first; `desc`: who joined last, as without it.":
    "`asc`：先加入的在前；`desc`：后加入的在前，不填亦然。",
  "The user IDs: at most 100; some servers stop at 60.": "用户 ID 列表：最多 100 个，部分服务器为 60 个。",
  "The user ID of the member.": "成员的用户 ID。",
  "The user ID of the admin.": "管理员的用户 ID。",
  "The user IDs of the members.": "成员的用户 ID 列表。",
  "For how long, in milliseconds; -1 is for ever. 0 unmutes, which only Easemob documents.":
    "时长（毫秒）；-1 永久。0 解除禁言，仅环信有记载。",
  "The tag.": "标签。",
  "For how long, in seconds, unlike `rooms.mutes.add`; 0 unmutes, -1 is for ever.":
    "时长（秒），与 `rooms.mutes.add` 不同；0 解除禁言，-1 永久。",
  "The new tags, each of at most 32 characters; an empty list removes all.":
    "新标签，每个最多 32 个字符；空列表表示全部移除。",
  "The name: letters, digits, Chinese and special characters.": "名称：字母、数字、中文和特殊字符。",
  "The users with their new names.": "用户及其新昵称。",
  "0, the default, shows a fixed title and text; 1 shows the sender's nickname and the message. Text and number both do.":
    "0（默认）显示固定的标题和内容；1 显示发送者昵称和消息内容。文本和数字均可。",
  "Whether there are quiet hours.": "是否开启免打扰时段。",
  "The hour at which they begin, `0` to `23`, as text. An older Agora page counts in UTC.":
    "开始的小时，`0` 到 `23`，文本。声网的旧文档按 UTC 计。",
  "The hour at which they end, `0` to `23`, as text.": "结束的小时，`0` 到 `23`，文本。",
  "The kind of conversation; `user` for the whole app too.": "会话类型；全局设置也用 `user`。",
  "The other user, the group, or the user's own ID for the whole app.": "对方用户、群组，或全局设置时用户自己的 ID。",
  "What is pushed.": "推送的内容。",
  "The daily quiet time, `HH:MM-HH:MM`; an empty text for none. Only for the whole app; a new one replaces the old.\n\nEqual times mean the whole day; an end before the start is on the next day.":
    "每天的免打扰时段，`HH:MM-HH:MM`；空文本表示没有。仅用于全局；新的时段替换旧的。起止相同表示全天；结束早于开始表示次日结束。",
  "For how long nothing is pushed from now on, in milliseconds; at most 7 days, 0 for none.":
    "从现在起不推送的毫秒数；最长 7 天，0 表示不设置。",
  "The language code; an empty text for no translation.": "语言代码；空文本表示不翻译。",
  "That user's own token, as `Bearer …`. Easemob asks for it here; without it the app's token is sent.":
    "该用户自己的令牌，格式 `Bearer …`。环信要求在此传递；不填则发送应用的令牌。",
  "The name of the template.": "模板名。",
  "The name: letters and digits.": "名称：字母和数字。",
  "The title: plain text, `{0}`, `{1}` … for the message's `title_args`, or `{$dynamicFrom}`, `{$fromNickname}`, `{$msg}`.":
    "标题：纯文本，或以 `{0}`、`{1}` … 表示消息的 `title_args`，或 `{$dynamicFrom}`、`{$fromNickname}`、`{$msg}`。",
  "The content, written like the title; its gaps are for the message's `content_args`.":
    "内容，写法与标题相同；占位符对应消息的 `content_args`。",
  "The name.": "名称。",
  "The new title.": "新标题。",
  "The new content.": "新内容。",
  "The device's ID, as the client SDK gives it.": "设备 ID，由客户端 SDK 提供。",
  "The name of the push certificate; an empty text unbinds the device from everything.":
    "推送证书名；空文本表示解除该设备的所有绑定。",
  "The device's token at its vendor; an empty text unbinds it from this certificate.":
    "设备在厂商的推送令牌；空文本表示解除与该证书的绑定。",
  "The name, unique in the app: letters, digits, `_`, `-` and `.`. Agora takes `Aa` and `aa` for one label, Easemob for two.":
    "应用内唯一的名称：字母、数字、`_`、`-` 和 `.`。声网视 `Aa` 和 `aa` 为同一标签，环信视为两个。",
  "What the label is for.": "标签的用途。",
  "The label.": "标签。",
  "How many labels a page holds.": "每页的标签数。",
  "The channel it takes: 0 the device vendor's, if that fails the platform's; 1 the platform's, kept for those offline; 2 the vendor's; 3 the platform's for those online, the vendor's for those offline; 4 the platform's, for those online.":
    "推送通道：0 设备厂商通道，失败时用平台通道；1 平台通道，离线者上线后收到；2 厂商通道；3 在线者用平台通道，离线者用厂商通道；4 平台通道，仅在线者。",
  "The notification.": "通知。",
  "The labels: up to 5 at Agora, one at Easemob.": "标签：声网最多 5 个，环信 1 个。",
  "When it starts, `yyyy-MM-dd HH:mm:ss` in the server's time zone: 1 hour to 30 days ahead. At once by default.":
    "开始时间，`yyyy-MM-dd HH:mm:ss`，服务器所在时区：1 小时到 30 天之后。默认立即开始。",
  "The user who reacts.": "添加 Reaction 的用户。",
  "The emoji's ID, as the clients know it.": "表情 ID，与客户端约定一致。",
  "The user who looks.": "查看者。",
  "The kind of conversation they are in.": "消息所在会话的类型。",
  "The group they are in; needed for `groupchat`.": "消息所在的群组；`groupchat` 时必填。",
  "The user who reacted.": "添加 Reaction 的用户。",
  "The emoji's ID.": "表情 ID。",
  "How many users to fetch.": "要获取的用户数。",
  "Where the previous answer ended.": "上次返回结束的位置。",
  "The thread's name.": "子区名称。",
  "The message. Most IDs have too many digits for a JavaScript number: send a text.":
    "消息。消息 ID 位数多，超出 JavaScript 数字精度：请用文本。",
  "Who owns the thread: a member of the group.": "子区所有者：须为群成员。",
  "The thread.": "子区。",
  "How many threads a page holds.": "每页的子区数。",
  "The order in time of creation; `desc` by default.": "按创建时间的顺序；默认 `desc`。",
  "The order in time: of creation at Agora, of joining at Easemob; `desc` by default.":
    "时间顺序：声网按创建时间，环信按加入时间；默认 `desc`。",
};
