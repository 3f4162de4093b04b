//! Every cost is paid by funds that may pay it and have it.

use super::Statement;
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::funds::Fund;
use crate::programme::id::{CourseId, FundId, LanguageId, PlaceId};
use crate::programme::money::Cents;
use crate::words::Category;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Budget,
    demands: "Every cost is charged in full to funds that may pay it, and the use of each fund, overhead included, is no more than it has.",
    why: "Contributors give for a purpose, and no more than they gave.",
    symbols: "for each cost c: Σ charges = c; for each fund f: Σ charges × (1 + overhead) ≤ (amount − spent) × (1 − reserve)",
    example: "F2 pays for sessions in western-africa until June: the venue of a course there in May, not in July.",
    relaxations: &["raise the amount of a fund", "widen what a fund may pay for", "lower the reserve"],
};

/// The officials' side of a fund: true when it may pay for officials from all these places.
pub fn pays_for(fund: &Fund, officials: &[PlaceId]) -> bool {
    officials.iter().all(|p| fund.officials[*p])
}

/// The funds that may pay this category of a session of this course, place, language and span for officials from
/// these places, in file order.
pub fn payers(
    programme: &Programme,
    (course, place, language, span): (CourseId, PlaceId, LanguageId, Span),
    category: Category,
    officials: &[PlaceId],
) -> Vec<FundId> {
    programme
        .funds
        .iter()
        .filter(|(_, f)| f.may_pay(place, course, language, span, category) && pays_for(f, officials))
        .map(|(id, _)| id)
        .collect()
}

/// The most that can be charged to a fund, overhead not included: whole cents.
pub fn room(fund: &Fund) -> Cents {
    let cents = fund.has.0.max(0) / i128::from(1_000_000 + fund.overhead.0);
    Cents(i64::try_from(cents).unwrap_or(i64::MAX))
}

/// The least that must be charged to a fund so that its floor is met, overhead not included: whole cents.
pub fn floor(fund: &Fund) -> Option<Cents> {
    let missing = i128::from((fund.spend_at_least? - fund.spent).0.max(0)) * 1_000_000;
    let per = i128::from(1_000_000 + fund.overhead.0);
    Some(Cents(i64::try_from((missing + per - 1) / per).unwrap_or(i64::MAX)))
}
