//! Chance, from a seed: the same on every machine, and without floating point.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Dice(Pcg64Mcg);

impl Dice {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(Pcg64Mcg::seed_from_u64(seed))
    }

    /// A number below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// True in `share` of 1,024 cases.
    pub fn chance(&mut self, share: usize) -> bool {
        self.below(1024) < share
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.below(list.len())).copied()
    }

    /// An exponential variate with mean 1, in parts of 1,024 (within half a percent: log2 is taken as linear between
    /// powers of two).
    pub fn exponential(&mut self) -> i64 {
        let u = self.0.next_u64() | 1;
        let zeros = i64::from(u.leading_zeros());
        let mantissa = ((u << zeros) >> 53) as i64 & 1023;
        // −ln u = ln 2 × (zeros + 1 − log2 of 1.mantissa)
        ((zeros + 1) * 1024 - mantissa) * 710 / 1024
    }

    /// Puts a list into any order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = self.below(i + 1);
            list.swap(i, j);
        }
    }
}
