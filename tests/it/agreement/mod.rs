//! Every engine against the judge, and against brute force, on random small programmes: a plan keeps every rule, the
//! engines' arithmetic is the judge's, and nobody beats anybody's bound.

use crate::oracle::best_within;
use docent::judge::{costs, judge};
use docent::plan::brief::Brief;
use docent::plan::goals::{broken, uses, value};
use docent::plan::{Plan, price};
use docent::programme::Programme;
use docent::programme::money::Micro;
use docent::random::Wish;
use docent::read::load;
use docent::search::Search;
use docent::solve::finish::finish;
use docent::solve::report::GoalReport;
use docent::solve::{Options, Start, plan};
use docent::verify::figure;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::{RngSeed, TestCaseError};
use std::sync::atomic::AtomicBool;

/// So many steps brute force may take; where it needs more the others are still held against each other.
const STEPS: u64 = 5_000;

fn wishes() -> impl Strategy<Value = Wish> {
    (4u32..9, any::<u16>(), 0i64..12, any::<bool>()).prop_map(|(requests, seed, tight, chain)| Wish {
        requests,
        trainers: Some(5),
        places: Some(4),
        weeks: Some(12),
        seed: u64::from(seed),
        tight: Micro(100_000 * tight),
        chain,
    })
}

fn programme(wish: &Wish) -> Programme {
    let folder = crate::random::folder(wish, "agreement");
    let loaded = load(&folder, &[]);
    let findings = loaded.findings;
    loaded.programme.unwrap_or_else(|| panic!("{wish:?}: {findings:?}"))
}

/// The plan keeps every rule, and what the engines count is what the judge counts.
fn agree(brief: &Brief, plan: &Plan, who: &str) -> Result<Vec<i128>, TestCaseError> {
    let verdict = judge(brief, plan);
    prop_assert!(verdict.violations.is_empty(), "{who}: {:#?}", verdict.violations);
    for (goal, judged) in &verdict.goals {
        prop_assert_eq!(value(*goal, brief, plan), *judged, "{}: {}", who, goal);
    }
    prop_assert_eq!(broken(brief.programme, plan), verdict.broken, "{}", who);
    for (mine, theirs) in costs(brief, plan).iter().zip(price::costs(brief.programme, plan)) {
        prop_assert_eq!(mine.by_category, theirs.by_category, "{}", who);
    }
    Ok(verdict.goals.into_iter().map(|(_, value)| value).collect())
}

/// True when some fund pays more than it has: what is done may do that.
fn overdrawn(brief: &Brief, plan: &Plan) -> bool {
    uses(brief.programme, plan).iter().any(|(f, used)| *used > brief.programme.funds[f].has)
}

/// A plan does not beat the bounds: where its earlier goals are at least what the bound stands on, its goal is not
/// better than the bound.
fn within(reports: &[GoalReport], values: &[i128], who: &str) -> Result<(), TestCaseError> {
    for (i, report) in reports.iter().enumerate() {
        let goal = report.goal;
        let (found, bound) = (figure(goal, values[i]), figure(goal, report.bound));
        let beyond = if goal.maximised() { values[i] > report.bound } else { values[i] < report.bound };
        prop_assert!(!beyond, "{who} has {goal} {found}, and its bound is {bound}");
        let worse = if goal.maximised() { values[i] < report.value } else { values[i] > report.value };
        if worse {
            break;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        rng_seed: RngSeed::Fixed(2027),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn all_engines_agree(wish in wishes()) {
        let programme = programme(&wish);
        let brief = Brief::new(&programme);
        let go = AtomicBool::new(false);
        let options = Options { effort: 1, seconds: None, ..Options::default() };
        let outcome = plan(&brief, &options, &Start::default(), &|_| {}, &go);
        prop_assert!(outcome.refused.is_none(), "{:#?}", outcome.refused);
        let values = agree(&brief, &outcome.plan, "solve")?;
        let reported: Vec<i128> = outcome.goals.iter().map(|r| r.value).collect();
        prop_assert_eq!(&reported, &values);
        within(&outcome.goals, &values, "solve")?;

        let mut search = Search::new(&brief, wish.seed);
        search.run(2_000, &go);
        if let Some(found) = search.best() {
            let counted: Vec<i128> = search.best_values().expect("values").into_iter().map(|(_, v)| v).collect();
            match finish(&brief, found) {
                Ok(found) => {
                    let values = agree(&brief, &found, "search")?;
                    // How what is done is charged beyond what the funds have is left to whoever charges.
                    if !overdrawn(&brief, &found) {
                        prop_assert_eq!(counted, values.clone(), "search counts otherwise than the judge");
                    }
                    within(&outcome.goals, &values, "search")?;
                }
                Err(unpayable) => prop_assert!(false, "search: {:?}", unpayable),
            }
        }
        if let Some(best) = best_within(&brief, STEPS) {
            let values = agree(&brief, &best.plan, "brute force")?;
            within(&outcome.goals, &values, "brute force")?;
            let goals = brief.goals();
            for (i, goal) in goals.iter().enumerate() {
                let report = &outcome.goals[i];
                let worse = |a: i128, b: i128| if goal.maximised() { a < b } else { a > b };
                // Nobody finds better than the best.
                prop_assert!(!worse(best.best[i].1, report.value) , "solve beats brute force in {goal}");
                if report.value != best.best[i].1 {
                    break;
                }
            }
        }
    }
}
