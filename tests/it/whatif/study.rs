//! Studies: comparable by construction, whatever the engines find and whichever thread is faster.

use super::{changed, little, loaded, small};
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::solve::finish::finish;
use docent::solve::report::{Bounds, Stopped, beats, better};
use docent::solve::{self, Options, Outcome, Start};
use docent::whatif::allows::allows;
use docent::whatif::quick::Edit;
use docent::whatif::study::{Answer, Case, Keep, Step, Study};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// Keeps nothing.
struct Nowhere;

impl Keep for Nowhere {
    fn load(&self, _: usize) -> Option<Answer> {
        None
    }
    fn save(&self, _: usize, _: &Answer) {}
}

fn real(brief: &Brief, options: &Options, start: &Start, interrupt: &AtomicBool) -> Outcome {
    solve::plan(brief, options, start, &|_| {}, interrupt)
}

fn case<'a>(name: &str, programme: &'a Programme, at: Option<usize>) -> Case<'a> {
    Case { name: name.to_string(), brief: Brief::new(programme), at: at.map(|i| vec![i]), known: None }
}

fn answers(study: &Study) -> Vec<Option<Answer>> {
    let mut answers = study.run(&|_| true, &real, &Nowhere, &|_| {}, &AtomicBool::new(false));
    study.carry(&mut answers);
    answers
}

fn values(brief: &Brief, plan: &Plan) -> Vec<i128> {
    brief.goals().iter().map(|g| value(*g, brief, plan)).collect()
}

/// A wider case is never worse than a narrower one, and nothing is better than its bound.
fn agree(study: &Study, answers: &[Option<Answer>]) -> usize {
    let mut related = 0;
    for (i, wide) in study.cases.iter().enumerate() {
        let answer = answers[i].as_ref().expect("an answer");
        for report in study.reports(i, answer) {
            assert!(!better(report.goal, report.value, report.bound), "{}: {report:?}", wide.name);
        }
        for (j, narrow) in study.cases.iter().enumerate() {
            if i != j && allows(&wide.brief, &narrow.brief) {
                related += 1;
                let other = answers[j].as_ref().expect("an answer");
                let goals = wide.brief.goals();
                let (a, b) = (values(&narrow.brief, &other.plan), values(&wide.brief, &answer.plan));
                assert!(!beats(&goals, &a, &b), "{} is worse than {}: {b:?} < {a:?}", wide.name, narrow.name);
            }
        }
    }
    related
}

#[test]
fn adding_possibilities_never_makes_it_worse_and_taking_them_away_never_better() {
    for seed in 0..3 {
        let base = loaded(&small(seed), "study");
        let programme = base.programme.clone().expect("a programme");
        let free = programme
            .requests
            .iter()
            .find(|(r, x)| !x.must && programme.pin(*r).is_none() && !named(&programme, &x.id))
            .map(|(_, x)| x.id.clone());
        let trainer = programme
            .trainers
            .iter()
            .filter(|(t, _)| !programme.pins.iter().any(|p| p.trainers.contains(t)))
            .map(|(_, t)| t.id.clone())
            .next_back();
        let mut changes = vec![
            ("more money", vec![Edit::scale("funds.*.amount=1.3").expect("a flag")]),
            ("less rest", vec![Edit::set("programme.rules.rest_days=0").expect("a flag")]),
            ("longer trips", vec![Edit::set("programme.rules.max_days_away=60").expect("a flag")]),
        ];
        if let Some(request) = &free {
            changes.push(("one request less", vec![Edit::drop(&format!("requests.{request}")).expect("a flag")]));
        }
        if let Some(trainer) = &trainer {
            changes.push(("one trainer less", vec![Edit::drop(&format!("trainers.{trainer}")).expect("a flag")]));
        }
        let built: Vec<(&str, Programme)> =
            changes.iter().map(|(name, edits)| (*name, changed(&base, edits))).collect();
        let mut cases = vec![case("base", &programme, None)];
        cases.extend(built.iter().map(|(name, p)| case(name, p, None)));
        let study = Study { cases, sweeps: Vec::new(), options: little() };
        let related = agree(&study, &answers(&study));
        assert!(related >= 4, "seed {seed}: {related} pairs of cases are comparable");
    }
}

/// True when another request has to come after it or goes together with it.
fn named(programme: &Programme, id: &str) -> bool {
    programme.requests.values().any(|r| r.after.iter().any(|a| programme.requests[*a].id == id))
        || programme.requests.values().any(|r| r.id == id && r.together.is_some())
}

#[test]
fn a_sweep_of_money_rises_from_point_to_point_on_one_thread_as_on_three() {
    let base = loaded(&small(11), "sweep");
    let programme = base.programme.clone().expect("a programme");
    let shares = [0.4, 0.6, 0.8, 0.9, 1.2];
    let built: Vec<Programme> = shares
        .iter()
        .map(|share| changed(&base, &[Edit::scale(&format!("funds.*.amount={share}")).expect("a flag")]))
        .collect();
    let mut cases = vec![case("base", &programme, None)];
    cases.extend(built.iter().enumerate().map(|(i, p)| case(&format!("{i}"), p, Some(i))));
    let study =
        |threads| Study { cases: cases.clone(), sweeps: vec![shares.len()], options: Options { threads, ..little() } };
    let (one, three) = (study(1), study(3));
    let (first, second) = (answers(&one), answers(&three));
    assert_eq!(first, second);
    // Every point but itself is wider or narrower than every other one.
    assert_eq!(agree(&one, &first), 6 * 5 / 2);
}

/// An engine that finds nothing at all where `poor` says so.
fn poor_at<'p>(poor: &'p [&Programme]) -> impl Fn(&Brief, &Options, &Start, &AtomicBool) -> Outcome + Sync + 'p {
    move |brief, options, start, interrupt| {
        if !poor.iter().any(|p| std::ptr::eq(*p, brief.programme)) {
            return real(brief, options, start, interrupt);
        }
        let plan = finish(brief, Plan::default()).expect("an empty plan costs nothing");
        let bounds = Bounds::trivial(brief);
        let goals = bounds.reports(brief, &plan, None);
        Outcome { plan, goals, bounds: Vec::new(), stopped: Stopped::Effort, refused: None }
    }
}

fn tiny(name: &str) -> docent::read::Loaded {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny").join(name);
    docent::read::load(&path, &[])
}

#[test]
fn a_poor_answer_takes_the_plan_and_the_bounds_of_others() {
    let base = tiny("pooling");
    let programme = base.programme.clone().expect("a programme");
    let richer = changed(&base, &[Edit::scale("funds.*.amount=2").expect("a flag")]);
    let other = changed(&base, &[Edit::set("requests.R1.participants=11").expect("a flag")]);
    let poor = [&programme, &other];
    let cases =
        vec![case("base", &programme, None), case("richer", &richer, None), case("other officials", &other, None)];
    let study = Study { cases, sweeps: Vec::new(), options: little() };
    let mut answers = study.run(&|_| true, &poor_at(&poor), &Nowhere, &|_| {}, &AtomicBool::new(false));
    let served = |answers: &[Option<Answer>], i: usize| answers[i].as_ref().expect("an answer").plan.sessions.len();
    assert_eq!((served(&answers, 0), served(&answers, 2)), (0, 0));
    assert!(served(&answers, 1) > 0);
    study.carry(&mut answers);
    // Less money allows less: what the richer case proves of coverage holds for the base, too.
    let bound = |answers: &[Option<Answer>], i: usize| {
        let reports = study.reports(i, answers[i].as_ref().expect("an answer"));
        reports.iter().find(|r| r.goal == docent::words::GoalId::Coverage).expect("coverage").bound
    };
    assert_eq!(bound(&answers, 0), bound(&answers, 1));
    // Other numbers of officials are another question: nothing is lent.
    assert_eq!(served(&answers, 2), 0);

    // The other way round: the poor one is the wider one and takes the plan over.
    let poor = [&richer];
    let mut answers = study.run(&|_| true, &poor_at(&poor), &Nowhere, &|_| {}, &AtomicBool::new(false));
    study.carry(&mut answers);
    assert_eq!(served(&answers, 1), served(&answers, 0));
    assert!(served(&answers, 1) > 0);
}

/// How many pairs of cases contradict each other: the wider one is worse.
fn contradictions(study: &Study, answers: &[Option<Answer>]) -> usize {
    let of = |i: usize| answers[i].as_ref().expect("an answer");
    let pairs = (0..answers.len()).flat_map(|i| (0..answers.len()).map(move |j| (i, j)));
    pairs
        .filter(|(i, j)| {
            let (wide, narrow) = (&study.cases[*i].brief, &study.cases[*j].brief);
            let goals = wide.goals();
            i != j && allows(wide, narrow) && beats(&goals, &values(narrow, &of(*j).plan), &values(wide, &of(*i).plan))
        })
        .count()
}

/// Planned afresh and from a baseline, with scenarios that extend others, and a grid that is too large for everybody to be
/// asked about everybody: whatever engines give up on, nothing wider comes out worse. Engines here give up on most cases
/// (they plan what they were given), so that the answers do contradict each other until they are made to agree.
#[test]
fn whatever_engines_give_up_on_nothing_wider_comes_out_worse() {
    let mut mended = 0;
    for seed in [0, 5] {
        let base = loaded(&small(seed), "carried");
        let programme = base.programme.clone().expect("a programme");
        let known = real(&Brief::new(&programme), &little(), &Start::default(), &AtomicBool::new(false)).plan;
        let edit = |flag: &str| Edit::scale(flag).or_else(|_| Edit::set(flag)).expect("a flag");
        let built = |edits: &[&str]| changed(&base, &edits.iter().map(|e| edit(e)).collect::<Vec<_>>());
        // Each extends the one before it; then a grid of money and rest.
        let chains: [&[&str]; 2] = [
            &["funds.*.amount=1.1", "programme.rules.max_days_away=60", "requests.*.latest=", "funds.*.amount=1.2"],
            &["funds.*.amount=0.9", "programme.rules.chain_missions=false", "funds.*.amount=0.8"],
        ];
        let mut programmes: Vec<(Option<Vec<usize>>, Programme)> = Vec::new();
        for chain in chains {
            programmes.extend((1..=chain.len()).map(|n| (None, built(&chain[..n]))));
        }
        for money in 0..11 {
            for rest in 0..6 {
                let (money_flag, rest_flag) = (
                    format!("funds.*.amount={}.{}", (5 + money) / 10, (5 + money) % 10),
                    format!("programme.rules.rest_days={rest}"),
                );
                programmes.push((Some(vec![money, rest]), built(&[&money_flag, &rest_flag])));
            }
        }
        for baseline in [false, true] {
            let brief = |p| {
                let written = baseline.then(|| crate::search::programmes::baseline(&programme, &known, None));
                Brief { baseline: written, ..Brief::new(p) }
            };
            let one = |at: Option<Vec<usize>>, p| Case { name: "a case".into(), brief: brief(p), at, known: None };
            let mut cases = vec![one(None, &programme)];
            cases.extend(programmes.iter().map(|(at, p)| one(at.clone(), p)));
            let works = |p: &Programme| {
                let at = programmes.iter().position(|(_, other)| std::ptr::eq(other, p));
                at.is_none_or(|at| at % 9 == 4)
            };
            let lazy = |brief: &Brief, options: &Options, start: &Start, interrupt: &AtomicBool| {
                let Some(plan) = start.plans.first().filter(|_| !works(brief.programme)) else {
                    return real(brief, options, start, interrupt);
                };
                let goals = Bounds::trivial(brief).reports(brief, plan, None);
                Outcome { plan: plan.clone(), goals, bounds: vec![], stopped: Stopped::Effort, refused: None }
            };
            let study = Study { cases, sweeps: vec![11, 6], options: little() };
            let mut answers = study.run(&|_| true, &lazy, &Nowhere, &|_| {}, &AtomicBool::new(false));
            mended += contradictions(&study, &answers);
            study.carry(&mut answers);
            let related = agree(&study, &answers);
            assert!(related > 1_000, "seed {seed}: {related} pairs of cases are comparable");
        }
    }
    assert!(mended >= 10, "only {mended} contradictions had to be mended");
}

#[test]
fn an_interrupted_study_keeps_what_is_done_and_plans_the_rest_later() {
    struct Box(Mutex<Vec<Option<Answer>>>);
    impl Keep for Box {
        fn load(&self, case: usize) -> Option<Answer> {
            self.0.lock().expect("the box")[case].clone()
        }
        fn save(&self, case: usize, answer: &Answer) {
            self.0.lock().expect("the box")[case] = Some(answer.clone());
        }
    }
    let base = tiny("pooling");
    let programme = base.programme.clone().expect("a programme");
    let built: Vec<Programme> = (1..5)
        .map(|n| changed(&base, &[Edit::set(&format!("funds.F1.amount={}", 1000 * n)).expect("a flag")]))
        .collect();
    let mut cases = vec![case("base", &programme, None)];
    cases.extend(built.iter().map(|p| case("less", p, None)));
    let study = Study { cases, sweeps: Vec::new(), options: Options { threads: 1, ..little() } };
    let keep = Box(Mutex::new(vec![None; 5]));
    let interrupt = AtomicBool::new(false);
    let stop = |step: Step| {
        if step.done == 3 {
            interrupt.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let part = study.run(&|_| true, &real, &keep, &stop, &interrupt);
    assert_eq!(part.iter().flatten().count(), 3);
    let seen = Mutex::new(Vec::new());
    let watch = |step: Step| seen.lock().expect("seen").push((step.case, step.kept));
    let whole = study.run(&|_| true, &real, &keep, &watch, &AtomicBool::new(false));
    let mut seen = seen.into_inner().expect("seen");
    seen.sort();
    assert_eq!(seen, [(0, true), (1, true), (2, true), (3, false), (4, false)]);
    assert_eq!(whole[..3], part[..3]);
    assert_eq!(whole, study.run(&|_| true, &real, &Nowhere, &|_| {}, &AtomicBool::new(false)));
}
