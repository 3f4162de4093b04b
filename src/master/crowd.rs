//! How many people it takes at once: a bound on trainers used that asks for no program, by the busiest day.
//!
//! Where what is served is settled by earlier goals and dates leave little choice, everybody who teaches on one day is
//! somebody else. (Where requests are fixed times this is the clique bound of personnel task scheduling: Krishnamoorthy, Ernst and
//! Baatar 2012.)

use super::delivery::Firm;
use super::world::World;
use crate::programme::day::{Day, Span};
use crate::programme::id::{Dense, RequestId};
use crate::words::GoalId;

/// Shares of a team are counted in so many parts.
const PARTS: i128 = 1_000_000;

/// What a request takes of a team at least, if it is served, and the days on which it surely does.
#[derive(Clone, Debug)]
struct Need {
    /// In parts of a person.
    people: i128,
    /// From the latest start to the earliest end.
    sure: Span,
    /// What is lost without it, in millionths of a point.
    points: i128,
    promised: bool,
}

/// No plan that keeps what is given sends fewer trainers than this.
pub fn people(world: &World, given: &[(GoalId, i128)]) -> i64 {
    let programme = world.programme;
    let needs = needs(world);
    let value = |goal: GoalId| given.iter().find(|(g, _)| *g == goal).map(|(_, value)| *value);
    let firm = value(GoalId::Commitments).is_some_and(|broken| broken == 0);
    let booked = world.done.iter().chain(&world.frozen).flat_map(|s| &s.requests);
    let most = needs.values().flatten().map(|n| n.points).sum::<i128>()
        + booked.map(|r| i128::from(programme.requests[*r].points.0)).sum::<i128>();
    // What may be lost, None where nothing is asked for.
    let spare = value(GoalId::Coverage).map(|least| (most - least).max(0));
    let mut days: Vec<Day> = needs.values().flatten().map(|n| n.sure.first).collect();
    days.sort();
    days.dedup();
    let at = |day: Day| {
        let here: Vec<&Need> = needs.values().flatten().filter(|n| n.sure.holds(day)).collect();
        least(&here, firm, spare)
    };
    days.into_iter().map(at).max().unwrap_or(0)
}

/// The fewest people who teach all these at once, where so many points may be lost.
fn least(needs: &[&Need], firm: bool, spare: Option<i128>) -> i64 {
    let sum = |n: &[&Need]| n.iter().map(|n| n.people).sum::<i128>();
    let (bound, mut free): (Vec<&Need>, Vec<&Need>) = needs.iter().partition(|n| firm && n.promised);
    let mut people = sum(&bound);
    if let Some(mut spare) = spare {
        people += sum(&free);
        // Who takes most people for a point goes first, the last one in part.
        free.sort_by(|a, b| (b.people * a.points).cmp(&(a.people * b.points)));
        for n in free {
            if n.points > spare {
                people -= (n.people * spare + n.points - 1) / n.points;
                break;
            }
            spare -= n.points;
            people -= n.people;
        }
    }
    i64::try_from((people + PARTS - 1) / PARTS).unwrap_or(i64::MAX)
}

/// What each open request takes; None where nothing is sure.
fn needs(world: &World) -> Dense<RequestId, Option<Need>> {
    let programme = world.programme;
    let mut needs: Dense<RequestId, Option<Need>> = Dense::filled(None, programme.requests.len());
    for d in world.deliveries.iter().filter(|d| d.firm == Firm::Open) {
        let team = programme.courses[d.course].team() as i128;
        let among = i128::from(d.fills.whole) * d.requests.len() as i128;
        let people = team * PARTS * i128::from(d.fills.part) / among;
        let first = d.spans.iter().map(|s| s.first).max();
        let last = d.spans.iter().map(|s| s.last).min();
        let (Some(first), Some(last)) = (first, last) else { continue };
        for r in &d.requests {
            let request = &programme.requests[*r];
            let need = needs[*r].get_or_insert_with(|| Need {
                people,
                sure: Span { first, last },
                points: i128::from(request.points.0),
                promised: programme.is_promised(*r),
            });
            need.people = need.people.min(people);
            need.sure = Span { first: need.sure.first.max(first), last: need.sure.last.min(last) };
        }
    }
    needs
}
