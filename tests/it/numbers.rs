//! The allocator alone, on small problems of numbers: against trying every allocation.

use credstack_engine::allocate::{
    Arc, ArcIx, Cap, Ceiling, Conflict, Evaluator, ItemIx, Leaf, LeafIx, Level, Node, NodeIx, NodeKind, Pair, Part,
    Problem, Sharing, Table, Target, TargetIx, allocate, conflict, restricted,
};
use proptest::prelude::*;

/// Steps that settle any problem of this size.
const STEPS: u64 = 50_000;

/// A requirement: its need, whether it counts items, who may serve it, and a cap on the first of them.
type Need = (i64, bool, Vec<bool>, Option<i64>);

#[derive(Clone, Debug)]
struct Small {
    credits: Vec<i64>,
    /// By target.
    needs: Vec<Vec<Need>>,
    /// What two targets may share: nothing, so many credits, or everything.
    sharing: Option<i64>,
    uses: usize,
    weighted: bool,
    some: bool,
}

fn small() -> impl Strategy<Value = Small> {
    let need = |items: usize| {
        (1..7_i64, any::<bool>(), prop::collection::vec(any::<bool>(), items), prop::option::weighted(0.3, 1..4_i64))
    };
    (2..=5_usize, 1..=2_usize).prop_flat_map(move |(items, targets)| {
        (
            prop::collection::vec(1..=4_i64, items),
            prop::collection::vec(prop::collection::vec(need(items), 1..=3), targets),
            prop::option::of(0..6_i64),
            1..=2_usize,
            any::<bool>(),
            any::<bool>(),
        )
            .prop_map(|(credits, needs, sharing, uses, weighted, some)| Small {
                credits,
                needs,
                sharing,
                uses,
                weighted,
                some,
            })
    })
}

fn problem(small: &Small) -> Problem {
    let items = small.credits.len();
    let mut p = Problem { items, declared: small.needs.len(), ..Problem::default() };
    for needs in &small.needs {
        let (root, first) = (p.nodes.end(), p.leaves.end());
        let leaves = (first, LeafIx::new(first.index() + needs.len()));
        let each = if small.weighted { 2 } else { 1 };
        let children: Vec<NodeIx> = (0..needs.len()).map(|n| NodeIx::new(root.index() + 1 + n * each)).collect();
        let kind = match small.some && !small.weighted && children.len() > 2 {
            true => NodeKind::AtLeast(children.len() - 1, children),
            false => NodeKind::All(children),
        };
        let target = p.targets.push(Target { root });
        p.nodes.push(Node { target, kind, floors: Vec::new(), leaves });
        for (n, (need, counts, eligible, cap)) in needs.iter().enumerate() {
            let leaf = p.leaves.end();
            let own = (leaf, leaf.next());
            if small.weighted {
                let kind = NodeKind::Step(p.nodes.end().next(), 1 + n as i64);
                p.nodes.push(Node { target, kind, floors: Vec::new(), leaves: own });
            }
            let node = p.nodes.end();
            p.nodes.push(Node { target, kind: NodeKind::Take(leaf), floors: Vec::new(), leaves: own });
            let need = if *counts { (*need + 1) / 2 } else { *need };
            p.leaves.push(Leaf { node, target, need, per_unit: if *counts { 3 } else { 1 }, share: None });
            for item in p.item_ixs().filter(|item| eligible[item.index()]) {
                let amount = if *counts { 1 } else { small.credits[item.index()] };
                p.arcs.push(Arc { item, leaf, amount, level: Level::Met });
            }
            if let Some(bound) = cap {
                let weights = (0..items).map(|item| if item < 3 { small.credits[item] } else { 0 }).collect();
                p.caps.push(Cap { leaves: own, weights, bound: *bound, rounded: None });
            }
        }
    }
    p.arcs.as_list().sort_by_key(|arc| (arc.item, arc.leaf));
    if small.needs.len() == 2
        && let Some(most) = small.sharing
    {
        let items = Table::filled(if most == 0 { Sharing::Never } else { Sharing::Bounded }, items);
        let bounds = vec![(small.credits.clone().into(), most)];
        p.pairs.push(Pair { a: TargetIx::new(0), b: TargetIx::new(1), items, bounds });
    }
    p.ceilings.push(Ceiling { max: Table::filled(small.uses, items), targets: Table::filled(true, small.needs.len()) });
    if small.weighted {
        p.joint = true;
        p.costs = Table::filled(0, items);
        p.use_costs = small.credits.clone().into();
    }
    p
}

/// Every legal allocation, item by item.
fn every(p: &Problem, each: &mut dyn FnMut(&[ArcIx])) {
    fn is_legal(p: &Problem, arcs: &[ArcIx]) -> bool {
        let uses = |item: ItemIx, target: TargetIx| {
            arcs.iter().filter(|arc| p.arcs[**arc].item == item && p.target_of(**arc) == target).count()
        };
        let once = p.item_ixs().all(|item| p.targets.ixs().all(|target| uses(item, target) <= 1));
        let ceilings = p
            .ceilings
            .iter()
            .all(|ceiling| p.item_ixs().all(|i| p.targets.ixs().filter(|t| uses(i, *t) > 0).count() <= ceiling.max[i]));
        let caps = p.caps.iter().all(|cap| {
            let inside = arcs.iter().filter(|arc| (cap.leaves.0..cap.leaves.1).contains(&p.arcs[**arc].leaf));
            inside.map(|arc| cap.weights[p.arcs[*arc].item]).sum::<i64>() <= cap.bound
        });
        let pairs = p.pairs.iter().all(|pair| {
            let both = p.item_ixs().filter(|i| uses(*i, pair.a) > 0 && uses(*i, pair.b) > 0).collect::<Vec<_>>();
            both.iter().all(|item| pair.items[*item] != Sharing::Never)
                && pair.bounds.iter().all(|(weights, bound)| both.iter().map(|i| weights[*i]).sum::<i64>() <= *bound)
        });
        once && ceilings && caps && pairs
    }
    fn from(p: &Problem, next: ArcIx, arcs: &mut Vec<ArcIx>, each: &mut dyn FnMut(&[ArcIx])) {
        if !is_legal(p, arcs) {
            return;
        }
        if next == p.arcs.end() {
            each(arcs);
            return;
        }
        from(p, next.next(), arcs, each);
        arcs.push(next);
        from(p, next.next(), arcs, each);
        arcs.pop();
    }
    from(p, ArcIx::new(0), &mut Vec::new(), each);
}

/// What makes one allocation better than another, less being better: what is unmet, what it lacks,
/// its cost, and which items it uses.
type Worth = (Vec<bool>, Vec<i64>, i64, Vec<bool>);

fn worth(p: &Problem, evaluator: &mut Evaluator<'_>, arcs: &[ArcIx]) -> Worth {
    let found = evaluator.run(arcs.iter().copied());
    let roots: Vec<NodeIx> = p.targets.iter().map(|target| target.root).collect();
    let unused = p.item_ixs().map(|item| !arcs.iter().any(|arc| p.arcs[*arc].item == item)).collect();
    if p.joint {
        let total: i64 = roots.iter().map(|root| found.distances[*root]).sum();
        return (Vec::new(), vec![total], p.cost(arcs), Vec::new());
    }
    let unmet = roots.iter().map(|root| found.levels[*root] == Level::Unmet).collect();
    (unmet, roots.iter().map(|root| found.distances[*root]).collect(), p.cost(arcs), unused)
}

fn is_feasible(p: &Problem) -> bool {
    let mut evaluator = Evaluator::new(p);
    let mut found = false;
    every(p, &mut |arcs| {
        let evaluation = evaluator.run(arcs.iter().copied());
        found |= p.targets.iter().all(|target| evaluation.levels[target.root] != Level::Unmet);
    });
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn allocations_are_the_best_there_are(small in small()) {
        let p = problem(&small);
        let mut evaluator = Evaluator::new(&p);
        let mut best: Option<Worth> = None;
        every(&p, &mut |arcs| {
            let this = worth(&p, &mut evaluator, arcs);
            if best.as_ref().is_none_or(|best| this < *best) {
                best = Some(this);
            }
        });
        let found = allocate(&p, STEPS);
        prop_assert!(found.level_proved.iter().chain(&found.distance_proved).all(|proved| *proved), "{found:?}");
        let mut own = worth(&p, &mut evaluator, &found.arcs);
        let best = best.unwrap_or_default();
        if !found.tie_proved {
            own.3.clone_from(&best.3);
        }
        if !found.cost_proved {
            own.2 = best.2;
        }
        prop_assert_eq!(own, best);
    }

    #[test]
    fn conflicts_are_infeasible_and_smallest(small in small()) {
        let p = problem(&Small { weighted: false, ..small });
        let found = allocate(&p, STEPS);
        let mut evaluator = Evaluator::new(&p);
        let evaluation = evaluator.run(found.arcs.iter().copied()).clone();
        for target in p.targets.ixs() {
            if evaluation.levels[p.targets[target].root] != Level::Unmet {
                continue;
            }
            let Some(Conflict { parts, items, cut, .. }) = conflict(&p, target, &found.arcs, STEPS) else { continue };
            prop_assert!(parts.len() > 1, "{parts:?}");
            prop_assert!(!is_feasible(&restricted(&p, target, &parts)), "{parts:?} can be met");
            for n in 0..parts.len() {
                let mut fewer = parts.clone();
                fewer.remove(n);
                prop_assert!(is_feasible(&restricted(&p, target, &fewer)), "{parts:?} is not smallest");
            }
            let leaves = |part: &Part| matches!(part, Part::Leaf(_));
            prop_assert!(!parts.iter().any(leaves) || !items.is_empty());
            if let Some((need, most)) = cut {
                prop_assert!(most < need);
            }
        }
    }
}
