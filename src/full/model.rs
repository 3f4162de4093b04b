//! The model: columns and rows over everything that the programme allows, trips aside those that are priced later.

use super::candidates::{Candidate, Firm, list};
use super::rows::Terms;
use super::rows::after::After;
use super::rows::country_gap::CountryGap;
use super::rows::days::Days;
use super::rows::goals::Goals;
use super::rows::labels::Labels;
use super::rows::money::{ClassId, Classes, MoneyRows, own_costs};
use super::rows::parallel::Parallel;
use super::rows::presence::Presence;
use super::rows::quotas::Quotas;
use super::rows::served::Served;
use super::rows::team::Team;
use super::rows::workload::Workload;
use super::scale::Money;
use super::sites::{self, Site};
use super::trips::{self, Trip};
use crate::milp::program::{Col, INFINITE, Program, Row};
use crate::plan::brief::Brief;
use crate::plan::history::history;
use crate::plan::mission::stays;
use crate::programme::day::{Day, Span};
use crate::programme::id::{Dense, FundId, QuotaId, RequestId, TrainerId};
use crate::programme::money::Cents;
use std::collections::BTreeMap;

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A candidate is held.
    Session(usize),
    /// A request is served.
    Request(RequestId),
    /// A trainer sits on the team of a candidate; only where sites have several candidates.
    Seat(usize, TrainerId),
    /// A trip is made.
    Trip(usize),
    /// A fund pays part of a class.
    Flow(ClassId, FundId),
    /// A quota's min is missed.
    Missed(QuotaId),
    /// A fund's floor is missed.
    Short(FundId),
    /// Done sessions alone are more than a fund has.
    Overdrawn(FundId),
    /// Mission days beyond a trainer's target.
    Overload(TrainerId),
    /// A trainer teaches.
    Used(TrainerId),
}

/// A column: bounds, and terms in the rows.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: Name,
    pub lower: f64,
    pub upper: f64,
    pub integer: bool,
    pub terms: Terms,
}

/// A site that a trainer may visit.
#[derive(Clone, Debug)]
pub struct Visit {
    pub site: usize,
    /// The terms of every trip of this trainer through it, money and days aside.
    pub terms: Terms,
    /// The first day of a trip that begins here; None where none can.
    pub depart: Option<Day>,
    /// The last day of a trip that ends here; None where none can.
    pub back: Option<Day>,
}

/// What one trainer may do.
pub struct Diary {
    /// By first day.
    pub visits: Vec<Visit>,
    pub days: Days,
    pub workload: Workload,
    pub rest: i32,
    /// Days on which done sessions keep them busy, rest included.
    pub done: Vec<Span>,
}

/// Columns, rows, and what they stand for.
pub struct Model<'a> {
    pub brief: &'a Brief<'a>,
    pub candidates: Vec<Candidate>,
    pub sites: Vec<Site>,
    pub site_of: Vec<usize>,
    pub diaries: Dense<TrainerId, Diary>,
    pub trips: Vec<Trip>,
    pub by_visits: BTreeMap<(TrainerId, Vec<usize>), usize>,
    pub columns: Vec<Column>,
    pub by_name: BTreeMap<Name, Col>,
    /// Bounds of rows; no terms.
    pub rows: Program,
    pub goals: Goals,
    pub money_rows: MoneyRows,
    pub quotas: Quotas,
    pub money: Money,
}

impl<'a> Model<'a> {
    /// The model with the trips of one stop each; None where there would be more than `limit` columns.
    pub fn new(brief: &'a Brief<'a>, limit: usize) -> Option<Model<'a>> {
        let programme = brief.programme;
        let candidates = list(brief, limit / 2)?;
        let mut classes = Classes::default();
        let (sites, site_of) = sites::list(programme, &candidates, &mut classes);
        let own: Vec<(Vec<(ClassId, Cents)>, Cents)> =
            candidates.iter().map(|c| own_costs(programme, c, &mut classes)).collect();
        let seats: usize = candidates.iter().map(|c| c.able.len()).sum();
        if candidates.len() + seats > limit {
            return None;
        }
        let money = Money::for_sums(own.iter().map(|(_, total)| *total).max().unwrap_or_default());
        let mut rows = Program::new();
        let goals = Goals::new(brief, &candidates, money, &mut rows);
        let served = Served::new(programme, &mut rows);
        let team = Team::new(programme, &candidates, &mut rows);
        let presence = Presence::new(programme, &candidates, &mut rows);
        let parallel = Parallel::new(programme, &candidates, &mut rows);
        let country_gap = CountryGap::new(programme, &candidates, &mut rows);
        let after = After::new(programme, &candidates, &mut rows);
        let labels = Labels::new(programme, &mut rows);
        let past = history(programme);
        let quotas = Quotas::new(programme, &past, money, &mut rows);
        let spent = spent_in_the_past(brief, &candidates, &sites, &site_of, &own);
        let money_rows = MoneyRows::new(programme, &classes, &spent, money, &mut rows);

        let mut model = Model {
            brief,
            diaries: Dense::default(),
            trips: Vec::new(),
            by_visits: BTreeMap::new(),
            columns: Vec::new(),
            by_name: BTreeMap::new(),
            rows,
            goals,
            money_rows,
            quotas,
            money,
            candidates,
            sites,
            site_of,
        };
        for (c, (items, total)) in own.iter().enumerate() {
            let mut terms = Terms::new();
            let candidate = &model.candidates[c];
            served.session(&candidate.requests, &mut terms);
            team.session(c, &mut terms);
            parallel.session(programme, candidate, &mut terms);
            country_gap.session(programme, candidate, &mut terms);
            after.session(candidate, &mut terms);
            labels.session(candidate, &mut terms);
            model.quotas.session(programme, candidate, *total, &mut terms);
            for (class, amount) in items {
                model.money_rows.spent(*class, *amount, &mut terms);
            }
            model.goals.session(brief, candidate, &mut terms);
            let lower = if candidate.firm == Firm::Open { 0.0 } else { 1.0 };
            model.add(Name::Session(c), lower, 1.0, true, terms);
        }
        for r in programme.requests.ids() {
            let mut terms = Terms::new();
            served.request(r, &mut terms);
            presence.request(r, &mut terms);
            after.request(r, &mut terms);
            labels.request(r, &mut terms);
            model.goals.request(brief, r, &mut terms);
            model.add(Name::Request(r), 0.0, 1.0, true, terms);
        }
        model.add_money(&classes, money);
        let seat = |model: &Model, c: usize, t: TrainerId| {
            let mut terms = Terms::new();
            team.seat(programme, &model.candidates, c, t, &mut terms);
            presence.seat(&model.candidates[c], t, &mut terms);
            model.goals.seat(brief, &model.candidates[c], t, &mut terms);
            terms
        };
        for t in programme.trainers.ids() {
            model.add_diary(t, &past, &seat);
            for v in 0..model.diaries[t].visits.len() {
                let site = model.diaries[t].visits[v].site;
                model.add_trip(t, &[site]);
            }
        }
        (model.columns.len() <= limit).then_some(model)
    }

    fn add_money(&mut self, classes: &Classes, money: Money) {
        let programme = self.brief.programme;
        for (class, funds, done) in classes.iter() {
            for f in funds {
                let mut terms = Terms::new();
                self.money_rows.flow(class, *f, done, &mut terms);
                self.goals.money(programme, money, *f, &mut terms);
                let most = self.money_rows.most(*f, done);
                self.add(Name::Flow(class, *f), 0.0, most, false, terms);
            }
        }
        let funds: Vec<FundId> = self.money_rows.funds().collect();
        for f in funds {
            let mut terms = Terms::new();
            if self.money_rows.overdrawn(f, &mut terms) {
                self.add(Name::Overdrawn(f), 0.0, 1.0, true, terms);
            }
            let mut terms = Terms::new();
            if self.money_rows.missed(f, &mut terms) {
                self.goals.missed(&mut terms);
                self.add(Name::Short(f), 0.0, 1.0, true, terms);
            }
        }
        for q in programme.quotas.ids().filter(|q| programme.quotas[*q].min.is_some()) {
            if self.quotas.can_miss(q) {
                let mut terms = Terms::new();
                self.quotas.missed(q, &mut terms);
                self.goals.missed(&mut terms);
                self.add(Name::Missed(q), 0.0, 1.0, true, terms);
            }
        }
    }

    /// The diary of one trainer: the sites that they may visit, and the rows and columns that are theirs alone.
    fn add_diary(&mut self, t: TrainerId, past: &crate::plan::Plan, seat: &dyn Fn(&Model, usize, TrainerId) -> Terms) {
        let programme = self.brief.programme;
        let person = &programme.trainers[t];
        let weights = &programme.preferences;
        let mut visits = Vec::new();
        for s in 0..self.sites.len() {
            let mine: Vec<usize> =
                self.sites[s].candidates.iter().copied().filter(|c| self.candidates[*c].able.contains(&t)).collect();
            let terms = match mine.as_slice() {
                [] => continue,
                [one] => seat(self, *one, t),
                several => {
                    let link = self.rows.row(0.0, 0.0, []);
                    for c in several {
                        let mut terms = seat(self, *c, t);
                        terms.push((link, -1.0));
                        self.add(Name::Seat(*c, t), 0.0, 1.0, true, terms);
                    }
                    vec![(link, 1.0)]
                }
            };
            let (depart, back) = self.ends(t, s);
            visits.push(Visit { site: s, terms, depart, back });
        }
        let rest_of = |s: usize| if stays(programme, t, self.sites[s].stop.place) { 0 } else { person.rest_days };
        let done: Vec<Span> = past
            .missions
            .iter()
            .filter(|m| m.trainer == t)
            .map(|m| {
                let rest = if stays(programme, t, past.sessions[m.sessions[0]].place) { 0 } else { person.rest_days };
                Span { first: m.span.first, last: m.span.last + rest }
            })
            .collect();
        let worked: Vec<Span> = past.missions.iter().filter(|m| m.trainer == t).map(|m| m.span).collect();
        let mut departs: Vec<Day> = visits.iter().filter_map(|v| v.depart).collect();
        let mut ends: Vec<Day> = visits.iter().filter_map(|v| v.back.map(|d| d + rest_of(v.site))).collect();
        let used = weights.trainer_used.0 != 0 && done.is_empty();
        let days = Days::new(&mut departs, &mut ends, &done, used, &mut self.rows);
        let mut years: Vec<i32> = visits.iter().flat_map(|v| [v.depart, v.back]).flatten().map(Day::year).collect();
        years.sort();
        years.dedup();
        let overload = weights.overload_day.0 != 0;
        let workload = Workload::new(person, &years, &worked, overload, &mut self.rows);
        if used {
            let mut terms = Terms::new();
            days.used(&mut terms);
            self.goals.used(programme, &mut terms);
            self.add(Name::Used(t), 0.0, 1.0, true, terms);
        } else if weights.trainer_used.0 != 0 {
            // Who has taught already counts whatever is planned.
            let mut terms = Terms::new();
            self.goals.used(programme, &mut terms);
            self.add(Name::Used(t), 1.0, 1.0, true, terms);
        }
        if let Some(row) = workload.overload() {
            let mut terms = vec![(row, -1.0)];
            self.goals.overload(programme, &mut terms);
            self.add(Name::Overload(t), 0.0, INFINITE, false, terms);
        }
        self.diaries.push(Diary { visits, days, workload, rest: person.rest_days, done });
    }

    /// The first day of a trip that begins with this site, and the last of one that ends there.
    fn ends(&self, t: TrainerId, s: usize) -> (Option<Day>, Option<Day>) {
        let programme = self.brief.programme;
        let site = &self.sites[s];
        let person = &programme.trainers[t];
        let (place, span) = (site.stop.place, site.stop.span);
        if site.firm == Firm::Done {
            return match trips::plan(programme, &self.sites, t, &[s]) {
                Some(trip) => (Some(trip.span.first), Some(trip.span.last)),
                None => (None, None),
            };
        }
        if stays(programme, t, place) {
            return if person.available(span) { (Some(span.first), Some(span.last)) } else { (None, None) };
        }
        let out = programme.travel.leg(person.home, place).map(|leg| span.first - leg.days);
        let home = programme.travel.leg(place, person.home).map(|leg| span.last + leg.days);
        (
            out.filter(|d| person.available(Span { first: *d, last: span.last })),
            home.filter(|d| person.available(Span { first: span.first, last: *d })),
        )
    }

    /// The column of the trip of a trainer through these sites, made where it is new; None where no such trip can be.
    pub fn add_trip(&mut self, t: TrainerId, visits: &[usize]) -> Option<Col> {
        if let Some(k) = self.by_visits.get(&(t, visits.to_vec())) {
            return self.by_name.get(&Name::Trip(*k)).copied();
        }
        let trip = trips::plan(self.brief.programme, &self.sites, t, visits)?;
        let terms = self.trip_terms(&trip)?;
        let k = self.trips.len();
        let lower = if self.sites[visits[0]].firm == Firm::Done { 1.0 } else { 0.0 };
        self.trips.push(trip);
        self.by_visits.insert((t, visits.to_vec()), k);
        Some(self.add(Name::Trip(k), lower, 1.0, true, terms))
    }

    fn trip_terms(&self, trip: &Trip) -> Option<Terms> {
        let diary = &self.diaries[trip.trainer];
        let mut terms = Terms::new();
        for (s, part) in trip.sites.iter().zip(&trip.parts) {
            let v = diary.visits.binary_search_by_key(s, |v| v.site).ok()?;
            terms.extend_from_slice(&diary.visits[v].terms);
            let site = &self.sites[*s];
            for (amount, class) in [part.fees, part.travel, part.allowance].into_iter().zip(site.classes) {
                if let Some(class) = class.filter(|_| amount > Cents::ZERO) {
                    self.money_rows.spent(class, amount, &mut terms);
                }
            }
            self.quotas.spent(&site.quotas, part.fees + part.travel + part.allowance, &mut terms);
        }
        diary.days.trip(trip.extended, &mut terms);
        diary.workload.trip(trip.span, &mut terms);
        Some(terms)
    }

    fn add(&mut self, name: Name, lower: f64, upper: f64, integer: bool, terms: Terms) -> Col {
        let col = Col(self.columns.len() as u32);
        let terms = merged(terms);
        self.columns.push(Column { name, lower, upper, integer, terms });
        self.by_name.insert(name, col);
        col
    }

    /// What a column counts in a goal, as the solver counts it.
    pub fn counts(&self, column: &Column, goal: usize) -> f64 {
        let row = self.goals.rows[goal];
        column.terms.iter().find(|(r, _)| *r == row).map_or(0.0, |(_, v)| *v)
    }

    /// The whole model as a program, with the columns chosen by `keep`; and which they are.
    pub fn program(&self, keep: &dyn Fn(usize) -> bool) -> (Program, Vec<usize>) {
        let mut program = self.rows.clone();
        let mut kept = Vec::new();
        for (i, column) in self.columns.iter().enumerate().filter(|(i, _)| keep(*i)) {
            program.column_in(column.lower, column.upper, column.integer, &column.terms);
            kept.push(i);
        }
        program.settle();
        (program, kept)
    }

    /// How many cents the solver counts as one.
    pub fn money_unit(&self) -> f64 {
        self.money.one as f64
    }

    /// The row of a goal.
    pub fn goal_row(&self, goal: usize) -> Row {
        self.goals.rows[goal]
    }
}

/// Terms of one row added up.
fn merged(mut terms: Terms) -> Terms {
    terms.sort_by_key(|(row, _)| *row);
    let mut out: Terms = Vec::with_capacity(terms.len());
    for (row, value) in terms {
        match out.last_mut() {
            Some(last) if last.0 == row => last.1 += value,
            _ => out.push((row, value)),
        }
    }
    out.retain(|(_, v)| *v != 0.0);
    out
}

/// What done sessions cost, by class.
fn spent_in_the_past(
    brief: &Brief,
    candidates: &[Candidate],
    sites: &[Site],
    site_of: &[usize],
    own: &[(Vec<(ClassId, Cents)>, Cents)],
) -> BTreeMap<ClassId, Cents> {
    let mut spent: BTreeMap<ClassId, Cents> = BTreeMap::new();
    for (c, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.firm == Firm::Done) {
        for (class, amount) in &own[c].0 {
            *spent.entry(*class).or_default() += *amount;
        }
        let site = &sites[site_of[c]];
        for t in &candidate.able {
            let Some(trip) = trips::plan(brief.programme, sites, *t, &[site_of[c]]) else { continue };
            let part = trip.parts[0];
            for (class, amount) in site.classes.iter().zip([part.fees, part.travel, part.allowance]) {
                if let Some(class) = class {
                    *spent.entry(*class).or_default() += amount;
                }
            }
        }
    }
    spent
}
