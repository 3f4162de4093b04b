//! What stands in the way of a request: every way in which it could be served, and the rules that each way breaks.
//!
//! A way is who attends, a place, a language, a working language, days and a team, whether rules allow them or not. Sessions
//! that stay are there: done ones, or all of a plan; others are not. Whatever depends on more than that (trips through
//! several sessions, who else fills a course, and, where only what is done stays, what else money is spent on) is taken
//! to be as good as it can be: a rule that is said to be broken is broken.

use super::crew::{Crew, Seats};
use super::rule_set::{RuleSet, Smallest, unions};
use super::taken::{Held, Taken};
use crate::plan::history::history;
use crate::plan::{Plan, price};
use crate::programme::Programme;
use crate::programme::calendar;
use crate::programme::day::{Day, Span};
use crate::programme::funds::Measure;
use crate::programme::id::{CourseId, FundId, InterpretationId, LanguageId, PlaceId, QuotaId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::{Pin, PinStatus, Request};
use crate::rules;
use crate::solve::charges::purse::{Bill, Purse};
use crate::words::{Category, RuleId};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// A request, and what is asked about it; None = however it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub request: RequestId,
    pub trainer: Option<TrainerId>,
    pub place: Option<PlaceId>,
    pub start: Option<Day>,
    pub language: Option<LanguageId>,
}

impl Asked {
    /// The request, however it may be served.
    pub fn any(request: RequestId) -> Asked {
        Asked { request, trainer: None, place: None, start: None, language: None }
    }
}

/// A session as it could be held, whatever rules say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The session of the plan that it would become, by its place there; None: one of its own.
    pub joins: Option<usize>,
    /// In file order.
    pub requests: Vec<RequestId>,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    pub span: Span,
    /// Leads first.
    pub team: Vec<TrainerId>,
    /// What has to be paid, at least; empty where money does not count.
    pub bills: Vec<Bill>,
    /// What of it cannot be paid.
    pub missing: Cents,
}

/// Days beyond this distance from the programme are all alike.
const FAR: i32 = 730;

/// What ways are judged by.
pub struct Obstacles<'p> {
    programme: &'p Programme,
    taken: Taken,
    /// What funds have left; None where only what is done stays.
    purse: Option<Purse>,
    /// Trips may be chained with others: only sessions' own days count.
    loose: bool,
    /// The days on which a session could start if no rule spoke against it.
    days: Vec<Day>,
    /// By request: the first day on which it can be over; None where it can never be served.
    over: RefCell<FxHashMap<RequestId, Option<Day>>>,
}

/// What is looked for among the ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sought {
    /// The smallest sets of rules that ways break.
    Sets,
    /// The earliest way that breaks nothing.
    Earliest,
    /// Of the ways that break none but these, the one nearest to the request's own days, then the one that lacks least money.
    Cheapest(RuleSet),
}

/// What is known of the ways of one question.
struct Seen {
    sought: Sought,
    /// The request's own days.
    own: (Option<Day>, Option<Day>),
    sets: Smallest<Way>,
    /// The first last day of a way that breaks nothing.
    over: Option<Day>,
    cheapest: Option<Way>,
}

impl Seen {
    fn new(sought: Sought, request: &Request) -> Seen {
        Seen { sought, own: (request.earliest, request.latest), sets: Smallest::default(), over: None, cheapest: None }
    }

    fn useless(&self, broken: RuleSet) -> bool {
        match self.sought {
            Sought::Sets => self.sets.covers(broken),
            Sought::Earliest => !broken.is_empty(),
            Sought::Cheapest(allowed) => !broken.within(allowed),
        }
    }

    fn add(&mut self, broken: RuleSet, way: Way) {
        match self.sought {
            Sought::Sets => self.sets.add(broken, way),
            Sought::Earliest => self.over = Some(self.over.map_or(way.span.last, |day| day.min(way.span.last))),
            Sought::Cheapest(_) => {
                let outside = |w: &Way| {
                    let early = self.own.0.map_or(0, |d| (d - w.span.first).max(0));
                    early + self.own.1.map_or(0, |d| (w.span.last - d).max(0))
                };
                let lacks = |w: &Way| (outside(w), w.missing, w.cost());
                if self.cheapest.as_ref().is_none_or(|known| lacks(&way) < lacks(known)) {
                    self.cheapest = Some(way);
                }
            }
        }
    }
}

impl Way {
    /// What has to be paid, at least.
    pub fn cost(&self) -> Cents {
        self.bills.iter().map(|(_, amount)| *amount).sum()
    }
}

/// Who attends.
struct Group<'g> {
    requests: &'g [RequestId],
    course: CourseId,
    /// Participants that are missing to what the course needs.
    missing: i64,
    /// What is broken wherever and whenever it is.
    broken: RuleSet,
    /// Confirmed: lead days do not bind.
    booked: bool,
    languages: Vec<LanguageId>,
    pinned: Vec<TrainerId>,
    /// Where the officials come from, each once.
    officials: Vec<PlaceId>,
}

/// Where and in which languages.
#[derive(Clone, Copy)]
struct Setting {
    place: PlaceId,
    language: LanguageId,
    working: LanguageId,
    interpreters: Option<InterpretationId>,
}

impl<'p> Obstacles<'p> {
    /// Beside what is done alone: what no plan can do.
    pub fn new(programme: &'p Programme) -> Obstacles<'p> {
        Obstacles::of_taken(programme, &history(programme), None, programme.rules.chain_missions)
    }

    /// Beside a whole plan, every session of it as it is; who pays what, and trips, may change.
    pub fn beside(programme: &'p Programme, plan: &Plan) -> Obstacles<'p> {
        let purse = Purse::beside(programme, plan);
        Obstacles::of_taken(programme, plan, Some(purse), programme.rules.chain_missions)
    }

    /// As `beside`, but every trip stays as it is, too: a way that breaks nothing can be added to the plan.
    pub fn beside_trips(programme: &'p Programme, plan: &Plan) -> Obstacles<'p> {
        Obstacles::of_taken(programme, plan, Some(Purse::beside(programme, plan)), false)
    }

    fn of_taken(programme: &'p Programme, plan: &Plan, purse: Option<Purse>, loose: bool) -> Obstacles<'p> {
        let taken = Taken::by(programme, plan.clone(), loose);
        Obstacles { programme, taken, purse, loose, days: days(programme), over: RefCell::default() }
    }

    /// The rules that ways break: the smallest sets, small ones first. The empty set alone where a way breaks none.
    pub fn of(&self, asked: &Asked) -> Vec<RuleSet> {
        self.ways(asked).into_iter().map(|(set, _)| set).collect()
    }

    /// As `of`, with a way that breaks no more than each set.
    pub fn ways(&self, asked: &Asked) -> Vec<(RuleSet, Way)> {
        let mut seen = Seen::new(Sought::Sets, &self.programme.requests[asked.request]);
        self.look(asked, &mut seen);
        seen.sets.into_pairs()
    }

    /// Of the ways that break none but these rules, the one nearest to the request's own days; then the one that lacks least
    /// money, then the one that costs least.
    pub fn cheapest(&self, asked: &Asked, allowed: RuleSet) -> Option<Way> {
        let mut seen = Seen::new(Sought::Cheapest(allowed), &self.programme.requests[asked.request]);
        self.look(asked, &mut seen);
        seen.cheapest
    }

    /// The first day on which a request can be over; None where it can never be served, or is not in the plan.
    pub fn over(&self, request: RequestId) -> Option<Day> {
        if let Some(known) = self.over.borrow().get(&request) {
            return *known;
        }
        let held = self.taken.sessions().iter().find(|s| s.requests.contains(&request)).map(|s| s.span.last);
        let over = held.or_else(|| {
            let mut seen = Seen::new(Sought::Earliest, &self.programme.requests[request]);
            if !self.beside_plan() {
                self.look(&Asked::any(request), &mut seen);
            }
            seen.over
        });
        self.over.borrow_mut().insert(request, over);
        over
    }

    /// True when this request, which must come first, can be over in time for a session that starts on this day.
    pub fn in_time(&self, before: RequestId, start: Day) -> bool {
        self.over(before).is_some_and(|over| start - over > self.programme.rules.after_gap_days)
    }

    /// True when a whole plan stays, not only what is done.
    pub fn beside_plan(&self) -> bool {
        self.purse.is_some()
    }

    /// What funds have left beside the plan.
    pub fn purse(&self) -> Option<&Purse> {
        self.purse.as_ref()
    }

    /// The days that a trainer is taken.
    pub fn held(&self, trainer: TrainerId) -> &[Held] {
        self.taken.held(trainer)
    }

    /// What the sessions that stay count in a quota.
    pub fn counted(&self, quota: QuotaId) -> i64 {
        self.taken.counted(quota)
    }

    /// The sessions that stay.
    pub fn taken(&self) -> &Taken {
        &self.taken
    }

    fn look(&self, asked: &Asked, seen: &mut Seen) {
        let party = rules::together::party(self.programme, asked.request);
        self.group(asked, &party, RuleSet::NONE, seen);
        if party.len() > 1 {
            self.group(asked, &[asked.request], RuleSet::of(RuleId::Together), seen);
        }
    }

    fn group(&self, asked: &Asked, requests: &[RequestId], broken: RuleSet, seen: &mut Seen) {
        let programme = self.programme;
        let course = programme.requests[asked.request].course;
        let heads = rules::participants::count(programme, requests);
        let kind = &programme.courses[course];
        let mut officials: Vec<PlaceId> = requests.iter().map(|r| programme.requests[*r].place).collect();
        officials.sort();
        officials.dedup();
        let group = Group {
            requests,
            course,
            missing: (kind.min_participants - heads).max(0),
            broken: broken
                | RuleSet::when(kind.max_participants.is_some_and(|most| heads > most), RuleId::Participants)
                | RuleSet::when(!rules::request_once::admits(programme, requests), RuleId::RequestOnce)
                | RuleSet::when(
                    !rules::pin::mates(programme, requests) || self.label_is_elsewhere(requests),
                    RuleId::Pin,
                ),
            booked: requests.iter().any(|r| programme.pin(*r).is_some_and(|p| p.status == PinStatus::Confirmed)),
            languages: rules::language::languages(programme, requests),
            pinned: rules::pin::team(programme, requests),
            officials,
        };
        let crew = Crew::new(programme, &self.taken, course, self.beside_plan(), self.loose);
        Hunt { obstacles: self, programme, asked, group, crew, seen }.everywhere();
    }

    /// True when a session that stays, and is not done, has requests of the same session label.
    fn label_is_elsewhere(&self, requests: &[RequestId]) -> bool {
        let label = |r: &RequestId| self.programme.pin(*r).and_then(|p| p.session);
        let of_all = || self.taken.sessions().iter().flat_map(|s| &s.requests).filter(|q| !requests.contains(q));
        self.beside_plan() && requests.iter().any(|r| label(r).is_some() && of_all().any(|q| label(q) == label(r)))
    }
}

/// The ways of one group.
struct Hunt<'h, 'p> {
    obstacles: &'h Obstacles<'p>,
    programme: &'p Programme,
    asked: &'h Asked,
    group: Group<'h>,
    crew: Crew<'h>,
    seen: &'h mut Seen,
}

impl Hunt<'_, '_> {
    fn everywhere(&mut self) {
        let programme = self.programme;
        let requests = self.group.requests;
        let hosts = rules::host::hosts(programme, requests);
        let anywhere = self.group.broken | self.crew.always(self.asked.trainer);
        // What rules allow first: most of the rest then says nothing new.
        let mut places: Vec<PlaceId> = match self.asked.place {
            Some(place) => vec![place],
            None => programme.places.ids().collect(),
        };
        // Where officials cannot travel at all nothing can be held for them, whatever rules say.
        let far = Span { first: programme.start, last: programme.start };
        places.retain(|place| requests.iter().all(|r| price::participants(programme, *r, *place, far).is_some()));
        places.sort_by_key(|place| !hosts.contains(place));
        let mut languages: Vec<LanguageId> = match self.asked.language {
            Some(language) => vec![language],
            None => programme.languages.ids().collect(),
        };
        let known = &self.group.languages;
        languages.sort_by_key(|l| known.iter().position(|known| known == l).unwrap_or(usize::MAX));
        for place in places {
            let at = anywhere
                | RuleSet::when(!hosts.contains(&place), RuleId::Host)
                | RuleSet::when(!self.pinned_so(None, Some(place), None, None), RuleId::Pin);
            if self.seen.useless(at) {
                continue;
            }
            for language in &languages {
                let ways = rules::working_language::working_languages(programme, requests, place, *language);
                for (working, interpreters) in ways {
                    let fits = self.pinned_so(None, None, Some(*language), Some(working));
                    let so = at
                        | RuleSet::when(!self.group.languages.contains(language), RuleId::Language)
                        | RuleSet::when(!fits, RuleId::Pin);
                    if !self.seen.useless(so) {
                        self.setting(Setting { place, language: *language, working, interpreters }, so);
                    }
                }
            }
        }
    }

    /// True when what is pinned leaves it so; None = not asked.
    fn pinned_so(
        &self,
        start: Option<Day>,
        place: Option<PlaceId>,
        language: Option<LanguageId>,
        working: Option<LanguageId>,
    ) -> bool {
        rules::pin::admits(self.programme, self.group.requests, start, place, language, working)
    }

    /// All days of one setting.
    fn setting(&mut self, setting: Setting, broken: RuleSet) {
        let (programme, obstacles) = (self.programme, self.obstacles);
        let place = &programme.places[setting.place];
        let of = |booked| rules::window::window(programme, self.group.requests, setting.place, booked);
        let (window, booked) = (of(self.group.booked), of(true));
        let length = programme.courses[self.group.course].days;
        let starts = match &self.asked.start {
            Some(day) => std::slice::from_ref(day),
            None => &obstacles.days[..],
        };
        let within = |day: &Day| window.is_some_and(|w| w.holds(*day));
        let (inside, outside): (Vec<Day>, Vec<Day>) = starts.iter().partition(|day| within(day));
        for start in inside.into_iter().chain(outside) {
            let span =
                calendar::span(place.week, length, start).unwrap_or(Span { first: start, last: start + (length - 1) });
            let regular = calendar::session_span(place, length, programme.rules.start_weekdays, start).is_some();
            let own = broken
                | RuleSet::when(!regular, RuleId::WorkingDays)
                | RuleSet::when(!self.pinned_so(Some(start), None, None, None), RuleId::Pin);
            let holds = |w: Option<Span>| w.is_some_and(|w| w.first <= span.first && span.last <= w.last);
            // Whoever joins what is confirmed needs no lead days.
            let joins = !holds(window) && holds(booked) && self.confirmed().next().is_some();
            let joined = || self.confirmed().any(|pin| pin.start == Some(start) && pin.place == Some(setting.place));
            let alone = RuleSet::when(!holds(window), RuleId::Window);
            let with = joins.then(|| RuleSet::when(!joined(), RuleId::Pin));
            for more in std::iter::once(alone).chain(with) {
                self.on_days(setting, span, own | more);
            }
        }
    }

    /// One setting on these days.
    fn on_days(&mut self, setting: Setting, span: Span, broken: RuleSet) {
        if self.seen.useless(broken) {
            return;
        }
        let (programme, taken) = (self.programme, &self.obstacles.taken);
        let when = broken
            | taken.crowded(programme, setting.place, setting.interpreters, span)
            | RuleSet::when(taken.too_near(programme, self.group.requests, span), RuleId::CountryGap)
            | RuleSet::when(self.over_quota(setting, span), RuleId::QuotaMax);
        if self.seen.useless(when) {
            return;
        }
        let when = when | RuleSet::when(self.too_early(span.first), RuleId::After);
        if self.seen.useless(when) {
            return;
        }
        let bills = self.bills(setting, span);
        let when = when | RuleSet::when(self.missing(&bills) > Cents::ZERO, RuleId::Budget);
        if !self.seen.useless(when) {
            self.teams(setting, span, when, &bills);
        }
    }

    /// The pins of what is confirmed of the course, for others.
    fn confirmed(&self) -> impl Iterator<Item = &Pin> {
        self.programme.pins.iter().filter(|pin| {
            pin.status == PinStatus::Confirmed
                && self.programme.requests[pin.request].course == self.group.course
                && !self.group.requests.contains(&pin.request)
        })
    }

    /// True when what must come first cannot be over in time.
    fn too_early(&self, start: Day) -> bool {
        let mut before = self.group.requests.iter().flat_map(|r| &self.programme.requests[*r].after);
        before.any(|q| self.group.requests.contains(q) || !self.obstacles.in_time(*q, start))
    }

    /// True when the session, with what stays, is more than a quota allows.
    fn over_quota(&self, setting: Setting, span: Span) -> bool {
        let programme = self.programme;
        programme.quotas.iter().any(|(id, quota)| {
            let Some(max) = quota.max else { return false };
            if !quota.counts(setting.place, self.group.course, setting.language, span.first) {
                return false;
            }
            let counted =
                || self.group.requests.iter().map(|r| &programme.requests[*r]).filter(|r| quota.officials[r.place]);
            let amount = match quota.measure {
                _ if counted().next().is_none() => 0,
                Measure::Sessions => 1,
                Measure::Requests => counted().count() as i64,
                Measure::Participants => counted().map(|r| r.participants).sum(),
                Measure::Cost => self.costs(setting, span).iter().map(|(_, cost, _)| cost.0).sum(),
            };
            amount > 0 && self.obstacles.counted(id) + amount > max
        })
    }

    /// What the session costs without its team, each part with the officials whose funds must pay it.
    fn costs(&self, setting: Setting, span: Span) -> Vec<(Category, Cents, std::borrow::Cow<'_, [PlaceId]>)> {
        let (programme, group) = (self.programme, &self.group);
        let interpretation =
            price::interpretation(programme, group.course, setting.place, setting.working, setting.language);
        let materials = group.requests.iter().map(|r| price::materials(programme, *r)).sum();
        let mut all = vec![
            (Category::Venue, price::venue(programme, group.course, setting.place), (&group.officials[..]).into()),
            (Category::Interpretation, interpretation.unwrap_or_default(), (&group.officials[..]).into()),
            (Category::Materials, materials, (&group.officials[..]).into()),
        ];
        for r in group.requests {
            let cost = price::participants(programme, *r, setting.place, span).unwrap_or_default();
            all.push((Category::Participants, cost, vec![programme.requests[*r].place].into()));
        }
        all.retain(|(_, cost, _)| *cost > Cents::ZERO);
        all
    }

    /// The funds that may pay this category for these officials.
    fn payers(&self, setting: Setting, span: Span, category: Category, officials: &[PlaceId]) -> Vec<FundId> {
        let kind = (self.group.course, setting.place, setting.language, span);
        rules::budget::payers(self.programme, kind, category, officials)
    }

    /// What has to be paid, the team's part aside.
    fn bills(&self, setting: Setting, span: Span) -> Vec<Bill> {
        let costs = self.costs(setting, span);
        costs.iter().map(|(kind, cost, of)| (self.payers(setting, span, *kind, of), *cost)).collect()
    }

    /// What of these bills cannot be paid: besides the plan all together, besides what is done each for itself.
    fn missing(&self, bills: &[Bill]) -> Cents {
        if let Some(purse) = &self.obstacles.purse {
            return purse.missing(bills);
        }
        let room =
            |funds: &[FundId]| -> Cents { funds.iter().map(|f| rules::budget::room(&self.programme.funds[*f])).sum() };
        bills.iter().map(|(payers, cost)| (*cost - room(payers)).max(Cents::ZERO)).sum()
    }

    /// All companies and teams.
    fn teams(&mut self, setting: Setting, span: Span, broken: RuleSet, bills: &[Bill]) {
        let by_category = [Category::Fees, Category::Travel, Category::Allowance]
            .map(|category| self.payers(setting, span, category, &self.group.officials));
        let payable = by_category.each_ref().map(|payers| !payers.is_empty());
        let mut anybody: Vec<FundId> = by_category.concat();
        anybody.sort();
        anybody.dedup();
        let companies = self.companies(setting, span);
        // With and without those who are pinned; where the pin is broken anyway nobody is.
        let with = !broken.has(RuleId::Pin);
        let without = !with || !self.group.pinned.is_empty();
        for pins in [true, false].into_iter().filter(|pins| if *pins { with } else { without }) {
            let pinned: &[TrainerId] = if pins { &self.group.pinned } else { &[] };
            let so = broken | RuleSet::when(!pins, RuleId::Pin);
            let mut must: Vec<TrainerId> = pinned.iter().copied().chain(self.asked.trainer).collect();
            must.sort();
            must.dedup();
            let seats = Seats { place: setting.place, working: setting.working, span, payable };
            for team in self.crew.teams(seats, &must) {
                if companies.iter().all(|company| self.seen.useless(so | team.broken | *company)) {
                    continue;
                }
                let mut bills = bills.to_vec();
                let mut missing = Cents::ZERO;
                if self.obstacles.beside_plan() {
                    if self.obstacles.loose {
                        // The cheapest team's part: it may be paid by whoever may pay any of it.
                        bills.push((anybody.clone(), team.cost));
                    } else {
                        let part = [team.part.fees, team.part.travel, team.part.allowance];
                        bills.extend(by_category.iter().cloned().zip(part));
                    }
                    missing = self.missing(&bills);
                }
                let unpaid = RuleSet::when(missing > Cents::ZERO, RuleId::Budget);
                for company in &companies {
                    let all = so | team.broken | unpaid | *company;
                    if !self.seen.useless(all) {
                        let way = Way {
                            joins: None,
                            requests: self.group.requests.to_vec(),
                            place: setting.place,
                            language: setting.language,
                            working: setting.working,
                            span,
                            team: team.people.clone(),
                            bills: bills.clone(),
                            missing,
                        };
                        self.seen.add(all, way);
                    }
                }
            }
        }
    }

    /// What filling the course breaks: nothing where enough come already; else what those break who would join, or the
    /// rule itself.
    fn companies(&self, setting: Setting, span: Span) -> Vec<RuleSet> {
        let group = &self.group;
        if group.missing == 0 {
            return vec![RuleSet::NONE];
        }
        let programme = self.programme;
        let closed = group.requests.iter().any(|r| !programme.requests[*r].shared);
        let mut heads: Vec<(RuleSet, i64)> = Vec::new();
        let others = programme.requests.iter().filter(|(r, other)| {
            other.course == group.course && !group.requests.contains(r) && !self.obstacles.taken.serves(*r)
        });
        for (_, other) in others {
            let apart = other.earliest.is_some_and(|d| span.first < d) || other.latest.is_some_and(|d| span.last > d);
            let broken = RuleSet::when(closed || !other.shared, RuleId::RequestOnce)
                | RuleSet::when(!other.hosts.contains(&setting.place), RuleId::Host)
                | RuleSet::when(!other.languages.contains(&setting.language), RuleId::Language)
                | RuleSet::when(!other.interpretation && setting.interpreters.is_some(), RuleId::WorkingLanguage)
                | RuleSet::when(apart, RuleId::Window);
            match heads.iter_mut().find(|(known, _)| *known == broken) {
                Some((_, sum)) => *sum += other.participants,
                None => heads.push((broken, other.participants)),
            }
        }
        let mut smallest = Smallest::default();
        for union in unions(heads.iter().map(|(broken, _)| *broken)) {
            let come: i64 = heads.iter().filter(|(broken, _)| broken.within(union)).map(|(_, n)| n).sum();
            if come >= group.missing {
                smallest.add(union, ());
            }
        }
        smallest.add(RuleSet::of(RuleId::Participants), ());
        smallest.sets()
    }
}

/// The days that can matter, in order: around the programme and whatever has a date, and a fortnight long before and
/// long after it, where nothing has.
fn days(programme: &Programme) -> Vec<Day> {
    let (mut first, mut last) = (programme.start, programme.end);
    let mut take = |day: Day| {
        first = first.min(day);
        last = last.max(day);
    };
    for trainer in programme.trainers.values() {
        trainer.absences.iter().for_each(|(span, _)| [span.first, span.last].into_iter().for_each(&mut take));
        trainer.available_from.into_iter().chain(trainer.available_to).for_each(&mut take);
    }
    programme.funds.values().flat_map(|f| f.valid_from.into_iter().chain(f.valid_to)).for_each(&mut take);
    programme.requests.values().flat_map(|r| r.earliest.into_iter().chain(r.latest)).for_each(&mut take);
    let (first, last) = (first.max(programme.start - FAR), last.min(programme.end + FAR));
    let margin = 40;
    let around = (first - margin).to(last + margin);
    let before = (programme.start - 20 * FAR).to(programme.start - (20 * FAR - 13));
    let after = (programme.end + (20 * FAR - 13)).to(programme.end + 20 * FAR);
    around.chain(before).chain(after).collect()
}
