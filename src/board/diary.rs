//! A trainer's days: visits to sessions in date order, linked to missions, and the days on which a new one may start.

use super::days::{Days, meets};
use super::world::World;
use crate::programme::id::{Id, PlaceId, TrainerId};

/// A trainer at a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    pub slot: u32,
    pub place: PlaceId,
    pub first: i32,
    pub last: i32,
    /// Teaching days.
    pub days: i32,
    /// At home or online: a mission of its own without travel.
    pub stays: bool,
    /// True when the trip of the visit before goes on to this one.
    pub linked: bool,
}

/// How a visit is tied to its neighbours in the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Link {
    pub before: bool,
    pub behind: bool,
}

/// The mission that a visit makes, alone or with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    pub depart: i32,
    pub back: i32,
    /// The visits of the diary that become part of it: from the first to before the second.
    pub visits: (usize, usize),
    /// The missions that it takes the place of, and their days.
    pub missions: i32,
    pub days: i32,
}

impl Joined {
    fn replace(&mut self, (depart, back): (i32, i32)) {
        self.missions += 1;
        self.days += back - depart + 1;
    }
}

/// What a trip costs one of its sessions, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Part {
    pub fees: i64,
    pub travel: i64,
    pub allowance: i64,
}

impl Part {
    /// All of it.
    pub fn total(self) -> i64 {
        self.fees + self.travel + self.allowance
    }
}

/// Start days that are free, remembered for one kind of trip.
#[derive(Clone, Debug)]
struct Free {
    key: (i32, i32, i32, bool),
    version: u64,
    /// Free of absences and of done missions: never changes.
    always: Vec<u64>,
    now: Vec<u64>,
}

/// One trainer's diary.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    pub visits: Vec<Visit>,
    /// Mission days in all, done ones included.
    pub worked: i32,
    /// Changes with every change, and comes back when it is undone.
    pub version: u64,
    free: Vec<Free>,
}

impl Diary {
    /// The first and last visit of the mission that this visit belongs to.
    pub fn run(&self, at: usize) -> (usize, usize) {
        let (mut a, mut b) = (at, at);
        while a > 0 && self.visits[a].linked {
            a -= 1;
        }
        while b + 1 < self.visits.len() && self.visits[b + 1].linked {
            b += 1;
        }
        (a, b)
    }

    /// Departure and return of the mission with these first and last visits.
    pub fn mission(&self, world: &World, trainer: TrainerId, (a, b): (usize, usize)) -> (i32, i32) {
        let (first, last) = (&self.visits[a], &self.visits[b]);
        if first.stays {
            return (first.first, first.last);
        }
        let home = world.people[trainer.index()].home;
        let out = world.way(home, first.place).map_or(0, |w| w.1);
        let back = world.way(last.place, home).map_or(0, |w| w.1);
        (first.first - out, last.last + back)
    }

    /// Every mission of the diary: departure, return, first and last visit.
    pub fn missions<'a>(
        &'a self,
        world: &'a World,
        trainer: TrainerId,
    ) -> impl Iterator<Item = (i32, i32, usize, usize)> + Clone + 'a {
        let mut next = 0;
        std::iter::from_fn(move || {
            let a = next;
            let (_, b) = (a < self.visits.len()).then(|| self.run(a))?;
            next = b + 1;
            let (depart, back) = self.mission(world, trainer, (a, b));
            Some((depart, back, a, b))
        })
    }

    /// Where a visit that starts on this day stands.
    pub fn position(&self, first: i32) -> usize {
        self.visits.partition_point(|v| v.first < first)
    }

    /// What the visit at this place costs its session, with its links as they are.
    pub fn part(&self, world: &World, trainer: TrainerId, at: usize) -> Part {
        let v = &self.visits[at];
        let before = (v.linked && at > 0).then(|| &self.visits[at - 1]);
        let last = self.visits.get(at + 1).is_none_or(|n| !n.linked);
        part(world, trainer, before, v, last)
    }

    /// The mission that a visit makes with its links, and what of the diary it takes the place of; None where the ways do not fit.
    pub fn joined(&self, world: &World, trainer: TrainerId, visit: &Visit, link: Link) -> Option<Joined> {
        let person = &world.people[trainer.index()];
        let at = self.position(visit.first);
        let before = at.checked_sub(1).map(|i| &self.visits[i]);
        let behind = self.visits.get(at);
        if before.is_some_and(|v| v.last >= visit.first) || behind.is_some_and(|v| v.first <= visit.last) {
            return None;
        }
        if behind.is_some_and(|v| v.linked) && !(link.before && link.behind) {
            return None;
        }
        if visit.stays && (link.before || link.behind) {
            return None;
        }
        let mut joined = Joined { depart: visit.first, back: visit.last, visits: (at, at), missions: 0, days: 0 };
        if link.before {
            let v = before.filter(|v| !v.stays)?;
            if visit.first - v.last - 1 < world.way(v.place, visit.place)?.1 {
                return None;
            }
            let run = self.run(at - 1);
            let mission = self.mission(world, trainer, run);
            joined.depart = mission.0;
            joined.replace(mission);
            joined.visits.0 = run.0;
        } else if !visit.stays {
            joined.depart -= world.way(person.home, visit.place)?.1;
        }
        if link.behind {
            let v = behind.filter(|v| !v.stays)?;
            if v.first - visit.last - 1 < world.way(visit.place, v.place)?.1 {
                return None;
            }
            let run = self.run(at);
            let mission = self.mission(world, trainer, run);
            joined.back = mission.1;
            if !(link.before && v.linked) {
                joined.replace(mission);
            }
            joined.visits.1 = run.1 + 1;
        } else if !visit.stays {
            joined.back += world.way(visit.place, person.home)?.1;
        }
        Some(joined)
    }

    /// True when a visit may be added so: the ways fit, and so do availability, rest and the limits of days.
    pub fn admits(&self, world: &World, trainer: TrainerId, visit: &Visit, link: Link) -> bool {
        let person = &world.people[trainer.index()];
        let Some(joined) = self.joined(world, trainer, visit, link) else { return false };
        let Joined { depart, back, visits: (a, b), days: replaced, .. } = joined;
        let days = back - depart + 1;
        if !visit.stays && days > person.away || meets(&person.absent, depart, back) {
            return false;
        }
        let rest = if visit.stays { 0 } else { person.rest };
        if meets(&person.history, depart, back + rest) {
            return false;
        }
        if a > 0 {
            let run = self.run(a - 1);
            let rest = if self.visits[a - 1].stays { 0 } else { person.rest };
            if self.mission(world, trainer, run).1 + rest >= depart {
                return false;
            }
        }
        if b < self.visits.len() {
            let run = self.run(b);
            if self.mission(world, trainer, run).0 <= back + rest {
                return false;
            }
        }
        if self.worked - replaced + days > person.max_days {
            return false;
        }
        person.max_days_year.is_none_or(|max| self.years_fit(world, trainer, max, (depart, back), (a, b)))
    }

    /// True when no calendar year has more than `max` mission days, with one mission in the place of visits a..b.
    fn years_fit(&self, world: &World, trainer: TrainerId, max: i32, new: (i32, i32), (a, b): (usize, usize)) -> bool {
        let others = self.missions(world, trainer);
        let past = &world.people[trainer.index()].past;
        world.years.windows(2).all(|year| {
            let days = |(first, last): (i32, i32)| (last.min(year[1] - 1) - first.max(year[0]) + 1).max(0);
            let here = days(new);
            here == 0
                || here
                    + others.clone().filter(|m| m.3 < a || m.2 >= b).map(|m| days((m.0, m.1))).sum::<i32>()
                    + past.iter().map(|m| days(*m)).sum::<i32>()
                    <= max
        })
    }

    /// Keeps the start days on which this trainer can make a trip of its own for a session that spans so many days.
    pub fn keep_free(&mut self, world: &World, trainer: TrainerId, place: PlaceId, span: i32, days: &mut Days) {
        let person = &world.people[trainer.index()];
        let Some((out, back)) = world.trip_days(trainer, place) else {
            *days = Days::none(world.words);
            return;
        };
        let travels = !world.stays(trainer, place);
        let length = out + span + back;
        if travels && length > person.away || self.worked + length > person.max_days {
            *days = Days::none(world.words);
            return;
        }
        let key = (out, span, back, travels);
        let i = match self.free.iter().position(|f| f.key == key) {
            Some(i) => i,
            None => {
                let always = always_free(world, trainer, key);
                self.free.push(Free { key, version: u64::MAX, now: always.clone(), always });
                self.free.len() - 1
            }
        };
        if self.free[i].version != self.version {
            let mut free = Days::of(&self.free[i].always);
            let rest = if travels { person.rest } else { 0 };
            for (depart, home, a, _) in self.missions(world, trainer) {
                let after = if self.visits[a].stays { 0 } else { person.rest };
                free.remove(depart - (span - 1 + back + rest), home + after + out);
            }
            if let Some(max) = person.max_days_year {
                self.keep_years(world, trainer, max, key, &mut free);
            }
            self.free[i].now.copy_from_slice(free.words());
            self.free[i].version = self.version;
        }
        days.meet(&self.free[i].now);
    }

    fn keep_years(
        &self,
        world: &World,
        trainer: TrainerId,
        max: i32,
        (out, span, back, _): (i32, i32, i32, bool),
        free: &mut Days,
    ) {
        let missions = self.missions(world, trainer);
        let past = &world.people[trainer.index()].past;
        for year in world.years.windows(2) {
            let days = |first: i32, last: i32| (last.min(year[1] - 1) - first.max(year[0]) + 1).max(0);
            let taken = missions.clone().map(|m| days(m.0, m.1)).sum::<i32>()
                + past.iter().map(|m| days(m.0, m.1)).sum::<i32>();
            let left = max - taken;
            if left >= out + span + back {
                continue;
            }
            let over: Vec<i32> = free.iter().filter(|s| days(s - out, s + span - 1 + back) > left.max(0)).collect();
            over.into_iter().for_each(|s| free.remove(s, s));
        }
    }
}

/// What a trip costs at one visit: `before` = the visit it comes from, if not from home; `last` = goes home from here.
pub fn part(world: &World, trainer: TrainerId, before: Option<&Visit>, v: &Visit, last: bool) -> Part {
    let person = &world.people[trainer.index()];
    if v.stays {
        return Part { fees: person.fee * i64::from(v.days), travel: 0, allowance: 0 };
    }
    let allowance = |place: PlaceId| world.programme.places[place].allowance_day.0;
    let span = v.last - v.first + 1;
    let mut part = match before {
        None => {
            let way = world.way(person.home, v.place).unwrap_or((0, 0));
            Part {
                fees: person.fee * i64::from(way.1 + span),
                travel: way.0,
                allowance: allowance(v.place) * i64::from(way.1 + span),
            }
        }
        Some(b) => {
            let way = world.way(b.place, v.place).unwrap_or((0, 0));
            let free = v.first - b.last - 1;
            Part {
                fees: person.fee * i64::from(free + span),
                travel: way.0,
                allowance: allowance(v.place) * i64::from(way.1 + span) + allowance(b.place) * i64::from(free - way.1),
            }
        }
    };
    if last {
        let way = world.way(v.place, person.home).unwrap_or((0, 0));
        part.fees += person.fee * i64::from(way.1);
        part.travel += way.0;
    }
    part
}

/// Start days free of absences and of done missions.
fn always_free(world: &World, trainer: TrainerId, (out, span, back, travels): (i32, i32, i32, bool)) -> Vec<u64> {
    let person = &world.people[trainer.index()];
    let ahead = span - 1 + back;
    let mut taken = Days::of(&person.absent).spread(ahead, out);
    let rest = if travels { person.rest } else { 0 };
    taken.join(Days::of(&person.history).spread(ahead + rest, out).words());
    let mut free = Days::none(world.words);
    free.add(out, world.words as i32 * 64 - 1 - ahead);
    free.without(taken.words());
    free.words().to_vec()
}
