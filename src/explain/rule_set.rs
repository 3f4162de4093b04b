//! Sets of rules.

use crate::words::RuleId;
use std::ops::BitOr;

/// A set of rules, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleSet(u32);

impl RuleSet {
    /// No rule.
    pub const NONE: RuleSet = RuleSet(0);

    /// This rule alone.
    pub fn of(rule: RuleId) -> RuleSet {
        RuleSet(1 << rule as u32)
    }

    /// This rule alone where `broken`, else none.
    pub fn when(broken: bool, rule: RuleId) -> RuleSet {
        if broken { RuleSet::of(rule) } else { RuleSet::NONE }
    }

    /// True when it has this rule.
    pub fn has(self, rule: RuleId) -> bool {
        self.meets(RuleSet::of(rule))
    }

    /// True when both have a rule in common.
    pub fn meets(self, other: RuleSet) -> bool {
        self.0 & other.0 != 0
    }

    /// True when the other one has all of these.
    pub fn within(self, other: RuleSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// Without those of the other one.
    pub fn without(self, other: RuleSet) -> RuleSet {
        RuleSet(self.0 & !other.0)
    }

    /// How many there are.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// True when there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules, in the order in which rules stand everywhere.
    pub fn rules(self) -> impl Iterator<Item = RuleId> {
        RuleId::ALL.into_iter().filter(move |rule| self.has(*rule))
    }
}

impl BitOr for RuleSet {
    type Output = RuleSet;
    fn bitor(self, other: RuleSet) -> RuleSet {
        RuleSet(self.0 | other.0)
    }
}

impl FromIterator<RuleId> for RuleSet {
    fn from_iter<A: IntoIterator<Item = RuleId>>(rules: A) -> RuleSet {
        rules.into_iter().fold(RuleSet::NONE, |all, rule| all | RuleSet::of(rule))
    }
}

/// Sets of rules none of which has all of another one, each with what it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smallest<T = ()>(Vec<(RuleSet, T)>);

impl<T> Default for Smallest<T> {
    fn default() -> Smallest<T> {
        Smallest(Vec::new())
    }
}

impl<T> Smallest<T> {
    /// True when one of them lies within this set: then the set says nothing new.
    pub fn covers(&self, set: RuleSet) -> bool {
        self.0.iter().any(|(known, _)| known.within(set))
    }

    /// Takes a set in where it says something new, and drops those that it makes superfluous.
    pub fn add(&mut self, set: RuleSet, with: T) {
        if !self.covers(set) {
            self.0.retain(|(known, _)| !set.within(*known));
            self.0.push((set, with));
        }
    }

    /// The sets and what they came with, small ones first.
    pub fn into_pairs(mut self) -> Vec<(RuleSet, T)> {
        self.0.sort_by_key(|(set, _)| (set.len(), *set));
        self.0
    }

    /// The sets, small ones first.
    pub fn sets(self) -> Vec<RuleSet> {
        self.into_pairs().into_iter().map(|(set, _)| set).collect()
    }
}

/// Every union of some of these sets, each once; none of them, too.
pub fn unions(sets: impl Iterator<Item = RuleSet>) -> Vec<RuleSet> {
    let mut all = vec![RuleSet::NONE];
    for set in sets {
        let with: Vec<RuleSet> = all.iter().map(|known| *known | set).filter(|new| !all.contains(new)).collect();
        all.extend(with);
        all.sort();
        all.dedup();
    }
    all
}
