//! Tables: ordered rows that remember which of them changed, so that a data file can follow.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

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
pub trait Row: Clone + Serialize + DeserializeOwned {}
impl<T: Clone + Serialize + DeserializeOwned> Row for T {}

/// Rows by key, in the order of their keys.
#[derive(Clone, Debug)]
pub struct Table<V> {
    rows: BTreeMap<String, V>,
    changed: BTreeSet<String>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), changed: BTreeSet::new() }
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
        self.changed.insert(key.to_owned());
        self.rows.entry(key.to_owned()).or_default()
    }

    /// Whether there is such a row.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// Puts a row in, and returns the one it replaced.
    pub fn insert(&mut self, key: impl Into<String>, row: V) -> Option<V> {
        let key = key.into();
        self.changed.insert(key.clone());
        self.rows.insert(key, row)
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
        self.rows.iter().map(|(k, v)| (k.as_str(), v))
    }

    /// The rows behind `key`, in order.
    pub fn after(&self, key: &str) -> impl Iterator<Item = (&str, &V)> {
        self.rows.range::<str, _>((Bound::Excluded(key), Bound::Unbounded)).map(|(k, v)| (k.as_str(), v))
    }

    /// The rows whose key begins with these parts, in order.
    pub fn under(&self, parts: &[&str]) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        self.under_after(parts, "")
    }

    /// The rows whose key begins with these parts and goes on behind `last`, in order.
    pub fn under_after(&self, parts: &[&str], last: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let prefix = format!("{}{SEPARATOR}", key(parts));
        let start = format!("{prefix}{last}");
        self.rows
            .range::<str, _>((Bound::Excluded(start.as_str()), Bound::Unbounded))
            .take_while(move |(k, _)| k.starts_with(&prefix))
            .map(|(k, v)| (k.as_str(), v))
    }

    /// The rows whose key begins with these parts and goes on before `first`, the last first; an empty `first` is the end.
    pub fn under_before(&self, parts: &[&str], first: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let start = format!("{}{SEPARATOR}", key(parts));
        // What follows the separator ends the rows of these parts.
        let end = if first.is_empty() { format!("{} ", key(parts)) } else { format!("{start}{first}") };
        let range = (Bound::Excluded(start.as_str()), Bound::Excluded(end.as_str()));
        self.rows.range::<str, _>(range).rev().map(|(k, v)| (k.as_str(), v))
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
        self.rows.is_empty()
    }
}

/// A changed row: its table, its key, and its JSON or nothing if it is gone.
#[derive(Clone, Debug)]
pub struct Change {
    /// The table.
    pub table: &'static str,
    /// The key.
    pub key: String,
    /// The row's JSON.
    pub row: Option<Vec<u8>>,
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
    /// All rows as one JSON object.
    fn dump(&self) -> Result<Map<String, Value>, serde_json::Error>;
    /// Takes all rows out.
    fn clear(&mut self);
}

impl<V: Row> AnyTable for Table<V> {
    fn changes(&mut self, name: &'static str, into: &mut Vec<Change>) {
        for key in std::mem::take(&mut self.changed) {
            let row = self.rows.get(&key).and_then(|row| serde_json::to_vec(row).ok());
            into.push(Change { table: name, key, row });
        }
    }

    fn forget_changes(&mut self) {
        self.changed.clear();
    }

    fn load(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), serde_json::Error> {
        match row {
            Some(row) => drop(self.rows.insert(key.to_owned(), serde_json::from_slice(row)?)),
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

    fn dump(&self) -> Result<Map<String, Value>, serde_json::Error> {
        self.rows.iter().map(|(k, v)| Ok((k.clone(), serde_json::to_value(v)?))).collect()
    }

    fn clear(&mut self) {
        self.changed.extend(self.rows.keys().cloned());
        self.rows.clear();
    }
}
