//! What a rule says of a request and of what is asked about it, as a sentence: facts, whatever else is lifted.

use super::conflict::conflicts;
use super::obstacles::{Asked, Obstacles};
use super::rule_set::RuleSet;
use crate::programme::Programme;
use crate::programme::calendar;
use crate::programme::day::{Day, Span};
use crate::programme::funds::{Fund, Measure, Quota};
use crate::programme::id::{LanguageId, PlaceId, TrainerId};
use crate::programme::money::{Cents, money};
use crate::programme::people::{Course, Pin, PinStatus, Request, Role, Trainer};
use crate::rules;
use crate::words::{Category, RuleId, Violation};

/// So many names stand in a sentence.
const NAMES: usize = 5;

/// What a rule says here.
pub fn fact(obstacles: &Obstacles, programme: &Programme, asked: &Asked, rule: RuleId) -> Violation {
    let told = Told {
        obstacles,
        programme,
        asked,
        request: &programme.requests[asked.request],
        course: &programme.courses[programme.requests[asked.request].course],
    };
    let (text, others) = told.sentence(rule);
    // Where nothing in particular can be named: what the rule demands.
    let demand = || rules::RULES.iter().find(|r| r.id == rule).and_then(|r| r.demands.split(". ").next());
    let text = if text.is_empty() { demand().unwrap_or_default().trim_end_matches('.').to_owned() } else { text };
    let subjects = std::iter::once(told.request.id.clone()).chain(others).collect();
    Violation { rule, subjects, text }
}

/// What leaves no way, in sentences: the conflicts of what these ways break.
pub fn conflicts_told(
    obstacles: &Obstacles,
    programme: &Programme,
    asked: &Asked,
    broken_by_ways: &[RuleSet],
) -> Vec<Vec<Violation>> {
    let facts = |set: &RuleSet| set.rules().map(|rule| fact(obstacles, programme, asked, rule)).collect();
    conflicts(broken_by_ways).iter().map(facts).collect()
}

struct Told<'a> {
    obstacles: &'a Obstacles<'a>,
    programme: &'a Programme,
    asked: &'a Asked,
    request: &'a Request,
    course: &'a Course,
}

impl Told<'_> {
    /// The sentence, and the ids of what it names besides the request.
    fn sentence(&self, rule: RuleId) -> (String, Vec<String>) {
        let (r, c) = (&self.request.id, &self.course.id);
        match rule {
            RuleId::RequestOnce if !self.request.shared => {
                (format!("{r} shares its session with nobody (shared = no)"), vec![])
            }
            RuleId::RequestOnce => {
                (format!("those who could join {r} share their sessions with nobody (shared = no)"), vec![])
            }
            RuleId::Together => self.together(),
            RuleId::Host => self.host(),
            RuleId::Participants => self.participants(),
            RuleId::Language => {
                let (wants, exists) = (self.codes(&self.request.languages), self.codes(&self.course.languages));
                (format!("{r} asks for {wants}, and {c} exists in {exists}"), vec![c.clone()])
            }
            RuleId::WorkingLanguage => self.working_language(),
            RuleId::InterpretationCapacity => (
                format!("all interpreters that may work on one day are taken by {}, or there are none", self.others()),
                vec![],
            ),
            RuleId::Qualification => self.qualification(),
            RuleId::TeamNeeds => self.team_needs(),
            RuleId::Barred => self.barred(),
            RuleId::Window => self.window(),
            RuleId::WorkingDays => self.working_days(),
            RuleId::PlaceCapacity => self.place_capacity(),
            RuleId::RegionCapacity => {
                (format!("{} take all that the region holds on one day (max_parallel)", self.others()), vec![])
            }
            RuleId::After => self.after(),
            RuleId::CountryGap => {
                let gap = self.programme.rules.country_gap_days.unwrap_or_default();
                let what = if self.obstacles.beside_plan() { "what the plan holds" } else { "what is done" };
                (format!("{gap} days must be free before and after {what} for the same country"), vec![])
            }
            RuleId::Mission => self.mission(),
            RuleId::Availability => self.availability(),
            RuleId::Overlap => self.overlap(),
            RuleId::MaxDaysAway => {
                self.of_trainers("may be away for", |t| Some(format!("{} days at most", t.max_days_away)))
            }
            RuleId::MaxDays => self.of_trainers("works", |t| {
                let year = t.max_days_year.map(|n| format!("{n} days a year at most"));
                t.max_days.map(|n| format!("{n} days at most")).or(year)
            }),
            RuleId::Budget => self.budget(),
            RuleId::QuotaMax => self.quotas(),
            RuleId::Pin => self.pin(),
        }
    }

    /// The sessions that stay.
    fn others(&self) -> &'static str {
        if self.obstacles.beside_plan() { "other sessions" } else { "done sessions" }
    }

    fn together(&self) -> (String, Vec<String>) {
        let party = rules::together::party(self.programme, self.asked.request);
        let others: Vec<String> = party
            .iter()
            .filter(|r| **r != self.asked.request)
            .map(|r| self.programme.requests[*r].id.clone())
            .collect();
        (format!("{} is served in one session with {}", self.request.id, few(&others)), others)
    }

    fn place(&self, place: PlaceId) -> String {
        let place = &self.programme.places[place];
        if place.name == place.id { place.id.clone() } else { format!("{} ({})", place.name, place.id) }
    }

    fn host(&self) -> (String, Vec<String>) {
        let hosts: Vec<String> = self.request.hosts.iter().map(|p| self.place(*p)).collect();
        let ids = self.request.hosts.iter().take(NAMES).map(|p| self.programme.places[*p].id.clone()).collect();
        match self.asked.place {
            Some(place) if !self.request.hosts.contains(&place) => {
                let text =
                    format!("{} is not among the hosts of {}: {}", self.place(place), self.request.id, few(&hosts));
                (text, vec![self.programme.places[place].id.clone()])
            }
            _ if hosts.is_empty() => (format!("no place can host {}", self.request.id), vec![]),
            _ => (format!("{} can be held in {} only", self.request.id, few(&hosts)), ids),
        }
    }

    fn participants(&self) -> (String, Vec<String>) {
        let party = rules::together::party(self.programme, self.asked.request);
        let heads = rules::participants::count(self.programme, &party);
        let who = if party.len() > 1 {
            format!("those who share the session of {} bring", self.request.id)
        } else {
            format!("{} brings", self.request.id)
        };
        let limit = match self.course.max_participants.filter(|most| heads > *most) {
            Some(most) => format!("takes {most} at most"),
            None => format!("needs {}, and too few others can join", self.course.min_participants),
        };
        (format!("{who} {heads} participants, and {} {limit}", self.course.id), vec![self.course.id.clone()])
    }

    fn codes(&self, languages: &[LanguageId]) -> String {
        few(&languages.iter().map(|l| self.programme.languages[*l].clone()).collect::<Vec<_>>())
    }

    fn working_language(&self) -> (String, Vec<String>) {
        let programme = self.programme;
        let mut text = if self.request.interpretation {
            "a team works in the language of the session, or in one from which interpretation is priced there"
                .to_owned()
        } else {
            format!("{} refuses interpretation, so its team works in the language of the session", self.request.id)
        };
        let speaks = |t: &Trainer| {
            let mut text = format!("{} teaches in {}", t.id, self.codes(&t.teaches));
            if !t.assists.is_empty() {
                text += &format!(" and assists in {}", self.codes(&t.assists));
            }
            text
        };
        let named = self.asked.trainer.map(|t| &programme.trainers[t]);
        if let Some(t) = named {
            text += &format!("; {}", speaks(t));
        } else {
            let some: Vec<String> = self.qualified().map(speaks).collect();
            if !some.is_empty() {
                text += &format!("; {}", few(&some));
            }
        }
        (text, named.map(|t| t.id.clone()).into_iter().collect())
    }

    fn qualified(&self) -> impl Iterator<Item = &Trainer> {
        let course = self.request.course;
        self.programme.trainers.values().filter(move |t| t.roles[course].is_some())
    }

    fn qualification(&self) -> (String, Vec<String>) {
        let (programme, c) = (self.programme, self.course);
        if let Some(t) = self.asked.trainer.map(|t| &programme.trainers[t]) {
            match t.roles[self.request.course] {
                None => {
                    return (
                        format!("{} ({}) is not qualified for {}", t.name, t.id, c.id),
                        vec![t.id.clone(), c.id.clone()],
                    );
                }
                Some(Role::Co) if c.co_trainers == 0 => {
                    let text =
                        format!("{} ({}) is qualified for {} as a co-trainer, and a team has none", t.name, t.id, c.id);
                    return (text, vec![t.id.clone(), c.id.clone()]);
                }
                Some(_) => {}
            }
        }
        let of = |role: Role| -> Vec<String> {
            self.qualified().filter(|t| t.roles[self.request.course] == Some(role)).map(|t| t.id.clone()).collect()
        };
        let seats = if c.co_trainers == 0 {
            format!("{} to lead", c.leads)
        } else {
            format!("{} to lead and {} beside", c.leads, c.co_trainers)
        };
        let (leads, others) = (of(Role::Lead), of(Role::Co));
        let mut who = if leads.is_empty() {
            "nobody is qualified to lead it".to_owned()
        } else {
            format!("qualified to lead it: {}", few(&leads))
        };
        if !others.is_empty() {
            who += &format!(", as co-trainer: {}", few(&others));
        }
        (
            format!("{} needs {seats}; {who}", c.id),
            std::iter::once(c.id.clone()).chain(leads.into_iter().chain(others).take(NAMES)).collect(),
        )
    }

    fn team_needs(&self) -> (String, Vec<String>) {
        let needs: Vec<String> = self
            .course
            .team_needs
            .iter()
            .map(|(tag, n)| {
                let with: Vec<String> =
                    self.programme.trainers.values().filter(|t| t.tags.contains(tag)).map(|t| t.id.clone()).collect();
                let who =
                    if with.is_empty() { "nobody carries it".to_owned() } else { format!("carried by {}", few(&with)) };
                format!("{n} × {} ({who})", self.programme.tags[*tag])
            })
            .collect();
        (format!("the team for {} needs {}", self.course.id, needs.join(", ")), vec![self.course.id.clone()])
    }

    /// The trainer who is asked for, else all who are qualified.
    fn concerned(&self) -> Vec<(TrainerId, &Trainer)> {
        let course = self.request.course;
        let all = self.programme.trainers.iter();
        match self.asked.trainer {
            Some(t) => vec![(t, &self.programme.trainers[t])],
            None => all.filter(|(_, t)| t.roles[course].is_some()).collect(),
        }
    }

    /// Where it may be held, as far as that is known.
    fn places(&self) -> Vec<PlaceId> {
        self.asked.place.map_or_else(|| self.request.hosts.clone(), |place| vec![place])
    }

    fn of_trainers(&self, verb: &str, limit: impl Fn(&Trainer) -> Option<String>) -> (String, Vec<String>) {
        let told = |t: &Trainer| limit(t).map(|limit| format!("{} {verb} {limit}", t.id));
        let all: Vec<(String, String)> =
            self.concerned().into_iter().filter_map(|(_, t)| Some((t.id.clone(), told(t)?))).collect();
        named(all)
    }

    fn barred(&self) -> (String, Vec<String>) {
        let places = self.places();
        let told: Vec<(String, String)> = self
            .concerned()
            .into_iter()
            .filter_map(|(id, t)| {
                let closed = places.iter().filter(|p| !rules::barred::admits(self.programme, id, **p));
                let closed: Vec<String> = closed.map(|p| self.place(*p)).collect();
                (!closed.is_empty()).then(|| (t.id.clone(), format!("{} is not sent to {}", t.id, few(&closed))))
            })
            .collect();
        named(told)
    }

    /// The days among which it lies, wherever it is held.
    fn days(&self) -> Option<Span> {
        let party = rules::together::party(self.programme, self.asked.request);
        let booked = party.iter().any(|r| self.programme.pin(*r).is_some_and(|p| p.status == PinStatus::Confirmed));
        let all =
            self.places().into_iter().filter_map(|place| rules::window::window(self.programme, &party, place, booked));
        all.reduce(|a, b| Span { first: a.first.min(b.first), last: a.last.max(b.last) })
    }

    fn window(&self) -> (String, Vec<String>) {
        let r = &self.request.id;
        match self.days() {
            Some(days) => (
                format!(
                    "{r} lies between {} and {} (its own days, those of the programme, and lead days)",
                    days.first, days.last
                ),
                vec![],
            ),
            None => {
                (format!("no day is left for {r} between its own days, those of the programme, and lead days"), vec![])
            }
        }
    }

    fn working_days(&self) -> (String, Vec<String>) {
        let n = self.course.days;
        let mut text = match n {
            1 => "a session takes a working day of its place".to_owned(),
            n => format!("a session takes {n} working days of its place in a row"),
        };
        if let Some(start) = self.asked.start {
            let mut against: Vec<(String, Vec<String>)> = Vec::new();
            for (why, place) in self.places().into_iter().filter_map(|p| Some((self.day_off(p, start)?, self.place(p))))
            {
                match against.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, places)) => places.push(place),
                    None => against.push((why, vec![place])),
                }
            }
            for (why, places) in against.iter().take(NAMES) {
                text += &format!("; {why} {}", few(places));
            }
        }
        (text, vec![])
    }

    /// Why no session starts at this place on this day; the place's name follows.
    fn day_off(&self, at: PlaceId, start: Day) -> Option<String> {
        let place = &self.programme.places[at];
        let starts = self.programme.rules.start_weekdays;
        if calendar::session_span(place, self.course.days, starts, start).is_some() {
            return None;
        }
        let weekday = start.date().format("%A");
        if place.week.rests(start) {
            return Some(format!("{start} is a {weekday}, a weekend day in"));
        }
        let span = calendar::span(place.week, self.course.days, start)?;
        let closed = place.closed.iter().find(|(days, _)| days.meets(span));
        Some(match closed {
            Some((_, what)) if !what.is_empty() => format!("closed then ({what}):"),
            Some(_) => "closed then:".to_owned(),
            None if !calendar::may_start(place, starts, start) => {
                format!("{start} is a {weekday}, and start_weekdays wants another day in")
            }
            None => format!("from {start} ({weekday}) it would run over the weekend in"),
        })
    }

    fn after(&self) -> (String, Vec<String>) {
        let gap = self.programme.rules.after_gap_days;
        let party = rules::together::party(self.programme, self.asked.request);
        let mut ids = Vec::new();
        let mut told = Vec::new();
        for q in party.iter().flat_map(|r| &self.programme.requests[*r].after) {
            let id = &self.programme.requests[*q].id;
            ids.push(id.clone());
            told.push(match self.obstacles.over(*q) {
                None if self.obstacles.beside_plan() => format!("{id}, which is not served"),
                None => format!("{id}, which can never be served"),
                Some(over) if self.obstacles.beside_plan() => format!("{id}, which is over on {over}"),
                Some(over) => format!("{id}, which is over on {over} at the earliest"),
            });
        }
        (format!("{} comes {} days or more after {}", self.request.id, gap + 1, few(&told)), ids)
    }

    fn mission(&self) -> (String, Vec<String>) {
        let places = self.places();
        let far: Vec<(String, String)> = self
            .concerned()
            .into_iter()
            .filter_map(|(id, t)| {
                let cut: Vec<String> = places
                    .iter()
                    .filter(|p| !rules::mission::admits(self.programme, id, **p))
                    .map(|p| self.place(*p))
                    .collect();
                (!cut.is_empty()).then(|| (t.id.clone(), format!("{} has no way to {} and back", t.id, few(&cut))))
            })
            .collect();
        named(far)
    }

    fn availability(&self) -> (String, Vec<String>) {
        let programme = self.programme;
        let whole = self.days().unwrap_or(Span { first: programme.start, last: programme.end });
        // The days of a start that is asked for, with some for the journey.
        let days = self.asked.start.map_or(whole, |d| Span { first: d - 3, last: d + self.course.days * 2 + 3 });
        let mut told = Vec::new();
        for (_, t) in self.concerned() {
            let mut away: Vec<String> = t
                .absences
                .iter()
                .filter(|(span, _)| span.meets(days))
                .map(|(span, why)| {
                    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
                    format!("{}{why}", span.in_words())
                })
                .collect();
            away.extend(t.available_from.filter(|d| *d > days.first).map(|d| format!("until {d}")));
            away.extend(t.available_to.filter(|d| *d < days.last).map(|d| format!("after {d}")));
            if !away.is_empty() {
                told.push((t.id.clone(), format!("{} is away {}", t.id, few(&away))));
            }
        }
        named(told)
    }

    fn overlap(&self) -> (String, Vec<String>) {
        let days = self.days().filter(|_| self.obstacles.beside_plan());
        let what = if self.obstacles.beside_plan() { "teaches" } else { "is on done missions" };
        let mut told = Vec::new();
        for (id, t) in self.concerned() {
            let mut busy: Vec<Span> = self.obstacles.held(id).iter().map(|held| held.span).collect();
            busy.retain(|span| days.is_none_or(|d| d.meets(*span)));
            busy.sort_by_key(|span| span.first);
            if !busy.is_empty() {
                let busy: Vec<String> = busy.into_iter().map(Span::in_words).collect();
                told.push((t.id.clone(), format!("{} {what} {}", t.id, few(&busy))));
            }
        }
        named(told)
    }

    fn place_capacity(&self) -> (String, Vec<String>) {
        let full: Vec<(String, String)> = self
            .places()
            .into_iter()
            .filter_map(|p| {
                let most = self.programme.places[p].max_parallel?;
                let held = self.obstacles.taken().sessions().iter().any(|s| s.place == p);
                let id = self.programme.places[p].id.clone();
                held.then(|| (id, format!("{} holds {} on one day", self.place(p), prose(i64::from(most), "session"))))
            })
            .collect();
        let (list, ids) = named(full);
        if list.is_empty() {
            return (format!("{} take all that the place holds on one day (max_parallel)", self.others()), ids);
        }
        (format!("{list}, and {} take that", self.others()), ids)
    }

    fn budget(&self) -> (String, Vec<String>) {
        let programme = self.programme;
        let kind = |f: &Fund| f.courses[self.request.course] && f.officials[self.request.place];
        let funds: Vec<String> = programme.funds.values().filter(|f| kind(f)).map(|f| f.id.clone()).collect();
        let country = &programme.countries[programme.country_of(self.asked.request)].name;
        if funds.is_empty() {
            return (
                format!("no fund pays for {} and officials of {country}", self.course.id),
                vec![self.course.id.clone()],
            );
        }
        if let Some(way) = self
            .obstacles
            .beside_plan()
            .then(|| self.obstacles.cheapest(self.asked, RuleSet::of(RuleId::Budget)))
            .flatten()
            && way.missing > Cents::ZERO
        {
            let company = rules::participants::count(programme, &way.requests) < self.course.min_participants;
            let text = format!(
                "the least that it takes{} costs {} {}, from {}, {}; the funds for it ({}) have {} of that left, {} too little",
                if company { ", those who fill the course aside," } else { "" },
                money(way.cost()),
                programme.currency,
                way.span.first,
                self.place(way.place),
                few(&funds),
                money(way.cost() - way.missing),
                money(way.missing),
            );
            return (text, funds.into_iter().take(NAMES).collect());
        }
        if self.obstacles.beside_plan() {
            let text = format!(
                "the funds for {} and officials of {country} ({}) cannot pay it besides all that the plan holds",
                self.course.id,
                few(&funds)
            );
            return (text, funds.into_iter().take(NAMES).collect());
        }
        let open: Vec<&str> = Category::ALL
            .into_iter()
            .filter(|k| !programme.funds.values().any(|f| kind(f) && f.covers[*k as usize] && self.somewhere(f)))
            .map(Category::word)
            .collect();
        let text = if open.is_empty() {
            format!(
                "the funds for {} and officials of {country} ({}) pay no whole session, or have too little",
                self.course.id,
                few(&funds)
            )
        } else {
            format!(
                "of the funds for {} and officials of {country} ({}) none pays {} there",
                self.course.id,
                few(&funds),
                open.join(", ")
            )
        };
        (text, funds.into_iter().take(NAMES).collect())
    }

    /// True when a fund pays for sessions at one of the places in question.
    fn somewhere(&self, fund: &Fund) -> bool {
        let places = self.places();
        places.iter().any(|p| fund.hosts[*p]) && self.asked.language.is_none_or(|l| fund.languages[l])
    }

    fn quotas(&self) -> (String, Vec<String>) {
        let programme = self.programme;
        let place = self.request.place;
        let party = rules::together::party(programme, self.asked.request);
        let heads = rules::participants::count(programme, &party);
        let counts = |q: &Quota| q.officials[place] && q.courses[self.request.course];
        let mut all = Vec::new();
        for (id, q) in programme.quotas.iter().filter(|(_, q)| counts(q)) {
            let Some(max) = q.max else { continue };
            let done = self.obstacles.counted(id);
            let (more, limit) = match q.measure {
                Measure::Sessions => (1, prose(max, "session")),
                Measure::Requests => (party.len() as i64, prose(max, "request")),
                Measure::Participants => (heads, prose(max, "participant")),
                // What it costs depends on how it is held.
                Measure::Cost => (max + 1 - done, format!("a cost of {}", money(Cents(max)))),
            };
            if done + more > max {
                let there = match (self.obstacles.beside_plan(), q.measure) {
                    (false, _) => String::new(),
                    (true, Measure::Cost) => format!(", {} of it taken", money(Cents(done))),
                    (true, _) => format!(", {done} of them taken"),
                };
                let sure = q.measure != Measure::Cost && self.always_counts(q);
                all.push((sure, (q.id.clone(), format!("{} allows {limit} at most{there}", q.id))));
            }
        }
        // Those that count it wherever and whenever it is held say enough.
        if all.iter().any(|(sure, _)| *sure) {
            all.retain(|(sure, _)| *sure);
        }
        named(all.into_iter().map(|(_, told)| told).collect())
    }

    /// True when a quota counts the request's session wherever and whenever it is held.
    fn always_counts(&self, q: &Quota) -> bool {
        let days = self.days();
        let inside = |d: Span| q.from.is_none_or(|f| f <= d.first) && q.to.is_none_or(|t| t >= d.last);
        self.places().iter().all(|p| q.hosts[*p])
            && self.request.languages.iter().all(|l| q.languages[*l])
            && days.is_none_or(inside)
    }

    fn pin(&self) -> (String, Vec<String>) {
        let programme = self.programme;
        let party = rules::together::party(programme, self.asked.request);
        // Where nothing is pinned of its own: what it would have to join.
        let own: Vec<&Pin> = party.iter().filter_map(|r| programme.pin(*r)).collect();
        let others = programme.pins.iter().filter(|p| {
            p.status == PinStatus::Confirmed && programme.requests[p.request].course == self.request.course
        });
        let told: Vec<String> = if own.is_empty() { others.collect() } else { own }
            .into_iter()
            .map(|pin| (&programme.requests[pin.request].id, pin))
            .map(|(id, pin)| {
                let mut what = Vec::new();
                what.extend(pin.start.map(|d| format!("start {d}")));
                what.extend(pin.place.map(|p| self.place(p)));
                what.extend(pin.language.map(|l| format!("in {}", programme.languages[l])));
                what.extend(pin.working_language.map(|l| format!("taught in {}", programme.languages[l])));
                let team: Vec<String> = pin.trainers.iter().map(|t| programme.trainers[*t].id.clone()).collect();
                what.extend((!team.is_empty()).then(|| few(&team)));
                let status = match pin.status {
                    PinStatus::Wanted => "pinned",
                    PinStatus::Confirmed => "confirmed",
                    PinStatus::Done => "done",
                };
                format!("{id} is {status}: {}", what.join(", "))
            })
            .collect();
        (few(&told), vec![])
    }
}

/// `1 session`, `4 sessions`.
fn prose(n: i64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// What is said of several, each with its id: the first few of them.
fn named(told: Vec<(String, String)>) -> (String, Vec<String>) {
    let (ids, texts): (Vec<String>, Vec<String>) = told.into_iter().unzip();
    (few(&texts), ids.into_iter().take(NAMES).collect())
}

/// A list of names, not too long.
fn few(names: &[String]) -> String {
    let mut text = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMES {
        text += &format!(" and {} more", names.len() - NAMES);
    }
    text
}
