//! What a table says of its rows, once: whom each belongs to, and in which order it stands among the others there. Lists,
//! counts and removals follow from it.

use crate::{
    rows::{Place, Rows},
    table,
};
use std::{borrow::Cow, cmp::Ordering, sync::Arc};

/// How a row names something by its key or by what it holds.
type Name<V> = for<'a> fn(&'a str, &'a V) -> Cow<'a, str>;

/// Something that rows belong to or are found by: a part of their key, or what they name themselves.
#[derive(Debug)]
pub struct Part<V: 'static> {
    /// The table of what they belong to: a row goes with it. Empty, they are only found by it.
    pub(crate) of: &'static str,
    pub(crate) place: Where<V>,
}

/// Where the rows of a name stand.
#[derive(Debug)]
pub(crate) enum Where<V: 'static> {
    /// Among all rows, by their keys, which begin with these parts and the name.
    Key(&'static [&'static str]),
    /// In a list of their own, by these numbers and then by their keys.
    List(Name<V>, fn(&V) -> u64),
}

const fn list<V>(of: &'static str, name: Name<V>, order: fn(&V) -> u64) -> Part<V> {
    Part { of, place: Where::List(name, order) }
}

/// The first part of a key, or all of it.
pub(crate) const fn under<V>(of: &'static str) -> Part<V> {
    Part { of, place: Where::Key(&[]) }
}

/// The part of a key that follows these.
pub(crate) const fn within<V>(of: &'static str, parts: &'static [&'static str]) -> Part<V> {
    Part { of, place: Where::Key(parts) }
}

/// The first part of a key, and in which order its rows stand.
pub(crate) const fn first<V>(of: &'static str, order: fn(&V) -> u64) -> Part<V> {
    list(of, |key, _| head(key).into(), order)
}

/// The last part of a key, and in which order its rows stand.
pub(crate) const fn last<V>(of: &'static str, order: fn(&V) -> u64) -> Part<V> {
    list(of, |key, _| table::last(key).into(), order)
}

/// All but the last part of a key, and in which order its rows stand.
pub(crate) const fn most<V>(of: &'static str, order: fn(&V) -> u64) -> Part<V> {
    list(of, |key, _| table::most(key).into(), order)
}

/// What a row names itself, and in which order it stands there.
pub(crate) const fn named<V>(of: &'static str, name: Name<V>, order: fn(&V) -> u64) -> Part<V> {
    list(of, name, order)
}

/// All rows, in an order.
pub(crate) const fn all<V>(order: fn(&V) -> u64) -> Part<V> {
    list("", |_, _| "".into(), order)
}

/// The first part of a key.
pub(crate) fn head(key: &str) -> &str {
    key.split(table::SEPARATOR).next().unwrap_or(key)
}

/// No order but that of the keys.
pub(crate) const fn by_key<V>(_: &V) -> u64 {
    0
}

/// The order of what was made last.
pub(crate) const fn newest(number: u64) -> u64 {
    !number
}

/// Whose, the number in its order, the row's key.
type Entry = (Arc<str>, u64, Arc<str>);

/// The entries of a part: by name, in the order there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries(Rows<Entry, ()>);

impl Entries {
    /// Of rows in the order of their keys.
    pub(crate) fn of<'a, V>(part: &Part<V>, rows: impl Iterator<Item = (&'a Arc<str>, &'a V)>) -> Self {
        let Where::List(name, order) = part.place else { return Self::default() };
        Self::sorted(rows.map(|(k, v)| (name(k, v), order(v), k)).collect())
    }

    /// Apart from the rows' type, of which there are many: sorting weighs more than all else here.
    fn sorted(mut entries: Vec<(Cow<'_, str>, u64, &Arc<str>)>) -> Self {
        entries.sort_unstable();
        // Entries of one name share it.
        let mut name: Arc<str> = Arc::default();
        let entries = entries.into_iter().map(|(of, number, key)| {
            if *name != *of {
                name = Arc::from(&*of);
            }
            ((name.clone(), number, key.clone()), ())
        });
        Self(Rows::sorted(entries))
    }

    pub(crate) fn insert(&mut self, name: &str, number: u64, key: &Arc<str>) {
        let place = self.0.at(to(name, number, key));
        let shared = self.0.around(place).find(|(of, ..)| **of == *name).map(|(of, ..)| of.clone());
        self.0.insert((shared.unwrap_or_else(|| name.into()), number, key.clone()), ());
    }

    pub(crate) fn remove(&mut self, name: &str, number: u64, key: &str) {
        self.0.remove(to(name, number, key));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether both hold the same.
    pub(crate) fn equal(&self, other: &Self) -> bool {
        self.0.iter().eq(other.0.iter())
    }

    /// The entries of a name.
    pub(crate) fn list(&self, name: &str) -> List<'_> {
        let from = self.0.at(|(of, ..)| (**of).cmp(name).then(Ordering::Greater));
        let to = self.0.at(|(of, ..)| (**of).cmp(name).then(Ordering::Less));
        List { entries: &self.0, from, to }
    }
}

fn to(name: &str, number: u64, key: &str) -> impl Fn(&Entry) -> Ordering {
    move |(of, n, k)| (**of).cmp(name).then(n.cmp(&number)).then_with(|| (**k).cmp(key))
}

/// Rows of one name, in their order.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    entries: &'a Rows<Entry, ()>,
    from: Place,
    to: Place,
}

impl<'a> List<'a> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.entries.count(self.from, self.to)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.keys().next().is_none()
    }

    /// Their numbers and keys.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = (u64, &'a str)> {
        self.entries.between(self.from, self.to).map(|((_, number, key), ())| (*number, &**key))
    }

    /// Their keys.
    pub fn keys(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.iter().map(|(_, key)| key)
    }

    /// The first parts of their keys.
    pub fn firsts(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.keys().map(head)
    }

    /// The last parts of their keys.
    pub fn lasts(self) -> impl DoubleEndedIterator<Item = &'a str> {
        self.keys().map(table::last)
    }

    /// Where numbers of this list begin that are not smaller.
    fn place(self, number: u64) -> Place {
        let Some(((name, ..), ())) = self.entries.between(self.from, self.to).next() else { return self.from };
        self.entries.at(|(of, n, _)| of.cmp(name).then(n.cmp(&number)).then(Ordering::Greater))
    }

    /// Those whose numbers are not smaller.
    #[must_use]
    pub fn from(self, number: u64) -> Self {
        Self { from: self.place(number), ..self }
    }

    /// Those whose numbers are smaller.
    #[must_use]
    pub fn before(self, number: u64) -> Self {
        Self { to: self.place(number), ..self }
    }
}
