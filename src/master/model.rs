//! The master: columns from the world, rows from `rows/`. With dates left out (`Grain::Free`) it is small and relaxes
//! only what dates decide; with days told apart (`Grain::Days`) its whole solutions are plans.

use super::delivery::Firm;
use super::families::{Cell, Held, Money, Seat, Trip};
use super::payers::{Payers, units};
use super::rows;
use super::trips::visits::Visits;
use super::trips::{self, Pool};
use super::world::World;
use crate::milp::program::{AtMost, Col, Program, Row};
use crate::plan::mission::{Part, Stop, stays, trip};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, FundId, LanguageId, PlaceId, QuotaId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::Role;
use crate::rules::{budget, max_days_away};
use crate::words::{Category, GoalId};
use std::collections::{BTreeMap, BTreeSet};

/// How closely dates are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Start days are told apart only where something but time depends on them: funds, quotas, the baseline's start.
    Free,
    /// Every start day is a column of its own.
    Days,
}

/// How trips through several sessions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chains {
    /// Every session is a trip of its own: the whole truth where chaining is off, a restriction where it is on.
    Alone,
    /// Every session costs and takes what it would if the ways to it and from it were free: a relaxation of both.
    Bounded,
    /// Trips are columns: priced in, where chaining is on.
    Trips,
}

/// Which part of the world a model is about.
#[derive(Clone, Debug)]
pub struct Scope<'s> {
    pub grain: Grain,
    pub chains: Chains,
    /// Only these deliveries, each with only these spans; None: all.
    pub only: Option<&'s [(usize, Vec<Span>)]>,
    /// Only these people at these places; None: everybody.
    pub people: Option<&'s People>,
    /// False to leave out *money* and all that hangs on it.
    pub money: bool,
}

/// Who teaches which course where, in which working language.
pub type People = BTreeSet<(CourseId, PlaceId, LanguageId, TrainerId)>;

/// Rows that a *trip* column enters.
#[derive(Clone, Debug, Default)]
pub struct TripRows {
    /// By seat: at most as many trips as seats.
    pub link: Vec<Option<Row>>,
    /// By class of payers.
    pub class: Vec<Option<Row>>,
    /// By trainer: the row that limits mission days in all.
    pub worked: Dense<TrainerId, Vec<Row>>,
    /// Rows of money quotas, with the quota.
    pub quota: Vec<(Row, QuotaId)>,
    /// By trainer: the row that counts mission days for the penalty.
    pub load: Dense<TrainerId, Option<Row>>,
    /// Rows over how often trips visit that relaxations broke so far, with where they are in the program.
    pub visits: Vec<(Visits, Option<Row>)>,
}

/// Columns and rows, and what they stand for.
pub struct Model<'w, 'a> {
    pub world: &'w World<'a>,
    pub grain: Grain,
    pub chains: Chains,
    pub program: Program,
    pub held: Vec<Held>,
    pub cells: Vec<Cell>,
    pub seats: Vec<Seat>,
    pub trips: Vec<Trip>,
    pub pool: Pool,
    pub money: Vec<Money>,
    pub payers: Payers,
    /// By request: 1 where it is served; None where it cannot be.
    pub served: Dense<RequestId, Option<Col>>,
    /// By request: the *held* columns that serve it.
    pub serving: Dense<RequestId, Vec<usize>>,
    /// By trainer: seats.
    pub seats_of: Dense<TrainerId, Vec<usize>>,
    /// 1 where a quota's min is missed, where a fund's floor is.
    pub short_quota: Vec<(QuotaId, Col)>,
    pub short_floor: Vec<(FundId, Col)>,
    /// By trainer: mission days beyond the target; whether they teach at all.
    pub overload: Dense<TrainerId, Option<Col>>,
    pub used: Dense<TrainerId, Option<Col>>,
    pub trip_rows: TripRows,
    pub with_money: bool,
    /// What relaxations broke so far: rows that hold for every plan.
    pub learnt: Vec<AtMost>,
    /// Values of a plan, by column; empty where none is known.
    pub inner: Vec<f64>,
    /// Goals whose bound hardly moved by branching, with how far it had to come: it is tried again where that is half as far.
    pub slow: Vec<(GoalId, f64)>,
    /// By column, where the model is large: whether the relaxation looks at it first.
    pub awake: Vec<bool>,
}

/// What tells the spans of one delivery apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct HeldKey {
    start: Option<Day>,
    length: i32,
    valid: Vec<bool>,
    counted: Vec<bool>,
    promised: Vec<bool>,
}

/// What tells cells apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CellKey {
    start: Option<Day>,
    firm: Firm,
    course: CourseId,
    place: PlaceId,
    working: LanguageId,
    length: i32,
    payers: [usize; 3],
    quotas: Vec<QuotaId>,
    own: Option<usize>,
    /// Where trips are columns: a request that all its sessions serve, so that there is one at most, on days that suit it.
    serves: Option<RequestId>,
}

/// Deliveries with at most so many start days stand alone: then teams and dates fit together more closely.
const NARROW: usize = 4;

impl<'w, 'a> Model<'w, 'a> {
    /// Builds the model of this part of the world.
    pub fn new(world: &'w World<'a>, scope: &Scope) -> Model<'w, 'a> {
        let programme = world.programme;
        let trainers = programme.trainers.len();
        let mut model = Model {
            world,
            grain: scope.grain,
            chains: scope.chains,
            program: Program::new(),
            held: Vec::new(),
            cells: Vec::new(),
            seats: Vec::new(),
            trips: Vec::new(),
            pool: Pool::default(),
            money: Vec::new(),
            payers: Payers::default(),
            served: Dense::filled(None, programme.requests.len()),
            serving: Dense::filled(Vec::new(), programme.requests.len()),
            seats_of: Dense::filled(Vec::new(), trainers),
            short_quota: Vec::new(),
            short_floor: Vec::new(),
            overload: Dense::filled(None, trainers),
            used: Dense::filled(None, trainers),
            trip_rows: TripRows {
                worked: Dense::filled(Vec::new(), trainers),
                load: Dense::filled(None, trainers),
                ..TripRows::default()
            },
            with_money: scope.money,
            learnt: Vec::new(),
            inner: Vec::new(),
            slow: Vec::new(),
            awake: Vec::new(),
        };
        model.add_held(scope);
        model.add_seats(scope.people);
        rows::all(&mut model);
        if model.has_trips() {
            trips::prepare(&mut model);
        }
        model
    }

    fn add_held(&mut self, scope: &Scope) {
        let world = self.world;
        let mut cells: BTreeMap<CellKey, usize> = BTreeMap::new();
        let all: Vec<usize>;
        let spans_of: Vec<(usize, &[Span])> = match scope.only {
            Some(only) => only.iter().map(|(d, spans)| (*d, spans.as_slice())).collect(),
            None => {
                all = (0..world.deliveries.len()).collect();
                all.iter().map(|d| (*d, world.deliveries[*d].spans.as_slice())).collect()
            }
        };
        for (d, spans) in spans_of {
            for (key, spans) in self.told_apart(d, spans) {
                let cell_key = self.cell_key(d, &key, &spans);
                let at = *cells.entry(cell_key).or_insert_with_key(|key| {
                    self.cells.push(Cell {
                        firm: key.firm,
                        course: key.course,
                        place: key.place,
                        working: key.working,
                        length: key.length,
                        spans: Vec::new(),
                        held: Vec::new(),
                        payers: key.payers,
                        quotas: key.quotas.clone(),
                        seats: Vec::new(),
                    });
                    self.cells.len() - 1
                });
                self.hold(d, at, spans);
            }
        }
        for cell in &mut self.cells {
            cell.spans.sort();
            cell.spans.dedup();
        }
    }

    fn hold(&mut self, delivery: usize, cell: usize, spans: Vec<Span>) {
        let world = self.world;
        let d = &world.deliveries[delivery];
        let least = if d.firm == Firm::Open { 0.0 } else { 1.0 };
        let col = self.program.column(least, 1.0, true);
        for r in &d.requests {
            self.serving[*r].push(self.held.len());
        }
        self.cells[cell].held.push(self.held.len());
        self.cells[cell].spans.extend(&spans);
        if self.with_money {
            self.owe_for_session(delivery, spans[0], col);
        }
        self.held.push(Held { delivery, spans, cell, col });
    }

    /// The spans of a delivery in classes that nothing but time tells apart.
    fn told_apart(&self, delivery: usize, spans: &[Span]) -> BTreeMap<HeldKey, Vec<Span>> {
        let world = self.world;
        let programme = world.programme;
        let d = &world.deliveries[delivery];
        let funds: Vec<_> = programme
            .funds
            .values()
            .filter(|f| (f.valid_from.is_some() || f.valid_to.is_some()) && f.hosts[d.place] && f.courses[d.course])
            .collect();
        let quotas: Vec<_> = programme
            .quotas
            .values()
            .filter(|q| q.from.is_some() || q.to.is_some())
            .filter(|q| q.hosts[d.place])
            .collect();
        let promised: Vec<Day> = match &world.brief.baseline {
            Some(base) => d.requests.iter().filter_map(|r| base.promises[*r].as_ref()).map(|p| p.start).collect(),
            None => Vec::new(),
        };
        let mut classes: BTreeMap<HeldKey, Vec<Span>> = BTreeMap::new();
        for span in spans {
            let key = HeldKey {
                start: (self.grain == Grain::Days).then_some(span.first),
                length: span.days(),
                valid: funds
                    .iter()
                    .map(|f| f.valid_from.is_none_or(|d| d <= span.first) && f.valid_to.is_none_or(|d| span.last <= d))
                    .collect(),
                counted: quotas
                    .iter()
                    .map(|q| q.from.is_none_or(|d| d <= span.first) && q.to.is_none_or(|d| span.first <= d))
                    .collect(),
                promised: promised.iter().map(|d| *d == span.first).collect(),
            };
            classes.entry(key).or_default().push(*span);
        }
        classes
    }

    fn cell_key(&mut self, delivery: usize, key: &HeldKey, spans: &[Span]) -> CellKey {
        let world = self.world;
        let programme = world.programme;
        let d = &world.deliveries[delivery];
        let promised =
            world.brief.baseline.as_ref().is_some_and(|b| d.requests.iter().any(|r| b.promises[*r].is_some()));
        let narrow = self.grain == Grain::Free && spans.len() <= NARROW;
        let quotas = programme
            .quotas
            .iter()
            .filter(|(_, q)| rows::quotas::counts_money(programme, q, d, spans[0]))
            .map(|(id, _)| id)
            .collect();
        let payers = [Category::Fees, Category::Travel, Category::Allowance]
            .map(|category| if self.with_money { self.payers_of(delivery, spans[0], category) } else { 0 });
        CellKey {
            start: key.start,
            firm: d.firm,
            course: d.course,
            place: d.place,
            working: d.working,
            length: key.length,
            payers,
            quotas,
            serves: (self.chains == Chains::Trips).then(|| hardest(programme, &d.requests)).flatten(),
            own: (promised || narrow || !d.pinned.is_empty() || d.firm != Firm::Open).then_some(self.held.len()),
        }
    }

    /// The class of those who may pay this category for all officials of a delivery.
    fn payers_of(&mut self, delivery: usize, span: Span, category: Category) -> usize {
        let programme = self.world.programme;
        let d = &self.world.deliveries[delivery];
        let officials: Vec<PlaceId> = d.requests.iter().map(|r| programme.requests[*r].place).collect();
        let funds = budget::payers(programme, (d.course, d.place, d.language, span), category, &officials);
        self.payers.class(funds)
    }

    /// What a session costs whoever teaches it.
    fn owe_for_session(&mut self, delivery: usize, span: Span, col: Col) {
        let programme = self.world.programme;
        let d = &self.world.deliveries[delivery];
        let venue = price::venue(programme, d.course, d.place).0;
        let interpretation =
            price::interpretation(programme, d.course, d.place, d.working, d.language).unwrap_or_default().0;
        for (category, cents) in [(Category::Venue, venue), (Category::Interpretation, interpretation)] {
            if cents > 0 {
                let class = self.payers_of(delivery, span, category);
                self.owe(d.firm, class, col, d.share() * units(cents));
            }
        }
        let materials = d.requests.iter().map(|r| price::materials(programme, *r).0).sum();
        if materials > 0 {
            let class = self.payers_of(delivery, span, Category::Materials);
            self.owe(d.firm, class, col, units(materials));
        }
        for r in &d.requests {
            let cents = price::participants(programme, *r, d.place, span).unwrap_or_default().0;
            if cents > 0 {
                let place = programme.requests[*r].place;
                let funds =
                    budget::payers(programme, (d.course, d.place, d.language, span), Category::Participants, &[place]);
                let class = self.payers.class(funds);
                self.owe(d.firm, class, col, units(cents));
            }
        }
    }

    /// A cost of a done session that nobody may pay is not charged at all.
    fn owe(&mut self, firm: Firm, class: usize, col: Col, cost: f64) {
        if firm != Firm::Done || !self.payers.funds[class].is_empty() {
            self.payers.owe(class, col, cost);
        }
    }

    fn add_seats(&mut self, only: Option<&People>) {
        for cell in 0..self.cells.len() {
            let c = &self.cells[cell];
            let d = &self.world.deliveries[self.held[c.held[0]].delivery];
            let people: Vec<(TrainerId, bool)> = if c.firm == Firm::Open {
                self.world.candidates(c.course, c.place, c.working)
            } else {
                d.team.iter().map(|s| (s.trainer, s.role == Role::Lead)).collect()
            };
            for (trainer, lead) in people {
                let c = &self.cells[cell];
                let key = (c.course, c.place, c.working, trainer);
                if c.firm != Firm::Open || only.is_none_or(|o| o.contains(&key)) {
                    self.add_seat(cell, trainer, lead);
                }
            }
        }
    }

    fn add_seat(&mut self, cell: usize, trainer: TrainerId, lead: bool) {
        let world = self.world;
        let programme = world.programme;
        let c = &self.cells[cell];
        let stays = stays(programme, trainer, c.place);
        let stop = Stop { place: c.place, span: c.spans[0], days: programme.courses[c.course].days };
        let Some(alone) = trip(programme, trainer, &[stop]) else { return };
        let (out, back) = (stop.span.first - alone.span.first, alone.span.last - stop.span.last);
        let rest = if stays { 0 } else { programme.trainers[trainer].rest_days };
        let booked = c.firm == Firm::Done;
        let mut part = alone.parts[0];
        let (mut out, mut back, mut rest) = (out, back, rest);
        let free_ways = self.chains == Chains::Bounded && !stays && !booked;
        if free_ways {
            let day = programme.places[c.place].allowance_day;
            part = Part {
                fees: programme.trainers[trainer].fee_day * i64::from(c.length),
                travel: Cents::ZERO,
                allowance: day * i64::from(c.length),
            };
            (out, back, rest) = (0, 0, 0);
        }
        let short = max_days_away::admits(programme, trainer, c.place, alone.span);
        let fits = |span: &Span| {
            let trip = Span { first: span.first - out, last: span.last + back };
            booked || (short || free_ways) && world.free(trainer, trip, rest)
        };
        let spans: Vec<Span> = c.spans.iter().filter(|s| fits(s)).copied().collect();
        let reach: Vec<Span> = if self.chains == Chains::Trips && !stays && !booked {
            c.spans.iter().filter(|s| world.free(trainer, **s, 0)).copied().collect()
        } else {
            spans.clone()
        };
        if reach.is_empty() {
            return;
        }
        // With trips, sessions of a cell share a request.
        let once = self.grain == Grain::Days || self.has_trips();
        let most = if once { 1 } else { c.held.len() };
        let c = &self.cells[cell];
        let (firm, payers) = (c.firm, c.payers);
        let col = self.program.column(0.0, most as f64, true);
        if self.with_money {
            for (class, cents) in payers.into_iter().zip([part.fees.0, part.travel.0, part.allowance.0]) {
                self.owe(firm, class, col, units(cents));
            }
        }
        self.seats_of[trainer].push(self.seats.len());
        self.cells[cell].seats.push(self.seats.len());
        self.seats.push(Seat { cell, trainer, lead, stays, part, out, back, rest, alone: spans, reach, col });
    }

    /// Takes back every row of the program from `rows` on.
    pub fn take_back(&mut self, rows: usize) {
        self.program.truncate_rows(rows);
        self.trip_rows.visits.iter_mut().for_each(|(_, row)| *row = row.filter(|row| row.index() < rows));
    }

    /// Puts the rows that earlier relaxations broke into the program.
    pub fn put_learnt(&mut self) {
        self.learnt.iter().for_each(|row| _ = self.program.at_most(row));
        for i in 0..self.trip_rows.visits.len() {
            let row = self.trip_rows.visits[i].0.row(self);
            self.trip_rows.visits[i].1 = Some(self.program.at_most(&row));
        }
    }

    /// True where trips through several sessions are columns.
    pub fn has_trips(&self) -> bool {
        self.chains == Chains::Trips
    }

    /// How many trainers a session of this cell has.
    pub fn team_size(&self, cell: usize) -> usize {
        let c = &self.cells[cell];
        if c.firm == Firm::Open {
            self.world.programme.courses[c.course].team()
        } else {
            self.world.deliveries[self.held[c.held[0]].delivery].team.len()
        }
    }
}

/// The request with the fewest days to choose from.
fn hardest(programme: &Programme, requests: &[RequestId]) -> Option<RequestId> {
    let days = |r: &RequestId| {
        let request = &programme.requests[*r];
        request.latest.unwrap_or(programme.end) - request.earliest.unwrap_or(programme.start)
    };
    requests.iter().copied().min_by_key(|r| (days(r), *r))
}
