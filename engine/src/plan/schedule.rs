//! Courses into terms: as few terms as possible, under a load limit, after their prerequisites and
//! when they are offered.

use credstack_model::Decimal;

/// A course to be placed.
#[derive(Clone, Debug)]
pub(super) struct Course {
    /// What it adds to the load of its term.
    pub(super) load: Decimal,
    /// The courses, by their place in the list, that come before it.
    pub(super) after: Vec<usize>,
    /// In which of the terms it is offered.
    pub(super) offered: Vec<bool>,
}

/// The most courses for which every way is tried.
pub(super) const EXACT: usize = 14;

/// Place courses into as few terms as possible. Return the term of each course, and whether it is known that
/// fewer terms do not do; `None` if some course fits in no term.
pub(super) fn schedule(courses: &[Course], terms: usize, limit: Option<Decimal>) -> Option<(Vec<usize>, bool)> {
    if courses.len() <= EXACT {
        return exact(courses, terms, limit).map(|found| (found, true));
    }
    let found = by_depth(courses, terms, limit)?;
    let used = found.iter().max().map_or(0, |last| last + 1);
    // As much load as this, and as long a chain, take so many terms whatever the order.
    let load: Decimal = courses.iter().map(|course| course.load).sum();
    let by_load = limit.map_or(1, |limit| {
        let (load, limit) = (load.thousandths(), limit.thousandths().max(1));
        usize::try_from(load / limit + i64::from(load % limit > 0)).unwrap_or(usize::MAX)
    });
    let by_chain = depths(courses).into_iter().max().map_or(0, |depth| depth + 1);
    Some((found, used <= by_load.max(by_chain)))
}

/// Check whether a load fits in a term.
fn fits(limit: Option<Decimal>, load: Decimal) -> bool {
    limit.is_none_or(|limit| load <= limit)
}

/// Place a few courses exactly: go from term to term through the sets of courses that can be completed by its end.
fn exact(courses: &[Course], terms: usize, limit: Option<Decimal>) -> Option<Vec<usize>> {
    let all = (1_usize << courses.len()) - 1;
    let before: Vec<usize> = courses.iter().map(|c| c.after.iter().fold(0, |mask, n| mask | 1 << n)).collect();
    let loads: Vec<Decimal> = (0..=all)
        .map(|mask| (0..courses.len()).filter(|n| mask >> n & 1 == 1).map(|n| courses[n].load).sum())
        .collect();
    // By term, from each set reached to the set it was reached from.
    let mut reached: Vec<Vec<Option<usize>>> = vec![vec![None; all + 1]];
    reached[0][0] = Some(0);
    for term in 0..terms {
        if reached[term][all].is_some() {
            break;
        }
        let mut next: Vec<Option<usize>> = vec![None; all + 1];
        // A set before the sets inside it, so that much is done early.
        for done in (0..=all).rev().filter(|done| reached[term][*done].is_some()) {
            let open = (0..courses.len())
                .filter(|n| done >> n & 1 == 0 && before[*n] & !done == 0 && courses[*n].offered[term])
                .fold(0, |mask, n| mask | 1_usize << n);
            // Every part of what is open, the largest first.
            let mut taken = open;
            loop {
                if fits(limit, loads[taken]) && next[done | taken].is_none() {
                    next[done | taken] = Some(done);
                }
                if taken == 0 {
                    break;
                }
                taken = (taken - 1) & open;
            }
        }
        reached.push(next);
    }
    let last = reached.len() - 1;
    reached[last][all]?;
    let mut placed = vec![0; courses.len()];
    let mut done = all;
    for term in (1..=last).rev() {
        let from = reached[term][done]?;
        for (n, place) in placed.iter_mut().enumerate() {
            if (done & !from) >> n & 1 == 1 {
                *place = term - 1;
            }
        }
        done = from;
    }
    Some(placed)
}

/// Place many courses greedily, term by term: first those with the longest chain of courses behind them.
fn by_depth(courses: &[Course], terms: usize, limit: Option<Decimal>) -> Option<Vec<usize>> {
    let depth = depths(courses);
    let mut placed: Vec<Option<usize>> = vec![None; courses.len()];
    let mut order: Vec<usize> = (0..courses.len()).collect();
    credstack_base::order::sort_by_key(&mut order, |n| (std::cmp::Reverse(depth[*n]), *n));
    for term in 0..terms {
        let mut load = Decimal::ZERO;
        for n in &order {
            let course = &courses[*n];
            let ready = course.after.iter().all(|before| placed[*before].is_some_and(|at| at < term));
            let more = load + course.load;
            if placed[*n].is_none() && ready && course.offered[term] && fits(limit, more) {
                placed[*n] = Some(term);
                load = more;
            }
        }
    }
    placed.into_iter().collect()
}

/// Return for each course the length of the longest chain of courses behind it.
fn depths(courses: &[Course]) -> Vec<usize> {
    let mut depth = vec![0_usize; courses.len()];
    for _ in 0..courses.len() {
        for (n, course) in courses.iter().enumerate() {
            for before in &course.after {
                depth[*before] = depth[*before].max(depth[n] + 1);
            }
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(load: i64, after: &[usize], offered: &[bool]) -> Course {
        Course { load: Decimal::whole(load), after: after.to_vec(), offered: offered.to_vec() }
    }

    #[test]
    fn waits_for_prerequisites_and_terms() {
        let always = [true; 4];
        let courses = [course(3, &[], &always), course(3, &[0], &[false, false, true, true]), course(3, &[], &always)];
        let limit = Some(Decimal::whole(6));
        assert_eq!(schedule(&courses, 4, limit), Some((vec![0, 2, 0], true)));
        assert_eq!(schedule(&courses, 2, limit), None);
    }

    #[test]
    fn packs_into_as_few_terms_as_possible() {
        // First fit by size would need three terms: 4 + 2, 3 + 3 does in two.
        let always = [true; 3];
        let courses = [3, 4, 3, 2].map(|load| course(load, &[], &always));
        let (placed, proved) = schedule(&courses, 3, Some(Decimal::whole(6))).unwrap();
        assert_eq!((placed.iter().max(), proved), (Some(&1), true));
    }

    #[test]
    fn a_load_that_no_term_takes_is_refused() {
        assert_eq!(schedule(&[course(7, &[], &[true])], 1, Some(Decimal::whole(6))), None);
    }

    #[test]
    fn long_lists_are_placed_too() {
        let always = [true; 20];
        let mut courses: Vec<Course> = (0..20).map(|_| course(3, &[], &always)).collect();
        courses[0].after = vec![1];
        let (placed, proved) = schedule(&courses, 20, Some(Decimal::whole(9))).unwrap();
        assert!(proved && placed[1] < placed[0], "sixty credits take seven terms of nine");
        assert!((0..20).all(|term| placed.iter().filter(|at| **at == term).count() <= 3));
    }
}
