//! What the platform says when it refuses.

use agora_chat_admin::{Dialect, shape::Problem};
use serde_json::{Value, json};

/// A platform error: a status, and the members of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// `error`.
    pub error: String,
    /// `error_description`.
    pub description: String,
    /// `exception`.
    pub exception: String,
}

impl Refusal {
    /// An error of that status, code and description.
    pub fn new(status: u16, error: impl Into<String>, description: impl Into<String>) -> Self {
        let error = error.into();
        let exception = exception(&error).to_owned();
        Self { status, error, description: description.into(), exception }
    }

    /// 400 `illegal_argument`.
    pub fn illegal_argument(description: impl Into<String>) -> Self {
        Self::new(400, "illegal_argument", description)
    }

    /// 403 `forbidden_op`.
    pub fn forbidden(description: impl Into<String>) -> Self {
        Self::new(403, "forbidden_op", description)
    }

    /// 404 `service_resource_not_found`, as for an unknown user.
    #[must_use]
    pub fn no_user() -> Self {
        Self::new(404, "service_resource_not_found", "Service resource not found")
    }

    /// 404 `resource_not_found`, as for an unknown group or chat room.
    #[must_use]
    pub fn no_group(id: &str) -> Self {
        Self::new(404, "resource_not_found", format!("grpID {id} does not exist!"))
    }

    /// 429 `reach_limit`.
    #[must_use]
    pub fn too_fast(dialect: Dialect) -> Self {
        let text = match dialect {
            Dialect::Agora => "This request has reached API limit.",
            Dialect::Easemob => "This request has reached api limit",
        };
        Self::new(429, "reach_limit", text)
    }

    /// With another exception class.
    #[must_use]
    pub fn exception(mut self, class: &str) -> Self {
        class.clone_into(&mut self.exception);
        self
    }

    /// The body, in the words of the app's documentation.
    #[must_use]
    pub fn body(&self, dialect: Dialect, now: u64) -> Value {
        let description = match dialect {
            // Easemob shows what the parser said.
            Dialect::Agora if self.error == "json_parse" => "Unexpected character.".to_owned(),
            Dialect::Agora if SENTENCES.contains(&self.description.as_str()) => format!("{}.", self.description),
            _ => self.description.clone(),
        };
        json!({
            "error": self.error, "exception": self.exception, "timestamp": now, "duration": 0,
            "error_description": description,
        })
    }
}

/// The general texts, which Agora ends with a full stop.
const SENTENCES: [&str; 5] = [
    "Service resource not found",
    "Unable to authenticate",
    "Unable to authenticate due to corrupt access token",
    "Unable to authenticate due to expired access token",
    "Unsupported Media Type",
];

/// The server class that the platform names beside a code.
fn exception(error: &str) -> &'static str {
    match error {
        "illegal_argument" => "java.lang.IllegalArgumentException",
        "duplicate_unique_property_exists" => {
            "org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException"
        }
        "unauthorized" | "auth_bad_access_token" => "org.apache.usergrid.rest.exceptions.SecurityException",
        "service_resource_not_found" => "org.apache.usergrid.services.exceptions.ServiceResourceNotFoundException",
        "organization_application_not_found" => {
            "org.apache.usergrid.rest.exceptions.OrganizationApplicationNotFoundException"
        }
        "invalid_grant" => "org.apache.usergrid.rest.management.OAuth2GrantException",
        "json_parse" => "com.fasterxml.jackson.core.JsonParseException",
        "web_application" => "javax.ws.rs.WebApplicationException",
        "forbidden_op" => "com.easemob.group.exception.ForbiddenOpException",
        "resource_not_found" => "com.easemob.group.exception.ResourceNotFoundException",
        "exceed_limit" => "com.easemob.group.exception.ExceedLimitException",
        "reach_limit" | "resource_limited" => "com.easemob.common.exception.LimitException",
        _ => "java.lang.Exception",
    }
}

impl From<&Problem> for Refusal {
    fn from(problem: &Problem) -> Self {
        Self::illegal_argument(problem.to_string())
    }
}
