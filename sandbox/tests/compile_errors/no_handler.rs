use agora_chat_admin::{endpoint, group};
use agora_chat_sandbox::route::Routes;

group! { "pets", "https://example.com/pets": Get }

/// Fetches one pet.
#[endpoint(GET "/pets/{name}", data = String)]
pub struct Get {
    /// The pet's name.
    pub name: String,
}

fn main() {
    visit(&mut Routes::default());
}
