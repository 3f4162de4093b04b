//! What stands in the way of a request, looked at alone: every way in which it could be served, and the rules that each
//! way breaks.
//!
//! A way is who attends, a place, a language, a working language, days and a team, whether rules allow them or not. Done
//! sessions are there; other sessions are not. Whatever depends on more than that (trips through several sessions,
//! who else fills a course, what else money is spent on) is taken to be as good as it can be: a rule that is said to
//! be broken is broken.

use super::crew::{Crew, Seats};
use super::past::Past;
use super::rule_set::{RuleSet, Smallest, unions};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::calendar;
use crate::programme::day::{Day, Span};
use crate::programme::funds::Measure;
use crate::programme::id::{CourseId, InterpretationId, LanguageId, PlaceId, QuotaId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::{Pin, PinStatus};
use crate::rules;
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

/// Days beyond this distance from the programme are all alike.
const FAR: i32 = 730;

/// What ways are judged by.
pub struct Obstacles<'p> {
    programme: &'p Programme,
    past: Past,
    /// The days on which a session could start if no rule spoke against it.
    days: Vec<Day>,
    /// By request: the first day on which it can be over; None where it can never be served.
    over: RefCell<FxHashMap<RequestId, Option<Day>>>,
}

/// What is known of the ways of one question.
struct Seen {
    sets: Smallest,
    /// The first last day of a way that breaks nothing.
    over: Option<Day>,
    /// Only ways that break nothing are looked for, and the earliest of them.
    earliest: bool,
}

impl Seen {
    fn useless(&self, broken: RuleSet) -> bool {
        if self.earliest { !broken.is_empty() } else { self.sets.covers(broken) }
    }

    fn add(&mut self, broken: RuleSet, span: Span) {
        if broken.is_empty() {
            self.over = Some(self.over.map_or(span.last, |day| day.min(span.last)));
        }
        self.sets.add(broken);
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
    /// Nothing is known yet.
    pub fn new(programme: &'p Programme) -> Obstacles<'p> {
        let past = Past::new(programme);
        Obstacles { programme, past, days: days(programme), over: RefCell::default() }
    }

    /// The rules that ways break: the smallest sets, small ones first. The empty set alone where a way breaks none.
    pub fn of(&self, asked: &Asked) -> Vec<RuleSet> {
        let mut seen = Seen { sets: Smallest::default(), over: None, earliest: false };
        self.look(asked, &mut seen);
        seen.sets.sets()
    }

    /// The first day on which a request can be over; None where it can never be served.
    pub fn over(&self, request: RequestId) -> Option<Day> {
        if let Some(known) = self.over.borrow().get(&request) {
            return *known;
        }
        let done = self.past.sessions().iter().find(|s| s.requests.contains(&request)).map(|s| s.span.last);
        let over = done.or_else(|| {
            let mut seen = Seen { sets: Smallest::default(), over: None, earliest: true };
            self.look(&Asked::any(request), &mut seen);
            seen.over
        });
        self.over.borrow_mut().insert(request, over);
        over
    }

    /// The days of a trainer's done missions.
    pub fn held(&self, trainer: TrainerId) -> impl Iterator<Item = Span> + '_ {
        self.past.held(trainer).iter().map(|held| held.span)
    }

    /// What done sessions count in a quota.
    pub fn counted(&self, quota: QuotaId) -> i64 {
        self.past.counted(quota)
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
                | RuleSet::when(!rules::pin::mates(programme, requests), RuleId::Pin),
            booked: requests.iter().any(|r| programme.pin(*r).is_some_and(|p| p.status == PinStatus::Confirmed)),
            languages: rules::language::languages(programme, requests),
            pinned: rules::pin::team(programme, requests),
            officials,
        };
        let hosts = rules::host::hosts(programme, requests);
        let mut crew = Crew::new(programme, &self.past, course);
        let anywhere = group.broken | crew.always(asked.trainer);
        // What rules allow first: most of the rest then says nothing new.
        let mut places: Vec<PlaceId> = match asked.place {
            Some(place) => vec![place],
            None => programme.places.ids().collect(),
        };
        // Where officials cannot travel at all nothing can be held for them, whatever rules say.
        let far = Span { first: programme.start, last: programme.start };
        places.retain(|place| requests.iter().all(|r| price::participants(programme, *r, *place, far).is_some()));
        places.sort_by_key(|place| !hosts.contains(place));
        let mut languages: Vec<LanguageId> = match asked.language {
            Some(language) => vec![language],
            None => programme.languages.ids().collect(),
        };
        languages.sort_by_key(|l| group.languages.iter().position(|known| known == l).unwrap_or(usize::MAX));
        for place in places {
            let at = anywhere
                | RuleSet::when(!hosts.contains(&place), RuleId::Host)
                | RuleSet::when(!self.pinned_so(&group, None, Some(place), None, None), RuleId::Pin);
            if seen.useless(at) {
                continue;
            }
            for language in &languages {
                let ways = rules::working_language::working_languages(programme, requests, place, *language);
                for (working, interpreters) in ways {
                    let fits = self.pinned_so(&group, None, None, Some(*language), Some(working));
                    let so = at
                        | RuleSet::when(!group.languages.contains(language), RuleId::Language)
                        | RuleSet::when(!fits, RuleId::Pin);
                    if !seen.useless(so) {
                        let setting = Setting { place, language: *language, working, interpreters };
                        self.setting(asked, &group, setting, so, &mut crew, seen);
                    }
                }
            }
        }
    }

    /// True when what is pinned leaves it so; None = not asked.
    fn pinned_so(
        &self,
        group: &Group,
        start: Option<Day>,
        place: Option<PlaceId>,
        language: Option<LanguageId>,
        working: Option<LanguageId>,
    ) -> bool {
        rules::pin::admits(self.programme, group.requests, start, place, language, working)
    }

    /// All days of one setting.
    fn setting(
        &self,
        asked: &Asked,
        group: &Group,
        setting: Setting,
        broken: RuleSet,
        crew: &mut Crew,
        seen: &mut Seen,
    ) {
        let programme = self.programme;
        let place = &programme.places[setting.place];
        let of = |booked| rules::window::window(programme, group.requests, setting.place, booked);
        let (window, booked) = (of(group.booked), of(true));
        let length = programme.courses[group.course].days;
        let starts = match &asked.start {
            Some(day) => std::slice::from_ref(day),
            None => &self.days[..],
        };
        let within = |day: &Day| window.is_some_and(|w| w.holds(*day));
        let (inside, outside): (Vec<Day>, Vec<Day>) = starts.iter().partition(|day| within(day));
        for start in inside.into_iter().chain(outside) {
            let span =
                calendar::span(place.week, length, start).unwrap_or(Span { first: start, last: start + (length - 1) });
            let regular = calendar::session_span(place, length, programme.rules.start_weekdays, start).is_some();
            let own = broken
                | RuleSet::when(!regular, RuleId::WorkingDays)
                | RuleSet::when(!self.pinned_so(group, Some(start), None, None, None), RuleId::Pin);
            let holds = |w: Option<Span>| w.is_some_and(|w| w.first <= span.first && span.last <= w.last);
            // Whoever joins what is confirmed needs no lead days.
            let joins = !holds(window) && holds(booked) && self.confirmed(group).next().is_some();
            let joined =
                || self.confirmed(group).any(|pin| pin.start == Some(start) && pin.place == Some(setting.place));
            let alone = RuleSet::when(!holds(window), RuleId::Window);
            let with = joins.then(|| RuleSet::when(!joined(), RuleId::Pin));
            for more in std::iter::once(alone).chain(with) {
                self.on_days(asked, group, setting, span, own | more, crew, seen);
            }
        }
    }

    /// One setting on these days.
    #[allow(clippy::too_many_arguments)]
    fn on_days(
        &self,
        asked: &Asked,
        group: &Group,
        setting: Setting,
        span: Span,
        broken: RuleSet,
        crew: &mut Crew,
        seen: &mut Seen,
    ) {
        if seen.useless(broken) {
            return;
        }
        let programme = self.programme;
        let when = broken
            | self.past.crowded(programme, setting.place, setting.interpreters, span)
            | RuleSet::when(self.past.too_near(programme, group.requests, span), RuleId::CountryGap)
            | RuleSet::when(self.over_quota(group, setting, span), RuleId::QuotaMax);
        if seen.useless(when) {
            return;
        }
        let (unpaid, payable) = self.money(group, setting, span);
        let when = when
            | RuleSet::when(self.too_early(group, span.first), RuleId::After)
            | RuleSet::when(unpaid, RuleId::Budget);
        if !seen.useless(when) {
            self.teams(asked, group, setting, span, when, payable, crew, seen);
        }
    }

    /// The pins of what is confirmed of the course, for others.
    fn confirmed(&self, group: &Group) -> impl Iterator<Item = &Pin> {
        self.programme.pins.iter().filter(|pin| {
            pin.status == PinStatus::Confirmed
                && self.programme.requests[pin.request].course == group.course
                && !group.requests.contains(&pin.request)
        })
    }

    /// True when what must come first cannot be over in time.
    fn too_early(&self, group: &Group, start: Day) -> bool {
        let gap = self.programme.rules.after_gap_days;
        let before = group.requests.iter().flat_map(|r| &self.programme.requests[*r].after);
        before.into_iter().any(|q| group.requests.contains(q) || self.over(*q).is_none_or(|over| start - over <= gap))
    }

    /// True when the session alone, with what is done, is more than a quota allows.
    fn over_quota(&self, group: &Group, setting: Setting, span: Span) -> bool {
        let programme = self.programme;
        programme.quotas.iter().any(|(id, quota)| {
            let Some(max) = quota.max else { return false };
            if !quota.counts(setting.place, group.course, setting.language, span.first) {
                return false;
            }
            let counted =
                || group.requests.iter().map(|r| &programme.requests[*r]).filter(|r| quota.officials[r.place]);
            let amount = match quota.measure {
                _ if counted().next().is_none() => 0,
                Measure::Sessions => 1,
                Measure::Requests => counted().count() as i64,
                Measure::Participants => counted().map(|r| r.participants).sum(),
                Measure::Cost => self.costs(group, setting, span).iter().map(|(_, cost, _)| cost.0).sum(),
            };
            amount > 0 && self.past.counted(id) + amount > max
        })
    }

    /// What the session costs without its team, each part with the officials whose funds must pay it.
    fn costs<'g>(
        &self,
        group: &'g Group,
        setting: Setting,
        span: Span,
    ) -> Vec<(Category, Cents, std::borrow::Cow<'g, [PlaceId]>)> {
        let programme = self.programme;
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

    /// True when some cost cannot be paid, the team's aside; and which of fees, travel and allowance some fund may pay.
    fn money(&self, group: &Group, setting: Setting, span: Span) -> (bool, [bool; 3]) {
        let programme = self.programme;
        let kind = (group.course, setting.place, setting.language, span);
        let payers = |category, officials: &[PlaceId]| rules::budget::payers(programme, kind, category, officials);
        let mut unpaid = false;
        for (category, cost, officials) in self.costs(group, setting, span) {
            let room: Cents =
                payers(category, &officials).iter().map(|f| rules::budget::room(&programme.funds[*f])).sum();
            unpaid |= room < cost;
        }
        let payable = [Category::Fees, Category::Travel, Category::Allowance]
            .map(|category| !payers(category, &group.officials).is_empty());
        (unpaid, payable)
    }

    /// All companies and teams.
    #[allow(clippy::too_many_arguments)]
    fn teams(
        &self,
        asked: &Asked,
        group: &Group,
        setting: Setting,
        span: Span,
        broken: RuleSet,
        payable: [bool; 3],
        crew: &mut Crew,
        seen: &mut Seen,
    ) {
        let companies = self.companies(group, setting, span);
        // With and without those who are pinned; where the pin is broken anyway nobody is.
        let with = !broken.has(RuleId::Pin);
        let without = !with || !group.pinned.is_empty();
        for pins in [true, false].into_iter().filter(|pins| if *pins { with } else { without }) {
            let pinned: &[TrainerId] = if pins { &group.pinned } else { &[] };
            let so = broken | RuleSet::when(!pins, RuleId::Pin);
            let mut must: Vec<TrainerId> = pinned.iter().copied().chain(asked.trainer).collect();
            must.sort();
            must.dedup();
            let seats = Seats { place: setting.place, working: setting.working, span, payable };
            for team in crew.teams(seats, &must) {
                for company in &companies {
                    let all = so | team | *company;
                    if !seen.useless(all) {
                        seen.add(all, span);
                    }
                }
            }
        }
    }

    /// What filling the course breaks: nothing where enough come already; else what those break who would join, or the
    /// rule itself.
    fn companies(&self, group: &Group, setting: Setting, span: Span) -> Vec<RuleSet> {
        if group.missing == 0 {
            return vec![RuleSet::NONE];
        }
        let programme = self.programme;
        let closed = group.requests.iter().any(|r| !programme.requests[*r].shared);
        let mut heads: Vec<(RuleSet, i64)> = Vec::new();
        let others = programme
            .requests
            .iter()
            .filter(|(r, other)| other.course == group.course && !group.requests.contains(r) && !programme.is_done(*r));
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
                smallest.add(union);
            }
        }
        smallest.add(RuleSet::of(RuleId::Participants));
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
