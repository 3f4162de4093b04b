//! What the search knows before its first move: units, the ways to serve them, start days, crews, ways and strings.

use super::days::{Days, LONGEST};
use super::purse::Strings;
use super::unit::{Attend, Choice, NONE, Unit};
use crate::plan::brief::Brief;
use crate::plan::history::done_sessions;
use crate::plan::mission::stays;
use crate::plan::{Session, price};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, Id, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::people::{PinStatus, Role};
use crate::rules;
use rustc_hash::FxHashMap;

/// Where and when sessions of a course may be held at a place: start days by the days they span.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Start days, lead days not looked at, by span.
    pub starts: Vec<(i32, Vec<u64>)>,
    /// First start where lead days bind.
    pub first: i32,
}

/// A trainer who may teach somewhere, with the cost of a trip of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub trainer: TrainerId,
    /// For a span of the course's days, in cents.
    pub cost: i64,
}

/// Who may teach a course at a place in a working language: cheapest trip first.
#[derive(Clone, Debug)]
pub struct Crew {
    pub course: CourseId,
    pub place: PlaceId,
    pub leads: Vec<Candidate>,
    /// Everybody who may fill a co-trainer's seat, leads included.
    pub others: Vec<Candidate>,
    /// A lower bound of a team's cost, trips of their own; None where there are too few people.
    pub least: Option<i64>,
}

impl Crew {
    /// The crew of a course at a place: candidates with the cheapest first.
    pub fn new(
        programme: &Programme,
        course: CourseId,
        place: PlaceId,
        leads: Vec<Candidate>,
        others: Vec<Candidate>,
    ) -> Crew {
        let (l, c) = (programme.courses[course].leads as usize, programme.courses[course].co_trainers as usize);
        let enough = leads.len() >= l && others.len() >= l + c;
        let sum = |list: &[Candidate], n: usize| list.iter().take(n).map(|c| c.cost).sum::<i64>();
        let least = enough.then(|| sum(&leads, l) + sum(&others, c));
        Crew { course, place, leads, others, least }
    }
}

/// A way between two places: fare in cents and days.
pub type Way = Option<(i64, i32)>;

/// A trainer as the board sees them.
#[derive(Clone, Debug)]
pub struct Person {
    pub home: PlaceId,
    pub fee: i64,
    pub rest: i32,
    pub away: i32,
    /// Days on which they are not available.
    pub absent: Vec<u64>,
    /// Days of done missions, with the rest after them.
    pub history: Vec<u64>,
    /// Days of done missions: in all, and each mission's span.
    pub worked: i32,
    pub past: Vec<(i32, i32)>,
    pub max_days: i32,
    pub max_days_year: Option<i32>,
    pub target: Option<i64>,
}

/// Everything that does not change while searching.
pub struct World<'a> {
    pub programme: &'a Programme,
    pub brief: &'a Brief<'a>,
    /// Day 0 of the board.
    pub base: Day,
    /// Words of a set of days.
    pub words: usize,
    pub units: Vec<Unit>,
    pub unit_of: Dense<RequestId, u32>,
    pub sites: Vec<Site>,
    pub crews: Vec<Crew>,
    pub people: Vec<Person>,
    pub strings: Strings,
    /// Done sessions, then frozen ones.
    pub done: Vec<Session>,
    pub frozen: Vec<Session>,
    /// By place: days to avoid there; days closed or to avoid for officials from there; weekend days.
    pub avoid: Vec<Vec<u64>>,
    pub unwelcome: Vec<Vec<u64>>,
    pub weekend: Vec<Vec<u64>>,
    /// First days of the calendar years on the board, with one more at the end.
    pub years: Vec<i32>,
    /// The most points of a unit, in millionths; at least 1.
    pub most_points: i64,
    ways: Vec<Way>,
}

impl<'a> World<'a> {
    /// Looks at a brief once.
    pub fn new(brief: &'a Brief<'a>) -> World<'a> {
        let programme = brief.programme;
        let done = done_sessions(programme);
        let frozen: Vec<Session> =
            brief.frozen().iter().filter(|s| !s.requests.iter().any(|r| programme.is_done(*r))).cloned().collect();
        let (base, days) = horizon(programme, &frozen);
        let words = days.div_ceil(64);
        let ids = || programme.places.ids();
        let ways = ids()
            .flat_map(|a| ids().map(move |b| (a, b)))
            .map(|(a, b)| programme.travel.leg(a, b).map(|leg| (leg.fare.0, leg.days)))
            .collect();
        let mut world = World {
            programme,
            brief,
            base,
            words,
            units: Vec::new(),
            unit_of: Dense::filled(NONE, programme.requests.len()),
            sites: Vec::new(),
            crews: Vec::new(),
            people: Vec::new(),
            strings: Strings::new(programme, base, days),
            done,
            frozen,
            avoid: Vec::new(),
            unwelcome: Vec::new(),
            weekend: Vec::new(),
            years: Vec::new(),
            most_points: 1,
            ways,
        };
        let first_year = base.year();
        let last_year = (base + days as i32).year();
        world.years = (first_year..=last_year + 1).filter_map(|y| Day::ymd(y, 1, 1)).map(|d| world.index(d)).collect();
        world.look_at_places();
        world.look_at_people();
        world.look_at_requests();
        world.most_points = world.units.iter().map(|u| u.points).max().unwrap_or(0).max(1);
        world.find_choices();
        world.find_mates();
        world
    }

    /// The board's number of a day.
    pub fn index(&self, day: Day) -> i32 {
        day - self.base
    }

    /// The day with this number.
    pub fn day(&self, index: i32) -> Day {
        self.base + index
    }

    /// The span between two numbers.
    pub fn span(&self, first: i32, last: i32) -> Span {
        Span { first: self.day(first), last: self.day(last) }
    }

    /// The way from one place to another.
    pub fn way(&self, from: PlaceId, to: PlaceId) -> Way {
        self.ways[from.index() * self.programme.places.len() + to.index()]
    }

    /// True when a session at this place is no trip for this trainer.
    pub fn stays(&self, trainer: TrainerId, place: PlaceId) -> bool {
        stays(self.programme, trainer, place)
    }

    /// The days of the ways out and back of a trip of one session; None where there is none.
    pub fn trip_days(&self, trainer: TrainerId, place: PlaceId) -> Option<(i32, i32)> {
        if self.stays(trainer, place) {
            return Some((0, 0));
        }
        let home = self.people[trainer.index()].home;
        Some((self.way(home, place)?.1, self.way(place, home)?.1))
    }

    /// What a trip of one session costs, in cents; None where there is no way.
    pub fn trip_cost(&self, trainer: TrainerId, place: PlaceId, span: i32, days: i32) -> Option<i64> {
        let person = &self.people[trainer.index()];
        if self.stays(trainer, place) {
            return Some(person.fee * i64::from(days));
        }
        let (out, back) = (self.way(person.home, place)?, self.way(place, person.home)?);
        let allowance = self.programme.places[place].allowance_day.0;
        Some(person.fee * i64::from(out.1 + span + back.1) + out.0 + back.0 + allowance * i64::from(out.1 + span))
    }

    fn look_at_places(&mut self) {
        let programme = self.programme;
        let last = self.words as i32 * 64;
        for place in programme.places.values() {
            let set = |spans: &[(Span, String)]| {
                let mut days = Days::none(self.words);
                for (s, _) in spans {
                    days.add(self.index(s.first), self.index(s.last));
                }
                days
            };
            let (avoid, closed) = (set(&place.avoid), set(&place.closed));
            let mut unwelcome = avoid;
            unwelcome.join(closed.words());
            let mut weekend = Days::none(self.words);
            for i in (0..last).filter(|i| place.week.rests(self.base + *i)) {
                weekend.add(i, i);
            }
            self.avoid.push(avoid.words().to_vec());
            self.unwelcome.push(unwelcome.words().to_vec());
            self.weekend.push(weekend.words().to_vec());
        }
    }

    fn look_at_people(&mut self) {
        let last = self.words as i32 * 64 - 1;
        for trainer in self.programme.trainers.values() {
            let mut absent = Days::none(self.words);
            if let Some(from) = trainer.available_from {
                absent.add(0, self.index(from) - 1);
            }
            if let Some(to) = trainer.available_to {
                absent.add(self.index(to) + 1, last);
            }
            for (s, _) in &trainer.absences {
                absent.add(self.index(s.first), self.index(s.last));
            }
            self.people.push(Person {
                home: trainer.home,
                fee: trainer.fee_day.0,
                rest: trainer.rest_days,
                away: trainer.max_days_away,
                absent: absent.words().to_vec(),
                history: vec![0; self.words],
                worked: 0,
                past: Vec::new(),
                max_days: trainer.max_days.unwrap_or(i32::MAX),
                max_days_year: trainer.max_days_year,
                target: trainer.target_days.map(i64::from),
            });
        }
        for s in &self.done {
            let (first, last) = (self.index(s.span.first), self.index(s.span.last));
            for seat in &s.team {
                let travels = !stays(self.programme, seat.trainer, s.place);
                let (out, back) = trip_days(self.programme, seat.trainer, s.place).unwrap_or((0, 0));
                let person = &mut self.people[seat.trainer.index()];
                let mut days = Days::of(&person.history);
                days.add(first - out, last + back + if travels { person.rest } else { 0 });
                person.history = days.words().to_vec();
                person.worked += last + back - first + out + 1;
                person.past.push((first - out, last + back));
            }
        }
    }

    fn look_at_requests(&mut self) {
        let programme = self.programme;
        let fixed: Vec<RequestId> =
            self.done.iter().chain(&self.frozen).flat_map(|s| s.requests.iter().copied()).collect();
        for r in programme.requests.ids() {
            if self.unit_of[r] != NONE {
                continue;
            }
            // What is fixed stands alone; a label of which a part is fixed is served no further.
            let whole = rules::together::party(programme, r);
            let cut = whole.iter().any(|r| fixed.contains(r));
            let party = if cut { vec![r] } else { whole };
            let id = u32::try_from(self.units.len()).unwrap_or(NONE);
            for member in &party {
                self.unit_of[*member] = id;
            }
            let mut unit = self.unit(party);
            unit.still |= cut;
            self.units.push(unit);
        }
        let set = |mut list: Vec<u32>| {
            list.sort_unstable();
            list.dedup();
            list
        };
        for id in 0..self.units.len() {
            let before = self.units[id]
                .requests
                .iter()
                .flat_map(|r| programme.requests[*r].after.iter().map(|b| self.unit_of[*b]))
                .collect();
            self.units[id].before = set(before);
            if self.units[id].before.contains(&(id as u32)) {
                self.units[id].still = true;
            }
            for b in self.units[id].before.clone() {
                self.units[b as usize].behind.push(id as u32);
            }
        }
    }

    fn unit(&self, party: Vec<RequestId>) -> Unit {
        let programme = self.programme;
        let course = programme.requests[party[0]].course;
        let pins: Vec<_> = party.iter().filter_map(|r| programme.pin(*r)).collect();
        let promised = |r: &RequestId| self.brief.baseline.as_ref().is_some_and(|b| b.promises[*r].is_some());
        let mut hosts = rules::host::hosts(programme, &party);
        hosts.sort_unstable();
        hosts.dedup();
        let attend =
            |place: PlaceId| -> Option<Vec<Attend>> { party.iter().map(|r| attend(programme, *r, place)).collect() };
        let attends: Vec<(PlaceId, Vec<Attend>)> =
            hosts.iter().filter_map(|p| attend(*p).map(|list| (*p, list))).collect();
        let mut countries: Vec<u32> = party.iter().map(|r| programme.country_of(*r).0).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut officials = self.strings.officials(programme.requests[party[0]].place);
        for r in &party {
            officials = officials.meet(self.strings.officials(programme.requests[*r].place));
        }
        let day = |d: Option<Day>| d.map(|d| self.index(d));
        let mut labels: Vec<_> = pins.iter().filter_map(|p| p.session).collect();
        labels.sort_unstable();
        labels.dedup();
        let requests = || party.iter().map(|r| &programme.requests[*r]);
        let possible = rules::request_once::admits(programme, &party)
            && rules::pin::mates(programme, &party)
            && !pins.iter().any(|p| p.status == PinStatus::Done);
        Unit {
            course,
            participants: requests().map(|r| r.participants).sum(),
            points: requests().map(|r| r.points.0).sum(),
            shared: requests().all(|r| r.shared),
            still: !possible,
            interpretation: requests().all(|r| r.interpretation),
            booked: pins.iter().any(|p| p.status == PinStatus::Confirmed),
            hosts: attends.iter().map(|(p, _)| *p).collect(),
            languages: rules::language::languages(programme, &party),
            earliest: requests().filter_map(|r| day(r.earliest)).max().unwrap_or(0),
            latest: requests()
                .filter_map(|r| day(r.latest))
                .chain([self.index(programme.end)])
                .min()
                .unwrap_or(i32::MAX),
            start: pins.iter().find_map(|p| day(p.start)),
            place: pins.iter().find_map(|p| p.place),
            language: pins.iter().find_map(|p| p.language),
            working: pins.iter().find_map(|p| p.working_language),
            team: rules::pin::team(programme, &party),
            labels,
            countries,
            officials,
            before: Vec::new(),
            behind: Vec::new(),
            promises: party.iter().map(|r| self.brief.promise(*r)).sum(),
            kept: party.iter().filter(|r| promised(r)).map(|r| programme.requests[*r].points.0).sum(),
            known: party.iter().filter(|r| promised(r)).count() as i64,
            materials: party.iter().map(|r| price::materials(programme, *r).0).sum(),
            attend: attends.into_iter().flat_map(|(_, list)| list).collect(),
            choices: Vec::new(),
            mates: Vec::new(),
            requests: party,
        }
    }

    fn find_choices(&mut self) {
        let programme = self.programme;
        let mut sites: FxHashMap<(CourseId, PlaceId), u32> = FxHashMap::default();
        let mut crews: FxHashMap<(CourseId, PlaceId, LanguageId), u32> = FxHashMap::default();
        for id in 0..self.units.len() {
            if self.units[id].still {
                continue;
            }
            let unit = &self.units[id];
            let course = unit.course;
            let days = programme.courses[course].days;
            let mut choices = Vec::new();
            for place in unit.hosts.clone() {
                for language in self.units[id].languages.clone() {
                    let ways = rules::working_language::working_languages(
                        programme,
                        &self.units[id].requests,
                        place,
                        language,
                    );
                    for (working, row) in ways {
                        if !self.units[id].takes(place, language, working) {
                            continue;
                        }
                        let crew = *crews.entry((course, place, working)).or_insert_with(|| {
                            self.crews.push(crew(self, course, place, working));
                            self.crews.len() as u32 - 1
                        });
                        let Some(team) = self.crews[crew as usize].least else { continue };
                        let site = *sites.entry((course, place)).or_insert_with(|| {
                            self.sites.push(site(self, course, place));
                            self.sites.len() as u32 - 1
                        });
                        let Some(span) = self.sites[site as usize].starts.iter().map(|(span, _)| *span).min() else {
                            continue;
                        };
                        let unit = &self.units[id];
                        let interpretation = price::interpretation(programme, course, place, working, language);
                        let room = price::venue(programme, course, place).0 + interpretation.map_or(0, |c| c.0);
                        let host = unit.host(place).unwrap_or(0);
                        let least = room + unit.attends(host, span.max(days)) + unit.materials + team;
                        choices.push(Choice { place, language, working, row, site, crew, room, least });
                    }
                }
            }
            choices.sort_by_key(|c| c.least);
            self.units[id].choices = choices;
        }
    }

    fn find_mates(&mut self) {
        /// A unit looks at so many others at most.
        const MOST: usize = 256;
        let mut by_course: Vec<Vec<u32>> = vec![Vec::new(); self.programme.courses.len()];
        for (id, u) in self.units.iter().enumerate() {
            if !u.still && u.shared && !u.choices.is_empty() {
                by_course[u.course.index()].push(id as u32);
            }
        }
        for group in &by_course {
            for a in group {
                let ua = &self.units[*a as usize];
                let days = self.programme.courses[ua.course].days;
                let mut mates: Vec<u32> = group
                    .iter()
                    .copied()
                    .filter(|b| {
                        let ub = &self.units[*b as usize];
                        a != b
                            && ua.earliest.max(ub.earliest) + days - 1 <= ua.latest.min(ub.latest)
                            && ua.start.is_none_or(|s| ub.start.is_none_or(|t| s == t))
                            && ua.choices.iter().any(|c| ub.takes(c.place, c.language, c.working))
                            && !ua.before.contains(b)
                            && !ub.before.contains(a)
                    })
                    .collect();
                let overlap = |b: &u32| {
                    let ub = &self.units[*b as usize];
                    ua.latest.min(ub.latest) - ua.earliest.max(ub.earliest)
                };
                if mates.len() > MOST {
                    mates.sort_by_key(|b| -overlap(b));
                    mates.truncate(MOST);
                    mates.sort_unstable();
                }
                self.units[*a as usize].mates = mates;
            }
        }
    }
}

/// First day and number of days of the board: everything that can matter, as far as it fits.
fn horizon(programme: &Programme, frozen: &[Session]) -> (Day, usize) {
    let places = || programme.places.ids();
    let far = places()
        .flat_map(|a| places().map(move |b| (a, b)))
        .filter_map(|(a, b)| programme.travel.leg(a, b))
        .map(|leg| leg.days)
        .max()
        .unwrap_or(0);
    let rest = programme.trainers.values().map(|t| t.rest_days).max().unwrap_or(0);
    let margin = far + rest + 2;
    let first = frozen.iter().map(|s| s.span.first).chain([programme.start]).min().unwrap_or(programme.start);
    let longest = programme.courses.values().map(|c| c.days).max().unwrap_or(0);
    let last = frozen.iter().map(|s| s.span.last).chain([programme.end]).max().unwrap_or(programme.end);
    let days = (last - first) + 2 * margin + longest + 1;
    (first - margin, (days.max(1) as usize).min(LONGEST))
}

fn trip_days(programme: &Programme, trainer: TrainerId, place: PlaceId) -> Option<(i32, i32)> {
    if stays(programme, trainer, place) {
        return Some((0, 0));
    }
    let home = programme.trainers[trainer].home;
    Some((programme.travel.leg(home, place)?.days, programme.travel.leg(place, home)?.days))
}

fn attend(programme: &Programme, request: RequestId, place: PlaceId) -> Option<Attend> {
    let at = |days: i32| price::participants(programme, request, place, Span { first: Day(0), last: Day(days - 1) });
    let (none, one) = (at(-1)?.0, at(0)?.0);
    Some(Attend { fixed: none, per_day: one - none })
}

fn site(world: &World, course: CourseId, place: PlaceId) -> Site {
    let programme = world.programme;
    let whole = Span { first: programme.start, last: programme.end };
    let mut starts: Vec<(i32, Days)> = Vec::new();
    for span in rules::working_days::spans(programme, course, place, whole) {
        let first = world.index(span.first);
        if world.index(span.last) >= world.words as i32 * 64 {
            continue;
        }
        match starts.iter_mut().find(|(days, _)| *days == span.days()) {
            Some((_, set)) => set.add(first, first),
            None => {
                let mut set = Days::none(world.words);
                set.add(first, first);
                starts.push((span.days(), set));
            }
        }
    }
    starts.sort_by_key(|(days, _)| *days);
    Site {
        starts: starts.into_iter().map(|(days, set)| (days, set.words().to_vec())).collect(),
        first: world.index(programme.first_start(place)),
    }
}

fn crew(world: &World, course: CourseId, place: PlaceId, working: LanguageId) -> Crew {
    let programme = world.programme;
    let days = programme.courses[course].days;
    let list = |role: Role| {
        let mut all: Vec<Candidate> = rules::qualification::candidates(programme, course, role, place, working)
            .into_iter()
            .filter_map(|t| world.trip_cost(t, place, days, days).map(|cost| Candidate { trainer: t, cost }))
            .collect();
        all.sort_by_key(|c| c.cost);
        all
    };
    Crew::new(programme, course, place, list(Role::Lead), list(Role::Co))
}
