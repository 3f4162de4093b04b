//! What would make room for a request beside all that a plan serves: changes of tables, one for each rule in the way.
//!
//! These are ideas: whether all are served then, planning and the judge decide.

use super::beside::Beside;
use super::obstacles::{Asked, Way};
use super::rule_set::RuleSet;
use crate::plan::Plan;
use crate::plan::goals::measure;
use crate::plan::mission::{lone, stays};
use crate::plan::price::costs;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::funds::{Fund, Measure};
use crate::programme::id::{FundId, RequestId, TrainerId};
use crate::programme::money::{Cents, money};
use crate::programme::people::{PinStatus, Role};
use crate::rules::together::party;
use crate::rules::{budget, participants, window};
use crate::solve::charges::purse::Purse;
use crate::words::RuleId;
use std::fmt::Write as _;

/// A change of tables that may let a request be served.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The rules that no longer stand in the way.
    pub rules: RuleSet,
    /// What is changed, in words.
    pub says: String,
    /// The changes as a scenario file writes them.
    pub changes: String,
    /// The way that they open.
    pub way: Way,
}

/// Changes that open one of these ways each, those of one rule first.
pub fn repairs(programme: &Programme, beside: &Beside, request: RequestId, ways: &[(RuleSet, Way)]) -> Vec<Repair> {
    let mut all = Vec::new();
    for (rules, first) in ways.iter().filter(|(rules, _)| !rules.is_empty()) {
        // Of the ways that break these rules the cheapest.
        let own = first.joins.is_none().then(|| beside.own_trips.cheapest(&Asked::any(request), *rules)).flatten();
        let own = own.and_then(|way| beside.filled(way, *rules));
        let way = own.as_ref().unwrap_or(first);
        let plan = beside.with(way);
        let table = Table { programme, beside, request, way, plan };
        let changes: Option<Vec<(String, String)>> = rules.rules().map(|rule| table.change(rule)).collect();
        if let Some(mut changes) = changes {
            // What it joins may become dearer.
            if !rules.has(RuleId::Budget) {
                changes.extend(table.budget());
            }
            let (says, texts): (Vec<String>, Vec<String>) = changes.into_iter().unzip();
            let mut says = says.join(", and ");
            let company = beside.company(request, way);
            if !company.is_empty() {
                let _ = write!(says, ", with {} in the same session", table.ids(&company));
            }
            all.push(Repair { rules: *rules, says, changes: texts.concat(), way: way.clone() });
        }
    }
    all
}

/// The scenario file of a repair: everything that is served stays served, the request too, and the change.
pub fn scenario(programme: &Programme, plan: &Plan, request: RequestId, repair: &Repair) -> String {
    let mut all: Vec<RequestId> = plan.sessions.iter().flat_map(|s| &s.requests).copied().collect();
    all.extend(party(programme, request));
    all.sort();
    let id = &programme.requests[request].id;
    let plain = |c: char| if c.is_control() || c == '"' || c == '\\' { ' ' } else { c };
    let says: String = repair.says.chars().map(plain).collect();
    let mut text = format!("name = \"{id} besides all that is served: {says}\"\n{}", repair.changes);
    for r in all {
        text += &set("requests", &programme.requests[r].id, &[("must", "true".to_owned())]);
    }
    text
}

/// A change of one row.
fn set(table: &str, id: &str, cells: &[(&str, String)]) -> String {
    let cells: Vec<String> = cells.iter().map(|(column, value)| format!("{column} = {value}")).collect();
    format!("\n[[change]]\ntable = \"{table}\"\nid = \"{id}\"\nset = {{ {} }}\n", cells.join(", "))
}

fn quoted<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
}

struct Table<'a> {
    programme: &'a Programme,
    beside: &'a Beside<'a>,
    request: RequestId,
    way: &'a Way,
    /// With the request served this way.
    plan: Plan,
}

impl Table<'_> {
    /// What is changed so that the way keeps the rule: in words, and as a scenario file writes it.
    fn change(&self, rule: RuleId) -> Option<(String, String)> {
        match rule {
            RuleId::RequestOnce => self.shared(),
            RuleId::Together => {
                let id = &self.programme.requests[self.request].id;
                Some((format!("{id} in a session of its own"), set("requests", id, &[("together", "\"\"".to_owned())])))
            }
            RuleId::Host => self.host(),
            RuleId::Participants => self.participants(),
            RuleId::Language => self.language(),
            RuleId::WorkingLanguage => self.working_language(),
            RuleId::Qualification => self.qualification(),
            RuleId::Window => self.window(),
            RuleId::PlaceCapacity => self.place_capacity(),
            RuleId::RegionCapacity => self.region_capacity(),
            RuleId::After => self.after(),
            RuleId::Availability => self.availability(),
            RuleId::MaxDaysAway => self.max_days_away(),
            RuleId::MaxDays => self.max_days(),
            RuleId::Budget => self.budget(),
            RuleId::QuotaMax => self.quotas(),
            RuleId::Pin => self.pin(),
            // Nothing that a planner could grant.
            RuleId::InterpretationCapacity
            | RuleId::TeamNeeds
            | RuleId::Barred
            | RuleId::WorkingDays
            | RuleId::CountryGap
            | RuleId::Mission
            | RuleId::Overlap => None,
        }
    }

    /// The request and those that are served with it or not at all.
    fn party(&self) -> Vec<RequestId> {
        party(self.programme, self.request).into_iter().filter(|r| self.way.requests.contains(r)).collect()
    }

    fn ids(&self, requests: &[RequestId]) -> String {
        let ids: Vec<&str> = requests.iter().map(|r| self.programme.requests[*r].id.as_str()).collect();
        ids.join(", ")
    }

    fn place(&self) -> String {
        let place = &self.programme.places[self.way.place];
        if place.name == place.id { place.id.clone() } else { format!("{} ({})", place.name, place.id) }
    }

    fn shared(&self) -> Option<(String, String)> {
        let closed: Vec<RequestId> =
            self.way.requests.iter().copied().filter(|r| !self.programme.requests[*r].shared).collect();
        let id = |r: &RequestId| self.programme.requests[*r].id.as_str();
        let text = closed.iter().map(|r| set("requests", id(r), &[("shared", "true".to_owned())])).collect();
        Some((format!("{} may share the session", self.ids(&closed)), text))
    }

    fn host(&self) -> Option<(String, String)> {
        let mut text = String::new();
        for r in self.party() {
            let request = &self.programme.requests[r];
            if !request.hosts.contains(&self.way.place) {
                let hosts =
                    request.hosts.iter().chain([&self.way.place]).map(|p| self.programme.places[*p].id.as_str());
                text += &set("requests", &request.id, &[("hosts", quoted(hosts))]);
            }
        }
        Some((format!("{} may be held in {}", self.ids(&self.party()), self.place()), text))
    }

    fn participants(&self) -> Option<(String, String)> {
        let course = &self.programme.courses[self.programme.requests[self.request].course];
        let heads = participants::count(self.programme, &self.way.requests);
        if course.max_participants.is_some_and(|most| heads > most) {
            let says = format!("{} takes {heads} participants", course.id);
            return Some((says, set("courses", &course.id, &[("max_participants", heads.to_string())])));
        }
        let says = format!("{} is held for {heads} participants", course.id);
        Some((says, set("courses", &course.id, &[("min_participants", heads.to_string())])))
    }

    fn language(&self) -> Option<(String, String)> {
        let (programme, language) = (self.programme, self.way.language);
        let code = |l: &crate::programme::id::LanguageId| programme.languages[*l].as_str();
        let mut text = String::new();
        for r in self.party() {
            let request = &programme.requests[r];
            if !request.languages.contains(&language) {
                let all = request.languages.iter().chain([&language]).map(code);
                text += &set("requests", &request.id, &[("languages", quoted(all))]);
            }
        }
        let course = &programme.courses[programme.requests[self.request].course];
        if !course.languages.contains(&language) {
            let all = course.languages.iter().chain([&language]).map(code);
            text += &set("courses", &course.id, &[("languages", quoted(all))]);
        }
        Some((format!("{} is taught in {}", self.ids(&self.party()), code(&language)), text))
    }

    fn working_language(&self) -> Option<(String, String)> {
        let (programme, working) = (self.programme, self.way.working);
        let mut text = String::new();
        let mut says = Vec::new();
        if working != self.way.language {
            for r in self.party().into_iter().filter(|r| !programme.requests[*r].interpretation) {
                let id = &programme.requests[r].id;
                text += &set("requests", id, &[("interpretation", "true".to_owned())]);
                says.push(format!("{id} accepts interpretation"));
            }
        }
        let leads = programme.courses[programme.requests[self.request].course].leads as usize;
        for (i, t) in self.way.team.iter().enumerate() {
            let person = &programme.trainers[*t];
            let able = person.teaches.contains(&working) || i >= leads && person.assists.contains(&working);
            if !able {
                let assists = person.assists.iter().filter(|l| **l != working);
                let mut all: Vec<String> = person.teaches.iter().map(|l| programme.languages[*l].clone()).collect();
                all.push(programme.languages[working].clone());
                all.extend(assists.map(|l| format!("{}:assist", programme.languages[*l])));
                let list = quoted(all.iter().map(String::as_str));
                text += &set("trainers", &person.id, &[("languages", list)]);
                says.push(format!("{} ({}) teaches in {}", person.name, person.id, programme.languages[working]));
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    fn qualification(&self) -> Option<(String, String)> {
        let programme = self.programme;
        let kind = programme.requests[self.request].course;
        let course = &programme.courses[kind];
        let (mut says, mut text) = (Vec::new(), String::new());
        for (i, t) in self.way.team.iter().enumerate() {
            let person = &programme.trainers[*t];
            let seat = if i < course.leads as usize { Role::Lead } else { Role::Co };
            let fits = match person.roles[kind] {
                Some(Role::Lead) => true,
                Some(Role::Co) => seat == Role::Co,
                None => false,
            };
            if !fits {
                says.push(format!("{} ({}) qualifies for {} as {}", person.name, person.id, course.id, seat.word()));
                let _ = write!(
                    text,
                    "\n[[change]]\ntable = \"qualifications\"\nadd = {{ trainer = \"{}\", course = \"{}\", role = \"{}\" }}\n",
                    person.id,
                    course.id,
                    seat.word()
                );
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    fn window(&self) -> Option<(String, String)> {
        let (programme, span) = (self.programme, self.way.span);
        if span.first < programme.first_start(self.way.place) || span.last > programme.end {
            return None;
        }
        let mut text = String::new();
        let mut says = Vec::new();
        for r in self.party() {
            let request = &programme.requests[r];
            let own = window::window(programme, &[r], self.way.place, false);
            if own.is_some_and(|w| w.first <= span.first && span.last <= w.last) {
                continue;
            }
            let mut cells = Vec::new();
            if request.earliest.is_some_and(|d| d > span.first) {
                cells.push(("earliest", span.first.to_string()));
                says.push(format!("{} may begin on {}", request.id, span.first));
            }
            if request.latest.is_some_and(|d| d < span.last) {
                cells.push(("latest", span.last.to_string()));
                says.push(format!("{} may last until {}", request.id, span.last));
            }
            text += &set("requests", &request.id, &cells);
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    /// The most sessions that run at once on days of the way.
    fn busiest(&self, same: impl Fn(&crate::plan::Session) -> bool) -> usize {
        let days = self.way.span;
        let on = |day: Day| self.plan.sessions.iter().filter(|s| s.span.holds(day) && same(s)).count();
        days.first.to(days.last).map(on).max().unwrap_or(0)
    }

    fn place_capacity(&self) -> Option<(String, String)> {
        let n = self.busiest(|s| s.place == self.way.place);
        let says = format!("{} holds {n} sessions at a time", self.place());
        let id = &self.programme.places[self.way.place].id;
        Some((says, set("places", id, &[("max_parallel", n.to_string())])))
    }

    fn region_capacity(&self) -> Option<(String, String)> {
        let region = self.programme.places[self.way.place].region?;
        let n = self.busiest(|s| self.programme.places[s.place].region == Some(region));
        let id = &self.programme.regions[region].id;
        Some((format!("{id} holds {n} sessions at a time"), set("regions", id, &[("max_parallel", n.to_string())])))
    }

    fn after(&self) -> Option<(String, String)> {
        let programme = self.programme;
        let in_time = |q: &RequestId| self.beside.own_trips.in_time(*q, self.way.span.first);
        let (mut says, mut text) = (Vec::new(), String::new());
        for r in self.party() {
            let request = &programme.requests[r];
            let (kept, gone): (Vec<RequestId>, Vec<RequestId>) = request.after.iter().partition(|q| in_time(q));
            if !gone.is_empty() {
                says.push(format!("{} does not wait for {}", request.id, self.ids(&gone)));
                let kept = quoted(kept.iter().map(|q| programme.requests[*q].id.as_str()));
                text += &set("requests", &request.id, &[("after", kept)]);
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    /// A member of the team, and the days of a trip to the session alone.
    fn trips(&self) -> impl Iterator<Item = (TrainerId, Span)> + '_ {
        let programme = self.programme;
        let session = self.plan.sessions.last();
        let stop = session.filter(|_| self.way.joins.is_none()).map(|s| crate::plan::price::stop(programme, s));
        self.way.team.iter().filter_map(move |t| {
            let person = &programme.trainers[*t];
            Some((*t, lone(programme, person.home, person.fee_day, stop?)?.0))
        })
    }

    fn availability(&self) -> Option<(String, String)> {
        let (mut says, mut text) = (Vec::new(), String::new());
        for (t, days) in self.trips() {
            let person = &self.programme.trainers[t];
            // Nobody's leave is called off.
            if person.absences.iter().any(|(away, _)| away.meets(days)) {
                return None;
            }
            let mut cells = Vec::new();
            if person.available_from.is_some_and(|d| d > days.first) {
                cells.push(("available_from", days.first.to_string()));
                says.push(format!("{} ({}) is available from {}", person.name, person.id, days.first));
            }
            if person.available_to.is_some_and(|d| d < days.last) {
                cells.push(("available_to", days.last.to_string()));
                says.push(format!("{} ({}) is available until {}", person.name, person.id, days.last));
            }
            if !cells.is_empty() {
                text += &set("trainers", &person.id, &cells);
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    fn max_days_away(&self) -> Option<(String, String)> {
        let (mut says, mut text) = (Vec::new(), String::new());
        for (t, days) in self.trips() {
            let person = &self.programme.trainers[t];
            if !stays(self.programme, t, self.way.place) && days.days() > person.max_days_away {
                says.push(format!("{} ({}) is away for {} days", person.name, person.id, days.days()));
                text += &set("trainers", &person.id, &[("max_days_away", days.days().to_string())]);
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    fn max_days(&self) -> Option<(String, String)> {
        let (mut says, mut text) = (Vec::new(), String::new());
        for (t, days) in self.trips() {
            let person = &self.programme.trainers[t];
            let missions = || self.plan.missions.iter().filter(|m| m.trainer == t);
            let all: i32 = missions().map(|m| m.span.days()).sum();
            let in_year = |year: i32| -> i32 {
                let (Some(first), Some(last)) = (Day::ymd(year, 1, 1), Day::ymd(year, 12, 31)) else { return 0 };
                missions().map(|m| (m.span.last.min(last) - m.span.first.max(first) + 1).max(0)).sum()
            };
            let year = (days.first.year()..=days.last.year()).map(in_year).max().unwrap_or(0);
            let mut cells = Vec::new();
            if person.max_days.is_some_and(|most| all > most) {
                cells.push(("max_days", all.to_string()));
                says.push(format!("{} ({}) works {all} days", person.name, person.id));
            }
            if person.max_days_year.is_some_and(|most| year > most) {
                cells.push(("max_days_year", year.to_string()));
                says.push(format!("{} ({}) works {year} days in a year", person.name, person.id));
            }
            if !cells.is_empty() {
                text += &set("trainers", &person.id, &cells);
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    /// The fund that pays all that is missing at the lowest overhead; else the one that could if its money were valid then.
    fn budget(&self) -> Option<(String, String)> {
        let programme = self.programme;
        let missing = Purse::beside(programme, &self.plan).missing(&[]);
        if missing == Cents::ZERO {
            return None;
        }
        let order = |f: &FundId| (programme.funds[*f].in_kind, programme.funds[*f].overhead, *f);
        let mut funds: Vec<FundId> = programme.funds.ids().collect();
        funds.sort_by_key(order);
        funds.iter().find_map(|f| self.paid(programme, *f)).or_else(|| {
            funds.iter().find_map(|f| {
                let days = self.way.span;
                let fund = &programme.funds[*f];
                let mut cells = Vec::new();
                let mut says = Vec::new();
                let from = fund.valid_from.map(|d| d.min(days.first));
                let to = fund.valid_to.map(|d| d.max(days.last));
                if from != fund.valid_from {
                    cells.push(("valid_from", days.first.to_string()));
                    says.push(format!("{} ({}) pays from {}", fund.donor, fund.id, days.first));
                }
                if to != fund.valid_to {
                    cells.push(("valid_to", days.last.to_string()));
                    says.push(format!("{} ({}) pays until {}", fund.donor, fund.id, days.last));
                }
                if cells.is_empty() {
                    return None;
                }
                let mut wide = programme.clone();
                (wide.funds[*f].valid_from, wide.funds[*f].valid_to) = (from, to);
                let (more, text) = if Purse::beside(&wide, &self.plan).missing(&[]) == Cents::ZERO {
                    (String::new(), String::new())
                } else {
                    self.paid(&wide, *f)?
                };
                says.extend((!more.is_empty()).then_some(more));
                Some((says.join(", and "), set("funds", &fund.id, &cells) + &text))
            })
        })
    }

    /// More money in one fund, where it pays all that is missing.
    fn paid(&self, programme: &Programme, f: FundId) -> Option<(String, String)> {
        let purse = Purse::beside(programme, &self.plan);
        let missing = purse.missing(&[]);
        if purse.missing_with(&[], f, missing) > Cents::ZERO {
            return None;
        }
        let fund = &programme.funds[f];
        let amount = amount(programme, fund, budget::room(fund) + missing)?;
        let says =
            format!("{} {} more in {} ({})", money(amount - fund.amount), programme.currency, fund.donor, fund.id);
        if fund.currency == programme.currency {
            return Some((says, set("funds", &fund.id, &[("amount", format!("\"{amount}\""))])));
        }
        // In its own currency; rounded up.
        let billion = 1_000_000_000i128;
        let factor = (i128::from(amount.0) * billion).checked_div(i128::from(fund.amount.0))? + 1;
        let factor = format!("{}.{:09}", factor / billion, factor % billion);
        let text = format!("\n[[change]]\ntable = \"funds\"\nid = \"{}\"\nscale = {{ amount = {factor} }}\n", fund.id);
        Some((says, text))
    }

    fn quotas(&self) -> Option<(String, String)> {
        let programme = self.programme;
        let prices = costs(programme, &self.plan);
        let (mut says, mut text) = (Vec::new(), String::new());
        for quota in programme.quotas.values() {
            let counted = measure(programme, quota, &self.plan, &prices);
            if quota.max.is_some_and(|most| counted > most) {
                let most =
                    if quota.measure == Measure::Cost { Cents(counted).to_string() } else { counted.to_string() };
                says.push(format!("{} allows {most} {}", quota.id, quota.measure.word()));
                text += &set("quotas", &quota.id, &[("max", format!("\"{most}\""))]);
            }
        }
        (!says.is_empty()).then(|| (says.join(", "), text))
    }

    fn pin(&self) -> Option<(String, String)> {
        let wanted = |r: &RequestId| self.programme.pin(*r).is_some_and(|pin| pin.status == PinStatus::Wanted);
        let pinned: Vec<RequestId> = self.party().into_iter().filter(wanted).collect();
        let id = |r: &RequestId| &self.programme.requests[*r].id;
        let text = pinned
            .iter()
            .map(|r| format!("\n[[change]]\ntable = \"pins\"\nid = \"{}\"\nremove = true\n", id(r)))
            .collect();
        (!pinned.is_empty()).then(|| (format!("{} without its pin", self.ids(&pinned)), text))
    }
}

/// The least amount, in whole units of the programme's currency, with which so much can be charged to a fund.
fn amount(programme: &Programme, fund: &Fund, room: Cents) -> Option<Cents> {
    let has = i128::from(room.0) * i128::from(1_000_000 + fund.overhead.0);
    let share = i128::from(1_000_000 - programme.rules.reserve.0);
    if share <= 0 {
        return None;
    }
    let cents = i128::from(fund.spent.0) + (has + share - 1) / share;
    Some(Cents(i64::try_from((cents + 99) / 100 * 100).ok()?))
}
