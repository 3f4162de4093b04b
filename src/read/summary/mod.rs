//! What a programme adds up to, before anything is planned: demand against money, trainers' days against what is asked
//! of them, and what can never be served.

pub mod never;
mod ways;

use crate::cores;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{CourseId, Dense, RegionId, RequestId, TrainerId};
use crate::programme::money::{Cents, MicroCents};
use crate::programme::people::Role;
use never::Never;
use ways::{Alone, Ways, Why};

/// Fewer requests than this are not worth a second core.
const FEW: usize = 500;

/// What the programme adds up to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub name: String,
    pub start: Day,
    pub end: Day,
    pub currency: String,
    pub requests: usize,
    pub participants: i64,
    pub must: usize,
    pub pinned: usize,
    pub courses: usize,
    pub trainers: usize,
    pub places: usize,
    pub funds: usize,
    /// What cash funds and contributions in kind have.
    pub cash: Cents,
    pub in_kind: Cents,
    /// By region in which officials come from, in file order; None: places without a region.
    pub regions: Vec<Demand>,
    /// By course that is asked for, in file order.
    pub by_course: Vec<Teaching>,
    /// Mission days if every request that can be served were served alone, by its cheapest team.
    pub days_needed: i64,
    /// Days on which trainers are there, no more than they may be sent.
    pub days_available: i64,
    pub never: Vec<Never>,
}

/// What is asked for from one region, and the money for its officials.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    pub region: Option<RegionId>,
    pub name: String,
    pub requests: usize,
    pub participants: i64,
    /// If every request that can be served were served alone, where it is cheapest.
    pub cost: Cents,
    /// What funds have that pay for officials of this region only.
    pub money_here: Cents,
    /// What funds have that pay for officials of this region and of others.
    pub money_shared: Cents,
}

/// What is asked of the trainers of one course.
#[derive(Clone, Debug, PartialEq)]
pub struct Teaching {
    pub course: CourseId,
    pub id: String,
    pub requests: usize,
    /// Mission days if every request that can be served were served alone.
    pub days: i64,
    /// Trainers who are qualified as leads, and those as co-trainers only.
    pub leads: usize,
    pub co_trainers: usize,
}

/// Adds up a programme.
pub fn summary(programme: &Programme) -> Summary {
    let found = alone(programme);
    let never = never::never(programme, &found);
    let mut alone: Dense<RequestId, Option<Alone>> = found.values().map(|way| way.ok()).collect();
    for lost in &never {
        alone[lost.request] = None;
    }
    let pays = |in_kind: bool| -> Cents {
        let funds = programme.funds.values().filter(|f| f.in_kind == in_kind);
        funds.map(|f| f.has).sum::<MicroCents>().rounded()
    };
    Summary {
        name: programme.name.clone(),
        start: programme.start,
        end: programme.end,
        currency: programme.currency.clone(),
        requests: programme.requests.len(),
        participants: programme.requests.values().map(|r| r.participants).sum(),
        must: programme.requests.values().filter(|r| r.must).count(),
        pinned: programme.pins.len(),
        courses: programme.courses.len(),
        trainers: programme.trainers.len(),
        places: programme.places.len(),
        funds: programme.funds.len(),
        cash: pays(false),
        in_kind: pays(true),
        regions: regions(programme, &alone),
        by_course: by_course(programme, &alone),
        days_needed: alone.values().flatten().map(|a| a.days).sum(),
        days_available: programme.trainers.ids().map(|t| i64::from(days_available(programme, t))).sum(),
        never,
    }
}

/// How each request could be served alone.
fn alone(programme: &Programme) -> Dense<RequestId, Result<Alone, Why>> {
    let requests: Vec<RequestId> = programme.requests.ids().collect();
    let found = cores::share(&requests, FEW, |row| {
        let mut ways = Ways::new(programme);
        row.iter().map(|r| ways.alone(*r)).collect()
    });
    found.into_iter().collect()
}

fn regions(programme: &Programme, alone: &Dense<RequestId, Option<Alone>>) -> Vec<Demand> {
    let region_of = |request: RequestId| programme.places[programme.requests[request].place].region;
    let all = programme.regions.ids().map(Some).chain([None]);
    let demand = |region: Option<RegionId>| {
        let here: Vec<RequestId> = programme.requests.ids().filter(|r| region_of(*r) == region).collect();
        // A fund counts by the requests that it may pay for, not by places that ask for nothing.
        let serves = |fund: &crate::programme::funds::Fund, inside: bool| {
            programme.requests.iter().any(|(id, r)| (region_of(id) == region) == inside && fund.officials[r.place])
        };
        let money = |shared: bool| -> Cents {
            let funds = programme.funds.values().filter(|f| serves(f, true) && serves(f, false) == shared);
            funds.map(|f| f.has).sum::<MicroCents>().rounded()
        };
        Demand {
            region,
            name: region.map_or("no region".to_owned(), |r| programme.regions[r].name.clone()),
            requests: here.len(),
            participants: here.iter().map(|r| programme.requests[*r].participants).sum(),
            cost: here.iter().filter_map(|r| alone[*r].as_ref()).map(|a| a.cost).sum(),
            money_here: money(false),
            money_shared: money(true),
        }
    };
    all.map(demand).filter(|d| d.requests > 0).collect()
}

fn by_course(programme: &Programme, alone: &Dense<RequestId, Option<Alone>>) -> Vec<Teaching> {
    let teaching = |(course, c): (CourseId, &crate::programme::people::Course)| {
        let asked: Vec<RequestId> =
            programme.requests.iter().filter(|(_, r)| r.course == course).map(|(id, _)| id).collect();
        let qualified = |role: Role| programme.trainers.values().filter(|t| t.roles[course] == Some(role)).count();
        Teaching {
            course,
            id: c.id.clone(),
            requests: asked.len(),
            days: asked.iter().filter_map(|r| alone[*r].as_ref()).map(|a| a.days).sum(),
            leads: qualified(Role::Lead),
            co_trainers: qualified(Role::Co),
        }
    };
    programme.courses.iter().map(teaching).filter(|t| t.requests > 0).collect()
}

/// On how many days of the programme a trainer is there, no more than they may be sent in all and in each year.
fn days_available(programme: &Programme, trainer: TrainerId) -> i32 {
    let t = &programme.trainers[trainer];
    let first = t.available_from.map_or(programme.start, |d| d.max(programme.start));
    let last = t.available_to.map_or(programme.end, |d| d.min(programme.end));
    let mut absent = vec![false; (last - first + 1).max(0) as usize];
    for (span, _) in &t.absences {
        for day in span.first.max(first).to(span.last.min(last)) {
            absent[(day - first) as usize] = true;
        }
    }
    let mut total = 0;
    let mut day = first;
    while day <= last {
        let year_end = Day::ymd(day.year(), 12, 31).unwrap_or(last).min(last);
        let here = day.to(year_end).filter(|d| !absent[(*d - first) as usize]).count() as i32;
        total += t.max_days_year.map_or(here, |most| here.min(most));
        day = year_end + 1;
    }
    t.max_days.map_or(total, |most| total.min(most))
}
