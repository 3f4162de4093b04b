//! What a team breaks: the rules that speak against each trainer of it.

use super::rule_set::{RuleSet, unions};
use super::taken::Taken;
use crate::plan::mission::{Part, Stop, lone, stays};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Id, LanguageId, PlaceId, TrainerId};
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

/// What speaks against a trainer on a lead's seat and on any seat, and the least that they cost there.
#[derive(Clone, Copy, Debug)]
struct Against {
    lead: RuleSet,
    any: RuleSet,
    cost: Cents,
    part: Part,
}

/// A team, the rules that it breaks, and the least that a team that breaks no others costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub broken: RuleSet,
    pub cost: Cents,
    /// Leads first.
    pub people: Vec<TrainerId>,
    /// What these people cost at least.
    pub part: Part,
}

/// The teams of one course.
pub struct Crew<'p> {
    programme: &'p Programme,
    taken: &'p Taken,
    course: CourseId,
    /// Money counts: a cheaper team that breaks more is a team of its own.
    priced: bool,
    /// Trips may lead to other sessions, too.
    loose: bool,
    known: FxHashMap<(Seats, Vec<TrainerId>), Vec<Team>>,
}

impl<'p> Crew<'p> {
    /// Nothing is known yet.
    pub fn new(programme: &'p Programme, taken: &'p Taken, course: CourseId, priced: bool, loose: bool) -> Crew<'p> {
        Crew { programme, taken, course, priced, loose, known: FxHashMap::default() }
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

    /// Teams with all of `must`: for the smallest sets of rules one each. None where these are too many for the team.
    pub fn teams(&mut self, seats: Seats, must: &[TrainerId]) -> Vec<Team> {
        let key = (seats, must.to_vec());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.find(seats, must);
        self.known.insert(key, found.clone());
        found
    }

    fn find(&self, seats: Seats, must: &[TrainerId]) -> Vec<Team> {
        let programme = self.programme;
        let against: Vec<Against> = programme.trainers.ids().map(|t| self.against(t, seats)).collect();
        let mut kinds: Vec<RuleSet> = against.iter().flat_map(|a| [a.lead, a.any]).collect();
        kinds.sort();
        kinds.dedup();
        let mut unions = unions(kinds.into_iter());
        unions.sort_by_key(|union| (union.len(), *union));
        let mut teams: Vec<Team> = Vec::new();
        for union in unions {
            let known = |broken: RuleSet, cost: Cents| {
                teams.iter().any(|t| t.broken.within(broken) && (!self.priced || t.cost <= cost))
            };
            if !self.priced && known(union, Cents::ZERO) {
                continue;
            }
            let Some((cost, people)) = self.cheapest(&against, union, must, &[]) else { continue };
            let needs = self.needs(&against, union, must);
            let broken = union | RuleSet::when(needs.is_none(), RuleId::TeamNeeds);
            if !known(broken, cost) {
                teams.retain(|t| !(broken.within(t.broken) && cost <= t.cost));
                let people = needs.unwrap_or(people);
                let mut part = Part::default();
                for own in people.iter().map(|t| against[t.index()].part) {
                    part.fees += own.fees;
                    part.travel += own.travel;
                    part.allowance += own.allowance;
                }
                teams.push(Team { broken, cost, people, part });
            }
        }
        teams
    }

    /// The cheapest team with all of `must` that breaks no other rules than these, those `first` where they fit.
    fn cheapest(
        &self,
        against: &[Against],
        union: RuleSet,
        must: &[TrainerId],
        first: &[TrainerId],
    ) -> Option<(Cents, Vec<TrainerId>)> {
        let course = &self.programme.courses[self.course];
        let of = |t: &TrainerId| against[t.index()];
        let fit = |t: &TrainerId| of(t).any.within(union);
        let lead = |t: &TrainerId| of(t).lead.within(union);
        if must.len() > course.team() || !must.iter().all(fit) {
            return None;
        }
        let mut everybody: Vec<TrainerId> = self.programme.trainers.ids().filter(fit).collect();
        everybody.sort_by_key(|t| (!first.contains(t), of(t).cost, *t));
        let mut people = must.to_vec();
        let led = people.iter().filter(|t| lead(t)).count();
        let more = (course.leads as usize).saturating_sub(led);
        let leads: Vec<TrainerId> = everybody.iter().copied().filter(|t| lead(t) && !must.contains(t)).collect();
        if leads.len() < more || people.len() + more > course.team() {
            return None;
        }
        people.extend(&leads[..more]);
        for t in everybody {
            if people.len() < course.team() && !people.contains(&t) {
                people.push(t);
            }
        }
        if people.len() < course.team() {
            return None;
        }
        people.sort_by_key(|t| !lead(t));
        Some((people.iter().map(|t| of(t).cost).sum(), people))
    }

    /// A team that carries what the course needs; None where all who fit together do not.
    fn needs(&self, against: &[Against], union: RuleSet, must: &[TrainerId]) -> Option<Vec<TrainerId>> {
        let programme = self.programme;
        let fit = |t: &TrainerId| against[t.index()].any.within(union);
        let fitting: Vec<TrainerId> = programme.trainers.ids().filter(fit).collect();
        if !rules::team_needs::admits(programme, self.course, fitting.iter().copied()) {
            return None;
        }
        let carries = |t: &TrainerId| {
            let tags = &programme.trainers[*t].tags;
            programme.courses[self.course].team_needs.iter().any(|(tag, _)| tags.contains(tag))
        };
        let first: Vec<TrainerId> = programme.trainers.ids().filter(carries).collect();
        self.cheapest(against, union, must, &first).map(|(_, people)| people)
    }

    /// What speaks against one trainer. With trips through several sessions (`loose`) the days and ways to and from this one may be
    /// others than those of a trip to it alone: then only the session's own days count.
    fn against(&self, trainer: TrainerId, seats: Seats) -> Against {
        let programme = self.programme;
        let person = &programme.trainers[trainer];
        let course = &programme.courses[self.course];
        let at_home = stays(programme, trainer, seats.place);
        let chained = self.loose && !at_home;
        let stop = Stop { place: seats.place, span: seats.span, days: course.days };
        let alone = lone(programme, person.home, person.fee_day, stop);
        let days = match alone {
            Some((days, _)) if !chained => days,
            _ => seats.span,
        };
        let rest = if at_home { 0 } else { person.rest_days };
        let with_rest = Span { first: days.first, last: days.last + rest };
        let overlaps =
            self.taken.held(trainer).iter().any(|held| held.span.meets(with_rest) || held.with_rest.meets(days));
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
        let part = self.part(trainer, seats, alone.map(|(_, part)| part).filter(|_| !chained));
        Against { lead, any, cost: part.fees + part.travel + part.allowance, part }
    }

    /// The least that a trainer costs there: the trip to it alone, or, where trips are chained, the session's own days.
    fn part(&self, trainer: TrainerId, seats: Seats, alone: Option<Part>) -> Part {
        let days = i64::from(seats.span.days());
        alone.unwrap_or(Part {
            fees: self.programme.trainers[trainer].fee_day * days,
            travel: Cents::ZERO,
            allowance: self.programme.places[seats.place].allowance_day * days,
        })
    }

    /// True when these days and those of done missions are more than the trainer works.
    fn overworked(&self, trainer: TrainerId, days: Span) -> bool {
        let person = &self.programme.trainers[trainer];
        let held = self.taken.held(trainer);
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
