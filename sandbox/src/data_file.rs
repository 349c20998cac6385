//! What a data file needs of the tables: what changed since it was last asked, and how what it holds is read. Not in wasm,
//! where there is no file: for each of so many kinds of rows it weighs.

use crate::{
    Sandbox, World,
    table::{Change, Read, Reader},
};

/// Why a row cannot be put in.
const NO_TABLE: &str = "there is no such table: another version made it";

impl World {
    /// Puts a row of a data file in, or takes it out.
    pub fn load(&mut self, table: &str, key: &str, row: Option<&[u8]>) -> Result<(), String> {
        let rows = self.table(table).ok_or(NO_TABLE)?;
        rows.load(key, row).map_err(|e| e.to_string())
    }

    /// How rows of a table are read.
    pub fn reader(&self, table: &str) -> Result<Reader, String> {
        self.blank().table(table).map(|rows| rows.reader()).ok_or_else(|| NO_TABLE.to_owned())
    }

    /// Takes rows of a table that were read, all of them and in order.
    pub fn fill(&mut self, table: &str, read: Vec<Read>) {
        if let Some(rows) = self.table(table) {
            rows.fill(read);
        }
    }

    /// Tells what changed since it was last asked.
    pub fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.each_table(&mut |name, table| table.changes(name, &mut changes));
        changes
    }
}

impl Sandbox {
    /// Puts a row of a data file in, or takes it out. Rows of apps that this sandbox does not have stay in the file,
    /// untouched.
    pub fn load(&mut self, app: &str, table: &str, key: &str, row: Option<&[u8]>) -> Result<(), String> {
        let loaded = self.worlds.get_mut(app).map_or(Ok(()), |world| world.load(table, key, row));
        loaded.map_err(|e| format!("{app} {table} {key:?}: {e}"))
    }

    /// How rows of a table are read; nothing if it does not have that app.
    pub fn reader(&self, app: &str, table: &str) -> Result<Option<Reader>, String> {
        self.worlds.get(app).map(|world| world.reader(table)).transpose().map_err(|e| format!("{app} {table}: {e}"))
    }

    /// Takes rows of a table that were read, all of them and in order.
    pub fn fill(&mut self, app: &str, table: &str, read: Vec<Read>) {
        if let Some(world) = self.worlds.get_mut(app) {
            world.fill(table, read);
        }
    }

    /// What changed in every app since it was last asked, by app key.
    pub fn changes(&mut self) -> Vec<(String, Change)> {
        let tag = |(key, world): (&String, &mut World)| {
            let key = key.clone();
            world.changes().into_iter().map(move |c| (key.clone(), c)).collect::<Vec<_>>()
        };
        self.worlds.iter_mut().flat_map(tag).collect()
    }
}
