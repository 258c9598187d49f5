//! From above: what a tree reaches if every leaf is given all that its pool holds.

use credstack_allocate::Level;

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
            Node::Not(child, _) => match self.above(program, *child) {
                Level::Unmet => Level::Met,
                Level::Review => Level::Review,
                Level::InProgress | Level::Met => Level::Unmet,
            },
            Node::When(of) => {
                let [test, then, otherwise] = *program.kids(*of) else { return Level::Met };
                match self.above(program, test) {
                    Level::Unmet => self.above(program, otherwise),
                    Level::Review => {
                        let (a, b) = (self.above(program, then), self.above(program, otherwise));
                        either(a, b)
                    }
                    test => test.min(self.above(program, then)),
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
        let mut reach = [0_usize; 4];
        for kid in program.kids(of) {
            reach[self.above(program, *kid) as usize] += 1;
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

/// The level of one of two branches while it is not known which.
pub(super) fn either(a: Level, b: Level) -> Level {
    a.max(b).min(Level::Review).max(a.min(b))
}
