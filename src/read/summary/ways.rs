//! How a request could be served if it were alone in the programme: the cheapest way, or what stops the last one.

use crate::plan::mission::{Part, Stop, trip};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::{PinStatus, Role, Trainer};
use crate::rules;
use crate::words::{Category, RuleId};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What serving a request alone takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    pub cost: Cents,
    /// Mission days of the whole team.
    pub days: i64,
}

/// Why there is no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub rule: RuleId,
    /// For `budget`: what no fund may pay.
    pub category: Option<Category>,
}

impl From<RuleId> for Why {
    fn from(rule: RuleId) -> Why {
        Why { rule, category: None }
    }
}

/// A team and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Team {
    cost: Part,
    days: i64,
}

/// Who could be on a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Member {
    /// Of the whole trip.
    cost: Part,
    trainer: TrainerId,
    /// Of the whole trip.
    days: i32,
    leads: bool,
}

type Ranked = Rc<Result<Vec<Member>, RuleId>>;

/// Finds ways, remembering what requests have in common.
pub struct Ways<'p> {
    programme: &'p Programme,
    spans: FxHashMap<(CourseId, PlaceId, bool), Rc<Vec<Span>>>,
    /// By the session's length in days.
    ranked: FxHashMap<(CourseId, PlaceId, LanguageId, i32), Ranked>,
    teams: FxHashMap<(CourseId, PlaceId, LanguageId, Day), Result<Team, RuleId>>,
}

/// How far a way gets before a rule stops it: the later, the nearer it is to being possible.
fn rank(rule: RuleId) -> u8 {
    match rule {
        RuleId::Host => 0,
        RuleId::Language => 1,
        RuleId::Pin => 2,
        RuleId::Window => 3,
        RuleId::WorkingDays => 4,
        RuleId::Qualification => 5,
        RuleId::WorkingLanguage => 6,
        RuleId::Barred => 7,
        RuleId::TeamNeeds => 8,
        RuleId::Availability => 9,
        RuleId::MaxDaysAway => 10,
        RuleId::MaxDays => 11,
        _ => 12,
    }
}

impl<'p> Ways<'p> {
    /// Nothing is known yet.
    pub fn new(programme: &'p Programme) -> Ways<'p> {
        Ways { programme, spans: FxHashMap::default(), ranked: FxHashMap::default(), teams: FxHashMap::default() }
    }

    /// The cheapest way to serve a request with those of its label, its part of the cost only in what officials cost;
    /// Err: the rule that stops the way that gets furthest.
    pub fn alone(&mut self, request: RequestId) -> Result<Alone, Why> {
        let party = rules::together::party(self.programme, request);
        let hosts = rules::host::hosts(self.programme, &party);
        let languages = rules::language::languages(self.programme, &party);
        if hosts.is_empty() {
            return Err(RuleId::Host.into());
        }
        if languages.is_empty() {
            return Err(RuleId::Language.into());
        }
        let mut best: Result<Alone, Why> = Err(RuleId::Pin.into());
        for host in hosts {
            for language in &languages {
                for (working, _) in rules::working_language::working_languages(self.programme, &party, host, *language)
                {
                    let way = self.way(request, &party, host, *language, working);
                    best = match (best, way) {
                        (Ok(a), Ok(b)) if b.cost < a.cost => Ok(b),
                        (Ok(a), _) => Ok(a),
                        (Err(_), Ok(b)) => Ok(b),
                        (Err(a), Err(b)) => Err(if rank(b.rule) > rank(a.rule) { b } else { a }),
                    };
                }
            }
        }
        best
    }

    /// One way, on its first possible days.
    fn way(
        &mut self,
        request: RequestId,
        party: &[RequestId],
        host: PlaceId,
        language: LanguageId,
        working: LanguageId,
    ) -> Result<Alone, Why> {
        let programme = self.programme;
        let course = programme.requests[request].course;
        if !rules::pin::admits(programme, party, None, Some(host), Some(language), Some(working)) {
            return Err(RuleId::Pin.into());
        }
        let fixed = party.iter().any(|r| programme.pin(*r).is_some_and(|p| p.status != PinStatus::Wanted));
        let window = rules::window::window(programme, party, host, fixed).ok_or(RuleId::Window)?;
        let mut why = Why::from(RuleId::WorkingDays);
        for span in self.spans(course, host, fixed).iter() {
            if span.first < window.first || span.last > window.last {
                continue;
            }
            let way = if rules::pin::admits(programme, party, Some(span.first), None, None, None) {
                let team = self.team(course, host, working, *span).map_err(Why::from);
                team.and_then(|team| self.paid(request, party, (host, language, working), *span, team))
            } else {
                Err(RuleId::Pin.into())
            };
            match way {
                Ok(way) => return Ok(way),
                Err(new) if rank(new.rule) > rank(why.rule) || why.rule == RuleId::WorkingDays => why = new,
                Err(_) => {}
            }
            // Who is qualified does not depend on the day.
            if (rank(RuleId::Qualification)..rank(RuleId::Availability)).contains(&rank(why.rule)) {
                break;
            }
        }
        Err(why)
    }

    fn spans(&mut self, course: CourseId, host: PlaceId, fixed: bool) -> Rc<Vec<Span>> {
        let programme = self.programme;
        let spans = self.spans.entry((course, host, fixed)).or_insert_with(|| {
            let first = if fixed { programme.start } else { programme.first_start(host) };
            let window = Span { first, last: programme.end };
            Rc::new(rules::working_days::spans(programme, course, host, window))
        });
        Rc::clone(spans)
    }

    /// Who could lead, and who could fill any seat; Err: there are too few of them, and why.
    fn seats(
        &self,
        course: CourseId,
        host: PlaceId,
        working: LanguageId,
    ) -> Result<(Vec<TrainerId>, Vec<TrainerId>), RuleId> {
        let programme = self.programme;
        let (leads, team) = (programme.courses[course].leads as usize, programme.courses[course].team());
        let may = |seat| rules::qualification::candidates(programme, course, seat, host, working);
        let (can_lead, can_teach) = (may(Role::Lead), may(Role::Co));
        if can_lead.len() >= leads && can_teach.len() >= team {
            let carried = rules::team_needs::admits(programme, course, &can_teach);
            return if carried { Ok((can_lead, can_teach)) } else { Err(RuleId::TeamNeeds) };
        }
        let enough = |fits: &dyn Fn(&Trainer, Role) -> bool| {
            let number = |seat| programme.trainers.values().filter(|t| fits(t, seat)).count();
            number(Role::Lead) >= leads && number(Role::Co) >= team
        };
        let qualified = |t: &Trainer, seat: Role| t.roles[course].is_some_and(|role| role <= seat);
        Err(if !enough(&qualified) {
            RuleId::Qualification
        } else if !enough(&|t, seat| t.fits(course, seat, working)) {
            RuleId::WorkingLanguage
        } else {
            RuleId::Barred
        })
    }

    /// Those who could fill a seat in a session of this length, cheapest trip first; Err: there are too few of them.
    fn ranked(&mut self, course: CourseId, host: PlaceId, working: LanguageId, span: Span) -> Ranked {
        let key = (course, host, working, span.days());
        if let Some(ranked) = self.ranked.get(&key) {
            return Rc::clone(ranked);
        }
        let programme = self.programme;
        let stop = Stop { place: host, span, days: programme.courses[course].days };
        let rank = |(can_lead, can_teach): (Vec<TrainerId>, Vec<TrainerId>)| {
            let member = |trainer: TrainerId| {
                let trip = trip(programme, trainer, &[stop])?;
                let cost = *trip.parts.first()?;
                Some(Member { cost, trainer, days: trip.span.days(), leads: can_lead.contains(&trainer) })
            };
            let mut members: Vec<Member> = can_teach.into_iter().filter_map(member).collect();
            members.sort_by_key(|m| (total(m.cost), m.trainer));
            members
        };
        let ranked = Rc::new(self.seats(course, host, working).map(rank));
        self.ranked.insert(key, Rc::clone(&ranked));
        ranked
    }

    /// The cheapest team over these days, each trainer for themselves; Err: why there is none.
    fn team(&mut self, course: CourseId, host: PlaceId, working: LanguageId, span: Span) -> Result<Team, RuleId> {
        let key = (course, host, working, span.first);
        if let Some(team) = self.teams.get(&key) {
            return *team;
        }
        let team = match &*self.ranked(course, host, working, span) {
            Ok(members) => self.cheapest(course, host, span, members),
            Err(rule) => Err(*rule),
        };
        self.teams.insert(key, team);
        team
    }

    fn cheapest(&self, course: CourseId, host: PlaceId, span: Span, members: &[Member]) -> Result<Team, RuleId> {
        let programme = self.programme;
        let c = &programme.courses[course];
        let stop = Stop { place: host, span, days: c.days };
        let (mut leads, mut others) = (c.leads, c.co_trainers);
        let mut team = Team { cost: Part::default(), days: 0 };
        let mut free = Vec::new();
        // Tags may need somebody dearer: then everybody who is free is looked at.
        for m in members {
            if leads + others == 0 && c.team_needs.is_empty() {
                break;
            }
            if !rules::availability::admits(programme, m.trainer, stop) {
                continue;
            }
            free.push(m.trainer);
            let seat = if m.leads && leads > 0 { &mut leads } else { &mut others };
            if *seat > 0 {
                *seat -= 1;
                team.cost.fees += m.cost.fees;
                team.cost.travel += m.cost.travel;
                team.cost.allowance += m.cost.allowance;
                team.days += i64::from(m.days);
            }
        }
        if leads + others == 0 && rules::team_needs::admits(programme, course, &free) {
            return Ok(team);
        }
        let away = |m: &Member| programme.trainers[m.trainer].max_days_away;
        let home = |m: &Member| programme.trainers[m.trainer].home == host;
        let too_long = !programme.places[host].online && members.iter().all(|m| !home(m) && m.days > away(m));
        Err(if too_long { RuleId::MaxDaysAway } else { RuleId::Availability })
    }

    /// Whether each category of the way's cost has a fund that may pay it at all.
    fn paid(
        &self,
        request: RequestId,
        party: &[RequestId],
        (host, language, working): (PlaceId, LanguageId, LanguageId),
        span: Span,
        team: Team,
    ) -> Result<Alone, Why> {
        let programme = self.programme;
        let course = programme.requests[request].course;
        let interpreters = price::interpretation(programme, course, host, working, language).unwrap_or(Cents::ZERO);
        let officials = price::participants(programme, request, host, span).ok_or(RuleId::Mission)?;
        let venue = price::venue(programme, course, host);
        let materials = price::materials(programme, request);
        let places: Vec<PlaceId> = party.iter().map(|r| programme.requests[*r].place).collect();
        let own = [programme.requests[request].place];
        for (category, cost) in [
            (Category::Venue, venue),
            (Category::Interpretation, interpreters),
            (Category::Materials, materials),
            (Category::Participants, officials),
            (Category::Fees, team.cost.fees),
            (Category::Travel, team.cost.travel),
            (Category::Allowance, team.cost.allowance),
        ] {
            let officials: &[PlaceId] = if category == Category::Participants { &own } else { &places };
            let kind = (course, host, language, span);
            if cost > Cents::ZERO && rules::budget::payers(programme, kind, category, officials).is_empty() {
                return Err(Why { rule: RuleId::Budget, category: Some(category) });
            }
        }
        Ok(Alone { cost: venue + interpreters + materials + officials + total(team.cost), days: team.days })
    }
}

fn total(part: Part) -> Cents {
    part.fees + part.travel + part.allowance
}
