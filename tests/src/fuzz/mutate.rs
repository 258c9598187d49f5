//! Spoils good input, the same way every time.

/// A source of spoilt input. Its numbers are those of xorshift64* (S. Vigna, 2016), so that a run
/// can be repeated on any machine.
#[derive(Clone, Debug)]
pub struct Mutator {
    state: u64,
}

/// What breaks readers: ends of ranges, wrong types, quotes, nesting, newer versions.
const WORDS: [&[u8]; 22] = [
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e9",
    b"0.0001",
    b"1000000",
    b"99999999999999999999",
    b"\"\"",
    b"\" \"",
    b"[]",
    b"{}",
    b"\"2025-02-30\"",
    b"\\u0000",
    b"\xff\xfe",
    b"\xf0\x9f\x8e\x93",
    b"[[[[[[[[[[",
    b"{\"not\":",
    b"\"version\":2",
    b",",
    b"\n",
    b"*",
];

impl Mutator {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed | 1 }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`; zero if there is none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.next() >> 16) % end).unwrap_or(0)
    }

    /// A spoilt copy.
    pub fn spoil(&mut self, good: &[u8]) -> Vec<u8> {
        let mut bytes = good.to_vec();
        for _ in 0..=self.below(3) {
            self.once(&mut bytes);
        }
        bytes
    }

    fn once(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        let end = (at + 1 + self.below(40)).min(bytes.len());
        match self.below(8) {
            // One flipped bit.
            0 => {
                let bit = self.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            // Cut short.
            1 => bytes.truncate(at),
            // Something missing, something twice.
            2 => drop(bytes.drain(at.min(end)..end)),
            3 => {
                let copy = bytes.get(at..end).unwrap_or_default().to_vec();
                let _ = bytes.splice(at..at, copy);
            }
            // A word in place of a JSON value or of a few bytes.
            4 | 5 => {
                let word = WORDS[self.below(WORDS.len())];
                let colon = bytes.iter().skip(at).position(|b| *b == b':').map(|n| at + n + 1);
                let from = colon.unwrap_or(at);
                let value = bytes.iter().skip(from).position(|b| matches!(b, b',' | b'}' | b']'));
                let to = value.map_or(end.max(from), |n| from + n);
                let _ = bytes.splice(from..to, word.iter().copied());
            }
            // A word between two bytes.
            6 => {
                let word = WORDS[self.below(WORDS.len())];
                let _ = bytes.splice(at..at, word.iter().copied());
            }
            // Another digit.
            _ => {
                let digit = bytes.iter().enumerate().skip(at).find(|(_, b)| b.is_ascii_digit()).map(|(n, _)| n);
                let to = b"0123456789"[self.below(10)];
                if let Some(byte) = digit.and_then(|n| bytes.get_mut(n)) {
                    *byte = to;
                }
            }
        }
    }
}
