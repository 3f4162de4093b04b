//! What is said to stand in the way, against the judge: every way that there is, built and judged.

use docent::explain::beside::Beside;
use docent::explain::conflict::conflicts;
use docent::explain::facts::fact;
use docent::explain::obstacles::{Asked, Obstacles};
use docent::explain::rule_set::{RuleSet, Smallest};
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::history::history;
use docent::plan::mission::{Stop, trip};
use docent::plan::price::{participants, stop};
use docent::plan::{Mission, Plan, Seat, Session, Status};
use docent::programme::Programme;
use docent::programme::calendar::span;
use docent::programme::day::{Day, Span};
use docent::programme::id::{LanguageId, PlaceId, RequestId, TrainerId};
use docent::programme::people::Role;
use docent::read::load;
use docent::solve::finish::finish;
use docent::solve::{Options, Start, plan};
use docent::words::RuleId;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A session as somebody might hold it, whatever rules say.
struct Way<'a> {
    requests: &'a [RequestId],
    place: PlaceId,
    language: LanguageId,
    working: LanguageId,
    start: Day,
    team: &'a [TrainerId],
}

/// The rules that the judge says this plan breaks with one more session.
fn broken(programme: &Programme, beside: &Plan, way: &Way) -> RuleSet {
    let brief = Brief::new(programme);
    let course = programme.requests[way.requests[0]].course;
    let days = programme.courses[course].days;
    let week = programme.places[way.place].week;
    let span = span(week, days, way.start).unwrap_or(Span { first: way.start, last: way.start + (days - 1) });
    let leads = programme.courses[course].leads as usize;
    let role = |i: usize| if i < leads { Role::Lead } else { Role::Co };
    let mut team: Vec<Seat> = way.team.iter().enumerate().map(|(i, t)| Seat { trainer: *t, role: role(i) }).collect();
    team.sort_by_key(|seat| (seat.role, seat.trainer));
    let mut requests = way.requests.to_vec();
    requests.sort();
    let mut plan = beside.clone();
    let at = plan.sessions.len();
    let stop = Stop { place: way.place, span, days };
    for seat in &team {
        let span = trip(programme, seat.trainer, &[stop]).map_or(span, |trip| trip.span);
        plan.missions.push(Mission { trainer: seat.trainer, span, sessions: vec![at] });
    }
    plan.sessions.push(Session {
        id: String::new(),
        status: Status::Proposed,
        course,
        place: way.place,
        language: way.language,
        working_language: way.working,
        span,
        requests,
        team,
        charges: Vec::new(),
    });
    let plan = finish(&brief, plan.clone()).unwrap_or(plan);
    judge(&brief, &plan).violations.iter().map(|v| v.rule).collect()
}

/// Everybody on every seat: leads first, each part ascending.
fn teams(programme: &Programme, leads: usize, others: usize) -> Vec<Vec<TrainerId>> {
    fn pick(from: &[TrainerId], n: usize) -> Vec<Vec<TrainerId>> {
        if n == 0 {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for (i, first) in from.iter().enumerate() {
            for mut rest in pick(&from[i + 1..], n - 1) {
                rest.insert(0, *first);
                all.push(rest);
            }
        }
        all
    }
    let everybody: Vec<TrainerId> = programme.trainers.ids().collect();
    let mut all = Vec::new();
    for front in pick(&everybody, leads) {
        let left: Vec<TrainerId> = everybody.iter().copied().filter(|t| !front.contains(t)).collect();
        for back in pick(&left, others) {
            all.push(front.iter().chain(&back).copied().collect());
        }
    }
    all
}

/// Who may attend together: the request with its label or without it, and any others of its course.
fn companies(programme: &Programme, request: RequestId) -> Vec<Vec<RequestId>> {
    let others: Vec<RequestId> = programme
        .requests
        .iter()
        .filter(|(r, q)| *r != request && q.course == programme.requests[request].course && !programme.is_done(*r))
        .map(|(r, _)| r)
        .take(4)
        .collect();
    (0..1_usize << others.len())
        .map(|set| {
            let mut all = vec![request];
            all.extend(others.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, r)| *r));
            all
        })
        .collect()
}

/// Every way on this day, judged: the smallest sets of broken rules.
fn by_judging(programme: &Programme, beside: &Plan, request: RequestId, start: Day) -> Vec<RuleSet> {
    let of = beside.session_of(programme);
    let course = &programme.courses[programme.requests[request].course];
    let mut smallest = Smallest::default();
    for requests in companies(programme, request).into_iter().filter(|all| all.iter().all(|r| of[*r].is_none())) {
        for team in teams(programme, course.leads as usize, course.co_trainers as usize) {
            let there = Span { first: start, last: start };
            let reached =
                |place: &PlaceId| requests.iter().all(|r| participants(programme, *r, *place, there).is_some());
            for place in programme.places.ids().filter(reached) {
                for language in programme.languages.ids() {
                    for working in programme.languages.ids() {
                        let way = Way { requests: &requests, place, language, working, start, team: &team };
                        smallest.add(broken(programme, beside, &way), ());
                    }
                }
            }
        }
    }
    smallest.sets()
}

/// What is said to be broken is broken: every way that the judge sees breaks all of one of the sets.
fn sound(
    name: &str,
    obstacles: &Obstacles,
    programme: &Programme,
    beside: &Plan,
    request: RequestId,
    start: Day,
) -> (Vec<RuleSet>, Vec<RuleSet>) {
    let asked = Asked { start: Some(start), ..Asked::any(request) };
    let said = obstacles.of(&asked);
    let seen = by_judging(programme, beside, request, start);
    for way in &seen {
        assert!(
            said.iter().any(|set| set.within(*way)),
            "{name}, {} on {start}: the judge sees a way that breaks only {:?}, and {:?} are said to stand in the way",
            programme.requests[request].id,
            way.rules().collect::<Vec<_>>(),
            said.iter().map(|s| s.rules().collect::<Vec<_>>()).collect::<Vec<_>>(),
        );
    }
    (said, seen)
}

fn tiny(name: &str) -> Programme {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny").join(name);
    load(&path, &[]).programme.unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn what_stands_in_the_way_is_what_the_judge_says() {
    let (mut same, mut all, mut hindered) = (0, 0, 0);
    for name in [
        "after",
        "country-gap",
        "funds-strings",
        "max-days",
        "online",
        "pins",
        "region-capacity",
        "team-needs",
        "together",
        "working-week",
        "quotas",
        "pooling",
    ] {
        let programme = tiny(name);
        let (obstacles, done) = (Obstacles::new(&programme), history(&programme));
        for (request, _) in programme.requests.iter().filter(|(r, _)| !programme.is_done(*r)) {
            for k in 0..9 {
                let start = programme.start - 3 + k * ((programme.end - programme.start) / 8 + 1);
                let (said, seen) = sound(name, &obstacles, &programme, &done, request, start);
                all += 1;
                same += usize::from(said == seen);
                hindered += usize::from(!said.contains(&RuleSet::NONE));
            }
        }
    }
    println!("{same} of {all} the same, {hindered} hindered");
    assert!(hindered * 3 > all && hindered < all, "some can be, others not: {hindered} of {all}");
    assert!(same * 10 >= all * 8, "{same} of {all} are the same");
}

#[test]
fn a_conflict_leaves_no_way_and_every_part_of_it_does() {
    let mut told = 0;
    for name in ["after", "country-gap", "funds-strings", "max-days", "pins", "team-needs", "together", "working-week"]
    {
        let programme = tiny(name);
        let obstacles = Obstacles::new(&programme);
        for (request, _) in programme.requests.iter().filter(|(r, _)| !programme.is_done(*r)) {
            for trainer in programme.trainers.ids() {
                for place in programme.places.ids() {
                    let asked = Asked { trainer: Some(trainer), place: Some(place), ..Asked::any(request) };
                    let ways = obstacles.of(&asked);
                    let all = conflicts(&ways);
                    assert_eq!(all.is_empty(), ways.contains(&RuleSet::NONE) || ways.is_empty());
                    for conflict in all {
                        assert!(ways.iter().all(|way| way.meets(conflict)));
                        for rule in conflict.rules() {
                            let part = conflict.without(RuleSet::of(rule));
                            assert!(ways.iter().any(|way| !way.meets(part)), "{name}: {rule} is not needed");
                            let fact = fact(&obstacles, &programme, &asked, rule);
                            assert!(fact.text.len() > 10 && !fact.text.contains("  "), "{name}, {rule}: {}", fact.text);
                            told += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(told > 20, "{told}");
}

/// The plan without what serves the request.
fn without(programme: &Programme, plan: &Plan, request: RequestId) -> Plan {
    let mut rest = plan.clone();
    let Some(s) = plan.session_of(programme)[request] else { return rest };
    rest.sessions.remove(s);
    rest.missions.iter_mut().for_each(|m| m.sessions.retain(|other| *other != s));
    rest.missions.retain(|m| !m.sessions.is_empty());
    rest.missions.iter_mut().flat_map(|m| &mut m.sessions).filter(|other| **other > s).for_each(|other| *other -= 1);
    for mission in &mut rest.missions {
        let stops: Vec<Stop> = mission.sessions.iter().map(|s| stop(programme, &rest.sessions[*s])).collect();
        mission.span = trip(programme, mission.trainer, &stops).expect("a trip").span;
    }
    rest
}

#[test]
fn who_needs_company_is_told_what_would_serve_all_of_it() {
    let mut told = 0;
    for name in ["pooling", "quotas", "together", "funds-strings"] {
        let programme = tiny(name);
        let brief = Brief::new(&programme);
        let options = Options { effort: 5, seconds: None, ..Options::default() };
        let plan = plan(&brief, &options, &Start::default(), &|_| {}, &AtomicBool::new(false)).plan;
        for (s, session) in plan.sessions.iter().enumerate().filter(|(_, s)| s.requests.len() > 1) {
            let least = programme.courses[session.course].min_participants;
            for request in &session.requests {
                if programme.requests[*request].participants >= least || programme.requests[*request].together.is_some()
                {
                    continue;
                }
                // Nobody of the session is served: one of them alone is too few, and all that it takes is told.
                let rest = without(&programme, &plan, plan.sessions[s].requests[0]);
                let beside = Beside::new(&brief, &rest);
                let ways = beside.ways(*request);
                let (set, way) = ways.built.first().expect("a way");
                assert!(set.is_empty(), "{name}: {set:?}");
                let heads: i64 = way.requests.iter().map(|r| programme.requests[*r].participants).sum();
                assert!(heads >= least, "{name}: {way:?}");
                let company = beside.company(*request, way);
                assert!(!company.is_empty() && !company.contains(request), "{name}: {company:?}");
                assert!(judge(&brief, &finish(&brief, beside.with(way)).expect("paid")).violations.is_empty());
                told += 1;
            }
        }
    }
    assert!(told > 0, "{told}");
}

#[test]
fn what_stands_in_the_way_beside_a_plan_is_what_the_judge_says() {
    let (mut ways, mut hindered, mut questions) = (0, 0, 0);
    for name in [
        "after",
        "chaining",
        "country-gap",
        "floors",
        "funds-strings",
        "interpretation-capacity",
        "max-days",
        "online",
        "pins",
        "pooling",
        "quotas",
        "region-capacity",
        "team-needs",
        "together",
        "working-week",
    ] {
        let programme = tiny(name);
        let brief = Brief::new(&programme);
        let options = Options { effort: 5, seconds: None, ..Options::default() };
        let plan = plan(&brief, &options, &Start::default(), &|_| {}, &AtomicBool::new(false)).plan;
        for (request, row) in programme.requests.iter().filter(|(r, _)| !programme.is_done(*r)) {
            let rest = without(&programme, &plan, request);
            let beside = Beside::new(&brief, &rest);
            // Every way that is told stands: added to the plan it breaks no more than is said.
            for (set, way) in beside.ways(request).built {
                let added = beside.with(&way);
                let whole = finish(&brief, added.clone());
                let unpaid = RuleSet::when(whole.is_err(), RuleId::Budget);
                let judged = judge(&brief, &whole.unwrap_or(added)).violations;
                let broken: RuleSet = judged.iter().map(|v| v.rule).filter(|r| *r != RuleId::Budget).collect();
                assert!(
                    (broken | unpaid).within(set),
                    "{name}, {}: {way:?} is said to break {:?}, and breaks {judged:?}",
                    row.id,
                    set.rules().collect::<Vec<_>>()
                );
                ways += 1;
            }
            // And what is said to be broken is broken.
            for k in 0..5 {
                let start = programme.start - 2 + k * ((programme.end - programme.start) / 4 + 1);
                let (said, _) = sound(name, &beside.obstacles, &programme, &rest, request, start);
                questions += 1;
                hindered += usize::from(!said.contains(&RuleSet::NONE));
            }
        }
    }
    println!("{ways} ways, {hindered} of {questions} hindered");
    assert!(ways > 50 && hindered * 3 > questions && hindered < questions, "{ways}, {hindered} of {questions}");
}
