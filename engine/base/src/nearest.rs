//! "Did you mean": the nearest known name.

/// Return the candidate nearest to `wanted`, if it is near enough to be a likely slip: an edit distance
/// (Levenshtein, letters compared without case) of at most a third of the letters, and at most three.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().flat_map(char::to_lowercase).take(80).collect();
    let allowed = (wanted.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(80).collect();
        if letters.len().abs_diff(wanted.len()) > allowed {
            continue;
        }
        let d = distance(&wanted, &letters);
        if d <= allowed && best.is_none_or(|(b, name)| (d, candidate) < (b, name)) {
            best = Some((d, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// Return how many letters have to be inserted, left out or replaced to turn one word into the other: Levenshtein's
/// distance, in one row of the table of Wagner and Fischer.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_likely_slips_only() {
        let names = ["CSCI 5454", "CSCI 5444", "MATH 1010"];
        assert_eq!(nearest("CSCI 5455", names), Some("CSCI 5454"));
        assert_eq!(nearest("csci 5444", names), Some("CSCI 5444"));
        assert_eq!(nearest("PHYS 1", names), None);
    }
}
