//! Which credentials a record touches, and the answer for those that it does not.
//!
//! A record touches a credential if it has an attainment of a class that one of its pools names, an award of it
//! or an exception for it; and then it touches all that ask for this credential to be held. For the rest the
//! answer is known beforehand: incomplete. Where that is not sure, the credential is looked at for every record.

use credstack_allocate::Level;
use credstack_model::{Admission, Status};

use super::screened::Screened;
use super::table::{Base, Children, Node, ScreenTable, at, number};

/// Fill in who asks for whom, what touches whom, and the answer where nothing does.
pub(super) fn fill(table: &mut ScreenTable) {
    let count = table.credentials.ids.len();
    table.credentials.always = vec![0; count.div_ceil(64)];
    table.credentials.askers = vec![Vec::new(); count];
    let direct: Vec<Vec<u32>> = (0..count).map(|credential| asks(table, credential)).collect();
    let mut whole = vec![true; count];
    for credential in 0..count {
        let mut classes = Vec::new();
        for root in table.credentials.roots(credential) {
            whole[credential] &= classes_under(table, root, &mut classes);
        }
        credstack_base::order::sort(&mut classes);
        classes.dedup();
        for class in classes {
            table.pools.classes[at(class)].1.push(number(credential));
        }
    }
    let mut with_nothing = vec![None; count];
    for credential in 0..count {
        let asked = in_reach(&direct, credential);
        let in_full = &mut table.credentials.entries[credential].in_full;
        *in_full |= asked.is_none();
        let in_full = *in_full;
        let asked = asked.unwrap_or_else(|| vec![number(credential)]);
        for other in &asked {
            table.credentials.askers[at(*other)].push(number(credential));
        }
        let is_listed = !in_full && asked.iter().all(|other| whole[at(*other)]);
        let untouched = if is_listed { untouched(table, credential, &mut with_nothing) } else { None };
        if untouched.is_none() {
            table.credentials.always[credential / 64] |= 1 << (credential % 64);
        }
        table.credentials.untouched.push(untouched.unwrap_or(INCOMPLETE));
    }
}

/// The answer for what nothing touches.
const INCOMPLETE: Screened = Screened { status: Status::Incomplete, admission: Admission::Eligible, conferral: None };

/// The longest chain of credentials, each of which asks for the next.
const CHAIN: usize = 8;
/// The most credentials that one asks for, directly or through others.
const ASKED: usize = 256;

/// Return a credential and those that it asks to be held, directly or through others; none if they are too many.
fn in_reach(direct: &[Vec<u32>], credential: usize) -> Option<Vec<u32>> {
    let mut all = vec![number(credential)];
    let mut latest = all.clone();
    for _ in 0..CHAIN {
        // Who is asked for at several distances is there each time, so that the last one counts.
        let mut next: Vec<u32> = latest.iter().flat_map(|n| &direct[at(*n)]).take(ASKED * ASKED).copied().collect();
        credstack_base::order::sort(&mut next);
        next.dedup();
        if next.is_empty() {
            return (all.len() <= ASKED).then_some(all);
        }
        all.extend(&next);
        credstack_base::order::sort(&mut all);
        all.dedup();
        latest = next;
        if all.len() > ASKED {
            break;
        }
    }
    None
}

/// Return the credentials that one asks to be held in any of its trees.
fn asks(table: &ScreenTable, credential: usize) -> Vec<u32> {
    let mut asked = Vec::new();
    let mut open = table.credentials.roots(credential);
    while let Some(node) = open.pop() {
        match &table.trees.nodes[at(node)] {
            Node::Earned(other) | Node::Held(other) => asked.push(*other),
            node => table.trees.push_children(node, &mut open),
        }
    }
    credstack_base::order::sort(&mut asked);
    asked.dedup();
    asked
}

/// Collect the classes of the pools in a tree; return false if a pool begins with everything.
fn classes_under(table: &ScreenTable, root: u32, classes: &mut Vec<u32>) -> bool {
    let mut open = vec![root];
    let mut all = true;
    while let Some(node) = open.pop() {
        let node = &table.trees.nodes[at(node)];
        if let Node::Take(leaf) | Node::Seen(leaf) = node {
            match &table.pools.leaves[at(*leaf)].pool.base {
                Base::Listed(range) => classes.extend_from_slice(table.pools.listed(range)),
                Base::Everything => all = false,
            }
        }
        table.trees.push_children(node, &mut open);
    }
    all
}

/// Return the answer for a credential that a record does not touch, if that alone settles it.
fn untouched(table: &ScreenTable, credential: usize, known: &mut [Option<Level>]) -> Option<Screened> {
    let entry = &table.credentials.entries[credential];
    let trees = entry.editions.get(entry.edition?)?;
    let is_out_of_reach = level_of_nothing(table, trees.completion, known) == Level::Unmet;
    (trees.admission.is_none() && is_out_of_reach && !trees.may_close).then_some(INCOMPLETE)
}

/// Return an upper bound of the level of a node over a record without items; `known` keeps those of credentials.
/// It ends because no chain of credentials is longer than [`CHAIN`].
fn level_of_nothing(table: &ScreenTable, node: u32, known: &mut [Option<Level>]) -> Level {
    let below = |children: &Children, known: &mut [Option<Level>]| -> Vec<Level> {
        table.trees.children(*children).iter().map(|child| level_of_nothing(table, *child, known)).collect()
    };
    match &table.trees.nodes[at(node)] {
        Node::Known(level, _) => *level,
        Node::All(of) => below(of, known).into_iter().min().unwrap_or(Level::Met),
        Node::Any(of) => below(of, known).into_iter().max().unwrap_or(Level::Unmet),
        Node::AtLeast(k, of) => {
            let met = below(of, known).into_iter().filter(|level| *level != Level::Unmet).count();
            if met >= *k { Level::Met } else { Level::Unmet }
        }
        Node::When(of) => below(of, known).into_iter().skip(1).max().unwrap_or(Level::Unmet),
        Node::Take(leaf) | Node::Seen(leaf) => {
            if table.pools.leaves[at(*leaf)].need <= 0 {
                Level::Met
            } else {
                Level::Unmet
            }
        }
        Node::Limited(child, _) => level_of_nothing(table, *child, known),
        Node::Earned(other) => {
            if let Some(level) = known[at(*other)] {
                return level;
            }
            let trees = &table.credentials.entries[at(*other)].editions;
            let levels = trees.iter().map(|t| level_of_nothing(table, t.completion, known));
            let level = levels.max().unwrap_or(Level::Unmet);
            known[at(*other)] = Some(level);
            level
        }
        Node::Amount(_, need, _) if *need > 0 => Level::Unmet,
        Node::Amount(..) | Node::Not(..) | Node::Fact(_) | Node::Held(_) | Node::Average(..) | Node::Undecided => {
            Level::Met
        }
    }
}
