//! A catalog, compiled for screening on one date: trees as numbers, pools as sets of items to be looked up.
//!
//! All nodes, leaves and filters of a catalog stand in a few long lists and name one another by their numbers,
//! so that a screening goes through memory from front to back and compares no text.

use std::ops::Range;

use credstack_allocate::Level;
use credstack_model::{AttributeName, Code, CredentialId, Date, Measure, Options, Requirement, ScaleId, Selector};

use super::screened::Screened;

/// A catalog, compiled for screening.
#[derive(Debug)]
pub(super) struct ScreenTable {
    pub(super) as_of: Date,
    pub(super) options: Options,
    pub(super) credentials: CredentialTable,
    pub(super) trees: TreeTable,
    pub(super) pools: PoolTable,
    pub(super) facts: FactTable,
    /// Whether some ceiling is zero, so that something may count nowhere. Then no way of counting that is found
    /// here is sure to be legal.
    pub(super) has_shut_ceiling: bool,
}

/// The credentials, each by its number: its place in the order of ids.
#[derive(Debug, Default)]
pub(super) struct CredentialTable {
    pub(super) ids: Vec<CredentialId>,
    pub(super) entries: Vec<Entry>,
    /// The answer where nothing in a record touches a credential.
    pub(super) untouched: Vec<Screened>,
    /// The credentials that are looked at whatever a record holds, a bit each.
    pub(super) always: Vec<u64>,
    /// The credentials that ask for one to be held, directly or through others; itself among them.
    pub(super) askers: Vec<Vec<u32>>,
}

/// One credential.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its editions, in the catalog's order.
    pub(super) editions: Vec<Trees>,
    /// The edition for every learner, where it depends on none.
    pub(super) edition: Option<usize>,
    /// Whether it is always determined in full: it has an amount of nothing in it, or asks for too long a chain
    /// of credentials.
    pub(super) in_full: bool,
}

/// The trees of an edition, by the numbers of their roots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trees {
    pub(super) completion: u32,
    pub(super) admission: Option<u32>,
    pub(super) conferral: Option<u32>,
    /// Whether the completion could be one that nothing still to come can meet.
    pub(super) may_close: bool,
}

/// The nodes of all trees.
#[derive(Debug, Default)]
pub(super) struct TreeTable {
    pub(super) nodes: Vec<Node>,
    /// For each node, whether all leaves below it only look: then its upper bound is its level.
    pub(super) exact: Vec<bool>,
    /// The children of nodes, those of one node in a row.
    pub(super) children: Vec<u32>,
    /// The limits of nodes, those of one node together.
    pub(super) limits: Vec<Vec<Bound>>,
}

/// A node of a tree.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A level, and whether it is unmet for ever.
    Known(Level, bool),
    All(Children),
    Any(Children),
    AtLeast(usize, Children),
    /// So much of a measure inside satisfied children.
    Amount(Measure, i64, Children),
    /// The opposite of a node, and whether it lasts while the node holds.
    Not(u32, Lasting),
    /// A test and two branches.
    When(Children),
    /// A leaf that counts what it takes.
    Take(u32),
    /// A leaf that looks at what is there.
    Seen(u32),
    /// A leaf about the learner.
    Fact(u32),
    /// A credential held, or complete in the same answer.
    Earned(u32),
    /// A credential held.
    Held(u32),
    /// A node with limits on what is counted in it.
    Limited(u32, u32),
    /// An average, of this at the least, over what is counted and selected.
    Average(i64, u32),
    /// What only a determination can tell.
    Undecided,
}

/// Whether what holds now holds for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasting {
    No,
    Yes,
}

/// The children of a node, as a part of [`TreeTable::children`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Children {
    pub(super) from: u32,
    pub(super) to: u32,
}

/// A limit on what is counted in a node, as far as a screening goes.
#[derive(Debug)]
pub(super) enum Bound {
    /// At least so much of a selector.
    AtLeast(Measure, i64, u32),
    /// At most so much of a selector.
    AtMost(Measure, i64, u32),
    /// What only a determination can tell.
    Undecided,
}

/// The leaves over attainments, and the parts of their pools.
#[derive(Debug, Default)]
pub(super) struct PoolTable {
    pub(super) leaves: Vec<Leaf>,
    /// The classes that pools name, sorted, each with the credentials whose own pools name it.
    pub(super) classes: Vec<(Code, Vec<u32>)>,
    /// The classes of pools by their numbers, those of one pool in a row, sorted.
    pub(super) listed: Vec<u32>,
    /// The filters of pools, those of one pool in a row.
    pub(super) filters: Vec<Filter>,
    /// The selectors that are asked item by item.
    pub(super) selectors: Vec<Selector>,
    /// The scales of lowest grades.
    pub(super) scales: Vec<ScaleId>,
}

/// A leaf over attainments.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) measure: Measure,
    pub(super) need: i64,
    pub(super) max: Option<i64>,
    pub(super) pool: Pool,
    /// Whether something still to come could be in its pool.
    pub(super) later: bool,
}

/// A pool: what has one of these classes, and passes all filters.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    pub(super) base: Base,
    pub(super) filters: Range<u32>,
}

/// The items that a pool begins with.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// Those of these classes: a part of [`PoolTable::listed`].
    Listed(Range<u32>),
    /// All.
    Everything,
}

/// A part of a selector that every item of a pool has to pass.
#[derive(Clone, Copy, Debug)]
pub(super) enum Filter {
    /// A grade on a scale, of this rank or higher.
    Grade(u32, i64),
    /// Completed on this day or later.
    Since(i32),
    /// Completed on this day or earlier.
    Until(i32),
    /// A selector that is asked item by item.
    Selector(u32),
}

/// The leaves about the learner.
#[derive(Debug, Default)]
pub(super) struct FactTable {
    pub(super) leaves: Vec<Fact>,
    /// The leaves that are evaluated as a determination evaluates them.
    pub(super) evaluated: Vec<Requirement>,
    /// The attributes of learners that facts look at.
    pub(super) attributes: Vec<Attribute>,
}

/// A leaf about the learner.
#[derive(Debug)]
pub(super) enum Fact {
    /// An attribute has one of the texts of these numbers; if it has not, it may be for ever.
    Text { attribute: u32, texts: Vec<u32>, fixed: bool },
    /// A number attribute lies in a range of thousandths, both ends included. `checked` says whether
    /// it has to be of the declared kind.
    Number { attribute: u32, from: i64, to: i64, checked: bool, fixed: bool },
    /// One of [`FactTable::evaluated`].
    Evaluated(u32),
}

/// An attribute of learners.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: AttributeName,
    /// The texts that facts ask for.
    pub(super) texts: Vec<String>,
}

impl CredentialTable {
    /// Return the number of a credential.
    pub(super) fn number_of(&self, id: &CredentialId) -> Option<usize> {
        self.ids.binary_search(id).ok()
    }

    /// Return the roots of all trees of a credential.
    pub(super) fn roots(&self, credential: usize) -> Vec<u32> {
        let editions = &self.entries[credential].editions;
        editions.iter().flat_map(|t| [Some(t.completion), t.admission, t.conferral]).flatten().collect()
    }
}

impl TreeTable {
    /// Return the children of a node, by their numbers.
    pub(super) fn children(&self, children: Children) -> &[u32] {
        self.children.get(at(children.from)..at(children.to)).unwrap_or_default()
    }

    /// Add the nodes directly below one to a list.
    pub(super) fn push_children(&self, node: &Node, open: &mut Vec<u32>) {
        match node {
            Node::All(of) | Node::Any(of) | Node::AtLeast(_, of) | Node::Amount(_, _, of) | Node::When(of) => {
                open.extend_from_slice(self.children(*of));
            }
            Node::Not(child, _) | Node::Limited(child, _) => open.push(*child),
            Node::Known(..)
            | Node::Take(_)
            | Node::Seen(_)
            | Node::Fact(_)
            | Node::Earned(_)
            | Node::Held(_)
            | Node::Average(..)
            | Node::Undecided => {}
        }
    }
}

impl PoolTable {
    /// Return the classes that a pool begins with.
    pub(super) fn listed(&self, range: &Range<u32>) -> &[u32] {
        self.listed.get(at(range.start)..at(range.end)).unwrap_or_default()
    }

    /// Return the filters of a pool.
    pub(super) fn filters(&self, range: &Range<u32>) -> &[Filter] {
        self.filters.get(at(range.start)..at(range.end)).unwrap_or_default()
    }

    /// Return the number of a class that some pool names.
    pub(super) fn class(&self, class: &Code) -> Option<usize> {
        self.classes.binary_search_by(|(own, _)| own.cmp(class)).ok()
    }
}

/// Return an index as it is kept: there are fewer than four billion of anything in a catalog.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Return a kept index as an index.
pub(super) const fn at(n: u32) -> usize {
    n as usize
}
