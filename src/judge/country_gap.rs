//! Between two sessions that serve the same country lie at least country_gap_days free days (countries of the
//! requests, not of the host).

use super::case::{Case, breach};
use super::name;
use crate::programme::id::CountryId;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let Some(gap) = programme.rules.country_gap_days else { return Vec::new() };
    let mut found = Vec::new();
    for (country, row) in programme.countries.iter() {
        let serving: Vec<usize> = case.sessions().filter(|(i, _)| serves(case, *i, country)).map(|(i, _)| i).collect();
        for (n, a) in serving.iter().enumerate() {
            for b in &serving[..n] {
                let (mut first, mut second) = (&case.plan.sessions[*b], &case.plan.sessions[*a]);
                if second.span.first < first.span.first {
                    (first, second) = (second, first);
                }
                let free = second.span.first - first.span.last - 1;
                if free < gap && !(case.is_done(*a) && case.is_done(*b)) {
                    let text = format!(
                        "{} and {} both serve {}, with {} between; {gap} are needed.",
                        name::session(programme, first),
                        name::session(programme, second),
                        row.name,
                        name::count(i64::from(free.max(0)), "free day")
                    );
                    let subjects = vec![row.id.clone(), first.id.clone(), second.id.clone()];
                    found.push(breach(RuleId::CountryGap, subjects, text));
                }
            }
        }
    }
    found
}

fn serves(case: &Case, session: usize, country: CountryId) -> bool {
    let programme = case.programme;
    case.plan.sessions[session]
        .requests
        .iter()
        .any(|r| programme.places[programme.requests[*r].place].country == country)
}
