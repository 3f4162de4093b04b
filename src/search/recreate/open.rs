//! Opening a session: in company where there is some, at the host, in the language and by the team that cost least.

use super::team::{self, Hunt, Looks, Team};
use super::{Offer, Offers, few};
use crate::board::Board;
use crate::board::days::Days;
use crate::board::placing::Placement;
use crate::board::roster::{disturbance, penalty};
use crate::board::unit::{Choice, NONE};
use crate::board::world::World;
use crate::programme::id::{Id, TrainerId};
use crate::search::aim::Aim;
use crate::search::dice::Dice;

/// Who attends together, and when.
struct Company<'u> {
    units: &'u [u32],
    participants: i64,
    first: i32,
    last: i32,
    start: Option<i32>,
    /// Points of all but the first.
    extra: i64,
    booked: bool,
}

/// How many choices are looked at (fewest and most), and how many others are asked to come along, where no bound says which
/// is best.
const LOOKS: (usize, usize) = (2, 8);
const ASKED: usize = 24;
/// Cases in 1,024 in which a choice is passed over then.
const SKIP: usize = 256;

/// How much company is sought.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// As many as the course takes.
    Full,
    /// No more than the course needs.
    Enough,
    /// Those who are worth more than they cost.
    Worthy,
}

/// Offers new sessions for a unit between these days.
pub fn offers(
    world: &World,
    board: &mut Board,
    dice: &mut Dice,
    aim: &Aim,
    unit: u32,
    days: (i32, i32),
    offers: &mut Offers,
) {
    let company = companions(world, board, dice, unit);
    let chained = world.programme.rules.chain_missions;
    // With company or trips in a row a session may cost less than the bound of the unit alone says.
    let firm = company.is_empty() && !chained && aim.change == 0;
    let fill = [Fill::Full, Fill::Full, Fill::Enough, Fill::Worthy][dice.below(4)];
    let (most, mut asked) = (few(world, LOOKS), 0);
    let (mut looks, mut units) = (Looks::default(), Vec::new());
    for choice in aim.choices(world, unit) {
        if !firm && asked >= most {
            break;
        }
        if firm && aim.money(choice.least) >= offers.bar() {
            break;
        }
        if dice.chance(if firm { aim.blink } else { aim.blink.max(SKIP) }) {
            continue;
        }
        let Some(company) = gather(world, board, aim, (unit, choice), (&company, fill), days, &mut units) else {
            continue;
        };
        asked += 1;
        at_choice(world, board, dice, aim, (choice, &company), &mut looks, offers);
    }
}

/// Units that wait for a session and might share one with this unit, those of its session label first, else in an order
/// of chance.
fn companions(world: &World, board: &Board, dice: &mut Dice, unit: u32) -> Vec<(u32, i32)> {
    let u = &world.units[unit as usize];
    let open = u.mates.iter().copied().filter(|m| board.slot_of[*m as usize] == NONE);
    let mut list: Vec<(u32, i32)> = open
        .filter(|m| {
            let v = &world.units[*m as usize];
            v.labels.iter().all(|l| board.label_at[l.index()].0 == NONE)
        })
        .filter_map(|m| board.earliest(world, m).map(|first| (m, first)))
        .collect();
    dice.shuffle(&mut list);
    if u.labels.is_empty() {
        list.truncate(ASKED);
    }
    if !u.labels.is_empty() {
        list.sort_by_key(|(m, _)| !world.units[*m as usize].labels.iter().any(|l| u.labels.contains(l)));
    }
    list
}

/// The company of a unit at a choice; None where they are too few. `units` is to keep them in.
fn gather<'u>(
    world: &World,
    board: &Board,
    aim: &Aim,
    (unit, choice): (u32, &Choice),
    (companions, fill): (&[(u32, i32)], Fill),
    (first, last): (i32, i32),
    units: &'u mut Vec<u32>,
) -> Option<Company<'u>> {
    units.clear();
    units.push(unit);
    let u = &world.units[unit as usize];
    let course = &world.programme.courses[u.course];
    let mut c =
        Company { units: &[], participants: u.participants, first, last, start: u.start, extra: 0, booked: u.booked };
    for (m, from) in companions {
        let enough = c.participants >= course.min_participants;
        if enough && fill == Fill::Enough {
            break;
        }
        let v = &world.units[*m as usize];
        let many = c.participants + v.participants;
        if course.max_participants.is_some_and(|max| many > max)
            || !v.takes(choice.place, choice.language, choice.working)
            || c.start.is_some() && v.start.is_some() && c.start != v.start
        {
            continue;
        }
        if enough && fill == Fill::Worthy {
            let cost = v.host(choice.place).map_or(0, |h| v.attends(h, course.days)) + v.materials;
            if aim.money(cost) > aim.worth(v.points) {
                continue;
            }
        }
        let (a, b) = (c.first.max(*from), c.last.min(board.latest(world, *m)));
        if a + course.days - 1 > b || units.iter().any(|o| v.before.contains(o) || v.behind.contains(o)) {
            continue;
        }
        units.push(*m);
        (c.participants, c.first, c.last) = (many, a, b);
        c.start = c.start.or(v.start);
        c.extra += v.points;
        c.booked |= v.booked;
    }
    let enough = c.participants >= course.min_participants;
    let fits = course.max_participants.is_none_or(|max| c.participants <= max);
    (enough && fits).then_some(Company { units, ..c })
}

fn at_choice(
    world: &World,
    board: &mut Board,
    dice: &mut Dice,
    aim: &Aim,
    (choice, company): (&Choice, &Company),
    looks: &mut Looks,
    offers: &mut Offers,
) {
    let units = || company.units.iter().map(|u| &world.units[*u as usize]);
    let Some(course) = units().next().map(|u| u.course) else { return };
    let site = &world.sites[choice.site as usize];
    let mut needed: Vec<TrainerId> = units().flat_map(|u| u.team.iter().copied()).collect();
    needed.sort_unstable();
    needed.dedup();
    for (span, starts) in &site.starts {
        let mut days = Days::of(starts);
        let first = if company.booked { company.first } else { company.first.max(site.first) };
        days.keep(first, company.last - span + 1);
        if let Some(start) = company.start {
            days.keep(start, start);
        }
        if days.is_empty() {
            continue;
        }
        board.occupancy.keep_open(world, choice.place, choice.row, *span, &mut days);
        for country in units().flat_map(|u| &u.countries) {
            board.occupancy.keep_absorbed(*country, *span, &mut days);
        }
        if days.is_empty() {
            continue;
        }
        let people: i64 = units().map(|u| u.host(choice.place).map_or(0, |h| u.attends(h, *span)) + u.materials).sum();
        let fixed = aim.money(choice.room + people) - aim.worth(company.extra);
        let bar = offers.bar();
        let limit = if bar == i64::MAX { i64::MAX } else { bar.saturating_sub(fixed) };
        let mut hunt = Hunt::new(world, course, choice, (days, *span), aim, limit, looks);
        hunt.known_by(company.units);
        let Some(found) = team::find(&mut hunt, board, dice, &needed) else { continue };
        let start = best_day(world, dice, aim, choice, company, *span, &found);
        let score = fixed + found.price + taste(world, aim, choice, company, start, *span, &found);
        if score >= offers.bar() {
            continue;
        }
        let spare = spare_days(world, dice, &found, start, *span);
        let placement = Placement {
            units: company.units.to_vec(),
            course,
            place: choice.place,
            language: choice.language,
            working: choice.working,
            row: choice.row,
            first: start,
            last: start + span - 1,
            team: found.members,
        };
        offers.put(score, Offer::Open(Box::new(placement), spare));
    }
}

/// What a start day, a team and a language are worth beside their cost, in cents.
fn taste(world: &World, aim: &Aim, choice: &Choice, company: &Company, start: i32, span: i32, found: &Team) -> i64 {
    let mut sum = 0;
    if aim.change != 0 {
        let team: Vec<_> = found.members.iter().map(|(m, _)| *m).collect();
        for u in company.units.iter().map(|u| &world.units[*u as usize]).filter(|u| u.known > 0) {
            sum += aim.change * disturbance(world, u, start, choice.place, choice.language, &team);
        }
    }
    if aim.penalty != 0 {
        let days = (start, start + span - 1);
        sum += aim.dislike(penalty(world, company.units, choice.place, choice.language, days));
    }
    sum
}

/// The start day: the one that the trips demand, else the best of a few.
fn best_day(
    world: &World,
    dice: &mut Dice,
    aim: &Aim,
    choice: &Choice,
    company: &Company,
    span: i32,
    found: &Team,
) -> i32 {
    if let Some(day) = found.day {
        return day;
    }
    let n = found.days.count();
    let first = found.days.nth(0).unwrap_or(0);
    if n < 2 {
        return first;
    }
    if aim.change == 0 && aim.penalty == 0 {
        return match dice.below(4) {
            0 => first,
            1 => found.days.nth(n - 1).unwrap_or(first),
            _ => found.days.nth(dice.below(n as usize) as u32).unwrap_or(first),
        };
    }
    let mut days: Vec<i32> = (0..4).filter_map(|_| found.days.nth(dice.below(n as usize) as u32)).collect();
    let requests = || company.units.iter().flat_map(|u| &world.units[*u as usize].requests);
    if let Some(baseline) = &world.brief.baseline {
        days.extend(requests().filter_map(|r| baseline.promises[*r].as_ref()).map(|p| world.index(p.start)));
    }
    for preferred in requests().filter_map(|r| world.programme.requests[*r].preferred) {
        let at = world.index(preferred);
        days.extend((0..7).map(|i| at + if i % 2 == 0 { i / 2 } else { -(i / 2) - 1 }));
    }
    days.retain(|d| found.days.holds(*d));
    days.into_iter().min_by_key(|d| taste(world, aim, choice, company, *d, span, found)).unwrap_or(first)
}

/// A few other days for the same team, on which other funds are valid.
fn spare_days(world: &World, dice: &mut Dice, found: &Team, start: i32, span: i32) -> Vec<i32> {
    let n = found.days.count() as usize;
    if !world.strings.dated || found.day.is_some() || n < 2 {
        return Vec::new();
    }
    let valid = |d: i32| world.strings.valid(d, d + span - 1);
    let mut seen = vec![valid(start)];
    let mut spare = Vec::new();
    let some = (0..3).map(|_| dice.below(n) as u32);
    for d in [0, n as u32 - 1].into_iter().chain(some).filter_map(|i| found.days.nth(i)) {
        let v = valid(d);
        if !seen.contains(&v) {
            seen.push(v);
            spare.push(d);
        }
    }
    spare
}
