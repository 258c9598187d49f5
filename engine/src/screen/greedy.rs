//! A greedy search for a witness: a way of counting that reaches a level, found leaf by leaf.
//!
//! What is found is legal: no item is counted twice, nothing that an award has consumed is counted
//! again, and what is counted in a group keeps its limits. So the level is reached. The rules may allow more;
//! where nothing is found, nothing is said.

use credstack_allocate::Level;
use credstack_model::Measure;

use super::bits::{Items, bits};
use super::learner::Learner;
use super::table::{Bound, Children, Leaf, Node, ScreenTable, at};

/// A way of counting that shows a level, as far as it has been found.
#[derive(Clone, Debug, Default)]
struct Witness {
    /// The items that are counted.
    used: Items,
    /// Credentials that are complete by it.
    complete: Vec<u32>,
    /// The items that more than one leaf wants; others are taken before them.
    contested: Items,
    /// Averages over all that is counted, in the end.
    averages: Vec<(i64, u32)>,
    /// Whether the better grades are taken first.
    by_grade: bool,
}

impl Learner<'_> {
    /// Check whether a way of counting is found by which a tree reaches a level.
    pub(super) fn has_witness(&mut self, table: &ScreenTable, root: u32, level: Level) -> bool {
        if table.has_shut_ceiling {
            return false;
        }
        let witness = Witness { used: self.consumed, contested: self.contested(table, root), ..Witness::default() };
        for by_grade in [false, true] {
            let mut witness = Witness { by_grade, ..witness.clone() };
            if !self.reach(table, root, level, &mut witness) {
                return false;
            }
            if self.has_averages(table, &witness) {
                return true;
            }
        }
        false
    }

    /// Check whether what is counted has the averages that were asked for.
    fn has_averages(&mut self, table: &ScreenTable, witness: &Witness) -> bool {
        // Of several credentials it is not known here which one counts what.
        let is_one = witness.complete.is_empty() || witness.averages.is_empty();
        let counted = witness.used & !self.consumed;
        is_one
            && witness.averages.iter().all(|(min, selector)| {
                let items = counted & self.selector(table, *selector).surely;
                self.has_average(items, *min)
            })
    }

    /// Return the items in the pools of more than one leaf, those of credentials that are asked for among them.
    fn contested(&mut self, table: &ScreenTable, root: u32) -> Items {
        let (mut wanted, mut contested) = (0, 0);
        let (mut open, mut entered) = (vec![root], Vec::new());
        while let Some(node) = open.pop() {
            let node = &table.trees.nodes[at(node)];
            match node {
                Node::Take(leaf) => {
                    let pool = self.pool(table, &table.pools.leaves[at(*leaf)].pool).possibly;
                    contested |= wanted & pool;
                    wanted |= pool;
                }
                Node::Earned(credential) if !entered.contains(credential) && !self.holds(*credential) => {
                    entered.push(*credential);
                    open.extend(self.trees(table, at(*credential)).map(|(trees, _)| trees.completion));
                }
                _ => {}
            }
            table.trees.push_children(node, &mut open);
        }
        contested
    }

    /// Extend a witness so that a node reaches a level; if that fails, leave it as it was.
    fn reach(&mut self, table: &ScreenTable, node: u32, level: Level, witness: &mut Witness) -> bool {
        // Every choice is gone into anew wherever it is nested, so this ends somewhere.
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return false;
        }
        match &table.trees.nodes[at(node)] {
            Node::Take(leaf) => self.take(table, &table.pools.leaves[at(*leaf)], level, witness),
            Node::All(_) => self.all(table, node, level, witness),
            Node::Any(of) => table.trees.children(*of).iter().any(|child| self.reach(table, *child, level, witness)),
            Node::AtLeast(k, of) => {
                let before = witness.clone();
                let mut met = 0;
                for child in table.trees.children(*of) {
                    if met < *k && self.reach(table, *child, level, witness) {
                        met += 1;
                    }
                }
                back_unless(met >= *k, witness, before)
            }
            Node::Amount(measure, need, of) => {
                let before = witness.clone();
                let found = self.amount(table, (*measure, *need), *of, level, witness);
                back_unless(found, witness, before)
            }
            Node::When(of) => {
                let [test, then, otherwise] = *table.trees.children(*of) else { return false };
                match self.upper_bound(table, test) {
                    Level::Unmet => self.reach(table, otherwise, level, witness),
                    Level::Review if level == Level::Review => {
                        self.reach(table, then, level, witness) || self.reach(table, otherwise, level, witness)
                    }
                    Level::Review => {
                        let before = witness.clone();
                        let both =
                            self.reach(table, then, level, witness) && self.reach(table, otherwise, level, witness);
                        back_unless(both, witness, before)
                    }
                    test => test >= level && self.reach(table, then, level, witness),
                }
            }
            Node::Earned(credential) if self.holds(*credential) => true,
            Node::Earned(credential) => {
                if witness.complete.contains(credential) {
                    return true;
                }
                let Some((trees, _)) = self.trees(table, at(*credential)) else { return false };
                let found = self.reach(table, trees.completion, level, witness);
                if found {
                    witness.complete.push(*credential);
                }
                found
            }
            Node::Limited(child, limits) => {
                let before = witness.clone();
                let bounds = &table.trees.limits[at(*limits)];
                let found = self.reach(table, *child, level, witness)
                    // What another credential counts is not inside this node.
                    && witness.complete.len() == before.complete.len()
                    && self.fills(table, *child, bounds, &before, level, witness)
                    && self.keeps(table, bounds, witness.used & !before.used, level);
                back_unless(found, witness, before)
            }
            Node::Average(min, selector) => {
                witness.averages.push((*min, *selector));
                true
            }
            Node::Undecided => false,
            Node::Known(..) | Node::Not(..) | Node::Seen(_) | Node::Fact(_) | Node::Held(_) => {
                self.upper_bound(table, node) >= level
            }
        }
    }

    /// Extend a witness by all parts of a node: leaves first, and if that comes to nothing, leaves last.
    fn all(&mut self, table: &ScreenTable, node: u32, level: Level, witness: &mut Witness) -> bool {
        let (mut leaves, mut others) = (Vec::new(), Vec::new());
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &table.trees.nodes[at(node)] {
                Node::All(of) => open.extend(table.trees.children(*of).iter().rev()),
                Node::Take(leaf) => leaves.push(&table.pools.leaves[at(*leaf)]),
                _ => others.push(node),
            }
        }
        let before = witness.clone();
        for leaves_first in [true, false] {
            let found = [leaves_first, !leaves_first].into_iter().all(|leaves_now| match leaves_now {
                true => self.leaves(table, leaves.clone(), level, witness),
                false => self.each(table, &others, level, witness),
            });
            if back_unless(found, witness, before.clone()) {
                return true;
            }
            if leaves.is_empty() || others.is_empty() {
                break;
            }
        }
        false
    }

    /// Extend a witness by all of some nodes.
    fn each(&mut self, table: &ScreenTable, nodes: &[u32], level: Level, witness: &mut Witness) -> bool {
        nodes.iter().all(|node| self.reach(table, *node, level, witness))
    }

    /// Extend a witness by all of some leaves, at each turn by the one that has the least to spare.
    fn leaves(&mut self, table: &ScreenTable, mut leaves: Vec<&Leaf>, level: Level, witness: &mut Witness) -> bool {
        while !leaves.is_empty() {
            let mut tightest = (i64::MAX, 0);
            for (n, leaf) in leaves.iter().enumerate() {
                let free = self.free(table, leaf, level, witness);
                // Of attainments as many credits are to spare as they mostly have.
                let unit = if leaf.measure == Measure::Count { 3000 } else { 1 };
                let spare = (self.sum(free, leaf.measure) - leaf.need).saturating_mul(unit);
                if spare < 0 {
                    return false;
                }
                if spare < tightest.0 {
                    tightest = (spare, n);
                }
            }
            let leaf = leaves.swap_remove(tightest.1);
            if !self.take(table, leaf, level, witness) {
                return false;
            }
        }
        true
    }

    /// Return the items that a leaf could count at a level and that are not counted yet.
    fn free(&mut self, table: &ScreenTable, leaf: &Leaf, level: Level, witness: &Witness) -> Items {
        let selected = self.pool(table, &leaf.pool);
        self.at_level(selected, level) & !witness.used
    }

    /// Take from a pool what is needed, first what no other leaf wants.
    fn take(&mut self, table: &ScreenTable, leaf: &Leaf, level: Level, witness: &mut Witness) -> bool {
        let free = self.free(table, leaf, level, witness);
        let (mut taken, mut sum) = (0, 0);
        for tier in [free & !witness.contested, free & witness.contested] {
            let mut tier: Vec<usize> = bits(tier).collect();
            if witness.by_grade {
                credstack_base::order::sort_by_key(&mut tier, |item| std::cmp::Reverse(self.points(*item)));
            }
            for item in tier {
                let worth = self.worth(item, leaf.measure);
                if sum < leaf.need && worth > 0 && leaf.max.is_none_or(|max| sum + worth <= max) {
                    taken |= 1 << item;
                    sum += worth;
                }
            }
        }
        if sum >= leaf.need {
            witness.used |= taken;
        }
        sum >= leaf.need
    }

    /// Extend a witness until there is so much of a measure inside children that reach the level.
    fn amount(
        &mut self,
        table: &ScreenTable,
        (measure, need): (Measure, i64),
        of: Children,
        level: Level,
        witness: &mut Witness,
    ) -> bool {
        let before = witness.clone();
        let mut have = 0;
        for child in table.trees.children(of) {
            if have >= need {
                break;
            }
            if !self.reach(table, *child, level, witness) {
                continue;
            }
            have = self.sum(witness.used & !before.used, measure);
            // A leaf may take more than it needs.
            if let Node::Take(leaf) = &table.trees.nodes[at(*child)] {
                let leaf = &table.pools.leaves[at(*leaf)];
                let more = if leaf.max.is_none() { self.free(table, leaf, level, witness) } else { 0 };
                for item in bits(more & !witness.contested).chain(bits(more & witness.contested)) {
                    if have < need && self.worth(item, leaf.measure) > 0 {
                        witness.used |= 1 << item;
                        have += self.worth(item, measure);
                    }
                }
            }
        }
        // What another credential counts is not inside this node.
        have >= need && witness.complete.len() == before.complete.len()
    }

    /// Count more inside a node, until there is as much of everything as its limits ask for. Leaves that need
    /// nothing are there for this.
    fn fills(
        &mut self,
        table: &ScreenTable,
        node: u32,
        bounds: &[Bound],
        before: &Witness,
        level: Level,
        witness: &mut Witness,
    ) -> bool {
        let mut leaves = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &table.trees.nodes[at(node)] {
                Node::All(of) => open.extend(table.trees.children(*of)),
                Node::Take(leaf) => leaves.push(&table.pools.leaves[at(*leaf)]),
                _ => {}
            }
        }
        bounds.iter().all(|bound| {
            let Bound::AtLeast(measure, need, selector) = bound else { return true };
            let matches = self.selector(table, *selector);
            let matches = if level == Level::Review { matches.possibly } else { matches.surely };
            let mut have = self.sum(witness.used & !before.used & matches, *measure);
            for leaf in leaves.iter().filter(|leaf| leaf.max.is_none()) {
                let free = self.free(table, leaf, level, witness) & matches;
                for item in bits(free & !witness.contested).chain(bits(free & witness.contested)) {
                    if have < *need && self.worth(item, leaf.measure) > 0 {
                        witness.used |= 1 << item;
                        have += self.worth(item, *measure);
                    }
                }
            }
            have >= *need
        })
    }

    /// Check whether limits hold for what is counted inside a node.
    fn keeps(&mut self, table: &ScreenTable, bounds: &[Bound], counted: Items, level: Level) -> bool {
        bounds.iter().all(|bound| match bound {
            Bound::AtLeast(measure, need, selector) => {
                let matches = self.selector(table, *selector);
                let matches = if level == Level::Review { matches.possibly } else { matches.surely };
                self.sum(counted & matches, *measure) >= *need
            }
            Bound::AtMost(measure, most, selector) => {
                let matches = self.selector(table, *selector);
                // What perhaps matches counts only pending review.
                let is_sure = level == Level::Review || counted & matches.possibly & !matches.surely == 0;
                is_sure && self.sum(counted & matches.possibly, *measure) <= *most
            }
            Bound::Undecided => false,
        })
    }
}

/// Go back to the witness before if nothing was found.
fn back_unless(found: bool, witness: &mut Witness, before: Witness) -> bool {
    if !found {
        *witness = before;
    }
    found
}
