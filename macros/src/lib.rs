//! The two attributes of `agora-chat-admin`: [`macro@endpoint`] declares an operation of the platform,
//! [`macro@model`] a value that crosses the wire. Both emit *constant data*; the crate's interpreter does the rest.

use proc_macro::TokenStream;
use syn::{DeriveInput, ItemStruct, parse_macro_input};

mod endpoint;
mod fields;
mod model;

/// Declares one operation of the platform: an ordinary documented struct with one attribute.
///
/// ```text
/// #[endpoint(POST "/chatgroups/{group_id}/mute", data = Vec<MuteOutcome>, limit = "100/s", batch(usernames, 60))]
/// ```
///
/// After the method and path come, in any order:
///
/// | argument | meaning |
/// | --- | --- |
/// | `data = T`, `entities = T`, `result = T` | the member of the response that callers get |
/// | `entity = T` | the first of `entities` |
/// | `body = T` | the whole response |
/// | `at("data.list") = T` | a deeper member; a part in brackets, `[0]`, is an index |
/// | `or("list[0]")` | where it stands in some answers instead |
/// | `none` | the response carries nothing for the caller |
/// | `bytes` | the response is a file |
/// | `one_or_many` | the member may be one value where a list is declared |
/// | `cursor(limit, cursor, "cursor")` | cursor paging: the size and cursor parameters, where the next cursor is |
/// | `pages(pagenum, pagesize, 1)` | page-number paging: the number and size parameters, the first page's number |
/// | `batch(usernames, 60)` | a batch: the list parameter and its documented maximum |
/// | `batch(usernames, 60, results)` | and how the answer tells which items were refused: a `Told` in lower case |
/// | `limit = "100/s, 6000 items/min"` | documented rates per app key, of calls or of the batch's items |
/// | `easemob_limit = "10/s"` | Easemob's rates where they differ; they count for this operation alone, whatever its pool |
/// | `pool = "push.labels"` | operations of one pool share their rate |
/// | `safe`, `unsafe_to_repeat` | whether a repeat is harmless; default: all but `POST` are safe |
/// | `auth = none` | no bearer token is sent |
/// | `users("username")` | opened by the own token of the user whom that parameter names |
/// | `users(any)`, `member`, `admin`, `owner`, `super_admin`, `everybody` | and by those of such users: a `Whose` in lower case |
/// | `only = agora`, `only = easemob` | documented by one vendor alone |
/// | `forms("PUT /path")` | older method and path pairs that were once documented |
/// | `constant(grant_type = "password")` | a body member that never varies; `query` or `header` before the name places it |
/// | `form` | the body is URL-encoded |
/// | `envelope = metadata` | which members accompany the result; default `standard` |
/// | `docs = "https://…"` | the source page, where it is not the file's own |
///
/// A field's place is inferred: a hole in the path, else the query for `GET` and `DELETE`, else the JSON body.
/// `#[query]`, `#[body]`, `#[header("name")]`, `#[file]`, `#[part]`, `#[whole]` and `#[flatten]` override it,
/// `#[easemob(header)]` or `#[easemob(part)]` where that dialect differs. `#[wire("name")]` sets the wire name,
/// `#[limits(min = 1, max = 60, default = 10)]` the documented limits, `#[alias("desc")]` a spelling that a server accepts too.
#[proc_macro_attribute]
pub fn endpoint(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as endpoint::Args);
    let item = parse_macro_input!(item as ItemStruct);
    endpoint::expand(args, item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares a value that crosses the wire: a struct, an enum of words, or (`#[model(tag = "type")]`,
/// `#[model(tag = "type", content = "body")]`) a tagged union. An enum that answers hold is `open`: what the platform adds
/// is kept as `Unknown`, and written back as it came.
///
/// Decoding tolerates what the platform does: unknown members, missing and `null` lists and maps, numbers and booleans
/// printed as strings or as each other, and `[]` for an empty map. Any other member that is not optional has to be there,
/// unless documented answers leave it out: it is `#[sometimes]` its default.
#[proc_macro_attribute]
pub fn model(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as model::Args);
    let item = parse_macro_input!(item as DeriveInput);
    model::expand(&args, item).unwrap_or_else(syn::Error::into_compile_error).into()
}
