//! What can never be served, whatever is planned, and the rule that says so.

use super::ways::{Alone, Why};
use crate::programme::Programme;
use crate::programme::id::{CourseId, Dense, LanguageId, PlaceId, RequestId};
use crate::rules;
use crate::words::RuleId;
use rustc_hash::FxHashMap;

/// A request that no plan can serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Never {
    pub request: RequestId,
    pub id: String,
    pub rule: RuleId,
    pub text: String,
}

/// Every request that no plan can serve, in file order. What is done is done, and never among them.
pub fn never(programme: &Programme, alone: &Dense<RequestId, Result<Alone, Why>>) -> Vec<Never> {
    let mut company = Company::new(programme);
    let mut found: Vec<Option<(RuleId, String)>> = Vec::new();
    for (id, _) in programme.requests.iter() {
        let why = match participants(programme, id, &mut company) {
            _ if programme.is_done(id) => None,
            Some(text) => Some((RuleId::Participants, text)),
            None => alone[id].err().map(|why| (why.rule, sentence(programme, id, why))),
        };
        found.push(why);
    }
    // Whoever waits for one that is never served, or shares its session, is never served either.
    let mut open = true;
    while open {
        open = false;
        for (id, request) in programme.requests.iter() {
            if found[id.0 as usize].is_some() || programme.is_done(id) {
                continue;
            }
            let lost = |r: &&RequestId| found[r.0 as usize].is_some();
            let mates = rules::together::party(programme, id);
            let why = if let Some(other) = request.after.iter().find(lost) {
                Some((
                    RuleId::After,
                    format!("it comes after {}, which can never be served", programme.requests[*other].id),
                ))
            } else {
                mates.iter().find(lost).map(|other| {
                    let text = format!(
                        "it shares its session with {}, which can never be served",
                        programme.requests[*other].id
                    );
                    (RuleId::Together, text)
                })
            };
            open |= why.is_some();
            found[id.0 as usize] = why;
        }
    }
    let tell = |((request, r), why): ((RequestId, &crate::programme::people::Request), Option<(RuleId, String)>)| {
        why.map(|(rule, text)| Never { request, id: r.id.clone(), rule, text })
    };
    programme.requests.iter().zip(found).filter_map(tell).collect()
}

/// The requests that may be pooled.
struct Company {
    by_host: FxHashMap<(CourseId, PlaceId), Vec<RequestId>>,
    /// By request: whose company it was counted in last.
    counted: Dense<RequestId, Option<RequestId>>,
}

impl Company {
    fn new(programme: &Programme) -> Company {
        let mut by_host: FxHashMap<(CourseId, PlaceId), Vec<RequestId>> = FxHashMap::default();
        for (id, request) in programme.requests.iter().filter(|(_, r)| r.shared) {
            for host in &request.hosts {
                by_host.entry((request.course, *host)).or_default().push(id);
            }
        }
        Company { by_host, counted: Dense::filled(None, programme.requests.len()) }
    }

    /// How many participants can join a request with its party, counted until there are enough.
    fn heads(&mut self, programme: &Programme, request: RequestId, party: &[RequestId], enough: i64) -> i64 {
        let (hosts, languages) = (rules::host::hosts(programme, party), rules::language::languages(programme, party));
        for member in party {
            self.counted[*member] = Some(request);
        }
        let mut heads = 0;
        for host in hosts {
            for other in self.by_host.get(&(programme.requests[request].course, host)).into_iter().flatten() {
                let o = &programme.requests[*other];
                if self.counted[*other] == Some(request) || !o.languages.iter().any(|l| languages.contains(l)) {
                    continue;
                }
                self.counted[*other] = Some(request);
                heads += o.participants;
                if heads >= enough {
                    return heads;
                }
            }
        }
        heads
    }
}

/// Why its course takes no session with this request, in heads; None where one is possible.
fn participants(programme: &Programme, request: RequestId, company: &mut Company) -> Option<String> {
    let party = rules::together::party(programme, request);
    let own = &programme.requests[request];
    let course = &programme.courses[own.course];
    let heads = rules::participants::count(programme, &party);
    let who = if party.len() > 1 { "its label brings" } else { "it brings" };
    if let Some(most) = course.max_participants.filter(|most| heads > *most) {
        return Some(format!("{who} {heads} participants, and {} takes at most {most}", course.id));
    }
    let missing = course.min_participants - heads;
    if missing <= 0 {
        return None;
    }
    let alone = party.iter().any(|r| !programme.requests[*r].shared);
    let heads_more = if alone { 0 } else { company.heads(programme, request, &party, missing) };
    if heads_more >= missing {
        return None;
    }
    let company = if heads_more == 0 { "nobody can join it" } else { "too few can join it" };
    Some(format!("{who} {heads} participants, {} needs {}, and {company}", course.id, course.min_participants))
}

/// What the rule says about this request.
fn sentence(programme: &Programme, request: RequestId, why: Why) -> String {
    let r = &programme.requests[request];
    let course = &programme.courses[r.course];
    let party = rules::together::party(programme, request);
    let together = if party.len() > 1 { " (with the others of its label)" } else { "" };
    let codes = |languages: &[LanguageId]| -> String {
        languages.iter().map(|l| programme.languages[*l].as_str()).collect::<Vec<_>>().join(", ")
    };
    match why.rule {
        RuleId::Host => format!("no place can host it{together}"),
        RuleId::Language => {
            format!(
                "it asks for {}{together}, and {} exists in {}",
                codes(&r.languages),
                course.id,
                codes(&course.languages)
            )
        }
        RuleId::Pin => "what is pinned fits none of its hosts, languages and days".to_owned(),
        RuleId::Window => {
            format!(
                "no day is left between its earliest and latest day, those of the programme, and lead days{together}"
            )
        }
        RuleId::WorkingDays => {
            format!("no {} working days in a row lie in its window at any of its hosts{together}", course.days)
        }
        RuleId::Qualification => format!(
            "{} needs {} to lead and {} in all, and too few trainers are qualified",
            course.id,
            course.leads,
            course.team()
        ),
        RuleId::WorkingLanguage if !r.interpretation => {
            format!("it refuses interpretation, and no full team for {} works in {}", course.id, codes(&r.languages))
        }
        RuleId::WorkingLanguage => format!(
            "no full team for {} works in {}, or in a language from which interpretation is priced",
            course.id,
            codes(&r.languages)
        ),
        RuleId::Barred => format!("too few of the trainers for {} may go to, or can reach, its hosts", course.id),
        RuleId::TeamNeeds => format!("the trainers who could teach it do not carry the tags that {} needs", course.id),
        RuleId::Availability => "on no day of its window is a full team there".to_owned(),
        RuleId::MaxDaysAway => "every trip to its hosts is longer than trainers may be away".to_owned(),
        RuleId::Budget => {
            let category = why.category.map_or("cost", |c| c.word());
            format!("no fund may pay its {category} on any day on which it could be held")
        }
        RuleId::Mission => "its officials cannot reach its hosts".to_owned(),
        other => format!("the rule {other} leaves no way"),
    }
}
