//! The members of a group, and what the app notes about each of them.

use crate::{api::groups::GroupUserOutcome, endpoint, group, model};
use serde_json::Value;
use std::collections::BTreeMap;

group! {
    "groups.members", "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/manage-group-members":
    List, ListByCursor, IsJoined, Add, AddMany, Remove, RemoveMany, SetAttributes, SetAttributesMany, GetAttributes,
    GetAttributesMany
}

/// Lists the members of a group, the owner among them.
///
/// The answer tells no total: a page with fewer entries than asked for is the last.
#[endpoint(
    GET "/chatgroups/{group_id}/users", data = Vec<GroupMember>, pages(pagenum, pagesize, 1), limit = "100/s",
    users(member)
)]
pub struct List {
    /// The group.
    pub group_id: String,
    /// The page, from 1.
    #[limits(min = 1, default = 1)]
    pub pagenum: Option<u32>,
    /// How many members a page holds; 1000 is both default and most at Easemob, where a larger size gives 1000.
    #[limits(min = 1, max = 100, default = 10)]
    pub pagesize: Option<u32>,
    /// Whether to tell when each member joined; `false` by default. Easemob alone documents it.
    pub joined_time: Option<bool>,
    /// `asc` or `desc`, in the order of joining. The official Java SDK alone documents it.
    pub sort: Option<String>,
}

/// Lists the user IDs of a group's members, without the owner.
///
/// Only the official Java SDK documents this form.
#[endpoint(
    GET "/chatgroups/{group_id}/users", data = Vec<String>, cursor(limit, cursor, "cursor"), limit = "100/s",
    only = easemob, constant(query version = "v3"), docs = "https://doc.easemob.com/document/server-side/group_member.html",
    users(member)
)]
pub struct ListByCursor {
    /// The group.
    pub group_id: String,
    /// How many members a page holds.
    pub limit: u32,
    /// Where the previous page ended.
    pub cursor: Option<String>,
    /// `asc` or `desc`, in the order of joining.
    pub sort: Option<String>,
}

/// Tells whether a user is a member of a group.
#[endpoint(
    GET "/chatgroups/{group_id}/user/{username}/is_joined", data = bool, limit = "100/s",
    docs = "https://docs.agora.io/en/agora-chat/restful-api/chat-group-management/create-delete-retrieve-groups",
    users(member, "username")
)]
pub struct IsJoined {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
}

/// Adds a user to a group. A user who was blocked there is taken off the block list.
#[endpoint(
    POST "/chatgroups/{group_id}/users/{username}", data = GroupUserOutcome, limit = "100/s", safe, users(admin)
)]
pub struct Add {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
    /// Whether the members are told; `true` by default. Easemob alone documents it.
    #[query]
    pub need_notify: Option<bool>,
}

/// Adds up to 60 users to a group.
///
/// Those who are members already are left out of the answer; it is an error if all of them are, or if one is not registered.
#[endpoint(
    POST "/chatgroups/{group_id}/users", data = AddedGroupMembers, limit = "100/s", batch(usernames, 60), safe,
    users(admin)
)]
pub struct AddMany {
    /// The group.
    pub group_id: String,
    /// Whether the members are told; `true` by default. Easemob alone documents it.
    #[query]
    pub need_notify: Option<bool>,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
}

/// Removes a member from a group and its threads. The owner cannot be removed.
#[endpoint(
    DELETE "/chatgroups/{group_id}/users/{username}", data = GroupUserOutcome, limit = "100/s", users(admin, "username")
)]
pub struct Remove {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
    /// Whether the members are told; `true` by default. Easemob alone documents it.
    pub need_notify: Option<bool>,
}

/// Removes up to 60 members from a group and its threads.
///
/// Those who cannot be removed are reported one by one; it is an error only if none is a member. The URL may have at most 4 KB.
#[endpoint(
    DELETE "/chatgroups/{group_id}/users/{usernames}", data = Vec<GroupUserOutcome>, one_or_many, limit = "100/s",
    batch(usernames, 60, results), users(admin)
)]
pub struct RemoveMany {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 60)]
    pub usernames: Vec<String>,
    /// Whether the members are told; `true` by default. Easemob alone documents it.
    pub need_notify: Option<bool>,
}

/// Sets attributes of a member. Those that are left out stay as they are.
///
/// All attributes of a member may have 4 KB together.
#[endpoint(
    PUT "/metadata/chatgroup/{group_id}/user/{username}", data = BTreeMap<String, String>, limit = "100/s",
    envelope = metadata, users(admin, "username")
)]
pub struct SetAttributes {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
    /// Names, of letters, digits and `_` and at most 16 bytes, with values of at most 512 bytes; an empty value removes
    /// the attribute.
    #[wire("metaData")]
    pub meta_data: BTreeMap<String, String>,
}

/// Sets attributes of up to 20 members.
///
/// A user who is named twice gets both. One who is no member makes the whole call fail.
#[endpoint(
    PUT "/metadata/chatgroup/{group_id}/users/batch", data = GroupAttributesOutcome, limit = "100/s",
    batch(members, 20, metadata),
    only = easemob, envelope = metadata, docs = "https://doc.easemob.com/document/server-side/group_member.html",
    users(admin)
)]
pub struct SetAttributesMany {
    /// The group.
    pub group_id: String,
    /// The members, each with the attributes to set.
    #[whole]
    #[limits(min = 1, max = 20)]
    pub members: Vec<GroupMemberAttributes>,
}

/// Fetches all attributes of a member.
#[endpoint(
    GET "/metadata/chatgroup/{group_id}/user/{username}", data = BTreeMap<String, String>, limit = "100/s",
    envelope = metadata, users(member)
)]
pub struct GetAttributes {
    /// The group.
    pub group_id: String,
    /// The user ID.
    pub username: String,
}

/// Fetches attributes of up to 10 members: the user ID with the attributes. Those that are not set are left out.
#[endpoint(
    POST "/metadata/chatgroup/{group_id}/get", data = BTreeMap<String, BTreeMap<String, String>>, limit = "100/s",
    batch(targets, 10), envelope = metadata, safe, users(member)
)]
pub struct GetAttributesMany {
    /// The group.
    pub group_id: String,
    /// The user IDs.
    #[limits(min = 1, max = 10)]
    pub targets: Vec<String>,
    /// The names of the attributes; none for all.
    pub properties: Vec<String>,
}

/// A member of a group: `owner` or `member` holds the user ID.
#[model]
pub struct GroupMember {
    /// The user ID, if it is the owner.
    pub owner: Option<String>,
    /// The user ID, if it is an admin or an ordinary member.
    pub member: Option<String>,
    /// When the member joined, in Unix milliseconds; only if asked for.
    pub joined_time: Option<u64>,
}

/// Who was added to a group.
#[model]
pub struct AddedGroupMembers {
    /// The user IDs, in no order.
    pub newmembers: Vec<String>,
    /// The group ID.
    pub groupid: String,
    /// Always `add_member`.
    pub action: String,
}

/// A member of a group, with attributes.
#[model]
pub struct GroupMemberAttributes {
    /// The user ID.
    pub username: String,
    /// Names, of at most 16 bytes, with values of at most 512 bytes; an empty value removes the attribute.
    pub metadata: BTreeMap<String, String>,
}

/// Whose attributes were set and whose were not.
///
/// The documented example has a colon at the end of each name, its description has not: look at both.
#[model]
pub struct GroupAttributesOutcome {
    /// Whose were not: user IDs and reasons.
    #[wire("updateMetadataFailed")]
    pub failed: Option<Vec<Value>>,
    /// Whose were, with all their attributes.
    #[wire("updateMetadataSucceeded")]
    pub succeeded: Option<Vec<GroupMemberAttributes>>,
    /// `updateMetadataFailed` under the name that the documented example has.
    #[wire("updateMetadataFailed:")]
    pub failed_colon: Option<Vec<Value>>,
    /// `updateMetadataSucceeded` under the name that the documented example has.
    #[wire("updateMetadataSucceeded:")]
    pub succeeded_colon: Option<Vec<GroupMemberAttributes>>,
}
