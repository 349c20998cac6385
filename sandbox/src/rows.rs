//! Ordered rows in chunks, which copies share until one of them changes: a copy of a million rows takes no time and next to
//! no memory.

use std::{collections::BTreeSet, sync::Arc};

/// How many rows a chunk holds at most: one that is shared is copied before it is changed.
const MOST: usize = 64;

type Chunk<V> = Vec<(Box<str>, V)>;

/// Rows by key, in the order of their keys.
#[derive(Clone, Debug)]
pub(crate) struct Rows<V> {
    /// None is empty, and each holds smaller keys than the next.
    chunks: Vec<Arc<Chunk<V>>>,
    len: usize,
}

impl<V> Default for Rows<V> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

fn pairs<V>(rows: &[(Box<str>, V)]) -> impl DoubleEndedIterator<Item = (&str, &V)> {
    rows.iter().map(|(key, row)| (&**key, row))
}

impl<V: Clone> Rows<V> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Where rows begin whose keys are not smaller: a chunk, and a place in it or at its end.
    fn at(&self, key: &str) -> (usize, usize) {
        let begins = |chunk: &Arc<Chunk<V>>| chunk.first().is_some_and(|(first, _)| **first <= *key);
        let chunk = self.chunks.partition_point(begins).saturating_sub(1);
        (chunk, self.chunks.get(chunk).map_or(0, |rows| rows.partition_point(|(k, _)| **k < *key)))
    }

    fn found(&self, key: &str) -> Option<(usize, usize)> {
        let (chunk, row) = self.at(key);
        self.chunks.get(chunk)?.get(row).is_some_and(|(k, _)| **k == *key).then_some((chunk, row))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        let (chunk, row) = self.at(key);
        self.chunks.get(chunk)?.get(row).filter(|(k, _)| **k == *key).map(|(_, row)| row)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let (chunk, row) = self.found(key)?;
        Arc::make_mut(self.chunks.get_mut(chunk)?).get_mut(row).map(|(_, row)| row)
    }

    pub(crate) fn insert(&mut self, key: &str, row: V) -> Option<V> {
        if let Some(old) = self.get_mut(key) {
            return Some(std::mem::replace(old, row));
        }
        self.len += 1;
        let (mut chunk, mut place) = self.at(key);
        let last = chunk + 1 >= self.chunks.len();
        match self.chunks.get_mut(chunk).map(Arc::make_mut) {
            // Rows that come in order fill their chunks.
            Some(rows) if rows.len() == MOST && last && place == MOST => {
                chunk += 1;
                place = 0;
                self.chunks.push(Arc::default());
            }
            Some(rows) if rows.len() == MOST => {
                let right = rows.split_off(MOST / 2);
                self.chunks.insert(chunk + 1, Arc::new(right));
                if place > MOST / 2 {
                    chunk += 1;
                    place -= MOST / 2;
                }
            }
            Some(_) => {}
            None => self.chunks.push(Arc::default()),
        }
        if let Some(rows) = self.chunks.get_mut(chunk) {
            Arc::make_mut(rows).insert(place, (key.into(), row));
        }
        None
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let (chunk, row) = self.found(key)?;
        let rows = Arc::make_mut(self.chunks.get_mut(chunk)?);
        let (_, row) = rows.remove(row);
        self.len -= 1;
        let few = rows.len();
        // What is left of many chunks becomes few.
        if few == 0 {
            self.chunks.remove(chunk);
        } else if few < MOST / 4 && self.chunks.get(chunk + 1).is_some_and(|next| few + next.len() <= MOST / 2) {
            let next = Arc::unwrap_or_clone(self.chunks.remove(chunk + 1));
            if let Some(rows) = self.chunks.get_mut(chunk) {
                Arc::make_mut(rows).extend(next);
            }
        }
        Some(row)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.chunks.iter().flat_map(|rows| pairs(rows))
    }

    /// The rows whose keys are not smaller, in order.
    pub(crate) fn from(&self, key: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let (chunk, place) = self.at(key);
        let mut chunks = self.chunks.iter().skip(chunk);
        let first = chunks.next().and_then(|rows| rows.get(place..)).unwrap_or_default();
        pairs(first).chain(chunks.flat_map(|rows| pairs(rows)))
    }

    /// The rows whose keys are smaller, the last first.
    pub(crate) fn before(&self, key: &str) -> impl Iterator<Item = (&str, &V)> + use<'_, V> {
        let (chunk, place) = self.at(key);
        let last = self.chunks.get(chunk).and_then(|rows| rows.get(..place)).unwrap_or_default();
        let chunks = self.chunks.get(..chunk).unwrap_or_default();
        pairs(last).rev().chain(chunks.iter().rev().flat_map(|rows| pairs(rows).rev()))
    }

    /// The keys of the chunks that two do not share, every key among them whose row differs.
    pub(crate) fn apart<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a str> {
        let own = |rows: &Self| rows.chunks.iter().map(Arc::as_ptr).collect::<BTreeSet<_>>();
        let (here, there) = (own(self), own(other));
        let alone = |rows: &&Arc<Chunk<V>>, there: &BTreeSet<*const Chunk<V>>| !there.contains(&Arc::as_ptr(rows));
        let mine = self.chunks.iter().filter(|rows| alone(rows, &there));
        let theirs = other.chunks.iter().filter(|rows| alone(rows, &here));
        mine.chain(theirs).flat_map(|rows| rows.iter().map(|(key, _)| &**key)).collect()
    }
}

impl<V: Send + Sync + 'static> Rows<V> {
    /// Takes all rows out. To let many go takes a while, which nobody need wait for.
    pub(crate) fn clear(&mut self) {
        let rows = std::mem::take(self);
        // Without a thread they go here.
        if rows.len > 10_000 && cfg!(not(target_arch = "wasm32")) {
            let _ = std::thread::Builder::new().spawn(move || drop(rows));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Rows;
    use std::collections::BTreeMap;

    /// Numbers in no order, the same each time.
    fn numbers() -> impl Iterator<Item = u64> {
        std::iter::successors(Some(7_u64), |n| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
            .map(|n| n >> 33)
    }

    #[test]
    fn they_are_what_a_map_is() {
        for (spread, steps) in [(50, 2_000), (2_000, 20_000)] {
            let (mut rows, mut map) = (Rows::default(), BTreeMap::new());
            let (mut copies, mut numbers) = (Vec::new(), numbers());
            for step in 0..steps {
                let key = format!("{:05}", numbers.next().unwrap() % spread);
                // More comes at first, more goes in the end.
                if numbers.next().unwrap() % steps > step {
                    assert_eq!(rows.insert(&key, step), map.insert(key.clone(), step));
                } else {
                    assert_eq!(rows.remove(&key), map.remove(&key));
                }
                assert_eq!(rows.get(&key), map.get(&key));
                let next = format!("{:05}", numbers.next().unwrap() % spread);
                let small = |(k, v): (&str, &u64)| (k.to_owned(), *v);
                let owned = |(k, v): (&String, &u64)| (k.clone(), *v);
                assert!(rows.from(&next).take(3).map(small).eq(map.range(next.clone()..).take(3).map(owned)));
                assert!(rows.before(&next).take(3).map(small).eq(map.range(..next.clone()).rev().take(3).map(owned)));
                if step % (steps / 10) == 0 {
                    copies.push((rows.clone(), map.clone()));
                }
            }
            copies.push((rows, map));
            // What came since left the copies alone.
            for (rows, map) in &copies {
                assert_eq!(rows.len(), map.len());
                assert!(rows.iter().eq(map.iter().map(|(k, v)| (k.as_str(), v))));
                assert!(rows.iter().rev().eq(map.iter().rev().map(|(k, v)| (k.as_str(), v))));
            }
        }
    }

    #[test]
    fn copies_know_where_they_are_apart() {
        let mut rows = Rows::default();
        for n in 0..10_000_u64 {
            rows.insert(&format!("{n:05}"), n);
        }
        let mut copy = rows.clone();
        assert!(rows.apart(&copy).is_empty());
        copy.remove("00500");
        copy.insert("00500x", 0);
        *copy.get_mut("09000").unwrap() = 1;
        let apart = rows.apart(&copy);
        for key in ["00500", "00500x", "09000"] {
            assert!(apart.contains(key), "{key}");
        }
        // The neighbours in those chunks, no more.
        assert!(apart.len() < 200, "{}", apart.len());
    }
}
