//! From above: what a tree reaches if every leaf is given all that its pool holds.

use credstack_allocate::{Branch, Level};

use super::learner::{Learner, Selected};
use super::program::{Bound, Kids, Lasting, Node, Program, at};

impl Learner<'_> {
    /// A level that no way of counting surpasses; of a tree without leaves that take, its level.
    pub(super) fn above(&mut self, program: &Program, node: u32) -> Level {
        match &program.nodes[at(node)] {
            Node::Known(level, _) => *level,
            Node::All(of) => {
                let mut level = Level::Met;
                for kid in program.kids(*of) {
                    level = level.min(self.above(program, *kid));
                    if level == Level::Unmet {
                        break;
                    }
                }
                level
            }
            Node::Any(of) => {
                let mut level = Level::Unmet;
                for kid in program.kids(*of) {
                    level = level.max(self.above(program, *kid));
                    if level == Level::Met {
                        break;
                    }
                }
                level
            }
            Node::AtLeast(k, of) => self.nth_above(program, *k, *of),
            Node::Amount(measure, need, _) => {
                let inside = self.inside(program, node);
                self.level_of(inside, *measure, *need)
            }
            Node::Not(child, _) => self.above(program, *child).not(),
            Node::When(of) => {
                let [test, then, otherwise] = *program.kids(*of) else { return Level::Met };
                let test = self.above(program, test);
                match test.branch() {
                    Branch::Then => test.min(self.above(program, then)),
                    Branch::Otherwise => self.above(program, otherwise),
                    Branch::Unknown => self.above(program, then).either(self.above(program, otherwise)),
                }
            }
            Node::Take(leaf) | Node::Seen(leaf) => self.leaf_above(program, &program.leaves[at(*leaf)]),
            Node::Fact(fact) => self.fact(program, *fact).0,
            Node::Earned(credential) if self.holds(*credential) => Level::Met,
            Node::Earned(credential) => self.completion_above(program, *credential),
            Node::Held(credential) => {
                if self.holds(*credential) {
                    Level::Met
                } else {
                    Level::Unmet
                }
            }
            Node::Limited(child, limits) => {
                let mut level = self.above(program, *child);
                for bound in &program.limits[at(*limits)] {
                    let Bound::AtLeast(measure, need, selector) = bound else { continue };
                    if level == Level::Unmet {
                        break;
                    }
                    let (inside, matches) = (self.inside(program, *child), self.selector(program, *selector));
                    let both =
                        Selected { surely: inside.surely & matches.surely, at_most: inside.at_most & matches.at_most };
                    level = level.min(self.level_of(both, *measure, *need));
                }
                level
            }
            Node::Average(..) | Node::Beyond => Level::Met,
        }
    }

    fn nth_above(&mut self, program: &Program, k: usize, of: Kids) -> Level {
        Level::at_least(k, program.kids(of).iter().map(|kid| self.above(program, *kid)))
    }

    /// All that the leaves below a node could take.
    fn inside(&mut self, program: &Program, node: u32) -> Selected {
        let mut inside = Selected::default();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let node = &program.nodes[at(node)];
            if let Node::Take(leaf) = node {
                let pool = self.pool(program, &program.leaves[at(*leaf)].pool);
                inside.surely |= pool.surely;
                inside.at_most |= pool.at_most;
            }
            program.below(node, &mut open);
        }
        inside
    }

    /// Whether nothing still to come can meet a tree, as a determination sees it.
    pub(super) fn closed(&mut self, program: &Program, node: u32) -> bool {
        match &program.nodes[at(node)] {
            Node::Known(level, closed) => *level == Level::Unmet && *closed,
            Node::All(of) => program.kids(*of).iter().any(|kid| self.closed(program, *kid)),
            Node::Any(of) => program.kids(*of).iter().all(|kid| self.closed(program, *kid)),
            Node::AtLeast(k, of) => {
                let open = program.kids(*of).iter().filter(|kid| !self.closed(program, **kid)).count();
                open < *k
            }
            Node::Amount(_, _, of) => {
                let kids = program.kids(*of);
                !kids.is_empty() && kids.iter().all(|kid| self.closed(program, *kid))
            }
            Node::Not(child, lasting) => *lasting == Lasting::Yes && self.above(program, *child) >= Level::InProgress,
            Node::When(of) => {
                let [test, then, otherwise] = *program.kids(*of) else { return false };
                match self.above(program, test) {
                    Level::Met | Level::InProgress => self.closed(program, then),
                    Level::Review | Level::Unmet => self.closed(program, then) && self.closed(program, otherwise),
                }
            }
            Node::Take(leaf) | Node::Seen(leaf) => {
                let leaf = &program.leaves[at(*leaf)];
                !leaf.later && self.leaf_above(program, leaf) == Level::Unmet
            }
            Node::Fact(fact) => {
                let (level, closed) = self.fact(program, *fact);
                level == Level::Unmet && closed
            }
            Node::Limited(child, _) => self.closed(program, *child),
            Node::Earned(_) | Node::Held(_) | Node::Average(..) | Node::Beyond => false,
        }
    }
}
