//! Maps and sets that are sorted lists.
//!
//! The standard library's are trees, whose nodes are searched, split and freed by code that is compiled
//! for every pair of types: five thousand bytes each, in the WebAssembly module a sixth of the whole. What
//! the stages keep is small, a learner's attainments or the parts of an answer, and mostly comes in
//! order, so a list that is searched by halves does as well, and is faster to make and to read.
//!
//! To insert one entry moves those behind it. So where nothing but the bytes of a bundle bounds how many there
//! are, they are collected, which sorts once, or a tree of the standard library is used.

use std::borrow::Borrow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{FromJson, JsonError, Reader};
use crate::order;

/// A map, as a list in the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Map<K, V>(Vec<(K, V)>);

/// A set, as a list in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set<T>(Vec<T>);

/// The place of a key in a map, which may be empty.
pub struct Entry<'m, K, V> {
    map: &'m mut Map<K, V>,
    key: K,
    place: Result<usize, usize>,
}

impl<K, V> Map<K, V> {
    /// Create an empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Return how many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Check whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Take all entries out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Return the entries, by their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Return the keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// Return the values, by their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// Return the values, by their keys.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Return the values, by their keys.
    pub fn into_values(self) -> impl DoubleEndedIterator<Item = V> {
        self.0.into_iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Return where a key is, or where it would be.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    /// Return the value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// Check whether there is such a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Return the value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get_mut(at)).map(|(_, value)| value)
    }

    /// Return a key as it stands in the map, and its value.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(key, value)| (key, value))
    }

    /// Set the value of a key, and return the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => self.0.get_mut(at).map(|entry| std::mem::replace(&mut entry.1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Take a key out, and return its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Return the place of a key.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let place = self.place(&key);
        Entry { map: self, key, place }
    }
}

impl<'m, K, V> Entry<'m, K, V> {
    /// Return the value; if there was none, it is made now.
    pub fn or_insert_with(self, new: impl FnOnce() -> V) -> &'m mut V {
        let list = &mut self.map.0;
        let at = match self.place {
            Ok(at) => at,
            Err(at) => {
                list.insert(at, (self.key, new()));
                at
            }
        };
        &mut list[at].1
    }

    /// Return the value; if there was none, it is this.
    pub fn or_insert(self, new: V) -> &'m mut V {
        self.or_insert_with(|| new)
    }

    /// Return the value; if there was none, it is the type's default.
    pub fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<T> Set<T> {
    /// Create an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Return how many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Check whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Return the first entry.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }

    /// Return the entries, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T: Ord> Set<T> {
    /// Return where a key is, or where it would be.
    fn place<Q: Ord + ?Sized>(&self, one: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|other| other.borrow().cmp(one))
    }

    /// Check whether this is in it.
    pub fn contains<Q: Ord + ?Sized>(&self, one: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(one).is_ok()
    }

    /// Add an entry; return whether it is new.
    pub fn insert(&mut self, one: T) -> bool {
        let place = self.place(&one);
        if let Err(at) = place {
            self.0.insert(at, one);
        }
        place.is_err()
    }

    /// Take an entry out; return whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, one: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(one).map(|at| self.0.remove(at)).is_ok()
    }

    /// Check whether all of it is in another set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|one| other.contains(one))
    }

    /// Check whether nothing of it is in another set.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        !self.iter().any(|one| other.contains(one))
    }

    /// Return the entries that are in both sets.
    pub fn intersection<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s T> + Clone {
        self.iter().filter(|one| other.contains(*one))
    }

    /// Return the entries that are in one set or in both.
    pub fn union<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s T> {
        self.iter().chain(other).collect::<Set<&T>>().0.into_iter()
    }

    /// Sort what was put together, and keep one of equals.
    fn settled(mut self) -> Self {
        if !self.0.is_sorted_by(|a, b| a < b) {
            order::sort(&mut self.0);
            self.0.dedup();
        }
        self
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'s, K, V> IntoIterator for &'s mut Map<K, V> {
    type Item = (&'s K, &'s mut V);
    type IntoIter = std::iter::Map<std::slice::IterMut<'s, (K, V)>, fn(&'s mut (K, V)) -> (&'s K, &'s mut V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tree = std::collections::BTreeMap::deserialize(deserializer)?;
        Ok(tree.into_iter().collect())
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for Map<K, V> {
    fn from_json(reader: &mut Reader<'_>) -> Result<Self, JsonError> {
        let mut all: Vec<(K, V)> = Vec::new();
        reader.entries(&mut |reader| {
            let key = K::from_json(reader)?;
            reader.is_as_written(|| all.last().is_none_or(|(last, _)| *last < key));
            reader.colon()?;
            all.push((key, V::from_json(reader)?));
            Ok(())
        })?;
        Ok(all.into_iter().collect())
    }
}

#[cfg(feature = "schema")]
impl<K: schemars::JsonSchema, V: schemars::JsonSchema> schemars::JsonSchema for Map<K, V> {
    fn inline_schema() -> bool {
        std::collections::BTreeMap::<K, V>::inline_schema()
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<K, V>::schema_name()
    }
    fn schema_id() -> std::borrow::Cow<'static, str> {
        std::collections::BTreeMap::<K, V>::schema_id()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<K, V>::json_schema(generator)
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    /// Collect entries; of equal keys the last counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let mut list = Vec::new();
        for entry in all {
            list.push(entry);
        }
        if !list.is_sorted_by(|a, b| a.0 < b.0) {
            order::sort_by(&mut list, |a, b| a.0.cmp(&b.0));
            list.dedup_by(|later, earlier| {
                let is_same = later.0 == earlier.0;
                if is_same {
                    std::mem::swap(later, earlier);
                }
                is_same
            });
        }
        Self(list)
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut set = Self::new();
        for one in all {
            set.0.push(one);
        }
        set.settled()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        let mut set = std::mem::take(self);
        for one in more {
            set.0.push(one);
        }
        *self = set.settled();
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(all: [(K, V); N]) -> Self {
        all.into_iter().collect()
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(all: [T; N]) -> Self {
        all.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s, K, V> IntoIterator for &'s Map<K, V> {
    type Item = (&'s K, &'s V);
    type IntoIter = std::iter::Map<std::slice::Iter<'s, (K, V)>, fn(&'s (K, V)) -> (&'s K, &'s V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s, T> IntoIterator for &'s Set<T> {
    type Item = &'s T;
    type IntoIter = std::slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Numbers in no order, many of them alike.
    fn drawn(seed: u32, length: usize) -> Vec<(u32, usize)> {
        let mut state = seed * 7919 + 1;
        (0..length)
            .map(|n| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((state >> 16) % (3 * seed), n)
            })
            .collect()
    }

    #[test]
    fn maps_are_as_those_of_the_standard_library() {
        for list in (1..6).flat_map(|seed| (0..40).map(move |length| drawn(seed, length))) {
            let (mut expected, mut found) = (BTreeMap::new(), Map::new());
            for (key, value) in &list {
                if value % 5 == 4 {
                    assert_eq!(found.remove(key), expected.remove(key));
                } else if value % 3 == 0 {
                    assert_eq!(found.entry(*key).or_insert(*value), expected.entry(*key).or_insert(*value));
                } else {
                    assert_eq!(found.insert(*key, *value), expected.insert(*key, *value));
                }
                assert!(found.iter().eq(&expected));
                assert_eq!(found.get(key), expected.get(key));
                assert_eq!(found.contains_key(&(key + 1)), expected.contains_key(&(key + 1)));
            }
            let collected: Map<u32, usize> = list.iter().copied().collect();
            assert!(collected.into_iter().eq(list.iter().copied().collect::<BTreeMap<_, _>>()));
        }
    }

    #[test]
    fn sets_are_as_those_of_the_standard_library() {
        for list in (1..6).flat_map(|seed| (0..40).map(move |length| drawn(seed, length))) {
            let (some, others) = list.split_at(list.len() / 2);
            let tree = |of: &[(u32, usize)]| of.iter().map(|one| one.0).collect::<BTreeSet<u32>>();
            let set = |of: &[(u32, usize)]| of.iter().map(|one| one.0).collect::<Set<u32>>();
            let (trees, sets) = ((tree(some), tree(others)), (set(some), set(others)));
            assert!(sets.0.iter().eq(&trees.0));
            assert!(sets.0.union(&sets.1).eq(trees.0.union(&trees.1)));
            assert!(sets.0.intersection(&sets.1).eq(trees.0.intersection(&trees.1)));
            assert_eq!(sets.0.is_subset(&sets.1), trees.0.is_subset(&trees.1));
            assert_eq!(sets.0.is_disjoint(&sets.1), trees.0.is_disjoint(&trees.1));
            let (mut expected, mut found) = trees;
            let mut grown = sets.0;
            assert_eq!(found.len(), sets.1.len());
            grown.extend(sets.1);
            expected.append(&mut found);
            assert!(grown.iter().eq(&expected));
            for (one, n) in &list {
                if n % 2 == 0 {
                    assert_eq!(grown.insert(one + 1), expected.insert(one + 1));
                } else {
                    assert_eq!(grown.remove(one), expected.remove(one));
                }
                assert!(grown.iter().eq(&expected));
            }
        }
    }
}
