//! How long it takes to render every calendar of a plan with 3,000 sessions. benches/large.py measures the whole run.

use criterion::{Criterion, criterion_group, criterion_main};
use docent::export::ics::edition::{Edition, Sitting, Stamp, Tour};
use docent::export::ics::{Task, render, uid};
use docent::programme::Programme;
use docent::programme::day::Span;
use docent::read::load;
use std::hint::black_box;
use std::path::Path;

/// 3,000 sessions over the demo's year, places, courses and trainers.
fn edition(programme: &Programme) -> Edition {
    let mut edition =
        Edition { revision: Some(1), day: programme.start, sessions: vec![], missions: vec![], withdrawn: vec![] };
    let place = |i: usize| programme.places.values().nth(i % programme.places.len()).expect("a place").id.clone();
    let course = |i: usize| programme.courses.values().nth(i % programme.courses.len()).expect("a course").id.clone();
    let trainer =
        |i: usize| programme.trainers.values().nth(i % programme.trainers.len()).expect("a trainer").id.clone();
    let request =
        |i: usize| programme.requests.values().nth(i % programme.requests.len()).expect("a request").id.clone();
    let fund = |i: usize| programme.funds.values().nth(i % programme.funds.len()).expect("a fund").id.clone();
    for i in 0..3_000 {
        let id = format!("S-{i}");
        let first = programme.start + (i as i32 * 7) % 330;
        let span = Span { first, last: first + 4 };
        let team = [trainer(i), trainer(i + 1)];
        edition.missions.extend(team.iter().map(|t| Tour {
            trainer: t.clone(),
            span: Span { first: span.first - 1, last: span.last + 1 },
            sessions: vec![id.clone()],
        }));
        edition.sessions.push(Sitting {
            stamp: Stamp { uid: uid::session_uid(programme, &id), sequence: 0, changed: programme.start },
            id,
            status: "confirmed".into(),
            course: course(i),
            place: place(i),
            language: "fr".into(),
            working_language: "fr".into(),
            span,
            requests: vec![request(i), request(i + 3)],
            team: team.into_iter().zip(["lead".to_string(), "co".to_string()]).collect(),
            funds: vec![fund(i), fund(i + 1)],
        });
    }
    edition
}

fn calendars(criterion: &mut Criterion) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let hours = load(&demo, &[]).programme.expect("the demo");
    let days = Programme { hours: None, ..hours.clone() };
    let mut group = criterion.benchmark_group("calendars of 3,000 sessions");
    group.sample_size(10);
    for (name, programme) in [("whole days", &days), ("hours", &hours)] {
        let history = [edition(programme)];
        group.bench_function(name, |b| {
            let mut bytes = Vec::new();
            b.iter(|| {
                let export = render(black_box(&Task { programme, history: &history, tombstones: true, since: None }));
                for file in &export.files {
                    bytes.clear();
                    file.put(&mut bytes);
                    black_box(&bytes);
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, calendars);
criterion_main!(benches);
