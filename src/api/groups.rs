//! Chat groups.

use crate::{api::groups::members::GroupMember, endpoint, group, model};

pub mod admins;
pub mod allowlist;
pub mod announcement;
pub mod blocklist;
pub mod files;
pub mod members;
pub mod mutes;

group! {
    "groups", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/create-delete-retrieve-groups":
    Create, Disable, Enable, Get, TransferOwnership, Update, Delete, List, ListJoined, ListJoinedDetailed
}

/// Creates a group.
///
/// How many groups an app may have, and how many members a group, depends on the plan. Groups of more than 3000 members
/// get no offline push. All first members must be registered users.
#[endpoint(POST "/chatgroups", data = CreatedGroup, limit = "100/s", users("owner"))]
pub struct Create {
    /// The group's name.
    #[limits(max = 128)]
    pub groupname: Option<String>,
    /// The URL of the group's picture.
    #[limits(max = 1024)]
    pub avatar: Option<String>,
    /// What the group is about.
    #[limits(max = 512)]
    #[alias("desc")]
    pub description: Option<String>,
    /// Whether the group can be found, so that users may ask to join; a private one takes invited users only.
    pub public: bool,
    /// How many members the group may have, the owner included.
    #[limits(default = 200)]
    pub maxusers: Option<u32>,
    /// Whether ordinary members may invite others; `false` by default. Private groups only: a public one starts with `false`.
    pub allowinvites: Option<bool>,
    /// Whether a request to join needs approval; `false` by default. Public groups only.
    #[alias("members_only")]
    pub membersonly: Option<bool>,
    /// Whether an invited user must accept before joining; Easemob's default is `true`, Agora names none.
    pub invite_need_confirm: Option<bool>,
    /// The user ID of the owner.
    pub owner: String,
    /// The user IDs of the first members, without the owner.
    pub members: Option<Vec<String>>,
    /// Data of the app's own, at most 8 KB; some pages of the platform say 1024 characters.
    pub custom: Option<String>,
    /// A group ID of the app's choice; a paid feature that only the official Java SDK documents.
    pub groupid: Option<String>,
    /// `large` makes a group for more than 3000 members, without offline push; only the official Java SDK documents it.
    pub scale: Option<String>,
    /// Whether the name is moderated; a paid feature that only the official Java SDK documents.
    pub need_verify: Option<bool>,
}

/// Bans a group until [`Enable`]: nobody can send, receive or manage anything in it or in its threads.
///
/// A banned group can still be fetched and deleted.
#[endpoint(POST "/chatgroups/{group_id}/disable", data = GroupBan, limit = "100/s", safe)]
pub struct Disable {
    /// The group.
    pub group_id: String,
}

/// Lifts a group's ban. A group that is not banned stays as it is.
#[endpoint(POST "/chatgroups/{group_id}/enable", data = GroupBan, limit = "100/s", safe)]
pub struct Enable {
    /// The group.
    pub group_id: String,
}

/// Fetches up to 100 groups, each with up to 10,000 members.
///
/// Groups that do not exist are left out of the answer; a single one that does not exist is an error.
#[endpoint(GET "/chatgroups/{group_ids}", data = Vec<Group>, limit = "100/s", batch(group_ids, 100), users(any))]
pub struct Get {
    /// The group IDs.
    #[limits(min = 1, max = 100)]
    pub group_ids: Vec<String>,
}

/// Changes a group's settings. What is left out stays as it is.
///
/// The answer tells of each member that was sent whether it was changed. The owner is changed by [`TransferOwnership`].
#[endpoint(PUT "/chatgroups/{group_id}", data = GroupChanges, limit = "100/s", users(admin))]
pub struct Update {
    /// The group.
    pub group_id: String,
    /// The group's name; Agora requires it, wants no `/` in it, and takes `+` for a space.
    #[limits(max = 128)]
    #[alias("name")]
    pub groupname: Option<String>,
    /// The URL of the group's picture.
    #[limits(max = 1024)]
    pub avatar: Option<String>,
    /// What the group is about; Agora requires it, wants no `/` in it, and takes `+` for a space.
    #[limits(max = 512)]
    #[alias("desc")]
    pub description: Option<String>,
    /// How many members the group may have, the owner included; Agora names 2000 as the most.
    #[limits(default = 200)]
    pub maxusers: Option<u32>,
    /// Whether a request to join needs approval.
    #[alias("members_only")]
    pub membersonly: Option<bool>,
    /// Whether ordinary members may invite others.
    pub allowinvites: Option<bool>,
    /// Whether an invited user must accept before joining.
    pub invite_need_confirm: Option<bool>,
    /// Data of the app's own.
    #[limits(max = 1024)]
    pub custom: Option<String>,
    /// Whether the group can be found, so that users may ask to join; Agora requires it.
    pub public: Option<bool>,
    /// Whether the new name is moderated; a paid feature that only the official Java SDK documents.
    pub need_verify: Option<bool>,
}

/// Deletes a group and its threads.
#[endpoint(DELETE "/chatgroups/{group_id}", data = DeletedGroup, limit = "100/s", users(owner))]
pub struct Delete {
    /// The group.
    pub group_id: String,
}

/// Lists the app's groups, the newest first.
#[endpoint(GET "/chatgroups", data = Vec<GroupSummary>, cursor(limit, cursor, "cursor"), limit = "100/s")]
pub struct List {
    /// How many groups a page holds.
    #[limits(min = 1, max = 1000, default = 10)]
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub cursor: Option<String>,
}

/// Lists the groups that a user has joined, the latest joined first.
///
/// Easemob, whose newer pages describe [`ListJoinedDetailed`] instead, answers up to 500 groups when neither page nor size
/// is given.
#[endpoint(
    GET "/users/{username}/joined_chatgroups", data = Vec<JoinedGroup>, pages(pagenum, pagesize, 1), limit = "100/s", easemob_limit = "50/s",
    users("username")
)]
pub struct ListJoined {
    /// The user ID.
    pub username: String,
    /// How many groups a page holds; a larger size gives 20.
    #[limits(min = 1, max = 20, default = 5)]
    pub pagesize: Option<u32>,
    /// The page, from 1.
    #[limits(default = 1)]
    pub pagenum: Option<u32>,
}

/// Lists the groups that a user has joined with their settings, the latest joined first.
#[endpoint(
    GET "/chatgroups/user/{username}", entities = Vec<JoinedGroupDetails>, pages(pagenum, pagesize, 0), limit = "50/s",
    only = easemob, docs = "https://doc.easemob.com/document/server-side/group_manage.html", users("username")
)]
pub struct ListJoinedDetailed {
    /// The user ID.
    pub username: String,
    /// How many groups a page holds; a larger size gives 20.
    #[limits(min = 1, max = 20, default = 5)]
    pub pagesize: Option<u32>,
    /// The page, from 0.
    #[limits(default = 0)]
    pub pagenum: Option<u32>,
}

/// Makes another member the owner of a group. The former owner stays as an ordinary member.
#[endpoint(
    PUT "/chatgroups/{group_id}", data = GroupTransfer, limit = "100/s",
    docs = "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-members", users(owner)
)]
pub struct TransferOwnership {
    /// The group.
    pub group_id: String,
    /// The user ID of the new owner, who must be a member.
    pub newowner: String,
}

/// A group that was created.
#[model]
pub struct CreatedGroup {
    /// The group ID.
    pub groupid: String,
}

/// Whether a group is banned.
#[model]
pub struct GroupBan {
    /// Whether the group is banned.
    pub disabled: bool,
}

/// A group.
#[model]
pub struct Group {
    /// The group ID.
    pub id: String,
    /// The group's name; requests call it `groupname`.
    pub name: String,
    /// The URL of the group's picture.
    pub avatar: Option<String>,
    /// What the group is about.
    pub description: String,
    /// Whether a request to join needs approval.
    pub membersonly: bool,
    /// Whether ordinary members may invite others.
    pub allowinvites: bool,
    /// How many members the group may have, the owner included.
    pub maxusers: u32,
    /// The user ID of the owner.
    pub owner: String,
    /// When the group was created, in Unix milliseconds.
    #[sometimes]
    pub created: u64,
    /// Data of the app's own; empty if there is none.
    pub custom: String,
    /// Whether all members are muted.
    pub mute: bool,
    /// How many members the group has, the owner included.
    pub affiliations_count: u32,
    /// Whether the group is banned.
    #[sometimes]
    pub disabled: bool,
    /// The owner and the members; at most 10,000.
    pub affiliations: Option<Vec<GroupMember>>,
    /// Whether the group can be found, so that users may ask to join.
    pub public: bool,
    /// `owner` or `member`; older answers of Easemob have it in place of the members.
    pub permission: Option<String>,
}

/// Which settings of a group were changed. Those that were not sent are absent.
#[model]
pub struct GroupChanges {
    /// Whether the name was changed.
    pub groupname: Option<bool>,
    /// Whether the picture was changed.
    pub avatar: Option<bool>,
    /// Whether the description was changed.
    pub description: Option<bool>,
    /// Whether the number of members that the group may have was changed.
    pub maxusers: Option<bool>,
    /// Whether it was changed that a request to join needs approval.
    pub membersonly: Option<bool>,
    /// Whether it was changed that ordinary members may invite others.
    pub allowinvites: Option<bool>,
    /// Whether it was changed that an invited user must accept before joining.
    pub invite_need_confirm: Option<bool>,
    /// Whether the data of the app's own was changed.
    pub custom: Option<bool>,
    /// Whether it was changed that the group can be found.
    pub public: Option<bool>,
}

/// A group that was deleted.
#[model]
pub struct DeletedGroup {
    /// Whether the group was deleted.
    pub success: bool,
    /// The group ID.
    pub groupid: String,
}

/// A group as the list of all groups shows it.
#[model]
pub struct GroupSummary {
    /// The owner, as `{org}#{app}_{user ID}`.
    #[sometimes]
    pub owner: String,
    /// The group ID.
    pub groupid: String,
    /// How many members the group has.
    #[sometimes]
    pub affiliations: u32,
    /// Always `group`.
    #[wire("type")]
    #[sometimes]
    pub kind: String,
    /// When the group was last changed: the digits of Unix milliseconds.
    #[wire("lastModified")]
    pub last_modified: Option<String>,
    /// The same under the name that older answers of Easemob have.
    #[wire("last_modified")]
    pub last_modified_older: Option<String>,
    /// The group's name.
    #[sometimes]
    pub groupname: String,
}

/// A group that a user has joined.
#[model]
pub struct JoinedGroup {
    /// The group ID.
    pub groupid: String,
    /// The group's name.
    #[sometimes]
    pub groupname: String,
}

/// A group that a user has joined, with its settings.
#[model]
pub struct JoinedGroupDetails {
    /// The group ID, once more.
    pub id: Option<String>,
    /// The group ID.
    #[wire("groupId")]
    pub group_id: String,
    /// The group's name.
    pub name: String,
    /// The URL of the group's picture.
    pub avatar: Option<String>,
    /// The user ID of the owner.
    pub owner: String,
    /// What the group is about.
    pub description: String,
    /// Whether the group is banned.
    pub disabled: bool,
    /// Whether the group can be found, so that users may ask to join.
    pub public: bool,
    /// Whether ordinary members may invite others.
    pub allowinvites: bool,
    /// Whether a request to join needs approval.
    pub membersonly: bool,
    /// How many members the group may have, the owner included.
    pub maxusers: u32,
    /// When the group was created, in Unix milliseconds.
    pub created: u64,
}

/// Whether a group has its new owner.
#[model]
pub struct GroupTransfer {
    /// Whether the group has its new owner.
    pub newowner: bool,
}

/// What became of one user of a change to a group's members, block list or allow list.
#[model]
pub struct GroupUserOutcome {
    /// Whether it was done.
    pub result: bool,
    /// What was to be done: `add_member`, `remove_member`, `add_blocks`, `remove_blocks`, `add_user_whitelist` or
    /// `remove_user_whitelist`.
    #[sometimes]
    pub action: String,
    /// Why it was not done; only where `result` is `false`.
    pub reason: Option<String>,
    /// The user ID.
    pub user: String,
    /// The group ID.
    #[sometimes]
    pub groupid: String,
}
