//! Sums that are too large to be counted with: told here, so that nothing overflows later.

use super::columns::TableId;
use super::tables::Spot;
use super::{Reading, codes};
use crate::programme::Programme;
use crate::programme::money::Cents;

/// All costs of a plan together stay below this, in cents.
const MOST: i128 = 100_000_000_000_000_000;

/// Tells when the costs of all requests could be more than can be counted with.
pub fn magnitude(r: &mut Reading, programme: &Programme) {
    let most = |prices: &mut dyn Iterator<Item = Cents>| i128::from(prices.map(|c| c.0).max().unwrap_or(0));
    let places = programme.places.values();
    let venue = most(&mut places.clone().map(|p| p.venue_day));
    let head = most(&mut places.clone().map(|p| p.participant_day));
    let allowance = most(&mut places.map(|p| p.allowance_day));
    let fee = most(&mut programme.trainers.values().map(|t| t.fee_day));
    let interpreters = most(&mut programme.interpretation.values().map(|i| i.cost_day));
    let fare = most(&mut programme.travel.legs().map(|l| l.fare));
    // Nobody is away for longer than a programme lasts, whatever the rule allows.
    let away = i128::from(programme.trainers.values().map(|t| t.max_days_away).max().unwrap_or(0).min(4_000));
    let cost = |request: &crate::programme::people::Request| {
        let course = &programme.courses[request.course];
        // Weekends inside a span at most treble it, and then some.
        let (days, heads) = (4 * i128::from(course.days) + 14, i128::from(request.participants));
        let officials =
            heads * (head * days + 2 * fare + allowance * days + i128::from(course.materials_per_participant.0));
        let trainer = (fee + allowance) * (away + days) + 2 * fare;
        (venue + interpreters) * days + officials + course.team() as i128 * trainer
    };
    let costs: i128 = programme.requests.values().map(cost).sum();
    let money: i128 = programme.funds.values().map(|f| i128::from(f.amount.0)).sum();
    for (sum, table) in [(costs, TableId::Requests), (money, TableId::Funds)] {
        if sum > MOST {
            let spot = Spot { source: r.tables.table(table).source, line: 0, column: 0 };
            let text = format!(
                "all {} together come to more than can be counted with",
                if table == TableId::Funds { "funds" } else { "costs" }
            );
            r.log.add(&codes::TOO_LARGE, spot, text, "");
        }
    }
}
