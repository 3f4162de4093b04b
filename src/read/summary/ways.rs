//! How a request could be served if it were alone in the programme: the cheapest way, or what stops the last one.

use crate::plan::mission::{Part, Stop, lone};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::{PinStatus, Role, Trainer};
use crate::rules;
use crate::words::{Category, RuleId};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
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

/// Who is qualified: all that their trip to any host depends on, side by side (they are asked for every host).
struct Able {
    trainer: TrainerId,
    leads: bool,
    home: PlaceId,
    fee_day: Cents,
    /// From any place at all.
    barred: bool,
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

/// How many of those who could be on a team are remembered: seldom are more needed.
const FIRST: usize = 16;

impl Member {
    fn order(&self) -> (Cents, TrainerId) {
        (total(self.cost), self.trainer)
    }
}

/// Where a way stands: host, language, working language, each by its place in the request's own order.
type Order = (usize, usize, usize);

type Ranked = Rc<Result<Vec<Member>, RuleId>>;

/// Finds ways, remembering what requests have in common.
pub struct Ways<'p> {
    programme: &'p Programme,
    spans: FxHashMap<(CourseId, PlaceId, bool), Rc<Vec<Span>>>,
    /// By the session's length in days.
    ranked: FxHashMap<(CourseId, PlaceId, LanguageId, i32), Ranked>,
    teams: FxHashMap<(CourseId, PlaceId, LanguageId, Day), Result<Team, RuleId>>,
    /// Who is qualified in a working language, wherever it is.
    able: FxHashMap<(CourseId, LanguageId), Vec<Able>>,
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
        Ways {
            programme,
            spans: FxHashMap::default(),
            ranked: FxHashMap::default(),
            teams: FxHashMap::default(),
            able: FxHashMap::default(),
        }
    }

    /// The cheapest way to serve a request with those of its label, its part of the cost only in what officials cost;
    /// Err: the rule that stops the way that gets furthest. Of equal ones the first, in the order of hosts and languages.
    pub fn alone(&mut self, request: RequestId) -> Result<Alone, Why> {
        let course = self.programme.requests[request].course;
        let party = rules::together::party(self.programme, request);
        let hosts = rules::host::hosts(self.programme, &party);
        let languages = rules::language::languages(self.programme, &party);
        if hosts.is_empty() {
            return Err(RuleId::Host.into());
        }
        if languages.is_empty() {
            return Err(RuleId::Language.into());
        }
        // Hosts in the order of what serving it there costs at least: for most of them no team need be sought.
        let least = |host: PlaceId| self.least(request, host).unwrap_or(Cents(i64::MAX));
        let mut hosts: Vec<(Cents, usize, PlaceId)> =
            hosts.into_iter().enumerate().map(|(i, host)| (least(host), i, host)).collect();
        hosts.sort_unstable();
        let mut best: Option<(Cents, Order, Alone)> = None;
        let mut furthest: (u8, Reverse<Order>, Why) = (rank(RuleId::Pin), Reverse((0, 0, 0)), RuleId::Pin.into());
        for (least, h, host) in hosts {
            if best.is_some_and(|(cost, ..)| least > cost) {
                break;
            }
            for (l, language) in languages.iter().enumerate() {
                let working = rules::working_language::working_languages(self.programme, &party, host, *language);
                for (w, (working, _)) in working.into_iter().enumerate() {
                    let order = (h, l, w);
                    let interpreters = price::interpretation(self.programme, course, host, working, *language);
                    if best.is_some_and(|b| (least + interpreters.unwrap_or_default(), order) > (b.0, b.1)) {
                        continue;
                    }
                    match self.way(request, &party, host, *language, working) {
                        Ok(way) if best.is_none_or(|b| (way.cost, order) < (b.0, b.1)) => {
                            best = Some((way.cost, order, way));
                        }
                        Err(why) if (rank(why.rule), Reverse(order)) > (furthest.0, furthest.1) => {
                            furthest = (rank(why.rule), Reverse(order), why);
                        }
                        Ok(_) | Err(_) => {}
                    }
                }
            }
        }
        best.map(|(.., way)| way).ok_or(furthest.2)
    }

    /// What serving a request at this host costs at least: all but its team and interpreters, on days without a weekend
    /// among them. None where its officials cannot travel there.
    fn least(&self, request: RequestId, host: PlaceId) -> Option<Cents> {
        let programme = self.programme;
        let course = programme.requests[request].course;
        let days = Span { first: programme.start, last: programme.start + (programme.courses[course].days - 1) };
        let officials = price::participants(programme, request, host, days)?;
        Some(price::venue(programme, course, host) + price::materials(programme, request) + officials)
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
        let spans = self.spans(course, host, fixed);
        let from = spans.partition_point(|span| span.first < window.first);
        for span in spans[from..].iter().take_while(|span| span.last <= window.last) {
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

    /// Those of the cheapest trips who could fill a seat in a session of this length, in order; Err: there are too few of
    /// them, and why.
    fn ranked(&mut self, course: CourseId, host: PlaceId, working: LanguageId, span: Span) -> Ranked {
        let key = (course, host, working, span.days());
        if let Some(ranked) = self.ranked.get(&key) {
            return Rc::clone(ranked);
        }
        let ranked = self.members(course, host, working, span).map(|mut members| {
            if members.len() > FIRST {
                members.select_nth_unstable_by_key(FIRST, Member::order);
                members.truncate(FIRST);
            }
            members.sort_unstable_by_key(Member::order);
            members.shrink_to_fit();
            members
        });
        let ranked = Rc::new(ranked);
        self.ranked.insert(key, Rc::clone(&ranked));
        ranked
    }

    /// All who could fill a seat in a session of this length, in file order.
    fn members(
        &mut self,
        course: CourseId,
        host: PlaceId,
        working: LanguageId,
        span: Span,
    ) -> Result<Vec<Member>, RuleId> {
        let programme = self.programme;
        let stop = Stop { place: host, span, days: programme.courses[course].days };
        let able = self.able.entry((course, working)).or_insert_with(|| {
            let fit = |t: &Trainer, seat: Role| t.fits(course, seat, working);
            let all = programme.trainers.iter().filter(|(_, t)| fit(t, Role::Co));
            all.map(|(trainer, t)| Able {
                trainer,
                leads: fit(t, Role::Lead),
                home: t.home,
                fee_day: t.fee_day,
                barred: t.barred.values().any(|barred| *barred),
            })
            .collect()
        });
        let mut members = Vec::with_capacity(able.len());
        members.extend(
            able.iter().filter(|a| !a.barred || rules::barred::admits(programme, a.trainer, host)).filter_map(|a| {
                let (span, cost) = lone(programme, a.home, a.fee_day, stop)?;
                Some(Member { cost, trainer: a.trainer, days: span.days(), leads: a.leads })
            }),
        );
        let (leads, team) = (programme.courses[course].leads as usize, programme.courses[course].team());
        if members.len() < team || members.iter().filter(|m| m.leads).count() < leads {
            return Err(self.too_few(course, working));
        }
        if !rules::team_needs::admits(programme, course, members.iter().map(|m| m.trainer)) {
            return Err(RuleId::TeamNeeds);
        }
        Ok(members)
    }

    /// Why too few can teach this course somewhere.
    fn too_few(&self, course: CourseId, working: LanguageId) -> RuleId {
        let c = &self.programme.courses[course];
        let enough = |fits: &dyn Fn(&Trainer, Role) -> bool| {
            let number = |seat| self.programme.trainers.values().filter(|t| fits(t, seat)).count();
            number(Role::Lead) >= c.leads as usize && number(Role::Co) >= c.team()
        };
        let qualified = |t: &Trainer, seat: Role| t.roles[course].is_some_and(|role| role <= seat);
        if !enough(&qualified) {
            RuleId::Qualification
        } else if !enough(&|t, seat| t.fits(course, seat, working)) {
            RuleId::WorkingLanguage
        } else {
            RuleId::Barred
        }
    }

    /// The cheapest team over these days, each trainer for themselves; Err: why there is none.
    fn team(&mut self, course: CourseId, host: PlaceId, working: LanguageId, span: Span) -> Result<Team, RuleId> {
        let key = (course, host, working, span.first);
        if let Some(team) = self.teams.get(&key) {
            return *team;
        }
        let team = match &*self.ranked(course, host, working, span) {
            Err(rule) => Err(*rule),
            Ok(first) => match self.cheapest(course, host, span, first) {
                Err(_) if first.len() == FIRST => self.members(course, host, working, span).and_then(|mut all| {
                    all.sort_unstable_by_key(Member::order);
                    self.cheapest(course, host, span, &all)
                }),
                team => team,
            },
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
        // Tags may need somebody dearer: then more are looked at.
        for m in members {
            if leads + others == 0 && rules::team_needs::admits(programme, course, free.iter().copied()) {
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
        if leads + others == 0 && rules::team_needs::admits(programme, course, free.iter().copied()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::load;
    use std::path::Path;

    /// Every way there is, one after the other.
    fn one_by_one(ways: &mut Ways, request: RequestId) -> Result<Alone, Why> {
        let party = rules::together::party(ways.programme, request);
        let hosts = rules::host::hosts(ways.programme, &party);
        let languages = rules::language::languages(ways.programme, &party);
        let mut best: Result<Alone, Why> = Err(RuleId::Pin.into());
        for host in &hosts {
            for language in &languages {
                let working = rules::working_language::working_languages(ways.programme, &party, *host, *language);
                for (working, _) in working {
                    let way = ways.way(request, &party, *host, *language, working);
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

    #[test]
    fn looking_at_the_cheap_hosts_first_finds_the_same_way() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut impossible = 0;
        for name in ["demo", "examples/biennium-2008", "tiny/pooling", "tiny/online", "tiny/pins", "tiny/team-needs"] {
            let programme = load(&data.join(name), &[]).programme.expect(name);
            let mut ways = Ways::new(&programme);
            for request in programme.requests.ids() {
                let found = ways.alone(request);
                let empty = rules::host::hosts(&programme, &rules::together::party(&programme, request)).is_empty()
                    || rules::language::languages(&programme, &rules::together::party(&programme, request)).is_empty();
                if !empty {
                    assert_eq!(found, one_by_one(&mut Ways::new(&programme), request), "{name} {request:?}");
                }
                impossible += usize::from(found.is_err());
            }
        }
        assert!(impossible > 0, "some cannot be served");
    }
}
