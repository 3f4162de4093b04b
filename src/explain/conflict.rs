//! Which rules leave no way: every way breaks one of them, and without any one of them there is a way that keeps the rest.

use super::rule_set::RuleSet;
use crate::words::RuleId;

/// Conflicts, from the rules that each way breaks: a smallest one first, then others that share no rule with those before.
/// None at all where a way breaks no rule.
pub fn conflicts(broken_by_ways: &[RuleSet]) -> Vec<RuleSet> {
    let mut ways = broken_by_ways.to_vec();
    let mut found = Vec::new();
    while !ways.is_empty() && !ways.iter().any(|way| way.is_empty()) {
        let sizes = 1..=RuleId::ALL.len() as u32;
        let Some(conflict) = sizes.into_iter().find_map(|most| hitting(&ways, RuleSet::NONE, most)) else { break };
        ways.iter_mut().for_each(|way| *way = way.without(conflict));
        found.push(conflict);
    }
    found
}

/// A set of at most so many more rules that meets every way.
fn hitting(ways: &[RuleSet], chosen: RuleSet, more: u32) -> Option<RuleSet> {
    let Some(open) = ways.iter().find(|way| !way.meets(chosen)) else { return Some(chosen) };
    if more == 0 {
        return None;
    }
    open.rules().find_map(|rule| hitting(ways, chosen | RuleSet::of(rule), more - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use RuleId::{Availability, Barred, Host, Window};

    fn sets(ways: &[&[RuleId]]) -> Vec<RuleSet> {
        ways.iter().map(|rules| rules.iter().copied().collect()).collect()
    }

    #[test]
    fn one_rule_that_every_way_breaks_is_a_conflict_alone() {
        let ways = sets(&[&[Host, Barred], &[Host, Window]]);
        assert_eq!(conflicts(&ways), sets(&[&[Host], &[Barred, Window]]));
    }

    #[test]
    fn a_way_that_breaks_nothing_leaves_no_conflict() {
        assert!(conflicts(&sets(&[&[Host], &[]])).is_empty());
        assert!(conflicts(&[]).is_empty());
    }

    #[test]
    fn conflicts_are_minimal_and_disjoint() {
        let ways = sets(&[&[Host, Availability], &[Window, Availability], &[Barred, Window], &[Host, Barred]]);
        let found = conflicts(&ways);
        for (i, conflict) in found.iter().enumerate() {
            assert!(ways.iter().all(|way| way.meets(*conflict)), "{conflict:?} leaves a way");
            for rule in conflict.rules() {
                let less = conflict.without(RuleSet::of(rule));
                assert!(ways.iter().any(|way| !way.meets(less)), "{conflict:?} needs {rule}");
            }
            assert!(found[..i].iter().all(|other| !other.meets(*conflict)));
        }
        assert_eq!(found.len(), 2);
    }
}
