//! Typed indices, and tables that are indexed by one kind of them only.
//!
//! An item, a leaf and an arc are all numbers here, and mixing them up would still compile. So each
//! has a type of its own, and a [`Table`] takes only the type that belongs to it. Both cost nothing:
//! underneath they are a `usize` and a `Vec`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A kind of index.
pub trait Ix: Copy + Ord {
    /// Create the index of a place.
    fn new(place: usize) -> Self;

    /// Return the place.
    fn index(self) -> usize;
}

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(usize);

            impl $name {
                /// Create the index of a place.
                #[inline]
                #[must_use]
                pub const fn new(place: usize) -> Self {
                    Self(place)
                }

                /// Return the place.
                #[inline]
                #[must_use]
                pub const fn index(self) -> usize {
                    self.0
                }

                /// Return the index that comes after this one.
                #[inline]
                #[must_use]
                pub const fn next(self) -> Self {
                    Self(self.0 + 1)
                }
            }

            impl Ix for $name {
                #[inline]
                fn new(place: usize) -> Self {
                    Self(place)
                }

                #[inline]
                fn index(self) -> usize {
                    self.0
                }
            }
        )*
    };
}

indices! {
    /// An index of an item, below [`Problem::items`](crate::Problem::items).
    ItemIx;
    /// An index into [`Problem::targets`](crate::Problem::targets).
    TargetIx;
    /// An index into [`Problem::nodes`](crate::Problem::nodes).
    NodeIx;
    /// An index into [`Problem::leaves`](crate::Problem::leaves).
    LeafIx;
    /// An index into [`Problem::arcs`](crate::Problem::arcs).
    ArcIx;
    /// An index into [`Problem::caps`](crate::Problem::caps).
    CapIx;
    /// An index into [`Problem::exclusions`](crate::Problem::exclusions).
    ExclusionIx;
    /// An index into [`Problem::pairs`](crate::Problem::pairs).
    PairIx;
}

/// Return the first `count` indices.
#[inline]
pub fn first<I: Ix>(count: usize) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I> {
    (0..count).map(I::new)
}

/// Return the indices from one up to, and without, another.
#[inline]
pub fn between<I: Ix>((from, to): (I, I)) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I> {
    (from.index()..to.index()).map(I::new)
}

/// A list that is indexed by one kind of index.
#[derive(PartialEq, Eq)]
pub struct Table<I, T> {
    list: Vec<T>,
    kind: PhantomData<fn(I)>,
}

impl<I: Ix, T> Table<I, T> {
    /// Create an empty table.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new(), kind: PhantomData }
    }

    /// Create a table of so many equal entries.
    #[inline]
    #[must_use]
    pub fn filled(value: T, count: usize) -> Self
    where
        T: Clone,
    {
        Self { list: vec![value; count], kind: PhantomData }
    }

    /// Return how many entries there are.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Return whether there are no entries.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Return the index that the next entry gets.
    #[inline]
    #[must_use]
    pub fn end(&self) -> I {
        I::new(self.list.len())
    }

    /// Add an entry. Return its index.
    #[inline]
    pub fn push(&mut self, value: T) -> I {
        self.list.push(value);
        I::new(self.list.len() - 1)
    }

    /// Return the entry at an index, if there is one.
    #[inline]
    #[must_use]
    pub fn get(&self, index: I) -> Option<&T> {
        self.list.get(index.index())
    }

    /// Return the indices of all entries.
    #[inline]
    pub fn ixs(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        first(self.list.len())
    }

    /// Return the entries.
    #[inline]
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.list.iter()
    }

    /// Return the entries, to be changed.
    #[inline]
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.list.iter_mut()
    }

    /// Return the entries with their indices.
    #[inline]
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.list.iter().enumerate().map(|(place, value)| (I::new(place), value))
    }

    /// Return the entries from one index up to, and without, another.
    #[inline]
    #[must_use]
    pub fn slice(&self, (from, to): (I, I)) -> &[T] {
        &self.list[from.index()..to.index()]
    }

    /// Set all entries to a value.
    #[inline]
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        self.list.fill(value);
    }

    /// Set the entries from one index up to, and without, another.
    #[inline]
    pub fn fill_between(&mut self, (from, to): (I, I), value: T)
    where
        T: Clone,
    {
        self.list[from.index()..to.index()].fill(value);
    }

    /// Return the entries as a list, to be changed.
    #[inline]
    pub const fn as_list(&mut self) -> &mut Vec<T> {
        &mut self.list
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.fmt(f)
    }
}

impl<I, T: Clone> Clone for Table<I, T> {
    #[inline]
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), kind: PhantomData }
    }

    #[inline]
    fn clone_from(&mut self, other: &Self) {
        self.list.clone_from(&other.list);
    }
}

impl<I, T> Default for Table<I, T> {
    #[inline]
    fn default() -> Self {
        Self { list: Vec::new(), kind: PhantomData }
    }
}

impl<I: Ix, T> Index<I> for Table<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, index: I) -> &T {
        &self.list[index.index()]
    }
}

impl<I: Ix, T> IndexMut<I> for Table<I, T> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.list[index.index()]
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    #[inline]
    fn from(list: Vec<T>) -> Self {
        Self { list, kind: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    #[inline]
    fn from_iter<It: IntoIterator<Item = T>>(entries: It) -> Self {
        Self { list: entries.into_iter().collect(), kind: PhantomData }
    }
}

impl<I, T> IntoIterator for Table<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a Table<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Table<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter_mut()
    }
}
