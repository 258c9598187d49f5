//! Chance that repeats itself.

/// The generator `SplitMix64` of G. Steele, D. Lea and C. Flood (2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from zero to one less than `n`.
    pub const fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = (z ^ (z >> 31)) >> 32;
        ((high * n as u64) >> 32) as u32
    }

    /// A number of a range, both ends included.
    pub const fn between(&mut self, from: u32, to: u32) -> u32 {
        from + self.below(to - from + 1)
    }

    /// `n` different numbers below `of`, rising.
    pub fn choose(&mut self, n: usize, of: u32) -> Vec<u32> {
        let mut all: Vec<u32> = (0..of).collect();
        while all.len() > n {
            let out = self.below(u32::try_from(all.len()).unwrap_or(u32::MAX)) as usize;
            all.remove(out);
        }
        all
    }
}
