use agora_chat_admin::{endpoint, group};

group! { "pets", "https://example.com/pets": Get }

#[endpoint(GET "/pets/{name}", data = String)]
pub struct Get {
    /// The pet's name.
    pub name: String,
}

fn main() {}
