//! What each goal measures, in words that `docent rules` prints; the values are computed in `plan/goals.rs`.

use crate::words::GoalId;

/// What a planner reads about a goal.
#[derive(Clone, Copy, Debug)]
pub struct GoalStatement {
    pub id: GoalId,
    pub measures: &'static str,
    pub why: &'static str,
    pub example: &'static str,
}

/// Every goal's statement, in the order of `GoalId::ALL`.
pub const GOALS: [GoalStatement; 6] = [
    GoalStatement {
        id: GoalId::Commitments,
        measures: "How many promises are broken (fewer is better): must requests and pinned requests that are not served, quotas below their min, funds below spend_at_least. Each counts 1, once.",
        why: "What was promised comes before everything else.",
        example: "R003 is a must and not served, and F4 spends less than its floor: 2.",
    },
    GoalStatement {
        id: GoalId::Kept,
        measures: "With a baseline: the points of the requests that the baseline serves, that the programme still has, and that are still served (more is better).",
        why: "Whoever was told that they will be trained counts on it.",
        example: "The baseline serves requests worth 410 points; one of 15 points has to go: 395.",
    },
    GoalStatement {
        id: GoalId::Stability,
        measures: "With a baseline: how much changes for those who were promised something (less is better): 3 for a request no longer served; else 1 each if the start, the place or the language changed, and 1 for every trainer who left the team or joined it.",
        why: "Every change means letters, tickets and trust.",
        example: "R012 moves by a week and T07 replaces T03: 1 + 1 + 1 = 3.",
    },
    GoalStatement {
        id: GoalId::Coverage,
        measures: "The points of the requests that are served (more is better): priority x participants, or the priority alone, as [objective] coverage says.",
        why: "The programme exists to train officials, the most urgent first.",
        example: "A request of priority 2 with 20 officials is worth 40 points.",
    },
    GoalStatement {
        id: GoalId::Cost,
        measures: "What all cash funds are used for, overhead included (less is better). Contributions in kind count nothing.",
        why: "Money that is not needed serves the next request.",
        example: "A charge of 1,000.00 to a fund with 13 % overhead uses 1,130.00.",
    },
    GoalStatement {
        id: GoalId::Preferences,
        measures: "A penalty (less is better) with the weights of [preferences]: languages below the first, weeks from the preferred start, days better avoided, days of trainers beyond their target, trainers used.",
        why: "Between plans that are equal in all else, take the one that people like better.",
        example: "A session in a request's second language, one week late: 1 + 1 = 2.",
    },
];
