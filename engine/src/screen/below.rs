//! From below: a way of counting that reaches a level, looked for leaf by leaf.
//!
//! What is found is legal: no item is counted twice, nothing that an award has consumed is counted
//! again, and what is counted in a group keeps its limits. The rules may allow more; where nothing is
//! found, nothing is said.

use credstack_allocate::Level;
use credstack_model::Measure;

use super::learner::{Items, Learner, bits};
use super::program::{Bound, Kids, Leaf, Node, Program, at};

/// A way of counting, as far as it has been found.
#[derive(Clone, Debug, Default)]
struct Way {
    /// What has been counted.
    used: Items,
    /// Credentials that are complete by it.
    complete: Vec<u32>,
    /// What more than one leaf wants.
    contested: Items,
    /// Averages over all that is counted, in the end.
    averages: Vec<(i64, u32)>,
    /// Whether the better grades are taken first.
    by_grade: bool,
}

impl Learner<'_> {
    /// Whether a way of counting is found by which a tree reaches a level.
    pub(super) fn reaches(&mut self, program: &Program, root: u32, level: Level) -> bool {
        if program.is_barred {
            return false;
        }
        let way = Way { used: self.consumed, contested: self.contested(program, root), ..Way::default() };
        for by_grade in [false, true] {
            let mut way = Way { by_grade, ..way.clone() };
            if !self.reach(program, root, level, &mut way) {
                return false;
            }
            if self.has_averages(program, &way) {
                return true;
            }
        }
        false
    }

    /// Whether what is counted has the averages that were asked for.
    fn has_averages(&mut self, program: &Program, way: &Way) -> bool {
        // Of several credentials it is not known here which one counts what.
        let is_one = way.complete.is_empty() || way.averages.is_empty();
        let counted = way.used & !self.consumed;
        is_one
            && way.averages.iter().all(|(min, selector)| {
                let items = counted & self.selector(program, *selector).surely;
                self.averages(items, *min)
            })
    }

    /// What the pools of more than one leaf hold, those of credentials that are asked for among them.
    fn contested(&mut self, program: &Program, root: u32) -> Items {
        let (mut wanted, mut contested) = (0, 0);
        let (mut open, mut entered) = (vec![root], Vec::new());
        while let Some(node) = open.pop() {
            let node = &program.nodes[at(node)];
            match node {
                Node::Take(leaf) => {
                    let pool = self.pool(program, &program.leaves[at(*leaf)].pool).at_most;
                    contested |= wanted & pool;
                    wanted |= pool;
                }
                Node::Earned(credential) if !entered.contains(credential) && !self.holds(*credential) => {
                    entered.push(*credential);
                    open.extend(self.trees(program, at(*credential)).map(|(trees, _)| trees.completion));
                }
                _ => {}
            }
            program.below(node, &mut open);
        }
        contested
    }

    /// Extends a way so that a node reaches a level; if that fails, it is left as it was.
    fn reach(&mut self, program: &Program, node: u32, level: Level, way: &mut Way) -> bool {
        // Every choice is gone into anew wherever it is nested, so this ends somewhere.
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            return false;
        }
        match &program.nodes[at(node)] {
            Node::Take(leaf) => self.take(program, &program.leaves[at(*leaf)], level, way),
            Node::All(_) => self.all(program, node, level, way),
            Node::Any(of) => program.kids(*of).iter().any(|kid| self.reach(program, *kid, level, way)),
            Node::AtLeast(k, of) => {
                let before = way.clone();
                let mut met = 0;
                for kid in program.kids(*of) {
                    if met < *k && self.reach(program, *kid, level, way) {
                        met += 1;
                    }
                }
                back_unless(met >= *k, way, before)
            }
            Node::Amount(measure, need, of) => {
                let before = way.clone();
                let found = self.amount(program, (*measure, *need), *of, level, way);
                back_unless(found, way, before)
            }
            Node::When(of) => {
                let [test, then, otherwise] = *program.kids(*of) else { return false };
                match self.above(program, test) {
                    Level::Unmet => self.reach(program, otherwise, level, way),
                    Level::Review if level == Level::Review => {
                        self.reach(program, then, level, way) || self.reach(program, otherwise, level, way)
                    }
                    Level::Review => {
                        let before = way.clone();
                        let both = self.reach(program, then, level, way) && self.reach(program, otherwise, level, way);
                        back_unless(both, way, before)
                    }
                    test => test >= level && self.reach(program, then, level, way),
                }
            }
            Node::Earned(credential) if self.holds(*credential) => true,
            Node::Earned(credential) => {
                if way.complete.contains(credential) {
                    return true;
                }
                let Some((trees, _)) = self.trees(program, at(*credential)) else { return false };
                let found = self.reach(program, trees.completion, level, way);
                if found {
                    way.complete.push(*credential);
                }
                found
            }
            Node::Limited(child, limits) => {
                let before = way.clone();
                let bounds = &program.limits[at(*limits)];
                let found = self.reach(program, *child, level, way)
                    // What another credential counts is not inside this node.
                    && way.complete.len() == before.complete.len()
                    && self.fills(program, *child, bounds, &before, level, way)
                    && self.keeps(program, bounds, way.used & !before.used, level);
                back_unless(found, way, before)
            }
            Node::Average(min, selector) => {
                way.averages.push((*min, *selector));
                true
            }
            Node::Beyond => false,
            Node::Known(..) | Node::Not(..) | Node::Seen(_) | Node::Fact(_) | Node::Held(_) => {
                self.above(program, node) >= level
            }
        }
    }

    /// All parts of a node: leaves first, those with the least to spare before the others, and if that
    /// comes to nothing, leaves last.
    fn all(&mut self, program: &Program, node: u32, level: Level, way: &mut Way) -> bool {
        let (mut leaves, mut others) = (Vec::new(), Vec::new());
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &program.nodes[at(node)] {
                Node::All(of) => open.extend(program.kids(*of).iter().rev()),
                Node::Take(leaf) => leaves.push(&program.leaves[at(*leaf)]),
                _ => others.push(node),
            }
        }
        let before = way.clone();
        for leaves_first in [true, false] {
            let found = [leaves_first, !leaves_first].into_iter().all(|leaves_now| match leaves_now {
                true => self.leaves(program, leaves.clone(), level, way),
                false => self.each(program, &others, level, way),
            });
            if back_unless(found, way, before.clone()) {
                return true;
            }
            if leaves.is_empty() || others.is_empty() {
                break;
            }
        }
        false
    }

    fn each(&mut self, program: &Program, nodes: &[u32], level: Level, way: &mut Way) -> bool {
        nodes.iter().all(|node| self.reach(program, *node, level, way))
    }

    /// All of these leaves, at each turn the one that has the least to spare.
    fn leaves(&mut self, program: &Program, mut leaves: Vec<&Leaf>, level: Level, way: &mut Way) -> bool {
        while !leaves.is_empty() {
            let mut tightest = (i64::MAX, 0);
            for (n, leaf) in leaves.iter().enumerate() {
                let free = self.free(program, leaf, level, way);
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
            if !self.take(program, leaf, level, way) {
                return false;
            }
        }
        true
    }

    /// What a leaf could count at a level that is not counted yet.
    fn free(&mut self, program: &Program, leaf: &Leaf, level: Level, way: &Way) -> Items {
        let selected = self.pool(program, &leaf.pool);
        self.at_level(selected, level) & !way.used
    }

    /// Takes from a pool what is needed, first what no other leaf wants.
    fn take(&mut self, program: &Program, leaf: &Leaf, level: Level, way: &mut Way) -> bool {
        let free = self.free(program, leaf, level, way);
        let (mut taken, mut sum) = (0, 0);
        for tier in [free & !way.contested, free & way.contested] {
            let mut tier: Vec<usize> = bits(tier).collect();
            if way.by_grade {
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
            way.used |= taken;
        }
        sum >= leaf.need
    }

    /// So much of a measure inside children that reach the level.
    fn amount(
        &mut self,
        program: &Program,
        (measure, need): (Measure, i64),
        of: Kids,
        level: Level,
        way: &mut Way,
    ) -> bool {
        let before = way.clone();
        let mut have = 0;
        for kid in program.kids(of) {
            if have >= need {
                break;
            }
            if !self.reach(program, *kid, level, way) {
                continue;
            }
            have = self.sum(way.used & !before.used, measure);
            // A leaf may take more than it needs.
            if let Node::Take(leaf) = &program.nodes[at(*kid)] {
                let leaf = &program.leaves[at(*leaf)];
                let more = if leaf.max.is_none() { self.free(program, leaf, level, way) } else { 0 };
                for item in bits(more & !way.contested).chain(bits(more & way.contested)) {
                    if have < need && self.worth(item, leaf.measure) > 0 {
                        way.used |= 1 << item;
                        have += self.worth(item, measure);
                    }
                }
            }
        }
        // What another credential counts is not inside this node.
        have >= need && way.complete.len() == before.complete.len()
    }

    /// Counts more inside a node, until there is as much of everything as its limits ask for. Leaves that need
    /// nothing are there for this.
    fn fills(
        &mut self,
        program: &Program,
        node: u32,
        bounds: &[Bound],
        before: &Way,
        level: Level,
        way: &mut Way,
    ) -> bool {
        let mut leaves = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &program.nodes[at(node)] {
                Node::All(of) => open.extend(program.kids(*of)),
                Node::Take(leaf) => leaves.push(&program.leaves[at(*leaf)]),
                _ => {}
            }
        }
        bounds.iter().all(|bound| {
            let Bound::AtLeast(measure, need, selector) = bound else { return true };
            let matches = self.selector(program, *selector);
            let matches = if level == Level::Review { matches.at_most } else { matches.surely };
            let mut have = self.sum(way.used & !before.used & matches, *measure);
            for leaf in leaves.iter().filter(|leaf| leaf.max.is_none()) {
                let free = self.free(program, leaf, level, way) & matches;
                for item in bits(free & !way.contested).chain(bits(free & way.contested)) {
                    if have < *need && self.worth(item, leaf.measure) > 0 {
                        way.used |= 1 << item;
                        have += self.worth(item, *measure);
                    }
                }
            }
            have >= *need
        })
    }

    /// Whether limits hold for what is counted inside a node.
    fn keeps(&mut self, program: &Program, bounds: &[Bound], counted: Items, level: Level) -> bool {
        bounds.iter().all(|bound| match bound {
            Bound::AtLeast(measure, need, selector) => {
                let matches = self.selector(program, *selector);
                let matches = if level == Level::Review { matches.at_most } else { matches.surely };
                self.sum(counted & matches, *measure) >= *need
            }
            Bound::AtMost(measure, most, selector) => {
                let matches = self.selector(program, *selector);
                // What perhaps matches counts only pending review.
                let is_sure = level == Level::Review || counted & matches.at_most & !matches.surely == 0;
                is_sure && self.sum(counted & matches.at_most, *measure) <= *most
            }
            Bound::Beyond => false,
        })
    }
}

/// Goes back to the way before if it came to nothing.
fn back_unless(found: bool, way: &mut Way, before: Way) -> bool {
    if !found {
        *way = before;
    }
    found
}
