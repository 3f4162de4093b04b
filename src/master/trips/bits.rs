//! Sets of one trainer's stops as bits.

/// A set of stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits(pub Vec<u64>);

impl Bits {
    /// The empty set, of so many stops.
    pub fn none(stops: usize) -> Bits {
        Bits(vec![0; stops.div_ceil(64)])
    }

    /// Puts a stop in.
    pub fn put(&mut self, stop: usize) {
        self.0[stop / 64] |= 1 << (stop % 64);
    }

    /// True when a stop is in it.
    pub fn holds(&self, stop: usize) -> bool {
        holds(&self.0, stop)
    }
}

/// True when a stop is in a set.
pub fn holds(set: &[u64], stop: usize) -> bool {
    set[stop / 64] >> (stop % 64) & 1 == 1
}
