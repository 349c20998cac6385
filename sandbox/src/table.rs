//! Tables: ordered rows that remember which of them changed, so that a data file can follow.

use crate::rows::Rows;
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Separates the parts of a key; no identifier holds it.
pub const SEPARATOR: char = '\u{1f}';

/// A key of several parts, in whose order rows stand: `key(&[group, member])`.
#[must_use]
pub fn key(parts: &[&str]) -> String {
    let mut key = String::with_capacity(parts.iter().map(|p| p.len() + 1).sum());
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            key.push(SEPARATOR);
        }
        key.push_str(part);
    }
    key
}

/// The last part of a key.
#[must_use]
pub fn last(key: &str) -> &str {
    key.rsplit(SEPARATOR).next().unwrap_or(key)
}

/// What a table can hold.
pub trait Row: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}
impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Row for T {}

/// Rows by key, in the order of their keys.
#[derive(Clone, Debug)]
pub struct Table<V> {
    rows: Rows<V>,
    /// Whether all rows were taken out, and which changed since.
    cleared: bool,
    changed: BTreeSet<String>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { rows: Rows::default(), cleared: false, changed: BTreeSet::new() }
    }
}

impl<V: Row> Table<V> {
    /// The row.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.rows.get(key)
    }

    /// The row, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let row = self.rows.get_mut(key);
        if row.is_some() {
            self.changed.insert(key.to_owned());
        }
        row
    }

    /// The row, to be changed; made if there is none.
    pub fn entry(&mut self, key: &str) -> &mut V
    where
        V: Default,
    {
        if !self.contains(key) {
            self.insert(key, V::default());
        }
        // It is there.
        self.get_mut(key).unwrap_or_else(|| unreachable!("{key} was put in"))
    }

    /// Whether there is such a row.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.rows.get(key).is_some()
    }

    /// Puts a row in, and returns the one it replaced.
    pub fn insert(&mut self, key: impl Into<String>, row: V) -> Option<V> {
        let key = key.into();
        let old = self.rows.insert(&key, row);
        self.changed.insert(key);
        old
    }

    /// Takes a row out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let row = self.rows.remove(key);
        if row.is_some() {
            self.changed.insert(key.to_owned());
        }
        row
    }

    /// All rows.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.rows.iter()
    }

    /// The rows behind `key`, in order.
    pub fn after(&self, key: &str) -> impl Iterator<Item = (&str, &V)> {
        self.rows.from(key).skip_while(move |(k, _)| *k == key)
    }

    /// The rows whose key begins with these parts, in order.
    pub fn under(&self, parts: &[&str]) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        self.under_after(parts, "")
    }

    /// The rows whose key begins with these parts and goes on behind `last`, in order.
    pub fn under_after(&self, parts: &[&str], last: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let prefix = format!("{}{SEPARATOR}", key(parts));
        let start = format!("{prefix}{last}");
        let rows = self.rows.from(&start);
        rows.skip_while(move |(k, _)| *k == start).take_while(move |(k, _)| k.starts_with(&prefix))
    }

    /// The rows whose key begins with these parts and goes on before `first`, the last first; an empty `first` is the end.
    pub fn under_before(&self, parts: &[&str], first: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let start = format!("{}{SEPARATOR}", key(parts));
        // What follows the separator ends the rows of these parts.
        let end = if first.is_empty() { format!("{} ", key(parts)) } else { format!("{start}{first}") };
        self.rows.before(&end).take_while(move |(k, _)| *k > start.as_str())
    }

    /// Takes out all rows whose key begins with these parts.
    pub fn remove_under(&mut self, parts: &[&str]) {
        let keys: Vec<String> = self.under(parts).map(|(k, _)| k.to_owned()).collect();
        for key in keys {
            self.remove(&key);
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }
}

/// What changed in a table.
#[derive(Clone, Debug)]
pub struct Change {
    /// The table.
    pub table: &'static str,
    /// What is to be done to it.
    pub edit: Edit,
}

/// A change, as a data file follows it.
#[derive(Clone, Debug)]
pub enum Edit {
    /// All rows are gone.
    Clear,
    /// A row by its key, as JSON.
    Put(String, Vec<u8>),
    /// The row of a key is gone.
    Remove(String),
}

/// What can be done with a table of any row.
pub trait AnyTable {
    /// Tells what changed since it was last asked.
    fn changes(&mut self, name: &'static str, into: &mut Vec<Change>);
    /// Forgets what changed.
    fn forget_changes(&mut self);
    /// Puts a row in from its JSON, or takes it out, without noting a change.
    fn load(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), serde_json::Error>;
    /// Whether these rows, each a JSON value, fit.
    fn check(&self, rows: &Map<String, Value>) -> Result<(), serde_json::Error>;
    /// Replaces all rows by these, each a JSON value.
    fn restore(&mut self, rows: &Map<String, Value>) -> Result<(), serde_json::Error>;
    /// Writes all rows as one JSON object.
    fn dump(&self, into: &mut Vec<u8>) -> Result<(), serde_json::Error>;
    /// Whether there is none.
    fn is_empty(&self) -> bool;
    /// Takes all rows out.
    fn clear(&mut self);
}

impl<V: Row> AnyTable for Table<V> {
    fn changes(&mut self, name: &'static str, into: &mut Vec<Change>) {
        if std::mem::take(&mut self.cleared) {
            into.push(Change { table: name, edit: Edit::Clear });
        }
        for key in std::mem::take(&mut self.changed) {
            let edit = match self.rows.get(&key).and_then(|row| serde_json::to_vec(row).ok()) {
                Some(row) => Edit::Put(key, row),
                None => Edit::Remove(key),
            };
            into.push(Change { table: name, edit });
        }
    }

    fn forget_changes(&mut self) {
        self.cleared = false;
        self.changed.clear();
    }

    fn load(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), serde_json::Error> {
        match row {
            Some(row) => drop(self.rows.insert(key, serde_json::from_slice(row)?)),
            None => drop(self.rows.remove(key)),
        }
        Ok(())
    }

    fn check(&self, rows: &Map<String, Value>) -> Result<(), serde_json::Error> {
        rows.values().try_for_each(|row| V::deserialize(row).map(drop))
    }

    fn restore(&mut self, rows: &Map<String, Value>) -> Result<(), serde_json::Error> {
        self.clear();
        for (key, row) in rows {
            self.insert(key.as_str(), V::deserialize(row)?);
        }
        Ok(())
    }

    fn dump(&self, into: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        serde_json::Serializer::new(into).collect_map(self.rows.iter())
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }

    fn clear(&mut self) {
        if !Self::is_empty(self) {
            self.cleared = true;
            self.changed.clear();
            self.rows.clear();
        }
    }
}

impl<V: Row> Table<V> {
    /// Goes back to what a copy of it holds.
    pub(crate) fn go_back(&mut self, to: &Self) {
        let apart = self.rows.apart(&to.rows);
        self.changed.extend(apart.into_iter().map(str::to_owned));
        self.rows = to.rows.clone();
    }
}
