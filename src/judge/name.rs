//! How things are called in the judge's sentences: the name people know, the id in brackets.

use crate::plan::Session;
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, FundId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::money::MicroCents;

fn both(name: &str, id: &str) -> String {
    if name.is_empty() || name == id { id.to_string() } else { format!("{name} ({id})") }
}

pub fn trainer(programme: &Programme, id: TrainerId) -> String {
    let t = &programme.trainers[id];
    both(&t.name, &t.id)
}

pub fn place(programme: &Programme, id: PlaceId) -> String {
    let p = &programme.places[id];
    both(&p.name, &p.id)
}

pub fn course(programme: &Programme, id: CourseId) -> String {
    let c = &programme.courses[id];
    both(&c.title, &c.id)
}

pub fn fund(programme: &Programme, id: FundId) -> String {
    let f = &programme.funds[id];
    both(&f.donor, &f.id)
}

pub fn language(programme: &Programme, id: LanguageId) -> &str {
    &programme.languages[id]
}

pub fn request(programme: &Programme, id: RequestId) -> &str {
    &programme.requests[id].id
}

/// `S-R012 (Nairobi (KEN), 2027-03-01 to 2027-03-05)`.
pub fn session(programme: &Programme, session: &Session) -> String {
    format!("{} ({}, {})", session.id, programme.places[session.place].name, days(session.span))
}

/// `2027-03-01` or `2027-03-01 to 2027-03-05`.
pub fn days(span: Span) -> String {
    if span.first == span.last { span.first.to_string() } else { format!("{} to {}", span.first, span.last) }
}

/// `1 day`, `3 days`; works for any noun whose plural takes an s.
pub fn count(n: i64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// An exact amount as it is shown: two decimals, half up.
pub fn money(programme: &Programme, amount: MicroCents) -> String {
    format!("{} {}", amount.rounded(), programme.currency)
}

/// `R1, R2 and R3`.
pub fn list<'t>(ids: impl IntoIterator<Item = &'t str>) -> String {
    let ids: Vec<&str> = ids.into_iter().collect();
    match ids.split_last() {
        None => "nothing".to_string(),
        Some((only, [])) => only.to_string(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}
