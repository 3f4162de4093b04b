//! A planner who changes their mind: plan files made at random over the demo's rows. They keep no rule, and need not:
//! calendars only tell what a plan says.

use docent::plan::Status;
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::programme::people::Role;
use docent::read::load;
use docent::read::plan_file::{Date, FORMAT, Member, Mission, PlanFile, Session, Solver, Source, Word};
use docent::words::Category;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::path::Path;

/// The demo.
pub fn demo() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let loaded = load(&folder, &[]);
    loaded.programme.unwrap_or_else(|| panic!("{:?}", loaded.findings))
}

/// The demo without hours: whole days.
pub fn whole_days() -> Programme {
    Programme { hours: None, ..demo() }
}

/// One session as the planner thinks of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Idea {
    pub requests: Vec<usize>,
    pub course: usize,
    pub place: usize,
    pub start: Day,
    pub days: i32,
    pub language: usize,
    pub team: Vec<usize>,
    pub fund: usize,
    pub status: Status,
    /// Shares its team's mission with the session before it in the list.
    pub chained: bool,
}

/// What stands on the planner's desk.
#[derive(Clone, Debug)]
pub struct Desk {
    pub ideas: Vec<Idea>,
    free: Vec<usize>,
}

fn pick(rng: &mut Pcg64Mcg, n: usize) -> usize {
    rng.random_range(0..n)
}

impl Desk {
    /// A desk with so many sessions.
    pub fn new(programme: &Programme, rng: &mut Pcg64Mcg, sessions: usize) -> Desk {
        let mut desk = Desk { ideas: Vec::new(), free: (0..programme.requests.len()).collect() };
        for _ in 0..sessions {
            desk.add(programme, rng);
        }
        desk
    }

    fn add(&mut self, programme: &Programme, rng: &mut Pcg64Mcg) {
        let mut requests = Vec::new();
        for _ in 0..1 + pick(rng, 3) {
            if !self.free.is_empty() {
                let at = pick(rng, self.free.len());
                requests.push(self.free.swap_remove(at));
            }
        }
        if requests.is_empty() {
            return;
        }
        requests.sort_unstable();
        let team = (0..1 + pick(rng, 2)).map(|_| pick(rng, programme.trainers.len())).collect();
        let mut idea = Idea {
            requests,
            course: pick(rng, programme.courses.len()),
            place: pick(rng, programme.places.len()),
            start: programme.start + pick(rng, 300) as i32,
            days: 1 + pick(rng, 8) as i32,
            language: pick(rng, programme.languages.len()),
            team,
            fund: pick(rng, programme.funds.len()),
            status: Status::Proposed,
            chained: pick(rng, 4) == 0,
        };
        idea.team.dedup();
        let at = pick(rng, self.ideas.len() + 1);
        self.ideas.insert(at, idea);
    }

    /// One change of mind. Some change nothing.
    pub fn edit(&mut self, programme: &Programme, rng: &mut Pcg64Mcg) {
        let kind = pick(rng, 12);
        if kind == 0 || self.ideas.is_empty() {
            return self.add(programme, rng);
        }
        let at = pick(rng, self.ideas.len());
        match kind {
            1 => {
                let gone = self.ideas.remove(at);
                self.free.extend(gone.requests);
            }
            2 => self.ideas[at].start = self.ideas[at].start + (pick(rng, 15) as i32 - 7),
            3 => self.ideas[at].place = pick(rng, programme.places.len()),
            4 => self.ideas[at].language = pick(rng, programme.languages.len()),
            5 => {
                let team = &mut self.ideas[at].team;
                team[0] = pick(rng, programme.trainers.len());
                team.dedup();
            }
            6 => self.ideas[at].days = 1 + pick(rng, 8) as i32,
            7 => {
                let next = [Status::Proposed, Status::Confirmed, Status::Done][pick(rng, 3)];
                self.ideas[at].status = next;
            }
            8 => self.ideas[at].chained ^= true,
            9 => self.ideas[at].fund = pick(rng, programme.funds.len()),
            10 => {
                // A request changes its session.
                let other = pick(rng, self.ideas.len());
                if other != at && self.ideas[at].requests.len() > 1 {
                    let request = self.ideas[at].requests.pop().expect("two requests");
                    self.ideas[other].requests.push(request);
                    self.ideas[other].requests.sort_unstable();
                }
            }
            _ => {}
        }
    }

    /// The plan file of a proposal.
    pub fn plan(&self, programme: &Programme) -> PlanFile {
        let request = |i: &usize| programme.requests.values().nth(*i).expect("a request").id.clone();
        let trainer = |i: &usize| programme.trainers.values().nth(*i).expect("a trainer").id.clone();
        let mut sessions: Vec<Session> = Vec::new();
        let mut missions: Vec<Mission> = Vec::new();
        for idea in &self.ideas {
            let requests: Vec<String> = idea.requests.iter().map(request).collect();
            let id = format!("S-{}", requests[0]);
            let (start, end) = (idea.start, idea.start + (idea.days - 1));
            for member in &idea.team {
                let trainer = trainer(member);
                let before = missions.iter_mut().rev().find(|m| m.trainer == trainer);
                match before.filter(|m| idea.chained && m.back.0 + 1 < start) {
                    Some(mission) => {
                        mission.back = Date(end + 1);
                        mission.sessions.push(id.clone());
                    }
                    None => missions.push(Mission {
                        trainer,
                        depart: Date(start - (*member % 3) as i32),
                        back: Date(end + (*member % 2) as i32),
                        sessions: vec![id.clone()],
                    }),
                }
            }
            let language = programme.languages.values().nth(idea.language).expect("a language").clone();
            sessions.push(Session {
                id,
                status: Word(idea.status),
                course: programme.courses.values().nth(idea.course).expect("a course").id.clone(),
                place: programme.places.values().nth(idea.place).expect("a place").id.clone(),
                working_language: language.clone(),
                language,
                start: Date(start),
                end: Date(end),
                team: idea
                    .team
                    .iter()
                    .enumerate()
                    .map(|(i, t)| Member {
                        trainer: trainer(t),
                        role: Word(if i == 0 { Role::Lead } else { Role::Co }),
                    })
                    .collect(),
                requests,
                costs: None,
                charges: vec![docent::read::plan_file::Charge {
                    fund: programme.funds.values().nth(idea.fund).expect("a fund").id.clone(),
                    category: Word(Category::Venue),
                    request: None,
                    amount: docent::read::plan_file::Money(docent::programme::money::Cents(100)),
                }],
                calendar: None,
            });
        }
        sessions.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        missions.sort_by(|a, b| (a.depart, &a.trainer).cmp(&(b.depart, &b.trainer)));
        PlanFile {
            format: FORMAT.to_string(),
            programme: Source { name: programme.name.clone(), ..Source::default() },
            scenarios: Vec::new(),
            as_of: programme.as_of.map(Date),
            baseline: None,
            solver: Solver::default(),
            goals: Vec::new(),
            sessions,
            missions,
            unserved: Vec::new(),
            broken_commitments: Vec::new(),
            revision: None,
            adopted: None,
            cancelled: Vec::new(),
        }
    }
}

/// A plan with so many sessions, all in 2027, each of a request of its own (which the programme is given).
pub fn many(programme: &mut Programme, sessions: usize) -> PlanFile {
    let pattern = programme.requests.values().next().expect("a request").clone();
    while programme.requests.len() < sessions {
        let id = format!("X{:05}", programme.requests.len());
        programme.requests.push(docent::programme::people::Request { id, ..pattern.clone() });
    }
    let mut rng = Pcg64Mcg::seed_from_u64(3);
    let mut ideas = Vec::new();
    for request in 0..sessions {
        ideas.push(Idea {
            requests: vec![request],
            course: pick(&mut rng, programme.courses.len()),
            place: pick(&mut rng, programme.places.len()),
            start: programme.start + pick(&mut rng, 330) as i32,
            days: 1 + pick(&mut rng, 8) as i32,
            language: pick(&mut rng, programme.languages.len()),
            team: vec![pick(&mut rng, programme.trainers.len()), pick(&mut rng, programme.trainers.len())],
            fund: pick(&mut rng, programme.funds.len()),
            status: Status::Confirmed,
            chained: false,
        });
    }
    Desk { ideas, free: Vec::new() }.plan(programme)
}
