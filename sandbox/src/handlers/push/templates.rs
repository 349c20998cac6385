//! Push templates.

use super::illegal;
use crate::{Call, Handle, Refusal, World, state::push::PushTemplate as Row};
use agora_chat_admin::api::push::templates::{self, PushTemplate};

/// The longest name.
const MAX_NAME: usize = 64;

fn missing(name: &str) -> Refusal {
    Refusal::new(400, "EntityNotFoundException", format!("{name} template is not exist"))
        .exception("EntityNotFoundException")
}

fn template(name: &str, row: &Row) -> PushTemplate {
    PushTemplate {
        name: name.to_owned(),
        create_at: row.created,
        update_at: row.updated,
        title_pattern: row.title_pattern.clone(),
        content_pattern: row.content_pattern.clone(),
    }
}

impl Handle<templates::Create> for World {
    fn handle(&mut self, r: templates::Create, _: &mut Call) -> Result<PushTemplate, Refusal> {
        let legal = r.name.chars().all(|c| c.is_ascii_alphanumeric());
        if r.name.is_empty() || self.exceeds(r.name.len(), MAX_NAME) || !legal {
            return Err(illegal("name"));
        }
        if self.push_templates.contains(&r.name) {
            return Err(Refusal::illegal_argument(format!("{} template is exist", r.name)));
        }
        let now = self.now();
        let (title_pattern, content_pattern) = (r.title_pattern, r.content_pattern);
        let row = Row { title_pattern, content_pattern, created: now, updated: now };
        let made = template(&r.name, &row);
        self.push_templates.insert(r.name, row);
        Ok(made)
    }
}

impl Handle<templates::Get> for World {
    fn handle(&mut self, r: templates::Get, _: &mut Call) -> Result<PushTemplate, Refusal> {
        self.push_templates.get(&r.name).map(|row| template(&r.name, row)).ok_or_else(|| missing(&r.name))
    }
}

impl Handle<templates::Update> for World {
    fn handle(&mut self, r: templates::Update, _: &mut Call) -> Result<PushTemplate, Refusal> {
        let now = self.now();
        let row = self.push_templates.get_mut(&r.name).ok_or_else(|| missing(&r.name))?;
        row.title_pattern = r.title_pattern.unwrap_or_else(|| row.title_pattern.clone());
        row.content_pattern = r.content_pattern.unwrap_or_else(|| row.content_pattern.clone());
        row.updated = now;
        Ok(template(&r.name, row))
    }
}

impl Handle<templates::Delete> for World {
    fn handle(&mut self, r: templates::Delete, _: &mut Call) -> Result<PushTemplate, Refusal> {
        self.push_templates.remove(&r.name).map(|row| template(&r.name, &row)).ok_or_else(|| missing(&r.name))
    }
}
