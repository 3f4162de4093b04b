//! Random small programmes with every rule, string and goal in use, built without files.

use docent::plan::brief::{Baseline, Promise};
use docent::plan::{Plan, Status};
use docent::programme::Programme;
use docent::programme::calendar::{Week, session_span};
use docent::programme::day::{Day, Span};
use docent::programme::funds::{Fund, Interpretation, Measure, Quota};
use docent::programme::id::{
    CountryId, CourseId, Dense, LanguageId, PinLabelId, PlaceId, RegionId, RequestId, TagId, TogetherId, TrainerId,
};
use docent::programme::money::{Cents, Micro, MicroCents};
use docent::programme::people::{Course, CourseKind, Pin, PinStatus, Request, Role, Trainer};
use docent::programme::places::{Country, Leg, Place, Region, Travel};
use docent::programme::policy::{Coverage, Objective, Preferences, Rules, StartDays};

/// Chance for tests.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    pub fn id(&mut self, n: usize) -> u32 {
        self.below(n as u64) as u32
    }
}

/// What a random programme is to have.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub seed: u64,
    pub requests: usize,
    pub chained: bool,
    /// Share of pinned requests, in percent.
    pub pins: u64,
    /// How much money there is, in percent of what everything would cost.
    pub money: i64,
}

const PLACES: usize = 8;
const COUNTRIES: usize = 5;
const LANGUAGES: usize = 3;
const COURSES: usize = 4;
const TRAINERS: usize = 9;
const DAYS: i32 = 150;

/// A random programme.
pub fn programme(wish: Wish) -> Programme {
    let mut c = Chance::new(wish.seed);
    let start = Day::ymd(2027, 10, 4).expect("a date");
    let end = start + DAYS;
    let places = places(&mut c, start);
    let online: Vec<bool> = places.values().map(|p| p.online).collect();
    let travel = travel(&mut c);
    let courses: Dense<CourseId, Course> = (0..COURSES).map(|i| course(&mut c, i)).collect();
    let trainers: Dense<TrainerId, Trainer> = (0..TRAINERS).map(|i| trainer(&mut c, i, start)).collect();
    let mut requests: Dense<RequestId, Request> =
        (0..wish.requests).map(|i| request(&mut c, i, &courses, &online, start, end)).collect();
    let together = together(&mut c, &mut requests);
    let funds = (0..6).map(|i| fund(&mut c, i, wish, start)).collect();
    let interpretation = interpretation(&mut c);
    let quotas = (0..4).map(|i| quota(&mut c, i, start)).collect();
    let mut programme = Programme {
        name: format!("Random {}", wish.seed),
        start,
        end,
        currency: "USD".into(),
        as_of: c.percent(60).then_some(start - 5),
        rules: Rules {
            lead_days: c.between(0, 12) as i32,
            rest_days: c.between(0, 3) as i32,
            max_days_away: c.between(10, 24) as i32,
            chain_missions: wish.chained,
            start_weekdays: match c.below(4) {
                0 => StartDays::First,
                1 => StartDays::On([true, true, true, false, false, false, true]),
                _ => StartDays::Any,
            },
            after_gap_days: c.between(0, 10) as i32,
            country_gap_days: c.percent(60).then(|| c.between(0, 4) as i32),
            reserve: Micro(0),
        },
        objective: Objective { order: None, coverage: Coverage::Participants, tolerance: Vec::new() },
        preferences: Preferences {
            language_rank: Micro(1_000_000),
            week_from_preferred: Micro(1_000_000),
            avoided_day: Micro(500_000),
            overload_day: Micro(1_000_000),
            trainer_used: Micro(if c.percent(50) { 250_000 } else { 0 }),
        },
        hours: None,
        languages: ["en", "fr", "ar"].iter().map(|s| s.to_string()).collect(),
        tags: ["prosecutor", "forensics"].iter().map(|s| s.to_string()).collect(),
        togethers: (0..together.len()).map(|i| format!("L{i}")).collect(),
        pin_labels: ["P0", "P1"].iter().map(|s| s.to_string()).collect(),
        regions: (0..2)
            .map(|i| Region {
                id: format!("G{i}"),
                name: format!("Region {i}"),
                max_parallel: c.percent(50).then(|| c.between(1, 3) as u32),
            })
            .collect(),
        countries: (0..COUNTRIES).map(|i| Country { id: format!("C{i}"), name: format!("Country {i}") }).collect(),
        places,
        travel,
        courses,
        trainers,
        pin_of: Dense::filled(None, requests.len()),
        requests,
        funds,
        interpretation,
        quotas,
        pins: Vec::new(),
        together,
    };
    pin(&mut c, &mut programme, wish.pins);
    programme
}

fn places(c: &mut Chance, start: Day) -> Dense<PlaceId, Place> {
    (0..PLACES)
        .map(|i| {
            let online = i == PLACES - 1;
            let weekend = match c.below(3) {
                0 => [false, false, false, false, true, true, false],
                1 if online => [false; 7],
                _ => [false, false, false, false, false, true, true],
            };
            let days = |c: &mut Chance, n: u64| -> Vec<(Span, String)> {
                let mut list: Vec<(Span, String)> = (0..c.below(n))
                    .map(|_| {
                        let first = start + c.between(0, i64::from(DAYS)) as i32;
                        (Span { first, last: first + c.between(0, 2) as i32 }, "Holiday".to_string())
                    })
                    .collect();
                list.sort();
                list
            };
            Place {
                id: format!("P{i}"),
                name: format!("Place {i}"),
                country: CountryId((i % COUNTRIES) as u32),
                region: (i % 3 < 2).then_some(RegionId((i % 3) as u32)),
                timezone: "UTC".into(),
                week: Week(weekend),
                closed: days(c, 4),
                avoid: days(c, 6),
                position: None,
                venue_day: Cents(if online { 0 } else { c.between(0, 5) * 10_000 }),
                participant_day: Cents(c.between(0, 4) * 1_111),
                allowance_day: Cents(if online { 0 } else { c.between(5, 20) * 1_000 }),
                max_parallel: c.percent(60).then(|| c.between(1, 2) as u32),
                lead_days: c.between(0, 20) as i32,
                online,
                listed: true,
            }
        })
        .collect()
}

fn travel(c: &mut Chance) -> Travel {
    let mut legs = vec![None; PLACES * PLACES];
    for a in 0..PLACES {
        for b in 0..PLACES {
            if a != b && !c.percent(4) {
                let leg = Leg { fare: Cents(c.between(50, 900) * 123), days: c.between(0, 2) as i32 };
                legs[a * PLACES + b] = Some(leg);
            }
        }
    }
    Travel::new(PLACES, legs)
}

fn course(c: &mut Chance, i: usize) -> Course {
    let leads = c.between(0, 2) as u32;
    let co_trainers = if leads == 0 { c.between(1, 2) } else { c.between(0, 2) } as u32;
    Course {
        id: format!("K{i}"),
        title: format!("Course {i}"),
        titles: Vec::new(),
        days: c.between(1, 8) as i32,
        leads,
        co_trainers,
        min_participants: c.between(4, 12),
        max_participants: c.percent(80).then(|| c.between(20, 35)),
        languages: some(c, LANGUAGES, 75).into_iter().map(LanguageId).collect(),
        materials_per_participant: Cents(c.between(0, 3) * 555),
        team_needs: if c.percent(30) { vec![(TagId(c.id(2)), 1)] } else { Vec::new() },
        tags: Vec::new(),
        kind: CourseKind::Training,
    }
}

/// Some of the numbers below `n`, at least one.
fn some(c: &mut Chance, n: usize, share: u64) -> Vec<u32> {
    let list: Vec<u32> = (0..n as u32).filter(|_| c.percent(share)).collect();
    if list.is_empty() { vec![c.id(n)] } else { list }
}

fn trainer(c: &mut Chance, i: usize, start: Day) -> Trainer {
    let teaches: Vec<LanguageId> = some(c, LANGUAGES, 60).into_iter().map(LanguageId).collect();
    let assists = (0..LANGUAGES as u32).map(LanguageId).filter(|l| !teaches.contains(l) && c.percent(50)).collect();
    let mut absences: Vec<(Span, String)> = (0..c.below(3))
        .map(|_| {
            let first = start + c.between(0, i64::from(DAYS)) as i32;
            (Span { first, last: first + c.between(0, 12) as i32 }, "Leave".to_string())
        })
        .collect();
    absences.sort();
    Trainer {
        id: format!("T{i}"),
        name: format!("Trainer {i}"),
        home: PlaceId(c.id(PLACES - 1)),
        teaches,
        assists,
        roles: (0..COURSES)
            .map(|_| match c.below(10) {
                0..6 => Some(Role::Lead),
                6..8 => Some(Role::Co),
                _ => None,
            })
            .collect(),
        fee_day: Cents(c.between(0, 6) * 10_007),
        max_days: c.percent(50).then(|| c.between(20, 60) as i32),
        max_days_year: c.percent(40).then(|| c.between(10, 30) as i32),
        max_days_away: c.between(8, 24) as i32,
        rest_days: c.between(0, 4) as i32,
        target_days: c.percent(50).then(|| c.between(5, 20) as i32),
        available_from: c.percent(15).then(|| start + c.between(0, 40) as i32),
        available_to: c.percent(15).then(|| start + c.between(80, 160) as i32),
        tags: (0..2).map(TagId).filter(|_| c.percent(50)).collect(),
        barred: (0..PLACES).map(|_| c.percent(8)).collect(),
        email: String::new(),
        absences,
    }
}

fn request(
    c: &mut Chance,
    i: usize,
    courses: &Dense<CourseId, Course>,
    online: &[bool],
    start: Day,
    end: Day,
) -> Request {
    let course = CourseId(c.id(COURSES));
    let place = PlaceId(c.id(PLACES - 1));
    let mut hosts: Vec<PlaceId> = some(c, PLACES, 35)
        .into_iter()
        .map(PlaceId)
        .filter(|p| !online[p.0 as usize] || c.percent(40))
        .chain([place])
        .collect();
    hosts.sort();
    hosts.dedup();
    let earliest = c.percent(60).then(|| start + c.between(0, 60) as i32);
    let latest = c.percent(60).then(|| end - c.between(0, 60) as i32);
    let participants = c.between(3, 18);
    let priority = Micro(c.between(1, 6) * 500_000);
    let mut languages = courses[course].languages.clone();
    if languages.len() > 1 && c.percent(50) {
        languages.rotate_left(1);
        languages.pop();
    }
    Request {
        id: format!("R{i:03}"),
        course,
        place,
        participants,
        languages,
        interpretation: c.percent(75),
        hosts,
        earliest,
        latest,
        preferred: c.percent(50).then(|| start + c.between(0, i64::from(DAYS)) as i32),
        priority,
        points: Micro(priority.0 * participants),
        must: c.percent(10),
        shared: c.percent(70),
        together: None,
        after: if i > 0 && c.percent(15) { vec![RequestId(c.id(i))] } else { Vec::new() },
        received: None,
        audience: String::new(),
        note: String::new(),
    }
}

fn together(c: &mut Chance, requests: &mut Dense<RequestId, Request>) -> Dense<TogetherId, Vec<RequestId>> {
    let mut labels = Dense::default();
    for id in requests.ids() {
        if !c.percent(8) || requests[id].together.is_some() {
            continue;
        }
        let mate = requests.ids().find(|o| {
            *o > id
                && requests[*o].course == requests[id].course
                && requests[*o].together.is_none()
                && requests[*o].hosts.iter().any(|h| requests[id].hosts.contains(h))
        });
        if let Some(mate) = mate {
            let label = labels.push(vec![id, mate]);
            requests[id].together = Some(label);
            requests[mate].together = Some(label);
        }
    }
    labels
}

fn fund(c: &mut Chance, i: usize, wish: Wish, start: Day) -> Fund {
    let amount = Cents(c.between(50, 150) * wish.requests as i64 * wish.money * 40);
    let spent = Cents(if c.percent(30) { amount.0 / 7 } else { 0 });
    let all = |c: &mut Chance, n: usize, share: u64| -> Vec<bool> {
        if c.percent(share) { (0..n).map(|_| c.percent(60)).collect() } else { vec![true; n] }
    };
    let narrow = if i == 0 { 0 } else { 35 };
    Fund {
        id: format!("F{i}"),
        donor: format!("Donor {i}"),
        currency: "USD".into(),
        amount,
        spent,
        in_kind: i == 5 && c.percent(70),
        pledged: false,
        overhead: Micro(if c.percent(50) { c.between(0, 20) * 7_777 } else { 0 }),
        valid_from: c.percent(narrow).then(|| start + c.between(0, 60) as i32),
        valid_to: c.percent(narrow).then(|| start + c.between(80, 140) as i32),
        officials: Dense::new(all(c, PLACES, narrow)),
        hosts: Dense::new(all(c, PLACES, narrow)),
        courses: Dense::new(all(c, COURSES, narrow)),
        languages: Dense::new(all(c, LANGUAGES, narrow)),
        covers: if c.percent(narrow) { std::array::from_fn(|_| c.percent(70)) } else { [true; 7] },
        spend_at_least: c.percent(30).then_some(Cents(amount.0 / 2)),
        has: MicroCents(i128::from((amount - spent).0.max(0)) * 1_000_000),
    }
}

fn interpretation(c: &mut Chance) -> Dense<docent::programme::id::InterpretationId, Interpretation> {
    let mut rows = Dense::default();
    for from in 0..LANGUAGES as u32 {
        for to in 0..LANGUAGES as u32 {
            if from == to || !c.percent(70) {
                continue;
            }
            rows.push(Interpretation {
                at: "*".into(),
                from: LanguageId(from),
                to: LanguageId(to),
                cost_day: Cents(c.between(3, 12) * 10_000),
                max_parallel: c.percent(40).then_some(1),
                places: (0..PLACES).map(|_| c.percent(85)).collect(),
            });
        }
    }
    rows
}

fn quota(c: &mut Chance, i: usize, start: Day) -> Quota {
    let measure = [Measure::Sessions, Measure::Requests, Measure::Participants, Measure::Cost][i % 4];
    let most = match measure {
        Measure::Sessions => c.between(2, 6),
        Measure::Requests => c.between(3, 9),
        Measure::Participants => c.between(40, 90),
        Measure::Cost => c.between(20, 80) * 100_000,
    };
    let least = c.percent(50);
    Quota {
        id: format!("Q{i}"),
        measure,
        officials: (0..PLACES).map(|_| c.percent(70)).collect(),
        hosts: (0..PLACES).map(|_| c.percent(80)).collect(),
        courses: (0..COURSES).map(|_| c.percent(70)).collect(),
        languages: (0..LANGUAGES).map(|_| c.percent(80)).collect(),
        from: c.percent(40).then_some(start + 20),
        to: c.percent(40).then_some(start + 110),
        min: least.then_some(most),
        max: (!least).then_some(most),
    }
}

/// Pins some requests: wanted ones with any values, confirmed and done ones with a start that the place allows and a
/// full team, whatever their trainers' diaries say.
fn pin(c: &mut Chance, programme: &mut Programme, share: u64) {
    for r in programme.requests.ids() {
        if !c.percent(share) {
            continue;
        }
        let request = &programme.requests[r];
        let course = &programme.courses[request.course];
        let place = request.hosts[c.below(request.hosts.len() as u64) as usize];
        // What `check` refuses: officials or trainers who have no way to a host.
        let joined = |from: PlaceId| {
            programme.places[place].online
                || programme.travel.leg(from, place).is_some() && programme.travel.leg(place, from).is_some()
        };
        if !joined(request.place) {
            continue;
        }
        let language = request.languages[0];
        let from = c.below(100) as i32;
        let start = (from..from + 40).map(|d| programme.start + d).find(|d| {
            session_span(&programme.places[place], course.days, programme.rules.start_weekdays, *d).is_some()
        });
        let mut team: Vec<TrainerId> = Vec::new();
        for (role, n) in [(Role::Lead, course.leads), (Role::Co, course.co_trainers)] {
            let fits = |t: &TrainerId| {
                let trainer = &programme.trainers[*t];
                trainer.fits(request.course, role, language) && joined(trainer.home)
            };
            let list: Vec<TrainerId> =
                programme.trainers.ids().filter(|t| fits(t) && !team.contains(t)).take(n as usize).collect();
            team.extend(list);
        }
        team.sort();
        let status = match c.below(4) {
            0 => PinStatus::Confirmed,
            1 => PinStatus::Done,
            _ => PinStatus::Wanted,
        };
        let pin = match (status, start) {
            (PinStatus::Wanted, _) => Pin {
                request: r,
                session: c.percent(30).then(|| PinLabelId(c.id(2))),
                start: start.filter(|_| c.percent(30)),
                place: c.percent(40).then_some(place),
                language: c.percent(30).then_some(language),
                working_language: c.percent(20).then_some(language),
                trainers: if c.percent(30) { team.into_iter().take(1).collect() } else { Vec::new() },
                status,
            },
            (_, Some(start)) if team.len() == course.team() => Pin {
                request: r,
                session: None,
                start: Some(start),
                place: Some(place),
                language: Some(language),
                working_language: c.percent(50).then_some(language),
                trainers: team,
                status,
            },
            _ => continue,
        };
        programme.pin_of[r] = Some(programme.pins.len());
        programme.pins.push(pin);
    }
}

/// The plan as a baseline; what starts before `freeze` stays as it is.
pub fn baseline(programme: &Programme, plan: &Plan, freeze: Option<Day>) -> Baseline {
    let mut promises = Dense::filled(None, programme.requests.len());
    let mut frozen = Vec::new();
    for s in &plan.sessions {
        for r in &s.requests {
            promises[*r] = Some(Promise {
                start: s.span.first,
                place: Some(s.place),
                language: Some(s.language),
                team: s.team.iter().map(|seat| seat.trainer).collect(),
                gone: 0,
            });
        }
        if freeze.is_some_and(|d| s.span.first < d) {
            let mut kept = s.clone();
            kept.charges.clear();
            kept.status = if kept.status == Status::Done { Status::Done } else { Status::Confirmed };
            frozen.push(kept);
        }
    }
    Baseline { sessions: Vec::new(), promises, frozen }
}
