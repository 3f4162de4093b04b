//! Finding a team: depth first over the seats, cheapest people first, with the start days that are left.

use super::chain::{self, Hop};
use super::few;
use crate::board::Board;
use crate::board::days::Days;
use crate::board::diary::Link;
use crate::board::roster::Member;
use crate::board::unit::Choice;
use crate::board::world::{Candidate, World};
use crate::programme::id::{CourseId, Id, TrainerId};
use crate::programme::people::Role;
use crate::rules::team_needs;
use crate::search::aim::Aim;
use crate::search::dice::Dice;
use std::ops::Range;

/// A team, its price and when it can start.
#[derive(Clone, Debug)]
pub struct Team {
    pub members: Vec<(Member, Link)>,
    pub price: i64,
    /// Start days on which all of them can make trips of their own.
    pub days: Days,
    /// The start day, where a trip in a row fixes it.
    pub day: Option<i32>,
}

/// One person looked at for a seat.
struct Look {
    trainer: TrainerId,
    /// Their least price: of what they cost and the days that it takes of them.
    price: i64,
    /// The price of a trip of their own.
    alone: i64,
    /// What is wanted less about sending them.
    extra: i64,
    /// Start days in any trip; and in a trip of their own, where those are fewer.
    any: Days,
    /// Among the `solos` and `hops` of `Looks`.
    solo: Option<usize>,
    hops: Range<usize>,
}

/// Lists that hunts use in turn: they are not made anew for each.
#[derive(Default)]
pub struct Looks {
    /// Who was looked at.
    people: Vec<Look>,
    /// Start days of those who may be hung onto a trip, in a trip of their own.
    solos: Vec<Days>,
    /// The ways to hang the session onto their trips.
    hops: Vec<Hop>,
    /// Those of them who may have a lead's seat, and the other seats, by price.
    leads: Vec<usize>,
    others: Vec<usize>,
    /// Who sits at the moment, and who sits on the best team.
    stack: Vec<(usize, Role)>,
    best: Vec<(usize, Role)>,
}

impl Looks {
    /// Start days of a person in a trip of their own.
    fn solo<'l>(&'l self, look: &'l Look) -> &'l Days {
        look.solo.map_or(&look.any, |at| &self.solos[at])
    }

    /// The least price of a person on a day, and how the trip is linked then.
    fn on(&self, look: &Look, day: i32) -> (i64, Link) {
        let alone = if self.solo(look).holds(day) { look.alone } else { i64::MAX / 16 };
        let mut best = (alone, Link::default());
        for h in self.hops[look.hops.clone()].iter().filter(|h| h.day == day) {
            if h.cost < best.0 {
                best = (h.cost, h.link);
            }
        }
        best
    }
}

/// The search for one team.
pub struct Hunt<'w> {
    world: &'w World<'w>,
    course: CourseId,
    choice: &'w Choice,
    span: i32,
    days: Days,
    aim: &'w Aim,
    limit: i64,
    looks: &'w mut Looks,
    /// Trainers whom the requests know from the baseline.
    known: Vec<TrainerId>,
    /// The best team so far, with its price less what is thought of its members; these are put in at the end.
    best: Option<(i64, Team)>,
    steps: usize,
}

/// How many people are tried on seats in one search.
const STEPS: usize = 60;
/// How many candidates of a seat are looked at (fewest and most) where their order is not that of the list.
const RANKED: (usize, usize) = (8, 20);

impl<'w> Hunt<'w> {
    /// A team for a session of this course and choice that starts on one of these days and spans so many, at a price below
    /// `limit`.
    pub fn new(
        world: &'w World<'w>,
        course: CourseId,
        choice: &'w Choice,
        (days, span): (Days, i32),
        aim: &'w Aim,
        limit: i64,
        looks: &'w mut Looks,
    ) -> Hunt<'w> {
        looks.people.clear();
        looks.solos.clear();
        looks.hops.clear();
        looks.stack.clear();
        Hunt { world, course, choice, span, days, aim, limit, looks, known: Vec::new(), best: None, steps: 0 }
    }

    /// Prefers the trainers whom these units know from the baseline.
    pub fn known_by(&mut self, units: &[u32]) {
        if self.aim.change == 0 {
            return;
        }
        let Some(baseline) = &self.world.brief.baseline else { return };
        let requests = units.iter().flat_map(|u| &self.world.units[*u as usize].requests);
        for promise in requests.filter_map(|r| baseline.promises[*r].as_ref()) {
            self.known.extend(promise.team.iter().copied());
        }
    }

    fn look(&mut self, board: &mut Board, trainer: TrainerId) -> Option<usize> {
        if let Some(i) = self.looks.people.iter().position(|l| l.trainer == trainer) {
            return (!self.looks.people[i].any.is_empty()).then_some(i);
        }
        if board.barred[trainer.index()] {
            return None;
        }
        let course_days = self.world.programme.courses[self.course].days;
        let place = self.choice.place;
        let alone = self.world.trip_cost(trainer, place, self.span, course_days)?;
        let mut any = self.days;
        board.diaries[trainer.index()].keep_free(self.world, trainer, place, self.span, &mut any);
        let hops = &mut self.looks.hops;
        let first = hops.len();
        let mut solo = None;
        let cost = if any.is_empty() { i64::MAX } else { alone };
        let strain = self.aim.strain.as_deref();
        let days = strain.map_or(0, |s| s.days(self.world, trainer, place, self.span));
        let alone = self.aim.money(alone) + days;
        let mut price = if any.is_empty() { i64::MAX } else { alone };
        if self.world.programme.rules.chain_missions && !self.world.stays(trainer, place) {
            let diary = &board.diaries[trainer.index()];
            chain::hops(self.world, diary, trainer, place, self.span, &self.days, cost, hops);
            if hops.len() > first {
                solo = Some(self.looks.solos.len());
                self.looks.solos.push(any);
            }
            for h in &mut hops[first..] {
                any.add(h.day, h.day);
                h.cost = self.aim.money(h.cost);
                if let Some(strain) = strain {
                    let longer = chain::longer(self.world, diary, trainer, place, self.span, h);
                    h.cost += strain.day(trainer) * i64::from(longer);
                }
                price = price.min(h.cost);
            }
        }
        let some = !any.is_empty();
        let extra = self.aim.spread(board.diaries[trainer.index()].visits.len());
        let hops = first..hops.len();
        self.looks.people.push(Look { trainer, price, alone, extra, any, solo, hops });
        some.then_some(self.looks.people.len() - 1)
    }

    /// The price of a person in this search: known faces are worth money.
    fn price(&self, i: usize) -> i64 {
        let l = &self.looks.people[i];
        l.price + l.extra - if self.known.contains(&l.trainer) { self.aim.change } else { 0 }
    }

    /// The candidates of a seat, by price, in the place of those in `order`.
    fn ranked(&mut self, board: &mut Board, role: Role, mut order: Vec<usize>) -> Vec<usize> {
        let crew = self.aim.crew(self.world, self.choice.crew);
        let mut list: &[Candidate] = if role == Role::Lead { &crew.leads } else { &crew.others };
        let mut sorted: Vec<Candidate>;
        if self.aim.fresh > 0 {
            let taught = |c: &Candidate| board.diaries[c.trainer.index()].visits.len();
            sorted = list.to_vec();
            sorted.sort_by_key(|c| self.aim.money(c.cost) + self.aim.spread(taught(c)));
            list = &sorted;
        }
        let most = few(self.world, RANKED);
        order.clear();
        let known: Vec<TrainerId> =
            self.known.iter().copied().filter(|t| list.iter().any(|c| c.trainer == *t)).collect();
        for t in known.into_iter().chain(list.iter().map(|c| c.trainer)) {
            if order.len() >= most {
                break;
            }
            if let Some(i) = self.look(board, t)
                && !order.contains(&i)
            {
                order.push(i);
            }
        }
        order.sort_by_key(|i| self.price(*i));
        order
    }

    /// Notes the team on the stack if it is the best.
    fn note(&mut self, days: &Days) {
        let team = || self.looks.stack.iter().map(|(i, _)| &self.looks.people[*i]);
        if !team_needs::admits(self.world.programme, self.course, team().map(|l| l.trainer)) {
            return;
        }
        let mut solo = *days;
        let mut alone = 0;
        for look in team() {
            solo.meet(self.looks.solo(look).words());
            alone += look.alone;
        }
        let known = team().filter(|l| self.known.contains(&l.trainer)).count() as i64;
        let extra: i64 = team().map(|l| l.extra).sum();
        let bonus = known * self.aim.change - extra;
        let bar = self.bar();
        let mut best = None;
        if !solo.is_empty() && alone - bonus < bar {
            best = Some((alone - bonus, Team { members: Vec::new(), price: alone, days: solo, day: None }));
        }
        let hop_days = team().flat_map(|l| self.looks.hops[l.hops.clone()].iter().map(|h| h.day));
        for day in hop_days.filter(|d| days.holds(*d)) {
            let price: i64 = team().map(|l| self.looks.on(l, day).0).sum();
            if price - bonus < best.as_ref().map_or(bar, |b| b.0) {
                best = Some((price - bonus, Team { members: Vec::new(), price, days: solo, day: Some(day) }));
            }
        }
        if best.is_some() {
            self.best = best;
            self.looks.best.clone_from(&self.looks.stack);
        }
    }

    /// The best team, with its members.
    fn team(&mut self) -> Option<Team> {
        let (_, team) = self.best.take()?;
        let member = |(i, role): &(usize, Role)| {
            let look = &self.looks.people[*i];
            let link = team.day.map_or(Link::default(), |day| self.looks.on(look, day).1);
            (Member { trainer: look.trainer, role: *role }, link)
        };
        Some(Team { members: self.looks.best.iter().map(member).collect(), ..team })
    }

    fn bar(&self) -> i64 {
        self.best.as_ref().map_or(self.limit, |b| b.0)
    }
}

/// Finds the cheapest team, with `needed` among its members.
pub fn find(hunt: &mut Hunt, board: &mut Board, dice: &mut Dice, needed: &[TrainerId]) -> Option<Team> {
    let course = &hunt.world.programme.courses[hunt.course];
    let (leads, others) = (course.leads as usize, course.co_trainers as usize);
    let mut days = hunt.days;
    let mut cost = 0;
    let mut seats = (leads, others);
    // Whoever is pinned sits first: on a lead's seat if able to, as others may not be.
    let working = hunt.choice.working;
    for t in needed {
        let trainer = &hunt.world.programme.trainers[*t];
        let role = if seats.0 > 0 && trainer.fits(hunt.course, Role::Lead, working) { Role::Lead } else { Role::Co };
        let left = if role == Role::Lead { &mut seats.0 } else { &mut seats.1 };
        let crew = hunt.aim.crew(hunt.world, hunt.choice.crew);
        let list = if role == Role::Lead { &crew.leads } else { &crew.others };
        if *left == 0 || !list.iter().any(|c| c.trainer == *t) {
            return None;
        }
        *left -= 1;
        let i = hunt.look(board, *t)?;
        days.meet(hunt.looks.people[i].any.words());
        cost += hunt.price(i);
        hunt.looks.stack.push((i, role));
    }
    if days.is_empty() {
        return None;
    }
    if hunt.world.programme.rules.chain_missions || !hunt.known.is_empty() || hunt.aim.fresh > 0 {
        let (mut leads, mut others) = (std::mem::take(&mut hunt.looks.leads), std::mem::take(&mut hunt.looks.others));
        if seats.0 > 0 {
            leads = hunt.ranked(board, Role::Lead, leads);
        }
        if seats.1 > 0 {
            others = hunt.ranked(board, Role::Co, others);
        }
        seat_ranked(hunt, dice, (&leads, &others), seats, 0, &days, cost);
        (hunt.looks.leads, hunt.looks.others) = (leads, others);
    } else {
        seat_listed(hunt, board, dice, seats, 0, &days, cost);
    }
    hunt.team()
}

/// Fills the seats from lists by price.
fn seat_ranked(
    hunt: &mut Hunt,
    dice: &mut Dice,
    lists: (&[usize], &[usize]),
    seats: (usize, usize),
    from: usize,
    days: &Days,
    cost: i64,
) {
    let (list, role, left) = match seats {
        (0, 0) => return hunt.note(days),
        (0, n) => (lists.1, Role::Co, n),
        (n, _) => (lists.0, Role::Lead, n),
    };
    for (at, i) in list.iter().enumerate().skip(from) {
        let price = hunt.price(*i);
        if cost + price * left as i64 >= hunt.bar() || hunt.steps > STEPS {
            break;
        }
        if hunt.looks.stack.iter().any(|(j, _)| j == i) || dice.chance(hunt.aim.blink) {
            continue;
        }
        hunt.steps += 1;
        if !days.shares(&hunt.looks.people[*i].any) {
            continue;
        }
        let mut both = *days;
        both.meet(hunt.looks.people[*i].any.words());
        hunt.looks.stack.push((*i, role));
        let rest = if role == Role::Lead { (seats.0 - 1, seats.1) } else { (0, seats.1 - 1) };
        let next = if rest.0 == 0 && role == Role::Lead { 0 } else { at + 1 };
        seat_ranked(hunt, dice, lists, rest, next, &both, cost + price);
        hunt.looks.stack.pop();
    }
}

/// Fills the seats from the crew's own lists, which are sorted by the cost of a trip of one's own.
fn seat_listed(
    hunt: &mut Hunt,
    board: &mut Board,
    dice: &mut Dice,
    seats: (usize, usize),
    from: usize,
    days: &Days,
    cost: i64,
) {
    let crew = hunt.aim.crew(hunt.world, hunt.choice.crew);
    let (list, role, left) = match seats {
        (0, 0) => return hunt.note(days),
        (0, n) => (&crew.others, Role::Co, n),
        (n, _) => (&crew.leads, Role::Lead, n),
    };
    // The seats that come after this kind cost at least so much.
    let later: i64 =
        if role == Role::Lead { crew.others.iter().take(seats.1).map(|c| hunt.aim.money(c.cost)).sum() } else { 0 };
    for (at, candidate) in list.iter().enumerate().skip(from) {
        let price = hunt.aim.money(candidate.cost);
        if cost + price * left as i64 + later >= hunt.bar() || hunt.steps > STEPS {
            break;
        }
        if dice.chance(hunt.aim.blink) {
            continue;
        }
        let Some(i) = hunt.look(board, candidate.trainer) else { continue };
        if hunt.looks.stack.iter().any(|(j, _)| *j == i) {
            continue;
        }
        hunt.steps += 1;
        if !days.shares(&hunt.looks.people[i].any) {
            continue;
        }
        let mut both = *days;
        both.meet(hunt.looks.people[i].any.words());
        hunt.looks.stack.push((i, role));
        let rest = if role == Role::Lead { (seats.0 - 1, seats.1) } else { (0, seats.1 - 1) };
        let next = if rest.0 == 0 && role == Role::Lead { 0 } else { at + 1 };
        let price = hunt.price(i);
        seat_listed(hunt, board, dice, rest, next, &both, cost + price);
        hunt.looks.stack.pop();
    }
}
