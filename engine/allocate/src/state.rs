//! Partial allocations: which arcs are on or out, with everything that follows from that by the
//! problem's constraints, and undoing.

use super::problem::{ArcIx, Cap, ItemIx, Link, Problem, Sharing, TargetIx, share_of};

/// What is decided of an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arcs {
    Free,
    On,
    Out,
}

/// Look-up tables over a problem.
#[derive(Debug)]
pub(super) struct Tables {
    /// The arcs of an item in a target, by `item * targets + target`.
    pub(super) at: Vec<Vec<ArcIx>>,
    /// The arcs of each leaf.
    pub(super) of_leaf: Vec<Vec<ArcIx>>,
    caps_of_leaf: Vec<Vec<usize>>,
    exclusions_of_leaf: Vec<Vec<usize>>,
    pairs_of_target: Vec<Vec<usize>>,
    targets: usize,
}

impl Tables {
    pub(super) fn new(p: &Problem) -> Self {
        let targets = p.targets.len();
        let mut at = vec![Vec::new(); p.items * targets];
        let mut of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, arc) in p.arcs.iter().enumerate() {
            at[arc.item * targets + p.leaves[arc.leaf].target].push(ix);
            of_leaf[arc.leaf].push(ix);
        }
        let mut caps_of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, cap) in p.caps.iter().enumerate() {
            for leaf in cap.leaves.0..cap.leaves.1 {
                caps_of_leaf[leaf].push(ix);
            }
        }
        let mut exclusions_of_leaf = vec![Vec::new(); p.leaves.len()];
        for (ix, exclusion) in p.exclusions.iter().enumerate() {
            for leaf in exclusion.leaves.0..exclusion.leaves.1 {
                exclusions_of_leaf[leaf].push(ix);
            }
        }
        let mut pairs_of_target = vec![Vec::new(); targets];
        for (ix, pair) in p.pairs.iter().enumerate() {
            pairs_of_target[pair.a].push(ix);
            pairs_of_target[pair.b].push(ix);
        }
        Self { at, of_leaf, caps_of_leaf, exclusions_of_leaf, pairs_of_target, targets }
    }

    pub(super) fn arcs(&self, item: ItemIx, target: TargetIx) -> &[ArcIx] {
        &self.at[item * self.targets + target]
    }

    /// The caps that a leaf lies within.
    pub(super) fn caps_of(&self, leaf: usize) -> &[usize] {
        &self.caps_of_leaf[leaf]
    }
}

/// A partial allocation.
#[derive(Debug)]
pub(super) struct State<'p> {
    p: &'p Problem,
    pub(super) tables: &'p Tables,
    pub(super) arcs: Vec<Arcs>,
    /// Arcs in the order they were decided.
    trail: Vec<ArcIx>,
    /// How many arcs of an item are on in a target, by `item * targets + target`.
    present: Vec<u16>,
    /// How many are not out.
    open: Vec<u16>,
    cap_present: Vec<Vec<u16>>,
    cap_sum: Vec<i64>,
    cap_has_negative: Vec<bool>,
    exclusion_present: Vec<Vec<u16>>,
    pair_sums: Vec<Vec<i64>>,
    /// How many items a pair shares otherwise than freely.
    pair_shares: Vec<usize>,
    /// For each link of [`Problem::one_party`] with an award, how many items of it the target uses; by
    /// set, party and link.
    award_uses: Vec<Vec<Vec<usize>>>,
    queue: Vec<(ArcIx, Arcs)>,
}

impl<'p> State<'p> {
    pub(super) fn new(p: &'p Problem, tables: &'p Tables) -> Self {
        let open = tables.at.iter().map(|arcs| u16::try_from(arcs.len()).unwrap_or(u16::MAX)).collect();
        Self {
            p,
            tables,
            arcs: vec![Arcs::Free; p.arcs.len()],
            trail: Vec::new(),
            present: vec![0; p.items * p.targets.len()],
            open,
            cap_present: p.caps.iter().map(|_| vec![0; p.items]).collect(),
            cap_sum: vec![0; p.caps.len()],
            cap_has_negative: p.caps.iter().map(|c| c.weights.iter().any(|w| *w < 0)).collect(),
            exclusion_present: p.exclusions.iter().map(|_| vec![0; p.items]).collect(),
            pair_sums: p.pairs.iter().map(|pair| vec![0; pair.bounds.len()]).collect(),
            pair_shares: vec![0; p.pairs.len()],
            award_uses: p
                .one_party
                .iter()
                .map(|set| set.parties.iter().map(|links| vec![0; links.len()]).collect())
                .collect(),
            queue: Vec::new(),
        }
    }

    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    pub(super) fn is_present(&self, item: ItemIx, target: TargetIx) -> bool {
        self.present[item * self.p.targets.len() + target] > 0
    }

    /// Whether an item may be used, or is used, in a target.
    pub(super) fn is_open(&self, item: ItemIx, target: TargetIx) -> bool {
        self.open[item * self.p.targets.len() + target] > 0
    }

    /// Whether an item is used anywhere.
    pub(super) fn is_used(&self, item: ItemIx) -> bool {
        (0..self.p.targets.len()).any(|t| self.is_present(item, t))
    }

    pub(super) fn on_arcs(&self) -> impl Iterator<Item = ArcIx> + '_ {
        self.arcs.iter().enumerate().filter(|(_, s)| **s == Arcs::On).map(|(ix, _)| ix)
    }

    /// Decides an arc and everything that follows. `false` if it cannot be; the caller then undoes.
    pub(super) fn decide(&mut self, arc: ArcIx, to: Arcs) -> bool {
        self.queue.clear();
        self.queue.push((arc, to));
        while let Some((arc, to)) = self.queue.pop() {
            if self.arcs[arc] == to {
                continue;
            }
            if self.arcs[arc] != Arcs::Free {
                return false;
            }
            self.arcs[arc] = to;
            self.trail.push(arc);
            if to == Arcs::Out {
                let place = self.place(arc);
                self.open[place] -= 1;
            }
            let ok = if to == Arcs::On { self.turned_on(arc) } else { self.turned_out(arc) };
            if !ok {
                return false;
            }
        }
        true
    }

    /// Decides an arc if that is possible, and otherwise leaves everything as it was.
    pub(super) fn attempt(&mut self, arc: ArcIx, to: Arcs) -> bool {
        let mark = self.mark();
        let ok = self.decide(arc, to);
        if !ok {
            self.undo(mark);
        }
        ok
    }

    pub(super) fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some(arc) = self.trail.pop() else { break };
            if self.arcs[arc] == Arcs::On {
                self.turned_off(arc);
            } else {
                let place = self.place(arc);
                self.open[place] += 1;
            }
            self.arcs[arc] = Arcs::Free;
        }
    }

    /// An arc's item and target as one number.
    fn place(&self, arc: ArcIx) -> usize {
        let arc = &self.p.arcs[arc];
        arc.item * self.p.targets.len() + self.p.leaves[arc.leaf].target
    }

    fn out_all(&mut self, item: ItemIx, target: TargetIx) {
        for arc in self.tables.arcs(item, target) {
            if self.arcs[*arc] != Arcs::Out {
                self.queue.push((*arc, Arcs::Out));
            }
        }
    }

    fn turned_on(&mut self, arc: ArcIx) -> bool {
        let (p, tables) = (self.p, self.tables);
        let item = p.arcs[arc].item;
        let leaf = p.arcs[arc].leaf;
        let target = p.leaves[leaf].target;
        for other in tables.arcs(item, target) {
            let shares = p.leaves[leaf].share.is_some() && p.leaves[leaf].share == p.leaves[p.arcs[*other].leaf].share;
            if *other != arc && !shares && self.arcs[*other] != Arcs::Out {
                self.queue.push((*other, Arcs::Out));
            }
        }
        let place = item * p.targets.len() + target;
        self.present[place] += 1;
        let mut ok = true;
        if self.present[place] == 1 {
            for pair in &tables.pairs_of_target[target] {
                ok &= self.pair_gains(*pair, item, target);
            }
            ok &= self.award_gains(item, target);
            for ceiling in &p.ceilings {
                if ceiling.targets[target] {
                    let uses =
                        (0..p.targets.len()).filter(|t| ceiling.targets[*t] && self.is_present(item, *t)).count();
                    ok &= uses <= ceiling.max[item];
                    if uses == ceiling.max[item] {
                        for t in (0..p.targets.len()).filter(|t| ceiling.targets[*t]) {
                            if !self.is_present(item, t) {
                                self.out_all(item, t);
                            }
                        }
                    }
                }
            }
        }
        for exclusion in &tables.exclusions_of_leaf[leaf] {
            self.exclusion_present[*exclusion][item] += 1;
            if self.exclusion_present[*exclusion][item] == 1 {
                let e = &p.exclusions[*exclusion];
                for other in &e.with[item] {
                    for arc in tables.arcs(*other, target) {
                        if (e.leaves.0..e.leaves.1).contains(&p.arcs[*arc].leaf) && self.arcs[*arc] != Arcs::Out {
                            self.queue.push((*arc, Arcs::Out));
                        }
                    }
                }
            }
        }
        for cap in &tables.caps_of_leaf[leaf] {
            self.cap_present[*cap][item] += 1;
            if self.cap_present[*cap][item] == 1 {
                self.cap_sum[*cap] += p.caps[*cap].weights[item];
                ok &= self.cap_holds(*cap);
            }
        }
        ok
    }

    fn turned_off(&mut self, arc: ArcIx) {
        let (p, tables) = (self.p, self.tables);
        let item = p.arcs[arc].item;
        let leaf = p.arcs[arc].leaf;
        let target = p.leaves[leaf].target;
        for cap in &tables.caps_of_leaf[leaf] {
            self.cap_present[*cap][item] -= 1;
            if self.cap_present[*cap][item] == 0 {
                self.cap_sum[*cap] -= p.caps[*cap].weights[item];
            }
        }
        for exclusion in &tables.exclusions_of_leaf[leaf] {
            self.exclusion_present[*exclusion][item] -= 1;
        }
        let place = item * p.targets.len() + target;
        if self.present[place] == 1 {
            self.award_loses(item, target);
            for pair in &tables.pairs_of_target[target] {
                self.pair_loses(*pair, item, target);
            }
        }
        self.present[place] -= 1;
    }

    fn turned_out(&mut self, arc: ArcIx) -> bool {
        let leaf = self.p.arcs[arc].leaf;
        let tables = self.tables;
        tables.caps_of_leaf[leaf].iter().all(|cap| !self.cap_has_negative[*cap] || self.cap_holds(*cap))
    }

    /// The least that a cap's sum can still become, given what is on.
    fn cap_least(&self, cap: &Cap, ix: usize) -> i64 {
        if !self.cap_has_negative[ix] {
            return self.cap_sum[ix];
        }
        let mut sum = self.cap_sum[ix];
        let mut counted = vec![false; self.p.items];
        for leaf in cap.leaves.0..cap.leaves.1 {
            for arc in &self.tables.of_leaf[leaf] {
                let item = self.p.arcs[*arc].item;
                let may_come =
                    self.arcs[*arc] == Arcs::Free && self.cap_present[ix][item] == 0 && cap.weights[item] < 0;
                if may_come && !std::mem::replace(&mut counted[item], true) {
                    sum += cap.weights[item];
                }
            }
        }
        sum
    }

    /// Whether a cap can still hold; rules out what would break it.
    fn cap_holds(&mut self, ix: usize) -> bool {
        let p = self.p;
        let cap = &p.caps[ix];
        let least = self.cap_least(cap, ix);
        if least > cap.bound {
            return false;
        }
        let slack = cap.bound - least;
        for leaf in cap.leaves.0..cap.leaves.1 {
            for arc in &self.tables.of_leaf[leaf] {
                let item = p.arcs[*arc].item;
                if cap.weights[item] > slack && self.arcs[*arc] == Arcs::Free && self.cap_present[ix][item] == 0 {
                    self.queue.push((*arc, Arcs::Out));
                }
            }
        }
        true
    }

    /// Whether a party shares anything where only one may.
    fn shares(&self, set: usize, party: usize) -> bool {
        let links = self.p.one_party[set].parties[party].iter().enumerate();
        links.into_iter().any(|(n, link)| match link {
            Link::Pair(pair) => self.pair_shares[*pair] > 0,
            Link::Award(..) => self.award_uses[set][party][n] > 0,
        })
    }

    /// Whether any other party than this one shares something where only one may.
    fn another_shares(&self, set: usize, party: usize) -> bool {
        (0..self.p.one_party[set].parties.len()).any(|other| other != party && self.shares(set, other))
    }

    /// The parties that a pair stands for, with the numbers of their sets.
    fn parties_of(&self, pair: usize) -> Vec<(usize, usize)> {
        let sets = self.p.one_party.iter().enumerate();
        let parties = sets.flat_map(|(set, of)| of.parties.iter().enumerate().map(move |(n, links)| (set, n, links)));
        let has = |links: &[Link]| links.iter().any(|link| matches!(link, Link::Pair(ix) if *ix == pair));
        parties.filter(|(.., links)| has(links)).map(|(set, party, _)| (set, party)).collect()
    }

    /// Whether a pair may share nothing because another party shares something.
    fn is_taken(&self, pair: usize) -> bool {
        self.parties_of(pair).into_iter().any(|(set, party)| self.another_shares(set, party))
    }

    /// A party shares its first item where only one may: the others are shut.
    fn shut_others(&mut self, set: usize, party: usize) {
        let p = self.p;
        let others = p.one_party[set].parties.iter().enumerate().filter(|(other, _)| *other != party);
        for link in others.flat_map(|(_, links)| links) {
            match link {
                Link::Pair(pair) => (0..p.items).for_each(|item| self.keep_apart(*pair, item)),
                Link::Award(target, items) => {
                    for item in (0..items.len()).filter(|item| items[*item]) {
                        self.out_all(item, *target);
                    }
                }
            }
        }
    }

    /// The links with awards through which a target shares an item: set, party and link.
    fn award_links(&self, item: ItemIx, target: TargetIx) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        for (set, of) in self.p.one_party.iter().enumerate() {
            for (party, links) in of.parties.iter().enumerate() {
                for (n, link) in links.iter().enumerate() {
                    if matches!(link, Link::Award(user, items) if *user == target && items[item]) {
                        found.push((set, party, n));
                    }
                }
            }
        }
        found
    }

    /// An item has come into a target: what it carries there from awards.
    fn award_gains(&mut self, item: ItemIx, target: TargetIx) -> bool {
        let mut ok = true;
        for (set, party, n) in self.award_links(item, target) {
            self.award_uses[set][party][n] += 1;
            if self.award_uses[set][party][n] == 1 {
                ok &= !self.another_shares(set, party);
                self.shut_others(set, party);
            }
        }
        ok
    }

    fn award_loses(&mut self, item: ItemIx, target: TargetIx) {
        for (set, party, n) in self.award_links(item, target) {
            self.award_uses[set][party][n] -= 1;
        }
    }

    /// An item has come into one side of a pair.
    fn pair_gains(&mut self, ix: usize, item: ItemIx, target: TargetIx) -> bool {
        let p = self.p;
        let pair = &p.pairs[ix];
        let other = if pair.a == target { pair.b } else { pair.a };
        let is_there = self.is_present(item, other);
        match pair.items[item] {
            Sharing::Free => true,
            Sharing::Never => {
                if !is_there {
                    self.out_all(item, other);
                }
                !is_there
            }
            Sharing::Bounded => {
                if is_there {
                    for (n, (weights, _)) in pair.bounds.iter().enumerate() {
                        self.pair_sums[ix][n] += weights[item];
                    }
                    self.pair_shares[ix] += 1;
                    if self.pair_sums[ix].iter().zip(&pair.bounds).any(|(sum, (_, bound))| sum > bound)
                        || self.is_taken(ix)
                    {
                        return false;
                    }
                    // What is on one side only and would break a bound stays on that side.
                    for (n, (weights, bound)) in pair.bounds.iter().enumerate() {
                        let slack = bound - self.pair_sums[ix][n];
                        for (i, weight) in weights.iter().enumerate() {
                            if *weight > slack {
                                self.keep_apart(ix, i);
                            }
                        }
                    }
                    if self.pair_shares[ix] == 1 {
                        for (set, party) in self.parties_of(ix) {
                            self.shut_others(set, party);
                        }
                    }
                } else {
                    let too_much = pair
                        .bounds
                        .iter()
                        .enumerate()
                        .any(|(n, (weights, bound))| weights[item] > bound - self.pair_sums[ix][n]);
                    if too_much || self.is_taken(ix) {
                        self.out_all(item, other);
                    }
                }
                true
            }
        }
    }

    /// An item that is on exactly one side of a pair, otherwise than freely, stays there.
    fn keep_apart(&mut self, ix: usize, item: ItemIx) {
        let pair = &self.p.pairs[ix];
        if pair.items[item] != Sharing::Bounded {
            return;
        }
        match (self.is_present(item, pair.a), self.is_present(item, pair.b)) {
            (true, false) => self.out_all(item, pair.b),
            (false, true) => self.out_all(item, pair.a),
            _ => {}
        }
    }

    fn pair_loses(&mut self, ix: usize, item: ItemIx, target: TargetIx) {
        let pair = &self.p.pairs[ix];
        let other = if pair.a == target { pair.b } else { pair.a };
        if pair.items[item] == Sharing::Bounded && self.is_present(item, other) {
            for (n, (weights, _)) in pair.bounds.iter().enumerate() {
                self.pair_sums[ix][n] -= weights[item];
            }
            self.pair_shares[ix] -= 1;
        }
    }

    /// Caps that what is on breaks. Caps with negative weights are only certain once nothing more comes.
    pub(super) fn broken_cap(&self) -> Option<usize> {
        let p = self.p;
        p.caps.iter().enumerate().position(|(ix, cap)| {
            let rounded = cap.rounded.as_ref().map(|share| {
                let of = |only_matching: bool| -> i64 {
                    (0..p.items)
                        .filter(|i| self.cap_present[ix][*i] > 0 && (!only_matching || share.matches[*i]))
                        .map(|i| share.weights[i])
                        .sum()
                };
                of(true) > share_of(of(false), share.percent, share.round)
            });
            rounded.unwrap_or(self.cap_sum[ix] > cap.bound)
        })
    }

    /// A free arc that would ease a broken cap: of an item whose weight in it is negative.
    pub(super) fn easing_arc(&self, ix: usize) -> Option<ArcIx> {
        let cap = &self.p.caps[ix];
        (cap.leaves.0..cap.leaves.1)
            .flat_map(|leaf| &self.tables.of_leaf[leaf])
            .copied()
            .find(|arc| self.arcs[*arc] == Arcs::Free && cap.weights[self.p.arcs[*arc].item] < 0)
    }
}
