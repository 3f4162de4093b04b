//! What changed between two plans, and who must be told. Plans are compared by what their files say (ids and names),
//! so that plans made with different scenarios compare.

mod bookings;
pub mod json;
mod news;
mod side;
pub mod tell;

use crate::programme::day::{Day, Span};
use crate::programme::money::{Cents, MicroCents};
use crate::programme::people::Role;
use crate::words::GoalId;

pub use news::{Change, TrainerNews};

/// A plan as people know it. Ids and names as written; sessions in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What this plan is called in the comparison.
    pub name: String,
    pub currency: String,
    pub goals: Vec<Figure>,
    pub sessions: Vec<Booking>,
    pub funds: Vec<Purse>,
    /// Every request of the programme, in file order (what is not served can be named, too), then those that only the
    /// plan knows.
    pub requests: Vec<Cohort>,
}

/// A goal of a plan, in hundredths as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub goal: GoalId,
    pub value: i128,
    pub bound: i128,
    /// `optimal`, `within-gap` or `feasible`.
    pub proof: String,
}

/// An id and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: String,
    pub course: Named,
    pub place: Named,
    pub online: bool,
    pub language: String,
    pub working_language: String,
    pub days: Span,
    pub cohorts: Vec<Cohort>,
    pub team: Vec<Member>,
}

/// One request's officials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    pub request: String,
    pub course: Named,
    pub country: Named,
    pub officials: i64,
}

impl Cohort {
    /// True when the tables no longer have it: who it is and how many they are is not known.
    pub fn is_gone(&self) -> bool {
        self.country.id.is_empty()
    }
}

/// One trainer on a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub trainer: Named,
    /// May be empty.
    pub email: String,
    pub role: Role,
}

/// A fund and what a plan uses of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purse {
    pub fund: Named,
    pub in_kind: bool,
    pub has: MicroCents,
    pub used: MicroCents,
}

impl Side {
    /// The value of a goal in hundredths, if the plan has that goal.
    pub fn value(&self, goal: GoalId) -> Option<i128> {
        self.goals.iter().find(|f| f.goal == goal).map(|f| f.value)
    }

    /// How many officials are trained.
    pub fn officials(&self) -> i64 {
        self.sessions.iter().flat_map(|s| &s.cohorts).map(|c| c.officials).sum()
    }

    /// How many requests are served.
    pub fn served(&self) -> usize {
        self.sessions.iter().map(|s| s.cohorts.len()).sum()
    }

    /// What all cash funds are used for, overhead included, rounded.
    pub fn cost(&self) -> Cents {
        self.funds.iter().filter(|p| !p.in_kind).map(|p| p.used).sum::<MicroCents>().rounded()
    }

    fn session_of(&self, request: &str) -> Option<usize> {
        self.sessions.iter().position(|s| s.cohorts.iter().any(|c| c.request == request))
    }
}

/// Everything that is different in `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    pub from: &'a Side,
    pub to: &'a Side,
    /// Requests that `to` serves and `from` does not, in the order of `to`'s programme, each with its session there.
    pub served: Vec<(&'a Cohort, &'a Booking)>,
    /// Requests that `from` serves and `to` does not, each with its session in `from`.
    pub dropped: Vec<(&'a Cohort, &'a Booking)>,
    /// Requests that both serve at another start, place or language.
    pub moved: Vec<Kept<'a>>,
    /// Requests that both serve on the same days in the same place and language with another team.
    pub restaffed: Vec<Kept<'a>>,
    /// Everyone whose calendar changes, by name.
    pub trainers: Vec<TrainerNews<'a>>,
    pub funds: Vec<FundChange<'a>>,
    /// What cash funds are used for, `to` less `from`, in hundredths.
    pub cost: Cents,
}

/// A request that both plans serve, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    pub cohort: &'a Cohort,
    pub before: &'a Booking,
    pub after: &'a Booking,
}

impl<'a> Kept<'a> {
    /// True when the start day is another one.
    pub fn other_days(&self) -> bool {
        self.before.days != self.after.days
    }

    /// True when the place is another one.
    pub fn other_place(&self) -> bool {
        self.before.place.id != self.after.place.id
    }

    /// True when the officials hear another language.
    pub fn other_language(&self) -> bool {
        self.before.language != self.after.language
    }

    /// Trainers of the second plan's team who were not on the first one's.
    pub fn joined(&self) -> Vec<&'a Member> {
        missing(&self.after.team, &self.before.team)
    }

    /// Trainers of the first plan's team who are not on the second one's.
    pub fn left(&self) -> Vec<&'a Member> {
        missing(&self.before.team, &self.after.team)
    }

    fn moved(&self) -> bool {
        self.other_days() || self.other_place() || self.other_language()
    }
}

/// Those of `team` who are not in `other`.
fn missing<'a>(team: &'a [Member], other: &[Member]) -> Vec<&'a Member> {
    team.iter().filter(|m| other.iter().all(|o| o.trainer.id != m.trainer.id)).collect()
}

/// A fund whose money or use is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundChange<'a> {
    pub fund: &'a Named,
    /// None: the programme of `from` has no such fund.
    pub before: Option<&'a Purse>,
    /// None: the programme of `to` has no such fund.
    pub after: Option<&'a Purse>,
}

/// What is different in `to`.
pub fn difference<'a>(from: &'a Side, to: &'a Side) -> Difference<'a> {
    let pairs = bookings::pairs(from, to);
    let (mut served, mut dropped, mut moved, mut restaffed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for cohort in &to.requests {
        let after = to.session_of(&cohort.request).map(|s| &to.sessions[s]);
        let before = from.session_of(&cohort.request).map(|s| &from.sessions[s]);
        match (before, after) {
            (None, Some(after)) => served.push((cohort, after)),
            (Some(before), None) => dropped.push((cohort, before)),
            (Some(before), Some(after)) => {
                let kept = Kept { cohort, before, after };
                if kept.moved() {
                    moved.push(kept);
                } else if !kept.joined().is_empty() || !kept.left().is_empty() {
                    restaffed.push(kept);
                }
            }
            (None, None) => {}
        }
    }
    for cohort in &from.requests {
        if to.requests.iter().all(|c| c.request != cohort.request)
            && let Some(s) = from.session_of(&cohort.request)
        {
            dropped.push((cohort, &from.sessions[s]));
        }
    }
    let purse = |side: &'a Side, id: &str| side.funds.iter().find(|p| p.fund.id == id);
    let mut funds: Vec<FundChange> = Vec::new();
    for before in &from.funds {
        let after = purse(to, &before.fund.id);
        if after.is_none_or(|a| a.used != before.used || a.has != before.has) {
            funds.push(FundChange { fund: &before.fund, before: Some(before), after });
        }
    }
    for after in &to.funds {
        if purse(from, &after.fund.id).is_none() {
            funds.push(FundChange { fund: &after.fund, before: None, after: Some(after) });
        }
    }
    Difference {
        from,
        to,
        served,
        dropped,
        moved,
        restaffed,
        trainers: news::trainers(from, to, &pairs),
        funds,
        cost: to.cost() - from.cost(),
    }
}

impl Difference<'_> {
    /// True when nobody has to be told anything.
    pub fn is_quiet(&self) -> bool {
        self.served.is_empty()
            && self.dropped.is_empty()
            && self.moved.is_empty()
            && self.restaffed.is_empty()
            && self.trainers.is_empty()
    }

    /// Officials trained, `to` less `from`.
    pub fn officials(&self) -> i64 {
        self.to.officials() - self.from.officials()
    }
}

/// Earliest day first, where a list has no better order.
fn by_day(booking: &Booking) -> (Day, &str) {
    (booking.days.first, &booking.id)
}

#[cfg(test)]
mod tests {
    use super::json::document;
    use super::tell::{Length, changes, letters};
    use super::*;

    fn named(id: &str, name: &str) -> Named {
        Named { id: id.into(), name: name.into() }
    }

    fn cohort(request: &str, country: &str, officials: i64) -> Cohort {
        Cohort {
            request: request.into(),
            course: named("MLA", "Mutual legal assistance"),
            country: named(country, country),
            officials,
        }
    }

    fn booking(id: &str, first: &str, place: &str, cohorts: Vec<Cohort>, team: &[&str]) -> Booking {
        let first = Day::iso(first).expect("a day");
        let team = team.iter().enumerate();
        Booking {
            id: id.into(),
            course: named("MLA", "Mutual legal assistance"),
            place: named(place, place),
            online: false,
            language: "fr".into(),
            working_language: "fr".into(),
            days: Span { first, last: first + 3 },
            cohorts,
            team: team
                .map(|(i, t)| Member {
                    trainer: named(t, &format!("Trainer {t}")),
                    email: if i == 0 { format!("{t}@example.org") } else { String::new() },
                    role: if i == 0 { Role::Lead } else { Role::Co },
                })
                .collect(),
        }
    }

    fn side(name: &str, sessions: Vec<Booking>, used: i128) -> Side {
        let requests = ["R1", "R2", "R3", "R4", "R5"]
            .iter()
            .zip(["Senegal", "Togo", "Togo", "Ghana", "Kenya"])
            .map(|(r, c)| cohort(r, c, 20));
        Side {
            name: name.into(),
            currency: "USD".into(),
            goals: vec![Figure { goal: GoalId::Coverage, value: 6000, bound: 6600, proof: "feasible".into() }],
            sessions,
            funds: vec![Purse {
                fund: named("F1", "Contributor A"),
                in_kind: false,
                has: MicroCents(90_000_000_000),
                used: MicroCents(used),
            }],
            requests: requests.collect(),
        }
    }

    fn before() -> Side {
        side(
            "base",
            vec![
                booking(
                    "S-R1",
                    "2027-03-01",
                    "Dakar",
                    vec![cohort("R1", "Senegal", 20), cohort("R2", "Togo", 20)],
                    &["A", "B"],
                ),
                booking("S-R3", "2027-03-08", "Lomé", vec![cohort("R3", "Togo", 20)], &["A", "C"]),
                booking("S-R4", "2027-04-05", "Accra", vec![cohort("R4", "Ghana", 20)], &["B"]),
            ],
            60_000_000_000,
        )
    }

    /// R1 and R2 move by a week, R3 gets another co-trainer, R4 is dropped, R5 is new.
    fn after() -> Side {
        side(
            "plan B",
            vec![
                booking(
                    "S-R2",
                    "2027-03-15",
                    "Dakar",
                    vec![cohort("R1", "Senegal", 20), cohort("R2", "Togo", 20)],
                    &["A", "B"],
                ),
                booking("S-R3", "2027-03-08", "Lomé", vec![cohort("R3", "Togo", 20)], &["A", "D"]),
                booking("S-R5", "2027-05-03", "Nairobi", vec![cohort("R5", "Kenya", 20)], &["C"]),
            ],
            48_000_000_000,
        )
    }

    #[test]
    fn a_plan_and_itself_have_nothing_to_tell() {
        let (a, b) = (before(), before());
        let same = difference(&a, &b);
        assert!(same.is_quiet() && same.funds.is_empty() && same.cost == Cents::ZERO);
        assert_eq!(letters(&same, Length::Whole), "");
    }

    #[test]
    fn every_change_is_found_once_and_everybody_concerned_is_told() {
        let (a, b) = (before(), after());
        let d = difference(&a, &b);
        assert_eq!(
            changes(&d, Length::Whole),
            "\
Cohorts: 1 no longer trained (20 officials), 1 newly trained (20 officials), 2 moved (40 officials),
  1 with other trainers (20 officials).
80 officials trained, as before; 480.00 USD used, 120.00 less.

No longer trained
  R4 Mutual legal assistance, 20 officials of Ghana; was 5–8 April 2027 in Accra

Newly trained
  R5 Mutual legal assistance, 20 officials of Kenya; 3–6 May 2027 in Nairobi, in French

Moved
  R1 Mutual legal assistance, 20 officials of Senegal; now 15–18 March 2027 (was 1–4 March 2027), in
    Dakar
  R2 Mutual legal assistance, 20 officials of Togo; now 15–18 March 2027 (was 1–4 March 2027), in
    Dakar

Other trainers
  R3 Mutual legal assistance, 20 officials of Togo; 8–11 March 2027 in Lomé: Trainer D joins,
    Trainer C leaves

Money
  Contributor A (F1): uses 480.00 USD, 120.00 less; 420.00 left
"
        );
        assert_eq!(
            letters(&d, Length::Whole),
            "\
To Trainer A (A), A@example.org
  Changed: Mutual legal assistance in Dakar, 15–18 March 2027: was 1–4 March 2027.

To Trainer B (B)
  No longer: Mutual legal assistance in Accra, 5–8 April 2027.
  Changed: Mutual legal assistance in Dakar, 15–18 March 2027: was 1–4 March 2027.

To Trainer C (C), C@example.org
  No longer: Mutual legal assistance in Lomé, 8–11 March 2027.
  New: Mutual legal assistance in Nairobi, 3–6 May 2027, in French, as lead; 20 officials of Kenya.

To Trainer D (D)
  New: Mutual legal assistance in Lomé, 8–11 March 2027, in French, as co-trainer; 20 officials of
    Togo.

To Ghana
  R4 Mutual legal assistance, 20 officials: cannot be trained as announced (5–8 April 2027 in
    Accra).

To Kenya
  R5 Mutual legal assistance, 20 officials: will be trained 3–6 May 2027 in Nairobi, in French, by
    Trainer C.

To Senegal
  R1 Mutual legal assistance, 20 officials: now 15–18 March 2027 (was 1–4 March 2027), in Dakar.

To Togo
  R2 Mutual legal assistance, 20 officials: now 15–18 March 2027 (was 1–4 March 2027), in Dakar.
  R3 Mutual legal assistance, 20 officials: 8–11 March 2027 in Lomé as announced; Trainer D instead
    of Trainer C.
"
        );
    }

    #[test]
    fn machines_read_the_same() {
        let (a, b) = (before(), after());
        let document = document(&[&a, &b], &[difference(&a, &b)], None);
        let d = &document["differences"][0];
        assert_eq!(d["served"], serde_json::json!(["R5"]));
        assert_eq!(d["dropped"], serde_json::json!(["R4"]));
        assert_eq!(
            d["moved"][0],
            serde_json::json!({"request": "R1", "session": "S-R2", "start": ["2027-03-01", "2027-03-15"], "end": ["2027-03-04", "2027-03-18"]})
        );
        assert_eq!(
            d["trainers"][2],
            serde_json::json!({"trainer": "C", "gained": ["S-R5"], "lost": ["S-R3"], "changed": []})
        );
        assert_eq!(d["cost"], "-120.00");
        assert_eq!(
            document["plans"][1]["goals"][0],
            serde_json::json!({"name": "coverage", "value": "60.00", "bound": "66.00", "gap": 0.1, "proof": "feasible"})
        );
        assert!(document.get("frontier").is_none());
    }
}
