//! A catalog taken apart for one date: trees as numbers, pools as sets of items to be looked up.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::determine::{edition_for_all, in_units, is_lasting, possible_later};
use credstack_allocate::Level;
use credstack_compile::Bundle;
use credstack_compile::Index;
use credstack_model::{Admission, Options, Status};
use credstack_model::{
    AttributeDecl, AttributeKind, AttributeName, Catalog, Code, Credential, CredentialId, Date, Decimal, Event, Gpa,
    GpaOver, Limit, LimitRule, Measure, Requirement, Rule, ScaleId, Selector, Test, Value, Window,
};

use super::Screened;

/// A catalog, taken apart.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) as_of: Date,
    pub(super) options: Options,
    pub(super) ids: Vec<CredentialId>,
    pub(super) credentials: Vec<Entry>,
    /// What is answered where nothing in a record touches a credential.
    pub(super) idle: Vec<Screened>,
    /// Credentials that are looked at whatever a record holds, a bit each.
    pub(super) always: Vec<u64>,
    /// The classes that pools name, sorted, each with the credentials whose own pools name it.
    pub(super) classes: Vec<(Code, Vec<u32>)>,
    /// The credentials that ask for one to be held, directly or through others; itself among them.
    pub(super) askers: Vec<Vec<u32>>,
    pub(super) nodes: Vec<Node>,
    /// Of each node, whether all leaves below it only look: then its best level is its level.
    pub(super) looking: Vec<bool>,
    /// Children, each node's in a row.
    pub(super) kids: Vec<u32>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) filters: Vec<Filter>,
    /// Classes of pools, each pool's in a row, sorted.
    pub(super) listed: Vec<u32>,
    /// Selectors that are asked item by item.
    pub(super) selectors: Vec<Selector>,
    pub(super) limits: Vec<Vec<Bound>>,
    pub(super) facts: Vec<Fact>,
    /// Leaves about the learner that are asked as a determination asks them.
    pub(super) looks: Vec<Requirement>,
    /// Attributes of learners that facts look at.
    pub(super) attributes: Vec<Attribute>,
    /// The scales of lowest grades.
    pub(super) scales: Vec<ScaleId>,
    /// Whether some ceiling lets something count nowhere; then no way of counting is sure to be legal.
    pub(super) is_barred: bool,
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

/// A node of a tree.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Known(Level, bool),
    All(Kids),
    Any(Kids),
    AtLeast(usize, Kids),
    /// So much of a measure inside satisfied children.
    Amount(Measure, i64, Kids),
    /// What is not so; the flag says when it will stay so.
    Not(u32, Lasting),
    /// A test and two branches.
    When(Kids),
    Take(u32),
    Seen(u32),
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
    Beyond,
}

/// Whether what holds now holds for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasting {
    No,
    Yes,
}

/// Children, as a part of [`Program::kids`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Kids {
    from: u32,
    to: u32,
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

/// Where a pool begins.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// With these of [`Program::listed`].
    Listed(Range<u32>),
    /// With everything.
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

/// A limit on what is counted in a node, as far as a screening goes.
#[derive(Debug)]
pub(super) enum Bound {
    /// At least so much of a selector.
    AtLeast(Measure, i64, u32),
    /// At most so much of a selector.
    AtMost(Measure, i64, u32),
    /// What only a determination can tell.
    Beyond,
}

/// A leaf about the learner.
#[derive(Debug)]
pub(super) enum Fact {
    /// An attribute has one of the texts of these numbers; if it has not, it may be for ever.
    Text { attribute: u32, texts: Vec<u32>, fixed: bool },
    /// A number attribute lies in a range of thousandths, both ends included. `checked` says whether
    /// it has to be of the declared kind.
    Number { attribute: u32, from: i64, to: i64, checked: bool, fixed: bool },
    /// One of [`Program::looks`].
    Look(u32),
}

/// An attribute of learners.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: AttributeName,
    /// The texts that facts ask for.
    pub(super) texts: Vec<String>,
}

impl Program {
    pub(super) fn new(bundle: &Bundle, as_of: Date, options: &Options) -> Self {
        let catalog = bundle.catalog();
        let ids: Vec<CredentialId> = catalog.credentials.keys().cloned().collect();
        let barred = catalog.ceilings.iter().any(|ceiling| ceiling.max == 0);
        let program = Self {
            as_of,
            options: options.clone(),
            credentials: Vec::with_capacity(ids.len()),
            idle: Vec::with_capacity(ids.len()),
            always: vec![0; ids.len().div_ceil(64)],
            classes: Vec::new(),
            askers: vec![Vec::new(); ids.len()],
            nodes: Vec::new(),
            looking: Vec::new(),
            kids: Vec::new(),
            leaves: Vec::new(),
            filters: Vec::new(),
            listed: Vec::new(),
            selectors: Vec::new(),
            limits: Vec::new(),
            facts: Vec::new(),
            looks: Vec::new(),
            attributes: Vec::new(),
            scales: Vec::new(),
            is_barred: barred,
            ids,
        };
        let mut names = Vec::new();
        for credential in catalog.credentials.values() {
            for edition in &credential.editions {
                for tree in [Some(&edition.completion), edition.admission.as_ref(), edition.conferral.as_ref()] {
                    tree.into_iter().for_each(|tree| classes_of_tree(tree, bundle.index(), &mut names));
                }
            }
        }
        credstack_base::order::sort(&mut names);
        names.dedup();
        let (has_amount_of_nothing, numbers) = (false, Default::default());
        let mut maker =
            Maker { has_amount_of_nothing, numbers, consumes: true, catalog, index: bundle.index(), program };
        maker.program.classes.extend(names.into_iter().map(|class| (class.clone(), Vec::new())));
        for credential in catalog.credentials.values() {
            maker.credential(credential);
        }
        maker.touching();
        maker.program
    }

    pub(super) fn kids(&self, kids: Kids) -> &[u32] {
        self.kids.get(at(kids.from)..at(kids.to)).unwrap_or_default()
    }

    /// Adds the nodes directly below one.
    pub(super) fn below(&self, node: &Node, open: &mut Vec<u32>) {
        match node {
            Node::All(of) | Node::Any(of) | Node::AtLeast(_, of) | Node::Amount(_, _, of) | Node::When(of) => {
                open.extend_from_slice(self.kids(*of));
            }
            Node::Not(child, _) | Node::Limited(child, _) => open.push(*child),
            Node::Known(..)
            | Node::Take(_)
            | Node::Seen(_)
            | Node::Fact(_)
            | Node::Earned(_)
            | Node::Held(_)
            | Node::Average(..)
            | Node::Beyond => {}
        }
    }

    pub(super) fn listed(&self, range: &Range<u32>) -> &[u32] {
        self.listed.get(at(range.start)..at(range.end)).unwrap_or_default()
    }

    pub(super) fn filters(&self, range: &Range<u32>) -> &[Filter] {
        self.filters.get(at(range.start)..at(range.end)).unwrap_or_default()
    }

    /// The number of a credential.
    pub(super) fn number_of(&self, id: &CredentialId) -> Option<usize> {
        self.ids.binary_search(id).ok()
    }

    /// The number of a class that some pool names.
    pub(super) fn class(&self, class: &Code) -> Option<usize> {
        self.classes.binary_search_by(|(own, _)| own.cmp(class)).ok()
    }
}

/// An index as it is kept: there are fewer than four billion of anything in a catalog.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A kept index as an index.
pub(super) const fn at(n: u32) -> usize {
    n as usize
}

/// What a name or a selector was numbered by.
type Numbers = BTreeMap<Vec<u8>, u32>;

struct Maker<'a> {
    /// Whether some group of the credential at work asks for credits or hours, and for none of them. It is
    /// met by nothing, and yet what is in it is looked at.
    has_amount_of_nothing: bool,
    /// The numbers of selectors by their JSON, of attributes and scales by their names, and of texts by the
    /// number of their attribute and themselves.
    numbers: [Numbers; 4],
    /// Whether the tree at work is one that counts what it takes, a completion.
    consumes: bool,
    catalog: &'a Catalog,
    index: &'a Index,
    program: Program,
}

impl<'a> Maker<'a> {
    fn credential(&mut self, credential: &'a Credential) {
        let mut editions = Vec::with_capacity(credential.editions.len());
        for edition in &credential.editions {
            self.consumes = true;
            let completion = self.node(&edition.completion, false);
            self.consumes = false;
            let admission = edition.admission.as_ref().map(|tree| self.node(tree, false));
            let conferral = edition.conferral.as_ref().map(|tree| self.node(tree, false));
            let may_close = self.may_close(completion);
            editions.push(Trees { completion, admission, conferral, may_close });
        }
        let edition = edition_for_all(self.catalog, self.program.as_of, credential);
        let in_full = std::mem::take(&mut self.has_amount_of_nothing);
        self.program.credentials.push(Entry { editions, edition, in_full });
    }

    fn push(&mut self, node: Node) -> u32 {
        let looking = &self.program.looking;
        let is_looking = match &node {
            Node::Known(..) | Node::Seen(_) | Node::Fact(_) | Node::Held(_) => true,
            Node::All(of) | Node::Any(of) | Node::AtLeast(_, of) | Node::When(of) => {
                self.program.kids(*of).iter().all(|kid| looking[at(*kid)])
            }
            Node::Not(child, _) => looking[at(*child)],
            Node::Amount(..)
            | Node::Take(_)
            | Node::Earned(_)
            | Node::Limited(..)
            | Node::Average(..)
            | Node::Beyond => false,
        };
        self.program.looking.push(is_looking);
        self.program.nodes.push(node);
        number(self.program.nodes.len() - 1)
    }

    fn children(&mut self, of: impl IntoIterator<Item = &'a Requirement>, tested: bool) -> Kids {
        let of: Vec<u32> = of.into_iter().map(|child| self.node(child, tested)).collect();
        let from = number(self.program.kids.len());
        self.program.kids.extend(of);
        Kids { from, to: number(self.program.kids.len()) }
    }

    /// A node; `tested` inside a `not` and in the test of a `when`, where only awards count as held.
    fn node(&mut self, requirement: &'a Requirement, tested: bool) -> u32 {
        let node = self.rule(requirement, tested);
        let node = self.push(node);
        // In a test nothing is counted.
        if requirement.limits.is_empty() || tested {
            return node;
        }
        let bounds = requirement.limits.iter().map(|limit| self.bound(limit)).collect();
        self.program.limits.push(bounds);
        let limits = number(self.program.limits.len() - 1);
        self.push(Node::Limited(node, limits))
    }

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
                Node::Not(child, self.lasting(inner))
            }
            Rule::When(when) => {
                let test = self.node(&when.test, true);
                let (then, otherwise) = (self.node(&when.then, tested), self.node(&when.otherwise, tested));
                let from = number(self.program.kids.len());
                self.program.kids.extend([test, then, otherwise]);
                Node::When(Kids { from, to: number(self.program.kids.len()) })
            }
            Rule::Earned(id) => match self.program.number_of(id) {
                Some(credential) if tested => Node::Held(number(credential)),
                Some(credential) => Node::Earned(number(credential)),
                None => Node::Beyond,
            },
            Rule::AsOf(window) => window_node(self.program.as_of, window),
            Rule::Gpa(Gpa { min, over: GpaOver::Applied(selector) }) if self.consumes => {
                Node::Average(min.thousandths(), self.selector(selector))
            }
            Rule::Gpa(Gpa { over: GpaOver::Applied(_), .. }) => Node::Beyond,
            Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) => Node::Fact(self.fact(requirement)),
        }
    }

    fn leaf(&mut self, measure: Measure, need: Decimal, max: Option<Decimal>, pool: &'a Selector) -> u32 {
        let leaf = Leaf {
            measure,
            need: in_units(measure, need),
            max: max.map(|max| in_units(measure, max)),
            pool: self.pool(pool),
            later: possible_later(self.program.as_of, pool),
        };
        self.program.leaves.push(leaf);
        number(self.program.leaves.len() - 1)
    }

    fn pool(&mut self, pool: &'a Selector) -> Pool {
        let own = std::slice::from_ref(pool);
        let parts = if let Selector::And(of) = pool { of.as_slice() } else { own };
        let first = parts.iter().position(|part| matches!(part, Selector::Codes(_)));
        let base = match first.and_then(|first| parts.get(first)) {
            Some(Selector::Codes(codes)) => {
                let mut classes: Vec<u32> =
                    codes.iter().filter_map(|code| self.program.class(self.index.class(code))).map(number).collect();
                credstack_base::order::sort(&mut classes);
                classes.dedup();
                let from = number(self.program.listed.len());
                self.program.listed.extend(classes);
                Base::Listed(from..number(self.program.listed.len()))
            }
            _ => Base::Everything,
        };
        let rest = parts.iter().enumerate().filter(|(n, _)| Some(*n) != first);
        let filters: Vec<Filter> = rest.flat_map(|(_, part)| self.filter(part)).collect();
        let from = number(self.program.filters.len());
        self.program.filters.extend(filters);
        Pool { base, filters: from..number(self.program.filters.len()) }
    }

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
                vec![Filter::Since(recent.within.before(self.program.as_of).day_number())]
            }
            other => vec![Filter::Selector(self.selector(other))],
        }
    }

    fn scale(&mut self, scale: &ScaleId) -> u32 {
        numbered(&mut self.numbers[0], scale.as_str().into(), &mut self.program.scales, || scale.clone())
    }

    fn selector(&mut self, selector: &Selector) -> u32 {
        // What could not be written, which nothing is, would be numbered once for all.
        let key = credstack_base::json::write(selector).unwrap_or_default();
        numbered(&mut self.numbers[1], key, &mut self.program.selectors, || selector.clone())
    }

    fn bound(&mut self, limit: &Limit) -> Bound {
        use credstack_model::Amount::Fixed;
        match &limit.rule {
            LimitRule::AtLeast(bounded) => match &bounded.amount {
                Fixed(f) => Bound::AtLeast(f.measure, in_units(f.measure, f.value), self.selector(&bounded.of)),
                _ => Bound::Beyond,
            },
            LimitRule::AtMost(bounded) => match &bounded.amount {
                Fixed(f) => Bound::AtMost(f.measure, in_units(f.measure, f.value), self.selector(&bounded.of)),
                _ => Bound::Beyond,
            },
            _ => Bound::Beyond,
        }
    }

    fn fact(&mut self, requirement: &'a Requirement) -> u32 {
        let fact = self.simple_fact(requirement).unwrap_or_else(|| {
            self.program.looks.push(requirement.clone());
            Fact::Look(number(self.program.looks.len() - 1))
        });
        self.program.facts.push(fact);
        number(self.program.facts.len() - 1)
    }

    /// A fact about a text or a number.
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
                    let known = &mut self.program.attributes.get_mut(attribute)?.texts;
                    numbers.push(numbered(&mut self.numbers[2], key, known, || text.clone()));
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

    fn attribute(&mut self, name: &AttributeName) -> usize {
        let attribute = || Attribute { name: name.clone(), texts: Vec::new() };
        at(numbered(&mut self.numbers[3], name.as_str().into(), &mut self.program.attributes, attribute))
    }

    /// Whether a test that holds now will always hold.
    fn lasting(&self, requirement: &Requirement) -> Lasting {
        let lasts = match &requirement.rule {
            // It is only asked where the credential is held.
            Rule::Earned(id) => self.catalog.credentials.get(id).is_some_and(|c| c.valid_for.is_none()),
            Rule::Attribute(test) => self.catalog.learner_attributes.get(&test.name).is_some_and(|d| d.fixed),
            Rule::Seen(seen) => is_lasting(&seen.pool),
            _ => false,
        };
        if lasts { Lasting::Yes } else { Lasting::No }
    }

    /// Who asks for whom, what touches whom, and what is answered where nothing does.
    fn touching(&mut self) {
        let count = self.program.ids.len();
        let direct: Vec<Vec<u32>> = (0..count).map(|credential| self.asks(credential)).collect();
        let mut whole = vec![true; count];
        for credential in 0..count {
            let mut classes = Vec::new();
            for root in self.roots(credential) {
                whole[credential] &= self.classes_under(root, &mut classes);
            }
            credstack_base::order::sort(&mut classes);
            classes.dedup();
            for class in classes {
                self.program.classes[at(class)].1.push(number(credential));
            }
        }
        let mut with_nothing = vec![None; count];
        for credential in 0..count {
            let asked = in_reach(&direct, credential);
            let in_full = &mut self.program.credentials[credential].in_full;
            *in_full |= asked.is_none();
            let in_full = *in_full;
            let asked = asked.unwrap_or_else(|| vec![number(credential)]);
            for other in &asked {
                self.program.askers[at(*other)].push(number(credential));
            }
            let is_listed = !in_full && asked.iter().all(|other| whole[at(*other)]);
            let idle = if is_listed { self.idle(credential, &mut with_nothing) } else { None };
            if idle.is_none() {
                self.program.always[credential / 64] |= 1 << (credential % 64);
            }
            self.program.idle.push(idle.unwrap_or(INCOMPLETE));
        }
    }

    fn roots(&self, credential: usize) -> Vec<u32> {
        let editions = &self.program.credentials[credential].editions;
        editions.iter().flat_map(|t| [Some(t.completion), t.admission, t.conferral]).flatten().collect()
    }

    /// The credentials that one asks to be held in any of its trees.
    fn asks(&self, credential: usize) -> Vec<u32> {
        let mut asked = Vec::new();
        let mut open = self.roots(credential);
        while let Some(node) = open.pop() {
            match &self.program.nodes[at(node)] {
                Node::Earned(other) | Node::Held(other) => asked.push(*other),
                node => self.program.below(node, &mut open),
            }
        }
        credstack_base::order::sort(&mut asked);
        asked.dedup();
        asked
    }

    /// Collects the classes of the pools in a tree; false if one begins with everything.
    fn classes_under(&self, root: u32, classes: &mut Vec<u32>) -> bool {
        let mut open = vec![root];
        let mut all = true;
        while let Some(node) = open.pop() {
            let node = &self.program.nodes[at(node)];
            if let Node::Take(leaf) | Node::Seen(leaf) = node {
                match &self.program.leaves[at(*leaf)].pool.base {
                    Base::Listed(range) => classes.extend_from_slice(self.program.listed(range)),
                    Base::Everything => all = false,
                }
            }
            self.program.below(node, &mut open);
        }
        all
    }

    /// The answer for a credential of which a record has no item, if that is all one has to know.
    fn idle(&self, credential: usize, known: &mut [Option<Level>]) -> Option<Screened> {
        let entry = &self.program.credentials[credential];
        let trees = entry.editions.get(entry.edition?)?;
        let is_out_of_reach = self.with_nothing(trees.completion, known) == Level::Unmet;
        (trees.admission.is_none() && is_out_of_reach && !trees.may_close).then_some(INCOMPLETE)
    }

    /// The best level of a node over a record without items, with what is known already of credentials. What
    /// is asked for is no longer a chain than [`CHAIN`].
    fn with_nothing(&self, node: u32, known: &mut [Option<Level>]) -> Level {
        let below = |kids: &Kids, known: &mut [Option<Level>]| -> Vec<Level> {
            self.program.kids(*kids).iter().map(|kid| self.with_nothing(*kid, known)).collect()
        };
        match &self.program.nodes[at(node)] {
            Node::Known(level, _) => *level,
            Node::All(of) => below(of, known).into_iter().min().unwrap_or(Level::Met),
            Node::Any(of) => below(of, known).into_iter().max().unwrap_or(Level::Unmet),
            Node::AtLeast(k, of) => {
                let met = below(of, known).into_iter().filter(|level| *level != Level::Unmet).count();
                if met >= *k { Level::Met } else { Level::Unmet }
            }
            Node::When(of) => below(of, known).into_iter().skip(1).max().unwrap_or(Level::Unmet),
            Node::Take(leaf) | Node::Seen(leaf) => {
                if self.program.leaves[at(*leaf)].need <= 0 {
                    Level::Met
                } else {
                    Level::Unmet
                }
            }
            Node::Limited(child, _) => self.with_nothing(*child, known),
            Node::Earned(other) => {
                if let Some(level) = known[at(*other)] {
                    return level;
                }
                let trees = &self.program.credentials[at(*other)].editions;
                let levels = trees.iter().map(|t| self.with_nothing(t.completion, known));
                let level = levels.max().unwrap_or(Level::Unmet);
                known[at(*other)] = Some(level);
                level
            }
            Node::Amount(_, need, _) if *need > 0 => Level::Unmet,
            Node::Amount(..) | Node::Not(..) | Node::Fact(_) | Node::Held(_) | Node::Average(..) | Node::Beyond => {
                Level::Met
            }
        }
    }

    /// Whether a tree could be one that nothing still to come can meet.
    fn may_close(&self, root: u32) -> bool {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let node = &self.program.nodes[at(node)];
            let closes = match node {
                Node::Known(_, closed) => *closed,
                Node::Not(_, lasting) => *lasting == Lasting::Yes,
                Node::Take(leaf) | Node::Seen(leaf) => !self.program.leaves[at(*leaf)].later,
                Node::Fact(fact) => match &self.program.facts[at(*fact)] {
                    Fact::Text { fixed, .. } | Fact::Number { fixed, .. } => *fixed,
                    Fact::Look(_) => true,
                },
                Node::Any(of) => self.program.kids(*of).is_empty(),
                Node::AtLeast(k, of) => self.program.kids(*of).len() < *k,
                _ => false,
            };
            if closes {
                return true;
            }
            self.program.below(node, &mut open);
        }
        false
    }
}

/// The most credentials that are asked for one after the other, each by the one before, and in all.
const CHAIN: usize = 8;
const ASKED: usize = 256;

/// A credential and those that it asks to be held, directly or through others; none if they are too many.
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

/// The number of something by its key; what has none yet is added.
fn numbered<T>(numbers: &mut Numbers, key: Vec<u8>, all: &mut Vec<T>, make: impl FnOnce() -> T) -> u32 {
    *numbers.entry(key).or_insert_with(|| {
        all.push(make());
        number(all.len() - 1)
    })
}

/// What is answered for what nothing touches.
const INCOMPLETE: Screened = Screened { status: Status::Incomplete, admission: Admission::Eligible, conferral: None };

fn window_node(as_of: Date, window: &Window) -> Node {
    let met = window.from.is_none_or(|from| from <= as_of) && window.to.is_none_or(|to| as_of <= to);
    let over = window.to.is_some_and(|to| to < as_of);
    Node::Known(if met { Level::Met } else { Level::Unmet }, over)
}

/// Collects the classes that the pools of a tree begin with.
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
