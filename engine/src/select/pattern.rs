//! Patterns of codes, such as `CSCI 5*`.

/// Check whether a text matches a pattern in which `*` stands for any run of characters. Linear in the
/// text for each star: on a mismatch only the latest star is tried again.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(letter) if *letter == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

#[cfg(test)]
mod tests {
    #[test]
    fn patterns_match_whole_codes() {
        for (pattern, text, expected) in [
            ("CSCI 5*", "CSCI 5454", true),
            ("CSCI 5*", "CSCI 4454", false),
            ("* 101", "FRE 101", true),
            ("*", "", true),
            ("A*B*C", "AxxBxC", true),
            ("A*B*C", "AxxBx", false),
            ("", "A", false),
        ] {
            assert_eq!(super::matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
