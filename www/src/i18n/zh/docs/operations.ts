/** 接口说明，以英文说明为键。 */
export const operations: Readonly<Record<string, string>> = {
  "Registers one user.\n\nUser IDs are unique in the app and not case-sensitive: `Aa` and `aa` are the same user. Without a password the user can log in only with a token made by the app.":
    "注册一个用户。\n\n用户 ID 在应用内唯一，不区分大小写：`Aa` 与 `aa` 是同一用户。没有密码的用户只能用应用生成的令牌登录。",
  "Registers one user without a token.\n\nWorks only in apps that are set to open registration; meant for demos and tests.":
    "无需令牌注册一个用户。\n\n仅在开放注册的应用中有效，用于演示和测试。",
  "Registers up to 60 users in one call.\n\nThose that cannot be registered are reported in `data`; the others are registered all the same.":
    "一次注册最多 60 个用户。\n\n未能注册的用户在 `data` 中返回，其他用户照常注册。",
  "Lists the app's users, the first registered first.": "列出应用的用户，先注册的在前。",
  "Deletes one user, and the groups and chat rooms that the user owns.": "删除一个用户，以及该用户拥有的群组和聊天室。",
  "Deletes users in the order in which they were registered, and the groups and chat rooms that they own.\n\nThe caller cannot choose whom: the answer tells who was deleted. Repeated with the cursor it deletes every user.":
    "按注册顺序删除用户，以及他们拥有的群组和聊天室。\n\n无法指定删除谁：响应中返回被删除的用户。带游标反复调用会删除所有用户。",
  "Sets a user's password. The user's tokens become invalid and online devices are logged out.":
    "修改用户密码。该用户的令牌失效，在线设备下线。",
  "Bans a user until `users.activate`: logged out at once, and unable to log in.":
    "封禁用户直到 `users.activate`：立即下线且无法登录。",
  "Logs a user out of all devices. The user must log in again to receive messages.":
    "让用户从所有设备下线。用户需重新登录才能收到消息。",
  "Tells whether a user is online: the user ID with `online` or `offline`.":
    "查询用户是否在线：返回用户 ID 与 `online` 或 `offline`。",
  "Tells who of up to 100 users is online: for each, in order, the user ID with `online` or `offline`.\n\nUser IDs are not checked: an unknown user is `offline`.":
    "查询最多 100 个用户是否在线：按顺序返回用户 ID 与 `online` 或 `offline`。\n\n不检查用户 ID：不存在的用户为 `offline`。",
  "Counts the messages that wait for a user: the user ID with the number.": "查询等待用户接收的消息数：返回用户 ID 与数量。",
  "Tells whether a message has reached a user: the message ID with `delivered` or `undelivered`.":
    "查询消息是否已送达用户：返回消息 ID 与 `delivered` 或 `undelivered`。",
  "Mutes or unmutes a user in one-to-one chats, groups and chat rooms.\n\nThere is no other way to unmute: send 0. What is left out stays as it is. A mute ends by itself.":
    "设置或解除用户在单聊、群聊和聊天室中的禁言。\n\n解除禁言没有其他办法：请传 0。未传的保持不变。禁言到期自动解除。",
  "Tells how long a user is still muted.": "查询用户的禁言剩余时间。",
  "Lists the muted users of the app: an entry for each user and kind of chat.\n\nMutes that are over or lifted are listed too, with 0. The answer tells no total: a page with fewer entries than asked for is the last.":
    "列出应用中被禁言的用户：每个用户的每种会话各一条。\n\n已结束或已解除的禁言也会列出，值为 0。响应没有总数：某页条数少于请求的数量即为最后一页。",
  "Exchanges the Agora app token that the client carries for one of the chat service.\n\nOptional: the platform takes the Agora token itself. No page documents it; the official Java SDK uses it.":
    "把客户端携带的声网 App Token 兑换为聊天服务的令牌。\n\n可选：平台也接受声网令牌本身。文档没有记载，官方 Java SDK 使用它。",
  "Makes an app token from an app's client ID and secret.\n\nThe client does this by itself when it is given the two as `auth`. Keep the token until it ends: an app that asks too often is blocked.":
    "用 Client ID 和 Client Secret 获取 App Token。\n\n把两者作为 `auth` 交给客户端时会自动完成。请保留令牌直到过期：请求过于频繁的应用会被限制。",
  "Makes a token for a user, without the user's password.": "为用户生成令牌，无需用户密码。",
  "Makes a token for a user from the user's password. Deprecated by Easemob in favour of `tokens.user.create`.":
    "用用户密码生成令牌。环信已弃用，建议使用 `tokens.user.create`。",
  "Creates a group.\n\nHow many groups an app may have, and how many members a group, depends on the plan. Groups of more than 3000 members get no offline push. All first members must be registered users.":
    "创建群组。\n\n应用的群组数和群组人数上限取决于套餐。3000 人以上的群组不支持离线推送。首批成员都必须是已注册的用户。",
  "Bans a group until `groups.enable`: nobody can send, receive or manage anything in it or in its threads.\n\nA banned group can still be fetched and deleted.":
    "封禁群组直到 `groups.enable`：任何人都不能在群组及其子区中收发消息或管理。\n\n被封禁的群组仍可查询和删除。",
  "Lifts a group's ban. A group that is not banned stays as it is.": "解禁群组。未封禁的群组保持不变。",
  "Fetches up to 100 groups, each with up to 10,000 members.\n\nGroups that do not exist are left out of the answer; a single one that does not exist is an error.":
    "获取最多 100 个群组，每个最多返回 10,000 个成员。\n\n不存在的群组不在响应中；只查询一个且不存在时报错。",
  "Makes another member the owner of a group. The former owner stays as an ordinary member.":
    "把群主转让给另一成员。原群主成为普通成员。",
  "Changes a group's settings. What is left out stays as it is.\n\nThe answer tells of each member that was sent whether it was changed. The owner is changed by `groups.transferOwnership`.":
    "修改群组设置。未传的保持不变。\n\n响应说明每个传入的字段是否修改成功。群主用 `groups.transferOwnership` 修改。",
  "Deletes a group and its threads.": "删除群组及其子区。",
  "Lists the app's groups, the newest first.": "列出应用的群组，最新的在前。",
  "Lists the groups that a user has joined, the latest joined first.\n\nEasemob, whose newer pages describe `groups.listJoinedDetailed` instead, answers up to 500 groups when neither page nor size is given.":
    "列出用户加入的群组，最近加入的在前。\n\n环信的新文档改为介绍 `groups.listJoinedDetailed`；不传页码和数量时最多返回 500 个群组。",
  "Lists the groups that a user has joined with their settings, the latest joined first.":
    "列出用户加入的群组及其设置，最近加入的在前。",
  "Lists a group's files, the newest first.\n\nThe answer tells no total: a page with fewer entries than asked for is the last.":
    "列出群组的文件，最新的在前。\n\n响应没有总数：某页条数少于请求的数量即为最后一页。",
  "Uploads a file to a group: at most 10 MB, and at most 10,000 files in a group.\n\nThe platform keeps files for 7 days, unless the app has another agreement.":
    "向群组上传文件：最大 10 MB，每个群组最多 10,000 个文件。\n\n除非应用另有约定，平台保存文件 7 天。",
  "Lists the members of a group, the owner among them.\n\nThe answer tells no total: a page with fewer entries than asked for is the last.":
    "列出群组成员，包括群主。\n\n响应没有总数：某页条数少于请求的数量即为最后一页。",
  "Lists the user IDs of a group's members, without the owner.\n\nOnly the official Java SDK documents this form.":
    "列出群组成员的用户 ID，不含群主。\n\n仅官方 Java SDK 有此形式。",
  "Adds a user to a group. A user who was blocked there is taken off the block list.":
    "把用户加入群组。群组黑名单中的用户会被移出黑名单。",
  "Adds up to 60 users to a group.\n\nThose who are members already are left out of the answer; it is an error if all of them are, or if one is not registered.":
    "把最多 60 个用户加入群组。\n\n已是成员的用户不在响应中；全部已是成员或有用户未注册时报错。",
  "Removes a member from a group and its threads. The owner cannot be removed.": "从群组及其子区移除成员。不能移除群主。",
  "Removes up to 60 members from a group and its threads.\n\nThose who cannot be removed are reported one by one; it is an error only if none is a member. The URL may have at most 4 KB.":
    "从群组及其子区移除最多 60 个成员。\n\n不能移除的逐个说明；只有全部都不是成员时才报错。URL 最长 4 KB。",
  "Sets attributes of a member. Those that are left out stay as they are.\n\nAll attributes of a member may have 4 KB together.":
    "设置成员的属性。未传的保持不变。\n\n一个成员的全部属性共 4 KB。",
  "Sets attributes of up to 20 members.\n\nA user who is named twice gets both. One who is no member makes the whole call fail.":
    "设置最多 20 个成员的属性。\n\n重复出现的用户两组属性都生效。有人不是成员则整个调用失败。",
  "Fetches all attributes of a member.": "获取成员的全部属性。",
  "Fetches attributes of up to 10 members: the user ID with the attributes. Those that are not set are left out.":
    "获取最多 10 个成员的属性：用户 ID 与属性。未设置的不返回。",
  "Lists the user IDs of a group's admins, without the owner.": "列出群管理员的用户 ID，不含群主。",
  "Makes an ordinary member an admin.": "把普通成员设为管理员。",
  "Makes an admin an ordinary member.": "把管理员变为普通成员。",
  "Lists the user IDs on a group's block list, the latest blocked first.\n\nWithout size and cursor Agora answers up to 500 at once. Easemob documents neither.":
    "列出群组黑名单中的用户 ID，最近拉黑的在前。\n\n不传数量和游标时声网一次最多返回 500 个。环信没有记载这两个参数。",
  "Blocks a member: taken out of the group, the user can neither see nor receive its messages.\n\nThe owner cannot be blocked.":
    "拉黑成员：移出群组，看不到也收不到群消息。\n\n不能拉黑群主。",
  "Blocks up to 60 members; see `groups.blocklist.add`.\n\nThose who cannot be blocked are reported one by one; it is an error only if none is a member.":
    "拉黑最多 60 个成员；见 `groups.blocklist.add`。\n\n不能拉黑的逐个说明；只有全部都不是成员时才报错。",
  "Takes a user off a group's block list. The user is no member again by that.":
    "把用户移出群组黑名单。用户不会因此重新入群。",
  "Takes up to 60 users off a group's block list. They are no members again by that.\n\nThose who cannot be taken off are reported one by one; it is an error only if none is on the list.":
    "把最多 60 个用户移出群组黑名单。他们不会因此重新入群。\n\n不能移出的逐个说明；只有全部都不在黑名单时才报错。",
  "Puts a member on a group's allow list. One who is muted alone stays muted.":
    "把成员加入群组白名单。被单独禁言的成员仍被禁言。",
  "Puts up to 60 members on a group's allow list. Those who cannot be are reported one by one.":
    "把最多 60 个成员加入群组白名单。不能加入的逐个说明。",
  "Takes up to 60 members off a group's allow list. Those who cannot be are reported one by one.":
    "把最多 60 个成员移出群组白名单。不能移出的逐个说明。",
  "Lists the members of a group that are muted one by one. `groups.mutes.muteAll` does not change the list.":
    "列出被单独禁言的群成员。`groups.mutes.muteAll` 不影响此列表。",
  "Mutes up to 60 members of a group for a time, in its threads too.\n\nThe owner cannot be muted. A mute outlasts leaving and joining again, and the allow list does not help against it.":
    "在一段时间内禁言最多 60 个群成员，包括在子区中。\n\n不能禁言群主。退群再加入后禁言仍有效，白名单也不能免除。",
  "Unmutes up to 60 members of a group.": "解除最多 60 个群成员的禁言。",
  "Mutes all members of a group until `groups.mutes.unmuteAll`. The owner, the admins and the allow list can still send.":
    "禁言全体群成员直到 `groups.mutes.unmuteAll`。群主、管理员和白名单成员仍可发言。",
  "Lifts `groups.mutes.muteAll`. Who was muted alone stays muted.":
    "解除 `groups.mutes.muteAll`。被单独禁言的成员仍被禁言。",
  "Sends a message to users, groups or chat rooms through the older endpoint: the target with the message ID.\n\nBoth vendors now document `messages.users.send`, `messages.groups.send` and `messages.rooms.send` in its place. Without `useMsgId` each target comes with the word `success` instead. It is not checked whether senders and targets exist.":
    "通过旧接口向用户、群组或聊天室发送消息：返回目标与消息 ID。\n\n两家厂商现在改为介绍 `messages.users.send`、`messages.groups.send` 和 `messages.rooms.send`。不传 `useMsgId` 时，每个目标返回 `success`。不检查发送方和目标是否存在。",
  "Recalls a message: receiving clients remove it, and the platform its attachment.\n\nPossible within the recall period that is set in the console, 2 minutes unless changed and at most 7 days; with `force` afterwards too. Of a message that the platform no longer keeps, only the copy on the receiving device is recalled. The feature must be enabled for the app.":
    "撤回消息：接收端移除消息，平台移除附件。\n\n须在控制台设置的时限内，默认 2 分钟，最长 7 天；用 `force` 可超过时限。平台已不保存的消息，只撤回接收设备上的副本。需为应用开通此功能。",
  "Recalls up to 30 messages.": "撤回最多 30 条消息。",
  "Recalls messages through the older endpoint.\n\nSuperseded by `messages.recall` and `messages.recallMany`. No page describes its body: the request is the official Java SDK's, the answer is inferred.":
    "通过旧接口撤回消息。\n\n已被 `messages.recall` 和 `messages.recallMany` 取代。没有文档介绍其请求体：请求取自官方 Java SDK，响应为推断。",
  "Changes a text or custom message that was sent.\n\nAt most 10 times each, up to 7 days after it was sent, and not in chat rooms. The feature must be enabled for the app.":
    "修改已发送的文本或自定义消息。\n\n每条最多修改 10 次，须在发送后 7 天内，聊天室消息不可修改。需为应用开通此功能。",
  "Sends a message to up to 600 users: the user ID with the message ID.\n\nEach user counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB). It is not checked whether sender and receivers exist.":
    "向最多 600 个用户发送消息：返回用户 ID 与消息 ID。\n\n每个用户计一条消息。`body` 和 `ext` 合计最多 5 KB（环信曾为 3 KB）。不检查发送方和接收方是否存在。",
  "Imports one past message between two users: stored as if sent at its time.":
    "导入两个用户之间的一条历史消息：按其时间保存。",
  "Broadcasts a message to all users of the app.\n\nIt is delivered to at most 1000 users a second and kept for those who are offline. Easemob enables it on request.":
    "向应用的所有用户发送广播消息。\n\n每秒最多投递 1000 个用户，并为离线用户保留。环信需申请开通。",
  "Broadcasts a message to the users who are online now.\n\nIt is not kept for those who are offline. Easemob enables it on request.":
    "向当前在线的用户发送广播消息。\n\n不为离线用户保留。环信需申请开通。",
  "Sends a message to up to 3 groups: the group ID with the message ID.\n\nEach group counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB).":
    "向最多 3 个群组发送消息：返回群组 ID 与消息 ID。\n\n每个群组计一条消息。`body` 和 `ext` 合计最多 5 KB（环信曾为 3 KB）。",
  "Sends a message to some members of a group alone: the group ID with the message ID.\n\nIt neither enters the conversation list nor counts as unread, and by default it does not roam.":
    "只向群组的部分成员发送消息：返回群组 ID 与消息 ID。\n\n不进入会话列表，不计未读，默认不漫游。",
  "Imports one past message to a group: stored as if sent at its time.": "向群组导入一条历史消息：按其时间保存。",
  "Sends a message to up to 10 chat rooms: the chat room ID with the message ID.\n\nEach chat room counts as one message. `body` and `ext` together may hold 5 KB (Easemob once said 3 KB).":
    "向最多 10 个聊天室发送消息：返回聊天室 ID 与消息 ID。\n\n每个聊天室计一条消息。`body` 和 `ext` 合计最多 5 KB（环信曾为 3 KB）。",
  "Sends a message to some members of a chat room alone: the chat room ID with the message ID.":
    "只向聊天室的部分成员发送消息：返回聊天室 ID 与消息 ID。",
  "Broadcasts a message to all active chat rooms: those with a member, in which a message was sent before.\n\nIt is not kept for those who are offline, and by default it does not roam. Easemob allows one call a second. Available with Agora's Pro and Enterprise plans and Easemob's flagship plan.":
    "向所有活跃聊天室广播消息：有成员且曾有消息的聊天室。\n\n不为离线用户保留，默认不漫游。环信限每秒一次。适用于声网 Pro 和 Enterprise 套餐及环信旗舰版。",
  "Tells where the messages of one hour can be downloaded.\n\nThe file is gzip, each line a message in JSON. Its address is signed and soon ends; fetch it without a token, and ask again when it has ended. An hour's file is there an hour later, after heavy traffic up to a day; it is kept for three days unless the app's plan says otherwise.":
    "返回某小时消息文件的下载地址。\n\n文件为 gzip，每行一条 JSON 消息。地址带签名且很快过期；下载时不带令牌，过期后重新获取。某小时的文件一小时后可用，消息量大时最长一天；除非套餐另有规定，保存三天。",
  "Deletes a conversation from a user's list; the others in it keep theirs.\n\nEasemob allows 5 calls a minute for one user.":
    "从用户的会话列表删除会话；其他人的不受影响。\n\n环信限每用户每分钟 5 次。",
  "Deletes up to 50 roaming messages of a one-to-one chat, for one user.\n\nA conversation of which nothing is left disappears from the user's list.":
    "为一个用户删除单聊的最多 50 条漫游消息。\n\n没有剩余消息的会话会从用户的列表中消失。",
  "Deletes up to 50 roaming messages of a group, for one user.\n\nA conversation of which nothing is left disappears from the user's list.":
    "为一个用户删除群聊的最多 50 条漫游消息。\n\n没有剩余消息的会话会从用户的列表中消失。",
  "Deletes all roaming messages and conversations of a user.": "删除用户的全部漫游消息和会话。",
  "Deletes the roaming messages of a one-to-one chat up to a time, for one user.":
    "为一个用户删除单聊在某时间之前的漫游消息。",
  "Deletes the roaming messages of a group or chat room up to a time, for one user.":
    "为一个用户删除群组或聊天室在某时间之前的漫游消息。",
  "Uploads a file, to be referred to in a message.\n\nA message's `url` is the answer's `uri` and the file's `uuid` with `/` between, its `secret` the file's `share-secret`. A file may hold 10 MB, with Agora up to 200 MB if set in the console, and is kept for 7 days unless set otherwise. The platform makes thumbnails of images, and none of videos.":
    "上传文件，供消息引用。\n\n消息的 `url` 为响应的 `uri` 和文件的 `uuid` 以 `/` 连接，`secret` 为文件的 `share-secret`。文件最大 10 MB，声网在控制台设置后最大 200 MB；除非另行设置，保存 7 天。平台为图片生成缩略图，不为视频生成。",
  "Downloads a file.\n\nBrowsers and receivers of callbacks may put the `share-secret` into the query instead.":
    "下载文件。\n\n浏览器和回调的接收方可以改用查询参数传 `share-secret`。",
  "Sets how long files that a user sent are kept: each file's UUID with `success`.\n\nEasemob enables it on request.":
    "设置用户所发文件的保存时间：返回文件 UUID 与 `success`。\n\n环信需申请开通。",
  "Adds a user to another user's contacts, without an invitation. Each is then a contact of the other.\n\nHow many contacts a user may have depends on the plan: 100 on the free one, thousands on the larger ones. Beyond that the platform answers 403 `exceed_limit`.":
    "直接添加好友，无需邀请。双方互为好友。\n\n好友数上限取决于套餐：免费版 100，更高套餐数千。超过时平台返回 403 `exceed_limit`。",
  "Adds up to 10 users to a user's contacts in one call.\n\nThe answer sorts them: who was added, who does not exist, whom the contact limit kept out, and who failed otherwise.":
    "一次为用户添加最多 10 个好友。\n\n响应分类列出：已添加、不存在、因好友数上限未添加，以及其他失败。",
  "Lists the IDs of all of a user's contacts, in one call.": "一次返回用户全部好友的 ID。",
};
