use agora_chat_admin::{endpoint, group};

group! { "pets", "https://example.com/pets": Get }

/// Fetches one pet.
#[endpoint(GET "/pets/{name}", data = String, users(any, "owner"))]
pub struct Get {
    /// The pet's name.
    pub name: String,
    /// Whose it is.
    pub owner: Option<String>,
}

fn main() {}
