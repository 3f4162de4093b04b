//! When one programme allows all that another allows: one small change each, in both directions.

use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::programme::id::{FundId, Id, PlaceId, RequestId, TrainerId};
use docent::programme::money::{Cents, Micro, MicroCents};
use docent::programme::people::Role;
use docent::programme::policy::StartDays;
use docent::read;
use docent::whatif::allows::allows;
use std::path::Path;

/// What the changed programme is to the one as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Wider,
    Narrower,
    Same,
    Neither,
}

fn demo() -> Programme {
    let loaded = read::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo"), &[]);
    loaded.programme.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

fn is(before: &Programme, after: &Programme) -> Is {
    let (before, after) = (Brief::new(before), Brief::new(after));
    match (allows(&after, &before), allows(&before, &after)) {
        (true, true) => Is::Same,
        (true, false) => Is::Wider,
        (false, true) => Is::Narrower,
        (false, false) => Is::Neither,
    }
}

fn fund(p: &Programme, id: &str) -> FundId {
    p.funds.iter().find(|(_, f)| f.id == id).expect(id).0
}

fn request(p: &Programme, id: &str) -> RequestId {
    p.requests.iter().find(|(_, r)| r.id == id).expect(id).0
}

fn trainer(p: &Programme, id: &str) -> TrainerId {
    p.trainers.iter().find(|(_, t)| t.id == id).expect(id).0
}

fn place(p: &Programme, id: &str) -> PlaceId {
    p.places.iter().find(|(_, x)| x.id == id).expect(id).0
}

type Change = fn(&mut Programme);

#[test]
fn one_small_change_each() {
    let demo = demo();
    let changes: [(&str, Is, Change); 40] = [
        ("nothing", Is::Same, |_| {}),
        ("another name", Is::Same, |p| p.name.push('!')),
        ("more money", Is::Wider, |p| {
            let f = fund(p, "F1");
            p.funds[f].has = MicroCents(p.funds[f].has.0 + 1);
        }),
        ("less money", Is::Narrower, |p| {
            let f = fund(p, "F1");
            p.funds[f].has = MicroCents(p.funds[f].has.0 - 1);
        }),
        ("less money and no floor", Is::Neither, |p| {
            let f = fund(p, "F2");
            p.funds[f].has = MicroCents(0);
            p.funds[f].spend_at_least = None;
        }),
        ("a lower floor", Is::Wider, |p| {
            let f = fund(p, "F2");
            p.funds[f].spend_at_least = Some(Cents(1));
        }),
        ("a floor", Is::Narrower, |p| {
            let f = fund(p, "F4");
            p.funds[f].spend_at_least = Some(Cents(1));
        }),
        ("a fund for longer", Is::Wider, |p| {
            let f = fund(p, "F4");
            p.funds[f].valid_to = None;
        }),
        ("a higher overhead", Is::Neither, |p| {
            let f = fund(p, "F1");
            p.funds[f].overhead = Micro(200_000);
        }),
        ("longer days", Is::Wider, |p| p.end = p.end + 7),
        ("a later beginning", Is::Narrower, |p| p.start = p.start + 7),
        ("any weekday", Is::Wider, |p| p.rules.start_weekdays = StartDays::Any),
        ("no chains", Is::Narrower, |p| p.rules.chain_missions = false),
        ("less time between", Is::Wider, |p| p.rules.after_gap_days -= 1),
        ("a longer gap of a country", Is::Narrower, |p| p.rules.country_gap_days = Some(7)),
        ("no gap of a country", Is::Wider, |p| p.rules.country_gap_days = None),
        ("less rest", Is::Wider, |p| {
            let t = trainer(p, "T01");
            p.trainers[t].rest_days -= 1;
        }),
        ("less rest for one, more for another", Is::Neither, |p| {
            let (t, u) = (trainer(p, "T01"), trainer(p, "T02"));
            p.trainers[t].rest_days -= 1;
            p.trainers[u].rest_days += 1;
        }),
        ("an absence less", Is::Wider, |p| {
            let t = trainer(p, "T01");
            p.trainers[t].absences.remove(0);
        }),
        ("an absence cut in two", Is::Wider, |p| {
            let t = trainer(p, "T01");
            let (span, why) = p.trainers[t].absences[0].clone();
            p.trainers[t].absences[0].0.last = span.first;
            p.trainers[t].absences.push((docent::programme::day::Span { first: span.first + 2, last: span.last }, why));
        }),
        ("a day more of absence", Is::Narrower, |p| {
            let t = trainer(p, "T01");
            let last = p.trainers[t].absences[0].0.last;
            p.trainers[t].absences[0].0.last = last + 1;
        }),
        ("a qualification more", Is::Wider, |p| {
            let t = trainer(p, "T15");
            let free = p.trainers[t].roles.iter().find(|(_, r)| r.is_none()).expect("a course").0;
            p.trainers[t].roles[free] = Some(Role::Co);
        }),
        ("a dearer trainer", Is::Neither, |p| {
            let t = trainer(p, "T02");
            p.trainers[t].fee_day = Cents(p.trainers[t].fee_day.0 + 1);
        }),
        ("a cheaper trainer where spending is promised", Is::Neither, |p| {
            let t = p.trainers.iter().find(|(_, t)| t.fee_day.0 > 0).expect("a fee").0;
            p.trainers[t].fee_day = Cents(0);
        }),
        ("barred from one place", Is::Narrower, |p| {
            let (t, q) = (trainer(p, "T01"), place(p, "SEN"));
            p.trainers[t].barred[q] = true;
        }),
        ("a second room", Is::Wider, |p| {
            let q = place(p, "AUT");
            p.places[q].max_parallel = Some(2);
        }),
        ("a holiday less, where weeks begin after holidays", Is::Neither, |p| {
            let q = p.places.iter().find(|(_, x)| !x.closed.is_empty()).expect("a holiday").0;
            p.places[q].closed.remove(0);
        }),
        ("a later window", Is::Wider, |p| {
            let r = p.requests.iter().find(|(_, r)| r.latest.is_some()).expect("a window").0;
            p.requests[r].latest = None;
        }),
        ("a host less", Is::Narrower, |p| {
            let r = p.requests.iter().find(|(_, r)| r.hosts.len() > 1).expect("hosts").0;
            p.requests[r].hosts.pop();
        }),
        ("a language more at the end of the list", Is::Wider, |p| {
            let r = request(p, "R004");
            let course = p.requests[r].course;
            let more = *p.courses[course].languages.iter().find(|l| !p.requests[r].languages.contains(l)).expect("one");
            p.requests[r].languages.push(more);
        }),
        ("a language more at its head", Is::Neither, |p| {
            let r = request(p, "R004");
            let course = p.requests[r].course;
            let more = *p.courses[course].languages.iter().find(|l| !p.requests[r].languages.contains(l)).expect("one");
            p.requests[r].languages.insert(0, more);
        }),
        ("more officials", Is::Neither, |p| {
            let r = request(p, "R004");
            p.requests[r].participants += 1;
        }),
        ("a must", Is::Narrower, |p| {
            let r = p.requests.iter().find(|(r, x)| !x.must && p.pin(*r).is_none()).expect("one").0;
            p.requests[r].must = true;
        }),
        ("another weight", Is::Neither, |p| p.preferences.trainer_used = Micro(1)),
        ("a done session forgotten", Is::Neither, |p| {
            let r = request(p, "R001");
            p.pin_of[r] = None;
            p.pins.retain(|pin| pin.request != r);
            let places: Vec<RequestId> = p.pins.iter().map(|pin| pin.request).collect();
            for (i, r) in places.into_iter().enumerate() {
                p.pin_of[r] = Some(i);
            }
        }),
        ("a higher ceiling", Is::Wider, |p| {
            let q = docent::programme::id::QuotaId::new(0);
            p.quotas[q].max = p.quotas[q].max.map(|m| m + 1);
        }),
        ("a quota that counts something else", Is::Neither, |p| {
            let q = docent::programme::id::QuotaId::new(0);
            p.quotas[q].measure = docent::programme::funds::Measure::Sessions;
        }),
        ("interpreters for one session only", Is::Narrower, |p| {
            let i = docent::programme::id::InterpretationId::new(0);
            p.interpretation[i].max_parallel = Some(1);
        }),
        ("the plan made a week later", Is::Narrower, |p| p.as_of = p.as_of.map(|d| d + 7)),
        ("a smaller course", Is::Wider, |p| {
            let c = docent::programme::id::CourseId::new(0);
            p.courses[c].min_participants -= 1;
        }),
    ];
    for (what, expected, change) in changes {
        let mut after = demo.clone();
        change(&mut after);
        assert_eq!(is(&demo, &after), expected, "{what}");
    }
}

#[test]
fn rows_are_matched_by_their_ids_whatever_their_order() {
    let demo = demo();
    let mut after = demo.clone();
    // Two funds change places: the same programme, other numbers.
    let funds: Vec<_> = after.funds.values().cloned().collect();
    after.funds = funds.into_iter().rev().collect();
    assert_eq!(is(&demo, &after), Is::Same);
}
