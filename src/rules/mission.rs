//! Every trainer reaches and leaves every session by a mission.

use super::Statement;
use crate::plan::mission::stays;
use crate::programme::Programme;
use crate::programme::id::{PlaceId, TrainerId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Mission,
    demands: "Every team member reaches and leaves every session by a mission. At home or online the session is a mission of its own without travel. Any other mission departs so many travel days before its first session, visits its sessions in date order with enough free days for the way between, and returns so many travel days after its last; several sessions only with chain_missions.",
    why: "Trainers travel before they teach, and come home.",
    symbols: "depart = first(s₁) − days(home, p₁); first(sₖ₊₁) − last(sₖ) − 1 ≥ days(pₖ, pₖ₊₁); return = last(sₙ) + days(pₙ, home)",
    example: "T03 flies from Vienna to Dakar on Sunday, teaches Monday to Friday, goes on to Abidjan for Tuesday, and is home on Saturday.",
    relaxations: &["set chain_missions = true", "add the way to travel.csv"],
};

/// True when this trainer can get to this place and back, or need not travel.
pub fn admits(programme: &Programme, trainer: TrainerId, place: PlaceId) -> bool {
    let home = programme.trainers[trainer].home;
    stays(programme, trainer, place)
        || programme.travel.leg(home, place).is_some() && programme.travel.leg(place, home).is_some()
}
