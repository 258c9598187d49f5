//! What one requirement tree comes to under one allocation, straight from the definitions.

use credstack_engine::model::{
    Amount, Approved, AttributeTest, Catalog, CredentialId, Fixed, Gpa, GpaOver, Grant, Last, LimitRule, Measure,
    Percent, PercentBase, Requirement, Rounding, Rule, Selector, Take, Value,
};

use super::select::{Question, Truth, View, attribute, decided};

/// How surely something holds or counts; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Met,
    InProgress,
    Review,
    Unmet,
}

/// The levels at which something can hold, best first.
pub(super) const HOLDING: [Level; 3] = [Level::Met, Level::InProgress, Level::Review];

impl From<Truth> for Level {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Yes => Self::Met,
            Truth::Unknown => Self::Review,
            Truth::No => Self::Unmet,
        }
    }
}

/// A set of attainments, one bit for each place in the record.
pub(super) type Set = u32;

/// The places in a set.
pub(super) fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..32).filter(move |i| set & (1 << i) != 0)
}

/// A requirement tree of one credential for one learner.
pub(super) struct Tree<'a> {
    pub(super) question: Question<'a>,
    pub(super) credential: &'a CredentialId,
    pub(super) root: Node<'a>,
    /// The leaves that take, in the order written.
    pub(super) leaves: Vec<Leaf<'a>>,
    views: Vec<View<'a>>,
}

/// A leaf that takes, and how surely each attainment is in its pool; `Unmet` if it is not.
pub(super) struct Leaf<'a> {
    pub(super) take: &'a Take,
    pub(super) pool: Vec<Level>,
}

/// A node of the tree.
pub(super) struct Node<'a> {
    pub(super) requirement: &'a Requirement,
    children: Vec<Node<'a>>,
    leaf: Option<usize>,
    /// Of a leaf that looks at attainments: how surely each is in its pool.
    pool: Vec<Level>,
    waived: bool,
    /// Whether an `earned` here looks at awards only.
    awards_only: bool,
}

/// What a tree is looked at with: what each leaf was given, the level of every credential that may be
/// earned in the same answer, and what the completion tree was given.
pub(super) struct Given<'a> {
    pub(super) leaves: &'a [Set],
    pub(super) earned: &'a dyn Fn(&CredentialId) -> Level,
    pub(super) applied: Set,
    /// What policies ask the whole credential to count for itself: of which attainments, how much.
    pub(super) own: &'a [(Set, Fixed)],
}

impl<'a> Tree<'a> {
    pub(super) fn new(question: Question<'a>, credential: &'a CredentialId, requirement: &'a Requirement) -> Self {
        let attainments = &question.record.attainments;
        let views: Vec<View<'a>> = attainments.iter().map(|a| question.view(a, Some(credential))).collect();
        let mut tree = Self {
            question,
            credential,
            root: Node {
                requirement,
                children: Vec::new(),
                leaf: None,
                pool: Vec::new(),
                waived: false,
                awards_only: false,
            },
            leaves: Vec::new(),
            views,
        };
        let usable = question.usable(credential);
        tree.root = tree.node(requirement, &usable, 0, false, 0, false);
        tree
    }

    fn node(
        &mut self,
        requirement: &'a Requirement,
        usable: &[usize],
        mut forced: Set,
        mut waived: bool,
        mut doubtful: Set,
        awards_only: bool,
    ) -> Node<'a> {
        doubtful |= self.doubted(requirement);
        for exception in &self.question.record.exceptions {
            let label = requirement.label.as_deref();
            match &exception.grant {
                _ if exception.credential != *self.credential => {}
                Grant::Waive(waive) => waived |= label == Some(waive),
                Grant::Force(force) if label == Some(&force.requirement) => {
                    let attainments = &self.question.record.attainments;
                    for (at, attainment) in attainments.iter().enumerate() {
                        if attainment.id == force.attainment {
                            forced |= 1 << at;
                        }
                    }
                }
                _ => {}
            }
        }
        let pool = match &requirement.rule {
            Rule::Take(take) => {
                let mut pool = self.pool(&take.pool, usable, forced, waived);
                for (at, level) in pool.iter_mut().enumerate() {
                    if self.question.worth(self.views[at].attainment, take.measure) == 0 {
                        *level = Level::Unmet;
                    } else if *level != Level::Unmet && doubtful & (1 << at) != 0 {
                        *level = Level::Review;
                    }
                }
                pool
            }
            Rule::Seen(seen) => self.pool(&seen.pool, usable, forced, waived),
            _ => Vec::new(),
        };
        let mut leaf = None;
        if let Rule::Take(take) = &requirement.rule {
            leaf = Some(self.leaves.len());
            self.leaves.push(Leaf { take, pool: pool.clone() });
        }
        let mut children = Vec::new();
        for (at, child) in requirement.children().into_iter().enumerate() {
            let tested =
                matches!(requirement.rule, Rule::Not(_)) || (matches!(requirement.rule, Rule::When(_)) && at == 0);
            children.push(self.node(child, usable, forced, waived, doubtful, awards_only || tested));
        }
        Node { requirement, children, leaf, pool, waived, awards_only }
    }

    /// The attainments of which an at-most limit does not know whether they fall under it.
    fn doubted(&self, requirement: &Requirement) -> Set {
        let everything = (1u32 << self.views.len()) - 1;
        let unknown =
            |of: &Selector| self.matching(everything, of, Truth::Unknown) & !self.matching(everything, of, Truth::Yes);
        let undated = |of: &Selector| {
            let matching = self.matching(everything, of, Truth::Yes);
            let no_date = |at: &usize| self.question.date(self.views[*at].attainment).is_none();
            members(matching).filter(no_date).map(|at| 1 << at).sum::<Set>()
        };
        requirement.limits.iter().fold(0, |all, limit| {
            all | match &limit.rule {
                LimitRule::AtMost(bounded) => unknown(&bounded.of),
                LimitRule::AtMostPer(per) => unknown(&per.of),
                LimitRule::Span(span) => unknown(&span.of) | undated(&span.of),
                LimitRule::Order(order) => {
                    unknown(&order.first) | undated(&order.first) | unknown(&order.then) | undated(&order.then)
                }
                LimitRule::AtLeast(_) | LimitRule::Distinct(_) | LimitRule::Last(_) => 0,
            }
        })
    }

    fn pool(&self, selector: &Selector, usable: &[usize], forced: Set, waived: bool) -> Vec<Level> {
        let mut pool = vec![Level::Unmet; self.views.len()];
        for &at in usable {
            if waived {
                continue;
            }
            let selected =
                if forced & (1 << at) != 0 { Truth::Yes } else { self.question.selects(selector, &self.views[at]) };
            pool[at] = match selected {
                Truth::Yes if !self.question.unfinished(self.views[at].attainment) => Level::Met,
                Truth::Yes => Level::InProgress,
                Truth::Unknown => Level::Review,
                Truth::No => Level::Unmet,
            };
        }
        pool
    }

    fn sum(&self, set: Set, measure: Measure) -> i64 {
        members(set).map(|at| self.question.worth(self.views[at].attainment, measure)).sum()
    }

    fn matching(&self, set: Set, selector: &Selector, at_least: Truth) -> Set {
        members(set).filter(|&at| self.question.selects(selector, &self.views[at]) >= at_least).map(|at| 1 << at).sum()
    }

    /// Everything allocated inside a node.
    fn inside(&self, node: &Node<'a>, given: &Given<'_>) -> Set {
        let own = node.leaf.map_or(0, |leaf| given.leaves[leaf]);
        node.children.iter().fold(own, |set, child| set | self.inside(child, given))
    }

    /// What is allocated inside the parts of a node that hold at a level, if it holds itself.
    fn brought(&self, node: &Node<'a>, level: Level, given: &Given<'_>) -> Set {
        if node.waived || !self.holds(node, level, given) { 0 } else { self.within(node, level, given) }
    }

    /// What is allocated inside those parts of a node that hold at a level, whether it holds or not.
    fn within(&self, node: &Node<'a>, level: Level, given: &Given<'_>) -> Set {
        if let Some(leaf) = node.leaf {
            return members(given.leaves[leaf]).filter(|&at| node.pool[at] <= level).map(|at| 1 << at).sum();
        }
        match &node.requirement.rule {
            Rule::When(_) => match self.level(&node.children[0], given) {
                Level::Met | Level::InProgress => self.brought(&node.children[1], level, given),
                Level::Unmet => self.brought(&node.children[2], level, given),
                Level::Review => {
                    self.brought(&node.children[1], level, given) | self.brought(&node.children[2], level, given)
                }
            },
            _ => node.children.iter().fold(0, |set, child| set | self.brought(child, level, given)),
        }
    }

    /// The best level at which a node holds.
    pub(super) fn level(&self, node: &Node<'a>, given: &Given<'_>) -> Level {
        HOLDING.into_iter().find(|&level| self.holds(node, level, given)).unwrap_or(Level::Unmet)
    }

    fn holds(&self, node: &Node<'a>, level: Level, given: &Given<'_>) -> bool {
        node.waived
            || (self.rule_holds(node, level, given)
                && self
                    .limits_short(node, level, self.within(node, level, given), given)
                    .iter()
                    .all(|short| *short == 0))
    }

    fn rule_holds(&self, node: &Node<'a>, level: Level, given: &Given<'_>) -> bool {
        let children = &node.children;
        let holding = || children.iter().filter(|child| self.holds(child, level, given)).count();
        match &node.requirement.rule {
            Rule::Take(take) => self.sum(self.within(node, level, given), take.measure) >= take.min.thousandths(),
            Rule::Seen(seen) => {
                let set = (0..node.pool.len()).filter(|&at| node.pool[at] <= level).map(|at| 1 << at).sum();
                self.sum(set, seen.measure) >= seen.min.thousandths()
            }
            Rule::Earned(credential) => {
                let conferred = self.question.is_conferred(credential);
                conferred || (!node.awards_only && (given.earned)(credential) <= level)
            }
            Rule::Attribute(test) => Level::from(self.learner_attribute(test)) <= level,
            Rule::Gpa(gpa) => Level::from(self.average(gpa, given)) <= level,
            Rule::Approved(approved) => Level::from(self.approval(approved)) <= level,
            Rule::AsOf(window) => {
                window.from.is_none_or(|f| f <= self.question.as_of)
                    && window.to.is_none_or(|t| self.question.as_of <= t)
            }
            Rule::All(_) => holding() == children.len(),
            Rule::Any(_) => holding() >= 1,
            Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
                holding() as i64 * 1000 >= at_least.min.thousandths()
            }
            Rule::AtLeast(at_least) => {
                self.sum(self.within(node, level, given), at_least.measure) >= at_least.min.thousandths()
            }
            Rule::Not(_) => {
                let turned = match self.level(&children[0], given) {
                    Level::Unmet => Level::Met,
                    Level::Review => Level::Review,
                    Level::Met | Level::InProgress => Level::Unmet,
                };
                turned <= level
            }
            Rule::When(_) => {
                let (then, otherwise) = (self.level(&children[1], given), self.level(&children[2], given));
                let comes_to = match self.level(&children[0], given) {
                    Level::Met => then,
                    Level::InProgress => then.max(Level::InProgress),
                    Level::Unmet => otherwise,
                    Level::Review if then.max(otherwise) <= Level::InProgress => then.max(otherwise),
                    Level::Review if then.min(otherwise) == Level::Unmet => Level::Unmet,
                    Level::Review => Level::Review,
                };
                comes_to <= level
            }
        }
    }

    fn learner_attribute(&self, test: &AttributeTest) -> Truth {
        let record = self.question.record;
        attribute(self.question.catalog.learner_attributes.get(&test.name), record.attributes.get(&test.name), test)
    }

    fn approval(&self, approved: &Approved) -> Truth {
        let asked = self
            .question
            .record
            .approvals
            .iter()
            .filter(|d| d.office == approved.office && d.subject == approved.subject && d.attainment.is_none());
        decided(asked.map(|d| d.decision))
    }

    /// Whether an average is reached: for every choice of what the selector does not know, for
    /// some, or for none. Over nothing it is unknown.
    fn average(&self, gpa: &Gpa, given: &Given<'_>) -> Truth {
        let (selector, population) = match &gpa.over {
            GpaOver::Attribute(name) => {
                return match self.question.record.attributes.get(name) {
                    Some(Value::Number(n)) => Truth::from(*n >= gpa.min),
                    _ => Truth::Unknown,
                };
            }
            GpaOver::Applied(selector) => (selector, given.applied),
            GpaOver::Record(selector) => (selector, (1u32 << self.views.len()) - 1),
        };
        let mut verdicts = Vec::new();
        let sure = self.matching(population, selector, Truth::Yes);
        let unsure: Vec<usize> = members(self.matching(population, selector, Truth::Unknown) & !sure).collect();
        for choice in 0..1u32 << unsure.len() {
            let chosen: Set = (0..unsure.len()).filter(|i| choice & (1 << i) != 0).map(|i| 1 << unsure[i]).sum();
            let (mut credits, mut points) = (0i128, 0i128);
            for at in members(sure | chosen) {
                let attainment = self.views[at].attainment;
                let points_each = self.question.grade(attainment).and_then(|g| g.points);
                if let Some(p) = points_each.filter(|_| !self.question.unfinished(attainment)) {
                    let weight = i128::from(self.question.worth(attainment, Measure::Credits));
                    credits += weight;
                    points += weight * i128::from(p.thousandths());
                }
            }
            verdicts.push(if credits == 0 {
                Truth::Unknown
            } else {
                Truth::from(points >= credits * i128::from(gpa.min.thousandths()))
            });
        }
        if verdicts.iter().all(|v| *v == verdicts[0]) { verdicts[0] } else { Truth::Unknown }
    }

    /// What each at-least limit of a node is short of at a level, counting what is there, in the
    /// unit of [`Tree::rate`].
    fn limits_short(&self, node: &Node<'a>, level: Level, there: Set, given: &Given<'_>) -> Vec<i64> {
        let is_root = std::ptr::eq(node, &self.root);
        if node.requirement.limits.is_empty() && !is_root {
            return Vec::new();
        }
        // A percentage of what is applied is of everything applied, however surely.
        let applied = there | self.within(node, Level::Review, given);
        let sure = if level == Level::Review { Truth::Unknown } else { Truth::Yes };
        let mut short = Vec::new();
        for limit in &node.requirement.limits {
            match &limit.rule {
                LimitRule::AtLeast(bounded) => {
                    let measure = measure_of(&bounded.amount);
                    let has = self.sum(self.matching(there, &bounded.of, sure), measure);
                    let (need, _) = self.amount(node, &bounded.amount, applied);
                    short.push(self.in_credits((need - has).max(0), measure));
                }
                LimitRule::Distinct(distinct) => {
                    let matching = self.matching(there, &distinct.of, sure);
                    let mut values: Vec<String> =
                        members(matching).filter_map(|at| self.question.key(&distinct.per, &self.views[at])).collect();
                    values.sort();
                    values.dedup();
                    let missing = i64::from(distinct.min) - values.len() as i64;
                    short.push(missing.max(0) * self.typical());
                }
                LimitRule::Last(last) => {
                    let has = self.among_the_last(last, self.matching(there, &last.of, sure), applied, sure);
                    short.push(self.in_credits((last.min.thousandths() - has).max(0), last.measure));
                }
                LimitRule::AtMost(_) | LimitRule::AtMostPer(_) | LimitRule::Span(_) | LimitRule::Order(_) => {}
            }
        }
        if is_root {
            for (apart, fixed) in given.own {
                let has = self.sum(there & apart, fixed.measure);
                short.push(self.in_credits((fixed.value.thousandths() - has).max(0), fixed.measure));
            }
        }
        short
    }

    /// How much of what matches lies within the last so much of what is applied: of each, as much as
    /// is left when all that is later has been counted.
    fn among_the_last(&self, last: &Last, matching: Set, applied: Set, sure: Truth) -> i64 {
        let worth = |at: usize| self.question.worth(self.views[at].attainment, last.measure);
        let matches = |at: usize| matching & (1 << at) != 0;
        let date = |at: usize| self.question.date(self.views[at].attainment);
        // What could be anywhere is after everything dated, or before it.
        let anywhere_is_late = |at: usize| matches(at) == (sure == Truth::Unknown);
        let is_later = |one: usize, other: usize| match (date(one), date(other)) {
            (Some(a), Some(b)) if a != b => a > b,
            (Some(_), None) => !anywhere_is_late(other),
            (None, Some(_)) => anywhere_is_late(one),
            (None, None) if anywhere_is_late(one) != anywhere_is_late(other) => anywhere_is_late(one),
            _ if matches(one) != matches(other) => matches(one),
            _ => one > other,
        };
        let within = |at: usize| {
            let after: i64 = members(applied).filter(|&other| is_later(other, at)).map(worth).sum();
            (last.out_of.thousandths() - after).clamp(0, worth(at))
        };
        members(applied).filter(|&at| matches(at)).map(within).sum()
    }

    /// An amount, as the least whole number of thousandths that reaches it and the most that stays
    /// within it.
    fn amount(&self, node: &Node<'a>, amount: &Amount, applied: Set) -> (i64, i64) {
        match amount {
            Amount::Fixed(fixed) => (fixed.value.thousandths(), fixed.value.thousandths()),
            Amount::Percent(percent) => {
                let base = match percent.base {
                    PercentBase::Required => least(self.question.catalog, node.requirement, percent.measure),
                    PercentBase::Applied => self.sum(applied, percent.measure),
                };
                share_of(percent, base)
            }
        }
    }

    /// Whether the at-most limits of a node hold for what surely falls under them.
    fn at_most_limits_hold(&self, node: &Node<'a>, given: &Given<'_>) -> bool {
        let there = self.inside(node, given);
        let question = &self.question;
        let sure = |of: &Selector| self.matching(there, of, Truth::Yes);
        let date = |at: usize| question.date(self.views[at].attainment);
        node.requirement.limits.iter().all(|limit| match &limit.rule {
            LimitRule::AtMost(bounded) => {
                let has = self.sum(sure(&bounded.of), measure_of(&bounded.amount));
                has <= self.amount(node, &bounded.amount, there).1
            }
            LimitRule::AtMostPer(per) => {
                let matching = sure(&per.of);
                members(matching).all(|one| {
                    let key = question.key(&per.per, &self.views[one]);
                    let same = members(matching)
                        .filter(|&at| key.is_some() && question.key(&per.per, &self.views[at]) == key)
                        .map(|at| 1 << at)
                        .sum();
                    key.is_none() || self.sum(same, per.amount.measure) <= per.amount.value.thousandths()
                })
            }
            LimitRule::Span(span) => {
                let dates: Vec<_> = members(sure(&span.of)).filter_map(date).collect();
                dates.iter().all(|first| dates.iter().all(|last| *last <= span.within.after(*first)))
            }
            LimitRule::Order(order) => members(sure(&order.first)).all(|a| {
                members(sure(&order.then)).all(|b| match (date(a), date(b)) {
                    (Some(one), Some(other)) if a != b => one < other || (order.together && one == other),
                    _ => true,
                })
            }),
            LimitRule::AtLeast(_) | LimitRule::Distinct(_) | LimitRule::Last(_) => true,
        })
    }

    /// Whether every maximum and every at-most limit in the tree holds.
    pub(super) fn legal(&self, given: &Given<'_>) -> bool {
        self.node_legal(&self.root, given)
    }

    fn node_legal(&self, node: &Node<'a>, given: &Given<'_>) -> bool {
        let within_max = match &node.requirement.rule {
            Rule::Take(take) => {
                take.max.is_none_or(|max| self.sum(self.inside(node, given), take.measure) <= max.thousandths())
            }
            _ => true,
        };
        // What a decided test does not lead to takes nothing.
        let idle = match (&node.requirement.rule, node.children.first().map(|test| self.level(test, given))) {
            (Rule::When(_), Some(Level::Met | Level::InProgress)) => node.children.get(2),
            (Rule::When(_), Some(Level::Unmet)) => node.children.get(1),
            _ => None,
        };
        within_max
            && idle.is_none_or(|branch| self.inside(branch, given) == 0)
            && self.at_most_limits_hold(node, given)
            && node.children.iter().all(|child| self.node_legal(child, given))
    }

    /// How far a node is from being met, in the unit of [`Tree::rate`].
    pub(super) fn distance(&self, node: &Node<'a>, given: &Given<'_>) -> i64 {
        if self.level(node, given) != Level::Unmet {
            return 0;
        }
        // While the rule itself is open, everything that is allocated inside already serves its limits.
        let (own, there) = if self.rule_holds(node, Level::Review, given) {
            (0, self.within(node, Level::Review, given))
        } else {
            (self.own_distance(node, given), self.inside(node, given))
        };
        let limits = self.limits_short(node, Level::Review, there, given).into_iter().max().unwrap_or(0);
        own.max(limits)
    }

    fn own_distance(&self, node: &Node<'a>, given: &Given<'_>) -> i64 {
        let children = || {
            let mut distances: Vec<i64> = node.children.iter().map(|c| self.distance(c, given)).collect();
            distances.sort_unstable();
            distances
        };
        let typical = self.typical();
        match &node.requirement.rule {
            Rule::Take(take) => {
                let has = self.sum(self.inside(node, given), take.measure);
                self.in_credits(take.min.thousandths() - has, take.measure)
            }
            Rule::Seen(seen) => {
                let set = (0..node.pool.len()).filter(|&at| node.pool[at] != Level::Unmet).map(|at| 1 << at).sum();
                self.in_credits(seen.min.thousandths() - self.sum(set, seen.measure), seen.measure)
            }
            Rule::All(_) => children().iter().sum(),
            Rule::Any(_) => children().first().copied().unwrap_or(typical),
            Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
                let many = usize::try_from((at_least.min.thousandths() + 999) / 1000).unwrap_or(0);
                children().iter().take(many).sum()
            }
            Rule::AtLeast(at_least) => {
                let has = self.sum(self.within(node, Level::Review, given), at_least.measure);
                self.in_credits(at_least.min.thousandths() - has, at_least.measure)
            }
            Rule::When(_) => {
                let (then, otherwise) =
                    (self.distance(&node.children[1], given), self.distance(&node.children[2], given));
                match self.level(&node.children[0], given) {
                    Level::Met | Level::InProgress => then,
                    Level::Unmet => otherwise,
                    Level::Review => then.min(otherwise),
                }
            }
            Rule::Earned(_) | Rule::Attribute(_) | Rule::Gpa(_) | Rule::Approved(_) | Rule::AsOf(_) | Rule::Not(_) => {
                typical
            }
        }
    }

    /// What is short of a measure, in thousandths of credits times thousandths of hours for a
    /// credit: a unit in which items, credits and hours are all exact.
    fn in_credits(&self, short: i64, measure: Measure) -> i64 {
        let rate = self.rate();
        match measure {
            Measure::Credits => short * rate,
            Measure::Count => short / 1000 * self.typical(),
            Measure::Hours => short * 1000,
        }
    }

    /// The distance of one missing item.
    fn typical(&self) -> i64 {
        self.question.catalog.defaults.typical_credits.thousandths() * self.rate()
    }

    /// How many units of distance a thousandth of a credit has.
    pub(super) fn rate(&self) -> i64 {
        self.question.catalog.defaults.hours_per_credit.thousandths()
    }

    /// The credentials that this tree may see earned in the same answer, in the order written.
    pub(super) fn earned(&self) -> Vec<&'a CredentialId> {
        fn gather<'a>(node: &Node<'a>, into: &mut Vec<&'a CredentialId>) {
            if let Rule::Earned(credential) = &node.requirement.rule
                && !node.awards_only
                && !into.contains(&credential)
            {
                into.push(credential);
            }
            node.children.iter().for_each(|child| gather(child, into));
        }
        let mut all = Vec::new();
        gather(&self.root, &mut all);
        all
    }
}

fn measure_of(amount: &Amount) -> Measure {
    match amount {
        Amount::Fixed(fixed) => fixed.measure,
        Amount::Percent(percent) => percent.measure,
    }
}

/// A percentage of a base, as the least whole number of thousandths that reaches it and the most
/// that stays within it.
pub(super) fn share_of(percent: &Percent, base: i64) -> (i64, i64) {
    let exact = i128::from(percent.percent.thousandths()) * i128::from(base);
    let whole = 100_000i128;
    // Items are whole, whatever the rounding.
    let rounding = match (percent.rounding, percent.measure) {
        (Rounding::Exact, Measure::Count) => return (up_to_items(exact), exact_items(exact)),
        (rounding, _) => rounding,
    };
    let (up, down) = match rounding {
        Rounding::Exact => (-(-exact).div_euclid(whole), exact.div_euclid(whole)),
        Rounding::UpTo(step) => {
            let step = i128::from(step.thousandths());
            let up = -(-exact).div_euclid(whole * step) * step;
            (up, up)
        }
        Rounding::Threshold(threshold) => {
            let step = i128::from(threshold.step.thousandths());
            let mut rounded = exact.div_euclid(whole * step) * step;
            if (exact - rounded * whole) * 1000 >= i128::from(threshold.up_from.thousandths()) * whole * step {
                rounded += step;
            }
            (rounded, rounded)
        }
    };
    (i64::try_from(up).unwrap_or(i64::MAX), i64::try_from(down).unwrap_or(i64::MAX))
}

fn up_to_items(exact: i128) -> i64 {
    i64::try_from(-(-exact).div_euclid(100_000_000) * 1000).unwrap_or(i64::MAX)
}

fn exact_items(exact: i128) -> i64 {
    i64::try_from(exact.div_euclid(100_000_000) * 1000).unwrap_or(i64::MAX)
}

/// The least of a measure that a requirement asks for, in thousandths. What is asked in another
/// measure is reckoned by the catalog's typical item and its hours for a credit.
pub(super) fn least(catalog: &Catalog, requirement: &Requirement, measure: Measure) -> i64 {
    let children = || {
        let mut least_of: Vec<i64> = requirement.children().into_iter().map(|c| least(catalog, c, measure)).collect();
        least_of.sort_unstable();
        least_of
    };
    let own = match &requirement.rule {
        Rule::Take(take) => reckoned(catalog, take.min.thousandths(), take.measure, measure),
        Rule::All(_) => children().iter().sum(),
        Rule::Any(_) => children().first().copied().unwrap_or(0),
        Rule::AtLeast(at_least) if at_least.measure == Measure::Count => {
            let many = usize::try_from((at_least.min.thousandths() + 999) / 1000).unwrap_or(0);
            children().iter().take(many).sum()
        }
        Rule::AtLeast(at_least) => reckoned(catalog, at_least.min.thousandths(), at_least.measure, measure),
        Rule::When(when) => least(catalog, &when.then, measure).min(least(catalog, &when.otherwise, measure)),
        _ => 0,
    };
    let limits = requirement.limits.iter().map(|limit| match &limit.rule {
        LimitRule::AtLeast(bounded) => match &bounded.amount {
            Amount::Fixed(fixed) => reckoned(catalog, fixed.value.thousandths(), fixed.measure, measure),
            Amount::Percent(_) => 0,
        },
        LimitRule::Last(last) => reckoned(catalog, last.min.thousandths(), last.measure, measure),
        _ => 0,
    });
    limits.fold(own, i64::max)
}

fn reckoned(catalog: &Catalog, amount: i64, from: Measure, to: Measure) -> i64 {
    let typical = catalog.defaults.typical_credits.thousandths();
    let rate = catalog.defaults.hours_per_credit.thousandths();
    let items = |n: i64, each: i64| (n + each - 1).div_euclid(each) * 1000;
    match (from, to) {
        (Measure::Count, Measure::Credits) => amount * typical / 1000,
        (Measure::Count, Measure::Hours) => amount * typical * rate / 1_000_000,
        (Measure::Credits, Measure::Hours) => amount * rate / 1000,
        (Measure::Hours, Measure::Credits) => amount * 1000 / rate,
        (Measure::Credits, Measure::Count) => items(amount, typical),
        (Measure::Hours, Measure::Count) => items(amount * 1000, typical * rate),
        (Measure::Count, Measure::Count) | (Measure::Credits, Measure::Credits) | (Measure::Hours, Measure::Hours) => {
            amount
        }
    }
}
