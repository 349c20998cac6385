use agora_chat_admin::{endpoint, group, model};

group! { "pets", "https://example.com/pets": Get }

/// Fetches one pet.
#[endpoint(GET "/pets/{name}", data = Pet)]
pub struct Get {
    pub name: String,
}

/// A pet.
#[model]
pub struct Pet {
    pub name: String,
}

fn main() {}
