use agora_chat_admin::{endpoint, group};

group! { "pets", "https://example.com/pets": Get }

/// Fetches one pet.
#[endpoint(GET "/pets/{name}", limit = "100/s")]
pub struct Get {
    /// The pet's name.
    pub name: String,
}

fn main() {}
