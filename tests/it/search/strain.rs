//! Where people are short: what a day costs, and how many of them a session takes.

use super::programmes::{Wish, programme};
use docent::board::Board;
use docent::board::days::Days;
use docent::board::diary::{Diary, Visit};
use docent::board::unit::NONE;
use docent::board::world::World;
use docent::plan::brief::Brief;
use docent::programme::id::{Id, TrainerId};
use docent::search::Search;
use docent::search::phase::Phase;
use docent::search::recreate::chain::{self, Hop};
use docent::search::strain::{Strain, WORTH};
use docent::words::GoalId;
use std::sync::atomic::AtomicBool;

/// Programmes with a board on which a short search has put its best plan.
fn boards(wishes: impl Iterator<Item = Wish>, look: &mut dyn FnMut(&World, &Board, &str)) {
    for wish in wishes {
        let programme = programme(wish);
        let brief = Brief::new(&programme);
        let mut search = Search::new(&brief, wish.seed);
        search.run(1_000, &AtomicBool::new(false));
        let world = World::new(&brief);
        let board = Board::of(&world, &search.best().expect("there is always a plan"));
        look(&world, &board, &format!("{wish:?}"));
    }
}

/// Days away and of rest, trip by trip.
fn blocked(world: &World, diary: &Diary, trainer: TrainerId) -> i32 {
    let rest = |at: usize| if diary.visits[at].stays { 0 } else { world.people[trainer.index()].rest };
    diary.missions(world, trainer).map(|(depart, back, a, _)| back - depart + 1 + rest(a)).sum()
}

#[test]
fn days_cost_what_is_spent_where_people_are_short_and_money_is_not() {
    let (mut priced, mut plain) = (0, 0);
    let wishes = (0..30).map(|seed| Wish {
        seed,
        requests: 70,
        chained: seed % 2 == 0,
        pins: 0,
        money: [30, 400][seed as usize % 2],
    });
    boards(wishes, &mut |world, board, about| {
        let serving = Phase::new(0, 1, 1).from(world, board);
        let Some(strain) = &serving.strain else {
            plain += 1;
            return;
        };
        priced += 1;
        assert!(!board.ledger.is_short(), "{about}: money comes first");
        assert!(!board.open.items.is_empty(), "{about}: there is more to be served");
        let spent: i64 = board.live.items.iter().map(|s| board.slots[*s as usize].total()).sum();
        let days: i64 = world
            .programme
            .trainers
            .ids()
            .map(|t| strain.day(t) * i64::from(blocked(world, &board.diaries[t.index()], t)))
            .sum();
        assert!(days <= WORTH * spent && days * 100 >= WORTH * spent * 99, "{about}: {days} for {spent}");
        assert!(Strain::of(world, board, i64::MAX / 1_000).is_none(), "{about}: nothing overflows");
        for (id, unit) in world.units.iter().enumerate() {
            let choices = strain.choices(id as u32);
            assert_eq!(choices.len(), unit.choices.len(), "{about}");
            assert!(choices.is_sorted_by_key(|c| c.least), "{about}: the lowest price first");
            for choice in choices {
                let crew = strain.crew(choice.crew);
                assert!(crew.leads.is_sorted_by_key(|c| c.cost), "{about}: the lowest price first");
                assert_eq!(crew.leads.len(), world.crews[choice.crew as usize].leads.len(), "{about}");
            }
        }
        assert!(Phase::new(2, 2, 1).from(world, board).strain.is_none(), "{about}: saving is about money");
        // Where cost comes first, so does money.
        let mut thrifty = world.programme.clone();
        thrifty.objective.order = Some(vec![GoalId::Cost, GoalId::Commitments, GoalId::Coverage, GoalId::Preferences]);
        let brief = Brief::new(&thrifty);
        let (world, plan) = (World::new(&brief), board.plan(world));
        let board = Board::of(&world, &plan);
        assert!(Phase::new(0, 0, 1).from(&world, &board).strain.is_none(), "{about}: cost is the first goal");
    });
    assert!(priced >= 5 && plain >= 5, "both are seen: {priced}, {plain}");
}

#[test]
fn a_session_hung_onto_a_trip_takes_the_days_that_trips_grow_by() {
    let mut seen = [0; 3];
    let wishes = (0..12).map(|seed| Wish { seed, requests: 30, chained: true, pins: 0, money: 200 });
    boards(wishes, &mut |world, board, about| {
        let mut days = Days::none(world.words);
        days.add(0, world.words as i32 * 64 - 8);
        for trainer in world.programme.trainers.ids() {
            let diary = &board.diaries[trainer.index()];
            for place in world.programme.places.ids().filter(|p| !world.stays(trainer, *p)) {
                let mut hops = Vec::new();
                chain::hops(world, diary, trainer, place, 2, &days, i64::MAX, &mut hops);
                for hop in hops {
                    let said = chain::longer(world, diary, trainer, place, 2, &hop);
                    let after = hung(diary, place, &hop);
                    let grown = blocked(world, &after, trainer) - blocked(world, diary, trainer);
                    assert_eq!(said, grown, "{about}: {trainer:?} at {place:?}, {hop:?}");
                    seen[match (hop.link.before, hop.link.behind) {
                        (true, false) => 0,
                        (true, true) => 1,
                        _ => 2,
                    }] += 1;
                }
            }
        }
    });
    assert!(seen.iter().all(|n| *n > 20), "behind, between and before: {seen:?}");
}

/// The diary with a session of two days hung onto a trip.
fn hung(diary: &Diary, place: docent::programme::id::PlaceId, hop: &Hop) -> Diary {
    let mut after = diary.clone();
    let at = diary.position(hop.day);
    let visit =
        Visit { slot: NONE, place, first: hop.day, last: hop.day + 1, days: 2, stays: false, linked: hop.link.before };
    after.visits.insert(at, visit);
    if let Some(next) = after.visits.get_mut(at + 1).filter(|_| hop.link.behind) {
        next.linked = true;
    }
    after
}
