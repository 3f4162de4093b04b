//! Sets of days as bits: which days are taken, on which days a session may start.

/// How many words a set holds at most: 2,048 days.
pub const WORDS: usize = 32;
/// The longest horizon, in days.
pub const LONGEST: usize = WORDS * 64;

/// A set of days, counted from the first day of the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    words: [u64; WORDS],
    used: usize,
}

impl Days {
    /// No day, over a horizon of this many words.
    pub fn none(used: usize) -> Days {
        Days { words: [0; WORDS], used: used.min(WORDS) }
    }

    /// The set with these words.
    pub fn of(words: &[u64]) -> Days {
        let mut days = Days::none(words.len());
        days.words[..words.len()].copy_from_slice(words);
        days
    }

    /// Its words.
    pub fn words(&self) -> &[u64] {
        &self.words[..self.used]
    }

    /// Adds the days `first..=last`, as far as they lie in the horizon.
    pub fn add(&mut self, first: i32, last: i32) {
        self.span(first, last, |word, mask| *word |= mask);
    }

    /// Takes the days `first..=last` out.
    pub fn remove(&mut self, first: i32, last: i32) {
        self.span(first, last, |word, mask| *word &= !mask);
    }

    /// Keeps only the days `first..=last`.
    pub fn keep(&mut self, first: i32, last: i32) {
        self.remove(0, first - 1);
        self.remove(last + 1, self.used as i32 * 64 - 1);
    }

    /// Keeps only the days that the other set has too.
    pub fn meet(&mut self, other: &[u64]) {
        for (a, b) in self.words[..self.used].iter_mut().zip(other) {
            *a &= b;
        }
    }

    /// Takes out the days that the other set has.
    pub fn without(&mut self, other: &[u64]) {
        for (a, b) in self.words[..self.used].iter_mut().zip(other) {
            *a &= !b;
        }
    }

    /// Adds the days of the other set.
    pub fn join(&mut self, other: &[u64]) {
        for (a, b) in self.words[..self.used].iter_mut().zip(other) {
            *a |= b;
        }
    }

    /// True when it holds this day.
    pub fn holds(&self, day: i32) -> bool {
        day >= 0 && (day as usize) < self.used * 64 && self.words[day as usize / 64] >> (day % 64) & 1 == 1
    }

    /// True when it is empty.
    pub fn is_empty(&self) -> bool {
        self.words[..self.used].iter().all(|w| *w == 0)
    }

    /// True when it shares a day with `first..=last`.
    pub fn meets(&self, first: i32, last: i32) -> bool {
        meets(self.words(), first, last)
    }

    /// Its first and last day.
    pub fn ends(&self) -> Option<(i32, i32)> {
        let words = self.words();
        let first = words.iter().position(|w| *w != 0)?;
        let last = words.iter().rposition(|w| *w != 0)?;
        let day = |word: usize, bit: u32| word as i32 * 64 + bit as i32;
        Some((day(first, words[first].trailing_zeros()), day(last, 63 - words[last].leading_zeros())))
    }

    /// True when the two have a day in common.
    pub fn shares(&self, other: &Days) -> bool {
        self.words().iter().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    /// How many days it has.
    pub fn count(&self) -> u32 {
        self.words[..self.used].iter().map(|w| w.count_ones()).sum()
    }

    /// The n-th of its days, counted from 0.
    pub fn nth(&self, mut n: u32) -> Option<i32> {
        for (i, word) in self.words[..self.used].iter().enumerate() {
            let here = word.count_ones();
            if n < here {
                let mut w = *word;
                for _ in 0..n {
                    w &= w - 1;
                }
                return Some(i as i32 * 64 + w.trailing_zeros() as i32);
            }
            n -= here;
        }
        None
    }

    /// Its days, in order.
    pub fn iter(&self) -> impl Iterator<Item = i32> + '_ {
        self.words[..self.used].iter().enumerate().flat_map(|(i, word)| {
            let mut w = *word;
            std::iter::from_fn(move || {
                (w != 0).then(|| {
                    let bit = w.trailing_zeros() as i32;
                    w &= w - 1;
                    i as i32 * 64 + bit
                })
            })
        })
    }

    /// Every day from `back` before to `ahead` after one of its days.
    pub fn spread(&self, back: i32, ahead: i32) -> Days {
        let mut all = *self;
        let mut done = 0;
        while done < back {
            let step = (done + 1).min(back - done);
            let moved = all.earlier(step);
            all.join(moved.words());
            done += step;
        }
        done = 0;
        while done < ahead {
            let step = (done + 1).min(ahead - done);
            let moved = all.later(step);
            all.join(moved.words());
            done += step;
        }
        all
    }

    fn earlier(&self, by: i32) -> Days {
        let (skip, bits) = (by as usize / 64, by as u32 % 64);
        let mut out = Days::none(self.used);
        for i in 0..self.used.saturating_sub(skip) {
            let low = self.words[i + skip] >> bits;
            let high = if bits > 0 && i + skip + 1 < self.used { self.words[i + skip + 1] << (64 - bits) } else { 0 };
            out.words[i] = low | high;
        }
        out
    }

    fn later(&self, by: i32) -> Days {
        let (skip, bits) = (by as usize / 64, by as u32 % 64);
        let mut out = Days::none(self.used);
        for i in skip..self.used {
            let high = self.words[i - skip] << bits;
            let low = if bits > 0 && i > skip { self.words[i - skip - 1] >> (64 - bits) } else { 0 };
            out.words[i] = high | low;
        }
        out
    }

    fn span(&mut self, first: i32, last: i32, change: impl Fn(&mut u64, u64)) {
        each_word(self.used, first, last, |i, mask| {
            change(&mut self.words[i], mask);
            false
        });
    }
}

/// True when the set with these words shares a day with `first..=last`.
pub fn meets(words: &[u64], first: i32, last: i32) -> bool {
    each_word(words.len(), first, last, |i, mask| words[i] & mask != 0)
}

/// Calls `visit` with each word that the days touch and their mask in it, until it says true.
fn each_word(used: usize, first: i32, last: i32, mut visit: impl FnMut(usize, u64) -> bool) -> bool {
    let first = first.max(0);
    let last = last.min(used as i32 * 64 - 1);
    if first > last {
        return false;
    }
    let (a, b) = (first as usize / 64, last as usize / 64);
    for i in a..=b {
        let low = if i == a { u64::MAX << (first % 64) } else { u64::MAX };
        let high = if i == b { u64::MAX >> (63 - last % 64) } else { u64::MAX };
        if visit(i, low & high) {
            return true;
        }
    }
    false
}
