/** 接口说明（续），以英文说明为键。 */
export const more: Readonly<Record<string, string>> = {
  "Lists a user's contacts page by page, the latest first, with the user's remarks about them if asked for.":
    "分页列出用户的好友，最近的在前，可附带备注。",
  "Sets the remark that a user keeps about a contact, such as another name. Answers `ok`.\n\nThe two must be contacts.":
    "设置用户对好友的备注，如别名。返回 `ok`。\n\n双方须为好友。",
  "Puts users, contacts or strangers, on a user's block list: they can no longer message the user nor ask to be contacts.\n\nOnly one-to-one messages that clients send are stopped, and only towards the user. A blocked contact stays a contact. A block list holds at most 500 users. If one of the users does not exist, the platform answers 404.":
    "把用户（好友或陌生人）加入黑名单：他们不能再给该用户发消息或申请好友。\n\n仅拦截客户端发给该用户的单聊消息。被拉黑的好友仍是好友。黑名单最多 500 个用户。有用户不存在时平台返回 404。",
  "Takes a user off another user's block list. The two are then what they were before: contacts or strangers.":
    "把用户移出黑名单。双方恢复为之前的关系：好友或陌生人。",
  "Lists the IDs of the users that a user blocks, the latest first.\n\nWithout a page size the answer holds up to 500 users. The `agora` dialect documents no cursor in the answer.":
    "列出用户拉黑的用户 ID，最近的在前。\n\n不传每页数量时最多返回 500 个。`agora` 平台的响应没有记载游标。",
  "Sets attributes of a user. Answers those that it set.\n\nA user's attributes take 2 KB in all, an app's 10 GB; beyond that the platform answers 403 `FORBIDDEN`.":
    "设置用户属性。返回设置的属性。\n\n一个用户的属性共 2 KB，一个应用共 10 GB；超过时平台返回 403 `FORBIDDEN`。",
  "Fetches all attributes of a user, by name. An unknown user has none.": "按名称获取用户的全部属性。不存在的用户没有属性。",
  "Fetches some attributes of up to 100 users: for each user ID the attributes by name.":
    "获取最多 100 个用户的部分属性：每个用户 ID 对应其属性。",
  "Deletes all attributes of a user. Answers `true`, also when there were none.\n\nThere is no call that deletes a single attribute.":
    "删除用户的全部属性。返回 `true`，没有属性时亦然。\n\n没有删除单个属性的接口。",
  "Tells how many bytes the attributes of all users of the app take.": "查询应用所有用户的属性占用的字节数。",
  "Sets a user's status on one device. Answers `ok`.": "设置用户在一个设备上的状态。返回 `ok`。",
  "Subscribes a user to the presence of up to 100 others for a time. Answers their presence.\n\nSubscribing again replaces the time. A user can subscribe to 3000 others, further ones take the place of those whose time ends first; and can be subscribed to by 3000. Users cannot subscribe to themselves.":
    "让用户在一段时间内订阅最多 100 个用户的在线状态。返回其在线状态。\n\n再次订阅会替换时长。一个用户最多订阅 3000 人，更多的会顶替最早到期的；也最多被 3000 人订阅。不能订阅自己。",
  "Ends a user's subscriptions to the presence of up to 100 others. Answers `ok`.":
    "取消用户对最多 100 个用户在线状态的订阅。返回 `ok`。",
  "Lists the users whose presence a user is subscribed to.": "列出用户订阅了谁的在线状态。",
  "Fetches the presence of up to 100 users.": "获取最多 100 个用户的在线状态。",
  "Counts the members of a group who are connected to the platform, whatever status they have set.\n\nEasemob has to switch it on for the app.":
    "统计群组中已连接平台的成员数，不论其设置的状态。\n\n需环信为应用开通。",
  "Creates a chat room.\n\nNeeds no super admin, unlike a creation from a client. The plan limits how many rooms an app may have, and how many members a room.":
    "创建聊天室。\n\n与客户端创建不同，不需要超级管理员。应用的聊天室数和聊天室人数上限取决于套餐。",
  "Lists the app's chat rooms, the newest first.": "列出应用的聊天室，最新的在前。",
  "Lists the chat rooms that a user has joined, the user's own among them.\n\nWithout a page and a page size the answer holds the 500 rooms that were joined last. It tells no total: a page with fewer rooms than asked for is the last.":
    "列出用户加入的聊天室，包括自己拥有的。\n\n不传页码和数量时返回最近加入的 500 个。没有总数：某页条数少于请求的数量即为最后一页。",
  "Fetches up to 100 chat rooms with their members.": "获取最多 100 个聊天室及其成员。",
  "Changes a chat room's name, description or size. What is left out stays as it is.\n\nThe answer tells for each member that was sent whether it was changed.":
    "修改聊天室的名称、描述或人数上限。未传的保持不变。\n\n响应说明每个传入的字段是否修改成功。",
  "Gives a chat room to another of its members.": "把聊天室转让给另一成员。",
  "Deletes a chat room. One that does not exist is an error.": "删除聊天室。不存在时报错。",
  "Sets up to 10 attributes of a chat room in a member's name.\n\nCreates attributes and changes the member's own; a key that another user owns is refused.":
    "以成员的名义设置最多 10 个聊天室属性。\n\n可创建属性并修改该成员自己的属性；他人拥有的键会被拒绝。",
  "Reads attributes of a chat room, some or all: each key with its value.": "读取聊天室的部分或全部属性：键与值。",
  "Deletes up to 10 attributes of a chat room that a member owns. Those of others are not touched.":
    "删除成员拥有的最多 10 个聊天室属性。不影响他人的属性。",
  "Sets up to 10 attributes of a chat room in a member's name, those of others included.\n\nThe member becomes the owner of what it sets.":
    "以成员的名义设置最多 10 个聊天室属性，包括他人的。\n\n该成员成为所设属性的所有者。",
  "Deletes up to 10 attributes of a chat room, whoever owns them.": "删除最多 10 个聊天室属性，不论归谁所有。",
  "Makes a user a chat room super admin. The role is for the whole app, not for one room.":
    "把用户设为聊天室超级管理员。该角色作用于整个应用而不是单个聊天室。",
  "Lists the chat room super admins of the app.\n\nThe answer tells no total: a page with fewer entries than asked for is the last.":
    "列出应用的聊天室超级管理员。\n\n响应没有总数：某页条数少于请求的数量即为最后一页。",
  "Takes the role of chat room super admin from a user. A user without it is no error.":
    "撤销用户的聊天室超级管理员角色。没有该角色不会报错。",
  "Lists the members of a chat room, its owner included, in no certain order.\n\nThe answer tells no total: a page with fewer members than asked for is the last.":
    "列出聊天室成员，包括所有者，顺序不定。\n\n响应没有总数：某页条数少于请求的数量即为最后一页。",
  "Lists the members of a chat room, the last to join first: user IDs, without the owner.\n\nOnly Easemob's Java SDK shows this form.":
    "列出聊天室成员的用户 ID，后加入的在前，不含所有者。\n\n仅环信的 Java SDK 有此形式。",
  "Adds a user to a chat room. One who is a member already is no error.": "把用户加入聊天室。已是成员不会报错。",
  "Adds up to 60 users to a chat room.\n\nThose who are members already count as added. One unknown user fails the whole call.":
    "把最多 60 个用户加入聊天室。\n\n已是成员的计为已加入。有用户不存在则整个调用失败。",
  "Removes members from a chat room, and tells for each whether it was done.": "从聊天室移除成员，逐个说明是否完成。",
  "Blocks a member of a chat room: put out at once, and unable to join again until unblocked.\n\nThe owner cannot be blocked.":
    "拉黑聊天室成员：立即移出，移出黑名单前不能再加入。\n\n不能拉黑所有者。",
  "Blocks up to 60 members of a chat room, and tells for each whether it was done.\n\nThe owner cannot be blocked.":
    "拉黑最多 60 个聊天室成员，逐个说明是否完成。\n\n不能拉黑所有者。",
  "Unblocks a user in a chat room. The user may join again but is not put back.":
    "把用户移出聊天室黑名单。用户可以重新加入，但不会自动加入。",
  "Unblocks up to 60 users in a chat room, and tells for each whether it was done.":
    "把最多 60 个用户移出聊天室黑名单，逐个说明是否完成。",
  "Puts up to 60 members on the allow list of a chat room, and tells for each whether it was done.":
    "把最多 60 个成员加入聊天室白名单，逐个说明是否完成。",
  "Takes up to 60 users off the allow list of a chat room, and tells for each whether it was done.":
    "把最多 60 个用户移出聊天室白名单，逐个说明是否完成。",
  "Lists the muted members of a chat room. A mute of the whole room does not show here.":
    "列出被禁言的聊天室成员。全员禁言不在此列表中体现。",
  "Mutes up to 60 members of a chat room for a time. A mute outlives leaving and joining again.\n\nOne user who is not in the room fails the whole call.":
    "在一段时间内禁言最多 60 个聊天室成员。退出再加入后禁言仍有效。\n\n有用户不在聊天室则整个调用失败。",
  "Unmutes up to 60 members of a chat room, and tells for each whether it was done.":
    "解除最多 60 个聊天室成员的禁言，逐个说明是否完成。",
  "Mutes a whole chat room until `rooms.mutes.unmuteAll`: only those on the allow list may send.\n\nWho joins later is muted too. The mutes of single members are not touched.":
    "禁言整个聊天室直到 `rooms.mutes.unmuteAll`：只有白名单成员可以发言。\n\n之后加入的人也被禁言。不影响对单个成员的禁言。",
  "Ends the mute of a whole chat room. Members with a mute of their own stay muted.":
    "解除整个聊天室的禁言。被单独禁言的成员仍被禁言。",
  "Mutes or unmutes the members of a chat room that carry a tag.": "禁言或解除禁言带有某标签的聊天室成员。",
  "Replaces the tags of a chat room member.": "替换聊天室成员的标签。",
  "Fetches the tags of a chat room member: each with the end of its mute in Unix milliseconds, in digits.\n\n`-1` is a mute for ever.":
    "获取聊天室成员的标签：每个标签对应禁言截止时间（Unix 毫秒，数字文本）。\n\n`-1` 为永久禁言。",
  "Sets the name that others see when a message of this user is pushed to them.\n\nIt is not the nickname of the user's attributes; keep both equal. Without it the user ID is shown.":
    "设置该用户的消息被推送时他人看到的名字。\n\n它不是用户属性中的昵称；请保持两者一致。未设置时显示用户 ID。",
  "Sets the push nicknames of up to 50 users in one call.": "一次设置最多 50 个用户的推送昵称。",
  "Sets whether a user's push notifications show the message or only that there is one. Takes effect at once.":
    "设置用户的推送通知显示消息内容还是只提示有新消息。立即生效。",
  "Turns a user's daily quiet hours on or off. Older than `push.settings.set`, which replaces it.\n\nIt takes effect at once and every day. Equal hours mean the whole day; an end before the start is on the next day.":
    "开启或关闭用户每天的免打扰时段。早于 `push.settings.set`，已被其取代。\n\n立即并每天生效。起止小时相同表示全天；结束早于开始表示次日结束。",
  "Sets what is pushed to a user, and when nothing is: in the whole app or in one conversation.\n\nQuiet times win over `type`, and both kinds of quiet time may be set together. A conversation that has a `type` of its own does not follow the app's. The app must have the advanced push features.":
    "设置向用户推送什么、何时不推送：整个应用或单个会话。\n\n免打扰优先于 `type`，两种免打扰可同时设置。有自己 `type` 的会话不跟随应用的设置。应用须开通高级推送功能。",
  "Tells what is pushed to a user, and when nothing is: in the whole app or in one conversation.":
    "查询向用户推送什么、何时不推送：整个应用或单个会话。",
  "Sets the language into which a user's push notifications are translated.": "设置用户推送通知翻译成的语言。",
  "Tells the language into which a user's push notifications are translated.": "查询用户推送通知翻译成的语言。",
  "Sets the template for pushes to a user.\n\nIt comes before the default template and before the title and content that a message brings, but a template that the message names comes before it.":
    "设置向用户推送使用的模板。\n\n优先于默认模板和消息自带的标题与内容，但消息指定的模板优先于它。",
  "Creates a template.\n\nA message uses it by its name in `ext.em_push_template`, together with `title_args` and `content_args`. The one named `default` serves every message that names none. The app must have the advanced push features.":
    "创建模板。\n\n消息通过 `ext.em_push_template` 中的名称以及 `title_args`、`content_args` 使用模板。名为 `default` 的模板用于所有未指定模板的消息。应用须开通高级推送功能。",
  "Changes a template.\n\nThe documentation names this call but not its parameters; these are those of `push.templates.create`.":
    "修改模板。\n\n文档提到此接口但没有参数说明；参数与 `push.templates.create` 相同。",
  "Deletes a template and returns it.": "删除模板并返回它。",
  "Binds a user's device to a push token and certificate, or unbinds it. Returns what the device is then bound to.\n\nThe token is not checked now: when a push fails for it, the platform unbinds it.":
    "绑定或解绑用户设备的推送令牌与证书。返回设备随后的绑定。\n\n此时不检查令牌：推送失败时平台会解绑。",
  "Lists the push bindings of all of a user's devices.": "列出用户所有设备的推送绑定。",
  "Creates a label: at most 100 in an app.": "创建标签：一个应用最多 100 个。",
  "Fetches a label with the number of its users.": "获取标签及其用户数。",
  "Deletes a label. Returns `success`.": "删除标签。返回 `success`。",
  "Adds up to 100 users to a label, which holds at most 20,000.\n\nThose that cannot be added are reported in `fail`; the others are added all the same.":
    "向标签添加最多 100 个用户，一个标签最多 20,000 个用户。\n\n不能添加的在 `fail` 中说明，其他照常添加。",
  "Tells whether a user has a label, and since when.": "查询用户是否有某标签，以及添加时间。",
  "Removes up to 100 users from a label.\n\nThose that cannot be removed are reported in `fail`; the others are removed all the same.":
    "从标签移出最多 100 个用户。\n\n不能移出的在 `fail` 中说明，其他照常移出。",
  "Pushes a notification to up to 100 users, without waiting for it to arrive.":
    "向最多 100 个用户推送通知，不等待到达。",
  "Pushes a notification to the users of a label, or to those who have all of several labels.\n\nIt makes a push task. Three tasks may run at a time.":
    "向标签的用户推送通知；多个标签时推送给同时拥有全部标签的用户。\n\n它创建推送任务，同时最多 3 个。",
  "Pushes a notification to every user of the app, and returns the ID of the push task that it makes.\n\nThree tasks may run at a time.":
    "向应用的所有用户推送通知，返回推送任务的 ID。\n\n同时最多 3 个任务。",
  "Pushes a notification to one user and waits for the outcome: a list of one.\n\nWhat cannot be delivered is no error but a `FAIL`: `appUser not exists`, `no push binding`.":
    "向一个用户推送通知并等待结果：只含一个元素的列表。\n\n不能投递不算错误，而是 `FAIL`：`appUser not exists`、`no push binding`。",
  "Pushes a notification to one user without waiting for the outcome: a list of one.":
    "向一个用户推送通知，不等待结果：只含一个元素的列表。",
  "Adds a user's reaction to a message.\n\nA message has at most 20 different ones; the same by many users counts once. The user must be in the conversation and cannot add the same one twice.":
    "为消息添加用户的 Reaction。\n\n一条消息最多 20 种；多个用户的同一种只计一次。用户须在会话中，且不能重复添加同一种。",
  "Lists the reactions to up to 20 messages of one conversation, as a user sees them.":
    "以某用户的视角列出一个会话中最多 20 条消息的 Reaction。",
  "Takes back a user's reaction to a message.": "撤回用户对消息的 Reaction。",
  "Fetches one reaction to a message with the users who added it, some at a time.\n\nThe next users come with the `cursor` of the answer. The last answer has one too: its `userList` is shorter than asked for.":
    "获取消息的一种 Reaction 及添加它的部分用户。\n\n用响应的 `cursor` 获取后续用户。最后一次响应也带游标：其 `userList` 少于请求的数量。",
  "Creates a thread below a group message.\n\nA message has at most one, and a message in a thread none. An app has at most 100,000, and so has a user.":
    "在群消息下创建子区。\n\n一条消息最多一个子区，子区内的消息不能再建子区。一个应用最多 100,000 个，一个用户亦然。",
  "Renames a thread. Nothing else of it can be changed.": "修改子区名称。其他内容不可修改。",
  "Deletes a thread. The threads of a group are deleted with it.": "删除子区。群组删除时其子区一并删除。",
  "Lists the IDs of the app's threads.\n\nThe last page still carries a cursor; it holds fewer threads than asked for, or none.":
    "列出应用的子区 ID。\n\n最后一页也带游标；其条数少于请求的数量或为空。",
  "Lists the threads that a user has joined.\n\nThe last page still carries a cursor; it holds fewer threads than asked for, or none.":
    "列出用户加入的子区。\n\n最后一页也带游标；其条数少于请求的数量或为空。",
  "Lists the threads of a group that a user has joined.\n\nThe last page still carries a cursor; it holds fewer threads than asked for, or none.":
    "列出用户在某群组中加入的子区。\n\n最后一页也带游标；其条数少于请求的数量或为空。",
  "Lists the user IDs of a thread's members.\n\nThe last page still carries a cursor; it holds fewer members than asked for, or none.":
    "列出子区成员的用户 ID。\n\n最后一页也带游标；其条数少于请求的数量或为空。",
  "Removes up to 10 members from a thread. The answer tells for each whether it was done.":
    "从子区移除最多 10 个成员，逐个说明是否完成。",
};
