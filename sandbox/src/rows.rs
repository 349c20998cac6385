//! Ordered rows in chunks, which copies share until one of them changes: a copy of a million rows takes no time and next to
//! no memory.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

/// How many rows a chunk holds at most: one that is shared is copied before it is changed.
const MOST: usize = 64;

type Chunk<K, V> = Vec<(K, V)>;

/// Where a row is or would be: which chunk, and where in it, or at its end.
pub(crate) type Place = (usize, usize);

/// Rows by key, in the order of their keys. A key that is sought is given as how others compare to it.
#[derive(Clone, Debug)]
pub(crate) struct Rows<K, V> {
    /// None is empty, and each but the first holds no smaller keys than what stands beside it, which the one before does:
    /// the search among many chunks looks into none.
    chunks: Vec<(K, Arc<Chunk<K, V>>)>,
    len: usize,
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<K: Clone + Ord, V: Clone> Rows<K, V> {
    /// Rows that are sorted already.
    pub(crate) fn sorted(rows: impl IntoIterator<Item = (K, V)>) -> Self {
        let (mut rows, mut all) = (rows.into_iter(), Self::default());
        loop {
            let chunk: Chunk<K, V> = rows.by_ref().take(MOST).collect();
            let Some((least, _)) = chunk.first() else { return all };
            all.len += chunk.len();
            all.chunks.push((least.clone(), Arc::new(chunk)));
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Where the rows begin whose keys are not smaller.
    pub(crate) fn at(&self, order: impl Fn(&K) -> Ordering) -> Place {
        let chunk = self.chunks.partition_point(|(least, _)| order(least).is_le()).saturating_sub(1);
        (chunk, self.chunks.get(chunk).map_or(0, |(_, rows)| rows.partition_point(|(key, _)| order(key).is_lt())))
    }

    fn entry(&self, (chunk, row): Place) -> Option<&(K, V)> {
        self.chunks.get(chunk)?.1.get(row)
    }

    /// The key at a place, and the one before it in its chunk.
    pub(crate) fn around(&self, (chunk, row): Place) -> impl Iterator<Item = &K> {
        [row.checked_sub(1), Some(row)].into_iter().flatten().filter_map(move |row| Some(&self.entry((chunk, row))?.0))
    }

    pub(crate) fn get(&self, order: impl Fn(&K) -> Ordering) -> Option<(&K, &V)> {
        let (key, row) = self.entry(self.at(&order))?;
        order(key).is_eq().then_some((key, row))
    }

    pub(crate) fn get_mut(&mut self, order: impl Fn(&K) -> Ordering) -> Option<(&K, &mut V)> {
        let place @ (chunk, row) = self.at(&order);
        self.entry(place).filter(|(key, _)| order(key).is_eq())?;
        Arc::make_mut(&mut self.chunks.get_mut(chunk)?.1).get_mut(row).map(|(key, row)| (&*key, row))
    }

    pub(crate) fn insert(&mut self, key: K, row: V) -> Option<V> {
        let (mut chunk, mut place) = self.at(|k| k.cmp(&key));
        if self.entry((chunk, place)).is_some_and(|(k, _)| *k == key) {
            let rows = Arc::make_mut(&mut self.chunks.get_mut(chunk)?.1);
            return rows.get_mut(place).map(|(_, old)| std::mem::replace(old, row));
        }
        self.len += 1;
        let last = chunk + 1 >= self.chunks.len();
        match self.chunks.get_mut(chunk).map(|(_, rows)| Arc::make_mut(rows)) {
            // Rows that come in order fill their chunks.
            Some(rows) if rows.len() == MOST && last && place == MOST => {
                chunk += 1;
                place = 0;
                self.chunks.push((key.clone(), Arc::default()));
            }
            Some(rows) if rows.len() == MOST => {
                let right = rows.split_off(MOST / 2);
                let least = right.first().map_or_else(|| key.clone(), |(least, _)| least.clone());
                self.chunks.insert(chunk + 1, (least, Arc::new(right)));
                if place > MOST / 2 {
                    chunk += 1;
                    place -= MOST / 2;
                }
            }
            Some(_) => {}
            None => self.chunks.push((key.clone(), Arc::default())),
        }
        if let Some((_, rows)) = self.chunks.get_mut(chunk) {
            Arc::make_mut(rows).insert(place, (key, row));
        }
        None
    }

    pub(crate) fn remove(&mut self, order: impl Fn(&K) -> Ordering) -> Option<(K, V)> {
        let place @ (chunk, row) = self.at(&order);
        self.entry(place).filter(|(key, _)| order(key).is_eq())?;
        let rows = Arc::make_mut(&mut self.chunks.get_mut(chunk)?.1);
        let gone = rows.remove(row);
        self.len -= 1;
        let few = rows.len();
        // What is left of many chunks becomes few.
        if few == 0 {
            self.chunks.remove(chunk);
        } else if few < MOST / 4 && self.chunks.get(chunk + 1).is_some_and(|(_, next)| few + next.len() <= MOST / 2) {
            let (_, next) = self.chunks.remove(chunk + 1);
            if let Some((_, rows)) = self.chunks.get_mut(chunk) {
                Arc::make_mut(rows).extend(Arc::unwrap_or_clone(next));
            }
        }
        Some(gone)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + use<'_, K, V> {
        self.between((0, 0), self.end())
    }

    /// Behind the last row.
    pub(crate) fn end(&self) -> Place {
        (self.chunks.len(), 0)
    }

    /// The rows from a place up to another.
    pub(crate) fn between(&self, from: Place, to: Place) -> impl DoubleEndedIterator<Item = (&K, &V)> + use<'_, K, V> {
        let chunks = self.chunks.get(from.0..self.chunks.len().min(to.0 + 1)).unwrap_or_default();
        chunks.iter().enumerate().flat_map(move |(n, (_, rows))| {
            let begin = if n == 0 { from.1 } else { 0 };
            let end = if from.0 + n == to.0 { to.1 } else { rows.len() };
            rows.get(begin..end).unwrap_or_default().iter().map(|(key, row)| (key, row))
        })
    }

    /// How many those are.
    pub(crate) fn count(&self, from: Place, to: Place) -> usize {
        let chunks = self.chunks.get(from.0..to.0).unwrap_or_default();
        (chunks.iter().map(|(_, rows)| rows.len()).sum::<usize>() + to.1).saturating_sub(from.1)
    }

    /// The keys of the chunks that two do not share, every key among them whose row differs.
    pub(crate) fn apart<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a K> {
        let own = |rows: &Self| rows.chunks.iter().map(|(_, rows)| Arc::as_ptr(rows)).collect::<BTreeSet<_>>();
        let (here, there) = (own(self), own(other));
        let alone = |rows: &Arc<Chunk<K, V>>, there: &BTreeSet<*const Chunk<K, V>>| !there.contains(&Arc::as_ptr(rows));
        let mine = self.chunks.iter().filter(|(_, rows)| alone(rows, &there));
        let theirs = other.chunks.iter().filter(|(_, rows)| alone(rows, &here));
        mine.chain(theirs).flat_map(|(_, rows)| rows.iter().map(|(key, _)| key)).collect()
    }
}

impl<K: Send + Sync + 'static, V: Send + Sync + 'static> Rows<K, V> {
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
    use std::{cmp::Ordering, collections::BTreeMap};

    /// Numbers in no order, the same each time.
    fn numbers() -> impl Iterator<Item = u64> {
        std::iter::successors(Some(7_u64), |n| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
            .map(|n| n >> 33)
    }

    fn to(key: &str) -> impl Fn(&String) -> Ordering {
        move |k| k.as_str().cmp(key)
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
                    assert_eq!(rows.insert(key.clone(), step), map.insert(key.clone(), step));
                } else {
                    assert_eq!(rows.remove(to(&key)).map(|(_, row)| row), map.remove(&key));
                }
                assert_eq!(rows.get(to(&key)).map(|(_, row)| row), map.get(&key));
                let next = format!("{:05}", numbers.next().unwrap() % spread);
                let place = rows.at(to(&next));
                assert!(rows.between(place, rows.end()).take(3).eq(map.range(next.clone()..).take(3)));
                assert!(rows.between((0, 0), place).rev().take(3).eq(map.range(..next.clone()).rev().take(3)));
                if step % (steps / 10) == 0 {
                    copies.push((rows.clone(), map.clone()));
                    let (from, to) = if next < key { (next, key) } else { (key, next) };
                    let (from, to) = (rows.at(self::to(&from)), rows.at(self::to(&to)));
                    assert_eq!(rows.count(from, to), rows.between(from, to).count());
                }
            }
            copies.push((rows, map));
            // What came since left the copies alone.
            for (rows, map) in &copies {
                assert_eq!(rows.len(), map.len());
                assert!(rows.iter().eq(map));
                assert!(rows.iter().rev().eq(map.iter().rev()));
                let sorted = Rows::sorted(map.clone());
                assert!(sorted.len() == map.len() && sorted.iter().eq(map));
            }
        }
    }

    #[test]
    fn copies_know_where_they_are_apart() {
        let mut rows = Rows::sorted((0..10_000_u64).map(|n| (format!("{n:05}"), n)));
        let mut copy = rows.clone();
        assert!(rows.apart(&copy).is_empty());
        copy.remove(to("00500"));
        copy.insert("00500x".into(), 0);
        *copy.get_mut(to("09000")).unwrap().1 = 1;
        let apart = rows.apart(&copy);
        for key in ["00500", "00500x", "09000"] {
            assert!(apart.contains(&key.to_owned()), "{key}");
        }
        // The neighbours in those chunks, no more.
        assert!(apart.len() < 200, "{}", apart.len());
        rows.clear();
        assert_eq!((rows.len(), copy.len()), (0, 10_000));
    }
}
