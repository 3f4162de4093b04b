//! Does one programme allow everything that another one allows? Then the best plan of the wider one is no worse than
//! that of the narrower one, and its bounds hold for the narrower one: what scenarios of one study lend to each other.
//!
//! `allows` is careful: it says yes only where every plan of the narrower programme is a plan of the wider one and no
//! goal of it is worse there. Rows are matched by their ids, so the two may have different rows and numbers.

use crate::plan::brief::{Baseline, Brief};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::funds::Fund;
use crate::programme::id::{CourseId, Dense, Id, LanguageId, PlaceId, RequestId, TagId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::{PinStatus, Role};
use crate::programme::policy::StartDays;
use crate::words::Category;
use std::collections::BTreeMap;

/// True when every plan of `narrow` is a plan of `wide` with no goal worse.
pub fn allows(wide: &Brief, narrow: &Brief) -> bool {
    let both = Both::new(narrow.programme, wide.programme);
    both.policy()
        && both.places()
        && both.travel()
        && both.courses()
        && both.trainers()
        && both.requests()
        && both.pins()
        && both.funds()
        && both.done_costs()
        && both.interpretation()
        && both.quotas()
        && both.baselines(narrow.baseline.as_ref(), wide.baseline.as_ref())
}

/// The narrower programme `a`, the wider one `b`, and where `a`'s rows are in `b`.
struct Both<'a> {
    a: &'a Programme,
    b: &'a Programme,
    places: Dense<PlaceId, Option<PlaceId>>,
    courses: Dense<CourseId, Option<CourseId>>,
    trainers: Dense<TrainerId, Option<TrainerId>>,
    requests: Dense<RequestId, Option<RequestId>>,
    languages: Dense<LanguageId, Option<LanguageId>>,
    tags: Dense<TagId, Option<TagId>>,
    /// Nothing counts it against a plan that it costs less.
    thrift: bool,
}

fn twins<I: Id, T>(a: &Dense<I, T>, b: &Dense<I, T>, id: impl Fn(&T) -> &str) -> Dense<I, Option<I>> {
    let there: BTreeMap<&str, I> = b.iter().map(|(i, t)| (id(t), i)).collect();
    a.values().map(|t| there.get(id(t)).copied()).collect()
}

/// True when the limit `b` is no tighter than `a`; None = no limit.
fn looser<T: Ord>(a: Option<T>, b: Option<T>) -> bool {
    match (a, b) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => b >= a,
    }
}

/// True when the floor `b` is no higher than `a`; None = no floor.
fn lower<T: Ord>(a: Option<T>, b: Option<T>) -> bool {
    match (a, b) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => b <= a,
    }
}

/// True when no day is in `less` and in none of `more`.
fn within<'s>(less: impl Iterator<Item = &'s Span>, more: &[&Span]) -> bool {
    let mut less = less;
    less.all(|span| {
        let mut day = span.first;
        while day <= span.last {
            match more.iter().filter(|m| m.holds(day)).map(|m| m.last).max() {
                Some(last) => day = last + 1,
                None => return false,
            }
        }
        true
    })
}

impl<'a> Both<'a> {
    fn new(a: &'a Programme, b: &'a Programme) -> Both<'a> {
        let floors = |p: &Programme| {
            p.funds.values().any(|f| f.spend_at_least.is_some())
                || p.quotas.values().any(|q| q.measure == crate::programme::funds::Measure::Cost && q.min.is_some())
        };
        Both {
            a,
            b,
            places: twins(&a.places, &b.places, |p| &p.id),
            courses: twins(&a.courses, &b.courses, |c| &c.id),
            trainers: twins(&a.trainers, &b.trainers, |t| &t.id),
            requests: twins(&a.requests, &b.requests, |r| &r.id),
            languages: twins(&a.languages, &b.languages, |l| l),
            tags: twins(&a.tags, &b.tags, |t| t),
            thrift: !floors(a) && !floors(b),
        }
    }

    /// True when a price may become `b`: no dearer, and cheaper only where nobody demands spending.
    fn price(&self, a: Cents, b: Cents) -> bool {
        a == b || b < a && self.thrift
    }

    /// True when every place that passes `a` passes `b`.
    fn place_set(&self, a: &Dense<PlaceId, bool>, b: &Dense<PlaceId, bool>) -> bool {
        a.iter().all(|(p, passes)| !passes || self.places[p].is_some_and(|q| b[q]))
    }

    fn course_set(&self, a: &Dense<CourseId, bool>, b: &Dense<CourseId, bool>) -> bool {
        a.iter().all(|(c, passes)| !passes || self.courses[c].is_some_and(|d| b[d]))
    }

    /// A language that only one programme knows is used by no session of the other.
    fn language_set(&self, a: &Dense<LanguageId, bool>, b: &Dense<LanguageId, bool>) -> bool {
        a.iter().all(|(l, passes)| !passes || self.languages[l].is_none_or(|m| b[m]))
    }

    fn policy(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let (x, y) = (&a.rules, &b.rules);
        let starts = match (x.start_weekdays, y.start_weekdays) {
            (_, StartDays::Any) => true,
            (StartDays::On(x), StartDays::On(y)) => x.iter().zip(y).all(|(x, y)| !x || y),
            (x, y) => x == y,
        };
        a.currency == b.currency
            && a.objective == b.objective
            && a.preferences == b.preferences
            && b.start <= a.start
            && b.end >= a.end
            && (y.chain_missions || !x.chain_missions)
            && starts
            && y.after_gap_days <= x.after_gap_days
            && lower(x.country_gap_days, y.country_gap_days)
    }

    fn places(&self) -> bool {
        self.a.places.iter().all(|(p, x)| {
            let Some(q) = self.places[p] else { return false };
            let y = &self.b.places[q];
            let country = |of: &Programme, c| of.countries[c].id.clone();
            let cap = |of: &Programme, r: Option<crate::programme::id::RegionId>| {
                r.map_or((None, None), |r| (Some(of.regions[r].id.clone()), of.regions[r].max_parallel))
            };
            let ((region, most), (new_region, new_most)) = (cap(self.a, x.region), cap(self.b, y.region));
            let closed: Vec<&Span> = x.closed.iter().map(|(s, _)| s).collect();
            let avoid: Vec<&Span> = x.avoid.iter().map(|(s, _)| s).collect();
            let either: Vec<&Span> = closed.iter().chain(&avoid).copied().collect();
            let new_closed: Vec<&Span> = y.closed.iter().map(|(s, _)| s).collect();
            let opens_only = within(new_closed.iter().copied(), &closed);
            // The first open day of a week moves when a holiday goes.
            let same_weeks = self.b.rules.start_weekdays != StartDays::First
                || opens_only && within(closed.iter().copied(), &new_closed);
            country(self.a, x.country) == country(self.b, y.country)
                && x.week == y.week
                && x.online == y.online
                && (new_most.is_none() || region == new_region && looser(most, new_most))
                && looser(x.max_parallel, y.max_parallel)
                && self.b.first_start(q) <= self.a.first_start(p)
                && opens_only
                && same_weeks
                && within(y.avoid.iter().map(|(s, _)| s), &avoid)
                && within(y.closed.iter().chain(&y.avoid).map(|(s, _)| s), &either)
                && self.price(x.venue_day, y.venue_day)
                && self.price(x.participant_day, y.participant_day)
                && self.price(x.allowance_day, y.allowance_day)
        })
    }

    fn travel(&self) -> bool {
        self.a.places.ids().all(|from| {
            self.a.places.ids().all(|to| {
                let (Some(there), Some(onward)) = (self.places[from], self.places[to]) else { return false };
                match (self.a.travel.leg(from, to), self.b.travel.leg(there, onward)) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    // Fewer days are not simply better: a day less on the way is a day more in a dearer place.
                    (Some(x), Some(y)) => x.days == y.days && self.price(x.fare, y.fare),
                }
            })
        })
    }

    fn courses(&self) -> bool {
        self.a.courses.iter().all(|(c, x)| {
            let Some(d) = self.courses[c] else { return false };
            let y = &self.b.courses[d];
            let need = |tag: TagId| {
                x.team_needs.iter().filter(|(t, _)| self.tags[*t] == Some(tag)).map(|(_, n)| *n).max().unwrap_or(0)
            };
            x.days == y.days
                && x.leads == y.leads
                && x.co_trainers == y.co_trainers
                && y.min_participants <= x.min_participants
                && looser(x.max_participants, y.max_participants)
                && x.languages.iter().all(|l| self.languages[*l].is_some_and(|m| y.languages.contains(&m)))
                && self.price(x.materials_per_participant, y.materials_per_participant)
                && y.team_needs.iter().all(|(tag, n)| *n <= need(*tag))
        })
    }

    fn trainers(&self) -> bool {
        self.a.trainers.iter().all(|(t, x)| {
            let Some(u) = self.trainers[t] else { return false };
            let y = &self.b.trainers[u];
            let teaches = |l: &LanguageId| self.languages[*l].is_none_or(|m| y.teaches.contains(&m));
            let assists =
                |l: &LanguageId| self.languages[*l].is_none_or(|m| y.teaches.contains(&m) || y.assists.contains(&m));
            let role = |c: CourseId, role: &Option<Role>| match (role, self.courses[c].and_then(|d| y.roles[d])) {
                (None, _) => true,
                (Some(Role::Co), new) => new.is_some(),
                (Some(Role::Lead), new) => new == Some(Role::Lead),
            };
            let absences: Vec<&Span> = x.absences.iter().map(|(s, _)| s).collect();
            self.places[x.home] == Some(y.home)
                && x.teaches.iter().all(teaches)
                && x.assists.iter().all(assists)
                && x.roles.iter().all(|(c, r)| role(c, r))
                && self.price(x.fee_day, y.fee_day)
                && looser(x.max_days, y.max_days)
                && looser(x.max_days_year, y.max_days_year)
                && y.max_days_away >= x.max_days_away
                && y.rest_days <= x.rest_days
                && looser(x.target_days, y.target_days)
                && lower(x.available_from, y.available_from)
                && looser(x.available_to, y.available_to)
                && x.tags.iter().all(|tag| self.tags[*tag].is_none_or(|new| y.tags.contains(&new)))
                && self.places.iter().all(|(p, q)| q.is_none_or(|q| x.barred[p] || !y.barred[q]))
                && within(y.absences.iter().map(|(s, _)| s), &absences)
        })
    }

    fn requests(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let old: Vec<RequestId> = self.requests.values().flatten().copied().collect();
        let promised = b.requests.iter().any(|(r, y)| y.must && !old.contains(&r));
        let label = |of: &Programme, r: RequestId| -> Vec<String> {
            let group = of.requests[r].together.map(|t| &of.together[t][..]).unwrap_or(&[]);
            group.iter().map(|r| of.requests[*r].id.clone()).collect()
        };
        !promised
            && a.requests.iter().all(|(r, x)| {
                let Some(s) = self.requests[r] else { return false };
                let y = &b.requests[s];
                // A language further down the list is a wish missed more.
                let rank = |l: &LanguageId, i: usize| {
                    self.languages[*l].is_none_or(|m| y.languages.iter().position(|n| *n == m).is_some_and(|j| j <= i))
                };
                self.courses[x.course] == Some(y.course)
                    && self.places[x.place] == Some(y.place)
                    && x.participants == y.participants
                    && x.points == y.points
                    && x.languages.iter().enumerate().all(|(i, l)| rank(l, i))
                    && (y.interpretation || !x.interpretation)
                    && x.hosts.iter().all(|h| self.places[*h].is_some_and(|p| y.hosts.contains(&p)))
                    && lower(x.earliest, y.earliest)
                    && looser(x.latest, y.latest)
                    && (y.preferred.is_none() || x.preferred == y.preferred)
                    && (x.must || !y.must)
                    && (y.shared || !x.shared)
                    && label(a, r) == label(b, s)
                    && y.after.iter().all(|p| x.after.iter().any(|q| self.requests[*q] == Some(*p)))
            })
    }

    fn pins(&self) -> bool {
        // As ids, so that the two can be compared.
        let written = |of: &Programme| -> BTreeMap<String, (PinStatus, String)> {
            of.pins
                .iter()
                .map(|p| {
                    let trainers: Vec<&str> = p.trainers.iter().map(|t| of.trainers[*t].id.as_str()).collect();
                    let text = format!(
                        "{:?} {:?} {:?} {:?} {:?} {trainers:?}",
                        p.session.map(|l| &of.pin_labels[l]),
                        p.start,
                        p.place.map(|q| &of.places[q].id),
                        p.language.map(|l| &of.languages[l]),
                        p.working_language.map(|l| &of.languages[l]),
                    );
                    (of.requests[p.request].id.clone(), (p.status, text))
                })
                .collect()
        };
        let (a, b) = (written(self.a), written(self.b));
        // A wish that goes frees; a confirmed session that goes loses its place in time, too.
        a.iter().all(|(r, pin)| b.get(r).map_or(pin.0 == PinStatus::Wanted, |other| other == pin))
            && b.keys().all(|r| a.contains_key(r))
    }

    fn funds(&self) -> bool {
        let there: BTreeMap<&str, &Fund> = self.b.funds.values().map(|f| (f.id.as_str(), f)).collect();
        let known: Vec<&str> = self.a.funds.values().map(|f| f.id.as_str()).collect();
        let floor = |f: &Fund| f.spend_at_least.map(|floor| floor - f.spent);
        self.b.funds.values().all(|f| known.contains(&f.id.as_str()) || f.spend_at_least.is_none())
            && self.a.funds.values().all(|x| {
                let Some(y) = there.get(x.id.as_str()) else { return false };
                y.has >= x.has
                    && x.in_kind == y.in_kind
                    && (y.overhead == x.overhead || y.overhead < x.overhead && self.thrift)
                    && lower(x.valid_from, y.valid_from)
                    && looser(x.valid_to, y.valid_to)
                    && self.place_set(&x.officials, &y.officials)
                    && self.place_set(&x.hosts, &y.hosts)
                    && self.course_set(&x.courses, &y.courses)
                    && self.language_set(&x.languages, &y.languages)
                    && x.covers.iter().zip(y.covers).all(|(x, y)| !x || y)
                    && lower(floor(x), floor(y))
            })
    }

    /// What done sessions cost is charged wherever a fund may pay it: a fund that newly may is no pure gain.
    fn done_costs(&self) -> bool {
        let (a, b) = (self.a, self.b);
        let done: Vec<RequestId> = a.requests.ids().filter(|r| a.is_done(*r)).collect();
        done.iter().all(|r| {
            let Some(s) = self.requests[*r] else { return false };
            let payers = |of: &Programme, r: RequestId, category: Category| -> Option<Vec<String>> {
                let (request, pin) = (&of.requests[r], of.pin(r)?);
                let (place, language, start) = (pin.place?, pin.language?, pin.start?);
                let days = of.courses[request.course].days;
                let span = crate::programme::calendar::span(of.places[place].week, days, start)
                    .unwrap_or(Span { first: start, last: start });
                let may =
                    |f: &Fund| f.officials[request.place] && f.may_pay(place, request.course, language, span, category);
                Some(of.funds.values().filter(|f| may(f)).map(|f| f.id.clone()).collect())
            };
            // Alone it is enough that somebody pays as before; cohorts taught together must have the same payers.
            let alone = done.iter().filter(|o| a.pin(**o).map(|p| p.start) == a.pin(*r).map(|p| p.start)).count() == 1;
            Category::ALL.iter().all(|category| {
                let (old, new) = (payers(a, *r, *category), payers(b, s, *category));
                match (old, new) {
                    (Some(old), Some(new)) => old == new || alone && old.is_empty() == new.is_empty(),
                    (old, new) => old == new,
                }
            })
        })
    }

    fn interpretation(&self) -> bool {
        self.a.interpretation.values().all(|x| {
            let (Some(from), Some(to)) = (self.languages[x.from], self.languages[x.to]) else { return false };
            let twin = self.b.interpretation.values().find(|y| (&y.at, y.from, y.to) == (&x.at, from, to));
            twin.is_some_and(|y| {
                looser(x.max_parallel, y.max_parallel)
                    && self.price(x.cost_day, y.cost_day)
                    && self.place_set(&x.places, &y.places)
            })
        })
    }

    fn quotas(&self) -> bool {
        let (a, b) = (self.a, self.b);
        b.quotas.values().all(|y| {
            if y.min.is_none() && y.max.is_none() {
                return true;
            }
            let Some(x) = a.quotas.values().find(|x| x.id == y.id) else { return false };
            let places = |x: &Dense<PlaceId, bool>, y: &Dense<PlaceId, bool>| {
                self.places.iter().all(|(p, q)| q.is_none_or(|q| x[p] == y[q]))
            };
            let courses = self.courses.iter().all(|(c, d)| d.is_none_or(|d| x.courses[c] == y.courses[d]));
            let languages = self.languages.iter().all(|(l, m)| m.is_none_or(|m| x.languages[l] == y.languages[m]));
            x.measure == y.measure
                && places(&x.officials, &y.officials)
                && places(&x.hosts, &y.hosts)
                && courses
                && languages
                && (x.from, x.to) == (y.from, y.to)
                && lower(x.min, y.min)
                && looser(x.max, y.max)
        })
    }

    /// The same promises: whoever has a request more that the baseline serves has a promise more to break.
    fn baselines(&self, a: Option<&Baseline>, b: Option<&Baseline>) -> bool {
        let (Some(x), Some(y)) = (a, b) else { return a.is_none() && b.is_none() };
        type Kept = (String, Day, Vec<String>);
        let frozen = |of: &Programme, base: &Baseline| -> Vec<Kept> {
            let mut all: Vec<Kept> = base
                .frozen
                .iter()
                .map(|s| {
                    let requests = s.requests.iter().map(|r| of.requests[*r].id.clone());
                    let team = s.team.iter().map(|seat| of.trainers[seat.trainer].id.clone());
                    (of.places[s.place].id.clone(), s.span.first, requests.chain(team).collect())
                })
                .collect();
            all.sort();
            all
        };
        let promised = |of: &Programme, base: &Baseline| -> Vec<String> {
            let mut ids: Vec<String> =
                base.promises.iter().filter(|(_, p)| p.is_some()).map(|(r, _)| of.requests[r].id.clone()).collect();
            ids.sort();
            ids
        };
        promised(self.a, x) == promised(self.b, y) && frozen(self.a, x) == frozen(self.b, y)
    }
}
