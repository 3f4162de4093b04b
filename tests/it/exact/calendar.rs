//! What fits into people's days: rows over them against all orders of a few sessions, and what days are put to where people
//! are short.

use super::small::{Deaf, searched};
use crate::search::programmes::Chance;
use docent::dating::exact::{Exact, Task};
use docent::judge::judge;
use docent::master::aims::Aim;
use docent::master::encode;
use docent::master::ladder::Work;
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::milp::highs::{Limits, Patient, Solver};
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::programme::money::Micro;
use docent::read::load;
use docent::solve::finish::finish;
use docent::words::GoalId;
use std::fmt::Write;
use std::path::Path;

/// Days of travel to where everything is taught, and back; days of rest after it.
const WAY: i32 = 1;
const REST: i32 = 2;
/// The programme's days: those of January and February 2027, counted from 1.
const DAYS: i32 = 59;

/// A request: officials, days of its course, its first and last day.
struct Wanted {
    officials: i32,
    days: i32,
    first: i32,
    last: i32,
}

fn wanted(c: &mut Chance) -> Wanted {
    let days = 3 + c.below(6) as i32;
    let first = 1 + WAY + c.below(30) as i32;
    let last = (first + days + c.below(25) as i32).min(DAYS - WAY);
    Wanted { officials: 10 + c.below(20) as i32, days, first, last }
}

fn date(day: i32) -> String {
    if day <= 31 { format!("2027-01-{day:02}") } else { format!("2027-02-{:02}", day - 31) }
}

/// A programme of one trainer, who is away on these days.
fn programme(seed: u64, wanted: &[Wanted], away: (i32, i32)) -> Programme {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendar").join(seed.to_string());
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let mut courses = "id,title,days,leads,co_trainers,min_participants,max_participants,languages\n".to_string();
    let mut able = "trainer,course,role\n".to_string();
    let mut requests = "id,course,place,participants,languages,earliest,latest,shared\n".to_string();
    for (i, w) in wanted.iter().enumerate() {
        writeln!(courses, "K{i},Course {i},{},1,0,1,,en", w.days).expect("text");
        writeln!(able, "T,K{i},lead").expect("text");
        let (first, last) = (date(w.first), date(w.last));
        writeln!(requests, "R{i},K{i},Y,{},en,{first},{last},no", w.officials).expect("text");
    }
    let absences = format!("trainer,from,to,reason\nT,{},{},leave\n", date(away.0), date(away.1));
    let toml = format!(
        "[programme]\nname = \"Days\"\nstart = 2027-01-01\nend = 2027-02-28\ncurrency = \"USD\"\n\
         [rules]\nrest_days = {REST}\nstart_weekdays = \"any\"\nchain_missions = false\n"
    );
    let places = "id,name,country,region,weekend,venue_day,allowance_day\n\
                  X,Here,CX,G,none,0,0\nY,There,CY,G,none,0,0\n";
    for (file, text) in [
        ("programme.toml", toml.as_str()),
        ("regions.csv", "id,name\nG,Everywhere\n"),
        ("places.csv", places),
        ("travel.csv", &format!("from,to,fare,days\nX,Y,100,{WAY}\n")),
        ("funds.csv", "id,donor,amount,currency\nF,Line,1000000,USD\n"),
        ("trainers.csv", "id,name,home,languages,fee_day\nT,Trainer,X,en,0\n"),
        ("absences.csv", &absences),
        ("courses.csv", &courses),
        ("qualifications.csv", &able),
        ("requests.csv", &requests),
    ] {
        std::fs::write(folder.join(file), text).expect("a file for the test");
    }
    let loaded = load(&folder, &[]);
    loaded.programme.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

/// The most officials that one trainer can teach, in any order, each as early as can be.
fn most(wanted: &[Wanted], away: (i32, i32), left: u32, from: i32) -> i32 {
    let one = |i: usize| {
        let w = &wanted[i];
        let begin = (w.first..=w.last - w.days + 1).find(|begin| {
            let (out, back) = (begin - WAY, begin + w.days - 1 + WAY);
            out >= from && (back < away.0 || out > away.1)
        })?;
        let next = begin + w.days + WAY + REST;
        Some(w.officials + most(wanted, away, left & !(1 << i), next))
    };
    (0..wanted.len()).filter(|i| left & (1 << i) != 0).filter_map(one).max().unwrap_or(0)
}

#[test]
fn rows_over_days_leave_all_that_fits_and_hardly_more() {
    let (mut exact, mut without) = (0, 0);
    for seed in 0..40 {
        let mut c = Chance::new(seed);
        let requests: Vec<Wanted> = (0..7).map(|_| wanted(&mut c)).collect();
        let away = (20 + c.below(10) as i32, 31 + c.below(6) as i32);
        let programme = programme(seed, &requests, away);
        let best = most(&requests, away, (1 << requests.len()) - 1, 1);
        let brief = Brief::new(&programme);
        let world = World::new(&brief);
        let scope = Scope { grain: Grain::Free, chains: Chains::Alone, only: None, people: None, money: true };
        let mut model = Model::new(&world, &scope);
        let aim = Aim::new(&model, GoalId::Coverage);
        let points = |bound: f64| aim.exact(bound).expect("finite") / GoalId::Coverage.units();
        let mut plain = Solver::new(&model.program);
        plain.objective(aim.sense(), &aim.terms);
        plain.relax(true);
        let plain = points(plain.run(Limits::default(), &mut Patient).bound);
        let linear = relaxed(&mut model, &aim, Work { iterations: 100_000 }, &Deaf, &mut 0).expect("solved");
        let bound = points(-linear.bound);
        assert!(bound >= i128::from(best), "{seed}: {best} officials fit, the bound is {bound}");
        exact += usize::from(bound == i128::from(best));
        without += usize::from(plain == i128::from(best));
    }
    assert!(exact >= 2 * without && exact >= 30, "{exact} with rows over days, {without} without");
}

/// Few trainers, many requests, money for all.
pub fn crowded(seed: u64) -> Programme {
    let wish = docent::random::Wish {
        requests: 40,
        trainers: Some(4),
        places: Some(8),
        weeks: Some(14),
        seed,
        tight: Micro(4_000_000),
        chain: false,
    };
    let loaded = load(&crate::random::folder(&wish, "crowded"), &[]);
    loaded.programme.unwrap_or_else(|| panic!("{wish:?}: {:?}", loaded.findings))
}

#[test]
fn plans_keep_rows_over_days_found_beside_another_plan() {
    let mut rows = 0;
    for seed in 0..8 {
        let programme = crowded(seed);
        let brief = Brief::new(&programme);
        let world = World::new(&brief);
        let scope = Scope { grain: Grain::Free, chains: Chains::Alone, only: None, people: None, money: true };
        let mut model = Model::new(&world, &scope);
        let values = |model: &Model, seed: u64, iterations: u64| {
            let plan = searched(&brief, seed, iterations)?;
            let mut values = vec![0.0; model.program.columns()];
            encode::plan(model, &plan)?.values.iter().for_each(|(col, value)| values[col.index()] = *value);
            Some(values)
        };
        model.inner = values(&model, 1, 300).unwrap_or_default();
        let aim = Aim::new(&model, GoalId::Coverage);
        let _ = relaxed(&mut model, &aim, Work { iterations: 100_000 }, &Deaf, &mut 0);
        for other in 2..6 {
            let Some(values) = values(&model, other, 2_000) else { continue };
            for row in &model.learnt {
                let sum: f64 = row.terms.iter().map(|(col, times)| times * values[col.index()]).sum();
                assert!(sum <= row.upper + 1e-6, "{seed}: a plan breaks {row:?}");
            }
        }
        let of_people = |row: &&docent::milp::program::AtMost| {
            row.terms.iter().all(|(col, _)| model.seats.iter().any(|seat| seat.col == *col))
        };
        rows += model.learnt.iter().filter(of_people).count();
    }
    assert!(rows >= 20, "{rows} rows over people's days");
}

#[test]
fn where_people_are_short_better_plans_are_found_near_the_bound() {
    let mut better = 0;
    for seed in 0..8 {
        let programme = crowded(seed);
        let brief = Brief::new(&programme);
        let Some(plan) = searched(&brief, 1, 50) else { continue };
        let commitments = value(GoalId::Commitments, &brief, &plan);
        let known = value(GoalId::Coverage, &brief, &plan);
        let world = World::new(&brief);
        let task = Task {
            given: &[(GoalId::Commitments, commitments)],
            goal: GoalId::Coverage,
            known: Some(known),
            plan: Some(&plan),
            beyond: None,
            work: Work { iterations: 20_000 },
        };
        let proved = Exact::dateless(&world).prove(&task, &Deaf);
        for found in proved.plans {
            let Ok(found) = finish(&brief, found) else { continue };
            let verdict = judge(&brief, &found);
            assert!(verdict.violations.is_empty(), "{seed}: {:#?}", verdict.violations);
            let now = value(GoalId::Coverage, &brief, &found);
            assert!(proved.bound.is_none_or(|bound| now <= bound), "{seed}: {now} of {:?}", proved.bound);
            better += usize::from(now > known && value(GoalId::Commitments, &brief, &found) <= commitments);
        }
    }
    assert!(better >= 4, "{better} better plans");
}
