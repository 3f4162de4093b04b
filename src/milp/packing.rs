//! Rows that a few rows of set packing imply together, by rounding: what each says (of the sets that hold an item, at most
//! one is taken), times a share, added up and rounded down (rank-1 Chvátal-Gomory cuts: Jepsen, Petersen, Spoorendonk and
//! Pisinger, Operations Research 56, 2008; shares for up to five rows: Pecin, Pessoa, Poggi and Uchoa, Operations Research
//! Letters 45, 2017; odd cycles of seven and nine).
//!
//! Where three requests can be taught two by two, a relaxation takes each of the three sessions by half. No plan can: of the
//! sessions that serve two of the three, at most one is held. Nearly all that is left by halves in a relaxation of many
//! requests is of this kind.

use super::program::{AtMost, Col};
use std::collections::{BTreeMap, BTreeSet};

/// One row: the sum over all sets of `times` is at most `upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded<I> {
    /// Each item with its share.
    items: Vec<(I, u32)>,
    /// What the shares are parts of.
    whole: u32,
}

/// Shares of as many items: numerators, and what they are divided by.
const SHARES: &[(&[u32], u32)] = &[
    (&[1, 1, 1], 2),
    (&[2, 1, 1, 1], 3),
    (&[1, 1, 1, 1, 1], 2),
    (&[1, 1, 1, 1, 1], 3),
    (&[2, 2, 1, 1, 1], 3),
    (&[2, 2, 1, 1, 1], 4),
    (&[3, 1, 1, 1, 1], 4),
    (&[3, 3, 2, 2, 1], 4),
    (&[3, 2, 2, 1, 1], 5),
    (&[1; 7], 2),
    (&[1; 9], 2),
];

/// Items in one row, at most.
const MOST: usize = 9;

/// So many families of each size that begin at an item are looked at further.
const WIDTH: usize = 8;

/// So many rows come of one look, each item in so many of them; and each is broken by so much.
const ROWS: usize = 200;
const SHARED: usize = 8;
const BROKEN: f64 = 0.01;

/// Values nearer to 0 or 1 than this are whole.
const WHOLE: f64 = 1e-6;

impl<I: Copy + Ord> Rounded<I> {
    /// How often a set counts.
    pub fn times(&self, set: &[I]) -> u32 {
        self.items.iter().filter(|(item, _)| set.contains(item)).map(|(_, share)| share).sum::<u32>() / self.whole
    }

    pub fn upper(&self) -> u32 {
        self.items.iter().map(|(_, share)| share).sum::<u32>() / self.whole
    }

    pub fn items(&self) -> impl Iterator<Item = I> {
        self.items.iter().map(|(item, _)| *item)
    }
}

/// The rows that are broken the most where sets are taken by these values; sets may come several times.
pub fn broken<I: Copy + Ord>(sets: impl IntoIterator<Item = (Vec<I>, f64)>) -> Vec<Rounded<I>> {
    let halves = Halves::new(sets);
    let mut seen: BTreeSet<Vec<I>> = BTreeSet::new();
    let mut found: Vec<(f64, Rounded<I>)> = Vec::new();
    for first in halves.of.keys() {
        let mut families = vec![vec![*first]];
        for _ in 1..MOST {
            families = halves.wider(&families, &mut seen);
            found.extend(families.iter().filter_map(|f| halves.best(f)).filter(|(by, _)| *by > BROKEN));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.items.cmp(&b.1.items)));
    let mut times: BTreeMap<I, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for (_, row) in found {
        if rows.len() == ROWS || row.items().any(|i| times.get(&i).is_some_and(|n| *n >= SHARED)) {
            continue;
        }
        row.items().for_each(|i| *times.entry(i).or_default() += 1);
        rows.push(row);
    }
    rows
}

/// The rows over columns, each of which takes a set, that these values by column break the most.
pub fn rows<'s, I: Copy + Ord + 's>(
    columns: impl Iterator<Item = (Col, &'s [I])> + Clone,
    values: &[f64],
) -> Vec<AtMost> {
    let parts = columns.clone().map(|(col, set)| (set, values[col.index()]));
    let parts = parts.filter(|(set, value)| set.len() > 1 && *value > WHOLE);
    let rounded = broken(parts.map(|(set, value)| (set.to_vec(), value)));
    let mut rows: Vec<AtMost> =
        rounded.iter().map(|row| AtMost { terms: Vec::new(), upper: f64::from(row.upper()) }).collect();
    let mut of: BTreeMap<I, Vec<usize>> = BTreeMap::new();
    for (at, row) in rounded.iter().enumerate() {
        row.items().for_each(|item| of.entry(item).or_default().push(at));
    }
    for (col, set) in columns.filter(|_| !of.is_empty()) {
        let near: BTreeSet<usize> = set.iter().filter_map(|item| of.get(item)).flatten().copied().collect();
        for at in near {
            let times = rounded[at].times(set);
            if times > 0 {
                rows[at].terms.push((col, f64::from(times)));
            }
        }
    }
    rows
}

/// Sets of several items that are taken in part.
struct Halves<I> {
    sets: Vec<(BTreeSet<I>, f64)>,
    /// By item: its sets.
    of: BTreeMap<I, Vec<usize>>,
}

impl<I: Copy + Ord> Halves<I> {
    fn new(sets: impl IntoIterator<Item = (Vec<I>, f64)>) -> Halves<I> {
        let mut values: BTreeMap<BTreeSet<I>, f64> = BTreeMap::new();
        for (set, value) in sets {
            if set.len() > 1 && value > WHOLE && value < 1.0 - WHOLE {
                *values.entry(set.into_iter().collect()).or_default() += value;
            }
        }
        let sets: Vec<_> = values.into_iter().collect();
        let mut of: BTreeMap<I, Vec<usize>> = BTreeMap::new();
        for (s, (items, _)) in sets.iter().enumerate() {
            items.iter().for_each(|i| of.entry(*i).or_default().push(s));
        }
        Halves { sets, of }
    }

    /// Sets that hold any of these items.
    fn around(&self, family: &[I]) -> BTreeSet<usize> {
        family.iter().filter_map(|i| self.of.get(i)).flatten().copied().collect()
    }

    /// Families with one item more, those first whose sets have most in common.
    fn wider(&self, families: &[Vec<I>], seen: &mut BTreeSet<Vec<I>>) -> Vec<Vec<I>> {
        let mut wider: Vec<(f64, Vec<I>)> = Vec::new();
        for family in families {
            let others: BTreeSet<I> = self.around(family).iter().flat_map(|s| &self.sets[*s].0).copied().collect();
            for other in others.into_iter().filter(|i| !family.contains(i)) {
                let mut family = family.clone();
                family.push(other);
                family.sort();
                if seen.insert(family.clone()) {
                    let common: f64 = self.around(&family).iter().map(|s| self.overlap(*s, &family)).sum();
                    wider.push((common, family));
                }
            }
        }
        wider.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        wider.truncate(WIDTH);
        wider.into_iter().map(|(_, family)| family).collect()
    }

    fn overlap(&self, set: usize, family: &[I]) -> f64 {
        let (items, value) = &self.sets[set];
        let common = family.iter().filter(|i| items.contains(i)).count();
        value * common.saturating_sub(1) as f64
    }

    /// The row of a family with the shares that the values break the most, and by how much.
    fn best(&self, family: &[I]) -> Option<(f64, Rounded<I>)> {
        // By which of the family a set holds.
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for s in self.around(family) {
            let (items, value) = &self.sets[s];
            let mask: usize = (0..family.len()).filter(|i| items.contains(&family[*i])).map(|i| 1 << i).sum();
            *sums.entry(mask).or_default() += value;
        }
        let mut best: Option<(f64, Rounded<I>)> = None;
        for (shares, whole) in SHARES.iter().filter(|(shares, _)| shares.len() == family.len()) {
            for order in orders(shares) {
                let upper = order.iter().sum::<u32>() / whole;
                let times = |mask: usize| {
                    let shares = order.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1);
                    f64::from(shares.map(|(_, share)| share).sum::<u32>() / whole)
                };
                let by = sums.iter().map(|(mask, sum)| sum * times(*mask)).sum::<f64>() - f64::from(upper);
                if best.as_ref().is_none_or(|b| by > b.0 + 1e-9) {
                    let items = family.iter().copied().zip(order).collect();
                    best = Some((by, Rounded { items, whole: *whole }));
                }
            }
        }
        best
    }
}

/// Every order of these numbers, each once.
fn orders(numbers: &[u32]) -> Vec<Vec<u32>> {
    if numbers.is_empty() {
        return vec![Vec::new()];
    }
    let first: BTreeSet<u32> = numbers.iter().copied().collect();
    let mut all = Vec::new();
    for number in first {
        let mut rest = numbers.to_vec();
        if let Some(at) = rest.iter().position(|n| *n == number) {
            rest.remove(at);
        }
        all.extend(orders(&rest).into_iter().map(|order| [vec![number], order].concat()));
    }
    all
}
