//! Tasks at fixed times, told by hand: how few people do them all, what the busiest day says of that, and what is found.

use crate::search::programmes::Chance;
use docent::master::crowd;
use docent::master::world::World;
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::read::load;
use docent::solve::{Options, Start, plan};
use docent::words::GoalId;
use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A task: its first and last day in January 2027, and who can do it.
struct Task {
    first: u32,
    last: u32,
    people: Vec<usize>,
}

fn tasks(seed: u64, count: usize, people: usize) -> Vec<Task> {
    let mut c = Chance::new(seed);
    let mut task = || {
        let first = 1 + c.below(20) as u32;
        let able: Vec<usize> = (0..people).filter(|_| c.percent(60)).collect();
        Task { first, last: first + c.below(8) as u32, people: if able.is_empty() { vec![0] } else { able } }
    };
    (0..count).map(|_| task()).collect()
}

/// A programme in which these tasks are promised and only people count.
fn programme(seed: u64, tasks: &[Task], people: usize) -> Programme {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crowd").join(seed.to_string());
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let mut courses = "id,title,days,leads,co_trainers,min_participants,max_participants,languages\n".to_string();
    let mut able = "trainer,course,role\n".to_string();
    let mut requests = "id,course,place,participants,languages,earliest,latest,must,shared\n".to_string();
    for (i, task) in tasks.iter().enumerate() {
        let days = task.last - task.first + 1;
        writeln!(courses, "K{i},Course {i},{days},1,0,1,,en").expect("text");
        writeln!(requests, "R{i},K{i},X,1,en,2027-01-{:02},2027-01-{:02},yes,no", task.first, task.last).expect("text");
        for t in &task.people {
            writeln!(able, "T{t},K{i},lead").expect("text");
        }
    }
    let mut trainers = "id,name,home,languages,fee_day\n".to_string();
    (0..people).for_each(|t| writeln!(trainers, "T{t},Trainer {t},X,en,0").expect("text"));
    let toml = "[programme]\nname = \"Tasks\"\nstart = 2027-01-01\nend = 2027-01-31\ncurrency = \"USD\"\n\
                [rules]\nrest_days = 0\nstart_weekdays = \"any\"\n[preferences]\ntrainer_used = 1.0\n";
    for (file, text) in [
        ("programme.toml", toml),
        ("regions.csv", "id,name\nG,Everywhere\n"),
        ("places.csv", "id,name,country,region,weekend,venue_day,allowance_day\nX,Here,CX,G,none,0,0\n"),
        ("funds.csv", "id,donor,amount,currency\nF,Line,0,USD\n"),
        ("courses.csv", &courses),
        ("qualifications.csv", &able),
        ("requests.csv", &requests),
        ("trainers.csv", &trainers),
    ] {
        std::fs::write(folder.join(file), text).expect("a file for the test");
    }
    let loaded = load(&folder, &[]);
    loaded.programme.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

/// The fewest people who do all tasks; None where nobody can.
fn fewest(tasks: &[Task]) -> Option<usize> {
    fn assign(tasks: &[Task], at: usize, of: &mut Vec<usize>, best: &mut Option<usize>) {
        let mut used = of.clone();
        used.sort_unstable();
        used.dedup();
        if best.is_some_and(|b| used.len() >= b) {
            return;
        }
        if at == tasks.len() {
            *best = Some(used.len());
            return;
        }
        for t in &tasks[at].people {
            let meets = |i: usize| tasks[i].first <= tasks[at].last && tasks[at].first <= tasks[i].last;
            if (0..at).all(|i| of[i] != *t || !meets(i)) {
                of.push(*t);
                assign(tasks, at + 1, of, best);
                of.pop();
            }
        }
    }
    let mut best = None;
    assign(tasks, 0, &mut Vec::new(), &mut best);
    best
}

#[test]
fn no_plan_takes_fewer_people_than_the_busiest_day() {
    let (mut looked, mut tight, mut proven) = (0, 0, 0);
    for seed in 0..20 {
        let tasks = tasks(seed, 9, 6);
        let Some(fewest) = fewest(&tasks) else { continue };
        let programme = programme(seed, &tasks, 6);
        let brief = Brief::new(&programme);
        let busiest = (1..32).map(|d| tasks.iter().filter(|t| t.first <= d && d <= t.last).count()).max();
        let all = programme.requests.values().map(|r| i128::from(r.points.0)).sum();
        let given = [(GoalId::Commitments, 0), (GoalId::Coverage, all)];
        let complete = World::new(&brief);
        for world in [&complete, &World::listing(&brief, 0)] {
            let people = crowd::people(world, &given) as usize;
            assert_eq!(Some(people), busiest, "{seed}: everybody is needed on the busiest day");
            assert!(people <= fewest, "{seed}: {people} are too many, {fewest} will do");
            tight += usize::from(people == fewest);
            // Two that may be left out on the busiest day are two fewer; without any demand nobody is needed.
            let less = crowd::people(world, &[(GoalId::Coverage, all - 2_000_000)]) as usize;
            assert_eq!(less, people.saturating_sub(2), "{seed}");
            assert_eq!(crowd::people(world, &[]), 0, "{seed}");
        }
        let options = Options { effort: 20, ..Options::default() };
        let outcome = plan(&brief, &options, &Start::default(), &|_| (), &AtomicBool::new(false));
        let goal = outcome.goals.iter().find(|g| g.goal == GoalId::Preferences).expect("a goal");
        assert_eq!(goal.value, 7_000_000 * fewest as i128, "{seed}: {fewest} people will do");
        assert!(goal.bound <= goal.value, "{seed}: the bound is beaten");
        proven += usize::from(goal.bound == goal.value);
        looked += 1;
    }
    assert!(looked > 10 && tight > 10 && proven > 10, "{looked} looked at, {tight} bounds tight, {proven} proven");
}
