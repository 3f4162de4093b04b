//! The only ways between a plan and the board.

use super::days::Days;
use super::diary::{Diary, Link, Visit};
use super::ledger::Ledger;
use super::occupancy::Occupancy;
use super::placing::Placement;
use super::roster::{Member, Slot};
use super::tally::Tally;
use super::unit::NONE;
use super::world::World;
use super::{Board, Pool, Totals};
use crate::plan::{Charge, Mission, Plan, Seat, Session, Status};
use crate::programme::id::{Id, InterpretationId, RequestId};
use crate::rules;
use crate::words::Category;
use rustc_hash::FxHashMap;

impl Board {
    /// The board with what is done and what is frozen, and nothing else.
    pub fn new(world: &World) -> Board {
        let programme = world.programme;
        let mut totals = Totals::default();
        for unit in &world.units {
            totals.promises += unit.promises;
            totals.stability += 3 * unit.known;
        }
        let mut board = Board {
            slots: Vec::new(),
            diaries: vec![Diary::default(); programme.trainers.len()],
            occupancy: Occupancy::new(world),
            ledger: Ledger::new(programme),
            tally: Tally::new(world),
            totals,
            slot_of: vec![NONE; world.units.len()],
            label_at: vec![(NONE, 0); programme.pin_labels.len()],
            live: Pool::default(),
            open: Pool::default(),
            history: Vec::new(),
            dropped: Vec::new(),
            barred: vec![false; world.programme.trainers.len()],
            free: Vec::new(),
            journal: Vec::new(),
            versions: 0,
        };
        for (id, unit) in world.units.iter().enumerate() {
            if !unit.still && !unit.choices.is_empty() {
                board.open.put(id as u32);
            }
        }
        for s in &world.done {
            board.book_done(world, s);
        }
        for t in programme.trainers.ids() {
            let worked = world.people[t.index()].worked;
            board.diaries[t.index()].worked = worked;
            board.totals.overload += Board::overload(world, t, worked);
        }
        board.history = board.tally.measured.clone();
        let mut frozen: Vec<&Session> = world.frozen.iter().collect();
        frozen.sort_by_key(|s| (s.span.first, s.requests.first().copied()));
        for s in frozen {
            board.book_frozen(world, s);
        }
        board.settle();
        board
    }

    /// The board that holds this plan, as far as the rules allow: sessions that cannot be placed or paid are left out.
    pub fn of(world: &World, plan: &Plan) -> Board {
        let mut board = Board::new(world);
        board.add(world, plan);
        board
    }

    /// Places what a plan holds, in order of days, then pays for all of it.
    fn add(&mut self, world: &World, plan: &Plan) {
        let mut order: Vec<usize> = (0..plan.sessions.len()).collect();
        order.sort_by_key(|i| (plan.sessions[*i].span.first, *i));
        let mut before: FxHashMap<(usize, u32), usize> = FxHashMap::default();
        for m in &plan.missions {
            for pair in m.sessions.windows(2) {
                before.insert((pair[1], m.trainer.0), pair[0]);
            }
        }
        let mut slots: Vec<Option<u32>> = vec![None; plan.sessions.len()];
        for i in order {
            let s = &plan.sessions[i];
            let links = |trainer: u32| {
                let from = before.get(&(i, trainer)).and_then(|b| slots[*b]);
                Link { before: from.is_some(), behind: false }
            };
            let Some(placement) = self.placement(world, s, links) else { continue };
            slots[i] = Some(self.create(world, &placement, &mut Vec::new()));
        }
        for slot in slots.into_iter().flatten() {
            if self.slots[slot as usize].live {
                let mark = self.mark();
                if !self.pay_own(world, slot) || !self.tally.within(world, &self.history) {
                    self.undo(world, &mark);
                    if !self.remove(world, slot) {
                        self.undo(world, &mark);
                    }
                }
            }
        }
        self.settle();
        self.drop_orphans(world);
    }

    /// Takes off what waits for something that is not served in time.
    fn drop_orphans(&mut self, world: &World) {
        loop {
            let bad = self.live.items.iter().copied().find(|id| {
                let slot = &self.slots[*id as usize];
                slot.units.iter().any(|u| self.earliest(world, *u).is_none_or(|first| first > slot.first))
            });
            let Some(id) = bad else { break };
            if !self.remove(world, id) {
                break;
            }
        }
        self.settle();
    }

    /// The first day on which a unit may start, for the sake of what must come before; None where that is not served.
    pub fn earliest(&self, world: &World, unit: u32) -> Option<i32> {
        let unit = &world.units[unit as usize];
        let mut first = unit.earliest;
        for b in &unit.before {
            let slot = &self.slots[self.session_of(*b)? as usize];
            first = first.max(slot.last + world.programme.rules.after_gap_days + 1);
        }
        Some(first)
    }

    /// The last day of a session of a unit, for the sake of what is served and must come behind.
    pub fn latest(&self, world: &World, unit: u32) -> i32 {
        let unit = &world.units[unit as usize];
        let mut last = unit.latest;
        for b in &unit.behind {
            if let Some(s) = self.session_of(*b) {
                let slot = &self.slots[s as usize];
                if slot.status != Status::Done {
                    last = last.min(slot.first - world.programme.rules.after_gap_days - 1);
                }
            }
        }
        last
    }

    /// A session as the board would place it; None where a rule that the board keeps stands against it.
    fn placement(&self, world: &World, s: &Session, links: impl Fn(u32) -> Link) -> Option<Placement> {
        let programme = world.programme;
        let mut units: Vec<u32> = s.requests.iter().map(|r| world.unit_of[*r]).collect();
        units.sort_unstable();
        units.dedup();
        let whole = units.iter().map(|u| world.units[*u as usize].requests.len()).sum::<usize>() == s.requests.len();
        let open = units.iter().all(|u| {
            let unit = &world.units[*u as usize];
            !unit.still
                && unit.course == s.course
                && self.session_of(*u).is_none()
                && unit.takes(s.place, s.language, s.working_language)
                && unit.labels.iter().all(|l| self.label_at[l.index()].0 == NONE)
        });
        if !whole
            || !open
            || units.is_empty()
            || units.len() > 1 && units.iter().any(|u| !world.units[*u as usize].shared)
        {
            return None;
        }
        let row = row(world, s)?;
        let (first, last) = (world.index(s.span.first), world.index(s.span.last));
        let span = last - first + 1;
        let booked = units.iter().any(|u| world.units[*u as usize].booked);
        let window = rules::window::window(programme, &s.requests, s.place, booked)?;
        let fits = window.first <= s.span.first
            && s.span.last <= window.last
            && rules::working_days::spans(programme, s.course, s.place, s.span).contains(&s.span)
            && rules::pin::admits(
                programme,
                &s.requests,
                Some(s.span.first),
                Some(s.place),
                Some(s.language),
                Some(s.working_language),
            )
            && rules::pin::mates(programme, &s.requests)
            && rules::participants::admits(
                &programme.courses[s.course],
                rules::participants::count(programme, &s.requests),
            );
        let team: Vec<_> = s.team.iter().map(|seat| seat.trainer).collect();
        let pinned = rules::pin::team(programme, &s.requests).iter().all(|t| team.contains(t));
        let able = s.team.iter().all(|seat| {
            programme.trainers[seat.trainer].fits(s.course, seat.role, s.working_language)
                && rules::barred::admits(programme, seat.trainer, s.place)
                && rules::mission::admits(programme, seat.trainer, s.place)
        });
        let mut starts = Days::none(world.words);
        starts.add(first, first);
        self.occupancy.keep_open(world, s.place, row, span, &mut starts);
        let absorbed = units
            .iter()
            .flat_map(|u| &world.units[*u as usize].countries)
            .all(|c| self.occupancy.absorbs(*c, (first, last)));
        let reached = units.iter().all(|u| world.units[*u as usize].host(s.place).is_some());
        if !fits
            || !pinned
            || !able
            || starts.is_empty()
            || !absorbed
            || !reached
            || !rules::team_needs::admits(programme, s.course, team.iter().copied())
        {
            return None;
        }
        let team: Vec<(Member, Link)> = s
            .team
            .iter()
            .map(|seat| (Member { trainer: seat.trainer, role: seat.role }, links(seat.trainer.0)))
            .collect();
        for (m, link) in &team {
            let visit = visit(world, s, *m, NONE);
            let diary = &self.diaries[m.trainer.index()];
            let link_before = Link { before: link.before, behind: false };
            if !diary.admits(world, m.trainer, &visit, link_before) {
                return None;
            }
        }
        Some(Placement {
            units,
            course: s.course,
            place: s.place,
            language: s.language,
            working: s.working_language,
            row,
            first,
            last,
            team,
        })
    }

    /// Books what is done: rules are not asked, money is charged where a fund may pay.
    fn book_done(&mut self, world: &World, s: &Session) {
        let id = self.slots.len() as u32;
        let slot = self.still_slot(world, s, Status::Done);
        self.slots.push(slot);
        self.attach(world, id, true);
        let people = self.slots[id as usize].people.clone();
        for (pot, amount) in people {
            self.ledger.add_history(pot, amount);
        }
        let mut due = self.due(world, id);
        for m in s.team.iter().map(|seat| Member { trainer: seat.trainer, role: seat.role }) {
            let part = super::diary::part(world, m.trainer, None, &visit(world, s, m, id), true);
            due[Category::Fees as usize] += part.fees;
            due[Category::Travel as usize] += part.travel;
            due[Category::Allowance as usize] += part.allowance;
        }
        due[Category::Participants as usize] = self.slots[id as usize].people.iter().map(|(_, c)| *c).sum();
        for (c, amount) in due.iter().enumerate() {
            if c != Category::Participants as usize && *amount > 0 {
                self.ledger.add_history(self.slots[id as usize].pots[c], *amount);
            }
        }
        self.slots[id as usize].amounts = due;
        let total = self.slots[id as usize].total();
        self.tally.spend(world, &self.slots[id as usize], total);
    }

    /// Books a session that stays as it is; trips are joined where the diary leaves no other way.
    fn book_frozen(&mut self, world: &World, s: &Session) {
        let links: Vec<(Member, Link)> = s
            .team
            .iter()
            .map(|seat| {
                let m = Member { trainer: seat.trainer, role: seat.role };
                let v = visit(world, s, m, NONE);
                let diary = &self.diaries[m.trainer.index()];
                let alone = diary.admits(world, m.trainer, &v, Link::default());
                let joined = Link { before: true, behind: false };
                let link = if !alone && diary.admits(world, m.trainer, &v, joined) { joined } else { Link::default() };
                (m, link)
            })
            .collect();
        let mut units: Vec<u32> = s.requests.iter().map(|r| world.unit_of[*r]).collect();
        units.dedup();
        let placement = Placement {
            units,
            course: s.course,
            place: s.place,
            language: s.language,
            working: s.working_language,
            row: row(world, s).flatten(),
            first: world.index(s.span.first),
            last: world.index(s.span.last),
            team: links,
        };
        let mut changed = Vec::new();
        let id = self.create(world, &placement, &mut changed);
        self.slots[id as usize].still = true;
        self.slots[id as usize].status = s.status;
        self.live.take(id);
        let before: Vec<u32> = changed.iter().map(|(slot, _)| *slot).collect();
        for slot in before {
            self.pay_due(world, slot);
        }
        self.pay_own(world, id);
    }

    fn still_slot(&mut self, world: &World, s: &Session, status: Status) -> Slot {
        let mut slot = Slot {
            live: true,
            still: true,
            status,
            course: s.course,
            place: s.place,
            language: s.language,
            working: s.working_language,
            row: row(world, s).flatten(),
            first: world.index(s.span.first),
            last: world.index(s.span.last),
            units: s.requests.iter().map(|r| world.unit_of[*r]).collect(),
            team: s.team.iter().map(|seat| Member { trainer: seat.trainer, role: seat.role }).collect(),
            ..Slot::empty()
        };
        self.find_pots(world, &mut slot);
        slot
    }

    /// The plan that stands on the board, with charges as the ledger pays them.
    pub fn plan(&self, world: &World) -> Plan {
        let programme = world.programme;
        let mut purses: FxHashMap<u32, Vec<(crate::programme::id::FundId, i64)>> = FxHashMap::default();
        let mut place = vec![usize::MAX; self.slots.len()];
        let mut plan = Plan::default();
        for (id, slot) in self.slots.iter().enumerate().filter(|(_, s)| s.live) {
            place[id] = plan.sessions.len();
            let mut requests: Vec<RequestId> =
                slot.units.iter().flat_map(|u| world.units[*u as usize].requests.iter().copied()).collect();
            let mut charges = Vec::new();
            let mut charge = |category: Category, request: Option<RequestId>, pot: u32, mut due: i64| {
                let left = purses.entry(pot).or_insert_with(|| self.ledger.pays(pot).collect());
                while due > 0 {
                    let Some((fund, has)) = left.last_mut() else { break };
                    let amount = due.min(*has);
                    charges.push(Charge {
                        category,
                        request,
                        fund: *fund,
                        amount: crate::programme::money::Cents(amount),
                    });
                    due -= amount;
                    *has -= amount;
                    if *has == 0 {
                        left.pop();
                    }
                }
            };
            for category in Category::ALL {
                let c = category as usize;
                if category == Category::Participants {
                    for (r, (pot, amount)) in requests.iter().zip(&slot.people) {
                        charge(category, Some(*r), *pot, *amount);
                    }
                } else if slot.amounts[c] > 0 {
                    charge(category, None, slot.pots[c], slot.amounts[c]);
                }
            }
            requests.sort_unstable();
            let first = requests.first().map_or("", |r| programme.requests[*r].id.as_str());
            let status = slot.status;
            plan.sessions.push(Session {
                id: format!("S-{first}"),
                status,
                course: slot.course,
                place: slot.place,
                language: slot.language,
                working_language: slot.working,
                span: world.span(slot.first, slot.last),
                requests,
                team: slot.team.iter().map(|m| Seat { role: m.role, trainer: m.trainer }).collect(),
                charges,
            });
        }
        for t in programme.trainers.ids() {
            let diary = &self.diaries[t.index()];
            for (depart, back, a, b) in diary.missions(world, t) {
                let sessions = diary.visits[a..=b].iter().map(|v| place[v.slot as usize]).collect();
                plan.missions.push(Mission { trainer: t, span: world.span(depart, back), sessions });
            }
        }
        for (id, slot) in self.slots.iter().enumerate().filter(|(_, s)| s.live && s.status == Status::Done) {
            for m in &slot.team {
                let (out, back) = world.trip_days(m.trainer, slot.place).unwrap_or((0, 0));
                let span = world.span(slot.first - out, slot.last + back);
                plan.missions.push(Mission { trainer: m.trainer, span, sessions: vec![place[id]] });
            }
        }
        plan.sort(programme);
        plan
    }
}

/// The row of interpretation.csv that a session uses; None where it needs one that is not there.
fn row(world: &World, s: &Session) -> Option<Option<InterpretationId>> {
    if s.working_language == s.language {
        return Some(None);
    }
    world.programme.interpreters(s.place, s.working_language, s.language).map(Some)
}

fn visit(world: &World, s: &Session, m: Member, slot: u32) -> Visit {
    Visit {
        slot,
        place: s.place,
        first: world.index(s.span.first),
        last: world.index(s.span.last),
        days: world.programme.courses[s.course].days,
        stays: world.stays(m.trainer, s.place),
        linked: false,
    }
}
