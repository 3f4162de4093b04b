//! The moves: open a session, join one, leave one, take one off. Each is journalled, and each keeps the money rules;
//! a move that says false is half done, and its caller comes back to a mark.

use super::Board;
use super::change::Step;
use super::diary::{Link, Part, Visit};
use super::roster::{Member, Slot};
use super::unit::NONE;
use super::world::World;
use crate::plan::Status;
use crate::programme::id::{CourseId, Id, InterpretationId, LanguageId, PlaceId, TrainerId};
use crate::words::Category;

const FEES: usize = Category::Fees as usize;
const TRAVEL: usize = Category::Travel as usize;
const ALLOWANCE: usize = Category::Allowance as usize;
const PEOPLE: usize = Category::Participants as usize;

/// A session to be opened, with the links of each member's visit.
#[derive(Clone, Debug)]
pub struct Placement {
    pub units: Vec<u32>,
    pub course: CourseId,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    pub row: Option<InterpretationId>,
    pub first: i32,
    pub last: i32,
    pub team: Vec<(Member, Link)>,
}

impl Board {
    /// Opens a session and pays for it; None where it cannot be paid or a quota is full. Everything else has been
    /// asked before.
    pub fn open(&mut self, world: &World, placement: &Placement) -> Option<u32> {
        let mark = self.mark();
        let mut changed = Vec::new();
        let id = self.create(world, placement, &mut changed);
        if self.repay(world, &changed) && self.pay_own(world, id) && self.tally.within(world, &self.history) {
            return Some(id);
        }
        self.undo(world, &mark);
        None
    }

    /// Lets a unit join a session; false where money or a quota forbids it.
    pub fn join(&mut self, world: &World, id: u32, unit: u32) -> bool {
        let mut units = self.slots[id as usize].units.clone();
        units.push(unit);
        let mark = self.mark();
        if self.replace_units(world, id, units) && self.tally.within(world, &self.history) {
            return true;
        }
        self.undo(world, &mark);
        false
    }

    /// Lets a unit leave a session that others stay in; false where that cannot be paid (it always can, but for
    /// rounding of what is attributed to whom).
    pub fn leave(&mut self, world: &World, id: u32, unit: u32) -> bool {
        let mut units = self.slots[id as usize].units.clone();
        units.retain(|u| *u != unit);
        let mark = self.mark();
        if self.replace_units(world, id, units) {
            self.dropped.push(unit);
            return true;
        }
        self.undo(world, &mark);
        false
    }

    /// Takes a session off the board. Trips that went through it are closed up; where that is impossible, or cannot be
    /// paid, the sessions next to it go as well. False where one of those may not be touched.
    pub fn remove(&mut self, world: &World, id: u32) -> bool {
        let slot = &self.slots[id as usize];
        if slot.still {
            return false;
        }
        let mut changed = Vec::new();
        let mut lost = Vec::new();
        for i in 0..slot.team.len() {
            let trainer = self.slots[id as usize].team[i].trainer;
            self.take_out(world, trainer, id, &mut changed, &mut lost);
        }
        let slot = &self.slots[id as usize];
        let (pots, amounts) = (slot.pots, slot.amounts);
        for (pot, amount) in &slot.people {
            self.ledger.take_back(*pot, *amount);
        }
        for c in (0..7).filter(|c| *c != PEOPLE && amounts[*c] > 0) {
            self.ledger.take_back(pots[c], amounts[c]);
        }
        self.attach(world, id, false);
        let old = std::mem::replace(&mut self.slots[id as usize], Slot::empty());
        self.dropped.extend(&old.units);
        self.journal.push(Step::Destroyed(id, Box::new(old)));
        self.free.push(id);
        for (slot, part) in &changed {
            if !lost.contains(slot) && !self.repay(world, &[(*slot, *part)]) {
                lost.push(*slot);
            }
        }
        lost.sort_unstable();
        lost.dedup();
        lost.into_iter().all(|s| !self.slots[s as usize].live || self.remove(world, s))
    }

    /// Puts a session on the board, unpaid; notes how the trips of others change.
    pub fn create(&mut self, world: &World, p: &Placement, changed: &mut Vec<(u32, Part)>) -> u32 {
        let id = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::empty());
            self.slots.len() as u32 - 1
        });
        let booked = p.units.iter().any(|u| world.units[*u as usize].booked);
        let mut slot = Slot {
            live: true,
            status: if booked { Status::Confirmed } else { Status::Proposed },
            course: p.course,
            place: p.place,
            language: p.language,
            working: p.working,
            row: p.row,
            first: p.first,
            last: p.last,
            units: p.units.clone(),
            team: p.team.iter().map(|(m, _)| *m).collect(),
            ..Slot::empty()
        };
        self.find_pots(world, &mut slot);
        self.slots[id as usize] = slot;
        self.journal.push(Step::Created(id));
        self.attach(world, id, true);
        for (m, link) in &p.team {
            let visit = Visit {
                slot: id,
                place: p.place,
                first: p.first,
                last: p.last,
                days: world.programme.courses[p.course].days,
                stays: world.stays(m.trainer, p.place),
                linked: link.before,
            };
            self.put_in(world, m.trainer, visit, *link, changed);
        }
        id
    }

    /// Pays everything of a new session; false where it cannot be paid.
    pub fn pay_own(&mut self, world: &World, id: u32) -> bool {
        let amounts = self.due(world, id);
        if !self.pay_people(world, id) {
            return false;
        }
        (0..7).filter(|c| *c != PEOPLE).all(|c| self.set_amount(world, id, c, amounts[c]))
    }

    /// Books the trips of a session as the diaries have them now; false where that cannot be paid.
    pub fn pay_due(&mut self, world: &World, id: u32) -> bool {
        let due = self.due(world, id);
        [FEES, TRAVEL, ALLOWANCE].into_iter().all(|c| self.set_amount(world, id, c, due[c]))
    }

    /// What a session costs by category, `participants` aside, from the diaries as they are.
    pub fn due(&self, world: &World, id: u32) -> [i64; 7] {
        let slot = &self.slots[id as usize];
        let programme = world.programme;
        let days = i64::from(programme.courses[slot.course].days);
        let mut due = [0; 7];
        due[Category::Venue as usize] = programme.places[slot.place].venue_day.0 * days;
        due[Category::Interpretation as usize] =
            slot.row.map_or(0, |row| programme.interpretation[row].cost_day.0 * days);
        due[Category::Materials as usize] = slot.units.iter().map(|u| world.units[*u as usize].materials).sum();
        for m in &slot.team {
            let diary = &self.diaries[m.trainer.index()];
            let Some(at) = diary.visits.iter().position(|v| v.slot == id) else { continue };
            let part = diary.part(world, m.trainer, at);
            due[FEES] += part.fees;
            due[TRAVEL] += part.travel;
            due[ALLOWANCE] += part.allowance;
        }
        due
    }

    /// Books the officials' costs of a session that has none booked.
    fn pay_people(&mut self, world: &World, id: u32) -> bool {
        let slot = &self.slots[id as usize];
        let sum: i64 = slot.people.iter().map(|(_, c)| *c).sum();
        if !slot.people.iter().all(|(pot, amount)| *amount == 0 || self.ledger.add(*pot, *amount)) {
            return false;
        }
        self.journal.push(Step::Amount(id, PEOPLE, self.slots[id as usize].amounts[PEOPLE]));
        self.slots[id as usize].amounts[PEOPLE] = sum;
        self.tally.spend(world, &self.slots[id as usize], sum);
        true
    }

    /// Books an amount of a session anew; false where it cannot be paid.
    fn set_amount(&mut self, world: &World, id: u32, category: usize, amount: i64) -> bool {
        let slot = &mut self.slots[id as usize];
        let (pot, old) = (slot.pots[category], slot.amounts[category]);
        if amount == old {
            return true;
        }
        let paid = if amount < old {
            self.ledger.take_back(pot, old - amount);
            true
        } else {
            self.ledger.add(pot, amount - old)
        };
        if paid {
            slot.amounts[category] = amount;
            self.journal.push(Step::Amount(id, category, old));
            self.tally.spend(world, &self.slots[id as usize], amount - old);
        }
        paid
    }

    /// Books what has changed in trips through these sessions: what becomes cheaper first.
    fn repay(&mut self, world: &World, changed: &[(u32, Part)]) -> bool {
        for cheaper in [true, false] {
            for (id, part) in changed {
                for (category, by) in [(FEES, part.fees), (TRAVEL, part.travel), (ALLOWANCE, part.allowance)] {
                    if by != 0 && (by < 0) == cheaper {
                        let old = self.slots[*id as usize].amounts[category];
                        if !self.set_amount(world, *id, category, old + by) {
                            return false;
                        }
                    }
                }
            }
        }
        true
    }

    fn replace_units(&mut self, world: &World, id: u32, units: Vec<u32>) -> bool {
        let old = self.slots[id as usize].clone();
        for (pot, amount) in &old.people {
            self.ledger.take_back(*pot, *amount);
        }
        let mut new = old.clone();
        new.units = units;
        let booked = new.units.iter().any(|u| world.units[*u as usize].booked);
        new.status = if booked { Status::Confirmed } else { Status::Proposed };
        self.find_pots(world, &mut new);
        let moved: Vec<usize> = (0..7).filter(|c| *c != PEOPLE && new.pots[*c] != old.pots[*c]).collect();
        for c in &moved {
            self.ledger.take_back(old.pots[*c], old.amounts[*c]);
            new.amounts[*c] = 0;
        }
        new.amounts[PEOPLE] = 0;
        self.attach(world, id, false);
        self.slots[id as usize] = new;
        self.attach(world, id, true);
        let mut due = old.amounts;
        due[Category::Materials as usize] =
            self.slots[id as usize].units.iter().map(|u| world.units[*u as usize].materials).sum();
        self.journal.push(Step::Replaced(id, Box::new(old)));
        self.pay_people(world, id) && (0..7).filter(|c| *c != PEOPLE).all(|c| self.set_amount(world, id, c, due[c]))
    }

    /// Finds which funds may pay what of a session, and what its officials cost.
    pub fn find_pots(&mut self, world: &World, slot: &mut Slot) {
        let strings = &world.strings;
        let base = strings.session(slot.place, slot.course, slot.language, slot.first, slot.last);
        let mut all = base;
        slot.participants = 0;
        for u in &slot.units {
            all = all.meet(world.units[*u as usize].officials);
            slot.participants += world.units[*u as usize].participants;
        }
        let mut known: Option<(super::purse::Purse, u32)> = None;
        for category in Category::ALL {
            if category == Category::Participants {
                continue;
            }
            let purse = all.meet(strings.covers(category));
            let pot = match known {
                Some((p, pot)) if p == purse => pot,
                _ => self.ledger.pot(purse),
            };
            known = Some((purse, pot));
            slot.pots[category as usize] = pot;
        }
        slot.people.clear();
        let people = base.meet(strings.covers(Category::Participants));
        let span = slot.span();
        for u in &slot.units {
            let unit = &world.units[*u as usize];
            let n = unit.requests.len();
            let host = unit.host(slot.place);
            for (i, r) in unit.requests.iter().enumerate() {
                let place = world.programme.requests[*r].place;
                let amount = match host {
                    Some(h) => unit.attend[h * n + i].over(span),
                    None => crate::plan::price::participants(
                        world.programme,
                        *r,
                        slot.place,
                        world.span(slot.first, slot.last),
                    )
                    .map_or(0, |c| c.0),
                };
                slot.people.push((self.ledger.pot(people.meet(strings.officials(place))), amount));
            }
        }
    }

    /// Puts a visit into a diary.
    fn put_in(&mut self, world: &World, trainer: TrainerId, visit: Visit, link: Link, changed: &mut Vec<(u32, Part)>) {
        let diary = &mut self.diaries[trainer.index()];
        let at = diary.position(visit.first);
        let days = |m: (i32, i32)| m.1 - m.0 + 1;
        let mut worked = diary.worked;
        let (mut old_before, mut old_behind) = (None, None);
        if link.before {
            let run = diary.run(at - 1);
            worked -= days(diary.mission(world, trainer, run));
            old_before = Some(diary.part(world, trainer, at - 1));
        }
        if link.behind {
            if !(link.before && diary.visits[at].linked) {
                let run = diary.run(at);
                worked -= days(diary.mission(world, trainer, run));
            }
            old_behind = Some(diary.part(world, trainer, at));
        }
        let linked = diary.visits.get(at).map(|v| v.linked);
        self.journal.push(Step::Visited {
            trainer,
            at,
            taken_out: None,
            linked,
            worked: diary.worked,
            version: diary.version,
        });
        diary.visits.insert(at, visit);
        if let Some(v) = diary.visits.get_mut(at + 1) {
            v.linked = link.behind;
        }
        let run = diary.run(at);
        worked += days(diary.mission(world, trainer, run));
        if let Some(old) = old_before {
            let new = diary.part(world, trainer, at - 1);
            changed.push((diary.visits[at - 1].slot, minus(new, old)));
        }
        if let Some(old) = old_behind {
            let new = diary.part(world, trainer, at + 1);
            changed.push((diary.visits[at + 1].slot, minus(new, old)));
        }
        self.turn(world, trainer, worked);
    }

    /// Takes a visit out of a diary and closes the trip up, where it can be; else notes the session behind as lost.
    fn take_out(
        &mut self,
        world: &World,
        trainer: TrainerId,
        slot: u32,
        changed: &mut Vec<(u32, Part)>,
        lost: &mut Vec<u32>,
    ) {
        let diary = &mut self.diaries[trainer.index()];
        let Some(at) = diary.visits.iter().position(|v| v.slot == slot) else { return };
        let days = |m: (i32, i32)| m.1 - m.0 + 1;
        let visit = diary.visits[at];
        let run = diary.run(at);
        let mut worked = diary.worked - days(diary.mission(world, trainer, run));
        let goes_on = run.1 > at;
        let old_before = visit.linked.then(|| diary.part(world, trainer, at - 1));
        let old_behind = goes_on.then(|| diary.part(world, trainer, at + 1));
        let linked = diary.visits.get(at + 1).map(|v| v.linked);
        self.journal.push(Step::Visited {
            trainer,
            at,
            taken_out: Some(visit),
            linked,
            worked: diary.worked,
            version: diary.version,
        });
        diary.visits.remove(at);
        if goes_on {
            let behind = diary.visits[at];
            let mut close = false;
            if visit.linked {
                let before = diary.visits[at - 1];
                close = world.way(before.place, behind.place).is_some_and(|w| behind.first - before.last > w.1);
            }
            diary.visits[at].linked = close;
            if visit.linked && !close {
                let back = diary.mission(world, trainer, (run.0, at - 1)).1;
                let depart = diary.mission(world, trainer, (at, run.1 - 1)).0;
                if back + world.people[trainer.index()].rest >= depart {
                    lost.push(behind.slot);
                }
            }
        }
        if let Some(old) = old_before {
            let new = diary.part(world, trainer, at - 1);
            changed.push((diary.visits[at - 1].slot, minus(new, old)));
            let run = diary.run(at - 1);
            worked += days(diary.mission(world, trainer, run));
        }
        if let Some(old) = old_behind {
            let new = diary.part(world, trainer, at);
            changed.push((diary.visits[at].slot, minus(new, old)));
            if !diary.visits[at].linked {
                let run = diary.run(at);
                worked += days(diary.mission(world, trainer, run));
            }
        }
        self.turn(world, trainer, worked);
    }

    /// A diary has changed: its days, its version, its owner's penalty.
    fn turn(&mut self, world: &World, trainer: TrainerId, worked: i32) {
        self.versions += 1;
        let diary = &mut self.diaries[trainer.index()];
        let old = diary.worked;
        diary.worked = worked;
        diary.version = self.versions;
        if old != worked {
            self.totals.overload += Board::overload(world, trainer, worked) - Board::overload(world, trainer, old);
        }
    }

    /// The session of a unit, or None.
    pub fn session_of(&self, unit: u32) -> Option<u32> {
        Some(self.slot_of[unit as usize]).filter(|s| *s != NONE)
    }
}

fn minus(a: Part, b: Part) -> Part {
    Part { fees: a.fees - b.fees, travel: a.travel - b.travel, allowance: a.allowance - b.allowance }
}
