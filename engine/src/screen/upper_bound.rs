//! An upper bound of the level of a tree: every leaf is given all that its pool holds, whatever else counts it.

use credstack_allocate::Level;

use super::bits::Selected;
use super::learner::Learner;
use super::table::{Bound, Children, Lasting, Node, ScreenTable, at};

impl Learner<'_> {
    /// Return a level that no way of counting surpasses; for a tree without leaves that take, its level.
    pub(super) fn upper_bound(&mut self, table: &ScreenTable, node: u32) -> Level {
        match &table.trees.nodes[at(node)] {
            Node::Known(level, _) => *level,
            Node::All(of) => {
                let mut level = Level::Met;
                for child in table.trees.children(*of) {
                    level = level.min(self.upper_bound(table, *child));
                    if level == Level::Unmet {
                        break;
                    }
                }
                level
            }
            Node::Any(of) => {
                let mut level = Level::Unmet;
                for child in table.trees.children(*of) {
                    level = level.max(self.upper_bound(table, *child));
                    if level == Level::Met {
                        break;
                    }
                }
                level
            }
            Node::AtLeast(k, of) => self.nth_upper_bound(table, *k, *of),
            Node::Amount(measure, need, _) => {
                let inside = self.inside(table, node);
                self.level_of(inside, *measure, *need)
            }
            Node::Not(child, _) => match self.upper_bound(table, *child) {
                Level::Unmet => Level::Met,
                Level::Review => Level::Review,
                Level::InProgress | Level::Met => Level::Unmet,
            },
            Node::When(of) => {
                let [test, then, otherwise] = *table.trees.children(*of) else { return Level::Met };
                match self.upper_bound(table, test) {
                    Level::Unmet => self.upper_bound(table, otherwise),
                    Level::Review => {
                        let (a, b) = (self.upper_bound(table, then), self.upper_bound(table, otherwise));
                        either(a, b)
                    }
                    test => test.min(self.upper_bound(table, then)),
                }
            }
            Node::Take(leaf) | Node::Seen(leaf) => self.leaf_upper_bound(table, &table.pools.leaves[at(*leaf)]),
            Node::Fact(fact) => self.fact(table, *fact).0,
            Node::Earned(credential) if self.holds(*credential) => Level::Met,
            Node::Earned(credential) => self.completion_upper_bound(table, *credential),
            Node::Held(credential) => {
                if self.holds(*credential) {
                    Level::Met
                } else {
                    Level::Unmet
                }
            }
            Node::Limited(child, limits) => {
                let mut level = self.upper_bound(table, *child);
                for bound in &table.trees.limits[at(*limits)] {
                    let Bound::AtLeast(measure, need, selector) = bound else { continue };
                    if level == Level::Unmet {
                        break;
                    }
                    let (inside, matches) = (self.inside(table, *child), self.selector(table, *selector));
                    let both = Selected {
                        surely: inside.surely & matches.surely,
                        possibly: inside.possibly & matches.possibly,
                    };
                    level = level.min(self.level_of(both, *measure, *need));
                }
                level
            }
            Node::Average(..) | Node::Undecided => Level::Met,
        }
    }

    /// Return the level that at least `k` of some nodes may reach.
    fn nth_upper_bound(&mut self, table: &ScreenTable, k: usize, of: Children) -> Level {
        let mut reach = [0_usize; 4];
        for child in table.trees.children(of) {
            reach[self.upper_bound(table, *child) as usize] += 1;
        }
        let mut reached = 0;
        for level in [Level::Met, Level::InProgress, Level::Review] {
            reached += reach[level as usize];
            if reached >= k {
                return level;
            }
        }
        if k == 0 { Level::Met } else { Level::Unmet }
    }

    /// Return all that the leaves below a node could take.
    fn inside(&mut self, table: &ScreenTable, node: u32) -> Selected {
        let mut inside = Selected::default();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let node = &table.trees.nodes[at(node)];
            if let Node::Take(leaf) = node {
                let pool = self.pool(table, &table.pools.leaves[at(*leaf)].pool);
                inside.surely |= pool.surely;
                inside.possibly |= pool.possibly;
            }
            table.trees.push_children(node, &mut open);
        }
        inside
    }

    /// Check whether nothing still to come can meet a tree, as a determination sees it.
    pub(super) fn is_closed(&mut self, table: &ScreenTable, node: u32) -> bool {
        match &table.trees.nodes[at(node)] {
            Node::Known(level, closed) => *level == Level::Unmet && *closed,
            Node::All(of) => table.trees.children(*of).iter().any(|child| self.is_closed(table, *child)),
            Node::Any(of) => table.trees.children(*of).iter().all(|child| self.is_closed(table, *child)),
            Node::AtLeast(k, of) => {
                let open = table.trees.children(*of).iter().filter(|child| !self.is_closed(table, **child)).count();
                open < *k
            }
            Node::Amount(_, _, of) => {
                let children = table.trees.children(*of);
                !children.is_empty() && children.iter().all(|child| self.is_closed(table, *child))
            }
            Node::Not(child, lasting) => {
                *lasting == Lasting::Yes && self.upper_bound(table, *child) >= Level::InProgress
            }
            Node::When(of) => {
                let [test, then, otherwise] = *table.trees.children(*of) else { return false };
                match self.upper_bound(table, test) {
                    Level::Met | Level::InProgress => self.is_closed(table, then),
                    Level::Review | Level::Unmet => self.is_closed(table, then) && self.is_closed(table, otherwise),
                }
            }
            Node::Take(leaf) | Node::Seen(leaf) => {
                let leaf = &table.pools.leaves[at(*leaf)];
                !leaf.later && self.leaf_upper_bound(table, leaf) == Level::Unmet
            }
            Node::Fact(fact) => {
                let (level, closed) = self.fact(table, *fact);
                level == Level::Unmet && closed
            }
            Node::Limited(child, _) => self.is_closed(table, *child),
            Node::Earned(_) | Node::Held(_) | Node::Average(..) | Node::Undecided => false,
        }
    }
}

/// Return the level of a choice between two branches while the test is not known.
fn either(a: Level, b: Level) -> Level {
    a.max(b).min(Level::Review).max(a.min(b))
}
