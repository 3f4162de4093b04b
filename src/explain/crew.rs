//! What a team breaks: the rules that speak against each trainer of it.

use super::past::Past;
use super::rule_set::{RuleSet, Smallest, unions};
use crate::plan::mission::{Stop, lone, stays};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, LanguageId, PlaceId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::Role;
use crate::rules;
use crate::words::RuleId;
use rustc_hash::FxHashMap;

/// The seats of a session: where, in which working language, when, and which of fees, travel and allowance a fund may pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seats {
    pub place: PlaceId,
    pub working: LanguageId,
    pub span: Span,
    pub payable: [bool; 3],
}

/// What speaks against a trainer on a lead's seat, and on any seat.
#[derive(Clone, Copy, Debug)]
struct Against {
    lead: RuleSet,
    any: RuleSet,
}

/// The teams of one course.
pub struct Crew<'p> {
    programme: &'p Programme,
    past: &'p Past,
    course: CourseId,
    known: FxHashMap<(Seats, Vec<TrainerId>), Vec<RuleSet>>,
}

impl<'p> Crew<'p> {
    /// Nothing is known yet.
    pub fn new(programme: &'p Programme, past: &'p Past, course: CourseId) -> Crew<'p> {
        Crew { programme, past, course, known: FxHashMap::default() }
    }

    /// What every team breaks, wherever and whenever it is: too few are qualified, or who is wanted is not.
    pub fn always(&self, wanted: Option<TrainerId>) -> RuleSet {
        let course = &self.programme.courses[self.course];
        let roles = || self.programme.trainers.values().filter_map(|t| t.roles[self.course]);
        let leads = roles().filter(|role| *role == Role::Lead).count();
        let fits = wanted.is_none_or(|t| match self.programme.trainers[t].roles[self.course] {
            Some(Role::Lead) => true,
            Some(Role::Co) => course.co_trainers > 0,
            None => false,
        });
        let few = leads < course.leads as usize || roles().count() < course.team();
        RuleSet::when(few || !fits, RuleId::Qualification)
    }

    /// The rules that teams with all of `must` break: the smallest sets. None where these are too many for the team.
    pub fn teams(&mut self, seats: Seats, must: &[TrainerId]) -> Vec<RuleSet> {
        let key = (seats, must.to_vec());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.find(seats, must);
        self.known.insert(key, found.clone());
        found
    }

    fn find(&self, seats: Seats, must: &[TrainerId]) -> Vec<RuleSet> {
        let programme = self.programme;
        let course = &programme.courses[self.course];
        let against: Vec<Against> = programme.trainers.ids().map(|t| self.against(t, seats)).collect();
        let of = |t: &TrainerId| against[t.0 as usize];
        let mut kinds: Vec<RuleSet> = against.iter().flat_map(|a| [a.lead, a.any]).collect();
        kinds.sort();
        kinds.dedup();
        let mut smallest = Smallest::default();
        for union in unions(kinds.into_iter()) {
            let fit = |t: &TrainerId| of(t).any.within(union);
            let lead = |t: &TrainerId| of(t).lead.within(union);
            let everybody = || programme.trainers.ids();
            let (leads, all) = (everybody().filter(lead).count(), everybody().filter(fit).count());
            let followers = must.iter().filter(|t| !lead(t)).count();
            if leads < course.leads as usize
                || all < course.team()
                || must.len() > course.team()
                || followers > course.co_trainers as usize
                || !must.iter().all(fit)
            {
                continue;
            }
            let fitting: Vec<TrainerId> = everybody().filter(fit).collect();
            let carried = rules::team_needs::admits(programme, self.course, fitting.iter().copied());
            smallest.add(union | RuleSet::when(!carried, RuleId::TeamNeeds));
        }
        smallest.sets()
    }

    /// What speaks against one trainer. With trips through several sessions the days and ways to and from this one may be
    /// others than those of a trip to it alone: then only the session's own days count.
    fn against(&self, trainer: TrainerId, seats: Seats) -> Against {
        let programme = self.programme;
        let person = &programme.trainers[trainer];
        let course = &programme.courses[self.course];
        let at_home = stays(programme, trainer, seats.place);
        let chained = programme.rules.chain_missions && !at_home;
        let stop = Stop { place: seats.place, span: seats.span, days: course.days };
        let alone = lone(programme, person.home, person.fee_day, stop);
        let days = match alone {
            Some((days, _)) if !chained => days,
            _ => seats.span,
        };
        let rest = if at_home { 0 } else { person.rest_days };
        let with_rest = Span { first: days.first, last: days.last + rest };
        let overlaps =
            self.past.held(trainer).iter().any(|held| held.span.meets(with_rest) || held.with_rest.meets(days));
        let unpaid = alone.filter(|_| !chained).is_some_and(|(_, part)| {
            [part.fees, part.travel, part.allowance]
                .iter()
                .zip(seats.payable)
                .any(|(cost, paid)| *cost > Cents::ZERO && !paid)
        });
        let role = person.roles[self.course];
        let teaches = person.teaches.contains(&seats.working);
        let any = RuleSet::when(role.is_none(), RuleId::Qualification)
            | RuleSet::when(!teaches && !person.assists.contains(&seats.working), RuleId::WorkingLanguage)
            | RuleSet::when(!rules::barred::admits(programme, trainer, seats.place), RuleId::Barred)
            | RuleSet::when(!chained && alone.is_none(), RuleId::Mission)
            | RuleSet::when(!person.available(days), RuleId::Availability)
            | RuleSet::when(!at_home && days.days() > person.max_days_away, RuleId::MaxDaysAway)
            | RuleSet::when(self.overworked(trainer, days), RuleId::MaxDays)
            | RuleSet::when(overlaps, RuleId::Overlap)
            | RuleSet::when(unpaid, RuleId::Budget);
        let lead = any
            | RuleSet::when(role != Some(Role::Lead), RuleId::Qualification)
            | RuleSet::when(!teaches, RuleId::WorkingLanguage);
        Against { lead, any }
    }

    /// True when these days and those of done missions are more than the trainer works.
    fn overworked(&self, trainer: TrainerId, days: Span) -> bool {
        let person = &self.programme.trainers[trainer];
        let held = self.past.held(trainer);
        let all: i32 = days.days() + held.iter().map(|h| h.span.days()).sum::<i32>();
        let by_year = |year: i32| -> i32 {
            let (Some(first), Some(last)) = (Day::ymd(year, 1, 1), Day::ymd(year, 12, 31)) else { return 0 };
            let of = |span: Span| (span.last.min(last) - span.first.max(first) + 1).max(0);
            of(days) + held.iter().map(|h| of(h.span)).sum::<i32>()
        };
        person.max_days.is_some_and(|most| all > most)
            || person
                .max_days_year
                .is_some_and(|most| (days.first.year()..=days.last.year()).any(|year| by_year(year) > most))
    }
}
