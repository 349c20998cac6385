//! Tables: ordered rows that remember which of them changed, so that a data file can follow.

use crate::{
    parts::{Entries, List, Part, Where},
    rows::Rows,
};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::{any::Any, cmp::Ordering, collections::BTreeSet, sync::Arc};

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

/// All but the last part of a key.
#[must_use]
pub fn most(key: &str) -> &str {
    key.rsplit_once(SEPARATOR).map_or("", |(most, _)| most)
}

/// What a table can hold.
pub trait Row: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}
impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Row for T {}

/// Rows by key, in the order of their keys, and by what else their parts say.
#[derive(Clone, Debug)]
pub struct Table<V: 'static> {
    rows: Rows<Arc<str>, V>,
    parts: &'static [Part<V>],
    /// One for each part, in step with the rows.
    entries: Vec<Entries>,
    none: Entries,
    /// Whether all rows were taken out, and which changed since.
    cleared: bool,
    changed: BTreeSet<Arc<str>>,
}

fn to(key: &str) -> impl Fn(&Arc<str>) -> Ordering {
    move |k| (**k).cmp(key)
}

impl<V: Row> Table<V> {
    /// An empty table whose rows have these parts.
    pub(crate) fn new(parts: &'static [Part<V>]) -> Self {
        let entries = parts.iter().map(|_| Entries::default()).collect();
        Self {
            rows: Rows::default(),
            parts,
            entries,
            none: Entries::default(),
            cleared: false,
            changed: BTreeSet::new(),
        }
    }

    /// The row.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.rows.get(to(key)).map(|(_, row)| row)
    }

    /// The row, to be changed, but for what its parts go by: that is changed by putting another in.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let (key, row) = self.rows.get_mut(to(key))?;
        self.changed.insert(key.clone());
        Some(row)
    }

    /// The row, to be changed in that way; made if there is none.
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
        self.get(key).is_some()
    }

    /// Puts a row in, and returns the one it replaced.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, row: V) -> Option<V> {
        let key = key.into();
        self.changed.insert(key.clone());
        self.put(key, row)
    }

    /// Takes a row out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let (key, row) = self.take(key)?;
        self.changed.insert(key);
        Some(row)
    }

    fn put(&mut self, key: Arc<str>, row: V) -> Option<V> {
        let old = self.rows.get(to(&key));
        for (part, entries) in self.parts.iter().zip(&mut self.entries) {
            let Where::List(name, order) = part.place else { continue };
            let at = (name(&key, &row), order(&row));
            match old.map(|(key, old)| (name(key, old), order(old))) {
                Some(was) if was == at => continue,
                Some(was) => entries.remove(&was.0, was.1, &key),
                None => {}
            }
            entries.insert(&at.0, at.1, &key);
        }
        self.rows.insert(key, row)
    }

    fn take(&mut self, key: &str) -> Option<(Arc<str>, V)> {
        let (key, row) = self.rows.remove(to(key))?;
        for (part, entries) in self.parts.iter().zip(&mut self.entries) {
            if let Where::List(name, order) = part.place {
                entries.remove(&name(&key, &row), order(&row), &key);
            }
        }
        Some((key, row))
    }

    /// All rows.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.rows.iter().map(|(key, row)| (&**key, row))
    }

    /// The rows of a name, by one of the table's parts that make lists.
    #[must_use]
    pub fn of(&self, part: usize, name: &str) -> List<'_> {
        self.entries.get(part).unwrap_or(&self.none).list(name)
    }

    /// The rows whose key begins with these parts, in order.
    pub fn under(&self, parts: &[&str]) -> impl DoubleEndedIterator<Item = (&str, &V)> + use<'_, V> {
        self.under_after(parts, "")
    }

    /// The rows whose key begins with these parts and goes on behind `last`, in order.
    pub fn under_after(&self, parts: &[&str], last: &str) -> impl DoubleEndedIterator<Item = (&str, &V)> + use<'_, V> {
        let prefix = key(parts);
        let start = format!("{prefix}{SEPARATOR}{last}");
        // What follows the separator ends the rows of these parts.
        let end = format!("{prefix} ");
        let from = self.rows.at(|k| (**k).cmp(&start).then(Ordering::Less));
        self.rows.between(from, self.rows.at(to(&end))).map(|(key, row)| (&**key, row))
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

/// Rows in the order of their keys: sorted before they have a type, of which there are many.
fn in_order(rows: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows
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
    Put(Arc<str>, Vec<u8>),
    /// The row of a key is gone.
    Remove(Arc<str>),
}

/// Rows of a table, as their [`Reader`] made them.
pub type Read = Box<dyn Any + Send>;
/// Reads rows by their keys, each JSON: on whichever thread, since it takes longer than anything else of a start.
pub type Reader = fn(Vec<(Arc<str>, Vec<u8>)>) -> Result<Read, String>;

/// What can be done with a table of any row.
pub trait AnyTable {
    /// Tells what changed since it was last asked.
    #[cfg(not(target_arch = "wasm32"))]
    fn changes(&mut self, name: &'static str, into: &mut Vec<Change>);
    /// Forgets what changed.
    fn forget_changes(&mut self);
    /// Puts a row in from its JSON, or takes it out, without noting a change.
    #[cfg(not(target_arch = "wasm32"))]
    fn load(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), serde_json::Error>;
    /// How its rows are read.
    #[cfg(not(target_arch = "wasm32"))]
    fn reader(&self) -> Reader;
    /// Takes what was read, all rows and in order, without noting a change.
    #[cfg(not(target_arch = "wasm32"))]
    fn fill(&mut self, read: Vec<Read>);
    /// Replaces all rows by these, each a JSON value, without noting a change.
    fn restore(&mut self, rows: &Map<String, Value>) -> Result<(), serde_json::Error>;
    /// Writes all rows as one JSON object.
    fn dump(&self, into: &mut Vec<u8>) -> Result<(), serde_json::Error>;
    /// The tables that its rows belong to.
    #[cfg(test)]
    fn owners(&self) -> Vec<&'static str>;
    /// Whether its rows belong to those of another table.
    fn belongs(&self, table: &str) -> bool;
    /// Takes a row out; tells whether it was there.
    fn take_out(&mut self, key: &str) -> bool;
    /// Takes out the rows that belong to one of another table, and tells their keys.
    fn take_out_of(&mut self, table: &str, name: &str) -> Vec<String>;
    /// Whether the lists are what the rows say.
    fn fits(&self) -> bool;
    /// Whether there is none.
    fn is_empty(&self) -> bool;
    /// Takes all rows out.
    fn clear(&mut self);
}

impl<V: Row> AnyTable for Table<V> {
    #[cfg(not(target_arch = "wasm32"))]
    fn changes(&mut self, name: &'static str, into: &mut Vec<Change>) {
        if std::mem::take(&mut self.cleared) {
            into.push(Change { table: name, edit: Edit::Clear });
        }
        for key in std::mem::take(&mut self.changed) {
            let edit = match self.get(&key).and_then(|row| serde_json::to_vec(row).ok()) {
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

    #[cfg(not(target_arch = "wasm32"))]
    fn load(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), serde_json::Error> {
        match row {
            Some(row) => drop(self.put(key.into(), serde_json::from_slice(row)?)),
            None => drop(self.take(key)),
        }
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn reader(&self) -> Reader {
        |rows| {
            let read = |(key, row): (Arc<str>, Vec<u8>)| match serde_json::from_slice::<V>(&row) {
                Ok(row) => Ok((key, row)),
                Err(e) => Err(format!("{key:?}: {e}")),
            };
            Ok(Box::new(rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?))
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn fill(&mut self, read: Vec<Read>) {
        let rows = read.into_iter().filter_map(|rows| rows.downcast::<Vec<(Arc<str>, V)>>().ok());
        self.set(Rows::sorted(rows.flat_map(|rows| *rows)));
    }

    fn restore(&mut self, rows: &Map<String, Value>) -> Result<(), serde_json::Error> {
        let row = |(key, row): (&String, &Value)| Ok((Arc::from(key.as_str()), V::deserialize(row)?));
        let rows = in_order(rows).into_iter().map(row).collect::<Result<Vec<_>, serde_json::Error>>()?;
        self.set(Rows::sorted(rows));
        Ok(())
    }

    fn dump(&self, into: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        serde_json::Serializer::new(into).collect_map(self.iter())
    }

    #[cfg(test)]
    fn owners(&self) -> Vec<&'static str> {
        self.parts.iter().map(|part| part.of).filter(|of| !of.is_empty()).collect()
    }

    fn belongs(&self, table: &str) -> bool {
        self.parts.iter().any(|part| part.of == table)
    }

    fn take_out(&mut self, key: &str) -> bool {
        self.remove(key).is_some()
    }

    fn take_out_of(&mut self, table: &str, name: &str) -> Vec<String> {
        let mut keys = BTreeSet::new();
        for (n, part) in self.parts.iter().enumerate().filter(|(_, part)| part.of == table) {
            match part.place {
                Where::List(..) => keys.extend(self.of(n, name).keys().map(str::to_owned)),
                Where::Key(before) => {
                    let parts = [before, &[name]].concat();
                    keys.extend(self.under(&parts).map(|(key, _)| key.to_owned()));
                    keys.extend(Some(key(&parts)).filter(|key| self.contains(key)));
                }
            }
        }
        keys.iter().for_each(|key| drop(self.remove(key)));
        keys.into_iter().collect()
    }

    fn fits(&self) -> bool {
        let made = |part| Entries::of(part, self.rows.iter());
        self.parts.iter().zip(&self.entries).all(|(part, entries)| entries.equal(&made(part)))
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }

    fn clear(&mut self) {
        if !Self::is_empty(self) {
            self.cleared = true;
            self.changed.clear();
            self.rows.clear();
            self.entries.iter_mut().for_each(Entries::clear);
        }
    }
}

impl<V: Row> Table<V> {
    /// Has these rows, of which no change is noted.
    fn set(&mut self, rows: Rows<Arc<str>, V>) {
        self.entries = self.parts.iter().map(|part| Entries::of(part, rows.iter())).collect();
        self.rows = rows;
    }

    /// Goes to what another table holds: a copy of this one from before, or one that was read.
    pub(crate) fn become_like(&mut self, other: &Self) {
        let apart = self.rows.apart(&other.rows);
        self.changed.extend(apart.into_iter().cloned());
        self.rows = other.rows.clone();
        self.entries.clone_from(&other.entries);
    }
}
