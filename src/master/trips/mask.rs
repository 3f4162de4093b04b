//! Sets of days as bits.

/// A set of days, counted from the first day that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask(pub Vec<u64>);

impl Mask {
    /// The empty set of this many days.
    pub fn none(days: usize) -> Mask {
        Mask(vec![0; days.div_ceil(64)])
    }

    /// Puts a day in; one that is out of range is nowhere.
    pub fn put(&mut self, day: i32) {
        let Ok(day) = usize::try_from(day) else { return };
        if let Some(word) = self.0.get_mut(day / 64) {
            *word |= 1 << (day % 64);
        }
    }

    /// True when there is a day in it.
    pub fn any(&self) -> bool {
        self.0.iter().any(|w| *w != 0)
    }

    /// The days that are in both.
    pub fn and(mut self, other: &Mask) -> Mask {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a &= b;
        }
        self
    }

    /// True when there is a day in both.
    pub fn meets(&self, other: &Mask) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Takes the days of another set in.
    pub fn with(&mut self, other: &Mask) {
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            *a |= b;
        }
    }

    /// Every day so many days later.
    pub fn later(&self, days: usize) -> Mask {
        let (words, bits) = (days / 64, days % 64);
        let n = self.0.len();
        let mut out = vec![0; n];
        for (i, word) in out.iter_mut().enumerate().skip(words) {
            *word = self.0[i - words] << bits;
            if bits > 0 && i > words {
                *word |= self.0[i - words - 1] >> (64 - bits);
            }
        }
        Mask(out)
    }

    /// The days, in order.
    pub fn days(&self) -> impl Iterator<Item = i32> + '_ {
        self.0.iter().enumerate().flat_map(|(i, w)| {
            let w = *w;
            (0..64).filter(move |b| w >> b & 1 == 1).map(move |b| (i * 64 + b) as i32)
        })
    }

    /// True when `self` shifted by `days` meets `other`, both cut down to `open` before the shift.
    pub fn meets_later(&self, open: &Mask, days: usize, other: &Mask) -> bool {
        (0..self.0.len()).any(|i| shifted(&self.0, &open.0, days, i) & other.0[i] != 0)
    }

    /// Days of which one is within `open`, shifted by `days` and within `other` makes up `out`; true when there are any.
    pub fn move_on(from: &[u64], open: &Mask, days: usize, other: &Mask, out: &mut Vec<u64>) -> bool {
        out.clear();
        out.extend((0..from.len()).map(|i| shifted(from, &open.0, days, i) & other.0[i]));
        out.iter().any(|w| *w != 0)
    }
}

/// One word of `from`, cut down to `open` and shifted.
fn shifted(from: &[u64], open: &[u64], days: usize, i: usize) -> u64 {
    let (words, bits) = (days / 64, days % 64);
    if i < words {
        return 0;
    }
    let at = i - words;
    let mut word = (from[at] & open[at]) << bits;
    if bits > 0 && at > 0 {
        word |= (from[at - 1] & open[at - 1]) >> (64 - bits);
    }
    word
}
