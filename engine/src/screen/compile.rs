//! Compiles a catalog for screening: trees become nodes, pools lists of classes with filters.

use std::collections::BTreeMap;

use crate::determine::{edition_for_all, in_units, is_lasting_test, possible_later};
use credstack_allocate::Level;
use credstack_compile::{Bundle, Index};
use credstack_model::{
    AttributeDecl, AttributeKind, AttributeName, Catalog, Code, Credential, CredentialId, Date, Decimal, Event, Gpa,
    GpaOver, Limit, LimitRule, Measure, Options, Requirement, Rule, ScaleId, Selector, Test, Value, Window,
};

use super::relevance;
use super::table::{
    Attribute, Base, Bound, Children, CredentialTable, Entry, Fact, FactTable, Filter, Lasting, Leaf, Node, Pool,
    PoolTable, ScreenTable, TreeTable, Trees, at, number,
};

/// Compile the catalog of a bundle for a date.
pub(super) fn compile(bundle: &Bundle, as_of: Date, options: &Options) -> ScreenTable {
    let (catalog, index) = (bundle.catalog(), bundle.index());
    let ids: Vec<CredentialId> = catalog.credentials.keys().cloned().collect();
    let table = ScreenTable {
        as_of,
        options: options.clone(),
        credentials: CredentialTable { ids, ..CredentialTable::default() },
        trees: TreeTable::default(),
        pools: PoolTable { classes: classes_of_pools(catalog, index), ..PoolTable::default() },
        facts: FactTable::default(),
        has_shut_ceiling: catalog.ceilings.iter().any(|ceiling| ceiling.max == 0),
    };
    let mut compiler =
        Compiler { has_amount_of_nothing: false, numbers: Numbers::default(), consumes: true, catalog, index, table };
    for credential in catalog.credentials.values() {
        compiler.credential(credential);
    }
    let mut table = compiler.table;
    relevance::fill(&mut table);
    table
}

/// Return the classes that pools begin with, sorted, as yet without the credentials.
fn classes_of_pools(catalog: &Catalog, index: &Index) -> Vec<(Code, Vec<u32>)> {
    let mut names = Vec::new();
    for credential in catalog.credentials.values() {
        for edition in &credential.editions {
            for tree in [Some(&edition.completion), edition.admission.as_ref(), edition.conferral.as_ref()] {
                tree.into_iter().for_each(|tree| classes_of_tree(tree, index, &mut names));
            }
        }
    }
    credstack_base::order::sort(&mut names);
    names.dedup();
    names.into_iter().map(|class| (class.clone(), Vec::new())).collect()
}

/// Collect the classes that the pools of a tree begin with.
fn classes_of_tree<'a>(tree: &'a Requirement, index: &'a Index, found: &mut Vec<&'a Code>) {
    let pool = match &tree.rule {
        Rule::Take(take) => Some(&take.pool),
        Rule::Seen(seen) => Some(&seen.pool),
        _ => None,
    };
    if let Some(pool) = pool {
        let own = std::slice::from_ref(pool);
        let parts = if let Selector::And(of) = pool { of.as_slice() } else { own };
        for part in parts {
            if let Selector::Codes(codes) = part {
                found.extend(codes.iter().map(|code| index.class(code)));
            }
        }
    }
    for child in tree.children() {
        classes_of_tree(child, index, found);
    }
}

/// Numbers by what they were given for.
type NumberOf = BTreeMap<Vec<u8>, u32>;

/// The numbers that have been given.
#[derive(Default)]
struct Numbers {
    /// By the name of the scale.
    scales: NumberOf,
    /// By the JSON of the selector.
    selectors: NumberOf,
    /// By the number of the attribute and the text.
    texts: NumberOf,
    /// By the name of the attribute.
    attributes: NumberOf,
}

struct Compiler<'a> {
    /// Whether some group of the credential at work asks for credits or hours, and for none of them. It is
    /// met by nothing, and yet what is in it is looked at.
    has_amount_of_nothing: bool,
    numbers: Numbers,
    /// Whether the tree at work is one that counts what it takes, a completion.
    consumes: bool,
    catalog: &'a Catalog,
    index: &'a Index,
    table: ScreenTable,
}

impl<'a> Compiler<'a> {
    /// Add a credential with the trees of its editions.
    fn credential(&mut self, credential: &'a Credential) {
        let mut editions = Vec::with_capacity(credential.editions.len());
        for edition in &credential.editions {
            self.consumes = true;
            let completion = self.node(&edition.completion, false);
            self.consumes = false;
            let admission = edition.admission.as_ref().map(|tree| self.node(tree, false));
            let conferral = edition.conferral.as_ref().map(|tree| self.node(tree, false));
            let may_close = may_close(&self.table, completion);
            editions.push(Trees { completion, admission, conferral, may_close });
        }
        let edition = edition_for_all(self.catalog, self.table.as_of, credential);
        let in_full = std::mem::take(&mut self.has_amount_of_nothing);
        self.table.credentials.entries.push(Entry { editions, edition, in_full });
    }

    /// Add a node, whose children are there already; return its number.
    fn push(&mut self, node: Node) -> u32 {
        let exact = &self.table.trees.exact;
        let is_exact = match &node {
            Node::Known(..) | Node::Seen(_) | Node::Fact(_) | Node::Held(_) => true,
            Node::All(of) | Node::Any(of) | Node::AtLeast(_, of) | Node::When(of) => {
                self.table.trees.children(*of).iter().all(|child| exact[at(*child)])
            }
            Node::Not(child, _) => exact[at(*child)],
            Node::Amount(..)
            | Node::Take(_)
            | Node::Earned(_)
            | Node::Limited(..)
            | Node::Average(..)
            | Node::Undecided => false,
        };
        self.table.trees.exact.push(is_exact);
        self.table.trees.nodes.push(node);
        number(self.table.trees.nodes.len() - 1)
    }

    /// Add the children of a node.
    fn children(&mut self, of: impl IntoIterator<Item = &'a Requirement>, tested: bool) -> Children {
        let of: Vec<u32> = of.into_iter().map(|child| self.node(child, tested)).collect();
        let from = number(self.table.trees.children.len());
        self.table.trees.children.extend(of);
        Children { from, to: number(self.table.trees.children.len()) }
    }

    /// Add the tree of a requirement; `tested` inside a `not` and in the test of a `when`, where only awards count
    /// as held.
    fn node(&mut self, requirement: &'a Requirement, tested: bool) -> u32 {
        let node = self.rule(requirement, tested);
        let node = self.push(node);
        // In a test nothing is counted.
        if requirement.limits.is_empty() || tested {
            return node;
        }
        let bounds = requirement.limits.iter().map(|limit| self.bound(limit)).collect();
        self.table.trees.limits.push(bounds);
        let limits = number(self.table.trees.limits.len() - 1);
        self.push(Node::Limited(node, limits))
    }

    /// Compile the rule of a requirement, without its limits.
    fn rule(&mut self, requirement: &'a Requirement, tested: bool) -> Node {
        match &requirement.rule {
            Rule::Take(take) => Node::Take(self.leaf(take.measure, take.min, take.max, &take.pool)),
            Rule::Seen(seen) => Node::Seen(self.leaf(seen.measure, seen.min, None, &seen.pool)),
            Rule::All(of) => Node::All(self.children(of, tested)),
            Rule::Any(of) => Node::Any(self.children(of, tested)),
            Rule::AtLeast(at_least) => {
                let need = in_units(at_least.measure, at_least.min);
                let of = self.children(&at_least.of, tested);
                match at_least.measure {
                    Measure::Count => Node::AtLeast(usize::try_from(need).unwrap_or(usize::MAX), of),
                    measure => {
                        self.has_amount_of_nothing |= need <= 0;
                        Node::Amount(measure, need, of)
                    }
                }
            }
            Rule::Not(inner) => {
                let child = self.node(inner, true);
                let lasts = is_lasting_test(self.catalog, inner);
                Node::Not(child, if lasts { Lasting::Yes } else { Lasting::No })
            }
            Rule::When(when) => {
                let test = self.node(&when.test, true);
                let (then, otherwise) = (self.node(&when.then, tested), self.node(&when.otherwise, tested));
                let from = number(self.table.trees.children.len());
                self.table.trees.children.extend([test, then, otherwise]);
                Node::When(Children { from, to: number(self.table.trees.children.len()) })
            }
            Rule::Earned(id) => match self.table.credentials.number_of(id) {
                Some(credential) if tested => Node::Held(number(credential)),
                Some(credential) => Node::Earned(number(credential)),
                None => Node::Undecided,
            },
            Rule::AsOf(window) => window_node(self.table.as_of, window),
            Rule::Gpa(Gpa { min, over: GpaOver::Applied(selector) }) if self.consumes => {
                Node::Average(min.thousandths(), self.selector(selector))
            }
            Rule::Gpa(Gpa { over: GpaOver::Applied(_), .. }) => Node::Undecided,
            Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) => Node::Fact(self.fact(requirement)),
        }
    }

    /// Add a leaf over attainments; return its number.
    fn leaf(&mut self, measure: Measure, need: Decimal, max: Option<Decimal>, pool: &'a Selector) -> u32 {
        let leaf = Leaf {
            measure,
            need: in_units(measure, need),
            max: max.map(|max| in_units(measure, max)),
            pool: self.pool(pool),
            later: possible_later(self.table.as_of, pool),
        };
        self.table.pools.leaves.push(leaf);
        number(self.table.pools.leaves.len() - 1)
    }

    /// Add a pool: a list of codes becomes its base, the rest of an `and` its filters.
    fn pool(&mut self, pool: &'a Selector) -> Pool {
        let own = std::slice::from_ref(pool);
        let parts = if let Selector::And(of) = pool { of.as_slice() } else { own };
        let first = parts.iter().position(|part| matches!(part, Selector::Codes(_)));
        let base = match first.and_then(|first| parts.get(first)) {
            Some(Selector::Codes(codes)) => {
                let mut classes: Vec<u32> = codes
                    .iter()
                    .filter_map(|code| self.table.pools.class(self.index.class(code)))
                    .map(number)
                    .collect();
                credstack_base::order::sort(&mut classes);
                classes.dedup();
                let from = number(self.table.pools.listed.len());
                self.table.pools.listed.extend(classes);
                Base::Listed(from..number(self.table.pools.listed.len()))
            }
            _ => Base::Everything,
        };
        let rest = parts.iter().enumerate().filter(|(n, _)| Some(*n) != first);
        let filters: Vec<Filter> = rest.flat_map(|(_, part)| self.filter(part)).collect();
        let from = number(self.table.pools.filters.len());
        self.table.pools.filters.extend(filters);
        Pool { base, filters: from..number(self.table.pools.filters.len()) }
    }

    /// Compile a part of a pool into filters.
    fn filter(&mut self, part: &'a Selector) -> Vec<Filter> {
        match part {
            Selector::Everything => Vec::new(),
            Selector::MinGrade(min) => {
                let least = self.catalog.scales.get(&min.scale).and_then(|scale| scale.read(&min.grade));
                match least {
                    Some(least) => vec![Filter::Grade(self.scale(&min.scale), least.rank)],
                    None => vec![Filter::Selector(self.selector(part))],
                }
            }
            Selector::Completed(Window { from, to }) if from.is_some() || to.is_some() => {
                let from = from.map(|from| Filter::Since(from.day_number()));
                from.into_iter().chain(to.map(|to| Filter::Until(to.day_number()))).collect()
            }
            Selector::Recent(recent) if recent.before == Event::AsOf => {
                vec![Filter::Since(recent.within.before(self.table.as_of).day_number())]
            }
            other => vec![Filter::Selector(self.selector(other))],
        }
    }

    /// Return the number of a scale.
    fn scale(&mut self, scale: &ScaleId) -> u32 {
        numbered(&mut self.numbers.scales, scale.as_str().into(), &mut self.table.pools.scales, || scale.clone())
    }

    /// Return the number of a selector; equal ones have the same.
    fn selector(&mut self, selector: &Selector) -> u32 {
        // What could not be written, which nothing is, would be numbered once for all.
        let key = credstack_base::json::write(selector).unwrap_or_default();
        numbered(&mut self.numbers.selectors, key, &mut self.table.pools.selectors, || selector.clone())
    }

    /// Compile a limit.
    fn bound(&mut self, limit: &Limit) -> Bound {
        use credstack_model::Amount::Fixed;
        match &limit.rule {
            LimitRule::AtLeast(bounded) => match &bounded.amount {
                Fixed(f) => Bound::AtLeast(f.measure, in_units(f.measure, f.value), self.selector(&bounded.of)),
                _ => Bound::Undecided,
            },
            LimitRule::AtMost(bounded) => match &bounded.amount {
                Fixed(f) => Bound::AtMost(f.measure, in_units(f.measure, f.value), self.selector(&bounded.of)),
                _ => Bound::Undecided,
            },
            _ => Bound::Undecided,
        }
    }

    /// Add a leaf about the learner; return its number.
    fn fact(&mut self, requirement: &'a Requirement) -> u32 {
        let fact = self.simple_fact(requirement).unwrap_or_else(|| {
            self.table.facts.evaluated.push(requirement.clone());
            Fact::Evaluated(number(self.table.facts.evaluated.len() - 1))
        });
        self.table.facts.leaves.push(fact);
        number(self.table.facts.leaves.len() - 1)
    }

    /// Compile a leaf that compares a text or a number, which is done without a determination's code.
    fn simple_fact(&mut self, requirement: &'a Requirement) -> Option<Fact> {
        match &requirement.rule {
            Rule::Attribute(test) => {
                let AttributeDecl { kind, fixed, .. } = self.catalog.learner_attributes.get(&test.name)?;
                let fixed = *fixed;
                let range = |from: Option<&Decimal>, to: Option<&Decimal>| {
                    (from.map_or(i64::MIN, |d| d.thousandths()), to.map_or(i64::MAX, |d| d.thousandths()))
                };
                let ((from, to), texts) = match (kind, &test.test) {
                    (AttributeKind::Text | AttributeKind::Choice(_), Test::Is(value)) => ((0, 0), vec![value]),
                    (AttributeKind::Text | AttributeKind::Choice(_), Test::OneOf(of)) => ((0, 0), of.iter().collect()),
                    (AttributeKind::Number, Test::AtLeast(Value::Number(n))) => (range(Some(n), None), Vec::new()),
                    (AttributeKind::Number, Test::AtMost(Value::Number(n))) => (range(None, Some(n)), Vec::new()),
                    _ => return None,
                };
                let attribute = self.attribute(&test.name);
                if *kind == AttributeKind::Number {
                    return Some(Fact::Number { attribute: number(attribute), from, to, checked: true, fixed });
                }
                let mut numbers = Vec::with_capacity(texts.len());
                for value in texts {
                    // A text is never equal to anything else.
                    let Value::Text(text) = value else { continue };
                    let key = [&number(attribute).to_le_bytes(), text.as_bytes()].concat();
                    let known = &mut self.table.facts.attributes.get_mut(attribute)?.texts;
                    numbers.push(numbered(&mut self.numbers.texts, key, known, || text.clone()));
                }
                Some(Fact::Text { attribute: number(attribute), texts: numbers, fixed })
            }
            Rule::Gpa(gpa) => {
                let GpaOver::Attribute(name) = &gpa.over else { return None };
                self.catalog.learner_attributes.get(name)?;
                let attribute = number(self.attribute(name));
                let from = gpa.min.thousandths();
                Some(Fact::Number { attribute, from, to: i64::MAX, checked: false, fixed: false })
            }
            _ => None,
        }
    }

    /// Return the number of an attribute of learners.
    fn attribute(&mut self, name: &AttributeName) -> usize {
        let attribute = || Attribute { name: name.clone(), texts: Vec::new() };
        at(numbered(&mut self.numbers.attributes, name.as_str().into(), &mut self.table.facts.attributes, attribute))
    }
}

/// Return the number of something by its key; what has none yet is added.
fn numbered<T>(numbers: &mut NumberOf, key: Vec<u8>, all: &mut Vec<T>, make: impl FnOnce() -> T) -> u32 {
    *numbers.entry(key).or_insert_with(|| {
        all.push(make());
        number(all.len() - 1)
    })
}

/// Compile a window of dates, which the date asked for settles.
fn window_node(as_of: Date, window: &Window) -> Node {
    Node::Known(if window.contains(as_of) { Level::Met } else { Level::Unmet }, window.is_over(as_of))
}

/// Check whether a tree could be one that nothing still to come can meet.
fn may_close(table: &ScreenTable, root: u32) -> bool {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let node = &table.trees.nodes[at(node)];
        let closes = match node {
            Node::Known(_, closed) => *closed,
            Node::Not(_, lasting) => *lasting == Lasting::Yes,
            Node::Take(leaf) | Node::Seen(leaf) => !table.pools.leaves[at(*leaf)].later,
            Node::Fact(fact) => match &table.facts.leaves[at(*fact)] {
                Fact::Text { fixed, .. } | Fact::Number { fixed, .. } => *fixed,
                Fact::Evaluated(_) => true,
            },
            Node::Any(of) => table.trees.children(*of).is_empty(),
            Node::AtLeast(k, of) => table.trees.children(*of).len() < *k,
            _ => false,
        };
        if closes {
            return true;
        }
        table.trees.push_children(node, &mut open);
    }
    false
}
